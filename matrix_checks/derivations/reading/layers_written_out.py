r"""A text that speaks of the layer ``l``, written again with a number in the place of the letter: once for each layer of two.

What it says of every layer stands before it then with both numbers, so that each layer has the other one.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import islice

from matrix_checks.derivations.reading.general_layers import EQUALS, ERRORS, Formulas, GeneralLayers, counts, letters_of_layers
from matrix_checks.derivations.reading.labels_written import Label, label_of, labels_in
from matrix_checks.derivations.reading.macros import replaced
from matrix_checks.derivations.reading.written_out import WrittenOut

LAYERS = (1, 2)
LAST = max(LAYERS)
# What a layer takes is x where the text does not say it.
INPUT = "x"
# Other letters for layers that are called as the exercise calls its input.
_OTHER_LETTERS = "hzauvsoq"
# Stands for a formula that is left out.
GAP = "\\;"
# What a network of one layer is given: its number of layers, or the error of its first layer.
_UPSTREAM = (
    r"\s*(?:[gG]|\\text\s*\{gradOutput\}|gradOutput|\\d?frac\s*\{\\partial L\}\s*\{\\partial y\}|\\partial L\s*/\s*\\partial y)\s*"
)
_SENTENCE = re.compile(r"[.!?]\s|[。！？]|\n\s*\n|\n\s*[-*+]\s")
_DOTS = re.compile(r"\s{0,9}\\[cl]?dots\s{0,9}")
LONGEST = 20_000
# So many products with dots are looked at in a formula, and so many statements of one layer in a text.
MOST_PRODUCTS, MOST_OF_ONE_LAYER = 10, 20
Span = tuple[int, int, str]


def with_each_layer(text: str, formulas: Formulas) -> list[WrittenOut]:
    """A text with each number for the letter of its layers; none where it does not say how a layer follows from the one before.

    Where a function between the layers is said to be the identity, the text follows without what is said of every layer, for what it
    says in numbers is said of the identity.

    Parameters
    ----------
    text, formulas
        A text, and where its formulas begin in it, each with its source.
    """
    if len(text) > LONGEST:
        return []
    for letter in letters_of_layers(formulas):
        layers = GeneralLayers(letter, formulas)
        if layers.recursion:
            writer = _Writer(layers, text)
            found = [writer.of_layer(number) for number in reversed(LAYERS)]
            found += [writer.of_products()] if any(_DOTS.search(source) for _, source in formulas) else []
            return [*found, *([writer.of_identity()] if layers.has_identity else [])]
    return []


def have_objects_in_columns(formulas: Formulas) -> bool:
    """Whether what a text says of every layer has the weight on the left, with a batch in columns."""
    said = (GeneralLayers(letter, formulas) for letter in letters_of_layers(formulas))
    return any(layers.recursion and layers.has_objects_in_columns for layers in said)


class _Writer:
    def __init__(self, layers: GeneralLayers, text: str):
        self._layers, self._text, self._formulas = layers, text, layers.formulas
        self._left_out = self._of_one_layer() | {start for start, source in self._formulas if self._is_of_numbers_only(source)}

    def of_layer(self, number: int) -> WrittenOut:
        """The text with a number for the layer."""
        return self._as_said(self._value(number), self._left_out)

    def of_products(self) -> WrittenOut:
        """The products of the text for the input, which has all layers before it: there the order of two factors is seen."""
        others = {start for start, source in self._formulas if not _DOTS.search(source)}
        return self._as_said(self._value(0), self._left_out | others)

    def of_identity(self) -> WrittenOut:
        """What the text says in numbers, where each layer hands on what it gives."""
        general = {start for start, source in self._formulas if any(each.base == self._layers.letter for each in labels_in(source))}
        return self._with(self._before(as_identity=True), self._value(1), self._left_out | general)

    def _as_said(self, value: int, left_out: set[int]) -> WrittenOut:
        """The text behind what it says of every layer as it says it: a function in that may be the identity later."""
        written = self._with(self._before(as_identity=False), value, left_out)
        return replace(written, may_be_false=not any(one.activated for one in self._layers.statements))

    def _with(self, before: str, value: int, left_out: set[int]) -> WrittenOut:
        spans = [
            (start + first, start + last, new)
            for start, source in self._formulas
            for first, last, new in ([(0, len(source), GAP)] if start in left_out else self._spans(source, value))
        ]
        written, length = replaced(self._text, spans), len(before)
        # The reader shows \\ell as l.
        letters = frozenset(self._layers.last | {self._layers.letter, self._layers.letter.removeprefix("\\el")})
        return WrittenOut(
            before + written.text, lambda place: written.place(place - length) if place >= length else -1, letters=letters
        )

    def _value(self, number: int) -> int:
        """What the letter stands for where the recursion speaks of a layer."""
        assert self._layers.recursion
        return number + self._layers.input[1] - self._layers.recursion.label.shift

    def _before(self, as_identity: bool) -> str:
        """What is said of every layer, of each."""
        said, base = self._layers.input
        taken = self._layers.taken
        sign = "^{(" if True in self._layers.names[taken] else "_{"
        lines = [self._written(said or f"{taken}{sign}{base}{')}' if sign == '^{(' else '}'} = {INPUT}", 0)]
        # What a gradient is shows where all that depends on its variable was said.
        of_gradients = [one for one in self._layers.statements if one.is_derivative]
        of_layers = [one for one in self._layers.statements if not one.is_derivative]
        said_of = [(number, one) for statements in (of_layers, of_gradients) for number in (0, *LAYERS) for one in statements]
        for number, one in said_of:
            # The input has no layer that gives it; it has a gradient.
            if number > 0 or (one.is_derivative and {each.name for each in labels_in(one.right)} <= self._layers.outputs):
                lines.append(self._written(one.as_identity if as_identity else one.source, number + base - one.label.shift))
        return "".join(f"${line}$.\n\n" for line in lines)

    def _written(self, source: str, value: int) -> str:
        return replaced(source, list(self._spans(source, value))).text

    def _spans(self, source: str, value: int) -> Iterator[Span]:
        """Where labels stand, and the number for each; where products with dots stand, and these without dots."""
        products = list(self._products(source, value))
        if any(new is None for _, _, new in products):
            yield 0, len(source), GAP
            return
        yield from ((first, last, new) for first, last, new in products if new is not None)
        for label in labels_in(source):
            number = self._layers.number(label, value, LAST)
            if number is None or number < 0 or any(first <= label.start < last for first, last, _ in products):
                continue
            if label.name in self._renamed:
                yield label.begin_of_name, label.begin_of_name + len(label.name), self._renamed[label.name]
            yield label.start, label.end, _number(label, number)

    def _products(self, source: str, value: int) -> Iterator[tuple[int, int, str | None]]:
        r"""Where ``W_K^\top W_{K-1}^\top \cdots W_{l+1}^\top`` stands, and all its factors; ``None`` for it where it has no factors."""
        labels = [label for label in labels_in(source) if self._layers.number(label, value, LAST) is not None]
        for dots in islice(_DOTS.finditer(source), MOST_PRODUCTS):
            before = [label for label in labels if label.end_of_name <= dots.start()]
            behind = [label for label in labels if label.begin_of_name >= dots.end()]
            if not before or not behind or before[-1].end_of_name < dots.start() or behind[0].begin_of_name > dots.end():
                continue
            name = before[-1].name
            first, last = _run(before[::-1], name, source)[-1], _run(behind, name, source)[-1]
            one, other = (self._layers.number(label, value, LAST) or 0 for label in (first, last))
            falls = first.base in self._layers.last or last.base == self._layers.letter
            numbers = range(one, other - 1, -1) if falls else range(one, other + 1)
            factor = source[first.begin_of_name : first.start], source[first.end : first.end_of_name]
            factors = (f"{factor[0]}{_number(first, number)}{factor[1]}" for number in numbers)
            yield first.begin_of_name, last.end_of_name, " ".join(factors) if numbers else None

    @cached_property
    def _renamed(self) -> dict[str, str]:
        """Another letter for layers that are called ``x_1`` and ``x_2``, which are rows of the exercise's input."""
        if not any(name == INPUT for name in self._layers.names):
            return {}
        written = set("".join(source for _, source in self._formulas))
        return {INPUT: next((letter for letter in _OTHER_LETTERS if letter not in written), INPUT)}

    def _is_of_numbers_only(self, source: str) -> bool:
        """Whether a formula says how many layers there are, or adds up over them, or only names what has other numbers in the exercise.

        That is "the sheet's $W_1$ is called $W_0$ here".
        """
        one, *others = EQUALS.split(source, maxsplit=1)
        says_number = bool(others) and one.strip() in self._layers.last and others[0].strip(" .,;").isdecimal()
        if says_number or counts(self._layers.letter, source):
            return True
        shifted = {name for name in self._layers.names if self._layers.offset(name)}
        return "=" not in source and any(label.name in shifted and label.base.isdecimal() for label in labels_in(source))

    def _of_one_layer(self) -> set[int]:
        """Where formulas begin that are said of a network of one layer, from what says so to the end of its sentence."""
        masked = replaced(self._text, [(start, start + len(source), "x" * len(source)) for start, source in self._formulas]).text
        found: set[int] = set()
        for start, source in islice((each for each in self._formulas if self._says_one_layer(each[1])), MOST_OF_ONE_LAYER):
            end = _SENTENCE.search(masked, start + len(source))
            last = end.start() if end else len(self._text)
            found.update(place for place, _ in self._formulas if start <= place < last)
        return found

    def _says_one_layer(self, source: str) -> bool:
        one, *others = EQUALS.split(source, maxsplit=1)
        if not others:
            return False
        if one.strip() in self._layers.last and others[0].strip(" .,;") == "1":
            return True
        label = label_of(one.strip())
        if label is None or label.name not in ERRORS or not label.base.isdecimal():
            return False
        return (
            int(label.base) - self._layers.offset(label.name) == 1 and re.fullmatch(_UPSTREAM, others[0].strip(" .,;")) is not None
        )


def _run(labels: list[Label], name: str, source: str) -> list[Label]:
    """The labels of a name that stand beside each other, from the first one on."""
    run = labels[:1]
    for label in labels[1:]:
        first, second = sorted((run[-1], label), key=lambda each: each.begin_of_name)
        if label.name != name or source[first.end_of_name : second.begin_of_name].strip(" {}\\,"):
            break
        run.append(label)
    return run


def _number(label: Label, number: int) -> str:
    written = f"({number})" if label.is_above else str(number)
    return written if label.is_in_braces else f"{{{written}}}"
