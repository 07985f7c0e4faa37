"""
What our HSDS API answers: its routes, their parameters, and the OpenAPI document that says so.

One table: what is documented is what is read. Paths, parameters and envelope are those of HSDS 3.0.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from medspiller.catalogue.domain.outside.values import LANGUAGES, Site
from medspiller.core.errors import MedspillerError

HSDS_VERSION = "3.0"
PROFILE = "https://docs.openreferral.org/en/3.0/hsds/"
SCHEMAS = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema"

PER_PAGE = 50
MOST_PER_PAGE = 1000
# PostgreSQL counts rows in 64 bits; nobody reads that far.
_MOST_PAGES = 10_000_000
_SEARCH_LENGTH = 500

_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
# An unencoded plus sign arrives as a blank.
_LOST_PLUS = re.compile(r" (?=\d\d:?\d\d$)")


class Format(StrEnum):
    """How a listing is written: in pages, or one object a line, all of them."""

    JSON = "json"
    NDJSON = "ndjson"


@dataclass(frozen=True, slots=True)
class BadParameter:
    """A parameter that cannot be read, and what it must be."""

    parameter: str
    message: str


class BadParameters(MedspillerError):
    """A request cannot be answered as it was asked; `problems` says everything that is wrong with it."""

    def __init__(self, problems: list[BadParameter]):
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{each.parameter}: {each.message}" for each in problems))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for. `modified_after` is in UTC unless it said otherwise."""

    search: str = ""
    page: int = 1
    per_page: int | None = None
    format: Format = Format.JSON
    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    organization_id: UUID | None = None
    modified_after: datetime | None = None
    minimal: bool = False
    full: bool = False
    full_service: bool = False
    postcode: str = ""
    top_only: bool = False
    parent_id: UUID | None = None
    lang: str = "nb"

    @property
    def size(self) -> int:
        """How many there are on a page."""
        return self.per_page or PER_PAGE


@dataclass(frozen=True, slots=True)
class Route:
    """One address below the API's, what it answers by HSDS, and the parameters it takes."""

    path: str
    operation: str
    summary: str
    schema: str
    is_listing: bool = False
    parameters: tuple[str, ...] = ()


_PAGED = ("page", "per_page", "format", "lang")
_FILTERS = ("search", "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after")

ROUTES = {
    route.operation: route
    for route in (
        Route("/", "getAPIMetaInformation", "What this API is.", ""),
        Route(
            "/services",
            "getPaginatedListOfServices",
            "Services, with the fields that are one to one; `full=true` gives everything.",
            "service",
            True,
            (*_FILTERS, "minimal", "full", *_PAGED),
        ),
        Route(
            "/services/{id}",
            "getFullyNestedServiceById",
            "One service with everything below it.",
            "service",
            parameters=("lang",),
        ),
        Route(
            "/organizations",
            "getPaginatedListOfOrganizations",
            "Organizations, with the fields that are one to one; `full=true` gives everything.",
            "organization",
            True,
            ("search", "full_service", "full", *_PAGED),
        ),
        Route(
            "/organizations/{id}",
            "getOrganizationById",
            "One organization with its services: their ids, or with `full_service=true` all of them.",
            "organization",
            parameters=("full_service", "lang"),
        ),
        Route(
            "/service_at_locations",
            "getPaginatedListOfServiceAtLocation",
            "Services at their places; `full=true` gives everything.",
            "service_at_location",
            True,
            (*_FILTERS, "full", "postcode", "proximity", *_PAGED),
        ),
        Route(
            "/service_at_locations/{id}",
            "getServiceAtLocationWithNestedDataById",
            "One service at one of its places, with everything below it.",
            "service_at_location",
            parameters=("lang",),
        ),
        Route(
            "/taxonomies",
            "getPaginatedListOfTaxonomies",
            "The vocabularies that offers are described by.",
            "taxonomy",
            True,
            ("search", *_PAGED),
        ),
        Route("/taxonomies/{id}", "getTaxonomyById", "One vocabulary.", "taxonomy", parameters=("lang",)),
        Route(
            "/taxonomy_terms",
            "getPaginatedListOfTaxonomyTerms",
            "The codes of the vocabularies.",
            "taxonomy_term",
            True,
            ("search", "taxonomy_id", "top_only", "parent_id", *_PAGED),
        ),
        Route("/taxonomy_terms/{id}", "getTaxonomyTermById", "One code.", "taxonomy_term", parameters=("lang",)),
    )
}

_TEXT: dict[str, Any] = {"type": "string"}
_ID: dict[str, Any] = {"type": "string", "format": "uuid"}
_FLAG: dict[str, Any] = {"type": "boolean", "default": False}
_PARAMETERS: dict[str, tuple[dict[str, Any], str]] = {
    "search": (_TEXT | {"maxLength": _SEARCH_LENGTH}, "Words to look for, as on the pages: stems, parts, synonyms."),
    "page": ({"type": "integer", "minimum": 1, "maximum": _MOST_PAGES, "default": 1}, "Which page."),
    "per_page": (
        {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE},
        "How many on a page; with `minimal` all, where it is not given.",
    ),
    "format": (
        {"type": "string", "enum": [each.value for each in Format], "default": "json"},
        "`ndjson` writes all of them without pages, one object a line.",
    ),
    "taxonomy_term_id": (_ID, "Show only what is described by this code."),
    "taxonomy_id": (_ID, "Show only what is described by some code of this vocabulary."),
    "organization_id": (_ID, "Only what this organization provides."),
    "modified_after": (
        {"type": "string", "format": "date-time"},
        "Only what was changed then or later. A day, or a moment; without an offset it is UTC.",
    ),
    "minimal": (_FLAG, "Only `id` and `modified_date`."),
    "full": (_FLAG, "Everything below each."),
    "full_service": (_FLAG, "The organization's services in full, and not their ids alone."),
    "postcode": ({"type": "string", "pattern": "^[0-9]{4}$"}, "Only places with this Norwegian postal code."),
    "proximity": (_TEXT, "Not offered: places have no coordinates here. Asked for, the answer is 400."),
    "top_only": (_FLAG, "Only codes that no other is below. Ours have none below them."),
    "parent_id": (_ID, "Only codes below this one. Ours have none."),
    "lang": (
        {"type": "string", "enum": list(LANGUAGES), "default": "nb"},
        "The language of texts. The other languages stand as attributes in full objects. (Not part of HSDS.)",
    ),
}


def read(operation: str, sent: Mapping[str, str]) -> Asked:
    """
    Return what a request asks for. Parameters that HSDS does not know are left alone.

    :raises BadParameters: naming every one that cannot be read.
    """
    problems: list[BadParameter] = []
    found: dict[str, Any] = {}
    for name in ROUTES[operation].parameters:
        if sent.get(name):
            try:
                found[name] = _value(name, sent[name])
            except ValueError as fault:
                problems.append(BadParameter(name, str(fault)))
    if problems:
        raise BadParameters(problems)
    return Asked(**found)


def identifier(written: str) -> UUID | None:
    """Return an id; None for what is none, which nothing can have."""
    try:
        return UUID(written)
    except ValueError:
        return None


def _value(name: str, text: str) -> Any:
    schema = _PARAMETERS[name][0]
    if name == "proximity":
        raise ValueError("is not offered: places have no coordinates here; ask by postcode")
    if schema["type"] == "integer":
        return _number(text, schema)
    if schema["type"] == "boolean":
        if text.lower() not in _BOOLEANS:
            raise ValueError("must be true or false")
        return _BOOLEANS[text.lower()]
    if schema.get("format") == "uuid":
        return _uuid(text)
    if schema.get("format") == "date-time":
        return _moment(text)
    if "enum" in schema:
        if text not in schema["enum"]:
            raise ValueError(f"must be one of {', '.join(schema['enum'])}")
        return Format(text) if name == "format" else text
    if "pattern" in schema and not re.fullmatch(schema["pattern"], text):
        raise ValueError("must be four digits")
    if "\0" in text or len(text) > schema.get("maxLength", _SEARCH_LENGTH):
        raise ValueError(f"must be words, at most {_SEARCH_LENGTH} characters")
    return text


def _number(text: str, schema: Mapping[str, Any]) -> int:
    least, most = schema["minimum"], schema["maximum"]
    told = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(most)) else least - 1
    if not least <= told <= most:
        raise ValueError(f"must be a whole number from {least} to {most}")
    return told


def _uuid(text: str) -> UUID:
    found = identifier(text)
    if found is None:
        raise ValueError("must be an id, such as 3f7b145d-84af-42d7-8fae-eaca714b02b2")
    return found


def _moment(text: str) -> datetime:
    try:
        told = datetime.fromisoformat(_LOST_PLUS.sub("+", text.strip()))
        return (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("must be a moment such as 2026-01-31T12:00:00Z, or a day") from None


def about(site: Site) -> dict[str, str]:
    """Return what this API is and where it is described."""
    return {"version": HSDS_VERSION, "profile": PROFILE, "openapi_url": f"{site.api}/openapi.json"}


def openapi(site: Site, *, version: str) -> dict[str, Any]:
    """Return the OpenAPI document of the API at this site. `version` is Medspiller's."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Medspiller: support for carers, by HSDS 3.0",
            "version": version,
            "summary": "What is offered to carers (pårørende), open to anybody, to read only.",
            "license": {"name": "Norwegian Licence for Open Government Data (NLOD) 2.0", "identifier": "NLOD-2.0"},
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": site.api}],
        "paths": {route.path: {"get": _operation(route)} for route in ROUTES.values()},
        "components": {
            "schemas": {"Page": _PAGE, "About": _ABOUT, "Error": _ERROR, "Change": _CHANGE},
            "parameters": {
                name: {"name": name, "in": "query", "required": False, "description": about, "schema": schema}
                for name, (schema, about) in _PARAMETERS.items()
            },
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    parameters: list[dict[str, Any]] = [{"$ref": f"#/components/parameters/{name}"} for name in route.parameters]
    by_id = "{id}" in route.path
    if by_id:
        path_id = {"name": "id", "in": "path", "required": True, "description": "Its id.", "schema": _TEXT}
        parameters = [path_id, *parameters]
    answers = {"200": _answer(route)}
    if set(route.parameters):
        answers["400"] = _refusal("A parameter cannot be read.")
    if by_id:
        answers["404"] = _refusal("There is none with this id, or none that is shown here.")
    answers["304"] = {"description": "Nothing has changed since the answer that the request names by its ETag."}
    return {
        "operationId": route.operation,
        "summary": route.summary,
        "parameters": parameters,
        "responses": dict(sorted(answers.items())),
    }


def _answer(route: Route) -> dict[str, Any]:
    one: dict[str, Any] = {"$ref": f"{SCHEMAS}/{route.schema}.json"}
    if not route.schema:
        one = {"$ref": "#/components/schemas/About"}
    schema = one
    if route.is_listing:
        items = {"anyOf": [one, {"$ref": "#/components/schemas/Change"}]} if "minimal" in route.parameters else one
        contents = {"type": "object", "properties": {"contents": {"type": "array", "items": items}}}
        schema = {"allOf": [{"$ref": "#/components/schemas/Page"}, contents]}
    answer: dict[str, Any] = {"description": route.summary, "content": {"application/json": {"schema": schema}}}
    if route.is_listing:
        answer["content"]["application/x-ndjson"] = {"schema": {"type": "string"}}
    return answer


def _refusal(why: str) -> dict[str, Any]:
    return {"description": why, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}


def _closed(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


_WHOLE: dict[str, Any] = {"type": "integer", "minimum": 0}
_PAGE = _closed(
    total_items=_WHOLE | {"description": "How many there are in all."},
    total_pages=_WHOLE | {"description": "How many pages there are."},
    page_number=_WHOLE | {"description": "Which page this is, from 1."},
    size=_WHOLE | {"description": "How many stand on this page."},
    first_page={"type": "boolean"},
    last_page={"type": "boolean"},
    empty={"type": "boolean"},
    contents={"type": "array", "items": {"type": "object"}},
)
_ABOUT = _closed(
    version=_TEXT | {"const": HSDS_VERSION},
    profile=_TEXT | {"format": "uri"},
    openapi_url=_TEXT | {"format": "uri"},
)
_CHANGE = _closed(id=_ID, modified_date={"type": "string", "format": "date-time"}) | {"additionalProperties": False}
_ERROR = _closed(
    error=_TEXT | {"description": "What is wrong, for a person who reads it."},
    problems={"type": "array", "items": _closed(parameter=_TEXT, message=_TEXT)},
)
