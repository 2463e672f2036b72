# Two commands are all that most people need: `make grade` and `make test`.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/.ready

# The tests make a second environment, a student's, with the same Python.
export PYTHON

.PHONY: grade extend carry test build mutants benchmark clean

grade: $(READY)
	@$(RUN) -m autograder grade $(if $(STUDENT),--student "$(STUDENT)") $(if $(AGAIN),--again)

# make extend STUDENT=ada UNTIL=2027-03-05 [ASSIGNMENT=layers]
extend: $(READY)
	@$(RUN) -m autograder extend --student "$(STUDENT)" --until "$(UNTIL)" $(if $(ASSIGNMENT),--assignment "$(ASSIGNMENT)")

# make carry FROM=old.db, or FROM=postgresql+psycopg2://...
carry: $(READY)
	@$(RUN) -m autograder carry "$(FROM)"

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
	rm -rf $(VENV) .venv-student submitted_sample gradebook_sample.db .pytest_cache .hypothesis
