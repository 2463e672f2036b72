r"""An expression alone that words call the answer: "so the gradient is ``2x``", "``B^\top`` is the derivative", or a box around it."""

import re

from matrix_checks.derivations.reading.formulas import Piece, prose_at

_ANSWER = (
    r"(?:gradients?|derivatives?|answer|result|solution|gradienten?|ableitung|antwort|ergebnis|dérivée|réponse|résultat|gradiente|derivada|respuesta|resultado|"
    r"derivata|risposta|risultato|resposta|pochodna|odpowiedź|wynik|градиент|производная|ответ|результат|градієнт|похідна|відповідь)"
)
_CHINESE = r"(?:梯度|导数|答案|结果)"
# Of what, and by what: formulas may stand there, but no other sentence.
_OF = r"(?:(?!respect|\b(?:in|by|nach|par|bezüglich)\b)[^.;!?\n=]){0,30}"
_IS = r"(?:\b(?:is|equals|becomes|ist|est|es|è|é|jest|to|равен|равна|это|дорівнює)|[=:—–-])"
_BEFORE = re.compile(
    rf"(?i)(?:\b{_ANSWER}\b{_OF}{_IS}|{_CHINESE}[^。；\n]{{0,20}}[是为：:])(?:\s+(?:just|simply|therefore|thus|then|the|also|daher|also|donc))*[\s*_:]*$"
)
_BEHIND = re.compile(
    rf"(?i)^[\s*_]*(?:is|as|ist|als|est|es|è|é|jest|—|это|есть)\s+(?:(?:the|our|my|die|der|das|la|le|el|il|o|a|sought|wanted|final)\s+)*{_ANSWER}\b|^\s*[是为][^。\n]{{0,6}}{_CHINESE}"
)
_OF_OUTPUT = re.compile(r"\s*[a-zA-Z]\s*")
_BOX = re.compile(r"\s*\\(?:boxed|fbox|framebox)\s*\{")
# So a sentence says that it is none, or not the whole of it.
_NOT = re.compile(
    r"(?i)\b(?:not|no|never|wrong|some|would|whereas|only|proportional|orthogonal|instead|rather|if|nicht|kein|falsch|wäre|pas|faux|serait|no es|sería|non|sarebbe|não|seria|"
    r"nie|byłoby|не|неверн\w*|бы|если|know|whether|suppose|cannot|can't|should|friend\w*|they|lecture|someone|up to|had)\b|不|若|如果"
)
_ENDS = re.compile(r"^\s*(?:$|[.)!。]|\*\*|\n)(?![^.\n]*\?)")
_SENTENCE = re.compile(r"[.!?;。！？]\s|\n[ \t]*\n")


def last_called_answer(found: list[Piece]) -> int:
    """The place of the last expression that is said to be the answer; -1 for none. Those before it may be thoughts."""
    return max(
        (place for place in range(len(found)) if found[place].kind != "prose" and _is_called_answer(found, place)), default=-1
    )


def _is_called_answer(found: list[Piece], place: int) -> bool:
    """Whether a formula is said to be the answer, by the words around it or by a box."""
    before = prose_at(found, place - 1)
    behind = prose_at(found, place + 1)
    # A sentence may go through several formulas.
    sentence = _SENTENCE.split(" ".join(piece.source for piece in found[max(place - 5, 0) : place]))[-1]
    if _BEHIND.match(behind):
        return _NOT.search(sentence + behind[:20]) is None
    if not _ENDS.match(behind) or _NOT.search(sentence):
        return False
    if place > 2 and _OF_OUTPUT.fullmatch(found[place - 2].source) and found[place - 3].kind == "prose":
        # What the gradient is of may stand between.
        before = f"{found[place - 3].source} y {before}"
    return _BEFORE.search(before) is not None or _BOX.match(found[place].source) is not None
