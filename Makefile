# Two commands are all that most people need: `make grade` and `make test`. `make help` lists the others.

PYTHON ?= python3
# In a container the environment is another than that of the machine which shares the folder with it.
VENV := $(or $(COURSE_VENV),.venv)
RUN := $(VENV)/bin/python
READY := $(VENV)/.ready

# Files in the order of tests/conftest.py, the longest first; pytest-xdist would begin with those of most tests.
# Three for two processors: browsers, kernels and locks are waited for, and a fourth would only compute its imports anew.
PARALLEL := --numprocesses 3 --dist loadfile --no-loadscope-reorder

# The tests make a second environment, a student's, with the same Python.
export PYTHON

# A library that starts threads of its own would only stand in the way of the workers.
export OPENBLAS_NUM_THREADS := 1

# The shell takes these from its environment, so that blanks, quotes and apostrophes in them stay what they are.
export STUDENT SCHEDULER FROM ROSTER UNTIL ASSIGNMENT LEVEL FOCUS SEED COUNT ROWS

# Some machines keep Python from writing down what it compiled: hundreds of processes would compile the course's code, each anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help grade import marks extend carry reports exam formgrader build new test quick rows benchmark mutants requirements clean

help: ## Lists these commands.
	@sed -n 's/^\([a-z]*\):[^#]*## /\1 /p' $(firstword $(MAKEFILE_LIST)) | while read -r name sentence; do printf 'make %-11s %s\n' "$$name" "$$sentence"; done

# make grade                              everything that is new or has changed
# make grade AGAIN=1                      unchanged submissions, too
# make grade STUDENT="Ada Lovelace;bea"   only these students, with semicolons between them
# make grade SCHEDULER=tls://host:8786    on a Dask cluster, as docs/cluster.md says
grade: $(READY) ## Grades what is new or has changed in submitted/, or the sample class; AGAIN=1 grades everything, STUDENT="ada;bea" these.
	@$(RUN) -m autograder grade $(if $(STUDENT),--students "$$STUDENT") $(if $(AGAIN),--again) $(if $(SCHEDULER),--scheduler "$$SCHEDULER")

# make import FROM="My downloads.zip"             a zip file or a folder of Moodle, Canvas or Google Drive, into submitted/
# make import FROM=downloads ROSTER=roster.csv    with the class: id,first_name,last_name,email, and any numbers of the system
import: $(READY) ## Sorts a download of Moodle, Canvas or Google Drive into submitted/: FROM="My downloads.zip" [ROSTER=roster.csv].
	@test -n "$$FROM" || { echo 'Say what to import: make import FROM="My downloads.zip"' >&2; exit 2; }
	@$(RUN) -m autograder import $(if $(ROSTER),--roster "$$ROSTER") -- "$$FROM"

# make marks FROM=marks.csv               student,assignment,cell,points,comment: a row for each mark
marks: $(READY) ## Records the marks and comments of a CSV file in the gradebook, all of them or none: FROM=marks.csv.
	@test -n "$$FROM" || { echo 'Say which file: make marks FROM=marks.csv' >&2; exit 2; }
	@$(RUN) -m autograder marks -- "$$FROM"

# make extend STUDENT="Ada Lovelace" UNTIL=2027-03-05 [ASSIGNMENT=layers]
extend: $(READY) ## Gives a student more time: STUDENT=ada UNTIL=2027-03-05 [ASSIGNMENT=layers].
	@$(RUN) -m autograder extend --student "$$STUDENT" --until "$$UNTIL" $(if $(ASSIGNMENT),--assignment "$$ASSIGNMENT")

# make carry FROM=old.db, or FROM=postgresql+psycopg2://...
carry: $(READY) ## Carries roster, marks and comments over from another gradebook: FROM=old.db.
	@$(RUN) -m autograder carry -- "$$FROM"

reports: $(READY) ## Writes the pages for reviewers and about the class, reports/, from what was graded and marked.
	@$(RUN) -m autograder reports

# make exam LEVEL=3 FOCUS=transposes      for each student of the class list; COUNT=30 for sheets without names, SEED=7 for the same again
exam: $(READY) ## Writes a sheet with a fresh problem for each student, all equally hard, and the key: [LEVEL=3 FOCUS=transposes COUNT=30].
	@$(RUN) -m autograder exam $(if $(LEVEL),--level "$$LEVEL") $(if $(FOCUS),--focus "$$FOCUS") $(if $(SEED),--seed "$$SEED") $(if $(COUNT),--count "$$COUNT")

# make formgrader JUPYTER="--no-browser --port=8890"
formgrader: $(READY) ## Opens formgrader, where a person marks, with the class that was graded; JUPYTER="--no-browser" for Jupyter's options.
	@$(RUN) -m autograder formgrader -- $(JUPYTER)

build: $(READY) ## Makes source/, release/, solutions/ and examples/submitted/ from assignments/; FORCE=1 even if nothing changed.
	@$(RUN) -m autograder build $(if $(FORCE),--force)

# make new ASSIGNMENT=optimization
new: $(READY) ## Begins an assignment with one exercise, complete in every part: ASSIGNMENT=optimization.
	@$(RUN) -m autograder new -- "$$ASSIGNMENT"

test: $(READY) ## Runs the tests, in environments that it sets up itself; TESTS=tests/test_readme.py runs some, ROWS=all every row.
	@$(RUN) -m ruff format --check --quiet . && $(RUN) -m ruff check --quiet .
	@$(RUN) -m mypy --no-error-summary autograder matrix_checks benchmarks & types=$$!; \
	    $(RUN) -m pytest $(PARALLEL) $(TESTS); tests=$$?; wait $$types && exit $$tests

# For whoever writes code: what is over in two or three minutes.
quick: $(READY) ## Runs the tests that take no class, no browser and no environment of their own: two or three minutes.
	@$(RUN) -m pytest $(PARALLEL) -m "not slow" $(TESTS)

rows: $(READY) ## Tries every row of the tests' long tables; where all pass, make test tries one in twelve until something changes.
	@$(RUN) -m tests.rows $(PARALLEL)

benchmark: $(READY) ## Measures the speed of grading.
	@$(RUN) -m benchmarks.grading

mutants: $(READY) ## Changes the solutions by rule, and shows every change that no check notices.
	@$(RUN) -m autograder mutants

requirements: $(READY) ## Pins what pyproject.toml asks for, for the oldest Python that is promised; UPGRADE=1 for newer versions.
	@$(RUN) -m pip install --quiet --disable-pip-version-check uv
	@$(RUN) -m uv pip compile --quiet pyproject.toml --extra test --python-version 3.11.2 --no-header \
	    --annotation-style line $(if $(UPGRADE),,--constraint requirements.txt) --output-file .requirements.new
	@{ sed -n '/^#/p' requirements.txt; grep pyproject .requirements.new | sed 's/ *#.*//'; echo; \
	    grep -v pyproject .requirements.new | sed 's/ *#.*//'; } >.requirements.sorted
	@mv .requirements.sorted requirements.txt && rm .requirements.new

$(READY): requirements.txt set_up_environment.sh
	@./set_up_environment.sh "$(PYTHON)" "$(VENV)"
	@touch $(READY)

# Never a submission, never a gradebook with marks.
clean: ## Removes the environments and the sample class's copy and gradebook; keeps every submission, mark and result.
	rm -rf $(VENV) .venv-student .venv-system submitted_sample gradebook_sample.db .pytest_cache .hypothesis
	@echo "Kept, where it exists: submitted/, gradebook.db, autograded/, feedback/, grades.csv, exports/, extensions.csv, history/."
