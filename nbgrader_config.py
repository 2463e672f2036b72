"""nbgrader's configuration of the course. nbgrader reads it when it is run in this folder."""

import sys
from pathlib import Path

# nbgrader starts with its own folder on the path; the preprocessors named below live in this one.
sys.path.insert(0, str(Path(__file__).resolve().parent))

c = get_config()  # noqa: F821 - nbgrader provides it

c.CourseDirectory.course_id = "matrix-derivatives"

# What students find in the place of a solution. NotImplementedError is what the checks call "not written yet".
c.ClearSolutions.code_stub = {"python": "# Write your solution here and remove the next line.\nraise NotImplementedError"}
c.ClearSolutions.text_stub = (
    "*Write your derivation here, in LaTeX between dollar signs, and remove this line. "
    "State the shape of every matrix that you introduce.*"
)

# The marking schemes stand in the locked statement before each write-up, because nbgrader replaces the whole of a write-up
# by its stub; it would otherwise accept them in task cells only.
c.ClearMarkScheme.enforce_metadata = False
c.ClearMarkScheme.begin_mark_scheme_delimeter = "BEGIN MARK SCHEME"
c.ClearMarkScheme.end_mark_scheme_delimeter = "END MARK SCHEME"

# A student who deleted a check cell is graded with it all the same.
c.OverwriteCells.add_missing_cells = True

# The slowest right notebook computes for two seconds in all.
c.Execute.timeout = 30

# Students may read their feedback, not the hidden tests; the pages open without a network.
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "autograder.grading.feedback.HideTests",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
