"""Capital letters for what the exercise writes small: ``X`` for its matrix ``x``, and for its column, where the text says ``X \\in \\mathbb{R}^N``."""

import re
from collections.abc import Iterator
from dataclasses import replace

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.equality.rewriting import BIASES
from matrix_checks.derivations.names.declared_sizes import shapes_given
from matrix_checks.derivations.prose import words
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.names_of_letters import COMMANDS, DEFINES, RUN, UPRIGHT_D, begins
from matrix_checks.derivations.values.exercise import View

# Behind numbers, before the next statement.
SEPARATED = re.compile(r"(?:[,;]|\\q?quad|\\\\)\s*$")
# Letters between a name and the numbers of both: G = c = (1, 2).
LETTERS_BETWEEN = re.compile(r"(?:\s*[A-Za-z]\s*=)*+")
# An entry of a matrix: Y_{nc}.
_IN_TWO_PLACES = re.compile(r"(?<![A-Za-z\\])([A-Z])\s*_\s*\{\s*[a-z]\s*,?\s*[a-z]\s*\}")
# Letters that end a sum or stand in a shape.
_SIZE = re.compile(r"\^\s*\{?\s*([A-Z])\b|\\times\s*([A-Z])\b")
# A letter, and the small letter of the entries of which the text makes it up: X = (x_1, \dots, x_N)^T.
_MADE_OF = re.compile(
    r"(?:\\(?:mathbf|boldsymbol|bm)\s*+\{?\s*+|(?<![A-Za-z\\]))([A-Z])\s*+\}?\s*+(?::=|=)\s*+(?:\\left|\\big[lr]?)?\s*+[(\[]\s*+([a-z])_\{?[01]\}?\s*+[,;&]"
)
# The gradient of the loss by the output, as a fraction or with a nabla.
_GRADIENT = re.compile(
    r"\s*(?:\\[dt]?frac\s*\{\s*(?:d|\\partial)\s*\\?(?:L|mathcal\{L\}|ell)\s*\}\s*\{\s*(?:d|\\partial)\s*[yY](?:_\{?[12]\}?)?\s*\}"
    r"|(?:d|\\partial)\s*L\s*/\s*(?:d|\\partial)\s*[yY](?:_[12])?(?![A-Za-z_])|\\nabla_\{?[yY](?:_[12])?\}?\s*L)"
)
# Only ones, as the gradient of a sum is.
_ONES = re.compile(
    r"\s*(?:(?:\\(?:mathbf|mathbb|boldsymbol|bm|vec)\s*(?:\{\s*1\s*\}|1)|\\ones|\\mathbb\{1\}|𝟙|1(?=[_^]))"
    r"(?:_\s*(?:\{[^{}]*\}|\w))?(?:\s*\^\s*(?:\{\s*)?(?:T|\\top|\\intercal)(?:\s*\})?)?(?:_\s*(?:\{[^{}]*\}|\w))?\s*)+[.,;]?\s*"
)
_LOSS_SAID = re.compile(r"(?<![A-Za-z\\{])\\?(?:L|mathcal\{L\}|ell)\s*:?=")
# A matrix of numbered entries, which are all of one letter.
_ENTRIES = re.compile(
    r"\s*\\begin\s*\{[pb]matrix\}((?:\s*([a-z])_\{?\s*\d\s*,?\s*\d\s*\}?\s*(?:&|\\\\)?)+)\s*\\end\s*\{[pb]matrix\}"
)
# What prose behind a letter says of it.
_IS_COLUMN = re.compile(
    r"\s*(?:be|is|denotes?|sei|ist|:)\s+(?:(?:the|an?|one|just|simply|single|whole|die|eine|der|ein)\s+)*(?:columns?|(?:column[- ])?vector|Spalte|(?:Spalten)?vektor)\b(?! of (?:all )?ones)"
)
# Which letters are those of the layer's output and of the gradient by it, where its input is X.
UPSTREAM = "G"
BESIDE = {"Y": "y", UPSTREAM: "g"}


def declare_capitals(context: Context, found: list[Piece]) -> None:
    """Learn which capital letters are those that the exercise writes small, before any formula is read."""
    # The X of \mathrm{d}X = ... is set equal to nothing.
    sources = [UPRIGHT_D.sub("d", piece.source) for piece in found if piece.kind != "prose"]
    plain = [COMMANDS.sub(lambda command: " " * len(command[0]), source) for source in sources]
    used = {letter for source in plain for letter in source if letter.isascii() and letter.isupper()}
    sizes = {size[1] or size[2] for source in sources for size in _SIZE.finditer(source)}
    free = used - sizes - OF_ANY_SIZE - context.known
    are_matrices = any(letter.isupper() and "1" not in shape for letter, shape in shapes_given(found))
    are_matrices |= any(letter in free for source in sources for letter in _IN_TWO_PLACES.findall(source))
    for letter in sorted(free):
        small = letter.lower()
        # Of an example in numbers, "$B$ is $b$" only speaks of the small one.
        beside = [source for source in plain if source.strip() != small] if _has_numbers(letter, sources) else plain
        if small in BIASES and any(_is_factor(letter, source) or _stands_alone(small, source) for source in beside):
            # The B of Y = AB + c is no bias, and neither is one beside b.
            continue
        if _is_matrix(context, letter.lower()) and (letter == "Y" and "X" in context.known or not _is_said(letter, sources)):
            _take(context, letter, are_matrices)
    columns = [letter for letter in sorted(free - context.known) if letter in set(_columns(context, found))]
    for letter in columns:
        _take(context, letter)
    if "X" in columns:
        for letter in sorted(free.intersection(BESIDE) - context.known):
            if not _is_said(letter, sources):
                _take(context, letter)


def _stands_alone(letter: str, source: str) -> bool:
    """Whether a letter stands in a formula without an index."""
    return re.search(rf"(?<![A-Za-z\\]){letter}(?![A-Za-z])\s*(?!\s*[}}\s]*_)", source) is not None


def _take(context: Context, letter: str, is_matrix: bool = False) -> None:
    """Take a capital letter for what the exercise writes small, with numbers below it or a hat, too: ``Y_1`` is the ``y_1`` of two layers.

    Where the text says that the capital ones are matrices, it is none of a single row.
    """
    small = letter.lower()
    shapes = {view: _shape_in(context, view, small) for view in context.views}
    wide = [shape for shape in shapes.values() if shape is not None and "1" not in shape]
    left_out = {view for view, shape in shapes.items() if is_matrix and wide and shape is not None and not _is_part(shape, wide)}
    context.look_at(view if view in left_out else _with_capital(view, letter) for view in context.views)


def _shape_in(context: Context, view: View, name: str) -> tuple[str, str] | None:
    return view.variables.get(name) or (context.shape_in(view, name) if name in view.definitions else None)


def _is_part(shape: tuple[str, str], wide: list[tuple[str, str]]) -> bool:
    """Whether it is the shape of a matrix, or of one of its columns; a column that is one of its rows is laid out in another way."""
    return any(down == shape[0] and shape[1] in (across, "1") for down, across in wide)


def _with_capital(view: View, letter: str) -> View:
    small = letter.lower()
    capitals = {letter + name[1:]: name for name in view.names if name.partition("_")[0] == small}
    if not capitals:
        return view
    capitals |= {f"{name[:-1]}{letter}": name for name in view.definitions if name.endswith(f" {small}")}
    return replace(view, aliases={**view.aliases, **capitals}, origin=view.origin or view)


def _columns(context: Context, found: list[Piece]) -> Iterator[str]:
    """The letters that the text declares to be columns of the exercise, by their shape or by their entries."""
    for letter, (_, across) in shapes_given(found):
        if across == "1" and letter.isupper() and _is_column(context, letter.lower()):
            yield letter
    for piece, behind in zip(found, found[1:]):
        letter = piece.source.strip().strip("{}").removeprefix("\\mathbf").strip(" {}") if piece.kind != "prose" else ""
        is_said = len(letter) == 1 and letter.isupper() and behind.kind == "prose" and _IS_COLUMN.match(behind.source)
        if is_said and _is_column(context, letter.lower()):
            yield letter
    for piece in found if any(_is_column(context, name) for view in context.views for name in view.variables) else ():
        for letter, small in _MADE_OF.findall(piece.source) if piece.kind != "prose" else ():
            if small == letter.lower() and _is_column(context, small):
                yield letter


def _is_said(letter: str, sources: list[str]) -> bool:
    """Whether a letter is set equal to something but numbers, as in an example; the gradient by the output has its own letter."""
    return any(
        run[0] == letter
        and (said := DEFINES.match(source, run.end())) is not None
        and begins(source, run.start())
        and not _is_of_numbers(source, said.end())
        and not (_ONES.fullmatch(source, said.end()) and _is_example(letter, sources[:place], sources))
        # For a loss that is chosen later, G = 2Y.
        and not (letter == UPSTREAM and any(letter in before for before in sources[:place]))
        and not _is_made_of(letter, source, said.end())
        and not (letter == "G" and _GRADIENT.match(source, said.end()))
        for place, source in enumerate(sources)
        for run in RUN.finditer(source)
    )


def _has_numbers(letter: str, sources: list[str]) -> bool:
    """Whether a letter is set equal to numbers somewhere."""
    return any(
        run[0] == letter and (said := DEFINES.match(source, run.end())) is not None and _is_of_numbers(source, said.end())
        for source in sources
        for run in RUN.finditer(source)
    )


def _is_of_numbers(source: str, place: int) -> bool:
    """Whether numbers follow, and nothing behind them belongs to these: ``X = \\begin{pmatrix}1 & 2\\end{pmatrix},\\quad W = ...``."""
    # It matches nothing, where there are none.
    between = LETTERS_BETWEEN.match(source, place)
    assert between is not None
    found = words.NUMBERS.match(source, between.end())
    return found is not None and (found.end() == len(source) or SEPARATED.search(found[0]) is not None)


def _is_made_of(letter: str, source: str, place: int) -> bool:
    """Whether a matrix of its own entries follows, as ``X = (x_{11} \\dots)``: that says nothing new of it."""
    found = _ENTRIES.match(source, place)
    return found is not None and set(re.findall(r"[a-z]", found[1])) == {letter.lower()}


def _is_example(letter: str, before: list[str], sources: list[str]) -> bool:
    """Whether a letter was used before it is said to be ones, in a text that says what its loss is: it is so for that loss only."""
    is_used = any(run[0] == letter for source in before for run in RUN.finditer(source))
    return is_used and any(_LOSS_SAID.search(source) for source in sources)


def _is_matrix(context: Context, name: str) -> bool:
    return any("1" not in shape for shape in _shapes(context, name))


def _is_factor(letter: str, source: str) -> bool:
    """Whether a letter stands beside another capital one."""
    return re.search(rf"[A-Z]\s*{letter}(?![a-z])|(?<![a-z\\]){letter}\s*[A-Z]", source) is not None


def _is_column(context: Context, name: str) -> bool:
    shapes = _shapes(context, name)
    return bool(shapes) and all(shape[1] == "1" and shape[0] != "1" for shape in shapes)


def _shapes(context: Context, name: str) -> list[tuple[str, str]]:
    shapes = [view.variables[name] for view in context.views if name in view.variables]
    defined = (view for view in context.views if name in view.definitions)
    return shapes or [shape for view in defined if (shape := context.shape_in(view, name))]
