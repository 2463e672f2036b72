"""Sizes that a program names, as ``n_3``, as formulas of a page."""

import re

# Formulas and code stay as they are.
_KEPT = re.compile(r"(\$[^$]*\$|`[^`]*`)")
_SIZE = re.compile(r"(?<![\w\\$])([A-Za-z])_(\d{1,3}|[A-Za-z])(?!\w)")


def with_sizes_as_formulas(text: str) -> str:
    """Markdown in which a letter with a subscript that stands outside of formulas is one.

    Examples
    --------
    >>> with_sizes_as_formulas("N × n_3 times $n_2$")
    'N × $n_{3}$ times $n_2$'
    """
    parts = _KEPT.split(text)
    return "".join(part if place % 2 else _SIZE.sub(r"$\1_{\2}$", part) for place, part in enumerate(parts))
