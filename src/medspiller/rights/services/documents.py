"""
Answers as a PDF, for somebody who has not said who they are: made by the worker, gone after a quarter of an hour.

Whoever asks gets a secret; with it the document is looked for and fetched. Setting the same page twice gives the
same document, so a job that dies is simply run again.
"""

import base64
import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.views.decorators.debug import sensitive_variables
from procrastinate.contrib.django import app

from medspiller.access import services as access
from medspiller.access.domain.actors import Actor
from medspiller.access.domain.throttling import What
from medspiller.core import clock, tenancy
from medspiller.rights import policies
from medspiller.rights.domain.documents import KEPT, LARGEST_PAGE
from medspiller.rights.models import Document
from medspiller.ui.documents import MOST_TRIES, Problem

_SECRET_BYTES = 16


@sensitive_variables("page")
@transaction.atomic
def order_document(*, actor: Actor, page: str, address: str) -> str:
    """
    Let a document be made of a page, and return the secret by which it is fetched.

    :raises TooManyTries: if too many were asked for from the same address.
    """
    now = clock.now()
    access.check_throttle(actor=actor, what=What.SAVED_LINK_MADE, who=address, now=now)
    access.count_try(actor=actor, what=What.SAVED_LINK_MADE, who=address, now=now)
    is_too_large = len(page) > LARGEST_PAGE
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    row = Document.objects.create(
        secret_hash=Document.hash_of(secret),
        page=None if is_too_large else page,
        problem=Problem.TOO_LARGE.value if is_too_large else "",
        asked_at=now,
    )
    if not is_too_large:
        job = app.configure_task("rights.make_document", queue="documents")
        job.defer(tenant_id=str(tenancy.current_tenant()), document_id=str(row.id))
    return secret


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
    Delete documents a quarter of an hour after they were made, or asked for in vain, and return how many there were.

    :raises NotAllowed: for everybody but the system.
    """
    policies.ensure(actor, policies.LOOK_AFTER)
    old = now - KEPT
    return Document.objects.filter(Q(made_at__lte=old) | Q(made_at=None, asked_at__lte=old)).delete()[0]


def _refuse(row: Document, problem: Problem) -> None:
    row.page, row.problem = None, problem.value
    row.save(update_fields=["page", "problem"])
