"""The check cell: tries a student's function on cases, prints one line for each, and returns the points."""

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from matrix_checks.checks.cases import Case, are_float32, standard_cases
from matrix_checks.checks.diagnosis import Dimension, Knowledge, Mistake, Reading
from matrix_checks.checks.scoring import GROUPS, score
from matrix_checks.checks.sealing import public_arguments, seal_mistakes, seal_probe
from matrix_checks.notebook.check_run import CheckRun
from matrix_checks.notebook.hints import Hints
from matrix_checks.notebook.lines import summary
from matrix_checks.notebook.surroundings import surroundings


class Points(float):
    """The mark of a cell: a number to nbgrader, and nothing to a reader, who has just read it in a sentence."""

    def _repr_html_(self) -> str:
        return ""


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
    general, edge, care, memory
        Points of the case groups "general shapes", "edge cases", "numerical care" and "memory": no array larger than needed.
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
        memory: float = 0,
        namespace: dict | None = None,
    ):
        self.function_name = function_name
        self.returns = tuple(returns) if returns else None
        self.group_points = {"general": general, "edge": edge, "care": care, "memory": memory}
        self._run = CheckRun(
            function_name,
            sys._getframe(1).f_globals if namespace is None else namespace,
            self.returns,
            may_share=bool(shared_outputs),
        )
        self._probes: list[tuple[Case, Callable]] = []
        self._hints = Hints()
        self._knowledge = Knowledge(self.returns or ())
        self._hidden_tried = False

    def substitute(self, source: str) -> None:
        """Put right functions in the place of the notebook's own while this check runs.

        A mistake in one function then costs nothing in the check of another function that calls it.

        Parameters
        ----------
        source
            Python text that defines the functions. It is the course's own text, never a student's.
        """
        self._run.substitute(source)

    def visible(
        self,
        label: str,
        *arguments: Any,
        expected: Any = None,
        truth: Callable | None = None,
        holds: Callable[[Any], str | None] | None = None,
        group: str = "general",
        per: str = "array",
        floor: float | None = None,
    ) -> None:
        """Try a case whose numbers students may see.

        Parameters
        ----------
        label
            The case in words.
        arguments
            What the function is called with. Where all their arrays are float32, the result must be, too.
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
        single = are_float32(arguments)
        self._ask(Case(label, group, arguments, expected, holds, True, per, floor, float32=single), truth)

    def hidden(
        self,
        label: str,
        *arguments: Any,
        expected: Any = None,
        truth: Callable | None = None,
        holds: Callable[[Any], str | None] | None = None,
        group: str = "general",
        per: str = "array",
        floor: float | None = None,
        must_not_form: str = "",
    ) -> None:
        """Try a case of which students learn the label and the kind of mistake, but no number.

        Parameters
        ----------
        label, arguments, expected, truth, holds, group, per, floor
            As for :meth:`visible`.
        must_not_form
            An array that is too large to be formed in this case, in words: said where memory runs out.
        """
        self._hidden_tried = True
        case = Case(label, group, arguments, expected, holds, False, per, floor, must_not_form=must_not_form)
        self._ask(case, truth)

    def standard_cases(self, *arguments: Any, truth: Callable, integers: bool = False, per: str = "array") -> None:
        """Try the hidden variations of one general case: see :func:`matrix_checks.checks.cases.standard_cases`."""
        self._hidden_tried = True
        if self._run.stopped:
            self._run.skip("edge", "care")
            return
        right_answer = surroundings().right_answer
        for case in standard_cases(arguments, lambda *varied: right_answer(truth, varied), integers):
            self._run.try_case(replace(case, per=per))

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

    def dimension(self, letter: str, meaning: str, size: Callable, averages: bool = True) -> None:
        """Declare a size that may turn up as a wrong factor: see :class:`matrix_checks.checks.relations.Dimension`."""
        self._knowledge.dimensions.append(Dimension(letter, meaning, size, averages))

    def probe(self, label: str, *arguments: Any, truth: Callable) -> None:
        """A case that earns nothing and is only asked when others fail.

        Square arrays, for instance: where the sizes differ, a forgotten transpose raises and leaves no numbers to explain. A release
        asks it, too, with other numbers of the same sizes: see :mod:`matrix_checks.checks.sealing`.
        """
        if not self._run.stopped:
            self._probes.append((Case(label, "general", arguments, truth(*arguments)), truth))

    def sealed_mistakes(self) -> dict[str, list]:
        """The declared mistakes and the probes, sealed for the release; the build asks for them after the cell has run."""
        probes: list[list] = []
        readings: list[list[Reading]] = []
        for case, truth in self._probes:
            arguments = public_arguments(self.function_name, len(probes), case.arguments)
            verdict = self._run.ask(replace(case, arguments=arguments, expected=truth(*arguments)))
            if verdict.passed:
                probes.append(seal_probe(arguments))
                readings.append(verdict.readings)
        cases = self._run.visible_readings() + readings
        return {"probes": probes, "mistakes": seal_mistakes(self.function_name, cases, self._knowledge)}

    def points(self) -> Points:
        """Print the verdicts and return the points, which nbgrader takes as the mark of the cell."""
        worth = {group for group, points in self.group_points.items() if points}
        results = score(self.group_points, self._run.by_group(worth), self._run.spoilt())
        self._run.remember()
        self._hints = self._run.hints(self._knowledge, [case for case, _ in self._probes], self._hidden_tried)
        # Before grading, help comes a step at a time: what happened, a question, and what was probably done when it is asked for.
        # Feedback comes when the mark is given and nothing can be asked of it any more, so that all of it stands there, and first.
        help_first, help_last = (self._hints.all(), []) if self._hidden_tried else ([], self._hints.invitation())
        for text in [self.function_name, *help_first, *self._run.lines(), *help_last]:
            print(text)
        print(summary(results, self.group_points, self._hidden_tried))
        self._run.show_picture()
        return Points(sum(result.earned for result in results))

    def hint(self) -> None:
        """Print the next step of help: a question to think about, and then, asked again, what was probably done."""
        print(self._hints.next())

    def _ask(self, case: Case, truth: Callable | None) -> None:
        if case.group not in GROUPS:
            raise ValueError(f"group must be one of {', '.join(GROUPS)}, not {case.group!r}.")
        self._run.count(case)
        if self._run.stopped:
            self._run.skip(case.group)
            return
        if truth is not None:
            case = replace(case, expected=surroundings().right_answer(truth, case.arguments))
        self._run.try_case(case)
