r"""A letter that words call the exercise's function: "let $\varsigma$ be the softmax", "we write $f$ for softmax"."""

import re
from collections.abc import Iterator

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.meanings import OUTPUTS
from matrix_checks.derivations.context.statements_of_text import tokens_of, with_names
from matrix_checks.derivations.equality.equality import holds
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.letters.letters_said import NO_LETTERS
from matrix_checks.derivations.reading.formulas import Piece, prose_at
from matrix_checks.derivations.values.exercise import View

_ARTICLE = r"(?:(?:the|a|die|der|das|eine|le|la|une|el|lo|il|o|a|uma|una|our)\s+)?"
_FUNCTION = r"(?:(?:the|die|la|el|a)\s+)?(?:function\s+|funktion\s+|fonction\s+|función\s+|funzione\s+|функци\w+\s+)?"
_NOUN = r"(?:functions?|funktion|fonction|función|funzione|функци\w+|map|mapping|output|vector)"
_SOFTMAX = r"\*{0,2}soft-?max\*{0,2}"
# Behind a letter; a softmax loss is something else.
_IS = re.compile(
    r"(?i)^\s*(?:(?:is|be|denotes?|means|stands for|for|ist|sei|sein|für|bezeichne\w*|est|soit|désigne|pour|es|sea|denota|para|è|sia|indica|per|é|seja|"
    rf"это|есть|обозначает|для|jest|to|oznacza)\s+|[—–-]\s*){_ARTICLE}{_FUNCTION}{_SOFTMAX}(?:[\s-]*{_NOUN})?\s*"
    r"(?:$|[.,;:()]|\b(?:of|and|with|so|then|von|und|mit|de|et|avec|y|con|di|e|и|от)\b)"
)
# Between the letter of the output and that of the input, and behind that.
_OF_INPUT = re.compile(rf"(?i)[^.;:]*{_SOFTMAX}(?:[\s-]*{_NOUN})?\s*(?:of|von|de|du|di|del|von|от|для)?\s*$")
_IS_CHINESE, _SOFTMAX_CHINESE = re.compile(r"\s*(?:就)?是\s*$"), re.compile(rf"(?i)\s*的\s*{_SOFTMAX}")
# Before a letter, and before that.
_CALLED = re.compile(
    rf"(?i){_SOFTMAX}(?:[\s-]*{_NOUN})?\s*(?:(?:is )?(?:called|written|denoted)\s*(?:by|as)?|by|as|,|:|\(|mit|durch|par|por|con|через)?\s*$"
)
_OF = re.compile(
    r"(?i)\b(?:of|for|by|through|behind|after|before|in|der|des|vor|nach|von|de|du|del|di|della|do|pour|par|для|от|у)\s+(?:(?:the|a|an|la|il|le|el|der|die)\s+)?$"
)
# Before a function that is called, where its letter is the usual one.
_NEAR = re.compile(rf"(?i){_SOFTMAX}[^.;]*$")
_OTHER = re.compile(r"(?i)sigmoid|logisti|сигмоид|логист")
_USUAL = ("\\sigma", "\\varsigma", "S")
# Or an entry of it.
_LETTER = re.compile(r"\s*(\\?[A-Za-z]+)\s*(?:_\s*(?:[a-z]|\{\s*[a-z]\s*\})\s*)?")
_CALL = re.compile(r"\s*(\\?[A-Za-z]+?)\s*(?:\\left|\\bigl?)?\(")


def take_letters_of_outputs(context: Context, found: list[Piece]) -> None:
    """Take letters that the text calls softmax for the output of the exercise, where it is one of its only variable, and the letter of that."""
    said = [(letter, of) for letter, of in _called_so(context, found) if _is_free(context, letter)]
    if len({letter for letter, _ in said}) != 1:
        return
    names = [_softmax_of(context, view) for view in context.views]
    (letter, of), *_ = sorted(said, key=lambda each: not each[1])
    if any(names):
        of = of if of != letter and _is_free(context, of) else ""
        context.look_at(
            with_names(view, {letter: meant[0], **({of: meant[1]} if of else {})}) if meant else view
            for view, meant in zip(context.views, names)
        )


def _called_so(context: Context, found: list[Piece]) -> Iterator[tuple[str, str]]:
    """The letters that are called so, each with that of which it is the softmax, if that is said."""
    has_other = any(_OTHER.search(piece.source) for piece in found)
    for place, piece in enumerate(found):
        if piece.kind == "prose":
            continue
        before, behind = prose_at(found, place - 1), prose_at(found, place + 1)
        letter, call = _LETTER.fullmatch(piece.source), _CALL.match(piece.source)
        called = _CALLED.search(before)
        of = found[place + 2] if place + 2 < len(found) and found[place + 2].kind != "prose" else None
        is_chinese = _IS_CHINESE.fullmatch(behind) and _SOFTMAX_CHINESE.match(prose_at(found, place + 3))
        if letter and (is_chinese or _IS.search(behind) or (called and not _OF.search(before[: called.start()]))):
            is_of = of is not None and (is_chinese or _OF_INPUT.fullmatch(behind))
            yield (
                context.only_name(tokens_of(context, piece)) or letter[1],
                context.only_name(tokens_of(context, of)) if of is not None and is_of else "",
            )
        elif call and not has_other and call[1] in _USUAL and _NEAR.search(before):
            yield call[1], ""


def _is_free(context: Context, letter: str) -> bool:
    is_letter = len(letter) == 1 or letter.startswith("\\")
    is_said = letter in context.later_entries or any(letter not in tokens for tokens in context.later.get(letter, ()))
    return is_letter and letter not in context.known | NO_LETTERS and not is_said


def _softmax_of(context: Context, view: View) -> tuple[str, str] | None:
    """What a view has for the softmax of its variable, and the variable; ``None`` for nothing."""
    for name in OUTPUTS:
        for variable in view.behind(name) & view.variables.keys() if name in view.definitions else ():
            if holds(context.setting((view,)), kinds.Name(name), kinds.Function("softmax", (kinds.Name(variable),))):
                return name, variable
    return None
