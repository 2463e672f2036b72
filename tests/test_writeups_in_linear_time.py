"""A write-up is read in a time that grows with its length: see ``test_linear_time.py``."""

from itertools import pairwise, permutations

import pytest

from matrix_checks.derivations.judging.writeups import read_writeup
from tests.linear_time import EXERCISE, filled, is_done, words

FORMULA = 19_000  # just below the longest formula that is read
WRITEUPS = {
    "a sentence of conditions before many equalities": "set " * 40_000 + "x. $" + " = ".join(["x"] * 290) + "$",
    "a condition without end": "if " * 40_000 + "x. $" + " = ".join(["x"] * 290) + "$",
    "formulas that are never closed": "\\\\(" * 25_000 + "\\\\[" * 25_000,
    "white space behind a case": "$, i = j" + " " * 100_000 + "x$",
    "white space behind an example": "$S = s" + " " * 100_000 + "x$",
    "white space behind a variable": "The gradient with respect to $x$" + " " * 100_000 + "x $2x$",
    "white space behind a word": "The answer is" + " " * 100_000 + "x $y$",
    "white space behind a Hessian": "The Hessian of" + " " * 100_000 + "x $y$ is $H = 2I$",
    "white space behind an indicator": "$\\chi" + " " * 100_000 + "x$",
    "a sum of many terms": f"${filled('x + ', FORMULA)}x = x$ " * 4,
    "a sum of many names": "$x + " + " + ".join(rf"\text{{{word}}}" for word in words(1300)) + "$",
    "a product of many factors": f"$x = {filled('x ', FORMULA)}$",
    "environments without names": f"${filled(f'{chr(92)}begin{{', FORMULA)} = x$" * 6,
    "commands without end": f"${filled(f'{chr(92)}alpha ', FORMULA)} = x$" * 6,
    "many numbers": "".join(rf"a number $\text{{{word}}}$ " for word in words(450)),
    "gaps without end": f"$${filled(f'{chr(92)}quad ', FORMULA)}$$" * 5,
    "gaps in nested brackets": "$" + "(" * 6000 + r"\quad " + ")" * 6000 + "$",
    "scripts of sums that are never closed": f"${filled(f'{chr(92)}sum_{{', FORMULA)}$" * 6,
    "kets and bras without end": "".join(
        f"${filled(each, FORMULA)} = x$ " for each in ("| x ", r"\langle x | ", r"\langle x = ", r"\ket{")
    ),
    "kets behind much else": f"$| x \\rangle {filled('x ', FORMULA - 20)}$ " * 4,
    "formulas in words that are never closed": filled(r"\text{ $", 60_000),
    "brackets with relations": f"$${filled('(=', FORMULA)}$$" * 4,
    "conditions without statements": filled(r"$\text{if }i=k$ if ", 20_000),
    "words that stand in two lists": ("$u$ " + "a " * 45 + r"! $\frac{\partial L}{\partial p}$ ") * 60,
    "words on where a gradient comes from": ("$r$ " + "arriva " * 22 + "! $q$ " + "lo " * 40 + "! ") * 60,
    "connectives without end": ("Let $x$ be " + "and, " * 40 + "! $y$ ") * 60,
    "free indices": "$y = " + "".join(rf"\sum_{{k_{place}}} a_{{k_{place}k_{place + 1}}}" for place in range(20)) + "$",
    "underscores in words": "$x_{ik}$ when t" + "_" * 2000 + " he indices agree. $y = 2$",
    "blank lines in a formula": "$$\n" + "\n" * 15_000 + "y = softmax(x)$$",
    "digits before words": "Let $v$ be " + "1" * 8000 + " orthogonal to $x$. Then $x^Tv = 0$",
    "blanks in a formula": "Let $p" + " " * 15_000 + r"\in R^C$",
    "blank lines": "Let" + "\n" * 40_000 + r"$p \in R^C$" + "\n" * 40_000,
    "comments that are never closed": filled("<!--", 100_000),
    "code that is never closed": filled("```x\n", 100_000),
    "headings": filled("# a\n\n$x = c$\n\n", 60_000),
    "values in code": filled("```\nabc = x + 1\n```\n$\\text{abc} = x$\n", 15_000),
    "statistics with labels": filled(r"$\mu_m = \mu_m + \mu$ ", 60_000),
    "names of programs": filled(r"$a\_b\_c = \text{d\_x} moving_variance$ ", 60_000),
    "vectors of ones": filled("$e$ is the $N$-vector of ", 60_000),
    "macros of macros": "".join(rf"\def\{chr(97 + place)}{{\{chr(98 + place)}\{chr(98 + place)}}}" for place in range(24))
    + r" $\a = 1$" * 1000,
    "many labels": "".join(f"$Q_{number} = x$ " for number in range(1_200)),
    "definitions one within the other": "".join(rf"${a} = {f'{b} ' * 28}$. " for a, b in pairwise("abcdefhklmopqrsuvw")),
    "many statements in other letters": ". ".join(
        rf"$f_{{{number}}}({a},{b},{c}) = \|{a} - {b}{c} + {a}{b}\|^2$"
        for number, (a, b, c) in enumerate(permutations("BCDEHKP", 3))
    ),
    "many losses": ". ".join(
        rf"${a}_i = \frac{{e^{{{b}_i}}}}{{\sum_j e^{{{b}_j}} + {c}_j}}$, $L = -\sum_i {a}_i \log {c}_i$"
        for a, b, c in permutations("uvwzh", 3)
    ),
}


@pytest.mark.parametrize("name", WRITEUPS)
def test_a_writeup_is_read(name):
    def read() -> None:
        notes = read_writeup(WRITEUPS[name], EXERCISE).notes
        assert not any("failed" in note for note in notes), notes

    assert is_done(read)
