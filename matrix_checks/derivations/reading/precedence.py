"""Sums, products, symbols: what binds more tightly is read first; a new sign is added to ``SIGNS``, a letter to ``SYMBOLS``."""

import re
from collections.abc import Container
from fractions import Fraction

from matrix_checks.derivations.expressions.constants import ONE
from matrix_checks.derivations.expressions.kinds import (
    Add,
    Derivative,
    DerivativeAtZero,
    Differentiated,
    Function,
    Group,
    Inner,
    Name,
    Negative,
    Node,
    Number,
    Operator,
    OperatorAtZero,
    Product,
    Quotient,
)
from matrix_checks.derivations.reading.contractions import CONTRACTION
from matrix_checks.derivations.reading.dots import with_dots_summed
from matrix_checks.derivations.reading.growing_sums import with_sums_grown
from matrix_checks.derivations.reading.spelling import SIGNS
from matrix_checks.derivations.reading.stream import TokenStream
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, Word

# A sum and a difference at once.
DOUBLE_SIGNS = ("\\pm", "\\mp")
LONGEST_NUMBER = 20
MOST_SCRIPTS = 12
# Letters that stand for numbers rather than for functions: s(x, h) is a number times an inner product.
NUMBERS = frozenset("c h k r s t \\alpha \\beta \\delta \\varepsilon \\eta \\lambda \\tau".split())
# What begins no factor of a product.
ENDERS = frozenset("\\contraction + - \\pm \\mp \\rangle ) ] } \\} , ; : & \\\\ _ ^ ' . \\end \\quad =".split())
SYMBOLS = frozenset(
    """\\alpha \\beta \\gamma \\delta \\varepsilon \\zeta \\eta \\theta \\lambda \\mu \\nu \\xi \\rho \\sigma \\varsigma \\tau \\phi \\varphi \\chi
    \\psi \\omega \\Gamma \\Theta \\Lambda \\Xi \\Sigma \\Phi \\Psi \\Omega \\ell \\kappa \\Pi \\pi \\ones""".split()
)


def whole(stream: TokenStream) -> Node:
    """The expression that all tokens make up; ``NotUnderstood`` where they make up none."""
    found = expression(stream)
    if stream.peek() is not None:
        raise stream.not_understood()
    return found


def expression(stream: TokenStream, enders: Container[str] = ()) -> Node:
    """A sum of terms, as far as it reaches; the tokens in ``enders`` begin no factor here."""
    with stream.deeper():
        terms: list[Node] = []
        while not terms or stream.peek() in ("+", "-", *DOUBLE_SIGNS) or _is_signed_group(stream):
            if terms and stream.take("{"):
                terms += _terms_in_braces(stream)
                continue
            negative, double = stream.take_minus(), stream.take_any(DOUBLE_SIGNS)
            found = term(stream, enders)
            found = Function(double, (found,)) if double else found
            terms.append(Negative(found) if negative else found)
    terms = with_sums_grown(with_dots_summed(terms))
    return terms[0] if len(terms) == 1 else Add(tuple(terms))


def _is_signed_group(stream: TokenStream) -> bool:
    """Whether ``{-b}`` follows: braces are not seen, so that ``a{-b}`` is a difference."""
    return stream.peek() == "{" and stream.peek(1) in ("+", "-")


def _terms_in_braces(stream: TokenStream) -> list[Node]:
    inner = enclosed(stream, "}")
    return list(inner.terms) if isinstance(inner, Add) else [inner]


def term(stream: TokenStream, enders: Container[str] = ()) -> Node:
    """A product of factors, as far as it reaches."""
    factors, signs = [factor(stream)], list[str]()
    while (token := stream.peek()) is not None and token not in enders:
        if stream.peek() == "." and stream.peek(1) == "*":
            # Entry by entry, as in some programs.
            stream.place += 2
            factors.append(factor(stream))
            signs.append("odot")
        elif _is_at_zero(stream) or _is_signed_group(stream):
            break
        elif stream.take("/"):
            bottom = factor(stream)
            if isinstance(bottom, Differentiated) and isinstance(factors[-1], Differentiated):
                factors[-1] = Derivative(factors[-1].body, bottom.body)
            else:
                factors, signs = [Quotient(_product(factors, signs), bottom)], []
        elif sign := stream.take_any(SIGNS):
            negative = stream.take_minus()
            found = factor(stream)
            factors.append(Negative(found) if negative else found)
            signs.append(SIGNS[sign])
        elif _begins_factor(token, stream.inside_norm):
            factors.append(factor(stream))
            signs.append("")
        else:
            break
    found = _at_zero(stream, _applied(factors, signs))
    # The colon between two arrays binds less than a product.
    return Inner(ungrouped(found), ungrouped(term(stream, enders))) if stream.take(CONTRACTION) else found


def _applied(factors: list[Node], signs: list[str]) -> Node:
    """The product, in which an operator is applied to all that stands behind it, or to brackets with a sign of multiplication behind them."""
    for place, operator in enumerate(factors[:-1]):
        if isinstance(operator, (Operator, OperatorAtZero)):
            is_bracket = isinstance(factors[place + 1], Group) and signs[place + 1 : place + 2] not in ([], [""])
            end = place + 2 if is_bracket else len(factors)
            rest = ungrouped(_product(factors[place + 1 : end], signs[place + 1 : end - 1]))
            applied = Derivative(rest, operator.bottom) if isinstance(operator, Operator) else DerivativeAtZero(operator.name, rest)
            return _applied([*factors[:place], applied, *factors[end:]], [*signs[:place], *signs[end - 1 :]])
    return _product(factors, signs)


def _is_at_zero(stream: TokenStream) -> bool:
    """Whether ``|_{t=0}`` follows."""
    ahead = [stream.peek(place) for place in range(7)]
    return ahead[:3] == ["|", "_", "{"] and ahead[4:] == ["=", "0", "}"] and isinstance(ahead[3], str)


def place_at_zero(stream: TokenStream) -> str:
    """Pass over ``|_{t=0}``, and say which letter is zero there; empty where it does not follow."""
    if not _is_at_zero(stream):
        return ""
    name = str(stream.peek(3))
    stream.place += 7
    return name


def _at_zero(stream: TokenStream, found: Node) -> Node:
    """A derivative by a letter, where a bar behind it says that the letter is zero."""
    last = found.factors[-1] if isinstance(found, Product) else found
    start = stream.place
    name = place_at_zero(stream)
    if not name:
        return found
    if not isinstance(last, Derivative) or last.bottom != Name(name):
        stream.place = start
        raise stream.not_understood()
    derived = DerivativeAtZero(name, last.top)
    return Product((*found.factors[:-1], derived), found.signs) if isinstance(found, Product) else derived


def _product(factors: list[Node], signs: list[str]) -> Node:
    for place, sign in enumerate(signs):
        if sign == "otimes":
            # A Kronecker product with a number says nothing: it is the column of ones.
            factors[place : place + 2] = [Name("\\ones") if each == ONE else each for each in factors[place : place + 2]]
    return factors[0] if len(factors) == 1 else Product(tuple(factors), tuple(signs))


def begins_factor(stream: TokenStream) -> bool:
    """Whether another factor follows, with no sign between."""
    token = stream.peek()
    return token is not None and token not in SIGNS and token != "/" and _begins_factor(token, stream.inside_norm)


def _begins_factor(token: Token, inside_norm: bool) -> bool:
    if token in ("\\|", "|"):
        return not inside_norm
    return isinstance(token, Word) or token not in ENDERS


def factor(stream: TokenStream) -> Node:
    """A factor with its scripts: ``x_i^2``."""
    found = _with_scripts(stream, atom(stream))
    if isinstance(found, Name) and (found.text in stream.known or found.text not in NUMBERS):
        skip_point(stream, at_least=2)
    return found


def _with_scripts(stream: TokenStream, body: Node) -> Node:
    for _ in range(MOST_SCRIPTS):
        changed = _scripted(stream, body)
        if changed is None:
            return body
        body = changed
    raise NotUnderstood("so many scripts at one symbol were not understood")


def _scripted(stream: TokenStream, body: Node) -> Node | None:
    token, start = stream.peek(), stream.place
    for rule in stream.rules.scripts.get(token, ()) if isinstance(token, str) else ():
        stream.place = start + 1
        found = rule(stream, body)
        if found is not None:
            return found
    stream.place = start
    return None


def atom(stream: TokenStream) -> Node:
    """What binds most tightly: a symbol, a number, brackets, a fraction, a sum, everything that a rule reads."""
    token = stream.next()
    start = stream.place
    if isinstance(token, Word):
        text = token.text.strip()
        # A word that stands for something is a name, even that of a function.
        rules = [] if text in stream.known else stream.rules.words.get(text, [])
    else:
        text = token
        rules = stream.rules.commands.get(token, [])
    for rule in rules:
        found = rule(stream, text)
        if found is not None:
            return found
        stream.place = start
    symbol = _symbol(token)
    called = isinstance(token, Word) and len(text) > 1 and text not in stream.known and stream.peek() == "("
    if symbol is None or called:
        raise stream.not_understood(back=1)
    return symbol


# A letter with primes, or with a label above it, that the text gives to something new.
MARKED = re.compile(r"\\?[A-Za-z]+(?:'+|\^[^{}()\[\]]+)")


def _symbol(token: Token) -> Node | None:
    """A number or a name; ``None`` for what is neither."""
    if isinstance(token, Word):
        text = token.text.strip()
        return Name(text) if text.replace("_", "").isalnum() or MARKED.fullmatch(text) else None
    if token[0].isdecimal():
        return number(token)
    return Name(token) if token in SYMBOLS or (len(token) == 1 and token.isalpha()) else None


def number(digits: str) -> Number:
    """The number that digits stand for, with a point or a comma among them."""
    if len(digits) > LONGEST_NUMBER:
        raise NotUnderstood("a number with so many digits was not understood")
    return Number(Fraction(digits.replace("{,}", ".").replace(",", ".")))


def argument(stream: TokenStream) -> Node:
    """The argument of a command: what stands in braces, or the next atom."""
    return enclosed(stream, "}") if stream.take("{") else atom(stream)


def enclosed(stream: TokenStream, end: str) -> Node:
    """An expression and the bracket that closes it."""
    with stream.norm(inside=False):
        body = expression(stream)
        stream.expect(end)
    return body


def ungrouped(node: Node) -> Node:
    """What a function is applied to: the brackets around its argument say nothing more."""
    return node.body if isinstance(node, Group) else node


def skip_point(stream: TokenStream, at_least: int, is_composed: bool = False) -> bool:
    """Pass over ``(x)``, ``(A, S)``, or ``(F(S))`` of a composition, behind a function, and say whether it is there.

    The function is taken where its variables are.
    """
    end, names = _arguments_at(stream, 0, is_composed)
    if names < max(at_least, 1):
        return False
    stream.place += end
    return True


def _arguments_at(stream: TokenStream, ahead: int, is_composed: bool) -> tuple[int, int]:
    """Where letters in brackets, of which each may have such brackets behind it, end; and how many they are, none where anything else stands there."""
    if stream.peek(ahead) != "(":
        return ahead, 0
    ahead, names = ahead + 1, 0
    while True:
        token = stream.peek(ahead)
        if not (isinstance(token, str) and len(token) == 1 and token.isalpha()):
            return ahead, 0
        names += 1
        ahead += 3 if stream.peek(ahead + 1) == "_" and stream.peek(ahead + 2) == "0" else 1
        inside, of_its_own = _arguments_at(stream, ahead, is_composed) if is_composed else (ahead, 0)
        ahead = inside if of_its_own else ahead
        if stream.peek(ahead) == ")":
            return ahead + 1, names
        if stream.peek(ahead) != ",":
            return ahead, 0
        ahead += 1
