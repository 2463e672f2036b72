"""Names of several letters in the source of a formula: where one stands, where it begins a side, and what defines it."""

import re

# Letters that follow each other, and are neither a command nor inside of words.
RUN = re.compile(r"(?<![A-Za-z\\])[A-Za-z]{1,12}(?![A-Za-z])")
COMMANDS = re.compile(r"\\(?:text\w*|mathrm|operatorname\*?|begin|end|mbox|label|tag)\s*\{[^{}]*\}|\\[a-zA-Z]+")
# A name as programs have it, in the letters of a text.
UPRIGHT = re.compile(r"\\(?:mathrm|text(?:tt|rm|it|sf|normal)?|mathtt|mathsf|mathit|operatorname\*?)\s*\{\s*([A-Za-z]{2,12})\s*\}")
# The sign of a differential, however it is set.
UPRIGHT_D = re.compile(
    r"\\(?:mathrm|text(?:rm|up|normal)?|operatorname\*?|mathup)\s*\{\s*d\s*\}|\\mathrm\s+d(?![A-Za-z])|\{\s*\\rm\s+d\s*\}"
)
# What may stand between a name and its relation sign, and the sign.
DEFINES = re.compile(
    r"\s*(?:_\s*(?:\w|\{[^{}]{1,9}\})|\[[^\[\]]{1,9}\])?\s*&?\s*(?::=|=(?!=)|\\equiv|\\coloneqq|\\leftarrow|\\gets|\\triangleq)"
)
_BEGINS = re.compile(r"(?:^|[&,;:.(]|\\\\|\\q?quad|\\(?:Rightarrow|to|implies|iff|text\{[^{}]*\})|\})\s*$")
# Behind an index or a power stands a factor: X_{n1} G.
_SCRIPT = re.compile(r"[_^]\s*\{[^{}]*\}\s*$")
# In characters, before a name.
NEAR = 40


def begins(source: str, place: int) -> bool:
    """Whether a side of an equality may begin at a place of a formula."""
    before = source[max(place - NEAR, 0) : place]
    return _BEGINS.search(before) is not None and _SCRIPT.search(before) is None
