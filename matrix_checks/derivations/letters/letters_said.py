r"""Letters of which the text itself says that they are the exercise's: "here $u = x$ and $M = A$", "$z$ are the logits ($x$ in the statement)"."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.meanings import OUTPUTS
from matrix_checks.derivations.context.statements_of_text import ARRAYS_OR_INDICES, NO_ARRAY, tokens_of, with_names, written_in
from matrix_checks.derivations.prose.prose import Before
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.formulas import Piece, cut, prose_at
from matrix_checks.derivations.reading.tex import NotUnderstood, Token

# What stands for something else, too: a Kronecker delta, an index, the identity.
NO_LETTERS = frozenset({"\\delta", "d", "D", *NO_ARRAY, *(INDEX_LETTERS - ARRAYS_OR_INDICES)})
# Between two letters, of which either may be the exercise's.
_SAME = re.compile(
    r"(?i)^[\s,]*(?:(?:that|which) is|i\. ?e\.,?|is my|is our|is called|(?:plays|takes|has) the (?:role|part|place) of|in the (?:role|place) of|instead of|"
    r"is written(?: as)?|"
    r"(?:joue|prend|tient) le rôle de|c'est-à-dire|au lieu de|spielt die Rolle von|übernimmt die Rolle von|das (?:heißt|ist)|d\. ?h\.|statt|anstelle von|"
    r"hace el papel de|es decir|en lugar de|en vez de|gioca il ruolo di|cioè|al posto di|"
    r"играет роль|то есть|т\. ?е\.|вместо)[\s,]*$"
)
# Between a letter and the exercise's in brackets, and behind that one.
_BRACKET = re.compile(
    r"^[^.;$()]{0,60}\((?:(?:it|this|that) is |das ist |es |c'est |è |это )?(?:the|the letter|called|das|le|la|el|il|=)?\s*$",
    re.IGNORECASE,
)
_EXERCISE = (
    r"(?i)^\s*(?:(?:in|of|from|on) (?:the|this|your|our) |(?:the|your|our) |(?:dans|de) l[ae'’] ?|(?:in|aus) de[rm] |des? |en (?:el|la) |d(?:el?|o|a) (?:la |el )?|nel(?:la|l['’])? ?|в |из |ze? )?"
    r"(?:\w+ )?(?:statement|exercise|task|problem|assignment|homework|sheet|notebook|course|template|énoncé|exercice|sujet|Aufgabe|Aufgabenstellung|Übung|"
    r"enunciado|ejercicio|esercizio|testo|zadania|treści|условии|задании|задаче|задания|задачи|условия)\b"
)
# Anywhere in a sentence.
SPEAKS_OF_EXERCISE = re.compile(_EXERCISE.replace(r"(?i)^\s*", r"(?i)(?<![^\W\d_])"))
_OF_EXERCISE = re.compile(_EXERCISE + r"[^()]{0,20}\)")
# The same where the words stand before the letter: "(in the statement $y_i$)", "(sheet: $x$)".
_OPENS, _CLOSES = re.compile(r"^[^.;$()]{0,60}\(([^()]{0,40})$"), re.compile(r"\s*\)")
_WORDS_OF_EXERCISE = re.compile(_EXERCISE + r"(?:'s|’s)?\s*:?\s*$")
# Between a letter and one that is the exercise's by what stands behind it.
_IS = re.compile(r"(?i)^\s*(?:is|are|ist|sind|est|sont|es|son|è|sono|é|são|to|jest|это|—|–)\s+(?:the|das|le|la|el|il|o|a)?\s*$")
_ITS = re.compile(_EXERCISE)
# The tokens of an entry: h _ i.
ENTRY = 3
# What words call the variable of a layer: "$z_j$ are the logits", "$z_j$ — вход".
INPUT = "x"
_IS_INPUT = re.compile(
    r"(?i)^\s*(?:(?:is|are|be|for|denotes?|the|my|our|its|as|ist|sind|die|der|das|est|sont|les?|l['’]|es|son|los|las|el|la|è|sono|i|gli|é|são|os|as|это|jest|to)\b\s*|[—–:-]\s*)*+"
    r"(?:inputs?|logits?|raw scores|Eingaben?|Eingang|Logits|entrées?|entradas?|ingress[oi]|вход\w*|логит\w*|wejści\w+|输入|入力|입력)(?![^\W\d_])"
)
# Beside an equality that holds at one point, or in one case, only.
_ONE_CASE = re.compile(
    r"(?i)\b(?:at|point|case|for|choos\w+|take|taking|whe(?:n|re)ver|eval\w+|specia\w+|especi\w+|en|pour|für|bei|при|в точке|para|per)\s*$"
)


def speaks_of_exercise(found: Iterable[Piece]) -> bool:
    """Whether words of a text speak of the exercise, its sheet or its statement, anywhere."""
    return any(piece.kind == "prose" and SPEAKS_OF_EXERCISE.search(piece.source) for piece in found)


def take_letters_said(context: Context, found: list[Piece]) -> None:
    """Take letters of the text for those of the exercise of which it says that they are the same.

    An equality counts where the exercise's letter is not written beside it: of ``u = x`` in ``u^\\top x``, one may be held.
    """
    formulas = [(place, tokens_of(context, piece)) for place, piece in enumerate(found) if piece.kind != "prose"]
    said = set(_in_words(context, found))
    equal: Counter[tuple[str, str]] = Counter()
    for place, tokens in formulas:
        before = prose_at(found, place - 1)
        equal.update(_in_formula(context, tokens, before))
    written = [list(written_in(tokens)) for _, tokens in formulas if len(tokens) > 1]
    # Other formulas do not write the exercise's letter.
    said |= {each for each, times in equal.items() if sum(tokens.count(each[1]) for tokens in written) == times}
    names = {
        name: meant
        for name, meant in said
        if sum(1 for each in said if name in each or meant in each) == 1
        and _is_free(context, name)
        # Whoever writes both in one formula holds one of them, or means two points.
        and sum(name in tokens and meant in tokens for tokens in written) == equal[name, meant]
    }
    if names:
        context.look_at(with_names(view, names) for view in context.views)


def take_input_said(context: Context, found: list[Piece]) -> None:
    """Take the letter that words call the input of a layer for the exercise's, where the text states no layer and never writes that one."""
    formulas = [tokens_of(context, piece) for piece in found if piece.kind != "prose"]
    if INPUT not in context.arrays or any(INPUT in tokens or INPUT.upper() in tokens for tokens in formulas):
        return
    called = [
        piece
        for piece, behind in pairwise(found)
        if piece.kind != "prose" and behind.kind == "prose" and _IS_INPUT.match(behind.source)
    ]
    letters = {name for piece in called if (name := _names(context, piece, piece)[0])}
    if len(letters) == 1 and not letters & context.known and _is_free(context, min(letters)):
        context.look_at(with_names(view, {min(letters): INPUT}) for view in context.views)


def _in_words(context: Context, found: list[Piece]) -> Iterator[tuple[str, str]]:
    """What words between two formulas say, each of which is one name, or an entry.

    Where some brackets say that their letter is the exercise's, others with a letter alone say the same.
    """
    alone: list[tuple[str, str]] = []
    says_so = False
    for place in range(len(found) - 2):
        one, words, other = found[place : place + 3]
        if words.kind != "prose" or "prose" in (one.kind, other.kind):
            continue
        behind = found[place + 3].source if place + 3 < len(found) else ""
        opened = _OPENS.match(words.source) if _CLOSES.match(behind) else None
        is_said_before = opened is not None and _WORDS_OF_EXERCISE.match(opened[1])
        in_brackets = is_said_before or (_BRACKET.search(words.source) and _OF_EXERCISE.search(behind))
        is_alone = opened is not None and not opened[1].strip()
        if in_brackets or is_alone or (_IS.search(words.source) and _ITS.search(behind)) or _SAME.search(words.source):
            pairs = list(_in_order(context, *_names(context, one, other), of_outputs=bool(in_brackets or is_alone)))
            says_so |= bool(in_brackets)
            if in_brackets or not is_alone:
                yield from pairs
            else:
                alone += pairs
    if says_so:
        yield from alone


def _names(context: Context, one: Piece, other: Piece) -> tuple[str, str]:
    """The names that two formulas are; or those of which they are entries at the same index."""
    tokens = [tokens_of(context, each) for each in (one, other)]
    if all(len(each) == ENTRY and each[1] == "_" for each in tokens):
        tokens = [each[:1] for each in tokens]
    first, second = (context.only_name(each) for each in tokens)
    return first, second


def _in_formula(context: Context, tokens: list[Token], before: str) -> Iterator[tuple[str, str]]:
    """What a formula sets equal that is no more than two names."""
    if Before(before).supposes or _ONE_CASE.search(before):
        return
    try:
        chains = cut(tokens, context.is_name).chains if tokens else []
    except NotUnderstood:
        return
    for chain in chains:
        if len(chain.members) == 2 and not chain.is_condition and all(len(member) == 1 for member in chain.members):
            one, other = map(context.only_name, chain.members)
            yield from _in_order(context, one, other)


def _in_order(context: Context, one: str, other: str, of_outputs: bool = False) -> Iterator[tuple[str, str]]:
    """The letter of the text and the exercise's variable, or its output, whichever comes first."""
    variables = {name for view in context.views for name in view.variables} - context.own
    variables |= {name for view in context.views for name in view.definitions if name in OUTPUTS} if of_outputs else set()
    for name, meant in ((one, other), (other, one)):
        if meant in variables and name and name not in context.known:
            yield name, meant


def _is_free(context: Context, name: str) -> bool:
    """Whether a text says nothing else of a letter, which is none of an index either."""
    if name in NO_LETTERS:
        return False
    return len(context.later.get(name, ())) <= 1 and name not in context.later_entries and name not in context.restated
