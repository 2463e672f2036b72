"""Statistics that are held fixed: in the layer's other mode, or where a sentence says so, they do not depend on the variables."""

import re
from dataclasses import replace

from matrix_checks.derivations.context.claims import Claim
from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.deviation import is_square, with_deviation, without_labels
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.letters.held_names import with_own_statistics
from matrix_checks.derivations.prose import words, words_of_modes
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.values.exercise import View

_TITLE = re.compile(r"(?:^|\n)[ \t]*(?:#+|\*\*|__|\d+[.)]|[-*+])[ \t]*[^\W\d_]")
_NAMES = re.compile(r"(?<![A-Za-z\\])(?:mu|sigma|var|std|mean|\\mu|\\sigma|μ|σ)(?![A-Za-z])")

# A mean, set equal to something.
_COMPUTES = re.compile(r"=[^=]*(?:\\sum|\\operatorname\{mean|\\text\{mean|1\}?\s*(?:_\{?N\}?)?\s*\^\s*\{?\s*(?:T|\\top))")
# Anything that may be said of the mode in which statistics are kept, or of a second case.
_MAY_BE_ON_MODES = re.compile(
    r"(?i)eval|ewalu|tryb|infer|test|running|moving|frozen|stored|buffer|auswert|vorhersage|valuta|valuac|inferen|deploy|predict|popul|const|konst|fix|fest|fij|fiss|\bmod[eoui]|mód|modalit|"
    r"phase|fase|case|fall|second|zweit|part|\([abc12]\)|\b[bB2][).]|прогноз|инферен|примен|оценк|режим|констант|постоян|фиксир|случа|推理|推論|评估|测试|評価|モード|추론|run|train"
)
# The end of a paragraph in the middle of a sentence: a list, or a formula, stands behind it.
_GOES_ON = re.compile(r"(?:[^\W\d_]|[,:])\s*$")
# Between a statistic and what is said of it: other letters, or another part of the sentence.
_OTHER = re.compile(r"[,;:=\\]|(?<![^\W\d_^])[A-Zε](?![^\W\d_])")
# In characters, how far before a word that says "constant" its subject stands.
NEAR = 80
# Of a sentence without end, so much is looked at again for each piece of it.
LONGEST_SENTENCE = 1_000
# The end of the name of a statistic that is kept.
MOVING = "_moving"
_NO_CHANGE = re.compile(
    r"(?:\bd|\\(?:mathrm|text|operatorname)\s*\{\s*d\s*\}|\\delta)\s*(?:\\(?:mu|sigma)\b|[smvr])[^=$]{0,12}=[^=$]{0,12}(?:=\s*)?0(?![.,]?\d)"
)
# The exercise's letter for it.
MOMENTUM = "\\alpha"
# The modes of a layer.
TRAINING, EVALUATION = "training", "evaluation"
# No word is on modes, and the statistics are computed.
SILENT = "silent"


def modes_in(context: Context, found: list[Piece]) -> list[bool]:
    """For each piece, whether statistics are said to be constants there; only a layer that keeps some has a mode for that."""
    has_modes = any((view.origin or view).updates for view in context.views)
    return modes_of(found) if has_modes else [False] * len(found)


def modes_of(pieces: list[Piece]) -> list[bool]:
    """For each piece, whether it stands where the statistics are those that were kept, and so are constants.

    Words on a mode count to the end of their paragraph, and those of a title to the next title; a sentence that says of statistics
    that they are fixed counts to the end of its paragraph.
    """
    found: list[bool] = []
    fixed, in_title, sentence = False, False, ""
    labelled = _labels_training(pieces)
    for piece in pieces:
        if piece.kind != "prose":
            # What was said before a long formula counts for it, and so does what its own words say.
            whole = f"{sentence} {piece.source} "
            found.append(fixed or _says_fixed(sentence) or _says_fixed(whole[-NEAR:]))
            sentence = whole[-NEAR:]
            continue
        before = ""
        for place, paragraph in enumerate(words.PARAGRAPH_END.split(piece.source)):
            if place:
                fixed, sentence = fixed and (in_title or _GOES_ON.search(before) is not None), ""
            before = paragraph
            if _TITLE.search(paragraph if place or not found else f" {paragraph}"):
                fixed = in_title = False
            sentences = words.SENTENCE_END.split(words.ABBREVIATIONS.sub(" ", paragraph))
            for number, part in enumerate(sentences):
                sentence = f"{sentence[-NEAR:]} {part}" if number == 0 else part
                other, usual = _other_mode(part, labelled), words_of_modes.TRAINING_MODE.search(part)
                if usual or other:
                    fixed = other is not None and (usual is None or usual.start() < other.start())
                    in_title = fixed and _TITLE.search(f"\n{part}") is not None
                elif number < len(sentences) - 1:
                    fixed |= _says_fixed(sentence)
        sentence = sentence[-NEAR:]
        found.append(fixed)
    return found


def modes_said(context: Context, pieces: list[Piece]) -> list[str]:
    """For each piece, the mode that words name for it: the usual one in their sentence only, the other one where statistics are fixed for it.

    A text that computes its statistics, and nowhere speaks of the other mode, is of the usual one, but where it speaks of parts.
    """
    found: list[str] = []
    mode, sentence, is_of_part = "", "", False
    fixed = modes_in(context, pieces)
    silent = SILENT if not any(fixed) and _is_of_training_only(context, pieces) else ""
    labelled = _labels_training(pieces)
    for piece, is_fixed in zip(pieces, fixed):
        if piece.kind == "prose":
            for place, paragraph in enumerate(words.PARAGRAPH_END.split(piece.source)):
                mode, sentence = ("", "") if place else (mode, sentence)
                for number, part in enumerate(words.SENTENCE_END.split(words.ABBREVIATIONS.sub(" ", paragraph))):
                    mode, sentence = ("" if number and mode == TRAINING else mode), ("" if number else sentence)
                    sentence = f"{sentence} {part}"[-LONGEST_SENTENCE:]
                    mode = _mode_of(part, mode, labelled)
                    if mode == TRAINING and words.SAID_OF_PART.search(sentence):
                        mode = ""
            is_of_part = words.SAID_OF_PART.search(sentence) is not None
        elif piece.source.rstrip().endswith((".", "。")) and mode == TRAINING:
            found.append(mode)
            mode, sentence, is_of_part = "", "", False
            continue
        named = "" if mode == TRAINING and is_fixed or mode == EVALUATION and not is_fixed else mode
        found.append(named or ("" if is_of_part else silent))
    return found


def _is_of_training_only(context: Context, pieces: list[Piece]) -> bool:
    """Whether a text says how the statistics are computed, and has no word that may be on the mode in which they are kept."""
    if not any((view.origin or view).updates for view in context.views):
        return False
    computes = any(piece.kind != "prose" and _COMPUTES.search(piece.source) for piece in pieces)
    return computes and not any(piece.kind == "prose" and _MAY_BE_ON_MODES.search(piece.source) for piece in pieces)


def _mode_of(part: str, before: str, beside_training: bool) -> str:
    """The last mode that words name; none where they say that it is not this one."""
    found = [(said.start(), EVALUATION) for said in (_other_mode(part, beside_training),) if said]
    found += [(said.start(), TRAINING) for said in words_of_modes.TRAINING_MODE.finditer(part)]
    if not found:
        return before
    place, mode = max(found)
    return "" if words_of_modes.CONTRASTED.search(part[:place]) else mode


def _labels_training(pieces: list[Piece]) -> bool:
    """Whether a text has a label for the training: a label "test" is one for the other mode then."""
    return any(piece.kind == "prose" and words_of_modes.LABEL_OF_TRAINING.search(piece.source) for piece in pieces)


def _other_mode(part: str, beside_training: bool) -> re.Match[str] | None:
    """Where a sentence, a label, or a title of one word speaks of the mode in which statistics are kept."""
    found = words_of_modes.OTHER_MODE.search(part) or words_of_modes.LABEL_OF_OTHER_MODE.search(part)
    found = found or (words_of_modes.LABEL_OF_TEST.search(part) if beside_training else None)
    return found or (words_of_modes.TITLE_OF_OTHER_MODE.match(part) if _TITLE.search(f"\n{part}") else None)


def _says_fixed(sentence: str) -> bool:
    """Whether a sentence says of statistics, or of their letters, that they are constant."""
    return any(_stands_at_end(sentence[max(said.start() - NEAR, 0) : said.start()]) for said in words.FIXED.finditer(sentence))


def _stands_at_end(text: str) -> bool:
    """Whether a statistic is the last thing that a text speaks of: behind "the variance, and $\\varepsilon$ is a" it is not."""
    ends = [found.end() for pattern in (_NAMES, words.STATISTICS) for found in pattern.finditer(text)]
    return bool(ends) and _OTHER.search(text[max(ends) :]) is None


def hold_statistics(context: Context, are_fixed: bool) -> None:
    """Look at the layer in its other mode with the text's letters for the statistics, too, as long as these are fixed."""
    held = [view for view in context.views if view.holds_statistics]
    if are_fixed == bool(held):
        return
    views = [view for view in context.views if not view.holds_statistics]
    if are_fixed:
        usual = {name for view in views for name in view.updates}
        own = {name: meant for view in views for name, meant in view.aliases.items()}
        computed = next((view for view in views if view.updates), None)
        held = [_held(view, usual, own) for view in views if usual and usual <= view.variables.keys() and not view.updates]
        views += [with_own_statistics(context, computed, view) for view in held] if computed else held
    context.look_at(views)


def _held(view: View, kept: set[str], own: dict[str, str]) -> View:
    """A view in which the statistics are those that were kept, and all have the names that the text has for them in the usual mode."""
    for name in sorted(kept):
        statistic = name.partition("_")[0]
        if statistic not in view.names:
            view = view.with_alias(statistic, name)
    for letter, meant in own.items():
        if meant in view.names and letter not in view.names:
            view = view.with_alias(letter, view.aliases.get(meant, meant))
    return replace(view, holds_statistics=True)


def updated_mean(views: tuple[View, ...], node: kinds.Node, new: kinds.Node) -> tuple[kinds.Node, kinds.Node] | None:
    r"""What a name becomes, where the exercise updates it as a moving mean, and a text writes how in its letter for the momentum.

    Both are in the exercise's letters: a variance is ``\sigma`` there, and ``\sigma^2`` in many a text.
    """
    plain = without_labels(new, views)
    squares = isinstance(node, kinds.Power) and any(is_square(part) for part in plain.everything)
    name = with_deviation(without_labels(node, views)) if squares else without_labels(node, views)
    if not isinstance(name, kinds.Name) or MOMENTUM not in new.names:
        return None
    updated = next((view.updates[name.text] for view in views if name.text in view.updates), None)
    return (updated, with_deviation(plain) if squares else new) if updated is not None else None


def _is_made_anew(context: Context, view: View, names: frozenset[str] | set[str]) -> bool:
    """Whether a number of the text's own is still made of the objects, where the statistics are held: as a part of one, node by node."""
    arrays = {name for name, shape in view.variables.items() if shape != ("1", "1")}
    numbers = [name for name in names if name in view.definitions and context.shape_in(view, name) in (("1", "1"), None)]
    return any(not arrays.isdisjoint(view.reached_from(name)) for name in numbers)


def are_fixed(claim: Claim) -> str:
    """Where statistics are held fixed, a derivative that is false with those of the variables may be true."""
    # Where the layer is looked at in its other mode, what is false in both is false, but for names that stand for nothing there.
    held = [view for view in claim.context.views if view.holds_statistics]
    strange = claim.context.own & (claim.left.names | claim.right.names)
    is_looked_at = any(strange <= view.names and not _is_made_anew(claim.context, view, strange) for view in held)
    is_fixed = (claim.surroundings.fixes_statistics or _sets_to_zero(claim)) and not is_looked_at
    return "statistics are held fixed around it" if is_fixed and claim.parts(kinds.Derivative, kinds.Differentiated) else ""


def _sets_to_zero(claim: Claim) -> bool:
    r"""Whether the paragraph has set the differential of a statistic to zero: behind ``d\mu = 0`` it is held fixed."""
    before = claim.surroundings.paragraph.rstrip("$").rpartition("$")[0]
    return any(view.updates for view in claim.context.views) and _NO_CHANGE.search(before) is not None


def is_kept_surely(claim: Claim) -> str:
    """A statistic that is kept is one number for each object's feature, and belongs to the mode of which words around it speak."""
    views = claim.context.views
    kept = {name for view in views for name in view.updates}
    sides = [without_labels(side, views) for side in claim.sides]
    if not any(name in kept or name.endswith(MOVING) for side in sides for name in side.names):
        return ""
    parts = (part for side in sides for part in side.everything if isinstance(part, kinds.Indexed))
    if any(isinstance(part.body, kinds.Name) and part.body.text in kept for part in parts):
        return "an index at a statistic that is kept was not understood"
    return "" if claim.surroundings.fixes_statistics else "it is not said in which mode of the layer it is meant"


def is_of_other_mode(answer: kinds.Node, views: tuple[View, ...] | None, context: Context) -> bool:
    """Whether the text speaks of the layer in its other mode, and a question does not, or an answer has a name of the text's own for a statistic."""
    if not any(view.holds_statistics for view in context.views):
        # An answer with none of the kept ones speaks of the usual mode.
        kept = {name for view in context.views for name in view.updates}
        of_kept = [kept <= view.variables.keys() and not view.updates for view in views or ()]
        names = {view.aliases.get(name, name) for view in context.views for name in answer.names}
        return bool(kept) and bool(of_kept) and all(of_kept) and kept.isdisjoint(names)
    is_asked = views is None or any(view.holds_statistics for view in views)
    return not is_asked or not context.own.isdisjoint(answer.names)
