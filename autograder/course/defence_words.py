"""Words of the checks and of the reader of derivations that any question of ``defence.toml`` may wait for."""

from matrix_checks.derivations.equality.verdicts import FALSE, FIRST_ORDER, NOT_UNDERSTOOD, OTHER_LAYOUT

VERDICTS = (FALSE, OTHER_LAYOUT, FIRST_ORDER, NOT_UNDERSTOOD)
# Words of what a check says of any exercise (matrix_checks/checks, notebook/check_run.py, autograder/sandbox/definitions.py),
# and of grading/inbox/suspicions.py.
ANY_EXERCISE = (
    "the array is transposed",
    "right in numerator layout",
    "the sign is wrong",
    "a factor of 2",
    "averaged, where a sum belongs",
    "summed, where an average belongs",
    "an axis of length one",
    "as a vec that stacks the columns",
    "have changed places",
    "the function changes its argument",
    "shares memory with the argument",
    "as with a finite difference",
    "although every argument is float32",
    "was something approximated",
    "has a syntax error",
    "takes a complex step in the place of a formula",
    "divides a difference of two values of a function",
)
# Words of the reasons at false steps: see matrix_checks/derivations/reasons/explanations.py.
STEP_REASONS = ("off by a factor", "off by the sign")
