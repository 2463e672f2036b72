r"""Two cases of indices, each with one line per display: what follows a line of a case without a word belongs to the case.

By kind: an exercise, a text, and the letters of its steps; "~" is anything but F, "-" anything but H, "." anything.
"""

import pytest

from tests.test_precision import cases, fits, judged

QUOTIENT = r"\frac{\sum e^{x_d}\cdot e^{x_i} - e^{x_i}\cdot e^{x_i}}{(\sum e^{x_d})^2}"
OTHER = r"\frac{0 - e^{x_i}e^{x_j}}{(\sum e^{x_d})^2}"
LINES = r"\frac{dy_i}{dx_j} = "

KINDS = {
    "formulas alone in their paragraphs": [
        ("softmax", "If $i = j$, this gives:\n\n$" + LINES + QUOTIENT + "$\n\n$" + LINES + "y_i(1 - y_i)$\n\nIf $i \\ne j$, this gives:\n\n$" + LINES + OTHER + "$\n\n$" + LINES + "-y_iy_j$", ".HHHH"),
        ("softmax", "If $i = j$, this gives:\n\n$" + LINES + QUOTIENT + "$\n\n$" + LINES + "-y_iy_j$\n\nIf $i \\ne j$, this gives:\n\n$" + LINES + OTHER + "$\n\n$" + LINES + "y_i(1 - y_i)$", ".H-H-"),
        ("softmax", "If $i = j$:\n\n$" + LINES + "y_i(1 - y_i)$\n\n$" + LINES + "y_i - y_i^2$\n\n$" + LINES + "y_i - y_iy_j$", ".HHH"),
        ("softmax", "If $i = j$:\n\n$" + LINES + "y_i(1 - y_i)$\n\nSo for all indices $" + LINES + "y_i(1 - y_i)$", ".H-"),
    ],
    "displays": [
        ("softmax", "When i = j:\n$$" + LINES + QUOTIENT + "$$\n$$" + LINES + "y_i(1 - y_i)$$\nOtherwise:\n$$" + LINES + OTHER + "$$\n$$" + LINES + "-y_iy_j$$", ".HHHH"),
        ("softmax", "When i = j:\n\n$$" + LINES + QUOTIENT + "$$\n\n$$" + LINES + "y_i(1 - y_i)$$\n\nOtherwise\n\n$$" + LINES + OTHER + "$$\n\n$$" + LINES + "-y_iy_j$$", ".HHHH"),
        ("softmax", "When i = j:\n\n$$" + LINES + QUOTIENT + "$$\n\n$$" + LINES + "-y_iy_j$$\n\nOtherwise\n\n$$" + LINES + OTHER + "$$\n\n$$" + LINES + "y_i(1 - y_i)$$", ".H-H-"),
        ("softmax", "First case, $i = j$.\n\n$$" + LINES + QUOTIENT + "$$\n\n$$= y_i(1 - y_i)$$\n\nSecond case, $i \\neq j$.\n\n$$" + LINES + OTHER + "$$\n\n$$= -y_iy_j$$", ".HHHH"),
        ("softmax", "Case $i = j$:\n$$" + LINES + QUOTIENT + "$$\n$$" + LINES + "y_j(1 - y_i)$$\nCase $i \\ne j$:\n$$" + LINES + OTHER + "$$\n$$" + LINES + "-y_i^2$$", ".HHH-"),
        ("softmax", "When i = j:\n$$" + LINES + QUOTIENT + "$$\n$$" + LINES + "y_i(1 - y_i)$$\nBoth together:\n$$" + LINES + r"y_i(\delta_{ij} - y_j)$$" + "\n$$" + LINES + "y_i(1 - y_i)$$", ".HHH-"),
        ("softmax", r"Let $S = \sum_k e^{x_k}$. When $i = j$, we get" + "\n\n$$" + LINES + r"\frac{e^{x_i}S - e^{x_i}e^{x_i}}{S^2}$$" + "\n\n$$" + LINES + r"\frac{e^{x_i}}{S}\left(1 - \frac{e^{x_i}}{S}\right)$$" + "\n\n$$" + LINES + "y_i(1 - y_i)$$", "H.HHH"),
    ],
    "words that go on": [
        ("softmax", "When i = j:\n$$" + LINES + QUOTIENT + "$$\nwhich simplifies to\n$$" + LINES + "y_i(1 - y_i)$$", ".H~"),
        ("softmax", "When i = j:\n$$" + LINES + QUOTIENT + "$$\nThat is,\n$$" + LINES + "y_i y_j$$", ".H-"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("exercise", "text", "wanted"), cases(KINDS))
def test_lines_of_a_case_are_read_in_it(exercise: str, text: str, wanted: str) -> None:
    found = judged(exercise, text)
    assert fits(found, wanted), f"{text}\n found {found}, wanted {wanted}"
