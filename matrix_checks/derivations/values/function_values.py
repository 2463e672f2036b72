"""Functions in products: ``y(x + h)`` is the value of a function at a point, and no product."""

from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.tex import NotUnderstood
from matrix_checks.derivations.values.derivatives import NUMBER
from matrix_checks.derivations.values.evaluation import Evaluation
from matrix_checks.derivations.values.jets import Jet, ShapeError
from matrix_checks.derivations.values.names import reaches, resolve
from matrix_checks.derivations.values.scope import At


def function_value(evaluation: Evaluation, factors: list[kinds.Node], signs: list[str]) -> Jet | None:
    """The value of the function that the first two of some factors are; ``None`` where they are a product."""
    if len(factors) > 1 and not signs[0] and isinstance(factors[1], kinds.Group):
        variable = _variable_at(evaluation, factors[0], factors[1])
        if variable is not None and not _is_factor(evaluation, factors[0], factors[1]):
            return _applied(evaluation, factors[0], factors[1], variable)
        _expect_no_function_of_step(evaluation, factors[0], factors[1].body)
    raised = _power_of_value(evaluation, factors, signs)
    return raised if raised is not None else _called(evaluation, factors, signs)


def _is_factor(evaluation: Evaluation, function: kinds.Node, argument: kinds.Group) -> bool:
    """Whether ``y (x - a)`` is read as a number, or an array of the text's own, times an array: then it is no value of a function."""
    if evaluation.interpretation.called:
        return False
    own = evaluation.view.origin or evaluation.view
    if isinstance(function, kinds.Name) and resolve(evaluation, function.text) not in own.definitions:
        return True
    return evaluation.value(function).is_scalar and not evaluation.value(argument).is_scalar


def _called(evaluation: Evaluation, factors: list[kinds.Node], signs: list[str]) -> Jet | None:
    """``f(A, S)``, the value of a function of several variables; ``None`` for anything else."""
    if len(factors) < 2 or signs[0] or not isinstance(factors[1], kinds.Tuple) or not isinstance(factors[0], kinds.Name):
        return None
    is_function = resolve(evaluation, factors[0].text) in evaluation.view.definitions
    return _applied_to_all(evaluation, factors[0], factors[1]) if is_function else None


def _power_of_value(evaluation: Evaluation, factors: list[kinds.Node], signs: list[str]) -> Jet | None:
    """``s(x)^{-1}``: a power of the value of a function; ``None`` for anything else."""
    if len(factors) < 2 or signs[0] or not isinstance(factors[1], kinds.Power) or not isinstance(factors[1].body, kinds.Group):
        return None
    if _variable_at(evaluation, factors[0], factors[1].body) is None:
        return None
    value = kinds.Group(kinds.Product((factors[0], factors[1].body), ("",)))
    return evaluation.value(kinds.Power(value, factors[1].exponent))


def _variable_at(evaluation: Evaluation, function: kinds.Node, argument: kinds.Group) -> str | None:
    """The variable that an argument such as ``x + h`` stands for, where ``f (x + h)`` is a function of it, and no product.

    The variable is in the argument by itself, and the function depends on it.
    """
    body = kinds.whole_of(function)
    if not isinstance(body, kinds.Name):
        return None
    view = evaluation.view
    name = resolve(evaluation, body.text)
    if name not in view.definitions:
        return None
    terms = argument.body.terms if isinstance(argument.body, kinds.Add) else (_without_own_argument(evaluation, argument.body),)
    reached, own = reaches(evaluation, body), view.origin or view
    for term in terms:
        text = resolve(evaluation, term.text) if isinstance(term, kinds.Name) else name
        # What the text names itself, as a projector ``P``, is a factor.
        if text != name and text in reached and (text in view.variables or text in own.variables or text in own.definitions):
            return text
    return _variable_like(evaluation, body, argument.body) if isinstance(argument.body, kinds.Name) else None


def _without_own_argument(evaluation: Evaluation, node: kinds.Node) -> kinds.Node:
    """The name of a function for its value at a variable that it depends on: the ``F`` of ``J(F(S))``."""
    factors = node.factors if isinstance(node, kinds.Product) and node.signs == ("",) else ()
    if len(factors) != 2 or not isinstance(factors[0], kinds.Name) or not isinstance(factors[1], kinds.Group):
        return node
    inner = _without_own_argument(evaluation, factors[1].body)
    is_value = isinstance(inner, kinds.Name) and resolve(evaluation, inner.text) in reaches(evaluation, factors[0])
    return factors[0] if is_value and inner != factors[0] else node


def _expect_no_function_of_step(evaluation: Evaluation, function: kinds.Node, argument: kinds.Node) -> None:
    """The ``y_i(h)`` of a step ``h``, which is a number, is the value after it: which variable it is added to is not known."""
    body = kinds.whole_of(function)
    if not isinstance(body, kinds.Name) or not isinstance(argument, kinds.Name):
        return
    view, name = evaluation.view, argument.text
    own = view.origin or view
    if resolve(evaluation, body.text) not in own.definitions or name in own.names or name in view.definitions:
        return
    dims = view.variables.get(name) or evaluation.sample.steps.get(name) or (NUMBER if name in evaluation.overridden else ("", ""))
    if tuple(dims) == NUMBER:
        raise NotUnderstood(f"how {body.text} depends on {name} was not understood")


def _variable_like(evaluation: Evaluation, function: kinds.Name, argument: kinds.Name) -> str | None:
    """The variable in the place of which a step stands, or a point of the text's own: ``f(h)``, where ``f`` is a number, is no product."""
    view, name = evaluation.view, argument.text
    own = view.origin or view
    is_step, is_point = (
        name in evaluation.sample.steps and name not in view.names,
        name in view.definitions and name not in own.names,
    )
    is_of_exercise = is_point and resolve(evaluation, function.text) in own.definitions
    if not (is_step or is_point) or not (is_of_exercise or evaluation.named(function.text).is_scalar):
        return None
    dims = tuple(evaluation.sample.steps[name]) if is_step else tuple(evaluation.value(argument).shape)
    reached = reaches(evaluation, function)
    among = view.variables if is_step else own.variables
    fitting = [each for each in among if each in reached and _shape_of(evaluation, each, is_step) == dims]
    if dims in (NUMBER, (1, 1)) or not fitting:
        return None
    # A point S + H lies near the variable that is in it.
    near = [each for each in fitting if is_point and each in reaches(evaluation, argument)]
    if len(near or fitting) > 1:
        raise NotUnderstood(f"which variable of {function.text} is {name} was not understood")
    return (near or fitting)[0]


def _shape_of(evaluation: Evaluation, variable: str, in_letters: bool) -> tuple:
    return tuple(evaluation.view.variables[variable] if in_letters else evaluation.named(variable).shape)


def _applied_to_all(evaluation: Evaluation, function: kinds.Name, arguments: kinds.Tuple) -> Jet:
    """A function of several variables, with what stands in the brackets in their places."""
    variables = [_variable_at(evaluation, function, kinds.Group(entry)) for entry in arguments.entries]
    inner = evaluation
    for variable, entry in zip(variables, arguments.entries):
        value = evaluation.value(entry)
        if variable is None or variables.count(variable) > 1 or value.shape != evaluation.named(variable).shape:
            raise NotUnderstood("the arguments of a function were not understood")
        inner = inner.under(At(variable, value))
    return inner.value(function)


def _applied(evaluation: Evaluation, function: kinds.Node, argument: kinds.Group, variable: str) -> Jet:
    """The function with what stands in the brackets in the place of its variable."""
    value = evaluation.value(argument.body)
    expected = evaluation.named(variable)
    if value.shape != expected.shape:
        body = kinds.whole_of(function)
        name = body.text if isinstance(body, kinds.Name) else "a function"
        raise ShapeError(f"{name} is taken at {value.shown()}, and {variable} is {expected.shown()}")
    return evaluation.under(At(variable, value)).value(function)
