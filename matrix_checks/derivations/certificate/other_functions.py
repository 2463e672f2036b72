"""What is said of another function than the exercise's: "for LogSoftMax it is even simpler", "with a ReLU behind it"."""

import re

from matrix_checks.derivations.context.claims import Claim

OF_ANOTHER = "it may be said of another function, which the text names"
_NAMED = re.compile(
    r"(?i)(?<![^\W\d_])(?<!as )(?<!like )(?<!wie )(?<!comme )(?<!как )(?<!como )(?<!come )(?<!jak )(?:for|bei|beim|für|pour|para|per|для|при|у|dla|对|对于)\s*(?:an?|the|einem?|den|die|das|la|le|el|il|функции|слоя)?\s*[`*_]*"
    r"(?:log[- ]?soft-?max|sigmoid\w*|sparsemax|softplus|tanh|relu|gelu|layer ?norm\w*|group ?norm\w*|instance ?norm\w*|rms ?norm\w*|dropout|convolution\w*|"
    r"сигмоид\w*|свёртк\w*)(?![^\W\d_])"
)


def is_of_another_function(claim: Claim) -> str:
    """Whether words before a claim, in its paragraph, name another function."""
    return OF_ANOTHER if _NAMED.search(claim.surroundings.paragraph) else ""
