"""A claim: an equality that is false under every reading, with all that stands around it and may change its meaning."""

from dataclasses import dataclass

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.equality import Decision
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.prose.surroundings import Surroundings
from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.values.exercise import View


@dataclass(frozen=True)
class Place:
    """Where an equality stands.

    Attributes
    ----------
    is_first
        Whether it is the first one of its chain.
    is_whole
        Whether its left side stands in the same chain, or ends the formula directly before it.
    beside_colon
        Whether a colon stands beside its chain, which may be meant as a product.
    is_conclusion
        Whether its formula draws a conclusion from a derivative that is zero.
    is_hypothesis
        Whether it is the condition that the words around it speak of.
    beside_words
        Whether words that may stand for a term were left out of a side.
    """

    is_first: bool = True
    is_whole: bool = True
    beside_colon: bool = False
    is_conclusion: bool = False
    is_hypothesis: bool = False
    beside_words: bool = False


@dataclass(frozen=True)
class Claim:
    """An equality that is false under every reading, with all that may change its meaning.

    Attributes
    ----------
    left, right
        Its sides.
    tokens
        Those of each side.
    place
        Where it stands.
    decision
        How it was decided.
    context, surroundings
        What the text said so far, and around it.
    reason
        What was found to be wrong with it.
    """

    left: kinds.Node
    right: kinds.Node
    tokens: tuple[list[Token], list[Token]]
    place: Place
    decision: Decision
    context: Context
    surroundings: Surroundings
    reason: str = ""

    @property
    def sides(self) -> tuple[kinds.Node, kinds.Node]:
        """Both sides."""
        return self.left, self.right

    @property
    def fits(self) -> bool:
        """Whether both sides have the same shape in the first attempt that gives both a value; not where there is none."""
        attempt = self.decision.attempt
        return attempt is not None and attempt.left[0].shape == attempt.right[0].shape

    def parts(self, *wanted: type[kinds.Node]) -> list[kinds.Node]:
        """The parts of both sides that are of one of these kinds."""
        return [part for side in self.sides for part in side.everything if isinstance(part, wanted)]

    def speaks_of(self, names: set[str] | frozenset[str]) -> str:
        """One of these names, on which the equality depends; empty for none."""
        if not names:
            return ""
        wanted = {each for name in names for each in (name, *(view.aliases.get(name, name) for view in self.context.views))}
        for view in self.context.views:
            wanted |= {upstream for name in names for upstream in upstream_of(view, name)}
            wanted |= {loss for name in names for loss in losses_of(view, name)}
        for view in self.context.views:
            for name in sorted(self.left.names | self.right.names):
                for meant in view.meant_by(name):
                    found = wanted.intersection((meant, *view.behind(meant)))
                    if found:
                        return min(names & found or found)
        return ""


def losses_of(view: View, name: str) -> set[str]:
    """The losses of which a name stands for the gradient by an output: what is said of ``G = \\frac{\\partial L}{\\partial Y}`` is said of ``L``."""
    found = [each.body for each in view.definitions.get(name, ()) if isinstance(each.body, kinds.Derivative)]
    return {top.text for each in found if isinstance(top := bare(each.top), kinds.Name) and upstream_of(view, top.text)}


def upstream_of(view: View, loss: str) -> set[str]:
    """The variables that stand for the gradient of a loss: a hypothesis on it is one on them. They are behind it, and not behind an output."""
    behind = view.behind(loss)
    outputs = [view.behind(name) for name in behind if name in view.definitions]
    return {name for name in behind & view.variables.keys() if outputs and not any(name in each for each in outputs)}
