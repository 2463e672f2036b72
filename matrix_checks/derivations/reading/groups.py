"""What belongs together in a formula, and what only arranges it: brackets, environments, boxes, points between factors."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from matrix_checks.derivations.reading.bars import with_bars_read
from matrix_checks.derivations.reading.kets import with_kets
from matrix_checks.derivations.reading.tex import RELATIONS, Token, Word
from matrix_checks.derivations.reading.typed import CLOSE as CLOSE
from matrix_checks.derivations.reading.typed import LONGEST_NAME, STANDS_ALONE, with_angles, with_points_read
from matrix_checks.derivations.reading.typed import OPEN as OPEN

ALIGNED = {"aligned", "align", "align*", "gather", "gather*", "gathered", "split", "equation", "equation*", "eqnarray", "eqnarray*",
           "multline", "multline*", "alignedat", "alignat", "alignat*", "displaymath", "math", "flalign", "flalign*"}  # fmt: skip
# Those whose name is followed by an argument in braces.
WITH_ARGUMENT = {"array", "alignedat", "alignat", "alignat*"}
# Those that arrange lines where relations stand in them, and are values elsewhere.
LINES_OR_VALUES = {"array", "cases", "dcases", "rcases"}
LONGEST_COLUMNS = 40
# Commands of which the next braces are arguments.
TAKES_BRACES = {"^", "_", "\\begin", "\\end"}


@dataclass
class Groups:
    """Which brackets of a formula belong together.

    Attributes
    ----------
    end
        For the place of an opening bracket or of a ``\\begin``: the place of the last token that belongs to it.
    relations
        The places of those that hold a relation sign outside of further brackets.
    """

    end: dict[int, int] = field(default_factory=dict)
    relations: set[int] = field(default_factory=set)


def groups(tokens: Sequence[Token]) -> Groups:
    """The brackets that have a partner; one that has none does not enclose anything."""
    found = Groups()
    waiting: list[int] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if isinstance(token, Word):
            pass
        elif token in ("\\begin", "\\end"):
            behind = _behind_name(tokens, place)
            if token == "\\begin":
                waiting.append(place)
            else:
                _close(found, waiting, tokens, "\\begin", behind - 1)
            place = behind
            continue
        elif token in OPEN:
            waiting.append(place)
        elif token in CLOSE:
            _close(found, waiting, tokens, "{" if token == "}" else "", place)
        elif token in RELATIONS and waiting:
            found.relations.add(waiting[-1])
        place += 1
    return found


def _close(found: Groups, waiting: list[int], tokens: Sequence[Token], opening: str, end: int) -> None:
    """Match what ends at a place with what is open: braces and environments with their like, brackets with any bracket."""
    if opening:
        # A bracket that was never closed ends with the braces or the environment around it.
        while waiting and tokens[waiting[-1]] not in ("{", "\\begin"):
            waiting.pop()
        if waiting and tokens[waiting[-1]] == opening:
            found.end[waiting.pop()] = end
    elif waiting and tokens[waiting[-1]] not in ("{", "\\begin"):
        found.end[waiting.pop()] = end


def _behind_name(tokens: Sequence[Token], place: int) -> int:
    """The place behind the name of an environment; no further than the longest name."""
    if tokens[place + 1 : place + 2] != ["{"] and tokens[place + 1 : place + 2] != ("{",):
        return place + 1
    end = next((end for end in range(place + 2, min(place + LONGEST_NAME, len(tokens))) if tokens[end] == "}"), None)
    return place + 1 if end is None else end + 1


def name_of(tokens: Sequence[Token], place: int) -> str:
    """The name of the environment of which ``\\begin`` or ``\\end`` stands at a place."""
    inside = tokens[place + 2 : max(_behind_name(tokens, place) - 1, place + 2)]
    return "".join(token.text if isinstance(token, Word) else token for token in inside)


def unwrapped(tokens: list[Token]) -> list[Token]:
    """A formula without what only arranges it: environments of lines, and braces around relations."""
    tokens = with_points_read(with_angles(with_bars_read(with_kets(tokens))))
    found = groups(tokens)
    dropped: set[int] = set()
    renamed: dict[int, list[Token]] = {}
    _drop_environments(tokens, found, dropped, renamed)
    _drop_braces(tokens, found, dropped)
    kept: list[Token] = []
    for place, token in enumerate(tokens):
        if place not in dropped:
            kept += renamed.get(place, [token])
    return kept


def _drop_environments(tokens: list[Token], found: Groups, dropped: set[int], renamed: dict[int, list[Token]]) -> None:
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token == "\\begin":
            name = name_of(tokens, place)
            behind = _behind_name(tokens, place)
            columns = _behind_columns(tokens, behind, name)
            if name in ALIGNED or (name in LINES_OR_VALUES and _holds_lines(tokens, found, place, columns)):
                dropped.update(range(place, columns))
                opened.append(1)
            else:
                after_brace = place and tokens[place - 1] == "\\{" and place - 1 not in found.end
                is_cases = name in ("dcases", "rcases") or (name in ("array", "matrix") and after_brace)
                if is_cases:
                    dropped.update(range(place + 1, columns))
                    renamed[place] = ["\\begin", "{", Word("cases"), "}"]
                    dropped.update([place - 1] if after_brace else [])
                opened.append(2 if is_cases else 0)
        elif token == "\\end" and opened:
            behind = _behind_name(tokens, place)
            kind = opened.pop()
            if kind:
                dropped.update(range(place + kind - 1, behind))
            if kind == 2:
                renamed[place] = ["\\end", "{", Word("cases"), "}"]
        elif token == "\\end" and name_of(tokens, place) in ALIGNED:
            dropped.update(range(place, _behind_name(tokens, place)))


def _behind_columns(tokens: list[Token], behind: int, name: str) -> int:
    """The place behind the argument that says how columns are aligned, and behind ``[t]``."""
    if name in ALIGNED and tokens[behind : behind + 1] == ["["] and tokens[behind + 2 : behind + 3] == ["]"]:
        behind += 3
    if name in WITH_ARGUMENT and tokens[behind : behind + 1] == ["{"]:
        end = next((end for end in range(behind, min(behind + LONGEST_COLUMNS, len(tokens))) if tokens[end] == "}"), None)
        return behind if end is None else end + 1
    return behind


def _holds_lines(tokens: list[Token], found: Groups, place: int, start: int) -> bool:
    """Whether relations stand in the cells, and not only in conditions that follow a value."""
    if place not in found.relations:
        return False
    cell = 0
    here = start
    last = found.end.get(place, len(tokens) - 1)
    while here <= last:
        token = tokens[here]
        if here in found.end and here != place:
            here = found.end[here]
        elif token == "&":
            cell += 1
        elif token == "\\\\":
            cell = 0
        elif not isinstance(token, Word) and token in RELATIONS and (not cell or tokens[here - 1] == "&"):
            return True
        here += 1
    return False


def _drop_braces(tokens: list[Token], found: Groups, dropped: set[int]) -> None:
    """Drop braces that hold relations and are no argument; what is inside of others stays as it is."""
    place = 0
    relations = _inherited(tokens, found)
    is_argument = False
    while place < len(tokens):
        token = tokens[place]
        if token == "{" and place in found.end and place not in dropped:
            is_single = (
                found.end[place] == place + 2 and not isinstance(tokens[place + 1], Word) and not _has_figures(tokens[place + 1])
            )
            if is_argument or (place not in relations and not is_single):
                place = found.end[place] + 1
                continue
            dropped.update((place, found.end[place]))
        elif place in found.end and token not in ("{", "\\begin"):
            place = found.end[place]
        is_argument = _takes_braces(token)
        place += 1


def _has_figures(token: Token) -> bool:
    r"""Whether it is a number of several figures, of which a command behind which there are no braces takes one: ``\frac3{16}``."""
    return isinstance(token, str) and token.isdecimal() and len(token) > 1


def _takes_braces(token: Token) -> bool:
    if isinstance(token, Word):
        return False
    return token in TAKES_BRACES or (
        token.startswith("\\") and token[1:].isalpha() and token not in STANDS_ALONE and token not in RELATIONS
    )


def _inherited(tokens: list[Token], found: Groups) -> set[int]:
    """The braces that hold a relation, some with more braces around it."""
    inherited = set(found.relations)
    waiting: list[tuple[int, int]] = []
    for place in sorted(found.end):
        while waiting and waiting[-1][1] < place:
            waiting.pop()
        waiting.append((place, found.end[place]))
        if place in found.relations:
            for outer, _ in reversed(waiting[:-1]):
                if tokens[outer] != "{" or outer in inherited or (outer and _takes_braces(tokens[outer - 1])):
                    break
                inherited.add(outer)
            # Boxes hold environments of lines, too.
    return inherited
