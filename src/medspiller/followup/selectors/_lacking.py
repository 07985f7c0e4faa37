"""What a carer lacks, read from the rows of a file that was opened."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from medspiller.catalogue.domain.vocabulary import Need as Code
from medspiller.followup.domain.needs import NeedSource
from medspiller.followup.models import Need
from medspiller.followup.policies import OpenedFile


@dataclass(frozen=True, slots=True)
class WhereSaid:
    """One place in which a need was said. `response_id` is None where somebody noted it in a talk."""

    source: NeedSource
    said_on: date
    noted_by: str
    response_id: UUID | None
    link_id: str


@dataclass(frozen=True, slots=True)
class SeenNeed:
    """A need that stands, since the first day on which it was said, and everywhere it was."""

    need: Code
    since: date
    said: tuple[WhereSaid, ...]


def needs_in_file(opened: OpenedFile) -> list[SeenNeed]:
    """Return the same of a file that was opened, for whoever logs it. One statement."""
    said: dict[str, list[WhereSaid]] = {}
    rows = Need.objects.filter(file=opened.file, ended_at=None).order_by("-said_on", "-noted_at", "id")
    for row in rows:
        where = WhereSaid(NeedSource(row.source), row.said_on, row.noted_by_name, row.response_id, row.link_id)
        said.setdefault(row.code, []).append(where)
    return [SeenNeed(Code(code), min(each.said_on for each in where), tuple(where)) for code, where in said.items()]
