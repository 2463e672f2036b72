"""Draw, solve and prove practice problems: how many fail, and how long one takes.

    python -m benchmarks.practice --seeds 2000

Every line of every solution is read by the reader of derivations; the code of the answer is compared with a complex step.
"""

import argparse
import statistics
import sys
import time
from collections import Counter

import numpy as np

from matrix_checks.practice.drawing import LEVELS, draw_problem
from matrix_checks.practice.problem import DIFFERENTIAL
from matrix_checks.practice.proof import prove
from matrix_checks.practice.solving import solve
from matrix_checks.practice.truth import answer_by_code, numbers_for, true_answer

SHOWN = 20


def faults_of(level: int, seed: int) -> tuple[list[str], float]:
    """What is wrong with a problem, and the seconds that it takes to draw, solve and prove it."""
    start = time.perf_counter()
    problem = draw_problem(level, seed)
    solution = solve(problem)
    proof = prove(solution)
    seconds = time.perf_counter() - start
    faults = [] if proof.is_proven else ["a step or the answer is not proven"]
    arrays = numbers_for(problem)
    variable = arrays[problem.variable.name]
    if problem.asked == DIFFERENTIAL:
        arrays[f"d{problem.variable.name}"] = np.cos(np.arange(variable.size)).reshape(variable.shape)
    wanted = true_answer(problem, arrays)
    found = answer_by_code(solution, arrays)
    wanted = wanted[:, 0] if wanted.shape[1] == 1 else wanted
    if found.shape != wanted.shape or not np.allclose(found, wanted, rtol=1e-9, atol=1e-11):
        faults.append("the code does not agree with the complex step")
    return faults, seconds


def main() -> None:
    """Run all seeds of all levels, with one line on the way for each thousand."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=200, help="seeds of each level (200 by default; 2000 make 10,000 problems)")
    options = parser.parse_args()
    failed, seconds = Counter[str](), list[float]()
    for level in LEVELS:
        for seed in range(options.seeds):
            faults, taken = faults_of(level, seed)
            seconds.append(taken)
            for fault in faults:
                failed[fault] += 1
                if sum(failed.values()) <= SHOWN:
                    print(f"level {level}, seed {seed}: {fault}")
            if len(seconds) % 1000 == 0:
                print(f"{len(seconds)} problems, {sum(failed.values())} faults", flush=True)
    milliseconds = sorted(1000 * each for each in seconds)
    print(
        f"{len(seconds)} problems, {sum(failed.values())} faults; drawn, solved and proven in {statistics.median(milliseconds):.1f} ms "
        f"(median), {milliseconds[int(0.95 * len(milliseconds))]:.1f} ms (95 %), {milliseconds[-1]:.0f} ms (slowest)"
    )
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
