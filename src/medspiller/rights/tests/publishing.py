"""The shipped rules, published in the tests' own database."""

from functools import lru_cache
from pathlib import Path

from medspiller.access.domain import actors
from medspiller.config import secrets
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.content import services as content
from medspiller.content.domain import checking, loading
from medspiller.rights.domain.from_content import KINDS

SHIPPED = Path(secrets.ROOT) / "content" / "no.medspiller.rights"


@lru_cache
def definitions():
    library = loading.load(SHIPPED, CONTENT_KINDS)
    return tuple(one for one in checking.in_order(library, CONTENT_KINDS) if one.kind in KINDS)


def publish_rules(tenant_id):
    """Publish the shipped rules as a tenant's own: the web role may publish for no other."""
    content.publish(actor=actors.system(tenant_id), definitions=definitions())
