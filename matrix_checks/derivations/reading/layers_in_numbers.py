r"""The layer ``l`` in a text that goes on with numbers: what is said of every layer is read as said of the second one, which has one before it."""

from collections.abc import Iterable, Sequence

from matrix_checks.derivations.reading.tokens import Renamed, Token

LAYERS = ("l", "\\ell")
NUMBERS = ("1", "2")


def numbers_layers(formulas: Iterable[Sequence[Token]]) -> bool:
    """Whether a text has numbers and letters for layers in square brackets, and says how one layer follows from the one before."""
    labels = [label for tokens in formulas for label in _labels(tokens)]
    general = any(label[0] in LAYERS and label[1:] == ["-", "1"] for label in labels)
    return general and any(len(label) == 1 and label[0] in NUMBERS for label in labels)


def with_numbers_for_layers(tokens: Sequence[Token]) -> list[Token]:
    """The formula with the second layer for the layer ``l``; each number remembers how it was written."""
    found: list[Token] = []
    for token in tokens:
        found.append(token)
        if token != "]" or "[" not in found[-6:]:
            continue
        start = len(found) - 1 - found[::-1].index("[")
        label = found[start + 1 : -1]
        if start and found[start - 1] in ("{", "^") and label and label[0] in LAYERS and label[1:] in ([], ["-", "1"]):
            number = "1" if label[1:] else "2"
            found[start + 1 : -1] = [Renamed.of(number, "".join(map(str, label)))]
    return found


def _labels(tokens: Sequence[Token]) -> Iterable[list[Token]]:
    for place, token in enumerate(tokens):
        behind = list(tokens[place + 1 : place + 6]) if token == "[" and tokens[place - 1 : place] in (["{"], ["^"]) else []
        if "]" in behind[1:] and behind[0] != "]":
            yield behind[: behind.index("]")]
