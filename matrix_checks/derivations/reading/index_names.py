"""Indices of other alphabets: ``x_{\\alpha}``, ``g_{ao}``. Where a letter is nothing but an index, it is read as a usual one."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set

from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.groups import groups
from matrix_checks.derivations.reading.tex import RELATIONS, Token, Word
from matrix_checks.derivations.reading.tokens import Renamed

GREEK = frozenset(
    "\\alpha \\beta \\gamma \\delta \\zeta \\theta \\pi \\chi \\psi \\omega \\kappa \\lambda \\mu \\nu \\rho \\sigma \\tau \\xi \\eta \\iota".split()
)
# A d is a differential, and an e the number, where they stand by themselves; a T, or a t, transposes.
LATIN = frozenset("abcdefghouvwxyz")
DIFFERENTIAL = "d"
# What stands below these is differentiated by.
_DERIVATIVES = ("\\nabla", "\\partial", "d", "D")
# Below one symbol; more letters are a word.
MOST_INDICES = 6
# A formula with so few tokens may only name indices: "$a$", "$a \\ne b$", "$\\alpha = 1, \\dots, N$".
FEW = 9


def unusual_indices(formulas: Iterable[Sequence[Token]], known: frozenset[str]) -> dict[str, str]:
    """Letters that are nothing but indices in a text, each with a usual letter that the text does not use.

    Parameters
    ----------
    formulas
        The tokens of each formula.
    known
        Names that stand for something: an entry of such an array may be written with the letter of another.
    """
    used: set[str] = set()
    indices: dict[str, None] = {}
    # Above a symbol a letter is a power, unless it is an index elsewhere; above one and below another it is one.
    lower: set[str] = set()
    upper: set[str] = set()
    others: set[str] = set()
    told_apart: set[str] = set()
    for tokens in formulas:
        if len(tokens) == 3 and tokens[1] == "\\ne":
            told_apart.update(token for token in tokens if isinstance(token, str))
        environments = _environments(tokens)
        used |= {
            token for place, token in enumerate(tokens) if isinstance(token, str) and place not in environments
        } & INDEX_LETTERS
        below, above = _below(tokens, known), _above(tokens)
        for place, token in enumerate(tokens):
            if isinstance(token, str) and token in GREEK | LATIN and place not in environments:
                if place in below:
                    lower.add(token)
                    if below[place]:
                        indices[token] = None
                elif place in above:
                    upper.add(token)
                elif (len(tokens) > FEW or not _names_indices(tokens)) and not _says_range(tokens, place):
                    others.add(token)
    indices.update(dict.fromkeys(sorted(lower & (upper | told_apart))))
    # A d above a symbol is an index, though others are differentials.
    others -= {DIFFERENTIAL} & upper
    return dict(zip([letter for letter in indices if letter not in others], free_letters(used | known)))


def free_letters(used: Set[str]) -> list[str]:
    """The usual letters of indices that are not used; an m, or an n, comes last, for above a symbol it is a power."""
    return sorted(INDEX_LETTERS - used - {"t"}, key=lambda letter: (letter in "mn", letter))


def indices_beside(formulas: Iterable[Sequence[Token]], known: frozenset[str], usual: Mapping[str, str]) -> dict[str, str]:
    """The letters of the exercise that are indices, too, where they stand below a symbol beside an index: the ``b`` of ``w_{ab}``, and of ``y_{ib}``.

    Parameters
    ----------
    formulas, known
        As above.
    usual
        Letters that are nothing but indices.
    """
    formulas = list(formulas)
    surely = INDEX_LETTERS - known | usual.keys()
    found = {token for tokens in formulas for token in _pairs(tokens, known, surely).values()} - usual.keys()
    used = {token for tokens in formulas for token in tokens if isinstance(token, str)} | {*usual.values()}
    free = iter(sorted(INDEX_LETTERS - used - known - {"t", "m", "n"}))
    return dict(zip(sorted(found), free))


def with_usual_indices(tokens: Sequence[Token], usual: Mapping[str, str], beside: Mapping[str, str]) -> list[Token]:
    """The formula with usual letters for these indices; each remembers how it was written."""
    scripts = {*_below(tokens, frozenset()), *_above(tokens)} if DIFFERENTIAL in usual else set()
    pairs = (
        {**_pairs(tokens, frozenset(beside), INDEX_LETTERS | usual.keys() | beside.keys()), **_summed(tokens, beside)}
        if beside
        else {}
    )
    environments = _environments(tokens)
    return [
        Renamed.of(beside[token], token)
        if isinstance(token, str) and place in pairs and token in beside
        else Renamed.of(usual[token], token)
        if isinstance(token, str) and token in usual and place not in environments and (token != DIFFERENTIAL or place in scripts)
        else token
        for place, token in enumerate(tokens)
    ]


def _pairs(tokens: Sequence[Token], letters: Set[str], surely: Set[str]) -> dict[int, str]:
    """The places of some letters below a symbol that have one other letter beside them there, which is surely an index."""
    found: dict[int, str] = {}
    for place, token in enumerate(tokens[:-4]):
        pair = tokens[place + 2 : place + 4]
        if token != "_" or tokens[place + 1] != "{" or tokens[place + 4] != "}":
            continue
        for step, (one, other) in enumerate((pair, pair[::-1]), start=2):
            if isinstance(one, str) and one in letters & LATIN and isinstance(other, str) and other in surely:
                found[place + step] = one
    return found


def _summed(tokens: Sequence[Token], letters: Collection[str]) -> dict[int, str]:
    """The places of some letters below the symbols of a formula that has a sum over them: ``\\sum_b g_{bj} h_b``."""
    end = groups(tokens).end
    below = {
        place: inside
        for place, token in enumerate(tokens[:-1])
        if token == "_"
        for inside in range(place + 1, end.get(place + 1, place + 1) + 1)
        if tokens[inside] in letters and tokens[place - 1 : place] and tokens[place - 1] not in _DERIVATIVES
    }
    over = {tokens[inside] for place, inside in below.items() if tokens[place - 1] == "\\sum"}
    return {inside: str(tokens[inside]) for inside in below.values() if tokens[inside] in over}


def _below(tokens: Sequence[Token], known: frozenset[str]) -> dict[int, bool]:
    """The places below a symbol, each with whether an index is surely there: below a sum, beside another letter, or of a derivative."""
    end = groups(tokens).end
    found: dict[int, bool] = {}
    for place, token in enumerate(tokens[:-1]):
        if token != "_":
            continue
        inside = range(place + 2, end.get(place + 1, place + 2)) if tokens[place + 1] == "{" else range(place + 1, place + 2)
        if any(tokens[each] == "_" for each in inside):
            # What is differentiated by stands there, with its own indices: \\partial_{a_{ij}}.
            continue
        letters = [tokens[each] for each in inside if isinstance(tokens[each], str) and tokens[each] not in (",", "{", "}")]
        is_index = (place > 0 and tokens[place - 1] == "\\sum") or (
            1 < len(letters) <= MOST_INDICES and not any(letter in RELATIONS for letter in letters)
        )
        is_derivative = list(tokens[place + 1 : place + 3]) == ["{", ","] or (place > 0 and tokens[place - 1] == "\\partial")
        is_index |= is_derivative and len(letters) == 1 and letters[0] not in known
        found.update(dict.fromkeys(inside, is_index))
    return found


def _above(tokens: Sequence[Token]) -> set[int]:
    """The places above a symbol, of one letter or two, that may be indices: not above a number, nor the one of the exponential."""
    end = groups(tokens).end
    found: set[int] = set()
    for place, token in enumerate(tokens[:-1]):
        if token != "^" or (place > 0 and (tokens[place - 1] == "e" or str(tokens[place - 1]).isdecimal())):
            continue
        inside = range(place + 2, end.get(place + 1, place + 2)) if tokens[place + 1] == "{" else range(place + 1, place + 2)
        letters = [tokens[each] for each in inside if tokens[each] != ","]
        if 1 <= len(letters) <= 2 and all(letter in GREEK | LATIN | INDEX_LETTERS for letter in letters):
            found.update(inside)
    return found


def _environments(tokens: Sequence[Token]) -> set[int]:
    """The places of the letters in the names of environments: there is no a in a bmatrix."""
    found: set[int] = set()
    is_name = False
    for place, token in enumerate(tokens):
        is_name = token in ("\\begin", "\\end") or (is_name and token != "}")
        if is_name:
            found.add(place)
    return found


def _names_indices(tokens: Sequence[Token]) -> bool:
    """Whether a short formula names indices, and what they run over."""
    if len(tokens) == 3 and tokens[1] in ("=", "\\ne") and tokens[0] != "d":
        return True
    if any(isinstance(token, Word) or token in ("_", "^", "\\frac", "\\sum", "d", "\\partial") for token in tokens):
        return False
    # A pair, or a place in a stack of columns: (\rho, n) is at \rho + (n - 1) R.
    letters = [token for token in map(str, tokens) if token.isalpha() or token.startswith("\\")]
    of_sizes = all(letter in INDEX_LETTERS | GREEK or letter.isupper() for letter in letters)
    return of_sizes or not any(token in ("(", "+") for token in tokens)


def _says_range(tokens: Sequence[Token], place: int) -> bool:
    r"""Whether a letter begins what says which values it has, beside something else: ``\quad \nu \in \{1, \dots, N\}``."""
    before, behind = tokens[place - 1] if place else ",", list(tokens[place + 1 : place + 3])
    return before in (",", ";", "(", "\\quad", "\\forall") and (behind == ["\\in", "\\{"] or behind == ["=", "1"])


# Short words that are set below a symbol without \text; longer ones are seen to be words.
LABELS = frozenset("BCE CE MSE NLL SSE avg batch minibatch cen ext inp new old opt out ref tmp tot up".split())


def with_words_below(tokens: list[Token], words: tuple[str, ...]) -> list[Token]:
    """The tokens with letters below a symbol as one word, where they spell one that was not set upright: ``\\sigma_{mov}``.

    A word of these stands for the same above it: ``\\sigma^{mov}``, ``\\sigma^{(mov)}``. Letters that stand below other
    symbols of the formula, each, are indices: the ``A_{up}`` beside ``F_{uv}`` and ``S_{pq}``.
    """
    indices = _written_below(tokens)
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        found.append(tokens[place])
        place += 1
        is_above = found[-2:] == ["^", "{"]
        if found[-2:] != ["_", "{"] and not is_above:
            continue
        is_in_brackets = is_above and tokens[place : place + 1] == ["("]
        end = start = place + is_in_brackets
        while end < len(tokens) and isinstance(tokens[end], str) and len(str(tokens[end])) == 1 and str(tokens[end]).isalpha():
            end += 1
        word = "".join(map(str, tokens[start:end]))
        upright = tokens[start : start + 1]
        if is_above and upright and isinstance(upright[0], Word):
            word, end = upright[0].text, start + 1
        is_label = word.startswith(words) or (word in LABELS and not is_above and not set(word) <= indices)
        if is_label and tokens[end : end + 1 + is_in_brackets] == [")", "}"][not is_in_brackets :]:
            found[-2:] = [Renamed.of("_", "^") if is_above else found[-2], found[-1]]
            found.append(Word(word))
            place = end + is_in_brackets
    return found


def _written_below(tokens: Sequence[Token]) -> set[str]:
    """The letters below the symbols of a formula, but for those that spell a short word there."""
    found: set[str] = set()
    for place, token in enumerate(tokens):
        if token != "_":
            continue
        end = start = place + 1 + (tokens[place + 1 : place + 2] == ["{"])
        while end < len(tokens) and len(str(tokens[end])) == 1 and str(tokens[end]).isalpha():
            end += 1
        letters = "".join(map(str, tokens[start:end]))
        found.update(letters if letters not in LABELS else "")
    return found
