"""What a formula is cut into, and what the cutting looks for: rows, shapes, the two values of cases."""

import re
from dataclasses import dataclass, field

from matrix_checks.derivations.reading.conditions import Condition
from matrix_checks.derivations.reading.groups import CLOSE, OPEN
from matrix_checks.derivations.reading.stream import TokenStream
from matrix_checks.derivations.reading.tex import ARROWS, RELATIONS, Token, Word

BREAKS = {";", ",", "\\forall", "?", "\\therefore", "\\because"}
COMPARISONS = set("< > \\le \\leq \\ge \\geq \\ne \\sim \\not \\subset \\notin \\ll \\gg \\subseteq \\lt \\gt".split())
# Of what stands behind a line break, such as [2pt].
LONGEST_SPACING = 9
# Between two cells or rows, one behind the other.
MOST_GAPS = 12
# What a shape reaches to, besides prose.
ENDS = {"\\\\", "\\quad", "&", ".", ":", *BREAKS, *RELATIONS, *ARROWS}
GOES_ON = {"+", "-", "\\pm", "\\mp", "*", "\\cdot", "\\times", "\\odot", "\\oslash", "\\otimes", "/", "@", *RELATIONS}


@dataclass
class Chain:
    """Expressions set equal one after the other: ``a = b = c``.

    Attributes
    ----------
    members
        The tokens of each expression. An empty first one continues a formula before; behind an empty last one the next
        formula may go on.
    signs
        The relation signs between them.
    shape
        The tokens behind ``\\in``, if the chain ends in one.
    beside_colon
        Whether a colon stands before or behind it, which may be meant as a product, too.
    beside_words
        The members with words in or before them that may stand for a term: behind these is a sign.
    condition
        When it is claimed: the condition that stands beside it in the same formula.
    is_condition
        Whether it is a condition itself.
    is_remark
        Whether it is said beside the derivation, which does not go on from it.
    behind_arrow
        Whether an arrow stands before it, so that it continues nothing.
    """

    members: list[list[Token]] = field(default_factory=lambda: [[]])
    signs: list[str] = field(default_factory=list)
    shape: list[Token] = field(default_factory=list)
    beside_colon: bool = False
    beside_words: set[int] = field(default_factory=set)
    condition: Condition | None = None
    is_condition: bool = False
    is_remark: bool = False
    behind_arrow: bool = False


@dataclass
class Cut:
    """A formula in pieces.

    Attributes
    ----------
    chains
        All chains that say something.
    separators
        The arrows between them, and signs that are written twice where a line breaks.
    """

    chains: list[Chain]
    separators: list[str]


def with_cases(first: list[Token], condition: Condition, other: list[Token]) -> list[Token]:
    """One value under a condition and another one otherwise, as they are written with an environment."""
    if condition.pair is None:
        return [*first, "\\otherwise"]
    one, two, equal = condition.pair
    name: list[Token] = ["{", Word("cases"), "}"]
    case: list[Token] = ["&", one, "=" if equal else "\\ne", two, "\\\\"]
    return ["\\begin", *name, *first, *case, *other, "\\end", *name]


def until_shape_ends(stream: TokenStream) -> list[Token]:
    """Read what belongs to a shape."""
    found: list[Token] = []
    depth = 0
    while (token := stream.peek()) is not None:
        if not depth and (isinstance(token, Word) or token in ENDS):
            break
        if isinstance(token, str) and token not in ("\\begin", "\\end"):
            depth = max(depth + (token in OPEN) - (token in CLOSE), 0)
        found.append(stream.next())
    return found


def skip_spacing(stream: TokenStream) -> None:
    """Pass over the optional ``[2pt]`` of a line break."""
    first = stream.peek(1)
    if stream.peek() != "[" or not isinstance(first, str) or not first[0].isdecimal():
        return
    length = next((ahead for ahead in range(2, LONGEST_SPACING) if stream.peek(ahead) == "]"), None)
    if length is not None:
        stream.place += length + 1


def row_continues(stream: TokenStream) -> bool:
    """Whether the row that begins here goes on with the expression of the row before."""
    ahead = 0
    while ahead < MOST_GAPS and stream.peek(ahead) in ("&", "\\quad"):
        ahead += 1
    first = stream.peek(ahead)
    if not isinstance(first, str) or first not in GOES_ON:
        return False
    if first in RELATIONS:
        return True
    # A row that begins with a sign and has a relation of its own, such as - a = b, stands for itself.
    while (token := stream.peek(ahead)) is not None and token != "\\\\":
        if isinstance(token, str) and token in RELATIONS:
            return False
        ahead += 1
    return True


def shape_of(tokens: list[Token], letters: tuple[str, ...]) -> tuple[str, str] | None:
    """The shape behind ``\\in``: ``\\mathbb{R}^{N \\times M}`` gives ``("N", "M")``; ``None`` if it is something else."""
    text = "".join(token.text if isinstance(token, Word) else token for token in tokens)
    match = re.fullmatch(r"(?:\\mathbb)?\{?R\}?(?:\^(?:\{(.+)\}|(.)))?", text)
    if not match:
        return None
    inside = match[1] or match[2] or "1"
    sizes = [size.strip("()").replace("{", "").replace("}", "") for size in inside.split("\\times")]
    if len(sizes) > 2 or any(size not in letters and not size.isdecimal() for size in sizes):
        return None
    return (sizes[0], sizes[1] if len(sizes) == 2 else "1")
