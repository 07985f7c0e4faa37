"""The content kinds `providers` and `offers`: support that is on offer to everybody in the country."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, cast

from medspiller.catalogue.domain.faults import Code, Fault, Unreadable
from medspiller.catalogue.domain.offers import Offer, Provider
from medspiller.catalogue.domain.reading import read_offer, read_provider
from medspiller.catalogue.domain.vocabulary import AreaKind
from medspiller.content.domain.definitions import Definition
from medspiller.content.domain.kinds import CaseFile, Reference
from medspiller.content.domain.loading import Library
from medspiller.content.domain.problems import Problem

OFFERS = "offers"
PROVIDERS = "providers"
OFFER_URL = "https://medspiller.no/offers/"
PROVIDER_URL = "https://medspiller.no/providers/"
# The register of the country's municipalities: rows with `year` and `number`.
_REGISTER = "municipalities"

_MESSAGES: Mapping[Code, str] = {
    Code.MISSING: "is missing",
    Code.UNKNOWN_KEY: "is not known here",
    Code.TYPE: "{detail} is of the wrong type",
    Code.CODE: "{detail} is none of the codes that there are",
    Code.FORM: "{detail} is not written as such a thing is",
    Code.EMPTY: "is empty",
    Code.TOO_LONG: "is longer than {detail}",
    Code.LANGUAGE: "{detail} is missing",
    Code.PERIOD: "{detail} is not after the beginning",
    Code.AGES: "{detail} holds no age",
    Code.NUMBER: "is not within {detail}",
    Code.ADDRESS: "{detail} is no https address",
    Code.ONLY_WITH_CHECK: "goes only with certainty: check",
    Code.ONLY_WITH_COST: "goes only with what is not free",
    Code.TWICE: "{detail} is there twice",
}


class Providers:
    """The kind `providers`."""

    name = PROVIDERS
    folder = "providers"
    suffixes = frozenset({".yaml"})

    def check(self, definition: Definition) -> Iterator[Problem]:
        """Yield everything that is wrong with it."""
        try:
            found = provider_in(definition)
        except Unreadable as refusal:
            yield from _told(definition, refusal.problems)
        else:
            yield from _misnamed(definition, found.slug, PROVIDER_URL)

    def references(self, definition: Definition) -> Iterable[Reference]:
        return ()

    def check_among(self, definition: Definition, library: Library) -> Iterable[Problem]:
        return ()

    def run_cases(self, definition: Definition, cases: CaseFile, library: Library) -> Iterable[Problem]:
        return ()


class Offers:
    """The kind `offers`."""

    name = OFFERS
    folder = "offers"
    suffixes = frozenset({".yaml"})

    def check(self, definition: Definition) -> Iterator[Problem]:
        """Yield everything that is wrong with it."""
        try:
            found = offer_in(definition)
        except Unreadable as refusal:
            yield from _told(definition, refusal.problems)
        else:
            yield from _misnamed(definition, found.slug, OFFER_URL)

    def references(self, definition: Definition) -> Iterator[Reference]:
        """Yield the provider."""
        provider = offer_in(definition).provider
        yield Reference(url=PROVIDER_URL + provider, version=None, element="provider", kind=PROVIDERS)

    def check_among(self, definition: Definition, library: Library) -> Iterator[Problem]:
        """Yield areas that are no municipality's or county's, where the library has the list of municipalities."""
        numbers = _municipalities(library)
        if not numbers:
            return
        counties = {number[:2] for number in numbers}
        for position, area in enumerate(offer_in(definition).areas):
            known = counties if area.kind is AreaKind.COUNTY else numbers
            if area.kind is not AreaKind.NATIONAL and area.code not in known:
                yield Problem(definition.file, f"areas[{position}].code", f"there is no {area.kind} {area.code}")

    def run_cases(self, definition: Definition, cases: CaseFile, library: Library) -> Iterable[Problem]:
        return ()


def offer_in(definition: Definition) -> Offer:
    """
    Return the offer that a definition describes.

    :raises Unreadable: listing everything that is wrong with it.
    """
    return read_offer(_body(definition))


def provider_in(definition: Definition) -> Provider:
    """
    Return the provider that a definition describes.

    :raises Unreadable: listing everything that is wrong with it.
    """
    return read_provider(_body(definition))


def _body(definition: Definition) -> Mapping[str, Any]:
    return cast(Mapping[str, Any], definition.body)


def _municipalities(library: Library) -> set[str]:
    """Return the numbers in the newest register of the library; none if it has no whole one."""
    if _REGISTER in library.incomplete:
        return set()
    registers: list[Any] = [definition.body for definition in library.of_kind(_REGISTER)]
    newest: Any = max(registers, key=lambda rows: rows[0]["year"], default=())
    return {row["number"] for row in newest}


def _told(definition: Definition, faults: Iterable[Fault]) -> Iterator[Problem]:
    for fault in faults:
        yield Problem(definition.file, fault.path, _MESSAGES[fault.code].format(detail=fault.detail).strip())


def _misnamed(definition: Definition, slug: str, urls: str) -> Iterator[Problem]:
    stem = PurePosixPath(definition.file).stem
    if slug != stem:
        yield Problem(definition.file, "slug", f"is {slug}, and the file is called {stem}")
    if definition.url != urls + slug:
        yield Problem(definition.file, "url", f"is not {urls}{slug}")


PROVIDER_KIND = Providers()
OFFER_KIND = Offers()
