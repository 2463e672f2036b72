r"""What a text says of its layers by a letter: ``z^{(l)} = a^{(l-1)} W_l + b_l`` says how each layer follows from the one before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from matrix_checks.derivations.reading.labels_written import Label, label_of, labels_in

Formulas = Sequence[tuple[int, str]]
_GAP = re.compile(
    r"\\q?quad(?![a-zA-Z])|\\\\(?:\[[^\]]{0,9}\])?|\\(?:text|mbox)\s*\{[^{}]{0,80}\}|;|(?<!\\),(?![^(){}\[\]]{0,80}[)}\]])|\\(?:begin|end)\s*\{\w+\*?\}"
)
EQUALS = re.compile(r"\s{0,9}(?::\s*=|=\s*:|=|\\coloneqq|\\coloneq|\\equiv|\\triangleq|\\stackrel\s*\{[^{}]{0,20}\}\s*\{=\})\s*")
# What stands before a letter, and belongs to it; a mark makes it another name.
_FONT = re.compile(r"\\(?:mathbf|boldsymbol|bm|pmb|mathrm|mathsf|mathcal|bold|vec|underline)(?![a-zA-Z])")
_MARK = re.compile(r"\\(?:bar|hat|tilde|dot|overline|widehat|widetilde)(?![a-zA-Z])")
_SUM = re.compile(r"\\(?:sum|prod)(?:\\limits)?\s*_\s*\{?\s*(\\ell|[A-Za-z])(?![A-Za-z])")
_DERIVATIVE = re.compile(r"\\(?:partial|nabla)(?![a-zA-Z])|\\frac\s*\{\s*(?:d|\\mathrm)")
# A function that stands before all of a side, with its argument.
_ACTIVATION = re.compile(
    r"\s*(?:[fgshr]|\\(?:sigma|varphi|phi|psi|rho)|\\(?:text|mathrm|operatorname)\s*\{\w+\})\s*(?:\\left|\\[bB]igg?l?)?\s*\((.*)\)\s*"
)
_IDENTITY = re.compile(
    r"(?:[fgshr]|\\(?:sigma|varphi|phi|psi|rho))\s*(?:\(\s*([a-z])\s*\)\s*(?:=|\\equiv)\s*\1(?![A-Za-z_^+*/])|'\s*(?:\([^()]{1,9}\))?\s*(?:=|\\equiv)\s*1)"
)
# Errors of a layer are derivatives: another formula for one is a claim.
ERRORS = frozenset(
    (
        "\\delta",
        "\\Delta",
        "\\varepsilon",
        "\\epsilon",
        "\\gamma",
        "\\Gamma",
        "\\lambda",
        "\\Lambda",
        "D",
        "G",
        "g",
        "e",
        "d",
        "\\partial",
    )
)
_LAST = frozenset("KLHPQT")
# Letters of sizes: n_l is the width of a layer, and so is every letter beside the sign of a shape.
_SIZES = frozenset(("n", "N", "m", "M"))
_BESIDE_TIMES = re.compile(r"([A-Za-z])\s*_\s*(?:\{[^{}]{1,9}\}|\w|\\ell)\s*\\times|\\times\s*([A-Za-z])\s*_")


@dataclass(frozen=True)
class Statement:
    """What a text says of every layer: a name with a label and perhaps a mark on it, and what it is."""

    label: Label
    source: str
    right: str
    mark: str

    @property
    def is_derivative(self) -> bool:
        """Whether it names a gradient."""
        return _DERIVATIVE.search(self.right) is not None

    @property
    def activated(self) -> str:
        """The argument of the function that a side is: the ``z^{(l)}`` of ``f(z^{(l)})``; empty where it is no function."""
        found = _ACTIVATION.fullmatch(self.right)
        return found[1] if found and label_of(found[1].strip()) else ""

    @property
    def as_identity(self) -> str:
        """What it says where the function is the identity."""
        return self.source[: len(self.source) - len(self.right)] + (self.activated or self.right)


def letters_of_layers(formulas: Formulas) -> list[str]:
    """Letters that stand in labels with one more, or one less."""
    found: dict[str, None] = {}
    for _, source in formulas:
        for label in labels_in(source):
            if abs(label.shift) == 1 and not label.base.isdecimal():
                found[label.base] = None
    return list(found)


def counts(letter: str, source: str) -> bool:
    """Whether a letter counts the terms of a sum in a formula."""
    return letter in _SUM.findall(source)


class GeneralLayers:
    """What a text says of its layers.

    Parameters
    ----------
    letter
        What stands for the number of a layer.
    formulas
        Where each formula begins, and its source.
    """

    def __init__(self, letter: str, formulas: Formulas):
        self.letter, self.formulas = letter, formulas

    @cached_property
    def names(self) -> dict[str, set[bool]]:
        """The names that have the letter in a label, with whether that stands above them."""
        found: dict[str, set[bool]] = {}
        for _, source in self.formulas:
            for label in labels_in(source):
                if label.base == self.letter and label.name not in self.sizes:
                    found.setdefault(label.name, set()).add(label.is_above)
        return found

    @cached_property
    def sizes(self) -> frozenset[str]:
        beside = (letters for _, source in self.formulas for letters in _BESIDE_TIMES.findall(source))
        return _SIZES | {letter for letters in beside for letter in letters if letter}

    @cached_property
    def fragments(self) -> list[str]:
        return [part.strip(" \t\n.,&") for _, source in self.formulas for part in _GAP.split(source.replace("&", " "))]

    @cached_property
    def statements(self) -> list[Statement]:
        """The first thing that is said of each name of every layer."""
        found: dict[str, Statement] = {}
        for fragment in self.fragments:
            statement = self._statement(fragment)
            if statement:
                found.setdefault(statement.mark + statement.label.name, statement)
        return list(found.values())

    def _statement(self, fragment: str) -> Statement | None:
        first = next(labels_in(fragment), None)
        of_name = [each for each in labels_in(fragment) if first and each.begin_of_name == first.begin_of_name]
        label = next((each for each in of_name if each.base == self.letter and each.name in self.names), None)
        before = _FONT.sub("", fragment[: label.begin_of_name]) if label else ""
        if label is None or _MARK.sub("", before).strip(" {"):
            return None
        rest = fragment[label.end_of_name :].lstrip(" }")
        equals = EQUALS.match(rest)
        if not equals or counts(self.letter, rest):
            return None
        right = _first_side(rest[equals.end() :])
        labels = [each for each in labels_in(right) if each.base == self.letter and each.name in self.names]
        is_claim = (label.name in ERRORS or before.strip(" {") != "") and not _DERIVATIVE.search(right)
        if not labels or is_claim or any(each.shift > label.shift for each in labels):
            return None
        return Statement(label, fragment[: len(fragment) - len(rest) + equals.end()] + right, right, before.strip(" {"))

    @cached_property
    def recursion(self) -> Statement | None:
        """How a layer follows from the one before."""
        for one in self.statements:
            labels = [each for each in labels_in(one.right) if each.base == self.letter]
            before = any(each.shift == one.label.shift - 1 and each.name in self.outputs for each in labels)
            if before and len({each.name for each in labels}) > 1 and not _DERIVATIVE.search(one.right):
                return one
        return None

    @cached_property
    def outputs(self) -> set[str]:
        """The names of what layers give, and of what they do with it."""
        return {one.label.name for one in self.statements if not one.mark}

    @cached_property
    def taken(self) -> str:
        """The name of what a layer takes."""
        assert self.recursion
        shift = self.recursion.label.shift - 1
        return next(each.name for each in labels_in(self.recursion.right) if each.shift == shift and each.name in self.outputs)

    @cached_property
    def has_objects_in_columns(self) -> bool:
        """Whether something with the letter of the layer stands before what a layer takes, as a factor: ``W_l z_{l-1} + b_l``."""
        assert self.recursion
        labels = list(labels_in(self.recursion.right))
        return any(
            second.name == self.taken
            and first.base == self.letter
            and not self.recursion.right[first.end_of_name : second.begin_of_name].strip(" {}")
            for first, second in zip(labels, labels[1:])
        )

    @cached_property
    def input(self) -> tuple[str, int]:
        """What is said of the first input, and which number it has; nothing where nothing is said."""
        for fragment in self.fragments:
            sides = [side.strip() for side in EQUALS.split(fragment)]
            for one, other in zip(sides, [*sides[1:], ""]):
                label = label_of(one)
                is_numbered = label is not None and label.name == self.taken and label.base.isdecimal()
                if label and is_numbered and other and not any(each.name in self.names for each in labels_in(other)):
                    return f"{one} = {other}", int(label.base)
        return "", 0

    @cached_property
    def last(self) -> set[str]:
        """The letters for the last layer."""
        letter, end = re.escape(self.letter), r"\s*([A-Za-z])(?![A-Za-z])"
        at_most = r"\\leq?(?:slant)?\s*"
        said = re.compile(
            rf"{letter}\s*(?:=|\\in\s*\\\{{)[^=$]{{1,30}}?dots\s*,?{end}|{at_most}{letter}\s*{at_most}{end}|{letter}\s*=\s*([A-Z])\s*(?:,|-)"
        )
        found = {last for _, source in self.formulas for groups in said.findall(source) for last in groups if last}
        # A capital letter in the label of a layer is that of the last one; a T above is the sign of a transposition.
        labels = (label for _, source in self.formulas for label in labels_in(source) if label.name in self.names)
        return found | {"L"} | {each.base for each in labels if each.base in _LAST and not (each.is_above and each.base == "T")}

    @cached_property
    def has_identity(self) -> bool:
        """Whether a function between the layers is said to be the identity."""
        return any(one.activated for one in self.statements) and any(_IDENTITY.search(source) for _, source in self.formulas)

    def offset(self, name: str) -> int:
        """How many more than a layer's number a name of it has in its label."""
        recursion, base = self.recursion, self.input[1]
        if recursion is None or name in self.outputs or name in ERRORS:
            return base
        shifts = [each.shift for each in labels_in(recursion.right) if each.base == self.letter and each.name == name]
        return base + (shifts[0] - recursion.label.shift if shifts else 0)

    def number(self, label: Label, value: int, last: int) -> int | None:
        """The number of a layer that a label says, from zero for the input; ``None`` where it is no label of a layer.

        Parameters
        ----------
        label
            That of a name.
        value, last
            What the letter for a layer stands for in the text, and how many layers there are.
        """
        if label.is_above not in self.names.get(label.name, ()):
            return None
        if label.base == self.letter:
            base = value
        elif label.base.isdecimal():
            base = int(label.base)
        elif label.base in self.last:
            base = last + self.input[1]
        else:
            return None
        return base + label.shift - self.offset(label.name)


def _first_side(source: str) -> str:
    """What stands before the next sign of equality that is in no braces."""
    depth = 0
    for place, sign in enumerate(source):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == "=" and depth <= 0:
            return source[:place].rstrip(" :&")
    return source
