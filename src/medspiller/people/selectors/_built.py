"""What a first talk wrote, who stored it, and what has been built upon it since."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import Model, Q

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.core.history import HistoryRow
from medspiller.people import registry
from medspiller.people.domain import taking_back as rules
from medspiller.people.domain.taking_back import InTheWay, Problem, Written
from medspiller.people.models import (
    CarerRole,
    ChildrenAnswer,
    ChildTold,
    CircumstanceJudged,
    CompetenceDecision,
    Consent,
    ConsentScan,
    ContactPoint,
    FirstTalk,
    InformationGiven,
    Involvement,
    Person,
    Relation,
    SearchName,
    Statement,
)

_CHANGED: Mapping[type[Model], InTheWay] = {
    Person: InTheWay.PERSON,
    Involvement: InTheWay.FOLLOW_UP,
    Relation: InTheWay.RELATION,
    CarerRole: InTheWay.ROLE,
    Consent: InTheWay.CONSENT,
    ContactPoint: InTheWay.CONTACT,
    ChildTold: InTheWay.CHILDREN,
    ChildrenAnswer: InTheWay.CHILDREN,
    Statement: InTheWay.STATEMENT,
}
# What is written about somebody who was registered before, and when: with it the talk's own is relied upon.
_SINCE: Sequence[tuple[type[Model], tuple[str, ...], str]] = (
    (FirstTalk, ("patient_id",), "recorded_at"),
    (CarerRole, ("patient_id", "carer_id"), "recorded_at"),
    (Consent, ("owner_id",), "recorded_at"),
    (CompetenceDecision, ("patient_id",), "judged_at"),
    (CircumstanceJudged, ("patient_id",), "judged_at"),
    (Statement, ("owner_id",), "said_at"),
    (ChildrenAnswer, ("patient_id",), "asked_at"),
)
# What stands about a person without anybody having added it: triggers write it, or the talk itself is asked for it.
_NOT_ADDED = (SearchName, InformationGiven)


def ensure_recorded_by(actor: Actor, row: FirstTalk) -> None:
    """
    Let pass whoever stored a talk.

    :raises NotFound: to anybody else: to take it back is theirs alone.
    """
    if row.recorded_by != actor.id:
        raise NotFound(f"first talk {row.id} of another")


def problem_of(row: FirstTalk) -> Problem | None:
    """Why a talk stays, whatever was built upon it; one of which nobody noted what it wrote stays too."""
    if "rows" not in row.written:
        return Problem.TAKEN_BACK if row.taken_back_at else Problem.TOO_LATE
    return rules.problem_of(recorded_at=row.recorded_at, taken_back_at=row.taken_back_at, now=clock.now())


def rows_of(row: FirstTalk) -> list[Written]:
    """Return what a talk wrote."""
    return [Written(**each | {"id": UUID(each["id"])}) for each in row.written.get("rows", ())]


def built_upon(row: FirstTalk, *, actor: Actor) -> tuple[tuple[InTheWay, ...], tuple[str, ...]]:
    """Return what has been built upon a talk within the register, and elsewhere, in words. Empty if nothing has."""
    written = rows_of(row)
    found = {
        *_changed(written, by_others_than=row.recorded_by),
        *_added(written, talk_id=row.id),
        *_written_since(row, written),
        *_told(row.written.get("to_be_told", ())),
    }
    opened = Involvement.objects.filter(id__in=new_of(written, Involvement)).values_list("person_id", flat=True)
    others = registry.built_upon(actor=actor, person_ids={*new_of(written, Person), *opened}, since=row.recorded_at)
    return tuple(each for each in InTheWay if each in found), tuple(others)


def new_of(written: Sequence[Written], model: type[Model]) -> list[UUID]:
    """The rows of one table that a talk made."""
    return [each.id for each in written if each.table == model._meta.label and each.is_new]


def _changed(written: Sequence[Written], *, by_others_than: UUID) -> Iterator[InTheWay]:
    """Whatever of it has a later version that another made."""
    for model, what in _CHANGED.items():
        last = {each.id: each.last for each in written if each.table == model._meta.label}
        if not last:
            continue
        history = model.pgh_event_model._meta.db_table  # type: ignore[attr-defined]  # made by `history.keep`
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT EXISTS (SELECT FROM {history} AS kept JOIN unnest(%s::uuid[], %s::int[]) AS own (id, last)"  # noqa: S608 - a name of ours
                " USING (id) WHERE kept.pgh_id > %s AND kept.pgh_id > own.last"
                " AND kept.pgh_actor_id IS DISTINCT FROM %s)",
                [list(last), list(last.values()), min(last.values()), by_others_than],
            )
            if cursor.fetchone()[0]:
                yield what


def _added(written: Sequence[Written], *, talk_id: UUID) -> Iterator[InTheWay]:
    """Whatever else is written about those whom the talk registered, or rests on what it wrote, by whomever."""
    made = new_of(written, Person)
    own = {each.id for each in written}
    for model, column in _pointers():
        about = model._default_manager.filter(**{f"{column}__in": made}).exclude(pk__in=own)
        about = about.exclude(pk=talk_id) if model is FirstTalk else about
        if made and about.exists():
            yield InTheWay.MORE
            return
    resting = (
        CarerRole.objects.filter(relation_id__in=new_of(written, Relation)).exclude(id__in=own),
        ConsentScan.objects.filter(consent_id__in=new_of(written, Consent)),
    )
    if any(rows.exists() for rows in resting):
        yield InTheWay.MORE


def concerned(row: FirstTalk, written: Sequence[Written]) -> set[UUID]:
    """Return everybody of whom a talk wrote anything."""
    ids = {model: [each.id for each in written if each.table == model._meta.label] for model in _CHANGED}
    found = {row.patient_id, *ids[Person]}
    for model, columns in (
        (Relation, ("person_id", "related_id")),
        (Involvement, ("person_id",)),
        (ContactPoint, ("person_id",)),
        (Statement, ("owner_id",)),
    ):
        for persons in model._default_manager.filter(id__in=ids[model]).values_list(*columns):
            found.update(persons)
    return found


def _written_since(row: FirstTalk, written: Sequence[Written]) -> Iterator[InTheWay]:
    """Whatever was written later of those who were known before: whoever wrote it saw the talk's own beside it."""
    own, persons = {row.id, *(each.id for each in written)}, concerned(row, written)
    for model, columns, moment in _SINCE:
        about = Q(*((f"{column}__in", persons) for column in columns), _connector=Q.OR)
        later = model._default_manager.filter(about, **{f"{moment}__gt": row.recorded_at}).exclude(pk__in=own)
        if model is FirstTalk:
            later = later.filter(taken_back_at=None)
        if later.exists():
            yield InTheWay.MORE
            return


def _told(person_ids: Collection[str]) -> Iterator[InTheWay]:
    told = InformationGiven.objects.filter(person_id__in=person_ids).exclude(informed_at=None, reason_not_to="")
    if person_ids and told.exists():
        yield InTheWay.TOLD


def _pointers() -> list[tuple[type[Model], str]]:
    """Every column of the register that says whom a row is about."""
    return [
        (model, field.attname)
        for model in apps.get_app_config("people").get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Person and model not in _NOT_ADDED and not issubclass(model, HistoryRow)
    ]
