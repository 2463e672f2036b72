"""Names that nobody declared: they may stand for whatever makes an equality true."""

from collections.abc import Iterator

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.deviation import without_labels
from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS


def stranger_beside_defined(claim: Claim) -> str:
    """A long name that nobody declared, or a letter by which something is differentiated, beside what the exercise defines; empty for none."""
    views = claim.context.views
    # The label of a statistic that is kept makes no new name.
    sides = [without_labels(side, views) for side in claim.sides]
    names = sides[0].names | sides[1].names
    memory = claim.context.memory
    sizes = memory.ends | memory.declared.keys() | memory.sizes.keys()
    known = claim.context.known | OF_ANY_SIZE | sizes | {"e"}
    if not any(view.aliases.get(name, name) in view.definitions for view in views for name in names):
        return ""
    derived = {name for side in sides for name in derived_by(side)}
    strangers = (name for name in sorted(names) if (len(name) > 1 or name in derived) and not {name, name.upper()} & known)
    # Nobody differentiates by a size: the letter stands for something else, too.
    return next(strangers, min(derived & sizes - claim.context.known, default=""))


def has_stranger(context: Context, node: Node) -> bool:
    """Whether an array stands in an expression of which nobody knows anything."""
    bodies = {part.body.text for part in node.everything if isinstance(part, kinds.Indexed) and isinstance(part.body, kinds.Name)}
    names = bodies | (node.names - INDEX_LETTERS - OF_ANY_SIZE)
    return any(name not in context.known and name.upper() not in context.known for name in names)


def derived_by(node: Node) -> Iterator[str]:
    """The letters by which derivatives in an expression are taken, or by entries of which."""
    for part in node.everything:
        if isinstance(part, (kinds.Derivative, kinds.Operator)):
            bottom = kinds.whole_of(part.bottom)
            if isinstance(bottom, kinds.Name):
                yield bottom.text
