"""The shipped offers as the outside formats take them, and the standards that are held against them."""

import json
import os
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import jsonschema
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from medspiller.catalogue.domain.content_offers import OFFERS, PROVIDERS, offer_in, provider_in
from medspiller.catalogue.domain.outside.hsds_api import SCHEMAS
from medspiller.catalogue.domain.outside.values import Listed, Meeting, Publisher, Site, name_id
from medspiller.catalogue.tests.every_offer import OF_DEMO, SHIPPED, definitions

STANDARDS = Path(os.environ.get("MEDSPILLER_STANDARDS", "../shared/standards"))
HSDS = STANDARDS / "hsds/3.0"
CPSV = STANDARDS / "cpsv-ap-no"

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SITE = Site("https://kommune.example", owner="Demostrand kommune", number="3201", areas={"3201": "Demostrand"})


@lru_cache
def every_listed() -> tuple[Listed, ...]:
    """Every offer that is shipped, and every one of the demo's."""
    found = [*definitions(SHIPPED), *definitions(OF_DEMO)]
    providers = {one.slug: one for one in map(provider_in, (each for each in found if each.kind == PROVIDERS))}
    return tuple(
        Listed(
            name_id("offer", offer.slug),
            offer,
            Publisher(name_id("provider", offer.provider), providers[offer.provider]),
            changed_at=NOW,
            version="1.0.0",
        )
        for offer in (offer_in(each) for each in found if each.kind == OFFERS)
    )


def meeting(*, starts_in: timedelta = timedelta(days=7), **changes: object) -> Meeting:
    starts_at = NOW + starts_in
    return Meeting(
        **{"id": name_id("meeting"), "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)} | changes
    )


@lru_cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    """What holds an object against a schema of HSDS 3.0."""
    return jsonschema.Draft202012Validator(
        {"$ref": f"{name}.json"}, registry=schemas(), format_checker=jsonschema.FormatChecker()
    )


@lru_cache
def schemas() -> Registry:
    """The schemas by their file names, and by the addresses that our OpenAPI document names them by."""
    found = {
        path.name: Resource(json.loads(path.read_text()), DRAFT202012)
        for path in (HSDS / "schema").glob("*.json")
        if path.name != "openapi.json"
    }
    return Registry().with_resources([*found.items(), *((f"{SCHEMAS}/{name}", one) for name, one in found.items())])


def faults(name: str, found: object) -> list[str]:
    return [f"{list(fault.absolute_path)}: {fault.message}" for fault in validator(name).iter_errors(found)]
