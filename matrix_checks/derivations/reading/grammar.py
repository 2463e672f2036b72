"""The grammar of what people write by hand: all rules together; a new notation is one registered function in the file of its kind.

==============================  ======================================================================
``precedence.py``               sums, products, symbols: which of two operations is done first
``scripts.py``                  what stands behind a symbol: powers, indices
``notation.py``                 what a command or a bracket begins: norms, functions, matrices in a line
``sums.py``                     sums over an index, limits
``differentials.py``            fractions, derivatives, differentials
``steps_of_differentials.py``   differentials at a point, with their steps
``environments.py``             matrices and cases
``extrema.py``                  where something is least
``indicators.py``               one or zero by a condition on indices
``programming.py``              what is written as in a program
==============================  ======================================================================
"""

from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.reading.differentials import DIFFERENTIALS
from matrix_checks.derivations.reading.environments import ENVIRONMENTS
from matrix_checks.derivations.reading.extrema import EXTREMA
from matrix_checks.derivations.reading.indicators import INDICATORS
from matrix_checks.derivations.reading.moments import MOMENTS
from matrix_checks.derivations.reading.notation import NOTATION
from matrix_checks.derivations.reading.precedence import whole
from matrix_checks.derivations.reading.primes import PRIMES
from matrix_checks.derivations.reading.programming import PROGRAMMING
from matrix_checks.derivations.reading.scripts import SCRIPTS
from matrix_checks.derivations.reading.second_derivatives import SECOND_DERIVATIVES
from matrix_checks.derivations.reading.steps_of_differentials import SECOND_DIFFERENTIALS
from matrix_checks.derivations.reading.stream import Rules, TokenStream
from matrix_checks.derivations.reading.sums import SUMS
from matrix_checks.derivations.reading.tex import FUNCTIONS as FUNCTIONS
from matrix_checks.derivations.reading.tex import Token

# Where several read one token, the first that understands it wins: [D_x f](h) is a differential before it is a bracket.
RULES = Rules(
    INDICATORS,
    SECOND_DERIVATIVES,
    DIFFERENTIALS,
    SECOND_DIFFERENTIALS,
    ENVIRONMENTS,
    EXTREMA,
    PROGRAMMING,
    MOMENTS,
    NOTATION,
    SUMS,
    SCRIPTS,
    PRIMES,
)


class Parser:
    """Reads one expression.

    Parameters
    ----------
    tokens
        From :func:`matrix_checks.derivations.reading.tex.tokenize`, without relation signs.
    known
        Names that stand for something, in the form of :class:`Name`; decides whether ``y_2`` is a name or an entry. Letters of
        sizes are among them: whether a name is a matrix or a number is not known before it has a value.
    """

    def __init__(self, tokens: list[Token], known: frozenset[str]):
        self._stream = TokenStream(tokens, known, RULES)

    def whole(self) -> Node:
        """The expression that all tokens make up; ``NotUnderstood`` where they make up none."""
        return whole(self._stream)
