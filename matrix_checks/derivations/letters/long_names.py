"""Names of several letters that a text makes up: ``xc``, ``istd``, ``dout``; and those that begin with the ``d`` of a gradient."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.tex import FUNCTIONS
from matrix_checks.derivations.reading.vocabulary import is_prose
from matrix_checks.derivations.values.exercise import Definition

MOST_WORDS = 30
# What programs call the gradient that comes in.
# Names of arguments.
ARGUMENTS = ("axis", "dim", "keepdims", "keepdim")
INCOMING = ("dout", "dOut")
# Letters that follow each other, and are neither a command nor inside of words.
RUN = re.compile(r"(?<![A-Za-z\\])[A-Za-z]{1,12}(?![A-Za-z])")
COMMANDS = re.compile(r"\\(?:text\w*|mathrm|operatorname\*?|begin|end|mbox|label|tag)\s*\{[^{}]*\}|\\[a-zA-Z]+")
# A name as programs have it, in the letters of a text.
UPRIGHT = re.compile(r"\\(?:mathrm|text(?:tt|rm|it|sf|normal)?|mathtt|mathsf|mathit|operatorname\*?)\s*\{\s*([A-Za-z]{2,12})\s*\}")
# The sign of a differential, however it is set.
UPRIGHT_D = re.compile(
    r"\\(?:mathrm|text(?:rm|up|normal)?|operatorname\*?|mathup)\s*\{\s*d\s*\}|\\mathrm\s+d(?![A-Za-z])|\{\s*\\rm\s+d\s*\}"
)
_SPACES = re.compile(r"\\[,;:! ]|~")
# What may stand between a name and its relation sign, and the sign.
DEFINES = re.compile(
    r"\s*(?:_\s*(?:\w|\{[^{}]{1,9}\})|\[[^\[\]]{1,9}\])?\s*&?\s*(?::=|=|\\equiv|\\coloneqq|\\leftarrow|\\gets|\\triangleq)"
)
_BEGINS = re.compile(r"(?:^|[&,;:.(]|\\\\|\\q?quad|\\(?:Rightarrow|to|implies|iff|text\{[^{}]*\})|\})\s*$")
# Behind an index or a power stands a factor: X_{n1} G.
_SCRIPT = re.compile(r"[_^]\s*\{[^{}]*\}\s*$")
# In characters, before a name.
NEAR = 40
_LINE_BREAK = "\\\\"

# So many names of several letters make a text one that is written like a program.
MANY_NAMES = 2


@dataclass(frozen=True)
class LongNames:
    """The names of several letters that a text makes up.

    Attributes
    ----------
    words
        All of them.
    gradients
        Those that are the gradient by another one: ``distd``.
    incoming
        Those for the gradient that comes in, of which the text does not say what they are.
    names_gradients
        Whether ``dx`` may be the gradient by ``x``.
    """

    words: tuple[str, ...] = ()
    gradients: tuple[str, ...] = ()
    incoming: tuple[str, ...] = ()
    names_gradients: bool = False


def long_names(sources: Iterable[str], letters: frozenset[str]) -> LongNames:
    """The names of several letters in formulas.

    Parameters
    ----------
    sources
        The formulas.
    letters
        The letters that stand for something: with them, several letters are a product.
    """
    runs: set[str] = set()
    upright: set[str] = set()
    defined: dict[str, None] = {}
    for source in sources:
        plain = _SPACES.sub(" ", source.replace(_LINE_BREAK, " ; "))
        upright.update(UPRIGHT.findall(plain))
        bare = COMMANDS.sub(lambda command: " " * len(command[0]), plain)
        for found in RUN.finditer(bare):
            runs.add(found[0])
            if len(found[0]) > 1 and DEFINES.match(plain, found.end()) and begins(plain, found.start()):
                defined[found[0]] = None
    single = {run[-1] for run in runs if len(run) == 1 or (len(run) == 2 and run[0] == "d")}
    known = (letters | single) - {"e"}
    words = [word for word in defined if _is_made_up(word, known, runs)]
    if len(words) >= MANY_NAMES:
        # Among names of a program, gx is one, too.
        words = [word for word in defined if word in words or _is_made_up(word, frozenset(), runs)]
    incoming = [word for word in INCOMING if word in runs and word not in words]
    gradients = [run for run in sorted(runs) if run.startswith("d") and run[1:] in words]
    names = tuple(dict.fromkeys([*words, *incoming, *gradients]))[:MOST_WORDS]
    # Letters that are upright are one name already.
    gradients += [name for name in sorted(upright) if name.startswith("d") and name[1:] in upright and name not in gradients]
    is_program = any(word in runs | upright for word in INCOMING)
    return LongNames(names, tuple(gradients) if is_program else (), tuple(incoming), is_program)


def begins(source: str, place: int) -> bool:
    """Whether a side of an equality may begin at a place of a formula."""
    before = source[max(place - NEAR, 0) : place]
    return _BEGINS.search(before) is not None and _SCRIPT.search(before) is None


def _is_made_up(word: str, known: frozenset[str] | set[str], runs: set[str]) -> bool:
    inner = word[1:] if word.startswith("d") else word
    # Where dgx stands, too, gx is no product.
    is_product = set(inner) <= known and f"d{word}" not in runs
    if len(inner) < 2 or is_product or inner.isupper() or word in FUNCTIONS or word in ARGUMENTS or is_prose(word):
        return False
    # Where the same letters stand in another order, they are factors.
    return not any(run != word and sorted(run) == sorted(word) for run in runs)


def declare_long_names(context: Context, found: list[Piece]) -> None:
    """Learn the names of several letters before any formula is read."""
    known = {name for name in context.known if len(name) == 1}
    letters = frozenset(known | {name.lower() for name in known})
    names = long_names((piece.source for piece in found if piece.kind != "prose"), letters)
    words = [word for word in names.words if word not in context.known]
    if words:
        context.notation.words = (*context.words, *words)
    context.memory.names_gradients = names.names_gradients
    context.memory.gradient_names.update(names.gradients)
    for word in names.gradients:
        context.define(word, Definition(kinds.Derivative(kinds.Name("L"), kinds.Name(word[1:]))), first=True)
    for word in names.incoming:
        context.look_at(
            replace(view, aliases={**view.aliases, word: "g"}, origin=view.origin or view) if "g" in view.names else view
            for view in context.views
        )
