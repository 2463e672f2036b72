"""What names stand for under an override, and the parts of a value that come from it; a new kind of override is a case here."""

from decimal import Decimal
from functools import lru_cache

import numpy as np

from matrix_checks.derivations.values.evaluation import Evaluation
from matrix_checks.derivations.values.jets import ONE, Jet, Monomial
from matrix_checks.derivations.values.scope import At, Changed, Held, InDirections, Override, Place

# What the infinitesimals of differentials of variables begin with.
CHANGE = "d "


def values_under(evaluation: Evaluation, override: Override) -> dict[str, Jet]:
    """The values of the names that an override inside an evaluation changes."""
    match override:
        case At(name, value):
            return {name: value}
        case Held(names):
            return {name: evaluation.named(name) for name in names}
        case InDirections(name, places):
            value = evaluation.named(name)
            return {name: Jet({**value.parts, **_directions(value.shape, mark_inside(evaluation), places)}, value.dims)}
        case Changed(names):
            return {name: _changed(evaluation, name) for name in names}
    raise TypeError(f"{type(override).__name__} is no kind of override")


def mark_inside(evaluation: Evaluation) -> str:
    """The name of an infinitesimal for the next override inside: no other that is in use there has it."""
    return f"e of {len(evaluation.scope.overrides)}"


def _changed(evaluation: Evaluation, name: str) -> Jet:
    value = evaluation.named(name)
    change = CHANGE + name
    return Jet({**value.parts, ((change, 1),): evaluation.sample.array(change, value.dims)}, value.dims)


@lru_cache(maxsize=1000)
def _directions(shape: tuple[int, int], mark: str, places: tuple[Place, ...]) -> dict[Monomial, np.ndarray]:
    parts: dict[Monomial, np.ndarray] = {}
    for number, place in enumerate(places, start=1):
        direction = np.full(shape, Decimal(0), dtype=object)
        direction[place] = Decimal(1)
        direction.flags.writeable = False
        parts[((mark, number),)] = direction
    return parts


def coefficient(jet: Jet, mark: str) -> Jet:
    """What multiplies an infinitesimal of degree one that has one direction."""
    return Jet({ONE: jet.value * 0, **coefficients(jet, mark).get(1, {})}, jet.dims)


def coefficients(jet: Jet, mark: str) -> dict[int, dict[Monomial, np.ndarray]]:
    """What multiplies an infinitesimal of degree one, by its directions."""
    found: dict[int, dict[Monomial, np.ndarray]] = {}
    for monomial, part in jet.parts.items():
        for place, (name, direction) in enumerate(monomial):
            if name == mark:
                found.setdefault(direction, {})[monomial[:place] + monomial[place + 1 :]] = part
    return found
