"""Write-ups that were read once before anything was tuned for them, and what the reader says of them now.

``derivations/read_once`` holds them, with the letters of a person behind the signs. No step that a person finds right is called false,
none that is wrong holds, and no fewer right ones hold than when a file came here: ``python -m benchmarks.writeups`` shows the others.
Every eighth text is read; ``STRANGERS=1`` reads all of them, and then counts.
"""

import os
from collections import Counter

import pytest

from matrix_checks.derivations.equality.verdicts import FALSE, HOLDS
from matrix_checks.derivations.judging.writeups import read_writeup
from tests.strangers import FOLDER, strangers, with_letters
from tests.test_recall import EXERCISES

READ_ONCE = FOLDER.parent / "read_once"
EVERY = int(os.environ.get("STRANGERS", "8"))
# How many of the steps that a person finds right hold at least.
HOLDING = {
    "second_year_class_mixed": 224,
    "learned_from_posts_layers": 182,
    "notes_retold_mixed": 145,
    "weak_and_tired_mixed": 127,
    "third_semester_mixed": 215,
    "other_trades_mixed": 152,
    "usual_mistakes_mixed": 166,
    "checked_with_numbers": 285,
    "before_an_oral_defence": 200,
    "published_styles_mixed": 157,
    "hurried_and_mixed": 154,
    "talkative_with_checks": 242,
    "average_of_a_course": 163,
    "strong_notation_of_their_own": 145,
    "handed_in_2_mixed": 237,
    "public_notes_3_mixed": 73,
    "after_public_mixed": 145,
    "public_notes_2_mixed": 132,
    "public_notes_mixed": 174,
    "public_questions_mixed": 78,
    "fields_mixed": 178,
    "one_course_2_mixed": 170,
    "masters_layers": 233,
    "fields_differentiation": 231,
    "graphs_of_layers": 224,
    "one_mistake_each_3": 172,
    "code_beside_formulas": 177,
    "structured_layers": 326,
    "weak_and_hurried": 121,
    "students_with_checks": 279,
    "textbook_layers": 180,
    "second_years_differentiation": 152,
    "popular_notes_layers": 171,
    "schools_differentiation_2": 121,
    "schools_layers_2": 130,
    "mistakes_one_each_2": 114,
    "unusual_ways": 160,
    "programmers": 144,
    "whole_layers_2": 160,
    "whole_differentiation_2": 153,
    "messy_2": 100,
    "usual_batch_norm": 139,
    "usual_linear": 162,
    "careless_passes": 92,
    "languages_of_all": 150,
    "whole_layers": 175,
    "whole_differentiation": 181,
    "public_retold": 138,
    "mistakes_one_each": 109,
    "schools_linear": 171,
    "schools_batch_norm": 159,
    "schools_softmax": 159,
    "schools_factorization": 199,
    "schools_first_three": 180,
    "messy": 158,
    "weak_students": 152,
    "answers_only": 90,
    "class_of_differentiation": 158,
    "class_of_layers": 139,
    "course_of_differentiation": 135,
    "course_of_layers": 136,
    "differentiation_of_students": 162,
    "habits": 140,
    "handed_in_differentiation": 145,
    "handed_in_layers": 117,
    "homework_of_differentiation": 130,
    "homework_of_layers": 143,
    "layers_of_students": 146,
    "ordinary_1": 211,
    "ordinary_2": 187,
    "public_1": 121,
    "public_2": 134,
    "public_3": 170,
    "public_4": 110,
    "plain_layers": 139,
    "public_5": 136,
    "public_6": 133,
    "students": 154,
    "unusual": 135,
    "spoken_layers": 117,
    "spoken_differentiation": 111,
    "thoughts_on_layers": 140,
    "keyboards_differentiation": 129,
    "keyboards_layers": 122,
    "mixed_layers": 103,
    "mixed_differentiation": 152,
    "two_hundred_layers": 100,
    "two_hundred_differentiation": 108,
    "special_cases_differentiation": 87,
    "supposed_layers": 88,
    "told_differentiation": 144,
    "told_layers": 152,
    "batches_layers": 122,
    "at_home_layers": 145,
    "at_home_differentiation": 140,
    "staged_layers": 175,
    "points_differentiation": 120,
    "letters_layers": 117,
    "own_nodes_layers": 153,
    "directions_differentiation": 204,
    "remarks_differentiation": 139,
    "words_around_differentiation": 109,
    "words_around_layers": 121,
    "abbreviations_layers": 94,
    "abbreviations_differentiation": 115,
    "handed_in_mixed": 126,
    "beyond_the_sheet_mixed": 144,
    "named_nodes_layers": 102,
    "by_products_differentiation": 105,
    "everyday_layers": 89,
    "everyday_differentiation": 95,
    "other_fields_mixed": 98,
    "many_slips_mixed": 91,
    "public_7": 73,
    "public_8": 76,
    "statistics_layers": 92,
    "ways_layers": 91,
    "ways_differentiation": 90,
    "public_9": 101,
    "ordinary_3": 87,
    "ordinary_4": 159,
    "ordinary_5": 154,
    "ordinary_6": 221,
    "ordinary_7": 242,
    "small_cases": 240,
    "sources_of_layers": 229,
    "sources_mixed": 83,
    "whole_class": 221,
    "public_texts": 258,
    "public_layers": 169,
    "public_differentiation": 171,
    "more_layers": 148,
    "more_differentiation": 188,
    "short_layers": 180,
    "short_differentiation": 186,
    "homework_short_layers": 186,
    "homework_short_differentiation": 197,
    "remembered_layers": 146,
    "remembered_differentiation": 226,
    "deep_networks_layers": 162,
    "sixteen_people_mixed": 212,
    "layers_by_letter": 183,
    "less_polished_mixed": 197,
    "one_course_mixed": 224,
    "operators_and_layers_mixed": 190,
    "sixteen_languages_mixed": 207,
}


@pytest.mark.parametrize("file", HOLDING)
def test_what_a_person_finds_right_is_never_false_and_mostly_holds(file: str) -> None:
    found = Counter[tuple[str, str]]()
    for stranger in strangers(READ_ONCE, file)[::EVERY]:
        report = read_writeup(stranger.text, EXERCISES[stranger.exercise])
        for letter, step in with_letters(stranger, report):
            verdict = step.verdict if step else "no step"
            found[letter, verdict] += 1
            assert (letter, verdict) not in (("H", FALSE), ("F", HOLDS)), f"{stranger.name}: {step}"
    assert EVERY > 1 or found["H", HOLDS] >= HOLDING[file], found


def test_every_file_is_read() -> None:
    assert {file.stem for file in READ_ONCE.glob("*.md")} == HOLDING.keys()
