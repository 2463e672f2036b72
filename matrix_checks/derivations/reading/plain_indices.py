"""Indices as most people write them, in the place of what statisticians, physicists and the Matrix Cookbook write."""

from dataclasses import dataclass, field

from matrix_checks.derivations.reading.comma_derivatives import with_partials
from matrix_checks.derivations.reading.dots_below import with_means_named
from matrix_checks.derivations.reading.lines import Line, by_lines
from matrix_checks.derivations.reading.metrics import with_deltas
from matrix_checks.derivations.reading.single_entries import with_units
from matrix_checks.derivations.reading.tex import Token


@dataclass(frozen=True)
class IndexNotation:
    """How a text writes indices.

    Attributes
    ----------
    units
        Letters that are, with two indices above, a matrix with a single one.
    metrics
        Letters of a metric, or of a Kronecker delta.
    counts
        How many indices the entries of each letter have, where a comma before an index is a derivative; ``None`` where none is.
    lines
        Letters of rows and columns.
    """

    units: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    counts: dict[str, int] | None = None
    lines: dict[str, Line] = field(default_factory=dict)


def with_plain_indices(tokens: list[Token], notation: IndexNotation) -> list[Token]:
    """The formula with usual indices."""
    found = with_means_named(tokens)
    if notation.units:
        found = with_units(found, notation.units)
    if notation.metrics:
        found = with_deltas(found, notation.metrics)
    if notation.lines:
        found = by_lines(found, notation.lines)
    return found if notation.counts is None else with_partials(found, notation.counts.get)
