"""What the prose before a formula says of it."""

import re
from dataclasses import dataclass
from functools import cached_property

_INTRODUCES = re.compile(
    r"(?i)\b(let|put|set|denote|define|where|with|now|for|write|call|пусть|обозначим|введ\w*|положим|где|если|for|if|when)\b"
)
_CONDITION = re.compile(
    r"(?i)\b(set|setting|zero|minim\w*|optim\w*|stationar\w*|приравн\w*|нул\w*|миним\w*|экстрем\w*|if|если|при)\b"
)
_ASSUMES = re.compile(r"(?i)\b(for|if|when|если|при)\s*+$")


@dataclass(frozen=True)
class Before:
    """The prose before a formula. It is looked through once for each question, and not for each equality of the formula."""

    prose: str

    @cached_property
    def _last_sentence(self) -> str:
        return self.prose.rpartition(".")[2]

    @cached_property
    def introduces(self) -> bool:
        """Whether its last sentence says what something shall be."""
        return _INTRODUCES.search(self._last_sentence) is not None

    @cached_property
    def sets_condition(self) -> bool:
        """Whether its last sentence looks for a minimum, or sets something to zero."""
        return _CONDITION.search(self._last_sentence) is not None

    @cached_property
    def assumes(self) -> bool:
        """Whether it ends in an "if"."""
        return _ASSUMES.search(self.prose) is not None
