"""What crosses the line between the trusted process and a student's: JSON, and arrays as ``.npy`` bytes without pickling.

A message is a frame: its length, then a JSON text, then the arrays that the text speaks of, in its order. Every size is checked
before anything is read or made. Nothing received is evaluated, unpickled, used as a path or as a format string.
"""

import io
import json
import math
import socket
import struct
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from autograder.isolation.limits import Limit, WallLimit
from matrix_checks.checks.comparing import FOREIGN_KINDS, Foreign

MAXIMAL_FRAME = 64 * 2**20
MAXIMAL_TEXT = 32 * 2**20
MAXIMAL_DEPTH = 6
MAXIMAL_ITEMS = 10_000
# Text of so many brackets and commas becomes objects that take a hundred times its own size.
MAXIMAL_PARTS = 2_000_000
LARGE = 2**17
HEADER = struct.Struct("!QIQ")

# Each as its ``.npy`` header and its numbers.
Arrays = list[tuple[bytes, bytes | memoryview]]


class LineBroken(Exception):
    """The other end is gone, late, or says something that is no message."""


class Line:
    """One end of the line.

    Parameters
    ----------
    end
        A connected stream socket.
    gaps
        Whether an array that was sent with gaps between its numbers, as a view of every other one has, arrives with such gaps.
        They take more memory than was sent, so that only the end that is not trusted has them.
    """

    def __init__(self, end: socket.socket, gaps: bool = False):
        self._end, self._gaps = end, gaps
        # Most messages are small, and read at once; what comes behind one is the beginning of the next.
        self._read, self._filled = bytearray(2**16), 0
        self._lost = False

    def send(self, message: dict) -> None:
        """Send a message; arrays may stand anywhere in it.

        Raises
        ------
        LineBroken
            If the other end is gone or the message is too large.
        """
        arrays: Arrays = []
        try:
            text = _TO_JSON(_encode(message, arrays, 0)).encode()
            lengths = [len(header) + len(numbers) for header, numbers in arrays]
            sizes = struct.pack(f"!{len(arrays)}Q", *lengths)
            length = len(text) + len(sizes) + sum(lengths)
            if length > MAXIMAL_FRAME or len(text) > MAXIMAL_TEXT:
                raise LineBroken("a message was too large to be sent")
            pieces = [HEADER.pack(length, len(arrays), len(text)), text, sizes, *(piece for array in arrays for piece in array)]
            # Small pieces are cheaper to put together than to send alone, and large ones the reverse.
            if length < LARGE:
                pieces = [b"".join(pieces)]
            for piece in pieces:
                self._end.sendall(piece)
        except (OSError, RecursionError) as error:
            raise LineBroken(f"the line is broken: {error}") from error

    def receive(self, limit: Limit | float | None) -> dict:
        """Receive a message.

        Parameters
        ----------
        limit
            How long the whole message may take, a number being seconds by the wall; ``None`` waits for ever, for the end
            that is not trusted.

        Raises
        ------
        LineBroken
            If the other end is gone, late, or sends no message of an allowed size and form.
        """
        if self._lost:
            raise LineBroken("the line is broken: a message was given up half-way")
        if isinstance(limit, (int, float)):
            limit = WallLimit(limit)
        while self._filled < HEADER.size:
            self._filled += self._read_some(memoryview(self._read)[self._filled :], limit)
        length, count, text_length = HEADER.unpack_from(self._read)
        if length > MAXIMAL_FRAME or text_length > MAXIMAL_TEXT or count > MAXIMAL_ITEMS or text_length + 8 * count > length:
            raise LineBroken("a message was too large or badly formed")
        return _message(self._body(length, limit), count, text_length, self._gaps)

    def _body(self, length: int, limit: Limit | None) -> memoryview:
        """What follows the header."""
        here = self._read[HEADER.size : min(HEADER.size + length, self._filled)]
        rest = self._read[HEADER.size + length : self._filled]
        self._read[: len(rest)], self._filled = rest, len(rest)
        if len(here) == length:
            return memoryview(here)
        body = bytearray(length)
        body[: len(here)] = here
        left = memoryview(body)[len(here) :]
        self._lost = True
        while left:
            left = left[self._read_some(left, limit) :]
        self._lost = False
        return memoryview(body)

    def _read_some(self, place: memoryview, limit: Limit | None) -> int:
        while True:
            left = None if limit is None else limit.left()
            if left is not None and left <= 0:
                raise LineBroken("no answer in time")
            try:
                self._end.settimeout(left)
                read = self._end.recv_into(place)
            except TimeoutError:
                # By the wall. Whether the limit is reached is for the limit to say, which may count other seconds.
                continue
            except OSError as error:
                raise LineBroken(f"the line is broken: {error}") from error
            if not read:
                raise LineBroken("the process ended")
            return read


def _message(body: memoryview, count: int, text_length: int, gaps: bool) -> dict:
    sizes = struct.unpack_from(f"!{count}Q", body, text_length)
    if text_length + 8 * count + sum(sizes) != len(body):
        raise LineBroken("a message was badly formed")
    text = bytes(body[:text_length])
    if text.count(b",") + text.count(b"[") + text.count(b"{") > MAXIMAL_PARTS:
        raise LineBroken("a message was too large or badly formed")
    start, arrays = text_length + 8 * count, []
    for size in sizes:
        arrays.append(body[start : start + size])
        start += size
    try:
        message = _decode(json.loads(text), iter(arrays), gaps)
    except (ValueError, RecursionError, TypeError, KeyError, IndexError, MemoryError, OverflowError, StopIteration) as error:
        raise LineBroken(f"a message was badly formed: {type(error).__name__}") from error
    if not isinstance(message, dict):
        raise LineBroken("a message was badly formed")
    return message


# Nothing is asked for twice: what is encoded holds itself nowhere, and `allow_nan` is off because such numbers are tagged.
_TO_JSON = json.JSONEncoder(check_circular=False, allow_nan=False, separators=(",", ":")).encode


def _encode(value: Any, arrays: Arrays, depth: int) -> Any:
    """A value as JSON data.

    A dictionary is an object, and everything else that is no plain value an array that begins with what it is, so that nothing
    in it can pass for something else.
    """
    kind = type(value)
    if value is None or kind is bool or kind is str:
        return value
    if depth > MAXIMAL_DEPTH:
        return ["foreign", "object"]
    if kind is int:
        return value if abs(value) < 2**63 else ["foreign", "object"]
    if kind is float:
        return value if math.isfinite(value) else ["float", repr(value)]
    if kind is np.ndarray:
        return _encode_array(value, arrays, scalar=False)
    plain = _plain_kind(value)
    if plain is dict and dict.__len__(value) <= MAXIMAL_ITEMS and all(type(key) is str for key in dict.keys(value)):
        return {key: _encode(each, arrays, depth + 1) for key, each in dict.items(value)}
    if plain in (list, tuple) and plain.__len__(value) <= MAXIMAL_ITEMS:
        return [plain.__name__, *[_encode(each, arrays, depth + 1) for each in plain.__iter__(value)]]
    if isinstance(value, Foreign):
        return ["foreign", value.kind]
    if isinstance(value, np.generic):
        return _encode_array(np.asarray(value), arrays, scalar=True)
    if isinstance(value, np.ndarray):
        return ["foreign", "subclass"]
    return ["foreign", next((name for name in FOREIGN_KINDS if name == kind.__name__), "object")]


def _plain_kind(value: Any) -> type | None:
    """The container that a value is, be it of a class of its own: a named tuple is a tuple, an ordered dictionary a dictionary."""
    return next((kind for kind in (tuple, list, dict) if isinstance(value, kind)), None)


def _encode_array(array: np.ndarray, arrays: Arrays, scalar: bool) -> list[str]:
    if array.dtype.kind not in "biufc":
        return ["foreign", "dtype"]
    if array.nbytes > MAXIMAL_FRAME // 2 or len(arrays) >= MAXIMAL_ITEMS:
        return ["foreign", "huge"]
    fortran = array.flags.f_contiguous and not array.flags.c_contiguous
    gaps = not (array.flags.c_contiguous or array.flags.f_contiguous)
    numbers: bytes | memoryview
    if gaps or array.nbytes < LARGE:
        numbers = array.tobytes("F" if fortran else "C")
    else:
        numbers = array.reshape(-1, order="F" if fortran else "C").view(np.uint8).data
    arrays.append((_header(array.shape, array.dtype, fortran), numbers))
    return ["array", "scalar" if scalar else "gaps" if gaps else ""]


@lru_cache(maxsize=4096)
def _header(shape: tuple, dtype: np.dtype, fortran: bool) -> bytes:
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(file, {"descr": dtype.str, "fortran_order": fortran, "shape": shape})
    return file.getvalue()


def _decode(content: Any, arrays: Iterator[memoryview], gaps: bool) -> Any:
    """A value from JSON data; each array is there once, in the order of the text."""
    if content is None or isinstance(content, (bool, int, float, str)):
        return content
    if isinstance(content, dict):
        return {key: _decode(value, arrays, gaps) for key, value in content.items()}
    kind = content[0]
    if kind in ("tuple", "list"):
        values = [_decode(value, arrays, gaps) for value in content[1:]]
        return tuple(values) if kind == "tuple" else values
    if kind == "array":
        _, what = content
        array = _decode_array(next(arrays))
        return array[()] if what == "scalar" else _with_gaps(array) if what == "gaps" and gaps else array
    if kind == "float":
        return {"inf": math.inf, "-inf": -math.inf}.get(content[1], math.nan)
    if kind == "foreign":
        return Foreign(content[1] if content[1] in FOREIGN_KINDS else "object")
    raise ValueError("untagged")


def _decode_array(data: memoryview) -> np.ndarray:
    length = 10 + int.from_bytes(data[8:10], "little")
    shape, order, dtype, size = _read_header(bytes(data[:length]))
    # The header says how much memory will be asked for; it must be what was sent.
    if size != len(data) - length:
        raise ValueError("size")
    return np.frombuffer(data, dtype=dtype, offset=length).reshape(shape, order=order).copy(order="K")


@lru_cache(maxsize=4096)
def _read_header(header: bytes) -> tuple[tuple[int, ...], Literal["C", "F"], np.dtype, int]:
    """The shape, order and dtype that a header declares, and the bytes that such an array has."""
    file = io.BytesIO(header)
    if np.lib.format.read_magic(file) != (1, 0):
        raise ValueError("version")
    shape, fortran, dtype = np.lib.format.read_array_header_1_0(file, max_header_size=500)
    if dtype.kind not in "biufc" or dtype.names or len(shape) > 16 or any(size < 0 for size in shape):
        raise ValueError("dtype")
    return shape, "F" if fortran else "C", dtype, math.prod(shape) * dtype.itemsize


def _with_gaps(array: np.ndarray) -> np.ndarray:
    wide = np.empty(tuple(2 * size for size in array.shape), dtype=array.dtype)
    view = wide[tuple(slice(None, None, 2) for _ in array.shape)]
    view[...] = array
    return view
