"""What is suggested to carers, with why and what they answered; and the files that a changed right touches."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Kind, Shown
from medspiller.catalogue.domain.vocabulary import Need
from medspiller.core.errors import NotFound
from medspiller.followup import policies
from medspiller.followup.domain.files import FileKind, FileState
from medspiller.followup.domain.suggesting import DeclineReason, SuggestionKind, SuggestionState
from medspiller.followup.models import CarerFile, Suggestion
from medspiller.people import selectors as people
from medspiller.people.selectors import Mentioned

MOST_TOUCHED = 200
SUGGESTION = "followup.Suggestion"
# In which order they stand: what waits for an answer first.
_ORDER = {
    SuggestionState.SUGGESTED: 0,
    SuggestionState.LATER: 1,
    SuggestionState.ACCEPTED: 2,
    SuggestionState.DECLINED: 3,
    SuggestionState.WITHDRAWN: 4,
}


@dataclass(frozen=True, slots=True)
class SeenSuggestion:
    """
    A right or an offer that is or was suggested. `title` is by language.

    `reasons` are codes, the weightiest first: `need:` with a need, `right:yes`, `right:unknown`, `right:told` (it rests
    on what the carer told), `own`, `age`, `relation:` …, `language`, `by_hand`. `changed`: the law was changed since.
    """

    id: UUID
    file_id: UUID
    kind: SuggestionKind
    target: str
    title: dict[str, str]
    reasons: tuple[str, ...]
    need: Need | None
    state: SuggestionState
    reason: DeclineReason | None
    note: str
    later_on: date | None
    suggested_at: datetime
    suggested_by: str
    answered_at: datetime | None
    answered_by: str
    by_carer: bool
    changed: bool
    version: int
    is_childs: bool


@dataclass(frozen=True, slots=True)
class TouchedFile:
    """An open file that a changed right touches: whose it is, and which right; `title` is by language."""

    file_id: UUID
    carer: Mentioned
    suggestion_id: UUID
    title: dict[str, str]
    changed_at: datetime


def suggestions_of(*, actor: Actor, file_id: UUID) -> list[SeenSuggestion]:
    """
    Return what is suggested to a carer, what waits for an answer first and best first. The read is in the carer's log.

    What was withdrawn is left out.

    :raises NotFound: if there is no such file, or for a citizen another's; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    """
    opened = policies.opened_file(actor, file_id, own_action=policies.READ_OWN_FILE)
    audit.record(
        actor=opened.actor,
        action=policies.READ_FILE,
        kind=Kind.READ,
        information=(Information.RIGHTS, Information.NEEDS),
        subject_type="followup.CarerFile",
        subject_id=file_id,
        person_id=opened.file.carer_id,
        basis=opened.subject.basis,
    )
    return _suggestions_in_file(opened.file)


def suggestion(*, actor: Actor, suggestion_id: UUID) -> SeenSuggestion:
    """
    Return one suggestion. The read is in the carer's log.

    :raises NotFound: if there is none that the actor may know of.
    :raises NotAllowed: if nobody at the actor's units follows the carer up.
    """
    from_file = Suggestion.objects.filter(id=suggestion_id).values_list("file_id", flat=True).first()
    found = suggestions_of(actor=actor, file_id=from_file) if from_file else []
    one = next((each for each in found if each.id == suggestion_id), None)
    if one is None:
        raise NotFound(f"suggestion {suggestion_id}")
    return one


def own_suggestions(*, actor: Actor) -> list[SeenSuggestion]:
    """
    Return what is suggested to a citizen in their own open file; nothing where they have none. It is in their log.

    :raises NotAllowed: for anybody but a citizen.
    """
    policies.ensure(actor, policies.READ_OWN_FILE)
    oneself = people.registered_as(actor=actor)
    rows = CarerFile.objects.filter(carer_id=oneself.person_id, state=FileState.OPEN.value)
    row = rows.first() if oneself.person_id else None
    return suggestions_of(actor=oneself, file_id=row.id) if row else []


def files_touched(*, actor: Actor) -> list[TouchedFile]:
    """
    Return the open files the actor may open that a changed right touches and nobody has looked at, the oldest first.

    Each carer named is in the log.

    :raises NotAllowed: without the role anywhere.
    """
    policies.ensure(actor, policies.READ_FILE)
    rows = list(_touched(actor)[:MOST_TOUCHED])
    within = people.reach(actor=actor)
    named = people.mentioned(actor=actor, person_ids={row.file.carer_id for row in rows}, within=within)
    shown = [row for row in rows if row.file.carer_id in named]
    audit.record_list(
        actor=actor,
        action=policies.READ_FILE,
        information=(Information.NAME_AND_BIRTH, Information.RIGHTS),
        shown=[
            Shown(row.file.carer_id, "followup.CarerFile", row.file_id, basis=named[row.file.carer_id].basis)
            for row in shown
        ],
    )
    return [
        TouchedFile(row.file_id, named[row.file.carer_id], row.id, row.title, row.changed_at)
        for row in shown
        if row.changed_at is not None
    ]


def _touched(actor: Actor) -> QuerySet[Suggestion]:
    files = CarerFile.objects.filter(policies.visible_files(actor), state=FileState.OPEN.value)
    rows = Suggestion.objects.filter(changed_at__isnull=False, file_id__in=files.values("id"))
    return rows.select_related("file").order_by("changed_at", "id")


def _suggestions_in_file(row: CarerFile) -> list[SeenSuggestion]:
    """Return the same of a file that was opened, for whoever logs it. One statement."""
    rows = Suggestion.objects.filter(file=row).exclude(state=SuggestionState.WITHDRAWN.value)
    seen = [_seen(each, row) for each in rows.order_by("rank", "suggested_at", "id")]
    return sorted(seen, key=lambda each: _ORDER[each.state])


def _seen(row: Suggestion, file: CarerFile) -> SeenSuggestion:
    return SeenSuggestion(
        id=row.id,
        file_id=row.file_id,
        kind=SuggestionKind(row.kind),
        target=row.target,
        title=row.title,
        reasons=tuple(row.reasons),
        need=Need(row.need) if row.need else None,
        state=SuggestionState(row.state),
        reason=DeclineReason(row.reason) if row.reason else None,
        note=str(row.note or ""),
        later_on=row.later_on,
        suggested_at=row.suggested_at,
        suggested_by=row.suggested_by_name,
        answered_at=row.answered_at,
        answered_by=row.answered_by_name,
        by_carer=row.by_carer,
        changed=row.changed_at is not None,
        version=row.version,
        is_childs=file.kind == FileKind.CHILD,
    )
