"""What a text declares anywhere, found before its first step is judged: shapes, sizes, numbers, labels, and names of gradients."""

from collections.abc import Iterator

from matrix_checks.derivations.context.context import MOST_NAMES, Context
from matrix_checks.derivations.context.other_meanings import take_other_words
from matrix_checks.derivations.context.statements_of_text import is_said, tokens_of
from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.letters.looking_ahead import note_braces, note_named, note_prose, note_sides
from matrix_checks.derivations.letters.named_gradients import names_gradients
from matrix_checks.derivations.letters.running_statistics import modes_in
from matrix_checks.derivations.letters.small_labels import declare_small_label
from matrix_checks.derivations.names.declared_sizes import declare_sizes
from matrix_checks.derivations.names.own_names import derivatives_in, losses_in, with_loss
from matrix_checks.derivations.prose.prose import NOTHING_BEFORE, Before
from matrix_checks.derivations.reading.conditions import INDEX_LETTERS
from matrix_checks.derivations.reading.formulas import Chain, Piece, chains, shape_of
from matrix_checks.derivations.reading.index_names import LATIN
from matrix_checks.derivations.reading.letters_used import (
    bars_with_index,
    divisors,
    ends_of_sums,
    inverts_product,
    is_written_out,
    size_letters,
    steps_along,
)
from matrix_checks.derivations.reading.precedence import SYMBOLS
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, Word
from matrix_checks.derivations.reading.tokens import without_braces
from matrix_checks.derivations.values.exercise import NUMBER, View

# Of a formula that is looked through for declarations, in characters.
LONGEST_DECLARATION = 2000
# What the layers give, on which their losses rest.
OUTPUTS = ("y", "y_2", "F")
# The letters of functions.
FUNCTIONS = frozenset(("f", "g", "h", "F", "q", "p", "\\varphi", "\\phi", "\\psi", "\\ell"))
DELTA = "\\delta"


def declare(context: Context, found: list[Piece], own_layout: tuple[View, ...] = ()) -> None:
    """Learn the shapes that the text gives anywhere: ``h \\in \\mathbb{R}^N``, "a number ``c``".

    Parameters
    ----------
    context
        Where they are kept.
    found
        The formulas of the text, and the prose between them.
    own_layout
        The first of the context's views, where the text states the exercise in a layout of its own: its shapes are those of these.
    """
    renamed = declare_sizes(context.memory, own_layout or context.views, found)
    if renamed is not None:
        context.look_at((*renamed, *context.views[len(own_layout) :]) if own_layout else renamed)
    along: set[str] = set()
    bottoms: set[str] = set()
    held: list[list[Token]] = []
    numbers: list[tuple[list[Token], Before]] = []
    are_held = modes_in(context, found)
    for place, piece in enumerate(found):
        if piece.kind == "prose":
            note_prose(context, piece)
            note_named(context, found, place)
            continue
        if len(piece.source) > LONGEST_DECLARATION:
            continue
        try:
            tokens = context.tokens(piece.source)
        except NotUnderstood:
            continue
        note_braces(context, piece.source)
        context.memory.fixes_sizes |= is_written_out(tokens)
        context.memory.fixes_sizes |= any(
            isinstance(one, str) and one.isdecimal() and sign == "\\times" and isinstance(other, str) and other.isdecimal()
            for one, sign, other in zip(tokens, tokens[1:], tokens[2:])
        )
        context.memory.inverts |= inverts_product(tokens)
        context.memory.written.update(size_letters(tokens))
        context.memory.entries.update(bars_with_index(tokens))
        context.memory.ends.update(ends_of_sums(tokens))
        prose = found[place - 1] if place else piece
        numbers.append((tokens, Before(prose.source) if prose.kind == "prose" else NOTHING_BEFORE))
        _declare_steps(context, tokens)
        _declare_numbered(context, without_braces(tokens))
        if are_held[place]:
            held.append(tokens)
        else:
            _note_sides(context, tokens)
        along, bottoms = along | steps_along(tokens), bottoms | divisors(tokens)
    for tokens, before in numbers:
        _declare_number(context, tokens, before)
    _note_held(context, held)
    _keep_steps_along(context, along, bottoms)
    take_other_words(context)
    declare_losses(context, found)


def declare_losses(context: Context, found: list[Piece]) -> None:
    """Learn what else the text calls the loss: what is differentiated by the output, and by nothing unknown."""
    formulas = [tokens_of(context, piece) for piece in found if piece.kind != "prose" and len(piece.source) <= LONGEST_DECLARATION]
    losses = {name: None for tokens in formulas for name in losses_in(tokens)}
    derived = [each for tokens in formulas for each in derivatives_in(tokens)]
    losses.update(dict.fromkeys(_by_outputs(context, derived)))
    for name in losses.keys() - context.later - context.later_entries.keys():
        context.look_at(with_loss(context.views, name))


def _by_outputs(context: Context, derived: list[tuple[str, str]]) -> Iterator[str]:
    """The letters that are differentiated by what the layer gives, and by nothing unknown: only the loss depends on it, whatever its name is."""
    outputs = {name for view in context.views for name in view.names if view.aliases.get(name, name) in OUTPUTS}
    general = {letter for letter, by in derived if not {by, by.upper()} & (context.known | context.later.keys())}
    yield from (letter for letter, by in derived if by in outputs and letter not in general)


def _declare_number(context: Context, tokens: list[Token], before: Before) -> None:
    name = context.only_name(tokens)
    is_new = name and name not in context.known and len(context.own) < MOST_NAMES
    # Of "the scalar $s$", a text may say what it is.
    if is_new and before.speaks_of_number and not is_said(context, name):
        context.introduce_number(name)
        if before.speaks_of_constant:
            context.memory.constants.add(name)


def _declare_steps(context: Context, tokens: list[Token]) -> None:
    """``h, g \\in \\mathbb{R}^N`` gives the shape of all names in the list."""
    names: list[str] = []
    for chain in chains(tokens, context.is_name):
        _declare_label(context, chain)
        declare_small_label(context, chain)
        _declare_first_part(context, chain)
        context.memory.names_gradients |= names_gradients(context, chain)
        names = [*names, context.only_name(chain.members[0])] if len(chain.members) == 1 else []
        if not chain.shape:
            continue
        shape = shape_of(chain.shape, tuple(dict.fromkeys(letter for view in context.views for letter in view.letters)))
        for name in names if shape else ():
            if shape and name and name not in context.known | OF_ANY_SIZE:
                context.keep_step(name, shape)
        names = []


def _note_sides(context: Context, tokens: list[Token]) -> None:
    for chain in chains(tokens, context.is_name):
        note_sides(context, chain)


def _note_held(context: Context, held: list[list[Token]]) -> None:
    """Note what is said where statistics are those that were kept: of a name that means something elsewhere, it counts last."""
    usual = context.later.keys() | context.later_entries.keys()
    for tokens in held:
        _note_sides(context, tokens)
    context.memory.said_held |= (context.later.keys() | context.later_entries.keys()) - usual


def _keep_steps_along(context: Context, steps: set[str], divisors: set[str]) -> None:
    """Take steps along a column for numbers; one that is divided by is not zero."""
    for step in sorted(steps - context.known - context.later.keys()):
        if step not in divisors:
            context.keep_step(step, ("1", "1"))
        elif len(context.own) < MOST_NAMES:
            context.introduce_number(step)
            context.memory.steps_along.add(step)


def _declare_first_part(context: Context, chain: Chain) -> None:
    """``J_0 = \\mathrm{tr}(X^\\top X)`` introduces ``J_0``, unless its right side is at the old point, or counts from zero, too."""
    members = [without_braces(member) for member in chain.members]
    if len(members) < 2 or len(members[0]) != 3 or len(context.labels) >= MOST_NAMES:
        return
    letter, below, number = members[0]
    if isinstance(letter, str) and (below, number) == ("_", "0") and letter in context.arrays and "0" not in members[1]:
        context.labels.add(f"{letter}_0")


def _declare_numbered(context: Context, tokens: list[Token]) -> None:
    """``J_0 + J_1`` has two parts of a number, and not that number itself."""
    lowered = {(str(one), str(below)) for one, sign, below in zip(tokens, tokens[1:], tokens[2:]) if sign == "_"}
    for letter in {letter for letter, below in lowered if below == "0"} & {letter for letter, below in lowered if below == "1"}:
        if letter in context.arrays and context.shape_of(kinds.Name(letter)) == NUMBER and len(context.labels) < MOST_NAMES:
            context.labels.add(f"{letter}_0")


def _is_array(name: str, view: View) -> bool:
    return name in view.variables or name in view.definitions


def _declare_errors(context: Context, chain: Chain) -> None:
    """``\\delta = \\frac{\\partial y}{\\partial z}`` and ``\\delta^{(s)} = \\dots`` introduce names, as texts on backpropagation do."""
    if len(chain.members) < 2 or len(context.labels) >= MOST_NAMES:
        return
    for member in chain.members:
        letters = without_braces(member)
        if letters[:1] != [DELTA]:
            continue
        # What stands in brackets above it: an object, or a variable.
        above = letters[3] if letters[1:3] == ["^", "("] and letters[4:] == [")"] else ""
        below = letters[2] if len(letters) == 3 and letters[1] == "_" else ""
        if len(letters) == 1 or {above, below} & (INDEX_LETTERS - context.known):
            context.labels.add(DELTA)
        elif above in context.arrays:
            context.labels.add(f"{DELTA}_({letters[3]})")


def _has_parameter(context: Context, left: list[Token]) -> bool:
    """Whether a left side is a function of one variable that has another one below it: ``f_A(x) = x^\\top A c`` has a parameter, and no derivative."""
    if [left[1:2], left[3:4], left[5:]] != [["_"], ["("], [")"]]:
        return False
    letter, parameter, argument = left[0], left[2], left[4]
    is_letter = isinstance(letter, str) and letter in FUNCTIONS and f"{letter}_{parameter}" not in context.known
    return is_letter and {parameter, argument} <= context.arrays and parameter != argument


def _declare_label(context: Context, chain: Chain) -> None:
    """``R_1 = X - AS`` introduces ``R_1``, and ``R_F = X - F`` introduces ``R_F``, where ``R`` is no array."""
    _declare_errors(context, chain)
    if len(chain.members) < 2 or len(context.labels) >= MOST_NAMES:
        return
    first = without_braces(chain.members[0])
    # Of an entry, (t_2)_i, the name stands in brackets.
    first = first[1:4] if first[:1] == ["("] and first[4:6] == [")", "_"] else first
    if _has_parameter(context, first):
        context.labels.add(f"{first[0]}_{first[2]}")
        return
    if len(first) != 3:
        return
    letter, below, number = first
    if below != "_" or not isinstance(number, str):
        return
    if isinstance(letter, Word):
        letter = letter.text if letter.text in context.words else ""
    is_gradient = letter.startswith("d") and len(letter) > 2
    # Two digits are those of an entry.
    is_label = len(number) == 1 and (number.isdecimal() or number.isupper())
    # The c of x_c = x - \\mu stands for a word, unless it stands on the other side, too.
    is_word = number in LATIN and not any(number in member for member in chain.members[1:])
    # Below a number a variable is what is differentiated by.
    is_word &= not (number in context.arrays and context.shape_at(letter) == ("1", "1"))
    # The x of the Jacobian J_x is what is differentiated by.
    is_free = letter not in context.arrays or ("\\partial" in chain.members[1] and letter not in chain.members[1])
    is_word |= letter != "d" and is_free and any(_is_array(number, view.origin or view) for view in context.views)
    if (
        letter
        and (letter.isalpha() or letter in SYMBOLS or letter == "\\Delta")
        and (is_word or (is_label and (is_gradient or not {letter, letter.upper()} & context.arrays)))
    ):
        context.labels.add(f"{letter}_{number}")
        if letter in context.memory.gradient_names:
            context.memory.gradient_names.add(f"{letter}_{number}")
