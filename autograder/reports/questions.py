"""Questions for one student: about own mistakes first, the rest by a hash of the student's id, which is the same on every machine.

What a student is asked depends on this student's work and on the place in the class, and on no other work: a sheet can be made
alone. So that neighbours differ all the same, the questions for anyone are dealt into two halves, and the students take theirs from
one half and the other in turn.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from autograder.course.assignment import Assignment, Exercise
from autograder.course.defence import (
    ALWAYS,
    ANSWER,
    ANY_MISTAKE,
    MISTAKE,
    PART,
    STEP,
    VERDICT,
    WAY,
    Condition,
    Question,
    functions_of,
    writeups_of,
)
from autograder.course.draws import Draws, Problem
from autograder.course.problems import PROBLEMS
from autograder.reports.findings import Findings
from matrix_checks.derivations.equality.verdicts import FALSE, NOT_UNDERSTOOD

FEWEST, MOST_OWN = 3, 4  # with one question for anyone, the most are five

# A reason to ask a question: how much it weighs, the function or write-up that it comes from, and its words. The most telling
# weighs 0: numbers that betray a mistake. That a line was not understood may be the reader's fault, and what is missing is asked about
# behind what is wrong.
Reason = tuple[int, str, str]
Turn = Callable[[Question], tuple[bool, int]]
_WEIGHT = {MISTAKE: 0, ANY_MISTAKE: 1, STEP: 1, VERDICT: 1, PART: 2, ANSWER: 3, WAY: 4}
_UNREAD = 4
_WEAK = 3
_PART_IN_WORDS = "not everything is right"


def choose(
    questions: Sequence[Question], findings: Findings, student: str, assignment: Assignment, class_list: Sequence[str]
) -> list[Question]:
    """Three to five questions for a student, as far as there are so many.

    Parameters
    ----------
    questions
        Those of ``defence.toml``.
    findings
        What the grading knows of the student's work.
    student
        The student's id.
    assignment
        What the questions belong to.
    class_list
        The ids of the class, in the order in which they come to the defence: neighbours are asked different questions where possible.

    Returns
    -------
    list of Question
        Those about own mistakes first, the most telling mistake of each exercise before the next.
    """
    side = _side(student, assignment, class_list)
    half_of = _halves(questions, assignment)

    def turn(question: Question) -> tuple[bool, int]:
        identifier = question.identifier
        return half_of[identifier] != side, _hash(student, assignment.identifier, identifier)

    own = _own([(each, reasons(each, findings, assignment)) for each in questions], turn)
    chosen = own[:MOST_OWN]
    count = Counter(each.exercise for each in chosen)
    rest = [each for each in questions if _is_for_anyone(each) and not reasons(each, findings, assignment)]
    while rest and len(chosen) < max(FEWEST, len(own[:MOST_OWN]) + 1):
        following = min(rest, key=lambda each: (turn(each)[0], count[each.exercise], turn(each)[1]))
        rest.remove(following)
        chosen.append(following)
        count[following.exercise] += 1
    return chosen


def reasons(question: Question, findings: Findings, assignment: Assignment) -> list[Reason]:
    """Why a question is to be asked about this work, the most telling reason first; empty where it is not about it."""
    found = [each for condition in question.conditions for each in _reasons_of(condition, question, findings, assignment)]
    against = [each for condition in question.exceptions for each in _reasons_of(condition, question, findings, assignment)]
    untrue = {source for _, source, _ in against}
    return sorted(dict.fromkeys(each for each in found if each[1] not in untrue))


def problem_for(
    problems: Mapping[str, Sequence[str]], findings: Findings, student: str, assignment: Assignment, class_list: Sequence[str] = ()
) -> Problem | None:
    """A problem to be solved at the table, of the exercise of which most is wrong; ``None`` where the assignment has no problems.

    Parameters
    ----------
    problems
        Names of problems by exercise or function, as ``defence.toml`` gives them.
    findings
        What the grading knows of the student's work.
    student
        The student's id: letters and numbers are drawn from it.
    assignment
        What the problems belong to.
    class_list
        The ids of the class: neighbours with the same mistakes are given different problems.
    """
    possible = {
        exercise.identifier: (names, _share_that_is_wrong(exercise, findings))
        for exercise in assignment.exercises
        if (names := _problems_of(exercise, problems, findings))
    }
    if not possible:
        return None
    most = max(wrong for _, wrong in possible.values())
    worst = [names for names, wrong in possible.values() if wrong == most]
    place = class_list.index(student) if student in class_list else _hash(student, assignment.identifier)
    names = worst[place % len(worst)]
    name = names[place // len(worst) % len(names)]
    return PROBLEMS[name](Draws(student, assignment.identifier, "problem"))


def _problems_of(exercise: Exercise, problems: Mapping[str, Sequence[str]], findings: Findings) -> list[str]:
    """Those of the functions that are wrong; of the whole exercise where there are none."""
    wrong = [each.function for each in findings.checks if not each.is_right and each.function in functions_of(exercise)]
    own = [name for function in wrong for name in problems.get(function, ())]
    return list(dict.fromkeys(own or problems.get(exercise.identifier, ())))


def _share_that_is_wrong(exercise: Exercise, findings: Findings) -> Fraction:
    """Of an exercise, whether it has few parts or many."""
    functions, writeups = functions_of(exercise), writeups_of(exercise)
    wrong = sum(not each.is_right for each in findings.checks if each.function in functions)
    wrong += sum(not each.is_complete for each in findings.writeups if each.writeup in writeups)
    return Fraction(wrong, max(len(functions) + len(writeups), 1))


def _own(candidates: Iterable[tuple[Question, list[Reason]]], turn: Turn) -> list[Question]:
    """The questions about own mistakes, until each mistake is asked about once."""
    left = dict(candidates)
    chosen: list[Question] = []
    served: set[Reason] = set()
    count: Counter[str] = Counter()
    while left := {question: new for question, found in left.items() if (new := [each for each in found if each not in served])}:

        def order(question: Question, left: dict[Question, list[Reason]] = left) -> tuple[bool, int, int, bool, int]:
            weight = left[question][0][0]
            return weight >= _WEAK, count[question.exercise], weight, *turn(question)

        best = min(left, key=order)
        served |= {*left[best], *(_of_part(source) for _, source, _ in left[best])}
        chosen.append(best)
        count[best.exercise] += 1
    return chosen


def _reasons_of(condition: Condition, question: Question, findings: Findings, assignment: Assignment) -> list[Reason]:
    checks = [each for each in findings.checks if each.function in question.functions]
    writeups = [each for each in findings.writeups if each.writeup in question.writeups]
    weight, words = _WEIGHT.get(condition.kind, 0), condition.words
    if condition.kind == MISTAKE:
        return [(weight, each.function, words) for each in checks if words in each.sentences]
    if condition.kind == ANY_MISTAKE:
        return [(weight, each.function, words) for each in checks if any(words in sentence for sentence in each.sentences)]
    if condition.kind == VERDICT:
        weight = _UNREAD if words == NOT_UNDERSTOOD else weight
        return [(weight, each.writeup, words) for each in writeups if words in each.verdicts]
    if condition.kind == STEP:
        return [(weight, each.writeup, FALSE) for each in writeups if words in each.false_step]
    if condition.kind == ANSWER:
        return [(weight, each.writeup, words) for each in writeups if words in each.missing_answers]
    if condition.kind == WAY:
        return [(weight, each.writeup, words) for each in writeups if words in each.missing_ways]
    if condition.kind == PART:
        return [_of_part(source) for source in _wrong_parts(words, findings, assignment)]
    return []


def _of_part(source: str) -> Reason:
    """That a function is wrong weighs more than that a derivation is not complete."""
    return _WEIGHT[ANSWER if source.startswith("writeup_") else PART], source, _PART_IN_WORDS


def _wrong_parts(name: str, findings: Findings, assignment: Assignment) -> list[str]:
    """What is not right of an exercise, or of one function."""
    cells = {
        f"check_{name}",
        *(cell for exercise in assignment.exercises if exercise.identifier == name for cell in exercise.cells),
    }
    functions = [each.function for each in findings.checks if not each.is_right and f"check_{each.function}" in cells]
    return functions + [each.writeup for each in findings.writeups if not each.is_complete and each.writeup in cells]


def _is_for_anyone(question: Question) -> bool:
    return any(condition.kind == ALWAYS for condition in question.conditions)


def _side(student: str, assignment: Assignment, class_list: Sequence[str]) -> int:
    """Zero or one, in turn along the class; of a student who is not in it, by the hash."""
    place = class_list.index(student) if student in class_list else _hash(student, assignment.identifier)
    return place % 2


def _halves(questions: Sequence[Question], assignment: Assignment) -> dict[str, int]:
    """Zero or one for each question: the questions for anyone are dealt out in turn, and so are the others."""
    order = sorted(questions, key=lambda each: (each.exercise, _hash(assignment.identifier, each.identifier)))
    dealt = [[each for each in order if _is_for_anyone(each) is for_anyone] for for_anyone in (True, False)]
    return {each.identifier: place % 2 for group in dealt for place, each in enumerate(group)}


def _hash(*words: str) -> int:
    return int.from_bytes(hashlib.sha256("\0".join(words).encode()).digest(), "big")
