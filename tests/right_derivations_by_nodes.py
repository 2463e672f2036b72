"""Right derivations at random, node by node: each node under a name of the writer's own, and backwards the gradient of the loss by each.

A text is right by construction: a derivative by a node goes all ways from the node to the loss, and holds fixed what is no node behind it.
"""

from collections.abc import Callable

from tests.right_derivations import Writer, fraction, partial

MODES = ("", "", "Training mode. ", "**Mode entraînement.** ", "In training: ")
THEN = ("", "", "then ", "and so ", "dann ", "luego ", "donc ", "отсюда ")


def backwards(writer: Writer, formula: str) -> None:
    writer.step(formula, writer.one(*THEN))


def batch_norm(writer: Writer) -> str:
    """Mean, deviation, perhaps its square, variance, perhaps the root, its inverse, output; and back."""
    one, perhaps = writer.one, writer.perhaps
    i, j = writer.draw.choice([("i", "j"), ("n", "k"), ("i", "k"), ("k", "l")])
    x, y, mean = one("x", "x", "z"), one("y", "y", r"\hat x", "o"), one(r"\mu", r"\mu", "m", r"\bar x", r"\mu_B")
    deviation = one("c", "u", "a", "t", r"\tilde x", "e", "w")
    variance = one(r"\sigma^2", r"\sigma^2", "v", "V", "s^2")
    size, epsilon, gradient = one("N", "N", "m") if mean != "m" else "N", one(r"\epsilon", r"\varepsilon"), one("g", "g", r"\delta")
    if x == "z" and y == r"\hat x":
        y = r"\hat z"
    mean = mean.replace("x", x)
    deviation = deviation.replace("x", x)
    writer.state(rf"{mean} = \frac1{size}\sum_{{{i}=1}}^{size} {x}_{i}")
    writer.state(rf"{deviation}_{i} = {x}_{i} - {mean}")
    square = one("", "", "q", "p") if perhaps(0.4) else ""
    if square:
        writer.state(rf"{square}_{i} = {deviation}_{i}^2")
    # Where the variance is written with x, the deviation is no node on its way.
    through = bool(square) or perhaps(0.75)
    squared = f"{square}_{i}" if square else f"{deviation}_{i}^2" if through else f"({x}_{i} - {mean})^2"
    writer.state(rf"{variance} = \frac1{size}\sum_{i} {squared}")
    inverse = one("r", r"\rho", "h", "b")
    root = one("", "s", r"\tau") if "s" not in variance else one("", r"\tau")
    if root:
        writer.state(rf"{root} = \sqrt{{{variance} + {epsilon}}}")
    writer.state(
        f"{inverse} = "
        + (f"1/{root}" if root else one(rf"({variance} + {epsilon})^{{-1/2}}", rf"\frac{{1}}{{\sqrt{{{variance} + {epsilon}}}}}"))
    )
    writer.state(
        f"{y}_{i} = " + one(f"{deviation}_{i} {inverse}", f"{inverse} {deviation}_{i}", rf"{deviation}_{i}\cdot {inverse}")
    )
    writer.upstream(f"{gradient}_{i}", partial("L", f"{y}_{i}"))
    along = rf"\sum_{i} {gradient}_{i}{deviation}_{i}"
    backwards(writer, f"{partial('L', inverse)} = {along}")
    if root:
        backwards(writer, f"{partial('L', root)} = -\\frac{{1}}{{{root}^2}}{partial('L', inverse)}")
        backwards(
            writer,
            f"{partial('L', variance)} = " + one(rf"\frac{{1}}{{2{root}}}{partial('L', root)}", rf"-\frac12 {inverse}^3{along}"),
        )
    else:
        backwards(
            writer,
            f"{partial('L', variance)} = -\\frac12 "
            + one(f"{inverse}^3 {along}", rf"({variance} + {epsilon})^{{-3/2}}{partial('L', inverse)}"),
        )
    if square:
        backwards(writer, rf"{partial('L', f'{square}_{i}')} = \frac1{size}{partial('L', variance)}")
    by_variance = rf"\frac{{2{deviation}_{i}}}{{{size}}}{partial('L', variance)}"
    by_square = rf"2{deviation}_{i}{partial('L', f'{square}_{i}')}"
    direct = one(f"{gradient}_{i}{inverse}", f"{inverse} {gradient}_{i}")
    by_deviation, by_mean = partial("L", f"{deviation}_{i}"), partial("L", mean)
    if through:
        backwards(writer, f"{by_deviation} = {direct} + {by_square if square and perhaps(0.7) else by_variance}")
        backwards(writer, rf"{by_mean} = -\sum_{i} {by_deviation}")
    else:
        backwards(writer, f"{by_deviation} = {direct}")
        rest = rf" - \frac2{size}{partial('L', variance)}\sum_{i} ({x}_{i} - {mean})"
        backwards(writer, rf"{by_mean} = -\sum_{i} {by_deviation}{rest}")
    ways = f"{by_deviation} + \\frac1{size}{by_mean}" + (
        "" if through else rf" + \frac{{2({x}_{i} - {mean})}}{{{size}}}{partial('L', variance)}"
    )
    end = rf"{inverse}\left({gradient}_{i} - \frac1{size}\sum_{j} {gradient}_{j} - \frac{{{y}_{i}}}{{{size}}}\sum_{j} {gradient}_{j}{y}_{j}\right)"
    backwards(writer, f"{partial('L', f'{x}_{i}')} = {ways}" + one("", f" = {end}"))
    return one(*MODES) + writer.text(0)


def softmax(writer: Writer) -> str:
    """Exponentials, their sum, perhaps its inverse, output; and back."""
    one, perhaps = writer.one, writer.perhaps
    i, j = writer.draw.choice([("i", "j"), ("k", "l"), ("i", "k")])
    x, y, gradient = one("x", "x", "z"), one("y", "p", "s"), one("g", "g", r"\delta")
    exponential, total = one("e", "u", "a", r"\epsilon"), one("S", "Z", "D", r"\Sigma")
    writer.state(rf"{exponential}_{i} = " + one(f"e^{{{x}_{i}}}", rf"\exp({x}_{i})"))
    writer.state(rf"{total} = \sum_{j} {exponential}_{j}")
    inverse = one("r", "q", "h") if perhaps(0.5) else ""
    if inverse:
        writer.state(rf"{inverse} = " + one(f"1/{total}", f"{total}^{{-1}}", fraction("1", total)))
    writer.state(
        f"{y}_{i} = "
        + (f"{exponential}_{i}{inverse}" if inverse else one(fraction(f"{exponential}_{i}", total), f"{exponential}_{i}/{total}"))
    )
    writer.upstream(f"{gradient}_{i}", partial("L", f"{y}_{i}"))
    along = rf"\sum_{j} {gradient}_{j}{exponential}_{j}"
    if inverse:
        backwards(writer, f"{partial('L', inverse)} = {along}")
        backwards(
            writer,
            f"{partial('L', total)} = " + one(rf"-\frac{{1}}{{{total}^2}}", f"-{inverse}^2") + one(partial("L", inverse), along),
        )
    else:
        backwards(writer, rf"{partial('L', total)} = -\frac{{1}}{{{total}^2}}{along}")
    direct = f"{gradient}_{i}{inverse}" if inverse else fraction(f"{gradient}_{i}", total)
    backwards(writer, f"{partial('L', f'{exponential}_{i}')} = {direct} + {partial('L', total)}")
    by = partial("L", f"{exponential}_{i}")
    end = rf"{y}_{i}\left({gradient}_{i} - \sum_{j} {gradient}_{j}{y}_{j}\right)"
    backwards(writer, f"{partial('L', f'{x}_{i}')} = " + one(f"{by}{exponential}_{i}", rf"{exponential}_{i}\,{by}") + f" = {end}")
    return writer.text(0)


def linear(writer: Writer) -> str:
    """The product, perhaps the rows of biases, the output; and back."""
    one, perhaps = writer.one, writer.perhaps
    product, output, gradient = one("Z", "P", "U", "H", "Q"), "Y", one("G", "G", r"\Delta ", "D")
    writer.state(f"{product} = XW")
    rows = one("B", "R") if perhaps(0.4) else ""
    if rows:
        writer.state(rf"{rows} = \mathbf 1 b^T")
    writer.state(f"{output} = {product} + " + (rows or r"\mathbf 1 b^T"))
    writer.upstream(gradient, partial("L", output))
    backwards(writer, f"{partial('L', product)} = {gradient}")
    if rows:
        backwards(writer, f"{partial('L', rows)} = {gradient}")
        backwards(writer, rf"{partial('L', 'b')} = \left({partial('L', rows)}\right)^T\mathbf 1 = {gradient}^T\mathbf 1")
    else:
        backwards(writer, rf"{partial('L', 'b')} = {gradient}^T\mathbf 1")
    backwards(writer, f"{partial('L', 'X')} = {partial('L', product)}W^T = {gradient}W^T")
    backwards(writer, f"{partial('L', 'W')} = X^T{partial('L', product)} = X^T{gradient}")
    return writer.text(0)


def distance(writer: Writer) -> str:
    """The product, the difference, its square; and back."""
    one, perhaps = writer.one, writer.perhaps
    product, difference = one("P", "B", "Q", "Z"), one("F", "R", "E", "D")
    writer.state(f"{product} = AS")
    writer.state(f"{difference} = X - {product}")
    writer.state(
        "J = "
        + one(rf"\|{difference}\|_F^2", rf"\operatorname{{tr}}({difference}^T{difference})", rf"\sum_{{ij}} {difference}_{{ij}}^2")
    )
    backwards(writer, f"{partial('J', difference)} = 2{difference}")
    backwards(writer, f"{partial('J', product)} = -{partial('J', difference)}" + one("", f" = -2{difference}"))
    backwards(writer, f"{partial('J', 'S')} = A^T{partial('J', product)} = -2A^T" + one(difference, "(X - AS)"))
    if perhaps(0.5):
        backwards(writer, f"{partial('J', 'A')} = {partial('J', product)}S^T = -2{difference}S^T")
    return writer.text(0)


def bilinear(writer: Writer) -> str:
    """One of the products first, then the number; and back."""
    one = writer.one
    if writer.perhaps(0.5):
        node = one("u", "v", "z", "h")
        writer.state(f"{node} = Ac")
        writer.state(f"y = x^T{node}")
        backwards(writer, f"{partial('y', node)} = x")
        backwards(writer, f"{partial('y', 'x')} = {node} = Ac")
        backwards(writer, f"{partial('y', 'c')} = A^T{partial('y', node)} = A^Tx")
        backwards(writer, f"{partial('y', 'A')} = {partial('y', node)}c^T = xc^T")
    else:
        node = one("u", "v", "z", "h")
        writer.state(f"{node} = A^Tx")
        writer.state(f"y = {node}^Tc")
        backwards(writer, f"{partial('y', node)} = c")
        backwards(writer, f"{partial('y', 'c')} = {node} = A^Tx")
        backwards(writer, f"{partial('y', 'x')} = A{partial('y', node)} = Ac")
        backwards(writer, rf"{partial('y', 'A')} = x\left({partial('y', node)}\right)^T = xc^T")
    return writer.text(0)


BY_NODES: dict[str, Callable[[Writer], str]] = {
    "batch_norm": batch_norm,
    "softmax": softmax,
    "linear": linear,
    "ex4_trace": distance,
    "ex3": bilinear,
}
