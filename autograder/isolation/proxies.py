"""What a check cell finds in the trusted process under the names of a student's notebook."""

import builtins
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from autograder.isolation.session import Session
from matrix_checks.checks.functions import NOTHING_GIVEN, Failure, Given, Outcome, RemoteFunction


class Proxy(RemoteFunction):
    """Stands for a student's function in the trusted process.

    Parameters
    ----------
    session
        With the student's process.
    name
        Of the function.

    Attributes
    ----------
    was_late
        Whether it did not return in time.
    was_given_others
        Whether right functions were told to its process, to stand in for others of the notebook.
    """

    def __init__(self, session: Session, name: str):
        self._session, self._name = session, name
        self.was_late = self.was_given_others = False

    def call(self, arguments: tuple, time_limit: float, given: Given = NOTHING_GIVEN, visible: int = 0) -> Outcome:
        """As :func:`matrix_checks.checks.calling.call`, in the student's process."""
        self.was_given_others = self.was_given_others or bool(given.names)
        outcome = self._session.call(self._name, arguments, time_limit, given)
        self.was_late = self.was_late or outcome.too_long
        return outcome


# By the number of the visible case, the outcome of one check's call.
VisibleOutcomes = dict[int, Outcome]


class SeenProxy(Proxy):
    """Asks a process that no hidden case was ever put to, and notes what it answers to the visible ones."""

    def __init__(self, session: Session, name: str, outcomes: VisibleOutcomes):
        super().__init__(session, name)
        self._outcomes = outcomes

    def call(self, arguments: tuple, time_limit: float, given: Given = NOTHING_GIVEN, visible: int = 0) -> Outcome:
        """As :meth:`Proxy.call`."""
        outcome = super().call(arguments, time_limit, given, visible)
        if visible:
            self._outcomes[visible] = outcome
        return outcome


class SilentProxy(SeenProxy):
    """Answers visible cases with what was noted before; asks the hidden ones of a process of which nothing is ever shown."""

    def shows(self, visible: int) -> bool:
        """As :meth:`RemoteFunction.shows`."""
        return visible in self._outcomes

    def call(self, arguments: tuple, time_limit: float, given: Given = NOTHING_GIVEN, visible: int = 0) -> Outcome:
        """As :meth:`Proxy.call`."""
        if visible in self._outcomes:
            outcome = self._outcomes[visible]
            self.was_late = self.was_late or outcome.too_long
            return outcome
        return without_words(Proxy.call(self, arguments, time_limit, given, visible))


def without_words(outcome: Outcome) -> Outcome:
    """An outcome without any text of the student's process, which could speak of the hidden cases that it knows."""
    failure = outcome.failure
    if failure is not None:
        failure = Failure(failure.kind, "", "", "", "", failure.unwritten)
    return replace(outcome, failure=failure, parameters=(), printed="", warned=[])


def namespace(session: Session, proxy: Callable[[Session, str], Proxy] = Proxy) -> dict[str, Any]:
    """Proxies for the student's functions, a placeholder for anything else.

    Names of Python's own are left out: a check that says ``sum`` means Python's, whatever the student has called so.
    """
    names: dict[str, Any] = dict.fromkeys(session.others, "not a function")
    names |= {name: proxy(session, name) for name in session.functions}
    return {name: value for name, value in names.items() if not hasattr(builtins, name)}
