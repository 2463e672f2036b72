"""What words call the matrix of the derivatives of a layer, and of the second derivatives of a number, beside its letter."""

import re

# The matrix of the derivatives of a layer.
_JACOBIAN = (
    r"(?:jacobian\w*|ja[ck]obi\w*|jakobi\w*|(?:matrix of (?:partial )?)?derivatives?|ableitung(?:smatrix)?|dérivée|derivada|derivata|pochodn[aą])"
    r"(?:[ -](?:matri\w*|matrice|macierz\w*))?|(?:матриц\w+ )?якоби(?:ан\w*)?|производн\w+|雅可比(?:矩阵)?|雅各比(?:矩阵)?|ヤコビ(?:行列|アン)|야코비(?:안| 행렬)?"
)
_OF_LAYER = r"(?: (?:of|for) (?:the|this|our) (?:layer|normalization|normalisation|softmax|output)| der (?:schicht|softmax)| de (?:la couche|la capa)| слоя)"
# Directly before its letter, and directly behind it.
_BEFORE = rf"{_OF_LAYER}?(?:\s+(?:is|reads|equals|becomes|has(?: the)?(?: entries)?|entries|ist|lautet|est|es|è|é|to))?[\s:,(*_]*$"
JACOBIAN_BEFORE = re.compile(rf"(?i)(?<![^\W\d_])(?:{_JACOBIAN}){_BEFORE}")
_IS_THE = (
    r"(?i)^[\s,*_]*(?:(?:be|is|for|denotes?|means|stands for|ist|sei|bezeichne[t]?|für|est|soit|désigne|es|sea|denota|sia|è|é|oznacza|jest|обозначает|это|есть|—|–|是|为|表示)"
    r"[\s*_]+|[是为])(?:(?:the|its|our|die|la|le|el|lo|a|o|unsere)[\s*_]+|l['’])?"
)
IS_JACOBIAN = re.compile(rf"{_IS_THE}(?:{_JACOBIAN})(?![^\W\d_])")
# The same of the second derivatives of a number.
_HESSIAN = r"(?:hess\w*|matrix of second derivatives|гесс\w*|海森|黑塞|ヘッセ|헤시안)(?:[ -](?:matri\w*|matrice|macierz\w*)|矩阵|行列)?(?: of the (?:function|loss))?"
HESSIAN_BEFORE = re.compile(rf"(?i)(?<![^\W\d_]){_HESSIAN}{_BEFORE}")
IS_HESSIAN = re.compile(rf"{_IS_THE}(?:{_HESSIAN})(?![^\W\d_])")
# Of letters without dollar signs: "let J denote the Jacobian", "the Hessian H".
_PLAIN = r"(?<![\w\\$])([B-HJ-Z]) (?:denotes?|is|be|for|means) (?:the )?{0}\b|(?<![^\W\d_]){0}(?: matrix)? ([B-HJ-Z])(?![\w'’])"
PLAIN_JACOBIAN = re.compile(_PLAIN.format(r"[Jj]acobian"))
PLAIN_HESSIAN = re.compile(_PLAIN.format(r"[Hh]essian"))
# What stands between a Jacobian, what it is of, and what it is by.
OF_WHAT = re.compile(r"(?i)^\s*(?:of|for|von|der|de|di|du|da|для|функции|dla|的)\s*$")
OF_AT_END = re.compile(r"(?i)\s+(?:of|for|von|der|de|di|du|da|для|функции|dla)\s*$")
IS_ALONE = re.compile(r"(?i)\s*(?:is|equals|reads|becomes|ist|lautet|est|es|è|é|jest|равен|равна|—)\s*:?\s*")
WITH_RESPECT = re.compile(
    r"(?i)^\s*(?:with respect to|w\.?\s?r\.?\s?t\.?|in|by|nach|bezüglich|par rapport à|(?:con )?respecto (?:a|de)|rispetto a|(?:com )?relação a|по|względem|关于|对)\s*$"
)
