"""What whoever keeps the catalogue sees of it: entries with all their versions, proposals, reports and addresses."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.catalogue import policies
from medspiller.catalogue.domain.entries import Status
from medspiller.catalogue.domain.feedback import LinkState
from medspiller.catalogue.domain.links import TOLD_AFTER, addresses_in
from medspiller.catalogue.models import Closure, Editor, Entry, LinkCheck, Report, Session, Version
from medspiller.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class OwnOrganisation:
    """An organisation that somebody edits for."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """An address that did not work the last times it was looked at, and the entries that name it."""

    address: str
    state: LinkState
    failures: int
    looked_at: datetime
    entries: tuple[Entry, ...]


def entries(*, actor: Actor, on: date) -> QuerySet[Entry]:
    """
    Return the entries that the actor may see the making of, by slug.

    :raises NotAllowed: for anybody who keeps no entry.
    """
    _ensure_keeper(actor)
    rows = Entry.objects.filter(policies.entries_of(actor, on=on))
    return rows.select_related("unit", "organisation", "live").order_by("slug", "id")


def entry(*, actor: Actor, entry_id: UUID, on: date) -> Entry:
    """
    Return one of them.

    :raises NotFound: if there is none.
    :raises NotAllowed: for anybody who keeps no entry.
    """
    found = entries(actor=actor, on=on).filter(id=entry_id).first()
    if found is None:
        raise NotFound(f"entry {entry_id}")
    return found


def entry_by_slug(*, actor: Actor, slug: str, on: date) -> Entry:
    """
    Return the one of a name.

    :raises NotFound: if there is none.
    :raises NotAllowed: for anybody who keeps no entry.
    """
    found = entries(actor=actor, on=on).filter(slug=slug).first()
    if found is None:
        raise NotFound(f"entry {slug}")
    return found


def versions(*, actor: Actor, entry_id: UUID, on: date) -> list[Version]:
    """
    Return every wording of an entry, the newest first.

    :raises NotFound: if there is no such entry of the actor's.
    """
    of = entry(actor=actor, entry_id=entry_id, on=on)
    return list(Version.objects.filter(entry=of).select_related("made_by", "decided_by").order_by("-number"))


def version(*, actor: Actor, version_id: UUID, on: date) -> Version:
    """
    Return one wording, with its entry.

    :raises NotFound: if there is none in an entry of the actor's.
    """
    _ensure_keeper(actor)
    rows = Version.objects.filter(entry__in=Entry.objects.filter(policies.entries_of(actor, on=on)), id=version_id)
    found = rows.select_related("entry__unit", "entry__organisation", "made_by", "decided_by").first()
    if found is None:
        raise NotFound(f"version {version_id}")
    return found


def waiting(*, actor: Actor, on: date) -> QuerySet[Version]:
    """
    Return the proposals that the actor decides about, the one that has waited longest first.

    :raises NotAllowed: for anybody who decides about none.
    """
    policies.ensure(actor, policies.MODERATE)
    rows = Version.objects.filter(
        entry__in=Entry.objects.filter(policies.decidable_by(actor)), status=Status.PROPOSED.value
    )
    return rows.select_related("entry__unit", "entry__organisation", "entry__live", "made_by").order_by("made_at", "id")


def overdue(*, actor: Actor, on: date) -> QuerySet[Entry]:
    """
    Return the published entries that should have been looked at before a day, the longest ago first.

    :raises NotAllowed: for anybody who keeps no entry.
    """
    return entries(actor=actor, on=on).filter(live__isnull=False, review_on__lt=on).order_by("review_on", "slug")


def closures(*, actor: Actor, entry_id: UUID, on: date) -> list[Closure]:
    """
    Return the times in which an entry is closed, past ones too, the latest first.

    :raises NotFound: if there is no such entry of the actor's.
    """
    of = entry(actor=actor, entry_id=entry_id, on=on)
    return list(Closure.objects.filter(entry=of).order_by("-closed_from", "id"))


def entry_sessions(*, actor: Actor, entry_id: UUID, on: date) -> list[Session]:
    """
    Return the meetings of an entry, past ones too, the latest first.

    :raises NotFound: if there is no such entry of the actor's.
    """
    of = entry(actor=actor, entry_id=entry_id, on=on)
    return list(Session.objects.filter(entry=of).order_by("-starts_at", "id"))


def entry_session(*, actor: Actor, session_id: UUID, on: date) -> Session:
    """
    Return one meeting, with its entry.

    :raises NotFound: if there is none of an entry of the actor's.
    """
    _ensure_keeper(actor)
    rows = Session.objects.filter(entry__in=Entry.objects.filter(policies.entries_of(actor, on=on)), id=session_id)
    found = rows.select_related("entry__unit", "entry__organisation").first()
    if found is None:
        raise NotFound(f"session {session_id}")
    return found


def own_organisations(*, actor: Actor, on: date) -> list[OwnOrganisation]:
    """Return the organisations that the actor edits for, by name."""
    if not actor.may(policies.EDIT_OWN_ORGANISATION):
        return []
    rows = Editor.objects.filter(user_id=actor.id, valid_from__lte=on, valid_to__gt=on)
    named = rows.order_by("organisation__name").values_list("organisation_id", "organisation__name")
    return [OwnOrganisation(id=organisation_id, name=name) for organisation_id, name in named]


def editors(*, actor: Actor, on: date) -> QuerySet[Editor]:
    """
    Return who edits for organisations on a day or later, by organisation and name.

    :raises NotAllowed: for anybody who is no moderator.
    """
    policies.ensure(actor, policies.MODERATE)
    rows = Editor.objects.filter(valid_to__gt=on).select_related("user", "organisation")
    return rows.order_by("organisation__name", "user__name", "id")


def reports(*, actor: Actor, on: date, is_open: bool | None = True) -> QuerySet[Report]:
    """
    Return what readers say is wrong, the oldest first: what nobody has dealt with, what somebody has, or all with None.

    :raises NotAllowed: for anybody who keeps no entry.
    """
    _ensure_keeper(actor)
    rows = Report.objects.filter(policies.reports_to(actor, on=on)).select_related("entry__unit", "dealt_with_by")
    if is_open is not None:
        rows = rows.filter(dealt_with_at__isnull=is_open)
    return rows.order_by("reported_at", "id")


def report(*, actor: Actor, report_id: UUID, on: date) -> Report:
    """
    Return one of them.

    :raises NotFound: if there is none.
    """
    found = reports(actor=actor, on=on, is_open=None).filter(id=report_id).first()
    if found is None:
        raise NotFound(f"report {report_id}")
    return found


def broken_links(*, actor: Actor, on: date) -> list[BrokenLink]:
    """
    Return the addresses in published entries of the actor's that have not worked for some time, the longest first.

    :raises NotAllowed: for anybody who keeps no entry.
    """
    naming: dict[str, list[Entry]] = defaultdict(list)
    for row in entries(actor=actor, on=on).filter(live__isnull=False):
        for address in addresses_in(row.live.body if row.live else {}):
            naming[address].append(row)
    checks = LinkCheck.objects.filter(address__in=list(naming), failures__gte=TOLD_AFTER)
    return [
        BrokenLink(
            address=check.address,
            state=LinkState(check.state),
            failures=check.failures,
            looked_at=check.looked_at,
            entries=tuple(naming[check.address]),
        )
        for check in checks.order_by("-failures", "address")
    ]


def may_edit(*, actor: Actor, entry: Entry, on: date) -> bool:
    """Say whether the actor may propose what is said of an entry."""
    return policies.may_edit(actor, entry, on=on)


def may_keep(*, actor: Actor, entry: Entry) -> bool:
    """Say whether the actor plans meetings of an entry, closes it for a time and says that it was looked at."""
    return actor.may(policies.EDIT_ENTRY, unit_id=entry.unit_id)


def may_decide(*, actor: Actor, version: Version, on: date) -> bool:
    """Say whether the actor may approve or reject a proposal, that waits, of an entry."""
    of = version.entry
    if version.status != Status.PROPOSED.value or not policies.may_moderate(actor, of):
        return False
    return not policies.proposes_for_organisation(actor, version, on=on)


def _ensure_keeper(actor: Actor) -> None:
    if not actor.may(policies.LOOK_AFTER):
        policies.ensure(actor, policies.VIEW_ENTRIES)
