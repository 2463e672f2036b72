r"""Signs of which it is not sure what they say: a colon that may be a product, a bar with something below, a differential before brackets."""

from collections.abc import Sequence

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.primes import PARAMETERS
from matrix_checks.derivations.reading.tex import Token, Word

# As a product has it between two factors.
KRONECKER = "otimes"

# The sign of a differential, where no array has this letter.
D = "d"


def _has_two_directions(tokens: Sequence[Token]) -> bool:
    """Whether it is a ``D^2 f(A)[H, K]``."""
    is_second = any(
        one in ("D", "d", Word("D"), Word("d")) and [*tokens[place + 1 : place + 3]] == ["^", "2"]
        for place, one in enumerate(tokens)
    )
    inside = list(tokens[tokens.index("[") :]) if is_second and "[" in tokens else []
    return "," in inside[: inside.index("]")] if "]" in inside else False


def unsure_tokens(claim: Claim) -> str:
    """A colon may be a product, and ``df(x)[h]`` a differential at a point."""
    if claim.place.beside_colon:
        return "a colon beside a formula was not understood"
    if claim.place.beside_words and claim.decision.attempt is not None:
        return "what the words before a sign stand for was not understood"
    for tokens in claim.tokens if not claim.parts(kinds.DerivativeAtZero) else ():
        if any((one, behind) == ("|", "_") for one, behind in zip(tokens, tokens[1:])):
            return "what is held fixed in it was not understood"
        if claim.decision.attempt is None and _has_two_directions(tokens):
            return "a second derivative in two directions was not understood"
    if claim.context.memory.has_own_tensors and any(
        isinstance(part, kinds.Product) and KRONECKER in part.signs for part in claim.parts(kinds.Product)
    ):
        return "the text says itself what the sign of the Kronecker product stands for"
    for part in claim.parts(kinds.Derivative):
        factors = part.top.factors if isinstance(part, kinds.Derivative) and isinstance(part.top, kinds.Product) else ()
        if any(isinstance(each, kinds.Differentiated) for each in factors):
            return "how far a derivative before a differential reaches was not understood"
    if D in claim.context.arrays and any(D in tokens for tokens in claim.tokens):
        return "it is not sure which d is the vector, and which one begins a differential"
    if any(_has_two_primes(tokens) for tokens in claim.tokens):
        return "by what a second derivative is taken, and of how many entries, is not said"
    for part in claim.parts(kinds.Product):
        assert isinstance(part, kinds.Product)
        for one, behind in zip(part.factors, part.factors[1:]):
            if isinstance(one, kinds.Differentiated) and isinstance(behind, kinds.Group):
                return "a differential with brackets behind it was not understood"
    return ""


def _has_two_primes(tokens: Sequence[Token]) -> bool:
    r"""Whether two primes stand at one symbol, or a nabla is squared, which is the Laplacian to others."""
    plain = [token for token in tokens if token not in ("{", "}")]
    for place, pair in enumerate(zip(plain, plain[1:])):
        opening, argument = (*plain[place + 2 : place + 4], "", "")[:2]
        is_of_number = opening == "(" and argument in PARAMETERS
        if pair in (("'", "'"), ("\\prime", "\\prime")) and not is_of_number:
            return True
        if pair == ("^", "2") and (
            "\\nabla" in plain[max(place - 1, 0) : place] or plain[max(place - 3, 0) : place - 1] == ["\\nabla", "_"]
        ):
            return True
    return False
