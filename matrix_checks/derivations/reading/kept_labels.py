r"""The label of the statistics that a layer keeps, where it is a letter or a word of the text's own: ``\mu_m \leftarrow \alpha\mu_m + (1-\alpha)\mu``.

Words beside such a symbol say the same: "the moving statistics $\mu_m$, $\sigma_m$ are constants".
"""

import re
from collections.abc import Iterator, Sequence

from matrix_checks.derivations.reading.pieces import Piece, prose_at
from matrix_checks.derivations.reading.tokens import Renamed, Token, Word
from matrix_checks.derivations.reading.updates_of_means import MOVING, STATISTICS

_STATISTIC = r"(?:\\mu|\\sigma(?:\s*\^\s*\{?2\}?)?|μ|σ(?:²|\^2)?)"
_LABEL = r"\s*_\s*\{?\s*(?:\\(?:text|mathrm|rm)\s*\{?\s*)?(?P<label>[A-Za-z]{1,9})\b\s*\}{0,2}(?:\s*\^\s*\{?2\}?)?"
_UPDATE = re.compile(
    rf"(?P<name>{_STATISTIC}){_LABEL}\s*(?:\\leftarrow|\\gets|\\Leftarrow|\\longleftarrow|<-+|:=|=|\\coloneqq|\\to)(?P<behind>.*)",
    re.DOTALL,
)
_NAME = re.compile(rf"\s*{_STATISTIC}{_LABEL}\s*(?:[,;].*)?")
_KEPT = re.compile(
    r"(?i)\b(?:moving|running|stored|kept|frozen|saved|accumulated|laufend\w*|gleitend\w*|gespeichert\w*|lopende|voortschrijdend\w*|glidande|löpande|"
    r"mobiles?|móvil\w*|móveis|mobil[ei]|acumulad\w*|hareketli|kayan|ruchom\w*|krocząc\w*|klouzav\w*|mozgó|скользящ\w*|накопленн\w*|бегущ\w*)\b|移动|滑动|移動|이동"
)
# In characters, beside a symbol.
NEAR = 50
# Labels of the batch, and what numbers objects and features.
_OTHER = frozenset(("B", "b", "batch", "train", "i", "j", "k", "n", "d", "t", "l", "c", "f"))


def kept_label(found: Sequence[Piece]) -> str:
    """The label of the statistics that are kept; empty where the text has none of its own, or sums over that letter."""
    formulas = [piece.source for piece in found if piece.kind != "prose"]
    for label in dict.fromkeys((*_updated(formulas), *_called(found))):
        is_index = any(re.search(rf"\\sum\s*_\s*\{{?\s*{label}(?![a-zA-Z])", source) for source in formulas)
        if label not in _OTHER and not label.startswith(MOVING[:3]) and not is_index:
            return label
    return ""


def with_kept_label(tokens: list[Token], label: str) -> list[Token]:
    """The formula with the exercise's label at a statistic that has the text's own one."""
    found = list(tokens)
    for place in reversed(range(len(tokens))):
        if tokens[place] not in STATISTICS:
            continue
        start = place + (3 if tokens[place + 1 : place + 3] == ["^", "2"] else 1)
        in_braces = tokens[start + 1 : start + 2] == ["{"]
        begin = start + 1 + in_braces
        end = begin
        while end < len(tokens) and _text(tokens[begin:end]) != label and end - begin < len(label):
            end += 1
        if (
            tokens[start : start + 1] == ["_"]
            and _text(tokens[begin:end]) == label
            and (not in_braces or tokens[end : end + 1] == ["}"])
        ):
            shown = Word(MOVING, f"{{{label}}}")
            found[start + 1 : end + in_braces] = [Renamed.of("{", ""), shown, Renamed.of("}", "")]
    return found


def _text(tokens: Sequence[Token]) -> str:
    return "".join(token.text if isinstance(token, Word) else str(token) for token in tokens)


def _updated(formulas: Sequence[str]) -> Iterator[str]:
    for source in formulas:
        for update in _UPDATE.finditer(source):
            behind = update["behind"]
            again = re.search(rf"{_STATISTIC}\s*_\s*\{{?\s*(?:\\(?:text|mathrm|rm)\s*\{{?\s*)?{update['label']}\b", behind)
            if again and re.search(rf"{_STATISTIC}(?!\s*[_\w])", behind):
                yield update["label"]


def _called(found: Sequence[Piece]) -> Iterator[str]:
    for place, piece in enumerate(found):
        name = _NAME.fullmatch(piece.source) if piece.kind == "inline" else None
        words = (prose_at(found, place - 1)[-NEAR:], prose_at(found, place + 1)[:NEAR])
        if name and any(map(_KEPT.search, words)):
            yield name["label"]
