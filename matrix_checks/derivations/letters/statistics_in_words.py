r"""Letters that words call the mean or the variance: "the variance $v$", "$m$ and $v$ are the moving mean and variance"; of either mode."""

import re
from collections.abc import Iterator

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import is_said, tokens_of
from matrix_checks.derivations.equality.deviation import with_kept
from matrix_checks.derivations.equality.rewriting import loss_of
from matrix_checks.derivations.letters.letters_said import NO_LETTERS
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.starred_statistics import KEPT
from matrix_checks.derivations.values.exercise import View

MEAN, VARIANCE, MOVING = "\\mu", "\\sigma", "_moving"
# In characters, how far from a letter it may be said what it is.
NEAR = 60
_MEAN = r"(?:means?|averages?|mittelw?\w*|moyennes?|medias?|médias?|medie|średni\w*|gemiddeld\w*|ortalama\w*|средн\w*|均值|平均值?)"
_VARIANCE = r"(?:variances?|vars?\b|varian[zc]\w*|variância\w*|wariancj\w*|variantie|varyans\w*|дисперси\w*|方差)"
# Before a letter: "the variance of the batch is", "the mean (called".
_COPULA = (
    r"(?:is|be|are|by|denoted|called|named|written|as|ist|sei|heißt|nenne\w*|bezeichne\w*|est|soit|noté\w*|es|sea|llama\w*|è|sia|é|seja|jest|oznacz\w*|обозначим|обозначается|"
    r"через|это|—|–|=|:|\(|为|是|记作)"
)
_OF_WHAT = r"(?:\s+(?:of|over|der|des|du|de|del|della|da|по)\s+(?:\w+\s+){0,2}(?:batch|feature|data|sample|column|Batch|lote|lot|батча|признака))?"
_BETWEEN = r"(?:[\s*_,]|\b(?:(?:batch|moving|running|stored|kept|fixed|global|population|empirical|sample|gleitende\w*|mobiles?|móvil\w*|mobil\w*)\b))*"
_IS = r"(?:is|be|denotes?|means|stands for|equals|for|ist|sei|für|bezeichnet|est|soit|désigne|pour|es|sea|denota|è|sia|indica|é|seja|to|jest|oznacza|обозначает|есть|это|—|–|:|\()"
_IS_OTHER = re.compile(
    r"(?i)^\s*(?:is|denotes?|means|stands for|for|ist|für|bezeichnet|est|désigne|pour|es|para|denota|è|per|é|jest|oznacza|обозначает|это)\s"
)
_AND = r"(?:and|und|et|y|e|i|en|ve|и|和|/|&)"
_ARE = r"(?:are|sind|sont|son|sono|são|są|zijn|это|—|=|being|denote)?"
_STATISTICS = {MEAN: _MEAN, VARIANCE: _VARIANCE}
_BEFORE = {meant: re.compile(rf"(?i)\b{word}(?:{_BETWEEN}|{_OF_WHAT}(?:\s*{_COPULA})+\s*)$") for meant, word in _STATISTICS.items()}
_BEHIND = {meant: re.compile(rf"(?i)^\s*{_IS}\s+(?:[\w()*-]+\s+){{0,3}}{word}(?!\w)") for meant, word in _STATISTICS.items()}
# "Sea $v$ la varianza": the verb stands before the letter.
_LET = re.compile(r"(?i)(?<!\w)(?:let|sei|soit|sea|sia|seja|пусть|niech|нехай|laat|ge?ef)\s*$")
_BEHIND_LET = {meant: re.compile(rf"(?i)^\s*(?:[\w()*-]+\s+){{0,3}}{word}(?!\w)") for meant, word in _STATISTICS.items()}
# Letters that no language has for a word.
_BARE = {
    meant: re.compile(rf"(?i)\b{word}{_BETWEEN}[ \t](?P<name>(?-i:[mMvVsSqQ]))(?=[\s,;:)]|\.\s|$)")
    for meant, word in _STATISTICS.items()
}
_BOTH_BEHIND = re.compile(rf"(?i)^\s*{_ARE}\s+(?:\w+\s+){{0,4}}{_MEAN}\W+(?:\w+\s+){{0,3}}{_AND}?\W*(?:\w+\s+){{0,3}}{_VARIANCE}")
_OF_BATCH = re.compile(r"(?i)\b(?:mini-?)?batch|\blots?\b|\blote\b|батч|批")
_LINK = re.compile(rf"(?i)^[\s,]*{_AND}?[\s,]*$")


def take_statistics_in_words(context: Context, found: list[Piece]) -> None:
    """Take letters for the mean or the variance, where words call them so and no formula says what they are."""
    if not any(MEAN in view.definitions for view in context.views):
        return
    loss = loss_of(context.views).text
    for name, meant, is_of_batch in dict.fromkeys(_called(context, found)):
        # The Q that many have for a loss is none where words call it a variance.
        is_loss = name != loss and any(view.aliases.get(name) == loss for view in context.views)
        if (name not in context.known or is_loss) and name not in NO_LETTERS - {"m"} and not is_said(context, name):
            context.look_at(with_statistic(view, name, meant, is_of_batch) for view in context.views)


def with_statistic(view: View, name: str, meant: str, is_of_batch: bool) -> View:
    r"""The view with a letter for ``\mu`` or ``\sigma`` of the objects, or, where these are kept and no words say that it is theirs, for the kept one."""
    own = meant if (meant in view.definitions or is_of_batch) and not name.endswith(KEPT) else meant + MOVING
    return with_kept(view.with_alias(name, own) if own in view.names else view, name, meant + MOVING)


def _called(context: Context, found: list[Piece]) -> Iterator[tuple[str, str, bool]]:
    """The letters that are formulas of their own, each with what the words beside it call it, and whether that is of the batch."""
    prose = {place: piece.source for place, piece in enumerate(found) if piece.kind == "prose"}
    for place, piece in enumerate(found):
        if place in prose:
            # "The moving variance v", without dollars.
            for meant, pattern in _BARE.items():
                yield from ((said["name"], meant, _OF_BATCH.search(said[0]) is not None) for said in pattern.finditer(piece.source))
            continue
        name = context.only_name(tokens_of(context, piece))
        if len(name) != 1 and not name.endswith(KEPT):
            # The mean with an accent is that of its letter.
            continue
        before, behind = prose.get(place - 1, "")[-NEAR:], prose.get(place + 1, "")[:NEAR]
        is_of_batch = _OF_BATCH.search(before + behind) is not None
        for meant in _STATISTICS:
            is_let = _LET.search(before) is not None and _BEHIND_LET[meant].search(behind) is not None
            # "The variance, $m$ for the batch size": the letter is that of what stands behind it.
            is_before = _BEFORE[meant].search(before) is not None and _IS_OTHER.match(behind) is None
            if is_let or is_before or _BEHIND[meant].search(behind):
                yield name, meant, is_of_batch
        if _BOTH_BEHIND.search(behind) and _LINK.search(before):
            first = context.only_name(tokens_of(context, found[place - 2])) if place > 1 and place - 2 not in prose else ""
            yield from ((first, MEAN, is_of_batch), (name, VARIANCE, is_of_batch)) if len(first) == 1 else ()
