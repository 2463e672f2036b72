"""Right derivations of batch normalization at random, as in the paper and in the posts about it: with scale and shift, in both modes.

A text is right by construction.
"""

from collections.abc import Callable

from tests.right_derivations import Writer, fraction, partial

TRAINING = ("**Training mode.** ", "In training: ", "Training: ", "Im Training: ", "**Обучение.** ", "En entrenamiento: ", "")
EVALUATION = (
    "**Evaluation mode.** The statistics are constants. ",
    "At test time the mean and the variance are fixed numbers. ",
    "In evaluation mode the running statistics are used, which do not depend on $x$. ",
    "Im Evaluationsmodus sind Mittelwert und Varianz konstant. ",
    "**Режим инференса.** Статистики фиксированы. ",
    "En évaluation, les statistiques sont des constantes. ",
)


def paper(writer: Writer) -> str:
    """The three derivatives of the paper, with or without scale and shift; then the simplified one, and evaluation mode."""
    one, perhaps = writer.one, writer.perhaps
    i, j = writer.draw.choice([("i", "j"), ("i", "k"), ("n", "m"), ("k", "l")])
    scaled = perhaps(0.4)
    size = one("N", "m") if i != "n" else "N"
    label = one("", "", "_B", r"_{\mathcal B}")
    mean, variance = rf"\mu{label}", rf"\sigma{label}^2"
    hat = r"\hat x" if scaled or perhaps(0.5) else "y"
    epsilon = one(r"\epsilon", r"\varepsilon")
    writer.state(rf"{mean} = \frac{{1}}{{{size}}}\sum_{{{i}=1}}^{{{size}}} x_{i}")
    writer.state(rf"{variance} = \frac{{1}}{{{size}}}\sum_{{{i}=1}}^{{{size}}} (x_{i} - {mean})^2")
    writer.state(rf"{hat}_{i} = \frac{{x_{i} - {mean}}}{{\sqrt{{{variance} + {epsilon}}}}}")
    if scaled:
        writer.state(rf"y_{i} = \gamma {hat}_{i} + \beta")
    by_hat = partial("L", f"{hat}_{i}")
    if scaled:
        writer.step(rf"{by_hat} = {partial('L', f'y_{i}')}\cdot\gamma")
        if perhaps(0.5):
            writer.step(rf"{partial('L', chr(92) + 'gamma')} = \sum_{i} {partial('L', f'y_{i}')}{hat}_{i}")
            writer.step(rf"{partial('L', chr(92) + 'beta')} = \sum_{i} {partial('L', f'y_{i}')}")
    g = "" if scaled or perhaps(0.5) else one("g", "g", r"\delta")
    if g:
        writer.upstream(f"{g}_{i}", by_hat)
    upstream = f"{g}_{i}" if g else by_hat
    by_variance, by_mean, by_x = partial("L", variance), partial("L", mean), partial("L", f"x_{i}")
    writer.step(
        rf"{by_variance} = \sum_{i} {upstream}(x_{i} - {mean})\cdot\frac{{-1}}{{2}}({variance} + {epsilon})^{{-3/2}}"
        if perhaps(0.5)
        else rf"{by_variance} = -\frac12({variance} + {epsilon})^{{-3/2}}\sum_{i} {upstream}(x_{i} - {mean})"
    )
    first = (
        rf"\sum_{i} {upstream}\cdot\frac{{-1}}{{\sqrt{{{variance} + {epsilon}}}}}"
        if perhaps(0.5)
        else rf"-\frac{{1}}{{\sqrt{{{variance} + {epsilon}}}}}\sum_{i} {upstream}"
    )
    second = rf"{by_variance}\cdot\frac{{\sum_{i} -2(x_{i} - {mean})}}{{{size}}}"
    way = one("both", "zero", "short")
    if way == "both":
        writer.step(f"{by_mean} = {first} + {second}")
    elif way == "zero":
        writer.step(f"{by_mean} = {first} + {second} = {first}")
        writer.step(rf"\sum_{i} (x_{i} - {mean}) = 0", one("because ", "denn ", "так как ", "since "))
    else:
        writer.step(f"{by_mean} = {first}")
    writer.step(
        rf"{by_x} = {upstream}\cdot\frac{{1}}{{\sqrt{{{variance} + {epsilon}}}}} + {by_variance}\cdot\frac{{2(x_{i} - {mean})}}{{{size}}} + {by_mean}\cdot\frac{{1}}{{{size}}}"
    )
    at_j = upstream.replace(f"_{i}", f"_{j}")
    if perhaps(0.6):
        writer.step(
            rf"{by_x} = \frac{{1}}{{{size}\sqrt{{{variance} + {epsilon}}}}}\left({size}{upstream} - \sum_{j} {at_j} - {hat}_{i}\sum_{j} {at_j}{hat}_{j}\right)",
            one("", "Together: ", "Einsetzen gibt ", "Итого: "),
        )
    text = one(*TRAINING) + writer.text(0)
    if perhaps(0.5):
        scale = r"\gamma" if scaled else ""
        above = partial("L", f"y_{i}") if scaled else upstream
        text += f"\n\n{one(*EVALUATION)}${by_x} = {fraction(f'{above}{scale}', rf'{chr(92)}sqrt{{{variance} + {epsilon}}}')}$."
    return text


def by_sums(writer: Writer) -> str:
    """Sums in the place of means, the derivative of each by an entry, and the Jacobian."""
    one, perhaps = writer.one, writer.perhaps
    i, j, k = writer.draw.choice([("i", "j", "k"), ("n", "m", "k"), ("k", "l", "j"), ("i", "k", "l")])
    size = "N"
    epsilon = one(r"\epsilon", r"\varepsilon")
    variance = one(r"\sigma^2", r"\sigma^2", "v")
    s = one("s", r"\tau", "q") if perhaps(0.6) else ""
    writer.state(rf"\mu = \frac1{size}\sum_{k} x_{k}")
    writer.state(rf"{variance} = \frac1{size}\sum_{k} (x_{k} - \mu)^2")
    root = rf"\sqrt{{{variance} + {epsilon}}}"
    if s:
        writer.state(f"{s} = {root}")
    below = s or root
    writer.state(rf"y_{i} = \frac{{x_{i} - \mu}}{{{below}}}")
    writer.step(rf"{partial(chr(92) + 'mu', f'x_{j}')} = \frac1{size}")
    middle = rf"\frac2{size}\sum_{k} (x_{k} - \mu)\left(\delta_{{{k}{j}}} - \frac1{size}\right) = " if perhaps(0.6) else ""
    writer.step(rf"{partial(variance, f'x_{j}')} = {middle}\frac2{size}(x_{j} - \mu)")
    if s:
        writer.step(
            rf"{partial(s, f'x_{j}')} = \frac{{1}}{{2{s}}}{partial(variance, f'x_{j}')} = \frac{{x_{j} - \mu}}{{{size}{s}}}"
            + one("", rf" = \frac{{y_{j}}}{{{size}}}")
        )
    jacobian = rf"\frac{{1}}{{{below}}}\left(\delta_{{{i}{j}}} - \frac1{size} - \frac{{y_{i}y_{j}}}{{{size}}}\right)"
    quotient = (
        rf"\frac{{\delta_{{{i}{j}}} - \frac1{size}}}{{{below}}} - \frac{{x_{i} - \mu}}{{{s}^2}}{partial(s, f'x_{j}')} = "
        if s and perhaps(0.7)
        else ""
    )
    writer.step(f"{partial(f'y_{i}', f'x_{j}')} = {quotient}{jacobian}")
    writer.upstream(f"g_{i}", partial("L", f"y_{i}"))
    mean = one("bar", "sum", "letter")
    if mean == "bar":
        writer.step(rf"\bar g = \frac1{size}\sum_{i} g_{i}", "With ")
        writer.step(rf"\overline{{gy}} = \frac1{size}\sum_{i} g_{i}y_{i}", "and ")
        end = rf"\frac{{1}}{{{below}}}\left(g_{j} - \bar g - y_{j}\overline{{gy}}\right)"
    elif mean == "letter":
        writer.step(rf"a = \frac1{size}\sum_{i} g_{i}", "Let ")
        writer.step(rf"b = \frac1{size}\sum_{i} g_{i}y_{i}", "Let ")
        end = rf"\frac{{1}}{{{below}}}(g_{j} - a - b y_{j})"
    else:
        end = rf"\frac{{1}}{{{below}}}\left(g_{j} - \frac1{size}\sum_{i} g_{i} - \frac{{y_{j}}}{{{size}}}\sum_{i} g_{i}y_{i}\right)"
    writer.step(rf"{partial('L', f'x_{j}')} = \sum_{i} g_{i}{partial(f'y_{i}', f'x_{j}')} = {end}")
    return one(*TRAINING) + writer.text(0)


def of_features(writer: Writer) -> str:
    """Every feature by itself, with an index for it."""
    one, perhaps = writer.one, writer.perhaps
    i, j, k = writer.draw.choice([("i", "j", "k"), ("n", "d", "m"), ("n", "j", "k"), ("i", "c", "k")])
    epsilon = one(r"\epsilon", r"\varepsilon")
    variance = one(rf"\sigma_{j}^2", rf"\sigma^2_{j}", f"v_{j}")
    root = rf"\sqrt{{{variance} + {epsilon}}}"
    writer.state(rf"\mu_{j} = \frac1N\sum_{i} x_{{{i}{j}}}")
    writer.state(rf"{variance} = \frac1N\sum_{i} (x_{{{i}{j}}} - \mu_{j})^2")
    writer.state(rf"y_{{{i}{j}}} = \frac{{x_{{{i}{j}}} - \mu_{j}}}{{{root}}}")
    writer.upstream(f"g_{{{i}{j}}}", partial("L", f"y_{{{i}{j}}}"))
    if perhaps(0.6):
        writer.step(rf"{partial(variance, f'x_{{{i}{j}}}')} = \frac2N(x_{{{i}{j}}} - \mu_{j})")
    if perhaps(0.6):
        writer.step(
            rf"{partial('L', variance)} = -\frac12({variance} + {epsilon})^{{-3/2}}\sum_{i} g_{{{i}{j}}}(x_{{{i}{j}}} - \mu_{j})"
        )
    if perhaps(0.6):
        writer.step(rf"{partial('L', chr(92) + f'mu_{j}')} = -\frac{{1}}{{{root}}}\sum_{i} g_{{{i}{j}}}")
    writer.step(
        rf"{partial('L', f'x_{{{i}{j}}}')} = \frac{{1}}{{{root}}}\left(g_{{{i}{j}}} - \frac1N\sum_{k} g_{{{k}{j}}} - \frac{{y_{{{i}{j}}}}}N\sum_{k} g_{{{k}{j}}}y_{{{k}{j}}}\right)"
    )
    return one(*TRAINING) + writer.text(0)


OF_PAPERS: dict[str, Callable[[Writer], str]] = {"paper": paper, "by sums": by_sums, "of features": of_features}
