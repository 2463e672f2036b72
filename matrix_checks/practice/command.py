"""``python -m matrix_checks practice``: problems in the terminal, or on a sheet."""

import argparse
from pathlib import Path

from matrix_checks.practice.drawing import LEVELS, NotPossible, draw_problem
from matrix_checks.practice.forms import TRAPS
from matrix_checks.practice.pictures import counted
from matrix_checks.practice.sheets import FORMATS, markdown_sheet, write_sheet

MOST = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "--level", type=int, default=1, help=f"from {LEVELS[0]}, linear forms, to {LEVELS[-1]}, inverses and layers"
    )
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same problem on every machine")
    parser.add_argument("--count", type=int, default=1, help="so many problems, of this seed and those behind it")
    parser.add_argument("--focus", default="", help=f"a kind of trap: {', '.join(TRAPS)}")
    parser.add_argument("--answers", action="store_true", help="with the solutions behind the problems")
    parser.add_argument("--output", type=Path, help=f"a file to print, instead of the terminal: {', '.join(FORMATS)}")


def run(options: argparse.Namespace) -> int:
    """Print or write the problems; 2 where the input is bad, with one sentence."""
    try:
        if not 1 <= options.count <= MOST:
            raise NotPossible(f"--count is {options.count}: it goes from 1 to {MOST}.")
        problems = [draw_problem(options.level, options.seed + place, options.focus) for place in range(options.count)]
        if options.output is None:
            print(markdown_sheet(problems, options.answers), end="")
        else:
            if options.output.exists():
                raise NotPossible(f"{options.output} exists already: give the sheet another name, or remove that file.")
            write_sheet(options.output, problems, options.answers)
            print(f"{counted(len(problems))} in {options.output}.")
    except (NotPossible, ValueError) as error:
        print(error)
        return 2
    except OSError as error:
        print(f"{options.output} cannot be written: {error.strerror}.")
        return 2
    return 0
