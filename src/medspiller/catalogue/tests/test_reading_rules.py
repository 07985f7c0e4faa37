"""Reading offers and providers: what is wrong with them, all of it, and where."""

import copy
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest

from medspiller.catalogue.domain.content_offers import OFFERS, PROVIDERS, offer_in, provider_in
from medspiller.catalogue.domain.offers import Cost
from medspiller.catalogue.domain.reading import (
    Code,
    Unreadable,
    read_offer,
    read_provider,
    write_offer,
    write_provider,
)
from medspiller.catalogue.tests.offers import offer_body, provider_body, texts
from medspiller.config import secrets
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.content.domain import loading
from medspiller.content.domain.values import freeze

NATIONAL = Path(secrets.ROOT) / "content" / "no.medspiller.offers"
DEMO = Path(secrets.ROOT) / "src/medspiller/demo/content/no.medspiller.demo-offers"


def faults(read, body):
    with pytest.raises(Unreadable) as refusal:
        read(body)
    return {(fault.path, fault.code) for fault in refusal.value.problems}


class TestAnOffer:
    def test_says_what_its_object_says(self):
        offer = read_offer(offer_body())

        assert (offer.slug, offer.kind, offer.way) == ("kveldsgruppe", "group", "open")
        assert offer.period.start == date(2026, 1, 1)
        assert offer.times[0].opens == time(18)
        assert offer.audience.conditions == {"dementia"}
        assert offer.cost == Cost(is_free=True)

    def test_is_written_as_the_shortest_that_reads_the_same(self):
        offer = read_offer(offer_body(is_digital=False, certainty="certain", sources=[], contact={"website": ""}))
        written = write_offer(offer)

        assert read_offer(written) == offer
        assert not {"is_digital", "certainty", "sources", "contact"} & set(written)

    def test_may_carry_the_header_of_a_file(self):
        assert read_offer(offer_body(url="https://x.org/y", version="1", status="active")) == read_offer(offer_body())

    @pytest.mark.parametrize(("amount", "read"), [(250, "250"), (99.5, "99.5"), (Decimal("10.00"), "10")])
    def test_costs_what_stands_there(self, amount, read):
        offer = read_offer(offer_body(cost={"is_free": False, "amount": amount}))

        assert offer.cost.amount == Decimal(read)
        assert read_offer(write_offer(offer)) == offer

    @pytest.mark.parametrize(
        ("changes", "path", "code"),
        [
            ({"title": None}, "title", Code.MISSING),
            ({"title": texts("x" * 71)}, "title.nb", Code.TOO_LONG),
            ({"title": {"nb": "a", "en": "b"}}, "title", Code.LANGUAGE),
            ({"title": texts("  ")}, "title.nn", Code.EMPTY),
            ({"title": texts("a\0b")}, "title.en", Code.FORM),
            ({"title": "Gruppe"}, "title", Code.TYPE),
            ({"title": texts("a") | {"<script>": "x"}}, "title.<script>", Code.FORM),
            ({"slug": "Æ"}, "slug", Code.FORM),
            ({"kind": "party"}, "kind", Code.CODE),
            ({"kind": ["group"]}, "kind", Code.CODE),
            ({"needs": []}, "needs", Code.EMPTY),
            ({"needs": ["peers", "beer"]}, "needs[1]", Code.CODE),
            ({"needs": "peers"}, "needs", Code.TYPE),
            ({"audience": {"age_from": 18, "age_to": 18}}, "audience.age_to", Code.AGES),
            ({"audience": {"age_from": "18"}}, "audience.age_from", Code.TYPE),
            ({"audience": {"age_from": 200}}, "audience.age_from", Code.NUMBER),
            ({"areas": [{"kind": "county", "code": "3201"}]}, "areas[0].code", Code.FORM),
            ({"areas": [{"kind": "county"}]}, "areas[0].code", Code.MISSING),
            ({"areas": [{"kind": "national", "code": "32"}]}, "areas[0].code", Code.FORM),
            ({"areas": [{"kind": "district", "code": "3201"}]}, "areas[0].district", Code.MISSING),
            ({"cost": {}}, "cost.is_free", Code.MISSING),
            ({"cost": {"is_free": True, "amount": 10}}, "cost.amount", Code.ONLY_WITH_COST),
            ({"cost": {"is_free": False, "amount": -1}}, "cost.amount", Code.NUMBER),
            ({"cost": {"is_free": False, "amount": "ti"}}, "cost.amount", Code.TYPE),
            ({"cost": {"is_free": False, "amount": float("nan")}}, "cost.amount", Code.TYPE),
            ({"languages": []}, "languages", Code.EMPTY),
            ({"languages": ["norsk"]}, "languages[0]", Code.FORM),
            ({"period": {"from": "2026-02-01", "to": "2026-02-01"}}, "period.to", Code.PERIOD),
            ({"period": {"from": "2026-02-30"}}, "period.from", Code.FORM),
            ({"review_on": "1.8.2027"}, "review_on", Code.FORM),
            ({"is_digital": "yes"}, "is_digital", Code.TYPE),
            ({"places": [{"name": "x", "city": "y", "municipality": "3201"}]}, "places[0].postal_code", Code.MISSING),
            ({"times": [{"weekdays": [0]}]}, "times[0].weekdays[0]", Code.NUMBER),
            ({"times": [{"weekdays": [1], "opens": "18:00"}]}, "times[0].closes", Code.MISSING),
            ({"times": [{"opens": "24:00", "closes": "25:00"}]}, "times[0].opens", Code.FORM),
            ({"contact": {"website": "http://example.org"}}, "contact.website", Code.ADDRESS),
            ({"contact": {"website": "javascript:alert(1)"}}, "contact.website", Code.ADDRESS),
            ({"contact": {"website": "https://example.org:99999/"}}, "contact.website", Code.ADDRESS),
            ({"contact": {"chat": "https://[example/"}}, "contact.chat", Code.ADDRESS),
            ({"contact": {"email": "nobody"}}, "contact.email", Code.FORM),
            ({"contact": {"phones": [{"number": "116 123"}]}}, "contact.phones[0].number", Code.FORM),
            ({"to_check": texts("Finnes den?")}, "to_check", Code.ONLY_WITH_CHECK),
            ({"search_words": {"nb": "trøtt"}}, "search_words.nb", Code.TYPE),
            ({"colour": "blue"}, "colour", Code.UNKNOWN_KEY),
            ({"places": "here"}, "places", Code.TYPE),
            ({"places": [{}] * 51}, "places", Code.TOO_LONG),
        ],
    )  # fmt: skip
    def test_is_refused_where_it_is_wrong(self, changes, path, code):
        assert (path, code) in faults(read_offer, offer_body(**changes))

    def test_is_refused_for_everything_at_once(self):
        found = faults(read_offer, offer_body(slug="Å", kind="party", review_on=None))

        assert found == {("slug", Code.FORM), ("kind", Code.CODE), ("review_on", Code.MISSING)}

    @pytest.mark.parametrize("body", [None, [], "offer", 7])
    def test_is_an_object(self, body):
        assert ("", Code.TYPE) in faults(read_offer, body)

    def test_is_not_changed_by_being_read(self):
        body = offer_body()
        before = copy.deepcopy(body)

        read_offer(body)

        assert body == before


class TestAProvider:
    def test_is_written_as_it_was_read(self):
        provider = read_provider(provider_body(website="https://example.org", organisation_number="974760673"))

        assert read_provider(write_provider(provider)) == provider

    @pytest.mark.parametrize("number", ["974760674", "12345678", "97476067x"])
    def test_has_a_number_that_adds_up(self, number):
        assert ("organisation_number", Code.FORM) in faults(read_provider, provider_body(organisation_number=number))


@lru_cache
def library(folder):
    return loading.load(folder, CONTENT_KINDS)


@pytest.mark.parametrize("folder", [NATIONAL, DEMO], ids=["national", "demo"])
class TestWhatIsShipped:
    def test_has_no_fault(self, folder):
        # References to other packages are checked by the command.
        kinds = [CONTENT_KINDS.kind(PROVIDERS), CONTENT_KINDS.kind(OFFERS)]
        found = [str(each) for kind in kinds for one in library(folder).of_kind(kind.name) for each in kind.check(one)]

        assert found == []

    def test_names_providers_that_are_there(self, folder):
        there = {provider_in(one).slug for one in library(folder).of_kind(PROVIDERS)}

        assert {offer_in(one).provider for one in library(folder).of_kind(OFFERS)} <= there

    def test_is_read_and_written_without_loss(self, folder):
        offers = [offer_in(one) for one in library(folder).of_kind(OFFERS)]

        assert offers
        assert [read_offer(write_offer(offer)) for offer in offers] == offers


def test_an_area_that_is_none_is_found():
    norway = library(Path(secrets.ROOT) / "content" / "no.medspiller.norway")
    (one, *_) = library(DEMO).of_kind(OFFERS)
    nowhere = freeze(
        {**one.body, "areas": [{"kind": "municipality", "code": "9999"}, {"kind": "county", "code": "99"}]}
    )
    kind = CONTENT_KINDS.kind(OFFERS)

    assert list(kind.check_among(one, norway)) == []
    assert [each.element for each in kind.check_among(replace(one, body=nowhere), norway)] == [
        "areas[0].code",
        "areas[1].code",
    ]
