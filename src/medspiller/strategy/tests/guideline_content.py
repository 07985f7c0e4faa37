"""The guideline, its self-assessment, the indicators and the figures, as they are shipped."""

from functools import lru_cache
from pathlib import Path

from medspiller.access.domain import actors
from medspiller.config import secrets
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.content import services as content
from medspiller.content.domain import checking, loading
from medspiller.pathways.domain.content_guideline import GUIDELINE
from medspiller.statistics.domain.content_figures import FIGURES
from medspiller.statistics.domain.content_indicators import INDICATORS
from medspiller.strategy.domain.self_assessment import URL

SHIPPED = Path(secrets.ROOT) / "content"
PACKAGES = ("guideline", "guideline-self-assessment", "indicators", "reference-figures")


@lru_cache
def definitions():
    found = []
    for package in PACKAGES:
        library = loading.load(SHIPPED / f"no.medspiller.{package}", CONTENT_KINDS)
        found += checking.in_order(library, CONTENT_KINDS)
    return tuple(one for one in found if one.kind in (GUIDELINE, INDICATORS, FIGURES) or one.url == URL)


def form_version():
    """Return the version of the self-assessment that is shipped."""
    return next(one.version for one in definitions() if one.url == URL)


def publish_guideline(tenant_id):
    """Publish them as a tenant's own: the web role may publish for no other."""
    content.publish(actor=actors.system(tenant_id), definitions=definitions())
