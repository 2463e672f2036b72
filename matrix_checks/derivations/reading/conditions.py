"""When a statement is claimed: conditions on indices, "otherwise", and what nobody can judge."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from matrix_checks.derivations.reading import vocabulary
from matrix_checks.derivations.reading.other_indices import others_before, others_behind
from matrix_checks.derivations.reading.tex import RELATIONS, Mark, Token, Word

INDEX_LETTERS = set("ijklmnpqrst")
# Of a condition on two indices, in characters.
LONGEST_PAIR = 40
_PAIR = re.compile(r"\s*\(?\s*([i-np-t])\s*(==?|\\neq?|!=|≠|\\not\s*=)\s*([i-np-t])\s*[.,;:)]*\s*")
# The same of any letters.
_ANY_PAIR = re.compile(r"(\s*\(?\s*)(\\?[A-Za-z]+)(\s*(?:==?|\\neq?|!=|≠|\\not\s*=)\s*)(\\?[A-Za-z]+)(\s*[.,;:)]*\s*)")
_RANGE = re.compile(r"\s*[i-np-t](?:_\w)?\s*(?:=|,|\\in)\s*(?:\d|\\|[i-t])")


class Source(Protocol):
    """A formula or prose, as :class:`matrix_checks.derivations.reading.formulas.Piece` is."""

    @property
    def source(self) -> str: ...

    @property
    def kind(self) -> str: ...


@dataclass(frozen=True)
class Condition:
    """When a statement is claimed.

    Attributes
    ----------
    pair
        Two indices, and whether they are equal; ``None`` for any other condition: what is false under it is not understood.
    """

    pair: tuple[str, str, bool] | None

    @property
    def opposite(self) -> "Condition":
        """When it does not hold."""
        return Condition((self.pair[0], self.pair[1], not self.pair[2])) if self.pair else self


OTHER = Condition(None)


def index_condition(members: list[list[Token]], signs: list[str], is_name: Callable[[str], bool]) -> Condition | None:
    """The condition that ``i = k`` or ``i \\ne k`` is; ``None`` for any other chain."""
    if len(members) != 2 or len(signs) != 1 or signs[0] not in ("=", "\\ne", "\\equiv"):
        return None
    letters = [member[0] for member in members if len(member) == 1 and isinstance(member[0], str) and member[0] in INDEX_LETTERS]
    if len(letters) != 2 or any(is_name(letter) for letter in letters):
        return None
    return Condition((letters[0], letters[1], signs[0] != "\\ne"))


def is_declaration(members: list[list[Token]], is_name: Callable[[str], bool]) -> bool:
    """Whether a chain says which values an index has: ``i = 1``."""
    first = members[0]
    if len(first) != 1 or not isinstance(first[0], str) or first[0] not in INDEX_LETTERS or is_name(first[0]):
        return False
    return all(len(member) == 1 and isinstance(member[0], str) and (member[0][:1].isdecimal() or member[0] in INDEX_LETTERS or member[0].isupper())
               for member in members[1:])  # fmt: skip


def begins_range(members: list[list[Token]], source: str) -> bool:
    r"""Whether ``n = 1`` is the beginning of ``n = 1, \\dots, N``: that says what an index runs over, whatever else the letter stands for."""
    letters = [str(member[0]) if len(member) == 1 else "" for member in members]
    if len(letters) != 2 or not letters[0].isalpha() or letters[1] not in ("0", "1"):
        return False
    return re.search(rf"(?<![A-Za-z\\]){letters[0]}\s*=\s*{letters[1]}\s*,\s*(?:\\[lc]?dots|\.\.\.|…)", source) is not None


def signs_of_cases(tokens: list[Token]) -> list[tuple[list[Token], Mark, list[Token]]]:
    """The relations in the conditions of cases that are written out, with what stands on their sides."""
    found: list[tuple[list[Token], Mark, list[Token]]] = []
    if "\\begin" not in tokens:
        return found
    depth, in_cases, cell = 0, 0, 0
    for place, token in enumerate(tokens):
        if isinstance(token, Word):
            continue
        if token == "\\begin":
            in_cases += 1
            cell = 0
        elif token == "\\end":
            in_cases -= 1
        depth += (token in ("{", "(", "[")) - (token in ("}", ")", "]"))
        if token == "&":
            cell += 1
        elif token == "\\\\":
            cell = 0
        elif in_cases and cell and not depth and isinstance(token, Mark) and token in RELATIONS:
            found.append((_side(tokens, place, -1), token, _side(tokens, place, 1)))
    return found


def _side(tokens: list[Token], place: int, step: int) -> list[Token]:
    found: list[Token] = []
    place += step
    while 0 <= place < len(tokens) and len(found) < 20:
        token = tokens[place]
        if isinstance(token, Word) or token in ("&", "\\\\", ",", ";", ".", "\\end", "\\quad") or token in RELATIONS:
            break
        found.append(token)
        place += step
    return found[::step]


@dataclass(frozen=True)
class Stance:
    """How a formula stands to its neighbours in the prose.

    Attributes
    ----------
    condition
        When it is claimed, by a formula or by a word behind it; ``None`` without one.
    is_condition
        Whether an "if" stands before it.
    belongs_before
        Whether it is the condition of the formula before it, and says nothing of what follows.
    is_compared
        Whether it is a case that words compare with, and not the one that they speak of.
    opposite
        Whether "otherwise" stands beside it.
    """

    condition: Condition | None = None
    is_condition: bool = False
    belongs_before: bool = False
    is_compared: bool = False
    opposite: bool = False


def stances(found: Sequence[Source], usual: Mapping[str, str] = MappingProxyType({})) -> list[Stance]:
    """How each formula of a text stands to the prose and the formulas beside it; prose stands to nothing.

    Parameters
    ----------
    found
        The formulas and the prose.
    usual
        Other letters that are indices in the text, and those that they are read as.
    """
    neighbours = ["" if one is None or one.kind != "prose" else one.source for one in (None, *found, None, None, None)]
    formulas = [one is not None and one.kind != "prose" for one in (None, *found, None, None, None)]
    sources = ["", *(_with_usual_letters(one.source, usual) for one in found), "", "", ""]
    result = []
    # The conditions that say of themselves that they belong to the statement before them.
    taken = set[int]()
    for place in range(1, len(found) + 1):
        if not formulas[place]:
            result.append(Stance())
            continue
        before, behind = neighbours[place - 1], neighbours[place + 1]
        condition = None
        is_open = place - 2 in taken or not (place > 2 and _says_condition(sources[place - 2], before))
        if formulas[place + 2] and is_open and _closes(sources[place], behind, sources[place + 2], neighbours[place + 3]):
            condition = pair_in(sources[place + 2])
            taken.add(place + 2)
        elif behind and formulas[place + 2] and _belongs(sources[place], behind, sources[place + 2], neighbours[place + 3]):
            condition = _condition_in(sources[place + 2])
        # Between two formulas the word belongs to the second one.
        announces = formulas[place + 2] and vocabulary.other_case_before(behind)
        opposite = vocabulary.other_case_before(before) or (vocabulary.other_case_behind(behind) and not announces)
        opposite |= others_before(sources, formulas, place) or others_behind(sources, formulas, place)
        belongs_before = place in taken or (
            bool(before) and place > 2 and formulas[place - 2] and _belongs(sources[place - 2], before, sources[place], behind)
        )
        is_compared = pair_in(sources[place]) is not None and vocabulary.compares(before)
        result.append(Stance(condition, vocabulary.ends_in_if(before), belongs_before, is_compared, opposite))
    return result


def _says_condition(source: str, behind: str) -> bool:
    """Whether a formula is a condition, as the word behind it says."""
    return pair_in(source) is not None and vocabulary.follows_condition(behind)


def _closes(statement: str, between: str, source: str, behind: str) -> bool:
    """Whether a formula is the condition of the one before it, as a word behind both says: "..., $i = k$ ise"."""
    return between.strip() in ("", *",(，（、") and _says_condition(source, behind) and pair_in(statement) is None


def _with_usual_letters(source: str, usual: Mapping[str, str]) -> str:
    """A formula that sets two indices beside each other, with the letters that they are read as; any other as it is."""
    match = _ANY_PAIR.fullmatch(source) if usual and len(source) <= LONGEST_PAIR else None
    if match is None:
        return source
    one, other = (usual.get(match[place], match[place]) for place in (2, 4))
    return f"{match[1]}{one}{match[3]}{other}{match[5]}"


def _belongs(statement: str, between: str, source: str, behind: str) -> bool:
    """Whether a formula is the condition of the one before it, by words or, where the sentence ends behind it, by a comma."""
    if vocabulary.stands_behind(between, behind):
        return True
    ends = not behind.strip() or behind.lstrip()[0] in ".)。）"
    return between.strip() in tuple(",(，（") and ends and pair_in(source) is not None and pair_in(statement) is None


def _condition_in(source: str) -> Condition | None:
    """The condition that a formula is; ``None`` for ranges of an index and for what is no relation."""
    pair = pair_in(source)
    return pair or (OTHER if "=" in source and not _RANGE.match(source) else None)


def pair_in(source: str) -> Condition | None:
    """The condition that a formula as a whole is."""
    match = _PAIR.fullmatch(source[:200])
    return Condition((match[1], match[3], match[2] in ("=", "=="))) if match else None
