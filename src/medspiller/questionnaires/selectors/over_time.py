"""
What somebody has answered more than once, compared. Every read is in the access log.

Whoever may read the answers themselves may see them over time: a citizen their own, staff those of
a person whom they may open. Totals that were only entered are for staff who follow the person up.
What is replaced by a newer version, or marked as wrong, is left out, and it is said how much that is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Q, QuerySet

from medspiller.access.domain.actors import Actor
from medspiller.audit import services as audit
from medspiller.audit.domain import Kind
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotFound
from medspiller.people import selectors as people
from medspiller.people.selectors import Subject as Opened
from medspiller.questionnaires import policies
from medspiller.questionnaires.domain.library.instruments import Respondent, in_language
from medspiller.questionnaires.domain.states import Status
from medspiller.questionnaires.models import Response, Total
from medspiller.questionnaires.selectors import _blanks
from medspiller.questionnaires.selectors._courses import Compared, OverTime, of_form, of_totals, side_by_side
from medspiller.questionnaires.selectors.instruments import instrument
from medspiller.questionnaires.selectors.totals import log

__all__ = ["Compared", "Followed", "OverTime", "figures", "figures_for_job", "followed", "over_time"]

# Further back nobody compares; the list of answers holds them all.
MOST = 60


@dataclass(frozen=True, slots=True)
class Followed:
    """Something that was answered: a form or an instrument, and how often."""

    url: str
    title: str
    count: int


def followed(*, actor: Actor, person_id: UUID, language: str) -> tuple[Opened, list[Followed]]:
    """
    Return a person with what was answered by or about them, by title.

    :raises NotFound: if there is no such person; `Closed`, if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own file, or the role does not reach the unit.
    """
    found = _opened(actor, person_id)
    forms = list(_standing(policies.readable(found), person_id).defer("answers"))
    totals = [row for row in _totals(found) if row.wrong_at is None]
    titles = {row.questionnaire_url: _blanks.of_response(actor, row).title(language) for row in forms}
    known = {row.instrument_url: row for row in totals}
    for url, row in known.items():
        titles[url] = in_language(instrument(actor=actor, url=url, version=row.instrument_version).name, language)
    counted = [*(row.questionnaire_url for row in forms), *(row.instrument_url for row in totals)]
    _log_answers(found, {tuple(sorted(row.tags)) for row in forms})
    _log_totals(found, totals)
    shown = [Followed(url, title, counted.count(url)) for url, title in titles.items()]
    return found, sorted(shown, key=lambda each: each.title.casefold())


def over_time(
    *, actor: Actor, person_id: UUID, url: str, language: str, earlier_id: UUID | None = None
) -> tuple[Opened, OverTime]:
    """
    Return a person with what was answered to one form or instrument over time.

    The newest answers to a form stand beside those of `earlier_id`, else those before them.

    :raises NotFound: if there is no such person, or nothing was answered to it that the actor may know of; `Closed`,
        if the actor has no need to know.
    :raises NotAllowed: if it is the actor's own file, or the role does not reach the unit.
    """
    found = _opened(actor, person_id)
    standing = list(_standing(policies.readable(found), person_id, url))[-MOST:]
    if not standing:
        rows = _totals(found, url)
        _log_totals(found, rows)
        return found, _of_totals(actor, rows, url, language)
    seen = of_form(actor, standing, left_out=_left_out(found, url), language=language)
    if seen.instrument is None:
        beside = side_by_side(actor, seen, standing, earlier_id=earlier_id, language=language)
        seen = replace(seen, compared=beside)
    _log_answers(found, {tuple(sorted(row.tags)) for row in standing})
    return found, seen


def figures(*, actor: Actor, person_id: UUID, url: str, language: str, is_read: bool) -> OverTime:
    """
    Return the same without the answers. Unless `is_read`, nobody reads them, and there is no entry in the log.

    :raises NotFound: as `over_time` does.
    :raises NotAllowed: as `over_time` does.
    """
    found = _opened(actor, person_id)
    standing = list(_standing(policies.readable(found), person_id, url).defer("answers"))[-MOST:]
    if standing:
        if is_read:
            _log_answers(found, {tuple(sorted(row.tags)) for row in standing})
        return of_form(actor, standing, left_out=0, language=language)
    rows = _totals(found, url)
    if is_read:
        _log_totals(found, rows)
    return _of_totals(actor, rows, url, language)


def figures_for_job(*, actor: Actor, person_id: UUID, url: str, language: str) -> OverTime | None:
    """
    Return the same of a form for a job, which shows it to nobody; None where nothing stands.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.MOVE)
    standing = list(_standing(Q(), person_id, url).defer("answers"))[-MOST:]
    return of_form(actor, standing, left_out=0, language=language) if standing else None


def _opened(actor: Actor, person_id: UUID) -> Opened:
    return people.subject(actor=actor, person_id=person_id, action=policies.READ, own_action=policies.ANSWER_OWN)


def _standing(readable: Q, person_id: UUID, url: str = "") -> QuerySet[Response]:
    """Finished answers that nobody has replaced or marked as wrong, the oldest first."""
    rows = Response.objects.filter(readable, subject_id=person_id, status=Status.COMPLETED.value)
    replaced = Response.objects.filter(status=Status.COMPLETED.value, amends__isnull=False).values("amends")
    narrowed = rows.filter(questionnaire_url=url) if url else rows
    return narrowed.exclude(id__in=replaced).order_by("completed_at", "id")


def _left_out(found: Opened, url: str) -> int:
    rows = Response.objects.filter(policies.readable(found), subject_id=found.person_id, questionnaire_url=url)
    return rows.count() - _standing(policies.readable(found), found.person_id, url).count()


def _totals(found: Opened, url: str = "") -> list[Total]:
    """Totals that were entered, the oldest first; none for a citizen, and for who does not follow the person up."""
    if found.actor.kind is not ActorKind.STAFF or not found.own_subject:
        return []
    rows = Total.objects.filter(person_id=found.person_id).order_by("measured_on", "recorded_at", "id")
    return list(rows.filter(instrument_url=url) if url else rows)


def _of_totals(actor: Actor, rows: Sequence[Total], url: str, language: str) -> OverTime:
    if not any(row.wrong_at is None for row in rows):
        raise NotFound(f"nothing answered to {url}")
    return of_totals(actor, rows, language=language)


def _log_answers(found: Opened, tags: Iterable[tuple[str, ...]]) -> None:
    """One entry for each way in which an entry is held back."""
    seen = {(policies.information_of(frozenset(each)), policies.withheld_of(frozenset(each))) for each in tags}
    for information, (level, reason) in sorted(seen, key=str):
        audit.record(
            actor=found.actor,
            action=policies.READ,
            kind=Kind.READ,
            information=information,
            subject_type="people.Person",
            subject_id=found.person_id,
            person_id=found.person_id,
            basis=found.basis,
            withheld=level,
            withheld_reason=reason,
        )


def _log_totals(found: Opened, rows: Sequence[Total]) -> None:
    if not rows:
        return
    versions = {(row.instrument_url, row.instrument_version) for row in rows}
    known = [instrument(actor=found.actor, url=url, version=version) for url, version in versions]
    log(
        actor=found.actor,
        action=policies.READ,
        kind=Kind.READ,
        person_id=found.person_id,
        basis=found.basis,
        is_childs=any(each.respondent is Respondent.CHILD for each in known),
    )
