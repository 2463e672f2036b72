"""What may be read in more than one way; a new ambiguity is a field here, and a choice of equality.interpretations."""

from dataclasses import dataclass, replace

from matrix_checks.derivations.expressions.node import Interned, computed_once


@dataclass(frozen=True, eq=False)
class Interpretation(metaclass=Interned):
    """One way to read what is ambiguous; equal ones are one object.

    Attributes
    ----------
    star
        What ``*`` and ``\\cdot`` mean between arrays: ``matrix``, ``entries`` or ``inner``.
    derivative
        ``total``, or ``direct``: other named quantities on the way are held fixed.
    columns
        Whether a Jacobian of columns has the denominator's layout.
    chain
        Products of derivatives: ``maps`` composed, ``matrices`` multiplied, or ``diagonal``: entry by entry.
    implicit
        Whether a column without an index means its entry, beside others that have one.
    size
        The letter of the size of ``I`` and of the ones where nothing says it; ``fitting``: each ``I`` in a product has the one that fits.
    varying
        The variables of which differentials are taken; empty for all.
    row_entries
        Whether ``g_{i,:}`` is written as a column.
    units
        The letters of the sizes of ``e_p`` and ``e_q`` by their indices; empty where an ``E_{pq}`` is an entry.
    trace
        Whether ``tr(A) B`` is the trace of what stands in the ``bracket`` or of the ``whole`` product.
    otimes
        Whether the product of two columns is Kronecker's or the ``outer`` one.
    reduced
        Whether ``sum(g)`` and ``mean(g)`` are of ``all`` entries, or over the ``objects``: of each column.
    own_sizes
        Letters of the writer's own with the sizes that they stand for.
    tuples
        Whether numbers in round brackets are a ``column`` or a ``row``.
    bars
        Whether ``|X|`` is a ``norm``, a ``determinant``, or ``absolute`` values.
    stacked
        Whether the derivative of a number by ``vec S`` is the ``vec`` of the derivative by ``S``, and has not the shape of ``S``.
    called
        Whether ``y (A + x)`` is the value of the function ``y``, and not the number or the text's own array ``y`` times an array.
    rows
        The matrices of which a small letter with one index, ``a_i``, is a row; of others it is a column.
    """

    star: str = "matrix"
    derivative: str = "total"
    columns: bool = False
    chain: str = "maps"
    implicit: bool = False
    size: str = ""
    varying: frozenset[str] = frozenset()
    row_entries: bool = False
    units: tuple[tuple[str, str], ...] = ()
    trace: str = "bracket"
    rows: frozenset[str] = frozenset()
    otimes: str = "kronecker"
    reduced: str = "all"
    own_sizes: tuple[tuple[str, str], ...] = ()
    tuples: str = "column"
    bars: str = "norm"
    stacked: bool = True
    called: bool = True

    @computed_once
    def without_layout(self) -> "Interpretation":
        """The same before it is decided how a Jacobian is laid out."""
        return replace(self, columns=False, chain="maps", stacked=True)
