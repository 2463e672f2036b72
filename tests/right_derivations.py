"""Right derivations at random: each statement, letter and step is one of the ways in which strangers write it, and all of them are combined.

A text is right by construction. What the reader calls false in one is a bug of the reader, or of this file.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

TRANSPOSED = ("^T", r"^{\top}")
BETWEEN = (". ", ".\n\n", ", ")


def fraction(above: str, below: str) -> str:
    return rf"\frac{{{above}}}{{{below}}}"


def at(template: str, index: str) -> str:
    """A formula of one index, with ``*`` in its place, at an index."""
    return template.replace("*", index)


def partial(above: str, below: str) -> str:
    return fraction(rf"\partial {above}", rf"\partial {below}")


@dataclass
class Writer:
    """Writes one derivation.

    Attributes
    ----------
    draw
        Where its choices come from.
    statements, steps
        The formulas so far, with the words around them.
    """

    draw: random.Random
    statements: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)

    def one(self, *ways: str) -> str:
        return self.draw.choice(ways)

    def free(self, *letters: str, taken: Sequence[str]) -> str:
        """One of the letters that stand for nothing yet."""
        return self.draw.choice([letter for letter in letters if letter not in taken])

    def perhaps(self, chance: float) -> bool:
        return self.draw.random() < chance

    def state(self, formula: str, words: str = "") -> None:
        self.statements.append(f"${formula}${words}")

    def step(self, formula: str, before: str = "") -> None:
        self.steps.append(f"{before}${formula}$")

    def upstream(self, name: str, gradient: str) -> None:
        """Say what the gradient that comes in is called."""
        self.steps.append(
            self.one(
                f"Let ${name} = {gradient}$",
                f"We write ${name}$ for ${gradient}$",
                f"The upstream gradient is ${name} = {gradient}$",
            )
        )

    def gradient(self, number: str, by: str) -> str:
        """A gradient of a number, as a fraction or with a nabla."""
        return self.one(partial(number, by), rf"\nabla_{{{by}}} {number}", fraction(f"d{number}", f"d{by}"))

    def text(self, shuffles: float = 0.2) -> str:
        if self.perhaps(shuffles):
            self.draw.shuffle(self.statements)
        return f"{self.one(*BETWEEN).join(self.statements)}.\n\n{self.one(*BETWEEN[:2]).join(self.steps)}."


def batch_norm(writer: Writer) -> str:
    """Mean, deviations, variance, root and output under names of the writer's own, some of them after their use."""
    one, perhaps = writer.one, writer.perhaps
    i, j = writer.draw.choice([("i", "j"), ("n", "k"), ("i", "k")])
    x, y = one("x", "x", "z"), one("y", "y", "o")
    mean = one(r"\mu", r"\mu", "m", rf"\bar {x}")
    size = one("N", "N", "n") if "n" not in (i, j) else "N"
    epsilon = one(r"\epsilon", r"\varepsilon")
    total = rf"\sum_{i} {x}_{i}"
    writer.state(
        one(
            rf"{mean} = \frac1{size}{total}",
            rf"{mean} = {fraction('1', size)}\sum_{{{i}=1}}^{size} {x}_{i}",
            f"{size}{mean} = {total}",
        ),
        one("", " is the mean"),
    )
    centered = f"({x}_* - {mean})"
    if perhaps(0.5):
        name = one("c", "a", rf"\tilde {x}", "t")
        writer.state(rf"{name}_{i} = {x}_{i} - {mean}")
        centered = f"{name}_*"
    variance = one(r"\sigma^2", "v", "V", "s^2")
    if variance in ("v", "V") and perhaps(0.5):
        writer.state(rf"{variance} = \sigma^2", one("", " for the variance"))
    else:
        writer.state(rf"{variance} = \frac1{size}\sum_{i} {at(centered, i)}^2")
    inverse = fraction("1", rf"\sqrt{{{variance} + {epsilon}}}")
    if perhaps(0.6):
        root = writer.free("q", r"\tau", r"\rho", "r", taken=(i, j))
        if perhaps(0.5):
            writer.state(rf"{root} = \sqrt{{{variance} + {epsilon}}}")
            inverse = fraction("1", root)
        else:
            writer.state(f"{root} = {one(inverse, f'({variance} + {epsilon})^{{-1/2}}')}")
            inverse = f"{root} "
    writer.state(f"{y}_{i} = {inverse}{at(centered, i)}")
    gradient = one("g", r"\delta", "g", rf"\bar {y}")
    writer.upstream(f"{gradient}_{i}", partial("L", f"{y}_{i}"))
    if perhaps(0.7):
        writer.step(rf"{partial(mean, f'{x}_{j}')} = \frac1{size}")
    if perhaps(0.7):
        writer.step(rf"{partial(variance, f'{x}_{j}')} = \frac2{size}{at(centered, j)}")
    jacobian = rf"{inverse}\left(\delta_{{{i}{j}}} - \frac1{size} - {fraction(f'{y}_{i}{y}_{j}', size)}\right)"
    if perhaps(0.7):
        writer.step(f"{partial(f'{y}_{i}', f'{x}_{j}')} = {jacobian}")
    if perhaps(0.4):
        writer.step(rf"\sum_{i} {y}_{i} = 0")
    if perhaps(0.4):
        writer.step(
            rf"{partial('L', variance)} = -\frac12({variance} + {epsilon})^{{-3/2}}\sum_{i} {gradient}_{i}{at(centered, i)}"
        )
    whole, along = rf"\sum_{i} {gradient}_{i}", rf"\sum_{i} {gradient}_{i}{y}_{i}"
    writer.step(
        f"{partial('L', f'{x}_{j}')} = "
        + one(
            rf"{inverse}\left({gradient}_{j} - \frac1{size}{whole} - {fraction(f'{y}_{j}', size)}{along}\right)",
            rf"\frac1{size}{inverse}\left({size}{gradient}_{j} - {whole} - {y}_{j}{along}\right)",
        )
    )
    return writer.text()


def softmax(writer: Writer) -> str:
    """Exponentials and their sum under names or in full, the Jacobian by a delta or by cases, the end by entries and by vectors."""
    one, perhaps = writer.one, writer.perhaps
    i, j, k = writer.draw.choice([("i", "j", "k"), ("k", "l", "m"), ("i", "k", "j")])
    x, y = one("x", "z", "a", "s"), one("y", "p", "o", r"\pi")
    name = one("e", "w", "u")
    exponential = f"e^{{{x}_*}}"
    if perhaps(0.4):
        writer.state(f"{name}_{i} = e^{{{x}_{i}}}")
        exponential = f"{name}_*"
    total = rf"\sum_{k} {at(exponential, k)}"
    if perhaps(0.6):
        letter = one("Z", "S", "D")
        writer.state(f"{letter} = {total}")
        total = letter
        if perhaps(0.6):
            writer.step(f"{partial(letter, f'{x}_{j}')} = {at(exponential, j)}")
    writer.state(f"{y}_{i} = {fraction(at(exponential, i), total)}")
    gradient = one("g", r"\bar " + y, "v")
    if perhaps(0.3):
        writer.step(f"{partial(f'{y}_{i}', f'{x}_{i}')} = {y}_{i}(1 - {y}_{i})", f"For ${i} = {j}$: ")
        writer.step(f"{partial(f'{y}_{i}', f'{x}_{j}')} = -{y}_{i}{y}_{j}", rf"For ${i} \ne {j}$: ")
    jacobian = one(rf"{y}_{i}(\delta_{{{i}{j}}} - {y}_{j})", rf"(\delta_{{{i}{j}}}{y}_{i} - {y}_{i}{y}_{j})")
    writer.step(f"{partial(f'{y}_{i}', f'{x}_{j}')} = {jacobian}")
    if perhaps(0.3):
        logarithm = rf"\log {y}_{i}"
        writer.step(rf"{partial(logarithm, f'{x}_{j}')} = \delta_{{{i}{j}}} - {y}_{j}")
    writer.upstream(f"{gradient}_{i}", partial("L", f"{y}_{i}"))
    writer.step(
        f"{partial('L', f'{x}_{j}')} = "
        + one(
            rf"\sum_{i} {gradient}_{i}{jacobian} = {y}_{j}({gradient}_{j} - \sum_{i} {gradient}_{i}{y}_{i})",
            rf"{gradient}_{j}{y}_{j} - {y}_{j}\sum_{i} {gradient}_{i}{y}_{i}",
        )
    )
    writer.step(
        f"{partial('L', x)} = "
        + one(rf"{y} \odot ({gradient} - ({gradient}^T{y})\mathbf 1)", rf"(\operatorname{{diag}}({y}) - {y}{y}^T){gradient}")
    )
    return writer.text()


def linear(writer: Writer) -> str:
    """The layer by matrices or by entries, and its gradients by differentials, by entries or at once."""
    one, perhaps = writer.one, writer.perhaps
    x, w, y, b = writer.draw.choice(
        [("X", "W", "Y", "b"), ("X", "W", "Z", "b"), ("X", "W", "Y", "c"), ("A", "W", "Z", "b"), ("X", "V", "Y", "b")]
    )
    gradient, transposed = one("G", r"\Delta ", "D", "E"), one(*TRANSPOSED)
    small = {"G": "g", r"\Delta ": r"\delta", "D": "d", "E": "e"}[gradient]
    ones = one(r"\mathbf 1", r"\mathbf{1}_N")
    if perhaps(0.4):
        writer.statements.append(rf"${x} \in \mathbb R^{{N\times D}}$, ${w} \in \mathbb R^{{D\times M}}$")
    entries = rf"{y.lower()}_{{ij}} = \sum_k {x.lower()}_{{ik}}{w.lower()}_{{kj}} + {b}_j"
    writer.state(one(f"{y} = {x}{w} + {ones}{b}{transposed}", f"{y} = {x}{w} + {ones}{b}{transposed}$, that is ${entries}"))
    writer.upstream(gradient, partial("L", y))
    way = one("differentials", "entries", "products", "at once")
    if way == "differentials":
        writer.step(rf"dL = \operatorname{{tr}}({gradient}{transposed}d{y})")
        writer.step(rf"d{y} = d{x}\,{w} + {x}\,d{w} + {ones}\,d{b}{transposed}")
        writer.step(rf"\operatorname{{tr}}({gradient}{transposed}d{x}\,{w}) = \operatorname{{tr}}({w}{gradient}{transposed}d{x})")
    elif way == "entries":
        writer.step(
            rf"{partial('L', f'{w.lower()}_{{kj}}')} = \sum_i {small}_{{ij}}{x.lower()}_{{ik}} = ({x}{transposed}{gradient})_{{kj}}"
        )
        writer.step(rf"{partial('L', f'{x.lower()}_{{ik}}')} = \sum_j {small}_{{ij}}{w.lower()}_{{kj}}")
        writer.step(rf"{partial('L', f'{b}_j')} = \sum_i {small}_{{ij}}")
    elif way == "products":
        writer.step(rf"dL = \langle {gradient}, d{y}\rangle")
        writer.step(rf"\langle {gradient}, {x}\,d{w}\rangle = \langle {x}{transposed}{gradient}, d{w}\rangle")
    writer.step(f"{partial('L', x)} = {gradient}{w}{transposed}")
    writer.step(f"{partial('L', w)} = {x}{transposed}{gradient}")
    writer.step(f"{partial('L', b)} = {gradient}{transposed}{ones}")
    return writer.text(shuffles=0)


def squared_error(writer: Writer) -> str:
    """``J = \\|X - AS\\|^2`` in letters of the writer's own, by traces, differentials, entries or a step, with names for parts of it."""
    one, perhaps = writer.one, writer.perhaps
    x, a, s = writer.draw.choice(
        [("X", "A", "S"), ("X", "A", "S"), ("Y", "W", "H"), ("X", "U", "V"), ("M", "A", "B"), ("D", "P", "Q")]
    )
    number, transposed = one("J", "f", "L", r"\ell"), one(*TRANSPOSED)
    product = f"{a}{s}"
    if perhaps(0.5):
        product = writer.free("F", "Z", taken=(x, a, s))
        writer.state(f"{product} = {a}{s}")
    rest = f"({x} - {product})"
    writer.state(rf"{number} = \|{x} - {product}\|_F^2")
    if perhaps(0.6):
        rest = writer.free("R", "E", "D", taken=(x, a, s, product))
        writer.state(one(f"{rest} = {x} - {product}", f"{rest} := {x} - {a}{s}"), one("", " is the residual"))
    way = one("trace", "differentials", "step", "vec", "at once")
    if way == "trace":
        writer.step(rf"{number} = \operatorname{{tr}}({rest}{transposed}{rest})")
        writer.step(rf"{number} = \|{x}\|_F^2 - 2\langle {x}, {a}{s}\rangle + \|{a}{s}\|_F^2")
    elif way == "differentials":
        writer.step(rf"d({a}{s}) = d{a}\,{s} + {a}\,d{s}")
        writer.step(rf"d{number} = -2\operatorname{{tr}}({rest}{transposed}{a}\,d{s})", f"For fixed ${a}$: ")
    elif way == "step":
        step = writer.free("H", "K", taken=(x, a, s, product))
        writer.step(rf"{number}({s} + {step}) - {number}({s}) = -2\langle {rest}, {a}{step}\rangle + \|{a}{step}\|_F^2")
        writer.step(rf"D{number}({s})[{step}] = -2\langle {a}{transposed}{rest}, {step}\rangle")
    elif way == "vec":
        writer.step(
            rf"\operatorname{{vec}}({a}{s}) = (I \otimes {a})\operatorname{{vec}}({s}) = ({s}{transposed} \otimes I)\operatorname{{vec}}({a})"
        )
    if product in ("F", "Z"):
        writer.step(f"{partial(number, product)} = -2({x} - {product})")
    writer.step(f"{writer.gradient(number, s)} = -2{a}{transposed}{rest}")
    writer.step(f"{writer.gradient(number, a)} = -2{rest}{s}{transposed}")
    return writer.text()


def bilinear(writer: Writer) -> str:
    """``y = x^TAc`` in letters of the writer's own, by entries, differentials or a trace, with names for parts of it."""
    one, perhaps = writer.one, writer.perhaps
    x, a, c = writer.draw.choice(
        [("x", "A", "c"), ("x", "A", "c"), ("u", "M", "v"), ("x", "W", "b"), ("z", "Q", "w"), ("p", "A", "q")]
    )
    number, transposed = one("y", "f", "L"), one(*TRANSPOSED)
    writer.state(f"{number} = {x}{transposed}{a}{c}")
    if perhaps(0.4):
        writer.statements.append(rf"${x} \in \mathbb R^n$, ${a} \in \mathbb R^{{n\times m}}$, ${c} \in \mathbb R^m$")
    right, left = f"{a}{c}", f"{a}{transposed}{x}"
    if perhaps(0.4):
        name = writer.free("h", "t", "r", taken=(x, c))
        writer.state(f"{name} = {right}")
        right = name
    if perhaps(0.3):
        name = writer.free("k", "z", "l", taken=(x, c, right))
        writer.state(f"{name} = {left}")
        left = name
    way = one("entries", "differentials", "trace", "at once")
    if way == "entries":
        writer.step(rf"{number} = \sum_{{i,j}} {x}_i{a.lower()}_{{ij}}{c}_j")
        writer.step(rf"{partial(number, f'{x}_k')} = \sum_j {a.lower()}_{{kj}}{c}_j = ({a}{c})_k")
        writer.step(f"{partial(number, f'{a.lower()}_{{kl}}')} = {x}_k{c}_l")
    elif way == "differentials":
        writer.step(rf"d{number} = d{x}{transposed}{a}{c} + {x}{transposed}d{a}\,{c} + {x}{transposed}{a}\,d{c}")
    elif way == "trace":
        writer.step(rf"{number} = \operatorname{{tr}}({a}{c}{x}{transposed}) = \operatorname{{tr}}({c}{x}{transposed}{a})")
    writer.step(f"{writer.gradient(number, x)} = {right}")
    writer.step(f"{writer.gradient(number, c)} = {left}")
    writer.step(f"{writer.gradient(number, a)} = {x}{c}{transposed}")
    return writer.text()


DERIVATIONS: dict[str, Callable[[Writer], str]] = {
    "batch_norm": batch_norm,
    "softmax": softmax,
    "linear": linear,
    "ex4_trace": squared_error,
    "ex3": bilinear,
}
