"""Expressions as TeX again, to be quoted in a reason."""

from autograder.writeups import syntax


def tex(node: syntax.Node) -> str:
    """An expression as TeX between dollar signs."""
    return f"${_tex(node)}$"


def _tex(node: syntax.Node) -> str:
    if isinstance(node, syntax.Number):
        value = node.value
        return str(value.numerator) if value.denominator == 1 else f"\\frac{{{value.numerator}}}{{{value.denominator}}}"
    if isinstance(node, syntax.Name):
        base, _, label = node.text.partition("_")
        base = {"\\ones": "\\mathbf{1}"}.get(base, base)
        base = f"\\text{{{base}}}" if len(base) > 1 and base.isalpha() else base
        return f"{base}_{{{label}}}" if label else base
    if isinstance(node, syntax.Indexed):
        return f"{_closed(node.body)}_{{{' '.join(map(_tex, node.indices))}}}"
    if isinstance(node, syntax.Slice):
        return ":"
    if isinstance(node, syntax.Transposed):
        return f"{_closed(node.body)}^\\top"
    if isinstance(node, syntax.Group):
        return f"({_tex(node.body)})"
    if isinstance(node, syntax.Negative):
        return f"-{_closed(node.body) if isinstance(node.body, syntax.Add) else _tex(node.body)}"
    if isinstance(node, syntax.Add):
        text = _tex(node.terms[0])
        for term in node.terms[1:]:
            text += f" {_tex(term)}" if isinstance(term, syntax.Negative) else f" + {_tex(term)}"
        return text
    if isinstance(node, syntax.Product):
        text = _tex(node.factors[0])
        for sign, factor in zip(node.signs, node.factors[1:]):
            text += {"": " ", "*": " \\cdot ", "odot": " \\odot ", "otimes": " \\otimes "}[sign] + _tex(factor)
        return text
    if isinstance(node, syntax.Quotient):
        return f"\\frac{{{_tex(node.top)}}}{{{_tex(node.bottom)}}}"
    if isinstance(node, syntax.Power):
        return f"{_closed(node.body)}^{{{_tex(node.exponent)}}}"
    if isinstance(node, syntax.Sum):
        below = node.index + (f" \\ne {node.other}" if node.other else f" = {_tex(node.lower)}" if node.lower else "")
        above = f"^{{{_tex(node.upper)}}}" if node.upper else ""
        return f"\\sum_{{{below}}}{above} {_closed(node.body) if isinstance(node.body, syntax.Add) else _tex(node.body)}"
    if isinstance(node, syntax.Function):
        name = {"delta": "\\delta", "exp": "\\exp", "log": "\\log", "max": "\\max"}.get(node.name, f"\\operatorname{{{node.name}}}")
        inside = " ".join(map(_tex, node.arguments))
        return f"{name}_{{{inside}}}" if node.name == "delta" else f"{name}({inside})"
    if isinstance(node, syntax.Limit):
        return f"\\lim_{{{node.name} \\to 0}} {_closed(node.body)}"
    if isinstance(node, syntax.Norm):
        return f"\\lVert {_tex(node.body)} \\rVert"
    if isinstance(node, syntax.Inner):
        return f"\\langle {_tex(node.left)}, {_tex(node.right)} \\rangle"
    if isinstance(node, syntax.Derivative):
        return f"\\frac{{\\partial {_closed(node.top)}}}{{\\partial {_tex(node.bottom)}}}"
    if isinstance(node, syntax.Differentiated):
        return f"d{_closed(node.body)}"
    if isinstance(node, syntax.Differential):
        return f"[D_{{{_tex(node.point)}}} {_tex(node.body)}]({_tex(node.step)})"
    return "\\ldots"


def _closed(node: syntax.Node) -> str:
    simple = (
        syntax.Number,
        syntax.Name,
        syntax.Indexed,
        syntax.Group,
        syntax.Function,
        syntax.Norm,
        syntax.Inner,
        syntax.Transposed,
    )
    return _tex(node) if isinstance(node, simple) else f"({_tex(node)})"
