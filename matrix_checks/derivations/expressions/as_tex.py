"""Expressions as TeX again, to be quoted in a reason."""

from matrix_checks.derivations.expressions import kinds


def tex(node: kinds.Node) -> str:
    """An expression as TeX between dollar signs."""
    return f"${_tex(node)}$"


def _tex(node: kinds.Node) -> str:
    if isinstance(node, kinds.Number):
        value = node.value
        return str(value.numerator) if value.denominator == 1 else f"\\frac{{{value.numerator}}}{{{value.denominator}}}"
    if isinstance(node, kinds.Name):
        base, _, label = node.text.partition("_")
        base = {"\\ones": "\\mathbf{1}"}.get(base, base)
        base = f"\\text{{{base}}}" if len(base) > 1 and base.isalpha() else base
        return f"{base}_{{{label}}}" if label else base
    if isinstance(node, kinds.Indexed):
        return f"{_closed(node.body)}_{{{' '.join(map(_tex, node.indices))}}}"
    if isinstance(node, kinds.Slice):
        return ":"
    if isinstance(node, kinds.Transposed):
        return f"{_closed(node.body)}^\\top"
    if isinstance(node, kinds.Group):
        return f"({_tex(node.body)})"
    if isinstance(node, kinds.Negative):
        return f"-{_closed(node.body) if isinstance(node.body, kinds.Add) else _tex(node.body)}"
    if isinstance(node, kinds.Add):
        text = _tex(node.terms[0])
        for term in node.terms[1:]:
            text += f" {_tex(term)}" if isinstance(term, kinds.Negative) else f" + {_tex(term)}"
        return text
    if isinstance(node, kinds.Product):
        text = _tex(node.factors[0])
        for sign, factor in zip(node.signs, node.factors[1:]):
            text += {"": " ", "*": " \\cdot ", "odot": " \\odot ", "otimes": " \\otimes "}[sign] + _tex(factor)
        return text
    if isinstance(node, kinds.Quotient):
        return f"\\frac{{{_tex(node.top)}}}{{{_tex(node.bottom)}}}"
    if isinstance(node, kinds.Power):
        return f"{_closed(node.body)}^{{{_tex(node.exponent)}}}"
    if isinstance(node, kinds.Sum):
        below = node.index + (f" \\ne {node.other}" if node.other else f" = {_tex(node.lower)}" if node.lower else "")
        above = f"^{{{_tex(node.upper)}}}" if node.upper else ""
        return f"\\sum_{{{below}}}{above} {_closed(node.body) if isinstance(node.body, kinds.Add) else _tex(node.body)}"
    if isinstance(node, kinds.Function):
        name = {"delta": "\\delta", "exp": "\\exp", "log": "\\log", "max": "\\max"}.get(node.name, f"\\operatorname{{{node.name}}}")
        inside = " ".join(map(_tex, node.arguments))
        return f"{name}_{{{inside}}}" if node.name == "delta" else f"{name}({inside})"
    if isinstance(node, kinds.Limit):
        return f"\\lim_{{{node.name} \\to 0}} {_closed(node.body)}"
    if isinstance(node, kinds.Norm):
        return f"\\lVert {_tex(node.body)} \\rVert"
    if isinstance(node, kinds.Inner):
        return f"\\langle {_tex(node.left)}, {_tex(node.right)} \\rangle"
    if isinstance(node, kinds.Derivative):
        return f"\\frac{{\\partial {_closed(node.top)}}}{{\\partial {_tex(node.bottom)}}}"
    if isinstance(node, kinds.Differentiated):
        return f"d{_closed(node.body)}"
    if isinstance(node, kinds.Differential):
        return f"[D_{{{_tex(node.point)}}} {_tex(node.body)}]({_tex(node.step)})"
    return "\\ldots"


def _closed(node: kinds.Node) -> str:
    simple = (
        kinds.Number,
        kinds.Name,
        kinds.Indexed,
        kinds.Group,
        kinds.Function,
        kinds.Norm,
        kinds.Inner,
        kinds.Transposed,
    )
    return _tex(node) if isinstance(node, simple) else f"({_tex(node)})"
