"""The HSDS API, calendars and the sitemap, as other systems ask for them; and the command that exports."""

import json
from xml.etree import ElementTree

import icalendar
import jsonschema
import pytest
import rdflib
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from referencing import Resource
from referencing.jsonschema import DRAFT202012

from medspiller.catalogue.domain.outside import hsds_api, hsds_reading
from medspiller.catalogue.domain.outside.hsds_api import ROUTES
from medspiller.catalogue.domain.outside.terms import TERM_BY_CODE, Taxonomy
from medspiller.catalogue.domain.reading import read_offer
from medspiller.catalogue.models import PublishedOffer
from medspiller.catalogue.tests import outside
from medspiller.catalogue.tests.every_offer import OF_DEMO, SHIPPED, every_offer
from medspiller.catalogue.tests.factories import approved, contact, meeting, provider
from medspiller.cli import main as command
from medspiller.organisations.tests.factories import make_unit

API = "/api/hsds"
NO_SUCH_ID = "00000000-0000-4000-8000-000000000000"
LISTINGS = [route.path for route in ROUTES.values() if route.is_listing]
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def offers(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), every_offer() as tenant_id:
        yield tenant_id


def get(client, path, status=200, **sent):
    answer = client.get(f"{API}{path}", sent)
    assert answer.status_code == status, answer.content
    return answer.json()


def everything(client, path, **sent):
    return get(client, path, per_page="1000", **sent)["contents"]


class TestDescription:
    def test_says_what_it_is_and_where_it_is_described(self, client, offers):
        about = get(client, "/")

        assert about["version"] == "3.0"
        assert about["openapi_url"] == "http://testserver/api/hsds/openapi.json"
        assert about == client.get("/api/hsds", follow=True).json()

    def test_describes_what_hsds_describes(self, client, offers):
        """Every path, parameter and operation of the standard's own document is in ours."""
        if not outside.HSDS.is_dir():
            pytest.skip("0 paths compared: no MEDSPILLER_STANDARDS")
        standard = json.loads((outside.HSDS / "schema/openapi.json").read_text())
        ours = get(client, "/openapi.json")

        def named(paths):
            return {
                (path, each.get("$ref", each.get("name")).rpartition("/")[2])
                for path, item in paths.items()
                for each in (*item.get("parameters", ()), *item["get"].get("parameters", ()))
            }

        assert set(standard["paths"]) <= set(ours["paths"])
        assert named(standard["paths"]) <= named(ours["paths"])

    @pytest.mark.parametrize("operation", ROUTES)
    @pytest.mark.parametrize("full", ["false", "true"])
    def test_answers_as_it_is_described(self, client, offers, operation, full):
        if not outside.HSDS.is_dir():
            pytest.skip("0 answers checked: no MEDSPILLER_STANDARDS")
        document = get(client, "/openapi.json")
        route = ROUTES[operation]
        path, listing = route.path, route.path.removesuffix("/{id}")
        if path != listing:
            path = f"{listing}/{get(client, listing)['contents'][0]['id']}"
        answer = get(client, path, full=full, full_service=full, per_page="20")

        described = document["paths"][route.path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        registry = outside.schemas().with_resource("urn:ours", Resource(document, DRAFT202012))
        place = f"/paths/{route.path.replace('/', '~1')}/get/responses/200/content/application~1json/schema"
        whole = {"$ref": f"urn:ours#{place}"}
        assert described
        faults = jsonschema.Draft202012Validator(whole, registry=registry).iter_errors(answer)
        assert [f"{list(fault.absolute_path)}: {fault.message}" for fault in faults] == []


class TestServices:
    def test_are_those_that_readers_here_are_shown(self, client, offers):
        found = everything(client, "/services")

        assert {each["url"].rsplit("/", 2)[1] for each in found} >= {"drop-in-torsdag", "parorendelinjen"}
        assert len(found) == PublishedOffer.objects.count()

    def test_come_in_pages_that_together_hold_each_once(self, client, offers):
        first, second = get(client, "/services", per_page="70"), get(client, "/services", per_page="70", page="2")

        assert (first["size"], first["first_page"], first["last_page"]) == (70, True, False)
        assert (second["total_pages"], second["page_number"], second["last_page"]) == (2, 2, True)
        assert (
            first["total_items"]
            == second["total_items"]
            == len({each["id"] for each in first["contents"] + second["contents"]})
        )

    def test_past_the_last_page_are_none(self, client, offers):
        found = get(client, "/services", page="999")

        assert (found["empty"], found["size"], found["last_page"]) == (True, 0, True)
        assert found["total_items"] == PublishedOffer.objects.count()

    def test_one_by_one_hold_everything_and_read_back(self, client, offers):
        for each in get(client, "/services", per_page="5")["contents"]:
            whole = get(client, f"/services/{each['id']}")
            assert {key: whole[key] for key in each if key != "organization"} == {
                key: part for key, part in each.items() if key != "organization"
            }
            assert read_offer(hsds_reading.body_of(whole)).slug in each["url"]

    @pytest.mark.parametrize(
        ("sent", "slug"),
        [
            ({"search": "kom innom på torsdager"}, "drop-in-torsdag"),
            ({"search": "drop in", "lang": "en"}, "drop-in-torsdag"),
            ({"taxonomy_term_id": str(TERM_BY_CODE["mark", "anonymous"].id)}, "drop-in-torsdag"),
            ({"taxonomy_term_id": str(TERM_BY_CODE["need", "peers"].id)}, "drop-in-torsdag"),
            ({"taxonomy_term_id": str(TERM_BY_CODE["provider-kind", "organisation"].id)}, "parorendelinjen"),
            ({"taxonomy_term_id": str(TERM_BY_CODE["area", "national"].id)}, "parorendelinjen"),
            ({"taxonomy_id": str(Taxonomy.NEED.id)}, "parorendelinjen"),
        ],
    )
    def test_are_narrowed(self, client, offers, sent, slug):
        found = everything(client, "/services", **sent)

        assert any(f"/{slug}/" in each["url"] for each in found)
        if sent.get("taxonomy_id") is None:
            assert len(found) < PublishedOffer.objects.count()

    @pytest.mark.parametrize(
        "sent",
        [
            {"search": "xyzzyqwerty"},
            {"search": "'; DROP TABLE catalogue_publishedoffer; --"},
            {"search": "???"},
            {"organization_id": NO_SUCH_ID},
            {"taxonomy_id": NO_SUCH_ID},
            {"taxonomy_term_id": NO_SUCH_ID},
            {"modified_after": "2999-01-01"},
            {"taxonomy_term_id": str(TERM_BY_CODE["text", "name"].id)},
        ],
    )
    def test_that_fit_nothing_are_an_empty_page(self, client, offers, sent):
        assert get(client, "/services", **sent)["empty"]

    def test_of_one_organization(self, client, offers):
        wanted = everything(client, "/organizations", search="Pårørendesenteret")[0]["id"]
        found = everything(client, "/services", organization_id=wanted)

        assert found
        assert {each["organization_id"] for each in found} == {wanted}

    def test_changed_since(self, client, offers):
        last = max(each["last_modified"] for each in everything(client, "/services"))

        assert everything(client, "/services", modified_after=last)
        assert len(everything(client, "/services", modified_after="2020-01-01")) == PublishedOffer.objects.count()

    def test_at_their_least_are_all_on_one_page(self, client, offers):
        found = get(client, "/services", minimal="true")

        assert (found["size"], found["total_pages"]) == (PublishedOffer.objects.count(), 1)
        assert {frozenset(each) for each in found["contents"]} == {frozenset({"id", "modified_date"})}

    def test_in_another_language(self, client, offers):
        names = {each["name"] for each in everything(client, "/services", lang="en")}

        assert "Drop in on Thursdays" in names

    @pytest.mark.parametrize("full", ["false", "true"])
    def test_take_few_queries_however_many(self, client, offers, full):
        with CaptureQueriesContext(
            connection,
        ) as few:
            get(client, "/services", per_page="2", full=full)
        with CaptureQueriesContext(connection) as many:
            get(client, "/services", per_page="100", full=full)

        assert len(many) <= len(few) + 2
        assert len(many) < 16


class TestOthers:
    @pytest.mark.parametrize("path", LISTINGS)
    def test_come_a_line_each_when_asked_for(self, client, offers, path):
        answer = client.get(f"{API}{path}", {"format": "ndjson"})
        lines = [json.loads(line) for line in b"".join(answer).splitlines()]

        assert answer["Content-Type"] == "application/x-ndjson"
        assert len(lines) == get(client, path)["total_items"] > 0

    def test_places_come_in_pages_that_together_hold_each_once(self, client, offers):
        total = get(client, "/service_at_locations", per_page="1")["total_items"]
        pages = [
            get(client, "/service_at_locations", per_page="10", page=str(number))["contents"]
            for number in range(1, -(-total // 10) + 1)
        ]

        assert len({each["id"] for page in pages for each in page}) == total == sum(map(len, pages)) > 10

    def test_places_are_found_by_their_own_id_and_by_postal_code(self, client, offers):
        one = get(client, "/service_at_locations")["contents"][0]
        whole = get(client, f"/service_at_locations/{one['id']}")

        assert whole["location"]["addresses"][0]["country"] == "NO"
        assert whole["service"]["id"] == one["service_id"]
        assert everything(client, "/service_at_locations", postcode="9990", full="true")
        assert get(client, "/service_at_locations", postcode="0000")["empty"]

    def test_organizations_name_their_services(self, client, offers):
        one = everything(client, "/organizations", search="Pårørendesenteret")[0]
        whole = get(client, f"/organizations/{one['id']}")
        in_full = get(client, f"/organizations/{one['id']}", full_service="true")

        assert {each["id"] for each in whole["services"]} == {each["id"] for each in in_full["services"]}
        assert all("schedules" not in each for each in whole["services"])
        assert in_full["services"][0]["name"]

    def test_terms_of_one_taxonomy(self, client, offers):
        found = everything(client, "/taxonomy_terms", taxonomy_id=str(Taxonomy.NEED.id))

        assert {each["taxonomy_detail"]["id"] for each in found} == {str(Taxonomy.NEED.id)}
        assert get(client, "/taxonomy_terms", parent_id=NO_SUCH_ID)["empty"]
        assert len(everything(client, "/taxonomy_terms", search="sove nattesøvn")) == 0
        assert [each["code"] for each in everything(client, "/taxonomy_terms", search="nattesøvn")] == [
            "need:night-rest"
        ]


class TestRefusals:
    @pytest.mark.parametrize("path", LISTINGS)
    def test_name_every_parameter_that_cannot_be_read(self, client, offers, path):
        told = get(client, path, status=400, page="0", per_page="many")

        assert [each["parameter"] for each in told["problems"]] == ["page", "per_page"]
        assert "page: must be a whole number" in told["error"]

    @pytest.mark.parametrize("path", LISTINGS)
    @pytest.mark.parametrize("wanted", [NO_SUCH_ID, "none", "1'; --", "a/b"])
    def test_what_there_is_not_is_not_found(self, client, offers, path, wanted):
        assert "error" in get(client, f"{path}/{wanted}", status=404)

    @pytest.mark.parametrize("path", ["services/a%0Ab", "%0A", "services/%0D%0A"])
    def test_an_address_of_several_lines_is_answered_like_any_other(self, client, offers, path):
        assert "error" in get(client, f"/{path}", status=404)

    def test_only_reading_is_possible(self, client, offers):
        checked = Client(enforce_csrf_checks=True)

        for method in ("POST", "PUT", "DELETE", "QUERY"):
            answer = checked.generic(method, f"{API}/services")
            assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
        assert client.head(f"{API}/services").status_code == 200

    @pytest.mark.parametrize(
        ("asked", "leads_to"),
        [
            ("services/?page=2", "services?page=2"),
            ("å/", "%C3%A5"),
            ("a%20b//?q=%C3%A5/", "a%20b?q=%C3%A5/"),
            ("%0A/", "%0A"),
            ("/evil.example/", "/evil.example"),
        ],
    )
    def test_a_slash_too_many_leads_on(self, client, offers, asked, leads_to):
        answer = client.get(f"{API}/{asked}")

        assert (answer.status_code, answer["Location"]) == (301, f"{API}/{leads_to}")


class TestKeeping:
    def test_an_answer_may_be_kept_and_asked_about(self, client, offers):
        first = client.get(f"{API}/services")
        again = client.get(f"{API}/services", headers={"If-None-Match": first["ETag"]})

        assert "public" in first["Cache-Control"]
        assert first["Access-Control-Allow-Origin"] == "*"
        assert first["Content-Type"] == "application/json"
        assert (again.status_code, again.content) == (304, b"")


class TestCalendarsAndSitemap:
    def test_a_meeting_stands_in_both_calendars_and_in_the_service(self, client, here):
        unit = make_unit()
        actor = contact(here, unit.id)
        provider(actor)
        entry = approved(actor, unit.id)
        one = meeting(actor, entry.id, title={"nb": "Første kveld", "nn": "Første kveld", "en": "First evening"})

        for path in ("/tilbud/kveldsgruppe/kalender.ics", "/tilbud/kalender.ics"):
            answer = client.get(path)
            (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
            assert answer["Content-Type"] == "text/calendar; charset=utf-8"
            assert (event["summary"], event["uid"]) == ("Første kveld", f"{one.id}@medspiller")
        found = get(client, f"/services/{entry.id}")
        assert str(one.id) in {each["id"] for each in found["schedules"]}
        assert client.get("/tilbud/ingen/kalender.ics").status_code == 404

    def test_where_a_meeting_is_on_the_web_stands_nowhere(self, client, here):
        unit = make_unit()
        actor = contact(here, unit.id)
        provider(actor)
        entry = approved(actor, unit.id)
        one = meeting(actor, entry.id, online_address="https://moterom.example/hemmelig")
        full = {"full": "true", "full_service": "true"}
        asked = [(path, {}) for path in ("/tilbud/kveldsgruppe/kalender.ics", "/tilbud/kalender.ics")]
        asked += [(f"{API}{path}", sent) for path in LISTINGS for sent in ({}, full, {**full, "format": "ndjson"})]
        asked += [(f"{API}/services/{entry.id}", full)]

        told = [b"".join(client.get(path, sent)) for path, sent in asked]

        assert sum(str(one.id).encode() in each for each in told) >= 4
        assert [path for (path, _sent), each in zip(asked, told, strict=True) if b"hemmelig" in each] == []

    def test_the_sitemap_names_every_offer(self, client, offers):
        answer = client.get("/sitemap.xml")
        written = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
        found = [each.text for each in written.iter() if each.tag.endswith("loc")]

        assert "http://testserver/tilbud/drop-in-torsdag/" in found
        assert len(found) == len(set(found)) > PublishedOffer.objects.count()


class TestCommand:
    @pytest.fixture
    def exported(self, capsysbinary):
        def run(*arguments):
            status = command.main(["export", *arguments])
            return status, *capsysbinary.readouterr()

        return run

    @pytest.mark.parametrize("source", ["database", "packages"])
    def test_writes_every_format(self, exported, offers, source):
        packages = ("--package", str(SHIPPED), "--package", str(OF_DEMO)) if source == "packages" else ()
        written = {}
        for name in ("hsds", "cpsv", "json-ld", "ics"):
            status, written[name], said = exported(name, *packages)
            assert (status, said) == (0, b"")
        page = json.loads(written["hsds"])
        graph = rdflib.Graph().parse(data=written["cpsv"].decode(), format="turtle")

        assert page["total_items"] == page["size"] == len(page["contents"]) == PublishedOffer.objects.count()
        assert hsds_reading.services_in(page)
        assert len(list(graph.subjects(rdflib.RDF.type))) > 100
        assert rdflib.Graph().parse(data=written["json-ld"], format="json-ld")
        assert icalendar.Calendar.from_ical(written["ics"])

    def test_with_own_writes_what_the_municipality_publishes(self, exported, offers):
        _status, written, _said = exported("hsds", "--own", "--base", "https://kommune.example/")

        page = json.loads(written)
        assert page["total_items"] == PublishedOffer.objects.filter(tenant_id=offers).count()
        assert page["contents"][0]["url"].startswith("https://kommune.example/tilbud/")

    @pytest.mark.parametrize(
        "arguments",
        [
            ("hsds", "--municipality", "9999"),
            ("cpsv", "--package", "/no/such/place"),
            ("json-ld", "--package", str(SHIPPED.parent / "no.medspiller.rights")),
            ("ics", "--own", "--package", str(SHIPPED)),
            ("hsds", "--base", "kommune.example"),
            ("hsds", "--package", str(OF_DEMO), "--lang", "de"),
            ("pdf",),
            (),
        ],
    )
    def test_says_in_a_line_what_is_wrong(self, exported, offers, arguments):
        status, written, said = exported(*arguments)

        assert (status, written) == (2, b"")
        assert len(said.strip().splitlines()) == 1


def test_every_route_of_the_standard_is_one_of_ours():
    assert len(ROUTES) == 11
    assert hsds_api.HSDS_VERSION == "3.0"
