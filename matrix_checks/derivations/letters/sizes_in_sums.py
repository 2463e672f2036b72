r"""A text for so many classes: where each of its sums ends at the same number, ``\sum_{j=1}^{3} e^{z_j}``, the exercise's only size is this number."""

from matrix_checks.derivations.context.context import Context
from matrix_checks.derivations.context.statements_of_text import formulas_of
from matrix_checks.derivations.reading.formulas import Piece
from matrix_checks.derivations.reading.letters_used import ends_of_sums, numbers_of_sums


def take_size_of_sums(context: Context, found: list[Piece]) -> None:
    """Fix the exercise's only size where no sum of the text has another end, and nothing goes on with dots."""
    sizes = context.views[0].letters
    if len(sizes) != 1:
        return
    formulas = formulas_of(context, found)
    goes_on = any("dots" in str(token) for tokens in formulas for token in tokens)
    numbers = {number for tokens in formulas for number in numbers_of_sums(tokens)}
    if len(numbers) != 1 or goes_on or any(map(ends_of_sums, formulas)):
        return
    (number,) = numbers
    if number > 1 and number >= context.memory.most_entries:
        context.sizes = context.sizes_throughout = {sizes[0]: number}
        context.memory.fixes_sizes = True
