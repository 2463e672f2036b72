"""Braces that no command and no script asks for: ``f({x})``, ``\\mathbf{x}`` and ``{}[f]`` are read as ``f(x)``, ``x`` and ``[f]``."""

from collections.abc import Sequence

from matrix_checks.derivations.reading.spelling import ARROWS, RELATIONS, SILENT

# What may lose its braces besides letters and numbers: commands for letters.
GREEK = frozenset(
    """\\alpha \\beta \\gamma \\Gamma \\delta \\Delta \\varepsilon \\epsilon \\zeta \\eta \\theta \\Theta \\kappa \\lambda \\Lambda \\mu \\nu
    \\xi \\pi \\rho \\sigma \\varsigma \\Sigma \\tau \\phi \\varphi \\psi \\Phi \\Psi \\omega \\Omega \\ell \\ones""".split()
)
# Commands that ask for no braces.
ALONE = frozenset(
    """\\partial \\nabla \\cdot \\times \\odot \\oslash \\otimes \\langle \\rangle \\quad \\qquad \\in \\ne \\le \\ge \\top \\pm \\mp \\prime \\dots
    \\sum \\prod \\lim \\exp \\log \\ln \\max \\min \\det \\tr \\forall \\therefore \\because""".split()
)
NO_ARGUMENT = ALONE | GREEK | SILENT | RELATIONS | ARROWS
# Signs beside which empty braces say nothing.
BESIDE = RELATIONS | ARROWS | {"+", "-", "&", "\\\\"}
NOTHING, SCRIPT, COMMAND = "", "of a script", "of a command"
# Of the tokens of the root in the optional argument of a root.
LONGEST_ROOT = 8
# Of the tokens of a limit of a sum.
LONGEST_LIMIT = 20
# Of the tokens of a command that begins an environment, its name letter by letter.
LONGEST_ENVIRONMENT = 12


def without_needless_braces(raw: Sequence[str]) -> list[str]:
    """Tokens without the braces that hold one name or number and are no argument."""
    found: list[str] = []
    # What each brace that is open is an argument of.
    waiting: list[str] = []
    place, behind = 0, NOTHING
    # Where braces end that are left out.
    ends: set[int] = set()
    while place < len(raw):
        token = raw[place]
        if place in ends:
            place += 1
            continue
        if token == "{" and _says_nothing(raw, place, found):
            place += 2
            continue
        if token in ("^", "_") and tuple(raw[place + 1 : place + 3]) == ("{", "}"):
            # Editors leave the end of a sum empty.
            place += 3
            continue
        if token == "{":
            kind = COMMAND if behind == COMMAND else _asking(found)
            only = NOTHING if kind else _only_token(raw, place)
            # A number behind a number would be another number.
            if only and not (only.isdigit() and _is_apart(only, found)):
                found.append(only)
                place, behind = raw.index("}", place) + 1, NOTHING
                continue
            end = 0 if kind else _end_of_sign(raw, place + 1)
            if end:
                ends.add(end)
                place, behind = place + 1, NOTHING
                continue
            waiting.append(kind)
        behind = (waiting.pop() if waiting else COMMAND) if token == "}" else NOTHING
        found.append(token)
        place += 1
    return found


def _is_apart(number: str, before: Sequence[str]) -> bool:
    r"""Whether a number without its braces would be another one: behind a number, and in ``\frac x{16}``."""
    return before[-1:] != [] and (before[-1][-1:].isdigit() or (len(number) > 1 and _asking(before[:-1]) == COMMAND))


def _says_nothing(raw: Sequence[str], place: int, before: Sequence[str]) -> bool:
    """Whether empty braces stand beside a sign, for the space around it, or begin a row.

    People write ``{} = b`` for the first, and ``\\\\ {}[D_x f] (h)`` so that MathJax takes no bracket behind them for an option.
    """
    if list(raw[place : place + 2]) != ["{", "}"]:
        return False
    after = raw[place + 2] if place + 2 < len(raw) else ""
    if after in ("_", "^"):
        return False
    if not before or before[-1] in BESIDE:
        return True
    if after in BESIDE and not _asking(before):
        return True
    beginning = before[-LONGEST_ENVIRONMENT:]
    return before[-1] == "}" and "\\begin" in beginning and "}" not in beginning[beginning.index("\\begin") : -1]


def _end_of_sign(raw: Sequence[str], place: int) -> int:
    r"""Where the braces end around a sign of a sum and its limits, ``{\sum_{j=0}^n} e^{z_j}``; 0 where they hold something else."""
    if list(raw[place : place + 1]) not in (["\\sum"], ["\\prod"]):
        return 0
    place += 1
    while list(raw[place : place + 1]) in (["_"], ["^"]):
        place = _end_of_limit(raw, place + 1)
    return place if list(raw[place : place + 1]) == ["}"] else 0


def _end_of_limit(raw: Sequence[str], start: int) -> int:
    """Behind the one token, or the braces, that begin at a place."""
    open_braces = 0
    for place in range(start, min(len(raw), start + LONGEST_LIMIT)):
        open_braces += (raw[place] == "{") - (raw[place] == "}")
        if open_braces <= 0:
            return place + 1
    return len(raw)


def _only_token(raw: Sequence[str], place: int) -> str:
    """The one name or number in braces that begin at ``place``, beside styles; empty for other braces."""
    inside = place + 1
    while inside < len(raw) and raw[inside] in SILENT:
        inside += 1
    if raw[inside + 1 : inside + 2] != ["}"]:
        return NOTHING
    only = raw[inside]
    # A word of several letters may be one of prose.
    return only if len(only) == 1 and only.isalpha() or only.isdigit() or only in GREEK else NOTHING


def _asking(before: Sequence[str]) -> str:
    """What braces behind these tokens may be an argument of."""
    last = before[-1] if before else ""
    if last in ("^", "_"):
        return SCRIPT
    if last == "]":
        return COMMAND if "\\sqrt" in before[-LONGEST_ROOT:] else NOTHING
    is_command = last.startswith("\\") and last[1:].rstrip("*").isalpha()
    return COMMAND if is_command and last not in NO_ARGUMENT else NOTHING
