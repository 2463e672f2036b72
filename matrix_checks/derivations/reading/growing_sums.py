"""How far a sum reaches: over the later terms that hold its index, for without brackets they are meant, too."""

from matrix_checks.derivations.expressions.kinds import Add, Indexed, Name, Negative, Node, Number, Product, Quotient, Sum


def with_sums_grown(terms: list[Node]) -> list[Node]:
    """A sum reaches over the later terms that hold its index: ``\\sum_i a_i + b_i`` without brackets means both."""
    found: list[Node] = []
    for each in terms:
        last = found[-1] if found else None
        inner = last.body if isinstance(last, Negative) else last
        scaled = _with_last_sum_grown(last, each) if isinstance(last, Product) else None
        if scaled is not None:
            # The number before a sum is one of all that it reaches over.
            found[-1] = scaled
            continue
        if isinstance(inner, Sum) and _belongs_to(inner.index, each):
            added = Negative(each) if isinstance(last, Negative) else each
            # A sum inside reaches as far, if its index is there, too.
            inside = with_sums_grown([inner.body, added])
            body = inside[0] if len(inside) == 1 else Add(tuple(inside))
            grown = Sum(inner.index, inner.lower, inner.upper, inner.other, body)
            found[-1] = Negative(grown) if isinstance(last, Negative) else grown
        else:
            found.append(each)
    return found


def _with_last_sum_grown(node: Product, term: Node) -> Product | None:
    """``\\frac1K \\sum_i a_i`` with a later term that holds the index of its sum; ``None`` where that does not belong to it."""
    last, before = node.factors[-1], node.factors[:-1]
    is_scaled = all(isinstance(factor, (Number, Quotient)) for factor in before)
    if not is_scaled or not isinstance(last, Sum) or not _belongs_to(last.index, term):
        return None
    (grown,) = with_sums_grown([last, term])
    return Product((*before, grown), node.signs)


def _belongs_to(index: str, node: Node) -> bool:
    """Whether a term holds the index of a sum before it, and has no sum of its own over it."""
    holds = any(isinstance(each, Indexed) and Name(index) in each.indices for each in node.everything)
    return holds and not any(isinstance(each, Sum) and each.index == index for each in node.everything)
