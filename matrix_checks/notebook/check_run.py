"""One run of a check: cases become verdicts, and verdicts become what a student reads."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from matrix_checks.checks.calling import LocalFunction
from matrix_checks.checks.cases import Case
from matrix_checks.checks.diagnosis import Knowledge, Reading, diagnose, exchanged_in_words, exchanged_outputs
from matrix_checks.checks.functions import NOTHING_GIVEN, Given, NotebookFunction, functions_of
from matrix_checks.checks.judging import Verdict, judge, misfits, read_without_truth
from matrix_checks.checks.sealing import open_sealed, read_probes
from matrix_checks.notebook.hints import Hints, question_for
from matrix_checks.notebook.lines import line
from matrix_checks.notebook.naming import cannot_call
from matrix_checks.notebook.neighbours import failing_neighbours, fault_in_words, remember
from matrix_checks.notebook.pictures import show_beside
from matrix_checks.notebook.stale import stale_definition
from matrix_checks.notebook.surroundings import GONE, surroundings


class CheckRun:
    """Tries one function of a notebook, case by case.

    Parameters
    ----------
    function_name
        The function to try.
    namespace
        Where it is looked up.
    returns
        Names of the outputs, for a function that returns several.
    may_share
        Whether the result may share memory with an argument.

    Attributes
    ----------
    stopped
        Why no further case is tried, in one sentence; empty while cases are tried.
    """

    def __init__(self, function_name: str, namespace: dict[str, Any], returns: tuple[str, ...] | None, may_share: bool):
        self._function_name, self._namespace, self._returns, self._may_share = function_name, namespace, returns, may_share
        self._given = NOTHING_GIVEN
        self._replaces = False
        self._visible_cases = 0
        self._verdicts: list[Verdict] = []
        self._skipped: list[str] = []
        self.stopped = cannot_call(function_name, namespace)

    def substitute(self, source: str) -> None:
        """Have right functions ready for the place of the notebook's own: see :meth:`Check.substitute`."""
        names = list(self._given.names)
        for name in functions_of(source):
            state = surroundings().may_be_wrong(name) if name != self._function_name else ""
            self._replaces = self._replaces or state == GONE
            names += [name] if state else []
        self._given = Given(tuple(dict.fromkeys(names)), self._given.source + source)

    def count(self, case: Case) -> None:
        """Give a visible case its number, whether it is tried or not."""
        self._visible_cases += case.visible

    def skip(self, *groups: str) -> None:
        """Note cases that are not tried, by their groups."""
        self._skipped += groups

    def try_case(self, case: Case) -> None:
        """Try a case, unless an earlier one stopped the run."""
        if self.stopped:
            self.skip(case.group)
            return
        verdict = self._judge(case)
        self._verdicts.append(verdict)
        if verdict.unwritten:
            self.stopped = self._unwritten(verdict)
        elif any(outcome.too_long for outcome in verdict.outcomes):
            self.stopped = "further cases were not tried: does a loop never end?"

    def ask(self, case: Case) -> Verdict:
        """Judge a case that does not count."""
        return self._judge(case)

    def by_group(self, worth: set[str]) -> list[tuple[str, bool]]:
        """Of each case its group and whether it passed; those that were not tried did not.

        Where the numbers of an answer are right and its form is not, the group of that fault pays, and not the group of the case.

        Parameters
        ----------
        worth
            The groups that have points: no other can pay.
        """
        verdicts = []
        for verdict in self._verdicts:
            paying = [group for group in verdict.costs if set(verdict.costs) <= worth]
            if verdict.case.group not in paying:
                verdicts.append((verdict.case.group, verdict.passed or bool(paying)))
            verdicts += [(group, False) for group in paying]
        return verdicts + [(group, False) for group in self._skipped]

    def spoilt(self) -> str:
        """The group that earns nothing because of what the function does to its arguments, or an empty string."""
        return "edge" if self._manners() else ""

    def lines(self) -> Iterator[str]:
        """What is said of the cases, and of the function's manners."""
        for verdict in self._verdicts:
            if not verdict.unwritten:
                yield line(verdict)
        if self.stopped:
            yield f"  ✗ {self.stopped}"
        manners = self._manners()
        for sentence in manners:
            yield f"  ✗ {sentence}"
        if not manners and not self.stopped and any(map(_ran_to_its_end, self._verdicts)):
            yield f"  ✓ {'arguments unchanged' if self._may_share else 'arguments unchanged, own memory'}"
        if neighbours := self._failing_neighbours():
            yield f"  → {fault_in_words(self._function_name, neighbours)}"
        if not self.passed and (note := surroundings().note_on(self._function_name)):
            yield f"  → {note}"
        if note := stale_definition(self._function_name, self._namespace):
            yield f"  → {note}"

    def hints(self, knowledge: Knowledge, probes: list[Case], hidden_tried: bool) -> Hints:
        """What may help further.

        Parameters
        ----------
        knowledge
            What the exercise knows of mistakes.
        probes
            Cases that are asked only when others failed.
        hidden_tried
            Whether hidden cases were tried.
        """
        if self._failing_neighbours():
            # The numbers are those of several functions: they tell nothing certain of this one.
            return Hints()
        sentences = self._diagnosis(knowledge, probes, hidden_tried)
        if self.stopped or all(verdict.passed or verdict.costs for verdict in self._verdicts):
            # Of a fault of form its line says all that there is to ask.
            return Hints("", sentences)
        return Hints(question_for([verdict for verdict in self._verdicts if verdict.case.visible], sentences), sentences)

    def visible_readings(self) -> list[list[Reading]]:
        """The readings of each case that students may see; of one that was not tried there are none."""
        readings = [verdict.readings for verdict in self._verdicts if verdict.case.visible]
        return readings + [[]] * (self._visible_cases - len(readings))

    @property
    def passed(self) -> bool:
        """Whether every case was tried and passed."""
        return not self.stopped and all(verdict.passed for verdict in self._verdicts)

    def remember(self) -> None:
        """Keep how this check went, for the checks of functions that call this one."""
        remember(self._namespace.get(self._function_name), self.passed)

    def show_picture(self) -> None:
        """Show the first wrong answer to a visible case beside the right one."""
        for verdict in self._verdicts:
            for reading in verdict.readings:
                if verdict.case.visible and reading.wrong:
                    title = f"{reading.output or self._function_name}: {verdict.case.label}"
                    show_beside(reading.actual, reading.expected, title)
                    return

    def _failing_neighbours(self) -> list[str]:
        """What may be at fault in the place of this function; where right functions stand in for the others, nothing."""
        return [] if self.passed or self._given.names else failing_neighbours(self._function_name, self._namespace)

    def _judge(self, case: Case) -> Verdict:
        found = self._namespace[self._function_name]
        function = found if isinstance(found, NotebookFunction) else LocalFunction(self._function_name, self._namespace)
        before = None
        if not self._replaces:
            before = self._judge_with(case, function, NOTHING_GIVEN, self._visible_cases if case.visible else 0)
            well_behaved = not any(outcome.changed or outcome.shared for outcome in before.outcomes)
            if before.passed and well_behaved or not self._given.names:
                return before
            # Something is wrong, and it may be in another function: from here on, right ones stand in for the others.
            self._replaces = True
        verdict = self._judge_with(case, function, self._given, 0)
        hides = before is not None and before.case.visible and not verdict.case.visible
        if before is not None and hides and not (before.passed or before.unwritten or verdict.passed):
            return before
        return verdict

    def _judge_with(self, case: Case, function: NotebookFunction, given: Given, visible: int) -> Verdict:
        if case.visible and not function.shows(visible):
            # The answer comes from a process that knows hidden cases: none of its numbers are shown.
            case = replace(case, visible=False)
        return judge(case, function, self._returns, surroundings().seconds_per_call, given, visible)

    def _diagnosis(self, knowledge: Knowledge, probes: list[Case], hidden_tried: bool) -> list[str]:
        readings = [reading for verdict in self._verdicts for reading in verdict.readings]
        if not any(reading.wrong for reading in readings) and all(verdict.passed for verdict in self._verdicts):
            return []
        if hidden_tried:
            probed = [self._judge(case) for case in probes]
            readings += [reading for verdict in probed for reading in verdict.readings]
            return diagnose(readings, knowledge, misfits([*self._verdicts, *probed]))
        exchanged = exchanged_outputs([reading for case in self.visible_readings() for reading in case])
        if exchanged:
            return exchanged_in_words(exchanged)
        # The release knows no mistake by name; the numbers of the visible cases and of the probes may open a sealed sentence.
        return open_sealed(self._function_name, self.visible_readings() + self._sealed_probes()) or diagnose(
            readings, knowledge, misfits(self._verdicts)
        )

    def _sealed_probes(self) -> list[list[Reading]]:
        """The readings of the probes that travel with the release, whose right answers do not."""
        found: list[list[Reading]] = []
        for arguments in [] if self.stopped else read_probes(self._function_name):
            case = Case("probe", "general", arguments, holds=lambda _: None)
            outcome = self._judge(case).outcomes[0]
            found.append(read_without_truth(case, outcome, self._returns))
            if outcome.too_long:
                break
        return found

    def _unwritten(self, verdict: Verdict) -> str:
        failure = verdict.outcomes[0].failure
        name = failure.function if failure and failure.function.isidentifier() else ""
        if name in ("", "<lambda>", self._function_name):
            return f"{self._function_name} is not written yet."
        return f"{self._function_name} calls {name}, which is not written yet."

    def _manners(self) -> list[str]:
        outcomes = [outcome for verdict in self._verdicts for outcome in verdict.outcomes]
        changed = sorted({position for outcome in outcomes for position in outcome.changed})
        shared = sorted({position for outcome in outcomes for position in outcome.shared})
        sentences = []
        if changed:
            which = self._argument_names(changed)
            sentences.append(f"the function changes its argument {which}: work on a copy, or use operations that make a new array")
        if shared and not self._may_share:
            which = self._argument_names(shared)
            sentences.append(f"the result shares memory with the argument {which}: return a new array")
        return sentences

    def _argument_names(self, positions: list[int]) -> str:
        # Of a process that knows hidden cases, no name is shown, and none comes.
        outcomes = [outcome for verdict in self._verdicts for outcome in verdict.outcomes]
        names = next((outcome.parameters for outcome in outcomes if outcome.parameters), ())
        return " and ".join(names[i] if i < len(names) else f"number {i + 1}" for i in positions)


def _ran_to_its_end(verdict: Verdict) -> bool:
    return any(outcome.failure is None and not outcome.too_long and outcome.value is not None for outcome in verdict.outcomes)
