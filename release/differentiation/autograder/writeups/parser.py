"""From tokens to expressions: a recursive descent through the notation that people write by hand."""

from fractions import Fraction

from autograder.writeups.syntax import (
    Add,
    Cases,
    Derivative,
    Differential,
    Differentiated,
    Dots,
    Function,
    Group,
    HigherOrder,
    Indexed,
    Inner,
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
    Slice,
    Sum,
    Transposed,
    walk,
)
from autograder.writeups.tokens import NotUnderstood, Token, Word, text_of

DEEPEST = 40
LONGEST_NUMBER = 20
MOST_SCRIPTS = 12
OPENING = {"(": ")", "[": "]", "\\{": "\\}", "{": "}"}
SIGNS = {"\\cdot": "*", "*": "*", "\\times": "*", "\\odot": "odot", "\\otimes": "otimes", "\\bullet": "*"}
FUNCTIONS = {"tr": "tr", "Tr": "tr", "trace": "tr", "vec": "vec", "Vec": "vec", "diag": "diag", "Diag": "diag", "exp": "exp", "log": "log",
             "ln": "log", "sqrt": "sqrt", "mean": "mean", "softmax": "softmax", "max": "max", "sum": "total"}  # fmt: skip
GREEK = set(
    """\\alpha \\beta \\gamma \\varepsilon \\zeta \\eta \\theta \\lambda \\mu \\nu \\xi \\rho \\sigma \\tau \\phi \\varphi \\chi \\psi \\omega
    \\Gamma \\Theta \\Lambda \\Xi \\Sigma \\Phi \\Psi \\Omega \\ell \\kappa \\Pi \\pi""".split()
)
ACCENTS = {"\\hat", "\\tilde", "\\bar", "\\check", "\\breve", "\\dot"}


class Parser:
    """Reads one expression.

    Parameters
    ----------
    tokens
        From :func:`autograder.writeups.tokens.tokenize`, without relation signs.
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
        terms = _reaching_sums(terms)
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
                rest = factors[place + 1] if place + 2 == len(factors) else Product(tuple(factors[place + 1 :]), tuple(signs[place + 1 :]))
                last = Derivative(rest.body if isinstance(rest, Group) else rest, factor.bottom)
                factors, signs = [*factors[:place], last], signs[:place]
                break
        return factors[0] if len(factors) == 1 else Product(tuple(factors), tuple(signs))

    def _begins_factor(self, token: Token) -> bool:
        if isinstance(token, Word):
            return True
        if token in ("+", "-", "\\|", "|", "\\rangle", ")", "]", "}", "\\}", ",", ";", ":", "&", "\\\\", "_", "^", "'", ".", "\\end", "\\quad", "="):
            return token in ("\\|", "|") and not self._inside_norm
        return True

    _inside_norm = False

    def _factor(self) -> Node:
        factor = self._scripts(self._atom())
        if isinstance(factor, Name):
            self._skip_point(at_least=2)
        return factor

    def _scripts(self, atom: Node) -> Node:
        for _ in range(MOST_SCRIPTS):
            if self._peek() == "^":
                self._next()
                atom = self._raised(atom)
            elif self._peek() == "'":
                self._next()
                start = self._place
                if isinstance(atom, Name) and atom.text.islower():
                    self._skip_point(at_least=1)
                # f'(x) is a derivative, A' a transposed matrix.
                atom = Derivative(atom, Name("")) if self._place > start else Transposed(atom)
            elif self._peek() == "_" and not isinstance(atom, (Derivative, Operator)):
                self._next()
                atom = self._lowered(atom)
            elif self._peek() == "[" and isinstance(atom, Name) and self._index_follows():
                self._next()
                atom = Indexed(atom, self._indices("]"))
            else:
                return atom
        raise NotUnderstood("so many scripts at one symbol were not understood")

    def _skip_point(self, at_least: int) -> None:
        """Pass over ``(x)`` or ``(A, S)`` behind a function: it is taken where its variables are."""
        if self._peek() != "(":
            return
        ahead, names = 1, 0
        while True:
            token = self._peek(ahead)
            if not (isinstance(token, str) and len(token) == 1 and token.isalpha()):
                return
            names += 1
            ahead += 3 if self._peek(ahead + 1) == "_" and self._peek(ahead + 2) == "0" else 1
            if self._peek(ahead) == ")":
                break
            if self._peek(ahead) != ",":
                return
            ahead += 1
        if names >= at_least:
            self._place += ahead + 1

    def _index_follows(self) -> bool:
        """Whether ``[`` begins an index as in code: ``gradOutput[i, :]``."""
        inside = []
        for ahead in range(1, 8):
            token = self._peek(ahead)
            if token == "]":
                return bool(inside) and all(each in (",", ":") or (isinstance(each, str) and len(each) == 1 and each.isalnum()) for each in inside)
            inside.append(token)
        return False

    def _raised(self, atom: Node) -> Node:
        content = self._script()
        words = [token.text if isinstance(token, Word) else token for token in content]
        if words in (["T"], ["\\top"], ["t"]) or (words and all(word in ("\\prime", "'") for word in words)):
            return Transposed(atom)
        if not content:
            return atom
        if words in (["-", "T"], ["-", "\\top"]):
            raise NotUnderstood("an inverse was not understood")
        exponent = Parser(content, self._known)._inherit(self).whole()
        if isinstance(atom, Name) and atom.text == "e" and "e" not in self._known:
            return Function("exp", (exponent,))
        return Power(atom, exponent)

    def _inherit(self, outer: "Parser") -> "Parser":
        self._depth = outer._depth + 1
        return self

    def _script(self) -> list[Token]:
        """The tokens of a sub- or superscript, without braces."""
        token = self._next()
        if token != "{":
            if token == "\\frac":
                return [token, *self._braced(), *self._braced()]
            return [token]
        return self._braced(opened=True)[1:-1]

    def _braced(self, opened: bool = False) -> list[Token]:
        content: list[Token] = ["{"]
        if not opened and not self._take("{"):
            token = self._next()
            if isinstance(token, str) and token.isdigit() and len(token) > 1:
                # \\frac12 is one half.
                self._place -= 1
                self._tokens = [*self._tokens[: self._place], token[1:], *self._tokens[self._place + 1 :]]
                token = token[0]
            return ["{", token, "}"]
        depth = 1
        while depth:
            token = self._next()
            depth += {"{": 1, "}": -1}.get(token, 0) if isinstance(token, str) else 0
            content.append(token)
        return content

    def _lowered(self, atom: Node) -> Node:
        content = self._script()
        label = "".join(token.text if isinstance(token, Word) else token.lstrip("\\") for token in content).replace("_", "")
        if isinstance(atom, Name):
            if f"{atom.text}_{label}" in self._known:
                return Name(f"{atom.text}_{label}")
            if label == "0" or (label in ("F", "Fro") and atom.text not in self._known):
                return atom
            if atom.text == "\\delta":
                return Function("delta", self._index_list(content))
            if any(isinstance(token, Word) and len(token.text) > 1 for token in content) or (len(label) > 3 and label.isalpha()):
                return Name(f"{atom.text}_{label}")
        if isinstance(atom, Norm) or (isinstance(atom, Power) and isinstance(atom.body, Norm)):
            return atom
        return Indexed(atom, self._index_list(content))

    def _index_list(self, content: list[Token]) -> tuple[Node, ...]:
        return Parser([*content, "]"], self._known)._inherit(self)._indices("]")

    def _indices(self, end: str) -> tuple[Node, ...]:
        found: list[Node] = []
        while not self._take(end):
            token = self._next()
            if token == ",":
                continue
            if token in (":", "*", "\\cdot", "\\bullet"):
                found.append(Slice())
            elif isinstance(token, str) and token.isdigit():
                # Two digits without a comma are two indices: no size here has two digits.
                found += [Number(Fraction(int(digit))) for digit in token] if len(token) == 2 else [Number(Fraction(int(token)))]
            elif isinstance(token, str) and len(token) == 1 and token.isalpha():
                name = Name(token)
                if self._peek() == "_":
                    self._next()
                    name = Name(f"{token}_{text_of(self._script())}")
                found.append(name)
            else:
                self._place -= 1
                raise NotUnderstood(self._quote())
        if not found:
            raise NotUnderstood("an index is missing")
        return tuple(found)

    def _atom(self) -> Node:
        token = self._next()
        if isinstance(token, Word):
            return self._word(token.text.strip())
        if token[0].isdigit():
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
        if token == "\\max" or token == "\\min":
            return self._extreme()
        if token in ("\\|", "|"):
            return self._norm(token)
        if token == "\\langle":
            return self._inner()
        if token == "\\begin":
            return self._environment()
        if token in ("\\partial", "d") and token not in self._known:
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
        top, bottom = self._fraction_part(), self._fraction_part()
        if isinstance(bottom, Differentiated):
            if isinstance(top, Differentiated):
                return Operator(bottom.body) if top.body == Name("") else Derivative(top.body, bottom.body)
            raise NotUnderstood("a fraction with a differential below and none above was not understood")
        return Quotient(top, bottom)

    def _fraction_part(self) -> Node:
        content = Parser(self._braced()[1:-1], self._known)._inherit(self)
        first = content._peek()
        is_d = (first in ("\\partial", "d") and first not in self._known) or (isinstance(first, Word) and first.text == "d")
        if not is_d:
            return content.whole()
        content._next()
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
                upper = Parser(self._script(), self._known)._inherit(self).whole()
        negative = False
        while self._peek() in ("+", "-"):
            negative ^= self._next() == "-"
        body = self._term()
        body = Negative(body) if negative else body
        indices, other, start = _bounds(lower)
        if not indices:
            raise NotUnderstood("a sum without an index was not understood")
        first = Parser(start, self._known)._inherit(self).whole() if start else None
        for index in reversed(indices):
            body = Sum(index, first, upper, other, body)
        return body

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
        point = Parser(self._script(), self._known)._inherit(self).whole()
        body = self._expression()
        self._expect("]")
        step = self._bracket(self._next()) if self._peek() in ("(", "[") else None
        if step is None:
            raise NotUnderstood("a differential without its step in brackets was not understood")
        return Differential(point, self._applied(body), self._applied(step))

    def _bare_differential(self) -> Node:
        self._next()
        self._expect("_")
        point = Parser(self._script(), self._known)._inherit(self).whole()
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
            return _cases(rows, self._known)
        if name in ("pmatrix", "bmatrix", "matrix", "array", "smallmatrix", "Bmatrix"):
            width = max(len(row) for row in rows)
            if any(len(row) != width for row in rows) or len(rows) * width > 200:
                raise NotUnderstood("a matrix whose rows differ in length was not understood")
            return Matrix(tuple(Parser(cell, self._known)._inherit(self).whole() for row in rows for cell in row), width)
        raise NotUnderstood(f"the environment {name!r} was not understood")

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


def _cases(rows: list[list[list[Token]]], known: frozenset[str]) -> Node:
    values, conditions = [], []
    for row in rows:
        letters = [token for token in (row[1] if len(row) > 1 else []) if isinstance(token, str)]
        names = [token for token in letters if len(token) == 1 and token.isalpha()]
        value = row[0][:-1] if row[0] and row[0][-1] in (",", ";", ".") else row[0]
        values.append(Parser(value, known).whole())
        if len(names) == 2 and any(token in letters for token in ("=", "\\ne", "!")):
            conditions.append((names[0], names[1], "\\ne" not in letters and "!" not in letters and "\\not" not in letters))
        elif not names:
            conditions.append(None)
        else:
            raise NotUnderstood("the condition of a case was not understood")
    return Cases(tuple(values), tuple(conditions))


def _reaching_sums(terms: list[Node]) -> list[Node]:
    """A sum reaches over the later terms that hold its index: ``\\sum_i a_i + b_i`` without brackets means both."""
    found: list[Node] = []
    for term in terms:
        last = found[-1] if found else None
        inner = last.body if isinstance(last, Negative) else last
        if isinstance(inner, Sum) and any(isinstance(each, Indexed) and Name(inner.index) in each.indices for each in walk(term)):
            if not any(isinstance(each, Sum) and each.index == inner.index for each in walk(term)):
                term = Negative(term) if isinstance(last, Negative) else term
                grown = Sum(inner.index, inner.lower, inner.upper, inner.other, Add((inner.body, term)))
                found[-1] = Negative(grown) if isinstance(last, Negative) else grown
                continue
        found.append(term)
    return found
