"""What a text has said so far: what its names stand for, the shapes of its steps, and the case and the sizes that it speaks of."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import Any

from matrix_checks.derivations.equality import work_allowed
from matrix_checks.derivations.equality.deviation import MOVING
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.sides import Kept, Setting, usual_value
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.names.angle_means import Angles, with_angle_means
from matrix_checks.derivations.names.as_said import Said, as_said
from matrix_checks.derivations.names.circles import is_circular
from matrix_checks.derivations.names.components_kept import Components
from matrix_checks.derivations.names.entries_numbered_through import with_numbered_through
from matrix_checks.derivations.names.gradient_families import Family
from matrix_checks.derivations.names.letters_below_gradients import with_gradients_below
from matrix_checks.derivations.names.ones import with_ones
from matrix_checks.derivations.names.own_definitions import OwnDefinitions
from matrix_checks.derivations.names.own_points import with_values
from matrix_checks.derivations.names.scaled_gradients import NOTHING, with_mean_of_losses
from matrix_checks.derivations.names.sizes_beside_differentials import beside_differentials
from matrix_checks.derivations.prose.prose import Case
from matrix_checks.derivations.reading.grammar import FUNCTIONS, Parser
from matrix_checks.derivations.reading.letters_of_functions import with_calls_below
from matrix_checks.derivations.reading.tex import NotUnderstood, Token
from matrix_checks.derivations.reading.text_notation import TextNotation
from matrix_checks.derivations.values.exercise import Definition, Exercise, View
from matrix_checks.derivations.values.jets import Jet
from matrix_checks.derivations.values.sample import Memory

LONGEST_NAME = 20  # in tokens, with braces and accents
# That a text may introduce: each is looked at for every formula that follows.
MOST_NAMES = 300


class Context:
    """What a text has said so far.

    Attributes
    ----------
    words, questions
        The exercise's names of several letters, and what it asks for.
    notation
        How the text writes its formulas.
    families, mean
        The rules by which the text names gradients, and what it says of a mean of losses.
    angles
        The letters of which the text says what they are in angle brackets.
    ones
        What stands for the letters that are the column, or the matrix, of ones.
    views, views_unsaid, variants
        The exercise with what the text introduced, the views that it does not speak of, and those with another output, which it states later.
    own_model
        The text's own definitions, where it is not quite about the exercise.
    version, meanings
        How often the views changed, and how often a name got a meaning that counts before its others: what was found under an
        earlier version may have become true since, and under earlier meanings says nothing any more.
    own, functions, labels
        Names that the text introduced; of those of functions, ``f(y)``, the name of the argument; names with a number below: ``R_1``.
    steps, added
        Shapes of finite steps such as ``h``; and those that the chain which is read adds to a variable.
    case, is_case_used, beside, sizes, sizes_throughout
        The case that the text speaks of, whether something was claimed in it, one that was said directly before it, and sizes that it fixes: "for ``N = 1``", or everywhere.
    components, shortened
        Letters for components of small arrays, and those that stand for an entry without its index.
    later
        What the text sets names equal to, wherever it does.
    later_entries, restated
        The same for entries ``z_i``, with their indices; and for names that the exercise defines.
    later_functions, implied, in_rules
        The arguments of the functions among these: ``Z(x)``; what the text gives a square of: ``s^2 = v``; and of which a rule speaks: ``f = g/h``.
    of_numbers
        Functions of one number that the text defines: the argument of each, and what it is.
    memory, kept, chains
        What equalities learn, and what they keep for those that follow; the sides of the text's chains, as far as they were read.
    work, work_for_reasons, work_for_points
        What may still be done for the text: to judge it, to find reasons, and, beyond these, to look at points that its words speak of.
    """

    def __init__(self, exercise: Exercise):
        self.questions = exercise.questions
        self.notation = TextNotation(exercise.words, MOVING)
        self.families: frozenset[Family] = frozenset()
        self.angles = Angles()
        self.mean = NOTHING
        self.ones: dict[str, tuple[Token, ...]] = {}
        self.views: tuple[View, ...] = exercise.views
        self.views_unsaid, self.variants = tuple[View, ...](), tuple[View, ...]()
        self.own_model: OwnDefinitions | None = None
        self.version, self.meanings = 0, 0
        self.own, self.labels, self.added = set[str](), set[str](), set[str]()
        self.functions: dict[str, str] = {}
        self.steps: dict[str, tuple[str, str]] = {}
        self.points_of_steps: dict[str, str] = {}
        self.case: Case | None = None
        self.beside: Case | None = None
        self.is_case_used = False
        self.sizes: dict[str, int] = {}
        self.sizes_throughout: dict[str, int] = {}
        self.components: Components = {}
        self.shortened: dict[str, kinds.Node] = {}
        self.later: dict[str, list[list[Token]]] = {}
        self.later_entries: dict[str, tuple[tuple[str, ...], list[Token]]] = {}
        self.later_functions: dict[str, str] = {}
        self.restated: dict[str, list[list[Token]]] = {}
        self.memory = Memory()
        self.kept: dict[tuple, Kept] = {}
        self.implied: dict[str, kinds.Node] = {}
        self.in_rules: dict[str, kinds.Node] = {}
        self.of_numbers: dict[str, tuple[str, kinds.Node]] = {}
        self.work, self.work_for_points = work_allowed.PER_WRITEUP, work_allowed.POINTS_PER_WRITEUP
        self.work_for_reasons = work_allowed.REASONS_PER_WRITEUP
        self._known: tuple[tuple[int, int], frozenset[str]] | None = None
        self._tokens: tuple[tuple[Any, ...], dict[str, tuple[Token, ...]]] = ((), {})
        self._parsed: dict[tuple, kinds.Node | str] = {}
        self.chains: dict[tuple, list[list[kinds.Node | None]]] = {}

    @property
    def words(self) -> tuple[str, ...]:
        """Names of several letters that may be written without ``\\text``; a text adds its own to its notation."""
        return self.notation.words

    def setting(self, views: tuple[View, ...] = ()) -> Setting:
        """The setting of an equality that stands here, in some views, or in all."""
        work = work_allowed.for_relation(self.work)
        beside = self.beside if self.case and self.beside and set(self.beside[:2]) != set(self.case[:2]) else None
        own = frozenset(self.own)
        return Setting(views or self.views, self.steps, self.case, self.sizes, work, self.memory, self.kept, own=own, beside=beside)

    def forget(self) -> None:
        """Let go of all values, which what keeps them would hold on to until a collection of garbage."""
        for kept in (self.kept, self._parsed, self.chains, self.memory.found, self.memory.held):
            kept.clear()

    @property
    def known(self) -> frozenset[str]:
        """All names that stand for something."""
        # Steps are only ever added.
        state = (self.version, len(self.steps))
        if self._known is None or self._known[0] != state:
            self._known = (state, frozenset(self.steps).union(*(view.names for view in self.views)))
        return self._known[1]

    @property
    def knows(self) -> tuple[frozenset[str], int, bool, str, bool]:
        """What decides how tokens are read; labels are only ever added."""
        memory = self.memory
        return self._with_meaning, len(self.labels), memory.names_gradients, memory.partials_by, self.notation.stacks_rows

    @property
    def _with_meaning(self) -> frozenset[str]:
        """All names that stand for something, also those of components: none of them is an index."""
        return self.known.union(self.components) if self.components else self.known

    @property
    def arrays(self) -> set[str]:
        """The names that stand for more than a size or a step."""
        return {name for view in self.views for each in (view.variables, view.definitions, view.aliases) for name in each}

    def is_name(self, text: str) -> bool:
        """Whether a word of several letters belongs to a formula; any other is prose."""
        return text.replace("\\", "") in self.known or any(text in names for names in (FUNCTIONS, self.notation.names, ("d",)))

    def tokens(self, source: str) -> list[Token]:
        """The tokens of a formula of the text; ``NotUnderstood`` where it has none."""
        # Rooms that learn from the whole text ask for all of its formulas one after the other, and learn little between.
        state = (self.version, len(self.steps), self.words, *self.notation.learned)
        if state != self._tokens[0]:
            self._tokens = (state, {})
        kept = self._tokens[1]
        if source not in kept:
            kept[source] = tuple(self.notation.tokens(source, self.known, self.shape_at))
        return list(kept[source])

    def survey(self, sources: Iterable[str]) -> None:
        """Learn from all formulas how the text writes them."""
        variables = {name for view in self.views for name in self.known if view.aliases.get(name, name) in view.variables}
        self.notation.survey(sources, self.known - set(self.views[0].letters), frozenset(variables))
        self.memory.from_zero = self.notation.from_zero

    def parse(self, tokens: list[Token]) -> kinds.Node:
        """The expression that tokens are; ``NotUnderstood`` where they are none."""
        key = (tuple(tokens), *self.knows)
        if key not in self._parsed:
            try:
                names = beside_differentials(self.known | self.labels, self.views)
                tokens = with_gradients_below(with_angle_means(tokens, self.angles), self.families, self.views)
                found = Parser(with_calls_below(with_ones(tokens, self.ones), self.functions | self.later_functions), names).whole()
                found = with_numbered_through(found, self.memory.numbered)
                self._parsed[key] = with_mean_of_losses(as_said(found, self._said()), self.mean, self.views)
            except NotUnderstood as error:
                self._parsed[key] = str(error)
        kept = self._parsed[key]
        if isinstance(kept, str):
            raise NotUnderstood(kept)
        return kept

    def read_anew(self) -> None:
        """Let go of what formulas were read as, before more was learned."""
        self._parsed.clear()
        self.chains.clear()

    def _said(self) -> Said:
        memory = self.memory
        found = (lambda: self.numbers, self.shape_of, self.steps, lambda *both: holds(self.setting(), *both))
        learned = (self.families, self.notation.stacks_rows, memory.names_gradients, memory.partials_by, *found)
        return Said(self.views, self._with_meaning, frozenset(self.own), self.functions, *learned, self.later_functions)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The names of what the exercise defines as a number."""
        return frozenset(name for view in self.views for name in view.definitions if self.shape_of(kinds.Name(name)) == ("1", "1"))

    def only_name(self, tokens: list[Token]) -> str:
        """The name that tokens are; empty where they are anything else."""
        try:
            node = self.parse(tokens) if 0 < len(tokens) <= LONGEST_NAME else None
        except NotUnderstood:
            return ""
        return node.text if isinstance(node, kinds.Name) else ""

    def keep_views_of(self, words: str) -> None:
        """Keep the views that the text speaks of, apart from those that it does not."""
        spoken_of = [re.search(view.when, words, re.IGNORECASE) is not None for view in self.views]
        self.views_unsaid = tuple(view for view, is_said in zip(self.views, spoken_of) if not is_said)
        self.look_at(view for view, is_said in zip(self.views, spoken_of) if is_said)

    def look_at(self, views: Iterable[View]) -> None:
        """Take other views from here on."""
        self.views = tuple(views)
        self.version += 1

    def introduce_number(self, name: str) -> None:
        """Take a name for any number."""
        self.look_at(view.with_variable(name, ("1", "1")) for view in self.views)
        self.own.add(name)

    def define(self, name: str, definition: Definition, first: bool) -> None:
        """Take a name for what an equality says of it, unless that would be circular.

        Parameters
        ----------
        name, definition
            What is defined.
        first
            Whether this counts before what the name stood for; otherwise it is one more way to write the same.
        """
        if name in definition.body.names or is_circular(self.views, name, definition):
            return
        definition = replace(definition, body=with_values(definition.body, self.views, self.functions))
        if first:
            self.meanings += 1
            self.look_at(
                view.with_definition(name, definition, first=True) if name not in view.variables else view for view in self.views
            )
            return
        resolved = [(view, view.aliases.get(name, name)) for view in self.views]
        self.look_at(
            view.with_definition(own, definition, first=False) if view.takes(own, definition) else view for view, own in resolved
        )

    def keep_step(self, step: str, shape: tuple[str, str], point: str = "") -> None:
        """Take a name for a step of this shape, from this point where it is said, unless the text has given as many names as it may."""
        if len(self.steps) < MOST_NAMES:
            self.steps[step] = shape
            self.points_of_steps[step] = point or self.points_of_steps.get(step, "")

    def may_be_number(self, name: str) -> bool:
        """Whether a name stands for a number, or for nothing that is known yet."""
        return self.shape_at(name) in (None, ("1", "1"))

    def shape_at(self, point: str) -> tuple[str, str] | None:
        """The shape of what a step is added to, in the first view that knows it."""
        for view in self.views:
            name = view.aliases.get(point, point)
            shape = view.variables.get(name) or self.shape_in(view, name)
            if shape:
                return shape
        return None

    def shape_in(self, view: View, name: str) -> tuple[str, str] | None:
        """The shape of what a view defines; ``None`` where it has none."""
        return self.shape_of(kinds.Name(name), (view,)) if name in view.definitions else None

    def shape_of(self, node: kinds.Node, views: Iterable[View] = ()) -> tuple[str, str] | None:
        """The shape of an expression in the first of some views, or of all, that has a value for it."""
        values = (self.sampled(node, view) for view in views or self.views)
        return next((value.dims for value in values if value is not None), None)

    def sampled(self, node: kinds.Node, view: View) -> Jet | None:
        """The value of an expression on the first sample, as it is usually read; ``None`` where it has none."""
        try:
            return usual_value(self.setting(), view, node)
        except (ValueError, ArithmeticError):
            return None
