"""More right derivations at random: by whole columns and matrices, of whole batches, of two layers, and of the first two exercises."""

from collections.abc import Callable

from tests.right_derivations import TRANSPOSED, Writer, fraction, partial


def batch_norm_in_columns(writer: Writer) -> str:
    """Batch normalization by columns of ones and the matrix that centers."""
    one, perhaps = writer.one, writer.perhaps
    x, y, gradient = one("x", "z"), one("y", "o"), one("g", "q")
    size, ones, transposed = one("N", "n"), r"\mathbf 1", one(*TRANSPOSED)
    mean, centered = one(r"\mu", "m", rf"\bar {x}"), one("c", "u", rf"\tilde {x}")
    writer.state(one(rf"{mean} = \frac1{size}{ones}{transposed}{x}", rf"{mean} = \frac1{size}\sum_i {x}_i"))
    writer.state(rf"{centered} = {x} - {mean}{ones}")
    matrix = one("P", "H", "C")
    writer.state(rf"{matrix} = I - \frac1{size}{ones}{ones}{transposed}")
    variance = one(r"\sigma^2", "v")
    writer.state(rf"{variance} = \frac1{size}" + one(rf"{centered}{transposed}{centered}", rf"\|{centered}\|^2"))
    root = one("s", r"\tau")
    writer.state(rf"{root} = \sqrt{{{variance} + \epsilon}}")
    writer.state(f"{y} = {fraction(centered, root)}")
    writer.step(f"{centered} = {matrix}{x}")
    if perhaps(0.5):
        writer.step(f"{matrix}{ones} = 0")
        writer.step(f"{matrix}^2 = {matrix}")
    writer.step(rf"d{variance} = \frac2{size}{centered}{transposed}d{centered} = \frac2{size}{centered}{transposed}d{x}")
    writer.step(rf"d{root} = \frac1{size}{y}{transposed}d{x}")
    writer.step(rf"d{y} = \frac1{root}\left({matrix} - \frac1{size}{y}{y}{transposed}\right)d{x}")
    writer.upstream(gradient, partial("L", y))
    writer.step(rf"{partial('L', x)} = \frac1{root}\left({matrix}{gradient} - \frac1{size}{y}{y}{transposed}{gradient}\right)")
    return writer.text(shuffles=0)


def batch_norm_of_features(writer: Writer) -> str:
    """Batch normalization with two indices, one for objects and one for features."""
    n, m, d = writer.draw.choice([("i", "k", "j"), ("n", "m", "d"), ("i", "k", "d")])
    x, y, gradient = writer.draw.choice([("x", "y", "g"), ("X", "Y", "G")])
    root = rf"\sqrt{{\sigma_{d}^2 + \epsilon}}"
    writer.state(rf"\mu_{d} = \frac1N\sum_{n} {x}_{{{n}{d}}}")
    writer.state(rf"\sigma_{d}^2 = \frac1N\sum_{n} ({x}_{{{n}{d}}} - \mu_{d})^2")
    writer.state(f"{y}_{{{n}{d}}} = {fraction(rf'{x}_{{{n}{d}}} - {chr(92)}mu_{d}', root)}")
    writer.upstream(f"{gradient}_{{{n}{d}}}", partial("L", f"{y}_{{{n}{d}}}"))
    by = f"{x}_{{{m}{d}}}"
    writer.step(rf"{partial(f'{chr(92)}mu_{d}', by)} = \frac1N")
    writer.step(rf"{partial(f'{chr(92)}sigma_{d}^2', by)} = \frac2N({by} - \mu_{d})")
    along = rf"\sum_{n} {gradient}_{{{n}{d}}}{y}_{{{n}{d}}}"
    writer.step(
        rf"{partial('L', by)} = {fraction('1', root)}\left({gradient}_{{{m}{d}}} - \frac1N\sum_{n} {gradient}_{{{n}{d}}} - "
        rf"{fraction(f'{y}_{{{m}{d}}}', 'N')}{along}\right)"
    )
    return writer.text(shuffles=0)


def softmax_in_columns(writer: Writer) -> str:
    """Softmax by differentials of columns."""
    x, y, gradient, name = (
        writer.one("x", "z", "a"),
        writer.one("y", "p", "s"),
        writer.one("g", "v", "q"),
        writer.one("e", "u", "w"),
    )
    transposed, ones = writer.one(*TRANSPOSED), r"\mathbf 1"
    writer.state(rf"{name} = \exp({x})")
    writer.state(f"{y} = {fraction(name, f'{ones}{transposed}{name}')}")
    writer.step(rf"d{name} = {name} \odot d{x}")
    writer.step(rf"d{y} = {y} \odot d{x} - {y}({y}{transposed}d{x})")
    jacobian = rf"(\operatorname{{diag}}({y}) - {y}{y}{transposed})"
    writer.step(f"d{y} = {jacobian}d{x}")
    writer.upstream(gradient, partial("L", y))
    writer.step(rf"{partial('L', x)} = {jacobian}{gradient} = {y} \odot {gradient} - {y}({y}{transposed}{gradient})")
    return writer.text(shuffles=0)


def softmax_of_batch(writer: Writer) -> str:
    """Softmax with an index for the object."""
    x, y, gradient = writer.draw.choice([("x", "y", "g"), ("X", "Y", "G"), ("z", "p", "g"), ("Z", "P", "G")])
    n, i, j, k = writer.draw.choice([tuple("nijk"), tuple("iklm"), tuple("bijk")])
    writer.state(f"{y}_{{{n}{i}}} = {fraction(f'e^{{{x}_{{{n}{i}}}}}', rf'{chr(92)}sum_{k} e^{{{x}_{{{n}{k}}}}}')}")
    entry = partial(f"{y}_{{{n}{i}}}", f"{x}_{{{n}{j}}}")
    writer.step(rf"{entry} = {y}_{{{n}{i}}}(\delta_{{{i}{j}}} - {y}_{{{n}{j}}})")
    writer.upstream(f"{gradient}_{{{n}{i}}}", partial("L", f"{y}_{{{n}{i}}}"))
    along = rf"\sum_{i} {gradient}_{{{n}{i}}}{y}_{{{n}{i}}}"
    writer.step(
        rf"{partial('L', f'{x}_{{{n}{j}}}')} = \sum_{i} {gradient}_{{{n}{i}}}{entry} = {y}_{{{n}{j}}}\left({gradient}_{{{n}{j}}} - {along}\right)"
    )
    return writer.text(shuffles=0)


def two_layers(writer: Writer) -> str:
    """Two linear layers, with names for what is between them."""
    transposed, ones = writer.one(*TRANSPOSED), r"\mathbf 1"
    hidden, output = writer.one("H", "Z_1", "A_1"), writer.one("Y", "Y_2", "Z_2")
    upstream, inner = writer.draw.choice([("G", "R"), ("G_2", "G_1"), (r"\Delta_2", r"\Delta_1")])
    writer.state(f"{hidden} = XW_1 + {ones}b_1{transposed}")
    writer.state(f"{output} = {hidden}W_2 + {ones}b_2{transposed}")
    writer.steps.append(f"Let ${upstream} = {partial('L', output)}$")
    writer.step(f"{partial('L', 'W_2')} = {hidden}{transposed}{upstream}")
    writer.step(f"{partial('L', 'b_2')} = {upstream}{transposed}{ones}")
    writer.step(f"{inner} = {partial('L', hidden)} = {upstream}W_2{transposed}")
    writer.step(f"{partial('L', 'W_1')} = X{transposed}{inner}")
    writer.step(f"{partial('L', 'X')} = {inner}W_1{transposed}")
    return writer.text(shuffles=0)


def square(writer: Writer) -> str:
    """``y = x^Tx`` by entries, by a differential, by a step or along a line."""
    one = writer.one
    x, number, transposed = one("x", "x", "u", "a"), one("y", "f", "L"), one(*TRANSPOSED)
    i, k = writer.draw.choice([("i", "k"), ("j", "i"), ("k", "l")])
    writer.state(
        one(
            f"{number} = {x}{transposed}{x}",
            rf"{number} = \|{x}\|^2",
            rf"{number} = \langle {x}, {x}\rangle",
            rf"{number} = \sum_{i} {x}_{i}^2",
        )
    )
    way, step = one("entries", "differential", "step", "line"), one("h", "v")
    if way == "entries":
        writer.step(rf"{partial(number, f'{x}_{k}')} = \sum_{i} 2{x}_{i}\delta_{{{i}{k}}} = 2{x}_{k}")
    elif way == "differential":
        writer.step(f"d{number} = d{x}{transposed}{x} + {x}{transposed}d{x} = 2{x}{transposed}d{x}")
    elif way == "step":
        writer.step(rf"{number}({x} + {step}) - {number}({x}) = 2{x}{transposed}{step} + \|{step}\|^2")
    else:
        writer.step(f"{fraction('d', 'dt')}{number}({x} + t{step}) = 2({x} + t{step}){transposed}{step}")
    writer.step(f"{writer.gradient(number, x)} = 2{x}")
    return writer.text(shuffles=0)


def trace(writer: Writer) -> str:
    """``y = \\operatorname{tr}(AB)`` in letters of the writer's own."""
    a, b = writer.draw.choice([("A", "B"), ("A", "B"), ("X", "A"), ("X", "C"), ("U", "V")])
    number, transposed, sign = writer.one("y", "f", "L"), writer.one(*TRANSPOSED), writer.one(r"\operatorname{tr}", r"\mathrm{tr}")
    writer.state(f"{number} = {sign}({a}{b})")
    way = writer.one("entries", "differential", "step", "cycle")
    if way == "entries":
        writer.step(rf"{number} = \sum_{{i,j}} {a.lower()}_{{ij}}{b.lower()}_{{ji}}")
        writer.step(f"{partial(number, f'{a.lower()}_{{kl}}')} = {b.lower()}_{{lk}} = ({b}{transposed})_{{kl}}")
    elif way == "differential":
        writer.step(rf"d{number} = {sign}(d{a}\,{b}) = {sign}({b}\,d{a})")
    elif way == "step":
        step = writer.one("H", "E", "K")
        writer.step(f"{number}({a} + {step}) - {number}({a}) = {sign}({step}{b})")
    else:
        writer.step(f"{sign}({a}{b}) = {sign}({b}{a})")
    writer.step(f"{writer.gradient(number, a)} = {b}{transposed}")
    return writer.text(shuffles=0)


# By a name: the exercise, and who writes of it.
WHOLE: dict[str, tuple[str, Callable[[Writer], str]]] = {
    "batch normalization in columns": ("batch_norm", batch_norm_in_columns),
    "batch normalization of features": ("batch_norm", batch_norm_of_features),
    "softmax in columns": ("softmax", softmax_in_columns),
    "softmax of a batch": ("softmax", softmax_of_batch),
    "two layers": ("linear", two_layers),
    "a square": ("ex1", square),
    "a trace": ("ex2", trace),
}
