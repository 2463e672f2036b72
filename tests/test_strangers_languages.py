r"""Both cases of the softmax in the words of many languages: "gdy $i = k$", "inaczej"; also in those that the reader does not know."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import examples
from tests.test_precision import judged

# If, otherwise, and what stands behind a condition.
WORDS = [
    ("eğer", "değilse", "ise"),
    ("", "aksi halde", "ise"),
    ("gdy", "w przeciwnym razie", ""),
    ("jeśli", "inaczej", ""),
    ("dla", "poza tym", ""),
    ("якщо", "інакше", ""),
    ("indien", "anders", ""),
    ("pokud", "jinak", ""),
    ("dacă", "altfel", ""),
    ("nếu", "ngược lại", ""),
    ("se", "caso contrário", ""),
    ("se", "senão", ""),
    ("om", "annars", ""),
    ("jos", "muuten", ""),
    ("jika", "lainnya", ""),
    ("", "それ以外", "のとき"),
    ("", "그 외", "일 때"),
    ("si", "sinon", ""),
    ("lorsque", "autrement", ""),
    ("falls", "ansonsten", ""),
    ("wenn", "andernfalls", ""),
    ("si", "en caso contrario", ""),
    ("se", "altrimenti", ""),
    ("当", "其他", ""),
    ("若", "否则", ""),
    ("если", "иначе", ""),
    ("при", "в противном случае", ""),
    ("если", "в остальных случаях", ""),
    ("αν", "αλλιώς", ""),
    ("אם", "אחרת", ""),
]
SAME, OTHER = "y_i(1-y_i)", "-y_iy_k"
LEFT = r"\frac{\partial y_i}{\partial x_k}"


def table(if_word: str, otherwise: str, behind: str, first: str, second: str) -> str:
    """The cases in the environment for them, with its words in commands for words."""
    words = rf"\text{{{if_word} }} i=k" + (rf"\text{{ {behind}}}" if behind else "")
    return rf"${LEFT} = \begin{{cases}} {first} & {words} \\ {second} & \text{{{otherwise}}} \end{{cases}}$"


def sentence(if_word: str, otherwise: str, behind: str, first: str, second: str) -> str:
    """The cases in a sentence."""
    return f"{if_word.capitalize()} $i=k$ {behind}, ${LEFT} = {first}$; {otherwise} ${LEFT} = {second}$."


@pytest.mark.parametrize("words", WORDS, ids=lambda words: "-".join(words).replace(" ", "_"))
@pytest.mark.parametrize("written", [table, sentence])
def test_what_is_right_in_each_case_holds_and_exchanged_it_does_not(words, written):
    assert judged("softmax", written(*words, SAME, OTHER)).replace("D", "") in ("H", "HH"), words
    assert "H" not in judged("softmax", written(*words, OTHER, SAME)), words


LETTERS = "abcdefghijklmnopqrstuvwxyzäöüßéèçñšžłőăğıяжбдюλθ"


@given(words=st.lists(st.text(LETTERS, min_size=4, max_size=9), min_size=2, max_size=2, unique=True))
@settings(max_examples=examples(30), deadline=None)
def test_what_is_right_in_a_case_is_not_false_in_any_language(words):
    if_word, otherwise = words
    for written in (table, sentence):
        assert "F" not in judged("softmax", written(if_word, otherwise, "", SAME, OTHER)), words


@pytest.mark.parametrize("words", [("If", "so"), ("Wenn", "also"), ("", "hence")])
def test_a_case_that_is_said_directly_before_is_meant(words):
    if_word, then = words
    assert judged("softmax", f"{if_word} $i=k$, {then} ${LEFT} = {OTHER}$.").replace("D", "") in ("F", "U")
    assert judged("softmax", f"If $i=k$, ${LEFT} = {OTHER}$.").replace("D", "") == "F"
