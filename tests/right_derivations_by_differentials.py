"""Right derivations at random, by differentials: what varies, the trace, its rules in any order, and the gradient that is read off.

A text is right by construction: in each part one variable varies, and the words say which; or all do, and every term is there.
"""

from collections.abc import Callable

from tests.right_derivations import TRANSPOSED, Writer, fraction

TRACES = (r"\operatorname{tr}", r"\mathrm{tr}", r"\text{tr}", r"\operatorname{Tr}", r"\mathrm{Tr}")
HENCE = (r" \Rightarrow ", r"$, so $", r"$. Hence $", r"$, also $", r"$, donc $", r" \quad\Longrightarrow\quad ", r"$, откуда $")
DIFFERENTIALS = ("d", r"\mathrm{d}", r"d\,", r"\mathrm d ")


class Signs:
    """The signs of one writer.

    Attributes
    ----------
    transposed, differential
        How it transposes, and how its differentials begin.
    """

    def __init__(self, writer: Writer):
        self._writer = writer
        self.transposed, self.differential = writer.one(*TRANSPOSED), writer.one(*DIFFERENTIALS)
        self._trace, self._brackets = writer.one(*TRACES), writer.one(("(", ")"), (r"\left(", r"\right)"), ("[", "]"))

    def t(self, name: str) -> str:
        return f"{name}{self.transposed}"

    def d(self, name: str) -> str:
        return f"{self.differential}{name}"

    def trace(self, inside: str) -> str:
        return f"{self._trace}{self._brackets[0]}{inside}{self._brackets[1]}"

    def gradient(self, number: str, by: str) -> str:
        one = self._writer.one
        return one(
            rf"\frac{{\partial {number}}}{{\partial {by}}}",
            rf"\nabla_{{{by}}} {number}",
            rf"\nabla_{by} {number}",
            fraction(f"d{number}", f"d{by}"),
        )


def varies(writer: Writer, name: str) -> None:
    writer.steps.append(
        writer.one(
            f"Only ${name}$ varies",
            f"**By ${name}$**",
            f"Gradient with respect to ${name}$",
            f"Vary ${name}$ and keep the rest fixed",
            f"По ${name}$",
            f"Ableitung nach ${name}$",
            f"Respecto a ${name}$",
        )
    )


def linear(writer: Writer) -> str:
    """Each variable by itself, or all at once."""
    one, perhaps, signs = writer.one, writer.perhaps, Signs(writer)
    g, t, d, trace = one("G", "G", r"\Delta ", r"\bar Y"), signs.t, signs.d, signs.trace
    writer.state(rf"Y = XW + \mathbf 1 b{signs.transposed}")
    writer.upstream(g, r"\frac{\partial L}{\partial Y}")
    loss = f"{d('L')} = "
    rows = rf"\mathbf 1\,{t(d('b'))}" if "," in d("b") or "rm" in d("b") else rf"\mathbf 1 (db){signs.transposed}"
    if perhaps(0.4):
        writer.step(f"{loss}{trace(f'{t(g)}{d(chr(89))}')}")
        writer.step(f"{d('Y')} = {d('X')}\\,W + X\\,{d('W')} + {rows}")
        first = trace(f"W{t(g)}{d('X')}")
        writer.step(f"{loss}{first} + {trace(f'{t(g)}X' + chr(92) + ',' + d('W'))} + {trace(f'{t(g)}{rows}')}")
        writer.step(f"{signs.gradient('L', 'X')} = {g}{t('W')}", one("Therefore ", "Read off: ", ""))
        writer.step(f"{signs.gradient('L', 'W')} = {t('X')}{g}")
        writer.step(rf"{signs.gradient('L', 'b')} = {t(g)}\mathbf 1")
        return writer.text(0)
    varies(writer, "X")
    writer.step(
        f"{loss}{trace(f'{t(g)}{d(chr(88))}' + chr(92) + ',W')} = {trace(f'W{t(g)}{d(chr(88))}')}{one(*HENCE)}{signs.gradient('L', 'X')} = {g}{t('W')}"
    )
    varies(writer, "W")
    writer.step(
        f"{loss}{trace(f'{t(g)}X' + chr(92) + ',' + d('W'))} = {trace(f'({t(chr(88))}{g}){signs.transposed}{d(chr(87))}')}{one(*HENCE)}{signs.gradient('L', 'W')} = {t('X')}{g}"
    )
    varies(writer, "b")
    writer.step(rf"{loss}{trace(f'{t(g)}{rows}')}{one(*HENCE)}{signs.gradient('L', 'b')} = {t(g)}\mathbf 1")
    return writer.text(0)


def distance(writer: Writer) -> str:
    """The square as a trace, its differential by one of the factors, and the gradient."""
    one, perhaps, signs = writer.one, writer.perhaps, Signs(writer)
    t, d, trace = signs.t, signs.d, signs.trace
    e = one("E", "R", "D", "F") if perhaps(0.7) else ""
    difference = e or "(X - AS)"
    if e:
        writer.state(f"{e} = X - AS")
    squared = one(r"\|*\|_F^2", r"\lVert * \rVert_F^2", r"\left\|*\right\|^2_F").replace("*", e or "X - AS")
    writer.state(f"J = {squared} = {trace(f'{t(difference)}{difference}')}")
    if perhaps(0.5):
        writer.step(
            f"{d('J')} = {trace(f'{t(d(e) if e else d(difference))}{difference} + {t(difference)}{d(difference)}')} = 2{trace(f'{t(difference)}{d(difference)}')}"
            if not e or "," not in d(e)
            else f"{d('J')} = 2{trace(f'{t(difference)}{d(difference)}')}"
        )
    for name, change, gradient in (
        ("S", f"-A\\,{d('S')}", f"-2{t('A')}{difference}"),
        ("A", f"-{d('A')}\\,S", f"-2{difference}{t('S')}"),
    ):
        if name == "A" and perhaps(0.4):
            continue
        varies(writer, name)
        if e and perhaps(0.6):
            writer.step(f"{d(e)} = {change}")
        inside = f"{t(difference)}A\\,{d('S')}" if name == "S" else f"S{t(difference)}{d('A')}"
        writer.step(f"{d('J')} = -2{trace(inside)}{one(*HENCE)}{signs.gradient('J', name)} = {gradient}")
    return writer.text(0)


def bilinear(writer: Writer) -> str:
    """A number is its trace, and each variable varies by itself."""
    one, signs = writer.one, Signs(writer)
    t, d, trace = signs.t, signs.d, signs.trace
    writer.state(f"y = {t('x')}Ac" + one("", f" = {trace(t('x') + 'Ac')}"))
    parts = [
        ("x", f"{t('(' + d('x') + ')')}Ac" + one("", f" = {t('(Ac)')}{d('x')}"), "Ac"),
        ("c", f"{t('x')}A\\,{d('c')}" + one("", f" = {t('(' + t('A') + 'x)')}{d('c')}"), f"{t('A')}x"),
        (
            "A",
            f"{t('x')}{d('A')}\\,c"
            + one("", f" = {trace(t('x') + d('A') + chr(92) + ',c')}", f" = {trace('c' + t('x') + d('A'))}"),
            f"x{t('c')}",
        ),
    ]
    writer.draw.shuffle(parts)
    for name, changes, gradient in parts:
        varies(writer, name)
        writer.step(f"{d('y')} = {changes}{one(*HENCE)}{signs.gradient('y', name)} = {gradient}")
    return writer.text(0)


def trace_of_product(writer: Writer) -> str:
    """The trace of a product."""
    one, signs = writer.one, Signs(writer)
    t, d, trace = signs.t, signs.d, signs.trace
    writer.state(f"y = {trace('AB')}")
    writer.step(
        f"{d('y')} = {trace(d('A') + chr(92) + ',B')} = {trace('B' + chr(92) + ',' + d('A'))}{one(*HENCE)}{signs.gradient('y', 'A')} = {t('B')}"
    )
    if writer.perhaps(0.5):
        writer.step(f"{trace('AB')} = {trace('BA')}", one("since ", "because ", "weil "))
    return writer.text(0)


def square(writer: Writer) -> str:
    """The square of a column."""
    one, signs = writer.one, Signs(writer)
    t, d = signs.t, signs.d
    writer.state(f"y = {t('x')}x")
    middle = one(f"{t('(' + d('x') + ')')}x + {t('x')}{d('x')}", f"{t('x')}{d('x')} + {t('(' + d('x') + ')')}x")
    writer.step(f"{d('y')} = {middle} = 2{t('x')}{d('x')}{one(*HENCE)}{signs.gradient('y', 'x')} = 2x")
    return writer.text(0)


BY_DIFFERENTIALS: dict[str, Callable[[Writer], str]] = {
    "linear": linear,
    "ex4_trace": distance,
    "ex3": bilinear,
    "ex2": trace_of_product,
    "ex1": square,
}
