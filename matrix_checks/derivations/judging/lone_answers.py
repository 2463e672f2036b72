r"""An expression alone that words call the answer: "so the gradient is ``2x``", "``B^\top`` is the derivative", or a box around it."""

import re
from typing import NamedTuple

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.expressions.kinds import Node
from matrix_checks.derivations.prose.words_of_jacobians import OF_AT_END
from matrix_checks.derivations.reading.formulas import Piece, prose_at
from matrix_checks.derivations.reading.left_sides import GRADIENT, in_tex
from matrix_checks.derivations.reading.tex import NotUnderstood

# What is differentiated, a loss before what it is made of.
LOSSES = ("L", "J", "y")

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
# "So we get for the gradient $2x$."
_FOR = re.compile(
    rf"(?i)\b(?:get|obtain|find|have|gives?|erhalten|bekommen|ergibt|obtient|trouve|obtenemos|otteniamo|получаем)\b[^.;!?\n]{{0,20}}"
    rf"\b(?:for|as|für|als|pour|comme|para|como|per|come|для)\s+(?:(?:the|den|die|le|la|el|il|our)\s+)?{_ANSWER}[\s*_]*$"
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
# What stands between a variable and the gradient by it, before that variable, and the name of a gradient before what it is.
_NEAR = 80
_BE = r"(?:is|equals|becomes|ist|lautet|wird|est|vaut|es|è|é|jest|равен|равна|равно|это|дорівнює|=|:|—)"
_IT_IS = re.compile(
    rf"(?i)\s*,?\s*(?:(?:it|this|one|we (?:get|have|obtain|find)|wir (?:erhalten|bekommen))\s*)?(?:{_BE}\s*)?(?:just|simply|then)?\s*[:=]?\s*"
)
_BY_WORDS = (
    r"(?:with respect to|w\.?\s?r\.?\s?t\.?|gradients? (?:for|in|by|of)|derivatives? (?:in|by)|nach|bezüglich|par rapport à|(?:con )?respecto (?:a|de)|rispetto a|(?:com )?relação a|"
    r"относительно|производн\w+ по|градиент\w* по|względem)"
)
_BY = re.compile(rf"(?i)(?<!\w){_BY_WORDS}(?:\s+(?:the )?(?:variable|matrix|vector|input|weights?|bias))?\s*$")
_PLAIN_IS = re.compile(
    rf"(?<!\w)(?:with respect to|w\.?r\.?t\.?|(?:gradient|derivative) (?:for|in|by)) ([A-Za-z]),? (?:it )?{_BE}\s*$"
)
# The inputs of a layer, by name.
_PARTS = {"input": "x", "weight": "W", "bias": "b"}
_PART = r"(?<!\w)(?:(?:with respect to|w\.?r\.?t\.?|gradient (?:for|of|in|by)|derivative (?:for|in|by)) (?:the )?|(?=\w+[ -]gradient))(inputs?|weights?(?: matrix)?|bias)(?:[ -]gradient)?"
_PART_IS = re.compile(rf"(?i){_PART},? (?:it )?{_BE}\s*$")
# The same without a verb, in a sentence that has one: "with respect to $x$ it is ..., with respect to the weights ...".
_PART_ALONE = re.compile(rf"(?i){_PART}\s*$")
_A_VERB = re.compile(rf"(?i)\s{_BE}\s")
# A gradient as a formula of its own.
_GRADIENT = re.compile(
    r"\s*(?:\\displaystyle)?\s*(?:\\[dt]?frac\s*\{\s*(?:\\partial|d|\\mathrm\s*\{?\s*d\s*\}?)\s*[A-Za-z]\s*\}\s*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}"
    r"|(?:\\partial|d)\s*[A-Za-z]\s*/\s*(?:\\partial|d)\s*[A-Za-z]|\\nabla\s*_\s*\{?[A-Za-z](?:_\d)?\}?\s*[A-Za-z]|(?:\\text\s*\{)?grad(?:Input|W|B)\}?)\s*"
)
_NAME_IS = re.compile(rf"(?<![\w\\$])({GRADIENT})(?:\*\*)?,?\s*{_BE}(?:\*\*)?\s*$")
_GOES_ON = re.compile(
    r"(?i)^\s*(?:$|[.,;)!。]|\*\*|\n|(?:and|und|et|y|e|i|и|while|with|where|mit|wo|avec|où|con|donde|где)\b)(?![^.\n]*\?)"
)
_SENTENCE = re.compile(r"[.!?;。！？]\s|\n[ \t]*\n")


class CalledAnswer(NamedTuple):
    """What words say that an expression answers.

    Attributes
    ----------
    name
        The name of a gradient, as TeX; empty where none is said.
    variable
        The letter that something is differentiated by; empty where none is said.
    """

    name: str = ""
    variable: str = ""


def called_answers(found: list[Piece]) -> dict[int, CalledAnswer]:
    """By their places, the expressions that are said to be an answer: of those that do not say which one, the last. Those before it may be thoughts."""
    formulas = [place for place in range(len(found)) if found[place].kind != "prose"]
    last = max((place for place in formulas if _is_called_answer(found, place)), default=-1)
    named = {place: called for place in formulas if (called := _named(found, place)) is not None}
    return {last: CalledAnswer(), **named}


def asked_in_words(context: Context, called: CalledAnswer) -> Node | None:
    """The gradient that words say; ``None`` where they do not say which one, or it is none."""
    try:
        if called.name:
            return context.parse(context.tokens(called.name))
    except NotUnderstood:
        return None
    loss = next((name for name in LOSSES if any(name in view.definitions for view in context.views)), "")
    is_variable = any(view.aliases.get(called.variable, called.variable) in view.variables for view in context.views)
    return kinds.Derivative(kinds.Name(loss), kinds.Name(called.variable)) if loss and is_variable else None


def _named(found: list[Piece], place: int) -> CalledAnswer | None:
    """Which gradient the words before a formula say that it is; ``None`` for none."""
    before = prose_at(found, place - 1)
    sentence = _sentence(found, place)
    if not _GOES_ON.match(prose_at(found, place + 1)) or _NOT.search(sentence):
        return None
    if said := _NAME_IS.search(before[-_NEAR:]):
        return CalledAnswer(name=in_tex(said[1]))
    if said := _PART_IS.search(before[-_NEAR:]):
        return CalledAnswer(variable=next(letter for word, letter in _PARTS.items() if said[1].lower().startswith(word)))
    if said := _PLAIN_IS.search(before[-_NEAR:]):
        return CalledAnswer(variable=said[1])
    if (said := _PART_ALONE.search(before[-_NEAR:])) and _A_VERB.search(sentence):
        return CalledAnswer(variable=next(letter for word, letter in _PARTS.items() if said[1].lower().startswith(word)))
    if place > 1 and found[place - 2].kind == "inline" and before.strip() and _IT_IS.fullmatch(before):
        said = _GRADIENT.fullmatch(found[place - 2].source)
        if said:
            return CalledAnswer(name=said[0].strip())
    letter = _OF_OUTPUT.fullmatch(found[place - 2].source) if place > 2 and found[place - 2].kind == "inline" else None
    is_short = len(before) <= _NEAR
    if (
        letter
        and is_short
        and _IT_IS.fullmatch(before)
        and _BY.search(prose_at(found, place - 3)[-_NEAR:])
        and _is_of_output(found, place - 4)
    ):
        return CalledAnswer(variable=letter[0].strip())
    return None


def _is_of_output(found: list[Piece], place: int) -> bool:
    """Whether what stands behind "the gradient of" is what is differentiated, where a formula stands there at all."""
    return OF_AT_END.search(prose_at(found, place - 1)) is None or found[place].source.strip() in LOSSES


def _sentence(found: list[Piece], place: int) -> str:
    """The words of the sentence before a formula, which may go through several formulas."""
    return _SENTENCE.split(" ".join(piece.source for piece in found[max(place - 5, 0) : place]))[-1]


def _is_called_answer(found: list[Piece], place: int) -> bool:
    """Whether a formula is said to be the answer, by the words around it or by a box."""
    before = prose_at(found, place - 1)
    behind = prose_at(found, place + 1)
    sentence = _sentence(found, place)
    if _BEHIND.match(behind):
        return _NOT.search(sentence + behind[:20]) is None
    if not _ENDS.match(behind) or _NOT.search(sentence):
        return False
    if place > 2 and _OF_OUTPUT.fullmatch(found[place - 2].source) and found[place - 3].kind == "prose":
        # What the gradient is of may stand between.
        before = f"{found[place - 3].source} y {before}"
    return _BEFORE.search(before) is not None or _FOR.search(before) is not None or _BOX.match(found[place].source) is not None
