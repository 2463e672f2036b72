"""Scans, photos and texts beside a notebook: answers that a person reads."""

import os
from pathlib import Path

KINDS = (".pdf", ".png", ".jpg", ".jpeg", ".heic", ".heif", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".djvu", ".doc", ".docx", ".odt", ".rtf", ".tex", ".md", ".txt", ".pages", ".xopp", ".note", ".goodnotes")  # fmt: skip
# nbgrader's own, and those of the course.
NOT_ANSWERS = {"timestamp.txt", "requirements.txt", "README.md", "DATA.md"}
MOST = 2_000


def documents_in(folder: Path, released: Path) -> list[str]:
    """Names of the documents in a submission's folder, those that were released with the notebook left out.

    Links are not followed, and of a folder with thousands of files only so many are looked at.
    """
    found: list[str] = []
    seen = 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith(".") and each not in ("autograder", "matrix_checks", "__MACOSX"))
        for name in sorted(names):
            seen += 1
            path = Path(place, name)
            if name.lower().endswith(KINDS) and name not in NOT_ANSWERS and not name.startswith("."):
                relative = path.relative_to(folder)
                if not path.is_symlink() and not (released / relative).exists():
                    found.append(str(relative))
        if seen > MOST:
            break
    return found
