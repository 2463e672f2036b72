"""Names of several letters that a text makes up: ``xc``, ``istd``, ``dout``; and those that begin with the ``d`` of a gradient."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.equality.deviation import VARIANCE
from matrix_checks.derivations.expressions import kinds
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.function_names import name_of_function
from matrix_checks.derivations.reading.keyboard_letters import COMMANDS as GREEK
from matrix_checks.derivations.reading.lines_in_code import CODE
from matrix_checks.derivations.reading.names_of_letters import COMMANDS, DEFINES, RUN, UPRIGHT, begins
from matrix_checks.derivations.reading.spelling import GLUED
from matrix_checks.derivations.reading.tex import FUNCTIONS
from matrix_checks.derivations.reading.vocabulary import is_prose
from matrix_checks.derivations.values.exercise import Definition

# What programs call the input and the output of a layer, which are words, too.
INPUTS = ("in", "out")

MOST_WORDS = 30
# A letter with the d before it; and letters of numbers and of what a layer gives, at which a backward pass begins.
LETTER = 2
LETTERS_OF_OUTPUTS = frozenset("JLlEyf")
# Names of arguments.
ARGUMENTS = ("axis", "dim", "keepdims", "keepdim")
# What programs call the gradient that comes in.
INCOMING = ("dout", "dOut")
# And what they call the variance.
STATISTICS = {"var": VARIANCE.text}
# The same with a number.
_UPRIGHT = re.compile(UPRIGHT.pattern.replace("[A-Za-z]{2,12}", "[A-Za-z][A-Za-z0-9]{1,12}"))
_HAT, _NUMBERED = re.compile("([xyz])_?hat"), re.compile("([A-Za-z])([1-9])")
# The argument of a function: RSS(w) and RSS(\mathbf{w}).
_CALL = re.compile(r"\s*(?:\\left)?\(\s*(?:\\[a-zA-Z]+\s*)?(?:\{?[A-Za-z]\}?)?\s*(?:\\right)?\)")
_NUMBERS = re.compile(r"\s*:?=\s*(?:\\begin\s*\{[a-zA-Z]+\}|\\left|[(\[{\s])*-?\d")
_SPACES = re.compile(r"\\[,;:! ]|~")
_LINE_BREAK = "\\\\"

# What statistics call their losses, in capital letters.
SUMS_OF_SQUARES = frozenset(("MSE", "RMSE", "RSS", "PRSS", "SSE", "SSR", "TSS", "ESS", "MAE", "BCE", "NLL"))

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
        Those that are the gradient by another one, ``distd``, or by a symbol, ``dbeta`` and ``dW2``; with what they are by.
    incoming
        Those for the gradient that comes in, of which the text does not say what they are.
    names_gradients
        Whether ``dx`` may be the gradient by ``x``.
    are_differentials
        Whether ``dstd`` is surely the differential of ``std``.
    """

    words: tuple[str, ...] = ()
    gradients: Mapping[str, str] = field(default_factory=dict)
    incoming: tuple[str, ...] = ()
    names_gradients: bool = False
    are_differentials: bool = False


def long_names(
    sources: Iterable[str], letters: frozenset[str], coded: frozenset[str] = frozenset(), functions: frozenset[str] = frozenset()
) -> LongNames:
    """The names of several letters in formulas.

    Parameters
    ----------
    sources
        The formulas.
    letters
        The letters that stand for something: with them, several letters are a product.
    coded
        The names that code beside the formulas gives values to.
    functions
        Names of functions that the text gives to numbers, as in ``inv = 1/std``.
    """
    runs: set[str] = set()
    upright: set[str] = set()
    named: set[str] = set()
    places: dict[str, int] = {}
    given: list[tuple[str, str]] = []
    for source in sources:
        plain = _SPACES.sub(" ", source.replace(_LINE_BREAK, " ; "))
        upright.update(_UPRIGHT.findall(plain))
        named.update(word[1] for word in _UPRIGHT.finditer(plain) if _stands_as_name(plain, word))
        bare = COMMANDS.sub(lambda command: " " * len(command[0]), plain)
        left = ""
        for found in RUN.finditer(bare):
            runs.add(found[0])
            # The numbers of an example say nothing of what comes in.
            is_example = found[0] in INCOMING and _NUMBERS.match(plain, found.end()) is not None
            is_defined = DEFINES.match(plain, found.end()) is not None and begins(plain, found.start()) and not is_example
            if is_defined:
                places.setdefault(found[0], len(places))
            if len(found[0]) > 1 and is_defined:
                left = found[0] if found[0].startswith("d") else ""
            elif left and found[0].startswith("d"):
                given.append((left, found[0]))
    defined = [word for word in places if len(word) > 1]
    single = {run[-1] for run in runs if len(run) == 1 or (len(run) == 2 and run[0] == "d")}
    known = (letters | single) - {"e"}
    words = [word for word in defined if _is_made_up(word, known, runs)]
    if len(words) >= MANY_NAMES:
        # Among names of a program, gx is one, too.
        words = [word for word in defined if word in words or _is_made_up(word, frozenset(), runs)]
    named |= {word for word in upright if word.removeprefix("d") in coded}
    words += sorted(runs & SUMS_OF_SQUARES)
    # What formulas write upright, and somewhere as a name.
    words += [word for word in sorted((named | coded).difference(INCOMING)) if word not in words]
    incoming = [word for word in INCOMING if word in runs | upright and word not in words]
    gradients = [run for run in sorted(runs) if run.startswith("d") and run[1:] in words]
    names = tuple(dict.fromkeys([*words, *incoming, *gradients]))[:MOST_WORDS]
    # Letters that are upright are one name already.
    gradients += [
        name for name in sorted(upright) if name.startswith("d") and name[1:] in upright.union(words) and name not in gradients
    ]
    symbols = {
        name: symbol
        for name in sorted(upright | set(words))
        if name not in gradients and (symbol := _symbol(name[1:])) and name[0] == "d"
    }
    of_functions = {name: name_of_function(name[1:]) for name in sorted(runs | upright) if name[0] == "d" and name[1:] in functions}
    # Whoever has the d of two names as names writes a program.
    named_by = sum(name[1:] in {*words, *upright} for name in words) + len(of_functions) + len(symbols)
    is_program = any(word in runs | upright for word in INCOMING) or named_by > 1
    are_differentials = _are_differentials(given, places, letters - LETTERS_OF_OUTPUTS)
    is_program &= not are_differentials
    names += tuple(name for name in of_functions if name not in names)
    variables = {name: name[1:] for name in gradients if name not in incoming}
    variables = {**variables, **symbols, **of_functions} if is_program else {}
    return LongNames(names, variables, tuple(incoming), is_program, are_differentials)


def _are_differentials(given: list[tuple[str, str]], places: Mapping[str, int], variables: frozenset[str]) -> bool:
    """Whether the ``d`` of each name is given by those of what it is made of, ``dstd = dvar/(2 std)``: gradients go the other way.

    What a name is made of was defined before it, or is a variable that the text does not define.
    """
    pairs = [(one[1:], other[1:]) for one, other in given if one[1:] in places and (other[1:] in places or len(other) == LETTER)]
    return bool(pairs) and all(places[other] < places[one] if other in places else other in variables for one, other in pairs)


def _symbol(name: str) -> str:
    """The symbol for a name as programs have it: of ``beta``, ``xhat`` and ``W2``; empty for others."""
    if name in GREEK:
        return GREEK[name]
    said = _HAT.fullmatch(name) or _NUMBERED.fullmatch(name)
    return "" if said is None else f"\\hat {said[1]}" if said.re is _HAT else f"{said[1]}_{said[2]}"


def _stands_as_name(source: str, word: re.Match[str]) -> bool:
    """Whether an upright word has a script, or a relation sign, behind it: then it is none of prose, and none that a remark could be."""
    has_script = source[word.end() : word.end() + 1] in ("_", "^")
    may_be_prose = len(word[1]) < 3 or is_prose(word[1])
    # Nobody writes an index below a word of prose: \text{in}_{ik} are entries of the input.
    is_name = word[1] not in FUNCTIONS and word[1] not in ARGUMENTS and (not may_be_prose or (has_script and word[1] in INPUTS))
    called = _CALL.match(source, word.end()) if word[1].isupper() else None
    behind = called.end() if called else word.end()
    return is_name and (has_script or (DEFINES.match(source, behind) is not None and begins(source, word.start())))


def _is_made_up(word: str, known: frozenset[str] | set[str], runs: set[str]) -> bool:
    inner = word[1:] if word.startswith("d") else word
    # Where dgx stands, too, gx is no product.
    is_product = set(inner) <= known and f"d{word}" not in runs
    if (
        len(inner) < 2
        or is_product
        or inner.isupper()
        or word in FUNCTIONS
        or word in ARGUMENTS
        or is_prose(word)
        or GLUED.match(word)
    ):
        return False
    # Where the same letters stand in another order, they are factors.
    return not any(run != word and sorted(run) == sorted(word) for run in runs)


def _names_in_code(found: list[Piece]) -> frozenset[str]:
    """What lines of code give values to; a Greek letter in words is that letter."""
    named = {piece.source.partition(" =")[0] for piece in found if piece.kind == CODE}
    return frozenset(name for name in named if name.isalpha() and len(name) > 1 and name not in GREEK)


def _names_for_statistics(context: Context, formulas: list[str]) -> frozenset[str]:
    """The names for statistics of the exercise that a program has, and need not say: ``ivar = 1/sqrt(var + eps)``."""
    known = {word for word, statistic in STATISTICS.items() if any(statistic in view.definitions for view in context.views)}
    if not known:
        return frozenset()
    runs = {run[0] for source in formulas for run in RUN.finditer(COMMANDS.sub(" ", source))}
    return frozenset(word for word in known if not runs.isdisjoint((word, f"d{word}")))


def declare_long_names(context: Context, found: list[Piece]) -> None:
    """Learn the names of several letters before any formula is read."""
    single = {name for name in context.known if len(name) == 1}
    letters = frozenset(single | {name.lower() for name in single})
    formulas = [piece.source for piece in found if piece.kind != "prose"]
    coded = _names_in_code(found) | _names_for_statistics(context, formulas)
    names = long_names(formulas, letters, coded, context.notation.function_names)
    words = [word for word in names.words if word not in context.known]
    if words:
        context.notation.words = (*context.words, *words)
        # Before it is said what they are, an argument may stand behind them: RSS(w).
        context.labels.update(word for word in words if word.isupper())
    context.memory.names_gradients = names.names_gradients
    for word, statistic in STATISTICS.items():
        if word in words and word not in context.later:
            context.look_at(view.with_alias(word, statistic) if statistic in view.definitions else view for view in context.views)
    known = context.known
    for word, variable in names.gradients.items():
        if variable == word[1:] or variable in known or word[1:] in context.notation.function_names:
            context.memory.gradient_names.add(word)
            context.define(word, Definition(kinds.Derivative(kinds.Name("L"), kinds.Name(variable))), first=True)
    for word in names.words if names.are_differentials else ():
        if word[0] == "d" and word[1:] in context.words:
            context.define(word, Definition(kinds.Differentiated(kinds.Name(word[1:]))), first=True)
    for word in names.incoming:
        # Of two layers it is the gradient by the output of the last one.
        comes_in = [(view, "g" if "g" in view.names else view.aliases.get("grad_output", "")) for view in context.views]
        context.look_at(
            replace(view, aliases={**view.aliases, word: meant}, origin=view.origin or view) if meant else view
            for view, meant in comes_in
        )
