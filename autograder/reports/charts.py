"""Figures of a class as SVG inside a page: Matplotlib draws them, and the page's style gives their colours and letters.

A figure has a text alternative, brings no name of its own into the page but behind the name of the figure, and asks for nothing.
Matplotlib is imported when the first one is drawn: whoever grades without reports does not wait for it.
"""

import io
import warnings
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from autograder.reports.statistics import STAGES, Funnel

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
LINK, CLIP = f"{{{XLINK}}}href", "clip-path"
# A point of paper in pixels of a screen.
PIXELS = 4 / 3
# Colours that Matplotlib writes, and what the page has in their place.
INK, PAPER, ACCENT = "#010203", "#fdfcfb", "#1f5c7a"
_IN_THE_PAGE = {INK: "var(--ink)", PAPER: "var(--paper)", ACCENT: "var(--accent)"}
# One for each of STAGES: apart for the colour-blind, and light enough for black letters on any background.
STAGE_COLOURS = ("#c9ccd1", "#cfa3cc", "#f28e5c", "#f2d95c", "#7db9e8")
# Letters on those.
ON_COLOUR = "#000001"
MAP = "cividis"
# More rows of a heat map have no names beside them.
MOST_NAMED = 40
LONGEST_NAME = 24
LONGEST_ALTERNATIVE = 2000
_STYLE = {
    "svg.fonttype": "none",
    "text.parse_math": False,
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def histogram(totals: Sequence[float], most: float) -> Markup:
    """The distribution of marks.

    Parameters
    ----------
    totals
        Of each student.
    most
        What can be reached.
    """
    edges, counts = bins_of(totals, most)

    def draw(axes: "Axes") -> None:
        bars = axes.bar(edges[:-1], counts, edges[1], align="edge", color=ACCENT, edgecolor=PAPER)
        axes.bar_label(bars, [str(count) if count else "" for count in counts])
        axes.set_xticks(edges, [f"{edge:g}" for edge in edges])
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xlabel("points that count")

    fullest = max(range(len(counts)), key=counts.__getitem__)
    said = (
        f"Histogram of the points of {len(totals)} students, from 0 to {most:g} in {len(counts)} classes. Most of them, "
        f"{counts[fullest]}, have {edges[fullest]:g} to {edges[fullest + 1]:g} points. The numbers are in the table below."
    )
    return _drawn("histogram", said, (7.0, 2.6), draw)


def bins_of(totals: Sequence[float], most: float, count: int = 10) -> tuple[list[float], list[int]]:
    """Edges from zero to what can be reached, and how many totals are between; what is above counts to the last."""
    width = max(most, 1e-9) / count
    counts = [0] * count
    for total in totals:
        # A total on an edge counts to what is above it, whatever rounding did.
        counts[min(max(int(total / width + 1e-9), 0), count - 1)] += 1
    return [round(place * width, 6) for place in range(count + 1)], counts


def heat_map(shares: Sequence[Sequence[float]], students: Sequence[str], checks: Sequence[str]) -> Markup:
    """Students by checks, from no points to all.

    Parameters
    ----------
    shares
        From 0 to 1, a row for each student, a column for each check.
    students, checks
        Their names.
    """
    means = [sum(column) / len(shares) for column in zip(*shares)]

    def draw(axes: "Axes") -> None:
        # Students are counted from one.
        whole = (-0.5, len(checks) - 0.5, len(students) + 0.5, 0.5)
        axes.imshow(shares, cmap=MAP, vmin=0, vmax=1, aspect="auto", interpolation="none", extent=whole)
        axes.xaxis.tick_top()
        axes.set_xticks(range(len(checks)), [_label(name, 32) for name in checks], rotation=40, ha="left", rotation_mode="anchor")
        if len(students) <= MOST_NAMED:
            axes.set_yticks(range(1, len(students) + 1), [_label(name, LONGEST_NAME) for name in students])
        else:
            axes.set_ylabel("students, most points first")
        axes.tick_params(length=0)
        for spine in axes.spines.values():
            spine.set_visible(True)
        _legend_of_shares(axes)

    hardest, easiest = (choose(range(len(means)), key=means.__getitem__) for choose in (min, max))
    said = (
        f"Heat map of {len(students)} students, those with most points on top, by {len(checks)} checks. A cell is dark where no "
        f"points were earned and light where all were. Darkest is {checks[hardest]}, with {means[hardest]:.0%} of its points earned, "
        f"and lightest {checks[easiest]}, with {means[easiest]:.0%}. The numbers are in the table below."
    )
    height = 2.3 + min(0.21 * len(students), 7.0)
    return _drawn("heat-map", said, (7.6, height), draw)


def _legend_of_shares(axes: "Axes") -> None:
    import matplotlib
    from matplotlib.patches import Patch

    colours = matplotlib.colormaps[MAP]
    parts = [
        Patch(facecolor=colours(part), edgecolor=INK, linewidth=0.5, label=f"{part:.0%}") for part in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    axes.legend(handles=parts, ncols=5, loc="upper center", bbox_to_anchor=(0.5, -0.01), frameon=False, title="of the points")


def funnels(found: Sequence[Funnel], names: Sequence[str]) -> Markup:
    """How far each derivation was brought: one bar each, in parts.

    Parameters
    ----------
    found
        The derivations.
    names
        What they are called.
    """

    def draw(axes: "Axes") -> None:
        start = [0] * len(found)
        for stage, colour, number in zip(STAGES, STAGE_COLOURS, range(len(STAGES))):
            counts = [each.stages[number] for each in found]
            bars = axes.barh(range(len(found)), counts, left=start, color=colour, edgecolor=PAPER, label=stage)
            axes.bar_label(bars, [str(count) if count else "" for count in counts], label_type="center", color=ON_COLOUR)
            start = [before + count for before, count in zip(start, counts)]
        axes.set_yticks(range(len(found)), [_label(name, 40) for name in names])
        axes.invert_yaxis()
        axes.set_xticks([])
        axes.tick_params(length=0)
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.legend(ncols=len(STAGES), loc="lower center", bbox_to_anchor=(0.45, 1.0), frameon=False, handlelength=1.2)

    parts = "; ".join(
        f"{name}: " + ", ".join(f"{count} {stage}" for stage, count in zip(STAGES, each.stages) if count)
        for name, each in zip(names, found)
    )
    return _drawn("funnels", f"How far each derivation was brought. {parts}.", (7.6, 0.9 + 0.42 * len(found)), draw)


def _label(name: str, longest: int) -> str:
    """A name on one line, without what no letter is drawn for."""
    shown = "".join(character if character.isprintable() else " " for character in name)
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def _drawn(name: str, said: str, size: tuple[float, float], draw: Callable[["Axes"], None]) -> Markup:
    import matplotlib
    from matplotlib.figure import Figure

    style: Any = {**matplotlib.rcParamsDefault, **_STYLE, "svg.hashsalt": name}
    style.pop("backend", None)
    with matplotlib.rc_context(style), warnings.catch_warnings():
        # Of names in letters that Matplotlib's fonts lack: the page has them.
        warnings.simplefilter("ignore")
        figure = Figure(figsize=size)
        axes = figure.add_subplot()
        draw(axes)
        return _inline(figure, name, said)


def _inline(figure: "Figure", name: str, said: str) -> Markup:
    """A figure as an element of a page."""
    written = io.StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(written, format="svg", metadata=nothing, transparent=True, bbox_inches="tight", pad_inches=0.05)
    svg = ElementTree.fromstring(written.getvalue())
    _take_out_styles(svg)
    used = {_target(element) for element in svg.iter()} - {""}
    for element in svg.iter():
        _adapt(element, name, used)
    width = float(svg.attrib["viewBox"].split()[2]) * PIXELS
    svg.attrib |= {
        "class": "chart",
        "role": "img",
        "aria-label": _label(said, LONGEST_ALTERNATIVE),
        "style": f"max-width: {width:.0f}px",
    }
    for attribute in ("width", "height", "version"):
        svg.attrib.pop(attribute, None)
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    return Markup(ElementTree.tostring(svg, encoding="unicode"))


def _take_out_styles(svg: ElementTree.Element) -> None:
    """A style inside a figure would be one of the whole page."""
    for parent in list(svg.iter()):
        for child in list(parent):
            if child.tag == f"{{{SVG}}}style":
                parent.remove(child)


def _target(element: ElementTree.Element) -> str:
    """The name in this figure that an element refers to; empty for none."""
    value = element.get(CLIP, element.get(LINK, ""))
    return value.removeprefix("url(").removesuffix(")")[1:] if value.startswith(("#", "url(#")) else ""


def _adapt(element: ElementTree.Element, name: str, used: set[str]) -> None:
    """Names behind that of the figure, and colours of the page."""
    identifier, target = element.attrib.pop("id", ""), _target(element)
    if identifier in used:
        element.set("id", f"{name}-{identifier}")
    if target and CLIP in element.attrib:
        element.set(CLIP, f"url(#{name}-{target})")
    elif target:
        del element.attrib[LINK]
        element.set("href", f"#{name}-{target}")
    if "style" in element.attrib:
        element.set("style", _coloured(element.attrib["style"]))
    if element.tag == f"{{{SVG}}}image":
        element.set("style", "image-rendering: pixelated")


def _coloured(style: str) -> str:
    for drawn, shown in _IN_THE_PAGE.items():
        style = style.replace(drawn, shown)
    return style
