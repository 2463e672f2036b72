r"""Letters that a text has for the entries of an example: in "take ``A = \begin{pmatrix} a & b \end{pmatrix}``" and "a scalar ``S = s``" they are numbers.

What is said with them is said of the example: it is judged where the reader finds its values, and is never false.
"""

import re
from collections.abc import Iterator

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.given_values import is_variable
from matrix_checks.derivations.context.statements_of_text import formulas_of, relations
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node, bare
from matrix_checks.derivations.reading.formulas import Piece

# A letter that is set equal to what is written out, or to a small letter.
_MAY_BE_ONE = re.compile(r"(?<![A-Za-z\\])[A-Za-z]\s*+:?=\s*+(?:\\left|\\begin|[(\[]|[a-z]\s*+(?:[.,;]\s*+)?$)")


def note_letters_of_examples(context: Context, found: list[Piece]) -> None:
    """Keep these letters, each with the place of the text behind which it is one."""
    for place, piece in enumerate(found):
        if piece.kind == "prose" or not _MAY_BE_ONE.search(piece.source):
            continue
        for left, right in relations(context, formulas_of(context, [piece])):
            if isinstance(left, kinds.Name) and is_variable(context, left.text):
                for letter in _letters(left.text, bare(right)):
                    context.memory.letters_of_examples.setdefault(letter, place)


def _letters(name: str, right: Node) -> Iterator[str]:
    """The letters that a variable is made of: its entries, or its own small letter for a number."""
    if isinstance(right, kinds.Transposed):
        yield from _letters(name, bare(right.body))
    elif isinstance(right, (kinds.Matrix, kinds.Tuple)):
        yield from (entry.text for entry in map(bare, right.entries) if isinstance(entry, kinds.Name) and len(entry.text) == 1)
    elif isinstance(right, kinds.Name) and right.text == name.lower() != name:
        yield right.text


def is_of_example(claim: Claim) -> str:
    """Whether a claim has such a letter behind its place."""
    memory = claim.context.memory
    for side in claim.sides:
        for name in side.names & memory.letters_of_examples.keys():
            if memory.letters_of_examples[name] <= memory.place and kinds.Name(name) in side.everything:
                return f"{name} is an entry of an example, which is not judged"
    return ""
