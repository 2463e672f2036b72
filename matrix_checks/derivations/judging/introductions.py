"""What a text introduces: shapes that it gives anywhere, steps that it adds to a variable, and new names that it defines."""

from collections.abc import Iterator

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.judging.context import MOST_NAMES, Context
from matrix_checks.derivations.judging.conventions import in_definition
from matrix_checks.derivations.judging.declared_sizes import declare_sizes
from matrix_checks.derivations.judging.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.judging.looking_ahead import note_prose, note_sides
from matrix_checks.derivations.judging.own_names import losses_in, with_loss
from matrix_checks.derivations.judging.prose import NOTHING_BEFORE, Before
from matrix_checks.derivations.judging.sides import entry_in_brackets
from matrix_checks.derivations.reading.formulas import Chain, Piece, chains, shape_of
from matrix_checks.derivations.reading.index_names import LATIN
from matrix_checks.derivations.reading.precedence import SYMBOLS
from matrix_checks.derivations.reading.tex import NotUnderstood, Token, Word
from matrix_checks.derivations.values.exercise import Definition

# Of a formula that is looked through for declarations, in characters.
LONGEST_DECLARATION = 2000
# At the end of a chain they are what they are everywhere; at its beginning an E may be the writer's own.
IDENTITIES = set(map(kinds.Name, OF_ANY_SIZE))
Member = kinds.Node | str


def declare(context: Context, found: list[Piece]) -> None:
    """Learn the shapes that the text gives anywhere: ``h \\in \\mathbb{R}^N``, "a number ``c``"."""
    declare_sizes(context.memory, context.views, found)
    losses: dict[str, None] = {}
    for place, piece in enumerate(found):
        if piece.kind == "prose":
            note_prose(context, piece)
            continue
        if len(piece.source) > LONGEST_DECLARATION:
            continue
        try:
            tokens = context.tokens(piece.source)
        except NotUnderstood:
            continue
        context.memory.written.update(_size_letters(tokens))
        context.memory.entries.update(_bars_with_index(tokens))
        context.memory.ends.update(_ends_of_sums(tokens))
        prose = found[place - 1] if place else piece
        _declare_number(context, tokens, Before(prose.source) if prose.kind == "prose" else NOTHING_BEFORE)
        _declare_steps(context, tokens)
        losses.update(dict.fromkeys(losses_in(tokens)))
    for name in losses.keys() - context.later:
        context.look_at(with_loss(context.views, name))


def _bars_with_index(tokens: list[Token]) -> Iterator[str]:
    """Letters with a bar and an index: each is an array, and no mean."""
    bare_tokens = [token for token in tokens if token not in ("{", "}")]
    for bar, letter, sign in zip(bare_tokens, bare_tokens[1:], bare_tokens[2:]):
        if bar == "\\bar" and sign == "_" and isinstance(letter, str):
            yield f"{bar} {letter}"


def _names_gradient(context: Context, chain: Chain) -> bool:
    """Whether a chain sets ``dA`` equal to something without any differential: it is the gradient by ``A`` there, as in programs."""
    members = [[token for token in member if token not in ("{", "}")] for member in chain.members]
    names = {name for member in members if (name := _differentiated_name(member))}
    arrays = {name for name in names & context.arrays if not _is_loss(context, name)}
    return bool(arrays) and any(member and not _has_differential(member) and member != ["0"] for member in members)


def _differentiated_name(member: list[Token]) -> str:
    """The ``A`` of ``dA``, which may have indices."""
    if len(member) < 2 or member[0] not in ("d", Word("d")) or (len(member) > 2 and member[2] != "_"):
        return ""
    return member[1] if isinstance(member[1], str) and member[1].isalpha() else ""


def _is_loss(context: Context, name: str) -> bool:
    """Whether the exercise defines it as a number: its differential is what is looked for."""
    return any(name in view.aliases or name in view.definitions for view in context.views) and context.shape_at(name) in (
        None,
        ("1", "1"),
    )


def _has_differential(member: list[Token]) -> bool:
    signs = ("d", Word("d"), "\\partial", "\\delta", "\\Delta", "\\nabla")
    return any(token in signs or (isinstance(token, Word) and token.text.startswith("d")) for token in member)


def _declare_number(context: Context, tokens: list[Token], before: Before) -> None:
    name = context.only_name(tokens)
    if name and len(context.own) < MOST_NAMES and before.speaks_of_number and name not in context.known:
        context.introduce_number(name)


def _declare_steps(context: Context, tokens: list[Token]) -> None:
    """``h, g \\in \\mathbb{R}^N`` gives the shape of all names in the list."""
    names: list[str] = []
    for chain in chains(tokens, context.is_name):
        _declare_label(context, chain)
        note_sides(context, chain)
        context.memory.names_gradients |= _names_gradient(context, chain)
        names = [*names, context.only_name(chain.members[0])] if len(chain.members) == 1 else []
        if not chain.shape:
            continue
        shape = shape_of(chain.shape, tuple(dict.fromkeys(letter for view in context.views for letter in view.letters)))
        for name in names if shape else ():
            if shape and name and name not in context.known | OF_ANY_SIZE:
                context.keep_step(name, shape)
        names = []


def _declare_label(context: Context, chain: Chain) -> None:
    """``R_1 = X - AS`` introduces ``R_1``, and ``R_F = X - F`` introduces ``R_F``, where ``R`` is no array."""
    if len(chain.members) < 2 or len(chain.members[0]) != 3 or len(context.labels) >= MOST_NAMES:
        return
    letter, below, number = chain.members[0]
    if below != "_" or not isinstance(number, str):
        return
    if isinstance(letter, Word):
        letter = letter.text if letter.text in context.words else ""
    is_gradient = letter.startswith("d") and len(letter) > 2
    is_label = number.isdecimal() or (len(number) == 1 and number.isupper())
    # The c of x_c = x - \\mu stands for a word, unless it stands on the other side, too.
    is_word = number in LATIN and not any(number in member for member in chain.members[1:])
    if (
        letter
        and (letter.isalpha() or letter in SYMBOLS)
        and (is_word or (is_label and (is_gradient or not {letter, letter.upper()} & context.arrays)))
    ):
        context.labels.add(f"{letter}_{number}")
        if letter in context.memory.gradient_names:
            context.memory.gradient_names.add(f"{letter}_{number}")


def note_steps(context: Context, nodes: list[Member]) -> None:
    """Learn the shapes of steps from where they are added to a variable: ``f(x + h)``, ``[D_x f](h)``."""
    context.added.clear()
    for node in nodes:
        for part in node.everything if isinstance(node, kinds.Node) else ():
            if isinstance(part, kinds.Differential) and isinstance(part.point, kinds.Name):
                _note_step(context, part.point.text, part.step)
                if isinstance(part.step, kinds.Name):
                    # D_h f(x), too, where h is the step.
                    _note_step(context, part.step.text, part.point)
            elif isinstance(part, kinds.Product):
                _note_steps_behind_derivatives(context, part)
            elif isinstance(part, kinds.Add):
                _note_steps_among_terms(context, part)


def _note_steps_behind_derivatives(context: Context, node: kinds.Product) -> None:
    # A step is the last factor: in \\nabla_x x^T B x, the B is none.
    for one, step in zip(node.factors[-2:], node.factors[-1:]):
        if isinstance(one, kinds.Derivative) and isinstance(one.bottom, kinds.Name):
            variables = context.views[0].variables
            only = next(iter(variables)) if len(variables) == 1 else ""
            _note_step(context, one.bottom.text or only, step)


def _note_steps_among_terms(context: Context, node: kinds.Add) -> None:
    terms = [_without_number(context, term.body if isinstance(term, kinds.Negative) else term) for term in node.terms]
    named = [term.text for term in terms if isinstance(term, kinds.Name)]
    # Terms may be thousands, and each of them a point or a step. Where there are two points, the last one counts.
    shapes = [shape for point in dict.fromkeys(reversed(named)) if (shape := context.shape_at(point))]
    if shapes[:1] == [("1", "1")]:
        # What is added to a number, as in \\sqrt{v + \\varepsilon}, is no step from it.
        return
    for step in terms if shapes else ():
        _keep_step(context, shapes[0], step)


def _without_number(context: Context, node: kinds.Node) -> kinds.Node:
    """The ``h`` of ``t h``, where ``t`` is a number or nothing else is said of it."""
    if not isinstance(node, kinds.Product):
        return node
    before = [each for each in node.factors[:-1] if not isinstance(each, kinds.Number)]
    free = all(
        isinstance(each, kinds.Name)
        and context.steps.get(each.text, ("1", "1")) == ("1", "1")
        and each.text not in context.known - context.steps.keys()
        for each in before
    )
    return node.factors[-1] if free else node


def _note_step(context: Context, point: str, step: kinds.Node) -> None:
    step = step.body if isinstance(step, kinds.Group) else step
    shape = context.shape_at(point) if isinstance(step, kinds.Name) else None
    if shape:
        _keep_step(context, shape, step)


def _keep_step(context: Context, shape: tuple[str, str], step: kinds.Node) -> None:
    if not isinstance(step, kinds.Name) or step.text in OF_ANY_SIZE or step.text.startswith("\\Delta "):
        return
    if not any(step.text in view.names for view in context.views):
        context.keep_step(step.text, shape)
        context.added.add(step.text)


def introduces(context: Context, left: kinds.Node, right: kinds.Node) -> bool:
    """Whether the equality says what a new name stands for; then it is kept."""
    left = _without_argument(left)
    indices = _index_letters(left)
    name = left.body if isinstance(left, kinds.Indexed) else left
    if (
        indices is None
        or not isinstance(name, kinds.Name)
        or name.text == "\\ones"
        or not _is_new(context, name.text, indices, right)
    ):
        return False
    if name.text in right.names or not all(_is_said(context, each) or each in context.memory.ends for each in right.names):
        return False
    context.own.add(name.text)
    entry = entry_in_brackets(right, explicit=True)
    if entry and not indices:
        # J = (a_{ik})_{ik} says what its entries are.
        right, indices = entry[0], tuple(letter.text for letter in entry[1])
    right = in_definition(right, indices, context.views, context.memory)
    context.define(name.text, Definition(right, indices), first=True)
    matrix = name.text.upper()
    if len(indices) == 2 and matrix != name.text and len(name.text) == 1 and matrix not in context.known:
        # Whoever says what the entries e_{nm} are, may write E for all of them; but E is the identity, too.
        before = context.views
        context.define(matrix, Definition(right, indices), first=True)
        if matrix in ("E", "I"):
            context.look_at((*before, *context.views))
    return True


def may_be_new(context: Context, right: kinds.Node, left: kinds.Node) -> bool:
    """Whether a right side may be a new name: an ``E`` is none, unless the left side has a shape that no identity has.

    A derivative that is set equal to an identity is a claim, and no name for it.
    """
    if right not in IDENTITIES:
        return True
    if right != kinds.Name("E") or kinds.depends(left, kinds.Derivative):
        return False
    rows, columns = context.shape_of(left) or ("", "")
    return rows != columns


def introduces_elsewhere(context: Context, left: kinds.Node, right: kinds.Node) -> bool:
    """Whether the equality gives a name of another view a meaning in those that can say the other side; then it is kept."""
    if not isinstance(left, kinds.Name) or not right.names or left.text in right.names:
        return False
    saying = [view for view in context.views if right.names <= view.names]
    if left.text not in context.arrays or not saying or any(left.text in view.names for view in saying):
        return False
    context.look_at(
        view.with_definition(left.text, Definition(right), first=True) if view in saying else view for view in context.views
    )
    return True


def _index_letters(node: kinds.Node) -> tuple[str, ...] | None:
    """The letters of an entry's indices, none of anything else; ``None`` where an index is no letter."""
    if not isinstance(node, kinds.Indexed):
        return ()
    letters = tuple(index.text for index in node.indices if isinstance(index, kinds.Name))
    return letters if len(letters) == len(node.indices) else None


def _is_new(context: Context, name: str, indices: tuple[str, ...], right: kinds.Node) -> bool:
    """Whether a name, or the array of which an entry is written, stands for nothing yet."""
    if indices and name.upper() in context.arrays:
        return False
    return name not in context.known or _is_free_letter(context, name, right)


def name_of(node: kinds.Node) -> str:
    """The name that a side of a definition defines: ``f`` of ``f(x)`` and of ``f_i``; empty for anything else."""
    node = _without_argument(node)
    node = node.body if isinstance(node, kinds.Indexed) else node
    return node.text if isinstance(node, kinds.Name) else ""


def _without_argument(node: kinds.Node) -> kinds.Node:
    """The ``f`` of ``f(x)``."""
    if isinstance(node, kinds.Product) and len(node.factors) == 2 and isinstance(node.factors[1], kinds.Group):
        return node.factors[0] if isinstance(node.factors[1].body, kinds.Name) else node
    return node


def _is_said(context: Context, name: str) -> bool:
    """Whether a name stands for something, or for an entry of something."""
    return name in context.known or name in OF_ANY_SIZE or name == "e" or name.upper() in context.known


def _is_free_letter(context: Context, text: str, right: kinds.Node) -> bool:
    """Whether a name is only the letter of a size, which a student may give to a matrix, too."""
    return text not in context.arrays and text not in context.steps and not isinstance(right, (kinds.Number, kinds.Name))


def _ends_of_sums(tokens: list[Token]) -> set[str]:
    """The letters above the signs of sums, and those that a number is divided by, as in ``\\frac1n \\sum_i x_i``."""
    found: set[str] = set()
    if "\\sum" in tokens:
        bare_tokens = [token for token in tokens if token not in ("{", "}")]
        for one, two, three in zip(bare_tokens, bare_tokens[1:], bare_tokens[2:]):
            divided = (one == "\\frac" and isinstance(two, str) and two.isdecimal()) or (
                isinstance(one, str) and one.isdecimal() and two == "/"
            )
            if divided and isinstance(three, str) and len(three) == 1 and three.isalpha():
                found.add(three)
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
