"""Problems on a sheet: Markdown, LaTeX to print, or a notebook; with the answers behind them if asked for."""

import json
from collections.abc import Sequence
from pathlib import Path

from matrix_checks.practice.helping import as_text
from matrix_checks.practice.problem import Problem
from matrix_checks.practice.solving import solve
from matrix_checks.practice.truth import code_of

FORMATS = (".md", ".tex", ".ipynb")
_PREAMBLE = r"""\documentclass[a4paper,11pt]{article}
\usepackage{amsmath,amssymb,fontspec}
\usepackage[margin=2cm]{geometry}
\begin{document}
"""


def markdown_sheet(problems: Sequence[Problem], answers: bool = False) -> str:
    """The problems, numbered, and behind them the solutions if asked for."""
    parts = [f"## {number}. Level {each.level}\n\n{each.statement()}" for number, each in enumerate(problems, start=1)]
    if answers:
        parts.append("# Solutions")
        parts += [f"## {number}. {each.name}\n\n{as_text(each)}" for number, each in enumerate(problems, start=1)]
    return "\n\n".join(parts) + "\n"


def _latex_sheet(problems: Sequence[Problem], answers: bool) -> str:
    parts = [
        rf"\section*{{{number}. Level {each.level}}}" + "\n" + each.statement() for number, each in enumerate(problems, start=1)
    ]
    if answers:
        parts.append(r"\clearpage")
        for number, each in enumerate(problems, start=1):
            solution = solve(each)
            parts.append(
                rf"\section*{{{number}. Solution}}"
                + f"\n{solution.markdown()}\n\n\\begin{{verbatim}}\n{code_of(solution)}\n\\end{{verbatim}}"
            )
    return _PREAMBLE + "\n\n".join(parts) + "\n\\end{document}\n"


def _notebook_sheet(problems: Sequence[Problem], answers: bool) -> str:
    cells = markdown_sheet(problems, answers).split("\n\n## ")
    content = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [
            {"cell_type": "markdown", "id": f"sheet-{place}", "metadata": {}, "source": ("## " if place else "") + cell.strip()}
            for place, cell in enumerate(cells)
        ],
    }
    return json.dumps(content, indent=1) + "\n"


def write_sheet(file: Path, problems: Sequence[Problem], answers: bool) -> None:
    """Write a sheet in the format of the file's name.

    Raises
    ------
    ValueError
        If there is no such format; the message is one sentence.
    """
    writers = {".md": markdown_sheet, ".tex": _latex_sheet, ".ipynb": _notebook_sheet}
    writer = writers.get(file.suffix)
    if writer is None:
        raise ValueError(f"{file.name}: a sheet can be written as {', '.join(FORMATS)}.")
    file.write_text(writer(problems, answers), encoding="utf-8")
