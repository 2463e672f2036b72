"""What stands around an equality, and how long its verdict counts."""

from dataclasses import dataclass

from matrix_checks.derivations.context.claims import Place
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.verdicts import HOLDS
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.prose.prose import Before
from matrix_checks.derivations.reading.tex import Token

# An expression, or why it was not understood.
Member = kinds.Node | str
Tokens = tuple[list[Token], list[Token]]


@dataclass(frozen=True)
class Around:
    """What stands around an equality.

    Attributes
    ----------
    sign
        The relation sign.
    before
        The prose before it; none, where another equality of the same chain stands before it.
    concludes
        Whether the formula draws a conclusion, or the words before it set a condition.
    tokens
        Those of its sides.
    place
        Where it stands.
    """

    sign: str
    before: Before
    concludes: bool
    tokens: Tokens
    place: Place


@dataclass(frozen=True)
class KeptVerdict:
    """A verdict of the chain that is read, with the state of the context in which it was found."""

    verdict: str
    version: int
    meanings: int

    def still_counts(self, context: Context) -> bool:
        """Whether it is known without looking again: what holds still holds with one more way to write a name."""
        return self.meanings == context.meanings and (self.verdict == HOLDS or self.version == context.version)
