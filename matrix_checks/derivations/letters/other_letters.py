r"""The exercise's own statement in other letters: whoever writes ``S_i = e^{z_i} / \sum_k e^{z_k}`` calls the input ``z`` and the output ``S``."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, islice, permutations

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.introductions import name_of, without_argument
from matrix_checks.derivations.context.meanings import OUTPUTS
from matrix_checks.derivations.context.statements_of_text import (
    are_crossed,
    are_differentiated_only,
    differentiated,
    equalities,
    formulas_of,
    in_order,
    indexed_in,
    is_capital,
    is_written_by_lines,
    letters_written,
    renamed,
    stated_behind,
    strange_arrays,
    variables_of,
    with_names,
    without_index,
)
from matrix_checks.derivations.context.written_in_full import with_parts
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.some_convention import holds_in_some_convention
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.letters.letters_with_meaning import has_meaning, is_made_of
from matrix_checks.derivations.letters.own_scale import scaled_views
from matrix_checks.derivations.names.declared_sizes import shapes_given
from matrix_checks.derivations.names.own_names import LOSSES
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import Token
from matrix_checks.derivations.values.exercise import View
from matrix_checks.derivations.values.letters import DELTA

# So many equalities from the beginning of the text are looked at, and so many letters in each.
MOST_EQUALITIES = 20
MOST_STATEMENTS = 3
MOST_LETTERS = 3
# What is made of parts that have names.
STATISTICS = ("\\sigma",)
# Of letters of the exercise for those of one equality.
MOST_CHOICES = 60


def take_other_letters(context: Context, found: list[Piece]) -> None:
    """Take letters of the text for those of the exercise, where the text states the exercise with them, in one equality or in several."""
    formulas = formulas_of(context, found)
    written = letters_written(formulas, alone=False)
    indexed = {one for tokens in formulas for one in indexed_in(tokens)}
    defined = {name for view in context.views for name in view.definitions} - context.restated.keys()
    derived = {name for name in defined & written if are_differentiated_only(formulas, name)}
    said = Said(frozenset(written - derived), frozenset(written & context.restated.keys()), dict(shapes_given(found)))
    for _ in range(MOST_STATEMENTS):
        # Of J = \\|V - Z\\|^2 and Z = WH, each has letters that the other one does not have.
        taken = _take_statement(context, formulas, said, indexed)
        if not taken:
            return
        said = replace(said, written=said.written | taken)


def _take_statement(context: Context, formulas: list[list[Token]], said: "Said", indexed: set[str]) -> frozenset[str]:
    """Take the letters of one equality that states what the exercise defines; the exercise's letters for them, none where nothing states it."""
    for statement in islice(_statements(context, formulas, said), 2 * MOST_EQUALITIES):
        names, views = _take(context, said, statement)
        if views:
            sizes = {name: meant for name, meant in names.items() if any(meant in view.letters for view in views)}
            context.memory.declared |= sizes
            if statement.is_in_full:
                # Its parts are no quantities that a derivative may hold fixed.
                context.memory.outputs_named |= {name for name, meant in names.items() if meant in OUTPUTS}
            of_columns = any(is_small_for(name, meant) for name, meant in names.items()) and views[0] not in context.views
            # The Z beside the column z is no column.
            names |= {} if of_columns else entries_and_matrices(context, names, indexed)
            own = [with_names(each, names | _of_objects(each, names, said.written)) for each in views]
            for name in names:
                # It was an array of which only the shape was said.
                context.steps.pop(name, None)
            # The exercise itself stays, where the text has columns for its matrices.
            context.look_at((*own, *context.views) if of_columns else own)
            return frozenset() if of_columns else frozenset(names.values())
    return frozenset()


def _of_objects(view: View, names: dict[str, str], written: frozenset[str]) -> dict[str, str]:
    r"""The statistics of the objects for letters of kept ones, in a view that computes them, where the text has no other letters for them.

    The ``y = (x - m) / \sqrt{v + \varepsilon}`` of a text may be of either mode.
    """
    computed = {name: meant.partition("_")[0] for name, meant in names.items() if "_" in meant}
    return {name: meant for name, meant in computed.items() if meant in view.definitions and meant not in written}


@dataclass(frozen=True)
class Said:
    """What a text says of its letters: those that it writes, the exercise's that it states, and the shapes of some."""

    written: frozenset[str]
    stated: frozenset[str]
    shapes: dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Statement:
    """An equality that may state the exercise.

    Attributes
    ----------
    left, right
        Its sides, the right one with what the text sets its names equal to.
    strange
        The letters of which nobody said what they are, in their order.
    given
        The exercise's variables among the others.
    is_in_full
        Whether names that the text defines were replaced by what they are.
    """

    left: Node
    right: Node
    strange: tuple[str, ...]
    given: frozenset[str]
    is_in_full: bool

    def renamed(self, names: dict[str, str]) -> tuple[Node, Node]:
        """Its sides in other letters."""
        return renamed(self.left, names), renamed(self.right, names)


def _statements(context: Context, formulas: list[list[Token]], said: Said) -> Iterator[Statement]:
    """What may state the exercise in letters of the text's own: each equality in full, and as it stands where its letters are matrices."""
    missing = {name for view in context.views for name in view.variables} - said.written - context.memory.declared.keys()
    originals = frozenset[str]().union(*((view.origin or view).names for view in context.views))
    counts = {name for view in context.views for name, meant in view.aliases.items() if meant in view.letters}
    stated = chain(
        islice(chain(equalities(context, formulas), stated_behind(context, formulas)), MOST_EQUALITIES),
        islice(differentiated(context, formulas), MOST_STATEMENTS),
    )
    for left, right in stated:
        if name_of(without_argument(left)) in right.names:
            # What is written out by its own entries says of nothing what it is.
            continue
        for whole in dict.fromkeys((with_parts(context, right), right)):
            # Where the exercise's own letters are written, what has a shape only is a direction.
            arrays = strange_arrays(context, whole, context.steps if missing else ())
            strange = tuple(name for name in in_order(whole) if name in arrays)
            lines = context.notation.indices.lines
            given = frozenset(lines[name].matrix if name in lines else name for name in whole.names & context.arrays - counts)
            # What the text sets a letter equal to somewhere is what it stands for, unless that is an example or a case.
            # A small letter may stand for the columns of the capital one.
            meaning = {name for name in strange if name.startswith(DELTA) or has_meaning(context, name, strange)}
            are_matrices = all(name in said.shapes or is_written_by_lines(context, name) for name in meaning)
            is_meant = not meaning or (whole is right and are_matrices)
            may_state = missing or given.isdisjoint(originals) or not lines.keys().isdisjoint(whole.names)
            if 0 < len(strange) <= MOST_LETTERS and is_meant and may_state:
                yield Statement(without_argument(left), whole, strange, given, whole is not right)


def _take(context: Context, said: Said, statement: Statement) -> tuple[dict[str, str], tuple[View, ...]]:
    """The exercise's letters for those of an equality that states what it defines in some view, and the views for them; none where it does not."""
    for view, defined, is_whole, names in islice(_names(context, said, statement), MOST_CHOICES):
        names |= _sizes(context, view, said, names)
        views = _stated(context, view, names, statement, is_whole and defined not in said.stated)
        if views:
            return names, views
    return {}, ()


def _names(context: Context, said: Said, statement: Statement) -> Iterator[tuple[View, str, bool, dict[str, str]]]:
    """What an equality may state in some view, whether all of its letters are the text's own, and the exercise's letters for them."""
    name, strange = name_of(statement.left), statement.strange
    for view in context.views:
        # Letters that an equality before stated are the exercise's, too.
        given = {variable for one in statement.given for variable in _variables_behind(view, one)}
        for defined, definitions in (view.origin or view).definitions.items():
            own = view.aliases.get(name, name) == defined
            # In their order: tr(XC) is tr(AB) with X for A, and not with X for B.
            theirs = variables_of(view, definitions[0].body)
            # Where all letters are the text's own, it may write the exercise's, too, and say which is which.
            is_whole = len(strange) + len(given) == len(theirs) and given <= {*theirs}
            # A small letter may be an entry of the exercise's matrix.
            is_whole &= not any(one.islower() and one.upper() in theirs for one in strange)
            # What a gradient is says nothing of letters, and \\frac1N y^\\top g is no loss but for its name.
            is_other = isinstance(definitions[0].body, kinds.Inner) and not own and name not in LOSSES
            if (
                is_other
                or kinds.Derivative in definitions[0].body.kinds
                or (not own and ((defined in said.written and not is_whole) or name in context.known - context.steps.keys()))
            ):
                continue
            # Of a variance, the mean is a part.
            named = in_order(definitions[0].body) if defined in STATISTICS and given >= {*theirs} else ()
            parts = [each for each in named if each in view.definitions and each not in said.written]
            theirs = [*(each for each in theirs if each not in (given if is_whole else said.written)), *parts]
            for chosen in permutations(theirs, len(strange)):
                names = {**dict(zip(strange, chosen)), **({} if own else {name: defined})}
                # The B of U + B is no b that stands beside it.
                are_both = any(one.swapcase() == other and other in said.written for one, other in names.items())
                if not are_both and not are_crossed(names):
                    yield view, defined, is_whole, names


def _variables_behind(view: View, name: str) -> list[str]:
    """What a letter depends on in a view, itself if it is a variable, or the matrix whose entries it stands for."""
    own, matrix = view.aliases.get(name, name), view.matrix_of(name)
    return variables_of(view, kinds.Name(own)) or [matrix if matrix in view.variables else own]


def _sizes(context: Context, view: View, said: Said, names: dict[str, str]) -> dict[str, str]:
    """The exercise's sizes for the text's own letters in the shapes that it gives to its arrays."""
    found: dict[str, str] = {}
    for name, meant in names.items():
        shape = said.shapes.get(name) or said.shapes.get(name.upper()) or ()
        for letter, size in zip(shape, view.variables.get(meant, ())):
            if letter not in context.known and letter not in context.memory.declared and not letter.isdecimal() and size != "1":
                found.setdefault(letter, size)
    return found


def _stated(context: Context, view: View, names: dict[str, str], statement: Statement, may_be_scaled: bool) -> tuple[View, ...]:
    """The views to look at where an equality states the exercise in one of them, with the text's own factor where it has one; else none."""
    left, right = statement.renamed(names)
    alone = without_index(statement.right)
    small = {meant for name, meant in names.items() if name in alone and meant in view.variables and is_small_for(name, meant)}
    views = (of_one_column(view, small),) if small else context.views
    if small and views[0] is view:
        return ()
    setting = context.setting(views if small else (view,))
    # The sigma of the text may be the deviation, and the exercise's is the variance; its sums may be left out.
    entries = [part for part in statement.right.everything if isinstance(part, kinds.Indexed) and len(part.indices) == 2]
    is_unusual = bool(entries) or not {*STATISTICS}.isdisjoint(statement.right.names)
    if holds(setting, left, right) or (is_unusual and holds_in_some_convention(setting, left, right)):
        return views
    return scaled_views(context, views, name_of(left), left, right) if may_be_scaled else ()


def is_small_for(name: str, meant: str) -> bool:
    """Whether a small letter would stand for a capital one, a column for a matrix; a name of a program says nothing by its look."""
    return is_capital(meant) and not is_capital(name) and len(name.removeprefix("\\")) == 1


def of_one_column(view: View, names: set[str]) -> View:
    """The view where matrices are columns, those that go with them, too; the same where these have no size of their own."""
    shapes = [view.variables.get(name, ("1", "1")) for name in names]
    across = {columns for _, columns in shapes}
    others = {size for name, shape in view.variables.items() for size in shape if name not in names}
    if len(across) != 1 or across & others or "1" in across:
        return view
    (size,) = across

    def change(node: Node) -> Node:
        return kinds.Number(Fraction(1)) if node == kinds.Name(size) else node.rebuilt(change)

    variables = {name: (down, "1" if columns == size else columns) for name, (down, columns) in view.variables.items()}
    return replace(view.with_each_body(change), variables=variables)


def entries_and_matrices(context: Context, names: dict[str, str], indexed: set[str]) -> dict[str, str]:
    """The capital letter of a small one that stands for a matrix, and a small letter with indices for the entries of the capital one.

    The small letter of a capital one that stands for a capital one of the exercise has what it needs: it is as ``s_j`` for ``S``.
    """
    found: dict[str, str] = {}
    for name, meant in names.items():
        shapes = [view.variables.get(meant) or context.shape_in(view, meant) for view in context.views]
        if all(shape is None or "1" in shape for shape in shapes) or len(name) != 1 or not name.isalpha():
            continue
        other = name.swapcase()
        is_free = other not in context.known and not is_made_of(context, other, name)
        if is_free and (other.isupper() or (other in indexed and not is_capital(meant))):
            found[other] = meant
    return found
