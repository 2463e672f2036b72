"""What a text says of its own letters anywhere: some are used before it is said what they stand for, or are defined in prose."""

import re
from contextlib import suppress
from itertools import islice

from matrix_checks.derivations.context.context import MOST_NAMES, Context
from matrix_checks.derivations.context.introductions import argument_of, as_entry, name_of, without_argument
from matrix_checks.derivations.equality.letters_of_sizes import counts_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.names.own_names import no_sizes_in
from matrix_checks.derivations.prose import prose, words_of_gradients, words_of_names
from matrix_checks.derivations.reading.formulas import Chain, Piece
from matrix_checks.derivations.reading.layer_labels import is_of_other_layer
from matrix_checks.derivations.reading.macros import closing_brace
from matrix_checks.derivations.reading.moments import ACCENTS
from matrix_checks.derivations.reading.spelling import EQUALITIES
from matrix_checks.derivations.reading.tex import RELATIONS, NotUnderstood, Token, Word, tokenize
from matrix_checks.derivations.reading.tokens import without_braces

# For one name: the first that can be read counts.
MOST_DEFINITIONS = 5
# In tokens.
LONGEST_DEFINITION = 60
LONGEST_ENTRY = 8
# A letter, brackets, and a letter in them.
LENGTH_OF_CALL = 4
TIMES = "\\cdot"
_DERIVES = frozenset(("\\partial", "\\nabla"))
_UNDER_BRACE = re.compile(r"\\(?:under|over)brace\s*\{")
# In tokens, a letter with a number below it.
NUMBERED = 3
_NAME_BELOW = re.compile(r"\s*[_^]\s*(?:\{\s*(?::=|=:|=|:|\\coloneqq)?\s*([^{}=]{1,12}(?:\{[^{}]{1,4}\})?)\s*\}|([A-Za-z]))")


def note_prose(context: Context, piece: Piece) -> None:
    """Note what prose sets letters equal to, and whether it says that some of them are special."""
    context.memory.speaks_of_special |= prose.speaks_of_special(piece.source)
    context.memory.speaks_of_any |= prose.speaks_of_any(piece.source)
    context.memory.fixes_sizes |= prose.fixes_size(piece.source)
    for name, text in prose.definitions(piece.source):
        words = text.split()
        # Where the sentence goes on, only its beginning is a formula.
        for last in range(min(len(words), MOST_DEFINITIONS), 0, -1):
            try:
                _note(context, name, tokenize(" ".join(words[:last]), context.words))
            except NotUnderstood:
                continue


def note_named(context: Context, found: list[Piece], place: int) -> None:
    """Note what the words between two formulas say that a name stands for: "where ``s`` stands for ``1/Z``"."""
    if not 0 < place < len(found) - 1:
        return
    before = found[place - 2].source if place > 1 and found[place - 2].kind == "prose" else ""
    between = found[place].source
    with suppress(NotUnderstood):
        given = context.tokens(found[place - 1].source)
        tokens = context.tokens(found[place + 1].source)
        if (
            prose.stands_for(between)
            or prose.puts_for(before, between)
            or _is_derivative(tokens)
            and words_of_gradients.names_derivative(between)
        ):
            _note_given(context, given, tokens)
        elif _is_derivative(given) and words_of_gradients.derivative_is_named(before, between):
            _note_given(context, tokens, given)
        elif words_of_names.is_called(between):
            _note_called(context, given, tokens)
        elif words_of_names.are_one(before, between):
            _note_named(context, given, tokens)


def _note_named(context: Context, one: list[Token], other: list[Token]) -> None:
    """Note what a name stands for, where words say that two formulas are the same: the one that is a new name, and nothing else."""
    names = [context.only_name(each) for each in (one, other)]
    for name, given, meant, theirs in ((names[0], one, other, names[1]), (names[1], other, one, names[0])):
        if name and not theirs and name not in context.known:
            _note_given(context, given, meant)
            return


def _note_called(context: Context, one: list[Token], other: list[Token]) -> None:
    """Note what words call something by: a name, or an entry, behind it; of an equality its last side."""
    if _begins_with_index(other) and len(without_braces(other)) <= LONGEST_ENTRY:
        _note_given(context, other, _last_side(one))
    else:
        _note_named(context, _last_side(one), other)


def _last_side(tokens: list[Token]) -> list[Token]:
    """What stands behind the last sign of an equality, without the end of its sentence; all of what is none."""
    signs = [place for place, token in enumerate(tokens) if isinstance(token, str) and token in EQUALITIES]
    end = len(tokens) - 1 if tokens[-1:] and tokens[-1] in (".", ",", ";") else len(tokens)
    return tokens[signs[-1] + 1 : end] if signs else tokens[:end]


def _is_derivative(tokens: list[Token]) -> bool:
    """Whether tokens begin as a derivative does."""
    is_fraction = [token for token in tokens[:4] if token not in ("\\frac", "{")][:1]
    return bool(tokens) and (tokens[0] == "\\nabla" or is_fraction in (["\\partial"], ["d"], [Word("d")]))


def _note_given(context: Context, given: list[Token], tokens: list[Token]) -> None:
    """Note that a name, or an entry of one, stands for an expression."""
    if not RELATIONS.isdisjoint(token for token in tokens if not isinstance(token, Word)):
        return
    if name := context.only_name(given):
        _note(context, name, tokens)
        context.memory.said_in_words.add(name)
    else:
        context.memory.said_in_words.add(_note_entry(context, given, tokens))


def note_sides(context: Context, chain: Chain) -> None:
    """Note names that are a whole side of an equality, with what follows."""
    for member, sign, following in zip(chain.members, [*chain.signs, ""], [*chain.members[1:], []]):
        if sign and sign not in EQUALITIES:
            continue
        name = (context.only_name(member) or _note_function(context, member, bool(following))) if len(chain.members) > 1 else ""
        if name and not _turned(context, name, following):
            # Where it stands in all other members, too, the equality does not say what it is.
            if any(name not in other for other in chain.members if other is not member):
                context.memory.alone.add(name)
            _note(context, name, following)
        elif turned := _turned(context, name, following):
            _note(context, turned, ["(", *member, ")", "^", "T"])
        elif turned := _transposed(context, member) if following else "":
            _note(context, turned, ["(", *following, ")", "^", "T"])
        elif multiple := _multiple(context, member) if following else None:
            size, letter = multiple
            _note(context, letter, ["\\frac", "{", *following, "}", "{", size, "}"])
        elif len(chain.members) > 1 and _begins_with_index(member):
            _note_entry(context, member, following)
        if sign:
            _note_factor(context, member, following)
            context.memory.has_own_tensors |= _is_tensor(member, following)
        if len(following) == 1 and isinstance(following[0], str) and following[0].isdecimal():
            context.memory.constrained.update(_arrays_in(member) - context.known)


def _transposed(context: Context, member: list[Token]) -> str:
    """The new name of which a side is the transpose, as in ``M^T = -2E^TA``; empty for anything else."""
    bare = without_braces(member)
    is_turned = bare[-2:-1] == ["^"] and bare[-1:] in (["T"], ["\\top"], ["\\intercal"])
    return context.only_name(bare[:-2]) if is_turned else ""


def _turned(context: Context, name: str, following: list[Token]) -> str:
    """The new name of which the exercise's array is the transpose: ``S = Q^T`` says what ``Q`` is; empty for anything else."""
    turned = _transposed(context, following) if name in context.arrays else ""
    return turned if turned and turned not in context.known and turned.isupper() == name.isupper() else ""


def _multiple(context: Context, member: list[Token]) -> tuple[Token, str] | None:
    """The size and the new name that a side is the product of: ``N`` and ``m`` for ``Nm``, which says what ``m`` is."""
    size, rest = member[0] if member else "", member[1:]
    name = context.only_name(rest[1:] if rest[:1] == [TIMES] else rest)
    sizes = counts_of(context.views, context.memory)
    return (size, name) if name and size in sizes and name not in context.known | sizes and len(name) > 0 else None


def _is_tensor(member: list[Token], following: list[Token]) -> bool:
    """Whether a sign that usually is a Kronecker product is given by entries with four indices: ``A \\otimes B := (A_{ik}B_{jl})_{ij,kl}``."""
    is_product = len(member) == 3 and member[1] == "\\otimes"
    return is_product and following.count("_") > 2 and "\\begin" not in following


def _note_factor(context: Context, member: list[Token], following: list[Token]) -> None:
    """Note what a new function is the factor for: in ``(r^\\top r)^{-1/2} \\cdot r = c(r) \\cdot r`` it is what stands in its place."""
    if TIMES not in following[LENGTH_OF_CALL:][:1]:
        return
    call, rest = following[:LENGTH_OF_CALL], following[LENGTH_OF_CALL:]
    if member[-len(rest) :] == rest and len(member) > len(rest) and call[0] not in member:
        name = _note_function(context, call)
        if name:
            _note(context, name, member[: -len(rest)])


def _note_function(context: Context, member: list[Token], is_defined: bool = True) -> str:
    """The new name of a function that a side of an equality is the value of, ``Z(x)``; empty for anything else."""
    try:
        node = context.parse(member) if member[1:2] == ["("] and len(member) <= LONGEST_ENTRY else None
    except NotUnderstood:
        return ""
    argument = argument_of(node) if node is not None else ""
    if not argument or node is None or not isinstance(node.parts[0], kinds.Name):
        return ""
    # Of an H = f(A) with an A of the text's own nothing says yet what f is.
    arguments = context.known | context.later.keys() if is_defined else context.known
    if name_of(node) in context.known or argument not in arguments:
        return ""
    context.later_functions[name_of(node)] = argument
    return name_of(node)


def _arrays_in(tokens: list[Token]) -> set[str]:
    """The letters with an index."""
    return {letter for letter, sign in zip(tokens, tokens[1:]) if isinstance(letter, str) and sign == "_" and len(letter) == 1}


def _begins_with_index(member: list[Token]) -> bool:
    """Whether it begins with a letter, which may have an accent, and an index below."""
    if member[:1] and member[0] in ACCENTS:
        return without_braces(member[1:])[1:2] == ["_"]
    return member[1:2] == ["_"]


def note_braces(context: Context, source: str) -> None:
    """Note the names that stand below braces, ``\\underbrace{AS}_{F}``, with what stands above."""
    for opening in islice(_UNDER_BRACE.finditer(source), MOST_NAMES):
        end = closing_brace(source, opening.end() - 1)
        below = _NAME_BELOW.match(source, end) if end is not None else None
        if below is None or end is None:
            continue
        with suppress(NotUnderstood):
            tokens = without_braces(context.tokens(below[1] or below[2]))
            if len(tokens) == NUMBERED and tokens[1] == "_" and str(tokens[2]).isdecimal() and tokens[0] not in context.arrays:
                context.labels.add(f"{tokens[0]}_{tokens[2]}")
            name = context.only_name(tokens)
            if name:
                _note(context, name, context.tokens(source[opening.end() : end - 1]))


def _note_entry(context: Context, member: list[Token], tokens: list[Token]) -> str:
    """Note what an entry of a new array is; returns the name of the array, empty where there is none."""
    try:
        given = context.parse(member) if len(member) <= LONGEST_ENTRY < len(tokens) + LONGEST_ENTRY else None
    except NotUnderstood:
        return ""
    given = as_entry(given) if given is not None else None
    node = without_argument(given) if given is not None else None
    if not isinstance(node, kinds.Indexed) or not isinstance(node.body, kinds.Name) or len(tokens) > LONGEST_DEFINITION:
        return ""
    letters = tuple(index.text for index in node.indices if isinstance(index, kinds.Name))
    name = node.body.text
    is_entry = node is given or context.known.isdisjoint(letters)
    if is_entry and name in context.steps and not _DERIVES.isdisjoint(tokens):
        # Of the gradient that comes in only the shape was said.
        context.steps.pop(name)
    is_new = (
        is_entry
        and name not in context.known
        and name.upper() not in no_sizes_in(context.views)
        and len(context.later_entries) < MOST_NAMES
    )
    is_other_word = name in context.known and all(name not in view.names - view.aliases.keys() for view in context.views)
    if is_entry and is_other_word and len(letters) == len(node.indices) == len(set(letters)):
        context.memory.restated_entries.setdefault(name, (letters, tokens))
    if is_new and len(letters) == len(node.indices) == len(set(letters)):
        context.later_entries.setdefault(name, (letters, tokens))
        context.memory.entries_said.add(name)
    return name


def _note(context: Context, name: str, tokens: list[Token]) -> None:
    if not 1 < len(tokens) <= LONGEST_DEFINITION or is_of_other_layer(context.notation.layers, name, tokens):
        return
    if name in context.known:
        if any(view.aliases.get(name, name) in view.definitions for view in context.views):
            context.restated.setdefault(name, []).append(tokens)
            del context.restated[name][MOST_DEFINITIONS:]
        return
    if name in context.later or len(context.later) < MOST_NAMES:
        found = context.later.setdefault(name, [])
        if len(found) < MOST_DEFINITIONS:
            found.append(tokens)
