"""Figures that look like the solution's are not drawn again.

Most cells that draw are the course's own and locked, and with right functions they draw what the solved notebook shows; drawing
is the dearest part of running a notebook. A figure's *key* says what is in it before it is drawn: the cell's text, and
every number to a precision finer than a pixel. Where the solved notebook has a figure of the same key, the student's
process sends the key alone, and the trusted process puts the picture in. Any doubt, such as a kind of artist that is not
listed here or changed settings, gives no key, and the figure is drawn.

Run as ``python -m autograder.isolation.figures NOTEBOOK`` it prints the keys of an executed notebook's figures.
"""

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np

# Of the largest entry of an array: no figure of the course is so many pixels wide.
PRECISION = 1 << 15
MARK = "figure:"
_KEY = re.compile(r"[0-9a-f]{16}-[0-9a-f]{64}")


def read_pictures(notebook: Path) -> dict[str, str]:
    """The pictures of a solved notebook, as base64 text, by their keys; none if there is no such notebook."""
    if not notebook.is_file():
        return {}
    pictures = {}
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", []):
            if "figure" in output.get("metadata", {}) and "image/png" in output.get("data", {}):
                pictures[output["metadata"]["figure"]] = "".join(output["data"]["image/png"])
    return pictures


class Drawing:
    """Stands in for the function by which a shell turns figures into PNG.

    Attributes
    ----------
    known
        Keys that need no drawing.
    cell
        The text of the cell that runs.
    all_keys
        Give every figure's key instead of drawing it, where it has one.
    """

    def __init__(self, shell: Any, all_keys: bool = False):
        from matplotlib import rcParams
        from matplotlib.figure import Figure

        self.known: frozenset[str] = frozenset()
        self.cell = ""
        self.all_keys = all_keys
        self._settings = dict(rcParams)
        formatter = shell.display_formatter.formatters["image/png"]
        self._draw = formatter.for_type(Figure)
        formatter.for_type(Figure, self)

    def __call__(self, figure) -> str:
        cell = cell_key(self.cell)
        if self.all_keys or any(key.startswith(cell) for key in self.known):
            key = self._key(figure, cell)
            if key and (self.all_keys or key in self.known):
                return MARK + key
        return self._draw(figure)

    def _key(self, figure, cell: str) -> str | None:
        from matplotlib import rcParams

        try:
            content = figure_content(figure) if dict(rcParams) == self._settings else None
        except Exception:
            # The figure is a stranger's, and may be of any kind: it is drawn.
            return None
        return content and f"{cell}-{hashlib.sha256(repr(content).encode()).hexdigest()}"


def picture_of(value: str, pictures: dict[str, str]) -> str | None:
    """The picture that a student's process means, or ``None`` where it names one that does not exist."""
    key = value[len(MARK) :].strip()
    return pictures.get(key) if _KEY.fullmatch(key) else None


def cell_key(source: str) -> str:
    """The part of a key that says which cell draws."""
    return hashlib.sha256(source.strip().encode()).hexdigest()[:16]


def figure_content(figure) -> list | None:
    """All that decides how a figure of these cells looks, as plain values; ``None`` if something in it is not understood."""
    others = [*figure.lines, *figure.patches, *figure.images, *figure.legends, *figure.artists, *figure.subfigs]
    if others or figure.get_layout_engine() is not None:
        return None
    content = [_numbers([*figure.get_size_inches(), figure.dpi]), [_text(text) for text in figure.texts]]
    for axes in figure.axes:
        children = _axes(axes)
        if children is None:
            return None
        content.append(children)
    return content


def _axes(axes) -> list | None:
    from matplotlib.axis import Axis
    from matplotlib.legend import Legend
    from matplotlib.spines import Spine

    logs = (axes.get_xscale() == "log", axes.get_yscale() == "log")
    content: list = [type(axes).__name__, axes.axison, axes.get_xscale(), axes.get_yscale(), str(axes.get_aspect())]
    content += [_numbers(axes.get_position().bounds), _numbers(axes.get_xlim(), logs[0]), _numbers(axes.get_ylim(), logs[1])]
    content += [_axis(axis, log) for axis, log in zip((axes.xaxis, axes.yaxis), logs)]
    content += [_text(title) for title in (axes.title, axes._left_title, axes._right_title)]
    titles = {id(axes.title), id(axes._left_title), id(axes._right_title), id(axes.patch)}
    for child in axes.get_children():
        if isinstance(child, (Axis, Spine)) or id(child) in titles:
            continue
        found = [_text(text) for text in child.get_texts()] + [child._loc] if isinstance(child, Legend) else _artist(child, logs)
        if found is None:
            return None
        content.append(found)
    return content


def _axis(axis, log: bool) -> list:
    content = [axis.get_visible(), _text(axis.label)]
    for ticker in (axis.major, axis.minor):
        places = getattr(ticker.locator, "locs", ())
        labels = getattr(ticker.formatter, "seq", ())
        content += [type(ticker.locator).__name__, _numbers(places, log), type(ticker.formatter).__name__, list(map(str, labels))]
    return content


def _artist(artist, logs: tuple[bool, bool]) -> list | None:
    from matplotlib.contour import ContourSet
    from matplotlib.image import AxesImage
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch
    from matplotlib.quiver import Quiver
    from matplotlib.text import Text

    common = [type(artist).__name__, artist.get_visible(), artist.get_alpha(), artist.get_zorder(), str(artist.get_label())]
    if isinstance(artist, Text):
        return common + _text(artist)
    if isinstance(artist, Line2D):
        places = [_numbers(values, log) for values, log in zip(artist.get_data(), logs)]
        style = [artist.get_linestyle(), artist.get_linewidth(), artist.get_drawstyle(), artist.get_marker()]
        return common + places + style + [artist.get_markersize(), _colour(artist.get_color())]
    if isinstance(artist, AxesImage):
        shown = [artist.get_cmap().name, _numbers(artist.get_clim()), artist.get_interpolation(), artist.get_extent()]
        return common + [np.shape(artist.get_array()), _numbers(artist.get_array()), *shown]
    if isinstance(artist, Patch):
        corners = artist.get_patch_transform().transform(artist.get_path().vertices)
        places = [_numbers(values, log) for values, log in zip(corners.T, logs)]
        style = [_colour(artist.get_facecolor()), _colour(artist.get_edgecolor()), artist.get_linewidth(), artist.get_hatch()]
        return common + places + [*style, artist.get_fill()]
    if isinstance(artist, (ContourSet, Quiver)):
        style = [_numbers(artist.get_linewidths()), _colour(artist.get_facecolor()), _colour(artist.get_edgecolor()), artist.get_cmap().name]
        if isinstance(artist, Quiver):
            return common + style + [_numbers(values) for values in (artist.XY, artist.U, artist.V)] + [artist.scale, artist.width]
        return common + style + [_numbers(artist.levels)] + [_numbers(path.vertices) for path in artist.get_paths()]
    return None


def _text(text) -> list:
    place = [text.get_text(), _numbers(text.get_position()), text.get_visible(), text.get_fontsize(), text.get_rotation()]
    return [*place, _colour(text.get_color()), text.get_ha(), text.get_va(), str(text.get_fontweight())]


def _colour(colour) -> str:
    return colour if isinstance(colour, str) else str(np.round(np.asarray(colour, dtype=float), 4).tolist())


def _numbers(values, log: bool = False) -> tuple:
    """Numbers to the precision of the screen, with their size."""
    array = np.ma.filled(np.ma.asarray(values, dtype=float), np.nan).ravel()
    if log:
        # A width of a thousandth of a decade: axes show a dozen of these at most.
        with np.errstate(all="ignore"):
            return ("log", np.nan_to_num(np.rint(1000 * np.log10(array)), nan=-1e9, posinf=1e9, neginf=-1e9).astype(int).tobytes())
    size = float(np.max(np.abs(array[np.isfinite(array)]), initial=0.0))
    steps = np.rint(array / (size or 1.0) * PRECISION)
    return (f"{size:.5g}", np.nan_to_num(steps, nan=-1e9, posinf=1e9, neginf=-1e9).astype(int).tobytes())


def main() -> None:
    """Print, as JSON, a list of ``[cell number, output number, key]`` for the figures of a notebook in its own folder."""
    from autograder.isolation.shell import CellRunner

    notebook = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    runner = CellRunner()
    runner.drawing.all_keys = True
    keys = []
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] != "code":
            continue
        for place, output in enumerate(runner.run("".join(cell["source"]))):
            value = output.get("data", {}).get("image/png", "")
            if value.startswith(MARK):
                keys.append([number, place, value[len(MARK) :].strip()])
    print(json.dumps(keys))


if __name__ == "__main__":
    main()
