"""From tokens to expressions: a recursive descent through the notation that people write by hand."""

from fractions import Fraction

from matrix_checks.derivations.expressions.kinds import (
    Add,
    Derivative,
    Differentiated,
    Dots,
    Function,
    Group,
    HigherOrder,
    Indexed,
    Name,
    Negative,
    Node,
    Number,
    Operator,
    Product,
    Quotient,
    Sum,
)
from matrix_checks.derivations.reading.dots import with_dots_summed
from matrix_checks.derivations.reading.notation import OPENING, Notation
from matrix_checks.derivations.reading.scripts import Scripts
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, Word, text_of

DEEPEST = 40
LONGEST_NUMBER = 20
SIGNS = {"\\cdot": "*", "*": "*", "\\times": "*", "\\odot": "odot", "\\otimes": "otimes", "\\bullet": "*"}
FUNCTIONS = {"tr": "tr", "Tr": "tr", "trace": "tr", "vec": "vec", "Vec": "vec", "diag": "diag", "Diag": "diag", "exp": "exp", "log": "log",
             "ln": "log", "sqrt": "sqrt", "mean": "mean", "softmax": "softmax", "max": "max", "sum": "total"}  # fmt: skip
GREEK = set(
    """\\alpha \\beta \\gamma \\varepsilon \\zeta \\eta \\theta \\lambda \\mu \\nu \\xi \\rho \\sigma \\tau \\phi \\varphi \\chi \\psi \\omega
    \\Gamma \\Theta \\Lambda \\Xi \\Sigma \\Phi \\Psi \\Omega \\ell \\kappa \\Pi \\pi""".split()
)
ACCENTS = {"\\hat", "\\tilde", "\\bar", "\\check", "\\breve", "\\dot"}


class Parser(Scripts, Notation):
    """Reads one expression.

    Parameters
    ----------
    tokens
        From :func:`matrix_checks.derivations.reading.tex.tokenize`, without relation signs.
    known
        Names that stand for something, in the form of :class:`Name`; decides whether ``y_2`` is a name or an entry.
    """

    def __init__(self, tokens: list[Token], known: frozenset[str]):
        self._tokens = tokens
        self._known = known
        self._place = 0
        self._depth = 0

    def whole(self) -> Node:
        """The expression that all tokens make up; ``NotUnderstood`` where they make up none."""
        found = self._expression()
        if self._place < len(self._tokens):
            raise NotUnderstood(self._quote())
        return found

    def _quote(self) -> str:
        rest = text_of(self._tokens[self._place : self._place + 8])
        return f"the piece {rest!r} was not understood" if rest else "the formula ends where more is expected"

    def _peek(self, ahead: int = 0) -> Token | None:
        place = self._place + ahead
        return self._tokens[place] if place < len(self._tokens) else None

    def _next(self) -> Token:
        token = self._peek()
        if token is None:
            raise NotUnderstood(self._quote())
        self._place += 1
        return token

    def _take(self, token: str) -> bool:
        if self._peek() == token:
            self._place += 1
            return True
        return False

    def _expect(self, token: str) -> None:
        if not self._take(token):
            raise NotUnderstood(self._quote())

    def _expression(self, enders: tuple[str, ...] = ()) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise NotUnderstood("the formula is too deeply nested to be read")
        terms: list[Node] = []
        while True:
            negative = False
            while self._peek() in ("+", "-"):
                negative ^= self._next() == "-"
            term = self._term(enders)
            terms.append(Negative(term) if negative else term)
            if self._peek() not in ("+", "-"):
                break
        self._depth -= 1
        terms = _reaching_sums(with_dots_summed(terms))
        return terms[0] if len(terms) == 1 else Add(tuple(terms))

    def _term(self, enders: tuple[str, ...] = ()) -> Node:
        factors, signs = [self._factor()], []
        while True:
            token = self._peek()
            if token is None or token in enders:
                break
            if token == "/":
                self._next()
                bottom = self._factor()
                if isinstance(bottom, Differentiated) and isinstance(factors[-1], Differentiated):
                    factors[-1] = Derivative(factors[-1].body, bottom.body)
                else:
                    top = factors[0] if len(factors) == 1 else Product(tuple(factors), tuple(signs))
                    factors, signs = [Quotient(top, bottom)], []
                continue
            sign = SIGNS.get(token, "") if isinstance(token, str) else ""
            if sign:
                self._next()
                negative = False
                while self._peek() in ("+", "-"):
                    negative ^= self._next() == "-"
                factor = self._factor()
                factor = Negative(factor) if negative else factor
            elif self._begins_factor(token):
                factor = self._factor()
            else:
                break
            factors.append(factor)
            signs.append(sign)
        if isinstance(factors[0], Operator) and len(factors) > 1:
            rest = factors[1] if len(factors) == 2 else Product(tuple(factors[1:]), tuple(signs[1:]))
            return Derivative(rest.body if isinstance(rest, Group) else rest, factors[0].bottom)
        for place, factor in enumerate(factors[:-1]):
            if isinstance(factor, Operator):
                rest = (
                    factors[place + 1]
                    if place + 2 == len(factors)
                    else Product(tuple(factors[place + 1 :]), tuple(signs[place + 1 :]))
                )
                last = Derivative(rest.body if isinstance(rest, Group) else rest, factor.bottom)
                factors, signs = [*factors[:place], last], signs[:place]
                break
        return factors[0] if len(factors) == 1 else Product(tuple(factors), tuple(signs))

    def _begins_factor(self, token: Token) -> bool:
        if isinstance(token, Word):
            return True
        if token in (
            "+",
            "-",
            "\\|",
            "|",
            "\\rangle",
            ")",
            "]",
            "}",
            "\\}",
            ",",
            ";",
            ":",
            "&",
            "\\\\",
            "_",
            "^",
            "'",
            ".",
            "\\end",
            "\\quad",
            "=",
        ):
            return token in ("\\|", "|") and not self._inside_norm
        return True

    _inside_norm = False

    def _factor(self) -> Node:
        factor = self._scripts(self._atom())
        if isinstance(factor, Name):
            self._skip_point(at_least=2)
        return factor

    def _atom(self) -> Node:
        token = self._next()
        if isinstance(token, Word):
            return self._word(token.text.strip())
        if token[0].isdecimal():
            if len(token) > LONGEST_NUMBER:
                raise NotUnderstood("a number with so many digits was not understood")
            return Number(Fraction(token.replace(",", ".")))
        if token == "[" and self._peek() in ("D", "d") and self._peek(1) == "_":
            return self._differential()
        if token in OPENING:
            return self._bracket(token)
        if token == "\\frac":
            return self._fraction()
        if token == "\\sqrt":
            if self._peek() == "[":
                raise NotUnderstood(self._quote())
            return Function("sqrt", (self._group(),))
        if token == "\\sum":
            return self._sum()
        if token == "\\lim":
            return self._limit()
        if token == "\\max" or token == "\\min":
            return self._extreme()
        if token in ("\\|", "|"):
            return self._norm(token)
        if token == "\\langle":
            return self._inner()
        if token == "\\begin":
            return self._environment()
        if token in ("\\partial", "d") and token not in self._known and not self._is_own_d(token):
            return Differentiated(self._differentiated())
        if token == "\\nabla":
            bottom: Node = Name("")
            if self._take("_"):
                bottom = Parser(self._script(), self._known)._inherit(self).whole()
            top = self._applied(self._factor())
            self._skip_point(at_least=1)
            return Derivative(top, bottom)
        if token == "D" and self._peek() == "_" and "D" not in self._known:
            self._place -= 1
            return self._bare_differential()
        if token == "\\dots":
            return Dots()
        if token in ACCENTS:
            inner = self._group(bare=True)
            if isinstance(inner, Name):
                return Name(f"{token} {inner.text}")
            raise NotUnderstood(f"the piece {token!r} was not understood")
        if token in ("\\Delta", "\\delta") and self._peek() != "_":
            inner = self._atom()
            if isinstance(inner, Name):
                return Name(f"\\Delta {inner.text}")
            self._place -= 1
            raise NotUnderstood(self._quote())
        if token in ("o", "O") and token not in self._known and self._peek() in ("(", "\\{"):
            self._bracket(self._next())
            return HigherOrder()
        if token[0] == "\\" and token[1:] in FUNCTIONS:
            return self._function(FUNCTIONS[token[1:]])
        if token in GREEK or token in ("\\ones", "\\delta") or (len(token) == 1 and token.isalpha()):
            return Name(token)
        self._place -= 1
        raise NotUnderstood(self._quote())

    def _is_own_d(self, token: Token) -> bool:
        """Whether a ``d`` is a name, as in ``d = x - y`` and ``d_i``: nothing stands behind it that it could be the differential of."""
        return token == "d" and self._peek() in (
            None,
            "_",
            "^",
            ")",
            "]",
            "}",
            "+",
            "-",
            "*",
            "/",
            ",",
            "\\cdot",
            "\\odot",
            "\\rangle",
            "\\|",
        )

    def _word(self, text: str) -> Node:
        if text in FUNCTIONS and text not in self._known:
            return self._function(FUNCTIONS[text])
        if text == "d" and "d" not in self._known:
            return Differentiated(self._differentiated())
        if text.replace("_", "").isalnum() and text:
            return Name(text)
        self._place -= 1
        raise NotUnderstood(self._quote())

    def _differentiated(self) -> Node:
        """What stands behind a ``d``: a factor, all of it inside a fraction."""
        return self._applied(self._factor())

    @staticmethod
    def _applied(node: Node) -> Node:
        return node.body if isinstance(node, Group) else node


def _reaching_sums(terms: list[Node]) -> list[Node]:
    """A sum reaches over the later terms that hold its index: ``\\sum_i a_i + b_i`` without brackets means both."""
    found: list[Node] = []
    for term in terms:
        last = found[-1] if found else None
        inner = last.body if isinstance(last, Negative) else last
        if isinstance(inner, Sum) and any(
            isinstance(each, Indexed) and Name(inner.index) in each.indices for each in term.everything
        ):
            if not any(isinstance(each, Sum) and each.index == inner.index for each in term.everything):
                term = Negative(term) if isinstance(last, Negative) else term
                grown = Sum(inner.index, inner.lower, inner.upper, inner.other, Add((inner.body, term)))
                found[-1] = Negative(grown) if isinstance(last, Negative) else grown
                continue
        found.append(term)
    return found
