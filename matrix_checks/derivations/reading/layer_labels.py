r"""Layers that are told apart by what stands above a letter: ``z^{[l]} = W^{[l]} a^{[l-1]} + b^{[l]}``.

Of one layer the label says nothing: the letters are names as they stand. Where a letter stands with two labels, as the ``a`` of
``a^{[l]}`` and ``a^{[l-1]}``, the second one is a name of its own.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from matrix_checks.derivations.reading.spelling import TRANSPOSITIONS
from matrix_checks.derivations.reading.tokens import Renamed, Token, Word, end_of_braces

OPENING, CLOSING = ("[", "("), ("]", ")")
# In tokens: [ l - 1 ] T.
LONGEST = 6
# Letters for layers; a k above a symbol is a power, unless it stands in brackets.
LAYERS = ("l", "L", "\\ell", "k")
# Those that need no brackets.
BARE = ("l", "L", "\\ell")
Labels = dict[tuple[str, str], Token]


def labels_of_layers(formulas: Iterable[Sequence[Token]]) -> Labels:
    """What each letter with a label is read as; a label in round brackets, or in none, is one where it stands with one more, or one less.

    One in no brackets is one, too, where several letters have it wherever they stand: ``a^L_j`` and ``z^L_k``.
    """
    found: dict[str, dict[str, str]] = {}
    formulas = [_labels_first(tokens) for tokens in formulas]
    layers = {label for label in BARE if _has_only_labelled(formulas, label)}
    for tokens in formulas:
        for place, end, label, _ in _labelled(tokens):
            letter = str(tokens[place])
            found.setdefault(letter, {}).setdefault(label, _written(tokens, place, end))
            if label.endswith("1") or "[" in tokens[place:end]:
                layers.add(_layer(label))
    names: Labels = {}
    for letter, labels in found.items():
        of_layers = {label: written for label, written in labels.items() if _layer(label) in layers}
        for label, written in of_layers.items():
            # The letter alone is that of the layer that is spoken of.
            is_alone = len(of_layers) == 1 or label == _layer(label)
            names[letter, label] = Renamed.of(letter, written) if is_alone else Word(written, upright=True)
    return names


def is_of_other_layer(names: Labels, letter: str, tokens: Sequence[Token]) -> bool:
    """Whether it is said within the layer before, or behind, what a letter is: ``A^{(l-1)} = \\sigma(Z^{(l-1)})`` says nothing of this one."""
    labels = {label for one, label in names if one == letter}
    same = [name for (_, label), name in names.items() if labels == {label} and label != _layer(label) and isinstance(name, Word)]
    return any(name in tokens for name in same)


def with_layers(tokens: Sequence[Token], names: Labels) -> list[Token]:
    """The formula with each letter and its label as one name."""
    if not names or "^" not in tokens:
        return list(tokens)
    tokens = _labels_first(tokens)
    found: list[Token] = []
    start = 0
    for place, end, label, transposition in _labelled(tokens):
        name = names.get((str(tokens[place]), label))
        if name is None:
            continue
        found += [*tokens[start:place], name, *(["^", transposition] if transposition else [])]
        start = end
        if getattr(tokens[end - 1], "written", "}") != "}":
            # What stands behind it in the same braces stands alone now.
            found[-1] = Renamed.of(name, f"{{{name.written}}}") if isinstance(name, Renamed) else name
            found += ["^", "{"]
            start = end + 2
    return [*found, *tokens[start:]]


def _has_only_labelled(formulas: Iterable[Sequence[Token]], label: str) -> bool:
    """Whether a letter in no brackets stands above several letters, and these never stand without it."""
    labelled, alone = Counter[str](), Counter[str]()
    for tokens in formulas:
        for place, token in enumerate(tokens):
            if isinstance(token, str) and token.lstrip("\\").isalpha() and tokens[place - 1 : place] != ["_"]:
                (labelled if list(tokens[place + 1 : place + 3]) == ["^", label] else alone)[token] += 1
    return sum(letter not in alone and letter != "e" for letter in labelled) > 1


def _labels_first(tokens: Sequence[Token]) -> list[Token]:
    """The formula with a label before the index below its letter: ``a^L_j`` for ``a_j^L``."""
    found = list(tokens)
    for place in range(len(found) - 4):
        if found[place + 1] != "_" or not isinstance(found[place], str):
            continue
        end = place + 3
        if found[place + 2] == "{":
            if "}" not in found[place + 3 : place + 3 + LONGEST]:
                continue
            end = found.index("}", place + 3) + 1
        above = _label_at(found, end)
        if above:
            found[place + 1 : end + len(above)] = [*above, *found[place + 1 : end]]
    return found


def _label_at(tokens: Sequence[Token], place: int) -> list[Token]:
    """The tokens of a label above a letter, with the sign before it, where one begins: ``^ L``, or ``^ { ( l - 1 ) }``; else none."""
    above = list(tokens[place : place + 2])
    if above[:1] != ["^"] or above[1:] != ["{"]:
        return above if above[:1] == ["^"] and above[1:] and above[1] in BARE else []
    end = end_of_braces(tokens, place + 1, LONGEST + 2)
    inside = list(tokens[place + 2 : end - 1])
    is_bracketed = len(inside) > 2 and inside[0] in OPENING and inside[-1] in CLOSING
    is_label = is_bracketed and _layer("".join(map(str, inside[1:-1]))) in LAYERS
    return list(tokens[place:end]) if is_label else []


def _labelled(tokens: Sequence[Token]) -> Iterator[tuple[int, int, str, str]]:
    """Where letters with labels above them begin and end, with the label, and the sign of a transposition behind it."""
    for place, (letter, sign) in enumerate(zip(tokens, tokens[1:])):
        if sign != "^" or not isinstance(letter, str) or letter in ("}", ")", "]") or not letter.lstrip("\\").isalpha():
            continue
        if tokens[place + 2 : place + 3] != ["{"]:
            inside, end = list(tokens[place + 2 : place + 3]), place + 3
        elif "}" in tokens[place + 3 : place + 4 + LONGEST]:
            end = place + 3 + list(tokens[place + 3 : place + 4 + LONGEST]).index("}")
            inside, end = list(tokens[place + 3 : end]), end + 1
        else:
            continue
        transposition = str(inside.pop()) if len(inside) > 1 and inside[-1] in TRANSPOSITIONS else ""
        is_bracketed = bool(inside) and inside[0] in OPENING and inside[-1] in CLOSING
        if is_bracketed:
            inside = inside[1:-1]
        label = "".join(map(str, inside)) if all(isinstance(each, str) for each in inside) else ""
        if _layer(label) in LAYERS and (is_bracketed or _layer(label) != "k"):
            yield place, end, label, transposition


def _layer(label: str) -> str:
    return label.removesuffix("-1").removesuffix("+1")


def _written(tokens: Sequence[Token], place: int, end: int) -> str:
    return "".join(map(str, tokens[place:end]))
