"""
What an address consists of, and what is made of looking at it: when somebody is told, and when it was our own
network that failed.

An address may be away for an hour. Only after several looks in a row is anybody told; and where no host at all
could be reached in a round of looks, nothing was learnt but that we were cut off.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from medspiller.catalogue.domain.feedback import LinkState

TOLD_AFTER = 3
# What stands in a path or a query as it is; all else is written as the numbers of its letters.
_AS_IT_IS = "%/?:@!$&'()*+,;=-._~"
_FAILED = {LinkState.GONE, LinkState.UNREACHABLE}


@dataclass(frozen=True, slots=True)
class Look:
    """How an address stands: what the last look found, and how many in a row did not find the page."""

    state: LinkState
    failures: int = 0

    @property
    def is_told(self) -> bool:
        """Whether somebody should see to it."""
        return self.failures >= TOLD_AFTER


@dataclass(frozen=True, slots=True)
class Parts:
    """What a web address consists of, in the letters that go over the network. `asked` is the path with the query."""

    scheme: str
    host: str
    port: int | None
    asked: str
    names_somebody: bool


def parts_of(address: str) -> Parts:
    """
    Take a web address apart.

    :raises ValueError: if it cannot be one: a port or a host that there is not.
    """
    split = urlsplit(address)
    asked = (split.path or "/") + (f"?{split.query}" if split.query else "")
    return Parts(
        scheme=split.scheme,
        host=(split.hostname or "").encode("idna").decode("ascii"),
        port=split.port,
        asked=quote(asked, safe=_AS_IT_IS),
        names_somebody=bool(split.username or split.password),
    )


def were_cut_off(found: Mapping[str, LinkState]) -> bool:
    """Say whether a round of looks failed for our own sake: there were several addresses, and none was reachable."""
    return bool(found) and all(state is LinkState.UNREACHABLE for state in found.values())


def after(before: Look | None, found: LinkState) -> Look:
    """Return how an address stands after one more look."""
    if found not in _FAILED:
        return Look(found)
    return Look(found, (before.failures if before else 0) + 1)


def state_of(status: int) -> LinkState:
    """Return what an answer of the web's protocol tells of a page."""
    if status in (301, 308):
        return LinkState.MOVED
    if status in (404, 410):
        return LinkState.GONE
    # Who asks us to sign in, to wait or not to be a machine has the page; who has a fault of their own may have it.
    return LinkState.UNREACHABLE if status >= 500 else LinkState.FINE


def addresses_in(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the addresses that an offer sends readers to, each once."""
    contact = body.get("contact") or {}
    sources = (source.get("url") for source in body.get("sources") or ())
    found = (contact.get("website"), contact.get("chat"), *sources)
    return tuple(dict.fromkeys(address for address in found if address))
