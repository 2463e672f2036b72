"""Means and variances as a statistician writes them: ``E[x]``, ``\\mathbb{E}[x]``, ``\\hat E[x]`` of a sample, ``Var[x]``."""

from fractions import Fraction

from matrix_checks.derivations.expressions.kinds import Add, Function, Group, Negative, Node, Number, Power, Product
from matrix_checks.derivations.reading.precedence import enclosed, ungrouped
from matrix_checks.derivations.reading.stream import Rules, TokenStream

MOMENTS = Rules()
# Where this stands for something, the exercise has means.
MEAN = "\\mu"
ACCENTS = ("\\hat", "\\tilde", "\\bar", "\\check", "\\breve", "\\dot")
_BRACKETS = {"(": ")", "[": "]"}


@MOMENTS.reads("E")
@MOMENTS.reads_words("E", "Var", "var")
def _moment(stream: TokenStream, written: str) -> Node | None:
    """The mean ``E[x]`` and the variance ``Var[x]`` over the objects, unless the letter is a name."""
    opening = (
        "" if written in stream.known or MEAN not in stream.known else stream.take_any(("[",) if written == "E" else _BRACKETS)
    )
    if not opening:
        return None
    body = by_entries(ungrouped(enclosed(stream, _BRACKETS[opening])))
    mean = Function("mean", (body,))
    return mean if written == "E" else Function("mean", (Power(Group(Add((body, Negative(mean)))), Number(Fraction(2))),))


@MOMENTS.reads("\\mathbb")
def _expectation(stream: TokenStream, command: str) -> Node | None:
    """``\\mathbb{E}[x]``."""
    return _moment(stream, "E") if _takes_letter(stream) else None


@MOMENTS.reads(*ACCENTS)
def _of_sample(stream: TokenStream, accent: str) -> Node | None:
    """``\\hat E[x]``, the mean over a sample, unless the text says what the letter with its accent is."""
    braces = stream.take("{")
    stream.take("\\mathbb")
    is_letter = _takes_letter(stream)
    if not is_letter or f"{accent} E" in stream.known or (braces and not stream.take("}")):
        return None
    return _moment(stream, "E")


def _takes_letter(stream: TokenStream) -> bool:
    """Whether an ``E``, or one in braces, stands here; it is read."""
    braces = stream.take("{")
    return stream.take("E") and (not braces or stream.take("}"))


def by_entries(node: Node) -> Node:
    """A product of which a mean is taken is one of numbers, entry by entry."""
    return Product(node.factors, tuple(sign or "*" for sign in node.signs)) if isinstance(node, Product) else node
