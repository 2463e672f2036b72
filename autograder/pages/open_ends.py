"""HTML without the tags and comments that are begun and never end, for each of which a parser reads on to the end of the text."""

# A parser takes some in its stride, and a person's text holds one or two at most.
_FEW = 20


def without_open_ends(html: str) -> str:
    """The HTML with those beginnings written as the text that they are shown as, where they are many."""
    html = _as_text_behind(html, html.rfind("-->"), "<!--")
    return _as_text_behind(html, html.rfind(">"), "<")


def _as_text_behind(html: str, place: int, opening: str) -> str:
    start = max(place, 0)
    if html.count(opening, start) <= _FEW:
        return html
    return html[:start] + html[start:].replace(opening, opening.replace("<", "&lt;"))
