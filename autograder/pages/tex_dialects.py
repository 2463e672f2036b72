r"""The TeX that people type, in the words that math-core knows.

JupyterLab shows formulas by MathJax, which knows a little more, and numbers no equation. What stands here is only what
math-core 0.8 refuses or takes in another way: when it learns a word, the line for it can go.
"""

import re
from re import Match

_COMMANDS = {
    "dotsc": r"\ldots", "dotsb": r"\cdots", "dotsm": r"\cdots", "dotsi": r"\cdots", "hdots": r"\ldots", "pmb": r"\boldsymbol",
    "mathds": r"\mathbb", "textnormal": r"\text", "mbox": r"\text", "hbox": r"\text", "qed": r"\square", "hfill": r"\qquad",
    "cr": r"\\", **dict.fromkeys("mathnormal nonumber notag smash strut nonscript tiny small normalsize large Large huge".split(), ""),
}  # fmt: skip
_ENVIRONMENTS = {
    "smallmatrix": "matrix", "split": "aligned", "align": "aligned", "eqnarray": "aligned", "flalign": "aligned",
    "alignat": "aligned", "alignedat": "aligned", "gather": "gathered", "equation": "gathered", "multline": "gathered",
    **dict.fromkeys(("pmatrix", "bmatrix", "vmatrix", "Bmatrix", "Vmatrix"), ""),
}  # fmt: skip
_COMMAND = re.compile(rf"\\({'|'.join(_COMMANDS)})(?![a-zA-Z])")
_ENVIRONMENT = re.compile(rf"\\(begin|end)\{{({'|'.join(_ENVIRONMENTS)})\*?\}}")
_NUMBER_OF_COLUMNS = re.compile(r"(\\begin\{alignat(?:ed)?\*?\})\s*\{\d+\}")
_SIDE_OF_COLUMNS = re.compile(r"(\\begin\{[pbvBV]matrix\*\})\s*\[[lcr]\]")
_IN_TEXT = r"(?:[^{}$]|\$[^$]*\$|\{[^{}$]*\})*"
_TEXT = re.compile(rf"\\(text(?:rm|bf|it|tt|sf)?)\s*\{{({_IN_TEXT})\}}")
_SUBSTACK = re.compile(r"\\substack\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_TAG = re.compile(r"\\tag\*?\s*\{([^{}$]*)\}")
_LABEL = re.compile(r"\\label\s*\{[^{}]*\}")
_REFERENCE = re.compile(r"\\(?:eq)?ref\s*\{([^{}$]*)\}")
_ANGLE = re.compile(r"(\\(?:left|right|middle|[bB]igg?[lrm]?)\s*)([<>])")
_NO_BRACKET = re.compile(r"\\[bB]igg?[lrm]?\s*\.")
_ROW_GAP = re.compile(r"\\\\(?:\*|\s*\[\s*-?[\d.]+\s*(?:em|ex|pt|mu|cm|mm|in)\s*\])")
_LONELY_RELATION = re.compile(r"&\s*([^&\\\s]{0,2}|\\[a-zA-Z]+)\s*&")
_PART = re.compile(r"\\begin(?![a-zA-Z])|\\end(?![a-zA-Z])|\\left(?![a-zA-Z])|\\right(?![a-zA-Z])|\\.|[{}]", re.DOTALL)
_DEEPER = {"{": 1, r"\begin": 1, r"\left": 1, "}": -1, r"\end": -1, r"\right": -1}


def translated(formula: str) -> str:
    """The formula in math-core's words."""
    formula = _SIDE_OF_COLUMNS.sub(r"\1", _NUMBER_OF_COLUMNS.sub(r"\1", _without_relation_columns(formula)))
    formula = _ENVIRONMENT.sub(lambda found: rf"\{found[1]}{{{_ENVIRONMENTS[found[2]] or found[2]}}}", formula)
    formula = _COMMAND.sub(lambda found: _COMMANDS[found[1]] or " ", formula)
    formula = _TAG.sub(r"\\qquad\\text{(\1)}", _LABEL.sub("", _REFERENCE.sub(r"\\text{(\1)}", formula)))
    formula = _TEXT.sub(_text, formula)
    formula = _SUBSTACK.sub(r"\\begin{subarray}{c}\1\\end{subarray}", formula)
    formula = _ANGLE.sub(lambda found: found[1] + (r"\langle " if found[2] == "<" else r"\rangle "), formula)
    formula = _ROW_GAP.sub(r"\\\\ ", _NO_BRACKET.sub("", formula)).replace("\N{SQUARE ROOT}", r"\surd ")
    breaks = line_breaks(formula)
    if not breaks:
        return formula
    starts = [0, *(place + 2 for place in breaks)]
    lines = [formula[start:end] for start, end in zip(starts, [*breaks, len(formula)], strict=True)]
    rows = r" \\ ".join(f"& {line}" for line in lines if line.strip())
    return rf"\begin{{aligned}} {rows} \end{{aligned}}"


def line_breaks(formula: str) -> list[int]:
    """Where a double backslash stands outside of all braces and environments."""
    places, depth = [], 0
    for part in _PART.finditer(formula):
        if part[0] == r"\\" and not depth:
            places.append(part.start())
        depth += _DEEPER.get(part[0], 0)
    return places


def _without_relation_columns(formula: str) -> str:
    """Of `eqnarray`, which gives a relation a column of its own, the relations where `aligned` has them."""
    return _LONELY_RELATION.sub(r"&\1 ", formula) if "{eqnarray" in formula else formula


def _text(found: Match[str]) -> str:
    """Words, in which formulas may stand between dollar signs."""
    command, pieces = found[1], found[2].split("$")
    for place in range(0, len(pieces), 2):
        words = re.sub(r"(?<!\\)([_&#%])", r"\\\1", pieces[place])
        pieces[place] = rf"\{command}{{{words}}}" if words else ""
    return pieces[0] if len(pieces) == 1 and pieces[0] else f"{{{''.join(pieces)}}}"
