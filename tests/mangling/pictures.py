"""Answers that are photos, or have one."""

import random

from tests.mangling.cells import PICTURE, STUB_WRITEUP, Notebook, edit, insert, is_writeup, new_cell, pick, text_of


@edit(named=True, loses="writeup")
def writeup_is_a_photo(notebook: Notebook, choose: random.Random) -> Notebook:
    """jupyter/nbgrader#950, row 9: a photo instead of a text."""
    place = pick(notebook, choose, is_writeup)
    if place is not None:
        notebook["cells"][place]["source"] = f"![photo]({PICTURE})"
    return notebook


@edit()
def writeup_with_an_attachment(notebook: Notebook, choose: random.Random) -> Notebook:
    """googlecolab/colabtools#3836, row 9: a typed derivation with a picture."""
    place = pick(notebook, choose, is_writeup)
    if place is not None:
        cell = notebook["cells"][place]
        cell["attachments"] = {"image.png": {"image/png": PICTURE.split(",")[1]}}
        cell["source"] = f"{text_of(cell)}\n\n![image.png](attachment:image.png)"
    return notebook


@edit(named=True, loses="writeup")
def photo_in_a_cell_below(notebook: Notebook, choose: random.Random) -> Notebook:
    """Rows 7 and 9: the stub left, a photo in a new cell below."""
    place = pick(notebook, choose, is_writeup)
    if place is None:
        return notebook
    notebook["cells"][place]["source"] = STUB_WRITEUP
    return insert(notebook, place + 1, new_cell("markdown", f"![photo]({PICTURE})", choose))
