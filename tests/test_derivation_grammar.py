"""How the grammar of derivations is put together: rules by token, one bound on depth, and nothing that a student writes breaks it."""

from fractions import Fraction

import pytest

from matrix_checks.derivations.expressions.kinds import Add, Dots, Limit, Name, Node, Number, Product, Quotient
from matrix_checks.derivations.reading.grammar import RULES, Parser
from matrix_checks.derivations.reading.precedence import argument, whole
from matrix_checks.derivations.reading.stream import DEEPEST, Rules, TokenStream
from matrix_checks.derivations.reading.tex import NotUnderstood, tokenize


def read(source: str, *known: str) -> Node:
    return Parser(tokenize(source), frozenset(known)).whole()


NESTED = {
    "brackets": ("(", ")"),
    "braces": ("{", "}"),
    "fractions": (r"\frac{1}{", "}"),
    "exponents": ("x^{", "}"),
    "bounds of sums": (r"\sum_{i=1}^{", "} x_i"),
    "norms": (r"\|(", r")\|"),
    "differentials": ("[D_x ", "](h)"),
    "matrices": (r"\begin{pmatrix}", r"\end{pmatrix}"),
    "cases": (r"\begin{cases}", r"\end{cases}"),
}


@pytest.mark.parametrize(
    "source",
    [
        r"{}[D_x f] (h)",
        r"\begin{aligned}{}[D_x f] (h) &= a \end{aligned}",
        "\\begin{gathered}\n{}[D_x f] (h)\n\\end{gathered}",
        r"a \\ {}[D_x f] (h)",
        r"a &{}[D_x f] (h)",
    ],
)
def test_empty_braces_that_keep_a_bracket_from_mathjax_are_not_read(source: str) -> None:
    assert tokenize(source) == tokenize(source.replace("{}[", "["))


@pytest.mark.parametrize("source", [r"\frac{a}{}[b]", r"x^{}[b]"])
def test_empty_braces_that_are_an_argument_stay(source: str) -> None:
    assert tokenize(source) != tokenize(source.replace("{}[", "["))


@pytest.mark.parametrize(("opening", "closing"), NESTED.values(), ids=NESTED)
def test_an_expression_is_nested_up_to_a_bound(opening, closing):
    def nested(times: int) -> str:
        return opening * times + "x" + closing * times

    assert isinstance(read(nested(5)), Node)
    with pytest.raises(NotUnderstood, match="too deeply nested"):
        read(nested(DEEPEST + 1))


def test_a_stream_of_tokens_inside_others_is_as_deep_as_they_are():
    stream = TokenStream(["x"], frozenset(), RULES, DEEPEST - 1)
    assert whole(stream) == Name("x")
    with pytest.raises(NotUnderstood, match="too deeply nested"):
        whole(stream.sub(["x"]))


def test_a_new_notation_is_one_registered_function():
    rules = Rules()

    @rules.reads(r"\half")
    def half(stream: TokenStream, command: str) -> Node:
        return Quotient(argument(stream), Number(Fraction(2)))

    assert whole(TokenStream(tokenize(r"\half{x}"), frozenset(), Rules(RULES, rules))) == Quotient(Name("x"), Number(Fraction(2)))
    with pytest.raises(NotUnderstood):
        read(r"\half{x}")


def test_a_rule_that_declines_leaves_all_tokens_to_the_next_one():
    rules = Rules()

    @rules.reads("a")
    def three_letters(stream: TokenStream, letter: str) -> Node | None:
        return Name("abc") if stream.take("b") and stream.take("c") else None

    @rules.reads("a")
    def two_letters(stream: TokenStream, letter: str) -> Node | None:
        return Name("ab") if stream.take("b") else None

    def parts(source: str) -> Node:
        return whole(TokenStream(tokenize(source), frozenset(), rules))

    assert parts("abc") == Name("abc")
    assert parts("abd") == Product((Name("ab"), Name("d")), ("",))
    assert parts("ac") == Product((Name("a"), Name("c")), ("",))


def test_a_fraction_that_begins_like_a_second_derivative_is_read_from_its_beginning():
    square = read("d^2", "d")
    assert read(r"\frac{d^2}12", "d") == Product((Quotient(square, Number(Fraction(1))), Number(Fraction(2))), ("",))


@pytest.mark.parametrize("source", ["1" * 5000, "x_{" + "1" * 5000 + "}", "x[" + "1" * 5000 + "]"])
def test_a_number_with_thousands_of_digits_is_not_understood(source):
    with pytest.raises(NotUnderstood):
        read(source)


def test_dots_between_terms_that_use_every_letter_say_nothing():
    term = "ijklmnpqrst"
    found = read(rf"{term} x_1 + \dots + {term} x_N")
    assert isinstance(found, Add) and found.terms[1] == Dots()


def test_a_limit_may_name_its_letter_as_text():
    assert read(r"\lim_{\text{h} \to 0} x") == read(r"\lim_{h \to 0} x") == Limit("h", Name("x"))
