"""A course: its folder, its configuration, its assignments. Whoever needs one of them is handed this."""

import copy
from functools import cached_property
from pathlib import Path

from nbgrader.apps import NbGraderAPI
from traitlets.config import Config

from autograder.course.assignment import Assignment, read_assignments
from autograder.course.release import load_config, nbgrader_api


class Course:
    """One course. What is read of it is read once.

    Parameters
    ----------
    root
        Its folder.
    """

    def __init__(self, root: Path):
        self.root = root

    @cached_property
    def assignments(self) -> list[Assignment]:
        """The assignments, in their order."""
        return read_assignments(self.root)

    @property
    def config(self) -> Config:
        """The configuration, a copy that may be changed."""
        return copy.deepcopy(self._config)

    @cached_property
    def _config(self) -> Config:
        return load_config(self.root)

    @property
    def db_url(self) -> str:
        """The gradebook: nbgrader's own setting ``CourseDirectory.db_url``, or ``gradebook.db`` in the folder of the course."""
        return self._config.CourseDirectory.get("db_url") or f"sqlite:///{self.root / 'gradebook.db'}"

    def config_with(self, db_url: str) -> Config:
        """The configuration with another gradebook."""
        config = self.config
        config.CourseDirectory.db_url = db_url
        return config

    def api(self, db_url: str) -> NbGraderAPI:
        """nbgrader's interface to the course, with a gradebook."""
        return nbgrader_api(self.root, self.config_with(db_url))
