"""Scans, photos and texts beside a notebook: answers that a person reads."""

from pathlib import Path

from autograder.grading.inbox.folder import safe_files

KINDS = (".pdf", ".png", ".jpg", ".jpeg", ".heic", ".heif", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".djvu", ".doc", ".docx", ".odt", ".rtf", ".tex", ".md", ".txt", ".pages", ".xopp", ".note", ".goodnotes")  # fmt: skip
# nbgrader's own, and those of the course.
NOT_ANSWERS = {"timestamp.txt", "requirements.txt", "README.md", "DATA.md"}


def documents_in(folder: Path, released: Path) -> list[str]:
    """Names of the documents in a submission's folder, those that were released with the notebook left out.

    Links are not followed, and of a folder with thousands of files only so many are looked at.
    """
    found = []
    for path in safe_files(folder):
        name = str(path.relative_to(folder))
        if name.lower().endswith(KINDS) and path.name not in NOT_ANSWERS and not (released / name).exists():
            found.append(name)
    return found
