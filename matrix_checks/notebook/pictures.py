"""Pictures in the notebooks."""

import contextlib
import io
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from matrix_checks.checks.calling import TooLong, innermost_function, stop_after
from matrix_checks.notebook.surroundings import surroundings

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.image import AxesImage

ANNOTATED_ENTRIES = 120
DRAWN_ENTRIES = 400
SPOKEN_ENTRIES = 12
SECONDS_PER_PICTURE = 5.0


@contextlib.contextmanager
def look() -> Iterator[None]:
    """Turn an exception in a cell that draws into one plain sentence, so that an unwritten function stops nobody.

    Examples
    --------
    ``with look(): plt.plot(grad_quadratic(x)); plt.show()``
    """
    try:
        with stop_after(SECONDS_PER_PICTURE):
            yield
    except TooLong:
        print(f"This cell was stopped after {SECONDS_PER_PICTURE:g} seconds: does a loop never end?")
        _close_figures()
    except NotImplementedError as error:
        name = innermost_function(error) or "A function"
        print(f"{name} is not written yet: run this cell again once it is.")
        _close_figures()
    except Exception as error:
        first_line = (str(error).splitlines() or [""])[0]
        where = innermost_function(error)
        place = f" in {where}" if where else ""
        print(f"This cell stopped: {type(error).__name__}{place}: {first_line}")
        _close_figures()


def heat_map(
    axes: "Axes",
    matrix: Any,
    title: str,
    row_label: str | None = None,
    column_label: str | None = None,
    *,
    limit: float | None = None,
) -> "AxesImage":
    """Draw a matrix as a heat map centred at zero: red above, blue below, each entry written in when there are few.

    Parameters
    ----------
    axes
        Matplotlib axes to draw on.
    matrix
        Real array ``(rows, columns)``; a vector is drawn as a column.
    title, row_label, column_label
        Texts.
    limit
        The value at the end of the scale of colours; the largest absolute value of the matrix if not given.

    Returns
    -------
    matplotlib.image.AxesImage
        The image, for a colour bar.

    Raises
    ------
    ValueError
        If the array has more than two axes.
    """
    # Adding zero turns a negative zero, which would be printed as -0, into a plain one.
    matrix = np.asarray(matrix, dtype=float) + 0.0
    if matrix.ndim == 1:
        matrix = matrix[:, np.newaxis]
    if matrix.ndim != 2:
        raise ValueError(f"heat_map draws matrices; this array has shape {matrix.shape}.")
    limit = limit or float(np.abs(matrix).max(initial=0.0)) or 1.0
    image = axes.imshow(matrix, cmap="RdBu_r", vmin=-limit, vmax=limit, aspect="auto")
    axes.set_title(title)
    axes.set_xticks(range(matrix.shape[1]) if matrix.shape[1] <= 20 else [])
    axes.set_yticks(range(matrix.shape[0]) if matrix.shape[0] <= 20 else [])
    if row_label:
        axes.set_ylabel(row_label)
    if column_label:
        axes.set_xlabel(column_label)
    if matrix.size <= ANNOTATED_ENTRIES:
        for (row, column), value in np.ndenumerate(matrix):
            colour = "white" if abs(value) > 0.6 * limit else "black"
            axes.text(column, row, f"{value:.2g}", ha="center", va="center", fontsize=8, color=colour)
    return image


def show_beside(actual: Any, expected: Any, title: str) -> None:
    """Show a student's array beside the right one, where pictures can be shown and there is something to see.

    Parameters
    ----------
    actual, expected
        Real arrays with one or two axes, of at most :data:`DRAWN_ENTRIES` entries; others are left alone.
    title
        What the arrays are.
    """
    arrays = [np.asarray(array, dtype=np.float64) for array in (actual, expected)]
    if any(array.ndim not in (1, 2) or not 1 < array.size <= DRAWN_ENTRIES for array in arrays):
        return
    show_png = surroundings().show_png
    if show_png is None:
        return
    finite = [np.where(np.isfinite(array), array, 0.0) for array in arrays]
    show_png(_beside(*(_Frozen(array.shape, array.tobytes()) for array in finite), title), _in_words(arrays, title))


def _in_words(arrays: list[np.ndarray], title: str) -> str:
    """What a picture of two arrays shows to whoever does not see it."""
    words = []
    for array, whose in zip(arrays, ("yours", "expected")):
        numbers = ": " + ", ".join(f"{value:.2g}" for value in array.flat) if array.size <= SPOKEN_ENTRIES else ""
        words.append(f"{whose}, shape {array.shape}{numbers}")
    return f"{title}. Two heat maps on one scale of colours. " + "; ".join(words)


class _Frozen(NamedTuple):
    """An array of 64-bit floats that can be told from others by its value."""

    shape: tuple[int, ...]
    content: bytes


# A mistake that many make gives the same numbers, and so the same picture.
@lru_cache(maxsize=100)
def _beside(actual: _Frozen, expected: _Frozen, title: str) -> bytes:
    from matplotlib.figure import Figure

    # Neither the student's figures nor their backend are touched.
    figure = Figure(figsize=(6, 2.2))
    # All pictures of this kind have the same layout: to look for one would take most of the time.
    figure.subplots_adjust(left=0.05, right=0.98, bottom=0.12, top=0.74, wspace=0.15)
    matrices = [np.frombuffer(array.content).reshape(array.shape) for array in (actual, expected)]
    # One scale of colours for both: twice the right answer would look right on a scale of its own.
    limit = max(float(np.abs(matrix).max()) for matrix in matrices)
    for axes, matrix, whose in zip(figure.subplots(1, 2), matrices, ("yours", "expected")):
        heat_map(axes, matrix, f"{whose}, shape {matrix.shape}", limit=limit)
    figure.suptitle(title, fontsize=9)
    data = io.BytesIO()
    figure.savefig(data, format="png", dpi=80)
    return data.getvalue()


def _close_figures() -> None:
    # A figure begun before the exception would be shown half-drawn by the inline backend.
    import matplotlib.pyplot as plt

    plt.close("all")
