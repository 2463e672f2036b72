r"""What is not sure in a text with a mean of losses: where its ``\frac1m`` belongs, whether a loss is that of one object, and of which."""

from collections.abc import Sequence

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.deciding.deciding import decide
from matrix_checks.derivations.equality.verdicts import FALSE, NOT_UNDERSTOOD
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.names.scaled_gradients import batch_of, is_of_objects
from matrix_checks.derivations.reading.layers_in_numbers import NUMBERS
from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.reading.tokens import without_braces


def misses_mean(claim: Claim) -> str:
    """Whether a claim on gradients is true, but for the number of objects."""
    context = claim.context
    if not context.mean.is_meant or not claim.parts(kinds.Derivative, kinds.Differentiated):
        return ""
    count = kinds.Name(next(filter(None, map(batch_of, context.views)), ""))
    for left, right in (claim.sides, claim.sides[::-1]):
        if decide(context.setting(), kinds.Product((count, left), ("",)), right).verdict not in (FALSE, NOT_UNDERSTOOD):
            return "it is not sure whether the mean over the objects is in its gradients"
    return ""


def is_of_population(claim: Claim) -> str:
    r"""Whether a mean is taken of one number: nobody averages one, but an ``E[\hat\sigma^2]`` may be over all samples that might have been drawn."""
    of_number = any(
        isinstance(part, kinds.Function) and part.name == "mean" and claim.context.shape_of(part.arguments[0]) == ("1", "1")
        for part in claim.parts(kinds.Function)
    )
    return "it is not said over what the mean of a number is" if of_number else ""


def is_of_one_object(claim: Claim) -> str:
    """Beside losses of objects, a loss without an index may be that of one of them, and so may ``dz`` be the gradient of one."""
    mean = claim.context.mean
    for tokens in claim.tokens if mean.count else ():
        bare = without_braces(tokens)
        for place, token in enumerate(bare):
            behind = bare[place + 1 : place + 3]
            if token == mean.loss and behind[:1] not in (["^"], ["_"]):
                return f"it is not said whether {token} is the loss of one object"
            if bare[max(place - 1, 0)] == "d" and _is_small(claim, token) and _has_no_object(bare, place + 1):
                return f"it is not said of which object {token} is"
    return ""


def _is_small(claim: Claim, token: Token) -> bool:
    name = token if isinstance(token, str) and token.islower() and len(token) == 1 else ""
    names = (name, *(f"{name}_({layer})" for layer in "12"), *(f"{name.upper()}_({layer})" for layer in "12"), name.upper())
    return bool(name) and any(is_of_objects(view, each) for view in claim.context.views for each in names)


def _has_no_object(bare: Sequence[Token], place: int) -> bool:
    """Whether no object stands above a letter: a layer in square brackets is none."""
    above = False
    while bare[place : place + 1] in (["^"], ["_"]):
        if bare[place] == "_":
            place += 2
            continue
        closing = {"(": ")", "[": "]"}.get(str(bare[place + 1]) if place + 1 < len(bare) else "", "")
        above |= closing != "]"
        place = bare.index(closing, place) + 1 if closing and closing in bare[place:] else place + 2
    return not above


def is_of_every_layer(claim: Claim) -> str:
    """What is said of the layer ``l``, in a text that goes on with numbers of layers, is read as said of one of them."""
    written = {getattr(token, "written", "")[:1] for tokens in claim.tokens for token in tokens if token in NUMBERS}
    if claim.context.notation.numbers_layers and written & {"l", "\\"}:
        return "it is said of every layer"
    names = claim.left.names | claim.right.names
    is_numbered = any(name[:-1].endswith("_") and name[-1].isdecimal() for name in names)
    return "it is said of an object, and not of a layer" if claim.context.notation.numbers_objects and is_numbered else ""
