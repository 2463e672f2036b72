r"""Words below the letter of a loss, ``L_{CE}`` and ``J_{\\mathrm{train}}``: of the only loss of a text they say nothing."""

from collections.abc import Iterable, Iterator, Sequence

from matrix_checks.derivations.reading.tex import Token, Word
from matrix_checks.derivations.reading.tokens import Renamed

LOSSES = ("L", "J", "E", "C", "\\ell")
# In letters.
SHORTEST, LONGEST = 2, 5
Label = tuple[str, str]


def loss_label(formulas: Iterable[Sequence[Token]]) -> Label:
    """The letter of a text's loss and the word that stands below it wherever it stands; empty for none."""
    formulas = list(formulas)
    found = [(str(tokens[place]), label) for tokens in formulas for place, _, label in _labelled(tokens)]
    if len(set(found)) != 1:
        return "", ""
    letter, label = found[0]
    everywhere = sum(token == letter for tokens in formulas for token in tokens)
    # An L in the word itself counts, too.
    return (letter, label) if everywhere == len(found) * (1 + label.count(letter)) else ("", "")


def without_loss_label(tokens: list[Token], label: Label) -> list[Token]:
    """The formula without that word; the letter remembers how it was written."""
    found: list[Token] = []
    start = 0
    for place, end, word in _labelled(tokens) if label[0] in tokens else ():
        if (tokens[place], word) == label:
            found += [*tokens[start:place], Renamed.of(label[0], f"{label[0]}_{{{word}}}")]
            start = end
    return [*found, *tokens[start:]]


def _labelled(tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """Where the letters of losses with words below them begin and end, with the word."""
    for place in range(len(tokens) - 4):
        if tokens[place] not in LOSSES or list(tokens[place + 1 : place + 3]) != ["_", "{"]:
            continue
        behind = list(tokens[place + 3 : place + 4 + LONGEST])
        inside = behind[: behind.index("}")] if "}" in behind else []
        word = "".join(each.text if isinstance(each, Word) else str(each) for each in inside)
        is_word = len(inside) == 1 and isinstance(inside[0], Word)
        if word.isalpha() and (is_word or (SHORTEST <= len(word) <= LONGEST and word.isupper())):
            yield place, place + 4 + len(inside), word
