"""What crosses the line between the trusted process and a student's: JSON, and arrays as ``.npy`` bytes without pickling.

A message is a frame: its length, then a JSON text, then the arrays that the text refers to by number. Every size is checked
before anything is read or made. Nothing received is evaluated, unpickled, used as a path or as a format string.
"""

import io
import json
import math
import socket
import struct
import time
from functools import lru_cache

import numpy as np

from autograder.checks.comparing import FOREIGN_KINDS, Foreign

MAXIMAL_FRAME = 64 * 2**20
MAXIMAL_DEPTH = 6
MAXIMAL_ITEMS = 10_000
LARGE = 2**17
HEADER = struct.Struct("!QIQ")

# Each as its ``.npy`` header and its numbers.
Arrays = list[tuple[bytes, bytes | memoryview]]


class LineBroken(Exception):
    """The other end is gone, late, or says something that is no message."""


def send(line: socket.socket, message: dict) -> None:
    """Send a message; arrays may stand anywhere in it.

    Raises
    ------
    LineBroken
        If the other end is gone or the message is too large.
    """
    arrays: Arrays = []
    try:
        text = json.dumps(_encode(message, arrays, 0)).encode()
        lengths = [len(header) + len(numbers) for header, numbers in arrays]
        sizes = struct.pack(f"!{len(arrays)}Q", *lengths)
        length = len(text) + len(sizes) + sum(lengths)
        if length > MAXIMAL_FRAME:
            raise LineBroken("a message was too large to be sent")
        pieces = [HEADER.pack(length, len(arrays), len(text)), text, sizes, *(piece for array in arrays for piece in array)]
        # Small pieces are cheaper to put together than to send alone, and large ones the reverse.
        if length < LARGE:
            pieces = [b"".join(pieces)]
        for piece in pieces:
            line.sendall(piece)
    except (OSError, RecursionError) as error:
        raise LineBroken(f"the line is broken: {error}") from error


def receive(line: socket.socket, seconds: float | None) -> dict:
    """Receive a message.

    Parameters
    ----------
    line
        A connected stream socket.
    seconds
        How long the whole message may take; ``None`` waits for ever, for the end that is not trusted.

    Raises
    ------
    LineBroken
        If the other end is gone, late, or sends no message of an allowed size and form.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    length, count, text_length = HEADER.unpack(_read(line, HEADER.size, deadline))
    if length > MAXIMAL_FRAME or count > MAXIMAL_ITEMS or text_length + 8 * count > length:
        raise LineBroken("a message was too large or badly formed")
    body = memoryview(_read(line, length, deadline))
    sizes = struct.unpack_from(f"!{count}Q", body, text_length)
    if text_length + 8 * count + sum(sizes) != length:
        raise LineBroken("a message was badly formed")
    try:
        content = json.loads(bytes(body[:text_length]))
        start, arrays = text_length + 8 * count, []
        for size in sizes:
            arrays.append(body[start : start + size])
            start += size
        message = _decode(content, arrays)
    except (ValueError, RecursionError, TypeError, KeyError, IndexError, MemoryError, OverflowError) as error:
        raise LineBroken(f"a message was badly formed: {type(error).__name__}") from error
    if not isinstance(message, dict):
        raise LineBroken("a message was badly formed")
    return message


def _read(line: socket.socket, size: int, deadline: float | None) -> bytearray:
    data = bytearray(size)
    left = memoryview(data)
    while left:
        try:
            if deadline is not None:
                line.settimeout(max(deadline - time.monotonic(), 1e-3))
                if time.monotonic() > deadline:
                    raise TimeoutError
            read = line.recv_into(left)
        except TimeoutError as error:
            raise LineBroken("no answer in time") from error
        except OSError as error:
            raise LineBroken(f"the line is broken: {error}") from error
        if not read:
            raise LineBroken("the process ended")
        left = left[read:]
    return data


def _encode(value, arrays: Arrays, depth: int):
    """A value as JSON data in which every container is tagged, so that nothing in it can pass for an array."""
    if depth > MAXIMAL_DEPTH:
        return {"foreign": "object"}
    if value is None or type(value) in (bool, str):
        return value
    if type(value) is int:
        return value if abs(value) < 2**63 else {"foreign": "object"}
    if type(value) is float:
        return value if math.isfinite(value) else {"float": repr(value)}
    if isinstance(value, Foreign):
        return {"foreign": value.kind}
    if isinstance(value, np.generic):
        return _encode_array(np.asarray(value), arrays, scalar=True)
    if type(value) is np.ndarray:
        return _encode_array(value, arrays, scalar=False)
    if isinstance(value, np.ndarray):
        return {"foreign": "subclass"}
    if type(value) is dict and all(type(key) is str for key in value) and len(value) <= MAXIMAL_ITEMS:
        return {"dict": [[key, _encode(each, arrays, depth + 1)] for key, each in value.items()]}
    if type(value) in (list, tuple) and len(value) <= MAXIMAL_ITEMS:
        return {type(value).__name__: [_encode(each, arrays, depth + 1) for each in value]}
    return {"foreign": next((name for name in FOREIGN_KINDS if name == type(value).__name__), "object")}


def _encode_array(array: np.ndarray, arrays: Arrays, scalar: bool):
    if array.dtype.kind not in "biufc":
        return {"foreign": "dtype"}
    if array.nbytes > MAXIMAL_FRAME // 2 or len(arrays) >= MAXIMAL_ITEMS:
        return {"foreign": "huge"}
    fortran = array.flags.f_contiguous and not array.flags.c_contiguous
    gaps = not (array.flags.c_contiguous or array.flags.f_contiguous)
    if gaps or array.nbytes < LARGE:
        numbers = array.tobytes("F" if fortran else "C")
    else:
        numbers = memoryview(array.reshape(-1, order="F" if fortran else "C").view(np.uint8))
    arrays.append((_header(array.shape, array.dtype, fortran), numbers))
    return {"array": len(arrays) - 1, "scalar": scalar, "gaps": gaps}


@lru_cache(maxsize=4096)
def _header(shape: tuple, dtype: np.dtype, fortran: bool) -> bytes:
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(file, {"descr": dtype.str, "fortran_order": fortran, "shape": shape})
    return file.getvalue()


@lru_cache(maxsize=4096)
def _read_header(header: bytes) -> tuple[tuple, bool, np.dtype]:
    file = io.BytesIO(header)
    if np.lib.format.read_magic(file) != (1, 0):
        raise ValueError("version")
    return np.lib.format.read_array_header_1_0(file, max_header_size=500)


def _decode(content, arrays: list[memoryview]):
    if content is None or isinstance(content, (bool, int, float, str)):
        return content
    if not isinstance(content, dict):
        raise ValueError("untagged")
    if "dict" in content:
        return {str(key): _decode(value, arrays) for key, value in content["dict"]}
    if "list" in content:
        return [_decode(value, arrays) for value in content["list"]]
    if "tuple" in content:
        return tuple(_decode(value, arrays) for value in content["tuple"])
    if "float" in content:
        return {"inf": math.inf, "-inf": -math.inf}.get(content["float"], math.nan)
    if "foreign" in content:
        return Foreign(content["foreign"] if content["foreign"] in FOREIGN_KINDS else "object")
    array = _decode_array(arrays[content["array"]])
    if content["scalar"]:
        return array[()]
    return _with_gaps(array) if content["gaps"] else array


def _decode_array(data: memoryview) -> np.ndarray:
    length = 10 + int.from_bytes(data[8:10], "little")
    shape, fortran, dtype = _read_header(bytes(data[:length]))
    # The header says how much memory will be asked for; it must be what was sent.
    if dtype.kind not in "biufc" or dtype.names or len(shape) > 16 or any(size < 0 for size in shape):
        raise ValueError("dtype")
    if math.prod(shape) * dtype.itemsize != len(data) - length:
        raise ValueError("size")
    array = np.frombuffer(data, dtype=dtype, offset=length).reshape(shape, order="F" if fortran else "C")
    return array.copy(order="K")


def _with_gaps(array: np.ndarray) -> np.ndarray:
    wide = np.empty(tuple(2 * size for size in array.shape), dtype=array.dtype)
    view = wide[tuple(slice(None, None, 2) for _ in array.shape)]
    view[...] = array
    return view
