"""That a rule or a figure of the law was changed, and what of it: for whoever has to look at it again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from medspiller.content.domain import values
from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.values import Json
from medspiller.rights.domain.from_content import PARAMETERS, RIGHTS, body_of

# What holds from which day stands under these.
_THROUGH_TIME = {RIGHTS: "periods", PARAMETERS: "steps"}
# How the definition is known; that these differ says nothing.
_BESIDE = frozenset({"url", "version", "status"})


@dataclass(frozen=True, slots=True)
class RightsChanged:
    """
    Another version of a right or a parameter holds now.

    `name` is its id, as in findings. `changed` are the places that differ, as `steps[3].value`. `holds_from` is the
    first day for which answers may be other ones than before; None if none are, or they may be for any day.
    """

    kind: str
    url: str
    name: str
    from_version: str
    to_version: str
    changed: tuple[str, ...]
    holds_from: date | None = None


def change_between(before: Definition, after: Definition) -> RightsChanged:
    """Return what is different in a later version of a right or a parameter."""
    was, now = body_of(before), body_of(after)
    places = [place for place in _differences(was, now, "") if place.split(".")[0] not in _BESIDE]
    return RightsChanged(
        kind=after.kind,
        url=after.url,
        name=now["id"],
        from_version=before.version,
        to_version=after.version,
        changed=tuple(places),
        holds_from=_first_day(was[_THROUGH_TIME[after.kind]], now[_THROUGH_TIME[after.kind]]),
    )


def _differences(was: Json, now: Json, place: str) -> Iterator[str]:
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        for key in sorted({*was, *now}):
            yield from _differences(was.get(key), now.get(key), values.join(place, key))
    elif isinstance(was, tuple) and isinstance(now, tuple):
        for number, (one, other) in enumerate(zip_longest(was, now)):
            yield from _differences(one, other, values.join(place, number))
    elif was != now:
        yield place


def _first_day(was: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]) -> date | None:
    """The first step that is not in both begins what is different; one without a beginning differs from ever on."""
    days = [step["from"] for step in (*was, *now) if not (step in was and step in now)]
    return min(map(date.fromisoformat, days)) if days and None not in days else None
