"""How does the reader judge write-ups that people have judged? A table of people's letters against the reader's verdicts.

    python -m benchmarks.writeups FOLDER [FOLDER ...] --verbose

The files are as ``tests/strangers.py`` describes them. What nobody has tuned the reader for shows what it is worth: write new ones,
read them once with this command, and only then look at why they differ.
"""

import argparse
import statistics
import time
from collections import Counter
from pathlib import Path

from matrix_checks.derivations.judging.report import Report, Step
from matrix_checks.derivations.judging.writeups import read_writeup
from matrix_checks.derivations.values.declared_exercises import FILE, read_exercises
from matrix_checks.derivations.values.exercise import Exercise
from tests.strangers import FOLDER, Stranger, strangers, with_letters

ROOT = Path(__file__).resolve().parent.parent
LETTERS = {"holds": "H", "first order": "1", "other layout": "L", "false": "F", "not understood": "U", "stated": "D"}
# A letter of a person, and a verdict that says the same; a true relation may be taken for what defines a name.
SAME = {"HH", "HD", "H1", "HL", "FF", "LL", "LH", "11", "1H", "DD", "DH"}


def main() -> None:
    """Read all texts of the folders, and print the table, the answers that differ, and the seconds."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "folders", nargs="*", type=Path, default=[FOLDER], help="folders of judged write-ups (those of the tests by default)"
    )
    parser.add_argument("--verbose", action="store_true", help="show each relation of which the reader says something else")
    options = parser.parse_args()
    exercises: dict[str, Exercise] = {}
    for file in sorted(ROOT.glob(f"source/*/{FILE}")):
        exercises |= read_exercises(file)
    for folder in options.folders:
        table, seconds = Counter[str](), list[float]()
        for stranger in strangers(folder):
            start = time.perf_counter()
            report = read_writeup(stranger.text, exercises[stranger.exercise])
            seconds.append(time.perf_counter() - start)
            compared = with_letters(stranger, report)
            table.update(_said(letter, step) for letter, step in compared)
            table["extra"] += len(report.steps) - len({id(step) for _, step in compared if step})
            if options.verbose:
                _show(stranger, report, compared)
        if seconds:
            _summary(folder, table, seconds)


def _said(letter: str, step: Step | None) -> str:
    return letter + (LETTERS[step.verdict] if step else "-")


def _show(stranger: Stranger, report: Report, compared: list[tuple[str, Step | None]]) -> None:
    print(f"\n## {stranger.name} ({stranger.exercise}); answers {'; '.join(stranger.answers)} | {report.answers}")
    for letter, step in compared:
        said = _said(letter, step)
        if said not in SAME:
            print(f"  {said}  " + (f"{step.left}  {step.sign}  {step.right}   ({step.reason})" if step else "no step"))


def _summary(folder: Path, table: Counter[str], seconds: list[float]) -> None:
    right = sum(count for said, count in table.items() if said[0] == "H")
    slow = sorted(seconds)[int(0.95 * len(seconds))]
    print(
        f"{folder.name}: {right} right ones: {table['HF']} called false, {table['HU']} not understood, {table['H-']} lost; "
        f"wrong ones: {table['FF']} found, {table['FU']} not understood, {table['FH']} hold; extra {table['extra']}; "
        f"definitions called false {table['DF']}; {statistics.mean(seconds):.2f} s a text, {slow:.2f} s for 95 of 100"
    )
    print("   ", " ".join(f"{said}:{count}" for said, count in sorted(table.items())))


if __name__ == "__main__":
    main()
