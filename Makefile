# Two commands are all that most people need: `make grade` and `make test`.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/.ready

# The tests make a second environment, a student's, with the same Python.
export PYTHON

# The shell takes these from its environment, so that blanks, quotes and apostrophes in them stay what they are.
export STUDENT FROM ROSTER UNTIL ASSIGNMENT

.PHONY: grade import extend carry test build mutants benchmark clean

# make grade                              everything that is new or has changed
# make grade AGAIN=1                      unchanged submissions, too
# make grade STUDENT="Ada Lovelace;bea"   only these students, with semicolons between them
grade: $(READY)
	@$(RUN) -m autograder grade $(if $(STUDENT),--students "$$STUDENT") $(if $(AGAIN),--again)

# make import FROM="My downloads.zip"             a zip file or a folder of Moodle, Canvas or Google Drive, into submitted/
# make import FROM=downloads ROSTER=roster.csv    with the class: id,first_name,last_name,email
import: $(READY)
	@test -n "$$FROM" || { echo 'Say what to import: make import FROM="My downloads.zip"' >&2; exit 2; }
	@$(RUN) -m autograder import $(if $(ROSTER),--roster "$$ROSTER") -- "$$FROM"

# make extend STUDENT="Ada Lovelace" UNTIL=2027-03-05 [ASSIGNMENT=layers]
extend: $(READY)
	@$(RUN) -m autograder extend --student "$$STUDENT" --until "$$UNTIL" $(if $(ASSIGNMENT),--assignment "$$ASSIGNMENT")

# make carry FROM=old.db, or FROM=postgresql+psycopg2://...
carry: $(READY)
	@$(RUN) -m autograder carry -- "$$FROM"

build: $(READY)
	@$(RUN) -m autograder build $(if $(FORCE),--force)

test: $(READY)
	@$(RUN) -m pytest $(TESTS)

benchmark: $(READY)
	@$(RUN) -m benchmarks.grading

mutants: $(READY)
	@$(RUN) -m autograder mutants

$(READY): requirements.txt set_up_environment.sh
	@./set_up_environment.sh "$(PYTHON)" "$(VENV)"
	@touch $(READY)

# Results, sample copies and environments; never a submission, never a gradebook with marks.
clean:
	rm -rf $(VENV) .venv-student .venv-system submitted_sample gradebook_sample.db .pytest_cache .hypothesis
