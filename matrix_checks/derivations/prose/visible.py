"""What of a text a reader of the page sees: hidden text and pictures are taken out, and the places of all else stay as they are."""

import re
from dataclasses import dataclass

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_UNSEEN = re.compile(
    r"<(?P<tag>[a-zA-Z][\w-]{0,20})\b(?=[^<>]{0,500}(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d])|\shidden\b))"
    r"[^<>]{0,500}>.*?(?:</(?P=tag)\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_BLOCKS = re.compile(r"<(?P<tag>script|style|template)\b[^<>]{0,500}>.*?(?:</(?P=tag)\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_PHANTOM = re.compile(r"\\(?:phantom|hphantom|vphantom)\s*\{")
_DATA = re.compile(r"""["'(]?\s{0,10}data:[\w.+-]{1,40}/[\w.+-]{1,40};base64,[A-Za-z0-9+/=\s]*+["')]?""")
_PICTURE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()\s]{0,300}\)|<img\b[^<>]{0,1000}>", re.IGNORECASE)
HIDDEN = "Some of the text is hidden from a reader of the page; it was not read."


@dataclass(frozen=True)
class Visible:
    """What a reader of the page sees.

    Attributes
    ----------
    text
        The text, with blanks in the place of what is hidden.
    hides
        Whether something is hidden.
    has_picture
        Whether there is a picture, of which nothing is in the text.
    """

    text: str
    hides: bool
    has_picture: bool


def visible(markdown: str) -> Visible:
    """What of a text is seen."""
    text = markdown
    for pattern in (_COMMENT, _BLOCKS, _UNSEEN) if "<" in text else ():
        text = pattern.sub(_blank, text)
    hides = text != markdown or _PHANTOM.search(text) is not None
    # A photo that is put into the text is a hundred thousand letters in which there is nothing to read: they count for no length.
    without = _DATA.sub("()", text)
    shown = _PICTURE.sub(_blank, without)
    return Visible(shown, hides, has_picture=shown != text)


def _blank(found: re.Match[str]) -> str:
    """As long as what was found, with its ends of lines."""
    return re.sub(r"[^\n]", " ", found[0])
