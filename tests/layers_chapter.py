"""The second chapter as its tests have it: its text, its cells, and its functions to be tried."""

from functools import cache

from autograder.course.master import read_master
from autograder.course.trial import Trial
from tests.conftest import BY_ID

LAYERS = BY_ID["layers"]


@cache
def cells() -> dict[str, str]:
    return {cell.id: cell.source for cell in read_master(LAYERS.master).cells}


@cache
def chapter() -> str:
    return LAYERS.master.read_text(encoding="utf-8")


@cache
def trial() -> Trial:
    return Trial(LAYERS)
