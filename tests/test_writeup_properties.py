"""Whatever is written: true identities are never called false, changed ones never true, and no text breaks the reader."""

import os
import re
from decimal import localcontext
from itertools import permutations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from matrix_checks.derivations.judging.chain_reader import MAXIMAL_RELATIONS
from matrix_checks.derivations.judging.reader import Reader
from matrix_checks.derivations.judging.relations import Relations
from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.derivations.prose.visible import visible
from matrix_checks.derivations.reading.formulas import pieces
from matrix_checks.derivations.values.declared_exercises import FILE, read_exercises
from matrix_checks.derivations.values.jets import CONTEXT
from tests.conftest import ROOT, examples
from tests.strangers import strangers
from tests.test_writeups import EXERCISES, derivations, described, verdicts

EXERCISE = EXERCISES["writeup_ex4_trace"]
SHAPES = {"X": (4, 3), "A": (4, 2), "S": (2, 3)}
VALUES = {name: np.random.default_rng(ord(name)).uniform(0.5, 2, size=shape) for name, shape in SHAPES.items()}

# An expression is a name, or a tuple of what is done and to what.
RULES = ("twice transposed", "transposed product", "transposed sum", "commuted", "distributed", "doubled", "negated twice")


SQUARE = {name: np.random.default_rng(number).normal(size=(3, 3)) for number, name in enumerate(SHAPES)}


@st.composite
def expressions(draw, depth=3):
    """Expressions of the three matrices with fitting shapes."""
    kind = draw(st.sampled_from(["name", "T", "mul", "add", "sub", "scale"])) if depth else "name"
    if kind == "name":
        return draw(st.sampled_from(list(SHAPES)))
    first = draw(expressions(depth - 1))
    if kind == "T":
        return ("T", first)
    if kind == "scale":
        return ("scale", draw(st.integers(2, 5)), first)
    second = draw(expressions(depth - 1))
    shape, other = value(first).shape, value(second).shape
    if kind == "mul":
        return ("mul", first, second) if shape[1] == other[0] else ("mul", first, ("T", first))
    return (kind, first, second) if shape == other else (kind, first, ("scale", 3, first))


def value(expression, values=None) -> np.ndarray:
    if isinstance(expression, str):
        return (values or VALUES)[expression]
    what, *parts = expression
    if what == "scale":
        return parts[0] * value(parts[1], values)
    if what == "T":
        return value(parts[0], values).T
    one, other = (value(part, values) for part in parts)
    return {"mul": np.matmul, "add": np.add, "sub": np.subtract}[what](one, other)


def tex(expression) -> str:
    if isinstance(expression, str):
        return expression
    what, *parts = expression
    if what == "scale":
        return f"{parts[0]}\\left({tex(parts[1])}\\right)"
    if what == "T":
        return f"({tex(parts[0])})^\\top"
    sign = {"mul": " ", "add": " + ", "sub": " - "}[what]
    return f"({tex(parts[0])}){sign}({tex(parts[1])})"


def rewritten(expression, rule: str):
    """An equal expression, by a rule of matrix algebra where it applies."""
    if isinstance(expression, str):
        return ("T", ("T", expression)) if rule == "twice transposed" else expression
    what, *parts = expression
    inner = [part if isinstance(part, int) else rewritten(part, rule) for part in parts]
    if rule == "transposed product" and what == "mul":
        return ("T", ("mul", ("T", inner[1]), ("T", inner[0])))
    if rule == "transposed sum" and what in ("add", "sub"):
        return ("T", (what, ("T", inner[0]), ("T", inner[1])))
    if rule == "commuted" and what == "add":
        return ("add", inner[1], inner[0])
    if rule == "distributed" and what == "mul" and isinstance(inner[1], tuple) and inner[1][0] in ("add", "sub"):
        return (inner[1][0], ("mul", inner[0], inner[1][1]), ("mul", inner[0], inner[1][2]))
    if rule == "doubled" and what == "scale" and inner[0] == 2:
        return ("add", inner[1], inner[1])
    if rule == "negated twice" and what == "sub":
        return ("sub", ("scale", 2, inner[0]), ("add", inner[0], inner[1]))
    return (what, *inner)


def changed(expression, place: int, how: str):
    """The expression with one thing changed in it, at the ``place``-th opportunity."""
    seen = -1

    def change(part):
        nonlocal seen
        if isinstance(part, (str, int)):
            return part
        seen += 1
        what, *inner = part
        if seen == place:
            if how == "sign":
                return ("scale", -1, part)
            if how == "factor":
                return ("scale", 2, part)
            if how == "dropped" and what in ("add", "sub"):
                return inner[0]
            if how == "swapped" and what == "mul" and value(inner[1]).shape[1] == value(inner[0]).shape[0]:
                return ("mul", inner[1], inner[0])
            if how == "transposed" and what != "T":
                return ("T", part)
        return (what, *map(change, inner))

    return change(expression)


def judged(left: str, right: str) -> str:
    report = read_writeup(f"$${left} = {right}$$", EXERCISE)
    return verdicts(report), described(report)


@settings(max_examples=examples(75), deadline=None)
@given(expressions(), st.lists(st.sampled_from(RULES), min_size=1, max_size=3))
def test_a_true_identity_is_never_called_false(expression, rules):
    other = expression
    for rule in rules:
        other = rewritten(other, rule)
    found, words = judged(tex(expression), tex(other))
    assert found == "H", words


@settings(max_examples=examples(75), deadline=None)
@given(
    expressions(),
    st.sampled_from(RULES),
    st.integers(0, 6),
    st.sampled_from(["sign", "factor", "dropped", "swapped", "transposed"]),
)
def test_a_changed_identity_is_never_said_to_hold(expression, rule, place, how):
    other = rewritten(expression, rule)
    try:
        different = changed(other, place, how)
        one, two = value(expression), value(different)
    except ValueError:
        different, one, two = changed(other, place, how), None, None
    if different == other or (one is not None and one.shape == two.shape and np.allclose(one, two)):
        return
    if one is None and np.allclose(value(expression, SQUARE), value(different, SQUARE)):
        # A rule for square matrices, which the exercise's are not.
        return
    found, words = judged(tex(expression), tex(different))
    assert found in ("F", "L"), words


@settings(max_examples=examples(30), deadline=None)
@given(expressions(2), st.sampled_from(RULES))
def test_a_true_trace_and_inner_product_are_never_called_false(expression, rule):
    left = f"\\operatorname{{tr}}(({tex(expression)})^T ({tex(rewritten(expression, rule))}))"
    found, words = judged(left, f"\\|{tex(expression)}\\|_F^2")
    assert found == "H", words
    found, words = judged(left, f"\\langle {tex(rewritten(expression, rule))}, {tex(expression)} \\rangle")
    assert found == "H", words


PIECES = [
    "x", "A", "S", "X", "^T", "^{\\top}", "'", "_", "_{ij}", "^", "{", "}", "(", ")", "[", "]", "\\frac", "\\sum", "\\sum_{i=1}^N", "\\partial",
    "d", "tr", "\\operatorname{tr}", "\\left", "\\right", "\\|", "||", "\\langle", "\\rangle", ",", "=", "&=", "\\\\", "\\begin{aligned}",
    "\\end{aligned}", "\\begin{cases}", "\\end{cases}", "\\begin{pmatrix}", "\\end{pmatrix}", "&", "\\vdots", "\\cdot", "*", "\\otimes", "\\odot",
    "-", "+", "2", "0", "1/2", "\\text{if }", "\\mathbf{1}", "I", "E", "\\nabla", "\\nabla_x", "[D_x f](h)", "h", "H", "\\delta_{ij}", "\\exp",
    "e^", "\\sqrt", "\\hat", "\\underbrace", "\\stackrel", "\\in \\mathbb{R}^N", "\\Rightarrow", ":=", "с", "∑", "$", "$$", "\\def\\a{\\a}", "%", "\n", "\n\n",
]  # fmt: skip


def read_strictly(text, name):
    """Without the last net of ``read_writeup``, which would hide a mistake of the reader."""
    with localcontext(CONTEXT):
        return Reader(EXERCISES[name]).read(text)


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(sorted(EXERCISES)))
def test_no_text_breaks_the_reader(parts, name):
    report = read_strictly("$$" + " ".join(parts) + "$$", name)
    allowed = ("holds", "first order", "other layout", "false", "not understood", "stated")
    assert all(step.verdict in allowed for step in report.steps)


@settings(max_examples=examples(50), deadline=None)
@given(st.text(max_size=300))
@example("x¹ = ²x³ + ① + ٣ + １ + ½ + Ⅷ")
def test_no_characters_break_the_reader(text):
    read_strictly(text, "writeup_softmax")
    read_strictly(f"${text}$", "writeup_softmax")


def test_a_mistake_of_the_reader_itself_costs_nobody_marks(monkeypatch):
    """What was read before stays, that equality alone is lost, and its reason says whose fault it is."""
    judge, judged = Relations.judge, []
    monkeypatch.setattr(
        Relations, "judge", lambda self, *rest: judged.append(1) or (judge(self, *rest) if len(judged) == 1 else 1 // 0)
    )
    report = read_writeup("$$ y = x^T x = x^\\top x $$", EXERCISES["writeup_ex1"])
    assert [step.verdict for step in report.steps] == ["holds", "not understood"]
    assert "its fault" in report.steps[-1].reason


HOSTILE = {
    "ten thousand brackets": "$$" + "(" * 10_000 + "x" + ")" * 10_000 + " = x$$",
    "ten thousand braces": "$$" + "{" * 9_000 + "x" + "}" * 9_000 + " = x$$",
    "a tower of powers": "$$y = " + "2^{" * 3_000 + "2" + "}" * 3_000 + "$$",
    "a power that is too high": "$$y = 2^{999999999}$$",
    "a number of five thousand digits": "$$y = " + "9" * 5_000 + "$$",
    "a definition of itself": r"$$\def\a{\a\a}\a = 1$$",
    "a megabyte": "$$y = " + "x^Tx + " * 150_000 + "0$$",
    "a megabyte of formulas": "$y = x^Tx$ " * 90_000,
    "thirteen sums": "$$y = " + "".join(rf"\sum_{{{letter}=1}}^N " for letter in "ijklmnpqrstuv") + "x_i x_j$$",
    "fractions in fractions": "$$y = " + r"\frac{1}{" * 2_000 + "2" + "}" * 2_000 + "$$",
    "braces under braces": "$$y = " + r"\underbrace{" * 2_000 + "x" + "}_{a}" * 2_000 + "$$",
    "a large Kronecker product": "$$y = " + r"x \otimes " * 12 + "x$$",
    "exponentials of exponentials": r"$$y = \exp(\exp(\exp(\exp(100))))$$",
    "a division by zero": r"$$y = \frac{1}{0}$$",
    "a root of minus one": r"$$y = \sqrt{-1}$$",
    "derivatives of derivatives": "$$y = " + r"\frac{d}{dx}(" * 12 + "x^Tx" + ")" * 12 + "$$",
    "names in a circle": "$a = b$ $b = c + a$ $c = a$ $a = 2b$ $q = q + 1$",
    "five thousand names": "".join(f"$a_{{{number}}} = x$ " for number in range(5_000)),
    "brackets that are never closed": r"\(" * 50_000 + r"\left(" * 8_000,
    "dollars": "$" * 100_001,
    "primes": "$$y = x" + "'" * 5_000 + "$$",
    "minus signs": "$$y = " + "-" * 15_000 + "1$$",
    "cases that never end": "$$" + r"\begin{cases}" * 500 + "$$",
    "characters without meaning": "$$\x00 = \x01$$",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_writeup_is_read_in_bounded_work_and_nothing_in_it_is_called_true(name):
    report = read_writeup(HOSTILE[name], EXERCISES["writeup_ex1"])
    assert len(report.steps) <= MAXIMAL_RELATIONS
    if name not in ("five thousand names", "names in a circle"):
        assert report.count("holds") == 0, described(report)[:2000]


def test_what_takes_too_long_is_not_understood_rather_than_false():
    source = (
        "$$y = "
        + "".join(rf"\sum_{{{letter}=1}}^N " for letter in "ijklmnpqrs")
        + " ".join(f"x_{letter}" for letter in "ijklmnpqrs")
        + "$$"
    )
    report = read_writeup(source, EXERCISES["writeup_ex1"])
    assert [(step.verdict, step.reason) for step in report.steps] == [("not understood", "it takes too long to evaluate")]


def test_what_is_kept_for_a_class_is_the_exercises_own():
    """One student's name for something else changes nothing for the next, in whatever order they are read."""

    def exercise():
        return read_exercises(ROOT / "source" / "layers" / FILE)["writeup_batch_norm"]

    plain = r"$$y_i = \frac{x_i - \mu}{\sqrt{\sigma + \varepsilon}}$$ and $$\frac{\partial y_i}{\partial \mu} = -\frac{1}{\sqrt{\sigma + \varepsilon}}$$"
    renaming = rf"Let $s = \sqrt{{\sigma + \varepsilon}}$ and $\mu = 3$ and $g = 2y$. {plain} With $N = 1$ also {plain}"
    texts = (plain, renaming, *(rf"Let $q = {factor}\mu$. Then $q + 1 = {factor}\mu + 1$." for factor in (2, 3)))
    alone = [[(step.verdict, step.reason) for step in read_writeup(text, exercise()).steps] for text in texts]
    for order in permutations(range(len(texts))):
        same = exercise()
        assert [[(step.verdict, step.reason) for step in read_writeup(texts[place], same).steps] for place in order] == [
            alone[place] for place in order
        ]
    assert alone[2] == alone[3] == [("holds", "")] * 2


TEXTS = [(parameters.values[0], parameters.values[3]) for parameters in derivations()]
TEXTS += [(stranger.exercise, stranger.text) for stranger in strangers()]
RELATIONS = {":=", "=:", "=", "==", "≡", "≈", "≔", "∝"} | {
    rf"\{name}" for name in "equiv approx propto coloneqq triangleq simeq cong doteq colonequals coloneq eqqcolon".split()
}
ARROWS = {"⇒", "→", "⟹", "⟶", "⇔", "⟺", "⇐", "←", "↦"} | {
    rf"\{name}"
    for name in """Rightarrow Longrightarrow implies iff Leftrightarrow Longleftrightarrow to rightarrow longrightarrow Leftarrow leftarrow
    impliedby gets mapsto longmapsto leadsto xrightarrow leftrightarrow Longleftarrow longleftarrow hookrightarrow""".split()
}
SIGN = re.compile(r"\\not\s*=|\\[a-zA-Z]+|\\.|!\s*=|<=+>|=+>|--+>|->|<--+|<=|>=|:\s*=|=:|=+|[^\x00-\x7f]|[{}()\[\]]", re.DOTALL)
STEPS = {"judged", "definition", "condition", "declaration", "not understood"}


def signs_of(formula: str) -> list[tuple[int, bool]]:
    """Where the signs of a formula stand, by a look at its characters alone, and whether each is outside of all brackets."""
    formula = re.sub(r"(?<!\\)%[^\n]*", lambda comment: " " * len(comment[0]), formula)
    found, depth, balanced = [], 0, True
    for match in SIGN.finditer(formula):
        sign = match[0]
        if sign in ("{", "(", "[", r"\{", r"\begin", r"\langle"):
            depth += 1
        elif sign in ("}", ")", "]", r"\}", r"\end", r"\rangle"):
            depth -= 1
            balanced &= depth >= 0
        elif (
            "".join(sign.split()) in RELATIONS
            or re.fullmatch("=+", sign)
            or sign in ARROWS
            or (sign.endswith(">") and sign not in (">=", r"\>"))
            or re.fullmatch("<--+", sign)
        ):
            found.append((match.start(), depth == 0))
    surely = (
        balanced
        and not depth
        and not any(word in formula for word in ("\\text", "\\mathrm", "\\operatorname", "_", "^", "\\left", "\\frac"))
    )
    return [(place, outside and surely) for place, outside in found]


def check_account(text: str, name: str) -> None:
    """Every sign is in the account once, and each step has a sign of its own."""
    report = read_strictly(text, name)
    text = visible(text).text
    kinds = dict(report.account)
    assert len(kinds) == len(report.account)
    written, in_prose = {}, set()
    found = pieces(text)
    for piece, behind in zip(found, [*found[1:], None]):
        if piece.kind != "prose":
            # What a formula goes on with outside of its dollars stands in the prose.
            goes_on = range(piece.inside + len(piece.written.original), behind.start if behind else len(text))
            in_prose |= kinds.keys() & set(goes_on)
            written |= {piece.inside + place: outside for place, outside in signs_of(piece.written.original)}
            if piece.written.shifts[0] < 0:
                # The left side and its sign stand in the prose before it.
                in_prose.add(piece.place(0))
        else:
            # An equation in plain words has its signs, too.
            in_prose |= kinds.keys() & set(range(piece.inside, piece.inside + len(piece.source)))
    assert kinds.keys() - in_prose == written.keys(), (text, described(report), kinds.keys() ^ written.keys())
    places = sorted(step.place for step in report.steps if step.place >= 0)
    assert places == sorted(place for place, kind in kinds.items() if kind in STEPS), (text, report.account, described(report))
    if not any("Only the first" in note for note in report.notes):
        assert "not read" not in kinds.values()
    for place, outside in written.items():
        assert not outside or kinds[place] not in ("inside", "remark"), (text, place, report.account)


# STRANGERS=1 reads all of them.
@pytest.mark.parametrize(("name", "text"), TEXTS[:: min(int(os.environ.get("STRANGERS", "2")), 2)])
def test_every_sign_of_every_text_is_accounted_for(name, text):
    check_account(text, name)


TOKEN = re.compile(r"\\[a-zA-Z]+|\$\$|\$|\s+|[^\W\d_]+|.", re.DOTALL)
INSERTED = [
    "$", "$$", "{", "}", "(", ")", "[", "]", "=", ":=", "=>", "-->", r"\Rightarrow ", r"\to ", r"\iff ", r"\\", "&", ",", ".", ";", ":", "<", ">", "!",
    r"\boxed{", r"\color{red}{", r"\underbrace{", r"}_{=0}", r"\left\{", r"\right.", r"\text{if }", r"\text{ otherwise}", r"\text{since }", " if ", " otherwise ",
    r"\quad ", r"\overset{!}{=}", r"\begin{cases}", r"\end{cases}", r"\begin{array}{rcl}", r"\end{array}", r"\begin{aligned}", r"\end{aligned}",
    "\n\n", "% ", r"\approx ", r"\propto ", r"\ne ", "i = k", "i \\ne k", "@", ".T", "<!--", "-->", "`", "≡", "⇒", r"\foo ", r"\in ", "'", "_", "^",
]  # fmt: skip
DRESSES = [
    (r"$$", r"$$\boxed{", r"}$$"), ("$$", "$${", "}$$"), ("$$", r"$$\color{red}{", "}$$"), ("$", r"$\textcolor{blue}{", "}$"),
    ("$$", r"$$\begin{aligned}", r"\end{aligned}$$"), ("$", r"$\left\{", r"\right.$"), ("$", "$(", ")$"), ("$$", r"$$\begin{array}{l}", r"\end{array}$$"),
]  # fmt: skip


@st.composite
def mutated_texts(draw):
    """A text in which a few things were deleted, inserted, swapped or dressed otherwise."""
    name, text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 6))):
        tokens = TOKEN.findall(text)
        place = draw(st.integers(0, len(tokens) - 1)) if tokens else 0
        kind = draw(st.sampled_from(["delete", "insert", "swap", "dress", "arrow", "line"]))
        if kind == "delete":
            del tokens[place : place + 1]
        elif kind == "insert":
            tokens.insert(place, draw(st.sampled_from(INSERTED)))
        elif kind == "swap" and tokens:
            other = draw(st.integers(0, len(tokens) - 1))
            tokens[place], tokens[other] = tokens[other], tokens[place]
        elif kind == "dress":
            dollar, opening, closing = draw(st.sampled_from(DRESSES))
            parts = "".join(tokens).split(dollar)
            tokens = [parts[0], *((opening if number % 2 else closing) + part for number, part in enumerate(parts[1:], 1))]
        elif kind == "arrow":
            tokens = ["".join(tokens).replace(r"\quad", draw(st.sampled_from(["=>", r"\Rightarrow", "-->", r"\iff"])))]
        elif kind == "line":
            tokens = ["".join(tokens).replace(" = ", draw(st.sampled_from([r" \\ = ", r" &= ", r" = \\ ", " =$ $= ", "\n=\n"])))]
        text = "".join(tokens)
    return name, text


@settings(max_examples=examples(100), deadline=None)
@given(mutated_texts())
@example(("writeup_ex2", r"Let $G :i \ne k= B^T$. Then $$ \frac{dy}{dA} = G $$"))
@example(("writeup_ex2", r"$\frac{dy}{dA}$ = B^T, and $\frac{dy}{dB}$ = A^T."))
@example(("writeup_ex2", r"$$tr(AB) =$ $= tr(BA), \frac{dy}{dA} =$ $= B^T, \frac{dy}{dB} =$ $= A^T$$"))
def test_every_sign_of_a_mutated_text_is_accounted_for(mutated):
    check_account(mutated[1], mutated[0])
