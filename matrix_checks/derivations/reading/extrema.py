r"""Where something is least: ``\arg\min_w \|Xw - y\|^2``, with all that stands behind it."""

from matrix_checks.derivations.expressions.kinds import Function, Name, Node
from matrix_checks.derivations.reading.precedence import expression
from matrix_checks.derivations.reading.stream import Rules, TokenStream

EXTREMA = Rules()
LEAST, LARGEST = "argmin", "argmax"
_WRITTEN = {"\\min": LEAST, "\\max": LARGEST}


@EXTREMA.reads("\\arg")
def _in_two_words(stream: TokenStream, command: str) -> Node | None:
    written = stream.take_any(_WRITTEN)
    return _extremum(stream, _WRITTEN[written]) if written else None


@EXTREMA.reads_words(LEAST, LARGEST)
def _extremum(stream: TokenStream, written: str) -> Node | None:
    """The variable stands below, and may be said to be in a set."""
    if not stream.take("_"):
        return None
    script = stream.script()
    letters = [token for token in script if isinstance(token, str) and token.lstrip("\\").isalpha()]
    if not letters or (len(script) > 1 and script[1:2] != ["\\in"]):
        raise stream.not_understood(back=1)
    return Function(written, (expression(stream), Name(letters[0])))
