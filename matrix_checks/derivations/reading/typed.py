"""What is typed with the signs of the keyboard inside of expressions: ``<a, b>``, and points that are no full stops."""

from matrix_checks.derivations.reading.tex import FUNCTIONS, RELATIONS, Mark, Token, Word

OPEN = {"(", "[", "{", "\\{", "\\langle", "\\begin"}
CLOSE = {")", "]", "}", "\\}", "\\rangle", "\\end"}
# Of an environment, in tokens, with ``\begin`` and the brace.
LONGEST_NAME = 20
# Commands behind which braces are no argument.
STANDS_ALONE = {
    "\\quad",
    "\\Rightarrow",
    "\\iff",
    "\\to",
    "\\Leftarrow",
    "\\mapsto",
    "\\cdot",
    "\\times",
    "\\therefore",
    "\\because",
    "\\forall",
}


def with_angles(tokens: list[Token]) -> list[Token]:
    """``<a, b>`` as an inner product; other signs of comparison stay."""
    if "<" not in tokens:
        return tokens
    tokens = list(tokens)
    # For each bracket that is open: the places of < that wait for their >, each with whether a comma followed.
    waiting: list[list[list[int]]] = [[]]
    for place, token in enumerate(tokens):
        if isinstance(token, Word):
            continue
        if token in OPEN:
            waiting.append([])
        elif token in CLOSE:
            if len(waiting) > 1:
                waiting.pop()
        elif token == "<":
            waiting[-1].append([place, 0])
        elif token in (",", "|") and waiting[-1]:
            waiting[-1][-1][1] += 1
        elif token == ">" and waiting[-1]:
            start, commas = waiting[-1].pop()
            if commas == 1:
                tokens[start], tokens[place] = "\\langle", "\\rangle"
        elif token in RELATIONS or token == "\\\\":
            waiting[-1] = []
    return tokens


def with_points_read(tokens: list[Token]) -> list[Token]:
    """A point that is part of an expression: ``.*`` is elementwise, ``x.T`` transposed, ``x.W`` a product."""
    if "." not in tokens:
        return tokens
    border = _border(tokens)
    kept: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        before = tokens[place - 1] if place else ""
        if token == "." and isinstance(token, Mark) and _ends_factor(before):
            after = tokens[place + 1] if place + 1 < len(tokens) else ""
            letters = _run(tokens, place + 1)
            if after in ("*", "/"):
                kept.append("\\odot" if after == "*" else "/")
                place += 2
                continue
            if after == "T" and letters == 1 and not token.space_behind:
                kept += ["^", "T"]
                place += 2
                continue
            if token.space_before == token.space_behind and _is_factor(tokens, place, letters, border):
                kept.append("\\cdot")
                place += 1
                continue
        kept.append(token)
        place += 1
    return kept


def _ends_factor(token: Token) -> bool:
    return isinstance(token, Word) or token in CLOSE or token[-1:].isalnum() or token == "'"


def _run(tokens: list[Token], place: int) -> int:
    """How many letters follow each other."""
    end = place
    while end < min(len(tokens), place + LONGEST_NAME):
        token = tokens[end]
        if isinstance(token, Word) or len(token) != 1 or not token.isalpha():
            break
        end += 1
    return end - place


def _border(tokens: list[Token]) -> int:
    """The place as far as which a point is no full stop, though a relation follows it.

    Before the first relation nothing was said that could have ended. Where some point of the formula stands close between two
    factors, and surely is a product, the others are products, too.
    """
    first = next((place for place, token in enumerate(tokens) if token in RELATIONS or token == "\\\\"), len(tokens))
    is_product = any(
        token == "."
        and not getattr(token, "space_behind", True)
        and _ends_factor(tokens[place - 1] if place else "")
        and _is_factor(tokens, place, _run(tokens, place + 1), first)
        for place, token in enumerate(tokens)
    )
    return len(tokens) if is_product else first


def _is_factor(tokens: list[Token], point: int, letters: int, border: int) -> bool:
    """Whether a factor follows a point, and neither the name of a function of a program nor a new statement.

    Parameters
    ----------
    tokens, point
        A formula, and where the point stands in it.
    letters
        How many letters follow it.
    border
        As far as where it is one, though a relation follows.
    """
    place = point + 1
    after = tokens[place] if place < len(tokens) else ""
    if isinstance(after, Word):
        # A function of the notation behind brackets, and no method of a program.
        is_method = not after.phrase and not getattr(tokens[point], "space_behind", False)
        return after.text in FUNCTIONS and tokens[point - 1] in CLOSE and not is_method
    if after in CLOSE:
        return False
    following = tokens[place + letters] if place + letters < len(tokens) else ""
    if letters >= 3 or (letters == 2 and following == "("):
        return False
    if not (letters or after in ("(", "{", "[") or (after.startswith("\\") and after[1:].isalpha() and after not in STANDS_ALONE)):
        return False
    # Where a relation follows, a new statement may begin.
    depth = 0
    for token in tokens[place : place + 60]:
        depth += (token in OPEN) - (token in CLOSE)
        if depth < 0:
            # The brackets around both end.
            return True
        if depth:
            continue
        if token in ("\\\\", ",", ";", "\\quad") or isinstance(token, Word):
            return True
        if token in RELATIONS:
            return point < border
    return True
