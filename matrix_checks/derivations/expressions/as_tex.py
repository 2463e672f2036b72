"""Expressions as TeX again, to be quoted in a reason; each kind of expression has one function here, registered by its type."""

from functools import singledispatch

from matrix_checks.derivations.expressions import kinds

_SIGNS = {"": " ", "at": " ", "*": " \\cdot ", "odot": " \\odot ", "oslash": " \\oslash ", "otimes": " \\otimes "}
_FUNCTIONS = {"delta": "\\delta", "exp": "\\exp", "log": "\\log", "max": "\\max"}
# What stands there in place of the name and the brackets.
_WRITTEN = {"\\constant": "\\text{const}", "\\pm": "\\pm", "\\mp": "\\mp"}
# Kinds that need no brackets wherever they stand.
_SIMPLE = (
    kinds.Number,
    kinds.Name,
    kinds.Indexed,
    kinds.Group,
    kinds.Function,
    kinds.Norm,
    kinds.Inner,
    kinds.Transposed,
)


def tex(node: kinds.Node) -> str:
    """An expression as TeX between dollar signs."""
    return f"${_tex(node)}$"


@singledispatch
def _tex(node: kinds.Node) -> str:
    """An expression as TeX; dots for a kind that has no function below, such as a matrix, which is too long to be quoted."""
    return "\\ldots"


def _closed(node: kinds.Node) -> str:
    return _tex(node) if isinstance(node, _SIMPLE) else f"({_tex(node)})"


def _behind_sign(node: kinds.Node) -> str:
    """With brackets around a sum, of which a sign before it would take the first term only."""
    return _closed(node) if isinstance(node, kinds.Add) else _tex(node)


@_tex.register
def _number(node: kinds.Number) -> str:
    value = node.value
    return str(value.numerator) if value.denominator == 1 else f"\\frac{{{value.numerator}}}{{{value.denominator}}}"


@_tex.register
def _name(node: kinds.Name) -> str:
    base, _, label = node.text.partition("_")
    base = {"\\ones": "\\mathbf{1}"}.get(base, base)
    base = f"\\text{{{base}}}" if len(base) > 1 and base.isalpha() else base
    base = f"{{{base}}}" if "^" in base else base
    return f"{base}_{{{label}}}" if label else base


@_tex.register
def _indexed(node: kinds.Indexed) -> str:
    return f"{_closed(node.body)}_{{{' '.join(map(_tex, node.indices))}}}"


@_tex.register
def _slice(node: kinds.Slice) -> str:
    return ":"


@_tex.register
def _transposed(node: kinds.Transposed) -> str:
    return f"{_closed(node.body)}^\\top"


@_tex.register
def _group(node: kinds.Group) -> str:
    return f"({_tex(node.body)})"


@_tex.register
def _negative(node: kinds.Negative) -> str:
    return f"-{_behind_sign(node.body)}"


@_tex.register
def _add(node: kinds.Add) -> str:
    text = _tex(node.terms[0])
    for term in node.terms[1:]:
        text += f" - {_behind_sign(term.body)}" if isinstance(term, kinds.Negative) else f" + {_tex(term)}"
    return text


@_tex.register
def _product(node: kinds.Product) -> str:
    last = len(node.factors) - 1
    texts = [_factor(factor, place == 0, place == last) for place, factor in enumerate(node.factors)]
    return texts[0] + "".join(_SIGNS[sign] + text for sign, text in zip(node.signs, texts[1:]))


def _factor(node: kinds.Node, is_first: bool, is_last: bool) -> str:
    """With brackets where the other factors would be taken for its terms, or the other way round."""
    is_open = isinstance(node, kinds.Add) or (isinstance(node, kinds.Negative) and not is_first)
    return f"({_tex(node)})" if is_open or (isinstance(node, (kinds.Sum, kinds.Limit)) and not is_last) else _tex(node)


@_tex.register
def _quotient(node: kinds.Quotient) -> str:
    return f"\\frac{{{_tex(node.top)}}}{{{_tex(node.bottom)}}}"


@_tex.register
def _power(node: kinds.Power) -> str:
    return f"{_closed(node.body)}^{{{_tex(node.exponent)}}}"


@_tex.register
def _sum(node: kinds.Sum) -> str:
    if not node.index:
        return f"\\sum {_behind_sign(node.body)}"
    below = node.index + (f" \\ne {node.other}" if node.other else f" = {_tex(node.lower)}" if node.lower else "")
    above = f"^{{{_tex(node.upper)}}}" if node.upper else ""
    return f"\\sum_{{{below}}}{above} {_behind_sign(node.body)}"


@_tex.register
def _function(node: kinds.Function) -> str:
    if node.name == "sqrt":
        return f"\\sqrt{{{_tex(node.arguments[0])}}}"
    if node.name in _WRITTEN:
        return " ".join((_WRITTEN[node.name], *map(_behind_sign, node.arguments)))
    name = _FUNCTIONS.get(node.name, f"\\operatorname{{{node.name}}}")
    inside = " ".join(map(_tex, node.arguments))
    return f"{name}_{{{inside}}}" if node.name == "delta" else f"{name}({inside})"


@_tex.register
def _limit(node: kinds.Limit) -> str:
    return f"\\lim_{{{node.name} \\to 0}} {_closed(node.body)}"


@_tex.register
def _derivative_at_zero(node: kinds.DerivativeAtZero) -> str:
    return f"\\frac{{d}}{{d{node.name}}} {_closed(node.body)} |_{{{node.name} = 0}}"


@_tex.register
def _norm(node: kinds.Norm) -> str:
    return f"\\lVert {_tex(node.body)} \\rVert"


@_tex.register
def _bars(node: kinds.Bars) -> str:
    return f"\\lvert {_tex(node.body)} \\rvert"


@_tex.register
def _inner(node: kinds.Inner) -> str:
    return f"\\langle {_tex(node.left)}, {_tex(node.right)} \\rangle"


@_tex.register
def _derivative(node: kinds.Derivative) -> str:
    return f"\\frac{{\\partial {_closed(node.top)}}}{{\\partial {_tex(node.bottom)}}}"


@_tex.register
def _partial_differential(node: kinds.PartialDifferential) -> str:
    return f"d_{{{_tex(node.variable)}}} {_closed(node.body)}"


@_tex.register
def _tuple(node: kinds.Tuple) -> str:
    return f"({', '.join(map(_tex, node.entries))})"


@_tex.register
def _differentiated(node: kinds.Differentiated) -> str:
    return f"d{_closed(node.body)}"


@_tex.register
def _differential(node: kinds.Differential) -> str:
    return f"[D_{{{_tex(node.point)}}} {_tex(node.body)}]({_tex(node.step)})"
