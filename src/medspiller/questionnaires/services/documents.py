"""
Answers as a PDF to keep: asked for with the page as it would be printed, made by the worker, gone after an hour.

Setting the same page twice gives the same document, so a job that dies is simply run again; what
breaks the worker each time is given up.
"""

import base64
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from procrastinate.contrib.django import app

from medspiller.access.domain.actors import Actor
from medspiller.core import clock, tenancy
from medspiller.core.actors import ActorKind
from medspiller.questionnaires import policies
from medspiller.questionnaires.domain.definition.documents import DOCUMENT_KEPT, LARGEST_PAGE
from medspiller.questionnaires.models import Document
from medspiller.questionnaires.selectors.documents import document
from medspiller.ui.documents import MOST_TRIES, Problem


@transaction.atomic
def order_document(*, actor: Actor, response_id: UUID, page: str, language: str) -> None:
    """
    Let a document be made of a page of answers that the actor has been given, unless it is being.

    A page that is too large is kept as refused.

    :raises NotAllowed: for whoever may not read answers anywhere.
    """
    policies.ensure(actor, policies.ANSWER_OWN if actor.kind is ActorKind.CITIZEN else policies.READ)
    under_way = document(actor=actor, response_id=response_id)
    if under_way is not None and under_way.is_waited_for:
        return
    is_too_large = len(page) > LARGEST_PAGE
    Document.objects.filter(response_id=response_id, asked_by=actor.id).delete()
    row, is_new = Document.objects.get_or_create(
        response_id=response_id,
        asked_by=actor.id,
        defaults={
            "language": language,
            "page": None if is_too_large else page,
            "problem": Problem.TOO_LARGE.value if is_too_large else "",
            "asked_at": clock.now(),
        },
    )
    if is_new and not is_too_large:
        job = app.configure_task("questionnaires.make_document", queue="documents")
        job.defer(tenant_id=str(tenancy.current_tenant()), document_id=str(row.id))


@transaction.atomic
def page_to_set(*, actor: Actor, document_id: UUID) -> str | None:
    """
    Return the page that a document is to be made of, and count the try; None if it is made, gone or given up.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    row = Document.objects.select_for_update().filter(id=document_id, made_at=None, problem="").first()
    if row is None:
        return None
    if row.tries >= MOST_TRIES:
        _refuse(row, Problem.FAULT)
        return None
    row.tries += 1
    row.save(update_fields=["tries"])
    return str(row.page)


@transaction.atomic
def keep_document(*, actor: Actor, document_id: UUID, pdf: bytes) -> None:
    """
    Keep a document instead of its page, unless it has been forgotten meanwhile.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    row = Document.objects.select_for_update().filter(id=document_id, made_at=None).first()
    if row is not None:
        row.pdf, row.page, row.made_at, row.problem = base64.b64encode(pdf).decode(), None, clock.now(), ""
        row.save(update_fields=["pdf", "page", "made_at", "problem"])


@transaction.atomic
def refuse_document(*, actor: Actor, document_id: UUID, problem: Problem) -> None:
    """
    Say why a document cannot be made, and forget the page.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    row = Document.objects.select_for_update().filter(id=document_id, made_at=None).first()
    if row is not None:
        _refuse(row, problem)


def forget_old_documents(*, actor: Actor, now: datetime) -> int:
    """
    Delete documents an hour after they were made, or asked for in vain, and return how many they were.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    old = now - DOCUMENT_KEPT
    return Document.objects.filter(Q(made_at__lte=old) | Q(made_at=None, asked_at__lte=old)).delete()[0]


def _refuse(row: Document, problem: Problem) -> None:
    row.page, row.problem = None, problem.value
    row.save(update_fields=["page", "problem"])
