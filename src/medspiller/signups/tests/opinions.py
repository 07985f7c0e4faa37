"""The shipped questionnaire about a meeting, published in the tests' own database."""

from functools import lru_cache
from pathlib import Path
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.config import secrets
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.content import services as content
from medspiller.content.domain import checking, loading

SHIPPED = Path(secrets.ROOT) / "content" / "no.medspiller.offer-evaluation"


@lru_cache
def definitions():
    return tuple(checking.in_order(loading.load(SHIPPED, CONTENT_KINDS), CONTENT_KINDS))


def publish_evaluation(tenant_id: UUID) -> None:
    """Publish it as a tenant's own: the web role may publish for no other."""
    content.publish(actor=actors.system(tenant_id), definitions=definitions())
