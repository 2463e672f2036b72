"""What a reader of the notebook does not see, and code: neither is read as a formula."""

import re

_OPENING = re.compile(r"<!--|<(\w+)\b([^<>]*)>|^(?:~~~|```)", re.MULTILINE)
# Code to Markdown, and a display to whoever reads it: GitHub shows it as one.
_FORMULA = re.compile(r"(?:~~~|```)(?:math|latex|tex)[ \t]*\n")
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|(?:^|\s)hidden(?:\s|=|$)", re.IGNORECASE)
_CODE = {"pre", "code", "script", "style", "template"}
# Of elements that are nested in themselves, and of elements at all.
MOST_ELEMENTS = 2000


def visible(markdown: str) -> tuple[str, bool]:
    """The text with blanks in the place of comments, of invisible elements and of code, and whether any of it was hidden."""
    parts: list[str] = []
    place = search = 0
    was_hidden = False
    endless: set[str] = set()
    lowered = markdown.lower()
    for _ in range(MOST_ELEMENTS):
        opening = _OPENING.search(markdown, search)
        if opening is None:
            break
        search = opening.end()
        hides = opening[0] == "<!--" or (opening[1] is not None and _INVISIBLE.search(opening[2]) is not None)
        closing = _closing(opening, hides)
        if not closing or closing in endless:
            continue
        end = lowered.find(closing, search)
        if end < 0:
            endless.add(closing)
            continue
        end += len(closing)
        if _FORMULA.match(markdown, opening.start()):
            search = end
            continue
        parts += [markdown[place : opening.start()], _blank(markdown[opening.start() : end])]
        was_hidden |= hides
        place = search = end
    return "".join([*parts, markdown[place:]]), was_hidden


def _closing(opening: re.Match[str], hides: bool) -> str:
    if opening[0] == "<!--":
        return "-->"
    if opening[1] is None:
        return "\n" + opening[0]
    return f"</{opening[1].lower()}>" if hides or opening[1].lower() in _CODE else ""


def _blank(text: str) -> str:
    """As many characters, of which none says anything; a paragraph that ended in it still ends."""
    return "".join("\n" if character == "\n" else " " for character in text)
