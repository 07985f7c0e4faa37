"""All offers and what words stand for, published as they are: what is shipped for all, the demo's as its own."""

from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from medspiller.access.domain import actors
from medspiller.catalogue import services as catalogue
from medspiller.catalogue.domain.content_offers import OFFERS, PROVIDERS
from medspiller.catalogue.domain.content_wording import WORDING, wording_from
from medspiller.config import secrets
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.content import services as content
from medspiller.content.domain import checking, loading
from medspiller.content.tests.conftest import owner
from medspiller.core import tenancy
from tests.support.database import HERE, commits

SHIPPED = Path(secrets.ROOT) / "content" / "no.medspiller.offers"
OF_DEMO = Path(secrets.ROOT) / "src" / "medspiller" / "demo" / "content" / "no.medspiller.demo-offers"
KINDS = (WORDING, PROVIDERS, OFFERS)


@lru_cache
def definitions(package):
    """The definitions of a package in the order in which they are published, of our kinds."""
    library = loading.load(package, CONTENT_KINDS)
    return tuple(one for one in checking.in_order(library, CONTENT_KINDS) if one.kind in KINDS)


@lru_cache
def shipped_wording():
    return wording_from(one for one in definitions(SHIPPED) if one.kind == WORDING)


@contextmanager
def every_offer():
    """Within it everything is published and committed; afterwards nothing of it is left."""
    with commits():
        with owner() as actor:
            content.publish(actor=actor, definitions=definitions(SHIPPED))
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            for one in definitions(OF_DEMO):
                publish = catalogue.publish_provider if one.kind == PROVIDERS else catalogue.publish_offer
                publish(actor=actors.system(HERE), definition=one)
        yield HERE
