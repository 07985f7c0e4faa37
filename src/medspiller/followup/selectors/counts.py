"""How many, and never who: what the files can say of a period. Nothing here tells of anybody."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q

from medspiller.access.domain.actors import Actor
from medspiller.core.errors import NotAllowed
from medspiller.followup.domain.agreements import AgreementState
from medspiller.followup.domain.files import NoteCode
from medspiller.followup.domain.suggesting import UNMET, SuggestionState
from medspiller.followup.models import Agreement, CarerFile, FileNote, Suggestion

TALK_WITHIN = timedelta(days=30)

_VIEW = "statistics.view"
_TALKS = (NoteCode.TALK.value, NoteCode.CALL.value, NoteCode.MEETING.value)


@dataclass(frozen=True, slots=True)
class FirstContacts:
    """Of the files that began in a period: talked with within 30 days, not, and still within those days."""

    in_time: int
    late: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Agreements:
    """Of the agreements that hold: with a day to look at them again ahead, with one that is past, and without one."""

    ahead: int
    past: int
    without: int


@dataclass(frozen=True, slots=True)
class Answered:
    """Of the carers who answered a suggestion: said yes to one, had only what did not fit, and all others."""

    accepted: int
    nothing_fitted: int
    other: int


def first_contacts(*, actor: Actor, begins: date, ends: date, today: date) -> FirstContacts:
    """
    Return the numbers of the whole house for those who were seen to be carers in [begins, ends).

    :raises NotAllowed: to whom figures are closed.
    """
    _ensure(actor)
    talks = FileNote.objects.filter(file=OuterRef("id"), code__in=_TALKS).annotate(
        after=ExpressionWrapper(F("on") - OuterRef("identified_on"), output_field=DurationField())
    )
    talked = Exists(talks.filter(after__lte=TALK_WITHIN))
    within = Q(identified_on__gt=today - TALK_WITHIN)
    return FirstContacts(
        **CarerFile.objects.filter(identified_on__gte=begins, identified_on__lt=ends)
        .annotate(talked=talked)
        .aggregate(
            in_time=Count("id", filter=Q(talked=True)),
            late=Count("id", filter=Q(talked=False) & ~within),
            waiting=Count("id", filter=Q(talked=False) & within),
        )
    )


def agreements_holding(*, actor: Actor, on: date) -> Agreements:
    """
    Return the numbers of the whole house for agreements that were made before a day and not closed before it.

    :raises NotAllowed: to whom figures are closed.
    """
    _ensure(actor)
    held = Agreement.objects.exclude(state=AgreementState.DRAFT.value).filter(
        Q(closed_on=None) | Q(closed_on__gte=on), agreed_on__lt=on
    )
    return Agreements(
        **held.aggregate(
            ahead=Count("id", filter=Q(review_on__gte=on)),
            past=Count("id", filter=Q(review_on__lt=on)),
            without=Count("id", filter=Q(review_on=None)),
        )
    )


def answered_suggestions(*, actor: Actor, begins: datetime, ends: datetime) -> Answered:
    """
    Return the numbers of the whole house for carers who answered a suggestion in [begins, ends).

    :raises NotAllowed: to whom figures are closed.
    """
    _ensure(actor)
    answers = Suggestion.objects.filter(file=OuterRef("id"), answered_at__gte=begins, answered_at__lt=ends)
    unmet = answers.filter(state=SuggestionState.DECLINED.value, reason__in=[each.value for each in UNMET])
    files = CarerFile.objects.annotate(
        said_yes=Exists(answers.filter(state=SuggestionState.ACCEPTED.value)), unmet=Exists(unmet)
    ).filter(Exists(answers))
    return Answered(
        **files.aggregate(
            accepted=Count("carer_id", distinct=True, filter=Q(said_yes=True)),
            nothing_fitted=Count("carer_id", distinct=True, filter=Q(said_yes=False, unmet=True)),
            other=Count("carer_id", distinct=True, filter=Q(said_yes=False, unmet=False)),
        )
    )


def _ensure(actor: Actor) -> None:
    if not actor.may(_VIEW):
        raise NotAllowed(action=_VIEW, reason="role")
