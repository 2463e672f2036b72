"""Characters for what TeX writes with commands: ``xᵢ²``, ``x̂``, ``√(σ²+ε)``, ``Σ_i``, ``½``, and letters as formulas in print have them."""

import re
import unicodedata
from collections.abc import Iterator

_SPECIAL = re.compile(r"[^\x00-\x7f]")
_ACCENTS = {"\u0302": "\\hat", "\u0304": "\\bar", "\u0305": "\\bar", "\u0307": "\\dot", "\u0303": "\\tilde", "\u20d7": "\\vec"}
# Words between formulas stay what they are.
_TEXT = re.compile(r"\\(?:text[a-z]*|mbox|intertext)\s*\{([^{}]*)\}")
_WORD = re.compile(r"[^\W\d_]{3,}")
_SUM = re.compile(r"Σ(?=\s*(?:[_ᵢⱼₖₙ]|[a-zA-Z(\\Σ]|\s))(?!\s*[\^=)])")
_ROOT = re.compile(r"√\s*(?=[({\w\\])")
# Where a commands' letter is spelled otherwise than Unicode's.
_SPELLED = {"lamda": "lambda", "epsilon": "varepsilon", "final sigma": "varsigma"}
# They look like Latin letters, and are meant so.
_LATIN = ("OMICRON", "UPSILON")
_GREEK = re.compile(r"GREEK (SMALL|CAPITAL) LETTER (\w+|FINAL SIGMA)")
_SCRIPTS = {"<sub>": "_", "<super>": "^"}


def unicode_letters(source: str) -> Iterator[tuple[int, int, str]]:
    """Where such characters stand in a formula, and what TeX has for them."""
    if source.isascii():
        return
    taken = 0
    words = [word.span() for text in _TEXT.finditer(source) for word in _WORD.finditer(source, *text.span(1))]
    for found in _SPECIAL.finditer(source):
        place = found.start()
        if place < taken or any(first <= place < last for first, last in words):
            continue
        end, text = _spelled(source, place)
        if text:
            # An accent stands behind its letter.
            start = place - 1 if source[place] in _ACCENTS else place
            yield start, end, text
            taken = end


def _spelled(source: str, place: int) -> tuple[int, str]:
    """Where what begins at a place ends, and its spelling; empty where it stays."""
    letter = source[place]
    if letter in _ACCENTS:
        above = source[place - 1 : place]
        return place + 1, f"{_ACCENTS[letter]} {above} " if above.isalpha() and above.isascii() else ""
    if _SUM.match(source, place):
        return place + 1, "\\sum "
    root = _ROOT.match(source, place)
    if root:
        return root.end(), "sqrt" if source[root.end()] == "(" else "\\sqrt "
    kind, *parts = unicodedata.decomposition(letter).split() or [""]
    if kind in _SCRIPTS:
        return _script(source, place, kind)
    if kind == "<wide>":
        return place + 1, chr(int(parts[0], 16))
    if kind == "<fraction>":
        top, _, bottom = (chr(int(part, 16)) for part in parts) if len(parts) == 3 else ("", "", "")
        return place + 1, f"\\frac{{{top}}}{{{bottom}}}" if bottom else ""
    if len(parts) == 1 and not kind.startswith("<") and chr(int(parts[0], 16)) in _ACCENTS:
        base = chr(int(kind, 16))
        return place + 1, f"{_ACCENTS[chr(int(parts[0], 16))]} {base} " if base.isascii() else ""
    return place + 1, _letter(unicodedata.normalize("NFKC", letter) if kind in ("<font>", "<compat>") else letter, letter)


def _script(source: str, place: int, kind: str) -> tuple[int, str]:
    """All small characters in a row are one index, or one exponent."""
    end, inside = place, ""
    while end < len(source) and unicodedata.decomposition(source[end]).startswith(kind):
        inside += unicodedata.normalize("NFKC", source[end]).replace("−", "-")
        end += 1
    return end, f"{_SCRIPTS[kind]}{inside} " if len(inside) == 1 else f"{_SCRIPTS[kind]}{{{inside}}}"


def _letter(meant: str, written: str) -> str:
    """The command for a Greek letter, or the Latin letter that a character in another style is; empty for anything else."""
    if len(meant) != 1:
        return ""
    if meant.isascii():
        return meant if meant.isalnum() and meant != written else ""
    found = _GREEK.fullmatch(unicodedata.name(meant, ""))
    if not found or found[2] in _LATIN:
        return ""
    name = _SPELLED.get(found[2].lower(), found[2].lower())
    return f"\\{name.capitalize() if found[1] == 'CAPITAL' else name} "
