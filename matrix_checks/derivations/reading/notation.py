"""The constructions that have a notation of their own: fractions, sums, norms, differentials, matrices."""

import re
from fractions import Fraction

from matrix_checks.derivations.expressions.kinds import (
    Cases,
    Derivative,
    Differential,
    Differentiated,
    Dots,
    Function,
    Group,
    Inner,
    Limit,
    Matrix,
    Name,
    Negative,
    Node,
    Norm,
    Number,
    Operator,
    Power,
    Product,
    Quotient,
    Sum,
    bare,
)
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, Word, text_of

_PAIR = r"([a-z])(=|\\ne|!=|\\not=)([a-z])"
OPENING = {"(": ")", "[": "]", "\\{": "\\}", "{": "}"}


class Notation:
    """The part of :class:`matrix_checks.derivations.reading.grammar.Parser` that reads them."""

    def _bracket(self, opening: str) -> Node:
        outer, self._inside_norm = self._inside_norm, False
        body = self._expression()
        self._expect(OPENING[opening])
        self._inside_norm = outer
        return body if opening == "{" else Group(body)

    def _group(self, bare: bool = False) -> Node:
        """The argument of a command."""
        if self._take("{"):
            outer, self._inside_norm = self._inside_norm, False
            body = self._expression()
            self._expect("}")
            self._inside_norm = outer
            return body
        return self._atom()

    def _fraction(self) -> Node:
        if self._peek() == "{" and self._peek(1) in ("\\partial", "d") and self._peek(2) == "^":
            start = self._place
            second = self._second_derivative()
            if second is not None:
                return second
            self._place = start
        top, bottom = self._fraction_part(), self._fraction_part()
        if isinstance(bottom, Differentiated):
            if isinstance(top, Differentiated):
                return Operator(bottom.body) if top.body == Name("") else Derivative(top.body, bottom.body)
            raise NotUnderstood("a fraction with a differential below and none above was not understood")
        return Quotient(top, bottom)

    def _second_derivative(self) -> Node | None:
        """``\\frac{\\partial^2 y}{\\partial x_i \\partial x_j}``; ``None`` if it is something else."""
        top, bottom = self._braced()[1:-1], self._braced()[1:-1]
        square = next((mark for mark in (["^", "2"], ["^", "{", "2", "}"]) if top[1 : 1 + len(mark)] == mark), None)
        if square is None or top[0] not in ("\\partial", "d") or top[0] in self._known or not bottom:
            return None
        parts: list[list[Token]] = []
        for token in bottom:
            if token in ("\\partial", "d"):
                parts.append([])
            elif not parts:
                return None
            else:
                parts[-1].append(token)
        bodies = [type(self)(part, self._known)._inherit(self).whole() for part in parts]
        if len(bodies) == 1 and isinstance(bodies[0], Power) and bodies[0].exponent == Number(Fraction(2)):
            bodies = [bodies[0].body] * 2
        body = top[1 + len(square) :]
        if len(bodies) != 2 or not body:
            return None
        inner = type(self)(body, self._known)._inherit(self).whole()
        return Derivative(Derivative(self._applied(inner), bare(bodies[1])), bare(bodies[0]))

    def _fraction_part(self) -> Node:
        content = type(self)(self._braced()[1:-1], self._known)._inherit(self)
        first = content._peek()
        is_d = (first in ("\\partial", "d") and first not in self._known) or (isinstance(first, Word) and first.text == "d")
        if not is_d:
            return content.whole()
        content._next()
        if first == "d" and content._peek() is not None and content._is_own_d("d"):
            content._place -= 1
            return content.whole()
        if content._peek() is None:
            return Differentiated(Name(""))
        body = content.whole()
        if isinstance(body, Product) and any(isinstance(each, Differentiated) for each in body.factors):
            raise NotUnderstood("a product of differentials in a fraction was not understood")
        return Differentiated(self._applied(body))

    def _sum(self) -> Node:
        lower: list[Token] = []
        upper: Node | None = None
        while self._peek() in ("_", "^"):
            if self._next() == "_":
                lower = self._script()
            else:
                upper = type(self)(self._script(), self._known)._inherit(self).whole()
        negative = False
        while self._peek() in ("+", "-"):
            negative ^= self._next() == "-"
        body = self._term()
        body = Negative(body) if negative else body
        indices, other, start = _bounds(lower)
        if not indices:
            raise NotUnderstood("a sum without an index was not understood")
        first = type(self)(start, self._known)._inherit(self).whole() if start else None
        for index in reversed(indices):
            body = Sum(index, first, upper, other, body)
        return body

    def _limit(self) -> Node:
        self._expect("_")
        below = [token for token in self._script() if token not in ("\\|", "|")]
        if len(below) != 3 or below[1:] != ["\\to", "0"]:
            raise NotUnderstood("a limit other than that of one letter at zero was not understood")
        return Limit(below[0], self._term())

    def _extreme(self) -> Node:
        index = None
        if self._take("_"):
            index = Name(text_of(self._script()))
        body = self._factor()
        return Function("max", (body, index) if index else (body,))

    def _norm(self, token: str) -> Node:
        double = token == "\\|" or self._take("|")
        outer, self._inside_norm = self._inside_norm, True
        body = self._expression()
        self._inside_norm = outer
        self._expect(token)
        if double and token == "|":
            self._expect("|")
        if self._take("_"):
            label = text_of(self._script())
            if label not in ("F", "2", "\\text{F}", "\\text{Fro}"):
                raise NotUnderstood(f"the norm with index {label!r} was not understood")
        return Norm(body)

    def _inner(self) -> Node:
        outer, self._inside_norm = self._inside_norm, False
        left = self._expression((",", "|"))
        if not self._take(","):
            self._expect("|")
        right = self._expression()
        self._expect("\\rangle")
        self._inside_norm = outer
        if self._take("_"):
            label = text_of(self._script())
            if label not in ("F", "\\text{F}", "\\text{Fro}"):
                raise NotUnderstood(f"the inner product with index {label!r} was not understood")
        return Inner(left, right)

    def _function(self, name: str) -> Node:
        if self._peek() in ("_", "^"):
            raise NotUnderstood(self._quote())
        if self._peek() in OPENING:
            body = self._bracket(self._next())
            return Function(name, (body.body if isinstance(body, Group) else body,))
        return Function(name, (self._term() if name in ("tr", "vec") else self._factor(),))

    def _differential(self) -> Node:
        self._next()
        self._expect("_")
        point = type(self)(self._script(), self._known)._inherit(self).whole()
        body = self._expression()
        self._expect("]")
        step = self._bracket(self._next()) if self._peek() in ("(", "[") else None
        if step is None:
            raise NotUnderstood("a differential without its step in brackets was not understood")
        return Differential(point, self._applied(body), self._applied(step))

    def _bare_differential(self) -> Node:
        self._next()
        self._expect("_")
        point = type(self)(self._script(), self._known)._inherit(self).whole()
        body = self._atom()
        if self._peek() not in ("(", "["):
            raise NotUnderstood("a differential without its step in brackets was not understood")
        return Differential(point, body, self._applied(self._bracket(self._next())))

    def _environment(self) -> Node:
        name = "".join(token.text if isinstance(token, Word) else token for token in self._script_group())
        if name == "array":
            self._script_group()
        rows = self._rows()
        if name == "cases":
            return self._cases(rows)
        if name in ("pmatrix", "bmatrix", "matrix", "array", "smallmatrix", "Bmatrix"):
            width = max((len(row) for row in rows), default=0)
            if not rows or any(len(row) != width for row in rows) or len(rows) * width > 200:
                raise NotUnderstood("a matrix whose rows differ in length was not understood")
            return Matrix(tuple(self._cell(cell, row) for row in rows for cell in row), width)
        raise NotUnderstood(f"the environment {name!r} was not understood")

    def _cell(self, tokens: list[Token], row: list[list[Token]]) -> Node:
        if not tokens:
            # Nothing beside dots goes on like them; elsewhere it is a zero.
            return Dots() if ["\\dots"] in row else Number(Fraction(0))
        return type(self)(tokens, self._known)._inherit(self).whole()

    def _script_group(self) -> list[Token]:
        self._expect("{")
        return self._braced(opened=True)[1:-1]

    def _rows(self) -> list[list[list[Token]]]:
        rows: list[list[list[Token]]] = [[[]]]
        depth = 0
        while True:
            token = self._next()
            if token == "\\end" and not depth:
                self._script_group()
                break
            depth += {"\\begin": 1, "\\end": -1}.get(token, 0) if isinstance(token, str) else 0
            if token == "&" and not depth:
                rows[-1].append([])
            elif token == "\\\\" and not depth:
                rows.append([[]])
            elif token != "\\quad":
                rows[-1][-1].append(token)
        return [row for row in rows if any(row)]

    def _cases(self, rows: list[list[list[Token]]]) -> Node:
        values, conditions = [], []
        for row in rows:
            value = row[0][:-1] if row[0] and row[0][-1] in (",", ";", ".") else row[0]
            values.append(type(self)(value, self._known).whole())
            conditions.append(_condition(row[1] if len(row) > 1 else []))
        return Cases(tuple(values), tuple(conditions))


def _condition(tokens: list[Token]) -> tuple[tuple[str, str, bool], ...] | None:
    """When a case holds; ``None`` where only words stand, such as "otherwise"."""
    text = "".join(token for token in tokens if isinstance(token, str))
    words = {token.text.strip() for token in tokens if isinstance(token, Word)}
    pairs = re.findall(_PAIR, text)
    if re.sub(rf"{_PAIR}|\\\\(?:land|wedge|quad)|[,;.]", "", text) or words & {"or", "или"}:
        raise NotUnderstood("the condition of a case was not understood")
    return tuple((one, other, sign == "=") for one, sign, other in pairs) or None


def _bounds(lower: list[Token]) -> tuple[list[str], str | None, list[Token]]:
    """The indices of a sum, the value that is left out, and the tokens of the first value, from what stands below it."""
    letters = [token for token in lower if isinstance(token, str)]
    if "\\ne" in letters or letters[1:3] == ["!", "="] or "\\not" in letters:
        names = [token for token in letters if token.isalpha()]
        return ([names[0]], names[1], []) if len(names) == 2 else ([], None, [])
    if "=" in lower:
        place = lower.index("=")
        return [token for token in lower[:place] if isinstance(token, str) and token.isalpha()], None, lower[place + 1 :]
    return [token for token in letters if token.isalpha()], None, []
