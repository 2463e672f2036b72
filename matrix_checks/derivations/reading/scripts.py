"""What stands behind a symbol: powers, indices, labels; a new script is a function here that ``reads_behind`` its sign."""

from fractions import Fraction

from matrix_checks.derivations.expressions.kinds import (
    Derivative,
    Function,
    Group,
    Indexed,
    Mixed,
    Name,
    Negative,
    Node,
    Norm,
    Number,
    Operator,
    OperatorAtZero,
    Power,
    Primed,
    Product,
    Slice,
    Transposed,
    whole_of,
)
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.index_names import GREEK
from matrix_checks.derivations.reading.indicators import of_ones
from matrix_checks.derivations.reading.precedence import atom, number, place_at_zero, whole
from matrix_checks.derivations.reading.primes import primed, with_two_primes
from matrix_checks.derivations.reading.stream import Rules, TokenStream
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, Word, text_of
from matrix_checks.derivations.reading.transpositions import transposed

SCRIPTS = Rules()
TRANSPOSITIONS = (["T"], ["\\top"], ["t"])
INVERSE_TRANSPOSITIONS = (["-", "T"], ["-", "\\top"])
# Letters that are indices above a symbol; others are powers, or the sign of transposition.
UPPER_INDICES = frozenset("ijklpqrs")
# These, too, where the symbol has an index below.
UPPER_BESIDE_LOWER = UPPER_INDICES | frozenset("abcdmn")
# In brackets above a symbol, these number the objects.
OBJECTS = frozenset("ijklmnpqst")
# These are indices, or stand for them.
NO_WORDS = GREEK | {"\\cdot", "\\bullet"}
# In tokens: the longest index as in code, gradOutput[i, :], is shorter.
LONGEST_INDEX = 7
HIGHEST_ENTRYWISE = 6
# In a name, the star of what is optimal.
STAR = "star"


@SCRIPTS.reads_behind("^")
def _raised(stream: TokenStream, body: Node) -> Node:
    content = stream.script()
    words = [token.text if isinstance(token, Word) else token for token in content if token not in ("{", "}")]
    # Nobody transposes the base of the exponential function.
    if words in TRANSPOSITIONS and not (words == ["t"] and body == Name("e") and "e" not in stream.known):
        return transposed(body)
    if words and all(word in ("\\prime", "'") for word in words):
        return with_two_primes(stream, body) if len(words) == 2 else primed(stream, body)
    if words[:1] == ["\\prime"] and words[1:] in TRANSPOSITIONS:
        # The row f' as a column.
        return transposed(primed(stream, body))
    if not content:
        return body
    if words == ["*"] and isinstance(body, Name) and f"{body.text}_{STAR}" in stream.known:
        return Name(f"{body.text}_{STAR}")
    if len(words) == 3 and isinstance(body, Name) and f"{body.text}_{''.join(words)}" in stream.known:
        return Name(f"{body.text}_{''.join(words)}")
    if _are_indices(words, stream, body) and isinstance(body, (Name, Indexed, Group, Function)):
        return _with_upper_indices(body, tuple(map(Name, words)))
    if len(words) == 3 and (words[0], words[2]) == ("(", ")") and words[1] in OBJECTS and isinstance(body, (Name, Indexed)):
        # Whoever writes x^{(n)} means the object n.
        return _of_object(stream, body, Name(words[1]))
    if words[:1] in (["("], ["["]) and words[2:3] in ([")"], ["]"]) and words[1].isdecimal() and isinstance(body, (Name, Indexed)):
        behind = words[4:] if words[3:4] == [","] else words[3:]
        if not behind or behind in TRANSPOSITIONS:
            # The second of several, and transposed where both stand above: W^{(2)\\top}.
            numbered = _numbered(stream, body, words[1])
            return transposed(numbered) if behind else numbered
    if len(words) == 3 and (words[0], words[2]) == ("(", ")") and words[1].isalpha() and isinstance(body, (Name, Indexed)):
        # One of several that are told apart by letters.
        return _numbered(stream, body, words[1])
    if len(words) == 2 and words[0] in ("\\odot", "*") and words[1].isdecimal() and 2 <= int(words[1]) <= HIGHEST_ENTRYWISE:
        # A power of every entry.
        return Product((body,) * int(words[1]), ("odot",) * (int(words[1]) - 1))
    if words in INVERSE_TRANSPOSITIONS:
        return Transposed(Power(body, Negative(Number(Fraction(1)))))
    exponent = whole(stream.sub(content))
    if body == Name("e") and ("e" not in stream.known or exponent.names):
        # Where the text has an array of this letter, no letters stand above that.
        return Function("exp", (exponent,))
    return Power(body, exponent)


def _of_object(stream: TokenStream, body: Name | Indexed, index: Name) -> Node:
    """What belongs to one object: ``x_j^{(i)}`` and ``x^{(i)}_j`` are the same entry, whichever of the two is written first."""
    is_error = body == Name("\\delta") and "\\delta" in stream.known
    found = Indexed(body, (index,)) if is_error else _with_upper_indices(body, (index,))
    below = stream.peek(2 if stream.peek(1) == "{" and stream.peek(3) == "}" else 1)
    if isinstance(body, Name) and isinstance(found, Indexed) and stream.peek() == "_" and below in INDEX_LETTERS - stream.known:
        stream.next()
        return _with_upper_indices(Indexed(body, _index_list(stream, stream.script())), (index,))
    return found


def _numbered(stream: TokenStream, body: Name | Indexed, number: str) -> Node:
    """``W^{(1)}`` is the first of several, as ``W_1`` is; a number, or a letter of no index, in brackets is no power."""
    name = whole_of(body)
    if not isinstance(name, Name):
        raise NotUnderstood("a number in brackets above an expression was not understood")
    text = f"{name.text}_{number}"
    numbered = Name(text if text in stream.known else f"{name.text}_({number})")
    return Indexed(numbered, body.indices) if isinstance(body, Indexed) else numbered


def _are_indices(words: list[str], stream: TokenStream, body: Node) -> bool:
    """Whether letters above a symbol are indices, and no power."""
    letters = UPPER_BESIDE_LOWER if stream.peek() == "_" or isinstance(body, Indexed) else UPPER_INDICES
    return 1 <= len(words) <= 2 and all(word in letters and word not in stream.known for word in words)


def _with_upper_indices(body: Node, indices: tuple[Name, ...]) -> Node:
    if isinstance(body, Function):
        # What stands above and below a delta is all the same.
        return Function(body.name, (*body.arguments, *indices)) if body.name == "delta" else Indexed(body, indices)
    if body == Name("\\delta"):
        return Function("delta", indices)
    if isinstance(body, Indexed) and len(body.indices) == len(indices) == 1:
        return Mixed(body.body, (*indices, *body.indices))
    return Indexed(body, indices)


@SCRIPTS.reads_behind("{")
def _staggered(stream: TokenStream, body: Node) -> Node | None:
    """``A^i{}_j``: the empty braces say that the indices follow each other."""
    is_delta = isinstance(body, Function) and body.name == "delta"
    if not (stream.take("}") and stream.take_any(("_", "^")) and (is_delta or isinstance(body, Indexed))):
        return None
    behind = _index_list(stream, stream.script())
    if isinstance(body, Indexed):
        return Indexed(body.body, (*body.indices, *behind))
    return Function("delta", (*body.parts, *behind))


@SCRIPTS.reads_behind("_")
def _lowered(stream: TokenStream, body: Node) -> Node | None:
    if isinstance(body, (Derivative, Operator)):
        return None
    if isinstance(body, Power) and isinstance(body.exponent, Number):
        # Both stand at the same symbol: x^2_i is x_i^2.
        lowered = _lowered(stream, body.body)
        return None if lowered is None else Power(lowered, body.exponent)
    content = stream.script()
    if isinstance(body, Primed) and (_is_variable(stream, content) or (isinstance(body.body, Name) and "_" in content)):
        return Derivative(body.body, whole(stream.sub(content)))
    found = of_ones(stream, body, content)
    if found is not None:
        return found
    if isinstance(body, Function) and body.name == "delta":
        return Function("delta", (*body.arguments, *_index_list(stream, content)))
    if isinstance(body, Name):
        found = _labelled(stream, body, content)
        if found is not None:
            return found
    if _is_labelled(body, content):
        # The label of \\sigma^2_{\\text{moving}}, and of z^{(i)}_{\\text{norm}}, belongs to the letter.
        return _with_label(stream, body, content)
    if isinstance(body, Norm) or (isinstance(body, Power) and isinstance(body.body, Norm)):
        return body
    if isinstance(body, Group) and "=" in content[1:]:
        # What the indices of (x_i c_j)_{i,j=1}^N run over is known from what stands in the brackets.
        content = content[: content.index("=")]
        if stream.take("^"):
            stream.script()
    indices = _index_list(stream, content)
    if isinstance(body, Indexed) and isinstance(body.body, Name) and len(body.indices) == len(indices) == 1:
        # The first one stands above.
        return Indexed(body.body, (*body.indices, *indices))
    return Indexed(body, indices)


def _is_labelled(body: Node, content: list[Token]) -> bool:
    """Whether a word stands below a letter with a power above it, or nothing but words below one with the index of an object."""
    if not isinstance(body, (Power, Indexed)) or not isinstance(body.body, Name):
        return False
    words = [isinstance(token, Word) for token in content]
    return any(words) if isinstance(body, Power) else bool(words) and all(words)


def _with_label(stream: TokenStream, body: Node, content: list[Token]) -> Node | None:
    assert isinstance(body, (Power, Indexed)) and isinstance(body.body, Name)
    labelled = _labelled(stream, body.body, content)
    if labelled is None:
        return None
    return Power(labelled, body.exponent) if isinstance(body, Power) else Indexed(labelled, body.indices)


def _is_variable(stream: TokenStream, content: list[Token]) -> bool:
    """Whether what stands below a prime is what is differentiated by, as in ``y'_x`` and ``y'_{a_{ij}}``, and no index."""
    return len(content) > 1 and content[1] == "_" or len(content) == 1 and content[0] in stream.known


def _labelled(stream: TokenStream, name: Name, content: list[Token]) -> Node | None:
    """A name with what is no index below it; ``None`` where indices stand there."""
    label = "".join(token.text if isinstance(token, Word) else token.lstrip("\\") for token in content).replace("_", "")
    labelled = Name(f"{name.text}_{label}")
    if labelled.text in stream.known:
        return labelled
    if (
        len(content) > 2
        and content[1] == ","
        and name.text not in stream.known - {"\\delta"}
        and f"{name.text}_{content[0]}" in stream.known
    ):
        # The entry of a name with a number: the \\delta_{1,i} of an own \\delta_1 is no Kronecker sign.
        return Indexed(Name(f"{name.text}_{content[0]}"), _index_list(stream, content[2:]))
    if label == "0" or (label in ("F", "Fro") and name.text not in stream.known):
        return name
    if name.text == "\\delta" and not ("\\delta" in stream.known and len(content) == 1):
        return Function("delta", _index_list(stream, [token for token in content if token != "="]))
    # A dot for a whole row, and the name of a Greek letter, spell no word.
    is_spelled = len(label) > 3 and label.isalpha() and not any(isinstance(token, str) and token in NO_WORDS for token in content)
    is_word = any(isinstance(token, Word) and len(token.text) > 1 for token in content) or is_spelled
    return labelled if is_word else None


@SCRIPTS.reads_behind("|")
def _operator_at_zero(stream: TokenStream, body: Node) -> Node | None:
    """``\\frac{d}{dt}|_{t=0}`` before what it is applied to."""
    if not (isinstance(body, Operator) and isinstance(body.bottom, Name)):
        return None
    stream.place -= 1
    return OperatorAtZero(body.bottom.text) if place_at_zero(stream) == body.bottom.text else None


@SCRIPTS.reads_behind("|")
def _held(stream: TokenStream, body: Node) -> Node | None:
    """``\\frac{\\partial y}{\\partial x}|_{\\mu, \\sigma}``: what is held fixed, which an interpretation says, too."""
    if not isinstance(body, Derivative) or not stream.take("_"):
        return None
    content = stream.script()
    return body if content and all(isinstance(token, Word) or token == "," or token in stream.known for token in content) else None


@SCRIPTS.reads_behind("*")
def _raised_by_stars(stream: TokenStream, body: Node) -> Node | None:
    """``x**2``, as in a program: every entry to that power."""
    if not stream.take("*"):
        return None
    exponent = atom(stream)
    return Product((body, body), ("odot",)) if exponent == Number(Fraction(2)) else Power(body, exponent)


@SCRIPTS.reads_behind("[")
def _indexed(stream: TokenStream, body: Node) -> Node | None:
    """An index as in code: ``gradOutput[i, :]``; single letters behind a name are always one, for ``A[N, N]`` is an entry."""
    if isinstance(body, Name):
        return Indexed(body, _indices(stream)) if _index_follows(stream) else None
    if isinstance(body, (Group, Transposed)) and _index_follows(stream, several=True):
        return Indexed(body, _indices(stream))
    return None


def _index_follows(stream: TokenStream, several: bool = False) -> bool:
    for ahead in range(LONGEST_INDEX):
        token = stream.peek(ahead)
        if token == "]":
            return ahead > 2 if several else ahead > 0
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
        if token in (":", "*", ".", "\\cdot", "\\bullet"):
            found.append(Slice())
        elif isinstance(token, str) and all(part.isdecimal() for part in token.replace(".", ",").split(",")):
            # A comma between numbers makes no decimal fraction; two digits without one are two indices: no size here has two digits.
            parts = token.replace(".", ",").split(",")
            found += [number(digits) for digits in (parts if len(parts) > 1 or len(token) != 2 else token)]
        elif isinstance(token, str) and len(token) == 1 and token.isalpha():
            # By the letter that an index is read as: the b of g_{y_b} is the one of the sum.
            below = [each if isinstance(each, Word) else str(each) for each in stream.script()] if stream.take("_") else []
            found.append(Name(f"{token}_{text_of(below)}" if below else token))
        else:
            raise stream.not_understood(back=1)
    if not found:
        raise NotUnderstood("an index is missing")
    return tuple(found)
