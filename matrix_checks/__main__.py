"""``python -m matrix_checks``: what can be done without a notebook."""

import argparse
import sys

from matrix_checks.practice import command


def main() -> int:
    """Run a command; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m matrix_checks", description="Matrix derivatives: practice problems.")
    commands = parser.add_subparsers(dest="command", required=True)
    command.add_arguments(commands.add_parser("practice", help="problems with a solution, each from a level and a seed"))
    return command.run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
