"""The inbox as nbgrader's own step: the first of those that make a submission fit to be graded, in both ways of grading."""

from pathlib import Path

from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.grading.inbox.align import align
from autograder.grading.inbox.documents import documents_in, is_document
from autograder.grading.inbox.original import read_original
from autograder.grading.inbox.repair import repaired
from autograder.grading.inbox.suspicions import suspicions
from autograder.grading.remarks import KEY, documents_of, note


class TakeIn(NbGraderPreprocessor):
    """Repairs a submission and aligns it with the instructor's notebook; what is to be known about it goes into its metadata.

    It takes the place of nbgrader's ``DeduplicateIds``, which throws away the metadata of all copies of a cell but the last, and
    does what ``OverwriteCells`` fails to do where the cell before a missing one is neither an answer nor graded: see
    https://github.com/jupyter/nbgrader/blob/main/nbgrader/preprocessors/overwritecells.py (``add_missing_grade_cells``).
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Called by nbconvert; returns the notebook and the resources."""
        place = resources["nbgrader"]
        course = CourseDirectory(config=self.config)
        released = Path(course.format_path(course.release_directory, ".", place["assignment"])) / f"{place['notebook']}.ipynb"
        folder = Path(course.format_path(course.submitted_directory, place["student"], place["assignment"]))
        kernel = nb.metadata.get("kernelspec")
        kernel = kernel.get("name", "") if isinstance(kernel, dict) else ""
        if not released.exists():
            released = Path(course.format_path(course.source_directory, ".", place["assignment"])) / released.name
        documents = [*filter(is_document, documents_of(nb.metadata)), *documents_in(folder, released.parent)]
        original = read_original(released)
        taken, remarks = repaired(nb)
        more, waiting = align(taken, original, list(dict.fromkeys(documents)))
        # It is the course's; a submission may bring whatever it likes.
        taken.metadata.pop(KEY, None)
        note(taken, remarks=[*_kernel(kernel), *remarks, *more], waiting=waiting, to_ask=suspicions(taken, original))
        for sentence in (*remarks, *more):
            self.log.warning("%s/%s: %s", place["student"], place["assignment"], sentence)
        return taken, resources


def _kernel(name: str) -> list[str]:
    ours = "python3"
    return [f"the kernel {name!r} was replaced by {ours!r}"] if name not in ("", ours) else []
