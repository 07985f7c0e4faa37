"""Addresses of pages that others lead to."""

from urllib.parse import urlencode
from uuid import UUID

from medspiller.questionnaires.web.acting import Area


def over_time_address(area: Area, person_id: UUID, url: str = "", *, name: str = "over_time", **more: str) -> str:
    """Return where a person's answers stand over time: those to one form, or all there are to choose from."""
    address = area.url(name) if area.is_own else area.url(name, person_id)
    asked = ({"skjema": url} if url else {}) | more
    return f"{address}?{urlencode(asked)}" if asked else address
