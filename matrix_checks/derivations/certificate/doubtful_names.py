"""Names that may stand for something else than the reader takes them for: a condition of the certificate of a false verdict."""

from matrix_checks.derivations.certificate.gradients_of_own_names import may_be_gradients
from matrix_checks.derivations.certificate.ways_to_the_loss import is_on_one_way
from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.meanings import OUTPUTS
from matrix_checks.derivations.context.other_meanings import takes_other_meaning
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.interpretations import IDENTITIES
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.letters.scaled_statements import scale_in
from matrix_checks.derivations.reading.tokens import Token, Word
from matrix_checks.derivations.values.exercise import NUMBER, View, is_of_exercise, meanings_of
from matrix_checks.derivations.values.units import may_be_unit

EXPECTATION, MEAN = "E", "\\mu"


def _is_gradient_that_fits_nothing(claim: Claim, name: str) -> bool:
    r"""Whether a name for a derivative is set equal to what cannot be multiplied or added: behind ``\delta = \partial L/\partial h`` that is no meaning."""
    meant = meanings_of(claim.context.views, name)
    is_gradient = bool(meant) and all(isinstance(kinds.bare(body), kinds.Derivative) for body in meant)
    return is_gradient and claim.context.shape_of(claim.right) is None


def _is_gradient_of_exercise(claim: Claim, name: str) -> bool:
    """Whether the exercise itself has a name for a gradient, ``gradW_1``, which nobody uses for anything else."""
    own = [view.origin or view for view in claim.context.views]
    meant = [view.definitions.get(view.aliases.get(name, name), ()) for view in own if name in view.names]
    return any(isinstance(definition.body, kinds.Derivative) for each in meant for definition in each)


def another_meaning(claim: Claim) -> str:
    """A name that was given another meaning stands for that, wherever it is; ``dy`` may be the name of a gradient."""
    own = claim.left.text if isinstance(claim.left, kinds.Name) and claim.left.text in claim.context.own else ""
    is_gradient = _is_gradient_of_exercise(claim, own) or _is_gradient_that_fits_nothing(claim, own)
    if own and claim.place.is_first and not claim.fits and not is_gradient:
        return f"another meaning is given to {own}"
    name = _own_function(claim) or _own_loss(claim)
    if name:
        claim.surroundings.redefined.add(name)
    name = name or claim.speaks_of(claim.surroundings.redefined) or _of_own_entries(claim) or _own_identity(claim)
    if name:
        return f"the text gives {name} another meaning"
    name = takes_other_meaning(claim.context, claim.left.names | claim.right.names) or _of_renamed_output(claim)
    if name:
        return f"the text gives {name} another meaning"
    if EXPECTATION in claim.left.names | claim.right.names and any(MEAN in view.definitions for view in claim.context.views):
        return f"it is not sure whether {EXPECTATION} is a mean"
    memory = claim.context.memory
    name = claim.speaks_of(memory.guessed) or min(memory.shifts & (claim.left.names | claim.right.names), default="")
    if name:
        return f"it is not said what {name} is"
    name = scale_in(claim.context, claim.left.names | claim.right.names)
    if name:
        return f"it is not sure whether {name} is one here"
    is_named = claim.surroundings.gradients_named or memory.names_gradients
    if is_named and claim.parts(kinds.Differentiated) and not _are_whole_gradients(claim):
        return "the text writes d for gradients, too"
    if (
        memory.has_named_gradients
        and claim.parts(kinds.Differentiated)
        and loss_of(claim.context.views).text in claim.surroundings.redefined
    ):
        return "the text chooses a loss, and writes d for its gradients"
    if (is_named or memory.has_named_gradients) and (name := _on_no_way(claim)):
        return f"it is not said how the loss rests on {name}"
    if may_be_gradients(claim):
        return "it may be said of gradients, and it is not said how the loss rests on these names"
    if len(claim.context.questions) > 1 and any(_is_by_nothing(claim, part) for part in claim.parts(kinds.Derivative)):
        return "it is not said by what a gradient of the loss is"
    names = memory.gradient_names & (claim.left.names | claim.right.names)
    if any(not _is_whole_by(claim, name) for name in names) or (names and _writes_differentials(claim.context)):
        return "the text has names for parts of gradients"
    return ""


def _are_whole_gradients(claim: Claim) -> bool:
    """Whether each ``dX`` is surely the gradient by ``X``: the text says so, and no other way leads from it to the loss.

    Where there are several ways, as in a normalization, it may be the part of one.
    """
    if not claim.context.memory.names_gradients or claim.parts(kinds.Matrix, kinds.Tuple):
        # One object of an example has other shapes.
        return False
    view = claim.context.views[0]
    own, loss = view.origin or view, loss_of(claim.context.views).text
    for part in claim.parts(kinds.Differentiated):
        body = kinds.whole_of(part.body) if isinstance(part, kinds.Differentiated) else part
        name = body.text if isinstance(body, kinds.Name) else loss
        is_on_one = name != loss and name in claim.context.own and is_on_one_way(claim.context.views, name, loss)
        if is_on_one or name in claim.context.memory.whole_gradients:
            continue
        name = view.aliases.get(name, name)
        # What the text names itself is on the way of what it is made of.
        made_of = view.behind(name) & own.variables.keys() if name in view.definitions and name not in own.definitions else {name}
        if name == loss or not made_of or any(_ways(own, each, kinds.Name(loss)) != 1 for each in made_of):
            return False
    return True


def _on_no_way(claim: Claim) -> str:
    r"""A name that stands for several variables, with a d before it, and lies on no way to the loss: by ``P = W_1W_2`` the first bias passes; empty for none."""
    view = claim.context.views[0]
    own = view.origin or view
    for part in claim.parts(kinds.Differentiated):
        body = kinds.whole_of(part.body) if isinstance(part, kinds.Differentiated) else part
        name = body.text if isinstance(body, kinds.Name) and body.text in claim.context.own else ""
        is_defined = name in view.definitions and name not in own.definitions
        if not is_defined or len(view.behind(name) & own.variables.keys()) < 2 or name in claim.context.memory.whole_gradients:
            continue
        is_on_way = is_on_one_way(claim.context.views, name, loss_of(claim.context.views).text)
        setting, written = claim.context.setting(), (kinds.Name(name), kinds.Transposed(kinds.Name(name)))
        if not is_on_way and not any(holds(setting, side, kinds.Name(each)) for each in own.definitions for side in written):
            return name
    return ""


def _is_whole_by(claim: Claim, name: str) -> bool:
    """Whether a name for a gradient, ``dstd``, is surely by all ways: there is only one from what it is by to the loss."""
    loss = loss_of(claim.context.views).text
    bodies = meanings_of(claim.context.views, name)
    return bool(bodies) and all(
        isinstance(body, kinds.Derivative)
        and isinstance(body.bottom, kinds.Name)
        and is_on_one_way(claim.context.views, body.bottom.text, loss)
        for body in bodies
    )


def _writes_differentials(context: Context) -> bool:
    """Whether the ``d`` of some name is given by that of what it is made of, ``dstd = dvar/(2 std)``: so do differentials, and no gradients."""
    found = {**context.later, **context.restated}
    said = {name: {_text(token) for tokens in formulas for token in tokens} for name, formulas in found.items()}
    for name in context.memory.gradient_names & said.keys():
        made_of, waiting = set[str](), [name[1:]]
        while waiting:
            new = said.get(waiting.pop(), set()) - made_of
            made_of |= new
            waiting += new
        if any(other[1:] in made_of for other in context.memory.gradient_names & said[name]):
            return True
    return False


def _text(token: Token) -> str:
    return token.text if isinstance(token, Word) else token


def _is_by_nothing(claim: Claim, part: kinds.Node) -> bool:
    r"""Whether it is ``\\nabla L``, of a loss of several variables."""
    loss = kinds.Name(loss_of(claim.context.views).text)
    return isinstance(part, kinds.Derivative) and (part.top, part.bottom) == (loss, kinds.Name(""))


def _ways(view: View, name: str, node: kinds.Node) -> int:
    """In how many places a name stands in an expression, where each name is what it is defined as."""
    if isinstance(node, kinds.Name):
        meanings = view.definitions.get(node.text, ())
        return int(node.text == name) or (_ways(view, name, meanings[0].body) if meanings else 0)
    return sum(_ways(view, name, part) for part in node.parts)


def _of_own_entries(claim: Claim) -> str:
    """The ``e`` of a text that says what ``e_{ij}`` is: it is no matrix unit there, also where what it is was not understood."""
    units = {
        kinds.whole_of(part)
        for part in claim.parts(kinds.Indexed)
        if isinstance(part, kinds.Indexed) and len(part.indices) == 2 and may_be_unit(part, claim.context.known)
    }
    return next((name for name in sorted(claim.context.memory.entries_said) if kinds.Name(name) in units), "")


def _own_identity(claim: Claim) -> str:
    """A letter that stands for an identity in other texts, and of which this one says something that was not understood; empty for none."""
    context, memory = claim.context, claim.context.memory
    tops = {
        part.top.text
        for part in claim.parts(kinds.Derivative)
        if isinstance(part, kinds.Derivative) and isinstance(part.top, kinds.Name)
    }
    names = (claim.left.names | claim.right.names) & IDENTITIES - context.known - tops
    said = memory.said_in_words | {name.upper() for name in memory.entries_said}
    return min(names & said, default="")


def _own_function(claim: Claim) -> str:
    """The ``f`` of ``f(x) = \\tanh(c^\\top x)``: where the exercise calls it ``y``, a text may have an ``f`` of its own."""
    left = claim.left
    if not claim.place.is_first or not isinstance(left, kinds.Product) or len(left.factors) != 2:
        return ""
    name, argument = left.factors
    if not isinstance(name, kinds.Name) or not isinstance(argument, kinds.Group) or isinstance(argument.body, kinds.Add):
        # A value at another point says nothing of the function.
        return ""
    text = name.text
    if _has_other_shape(claim, text):
        return text
    variables = {name for view in claim.context.views for name in (*view.variables, *view.definitions)}
    if claim.right.names <= variables and all(
        isinstance(part, kinds.Function) and part.name in ("tr", "vec") for part in claim.parts(kinds.Function)
    ):
        return ""
    return text if any(text in view.aliases for view in claim.context.views) else ""


def _own_loss(claim: Claim) -> str:
    """The loss of a layer, which may be any: ``L = -\\log y_c`` says which one, where nothing of the gradient by the output is in it."""
    name = claim.left.text if isinstance(claim.left, kinds.Name) else ""
    views = claim.context.views
    upstream = {each for view in views for each in upstream_in(view.origin or view, name)}
    if not claim.place.is_first or not upstream or claim.parts(kinds.Derivative, kinds.Differentiated):
        return ""
    given = {meant for view in views for text in claim.right.names for meant in view.meant_by(text)}
    return "" if given & upstream else name


def upstream_in(view: View, loss: str) -> set[str]:
    """The ``g`` of ``L = \\langle g, y \\rangle``, which stands for any loss; empty for a loss that the exercise gives."""
    definitions = view.definitions.get(view.aliases.get(loss, loss), ())
    body = definitions[0].body if definitions else None
    return set(body.names & view.variables.keys()) if isinstance(body, kinds.Inner) else set()


def _has_other_shape(claim: Claim, name: str) -> bool:
    """Whether the ``F`` of ``F(A) = \\|X - AS\\|^2`` is a number, and an array in the exercise."""
    if not any(name in view.definitions for view in claim.context.views):
        return False
    shapes = claim.context.shape_of(kinds.Name(name)), claim.context.shape_of(claim.right)
    return None not in shapes and shapes[0] != shapes[1]


def _of_renamed_output(claim: Claim) -> str:
    """The exercise's name of what the text calls otherwise: beside ``s`` for the output, a ``y`` may be the labels."""
    context = claim.context
    # No label is differentiated.
    derived = {name for part in claim.parts(kinds.Derivative) if isinstance(part, kinds.Derivative) for name in part.top.names}
    for view in context.views:
        for own in sorted(context.own):
            meant = view.aliases.get(own, "")
            if meant in OUTPUTS and meant not in context.restated and meant in (claim.left.names | claim.right.names) - derived:
                return meant
    return ""


def is_linear_map(claim: Claim) -> bool:
    """Whether the derivative of a function is set equal to the function, a number that the text has another name for, ``Df(A) = f``."""
    for one, other in (claim.sides, claim.sides[::-1]):
        derivative, name = bare(one), bare(other)
        top = derivative.top if isinstance(derivative, kinds.Derivative) else getattr(derivative, "body", None)
        is_by_whole = not isinstance(derivative, kinds.Derivative) or isinstance(derivative.bottom, kinds.Name)
        if isinstance(name, kinds.Name) and top == name and is_by_whole and claim.context.shape_of(name) == NUMBER:
            return not is_of_exercise(claim.context.views, name.text)
    return False
