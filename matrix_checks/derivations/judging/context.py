"""What a text introduces: new names, the shapes of steps, letters of the writer's own."""

import re

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.judging.equality import Setting, make_draw
from matrix_checks.derivations.reading.formulas import Piece, chains, shape_of
from matrix_checks.derivations.reading.grammar import FUNCTIONS, Parser
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, tokenize
from matrix_checks.derivations.values.evaluate import Evaluator
from matrix_checks.derivations.values.exercise import Definition, Exercise, View
from matrix_checks.derivations.values.sample import Memory, Reading

_NUMBER = re.compile(r"(?i)\b(number|numbers|scalar|constant|числ\w*|констант\w*)\s*$")

# In tokens, with braces and accents.
LONGEST_NAME = 20
# That a text may introduce: each of them is looked at for every formula that follows.
MOST_NAMES = 300


class Introductions:
    """The part of :class:`matrix_checks.derivations.judging.reader.Reader` that keeps what names stand for."""

    exercise: Exercise
    views: tuple[View, ...]
    own: set[str]
    labels: set[str]
    steps_of: dict[str, tuple[str, str]]
    memory: Memory
    verdicts: dict[tuple[kinds.Node, kinds.Node], tuple[tuple[View, ...], str]]
    _known: tuple[tuple[View, ...], int, frozenset[str]] | None
    _parsed: dict[tuple, kinds.Node | str]

    def _setting(self) -> Setting:
        raise NotImplementedError

    @property
    def known(self) -> frozenset[str]:
        if self._known is None or self._known[0] is not self.views or self._known[1] != len(self.steps_of):
            names = frozenset().union(*(view.names for view in self.views)) | set(self.steps_of)
            self._known = (self.views, len(self.steps_of), names)
        return self._known[2]

    def _parse(self, tokens: list[Token]) -> kinds.Node:
        """The expression that tokens are; most formulas are asked for more than once."""
        key = (tuple(tokens), self.known, len(self.labels))
        if key not in self._parsed:
            try:
                self._parsed[key] = Parser(tokens, self.known | self.labels).whole()
            except NotUnderstood as error:
                self._parsed[key] = str(error)
        found = self._parsed[key]
        if isinstance(found, str):
            raise NotUnderstood(found)
        return found

    def _declarations(self, found: list[Piece]) -> None:
        """Shapes that the text gives anywhere: ``h \\in \\mathbb{R}^N``, "a number ``c``"."""
        for place, piece in enumerate(found):
            if piece.kind == "prose" or len(piece.source) > 2000:
                continue
            try:
                tokens = tokenize(piece.source, self.exercise.words)
            except NotUnderstood:
                continue
            self.memory.written.update(_size_letters(tokens))
            self.memory.ends.update(_ends_of_sums(tokens))
            before = found[place - 1].source if place and found[place - 1].kind == "prose" else ""
            name = self._only_name(tokens)
            if name and len(self.own) < MOST_NAMES and _NUMBER.search(before) and name not in self.known:
                self.views = tuple(view.with_variable(name, ("1", "1")) for view in self.views)
                self.own.add(name)
            names: list[str] = []
            for chain in chains(tokens, self._is_name):
                self._note_label(chain.members)
                names = names + [self._only_name(chain.members[0])] if len(chain.members) == 1 else []
                if chain.shape:
                    letters = tuple(dict.fromkeys(letter for view in self.views for letter in view.letters))
                    shape = shape_of(chain.shape, letters)
                    for name in names if shape else []:
                        if name and len(self.steps_of) < MOST_NAMES and name not in self.known | {"I", "E", "\\ones"}:
                            self.steps_of[name] = shape
                    names = []

    def _note_label(self, members: list[list[Token]]) -> None:
        """``R_1 = X - AS`` introduces ``R_1``, where ``R`` is no array."""
        first = members[0]
        if (
            len(members) < 2
            or len(first) != 3
            or len(self.labels) >= MOST_NAMES
            or first[1] != "_"
            or not all(isinstance(token, str) for token in first)
        ):
            return
        arrays = {name for view in self.views for each in (view.variables, view.definitions, view.aliases) for name in each}
        if first[0].isalpha() and first[2].isdecimal() and not {first[0], first[0].upper()} & arrays:
            self.labels.add(f"{first[0]}_{first[2]}")

    def _only_name(self, tokens: list[Token]) -> str:
        try:
            node = self._parse(tokens) if 0 < len(tokens) <= LONGEST_NAME else None
        except NotUnderstood:
            return ""
        return node.text if isinstance(node, kinds.Name) else ""

    def _is_name(self, text: str) -> bool:
        return text.replace("\\", "") in self.known or text in FUNCTIONS or text in self.exercise.words or text == "d"

    def _note_steps(self, nodes: list[kinds.Node | str]) -> None:
        """Learn the shapes of steps from where they are added to a variable: ``f(x + h)``, ``[D_x f](h)``."""
        for node in nodes:
            for part in node.everything if isinstance(node, kinds.Node) else ():
                if isinstance(part, kinds.Differential) and isinstance(part.point, kinds.Name):
                    self._note_step_of(part.point.text, part.step)
                elif isinstance(part, kinds.Product):
                    for one, step in zip(part.factors, part.factors[1:]):
                        if isinstance(one, kinds.Derivative) and isinstance(one.bottom, kinds.Name):
                            only = next(iter(self.views[0].variables)) if len(self.views[0].variables) == 1 else ""
                            self._note_step_of(one.bottom.text or only, step)
                elif isinstance(part, kinds.Add):
                    bare = [self._without_number(term.body if isinstance(term, kinds.Negative) else term) for term in part.terms]
                    named = [term.text for term in bare if isinstance(term, kinds.Name)]
                    # Terms may be thousands, and each of them a point or a step. Where there are two points, the last one counts.
                    shapes = [shape for point in dict.fromkeys(reversed(named)) if (shape := self._shape_at(point))]
                    for step in bare if shapes else ():
                        self._keep_step(shapes[0], step)

    def _without_number(self, node: kinds.Node) -> kinds.Node:
        """The ``h`` of ``t h``, where ``t`` is a number or nothing else is said of it."""
        if not isinstance(node, kinds.Product):
            return node
        before = [each for each in node.factors[:-1] if not isinstance(each, kinds.Number)]
        free = all(
            isinstance(each, kinds.Name)
            and self.steps_of.get(each.text, ("1", "1")) == ("1", "1")
            and each.text not in self.known - self.steps_of.keys()
            for each in before
        )
        return node.factors[-1] if free else node

    def _note_step_of(self, point: str, step: kinds.Node) -> None:
        shape = self._shape_at(point) if isinstance(step, kinds.Name) else None
        if shape:
            self._keep_step(shape, step)

    def _keep_step(self, shape: tuple[str, str], step: kinds.Node) -> None:
        if not isinstance(step, kinds.Name) or step.text in ("E", "I", "\\ones") or step.text.startswith("\\Delta "):
            return
        if len(self.steps_of) < MOST_NAMES and not any(step.text in view.names for view in self.views):
            self.steps_of[step.text] = shape

    def _shape_at(self, point: str) -> tuple[str, str] | None:
        """The shape of what a step is added to, in the first view that knows it."""
        for view in self.views:
            name = view.aliases.get(point, point)
            shape = view.variables.get(name) or self._shape(view, name)
            if shape:
                return shape
        return None

    def _shape(self, view: View, name: str) -> tuple[str, str] | None:
        if name not in view.definitions:
            return None
        try:
            return Evaluator(make_draw(self._setting(), view, 0), Reading()).named(name).dims
        except ValueError:
            return None

    def _introduces(self, left: kinds.Node, right: kinds.Node) -> bool:
        """Whether the equality says what a new name stands for; then it is kept."""
        indices: tuple[str, ...] = ()
        if isinstance(left, kinds.Product) and len(left.factors) == 2 and isinstance(left.factors[1], kinds.Group):
            left = left.factors[0] if isinstance(left.factors[1].body, kinds.Name) else left
        name = left.body if isinstance(left, kinds.Indexed) else left
        if not isinstance(name, kinds.Name) or (name.text in self.known and not self._is_free_letter(name.text, right)):
            return False
        if isinstance(left, kinds.Indexed):
            if any(not isinstance(index, kinds.Name) for index in left.indices) or name.text.upper() in self.known:
                return False
            indices = tuple(index.text for index in left.indices)
        if name.text in right.names or any(
            each not in self.known | {"I", "E", "\\ones", "e"} and each.upper() not in self.known for each in right.names
        ):
            return False
        self.own.add(name.text)
        self._define(name.text, Definition(right, indices), first=True)
        matrix = name.text.upper()
        if len(indices) == 2 and matrix != name.text and len(name.text) == 1 and matrix not in self.known:
            # Whoever says what the entries e_{nm} are, may write E for all of them; but E is the identity, too.
            before = self.views
            self._define(matrix, Definition(right, indices), first=True)
            self.views = (*before, *self.views) if matrix in ("E", "I") else self.views
        return True

    def _is_free_letter(self, text: str, right: kinds.Node) -> bool:
        """Whether a name is only the letter of a size, which a student may give to a matrix, too."""
        taken = any(text in each for view in self.views for each in (view.variables, view.definitions, view.aliases))
        return not taken and text not in self.steps_of and not isinstance(right, (kinds.Number, kinds.Name))

    def _define(self, name: str, definition: Definition, first: bool) -> None:
        if name in definition.body.names or self._circular(name, definition):
            return
        if first:
            # What was found under the old meaning of the name says nothing of the new one.
            self.verdicts.clear()
            self.views = tuple(
                view.with_definition(name, definition, first=True) if name not in view.variables else view for view in self.views
            )
            return
        resolved = [(view, view.aliases.get(name, name)) for view in self.views]
        self.views = tuple(
            view.with_definition(own, definition, first=False) if own in view.definitions else view for view, own in resolved
        )

    def _circular(self, name: str, definition: Definition) -> bool:
        for view in self.views:
            waiting, seen = [definition.body], set()
            while waiting:
                for found in waiting.pop().names:
                    found = view.aliases.get(found, found)
                    if found == name:
                        return True
                    if found not in seen:
                        seen.add(found)
                        waiting += [each.body for each in view.definitions.get(found, ())]
        return False


def _ends_of_sums(tokens: list[Token]) -> set[str]:
    """The letters above the signs of sums."""
    found = set()
    for place, token in enumerate(tokens):
        if token == "\\sum":
            rest = tokens[place : place + 12]
            if "^" in rest:
                above = [each for each in rest[rest.index("^") + 1 :][:3] if each not in ("{", "}")]
                found.update(each for each in above[:1] if isinstance(each, str) and len(each) == 1 and each.isalpha())
    return found


def _size_letters(tokens: list[Token]) -> set[str]:
    """Capital letters, and small ones with a number below, as the sizes of arrays are written."""
    found = {token for token in tokens if isinstance(token, str) and len(token) == 1 and token.isupper()}
    for place in range(len(tokens) - 2):
        if tokens[place] == "n" and tokens[place + 1] == "_":
            digits = [token for token in tokens[place + 2 : place + 5] if isinstance(token, str) and token.isdecimal()]
            found.update(f"n_{digit}" for digit in digits[:1])
    return found
