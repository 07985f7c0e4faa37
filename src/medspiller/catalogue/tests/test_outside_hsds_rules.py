"""Offers as services of HSDS 3.0 and back, held against its schemas; and what the API reads of its parameters."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from medspiller.catalogue.domain import reading
from medspiller.catalogue.domain.offers import Cost, OpeningTime
from medspiller.catalogue.domain.outside import hsds, hsds_api, hsds_parts, hsds_reading, terms
from medspiller.catalogue.domain.outside.hsds_api import BadParameters
from medspiller.catalogue.domain.outside.terms import Taxonomy
from medspiller.catalogue.domain.outside.values import Listed, Publisher, at_place_id, name_id, offers_near
from medspiller.catalogue.domain.reading import read_offer, read_provider
from medspiller.catalogue.domain.vocabulary import (
    Access,
    AreaKind,
    Condition,
    Need,
    OfferKind,
    ProviderKind,
    Relation,
    Situation,
    Way,
)
from medspiller.catalogue.tests import outside
from medspiller.catalogue.tests.offers import offer_body, provider_body, texts
from medspiller.catalogue.tests.outside import SITE, TODAY, every_listed, faults
from medspiller.core.periods import Period

NEEDS_STANDARDS = pytest.mark.skipif(
    not outside.HSDS.is_dir(), reason="0 schemas of HSDS checked: no MEDSPILLER_STANDARDS"
)
SERVICES, PLACES, TERMS = (
    "getPaginatedListOfServices",
    "getPaginatedListOfServiceAtLocation",
    "getPaginatedListOfTaxonomyTerms",
)


def listed(**changes):
    offer = read_offer(offer_body(**changes))
    publisher = Publisher(name_id("provider", offer.provider), read_provider(provider_body()))
    return Listed(name_id("offer", offer.slug), offer, publisher, changed_at=outside.NOW)


def service(one, **site):
    return hsds.service(one, replace(SITE, **site), on=TODAY)


class TestSchemas:
    @NEEDS_STANDARDS
    def test_every_offer_is_a_service(self):
        assert len(every_listed()) > 100
        assert [fault for one in every_listed() for fault in faults("service", service(one))] == []

    @NEEDS_STANDARDS
    def test_every_place_is_a_service_at_location_and_can_be_read_as_a_service(self):
        found = [
            hsds.service_at_location(one, place, SITE, on=TODAY) for one in every_listed() for place in one.offer.places
        ]

        assert found
        assert [fault for each in found for fault in faults("service_at_location", each)] == []
        assert [fault for each in found for fault in faults("service", each)] == []

    @NEEDS_STANDARDS
    def test_organizations_taxonomies_and_terms(self):
        publishers = {one.publisher.id: one.publisher for one in every_listed()}.values()

        assert [fault for one in publishers for fault in faults("organization", hsds.organization(one, SITE))] == []
        assert [fault for one in Taxonomy for fault in faults("taxonomy", hsds_parts.taxonomy_object(one, SITE))] == []
        assert [
            fault for term in terms.terms() for fault in faults("taxonomy_term", hsds_parts.term_object(term, "en"))
        ] == []

    @NEEDS_STANDARDS
    def test_a_service_with_everything(self):
        one = listed(
            cost={"is_free": False, "amount": 250.5, "text": texts("Per gang")},
            certainty="check",
            to_check=texts("Tiden"),
            has_interpreter=True,
            contact={"email": "post@example.org", "phones": [{"number": "116117", "label": texts("Legevakt")}]},
        )
        closed = {"from": "2026-11-01", "to": None, "text": texts("Stengt.")}
        one = replace(one, meetings=(outside.meeting(), outside.meeting(is_cancelled=True)), closures=[closed])

        found = service(one)

        assert faults("service", found) == []
        assert found["status"] == "temporarily closed"
        assert found["alert"] == "Stengt. Tiden"
        assert found["cost_options"][0]["amount"] == 250.5
        assert found["schedules"][-1]["description"] == "Avlyst: Kveldsgruppe"


class TestThereAndBack:
    @pytest.mark.parametrize("language", ["nb", "en"])
    def test_every_offer_reads_back_as_it_was(self, language):
        changed = [
            one.offer.slug
            for one in every_listed()
            if read_offer(hsds_reading.body_of(service(one, language=language), language=language)) != one.offer
        ]

        assert changed == []

    def test_every_provider_reads_back_as_it_was(self):
        for one in every_listed():
            assert read_provider(hsds_reading.provider_body_of(service(one))) == one.publisher.provider

    @NEEDS_STANDARDS
    def test_the_shared_example_is_read_as_far_as_it_goes(self):
        example = json.loads((outside.HSDS / "examples/service_full.json").read_text())

        (found,) = hsds_reading.services_in(example)
        body = hsds_reading.body_of(found, language="en")

        assert body["title"] == {"en": "Community Counselling"}
        assert body["audience"] == {"age_from": 12, "age_to": 101}
        assert body["cost"] == {"is_free": False, "amount": 35, "text": {"en": "per 1 hour session"}}
        assert body["times"][0]["weekdays"] == [4, 5]
        with pytest.raises(reading.Unreadable) as refusal:
            read_offer(body)
        assert {"kind", "needs", "way"} <= {fault.path for fault in refusal.value.problems}

    @pytest.mark.parametrize("document", [None, 7, "services", [], {}, [7, {}], {"contents": [None]}])
    def test_what_holds_no_services_is_refused(self, document):
        if document == []:
            assert hsds_reading.services_in(document) == []
            return
        with pytest.raises(hsds_reading.NotHsds):
            hsds_reading.services_in(document)

    def test_odd_types_are_left_out_and_not_stumbled_over(self):
        odd = {
            "id": "1", "name": "Åpen dør!", "status": "active", "description": None, "phones": {}, "languages": [None],
            "attributes": [{"taxonomy_term": "x"}, {"taxonomy_term": {"code": 3}}], "cost_options": [{"amount": "35"}],
            "service_at_locations": [{"location": {"location_type": "physical", "addresses": "here"}}],
            "schedules": [{"freq": "WEEKLY", "byday": 4, "interval": True}], "organization": [], "minimum_age": True,
        }  # fmt: skip

        assert hsds_reading.body_of(odd)["slug"] == "apen-dor"


class TestServices:
    def test_say_who_how_and_what_it_costs(self):
        found = service(listed())

        assert found["url"] == "https://kommune.example/tilbud/kveldsgruppe/"
        assert found["fees_description"] == "Gratis"
        assert found["eligibility_description"] == (
            "For pårørende; relasjon: partner; hva det gjelder: demens; fra 18 år."
        )
        assert found["service_areas"][0]["name"] == "Demostrand"
        assert found["schedules"][0] | {"id": ""} == {
            "id": "", "service_id": found["id"], "valid_from": "2026-01-01", "wkst": "MO", "freq": "WEEKLY",
            "interval": 2, "byday": "TU", "opens_at": "18:00:00", "closes_at": "20:00:00",
        }  # fmt: skip

    def test_hold_no_empty_field(self):
        def empty(found):
            if isinstance(found, dict):
                return any(part in (None, "", []) or empty(part) for part in found.values())
            return isinstance(found, list) and any(map(empty, found))

        assert not any(empty(service(replace(one, changed_at=None))) for one in every_listed())

    def test_basic_ones_hold_what_is_one_to_one(self):
        found = hsds.basic_service(listed(), SITE, on=TODAY)

        assert {key for key, part in found.items() if isinstance(part, list)} == set()
        assert found["organization"]["name"] == "Pårørendesenteret"

    @pytest.mark.parametrize(
        ("day", "status"),
        [(date(2025, 12, 31), "inactive"), (date(2026, 1, 1), "active"), (date(2026, 7, 1), "temporarily closed")],
    )
    def test_have_a_status_for_the_day(self, day, status):
        closed = replace(listed(), closures=[{"from": "2026-07-01", "to": "2026-08-01", "text": {}}])

        assert hsds.basic_service(closed, SITE, on=day)["status"] == status

    def test_in_another_language_keep_the_others_as_attributes(self):
        found = service(listed(), language="en")

        others = {(each.get("link_type"), each["value"]) for each in found["attributes"] if "value" in each}
        assert found["name"] == "Evening group"
        assert ("nb", "Kveldsgruppe") in others

    @pytest.mark.parametrize(
        ("cost", "told"),
        [
            (Cost(is_free=True), "Gratis"),
            (Cost(is_free=False, amount=Decimal(250)), "250 kroner"),
            (Cost(is_free=False, amount=Decimal("99.50"), text={"nb": "Kaffe"}), "99.5 kroner. Kaffe"),
            (Cost(is_free=False, text={"nb": "Etter inntekt"}), "Etter inntekt"),
        ],
    )
    def test_say_the_price_in_words(self, cost, told):
        assert hsds_parts.price(cost, SITE) == told

    def test_begin_on_the_first_day_that_the_rule_names(self):
        times = OpeningTime(weekdays=(4,))

        assert hsds_parts.first_day(times, Period(date(2026, 1, 1))) == date(2026, 1, 1)
        assert hsds_parts.first_day(times, Period(date(2026, 1, 2))) == date(2026, 1, 8)


class TestIds:
    def test_of_an_offer_at_a_place_lead_to_the_offer(self):
        for one in every_listed():
            found = [at_place_id(one.id, place) for place in one.offer.places]
            assert one.id not in found
            for each in found:
                first, last = offers_near(each)
                assert first <= one.id <= last

    def test_are_the_same_everywhere(self):
        assert str(Taxonomy.NEED.id) == str(name_id("taxonomy", "need"))
        assert len({term.id for term in terms.terms()}) == len(list(terms.terms()))

    @pytest.mark.parametrize(
        ("taxonomy", "vocabulary"),
        [
            (Taxonomy.KIND, OfferKind), (Taxonomy.NEED, Need), (Taxonomy.RELATION, Relation),
            (Taxonomy.CONDITION, Condition), (Taxonomy.SITUATION, Situation), (Taxonomy.WAY, Way),
            (Taxonomy.ACCESS, Access), (Taxonomy.PROVIDER, ProviderKind), (Taxonomy.AREA, AreaKind),
        ],
    )  # fmt: skip
    def test_every_code_has_a_term(self, taxonomy, vocabulary):
        assert {term.code for term in terms.terms([taxonomy])} == {code.value for code in vocabulary}


class TestParameters:
    @pytest.mark.parametrize(
        ("operation", "sent", "named"),
        [
            (SERVICES, {"page": "0"}, ["page"]),
            (SERVICES, {"page": "x", "per_page": "-1"}, ["page", "per_page"]),
            (SERVICES, {"page": "9" * 40}, ["page"]),
            (SERVICES, {"per_page": "1001"}, ["per_page"]),
            (SERVICES, {"full": "maybe"}, ["full"]),
            (SERVICES, {"format": "xml"}, ["format"]),
            (SERVICES, {"modified_after": "yesterday"}, ["modified_after"]),
            (SERVICES, {"modified_after": "0001-01-01T00:00:00+14:00"}, ["modified_after"]),
            (SERVICES, {"taxonomy_id": "need"}, ["taxonomy_id"]),
            (SERVICES, {"search": "a\0b"}, ["search"]),
            (SERVICES, {"search": "a" * 501}, ["search"]),
            (PLACES, {"postcode": "133"}, ["postcode"]),
            (PLACES, {"proximity": "100"}, ["proximity"]),
            (TERMS, {"lang": "de"}, ["lang"]),
        ],
    )
    def test_that_cannot_be_read_are_named(self, operation, sent, named):
        with pytest.raises(BadParameters) as refusal:
            hsds_api.read(operation, sent)

        assert sorted(each.parameter for each in refusal.value.problems) == named

    def test_that_others_add_are_left_alone(self):
        assert hsds_api.read(SERVICES, {"utm_source": "x", "page": ""}) == hsds_api.Asked()

    @pytest.mark.parametrize(
        ("text", "moment"),
        [
            ("2026-01-31", datetime(2026, 1, 31, tzinfo=UTC)),
            ("2026-01-31T12:00:00.123Z", datetime(2026, 1, 31, 12, 0, 0, 123000, UTC)),
            ("2026-01-31T12:00:00 01:00", datetime(2026, 1, 31, 11, tzinfo=UTC)),
            ("2026-01-31T12:00:00", datetime(2026, 1, 31, 12, tzinfo=UTC)),
        ],
    )
    def test_moments_are_read_with_and_without_their_offset(self, text, moment):
        assert hsds_api.read(SERVICES, {"modified_after": text}).modified_after == moment

    @pytest.mark.parametrize(
        ("total", "number", "size", "told"),
        [(0, 1, 0, (1, True, True, True)), (101, 1, 50, (3, True, False, False)), (101, 3, 1, (3, False, True, False))],
    )
    def test_a_page_says_where_it_stands(self, total, number, size, told):
        found = hsds.page([{}] * size, total=total, number=number, per_page=50)

        assert (found["total_pages"], found["first_page"], found["last_page"], found["empty"]) == told
        assert found["size"] == size
