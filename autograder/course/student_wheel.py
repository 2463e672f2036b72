"""The wheel of :mod:`matrix_checks`, which lies beside each notebook: the one file of ours that a student needs."""

import base64
import hashlib
import zipfile
from pathlib import Path

import matrix_checks
from autograder.files import files_of

WHEEL = f"matrix_checks-{matrix_checks.__version__}-py3-none-any.whl"

_PACKAGE = Path(matrix_checks.__file__).parent
_INFORMATION = f"matrix_checks-{matrix_checks.__version__}.dist-info"
_METADATA = f"""Metadata-Version: 2.1
Name: matrix-checks
Version: {matrix_checks.__version__}
Summary: {(matrix_checks.__doc__ or "").splitlines()[0]}
Requires-Python: >=3.11
Requires-Dist: numpy
Requires-Dist: matplotlib
Requires-Dist: ipython
"""
_WHEEL = """Wheel-Version: 1.0
Generator: matrix-derivatives-course
Root-Is-Purelib: true
Tag: py3-none-any
"""


def write_student_wheel(folder: Path) -> None:
    """Write the wheel into a folder: the same bytes on every machine, from the same package.

    Names are sorted and dates are fixed. Nothing is compressed, because other builds of zlib make other bytes of the same
    text; Python also imports from it a little faster. The form is that of the binary distribution format
    (https://packaging.python.org/en/latest/specifications/binary-distribution-format/), so that ``pip install`` takes it, too.
    """
    files = {f"matrix_checks/{path.relative_to(_PACKAGE).as_posix()}": path.read_bytes() for path in files_of(_PACKAGE)}
    files[f"{_INFORMATION}/METADATA"] = _METADATA.encode()
    files[f"{_INFORMATION}/WHEEL"] = _WHEEL.encode()
    record = "".join(f"{name},sha256={_digest(content)},{len(content)}\n" for name, content in sorted(files.items()))
    files[f"{_INFORMATION}/RECORD"] = f"{record}{_INFORMATION}/RECORD,,\n".encode()
    with zipfile.ZipFile(folder / WHEEL, "w") as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name)
            # Else the bytes would depend on the machine's own mask and system.
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            archive.writestr(entry, content)


def _digest(content: bytes) -> str:
    """As a wheel's record has it: URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
