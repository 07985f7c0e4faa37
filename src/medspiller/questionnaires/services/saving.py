"""
Saving what is typed while it is typed. Nothing is refused for what it says.

Nothing of this is in the access log: answers in progress are shown to nobody but who types them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from medspiller.access.domain.actors import Actor
from medspiller.access.domain.drafts import number_at
from medspiller.core import clock
from medspiller.questionnaires import selectors
from medspiller.questionnaires.domain.filling import tabs
from medspiller.questionnaires.domain.filling.submitting import Attachment, submitted
from medspiller.questionnaires.domain.filling.writing import answers_of, with_answers
from medspiller.questionnaires.domain.states import SavedElsewhere
from medspiller.questionnaires.models import Response, Upload
from medspiller.questionnaires.selectors import Filling
from medspiller.questionnaires.services._storing import record

_SAVED = ["answers", "unreadable", "taken_from", "tabs", "large", "saved_at", "number", "version", "step"]


@dataclass(frozen=True, slots=True)
class FromPage:
    """
    Which page a save comes from: the version it was shown, its tab, and the number of the save.

    `number` is as for drafts of forms; None counts as now. `told` are the questions of which the
    page has shown that two tabs met. `step` is where the author goes on; `language` is the page's, in
    which numbers are written.
    """

    seen: int | None = None
    tab: str = ""
    number: int | None = None
    told: frozenset[str] = frozenset()
    step: int | None = None
    language: str = "nb"


@dataclass(frozen=True, slots=True)
class Saved:
    """What was stored, which button among the form's own was pressed, empty if none, and the id to go to then."""

    filling: Filling
    pressed: str
    focus: str


@transaction.atomic
def save(
    *,
    actor: Actor,
    response_id: UUID,
    posted: Mapping[str, Sequence[str]],
    files: Mapping[str, Attachment] | None = None,
    page: FromPage = FromPage(),
) -> Saved:
    """
    Keep what was typed on a page of answers in progress, right or wrong; the rest stays.

    What another tab has changed meanwhile stays where this page did not touch it. Where both
    have typed, this one holds, and the other answer is remembered to be shown.

    :raises NotFound: if there are none of the actor's; `Closed`, if they have no need to know the person any more.
    :raises NotAllowed: if they may not write about the person any more.
    :raises AlreadyCompleted: if they are finished.
    :raises SavedElsewhere: if a newer save of these answers is kept already.
    """
    found = selectors.filling_for_update(actor=actor, response_id=response_id)
    row = found.row
    number = _number(row, page.number)
    sent = submitted(
        found.engine,
        posted,
        before=row.answers,
        language=page.language,
        files=files or {},
        unreadable=row.unreadable,
    )
    before = tabs.told(tabs.from_json(row.tabs), page.told)
    version = row.version + 1
    met = tabs.meet(before, before=row.answers, after=sent.response, seen=page.seen, tab=page.tab, version=version)
    answers = sent.response
    if met.stays:
        answers = with_answers(found.blank.questionnaire, answers, met.stays)
    confirmed = _confirmed(row, answers)

    # What is sent twice, by a button and by the script beside it, has been changed once.
    if (answers, dict(sent.unreadable), confirmed) == (row.answers, row.unreadable, row.taken_from):
        version = row.version
    row.answers, row.unreadable, row.taken_from = answers, dict(sent.unreadable), confirmed
    row.tabs, row.large = tabs.as_json(met.tabs), sent.large
    row.number, row.version, row.saved_at = number, version, clock.now()
    row.step = page.step or row.step
    row.save(update_fields=_SAVED)
    return Saved(found, sent.pressed, sent.focus)


@transaction.atomic
def throw_away(*, actor: Actor, response_id: UUID) -> None:
    """
    Delete answers in progress, with their files.

    :raises NotFound: if there are none of the actor's.
    :raises NotAllowed: if they may not write about the person any more.
    :raises AlreadyCompleted: if they are finished.
    """
    found = selectors.filling_for_update(actor=actor, response_id=response_id)
    Upload.objects.filter(response=found.row).delete()
    record(found.found.actor, "questionnaires.throw_away", found.row, found.found.basis)
    found.row.delete()


def _number(row: Response, wanted: int | None) -> int:
    """As drafts of forms are numbered: one more than the last is always possible."""
    latest = max(number_at(clock.now()), row.number + 1)
    number = latest if wanted is None else min(wanted, latest)
    if number <= row.number:
        raise SavedElsewhere(row.number)
    return number


def _confirmed(row: Response, answers: Mapping[str, object]) -> dict[str, object]:
    """What still is as it was taken from the register, to be confirmed: what was changed is the author's."""
    was, now = answers_of(row.answers), answers_of(answers)
    return {link_id: each for link_id, each in row.taken_from.items() if was.get(link_id) == now.get(link_id)}
