"""Notices, as those who sent them and those they are for may see them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import overload
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import translation

from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import BasisCode, Information, Kind, Shown
from medspiller.core.errors import NotFound
from medspiller.messages import policies, registry
from medspiller.messages.domain import addresses, texts
from medspiller.messages.domain import notices as rules
from medspiller.messages.domain.notices import Channel, Reason, State
from medspiller.messages.domain.texts import NoticeKind
from medspiller.messages.models import Notice
from medspiller.organisations import selectors as organisations
from medspiller.people import selectors as people
from medspiller.people.selectors import Mentioned, Reach
from medspiller.ui.components.formats import day as written_day

OWN_MOST = 200
MY_PAGE = "/min-side/"


@dataclass(frozen=True, slots=True)
class Words:
    """What is said in every notice of one tenant: who it is from, and where to read more."""

    municipality: str
    address: str

    def text(self, *, kind: str, language: str, about_day: date | None) -> str:
        with translation.override(language):
            day = written_day(about_day)
        return texts.text_of(
            NoticeKind(kind), language=language, municipality=self.municipality, address=self.address, day=day
        )


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a list of notices is narrowed to: these states (all if empty), made in [since, until)."""

    states: Collection[State] = ()
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """
    One notice as staff see it.

    `person_id` and `person_name` are empty where the actor may not open the person;
    `address_end` also where the person's address is protected. With `to_contact` it went to a contact that somebody
    gave, as when they signed up: there is no person.
    """

    id: UUID
    kind: NoticeKind
    channel: Channel | None
    state: State
    reason: Reason | None
    text: str
    language: str
    created_at: datetime
    handed_over_at: datetime | None
    next_try_at: datetime | None
    unit_name: str
    sent_by_name: str
    person_id: UUID | None
    person_name: str
    address_end: str
    to_contact: bool
    may_try_again: bool
    may_stop: bool


@dataclass(frozen=True, slots=True)
class OwnNotice:
    """One notice as the person it is for sees it, whole."""

    id: UUID
    kind: NoticeKind
    channel: Channel | None
    text: str
    language: str
    created_at: datetime
    handed_over_at: datetime | None


@dataclass(frozen=True, slots=True)
class NoticeList(Sequence[NoticeLine]):
    """Notices of the actor's units, newest first. Taking some out reads them, and logs whom they name."""

    actor: Actor = field(repr=False)
    rows: "QuerySet[Notice]" = field(repr=False)
    within: Reach = field(repr=False)

    def __len__(self) -> int:
        return self.rows.count()

    @overload
    def __getitem__(self, index: int) -> NoticeLine: ...
    @overload
    def __getitem__(self, index: slice) -> list[NoticeLine]: ...

    def __getitem__(self, index: int | slice) -> NoticeLine | list[NoticeLine]:
        wanted = index if isinstance(index, slice) else slice(index, index + 1)
        lines = _lines(self.actor, list(self.rows[wanted]), self.within)
        return lines if isinstance(index, slice) else lines[0]


@dataclass(frozen=True, slots=True)
class WayOut:
    """A channel, and whether what is sent there leaves this machine; None if nothing can be sent."""

    channel: Channel
    leaves_machine: bool | None


def notices(*, actor: Actor, narrowed: Narrowed = Narrowed()) -> NoticeList:
    """
    Return the notices that the actor's units look after, newest first. Those to the actor and the actor's family are
    not among them.

    :raises NotAllowed: without the role.
    """
    rows = _whose().filter(policies.in_units(actor, policies.VIEW_NOTICES))
    within = people.reach(actor=actor)
    if within.closed:
        rows = rows.filter(Q(person=None) | ~Q(whose__in=within.closed))  # type: ignore[misc]
    if narrowed.states:
        rows = rows.filter(state__in=[state.value for state in narrowed.states])
    if narrowed.since is not None:
        rows = rows.filter(created_at__gte=narrowed.since)
    if narrowed.until is not None:
        rows = rows.filter(created_at__lt=narrowed.until)
    return NoticeList(actor=actor, rows=rows.select_related("unit").order_by("-created_at", "-id"), within=within)


def notice_for_update(*, actor: Actor, notice_id: UUID) -> Notice:
    """
    Return a notice the actor may decide about, locked until the end of the transaction.

    :raises NotFound: if there is none, or it is to the actor or the actor's family.
    :raises NotAllowed: without the role.
    """
    mine = policies.in_units(actor, policies.DECIDE_NOTICE)
    row = _whose().select_for_update(of=("self",)).filter(mine, id=notice_id).first()
    if row is None or row.whose in people.reach(actor=actor).closed:  # type: ignore[attr-defined]
        raise NotFound(f"notice {notice_id}")
    return row


def person_of_notice(*, actor: Actor, notice_id: UUID) -> UUID:
    """
    Return to a job whom a notice is for now: whoever it was made for may have turned out to be somebody else.

    :raises NotFound: if there is no such notice.
    :raises NotAllowed: for anybody but a job.
    """
    policies.ensure(actor, policies.HAND_OVER_NOTICE)
    found: UUID | None = _whose().filter(id=notice_id).values_list("whose", flat=True).first()  # type: ignore[misc]
    if found is None:
        raise NotFound(f"notice {notice_id}")
    return found


def own_notices(*, actor: Actor) -> list[OwnNotice]:
    """
    Return the notices to the actor, newest first, those included that could not be sent.

    A notice that rests on a consent is there only while the consent holds.

    :raises NotAllowed: for anybody but a citizen.
    """
    policies.ensure(actor, policies.VIEW_OWN_NOTICES)
    reader = people.registered_as(actor=actor)
    if reader.person_id is None:
        return []
    # Each by its index: whoever was registered twice has notices of both.
    mine = Notice.objects.order_by("-created_at", "-id")
    found = [*mine.filter(person_id=reader.person_id)[:OWN_MOST], *mine.filter(person__merged_into=reader.person_id)]
    rows = sorted(found, key=lambda row: (row.created_at, row.id), reverse=True)[:OWN_MOST]
    consents = {row.consent_id for row in rows if row.consent_id is not None}
    register = registry.register()
    # Asked on our own behalf: the consent may be somebody else's, and nothing of it is shown.
    system = actors.system(actor.tenant_id)
    gone = {each for each in consents if not register.consent_is_live_now(actor=system, consent_id=each)}
    shown = [row for row in rows if row.consent_id not in gone]
    if shown:
        audit.record(
            actor=reader,
            action=policies.VIEW_OWN_NOTICES,
            kind=Kind.READ,
            information=Information.MESSAGES,
            person_id=reader.person_id,
            basis=BasisCode.OWN,
        )
    words = words_of_notices(actor=actor)
    return [
        OwnNotice(
            id=row.id,
            kind=NoticeKind(row.kind),
            channel=Channel(row.channel) if row.channel else None,
            text=words.text(kind=row.kind, language=row.language, about_day=row.about_day),
            language=row.language,
            created_at=row.created_at,
            handed_over_at=row.handed_over_at,
        )
        for row in shown
    ]


def ways_out(*, actor: Actor) -> list[WayOut]:
    """Return, for each channel, whether notices can be sent there and whether they then leave this machine."""
    return [
        WayOut(channel=channel, leaves_machine=gateway.leaves_machine if gateway else None)
        for channel in Channel
        for gateway in [registry.gateway_for(channel)]
    ]


def words_of_notices(*, actor: Actor) -> Words:
    """Return what every notice of the actor's tenant says of whom it is from and where to read more."""
    tenant = organisations.tenant(actor=actor)
    host = tenant.host or settings.PUBLIC_HOST
    return Words(municipality=tenant.name, address=f"{host}{MY_PAGE}")


def _whose() -> "QuerySet[Notice]":
    """
    Return notices with whom each is for now, as `whose`.

    Looked up and not stored: a merge of two rows of one person can be undone.
    """
    return Notice.objects.annotate(whose=Coalesce("person__merged_into", "person"))


def _lines(actor: Actor, rows: list[Notice], within: Reach) -> list[NoticeLine]:
    whose: dict[UUID, UUID | None] = {row.id: row.whose for row in rows}  # type: ignore[attr-defined]
    known = people.mentioned(actor=actor, person_ids={each for each in whose.values() if each}, within=within)
    audit.record_list(
        actor=actor,
        action=policies.VIEW_NOTICES,
        information=(Information.NAME_AND_BIRTH, Information.MESSAGES),
        shown=[
            Shown(
                person_id=person_id,
                subject_type="notices.Notice",
                subject_id=row.id,
                basis=known[person_id].basis,
            )
            for row in rows
            if (person_id := whose[row.id]) is not None and person_id in known
        ],
    )
    words = words_of_notices(actor=actor)
    deciding = actor.units_with(policies.DECIDE_NOTICE)
    persons = {row_id: known.get(person_id) for row_id, person_id in whose.items() if person_id is not None}
    return [_line(row, persons.get(row.id), words, decides=row.unit_id in deciding) for row in rows]


def _line(row: Notice, person: Mentioned | None, words: Words, *, decides: bool) -> NoticeLine:
    state = State(row.state)
    channel = Channel(row.channel) if row.channel else None
    shown = row.about_id is not None if person is None else not person.is_protected
    shows_end = shown and row.address is not None
    return NoticeLine(
        id=row.id,
        kind=NoticeKind(row.kind),
        channel=channel,
        state=state,
        reason=Reason(row.reason) if row.reason else None,
        text=words.text(kind=row.kind, language=row.language, about_day=row.about_day),
        language=row.language,
        created_at=row.created_at,
        handed_over_at=row.handed_over_at,
        next_try_at=row.next_try_at,
        unit_name=row.unit.name,
        sent_by_name=row.sent_by_name,
        person_id=person.id if person else None,
        person_name=person.name if person else "",
        address_end=addresses.shown_end(str(row.address), channel=channel) if shows_end and channel else "",
        to_contact=row.about_id is not None,
        may_try_again=decides and rules.may_be_tried_again(state, has_address=row.address is not None),
        may_stop=decides and rules.may_be_stopped(state),
    )
