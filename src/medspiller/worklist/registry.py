"""Where items of the apps above are done: connected by the wiring, since the list knows no app above it."""

from collections.abc import Mapping

_places: dict[str, str] = {}


def connect(places: Mapping[str, str]) -> None:
    """Make these the views, by the code of a kind; each takes the id of what an item is about."""
    _places.clear()
    _places.update(places)


def place_of(code: str) -> str:
    """
    Return the view where items of a kind are done.

    :raises KeyError: if the wiring names none.
    """
    return _places[code]
