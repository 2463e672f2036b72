"""From one case to one verdict: call the student's function, compare each output, put the reason into one line."""

import builtins
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from matrix_checks.checks.calling import call
from matrix_checks.checks.cases import Case
from matrix_checks.checks.comparing import Comparison, compare, error_in_words, wrong_kind, wrong_numbers
from matrix_checks.checks.diagnosis import Reading
from matrix_checks.checks.estimate import Estimate
from matrix_checks.checks.functions import NOTHING_GIVEN, Failure, Given, NotebookFunction, Outcome
from matrix_checks.checks.shape_errors import in_words
from matrix_checks.checks.two_arrays import both_in_words

# Those of Python and of NumPy. The name of a student's own class could spell out the numbers of a hidden case.
KNOWN_EXCEPTIONS = {
    name
    for module in (builtins, np.exceptions, np.linalg)
    for name, value in vars(module).items()
    if isinstance(value, type) and issubclass(value, (Exception, SystemExit)) and not issubclass(value, Warning)
}


@dataclass
class Verdict:
    """How one case went.

    Attributes
    ----------
    case
        The case.
    passed
        Whether the answer counts as right.
    reason
        One clause: the size of the error, or what is wrong. For a hidden case it holds no number of the case.
    details
        Further lines for a visible case: both arrays, what was printed.
    outcomes
        The calls that were made.
    readings
        Each output that could be read as an array, beside the right one, for the diagnosis.
    unwritten
        Whether the function (or one that it calls) still raises ``NotImplementedError``.
    costs
        For a case that did not pass: the groups that pay, where only the form of answers is wrong, and their numbers are right.
        Empty where the case's own group pays.
    """

    case: Case
    passed: bool
    reason: str
    details: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    unwritten: bool = False
    costs: tuple[str, ...] = ()


def judge(
    case: Case,
    function: Callable | NotebookFunction,
    output_names: tuple[str, ...] | None,
    time_limit: float,
    given: Given = NOTHING_GIVEN,
    visible: int = 0,
) -> Verdict:
    """Run one case.

    Parameters
    ----------
    case
        What to ask.
    function
        The student's function.
    output_names
        Names of the outputs where the function returns a tuple, else ``None``.
    time_limit
        Seconds for each call.
    given, visible
        See :func:`matrix_checks.checks.calling.call`.
    """
    outcome = call(function, case.arguments, time_limit, given, visible)
    verdict = _judge_outcome(case, outcome, output_names, time_limit)
    verdict.outcomes.append(outcome)
    if case.repeated and (verdict.passed or verdict.costs):
        again = call(function, case.arguments, time_limit, given, visible)
        verdict.outcomes.append(again)
        if again.failure is not None or not _identical(outcome.value, again.value):
            verdict.passed, verdict.reason, verdict.costs = False, "the second call gives another answer than the first", ()
    if case.visible:
        verdict.details += _what_it_said(outcome)
    return verdict


def _judge_outcome(case: Case, outcome: Outcome, output_names: tuple[str, ...] | None, time_limit: float) -> Verdict:
    if case.must_not_form and _is_too_large(outcome):
        return Verdict(case, False, f"{case.must_not_form} must not be formed")
    if outcome.too_long:
        return Verdict(case, False, f"stopped: no answer within {time_limit:g} seconds")
    if outcome.failure is not None:
        return Verdict(case, False, _failure_in_words(outcome.failure, case, output_names), unwritten=outcome.failure.unwritten)
    if output_names is not None:
        reason = _wrong_tuple(outcome.value, output_names, case.visible)
        if reason:
            return Verdict(case, False, reason)
    if case.holds is not None:
        return _judge_property(case, outcome.value, case.holds, output_names)
    return _judge_values(case, outcome.value, output_names)


def _is_too_large(outcome: Outcome) -> bool:
    """Whether memory ran out, be it that the process ended for want of it."""
    return outcome.failure is not None and outcome.failure.kind in ("MemoryError", "SystemExit")


def _judge_property(case: Case, value: Any, holds: Callable[[Any], str | None], output_names: tuple[str, ...] | None) -> Verdict:
    # What judges a property may compute with the result: a NaN, or a number too wide for that, must not come so far.
    pairs = [("", value)] if output_names is None else list(zip(output_names, value))
    for name, output in pairs:
        reason = wrong_numbers(output)
        if reason:
            return Verdict(case, False, _named(reason, name))
    try:
        reason = holds(value) or ""
    except Exception:
        reason = "the result could not be read: compare its shapes with those in the docstring"
    return Verdict(case, not reason, reason)


def _judge_values(case: Case, value: Any, output_names: tuple[str, ...] | None) -> Verdict:
    pairs = [("", value, case.expected)]
    if output_names is not None:
        pairs = list(zip(output_names, value, case.expected))
    named = []
    for name, one, truth in pairs:
        if isinstance(truth, dict):
            reason = _wrong_keys(one, truth)
            if reason:
                return Verdict(case, False, _label(name) + reason)
            named += [(f"{name}[{key}]" if name else key, one[key], truth[key]) for key in truth]
        else:
            named.append((name, one, truth))
    comparisons = [(name, one, truth, _compare(one, truth, case)) for name, one, truth in named]
    wrong = [each for each in comparisons if not each[-1].passed]
    if wrong:
        reasons = "; ".join(_named(_reason(comparison, case), name) for name, *_, comparison in wrong)
        verdict = Verdict(case, False, reasons, costs=_groups_that_pay([comparison for *_, comparison in wrong]))
        if output_names is None and np.ndim(value) > 1:
            # A gradient that is the only result is asked for in its layout: a row is another one. Statistics beside it have none.
            verdict.costs = tuple(group for group in verdict.costs if group != "edge")
    else:
        worst = max(comparison.error or 0.0 for *_, comparison in comparisons)
        verdict = Verdict(case, True, error_in_words(worst) if case.visible else "")
    for name, one, truth, comparison in comparisons:
        if wrong_kind(one) or np.asarray(one).dtype.kind not in "fiu":
            continue
        actual, expected = np.asarray(one, dtype=np.float64), _as_array(truth)
        # Right numbers of the wrong dtype are no riddle: they are neither explained nor drawn.
        passed = comparison.passed or comparison.costs == "care"
        verdict.readings.append(Reading(name, case.arguments, actual, expected, case.per, case.float32, passed))
        if case.visible and not passed:
            verdict.details += both_in_words(_label(name), actual, expected, case.per)
    return verdict


def _groups_that_pay(wrong: list[Comparison]) -> tuple[str, ...]:
    """The groups of the faults of form; empty where the fault of one output is more than that."""
    groups = {comparison.costs for comparison in wrong}
    return () if "" in groups else tuple(sorted(groups))


def read_without_truth(case: Case, outcome: Outcome, output_names: tuple[str, ...] | None) -> list[Reading]:
    """The outputs of a case whose right answer is not known here: each stands beside itself."""
    if outcome.too_long or outcome.failure is not None:
        return []
    if output_names is not None and _wrong_tuple(outcome.value, output_names, False):
        return []
    named: list[tuple[str, Any]] = []
    for name, one in [("", outcome.value)] if output_names is None else zip(output_names, outcome.value):
        named += (
            [(f"{name}[{key}]" if name else str(key), each) for key, each in one.items()]
            if isinstance(one, dict)
            else [(name, one)]
        )
    arrays = [
        (name, np.asarray(one, dtype=np.float64))
        for name, one in named
        if not wrong_kind(one) and np.asarray(one).dtype.kind in "fiu"
    ]
    return [Reading(name, case.arguments, array, array, passed=True, judged=False) for name, array in arrays]


def misfits(verdicts: Sequence[Verdict]) -> list[tuple]:
    """The arguments of the cases in which arrays did not fit together, as far as the exception tells."""
    failed = [(verdict.case.arguments, outcome.failure) for verdict in verdicts for outcome in verdict.outcomes]
    return [arguments for arguments, failure in failed if failure is not None and failure.kind == "ValueError"]


def _label(name: str) -> str:
    return f"{name}: " if name else ""


def _named(reason: str, output: str) -> str:
    """A reason that says which output it is about: ``losses is a list``, not that the function returned one."""
    returned = "the function returned "
    if not output:
        return reason
    if reason.startswith(returned):
        return f"{output} is {reason.removeprefix(returned)}"
    return _label(output) + reason


def _as_array(truth: Any) -> np.ndarray:
    return np.asarray(truth.value if isinstance(truth, Estimate) else truth, dtype=np.float64)


def _compare(actual: Any, expected: Any, case: Case) -> Comparison:
    return compare(actual, expected, per=case.per, floor=case.floor, float32=case.float32)


def _reason(comparison: Comparison, case: Case) -> str:
    return comparison.reason if case.visible else comparison.reason_without_numbers


def _wrong_keys(value: Any, truth: dict) -> str:
    if not isinstance(value, dict):
        return f"a dictionary with the keys {', '.join(truth)} is expected"
    missing = [key for key in truth if key not in value]
    if missing:
        return f"the dictionary lacks the key {missing[0]}"
    if len(value) > len(truth):
        return f"the dictionary should hold the keys {', '.join(truth)} and no other"
    return ""


def _wrong_tuple(value: Any, names: tuple[str, ...], visible: bool) -> str:
    wanted = f"{len(names)} results are expected: {', '.join(names)}"
    if value is None:
        return f"the function returned None, where {wanted}"
    if not isinstance(value, (tuple, list)):
        return f"the function returned one result, where {wanted}"
    if len(value) != len(names):
        return (
            f"the function returned {len(value)} results, where {wanted}"
            if visible
            else f"another number of results is returned, where {wanted}"
        )
    return ""


def _failure_in_words(failure: Failure, case: Case, output_names: tuple[str, ...] | None) -> str:
    # A hidden case must not speak through the text, the name or the line of an exception: student code can make up all three.
    if not case.visible:
        return f"raised {failure.kind if failure.kind in KNOWN_EXCEPTIONS else 'an exception'}"
    line = f" (in {failure.line})" if failure.line else ""
    if failure.shapes:
        # In one line, as its words may come from a student's process.
        return f"{' '.join(failure.shapes.split())}{_wanted_shape(case, output_names)}{line}"
    message = f": {failure.message}" if failure.message else ""
    return f"raised {failure.kind}{message}{line}"


def _wanted_shape(case: Case, output_names: tuple[str, ...] | None) -> str:
    """The shape of the result, to go on from, where there is one result."""
    if output_names is not None or case.holds is not None or isinstance(case.expected, (dict, tuple, list, type(None))):
        return ""
    return f"; the result must be {in_words(_as_array(case.expected).shape)}"


def _what_it_said(outcome: Outcome) -> list[str]:
    printed = [f"printed: {line}" for line in outcome.printed.splitlines()[:20]]
    return printed + [f"warned: {text}" for text in outcome.warned[:5]]


def _identical(one: Any, other: Any) -> bool:
    if isinstance(one, (tuple, list)) and isinstance(other, (tuple, list)):
        return len(one) == len(other) and all(_identical(a, b) for a, b in zip(one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_identical(one[key], other[key]) for key in one)
    try:
        return np.array_equal(np.asarray(one, dtype=np.float64), np.asarray(other, dtype=np.float64))
    except (TypeError, ValueError):
        return False
