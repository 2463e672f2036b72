"""HTML that anyone may have written, cut down to what an allow list names: text, tables, pictures; nothing live.

The page that it stands in has the rights of the person who marks. So it may hold no script, and nothing that leads or
fetches either: one address of formgrader's loads a configuration, which is a program, when it is merely opened.
"""

import re
from html import escape

import nh3
from pygments.token import STANDARD_TYPES

# Where tags are left open, a browser's parser opens each of them again in every paragraph that follows.
MAXIMAL_ELEMENTS = 100_000
_TAG = re.compile("<[a-zA-Z]")
_FORMATTING_WITH_ATTRIBUTES = re.compile(r"(?i)<(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/]")

_TAGS = set(
    "abbr b blockquote br caption code col colgroup dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark"
    " ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr tt u ul var".split()
)
# Lost with all that is inside: their text is no prose, or some readers of HTML take it for elements.
_LOST = set(
    "applet embed frameset iframe math noembed noframes noscript object plaintext script select style svg template textarea"
    " title xmp".split()
)
# No id, name or class but the highlighter's: the marking form is found by those, and its style would cover the page.
_ATTRIBUTES = {
    "abbr": {"title"},
    "details": {"open"},
    "img": {"alt", "height", "src", "title", "width"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan", "style"},
    "th": {"align", "colspan", "rowspan", "style"},
}
_CLASSES = {"div": {"highlight"}, "span": {name for name in STANDARD_TYPES.values() if name}}
_PICTURE = re.compile(r"data:image/(?:gif|jpeg|png|svg\+xml|webp);base64,[A-Za-z0-9+/=\s]*")
_NOTE = (
    "data:image/svg+xml;base64,"
    "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSIzMzAiIGhlaWdodD0iMjQiPjx0ZXh0IHk9IjE3IiBmb250LXNpemU9IjE0"
    "Ij5bYSBwaWN0dXJlIHRoYXQgaXMgbm90IGluIHRoZSBub3RlYm9va108L3RleHQ+PC9zdmc+"
)
_MARK = re.compile("\ue000[^\ue001]*\ue001")
_ALLOWED_VALUES = {
    "align": re.compile("left|right|center"),
    "style": re.compile(r"text-align:\s*(?:left|right|center);?"),
    **dict.fromkeys(("colspan", "height", "rowspan", "start", "width"), re.compile(r"[0-9]{1,4}%?")),
}


def allowed_html(html: str) -> str:
    """What may be shown of the HTML; as text where it would take a parser too long. Linear in time.

    A mark between U+E000 and U+E001 is kept in text and dropped from attributes.
    """
    if is_entangled(html):
        return as_text(html)
    # A pass over what was written last costs little, and ends in the same text unless the first was deceived.
    return _CLEANER.clean(_CLEANER.clean(html))


def is_entangled(html: str) -> bool:
    """Whether a parser could make far more elements of the HTML than it has tags."""
    return len(_FORMATTING_WITH_ATTRIBUTES.findall(html)) * len(_TAG.findall(html)) > MAXIMAL_ELEMENTS


def as_text(source: str) -> str:
    """The source itself, letter for letter."""
    return f"<pre>{escape(source)}</pre>"


def _value(element: str, name: str, value: str) -> str | None:
    value = _MARK.sub("", value)
    if name == "src":
        return value if _PICTURE.fullmatch(value) else _NOTE
    allowed = _ALLOWED_VALUES.get(name)
    return value if allowed is None or allowed.fullmatch(value.strip()) else None


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_LOST,
    attributes=_ATTRIBUTES,
    attribute_filter=_value,
    allowed_classes=_CLASSES,
    generic_attribute_prefixes=set(),
    url_schemes={"data"},
    strip_comments=True,
    link_rel=None,
)
