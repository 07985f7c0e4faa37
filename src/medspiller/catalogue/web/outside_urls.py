"""Addresses for other systems: the HSDS API under `/api/hsds/`, and calendars beside the pages."""

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from medspiller.catalogue.web import feeds, hsds

app_name = "catalogue_outside"


class Anything(StringConverter):
    """All that is left of an address, line breaks too, which `path` leaves to the pages' own 404."""

    regex = r"(?s:.+)"


register_converter(Anything, "anything")

_HSDS = [
    path("", hsds.about, name="hsds"),
    path("openapi.json", hsds.openapi, name="hsds_openapi"),
    path("services", hsds.services, name="hsds_services"),
    path("services/<uuid:service_id>", hsds.service, name="hsds_service"),
    path("organizations", hsds.organizations, name="hsds_organizations"),
    path("organizations/<uuid:organization_id>", hsds.organization, name="hsds_organization"),
    path("service_at_locations", hsds.service_at_locations, name="hsds_service_at_locations"),
    path(
        "service_at_locations/<uuid:service_at_location_id>",
        hsds.service_at_location,
        name="hsds_service_at_location",
    ),
    path("taxonomies", hsds.taxonomies, name="hsds_taxonomies"),
    path("taxonomies/<uuid:taxonomy_id>", hsds.taxonomy, name="hsds_taxonomy"),
    path("taxonomy_terms", hsds.taxonomy_terms, name="hsds_taxonomy_terms"),
    path("taxonomy_terms/<uuid:taxonomy_term_id>", hsds.taxonomy_term, name="hsds_taxonomy_term"),
    path("<anything:rest>", hsds.elsewhere, name="hsds_elsewhere"),
]

urlpatterns = [
    path("api/hsds/", include(_HSDS)),
    path("tilbud/kalender.ics", feeds.all_calendars, name="all_calendars"),
    path("tilbud/<slug:offer_name>/kalender.ics", feeds.calendar, name="calendar"),
]
