"""Matrices that are written out, and cases; a new environment is a branch of :func:`_environment`."""

import re
from fractions import Fraction

from matrix_checks.derivations.expressions.kinds import Cases, Dots, Matrix, Name, Node, Number, Product, Tuple, bare
from matrix_checks.derivations.reading import vocabulary
from matrix_checks.derivations.reading.precedence import whole
from matrix_checks.derivations.reading.stream import Rules, TokenStream
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, Word

ENVIRONMENTS = Rules()
MATRICES = ("pmatrix", "bmatrix", "matrix", "array", "smallmatrix", "Bmatrix")
NO_CONDITION = "the condition of a case was not understood"
MOST_ENTRIES = 200
_PAIR = r"([a-z])(=|\\ne|!=|\\not=)([a-z])"

Row = list[list[Token]]


@ENVIRONMENTS.reads("\\begin")
def _environment(stream: TokenStream, command: str) -> Node:
    name = "".join(token.text if isinstance(token, Word) else token for token in _braces(stream))
    if name == "array":
        # How its columns are aligned.
        _braces(stream)
    rows = _rows(stream)
    if name == "cases":
        return _cases(stream, rows)
    if name in MATRICES:
        return _matrix(stream, rows)
    raise NotUnderstood(f"the environment {name!r} was not understood")


@ENVIRONMENTS.reads("\\binom", "\\dbinom", "\\tbinom")
def _column(stream: TokenStream, command: str) -> Node:
    """``\\binom{3}{5}`` as a column of two entries: no derivation here counts combinations."""
    above, below = stream.argument(), stream.argument()
    return Matrix((whole(stream.sub(above)), whole(stream.sub(below))), 1)


def blocks(inside: Node) -> Node | None:
    """``\\mathrm{diag}(A, \\dots, A)``: the same matrix as often as it fits, along the diagonal, or ``\\mathrm{diag}(A, B)``; else ``None``."""
    if isinstance(inside, Tuple) and Dots() not in inside.entries and any(map(_is_matrix, inside.entries)):
        count, zero = len(inside.entries), Number(Fraction(0))
        cells = (entry if row == column else zero for row in range(count) for column, entry in enumerate(inside.entries))
        return Matrix(tuple(cells), count)
    entries = [entry for entry in inside.entries if not isinstance(entry, Dots)] if isinstance(inside, Tuple) else []
    if (
        not isinstance(inside, Tuple)
        or len(set(entries)) != 1
        or len(entries) == len(inside.entries)
        or isinstance(entries[0], Number)
    ):
        return None
    return Product((Name("I"), entries[0]), ("otimes",))


def _is_matrix(node: Node) -> bool:
    """Whether a capital letter stands there, transposed or not."""
    name = bare(node)
    return isinstance(name, Name) and name.text.isupper()


def _braces(stream: TokenStream) -> list[Token]:
    stream.expect("{")
    return stream.rest_of_braces()


def _rows(stream: TokenStream) -> list[Row]:
    """The rows as far as the end of the environment, cell by cell."""
    rows: list[Row] = [[[]]]
    depth = 0
    while True:
        token = stream.next()
        if token == "\\end" and not depth:
            _braces(stream)
            break
        depth += {"\\begin": 1, "\\end": -1}.get(token, 0) if isinstance(token, str) else 0
        if token == "&" and not depth:
            rows[-1].append([])
        elif token == "\\\\" and not depth:
            rows.append([[]])
        elif token != "\\quad":
            rows[-1][-1].append(token)
    return [row for row in rows if any(row)]


# Letter by letter.
_SPELLED = re.compile(r"(?:otherwise|else|sonst|if|for|when|where|falls|wenn|sinon|si|se)(?=\W|.[=\\]|$)")


def _matrix(stream: TokenStream, rows: list[Row]) -> Node:
    width = max((len(row) for row in rows), default=0)
    # A row of nothing but dots goes on with all columns; where cells at its end were left out, it is filled with blanks.
    rows = [row + [["\\dots"] if row == [["\\dots"]] else []] * (width - len(row)) if ["\\dots"] in row else row for row in rows]
    if not rows or any(len(row) != width for row in rows) or len(rows) * width > MOST_ENTRIES:
        raise NotUnderstood("a matrix whose rows differ in length was not understood")
    columns = list(zip(*rows))
    return Matrix(tuple(_entry(stream, cell, (*row, *columns[place])) for row in rows for place, cell in enumerate(row)), width)


def _entry(stream: TokenStream, cell: list[Token], in_line: tuple[list[Token], ...]) -> Node:
    if not cell:
        # Nothing in line with dots goes on like them; elsewhere it is a zero.
        return Dots() if ["\\dots"] in in_line else Number(Fraction(0))
    return whole(stream.sub(cell))


def _cases(stream: TokenStream, rows: list[Row]) -> Node:
    values, conditions = [], []
    for row in rows:
        value = row[0][:-1] if row[0] and row[0][-1] in (",", ";", ".") else row[0]
        values.append(whole(stream.sub(value)))
        # Some begin another column behind the "if".
        conditions.append(_condition(_with_words([token for cell in row[1:] for token in cell])))
    return Cases(tuple(values), tuple(conditions))


def _with_words(tokens: list[Token]) -> list[Token]:
    """The tokens of a condition with a word in the place of letters that spell one, "if" and "otherwise", outside of any command for words."""
    letters = "".join(str(token) for token in tokens if not isinstance(token, Word))
    spelled = _SPELLED.match(letters)
    if spelled is None or any(isinstance(token, Word) for token in tokens):
        return tokens
    return [Word(spelled[0], spelled[0]), *tokens[len(spelled[0]) :]]


def _condition(tokens: list[Token]) -> tuple[tuple[str, str, bool], ...] | None:
    """When a case holds; ``None`` where words say that it is the other one, or where nothing stands."""
    text = "".join(token for token in tokens if isinstance(token, str))
    words = {token.text.strip() for token in tokens if isinstance(token, Word)}
    pairs = re.findall(_PAIR, text)
    if pairs:
        is_denied = any(vocabulary.denies_case(token.phrase) for token in tokens if isinstance(token, Word))
        if re.sub(rf"{_PAIR}|\\\\(?:land|wedge|quad)|[,;.]", "", text) or words & {"or", "или"} or is_denied:
            raise NotUnderstood(NO_CONDITION)
        return tuple((one, other, sign == "=") for one, sign, other in pairs)
    phrase = " ".join(token.phrase if isinstance(token, Word) else token for token in tokens if token not in ("\\quad", ","))
    said = vocabulary.compared_in_words(phrase)
    if said is None and phrase.strip(" .,;") and not vocabulary.is_rest(phrase):
        raise NotUnderstood(NO_CONDITION)
    return None if said is None else (said,)
