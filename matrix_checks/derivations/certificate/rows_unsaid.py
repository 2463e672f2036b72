r"""What is true where all vectors are rows, in a text that does not say so: ``g (\operatorname{diag}(y) - y^\top y)``.

The row before a matrix tells that they may be meant; ``y^\top y`` alone is a mistake of those who have columns.
"""

from dataclasses import replace

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.equality.fitted_numbers import upstream_names
from matrix_checks.derivations.expressions import kinds


def is_true_of_rows(claim: Claim) -> str:
    """That a claim is true of rows, which it may be said of; empty where it is not."""
    upstream = upstream_names(claim.context.views)
    products = [part for part in claim.parts(kinds.Product) if isinstance(part, kinds.Product)]
    if not any(isinstance(part.factors[0], kinds.Name) and part.factors[0].text in upstream for part in products):
        return ""
    rows = [view for view in claim.context.views_unsaid if view.variables.get("x", ("", ""))[0] == "1"]
    setting = claim.context.setting()
    is_true = any(holds(replace(setting, views=(view,), kept={}, ranges={}), *claim.sides) for view in rows)
    return "it is true of rows, and the text does not say which vectors are rows" if is_true else ""
