"""Running the generated mutants through the checks, and what came of it."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field

from autograder.bank.mutator import Mutant, mutants_of
from autograder.course.assignment import Assignment
from autograder.course.trial import Trial

LIST = "mutants/equivalent.toml"


@dataclass
class Score:
    """What became of the mutants of one function.

    Attributes
    ----------
    function
        Its name.
    killed
        Mutants that lost points.
    equivalent
        Mutants that kept them and are listed, with a proof, as no mutants at all.
    survivors
        Mutants that kept them and are not listed: a hidden case is missing.
    stale
        Entries of the list that no mutant answers to, or that are killed.
    """

    function: str
    killed: list[Mutant] = field(default_factory=list)
    equivalent: list[Mutant] = field(default_factory=list)
    survivors: list[Mutant] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)

    @property
    def mutants(self) -> int:
        """All of them."""
        return len(self.killed) + len(self.equivalent) + len(self.survivors)


def equivalents(assignment: Assignment) -> dict[str, dict[str, str]]:
    """The listed equivalent mutants: by function, the proof of each change.

    Raises
    ------
    ValueError
        If an entry has no proof.
    """
    path = assignment.folder / LIST
    if not path.exists():
        return {}
    listed: dict[str, dict[str, str]] = {}
    for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("equivalent", []):
        if not entry.get("proof"):
            raise ValueError(f"{path}: the entry of {entry.get('function')} needs a proof.")
        listed.setdefault(entry["function"], {})[entry["change"].strip()] = entry["proof"]
    return listed


def score_assignment(assignment: Assignment, say: Callable[[str], None] = print, every: int = 1) -> list[Score]:
    """Run the mutants of an assignment's solutions, each through the check of its own function.

    Parameters
    ----------
    assignment
        The assignment.
    say
        Told of each function when it is done.
    every
        Only each second, third, ... one of those that are not listed as equivalent.
    """
    trial = Trial(assignment)
    listed = equivalents(assignment)
    scores = []
    for function in trial.functions:
        score = Score(function)
        proofs = listed.get(function, {})
        for place, mutant in enumerate(mutants_of(function, trial.solutions[function])):
            if place % every and mutant.change not in proofs:
                continue
            if not _keeps_all_points(trial, mutant):
                score.killed.append(mutant)
            elif mutant.change in proofs:
                score.equivalent.append(mutant)
            else:
                score.survivors.append(mutant)
        known = {mutant.change for mutant in score.equivalent}
        score.stale = [change for change in proofs if change not in known]
        scores.append(score)
        say(f"  {function}: {score.mutants} mutants, {len(score.killed)} killed, {len(score.equivalent)} equivalent")
    return scores


def _keeps_all_points(trial: Trial, mutant: Mutant) -> bool:
    try:
        result = trial.run({mutant.function: mutant.source}, [mutant.function])[mutant.function]
    except Exception:
        # It cannot even be defined.
        return False
    return result.points == result.possible


def report(scores: list[Score]) -> str:
    """The table of all functions, the mutation score, and each survivor as a change of lines."""
    width = max(len(score.function) for score in scores)
    lines = [f"{'function'.ljust(width)}  mutants  killed  equivalent  survivors"]
    for score in scores:
        numbers = f"{score.mutants:>7}  {len(score.killed):>6}  {len(score.equivalent):>10}  {len(score.survivors):>9}"
        lines.append(f"{score.function.ljust(width)}  {numbers}")
    killed, real = sum(len(score.killed) for score in scores), sum(score.mutants - len(score.equivalent) for score in scores)
    lines.append(f"\nMutation score: {killed} of {real} killed ({100 * killed / real:.1f} %).")
    for score in scores:
        lines += [f"\nSurvives in {score.function}:\n{mutant.change}" for mutant in score.survivors]
        lines += [f"\nListed as equivalent in {score.function}, but no survivor:\n{change}" for change in score.stale]
    return "\n".join(lines)
