"""What of one file goes over into another, when both turn out to be one person's; and back."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db import models

from medspiller.access.domain.actors import Actor
from medspiller.followup.domain.agreements import HOLDS, AgreementState
from medspiller.followup.domain.files import TEXT_MOST
from medspiller.followup.domain.suggesting import LIVE
from medspiller.followup.models import Agreement, CarerFile, Moved, Need, Suggestion
from medspiller.followup.services import _items as items
from medspiller.followup.services import _storing as storing
from medspiller.followup.services.agreements import open_agreement_again, replace_agreement
from medspiller.followup.services.suggestions import attend_changes
from medspiller.worklist import services as worklist

# What a carer said, by the column of their file.
WORDS = ("why", "situation", "what_matters")
_TABLES: dict[str, type[models.Model]] = {"agreement": Agreement, "need": Need, "suggestion": Suggestion}
_BETWEEN = "\n\n"


def join(actor: Actor, merge_id: UUID, row: CarerFile, into: CarerFile) -> int:
    """
    Let what the carer said, needs, suggestions and the agreement of `row` be in `into`; return how many rows it was.

    What `into` has already stays in `row`: of two agreements the one that holds goes on, the one in `into` if both do.
    """
    moved = [*_words(merge_id, row, into), *_agreements(actor, merge_id, row, into)]
    for table, rows in (("need", _needs(row, into)), ("suggestion", _suggestions(row, into))):
        for each in rows:
            moved.append(_move(merge_id, table, each.pk, row, into))
    worklist.move_subjects(
        actor=storing.system_of(actor),
        which=items.OF_FILES,
        subject_ids=[each.row_id for each in moved],
        unit_id=into.unit_id,
        person_id=into.carer_id,
    )
    attend_changes(actor=actor, file=into)
    return len(moved)


def part(actor: Actor, notes: Iterable[Moved]) -> None:
    """Undo `join`, by what was noted. What somebody has changed since stays as it is."""
    ours = [each for each in notes if each.table in _TABLES]
    for each in ours:
        if each.column == "file":
            _TABLES[each.table]._default_manager.filter(pk=each.row_id).update(file_id=each.before)
    for each in ours:
        if each.column == "state":
            open_agreement_again(actor=actor, agreement_id=each.row_id)
    for each in notes:
        if each.table == "file" and each.column in WORDS and each.before is not None:
            _take_out(each.row_id, each.column, CarerFile.objects.get(id=each.before))
    by_file: dict[UUID, list[UUID]] = {}
    for each in ours:
        if each.before is not None:
            by_file.setdefault(each.before, []).append(each.row_id)
    for file in CarerFile.objects.filter(id__in=by_file):
        worklist.move_subjects(
            actor=storing.system_of(actor),
            which=items.OF_FILES,
            subject_ids=by_file[file.id],
            unit_id=file.unit_id,
            person_id=file.carer_id,
        )
        attend_changes(actor=actor, file=file)


def _move(merge_id: UUID, table: str, row_id: UUID, row: CarerFile, into: CarerFile) -> Moved:
    _TABLES[table]._default_manager.filter(pk=row_id).update(file=into)
    return _noted(merge_id, table, row_id, "file", row.id)


def _noted(merge_id: UUID, table: str, row_id: UUID, column: str, before: UUID | None) -> Moved:
    return Moved.objects.create(merge_id=merge_id, table=table, row_id=row_id, column=column, before=before)


def _words(merge_id: UUID, row: CarerFile, into: CarerFile) -> Iterator[Moved]:
    for column in WORDS:
        there, more = str(getattr(into, column) or ""), str(getattr(row, column) or "")
        both = _BETWEEN.join(each for each in (there, more) if each)
        if more and more not in there and len(both) <= TEXT_MOST:
            setattr(into, column, both)
            storing.changed(into, column)
            yield _noted(merge_id, "file", into.id, column, row.id)


def _take_out(file_id: UUID, column: str, row: CarerFile) -> None:
    into, more = CarerFile.objects.select_for_update().get(id=file_id), str(getattr(row, column) or "")
    there = str(getattr(into, column) or "")
    if more and (there == more or there.endswith(_BETWEEN + more)):
        setattr(into, column, there[: -len(more)].removesuffix(_BETWEEN) or None)
        storing.changed(into, column)


def _agreements(actor: Actor, merge_id: UUID, row: CarerFile, into: CarerFile) -> Iterator[Moved]:
    found = list(Agreement.objects.select_for_update().filter(file__in=[row, into]).order_by("id"))
    live = {each.file_id: each for each in found if each.state != AgreementState.CLOSED}
    ours, theirs = live.get(row.id), live.get(into.id)
    if ours and theirs:
        is_ours = AgreementState(ours.state) in HOLDS and AgreementState(theirs.state) not in HOLDS
        left = theirs if is_ours else ours
        replace_agreement(actor=actor, row=left)
        yield _noted(merge_id, "agreement", left.id, "state", None)
    for each in found:
        if each.file_id == row.id:
            yield _move(merge_id, "agreement", each.id, row, into)


def _needs(row: CarerFile, into: CarerFile) -> list[Need]:
    stands = set(Need.objects.filter(file=into, ended_at=None).values_list("code", "response_id"))
    rows = Need.objects.select_for_update(of=("self",)).filter(file=row).order_by("id")
    return [each for each in rows if each.ended_at or (each.code, each.response_id) not in stands]


def _suggestions(row: CarerFile, into: CarerFile) -> list[Suggestion]:
    live = [each.value for each in LIVE]
    there = set(Suggestion.objects.filter(file=into, state__in=live).values_list("kind", "target"))
    rows = Suggestion.objects.select_for_update(of=("self",)).filter(file=row).order_by("id")
    return [each for each in rows if each.state not in live or (each.kind, each.target) not in there]
