"""Suggesting rights and offers to carers, taking what they answer, and looking again when a right was changed."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.audit.domain import Information
from medspiller.catalogue import selectors as catalogue
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.core.constraints import refused_as
from medspiller.core.errors import NotFound
from medspiller.followup import policies
from medspiller.followup.domain import suggesting
from medspiller.followup.domain.files import FileKind, FileState, NoteCode
from medspiller.followup.domain.suggesting import (
    LIVE,
    SuggestionAnswered,
    SuggestionKind,
    SuggestionRefused,
    SuggestionState,
)
from medspiller.followup.models import CarerFile, FileNote, Holding, Suggestion
from medspiller.followup.policies import OpenedFile
from medspiller.followup.selectors import _candidates
from medspiller.followup.selectors._candidates import Candidate
from medspiller.followup.selectors._lacking import needs_in_file
from medspiller.followup.selectors._staff import who_is_away
from medspiller.followup.services import _attending as attending
from medspiller.followup.services import _storing as storing
from medspiller.rights import selectors as rights
from medspiller.rights.domain.changes import RightsChanged
from medspiller.rights.domain.from_content import RIGHTS
from medspiller.worklist.domain import kinds
from medspiller.worklist.domain.items import Placed, WithdrawnWhy

SUGGESTION = "followup.Suggestion"
BY_HAND = "by_hand"
# What was changed in the law is looked at within the week. Local practice.
LOOK_WITHIN = timedelta(days=7)
# That another answer may come of it; a change of words changes nobody's.
_THROUGH_TIME = ("periods", "steps")
_SHOWS = (Information.RIGHTS, Information.NEEDS)


@transaction.atomic
def suggest(*, actor: Actor, file_id: UUID) -> list[Suggestion]:
    """
    Find rights and offers for a carer from what is known of them and what they lack, and return what is new.

    What nobody has answered and fits no more is withdrawn; what was declined comes again only
    where it answers a need that it did not answer then.

    :raises NotFound: if there is no such file; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises FileClosed: if the file is closed.
    """
    opened = policies.opened_file(actor, file_id, action=policies.KEEP_FILE, lock=True)
    storing.ensure_open_file(opened.file)
    found = _candidates.candidates(opened, [each.need for each in needs_in_file(opened)])
    rows = list(Suggestion.objects.select_for_update().filter(file=opened.file).order_by("suggested_at", "id"))
    live = {(row.kind, row.target): row for row in rows if SuggestionState(row.state) in LIVE}
    declined = {(row.kind, row.target): row for row in rows if row.state == SuggestionState.DECLINED}
    new = []
    for rank, each in enumerate(found):
        row = live.get((each.kind, each.target))
        if row is not None:
            _bring_up_to_date(row, each, rank)
        elif _fits_anew(each, declined.get((each.kind, each.target))):
            new.append(_made(actor, opened, each, rank))
    Suggestion.objects.bulk_create(new)
    wanted = {(each.kind.value, each.target) for each in found}
    _withdraw(opened, [row for key, row in live.items() if key not in wanted and _waits_unasked(row)])
    storing.record(opened, "followup.suggest", information=_SHOWS)
    return new


@transaction.atomic
def suggest_one(*, actor: Actor, file_id: UUID, kind: SuggestionKind | str, target: str) -> Suggestion:
    """
    Suggest a right by its id, or an offer by its slug, that somebody knows to fit.

    :raises NotFound: if there is no such file; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises FileClosed: if the file is closed.
    :raises SuggestionRefused: if there is no such right or offer, or it is suggested already.
    """
    opened = policies.opened_file(actor, file_id, action=policies.KEEP_FILE, lock=True)
    storing.ensure_open_file(opened.file)
    chosen = _chosen(opened, SuggestionKind(kind), target)
    with refused_as({"followup_suggestion_once": SuggestionRefused("there")}):
        made = _made(actor, opened, chosen, 0)
        made.save(force_insert=True)
    storing.record(opened, "followup.suggest", information=_SHOWS, subject_type=SUGGESTION, subject_id=made.id)
    return made


@transaction.atomic
def withdraw_suggestion(*, actor: Actor, suggestion_id: UUID) -> Suggestion:
    """
    Take back a suggestion, whatever was answered.

    :raises NotFound: if there is none that the actor may know of.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises SuggestionRefused: if it was withdrawn before.
    """
    opened, row = _for_update(actor, suggestion_id)
    if row.state == SuggestionState.WITHDRAWN:
        raise SuggestionRefused("over")
    _withdraw(opened, [row])
    _record(opened, row, "followup.withdraw_suggestion")
    return row


@transaction.atomic
def answer_suggestion(
    *,
    actor: Actor,
    suggestion_id: UUID,
    answer: SuggestionState | str,
    reason: str = "",
    on: date | None = None,
    note: str = "",
    version: int | None = None,
) -> Suggestion:
    """
    Write down what a carer answers: yes, no thanks with why, or later with a day. Carers answer their own themselves.

    On the day of a *later* it stands on the unit's list. A carer's own yes, and whatever they write with an answer,
    stands there for the contact person or whoever holds a plan, to be read by a day that the carer is told. Of the
    young nothing is taken in their own words: nobody would read it in time. An answer may be changed.

    :raises NotFound: if there is none that the actor may know of.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    :raises FileClosed: if the file is closed.
    :raises SuggestionAnswered: if somebody has answered since `version`.
    :raises SuggestionRefused: with what is wrong.
    """
    opened, row = _for_update(actor, suggestion_id)
    storing.ensure_open_file(opened.file)
    if version is not None and version != row.version:
        raise SuggestionAnswered(now=row.version)
    by_carer = opened.actor.kind is ActorKind.CITIZEN
    if by_carer and opened.file.kind == FileKind.CHILD:
        note = ""
    now = SuggestionState(row.state)
    given = suggesting.answered(answer, now=now, reason=reason, on=on, note=note, today=clock.today())
    row.state, row.reason = given.state.value, given.reason.value if given.reason else ""
    row.later_on, row.note = given.later_on, given.note or None
    row.answered_at, row.answered_by, row.answered_by_name = clock.now(), opened.actor.id, opened.actor.name
    row.by_carer, row.version = by_carer, row.version + 1
    with refused_as({"followup_suggestion_once": SuggestionRefused("there")}):
        row.save(update_fields=_ANSWERED)
    _attend(opened, row)
    _let_read(opened, row)
    _record(opened, row, "followup.answer_suggestion")
    return row


@transaction.atomic
def see_change(*, actor: Actor, suggestion_id: UUID) -> Suggestion:
    """
    Write down that somebody has looked at what a changed right means for a carer.

    :raises NotFound: if there is none that the actor may know of.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    """
    opened, row = _for_update(actor, suggestion_id)
    row.changed_at = None
    row.save(update_fields=["changed_at"])
    if not Suggestion.objects.filter(file=opened.file, changed_at__isnull=False).exists():
        _withdraw_changed(opened.actor, [opened.file.id])
    _record(opened, row, "followup.see_change")
    return row


@transaction.atomic
def touch_by_right(*, actor: Actor, event: RightsChanged) -> int:
    """
    Mark in open files what a changed right or figure of the law touches, and put each file on its unit's list.

    Other words change nothing for anybody. Safe to run twice. Returns how many files it touches.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure_system(actor)
    if not any(place.startswith(_THROUGH_TIME) for place in event.changed):
        return 0
    rows = Suggestion.objects.filter(
        kind=SuggestionKind.RIGHT.value,
        state__in=sorted(each.value for each in LIVE),
        file__state=FileState.OPEN.value,
    )
    rows = rows.filter(target=event.name) if event.kind == RIGHTS else rows.filter(rests_on__contains=[event.name])
    # In the order in which others lock them too.
    touched = list(rows.select_for_update(of=("self",)).select_related("file").order_by("id"))
    for row in touched:
        row.changed_at = clock.now()
    Suggestion.objects.bulk_update(touched, ["changed_at"])
    _note_changes(actor, touched)
    by_file = {row.file_id: row for row in touched}
    attending.put(actor, *(_changed_item(row.file, row.title) for row in by_file.values()))
    return len(by_file)


def attend_changes(*, actor: Actor, file: CarerFile) -> None:
    """Let a file stand on its unit's list, or not, by whether a right in it was changed and nobody has looked."""
    changed = Suggestion.objects.filter(file=file, changed_at__isnull=False).order_by("-changed_at", "-id").first()
    if changed is None or file.state != FileState.OPEN:
        _withdraw_changed(actor, [file.id])
    else:
        attending.put(actor, _changed_item(file, changed.title))


def leave_suggestions(*, actor: Actor, file_ids: Iterable[UUID]) -> None:
    """Take off every list what waits for carers whose files were closed, for a service that has asked."""
    closed = list(file_ids)
    rows = Suggestion.objects.filter(file_id__in=closed, state=SuggestionState.LATER.value)
    waiting = list(rows.values_list("id", flat=True))
    attending.take_off(actor, kinds.FOLLOWUP_SUGGESTION, SUGGESTION, waiting)
    answered = list(Suggestion.objects.filter(file_id__in=closed, by_carer=True).values_list("id", flat=True))
    attending.take_off(actor, kinds.FOLLOWUP_ANSWERED, SUGGESTION, answered)
    _withdraw_changed(actor, closed)


_ANSWERED = (
    "state", "reason", "later_on", "note", "answered_at", "answered_by", "answered_by_name", "by_carer", "version",
)  # fmt: skip


def _for_update(actor: Actor, suggestion_id: UUID) -> tuple[OpenedFile, Suggestion]:
    row = Suggestion.objects.filter(id=suggestion_id).first()
    if row is None:
        raise NotFound(f"suggestion {suggestion_id}")
    opened = policies.opened_file(
        actor, row.file_id, action=policies.KEEP_FILE, own_action=policies.ANSWER_OWN, lock=True
    )
    return opened, Suggestion.objects.select_for_update().get(id=suggestion_id)


def _chosen(opened: OpenedFile, kind: SuggestionKind, target: str) -> Candidate:
    needs = [each.need for each in needs_in_file(opened)]
    if kind is SuggestionKind.RIGHT:
        rulebook, _pin = rights.rulebook(actor=opened.actor)
        right = rulebook.rights.get(target)
        if right is None:
            raise SuggestionRefused("unknown")
        answers = [f"need:{need}" for need in needs if need in suggesting.NEEDS_OF_RIGHT[right.kind]]
        return Candidate(kind, target, dict(right.title), (*answers, BY_HAND))
    offers = catalogue.offers_by_slug(actor=opened.actor, slugs=[target], on=clock.today())
    if not offers:
        raise SuggestionRefused("unknown")
    answers = [f"need:{need}" for need in needs if f"need:{need}" in offers[0].concepts]
    return Candidate(kind, target, dict(offers[0].card["title"]), (*answers, BY_HAND))


def _made(actor: Actor, opened: OpenedFile, chosen: Candidate, rank: int) -> Suggestion:
    need = suggesting.need_of(chosen.reasons)
    return Suggestion(
        file=opened.file,
        kind=chosen.kind.value,
        target=chosen.target,
        title=dict(chosen.title),
        reasons=list(chosen.reasons),
        need=need.value if need else "",
        rests_on=list(chosen.rests_on),
        rank=rank,
        suggested_at=clock.now(),
        suggested_by=actor.id,
        suggested_by_name=actor.name,
    )


def _bring_up_to_date(row: Suggestion, found: Candidate, rank: int) -> None:
    """What was answered keeps the reasons for which it was suggested; what waits has those of today."""
    fields = {"rank": rank, "rests_on": list(found.rests_on)}
    if row.state == SuggestionState.SUGGESTED and BY_HAND not in row.reasons:
        need = suggesting.need_of(found.reasons)
        fields |= {"reasons": list(found.reasons), "need": need.value if need else "", "title": dict(found.title)}
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    if changed:
        row.save(update_fields=changed)


def _fits_anew(found: Candidate, declined: Suggestion | None) -> bool:
    if declined is None:
        return True
    needs = {reason for reason in found.reasons if reason.startswith("need:")}
    return not needs <= set(declined.reasons)


def _waits_unasked(row: Suggestion) -> bool:
    return row.state == SuggestionState.SUGGESTED and BY_HAND not in row.reasons


def _withdraw(opened: OpenedFile, rows: list[Suggestion]) -> None:
    for row in rows:
        row.state, row.reason, row.later_on, row.changed_at = SuggestionState.WITHDRAWN.value, "", None, None
        row.save(update_fields=["state", "reason", "later_on", "changed_at"])
        _attend(opened, row)


def _attend(opened: OpenedFile, row: Suggestion) -> None:
    """Let what was put off stand on the unit's list, and nothing else."""
    if row.state != SuggestionState.LATER:
        attending.take_off(opened.actor, kinds.FOLLOWUP_SUGGESTION, SUGGESTION, [row.id], why=WithdrawnWhy.ANSWERED)
        return
    attending.put(
        opened.actor,
        Placed(
            kind=kinds.FOLLOWUP_SUGGESTION.code,
            subject_type=SUGGESTION,
            subject_id=row.id,
            unit_id=opened.file.unit_id,
            person_id=opened.file.carer_id,
            due_on=row.later_on,
            title=row.title,
        ),
    )


def _let_read(opened: OpenedFile, row: Suggestion) -> None:
    """Let what a carer has answered be read by whoever answers for them; what staff write down needs no reader."""
    if not row.by_carer or (row.state != SuggestionState.ACCEPTED and not row.note):
        attending.take_off(opened.actor, kinds.FOLLOWUP_ANSWERED, SUGGESTION, [row.id], why=WithdrawnWhy.ANSWERED)
        return
    reader_id, reader = _reader(opened.file)
    attending.put(
        opened.actor,
        Placed(
            kind=kinds.FOLLOWUP_ANSWERED.code,
            subject_type=SUGGESTION,
            subject_id=row.id,
            unit_id=opened.file.unit_id,
            person_id=opened.file.carer_id,
            due_on=suggesting.read_by(clock.today()),
            title=row.title,
            taken_by=reader_id,
            taken_by_name=reader,
        ),
    )


def _reader(file: CarerFile) -> tuple[UUID | None, str]:
    """The contact person, or whoever holds the last plan in the file's unit, if they are there today; else nobody."""
    held = Holding.objects.filter(plan__file=file, plan__unit_id=file.unit_id, ends_at=None).order_by("-starts_at")
    readers = [(file.contact_id, file.contact_name), *held.values_list("holder_id", "holder_name")]
    away = who_is_away([user_id for user_id, _name in readers if user_id])
    return next(((user_id, name) for user_id, name in readers if user_id and user_id not in away), (None, ""))


def _changed_item(row: CarerFile, title: Mapping[str, str]) -> Placed:
    return Placed(
        kind=kinds.FOLLOWUP_RIGHT_CHANGED.code,
        subject_type=storing.FILE,
        subject_id=row.id,
        unit_id=row.unit_id,
        person_id=row.carer_id,
        due_on=clock.today() + LOOK_WITHIN,
        title=title,
    )


def _note_changes(actor: Actor, rows: list[Suggestion]) -> None:
    FileNote.objects.bulk_create(
        FileNote(
            file_id=row.file_id,
            code=NoteCode.RIGHT_CHANGED.value,
            on=clock.today(),
            about_type=SUGGESTION,
            about_id=row.id,
            by=actor.id,
            by_name=actor.name,
            at=clock.now(),
        )
        for row in rows
    )


def _withdraw_changed(actor: Actor, file_ids: list[UUID]) -> None:
    attending.take_off(actor, kinds.FOLLOWUP_RIGHT_CHANGED, storing.FILE, file_ids, why=WithdrawnWhy.SEEN_TO)


def _record(opened: OpenedFile, row: Suggestion, action: str) -> None:
    storing.record(opened, action, information=_SHOWS, subject_type=SUGGESTION, subject_id=row.id)
