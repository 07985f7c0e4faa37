"""Offers as structured data, calendars and a catalogue of public services, read by the libraries that others use."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import rdflib
from rdflib import RDF, Namespace

from medspiller.catalogue import worker
from medspiller.catalogue.domain.outside import calendar, json_ld
from medspiller.catalogue.domain.outside.values import Listed, Publisher, Site, name_id
from medspiller.catalogue.domain.reading import read_offer, read_provider
from medspiller.catalogue.tests import outside
from medspiller.catalogue.tests.offers import offer_body, provider_body
from medspiller.catalogue.tests.outside import NOW, SITE, TODAY, every_listed, meeting

SCHEMA = Namespace("https://schema.org/")
CV = Namespace("http://data.europa.eu/m8g/")
CPSV = Namespace("http://purl.org/vocab/cpsv#")
CPSVNO = Namespace("https://data.norge.no/vocabulary/cpsvno#")
SHACL = Namespace("http://www.w3.org/ns/shacl#")
WEEKLY = [{"weekdays": [2, 4], "opens": "18:00", "closes": "20:00"}]
# What rdflib and pySHACL say of themselves.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
NEEDS_STANDARDS = pytest.mark.skipif(not outside.CPSV.is_dir(), reason="0 catalogues checked: no MEDSPILLER_STANDARDS")


def listed(*, of="municipality", **changes):
    offer = read_offer(offer_body(**changes))
    publisher = Publisher(name_id("provider", offer.provider), read_provider(provider_body(kind=of)))
    return Listed(name_id("offer", offer.slug), offer, publisher, changed_at=NOW)


def graph_of(found, site=SITE):
    written = json.dumps(json_ld.document(found, site), ensure_ascii=False)
    return rdflib.Graph().parse(data=written, format="json-ld")


def events_in(written):
    found = icalendar.Calendar.from_ical(written)
    assert [part.errors for part in found.walk() if part.errors] == []
    return found.walk("VEVENT")


class TestStructuredData:
    def test_of_every_offer_is_read_without_a_network(self):
        graph = graph_of(every_listed())

        services = {*graph.subjects(RDF.type, SCHEMA.Service), *graph.subjects(RDF.type, SCHEMA.GovernmentService)}
        assert len(services) == len({one.offer.slug for one in every_listed()})
        assert all(graph.value(service, SCHEMA.name) for service in services)

    def test_without_a_language_has_texts_in_all(self):
        graph = graph_of([listed()], Site(SITE.base, language=""))

        assert {text.language for text in graph.objects(rdflib.URIRef(SITE.page_of(listed().offer)), SCHEMA.name)} == {
            "nb", "nn", "en"
        }  # fmt: skip

    def test_tells_of_meetings_and_of_those_that_are_called_off(self):
        online = meeting(id=name_id("online"), is_digital=True, is_cancelled=True)
        written = json_ld.document([replace(listed(places=None), meetings=(meeting(), online))], SITE)

        first, second = (each for each in written["@graph"] if each["@type"] == "Event")
        assert first["startDate"] == "2026-11-29T10:00+01:00"
        assert second["eventStatus"] == "https://schema.org/EventCancelled"
        assert second["location"][0]["@type"] == "VirtualLocation"


class TestCalendars:
    def test_of_every_offer_are_read(self):
        for one in every_listed():
            events_in(calendar.offer_calendar(one, SITE, now=NOW))
        assert events_in(calendar.all_calendars(every_listed(), SITE, name="Alt", now=NOW))

    def test_name_the_clock_of_norway_in_summer_and_winter(self):
        summer = meeting(id=name_id("summer"), starts_in=timedelta(days=220))
        written = calendar.offer_calendar(replace(listed(), meetings=(meeting(), summer)), SITE, now=NOW)

        winter, in_summer = events_in(written)
        assert b"BEGIN:VTIMEZONE\r\nTZID:Europe/Oslo" in written
        assert winter.start.isoformat() == "2026-11-29T10:00:00+01:00"
        assert in_summer.start.isoformat() == "2027-06-30T11:00:00+02:00"

    def test_keep_a_meeting_that_is_called_off_and_say_so(self):
        (event,) = events_in(
            calendar.offer_calendar(replace(listed(), meetings=(meeting(is_cancelled=True),)), SITE, now=NOW)
        )

        assert event["status"] == "CANCELLED"
        assert event["uid"] == f"{meeting().id}@medspiller"

    def test_repeat_what_is_there_every_week_but_when_it_is_closed(self):
        closed = [
            {"from": "2026-01-06", "to": "2026-01-08", "text": {}},
            {"from": "2026-03-01", "to": None, "text": {}},
        ]
        one = replace(listed(times=WEEKLY), closures=closed)

        (event,) = events_in(calendar.offer_calendar(one, SITE, now=NOW))
        assert event.start.isoformat() == "2026-01-01T18:00:00+01:00"
        assert event["rrule"].to_ical() == b"FREQ=WEEKLY;UNTIL=20260228T225959Z;BYDAY=TU,TH;WKST=MO"
        assert event["exdate"].to_ical() == b"20260106T180000"

    def test_send_nobody_to_a_door_that_may_be_locked(self):
        """Every second week does not say which."""
        assert events_in(calendar.offer_calendar(listed(), SITE, now=NOW)) == []

    def test_of_all_repeat_only_what_anybody_may_come_to(self):
        found = [listed(times=WEEKLY, way="sign-up"), listed(times=WEEKLY, kind="line"), listed(times=WEEKLY)]

        assert len(events_in(calendar.all_calendars(found, SITE, name="Alt", now=NOW))) == 1

    def test_of_one_who_has_signed_up_hold_nothing_but_what_they_are_given(self):
        starts = datetime(2026, 12, 1, 17, tzinfo=UTC)
        one = calendar.Appointment("1@medspiller", starts, starts + timedelta(hours=1), "Avtale")

        (event,) = events_in(calendar.calendar([one], name="Avtale", stamp=NOW))
        assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "TRANSP"}

    def test_hold_a_line_break_and_a_comma_as_text(self):
        one = replace(listed(), meetings=(meeting(title={"nb": "Kaffe, te\r\nBEGIN:VALARM"}),))

        (event,) = events_in(calendar.offer_calendar(one, SITE, now=NOW))
        assert "BEGIN:VALARM" in event["summary"]
        assert event.subcomponents == []


class TestCatalogueOfPublicServices:
    def test_calls_public_what_is(self):
        found = [listed(), listed(slug="av-en-forening", provider="forening", of="organisation")]
        graph = rdflib.Graph().parse(data=worker.turtle(found, SITE, on=TODAY), format="turtle")

        (public,) = graph.subjects(RDF.type, CPSV.PublicService)
        (other,) = graph.subjects(RDF.type, CPSVNO.Service)
        assert str(public) == SITE.page_of(found[0].offer)
        assert graph.value(public, CV.hasCompetentAuthority)
        assert graph.value(other, CV.hasCompetentAuthority) is None

    def test_has_each_address_once_however_many_have_the_name(self):
        twin = replace(listed(), id=name_id("twin"))

        assert worker.turtle([listed(), twin], SITE, on=TODAY) == worker.turtle([listed()], SITE, on=TODAY)

    @NEEDS_STANDARDS
    def test_breaks_no_rule_of_the_profile(self):
        assert violations(_one_of_each_sort(), SITE) == []

    @NEEDS_STANDARDS
    def test_would_be_told_of_a_broken_rule(self):
        untitled = replace(listed(), offer=replace(listed().offer, title={}))

        assert ("http://purl.org/dc/terms/title", "Violation") in {each[1:] for each in violations([untitled], SITE)}

    @NEEDS_STANDARDS
    @pytest.mark.soak
    @pytest.mark.parametrize("site", [SITE, Site("https://kommune.example")], ids=["a municipality", "a package"])
    def test_breaks_no_rule_with_every_offer(self, site):
        assert violations(every_listed(), site) == []


def _one_of_each_sort():
    """A few offers that together have all that offers can have: each kind, way, price and sort of provider."""
    found = {}
    for one in every_listed():
        offer = one.offer
        traits = (one.publisher.provider.kind, offer.cost.is_free, bool(offer.places), bool(offer.contact.phones))
        found.setdefault(traits, one)
    return [*found.values()]


def violations(found, site, on: date = TODAY):
    """Everything that the shapes find, warnings too, as (about, path, severity)."""
    import pyshacl  # noqa: PLC0415 - slow to import, for these tests only

    shapes = rdflib.Graph().parse(outside.CPSV / "CPSV-AP-NO_shacl_shapes_v1.ttl")
    ontologies = rdflib.Graph().parse(outside.CPSV / "ontologies.ttl")
    _conforms, report, _text = pyshacl.validate(
        worker.turtle(found, site, on=on),
        data_graph_format="turtle",
        shacl_graph=shapes,
        ont_graph=ontologies,
        inference="rdfs",
    )
    return [
        (
            str(report.value(each, SHACL.focusNode)),
            str(report.value(each, SHACL.resultPath)),
            str(report.value(each, SHACL.resultSeverity)).rpartition("#")[2],
        )
        for each in report.subjects(RDF.type, SHACL.ValidationResult)
    ]
