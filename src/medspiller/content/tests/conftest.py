"""Publishing as it is done: by the owner for all, by the web role for one tenant."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from django.db import connections

from medspiller.access.domain import actors
from medspiller.access.domain.actors import SYSTEM_ID, Actor
from medspiller.content import registry
from medspiller.content.tests.kinds import KINDS
from medspiller.core import tenancy


@contextmanager
def owner() -> Iterator[Actor]:
    """Act for no tenant on the owner's connection, as the commands do with MEDSPILLER_AS_OWNER=1."""
    web = connections["default"]
    connections["default"] = connections["owner"]
    try:
        yield actors.system(None)
    finally:
        connections["default"] = web


@contextmanager
def tenant(tenant_id: UUID) -> Iterator[Actor]:
    """Act for a tenant as the web role."""
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=SYSTEM_ID):
        yield actors.system(tenant_id)


@pytest.fixture
def notes() -> Iterator[None]:
    """A process that knows the small kinds of these tests, and nothing that reacts to them."""
    with registry.connected(KINDS):
        yield
