r"""nbconvert's parser of Markdown with mathematics, in time that grows with the length of the text only.

nbconvert looks for `\\(…\\)`, `\\[…\\]` and `\begin{…}…\end{…}` by patterns that read on to the end of the text wherever
one is opened and never closed. Here a pattern finds what opens, and an index of the text tells whether it is closed.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from re import Match, Pattern
from typing import Any

from nbconvert.filters.markdown_mistune import MarkdownWithMath, MathBlockParser, MathInlineParser

_ENVIRONMENT = r"\\begin\{(?P<math_env_name>[a-z]*\*?)\}"
_CLOSING = re.compile(r"\\end\{[a-z]*\*?\}|\\\\[\])]")
# Rules of which the pattern finds the opening only.
_OPENING_RULES = ("multiline_math", "block_math_latex", "inline_math_latex", "latex_environment")


class _Closings:
    """Where in a text each closing delimiter stands."""

    def __init__(self, text: str, escapable: bool) -> None:
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for found in _CLOSING.finditer(text):
            if not (escapable and found[0][1] == "\\" and found.start() and text[found.start() - 1] == "\\"):
                self._places[found[0]].append(found.start())

    def after(self, opening: Match[str]) -> tuple[int, int] | None:
        """Start and end of what closes an opening delimiter; `None` if nothing does."""
        closing = {"\\\\[": "\\\\]", "\\\\(": "\\\\)"}.get(opening[0]) or opening[0].replace("\\begin", "\\end", 1)
        places = self._places.get(closing, [])
        index = bisect_left(places, opening.end())
        return (places[index], places[index] + len(closing)) if index < len(places) else None


class _Scanner:
    """Stands for a compiled pattern of all rules: passes over what is opened and never closed."""

    def __init__(self, everything: Pattern[str], others: Pattern[str], escapable: bool) -> None:
        self._everything, self._others, self._escapable = everything, others, escapable
        self._closings: dict[str, _Closings] = {}

    def closing(self, opening: Match[str]) -> tuple[int, int] | None:
        """Start and end of what closes it; of a formula between dollars, which is found whole, its own end."""
        if opening[0][0] == "$":
            return opening.end(), opening.end()
        if opening.string not in self._closings:
            self._closings[opening.string] = _Closings(opening.string, self._escapable)
        return self._closings[opening.string].after(opening)

    def match(self, text: str, place: int = 0) -> Match[str] | None:
        found = self._everything.match(text, place)
        return self._others.match(text, place) if self._is_open(found) else found

    def search(self, text: str, place: int = 0) -> Match[str] | None:
        found = self._everything.search(text, place)
        while found and self._is_open(found):
            other = self._others.match(text, found.start())
            if other:
                return other
            found = self._everything.search(text, found.start() + 1)
        return found

    def _is_open(self, found: Match[str] | None) -> bool:
        return found is not None and found.lastgroup in _OPENING_RULES and self.closing(found) is None


class _Scanning:
    """The part of both parsers that compiles their rules."""

    escapable = False
    rules: list[str]

    def compile_sc(self, rules: list[str] | None = None) -> Any:
        rules = self.rules if rules is None else rules
        compiled = super().compile_sc(rules)  # type: ignore[misc]
        if not any(rule in _OPENING_RULES for rule in rules):
            return compiled
        scanners = self.__dict__.setdefault("_scanners", {})
        if compiled not in scanners:
            others = super().compile_sc([rule for rule in rules if rule not in _OPENING_RULES])  # type: ignore[misc]
            scanners[compiled] = _Scanner(compiled, others, self.escapable)
        return scanners[compiled]

    def _closing(self, opening: Match[str]) -> tuple[int, int]:
        scanner = next(each for each in self.__dict__["_scanners"].values())
        found = scanner.closing(opening)
        assert found is not None
        return found


class LinearBlockParser(_Scanning, MathBlockParser):
    """Finds the formulas that may hold blank lines."""

    SPECIFICATION = {
        **MathBlockParser.SPECIFICATION,
        "multiline_math": r"(?s:(?<!\\)[$]{2}.*?(?<!\\)[$]{2})|\\\\\[|" + _ENVIRONMENT,
    }

    def parse_multiline_math(self, m: Match[str], state: Any) -> int:
        end = self._closing(m)[1]
        state.add_paragraph(m.string[m.start() : end])
        return end


class LinearInlineParser(_Scanning, MathInlineParser):
    """Finds the formulas of a line or a paragraph."""

    escapable = True
    SPECIFICATION = {
        **MathInlineParser.SPECIFICATION,
        "block_math_latex": r"(?<!\\)\\\\\[",
        "inline_math_latex": r"(?<!\\)\\\\\(",
        "latex_environment": _ENVIRONMENT,
    }

    def parse_block_math_latex(self, m: Match[str], state: Any) -> int:
        return self._note(m, state, "block_math")

    def parse_inline_math_latex(self, m: Match[str], state: Any) -> int:
        return self._note(m, state, "inline_math")

    def _note(self, opening: Match[str], state: Any, kind: str) -> int:
        start, end = self._closing(opening)
        state.append_token({"type": kind, "raw": opening.string[opening.end() : start]})
        return end

    def parse_latex_environment(self, m: Match[str], state: Any) -> int:
        start, end = self._closing(m)
        attributes = {"name": m["math_env_name"], "body": m.string[m.end() : start]}
        state.append_token({"type": "latex_environment", "attrs": attributes})
        return end


class LinearMarkdown(MarkdownWithMath):
    """What `MarkdownWithMath` makes of a text, without its quadratic time."""

    def __init__(self, renderer: Any) -> None:
        super().__init__(renderer, LinearBlockParser(), LinearInlineParser(hard_wrap=False))
