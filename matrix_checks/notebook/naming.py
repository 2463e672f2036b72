"""Why there is no function of the name that an exercise asks for, in one sentence."""

import difflib
import unicodedata
from typing import Any

# Cyrillic and Greek letters that look like Latin ones.
_LATIN = dict(
    zip("аеорсухкмтвнігѕјԁԛԝһАЕОРСУХКМТВНІЅЈοαεκνρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxkmtbhirsjdqwhAEOPCYXKMTBHISJoaekvptuxABEZHIKMNOPTYX")
)
CUTOFF = 0.75


def cannot_call(name: str, namespace: dict[str, Any]) -> str:
    """Why a function cannot be called, and what may have happened; empty where it can.

    Parameters
    ----------
    name
        Of the function.
    namespace
        Where it is looked up.
    """
    function = namespace.get(name)
    if callable(function):
        return ""
    if function is not None:
        return f"{name} is no function: was the name given to something else? Run the cell that defines it again."
    return f"there is no function named {name}: run the cell that defines it, and leave its name as it is.{_hint(name, namespace)}"


def _hint(name: str, namespace: dict[str, Any]) -> str:
    functions = [other for other, value in namespace.items() if callable(value) and not other.startswith("_")]
    for other in functions:
        if strange := _strange_letter(other, name):
            return f" There is one whose name looks the same, but {strange}."
    similar = difflib.get_close_matches(name, functions, n=1, cutoff=CUTOFF)
    return f" There is a function named {similar[0]}: was it renamed?" if similar else ""


def _strange_letter(other: str, name: str) -> str:
    """Which letter of a name is of another alphabet, where the names look the same; else nothing."""
    if other == name or len(other) != len(name) or "".join(_LATIN.get(letter, letter) for letter in other) != name:
        return ""
    place = next(place for place, letter in enumerate(other) if letter != name[place])
    kind = unicodedata.name(other[place], "another letter").split()[0].capitalize()
    return f"its letter number {place + 1}, {other[place]}, is {kind}: type a Latin {name[place]}"
