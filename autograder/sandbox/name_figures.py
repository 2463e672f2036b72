"""The keys of a notebook's figures: ``python -m autograder.sandbox.name_figures NOTEBOOK`` prints them, with the chains of its cells."""

import json
import sys
from pathlib import Path

from autograder.sandbox.figures import MARK
from autograder.sandbox.shell import CellRunner


def main() -> None:
    """Print, as JSON, ``[cell number, chain, [[output number, key], ...]]`` for the cells of a notebook, run in its own folder."""
    notebook = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    runner = CellRunner()
    runner.sketches.everything = True
    found = []
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] != "code":
            continue
        values = [output.get("data", {}).get("image/png", "") for output in runner.run("".join(cell["source"]))]
        keys = [[place, value[len(MARK) :]] for place, value in enumerate(values) if value.startswith(MARK)]
        if keys and runner.sketches.noted:
            found.append([number, runner.sketches.noted, keys])
    print(json.dumps(found))


if __name__ == "__main__":
    main()
