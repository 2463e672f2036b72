"""What a submission's process can hold, start or leave behind, whoever runs the course: as root, too."""

import pytest

from autograder.isolation.sandbox import Sandbox


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    folder = tmp_path_factory.mktemp("assignments") / "layers"
    folder.mkdir()
    with Sandbox({"layers": folder}) as started:
        yield started


def said(sandbox, *cells) -> list[str]:
    """What each of some cells prints, or the error that it ends with."""
    with sandbox.session("layers", 60.0) as session:
        outputs = [session.run_cell("import os, sys, ctypes, numpy as np\n" + cell, 30.0) for cell in cells]
    return ["".join(each.get("text", "") + each.get("evalue", "") for each in of_cell).strip() for of_cell in outputs]


OFFSETS = "found = {}\nfor d in range(3, 128):\n    try: found[d] = os.lseek(d, 0, 1)\n    except OSError: pass\nprint(found)"
MOVE = "for d in range(3, 128):\n    try: os.lseek(d, 424242, 0)\n    except OSError: pass"


def test_an_offset_moved_in_one_submission_is_not_seen_in_the_next(sandbox):
    before = said(sandbox, OFFSETS)
    assert said(sandbox, MOVE, OFFSETS)[1].count('424242') >= 2
    assert said(sandbox, OFFSETS) == before


def test_a_process_has_its_line_its_output_and_files_of_its_own_and_no_other_descriptor(sandbox):
    kinds = (
        "import stat\nfound = []\nfor d in range(3, 128):\n    try: mode = os.fstat(d).st_mode\n    except OSError: continue\n"
        "    found.append('socket' if stat.S_ISSOCK(mode) else 'file' if stat.S_ISREG(mode) else 'other')\n"
        "print(found.count('socket'), found.count('other'))"
    )
    assert said(sandbox, kinds) == ["1 0"]


def test_letters_are_drawn_after_descriptors_were_renewed(sandbox):
    draw = "import matplotlib.pyplot as plt\nplt.title('Wörter $x^2$ Ωß')\nplt.savefig('/scratch/x.png')\nprint(os.path.getsize('/scratch/x.png') > 0)"
    assert said(sandbox, draw) == ["True"]
