"""The picture of a tally: every problem over time by level, and how often each trap was passed."""

from matrix_checks.practice.forms import TRAPS
from matrix_checks.practice.tally_file import HELPED, LEFT, SHOWN, SOLVED, Tally

# Told apart by their form, too.
_LOOKS = {
    SOLVED: ("o", "C0", "solved alone"),
    HELPED: ("D", "C1", "with a hint or a wrong step"),
    SHOWN: ("x", "C3", "solution shown"),
    LEFT: ("+", "C7", "left"),
}


def describe_tally(tally: Tally) -> str:
    """The picture in words, a line for each trap."""
    done = tally.done
    lines = [
        f"{counted(len(done))}: "
        + ", ".join(f"{sum(each.result == name for each in done)} {words}" for name, (_, _, words) in _LOOKS.items())
        + "."
    ]
    for trap in TRAPS:
        met = [each for each in done if trap in each.traps or trap in each.fell]
        if met:
            lines.append(f"{trap}: {sum(trap not in each.fell for each in met)} of {len(met)} without falling into it.")
    return "\n".join(lines)


def draw_tally(tally: Tally) -> None:
    """Draw the picture, and print what it shows."""
    import matplotlib.pyplot as plt

    figure, (over_time, by_trap) = plt.subplots(1, 2, figsize=(9, 3.6), width_ratios=(3, 2))
    for result, (marker, colour, words) in _LOOKS.items():
        places = [place for place, each in enumerate(tally.done, start=1) if each.result == result]
        over_time.plot(places, [tally.done[place - 1].level for place in places], marker, color=colour, label=words)
    over_time.set(xlabel="problem", ylabel="level", title="Every problem", ylim=(0.5, 5.5), yticks=range(1, 6))
    over_time.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2), fontsize="small", ncols=2)
    passed = [sum(trap in each.traps and trap not in each.fell for each in tally.done) for trap in TRAPS]
    fallen = [sum(trap in each.fell for each in tally.done) for trap in TRAPS]
    by_trap.barh(TRAPS, passed, color="C0", label="passed")
    by_trap.barh(TRAPS, fallen, left=passed, color="C3", hatch="//", label="fallen into")
    by_trap.set(xlabel="problems", title="Every trap")
    by_trap.invert_yaxis()
    by_trap.legend(fontsize="small", loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=2)
    figure.tight_layout()
    plt.show()
    print(describe_tally(tally))


def counted(number: int) -> str:
    """``1 problem``, ``2 problems``."""
    return f"{number} problem" if number == 1 else f"{number} problems"
