"""
Drawing figures over time: asked for where none is found, made by the worker, forgotten when outdated.

A picture is found by what it shows. Drawing it twice gives the same drawing, so a job that dies is
simply run again; what breaks the worker each time is given up.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from medspiller.access.domain.actors import Actor
from medspiller.core import clock, tenancy
from medspiller.core.actors import ActorKind
from medspiller.questionnaires import policies
from medspiller.questionnaires.domain.definition.documents import CHART_KEPT, LOST_AFTER
from medspiller.questionnaires.domain.reading_back.drawing import Picture, picture_from
from medspiller.questionnaires.models import Chart, Response
from medspiller.questionnaires.selectors.charts import picture_of
from medspiller.questionnaires.selectors.over_time import figures_for_job
from medspiller.ui.documents import MOST_TRIES, Problem

# What most staff read in, besides the language of the answers.
_FIRST_LANGUAGE = "nb"


@transaction.atomic
def order_chart(*, actor: Actor, person_id: UUID, url: str, picture: Picture) -> Chart:
    """
    Let a picture be drawn of figures that the actor has been given, unless it is or is being.

    :raises NotAllowed: for whoever may not read answers anywhere.
    """
    if actor.kind is not ActorKind.SYSTEM:
        policies.ensure(actor, policies.ANSWER_OWN if actor.kind is ActorKind.CITIZEN else policies.READ)
    now = clock.now()
    row, is_new = Chart.objects.get_or_create(
        person_id=person_id,
        about_url=url,
        digest=picture.digest,
        defaults={"picture": picture.as_text(), "asked_at": now},
    )
    is_lost = row.drawn_at is None and row.asked_at + LOST_AFTER <= now
    if is_lost:
        row.asked_at, row.tries, row.problem = now, 0, ""
        row.save(update_fields=["asked_at", "tries", "problem"])
    if is_new or is_lost:
        job = app.configure_task("questionnaires.draw_chart", queue="documents")
        job.defer(tenant_id=str(tenancy.current_tenant()), chart_id=str(row.id))
    return row


@transaction.atomic
def draw_anew(*, actor: Actor, response_id: UUID) -> None:
    """
    Forget drawings that new answers have outdated, and let those be drawn that will be asked for first.

    Safe to run twice.

    :raises NotAllowed: for everybody but the system.
    """
    row = Response.objects.filter(id=response_id).defer("answers").first()
    if row is None:
        return
    person_id, url = row.subject_id, row.questionnaire_url
    wanted = []
    for language in dict.fromkeys((_FIRST_LANGUAGE, row.language)):
        seen = figures_for_job(actor=actor, person_id=person_id, url=url, language=language)
        picture = picture_of(actor=actor, seen=seen, language=language) if seen else None
        if picture is not None:
            wanted.append(picture)
    outdated = Chart.objects.filter(person_id=person_id, about_url=url)
    outdated.exclude(digest__in=[each.digest for each in wanted]).delete()
    for picture in wanted:
        order_chart(actor=actor, person_id=person_id, url=url, picture=picture)


@transaction.atomic
def picture_to_draw(*, actor: Actor, chart_id: UUID) -> Picture | None:
    """
    Return what is to be drawn, and count the try; None if it is drawn, forgotten or given up.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    row = Chart.objects.select_for_update().filter(id=chart_id, drawn_at=None, problem="").first()
    if row is None:
        return None
    if row.tries >= MOST_TRIES:
        row.problem = Problem.FAULT.value
        row.save(update_fields=["problem"])
        return None
    row.tries += 1
    row.save(update_fields=["tries"])
    return picture_from(str(row.picture))


@transaction.atomic
def keep_drawing(*, actor: Actor, chart_id: UUID, svg: str) -> None:
    """
    Keep a drawing, unless it has been forgotten meanwhile.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    row = Chart.objects.select_for_update().filter(id=chart_id, drawn_at=None).first()
    if row is not None:
        row.svg, row.drawn_at, row.problem = svg, clock.now(), ""
        row.save(update_fields=["svg", "drawn_at", "problem"])


@transaction.atomic
def refuse_drawing(*, actor: Actor, chart_id: UUID, problem: Problem) -> None:
    """
    Say why a picture cannot be drawn.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    Chart.objects.filter(id=chart_id, drawn_at=None).update(problem=problem.value)


def forget_charts(*, actor: Actor, person_ids: Collection[UUID], url: str = "") -> int:
    """Forget the drawings of persons, or those to one form or instrument, and return how many they were."""
    rows = Chart.objects.filter(person_id__in=person_ids)
    return (rows.filter(about_url=url) if url else rows).delete()[0]


def forget_old_charts(*, actor: Actor, now: datetime) -> int:
    """
    Forget drawings made long ago, and return how many they were. Whoever looks lets them be made again.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    return Chart.objects.filter(asked_at__lt=now - CHART_KEPT).delete()[0]
