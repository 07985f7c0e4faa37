"""What was chosen from lists in finished answers, for jobs of other apps to act on. Words that somebody wrote stay."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.questionnaires import policies
from medspiller.questionnaires.domain.answering.responses import Answer, Answered, read_response
from medspiller.questionnaires.domain.definition.audience import Subject, Tag
from medspiller.questionnaires.domain.states import Status
from medspiller.questionnaires.models import Response
from medspiller.questionnaires.selectors import _blanks


@dataclass(frozen=True, slots=True)
class CodedAnswer:
    """One answer that was chosen: the question's codes, each with its system, and system and code of the answer."""

    link_id: str
    asked: tuple[tuple[str, str], ...]
    system: str
    code: str


@dataclass(frozen=True, slots=True)
class CodedResponse:
    """Finished answers that hold, as far as they were chosen. `review_on`: when it is agreed to go through them."""

    id: UUID
    subject_id: UUID
    url: str
    version: str
    belongs_to: Subject
    tags: frozenset[Tag]
    completed_on: date
    author: UUID
    author_name: str
    review_on: date | None
    chosen: tuple[CodedAnswer, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """That somebody has finished answers to a questionnaire, and when; not what they say."""

    id: UUID
    url: str
    on: date


def newest_given(
    *, actor: Actor, subject_id: UUID, urls: Collection[str], about_id: UUID | None = None
) -> tuple[Given, ...]:
    """
    Return to a job the newest of somebody's finished answers that hold to each of these questionnaires.

    With `about_id`, those that speak of another person than that one are left out.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.MOVE)
    rows = Response.objects.filter(
        subject_id=subject_id,
        status=Status.COMPLETED.value,
        questionnaire_url__in=sorted(urls),
        completed_at__lte=clock.now(),
    )
    if about_id is not None:
        rows = rows.filter(Q(about=None) | Q(about_id=about_id))
    newest = rows.order_by("questionnaire_url", "-completed_at", "-id").distinct("questionnaire_url")
    found = newest.values_list("id", "questionnaire_url", "completed_at")
    return tuple(Given(row_id, url, clock.day_of(at)) for row_id, url, at in found if at is not None)


def coded_responses(*, actor: Actor, subject_id: UUID) -> tuple[CodedResponse, ...]:
    """
    Return somebody's finished answers that hold, to a job: of each questionnaire the newest, what is older first.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.MOVE)
    rows = Response.objects.filter(subject_id=subject_id, status=Status.COMPLETED.value)
    newest = rows.order_by("questionnaire_url", "-completed_at", "-id").distinct("questionnaire_url")
    return tuple(sorted((_coded(actor, row) for row in newest), key=lambda each: (each.completed_on, each.id)))


def whose(*, actor: Actor, response_id: UUID) -> UUID | None:
    """
    Return to a job whose finished answers these are, also when they are wrong; None if there are none.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.MOVE)
    rows = Response.objects.filter(id=response_id).exclude(status=Status.IN_PROGRESS.value)
    return rows.values_list("subject_id", flat=True).first()


def about_whom(*, actor: Actor, response_id: UUID) -> UUID | None:
    """
    Return to a job which other person answers speak of; None if of nobody but whose they are.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.MOVE)
    return Response.objects.filter(id=response_id).values_list("about_id", flat=True).first()


def _coded(actor: Actor, row: Response) -> CodedResponse:
    blank = _blanks.of_response(actor, row)
    codes = {item.link_id: item.codes for item in blank.questionnaire.every_item()}
    assert row.completed_at is not None  # noqa: S101 - finished
    return CodedResponse(
        id=row.id,
        subject_id=row.subject_id,
        url=row.questionnaire_url,
        version=row.questionnaire_version,
        belongs_to=Subject(row.belongs_to),
        tags=frozenset(Tag(tag) for tag in row.tags if tag in set(Tag)),
        completed_on=clock.day_of(row.completed_at),
        author=row.author,
        author_name=row.author_name,
        review_on=blank.review_on(row.answers),
        chosen=tuple(
            CodedAnswer(
                link_id,
                tuple((str(code.get("system", "")), str(code.get("code", ""))) for code in codes.get(link_id, ())),
                str(answer.value.content.get("system", "")),
                str(answer.value.content.get("code", "")),
            )
            for link_id, answer in _answers(read_response(row.answers).items)
            if answer.value is not None and answer.value.kind == "Coding" and isinstance(answer.value.content, dict)
        ),
    )


def _answers(items: tuple[Answered, ...]) -> Iterator[tuple[str, Answer]]:
    for item in items:
        for answer in item.answers:
            if answer.given:
                yield item.link_id, answer
            yield from _answers(answer.items)
        yield from _answers(item.items)
