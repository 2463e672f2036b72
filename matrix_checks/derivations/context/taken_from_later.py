"""Names that a text uses before it says what they stand for: they are defined where they are used, with all that they are made of."""

from matrix_checks.derivations.context.as_it_fits import as_it_fits
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.implied_names import implied_in, is_number
from matrix_checks.derivations.context.introductions import without_argument
from matrix_checks.derivations.equality.conventions import in_definition
from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.free_indices import free_indices
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.exercise import Definition

BAR, MEAN = "\\bar ", "\\mu"


def take_from_later(context: Context, left: kinds.Node, right: kinds.Node) -> list[str]:
    """Define the names in an equality of which it is said elsewhere in the text what they are; those that were defined.

    What is said of them where statistics are those that were kept counts there only.
    """
    before = frozenset(context.own)
    # Where a name is a whole side, this may be the place where it is said.
    places = {side.text for side in map(without_argument, (left, right)) if isinstance(side, kinds.Name)}
    if isinstance(left, kinds.Name) and isinstance(right, kinds.Name):
        # That one is the other says of none what it is.
        places -= context.later.keys()
    if isinstance(left, kinds.Indexed) and isinstance(left.body, kinds.Name) and isinstance(right, kinds.Derivative):
        # Its entries are those of a gradient: what it is set equal to behind is a claim.
        places.add(left.body.text)
    # Of what words say what it is, an equality says it again, or claims something.
    places -= context.memory.said_in_words
    is_held = any(view.holds_statistics for view in context.views)
    names = (
        (left.names | right.names | _matrices_of_entries(left, right)) - places - (set() if is_held else context.memory.said_held)
    )
    for name in sorted(names.intersection(context.later) - context.known):
        _define(context, name, places)
    for name, meant in implied_in(context, (left, right)):
        _define_implied(context, name, meant, places)
    for name in sorted(names - context.known):
        _define_mean(context, name)
    places |= {side.body.text for side in (left, right) if isinstance(side, kinds.Indexed) and isinstance(side.body, kinds.Name)}
    places -= context.memory.said_in_words
    for name in sorted(((left.names | right.names) - places).intersection(context.later_entries) - context.known):
        _define_entry(context, name, places)
    return sorted(context.own - before)


def _matrices_of_entries(*sides: kinds.Node) -> frozenset[str]:
    """The capital letters of the small ones that have two indices: what is said of them says what their entries are."""
    parts = (part for side in sides for part in side.everything if isinstance(part, kinds.Indexed) and len(part.indices) == 2)
    return frozenset(part.body.text.upper() for part in parts if isinstance(part.body, kinds.Name) and len(part.body.text) == 1)


def _define_parts(context: Context, body: kinds.Node, places: set[str]) -> None:
    """Define what a definition is made of, where the text says that behind it: ``y = ct``, ``t = 1/s``, ``s = \\sqrt q``."""
    for name in sorted(body.names - context.known - places):
        if name in context.later:
            _define(context, name, places)
        elif name in context.later_entries and {*context.later_entries[name][0]} <= {*context.later_entries[name][1]}:
            # The J_v = I of two Jacobians says nothing of entries.
            _define_entry(context, name, places)
        elif name in context.implied:
            _define_implied(context, name, context.implied[name], places)


def _has_several_meanings(context: Context, name: str) -> bool:
    """Whether the text sets a name equal to arrays of different shapes: it stands for another one in each place, as in a rule."""
    shapes = set()
    for tokens in context.later[name]:
        try:
            shapes.add(context.shape_of(context.parse(tokens)))
        except NotUnderstood:
            continue
    return len(shapes - {None}) > 1


def _define(context: Context, name: str, places: set[str]) -> None:
    if name not in context.later:
        # What another name is made of was defined with that.
        return
    if _has_several_meanings(context, name):
        context.memory.guessed.add(name)
        return
    for tokens in context.later.pop(name):
        try:
            body = context.parse(tokens)
        except NotUnderstood:
            continue
        _define_parts(context, body, places)
        said = context.known | OF_ANY_SIZE | context.memory.declared.keys() | context.memory.ends
        if name in context.later_functions and free_indices(body, ()):
            continue
        if name not in body.names and body.names and all(each in said or each.upper() in said for each in body.names):
            context.own.add(name)
            meant = as_it_fits(context, in_definition(body, (), context.views, context.memory))
            context.define(name, Definition(meant), first=True)
            if name in context.later_functions:
                context.functions[name] = context.later_functions[name]
            return


def _define_implied(context: Context, name: str, meant: kinds.Node, places: set[str]) -> None:
    """Define a letter of which the text gives a square."""
    # What defines its parts may need it, too.
    context.implied.pop(name, None)
    _define_parts(context, meant, places)
    if meant.names <= context.known | OF_ANY_SIZE | context.memory.ends and is_number(context, meant):
        context.own.add(name)
        context.define(name, Definition(in_definition(meant, (), context.views, context.memory)), first=True)


def _define_mean(context: Context, name: str) -> None:
    """A letter with a bar, of which nothing is said, is the mean of that letter where the exercise has means: a guess."""
    if may_be_mean(context, name):
        context.memory.guessed.add(name)
        context.define(name, Definition(kinds.Function("mean", (kinds.Name(name.removeprefix(BAR)),))), first=True)


def may_be_mean(context: Context, name: str) -> bool:
    """Whether a name is a letter with a bar, where the exercise has means, and the text writes it with no index."""
    letter = name.removeprefix(BAR)
    has_means = any(MEAN in view.definitions for view in context.views)
    return letter != name and name not in context.memory.entries and letter in context.known and has_means


def _define_entry(context: Context, name: str, places: set[str]) -> None:
    letters, tokens = context.later_entries.pop(name, ((), []))
    try:
        body = context.parse(tokens)
    except NotUnderstood:
        return
    _define_parts(context, body, places)
    said = context.known | OF_ANY_SIZE | {"e"} | context.memory.ends
    if name not in body.names and body.names and all(each in said or each.upper() in said for each in body.names):
        context.own.add(name)
        context.define(name, Definition(in_definition(body, letters, context.views, context.memory), letters), first=True)
