r"""Properties of an array that give it other values: "let $x$ be a unit vector", "all entries of $g$ are the same"."""

import re
from collections.abc import Callable, Iterator

import numpy as np

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import formulas_of, parsed, relations, tokens_of
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.formulas import Piece, prose_at
from matrix_checks.derivations.values.exercise import NUMBER

Change = Callable[[np.ndarray], np.ndarray]

_BE = r"(?:is|be|has|are|have|with|of|being|ist|sei|hat|habe|est|soit|a|es|sea|tiene|è|sia|ha|é|seja|tem|jest|ma|—|–|-)"
_UNIT_VECTOR = (
    r"(?:unit(?:[- ]length)?(?: column)?[- ]vector|einheitsvektor|vecteur unitaire|vector unitario|vettore unitario|versore|vetor unitário|"
    r"единичн\w+ вектор\w*|wektor\w* jednostkow\w+)"
)
_UNIT_LENGTH = r"(?:(?:unit|einheits)[- ]?(?:length|norm|länge)|(?:euclidean )?(?:length|norm|länge|norme|longueur|norma|longitud|lunghezza|длин\w+|норм\w+|długość) (?:1|one|eins|un|uno|один|единица|jeden)\b)"
# Behind an array, and before one.
_IS_UNIT = re.compile(rf"(?i)^\s*(?:{_BE}\s+)?(?:(?:a|an|the|ein|un|um|of|der)\s+)?(?:{_UNIT_VECTOR}|{_UNIT_LENGTH})")
_UNIT_BEFORE = re.compile(rf"(?i)(?:{_UNIT_VECTOR}|{_UNIT_LENGTH} (?:of|von|de|di))\s*$")
_ENTRIES_OF = re.compile(
    r"(?i)\b(?:all|every|alle|tou(?:te)?s|tod[oa]s|tutt[ie]|вс[её]|wszystkie)\b[^.;$]{0,20}\b(?:entr(?:y|ies)|components?|elements?|coordinates?|values?|einträge|komponenten|"
    r"elemente|composantes|éléments|coefficients|componentes|elementos|entradas|componenti|elementi|элемент\w*|компонент\w*|координат\w*|elementy)\s*"
    r"(?:of|in|von|de|del?|di|do|у|вектора)?\s*(?:the vector\s*)?$"
)
_ARE_SAME = re.compile(
    r"(?i)^\s*(?:are|sind|sont|son|sono|são|—|są)?\s*(?:all |alle |tous |todos )?(?:the same|equal|identical|gleich|dieselben|identisch|les mêmes|égaux|égales|identiques|iguales|"
    r"idénticos|iguais|uguali|identici|равны|одинаков\w+|совпадают|równe|takie same)(?!\s*(?:to|sign|shape|size|type|order|zu|à|a|al|do|\$))\b"
)
_NOT_ALL = re.compile(
    r"(?i)\b(?:not|nicht|pas|no|non|não|nie|не) (?:all|every|alle|tou(?:te)?s|tod[oa]s|tutt[ie]|вс[её]|wszystkie)\b[^.;$]{0,40}$"
)
_ALL = r"(?:all|every|each|alle|jede\w*|tou(?:te)?s|chaque|tod[oa]s|cada|tutt[ie]|ogni|вс[её]х?|кажд\w+|wszystkie)"
_ALL_BEFORE = re.compile(rf"(?i)\b{_ALL}(?: (?:the|die|les|los|las|gli|le|of the))?\s*$")
_ALL_BEHIND = re.compile(rf"(?i)^\s*(?:for|für|pour|para|per|для|dla)\s+{_ALL}\b")
_ARE = re.compile(
    r"(?i)^\s*(?:are|is|sind|ist|sont|est|son|es|sono|è|são|é|są|jest)?\s*(?:all |alle )?(?:equal to|equal|gleich|égaux à|égales à|iguales a|iguais a|uguali a|равны|równe|the same number)\s*$"
)


def unit_vector(array: np.ndarray) -> np.ndarray:
    """The array divided by its length."""
    return array / np.sum(array * array).sqrt()


def of_one_entry(array: np.ndarray) -> np.ndarray:
    """The array with its first entry for all."""
    return np.full_like(array, fill_value=array.flat[0])


def properties_beside(context: Context, found: list[Piece], place: int) -> Iterator[tuple[str, Change]]:
    """What the words around a formula that is one letter say of the values of an array."""
    before, behind = prose_at(found, place - 1), prose_at(found, place + 1)
    is_unit = _IS_UNIT.search(behind) or _UNIT_BEFORE.search(before)
    is_same = not _NOT_ALL.search(before) and _ENTRIES_OF.search(before) and _ARE_SAME.search(behind)
    name = context.only_name(tokens_of(context, found[place])) if is_unit or is_same else ""
    if any(name in view.variables for view in context.views):
        yield name, unit_vector if is_unit else of_one_entry


def entries_beside(context: Context, found: list[Piece], place: int) -> Iterator[tuple[str, str]]:
    r"""The array of which a formula and the words beside it say that all entries are one letter, or the same, and that letter: "all $g_j = c$"."""
    before, behind = prose_at(found, place - 1), prose_at(found, place + 1)
    if _NOT_ALL.search(before) or not _ALL_BEFORE.search(before) and not _ALL_BEHIND.search(behind):
        return
    stated = next(iter(relations(context, formulas_of(context, [found[place]]))), None)
    entry, letter = stated or (parsed(context, tokens_of(context, found[place])), None)
    if stated is None and _ARE.search(behind) and place + 2 < len(found):
        letter = parsed(context, tokens_of(context, found[place + 2]))
    elif stated is None and not _ARE_SAME.search(behind):
        return
    body = entry.body if isinstance(entry, kinds.Indexed) and all(isinstance(each, kinds.Name) for each in entry.indices) else None
    is_array = isinstance(body, kinds.Name) and any(view.variables.get(body.text, NUMBER) != NUMBER for view in context.views)
    if not isinstance(body, kinds.Name) or not is_array:
        return
    if letter is None:
        yield body.text, ""
    elif isinstance(letter, kinds.Name) and letter.text not in context.known:
        yield body.text, letter.text
