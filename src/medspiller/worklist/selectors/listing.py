"""What waits, for whom. Whoever is named on a list or an item is in the access log before it is returned."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import overload
from uuid import UUID

from django.db.models import F, Q, QuerySet, prefetch_related_objects

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Kind, Shown
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotFound
from medspiller.people import selectors as people
from medspiller.people.selectors import Mentioned, Reach
from medspiller.worklist import policies
from medspiller.worklist.domain import items as rules
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import UNDO_WITHIN, Outcome, SnoozedWhy, State, WithdrawnWhy
from medspiller.worklist.domain.narrowing import DEFAULT_ORDER, Narrowing, Which
from medspiller.worklist.models import AFTER_SAFETY, OPEN, WorkItem
from medspiller.worklist.selectors._parts import MOST_LISTED, awake, later, soon, visible_to, waits
from medspiller.worklist.selectors.counting import Counts

_ORDERS = {
    "due": (F("due_on").asc(nulls_last=True), F("due_on").desc(nulls_last=True)),
    "put": (F("put_at").asc(), F("put_at").desc()),
    "kind": (F("kind").asc(), F("kind").desc()),
    "unit": (F("unit__name").asc(), F("unit__name").desc()),
}


@dataclass(frozen=True, slots=True)
class Line:
    """
    One item as somebody sees it.

    `person` is None for an item about nobody, and for one about somebody whom the actor may
    not open; `is_nameless` tells the two apart. `may_take` says that neither role nor person is a hindrance.
    """

    id: UUID
    kind: kinds.Kind
    subject_type: str
    subject_id: UUID
    person: Mentioned | None
    is_nameless: bool
    unit_id: UUID
    unit_name: str
    due_on: date | None
    is_overdue: bool
    put_at: datetime
    state: State
    taken_by_name: str
    is_mine: bool
    handed_by_name: str
    by_law: bool
    snoozed_until: date | None
    snoozed_why: SnoozedWhy | None
    title: Mapping[str, str] | None
    origin: Mapping[str, str] | None
    done_at: datetime | None
    done_by_name: str
    outcome: Outcome | None
    may_undo: bool
    withdrawn_at: datetime | None
    withdrawn_why: WithdrawnWhy | None
    # Whether the actor takes items of that unit at all: whoever only steers sees some, and takes none.
    is_for_taking: bool = True

    @property
    def may_take(self) -> bool:
        return self.is_for_taking and not self.is_nameless

    @property
    def can_be_taken(self) -> bool:
        return self.state is State.WAITING and self.may_take


@dataclass(frozen=True, slots=True)
class Items(Sequence[WorkItem]):
    """The first `MOST_LISTED` of some items. Taking some out reads them; `known` is how many there are, if counted."""

    rows: "QuerySet[WorkItem]" = field(repr=False)
    known: int | None = None

    def __len__(self) -> int:
        return self.known if self.known is not None else self.rows.order_by()[:MOST_LISTED].count()

    def __iter__(self) -> Iterator[WorkItem]:
        return iter(self.rows[:MOST_LISTED])

    @overload
    def __getitem__(self, index: int) -> WorkItem: ...
    @overload
    def __getitem__(self, index: slice) -> list[WorkItem]: ...

    def __getitem__(self, index: int | slice) -> WorkItem | list[WorkItem]:
        first = self.rows[:MOST_LISTED]
        return list(first[index]) if isinstance(index, slice) else first[index]


def items(*, actor: Actor, narrowing: Narrowing, within: Reach, counts: Counts | None = None) -> Items:
    """
    Return the items on the actor's lists, as narrowed and ordered; unless asked else, safety and then what is overdue
    longest first.

    `counts` of all the lists spare counting a part of them. Nothing is logged by this: `shown`
    makes lines of some of them, and logs whom they name.

    :raises NotAllowed: if the actor has no list anywhere.
    """
    policies.ensure(actor, policies.VIEW_ITEMS)
    rows = WorkItem.objects.filter(visible_to(actor, within), _which(actor, narrowing.which))
    if narrowing.kinds is not None:
        rows = rows.filter(kind__in=narrowing.kinds)
    if narrowing.words:
        rows = rows.filter(_called(narrowing))
    if narrowing.unit_id is not None:
        rows = rows.filter(unit_id=narrowing.unit_id)
    if narrowing.overdue:
        rows = rows.filter(OPEN, due_on__lt=clock.today())
    known = None
    if counts is not None and not narrowing.is_narrow:
        known = {
            Which.NOW: counts.now,
            Which.LATER: counts.later,
            Which.MINE: counts.mine,
            Which.WAITING: counts.waiting,
        }.get(narrowing.which)
    return Items(rows=_ordered(rows, narrowing), known=known)


def shown(
    *, actor: Actor, rows: Iterable[WorkItem], within: Reach, units: Sequence[tuple[UUID, str]] = ()
) -> list[Line]:
    """
    Return items as the actor sees them, in the order given. Each person named is in the log, in one insert.

    `units` that are known by id and name need not be looked up.

    :raises NotAllowed: if the actor has no list anywhere.
    """
    policies.ensure(actor, policies.VIEW_ITEMS)
    listed = list(rows)
    named = _named(actor, listed, within=within)
    audit.record_list(
        actor=actor,
        action=policies.VIEW_ITEMS,
        information=Information.NAME_AND_BIRTH,
        shown=[_entry(row, named[row.id]) for row in listed if row.id in named],
    )
    names = dict(units)
    # Not joined: every row would be widened before the first are chosen.
    prefetch_related_objects([row for row in listed if row.unit_id not in names], "unit")
    return [_line(actor, row, named.get(row.id), unit_name=names.get(row.unit_id) or row.unit.name) for row in listed]


def item(*, actor: Actor, item_id: UUID) -> Line:
    """
    Return one item, open or over. That the person was named is in the log.

    :raises NotFound: if there is none on the actor's lists.
    :raises NotAllowed: if the actor has no list anywhere.
    """
    within = people.reach(actor=actor)
    row = _one(actor, WorkItem.objects.select_related("unit"), item_id, within=within)
    person = _named(actor, [row], within=within).get(row.id)
    if person is not None:
        audit.record(
            actor=actor,
            action=policies.VIEW_ITEMS,
            kind=Kind.READ,
            information=_tells(row),
            subject_type="worklist.WorkItem",
            subject_id=row.id,
            person_id=person.id,
            basis=person.basis,
        )
    return _line(actor, row, person, unit_name=row.unit.name)


def open_subjects(*, actor: Actor, kind: str, subject_type: str, subject_ids: Collection[UUID]) -> frozenset[UUID]:
    """
    Say to a service which of these subjects stand on a list as something of one kind. Nothing is logged by this.

    For anybody but the system none are, whatever stands there.
    """
    if actor.kind is not ActorKind.SYSTEM:
        return frozenset()
    rows = WorkItem.objects.filter(OPEN, kind=kind, subject_type=subject_type, subject_id__in=list(subject_ids))
    return frozenset(rows.values_list("subject_id", flat=True))


def open_since(*, actor: Actor, kind: str, subject_type: str, subject_id: UUID) -> datetime | None:
    """
    Say to a service since when a subject stands on a list as something of one kind; None where it stands on none.

    For anybody but the system it stands on none, as with `open_subjects`.
    """
    if actor.kind is not ActorKind.SYSTEM:
        return None
    rows = WorkItem.objects.filter(OPEN, kind=kind, subject_type=subject_type, subject_id=subject_id)
    return rows.order_by("put_at").values_list("put_at", flat=True).first()


def item_for_update(*, actor: Actor, item_id: UUID) -> tuple[WorkItem, Mentioned | None]:
    """
    Return an item on the actor's lists with whom it is about, locked until the end of the transaction.

    The person is None for an item about nobody, or about somebody the actor may not open.

    :raises NotFound: if there is none.
    :raises NotAllowed: if the actor has no list anywhere.
    """
    within = people.reach(actor=actor)
    row = _one(actor, WorkItem.objects.select_for_update(of=("self",)), item_id, within=within)
    return row, _named(actor, [row], within=within).get(row.id)


def _one(actor: Actor, rows: QuerySet[WorkItem], item_id: UUID, *, within: Reach) -> WorkItem:
    policies.ensure(actor, policies.VIEW_ITEMS)
    row = rows.filter(id=item_id).first()
    held = {"closed": within.closed, "let_no_more": within.let_no_more}
    if row is None or not policies.may_view(actor, row, **held):
        raise NotFound(f"item {item_id}")
    return row


def _which(actor: Actor, which: Which) -> Q:
    today = clock.today()
    match which:
        case Which.NOW:
            return OPEN & soon(today)
        case Which.LATER:
            return OPEN & later(today)
        case Which.MINE:
            return OPEN & awake(today) & Q(taken_by=actor.id)
        case Which.WAITING:
            return OPEN & waits(actor, today)
        case Which.FOR_ME:
            return OPEN & awake(today) & (Q(taken_by=actor.id) | (Q(taken_by=None) & soon(today)))
        case Which.FINISHED:
            return Q(done_at__gte=clock.now() - UNDO_WITHIN)


def _called(narrowing: Narrowing) -> Q:
    """Whatever has all the words in what it is called, or is of a kind that has them in its name."""
    own = Q()
    for word in narrowing.words.split():
        own &= Q(**{f"title__{narrowing.language}__icontains": word})
    return own | Q(kind__in=narrowing.kinds_said)


def _ordered(rows: QuerySet[WorkItem], narrowing: Narrowing) -> QuerySet[WorkItem]:
    if narrowing.which is Which.FINISHED and narrowing.order == DEFAULT_ORDER:
        return rows.order_by("-done_at", "-id")
    if narrowing.order == DEFAULT_ORDER:
        return rows.order_by(AFTER_SAFETY, F("due_on").asc(nulls_last=True), "put_at", "id")
    rising, falling = _ORDERS[narrowing.order.removeprefix("-")]
    first = falling if narrowing.order.startswith("-") else rising
    return rows.order_by(first, "put_at", "id")


def _named(actor: Actor, rows: Sequence[WorkItem], *, within: Reach) -> dict[UUID, Mentioned]:
    """
    Return whom each item is about, by item, where the actor may know it.

    Somebody whom nobody follows up any more is named to the leader who is left to tell them
    that they are registered, on the item that says so and on no other.
    """
    about = {row.id: row.person_id for row in rows if row.person_id is not None}
    open_to = people.mentioned(actor=actor, person_ids=set(about.values()), within=within)
    to_tell = {row.id: about[row.id] for row in rows if row.kind == kinds.INFORM_CARER.code and row.id in about}
    closed = set(to_tell.values()) - open_to.keys()
    left = people.left_to_tell(actor=actor, person_ids=closed, within=within) if closed else {}
    told = {item_id: left[person_id] for item_id, person_id in to_tell.items() if person_id in left}
    return told | {item_id: open_to[person_id] for item_id, person_id in about.items() if person_id in open_to}


def _is_asleep(row: WorkItem) -> bool:
    return row.snoozed_until is not None and row.snoozed_until > clock.today()


def _tells(row: WorkItem) -> tuple[Information, ...]:
    return (Information.NAME_AND_BIRTH, *kinds.kind(row.kind).shows)


def _entry(row: WorkItem, person: Mentioned) -> Shown:
    return Shown(
        person_id=person.id,
        subject_type="worklist.WorkItem",
        subject_id=row.id,
        information=_tells(row),
        basis=person.basis,
    )


def _line(actor: Actor, row: WorkItem, person: Mentioned | None, *, unit_name: str) -> Line:
    progress = row.progress
    recent = row.done_at is not None and clock.now() - row.done_at <= UNDO_WITHIN
    is_open = progress.state in (State.WAITING, State.TAKEN)
    return Line(
        id=row.id,
        kind=kinds.kind(row.kind),
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        person=person,
        is_nameless=row.person_id is not None and person is None,
        unit_id=row.unit_id,
        unit_name=unit_name,
        due_on=row.due_on,
        is_overdue=is_open and rules.is_overdue(row.due_on, today=clock.today()),
        put_at=row.put_at,
        state=progress.state,
        taken_by_name=row.taken_by_name,
        is_mine=row.taken_by == actor.id,
        handed_by_name=row.handed_by_name,
        by_law=row.by_law,
        snoozed_until=row.snoozed_until if is_open and _is_asleep(row) else None,
        snoozed_why=SnoozedWhy(row.snoozed_why) if row.snoozed_why else None,
        title=row.title,
        origin=row.origin,
        done_at=row.done_at,
        done_by_name=row.done_by_name,
        outcome=Outcome(row.outcome) if row.outcome else None,
        may_undo=recent,
        withdrawn_at=row.withdrawn_at,
        withdrawn_why=WithdrawnWhy(row.withdrawn_why) if row.withdrawn_why else None,
        is_for_taking=row.unit_id in actor.units_with(policies.TAKE_ITEM),
    )
