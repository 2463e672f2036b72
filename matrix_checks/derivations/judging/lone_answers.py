r"""An expression alone that words call the answer: "so the gradient is ``2x``", "``B^\top`` is the derivative", or a box around it."""

import re

from matrix_checks.derivations.reading.formulas import Piece

_ANSWER = (
    r"(?:gradients?|derivatives?|answer|result|solution|gradienten?|ableitung|antwort|ergebnis|dérivée|réponse|résultat|gradiente|derivada|respuesta|resultado|"
    r"derivata|risposta|risultato|resposta|pochodna|odpowiedź|wynik|градиент|производная|ответ|результат|градієнт|похідна|відповідь)"
)
_CHINESE = r"(?:梯度|导数|答案|结果)"
# Of what, and by what: formulas may stand there, but no other sentence.
_OF = r"(?:[^.;!?\n=]{0,60})"
_IS = r"(?:\b(?:is|equals|becomes|ist|est|es|è|é|jest|to|равен|равна|это|дорівнює)|[=:—–-])"
_BEFORE = re.compile(
    rf"(?i)(?:\b{_ANSWER}\b{_OF}{_IS}|{_CHINESE}[^。；\n]{{0,20}}[是为：:])(?:\s+(?:just|simply|therefore|thus|then|the|also|daher|also|donc))*[\s*_:]*$"
)
_BEHIND = re.compile(
    rf"(?i)^[\s*_]*(?:is|as|ist|als|est|es|è|é|jest|—|это|есть)\s+(?:(?:the|our|my|die|der|das|la|le|el|il|o|a|sought|wanted|final)\s+)*{_ANSWER}\b|^\s*[是为][^。\n]{{0,6}}{_CHINESE}"
)
_BOX = re.compile(r"\s*\\(?:boxed|fbox|framebox)\s*\{")
# So a sentence says that it is none.
_NOT = re.compile(r"(?i)\b(?:not|no|never|wrong|nicht|kein|falsch|pas|faux|no es|non|não|nie|не|неверн\w*)\b|不")


def is_called_answer(found: list[Piece], place: int) -> bool:
    """Whether a formula is said to be the answer, by the words around it or by a box."""
    # What the gradient is of may stand between.
    before = " ".join(piece.source for piece in found[max(place - 3, 0) : place])
    behind = found[place + 1].source if place + 1 < len(found) and found[place + 1].kind == "prose" else ""
    said = _BEFORE.search(before) or _BEHIND.match(behind)
    if said is None:
        return _BOX.match(found[place].source) is not None
    return _NOT.search(said[0]) is None
