"""Right derivations at random, by Jacobians, by projections, by indices with deltas, and sample by sample.

A text is right by construction. Jacobians have a row for each output.
"""

from collections.abc import Callable

from tests.right_derivations import TRANSPOSED, Writer, partial

SAYS_JACOBIAN = ("", "", "The Jacobian is ", "Für die Jacobi-Matrix gilt ", "La jacobienne : ", "Матрица Якоби: ")


def batch_norm(writer: Writer) -> str:
    """The projection onto centered columns, the variance as an inner product, and the Jacobian of each."""
    one, perhaps, T = writer.one, writer.perhaps, writer.one(*TRANSPOSED)
    projection, c, s, y = (
        one("H", "P", "C", "M", "Q"),
        one("c", "u", r"\tilde x", "z"),
        one("s", r"\tau ", "r", r"\rho "),
        one("y", "y", r"\hat x"),
    )
    ones = one(r"\mathbf 1", r"\mathbf{1}", r"\mathbb 1", r"\boldsymbol{1}")
    variance, epsilon = one(r"\sigma^2", "v"), one(r"\epsilon", r"\varepsilon")
    writer.state(rf"{projection} = I - \frac1N{ones}{ones}{T}")
    writer.state(f"{c} = {projection}x" + one("", rf" = x - \mu{ones}"))
    writer.state(rf"{variance} = \frac1N{c}{T}{c}" if perhaps(0.6) else rf"{variance} = \frac1N\|{c}\|^2")
    inverted = one("", rf"\frac1{s}")
    writer.state(rf"{s} = \sqrt{{{variance} + {epsilon}}}")
    writer.state(f"{y} = " + (f"{inverted}{c}" if inverted else f"{c}/{s}"))
    writer.upstream("g", partial("L", y))

    def by_x() -> str:
        return one(r"\nabla_x L", partial("L", "x"))

    if perhaps(0.5):
        writer.step(f"{projection}{T} = {projection}")
    if perhaps(0.5):
        writer.step(f"{projection}^2 = {projection}")
    writer.step(f"{partial(c, 'x')} = {projection}", one(*SAYS_JACOBIAN))
    if perhaps(0.6):
        writer.step(rf"{partial(variance, c)} = \frac2N{c}{T}")
    if perhaps(0.6):
        writer.step(rf"{partial(s, c)} = \frac{{1}}{{N{s}}}{c}{T}")
    by_c = one(rf"\frac1{s}\left(I - \frac1N{y}{y}{T}\right)", rf"\frac{{1}}{{{s}}}I - \frac{{1}}{{N{s}^3}}{c}{c}{T}")
    writer.step(f"{partial(y, c)} = {by_c}", one(*SAYS_JACOBIAN))
    whole = rf"\frac1{s}\left(I - \frac1N{y}{y}{T}\right){projection}"
    writer.step(f"{partial(y, 'x')} = {partial(y, c)}{partial(c, 'x')} = {whole}")
    end = rf"\frac1{s}{projection}\left(I - \frac1N{y}{y}{T}\right)g"
    writer.step(rf"{by_x()} = \left({partial(y, 'x')}\right){T}g = {end}")
    if perhaps(0.5):
        writer.step(rf"{by_x()} = \frac1{s}\left(g - \frac1N{ones}{ones}{T}g - \frac1N{y}{y}{T}g\right)")
    return writer.text(0)


def softmax(writer: Writer) -> str:
    """The Jacobian as a matrix, from the logarithm, the quotient or the entries; and its product with the gradient."""
    one, perhaps, T = writer.one, writer.perhaps, writer.one(*TRANSPOSED)
    x, y, J = one("x", "x", "z"), one("y", "p", "s"), one("J", "J", "D", "S")
    diagonal = one(r"\operatorname{diag}", r"\mathrm{diag}", r"\text{diag}", r"\operatorname{Diag}")
    i, j, k = writer.draw.choice([("i", "j", "k"), ("k", "l", "m"), ("a", "b", "c"), ("m", "n", "k")])
    writer.state(rf"{y}_{i} = \frac{{e^{{{x}_{i}}}}}{{\sum_{k} e^{{{x}_{k}}}}}" + one("", f"$, so $\\sum_{i} {y}_{i} = 1"))
    writer.upstream("g", partial("L", y))
    way = one("logarithm", "cases", "entries")
    delta = one(rf"\delta_{{{i}{j}}}", rf"\mathbb 1[{i}={j}]", rf"\mathbf 1_{{{i}={j}}}", rf"[{i}={j}]")
    if way == "logarithm":
        writer.step(rf"\log {y}_{i} = {x}_{i} - \log\sum_{k} e^{{{x}_{k}}}")
        logarithm = rf"\log {y}_{i}"
        writer.step(f"{partial(logarithm, f'{x}_{j}')} = {delta} - {y}_{j}")
        writer.step(f"{partial(f'{y}_{i}', f'{x}_{j}')} = {y}_{i}{partial(logarithm, f'{x}_{j}')} = {y}_{i}({delta} - {y}_{j})")
    elif way == "cases":
        writer.step(
            rf"{partial(f'{y}_{i}', f'{x}_{j}')} = \begin{{cases}} {y}_{i}(1 - {y}_{i}) & {i} = {j} \\ -{y}_{i}{y}_{j} & {i} \ne {j} \end{{cases}}"
        )
    else:
        writer.step(f"{partial(f'{y}_{i}', f'{x}_{j}')} = {y}_{i}{delta} - {y}_{i}{y}_{j}")
    writer.step(f"{J} = {partial(y, x)} = {diagonal}({y}) - {y}{y}{T}", one(*SAYS_JACOBIAN))
    if perhaps(0.4):
        writer.step(f"{J}{T} = {J}")
    if perhaps(0.4):
        writer.step(rf"{J}\mathbf 1 = 0")
    gradient = one(rf"\nabla_{x} L", partial("L", x))
    writer.step(
        f"{gradient} = {J}{T}g = ({diagonal}({y}) - {y}{y}{T})g = "
        + one(rf"{y}\odot g - ({y}{T}g){y}", rf"{y} \odot (g - (g{T}{y})\mathbf 1)", rf"{diagonal}({y})g - {y}({y}{T}g)")
    )
    if perhaps(0.5):
        writer.step(f"{partial('L', f'{x}_{j}')} = {y}_{j}(g_{j} - \\sum_{i} g_{i}{y}_{i})")
    return writer.text(0)


def linear(writer: Writer) -> str:
    """Entry by entry with deltas, in any letters of indices."""
    one, perhaps, T = writer.one, writer.perhaps, writer.one(*TRANSPOSED)
    i, j, k, p, q = writer.draw.choice(
        [("i", "j", "k", "p", "q"), ("n", "m", "d", "a", "c"), ("i", "k", "j", "l", "r"), ("s", "t", "u", "a", "c")]
    )
    g, x, y, w = one("G", r"\Delta "), one("X", "x"), one("Y", "y"), one("W", "w")
    sized = perhaps(0.4)
    along = rf"\sum_{{{k}=1}}^{{D}}" if sized else rf"\sum_{k}"
    writer.state(rf"{y}_{{{i}{j}}} = {along} {x}_{{{i}{k}}}{w}_{{{k}{j}}} + b_{j}")
    writer.upstream(f"{g}_{{{i}{j}}}", partial("L", f"{y}_{{{i}{j}}}"))
    all_of = rf"\sum_{{{i},{j}}}" if perhaps(0.5) else rf"\sum_{i}\sum_{j}"
    for one_of, by, inner, short, whole in (
        (
            partial(f"{y}_{{{i}{j}}}", f"{x}_{{{p}{q}}}"),
            f"{x}_{{{p}{q}}}",
            rf"\delta_{{{i}{p}}}{w}_{{{q}{j}}}",
            rf"\sum_{j} {g}_{{{p}{j}}}{w}_{{{q}{j}}}",
            f"({g}W{T})_{{{p}{q}}}",
        ),
        (
            partial(f"{y}_{{{i}{j}}}", f"{w}_{{{p}{q}}}"),
            f"{w}_{{{p}{q}}}",
            rf"{x}_{{{i}{p}}}\delta_{{{j}{q}}}",
            rf"\sum_{i} {x}_{{{i}{p}}}{g}_{{{i}{q}}}",
            f"(X{T}{g})_{{{p}{q}}}",
        ),
    ):
        if perhaps(0.7):
            writer.step(f"{one_of} = {inner}")
        writer.step(
            f"{partial('L', by)} = {all_of} {g}_{{{i}{j}}}{one_of} = {all_of} {g}_{{{i}{j}}}{inner} = {short}"
            + one("", f" = {whole}")
        )
    writer.step(rf"{partial(f'{y}_{{{i}{j}}}', f'b_{q}')} = \delta_{{{j}{q}}}")
    writer.step(rf"{partial('L', f'b_{q}')} = \sum_{i} {g}_{{{i}{q}}}")
    return writer.text(0)


def bilinear(writer: Writer) -> str:
    """The double sum, and the derivative by each entry."""
    one, perhaps, T = writer.one, writer.perhaps, writer.one(*TRANSPOSED)
    i, j, k, q = writer.draw.choice([("i", "j", "k", "l"), ("n", "m", "p", "q"), ("k", "l", "i", "j"), ("a", "b", "p", "q")])
    a = one("a", "A")
    writer.state(
        rf"y = x{T}Ac = \sum_{{{i},{j}}} x_{i}{a}_{{{i}{j}}}c_{j}"
        if perhaps(0.5)
        else rf"y = \sum_{i}\sum_{j} x_{i}{a}_{{{i}{j}}}c_{j}"
    )
    writer.step(
        rf"{partial('y', f'x_{k}')} = \sum_{{{i},{j}}} \delta_{{{i}{k}}}{a}_{{{i}{j}}}c_{j} = \sum_{j} {a}_{{{k}{j}}}c_{j} = (Ac)_{k}"
    )
    writer.step(rf"{partial('y', f'c_{k}')} = \sum_{i} x_{i}{a}_{{{i}{k}}} = (A{T}x)_{k}")
    writer.step(rf"{partial('y', f'{a}_{{{k}{q}}}')} = x_{k}c_{q} = (xc{T})_{{{k}{q}}}")
    writer.step(f"{partial('y', 'A')} = xc{T}", one("", "hence ", "also "))
    return writer.text(0)


def distance(writer: Writer) -> str:
    """The sum of squares, entry by entry."""
    one, perhaps, T = writer.one, writer.perhaps, writer.one(*TRANSPOSED)
    i, j, k, p, q = writer.draw.choice([("i", "j", "k", "p", "q"), ("n", "m", "r", "a", "b"), ("i", "j", "l", "k", "r")])
    inside = rf"X_{{{i}{j}}} - \sum_{k} A_{{{i}{k}}}S_{{{k}{j}}}"
    e = one("E", "R", "D") if perhaps(0.6) else ""
    if e:
        writer.state(rf"{e}_{{{i}{j}}} = {inside}")
    entry = f"{e}_{{{i}{j}}}" if e else rf"\left({inside}\right)"
    writer.state(rf"J = \sum_{{{i},{j}}} {entry}^2" if e else rf"J = \sum_{{{i}{j}}} {entry}^2")
    if e and perhaps(0.6):
        writer.step(rf"{partial(f'{e}_{{{i}{j}}}', f'S_{{{p}{q}}}')} = -A_{{{i}{p}}}\delta_{{{j}{q}}}")
    at = f"{e}_{{{i}{q}}}" if e else f"(X - AS)_{{{i}{q}}}"
    writer.step(rf"{partial('J', f'S_{{{p}{q}}}')} = -2\sum_{i} A_{{{i}{p}}}{at} = -2(A{T}{e or '(X - AS)'})_{{{p}{q}}}")
    at = f"{e}_{{{p}{j}}}" if e else f"(X - AS)_{{{p}{j}}}"
    writer.step(rf"{partial('J', f'A_{{{p}{q}}}')} = -2\sum_{j} {at}S_{{{q}{j}}} = -2({e or '(X - AS)'}S{T})_{{{p}{q}}}")
    writer.step(rf"{partial('J', 'S')} = -2A{T}(X - AS)", one("", "hence "))
    return writer.text(0)


BY_JACOBIANS: dict[str, Callable[[Writer], str]] = {
    "batch_norm": batch_norm,
    "softmax": softmax,
    "linear": linear,
    "ex3": bilinear,
    "ex4_trace": distance,
}
