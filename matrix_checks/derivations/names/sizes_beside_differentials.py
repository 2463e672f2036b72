r"""The letter of a size that is a ``d``: whoever writes ``x \in \mathbb{R}^d`` writes differentials with it, too."""

from matrix_checks.derivations.values.exercise import View

D = "d"


def beside_differentials(names: frozenset[str], views: tuple[View, ...]) -> frozenset[str]:
    """The names without a ``d`` that stands for nothing but a size."""
    meant = [(view, view.aliases.get(D, D)) for view in views if D in view.names] if D in names else []
    return names - {D} if meant and all(own in view.letters for view, own in meant) else names
