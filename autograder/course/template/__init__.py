"""A new assignment to begin with: one exercise, complete in every part, that the build accepts as it is."""

import re
from importlib.resources import files
from pathlib import Path

NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")


def write_template(root: Path, identifier: str) -> list[Path]:
    """Write ``assignments/<identifier>/`` with one exercise, y = sum(x²).

    Parameters
    ----------
    root
        The course.
    identifier
        Small letters, digits and ``_``; nbgrader's assignment id and the name of the notebook.

    Returns
    -------
    list of pathlib.Path
        The files that were written.

    Raises
    ------
    ValueError
        If the name cannot be used, or the folder is there already.
    """
    if not NAME.fullmatch(identifier):
        raise ValueError(f"{identifier!r} cannot name an assignment: use small letters, digits and _, beginning with a letter.")
    folder = root / "assignments" / identifier
    if folder.exists():
        raise ValueError(f"{folder} is there already: choose another name, or edit what it holds.")
    written = []
    for source in sorted(_texts(), key=str):
        # The template's files end in .txt: they are text here, and become what they are named for in the new folder.
        name = source.removesuffix(".txt").replace("NOTEBOOK", identifier)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((files(__package__) / source).read_text(encoding="utf-8").replace("NOTEBOOK", identifier), encoding="utf-8")
        written.append(path)
    return written


def _texts() -> list[str]:
    base = Path(str(files(__package__)))
    return [path.relative_to(base).as_posix() for path in base.rglob("*.txt")]
