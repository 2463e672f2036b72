"""The look of the pages, their fonts inside it."""

import base64
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).parent / "assets"
_FONTS = (
    ("STIX Two Math", "stix-two-math", "normal", "400"),
    ("STIX Two Text", "stix-two-text", "normal", "400"),
    ("STIX Two Text", "stix-two-text-italic", "italic", "400"),
    ("STIX Two Text", "stix-two-text-bold", "normal", "700"),
)


@cache
def font_faces() -> str:
    """The fonts of a page, each inside its style."""
    faces = []
    for family, name, style, weight in _FONTS:
        data = base64.b64encode((ASSETS / f"{name}.woff2").read_bytes()).decode()
        source = f'src: url("data:font/woff2;base64,{data}") format("woff2")'
        faces.append(f'@font-face {{ font-family: "{family}"; font-style: {style}; font-weight: {weight}; {source}; }}\n')
    return "".join(faces)


def linked_css(fonts: str) -> str:
    """The style of pages that share their fonts, which lie beside them in the folder ``fonts``."""
    faces = [
        f'@font-face {{ font-family: "{family}"; font-style: {style}; font-weight: {weight}; src: url("{fonts}{name}.woff2") format("woff2"); }}\n'
        for family, name, style, weight in _FONTS
    ]
    return "".join(faces) + (ASSETS / "page.css").read_text(encoding="utf-8") + maths_css()


@cache
def maths_css() -> str:
    """The style of formulas, fonts excluded."""
    return (ASSETS / "maths.css").read_text(encoding="utf-8")


@cache
def page_css() -> str:
    """The whole style of a page, fonts included; other pages with typeset formulas may use it too."""
    return font_faces() + (ASSETS / "page.css").read_text(encoding="utf-8") + maths_css()
