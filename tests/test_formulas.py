"""Formulas that anyone may have written: taken as far as they are known, shown whole, and never live, endless or too deep."""

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from autograder.pages.markdown import find_formulas
from autograder.pages.maths import typeset, typeset_or_source
from autograder.pages.style import ASSETS

ROOT = Path(__file__).parents[1]
MASTERS = sorted(path for path in ROOT.glob("assignments/*/*.md") if path.stem.islower())
TYPED = [
    r"\tag{1} y = x", r"y = x \label{a}", r"{\rm tr}(A)", r"{\bf x}", r"{\cal L}", r"a \over b", r"n \choose k", r"\xrightarrow{f}",
    r"\begin{array}{c|c} a & b \\ \hline c & d \end{array}", r"\color{red} x", r"\textcolor{red}{x}", r"\cancel{x}", r"a \mod b",
    r"A^\intercal", r"\therefore x \because y", r"\qed", r"\large x", r"\hspace{2cm} x", r"\kern1em x", r"\not\subset",
    r"\begin{alignat}{2} a &= b & c &= d \end{alignat}", r"\begin{multline} a \\ b \end{multline}", r"\hat{\hat{x}}",
    r"\begin{pmatrix*}[r] a & b \end{pmatrix*}", r"\begin{rcases} a \\ b \end{rcases}", r"\mathfrak{g} \mathscr{L} \Bbb R \R",
    r"\begin{align} a &= b \tag{1} \\ &= c \nonumber \end{align}", r"\begin{gather} a \\ b \end{gather}", r"\argmax_x f",
    r"\begin{equation*}\begin{split} a &= b\\ c &= d \end{split}\end{equation*}", r"\begin{eqnarray} a &=& b \\ &=& c \end{eqnarray}",
    r"\operatorname*{arg\,max}_x", r"\underset{x}{\arg\min}", r"\overleftarrow{AB}", r"\underline{x} \overline{AB}", r"\smash{x}",
    r"\dddot x", r"\dfrac12 \tfrac1n \cfrac{1}{2}", r"\genfrac{(}{)}{0pt}{}{n}{k}", r"\stackrel{!}{=} \overset{!}{=}",
    r"\left\lVert x \right\rVert \| x \|_2^2", r"\left| x \right| \left<x, y\right>", r"\bigl\| x \bigr\| \bigl. x \big/ y",
    r"\textbf{a} \textit{b} \texttt{c} \textsf{d} \textrm{e}", r"\text{a \textbf{b} c}", r"\text{$x$ is a_b}", r"\mbox{if } x > 0",
    r"\pmb{x} \bm{\mu} \boldsymbol{\mu} \mathbf{\Sigma}", r"90^\circ, 90\degree, 50\%, \$5, \#", r"f''(x), f^{\prime}, x'_i",
    r"\lfloor x \rfloor \lceil x \rceil \llbracket x \rrbracket", r"\begin{smallmatrix} a & b \end{smallmatrix}", r"\boxed{x = 1}",
    r"\begin{dcases} a & b \end{dcases}", r"\begin{aligned}[t] a &= b \end{aligned}", r"a \\[1em] [D f](h) \\ c", r"\sqrt[n]{x}",
    r"\displaystyle \sum_{\substack{i = 1 \\ i \ne k}}^N", r"\phantom{x} \hphantom{x} y", r"\mathop{\rm tr} A", r"\mathds{1}",
    r"\left\{\begin{array}{ll} a & b \\ c & d \end{array}\right.", r"\dotsb \dotsc \hdots \vdots \ddots \iddots", "x_1 \u2208 \u211d",
    r"A^{-\top} \lambda_{\max} \implies \iff \coloneqq \triangleq", r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}^{-1}",
]  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
GREEK = (
    r"\alpha \beta \gamma \delta \epsilon \varepsilon \zeta \eta \theta \kappa \lambda \mu \nu \xi \pi \rho \sigma \tau \phi"
    r" \varphi \chi \psi \omega \Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma \Phi \Psi \Omega \nabla \partial"
)
ALPHABETS = ("mathbf", "mathbb", "mathcal", "mathscr", "mathfrak", "mathsf", "mathtt", "mathit", "mathrm", "boldsymbol")
SYMBOLS = [
    *(rf"\{alphabet}{{{LETTERS}}}" for alphabet in ALPHABETS),
    *(rf"\{alphabet}{{{GREEK}}}" for alphabet in ("mathrm", "mathbf", "boldsymbol")),
    r"\pm \mp \times \div \cdot \ast \circ \bullet \oplus \ominus \otimes \odot \cup \cap \setminus \wedge \vee \star \dagger",
    r"\le \ge \leqslant \ne \equiv \approx \sim \simeq \cong \propto \ll \gg \in \ni \notin \subset \subseteq \mid \parallel \perp",
    r"\to \gets \leftrightarrow \Rightarrow \Leftarrow \Leftrightarrow \implies \iff \mapsto \uparrow \downarrow \nearrow \searrow",
    r"\sum \prod \int \iint \oint \bigcup \bigcap \bigoplus \bigotimes \infty \emptyset \forall \exists \neg \top \bot \angle \hbar",
    r"\ell \Re \Im \aleph \square \checkmark \langle \rangle \lfloor \rfloor \lceil \rceil \hat x \check x \tilde x \acute x \bar x",
    r"\dot x \ddot x \breve x \mathring x \vec x \overrightarrow{AB} \widehat{AB} \widetilde{AB} \underbrace{x} \overbrace{x} \sqrt x",
]


@pytest.mark.parametrize("formula", TYPED)
def test_what_students_type_is_typeset(formula: str) -> None:
    markup = typeset(formula, display=True)
    assert "\\" not in markup and BeautifulSoup(markup, "html.parser").math.get_text().strip()


def test_no_word_of_a_formula_is_lost_on_the_way() -> None:
    formula = (
        r"\tag{one} \text{two $x$ three_four} \\ \mbox{five} \ref{six}"
        r" \begin{aligned} \text{seven} \\[1em] \text{eight} \end{aligned} \\ \operatorname{nine} \text{ten \textbf{eleven}}"
    )
    seen = BeautifulSoup(typeset(formula, display=True), "html.parser").get_text(" ")
    assert re.findall("[a-z_]{2,}", seen) == "one two three_four five six seven eight nine ten eleven".split()


@pytest.mark.parametrize(
    "formula",
    [
        "<script>alert(1)</script>",
        r"\text{<script>alert(1)</script>}",
        r"\operatorname{<img src=x onerror=alert(1)>}",
        r"\tag{<b onclick=alert(1)>}",
        r'\ref{"><script>}',
        r"\text{&lt;script&gt;}",
        r"\unknown{<script>}",
        r"\href{javascript:alert(1)}{x}",
        r"\url{javascript:alert(1)}",
        r"\class{score}{x}",
        r"\style{position:fixed}{x}",
        r"\htmlId{a}{x}",
        r"\htmlClass{a}{x}",
        r"\htmlStyle{color:red}{x}",
        r"\htmlData{a=b}{x}",
        r"\cssId{a}{x}",
        r"\includegraphics{x.png}",
        r"\unicode{x3c}",
        r"\label{writeup_linear} x \eqref{writeup_linear}",
        r"\begin{align} x \label{statusmessage} \end{align}",
        r"\color{red;background:url(//example.org)} x",
        r"\hspace{1em;position:fixed} x",
        r'\begin{array}{c" onclick="alert(1)} x \end{array}',
    ],
)
def test_a_formula_brings_nothing_live_into_a_page(formula: str) -> None:
    page = BeautifulSoup(typeset_or_source(formula), "html.parser")
    assert page.get_text().strip()
    for element in page.find_all(True):
        assert element.name.startswith("m") or element.name in ("code", "b", "i", "em", "span")
        assert not {"href", "id", "src"} & set(element.attrs) and not any(name.startswith("on") for name in element.attrs)
        assert not re.search(r"url|position", str(element.get("style")))


def test_every_character_of_the_course_and_of_what_students_type_is_in_the_embedded_font() -> None:
    held = {chr(int(code[2:], 16)) for code in (ASSETS / "stix-two-math.txt").read_text(encoding="ascii").split()}
    course = [formula.source for master in MASTERS for formula in find_formulas(master.read_text(encoding="utf-8"))]
    assert len(course) > 500
    shown = "".join(typeset(formula, display=True) for formula in [*course, *SYMBOLS, *TYPED])
    assert set(unescape(re.sub("<[^>]*>", "", shown))) - held == set()


# Formulas that no person would write

HOSTILE = [
    "{", "}", "x_{", "x^{", "x_\\hat", r"\hat", r"\hat{", r"\frac", r"\frac1", r"\frac{1}", r"\frac{1}{", r"\sqrt", r"\sqrt[", r"\sqrt{",
    r"\left(", r"\left( \right)", r"\left(\begin{matrix}", r"\begin{matrix}", r"\begin{matrix} &", r"\begin{matrix} \\", r"\hat\frac1",
    r"\begin{aligned} a \\", r"\bf ", r"\color{red}", r"\displaystyle ", r"\displaystyle & ", r"{\displaystyle \\ ", r"\mathrm", r"\not",
    r"\overset1", r"\binom1", r"\text{", r"\text{$", r"\substack{", r"\tag{", r"\operatorname{", r"\boxed{", r"\xrightarrow[", r"\bra",
    r"\pmod", r"\begingroup ", r"\bgroup ", r"\mathop", r"\underbrace", r"\cancel", r"\middle|", r"\big(", "(", "[", r"\{", r"\langle ",
    r"\log(", r"\sum(", r"(\sum ", r"\log x(", "|", "'", "x'", "&", r"\\", r"\\[1em]", r"\\ [", "$", "%\n{", "{%}\n", r"\%{", r"\limits",
    r"\def\a{\a}\a", r"\newcommand{\a}{{\a}}\a", r"\let\a\hat\a", r"\gdef\a{\a\a}\a", r"\providecommand{\a}{\hat\a}\a",
]  # fmt: skip
IN_A_SMALL_STACK = """
import resource, sys, threading
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from autograder.pages.maths import LONGEST, typeset_or_source
def work():
    for fragment in sys.argv[1:]:
        for length in (400, 1500, LONGEST, 30_000):
            typeset_or_source((fragment * length)[:length], True)
            typeset_or_source((fragment * length)[: length - 2] + " x", True)
threading.stack_size(1 << 20)  # an eighth of what a process has
thread = threading.Thread(target=work)
thread.start()
thread.join()
print("all shown")
"""


def test_no_formula_ends_the_process_or_keeps_it_busy() -> None:
    """The library is recursive: unguarded, some of these overflow the stack, and in its version 0.9 some never end."""
    run = subprocess.run([sys.executable, "-c", IN_A_SMALL_STACK, *HOSTILE], cwd=ROOT, capture_output=True, text=True)
    assert (run.stdout, run.returncode) == ("all shown\n", 0), run.stderr[-2000:]


def test_a_formula_as_long_as_a_page_is_typeset() -> None:
    rows = r" \\ ".join(
        rf"&= \frac{{\partial}}{{\partial x_{{{row}}}}} \left( \hat{{y}}^\top x \right) + c_{row}" for row in range(100)
    )
    assert typeset(rf"\begin{{aligned}} y {rows} \end{{aligned}}", display=True).count("<mtr>") == 100
