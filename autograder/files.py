"""Files below a folder: which there are, what they digest to, and one folder made equal to another."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def files_of(folder: Path) -> list[Path]:
    """All files below a folder, sorted, without the caches of Python and, behind a dot, of Jupyter and other tools."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not any(map(_is_cache, path.relative_to(folder).parts)))


def _is_cache(part: str) -> bool:
    return part == "__pycache__" or part.startswith(".")


def digest_of(base: Path, paths: Iterable[Path]) -> str:
    """A digest of files: their names relative to ``base``, and their bytes; of a folder, of all files below it."""
    digest = hashlib.sha256()
    for path in paths:
        for each in [path] if path.is_file() else files_of(path):
            digest.update(each.relative_to(base).as_posix().encode() + b"\0" + each.read_bytes() + b"\0")
    return digest.hexdigest()


def replace_folder(built: Path, target: Path) -> list[Path]:
    """Make ``target`` equal to ``built``, touching only files that differ; returns the paths written or removed."""
    changed = []
    wanted = {path.relative_to(built) for path in files_of(built)}
    for relative in sorted(wanted):
        old, new = target / relative, (built / relative).read_bytes()
        if not old.exists() or old.read_bytes() != new:
            old.parent.mkdir(parents=True, exist_ok=True)
            old.write_bytes(new)
            changed.append(old)
    for path in files_of(target) if target.exists() else []:
        if path.relative_to(target) not in wanted:
            path.unlink()
            changed.append(path)
    # A folder that lost its last file goes, too.
    for path in sorted(target.rglob("*"), reverse=True) if target.exists() else []:
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    return changed
