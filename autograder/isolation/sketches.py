"""Pyplot for the course's own cells: what they draw is noted first, and drawn only where it is not the solution's picture.

Building Matplotlib's figures and drawing them is the dearest part of running a notebook, and with right functions the course's
locked cells draw exactly what the solved notebook shows. In such a cell ``plt`` is a :class:`Sketchbook`. It notes the calls and
compares each with the one that the solution's cell made in its place: the same name and the same arguments, numbers to a
precision finer than a pixel. At the first call that differs, or that is not plain drawing, all that was noted is done for real,
and from there on the cell draws as it would without a sketchbook. Where all calls are the same, so is the picture.
"""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

# Of the range of an array: no figure of the course is so many pixels wide. No multiple of two, so that values that are exact,
# such as a half, do not lie between two steps, where rounding decides.
PRECISION = 30_011
# Steps in a factor of ten: a logarithmic axis shows a dozen tens at most.
PRECISION_OF_LOGARITHMS = 1_009
DIGITS_IN_CHAIN = 8
LOGARITHMIC = {"loglog", "semilogx", "semilogy"}
# What only draws, or only says how: nothing needs to be known that it returns.
DRAWING = LOGARITHMIC | {
    "axhline", "axis", "axvline", "bar", "contour", "hist", "imshow", "legend", "minorticks_off", "plot", "quiver", "set",
    "set_aspect", "set_clim", "set_frame_on", "set_title", "set_xlabel", "set_xlim", "set_xticks", "set_ylabel", "set_ylim",
    "set_yticks", "stairs", "subplots_adjust", "text", "tick_params",
}  # fmt: skip


class NotPlain(ValueError):
    """An argument is something else than numbers, text, and what the sketchbook gave out."""


class Sketchbook:
    """Stands for ``matplotlib.pyplot`` while one cell runs.

    Parameters
    ----------
    pyplot
        The real one.
    cell
        What tells the cell from others, in keys and in the chain.
    chain
        The first digits of the hash after each call of the solution's cell, one after the other; ``None`` to note whatever is
        drawn, as is done with the solution itself.
    show
        Called with the key of each figure that ``plt.show()`` shows.

    Attributes
    ----------
    noted
        The chain so far.
    noting
        Whether calls are noted; once they are not, all figures are real.
    """

    def __init__(self, pyplot: Any, cell: str, chain: str | None, show: Callable[[str], None]) -> None:
        self._pyplot, self._cell, self._chain, self._show, self._close = pyplot, cell, chain, show, pyplot.close
        self.noted, self.noting = "", True
        self._hash = hashlib.sha256(cell.encode())
        self._calls: list[tuple[Handle | None, str, tuple, dict, Any]] = []
        self._objects: dict[int, Any] = {}
        self._replayed = False
        self._handles = self._waiting = 0

    def __enter__(self) -> "Sketchbook":
        # What closes figures without a name for pyplot in the cell, such as ``look``, means those that are only noted, too.
        self._pyplot.close = self.close
        return self

    def __exit__(self, *_: object) -> None:
        self._pyplot.close = self._close
        if self._waiting:
            # The notebook shows a figure at the end of its cell, whether it was asked to or not.
            self.draw()
            self._pyplot.show()
        self.noting = False

    def __getattr__(self, name: str) -> Any:
        # Whatever else pyplot can do, such as gca(), speaks of real figures.
        if name.startswith("__"):
            raise AttributeError(name)
        self.draw()
        return getattr(self._pyplot, name)

    def subplots(self, *shape: Any, **named: Any) -> Any:
        """A figure, and its axes in an array unless they are one."""
        plain = len(shape) in (0, 2) and all(type(each) is int for each in shape) and named.keys() <= {"figsize"}
        if not plain or not self._note(None, "subplots", shape, named):
            self.draw()
            return self._pyplot.subplots(*shape, **named)
        axes = np.empty(shape or (1, 1), dtype=object)
        for place in np.ndindex(axes.shape):
            axes[place] = self._handle()
        return self._begun("subplots", shape, named, axes.squeeze() if axes.size > 1 else axes[0, 0])

    def subplot_mosaic(self, mosaic: Any, **named: Any) -> Any:
        """A figure, and its axes by the letters of the mosaic."""
        plain = isinstance(mosaic, str) and named.keys() <= {"figsize"}
        if not plain or not self._note(None, "subplot_mosaic", (mosaic,), named):
            self.draw()
            return self._pyplot.subplot_mosaic(mosaic, **named)
        letters = [letter for letter in dict.fromkeys(mosaic) if letter not in ";.\n "]
        return self._begun("subplot_mosaic", (mosaic,), named, {letter: self._handle() for letter in letters})

    def show(self) -> None:
        """Show the figures that wait for it."""
        if not self._note(None, "show", (), {}):
            self._pyplot.show()
            return
        for number in range(self._waiting):
            self._show(f"{self._cell}-{hashlib.sha256(self._hash.digest() + number.to_bytes(2)).hexdigest()}")
        self._calls.append((None, "show", (), {}, None))
        self._waiting = 0

    def close(self, which: Any = None) -> None:
        """Close figures, those that wait included."""
        if which == "all":
            self._waiting, self.noting = 0, False
        self._close(which)

    def call(self, handle: "Handle", name: str, arguments: tuple, named: dict) -> Any:
        """What an axes or a figure was asked for: noted, or done."""
        if not self._note(handle, name, arguments, named):
            return getattr(self.real(handle), name)(*self._with_objects(arguments), **self._with_objects(named))
        result = self._handle()
        self._calls.append((handle, name, _kept(arguments), _kept(named), result))
        return result

    def real(self, handle: "Handle") -> Any:
        """Matplotlib's object in the place of a handle."""
        self.draw()
        return self._objects[handle._number]

    def draw(self) -> None:
        """Do all that was noted, and note nothing any more."""
        self.noting = False
        if self._replayed:
            return
        self._replayed = True
        before = self._pyplot.get_fignums()
        for handle, name, arguments, named, given in self._calls:
            if name == "show":
                self._close_since(before)
                continue
            target = self._pyplot if handle is None else self._objects[handle._number]
            self._give(given, getattr(target, name)(*self._with_objects(arguments), **self._with_objects(named)))
        if not self._waiting:
            self._close_since(before)

    def _close_since(self, before: list[int]) -> None:
        """Close figures that were shown when they were noted."""
        for number in self._pyplot.get_fignums():
            if number not in before:
                self._close(number)

    def _begun(self, name: str, arguments: tuple, named: dict, axes: Any) -> Any:
        given = self._handle(), axes
        self._calls.append((None, name, arguments, _kept(named), given))
        self._waiting += 1
        return given

    def _handle(self) -> "Handle":
        self._handles += 1
        return Handle(self, self._handles)

    def _give(self, given: Any, made: Any) -> None:
        """Remember which objects handles stand for."""
        if isinstance(given, Handle):
            self._objects[given._number] = made
        elif isinstance(given, dict):
            for letter, handle in given.items():
                self._objects[handle._number] = made[letter]
        else:
            for handle, each in zip(given, made):
                self._give(handle, each)

    def _with_objects(self, value: Any) -> Any:
        if isinstance(value, Handle):
            return self.real(value)
        if type(value) in (list, tuple):
            return type(value)(self._with_objects(each) for each in value)
        return {name: self._with_objects(each) for name, each in value.items()} if type(value) is dict else value

    def _note(self, handle: "Handle | None", name: str, arguments: tuple, named: dict) -> bool:
        """Whether a call goes on as the solution's cell does; where it does not, what was noted is drawn."""
        if not self.noting:
            return False
        try:
            said = (None if handle is None else handle._number, name, described(arguments, name in LOGARITHMIC), described(named))
        except NotPlain:
            self.draw()
            return False
        following = self._hash.copy()
        following.update(repr(said).encode())
        digits = following.hexdigest()[:DIGITS_IN_CHAIN]
        if self._chain is not None and self._chain[len(self.noted) :][:DIGITS_IN_CHAIN] != digits:
            self.draw()
            return False
        self._hash, self.noted = following, self.noted + digits
        return True


class Handle:
    """Stands for a figure, for axes, or for what they draw."""

    def __init__(self, book: Sketchbook, number: int):
        self.__dict__.update(_book=book, _number=number)

    def __getattr__(self, name: str) -> Any:
        if name in DRAWING and self._book.noting:
            return lambda *arguments, **named: self._book.call(self, name, arguments, named)
        return getattr(self._book.real(self), name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._book.real(self), name, value)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._book.real(self))

    def __getitem__(self, place: Any) -> Any:
        return self._book.real(self)[place]

    def __bool__(self) -> bool:
        return bool(self._book.real(self))

    def __len__(self) -> int:
        return len(self._book.real(self))

    def __repr__(self) -> str:
        return repr(self._book.real(self))

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self._book.real(self))


def described(value: Any, logarithmic: bool = False) -> Any:
    """An argument as plain values that are equal where two pictures would be.

    Raises
    ------
    NotPlain
        If it is of another kind than numbers, text, their arrays and collections, and handles.
    """
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (int, float, np.integer, np.floating)):
        return f"{value:.6g}"
    if isinstance(value, Handle):
        return ("handle", value._number)
    if type(value) is dict:
        return [(described(name), described(each, logarithmic)) for name, each in value.items()]
    if type(value) in (list, tuple, range):
        if not value or not all(isinstance(each, (int, float, np.integer, np.floating)) for each in value):
            return [described(each, logarithmic) for each in value]
        value = np.asarray(value)
    if type(value) is np.ndarray and value.dtype.kind in "biuf":
        return (value.shape, *_steps(value.astype(float), logarithmic))
    raise NotPlain(type(value).__name__)


def _steps(array: np.ndarray, logarithmic: bool) -> tuple[str, bytes]:
    finite = array[np.isfinite(array)]
    if logarithmic:
        with np.errstate(all="ignore"):
            steps, size = np.rint(PRECISION_OF_LOGARITHMS * np.log10(array)), 0.0
    else:
        largest = float(np.max(np.abs(finite), initial=0.0))
        size = float(np.ptp(finite)) if finite.size else 0.0
        # What varies less than rounding does varies not at all.
        size = size if size > 1e-9 * largest else largest or 1.0
        steps = np.rint(array / size * PRECISION)
    with np.errstate(all="ignore"):
        return f"{size:.5g}", np.nan_to_num(steps, nan=-1e18, posinf=1e18, neginf=-2e18).astype(np.int64).tobytes()


def _kept(value: Any) -> Any:
    """A copy that does not change when the cell goes on with its arrays; handles stay what they are."""
    if type(value) in (list, tuple):
        return type(value)(_kept(each) for each in value)
    if type(value) is dict:
        return {name: _kept(each) for name, each in value.items()}
    return value.copy() if isinstance(value, np.ndarray) else value
