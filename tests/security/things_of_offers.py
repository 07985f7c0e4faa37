"""Some offers of a tenant as everybody sees them, with the words of everyday life, and a list behind a private link."""

from typing import Any
from uuid import UUID

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.catalogue import services as catalogue
from medspiller.catalogue.domain.content_offers import OFFERS as OFFER_KIND
from medspiller.catalogue.domain.content_offers import PROVIDERS, offer_in
from medspiller.catalogue.domain.content_wording import WORDING
from medspiller.catalogue.domain.outside.terms import TERM_BY_CODE, Taxonomy
from medspiller.catalogue.domain.outside.values import at_place_id, name_id
from medspiller.catalogue.tests.every_offer import OF_DEMO, SHIPPED, definitions
from medspiller.content import services as content
from medspiller.core import clock, ids
from tests.support.database import ELSEWHERE

OFFERS = ("drop-in-torsdag", "samtale-med-parorenderadgiver", "barnegruppe-8-12", "ungdomsgruppe-13-16")


def build(tenant_id: UUID) -> dict[str, Any]:
    """Publish the offers, and return what routes about them name."""
    system = actors.system(tenant_id)
    content.publish(actor=system, definitions=[one for one in definitions(SHIPPED) if one.kind == WORDING])
    offers = [one for one in definitions(OF_DEMO) if one.body.get("slug") in OFFERS]
    needed = {one.body["provider"] for one in offers}
    for one in definitions(OF_DEMO):
        if one.kind == PROVIDERS and one.body["slug"] in needed:
            catalogue.publish_provider(actor=system, definition=one)
    for one in offers:
        catalogue.publish_offer(actor=system, definition=one)
    secret, _gone_at = access.save_link(
        actor=system,
        purpose="catalogue",
        text='{"offers": ["drop-in-torsdag"]}',
        address=str(ids.new_id()),
        now=clock.now(),
    )
    return {"list_secret": secret}


def known_outside() -> dict[str, tuple[str, str]]:
    """
    Return ids that other systems are given: of one that everybody here is shown, and of one that there is not.

    The offer is the other tenant's own, and reaches as far as ours.
    """
    offer_id = name_id(ELSEWHERE, "offer", OFFERS[0])
    (offer,) = (
        offer_in(one) for one in definitions(OF_DEMO) if (one.kind, one.body.get("slug")) == (OFFER_KIND, OFFERS[0])
    )
    nothing = str(name_id("nothing"))
    return {
        "service_id": (str(offer_id), nothing),
        "service_at_location_id": (str(at_place_id(offer_id, offer.places[0])), nothing),
        "organization_id": (str(name_id(ELSEWHERE, "provider", offer.provider)), nothing),
        "taxonomy_id": (str(Taxonomy.NEED.id), nothing),
        "taxonomy_term_id": (str(TERM_BY_CODE["need", "peers"].id), nothing),
        "rest": ("services/", "no-such-listing"),
    }
