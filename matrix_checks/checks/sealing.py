"""Diagnoses that travel with the release without giving anything away.

A release may not say which mistakes an exercise expects: a sentence that names the mistake names the answer. So each sentence is
locked with the very numbers that the mistake gives in the visible cases. Who makes the mistake has the key.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from matrix_checks.checks.diagnosis import Knowledge, Reading, mistaken_output

SEALED_FILE = "mistakes.json"
DIGITS = 6


def seal_mistakes(function_name: str, readings: list[Reading], knowledge: Knowledge) -> list[dict[str, str]]:
    """The declared mistakes of one exercise, each locked with the numbers that it gives in the visible cases.

    Parameters
    ----------
    function_name
        The function that is checked.
    readings
        Those of the visible cases.
    knowledge
        What the exercise declares.

    Returns
    -------
    list of dict
        ``{"lock": ..., "text": ...}``. Mistakes that the visible cases cannot tell from a right answer are left out.
    """
    sealed = []
    for mistake in knowledge.mistakes:
        for output, own in _by_output(readings).items():
            values = [mistaken_output(mistake, reading.arguments, output, knowledge.outputs) for reading in own]
            key = key_of(function_name, output, values)
            right = key_of(function_name, output, [reading.expected for reading in own])
            if all(value is not None for value in values) and key != right:
                sealed.append({"lock": _lock(key), "text": base64.b64encode(_mix(key, mistake.sentence.encode())).decode()})
    return sealed


def open_sealed(function_name: str, readings: list[Reading]) -> list[str]:
    """The sentences that a student's numbers in the visible cases open, read from :data:`SEALED_FILE` in this folder.

    A missing or spoilt file opens nothing: students may have copied the notebook alone.
    """
    try:
        sealed = json.loads(Path(SEALED_FILE).read_text(encoding="utf-8"))[function_name]
        sentences = []
        for output, own in _by_output(readings).items():
            key = key_of(function_name, output, [reading.actual for reading in own])
            opened = [_mix(key, base64.b64decode(each["text"])).decode() for each in sealed if each["lock"] == _lock(key)]
            if opened:
                sentence = ", or: ".join(dict.fromkeys(opened))
                sentences.append(f"{output}: {sentence}" if output else sentence)
        return sentences
    except (OSError, ValueError, KeyError, TypeError):
        return []


def key_of(function_name: str, output: str, arrays: Sequence[np.ndarray | None]) -> bytes:
    """The key: a digest of the numbers of one output in all visible cases, rounded to six digits."""
    parts = [function_name, output]
    for array in arrays:
        numbers = [] if array is None else [_rounded(value) for value in np.ravel(array)]
        parts.append(f"{None if array is None else array.shape} {' '.join(numbers)}")
    return hashlib.sha256("\n".join(parts).encode()).digest()


def _rounded(value: float) -> str:
    # Rounding noise, and the sign of a zero, tell nothing.
    return f"{0.0 if abs(value) < 1e-12 else float(value):.{DIGITS - 1}e}"


def _by_output(readings: list[Reading]) -> dict[str, list[Reading]]:
    grouped: dict[str, list[Reading]] = {}
    for reading in readings:
        grouped.setdefault(reading.output, []).append(reading)
    return grouped


def _lock(key: bytes) -> str:
    return hashlib.sha256(key + b"lock").hexdigest()[:16]


def _mix(key: bytes, data: bytes) -> bytes:
    stream = b"".join(hashlib.sha256(key + number.to_bytes(4, "big")).digest() for number in range(len(data) // 32 + 1))
    return bytes(one ^ other for one, other in zip(data, stream))
