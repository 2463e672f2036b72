"""nbgrader's configuration of the course. nbgrader reads it when it is run in this folder."""

import os
from pathlib import Path

from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearOutput,
    IgnorePattern,
    LimitOutput,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)

from autograder.grading.classes import CLASS_VARIABLE, SAMPLE_GRADEBOOK, SAMPLE_SUBMITTED
from autograder.grading.exporting import SafeCsvExportPlugin
from autograder.grading.feedback import GetMarks, HideTests, LeadWithMarks, ShowRemarks
from autograder.grading.inbox.names import ZIP_COLLECT
from autograder.grading.inbox.preprocessor import TakeIn
from autograder.grading.isolated import IsolatedExecute
from autograder.grading.oral import OpenTasks
from autograder.grading.plain import adapt_nbgrader
from autograder.grading.writeups import SuggestWriteups
from autograder.pages.marking_pages import FILTERS, NothingLive
from autograder.pages.page import FeedbackExporter

c = get_config()  # noqa: F821 - nbgrader provides it

adapt_nbgrader()

c.CourseDirectory.course_id = "matrix-derivatives"

# The sample class, where it is asked for: by `make formgrader` while there is no other, or COURSE_CLASS=sample .venv/bin/nbgrader ...
if os.environ.get(CLASS_VARIABLE) == "sample":
    c.CourseDirectory.submitted_directory = SAMPLE_SUBMITTED
    c.CourseDirectory.db_url = f"sqlite:///{Path(__file__).resolve().parent / SAMPLE_GRADEBOOK}"

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

# Whatever was handed in is repaired and aligned with the released notebook first; see autograder/grading/inbox.
c.OverwriteCells.add_missing_cells = True
c.Autograde.sanitize_preprocessors = [
    ClearOutput,
    TakeIn,
    OverwriteKernelspec,
    OverwriteCells,
    CheckCellMetadata,
]

# Student code runs in a sandbox, the check cells do not: see autograder/sandbox. Where bubblewrap cannot be installed,
# c.IsolatedExecute.isolation = "limits" or "kernel" chooses a weaker mode, which says in every run what it does not keep.
c.Autograde.autograde_preprocessors = [
    IsolatedExecute,
    IgnorePattern,
    ClearMetadataPreprocessor,
    LimitOutput,
    SaveAutoGrades,
    OpenTasks,
    SuggestWriteups,
    AssignLatePenalties,
]
# What was noted while the notebook ran is for the steps behind it.
c.ClearMetadataPreprocessor.preserve_nb_metadata_mask = {("language_info", "name"), "grading"}
# The derivations are read step by step, which gives a suggestion; each still waits for a person. To give all points where
# every step holds and all that the rubric asks for is derived: c.SuggestWriteups.accept_complete = True
# The cells' metadata were checked when the submission was sanitized, and a notebook's form is checked once, at the end,
# rather than after each of a dozen steps.
c.Exporter.optimistic_validation = True
# Seconds of computing for a cell. The slowest right notebook computes for two seconds in all.
c.IsolatedExecute.timeout = 30
# In the mode "kernel": no history file shared with the instructor's own sessions, no remark on the kernel's transport.
c.IsolatedExecute.extra_arguments = ["--HistoryManager.hist_file=:memory:", "--IPKernelApp.log_level=40"]

# `nbgrader zip_collect` knows the names of Moodle, Canvas and Google Drive. `make import` does more: it looks into the notebooks.
c.FileNameCollectorPlugin.named_regexp = ZIP_COLLECT

# Students may read their feedback, not the hidden tests; its pages open without a network, with the formulas typeset.
c.GenerateFeedback.exporter_class = FeedbackExporter
c.GenerateFeedback.preprocessors = [GetMarks, HideTests, ShowRemarks, LeadWithMarks]
c.LeadWithMarks.course = str(Path(__file__).resolve().parent)
# The points that the reader of derivations suggests are for reviewers. To show them to students, too, each as a suggestion:
# c.LeadWithMarks.suggested_points = True

# formgrader's page has the rights of the person who marks; what students wrote is shown there with nothing live in it.
c.HTMLExporter.preprocessors = [NothingLive]
c.HTMLExporter.filters = FILTERS

# nbgrader's own lets a name with a comma break a row, and a spreadsheet compute a name that begins with "=".
c.ExportApp.plugin_class = SafeCsvExportPlugin
