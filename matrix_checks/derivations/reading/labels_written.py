r"""Labels of names in a formula as it was written: the ``l - 1`` of ``a^{(l-1)}``, ``a^{[l-1]}``, ``a^{l-1}_j`` and ``a_{l-1}``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NAME = re.compile(r"(\\[A-Za-z]+|[A-Za-z])\s*\}?")
_SCRIPT = re.compile(r"\s*([_^])\s*(?:\{([^{}]{1,24}(?:\{[^{}]{1,9}\}[^{}]{0,9})?)\}|(\\[A-Za-z]+|[A-Za-z0-9]))")
_CORE = r"(?P<base>\\ell(?![a-zA-Z])|[A-Za-z](?![A-Za-z])|\d(?!\d))(?:\s*(?P<shift>[-+]\s*\d))?"
_TRANSPOSED = r"(?:,|\\[,;:! ]|\s)*(?:T|\\top|\\intercal|\\(?:mathsf|mathrm|text)\s*\{?\s*T\s*\}?|')"
_BRACKETED = re.compile(rf"\s*(?P<core>(?:\\left\s*)?[\[(]\s*{_CORE}\s*(?:\\right\s*)?[\])])")
_BARE = re.compile(rf"\s*(?P<core>{_CORE})\s*(?=$|{_TRANSPOSED}\s*$)")
_BELOW = re.compile(rf"\s*(?P<core>{_CORE})\s*(?=$|,)")
_NO_NAMES = frozenset(("\\sum", "\\prod", "\\nabla", "\\partial", "\\int", "\\lim", "\\max", "\\min", "\\bigcup", "\\forall"))
# So many signs may stand above and below a name.
MOST_SCRIPTS = 3


@dataclass(frozen=True)
class Label:
    """A label of a name: that of ``a^{(l-1)}`` has the base ``l`` and the shift -1.

    Attributes
    ----------
    name, base, shift
        Whose label it is, and what it says.
    is_above, is_in_braces
        Whether it stands above the name, and in braces.
    start, end
        Where it stands in the formula, with the brackets around it.
    begin_of_name, end_of_name
        Where the name begins, and where all that stands above and below it ends.
    """

    name: str
    base: str
    shift: int
    is_above: bool
    is_in_braces: bool
    start: int
    end: int
    begin_of_name: int
    end_of_name: int


def labels_in(source: str) -> Iterator[Label]:
    """What may be labels in a formula: a letter or a number, and perhaps one more or one less, above or below a name."""
    place = 0
    while name := _NAME.search(source, place):
        scripts = list(_scripts_at(source, name.end())) if name[1] not in _NO_NAMES else []
        end, place = scripts[-1].end() if scripts else name.end(), name.end(1)
        for script in scripts:
            is_above, braced = script[1] == "^", script[2] is not None
            inside, start = (script[2], script.start(2)) if braced else (script[3], script.start(3))
            core = ((_BRACKETED.match(inside) or _BARE.match(inside)) if is_above else _BELOW.match(inside)) if inside else None
            if core:
                shift = int("".join(core["shift"].split())) if core["shift"] else 0
                first, last = core.span("core")
                place = end
                yield Label(name[1], core["base"], shift, is_above, braced, start + first, start + last, name.start(), end)


def label_of(source: str) -> Label | None:
    """The label of the one name that a formula is."""
    label = next(labels_in(source), None)
    return label if label and label.begin_of_name == 0 and not source[label.end_of_name :].strip(" }") else None


def _scripts_at(source: str, place: int) -> Iterator[re.Match[str]]:
    for _ in range(MOST_SCRIPTS):
        script = _SCRIPT.match(source, place)
        if not script:
            return
        yield script
        place = script.end()
