"""What is finished is set aside while the rest of a page is cleaned: a mark of private characters stands for it.

Formulas and highlighted code are our own and safe, and most of the elements of a page; so are whole cells that were cleaned before. A mark
holds a secret of this process, so that no student can write one.
"""

import hashlib
import re
import secrets

_SECRET = secrets.token_bytes(16).hex()
_MARK = re.compile("\ue000[\ue010-\ue01f]+\ue001")
# What stands for elements, and not for a piece of a text, is an element, too: blanks beside it stay blanks between elements.
ELEMENT = f"kept-{_SECRET}"
_MARKED_ELEMENT = re.compile(f"<{ELEMENT}>({_MARK.pattern})</{ELEMENT}>")


def mark_of(html: str) -> str:
    """The mark that stands for some HTML."""
    digest = hashlib.sha256((_SECRET + html).encode("utf-8", "surrogatepass")).hexdigest()
    return "\ue000" + "".join(chr(0xE010 + int(digit, 16)) for digit in digest) + "\ue001"


def marks_in(text: str) -> set[str]:
    """The marks of a text, whoever wrote them."""
    return set(_MARK.findall(text))


def with_originals(text: str, set_aside: dict[str, str]) -> str:
    """The text with what was set aside in the place of its marks; a mark that is nobody's is dropped."""
    return _MARK.sub(lambda mark: set_aside.get(mark[0], ""), text)


def restored(page: str, set_aside: dict[str, str]) -> str:
    """A page with what was set aside in its places."""

    def letters(mark: re.Match) -> str:
        return re.sub("<[^>]+>", "", set_aside.get(mark[0], ""))

    # A title is text alone.
    page = re.sub("(?s)<title>.*?</title>", lambda title: _MARK.sub(letters, title[0]), page, count=1)
    return with_originals(_MARKED_ELEMENT.sub(r"\1", page), set_aside)
