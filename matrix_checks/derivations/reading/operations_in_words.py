r"""Operations that a formula has in words: ``\text{sum of the rows of } g``, ``A \text{ times } c``; another language is added to the tables."""

import re

from matrix_checks.derivations.reading.tokens import Renamed, Token

# Between two factors or terms.
_BETWEEN = {
    "\\cdot": re.compile(r"(?i)times|multiplied (?:by|with)|mal|multipliziert mit|fois|multiplié par|por|multiplicado por|per|moltiplicato per|умножить на"),
    "+": re.compile(r"(?i)plus|più|más|mais|плюс"),
    "-": re.compile(r"(?i)minus|moins|menos|meno|минус"),
}  # fmt: skip
_ROWS_SUMMED = re.compile(
    r"(?i)(?:the )?(?:sum (?:of (?:all )?(?:the )?rows (?:of|in)|over (?:the |all )?(?:rows|batch|samples|objects) (?:of|in))|columns? sums? of)"
    r"|(?:die )?summe (?:der|aller|über (?:die|alle)) zeilen (?:von|in)|spaltensummen? von"
    r"|(?:la )?somme des lignes de|(?:la )?suma de (?:las|todas las) filas de|(?:la )?somma delle righe di|сумма (?:всех )?строк"
)
# What is done to what follows, in ways that are not read.
_BEFORE = re.compile(
    r"(?i)\b(?:sum|mean|average|transpose|transposed|inverse|product|trace|diagonal|norm|row|column|summe|mittel\w*|transponierte\w*|inverse|produkt|spur"
    r"|somme|moyenne|transposée|produit|suma|media|traspuest\w*|producto|somma|trasposta|сумма|среднее|транспонированн\w*|произведение)\b.{0,60}\b(?:of|over|von|über|de|des|della|di|по|от)\b"
)  # fmt: skip

_SAID_OF = re.compile(
    r"(?i)\b(?:derivative|gradient|differential|jacobian|ableitung|dérivée|derivada|derivata|производн\w*|градиент\w*|number|size|shape|dimensions?|rank|rows?|columns?|length|norm|maximum|minimum|average|variance|anzahl|größe|dimension|rang|zeilen|spalten|nombre|taille|número|"
    r"tamaño|numero|число|размер\w*|ранг|строк|столбцов)\b[^$]{0,30}\b(?:of|von|der|des|de|du|di|da|do)\s*$"
)


def operation_between(phrase: str) -> str:
    """The sign for words between two factors or terms; empty for others."""
    words = " ".join(phrase.split())
    return next((sign for sign, pattern in _BETWEEN.items() if pattern.fullmatch(words)), "")


def operation_before(phrase: str) -> list[Token]:
    """What words stand for before an expression, a row of ones; nothing for others."""
    if not _ROWS_SUMMED.fullmatch(" ".join(phrase.split())):
        return []
    return [Renamed.of("\\ones", f"\\text{{{phrase}}}"), Renamed.of("^", ""), Renamed.of("\\top", "")]


def is_operation(phrase: str) -> bool:
    """Whether words say what is done to what follows them."""
    return _BEFORE.search(phrase) is not None


def is_said_of(phrase: str) -> bool:
    """Whether words speak of something that belongs to the expression behind them: "number of rows of"."""
    return _SAID_OF.search(phrase) is not None
