"""Case groups and the points that they earn."""

from dataclasses import dataclass

GROUPS = {"general": "general shapes", "edge": "edge cases", "care": "numerical care", "memory": "memory"}


@dataclass(frozen=True)
class GroupResult:
    """How one group of cases went.

    Attributes
    ----------
    title
        The group's name as students read it.
    points
        What the group is worth.
    earned
        What was earned: ``points`` or 0.
    tried, passed
        Number of cases.
    spoilt
        Whether the points are lost for what the function does beside answering: it changes an argument, say.
    """

    title: str
    points: float
    earned: float
    tried: int
    passed: int
    spoilt: bool = False


def score(group_points: dict[str, float], verdicts: list[tuple[str, bool]], spoilt: str = "") -> list[GroupResult]:
    """Points by group, from the verdicts of the cases.

    A group earns its points when all its cases passed. The general group comes first: edge cases and numerical care earn
    nothing while it fails, for a wrong formula may well pass a batch of one.

    Parameters
    ----------
    group_points
        Points of each group, keys of :data:`GROUPS`.
    verdicts
        ``(group, passed)`` of every case tried.
    spoilt
        A group that earns nothing, however its cases went.

    Returns
    -------
    list of GroupResult
        In the order of :data:`GROUPS`, without the groups that are worth nothing and have no case.
    """
    in_general = [passed for group, passed in verdicts if group == "general"]
    general_holds = bool(in_general) and all(in_general)
    results = []
    for group, title in GROUPS.items():
        points = group_points.get(group, 0)
        own = [passed for which, passed in verdicts if which == group]
        if not points and not own:
            continue
        earned = points if all(own) and general_holds and group != spoilt else 0
        results.append(GroupResult(title, points, earned, len(own), sum(own), group == spoilt))
    return results
