"""The check cell: tries a student's function on cases, prints one line for each, and returns the points."""

import contextlib
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from matrix_checks.checks.calling import Given, RemoteFunction
from matrix_checks.checks.cases import Case, standard_cases
from matrix_checks.checks.diagnosis import Dimension, Knowledge, Mistake, Reading, diagnose
from matrix_checks.checks.judging import Verdict, judge
from matrix_checks.checks.scoring import GROUPS, score
from matrix_checks.checks.sealing import open_sealed, seal_mistakes
from matrix_checks.notebook.lines import line, summary
from matrix_checks.notebook.naming import cannot_call
from matrix_checks.notebook.pictures import show_beside

SECONDS_PER_CALL = 5.0


def compute(truth: Callable, arguments: tuple) -> Any:
    """The right answer."""
    return truth(*arguments)


# The grading, which runs the same checks for a whole class, puts a function that remembers in its place.
right_answer = compute


WRONG, GONE = "wrong", "gone"


def any_may_be_wrong(name: str) -> str:
    """Whether a function of the notebook may be what makes another one fail: ``"wrong"``, or ``"gone"`` since it was right, or ``""``."""
    return WRONG


# The grading knows more. In the place of a function that has earned all its points and is still there, no right one is put, so that
# nothing is asked twice; where it is gone, the right one is there from the beginning, and nothing is asked twice either.
may_be_wrong = any_may_be_wrong


def no_note(name: str) -> str:
    """What is known of a function beside its answers."""
    return ""


# The grading, which sees the whole notebook, knows where else a function is defined.
note_on = no_note


class Check:
    """A check of one function of the notebook, found by its name.

    Parameters
    ----------
    function_name
        The function to try, as the exercise names it.
    returns
        Names of the outputs, for a function that returns several.
    shared_outputs
        Outputs that may be an argument handed through, so that sharing memory is no mistake.
    general, edge, care
        Points of the case groups "general shapes", "edge cases" and "numerical care".
    namespace
        Where the function is looked up; the caller's global names if not given.

    Notes
    -----
    Nothing here raises because of student code: a cell that raises would stop "Run All", and one that writes to stderr
    would be marked zero by nbgrader.
    """

    def __init__(
        self,
        function_name: str,
        *,
        returns: tuple[str, ...] | None = None,
        shared_outputs: tuple[str, ...] = (),
        general: float,
        edge: float = 0,
        care: float = 0,
        namespace: dict | None = None,
    ):
        self.function_name = function_name
        self.returns = tuple(returns) if returns else None
        self.shared_outputs = tuple(shared_outputs)
        self.group_points = {"general": general, "edge": edge, "care": care}
        self._namespace = sys._getframe(1).f_globals if namespace is None else namespace
        self._replacements: dict[str, Callable] = {}
        self._replacement_source = ""
        self._visible_cases = 0
        self._replaces = False
        self._verdicts: list[Verdict] = []
        self._skipped: list[str] = []
        self._probes: list[Case] = []
        self._knowledge = Knowledge(self.returns or ())
        self._hidden_tried = False
        self._stopped = cannot_call(function_name, self._namespace)

    def substitute(self, source: str) -> None:
        """Put right functions in the place of the notebook's own while this check runs.

        A mistake in one function then costs nothing in the check of another function that calls it.

        Parameters
        ----------
        source
            Python text that defines the functions. It is the course's own text, never a student's.
        """
        scope: dict = {"__name__": "given"}
        exec(compile(source, "<given>", "exec"), scope)
        self._replacement_source += source
        for name, value in scope.items():
            if callable(value) and getattr(value, "__module__", "") == "given" and name != self.function_name:
                state = may_be_wrong(name)
                self._replaces = self._replaces or state == GONE
                self._replacements |= {name: value} if state else {}

    def visible(
        self, label: str, *arguments, expected=None, truth=None, holds=None, group="general", per="array", floor=None
    ) -> None:
        """Try a case whose numbers students may see.

        Parameters
        ----------
        label
            The case in words.
        arguments
            What the function is called with.
        expected
            The right answer; a tuple for several outputs.
        truth
            Instead of ``expected``: computes it from the arguments, from them alone.
        holds
            Instead of ``expected``: judges the result, returning ``None`` or one sentence.
        group
            ``"general"``, ``"edge"`` or ``"care"``.
        per, floor
            What an error is measured against: see :func:`matrix_checks.checks.comparing.compare`.
        """
        self._ask(label, arguments, expected, truth, holds, group, per, floor, visible=True)

    def hidden(
        self, label: str, *arguments, expected=None, truth=None, holds=None, group="general", per="array", floor=None
    ) -> None:
        """Try a case of which students learn the label and the kind of mistake, but no number. Parameters as above."""
        self._hidden_tried = True
        self._ask(label, arguments, expected, truth, holds, group, per, floor, visible=False)

    def standard_cases(self, *arguments, truth: Callable, integers: bool = False, per: str = "array") -> None:
        """Try the hidden variations of one general case: see :func:`matrix_checks.checks.cases.standard_cases`."""
        self._hidden_tried = True
        if self._stopped:
            self._skipped += ["edge", "care"]
            return
        for case in standard_cases(arguments, lambda *varied: right_answer(truth, varied), integers):
            self._try(Case(**{**vars(case), "per": per}))

    def mistake(self, sentence: str, function: Callable, output: str = "") -> None:
        """Declare a mistake that students make, for the diagnosis; belongs among the hidden tests.

        Parameters
        ----------
        sentence
            What was done, in the exercise's symbols.
        function
            Makes the mistake: called like the student's function, it returns what that would return.
        output
            Name of the output that is wrong, where ``function`` returns only that one.
        """
        self._knowledge.mistakes.append(Mistake(sentence, function, output))

    def dimension(self, letter: str, meaning: str, size: Callable) -> None:
        """Declare a size that may turn up as a wrong factor: its letter, what it counts, how the arguments give it."""
        self._knowledge.dimensions.append(Dimension(letter, meaning, size))

    def probe(self, label: str, *arguments, truth: Callable) -> None:
        """A case that earns nothing and is only asked when others fail.

        Square arrays, for instance: where the sizes differ, a forgotten transpose raises and leaves no numbers to explain.
        """
        if not self._stopped:
            self._probes.append(Case(label, "general", arguments, truth(*arguments)))

    def sealed_mistakes(self) -> list[dict[str, str]]:
        """The declared mistakes, sealed for the release; the build asks for them after the cell has run."""
        return seal_mistakes(self.function_name, self._visible_readings(), self._knowledge)

    def points(self) -> float:
        """Print the verdicts and return the points as a plain float, which nbgrader takes as the mark of the cell."""
        verdicts = [(verdict.case.group, verdict.passed) for verdict in self._verdicts]
        verdicts += [(group, False) for group in self._skipped]
        manners = self._manners()
        if self._verdicts and not self._stopped:
            verdicts.append(("edge", not manners))
        results = score(self.group_points, verdicts)

        print(self.function_name)
        for verdict in self._verdicts:
            if not verdict.unwritten:
                print(line(verdict))
        if self._stopped:
            print(f"  ✗ {self._stopped}")
        for sentence in manners:
            print(f"  ✗ {sentence}")
        for sentence in self._diagnosis():
            print(f"  → {sentence}")
        failed = self._stopped or not all(verdict.passed for verdict in self._verdicts)
        if failed and (note := note_on(self.function_name)):
            print(f"  → {note}")
        print(summary(results, self.group_points, self._hidden_tried))
        self._picture()
        return float(sum(result.earned for result in results))

    def _ask(self, label, arguments, expected, truth, holds, group, per, floor, visible):
        if group not in GROUPS:
            raise ValueError(f"group must be one of {', '.join(GROUPS)}, not {group!r}.")
        self._visible_cases += visible
        if self._stopped:
            self._skipped.append(group)
            return
        if truth is not None:
            expected = right_answer(truth, arguments)
        self._try(Case(label, group, arguments, expected, holds, visible, per, floor))

    def _try(self, case: Case) -> None:
        if self._stopped:
            self._skipped.append(case.group)
            return
        verdict = self._judge(case)
        self._verdicts.append(verdict)
        if verdict.unwritten:
            self._stopped = self._unwritten(verdict)
        elif any(outcome.too_long for outcome in verdict.outcomes):
            self._stopped = "further cases were not tried: does a loop never end?"

    def _judge(self, case: Case) -> Verdict:
        function = self._namespace[self.function_name]
        verdict = None
        if not self._replaces:
            verdict = self._judge_as_it_is(case, function)
            well_behaved = not any(outcome.changed or outcome.shared for outcome in verdict.outcomes)
            if verdict.passed and well_behaved or not self._replacements:
                return verdict
            # Something is wrong, and it may be in another function: from here on, right ones stand in for the others.
            self._replaces = True
        return self._judge_with_right_ones(case, function, verdict)

    def _judge_as_it_is(self, case: Case, function: Callable) -> Verdict:
        if isinstance(function, RemoteFunction):
            function.given, function.visible = Given(), self._visible_cases if case.visible else 0
            if case.visible and not function.shows(function.visible):
                case = replace(case, visible=False)
        return judge(case, function, self.returns, SECONDS_PER_CALL)

    def _judge_with_right_ones(self, case: Case, function: Callable, before: Verdict | None) -> Verdict:
        if not isinstance(function, RemoteFunction):
            with self._replaced():
                return judge(case, function, self.returns, SECONDS_PER_CALL)
        function.given, function.visible = Given(tuple(self._replacements), self._replacement_source), 0
        # What it answers now comes from a process that knows hidden cases: none of its numbers are shown.
        verdict = judge(replace(case, visible=False), function, self.returns, SECONDS_PER_CALL)
        shown = before is not None and before.case.visible and not (before.passed or before.unwritten)
        return before if shown and not verdict.passed else verdict

    @contextlib.contextmanager
    def _replaced(self):
        replacements = self._replacements
        own = {name: self._namespace[name] for name in replacements if name in self._namespace}
        self._namespace.update(replacements)
        try:
            yield
        finally:
            for name in replacements:
                self._namespace.pop(name, None)
            self._namespace.update(own)

    def _diagnosis(self) -> list[str]:
        readings = [reading for verdict in self._verdicts for reading in verdict.readings]
        if not any(reading.wrong for reading in readings) and all(verdict.passed for verdict in self._verdicts):
            return []
        for case in self._probes:
            readings += self._judge(case).readings
        # The release knows no mistake by name; the numbers of the visible cases may open a sealed sentence.
        opened = [] if self._hidden_tried else open_sealed(self.function_name, self._visible_readings())
        return opened or diagnose(readings, self._knowledge)

    def _visible_readings(self) -> list[Reading]:
        return [reading for verdict in self._verdicts if verdict.case.visible for reading in verdict.readings]

    def _picture(self) -> None:
        for verdict in self._verdicts:
            for reading in verdict.readings:
                if verdict.case.visible and reading.wrong:
                    show_beside(reading.actual, reading.expected, f"{reading.output or self.function_name}: {verdict.case.label}")
                    return

    def _unwritten(self, verdict: Verdict) -> str:
        failure = verdict.outcomes[0].failure
        name = failure.function if failure and failure.function.isidentifier() else ""
        if name in ("", "<lambda>", self.function_name):
            return f"{self.function_name} is not written yet."
        return f"{self.function_name} calls {name}, which is not written yet."

    def _manners(self) -> list[str]:
        outcomes = [outcome for verdict in self._verdicts for outcome in verdict.outcomes]
        changed = sorted({position for outcome in outcomes for position in outcome.changed})
        shared = sorted({position for outcome in outcomes for position in outcome.shared})
        sentences = []
        if changed:
            which = self._argument_names(changed)
            sentences.append(f"the function changes its argument {which}: work on a copy, or use operations that make a new array")
        if shared and not self.shared_outputs:
            which = self._argument_names(shared)
            sentences.append(f"the result shares memory with the argument {which}: return a new array")
        return sentences

    def _argument_names(self, positions: list[int]) -> str:
        # Of a process that knows hidden cases, no name is shown, and none comes.
        outcomes = [outcome for verdict in self._verdicts for outcome in verdict.outcomes]
        names = next((outcome.parameters for outcome in outcomes if outcome.parameters), ())
        return " and ".join(names[i] if i < len(names) else f"number {i + 1}" for i in positions)
