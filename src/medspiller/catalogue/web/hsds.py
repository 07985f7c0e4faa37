"""The HSDS API: what is offered, for other systems to read. Anybody may, and nobody is recognised."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import partial, wraps
from importlib.metadata import version
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.utils.encoding import escape_uri_path
from django.utils.http import quote_etag

from medspiller.access.declare import public
from medspiller.access.domain.actors import Actor
from medspiller.catalogue.domain.outside import hsds, hsds_api, hsds_parts, terms
from medspiller.catalogue.domain.outside.hsds_api import Asked, BadParameters, Format
from medspiller.catalogue.domain.outside.hsds_parts import Json
from medspiller.catalogue.domain.outside.terms import Taxonomy, Term
from medspiller.catalogue.domain.outside.values import Listed, Site
from medspiller.catalogue.selectors import outside
from medspiller.catalogue.web.area import acting
from medspiller.catalogue.web.structured import site_of
from medspiller.core import clock, tenancy

_OPEN = "what is offered is for everybody, and for other systems"
_KEPT_SECONDS = 300
_STRETCH = 200

View = Callable[..., HttpResponseBase]


def _answering(operation: str) -> Callable[[Callable[..., Any]], View]:
    """
    Make a view of a function of (request, what is asked, its id if any) that returns an object to be written as JSON.

    None is an answer of 404. What cannot be read is an answer of 400 that names every parameter.
    """

    def mark(function: Callable[..., Any]) -> View:
        @wraps(function)
        def view(request: HttpRequest, **ids: UUID) -> HttpResponseBase:
            try:
                asked = hsds_api.read(operation, request.GET.dict())
            except BadParameters as refusal:
                problems = [{"parameter": each.parameter, "message": each.message} for each in refusal.problems]
                return _as_json(request, {"error": str(refusal), "problems": problems}, status=400)
            answer = function(request, asked, **ids)
            if answer is None:
                return _missing(request)
            if isinstance(answer, Iterator):
                return _open(StreamingHttpResponse(_lines(answer), content_type="application/x-ndjson"))
            return _as_json(request, answer, language=asked.lang)

        return public(_OPEN)(view)

    return mark


@_answering("getAPIMetaInformation")
def about(request: HttpRequest, asked: Asked) -> Json:
    """Say what this API is."""
    return hsds_api.about(site_of(request))


@public(_OPEN)
def openapi(request: HttpRequest) -> HttpResponseBase:
    """Describe this API."""
    return _as_json(request, hsds_api.openapi(site_of(request), version=version("medspiller")))


@public(_OPEN)
def elsewhere(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Answer for addresses that there are not; one with a slash at its end is sent to the one without."""
    if rest.endswith("/"):
        asked = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
        return redirect(f"{escape_uri_path(request.path.rstrip('/'))}{asked}", permanent=True)
    return _missing(request)


@_answering("getPaginatedListOfServices")
def services(request: HttpRequest, asked: Asked) -> Json | Iterator[Json]:
    """List services."""
    actor, today = acting(request), clock.today()
    rows = outside.services(actor=actor, asked=asked, on=today)
    if asked.minimal:
        return _minimal(rows, asked)
    write = partial(_services, request, asked, actor, today)
    if asked.format is Format.NDJSON:
        return _all(actor, rows.select_related("provider"), write)
    found = outside.stretch(actor=actor, rows=rows, start=_start(asked), size=asked.size)
    return hsds.page(write(found), total=_total(rows, asked, found), number=asked.page, per_page=asked.size)


@_answering("getFullyNestedServiceById")
def service(request: HttpRequest, asked: Asked, service_id: UUID) -> Json | None:
    """Give one service with everything below it."""
    today = clock.today()
    row = outside.service_by_id(actor=acting(request), offer_id=service_id, on=today)
    if not row:
        return None
    return _services(request, Asked(full=True, lang=asked.lang), acting(request), today, [row])[0]


@_answering("getPaginatedListOfServiceAtLocation")
def service_at_locations(request: HttpRequest, asked: Asked) -> Json | Iterator[Json]:
    """List services at their places."""
    actor, today = acting(request), clock.today()
    rows = outside.services(actor=actor, asked=asked, on=today).filter(card__has_key="places")
    write = partial(_at_locations, request, asked, actor, today)
    if asked.format is Format.NDJSON:
        return _all(actor, rows.select_related("provider"), write)
    if asked.postcode:
        found = write(rows.select_related("provider"))
        shown = found[_start(asked) : _start(asked) + asked.size]
        return hsds.page(shown, total=len(found), number=asked.page, per_page=asked.size)
    total, wanted = outside.places_of(actor=actor, rows=rows, start=_start(asked), size=asked.size)
    of_page = outside.services_by_id(actor=actor, offer_ids={offer_id for offer_id, _number in wanted}, on=today)
    shown = write(of_page, only=set(wanted))
    return hsds.page(shown, total=total, number=asked.page, per_page=asked.size)


@_answering("getServiceAtLocationWithNestedDataById")
def service_at_location(request: HttpRequest, asked: Asked, service_at_location_id: UUID) -> Json | None:
    """Give one service at one of its places."""
    today, actor = clock.today(), acting(request)
    rows = outside.services_near(actor=actor, at_place=service_at_location_id, on=today)
    found = _at_locations(request, Asked(full=True, lang=asked.lang), actor, today, rows)
    return next((each for each in found if each["id"] == str(service_at_location_id)), None)


@_answering("getPaginatedListOfOrganizations")
def organizations(request: HttpRequest, asked: Asked) -> Json | Iterator[Json]:
    """List organizations."""
    rows = outside.organizations(actor=acting(request), search=asked.search)
    if asked.format is Format.NDJSON:
        return iter(_organizations(request, asked, rows))
    shown = _organizations(request, asked, rows[_start(asked) : _start(asked) + asked.size])
    return hsds.page(shown, total=rows.count(), number=asked.page, per_page=asked.size)


@_answering("getOrganizationById")
def organization(request: HttpRequest, asked: Asked, organization_id: UUID) -> Json | None:
    """Give one organization with its services."""
    rows = outside.organizations(actor=acting(request)).filter(id=organization_id)
    full = Asked(full=True, full_service=asked.full_service, lang=asked.lang)
    return next(iter(_organizations(request, full, rows)), None)


@_answering("getPaginatedListOfTaxonomies")
def taxonomies(request: HttpRequest, asked: Asked) -> Json | Iterator[Json]:
    """List the vocabularies."""
    site = site_of(request, asked.lang)
    return _in_memory([hsds_parts.taxonomy_object(each, site) for each in Taxonomy], asked)


@_answering("getTaxonomyById")
def taxonomy(request: HttpRequest, asked: Asked, taxonomy_id: UUID) -> Json | None:
    """Give one vocabulary."""
    found = terms.TAXONOMY_BY_ID.get(taxonomy_id)
    return hsds_parts.taxonomy_object(found, site_of(request, asked.lang)) if found else None


@_answering("getPaginatedListOfTaxonomyTerms")
def taxonomy_terms(request: HttpRequest, asked: Asked) -> Json | Iterator[Json]:
    """List the codes of the vocabularies."""
    found: Iterable[Term] = terms.terms() if asked.parent_id is None else ()
    if asked.taxonomy_id is not None:
        found = [term for term in found if term.taxonomy.id == asked.taxonomy_id]
    site = site_of(request, asked.lang)
    return _in_memory([_term(term, site) for term in found], asked)


@_answering("getTaxonomyTermById")
def taxonomy_term(request: HttpRequest, asked: Asked, taxonomy_term_id: UUID) -> Json | None:
    """Give one code."""
    found = terms.TERM_BY_ID.get(taxonomy_term_id)
    return _term(found, site_of(request, asked.lang)) if found else None


def _term(term: Term, site: Site) -> Json:
    more = {
        "taxonomy_detail": hsds_parts.taxonomy_object(term.taxonomy, site),
        "term_uri": f"{site.api}/taxonomy_terms/{term.id}",
    }
    return hsds_parts.term_object(term, site.language) | more


def _services(request: HttpRequest, asked: Asked, actor: Actor, today: date, rows: Iterable[Any]) -> list[Json]:
    found, site = _listed(request, asked, actor, today, rows)
    if not asked.full:
        return [hsds.basic_service(each, site, on=today) for each in found]
    return [hsds.service(each, site, on=today) for each in found]


def _at_locations(
    request: HttpRequest,
    asked: Asked,
    actor: Actor,
    today: date,
    rows: Iterable[Any],
    only: set[tuple[UUID, int]] | None = None,
) -> list[Json]:
    found, site = _listed(request, asked, actor, today, rows)
    shown = []
    for each in found:
        for number, place in enumerate(each.offer.places):
            if only is not None and (each.id, number) not in only:
                continue
            if asked.postcode and place.postal_code != asked.postcode:
                continue
            shown.append(hsds.service_at_location(each, place, site, on=today, full=asked.full))
    return shown


def _listed(
    request: HttpRequest, asked: Asked, actor: Actor, today: date, rows: Iterable[Any]
) -> tuple[list[Listed], Site]:
    """Rows as they are written; what only full objects show is asked for only then."""
    found = outside.listed(actor=actor, rows=rows, after=clock.now() if asked.full else None)
    names = outside.area_names(actor=actor, offers=found, on=today) if asked.full else {}
    return found, site_of(request, asked.lang, areas=names)


def _organizations(request: HttpRequest, asked: Asked, rows: Iterable[Any]) -> list[Json]:
    site, actor, today = site_of(request, asked.lang), acting(request), clock.today()
    publishers = outside.publishers(actor=actor, rows=rows)
    if not (asked.full or asked.full_service):
        return [hsds.basic_organization(each, site) for each in publishers]
    offered: dict[str, list[Json]] = {}
    of_them = outside.services_of(actor=actor, provider_ids=[each.id for each in publishers], on=today)
    if asked.full_service:
        full = Asked(full=True, lang=asked.lang)
        for each in _services(request, full, actor, today, of_them.select_related("provider")):
            offered.setdefault(each["organization_id"], []).append(each)
    else:
        for offer_id, provider_id in of_them.values_list("id", "provider_id"):
            offered.setdefault(str(provider_id), []).append({"id": str(offer_id)})
    return [hsds.organization(each, site, services=offered.get(str(each.id), [])) for each in publishers]


def _minimal(rows: Any, asked: Asked) -> Json | Iterator[Json]:
    """Ids and times of change: all on one page unless a page's size is asked for."""
    changes = rows.values_list("id", "changed_at")
    if asked.per_page is not None and asked.format is Format.JSON:
        changes = changes[_start(asked) : _start(asked) + asked.size]
    contents = [hsds.minimal_service(offer_id, changed_at) for offer_id, changed_at in changes]
    if asked.format is Format.NDJSON:
        return iter(contents)
    if asked.per_page is None:
        return hsds.page(contents, total=len(contents), number=1, per_page=max(1, len(contents)))
    return hsds.page(contents, total=rows.count(), number=asked.page, per_page=asked.size)


def _in_memory(objects: list[Json], asked: Asked) -> Json | Iterator[Json]:
    """A page of a short list that lies in memory, narrowed to those whose name or description has the words."""
    words = asked.search.casefold().split()
    found = [
        each for each in objects if all(word in f"{each['name']} {each['description']}".casefold() for word in words)
    ]
    if asked.format is Format.NDJSON:
        return iter(found)
    shown = found[_start(asked) : _start(asked) + asked.size]
    return hsds.page(shown, total=len(found), number=asked.page, per_page=asked.size)


def _start(asked: Asked) -> int:
    return (asked.page - 1) * asked.size


def _total(rows: Any, asked: Asked, found: list[Any]) -> int:
    """How many there are in all: on the last page, and on the only one, that is known without counting."""
    if found and len(found) < asked.size:
        return _start(asked) + len(found)
    return int(rows.count())


def _all(actor: Actor, rows: Any, write: Callable[[list[Any]], list[Json]]) -> Iterator[Json]:
    """
    All rows, stretch by stretch, each in a transaction of its own.

    They are written after the request's transaction has ended, while the answer is on its way.
    """
    inside: Callable[[], AbstractContextManager[None]] = nullcontext
    if actor.tenant_id is not None:
        inside = partial(tenancy.tenant_transaction, tenant_id=actor.tenant_id, actor_id=actor.id)
    stretches = outside.in_stretches(actor=actor, rows=rows, size=_STRETCH)
    while True:
        with inside():
            stretch = next(stretches, None)
            written = write(stretch) if stretch else []
        if not stretch:
            return
        yield from written


def _lines(objects: Iterator[Json]) -> Iterator[bytes]:
    for each in objects:
        yield json.dumps(each, ensure_ascii=False).encode() + b"\n"


def _missing(request: HttpRequest) -> HttpResponseBase:
    return _as_json(request, {"error": "There is nothing with this address.", "problems": []}, status=404)


def _as_json(
    request: HttpRequest, answer: Mapping[str, Any], *, status: int = 200, language: str = ""
) -> HttpResponseBase:
    response = JsonResponse(answer, status=status, json_dumps_params={"ensure_ascii": False})
    if language:
        response["Content-Language"] = language
    if status != 200:
        return _open(response)
    _open(response)["Cache-Control"] = f"public, max-age={_KEPT_SECONDS}"
    response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _open(response: HttpResponseBase) -> HttpResponseBase:
    """Let pages of others read it in their readers' browsers: it is open, and the same for everybody."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
