"""All partial derivatives of one array with respect to another, and the chain rule for them; a new layout is added to ``array``."""

from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

import numpy as np

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.values import jets
from matrix_checks.derivations.values.interpretation import Interpretation
from matrix_checks.derivations.values.jets import Jet


@dataclass
class Tensor:
    """All partial derivatives of one array with respect to another.

    Attributes
    ----------
    entries
        By the entry of the variable, columns first: the derivative of the whole top.
    top, bottom
        Shapes of the two.
    top_dims, bottom_dims
        The same in letters.
    """

    entries: list[Jet]
    top: tuple[int, int]
    bottom: tuple[int, int]
    top_dims: tuple[str, str]
    bottom_dims: tuple[str, str]

    def array(self, interpretation: Interpretation) -> Jet:
        """As an array: a gradient has the shape of its variable, a Jacobian acts on stacked columns."""
        gradient = self.gradient
        if gradient is not None:
            return gradient
        if self.bottom == (1, 1):
            return self.entries[0]
        if interpretation.chain == "diagonal" and self.top == self.bottom and self._is_diagonal:
            cells = [_flat(each, place) for place, each in enumerate(self.entries)]
            return _arranged(cells, self.bottom, self.bottom_dims)
        columns = [jets.vec(each) for each in self.entries]
        monomials = {monomial for each in columns for monomial in each.parts}
        parts = {each: np.hstack([column.parts.get(each, column.value * 0) for column in columns]) for each in monomials}
        jacobian = Jet(parts, (jets.joined(*self.top_dims), jets.joined(*self.bottom_dims)))
        return jets.transpose(jacobian) if interpretation.columns else jacobian

    @property
    def _is_diagonal(self) -> bool:
        """Whether no entry of the top depends on another entry of the bottom."""
        return not any(
            jets.size_of(_flat(each, other))
            for place, each in enumerate(self.entries)
            for other in range(len(self.entries))
            if other != place
        )

    @property
    def gradient(self) -> Jet | None:
        """The gradient, where the top is a number."""
        return _arranged(self.entries, self.bottom, self.bottom_dims) if self.top == (1, 1) else None

    def along(self, step: Jet) -> Jet:
        """The derivative in the direction of a step, which has the shape of the variable."""
        return reduce(jets.add, (jets.elementwise(own, _flat(step, place)) for place, own in enumerate(self.entries)))

    def after(self, gradient: Jet) -> "Tensor":
        """The chain rule for a gradient with respect to the top."""
        return Tensor([jets.inner(gradient, each) for each in self.entries], (1, 1), self.bottom, ("1", "1"), self.bottom_dims)

    def composed(self, inner: "Tensor") -> "Tensor":
        """The chain rule for two derivatives."""
        entries = [self.along(each) for each in inner.entries]
        return Tensor(entries, self.top, inner.bottom, self.top_dims, inner.bottom_dims)


def _flat(jet: Jet, place: int) -> Jet:
    """An entry by its number, columns first."""
    return jets.entry(jet, place % jet.shape[0], place // jet.shape[0])


def _arranged(cells: list[Jet], shape: tuple[int, int], dims: tuple[str, str]) -> Jet:
    monomials = {monomial for each in cells for monomial in each.parts}
    parts = {}
    for monomial in monomials:
        flat = [each.parts[monomial][0, 0] if monomial in each.parts else Decimal(0) for each in cells]
        parts[monomial] = np.array(flat, dtype=object).reshape(shape, order="F")
    return Jet(parts, dims)


def is_by_vec(bottom: kinds.Node) -> bool:
    """Whether ``\\operatorname{vec} S`` is what is differentiated by."""
    body = bare(bottom)
    return isinstance(body, kinds.Function) and body.name == "vec"


def is_by_vec_of_transposed(bottom: kinds.Node) -> bool:
    r"""Whether ``\operatorname{vec} S^\top`` is what is differentiated by: the rows of ``S`` stand one below the other in it."""
    body = bare(bottom)
    inside = body.arguments[0].everything if isinstance(body, kinds.Function) and is_by_vec(body) else ()
    return sum(isinstance(part, kinds.Transposed) for part in inside) % 2 == 1
