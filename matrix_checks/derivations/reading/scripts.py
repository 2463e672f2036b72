"""What stands behind a symbol: powers, indices, labels; a new script is a function here that ``reads_behind`` its sign."""

from matrix_checks.derivations.expressions.kinds import (
    Derivative,
    Function,
    Indexed,
    Name,
    Node,
    Norm,
    Operator,
    Power,
    Primed,
    Slice,
    Transposed,
)
from matrix_checks.derivations.reading.precedence import number, skip_point, whole
from matrix_checks.derivations.reading.stream import Rules, TokenStream
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, Word, text_of

SCRIPTS = Rules()
TRANSPOSITIONS = (["T"], ["\\top"], ["t"])
INVERSE_TRANSPOSITIONS = (["-", "T"], ["-", "\\top"])
# In tokens: the longest index as in code, gradOutput[i, :], is shorter.
LONGEST_INDEX = 7


@SCRIPTS.reads_behind("^")
def _raised(stream: TokenStream, body: Node) -> Node:
    content = stream.script()
    words = [token.text if isinstance(token, Word) else token for token in content]
    if words in TRANSPOSITIONS or (words and all(word in ("\\prime", "'") for word in words)):
        return Transposed(body)
    if not content:
        return body
    if words in INVERSE_TRANSPOSITIONS:
        raise NotUnderstood("an inverse was not understood")
    exponent = whole(stream.sub(content))
    if body == Name("e") and "e" not in stream.known:
        return Function("exp", (exponent,))
    return Power(body, exponent)


@SCRIPTS.reads_behind("'")
def _primed(stream: TokenStream, body: Node) -> Node:
    # f'(x) is a derivative, A' a transposed matrix.
    is_function = isinstance(body, Name) and body.text.islower() and skip_point(stream, at_least=1)
    return Derivative(body, Name("")) if is_function else Primed(body)


@SCRIPTS.reads_behind("_")
def _lowered(stream: TokenStream, body: Node) -> Node | None:
    if isinstance(body, (Derivative, Operator)):
        return None
    content = stream.script()
    if isinstance(body, Name):
        found = _labelled(stream, body, content)
        if found is not None:
            return found
    if isinstance(body, Norm) or (isinstance(body, Power) and isinstance(body.body, Norm)):
        return body
    return Indexed(body, _index_list(stream, content))


def _labelled(stream: TokenStream, name: Name, content: list[Token]) -> Node | None:
    """A name with what is no index below it; ``None`` where indices stand there."""
    label = "".join(token.text if isinstance(token, Word) else token.lstrip("\\") for token in content).replace("_", "")
    labelled = Name(f"{name.text}_{label}")
    if labelled.text in stream.known:
        return labelled
    if label == "0" or (label in ("F", "Fro") and name.text not in stream.known):
        return name
    if name.text == "\\delta":
        return Function("delta", _index_list(stream, content))
    is_word = any(isinstance(token, Word) and len(token.text) > 1 for token in content) or (len(label) > 3 and label.isalpha())
    return labelled if is_word else None


@SCRIPTS.reads_behind("[")
def _indexed(stream: TokenStream, body: Node) -> Node | None:
    """An index as in code: ``gradOutput[i, :]``."""
    if not (isinstance(body, Name) and _index_follows(stream)):
        return None
    return Indexed(body, _indices(stream))


def _index_follows(stream: TokenStream) -> bool:
    for ahead in range(LONGEST_INDEX):
        token = stream.peek(ahead)
        if token == "]":
            return ahead > 0
        if not (isinstance(token, str) and (token in (",", ":") or (len(token) == 1 and token.isalnum()))):
            return False
    return False


def _index_list(stream: TokenStream, content: list[Token]) -> tuple[Node, ...]:
    return _indices(stream.sub([*content, "]"]))


def _indices(stream: TokenStream) -> tuple[Node, ...]:
    """The indices as far as the closing bracket."""
    found: list[Node] = []
    while not stream.take("]"):
        token = stream.next()
        if token == ",":
            continue
        if token in (":", "*", "\\cdot", "\\bullet"):
            found.append(Slice())
        elif isinstance(token, str) and token.isdecimal():
            # Two digits without a comma are two indices: no size here has two digits.
            found += [number(digits) for digits in (token if len(token) == 2 else (token,))]
        elif isinstance(token, str) and len(token) == 1 and token.isalpha():
            found.append(Name(f"{token}_{text_of(stream.script())}" if stream.take("_") else token))
        else:
            raise stream.not_understood(back=1)
    if not found:
        raise NotUnderstood("an index is missing")
    return tuple(found)
