r"""What words behind a letter say that it is, so that it is not just any array of its shape: "$A$ is symmetric", "let $B$ be a projection"."""

import re

PROPERTY = re.compile(
    r"(?i)^[^.]{0,25}?\b(?:symmetric|invertible|square|diagonal|orthogonal|singular|scalar|zero|the identity|(?:die )?einheitsmatrix|identitätsmatrix|matriz identidad|macierz\w* jednostkow\w*|единичн\w*|симметр\w*|обратим\w*|"
    r"квадрат\w*|диагональ\w*|ортогональ\w*|symmetrisch|invertierbar|quadratisch|sim[eé]tric\w*|cuadrad\w*|ortogonal\w*|"
    r"null|nul(?:l[aoei]|le|les|s)?|nul[ao]s?|zero?w\w*|sıfır|нул\w*|simmetric\w*|symétriques?|symetryczn\w*|simetrik|diagonal\w*|carrées?|quadrat[aoei]|quadrad[ao]|"
    r"inver[st]i\w*|odwracaln\w*|l'identit\w+|l'unité|identità|identidade|costant\w*|constantes?|scalair\w*|scalar[ei]|scalare)\b|"
    r"^[^.。]{0,8}(?:对称|可逆|方阵|正交|为零|是零|零矩阵|单位)"
)
STRICT_PROPERTY = re.compile(
    r"(?i)^[^.]{0,25}?\b(?:orthogonal\w*|orthonormal\w*|ortogonal\w*|ортогональ\w*|diagonal\w*|диагональ\w*|the identity|(?:die )?einheitsmatrix|"
    r"l'identit\w+|l'unité|identità|identidade|единичн\w+|одиничн\w+)\b|^[^.。]{0,8}(?:正交|对角|单位)"
)
# What nobody says of an array that may be any: it has this property only because the text gives it that.
_GIVEN = (
    r"(?:(?:ortho|semi-?ortho)(?:gonal|normal)\w*|(?:skew|anti)[- ]?sym\w+|idempotent\w*|nilpotent\w*|involut\w+|(?:an? )?(?:\w+ )?projec(?:tion|tor)\b|"
    r"(?:an? )?(?:permutation|identity|diagonal|zero|rotation|reflection)(?: |-)matri\w+|(?:an? |the )?(?:\w+ )?one[- ]hot\b|(?:a |of )?rank[- ](?:1|one)\b|"
    r"positive (?:semi-?)?definit\w*|schiefsymmetri\w+|antisymétri\w+|antisim[eé]tri\w+|antisimmetri\w+|antissimétri\w+|антисимметри\w+|кососимметри\w+|"
    r"cent(?:ere|re)d|zero[- ]mean|mean[- ]zero|of mean zero|zentriert\w*|centré\w*|centrad\w*|центрирован\w+|standardi[sz]ed|whitened|"
    r"идемпотент\w+|проектор\w*|orthonormé\w*|orthonormées?|ortonormal\w*|ортонормирован\w+|(?:eine )?permutationsmatrix|(?:eine )?projektion\w*|idempotente?s?)"
)
_IS = r"(?:is|are|has|have|be|being|ist|sind|sei|seien|est|sont|soit|es|son|sea|sean|è|sono|sia|é|são|seja|jest|są|—|–)"
IS_GIVEN = re.compile(rf"(?i)^\s*(?:(?:{_IS}|both|all|also|now|then|here|even)\s+){{1,3}}{_GIVEN}")
# As in "sei $B$ schiefsymmetrisch".
_GIVEN_AT_ONCE = re.compile(rf"(?i)\s*{_GIVEN}")
# Before a letter: the property is one of its lines, or of the letter itself, as in "orthonormal $A$".
GIVEN_BEFORE = re.compile(rf"(?i)\b(?:with|for|assum\w+|suppos\w+|let|given|when|if)\s+(?:an?\s+|the\s+)?{_GIVEN}\s*$")
# What an array may be in general: none of these is a property.
_ANY_ARRAY = re.compile(
    r"(?i)\b(?:vectors?|matri(?:x|ces)|arrays?|tensors?|columns?|rows?|inputs?|outputs?|weights?|bias\w*|gradients?|derivatives?|loss\w*|functions?|maps?|batch\w*|sizes?|"
    r"numbers?|scalars?|reals?|index|indices|samples?|objects?|features?|class\w*|layers?|data|any\w*|arbitrary|general|real|complex|given|fixed|constants?|known|unknown|variables?|independent\w*|"
    r"differentiable|smooth|small|tiny|infinitesimal|dimension\w*|shape\w*|of|as|the|what|our|some|like|called|written|named|defined|such|not|no|never|in|on|from|by|where|its|this|that|"
    r"parameters?|labels?|logits?|probabilit\w+|scores?|jacobians?|hessians?|entry|entries|elements?|components?|differentials?|perturbations?|increments?|changes?|steps?|directions?|"
    r"upstream|incoming|mean|variance|average|square|residuals?|errors?|cost|objective|product|sum|trace|norm|\w+ed|\w+ing|\d\S*)\b|[^\x00-\x7f]|`"
)
# Of a layer's input, these words may say what the layer does.
_BE_SCALED = re.compile(
    r"(?i)^\s*be (?:an? |any |some )?(?:already |arbitrary )?(?:unit|normali[sz]ed|cent(?:ere|re)d|whitened|standardi[sz]ed|(?:of )?(?:unit|norm|length))\b"
)
_IS_SOMETHING = re.compile(r"(?i)^\s+(?:is|are|be)\s+((?:an?\s+)?[a-z][a-z -]*)(?=[.,;:]|$)")


def gives_property(said: str, lets: bool) -> bool:
    """Whether the words behind a letter of a hypothesis give it a property.

    Parameters
    ----------
    said
        The words, to the end of their sentence.
    lets
        Whether the text lets the letter be something, which is a hypothesis only where few arrays are that.
    """
    if (STRICT_PROPERTY if lets else PROPERTY).search(said) or IS_GIVEN.search(said):
        return True
    if lets and (_GIVEN_AT_ONCE.match(said) or _BE_SCALED.search(said)):
        return True
    something = _IS_SOMETHING.match(said)
    # "Let $A$ be square" and "let $A$ be symmetric" are said of what the rest of the text is about.
    return something is not None and not PROPERTY.search(said) and not _ANY_ARRAY.search(something[1])
