"""Which size of the exercise a letter stands for, of which a text says a number."""

from matrix_checks.derivations.judging.context import Context

# Letters that a text has for sizes.
SIZES = frozenset("nmdDNM")


def are_all_sizes(context: Context, letters: list[str]) -> bool:
    """Whether letters that nobody declared are as many as the exercise has sizes: all of them are meant, in whatever order."""
    are_new = all(letter in SIZES and letter not in context.known for letter in letters)
    return are_new and len(set(letters)) == max(len(view.letters) for view in context.views)


def size_meant(context: Context, letter: str) -> str:
    """The size of the exercise that a letter stands for; empty for none."""
    letters = {each for view in context.views for each in view.letters}
    if letter in letters:
        return letter
    if letter in context.known or letter not in (*SIZES, *context.memory.declared):
        return ""
    # Where there is only one size, any letter of one stands for it.
    return context.memory.declared.get(letter) or (letters.pop() if len(letters) == 1 else "")
