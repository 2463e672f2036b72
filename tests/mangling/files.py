"""What editors, converters and merges do to a file, and what else stands in it."""

import random

from tests.mangling.cells import PICTURE, Cell, Notebook, edit, insert, is_solution, new_cell, pick, text_of


def code_cells(notebook: Notebook) -> list[Cell]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


@edit(named=True)
def minor_four_with_ids(notebook: Notebook, _: random.Random) -> Notebook:
    """jupytext/jupytext#1463: version 4.4 with ids, "'id' was unexpected"."""
    return notebook | {"nbformat_minor": 4}


@edit()
def minor_six(notebook: Notebook, _: random.Random) -> Notebook:
    """Row 2: a minor version of the future."""
    return notebook | {"nbformat_minor": 6}


def without(notebook: Notebook, choose: random.Random, key: str) -> Notebook:
    """Some of the code cells lack a field."""
    for cell in code_cells(notebook):
        if choose.random() < 0.5:
            cell.pop(key, None)
    return notebook


@edit(named=True)
def without_execution_count(notebook: Notebook, choose: random.Random) -> Notebook:
    """ucbds-infra/otter-grader#268: code cells without ``execution_count``."""
    return without(notebook, choose, "execution_count")


@edit(named=True)
def without_outputs(notebook: Notebook, choose: random.Random) -> Notebook:
    """otter-grader#340: code cells without ``outputs``."""
    return without(notebook, choose, "outputs")


@edit(named=True)
def without_metadata(notebook: Notebook, _: random.Random) -> Notebook:
    """Row 2: cells without ``metadata``."""
    for cell in notebook["cells"]:
        if not cell.get("metadata"):
            cell.pop("metadata", None)
    return notebook


@edit(named=True)
def markdown_with_outputs(notebook: Notebook, _: random.Random) -> Notebook:
    """otter-grader#701: a Markdown cell with outputs."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell |= {"outputs": [], "execution_count": None}
    return notebook


@edit(named=True)
def kernel_without_name(notebook: Notebook, _: random.Random) -> Notebook:
    """Row 2: ``kernelspec`` without a name."""
    return notebook | {"metadata": {"kernelspec": {"display_name": "Python 3"}}}


@edit()
def another_kernel(notebook: Notebook, _: random.Random) -> Notebook:
    """Row 2: the kernel of another language was chosen."""
    kernel = {"display_name": "R", "language": "R", "name": "ir"}
    return notebook | {"metadata": {"kernelspec": kernel, "language_info": {"name": "R"}}}


@edit()
def no_kernel(notebook: Notebook, _: random.Random) -> Notebook:
    """Editors: VS Code old and without a kernelspec."""
    return notebook | {"metadata": {}}


@edit(named=True)
def stream_without_name(notebook: Notebook, _: random.Random) -> Notebook:
    """Row 2: the output of ``print`` without the name of its stream."""
    for cell in code_cells(notebook)[:3]:
        cell["outputs"] = [{"output_type": "stream", "text": "7\n"}]
    return notebook


@edit(named=True)
def long_ids(notebook: Notebook, _: random.Random) -> Notebook:
    """Row 2: ids of 70 letters, from a converter; not those of the course."""
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"{number:070d}"
    return notebook | {"nbformat_minor": 5}


@edit()
def equal_ids(notebook: Notebook, _: random.Random) -> Notebook:
    """Row 2: every cell has one and the same id."""
    for cell in notebook["cells"]:
        cell["id"] = "cell"
    return notebook | {"nbformat_minor": 5}


WIDGETS = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"


def widget_output() -> dict:
    return {"output_type": "display_data", "metadata": {}, "data": {VIEW: {"model_id": "a1", "version_major": 2}}}


@edit()
def widgets_without_state(notebook: Notebook, _: random.Random) -> Notebook:
    """jupyter/nbconvert#1731, row 3: Colab's widget metadata without ``state``."""
    notebook["metadata"] = (notebook.get("metadata") or {}) | {"widgets": {WIDGETS: {"a1": {"model_name": "HBoxModel"}}}}
    for cell in code_cells(notebook)[-1:]:
        cell["outputs"] = [widget_output()]
    return notebook


@edit()
def widgets_with_state(notebook: Notebook, _: random.Random) -> Notebook:
    """Row 3: widget metadata as JupyterLab saves them."""
    state = {"state": {"a1": {"model_name": "HBoxModel", "state": {}}}, "version_major": 2, "version_minor": 0}
    notebook["metadata"] = (notebook.get("metadata") or {}) | {"widgets": {WIDGETS: state}}
    return notebook


@edit(named=True)
def collapsed_is_null(notebook: Notebook, _: random.Random) -> Notebook:
    """Row 2: ``"collapsed": null``."""
    for cell in code_cells(notebook):
        cell["metadata"] = (cell.get("metadata") or {}) | {"collapsed": None}
    return notebook


@edit(named=True)
def unknown_fields(notebook: Notebook, _: random.Random) -> Notebook:
    """jupyter/nbformat#73: fields that the format does not know."""
    for cell in notebook["cells"]:
        cell["isParagraph"] = False
    return notebook | {"orig_nbformat": 4, "saved_by": "an editor"}


@edit()
def kaggle(notebook: Notebook, _: random.Random) -> Notebook:
    """Editors: Kaggle writes sources as one text, and ``_uuid``."""
    for cell in notebook["cells"]:
        cell["source"] = text_of(cell)
        cell["metadata"] = (cell.get("metadata") or {}) | {"_uuid": "8f2839f25d086af736a60e9eeb907d3b93b6e0e5", "trusted": True}
    return notebook | {"nbformat_minor": 4} if not any("id" in cell for cell in notebook["cells"]) else notebook


@edit()
def dataspell(notebook: Notebook, _: random.Random) -> Notebook:
    """Editors: DataSpell and PyCharm."""
    for cell in notebook["cells"]:
        cell["metadata"] = (cell.get("metadata") or {}) | {"pycharm": {"name": "#%%\n", "is_executing": False}}
    return notebook


@edit()
def vs_code(notebook: Notebook, _: random.Random) -> Notebook:
    """Editors: VS Code."""
    for cell in notebook["cells"]:
        cell["metadata"] = (cell.get("metadata") or {}) | {"vscode": {"languageId": "python"}}
        cell["source"] = text_of(cell).splitlines(keepends=True)
    return notebook


@edit()
def flood_of_outputs(notebook: Notebook, _: random.Random) -> Notebook:
    """PrairieLearn/PrairieLearn#1999: a hundred thousand printed lines."""
    for cell in code_cells(notebook)[:2]:
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "step\n" * 20_000}]
    return notebook


@edit()
def errors_in_the_outputs(notebook: Notebook, _: random.Random) -> Notebook:
    """Tried and good: the outputs of a notebook that was run halfway."""
    error = {"output_type": "error", "ename": "NameError", "evalue": "name 'np' is not defined", "traceback": ["…"]}
    for number, cell in enumerate(code_cells(notebook)):
        cell |= {"outputs": [error], "execution_count": 100 - number}
    return notebook


@edit()
def lines_end_as_in_windows(notebook: Notebook, _: random.Random) -> Notebook:
    """otter-grader#524: CRLF inside the sources."""
    for cell in notebook["cells"]:
        cell["source"] = text_of(cell).replace("\r\n", "\n").replace("\n", "\r\n")
    return notebook


@edit()
def own_formulas(notebook: Notebook, choose: random.Random) -> Notebook:
    """moorepants/resonance#109: cells with formulas of the student's own between the others."""
    for _ in range(choose.randint(1, 3)):
        cell = new_cell("markdown", "Scratch: $y_i = 2 x_i$, so $\\frac{dy}{dx} = 2x$. Check this again.", choose)
        insert(notebook, choose.randint(0, len(notebook["cells"])), cell)
    return notebook


@edit()
def scratch_code(notebook: Notebook, choose: random.Random) -> Notebook:
    """otter-grader#793: cells of code of the student's own between the others."""
    cell = new_cell("code", "scratch = [number ** 2 for number in range(7)]\nprint(scratch)", choose)
    return insert(notebook, choose.randint(0, len(notebook["cells"])), cell)


@edit()
def blank_cells(notebook: Notebook, choose: random.Random) -> Notebook:
    """Every editor leaves empty cells behind."""
    for kind in ("code", "markdown", "raw"):
        insert(notebook, choose.randint(0, len(notebook["cells"])), new_cell(kind, choose.choice(["", "\n", " "]), choose))
    return notebook


@edit()
def own_picture(notebook: Notebook, choose: random.Random) -> Notebook:
    """Row 9: a picture in a cell of its own; every write-up has its text."""
    cell = new_cell("markdown", f"![sketch]({PICTURE})", choose)
    return insert(notebook, choose.randint(0, len(notebook["cells"])), cell)


@edit()
def russian_names(notebook: Notebook, choose: random.Random) -> Notebook:
    """Row 23: Russian text, emoji and a no-break space."""
    cell = new_cell("markdown", "Ниже моё решение \u00a0 🙂 «Ким Анна», ё ≠ е", choose)
    return insert(notebook, choose.randint(0, len(notebook["cells"])), cell)


@edit()
def timed_solution(notebook: Notebook, choose: random.Random) -> Notebook:
    """Tried and good: ``%%time`` on an answer cell."""
    place = pick(notebook, choose, lambda cell: is_solution(cell) and cell["cell_type"] == "code")
    if place is not None and not text_of(notebook["cells"][place]).startswith("%%"):
        notebook["cells"][place]["source"] = "%%time\n" + text_of(notebook["cells"][place])
    return notebook
