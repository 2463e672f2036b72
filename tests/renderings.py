r"""Right derivations, each with a wrong relative, rendered in a student's letters and notation.

A style decides the notation; the letters are those that a text has for what the exercise names. Each exercise is a function of both, and
gives the statements of a text in their order: what is right, and beside it what is wrong, where a slip has a usual form.
"""

from collections.abc import Callable
from dataclasses import dataclass

Letters = dict[str, str]
# A right statement, and a wrong one; empty for none.
Statement = tuple[str, str]


@dataclass(frozen=True)
class Style:
    """A notation: the transposition, derivatives, indices, the trace, the product of entries, and the ones."""

    transposed: str
    derivative: str
    commas: bool
    trace: str
    entrywise: str
    ones: str

    def turned(self, node: str) -> str:
        """The transpose."""
        return f"({node}){self.transposed}" if len(node) > 2 and not node.startswith("\\") else f"{node}{self.transposed}"

    def by(self, top: str, bottom: str) -> str:
        """A derivative by an array."""
        return self.derivative.replace("TOP", top).replace("BOTTOM", bottom)

    def partial(self, top: str, bottom: str) -> str:
        """A derivative of or by an entry."""
        return rf"\frac{{\partial {top}}}{{\partial {bottom}}}"

    def entry(self, array: str, *indices: str) -> str:
        """An entry of an array."""
        below = ("," if self.commas else "").join(indices)
        return f"{array}_{{{below}}}" if len(below) > 1 else f"{array}_{below}"

    def tr(self, node: str) -> str:
        """A trace."""
        return f"{self.trace}({node})"


STYLES = {
    "transposed": ("^T", "^\\top ", "'", "^{\\mathsf T}", "^{\\rm T}"),
    "derivative": ("\\frac{\\partial TOP}{\\partial BOTTOM}", "\\frac{dTOP}{dBOTTOM}", "\\partial TOP/\\partial BOTTOM", "\\nabla_{BOTTOM} TOP"),
    "commas": (False, True),
    "trace": ("\\operatorname{tr}", "tr", "\\mathrm{Tr}", "\\text{tr}"),
    "entrywise": ("\\odot", "\\circ", "*"),
    "ones": ("\\mathbf 1", "\\mathbb 1", "\\vec{1}"),
}  # fmt: skip


def square(style: Style, letters: Letters) -> list[Statement]:
    """``y = x^\\top x``."""
    x, y = letters["x"], letters["y"]
    of_k = style.entry(x, "k")
    return [
        (f"{y} = {style.turned(x)}{x}", ""),
        (rf"{y} = \sum_i {style.entry(x, 'i')}^2", rf"{y} = \sum_i {style.entry(x, 'i')}"),
        (f"{style.partial(y, of_k)} = 2{of_k}", f"{style.partial(y, of_k)} = {of_k}"),
        (f"d{y} = 2{style.turned(x)}d{x}", f"d{y} = {style.turned(x)}d{x}"),
        (f"{style.by(y, x)} = 2{x}", f"{style.by(y, x)} = {x}"),
    ]


def trace(style: Style, letters: Letters) -> list[Statement]:
    """``y = \\operatorname{tr}(AB)``."""
    a, b, y = letters["A"], letters["B"], letters["y"]
    entry = style.entry(a.lower(), "k", "l")
    return [
        (f"{y} = {style.tr(a + b)}", ""),
        (f"{style.partial(y, entry)} = {style.entry(b.lower(), 'l', 'k')}", f"{style.partial(y, entry)} = 2{style.entry(b.lower(), 'l', 'k')}"),
        (f"d{y} = {style.tr('d' + a + ' ' + b)}", f"d{y} = 2{style.tr('d' + a + ' ' + b)}"),
        (f"{style.by(y, a)} = {style.turned(b)}", f"{style.by(y, a)} = -{style.turned(b)}"),
    ]  # fmt: skip


def bilinear(style: Style, letters: Letters) -> list[Statement]:
    """``y = x^\\top A c``."""
    a, x, c, y = letters["A"], letters["x"], letters["c"], letters["y"]
    return [
        (f"{y} = {style.turned(x)}{a}{c}", ""),
        (f"{style.by(y, x)} = {a}{c}", f"{style.by(y, x)} = {style.turned(a)}{c}"),
        (f"{style.by(y, a)} = {x}{style.turned(c)}", f"{style.by(y, a)} = 2{x}{style.turned(c)}"),
        (f"{style.by(y, c)} = {style.turned(a)}{x}", f"{style.by(y, c)} = {a}{x}"),
    ]


def least_squares(style: Style, letters: Letters) -> list[Statement]:
    """``J = \\|X - AS\\|_F^2``."""
    x, a, s, j = letters["X"], letters["A"], letters["S"], letters["J"]
    rest = f"({x} - {a}{s})"
    return [
        (rf"{j} = \|{x} - {a}{s}\|_F^2", ""),
        (f"{j} = {style.tr(rest + style.transposed + rest)}", f"{j} = 2{style.tr(rest + style.transposed + rest)}"),
        (f"{style.by(j, s)} = -2{style.turned(a)}{rest}", f"{style.by(j, s)} = 2{style.turned(a)}{rest}"),
        (f"{style.by(j, a)} = -2{rest}{style.turned(s)}", f"{style.by(j, a)} = -{rest}{style.turned(s)}"),
    ]


def layer(style: Style, letters: Letters) -> list[Statement]:
    """``Y = XW + b``."""
    x, w, b, y, g = (letters[each] for each in "XWbYG")
    return [
        (f"{y} = {x}{w} + {style.ones}{style.turned(b)}", ""),
        (f"{g} = {style.partial('L', y)}", ""),
        (f"{style.by('L', x)} = {g}{style.turned(w)}", f"{style.by('L', x)} = {g}{w}"),
        (f"{style.by('L', w)} = {style.turned(x)}{g}", f"{style.by('L', w)} = {style.turned(g)}{x}"),
        (f"{style.by('L', b)} = {style.turned(g)}{style.ones}", f"{style.by('L', b)} = {g}{style.ones}"),
    ]


def softmax(style: Style, letters: Letters) -> list[Statement]:
    """``y_i = e^{x_i} / \\sum_j e^{x_j}``."""
    x, y, g = letters["x"], letters["y"], letters["g"]
    of_i, of_k, g_k = style.entry(y, "i"), style.entry(y, "k"), style.entry(g, "k")
    total = rf"\sum_i {style.entry(g, 'i')}{of_i}"
    by_k = style.partial("L", style.entry(x, "k"))
    jacobian = style.partial(of_i, style.entry(x, "k"))
    return [
        (rf"{of_i} = \frac{{e^{{{style.entry(x, 'i')}}}}}{{\sum_j e^{{{style.entry(x, 'j')}}}}}", ""),
        (rf"{jacobian} = {of_i}(\delta_{{ik}} - {of_k})", rf"{jacobian} = {of_i}(\delta_{{ik}} + {of_k})"),
        (f"{style.entry(g, 'i')} = {style.partial('L', of_i)}", ""),
        (f"{by_k} = {of_k}({g_k} - {total})", f"{by_k} = {of_k}({g_k} + {total})"),
        (
            f"{style.by('L', x)} = {y}{style.entrywise} ({g} - {style.turned(y)}{g})",
            f"{style.by('L', x)} = {y}{style.entrywise} {g}",
        ),
    ]


def batch_norm(style: Style, letters: Letters) -> list[Statement]:
    """``y_i = (x_i - \\mu) / \\sqrt{\\sigma^2 + \\varepsilon}``."""
    x, y, g, m, v, e, s = (letters[each] for each in "xygmves")
    of_i, of_k, g_k, y_k = style.entry(x, "i"), style.entry(x, "k"), style.entry(g, "k"), style.entry(y, "k")
    total, weighted = rf"\sum_j {style.entry(g, 'j')}", rf"\sum_j {style.entry(g, 'j')}{style.entry(y, 'j')}"
    by_k = style.partial("L", of_k)
    return [
        (rf"{m} = \frac1N\sum_i {of_i}", ""),
        (rf"{v} = \frac1N\sum_i({of_i} - {m})^2", ""),
        (rf"{style.entry(y, 'i')} = \frac{{{of_i} - {m}}}{{\sqrt{{{v} + {e}}}}}", ""),
        (f"{style.entry(g, 'i')} = {style.partial('L', style.entry(y, 'i'))}", ""),
        (rf"{s} = \sqrt{{{v} + {e}}}", ""),
        (rf"{style.partial(m, of_k)} = \frac1N", f"{style.partial(m, of_k)} = 1"),
        (rf"{style.partial(v, of_k)} = \frac2N({of_k} - {m})", rf"{style.partial(v, of_k)} = \frac1N({of_k} - {m})"),
        (
            rf"{by_k} = \frac1{{{s}}}({g_k} - \frac1N{total} - \frac{{{y_k}}}N{weighted})",
            rf"{by_k} = \frac1{{{s}}}({g_k} - \frac1N{total} + \frac{{{y_k}}}N{weighted})",
        ),
    ]


@dataclass(frozen=True)
class Rendered:
    """An exercise in any letters: its statements, and the letters that are used for what it names."""

    statements: Callable[[Style, Letters], list[Statement]]
    letters: dict[str, tuple[str, ...]]
    # The spaces with which a text may declare its letters first.
    declared: str = ""


EXERCISES_IN_LETTERS = {
    "writeup_ex1": Rendered(square, {"x": tuple("xzwvau"), "y": ("y", "f", "\\phi", "s", "q")}, r"${x}\in\mathbb R^d$."),
    "writeup_ex2": Rendered(trace, {"A": tuple("AXPM"), "B": tuple("BCQY"), "y": tuple("yft")}, r"${A}\in\mathbb R^{n\times m}$, ${B}\in\mathbb R^{m\times n}$."),
    "writeup_ex3": Rendered(bilinear, {"A": tuple("AMWB"), "x": tuple("xup"), "c": tuple("cvbz"), "y": tuple("yfq")}),
    "writeup_ex4_trace": Rendered(least_squares, {"X": tuple("XYVD"), "A": tuple("AWU"), "S": tuple("SHZ"), "J": tuple("JEf")}),
    "writeup_linear": Rendered(
        layer,
        {"X": tuple("XxUH"), "W": tuple("WVA"), "b": tuple("bc"), "Y": tuple("YZy"), "G": ("G", "E", "\\delta", "\\bar Y", "R")},
        r"${X}\in\mathbb R^{N\times p}$, ${W}\in\mathbb R^{p\times q}$, ${b}\in\mathbb R^q$.",
    ),
    "writeup_softmax": Rendered(
        softmax,
        {"x": ("x", "z", "a", "\\theta"), "y": ("y", "p", "s", "\\pi", "\\hat y"), "g": ("g", "u", "v", "r")},
        r"${x},{y}\in\mathbb R^C$.",
    ),
    "writeup_batch_norm": Rendered(
        batch_norm,
        {"x": tuple("xzah"), "y": ("y", "\\hat x", "u"), "g": ("g", "\\delta", "r"), "m": ("\\mu", "m", "\\bar x"), "v": ("\\sigma^2", "v", "V"),
         "e": ("\\epsilon", "\\varepsilon", "eps"), "s": ("s", "t", "q")},
    ),
}  # fmt: skip
