"""
What publishing reference data sets in motion: the registers of `organisations` are filled.

The registers are the same for all tenants, so a tenant cannot publish these kinds for itself.
Each function is safe to run twice.
"""

from medspiller.content import policies
from medspiller.content.domain.definitions import Definition
from medspiller.content.kinds.counties import counties_in
from medspiller.content.kinds.municipalities import names_in, year_of
from medspiller.core.actors import Actor
from medspiller.core.errors import NotAllowed
from medspiller.organisations import services as organisations
from medspiller.organisations.domain.municipalities import CountyFact


def fill_counties(*, actor: Actor, definition: Definition) -> None:
    """
    Make a definition's counties the ones that `organisations` knows.

    :raises NotAllowed: for a tenant.
    """
    _ensure_for_all(actor)
    facts = [
        CountyFact(
            number=county.number,
            period=county.period,
            name=county.name,
            names=dict(county.names),
            source=county.source,
        )
        for county in counties_in(definition)
    ]
    organisations.publish_counties(actor=actor, counties=facts)


def fill_municipalities(*, actor: Actor, definition: Definition) -> None:
    """
    Make a definition's municipalities the ones that `organisations` knows of its year.

    :raises NotAllowed: for a tenant.
    """
    _ensure_for_all(actor)
    organisations.publish_municipalities(actor=actor, year=year_of(definition), names=names_in(definition))


def _ensure_for_all(actor: Actor) -> None:
    if actor.tenant_id is not None:
        raise NotAllowed(action=policies.PUBLISH, reason="shipped_only")
