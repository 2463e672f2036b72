"""Whether it is known how what is differentiated depends on what it is differentiated by."""

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.deviation import with_kept_letters
from matrix_checks.derivations.equality.interpretations import OF_ANY_SIZE
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import bare
from matrix_checks.derivations.values.exercise import meanings_of


def unknown_dependence(context: Context, left: kinds.Node, right: kinds.Node) -> str:
    """Which derivative is taken of or by a name of which nothing is known; empty for none. Such a derivative is no zero."""
    given = {name for view in context.views for name in (view.origin or view).names}
    for side in with_kept_letters((left, right), context.views):
        named = [part for name in sorted(side.names & context.memory.gradient_names) for part in meanings_of(context.views, name)]
        for part in (*named, *(side.everything if kinds.Derivative in side.kinds else ())):
            if isinstance(part, kinds.Derivative) and not _depends(context, part, given):
                return "it is not said how what is differentiated depends on the variable"
    return ""


def _depends(context: Context, part: kinds.Derivative, given: set[str]) -> bool:
    body = bare(part.bottom)
    body = kinds.whole_of(body)
    if isinstance(body, kinds.Name) and body.text in context.own - part.top.names and not _is_alias(context, body.text):
        # A name of the text's own is no entry of the matrix with its capital letter.
        return any(
            body.text in view.reached_from(meant)
            for view in context.views
            for name in part.top.names
            for meant in view.meant_by(name)
        )
    if not isinstance(body, kinds.Name) or not body.text or {body.text, body.text.upper()} & part.top.names:
        return True
    views = context.views
    top = {meant for view in views for name in part.top.names for meant in view.meant_by(name)}
    # A step is a letter of which the text says nothing: in a derivative by something else it may be a function of that.
    if not top & (context.known - context.steps.keys() | OF_ANY_SIZE) and part.top.names:
        return False
    wanted = {meant for view in views for meant in view.meant_by(body.text)}
    return bool(wanted & given) or any(wanted & view.reached_from(name) for view in views for name in top)


def _is_alias(context: Context, name: str) -> bool:
    return any(name in view.aliases for view in context.views)
