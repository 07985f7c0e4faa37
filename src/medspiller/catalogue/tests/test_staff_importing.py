"""Lists of offers: read from tables, taken in row by row, and given out so that they read the same."""

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.access.domain.actors import system as system_actor
from medspiller.access.models import RoleGrant, User
from medspiller.catalogue import services, tasks
from medspiller.catalogue.domain.import_columns import COLUMNS, column_at
from medspiller.catalogue.domain.importing import ROWS_MOST, ListRefused, body_of, rows_of, slug_of, table_of
from medspiller.catalogue.domain.outside import hsds
from medspiller.catalogue.domain.outside.hsds_reading import body_of as body_of_service
from medspiller.catalogue.domain.outside.values import Listed, Publisher, name_id
from medspiller.catalogue.domain.reading import read_offer, read_provider, write_offer
from medspiller.catalogue.domain.sessions import MOST_MEETINGS
from medspiller.catalogue.models import Entry, EntryImport, PublishedOffer, Version
from medspiller.catalogue.services import lists
from medspiller.catalogue.tests import factories
from medspiller.catalogue.tests.offers import in_days, offer_body, provider_body, texts
from medspiller.catalogue.tests.outside import SITE
from medspiller.core import clock, tenancy
from medspiller.ui import worker
from medspiller.ui.spreadsheets import NotWorkbook
from tests.support.database import HERE
from tests.support.staff import sign_in

IMPORT = "/arbeid/tilbud/importer/"
DAY = date(2026, 11, 22)
LIMITS = {"rows_most": 10, "columns_most": 200, "letters_most": 5_000}
WHOLE = offer_body(
    contact={"website": "https://example.org/", "phones": [{"number": "116123", "label": texts("Hele døgnet")}]},
    cost={"is_free": False, "amount": 250.5, "text": texts("Mat er med.")},
    areas=[{"kind": "county", "code": "32"}, {"kind": "district", "code": "3201", "district": "Sandvika"}],
    search_words={"nb": ["sliten", "får ikke sove"]},
)


def read(cells):
    """The first row of a table, as the object it describes."""
    return body_of(rows_of(cells)[0], today=DAY, review_on=DAY.replace(year=2027))


def cells_of(**cells):
    return [list(cells), list(cells.values())]


def run(address):
    tenancy.enter_tenant(tenant_id=HERE, actor_id=SYSTEM_ID)
    tasks.import_offers(tenant_id=str(HERE), import_id=address.rstrip("/").rpartition("/")[2])
    tenancy.enter_tenant(tenant_id=HERE, actor_id=SYSTEM_ID)


def became(report):
    """Each line of a report, with the colour of what became of it: those left out come first."""
    return [(line["line"], line["color"]) for line in report.context["lines"]]


class TestReadingTables:
    def test_what_is_given_out_reads_back_as_the_same_offers(self):
        two_places = offer_body(places=[*offer_body()["places"], {**offer_body()["places"][0], "name": "Biblioteket"}])
        bodies = [write_offer(read_offer(each)) for each in (WHOLE, two_places)]
        as_csv = "\n".join(";".join(f'"{cell}"' for cell in row) for row in table_of(bodies)).encode()
        as_xlsx = worker.workbook(table_of(bodies))

        for cells in (tasks.cells_of(as_csv), worker.cells_of_workbook(as_xlsx, **LIMITS)):
            back = [body_of(row, today=DAY, review_on=DAY) for row in rows_of(cells)]
            assert [problems for _body, problems in back] == [(), ()]
            assert [write_offer(read_offer(body)) for body, _problems in back] == bodies

    @pytest.mark.parametrize(
        ("header", "cell", "place", "value"),
        [
            ("gratis", "JA", ("cost", "is_free"), True),
            ("pris", "kr 1 250,50", ("cost", "amount"), 1250.5),
            ("fra dato", "1.2.2026", ("period", "from"), "2026-02-01"),
            ("fra dato", "46024", ("period", "from"), "2026-01-02"),
            ("område", "no", ("areas",), [{"kind": "national"}]),
            ("ukedager", "mandag, ons", ("times", 0, "weekdays"), [1, 3]),
            ("fra klokka", "kl. 9", ("times", 0, "opens"), "09:00"),
            ("til klokka", "0.75", ("times", 0, "closes"), "18:00"),
            ("postnummer", "150", ("places", 0, "postal_code"), "0150"),
            ("Sted 2:", "Biblioteket", ("places", 0, "name"), "Biblioteket"),
            ("behov", "peers;night_rest", ("needs",), ["peers", "night-rest"]),
            ("tittel", "'=Ikke en formel", ("title", "nb"), "=Ikke en formel"),
        ],
    )
    def test_cells_say_things_as_people_write_them(self, header, cell, place, value):
        found, problems = read(cells_of(slug="x", **{header: cell}))

        for step in place:
            found = found[step]
        assert (found, problems) == (value, ())

    def test_what_the_list_has_no_column_for_stays_as_it_is(self):
        known = write_offer(read_offer(WHOLE)) | {"sources": [{"ref": "Egen kunnskap"}]}
        told = cells_of(slug="kveldsgruppe", tittel="Ny tittel", gratis="ja")

        body, problems = body_of(rows_of(told)[0], today=DAY, review_on=DAY, known={"kveldsgruppe": known}.get)

        assert problems == ()
        assert body == {**known, "title": {**known["title"], "nb": "Ny tittel"}, "cost": {"is_free": True}}

    def test_what_a_cell_cannot_mean_is_named_by_its_header(self):
        wrong = {"pris": "billig", "se over": "snart", "fra klokka 2": "25:00", "område": "Bærum", "gratis": "kanskje"}

        _body, problems = read(cells_of(slug="x", **wrong))

        assert {(each.line, each.column, each.code) for each in problems} == {
            (2, "pris", "not_money"),
            (2, "se over", "not_day"),
            (2, "fra klokka 2", "not_time"),
            (2, "område", "not_areas"),
            (2, "gratis", "not_yes_no"),
        }

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            (b"", "empty"),
            (b"slug;tittel\n", "empty"),
            (b"navn;telefon\na;b\n", "no_headers"),
            (b"tittel;tittel nb\na;b\n", "twice_the_same_header"),
            (b"\x00\x01\x02", "not_a_table"),
            (b"slug\n" + b"a\n" * (ROWS_MOST + 1), "too_many_rows"),
            (b"slug\n" + b"\n" * 2 * ROWS_MOST + b"a\n", "too_many_rows"),
            (worker.workbook([["slug"], *[[""]] * 2 * ROWS_MOST, ["a"]]), "too_many_rows"),
        ],
    )
    def test_what_is_no_list_is_refused(self, content, problem):
        with pytest.raises(ListRefused) as refusal:
            rows_of(tasks.cells_of(content))

        assert refusal.value.problem == problem

    def test_a_workbook_that_defines_what_it_repeats_is_refused(self):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as packed:
            packed.writestr("xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><workbook/>')

        with pytest.raises(NotWorkbook) as refusal:
            worker.cells_of_workbook(content.getvalue(), **LIMITS)

        assert refusal.value.is_harmful

    def test_every_column_is_found_again_by_the_place_it_fills(self):
        for column in COLUMNS:
            place = f"{column.group}[1].{column.place}" if column.group else column.place
            assert column_at(place) == (f"{column.headers[0]} 2" if column.group else column.headers[0])

    def test_a_short_name_is_made_from_a_title(self):
        assert slug_of("Sørg & savn – når noen dør") == "sorg-savn-nar-noen-dor"
        assert len(slug_of("å" * 300)) <= 100 > MOST_MEETINGS


class TestTakingIn:
    @pytest.fixture
    def keeper(self, here, house):
        made = factories.contact(here, house.carers)
        factories.provider(made)
        return made

    @pytest.fixture
    def page(self, client: Client, keeper) -> Client:
        sign_in(client, User.objects.get(id=keeper.id))
        return client

    def send(self, page, house, content, *, what="vis"):
        file = SimpleUploadedFile("liste", content)
        sent = page.post(IMPORT, {"unit": str(house.carers), "file": file, "what": what})
        if sent.status_code != 302:
            return sent
        run(sent.url)
        return page.get(sent.url)

    def table(self, *bodies):
        return worker.workbook(table_of(bodies))

    def test_good_rows_are_kept_and_each_bad_one_is_named(self, page, house):
        good = write_offer(read_offer(offer_body()))
        bad = {**good, "slug": "uten-tekst", "text": {"nb": "Bare bokmål"}, "needs": ["gull"]}
        # Who offers it may be said by name.
        good["provider"] = "Pårørendesenteret"
        stranger = {**good, "slug": "ukjent", "provider": "ingen-vi-kjenner"}

        report = self.send(page, house, self.table(good, bad, stranger, good))

        assert became(report) == [(3, "danger"), (4, "danger"), (5, "danger"), (2, "success")]
        named = {line["line"]: {column for column, _words in line["problems"]} for line in report.context["lines"]}
        assert named[3] == {"tekst nn", "tekst en", "behov"}
        assert (named[4], named[5]) == ({"tilbyder"}, {"kortnavn"})
        assert [each.slug for each in PublishedOffer.objects.exclude(entry_id=None)] == ["kveldsgruppe"]

    def test_a_trial_tells_the_same_and_stores_nothing(self, page, house):
        report = self.send(page, house, self.table(write_offer(read_offer(offer_body()))), what="prov")

        assert became(report) == [(2, "success")]
        assert not Entry.objects.exists()

    def test_the_same_list_twice_does_nothing_new_and_a_change_becomes_a_version(self, page, house):
        first = write_offer(read_offer(offer_body()))
        for content in (first, first, {**first, "is_anonymous": True}):
            report = self.send(page, house, self.table(content))

        assert became(report) == [(2, "info")]
        assert [each.number for each in Version.objects.order_by("number")] == [1, 2]

    def test_what_somebody_took_down_waits_and_the_report_says_so(self, page, house, keeper):
        first = write_offer(read_offer(offer_body()))
        self.send(page, house, self.table(first))
        services.take_down(actor=keeper, entry_id=Entry.objects.get().id)

        report = self.send(page, house, self.table({**first, "is_anonymous": True}))

        assert became(report) == [(2, "info")]
        assert report.context["lines"][0]["problems"]
        assert Version.objects.get(number=2).status == "proposed"
        assert not PublishedOffer.objects.filter(slug="kveldsgruppe").exists()

    def test_a_day_of_review_too_far_ahead_is_named(self, page, house):
        report = self.send(page, house, self.table(write_offer(read_offer(offer_body(review_on=in_days(732))))))

        assert became(report) == [(2, "danger")]
        assert [column for column, _words in report.context["lines"][0]["problems"]] == [column_at("review_on")]

    @pytest.mark.parametrize("what", ["vis", "vent"])
    def test_the_same_list_does_nothing_new_tomorrow_either(self, page, house, keeper, what):
        days = {"fra dato", "se over"}
        table = table_of([write_offer(read_offer(offer_body()))])
        kept = [at for at, header in enumerate(table[0]) if header not in days]
        content = worker.workbook([[row[at] for at in kept] for row in table])
        self.send(page, house, content, what=what)

        with clock.frozen(clock.now() + timedelta(hours=26)):
            sign_in(page, User.objects.get(id=keeper.id))
            report = self.send(page, house, content, what=what)

        assert became(report) == [(2, "neutral")]
        assert Version.objects.count() == 1

    def test_what_is_to_be_approved_waits(self, page, house):
        self.send(page, house, self.table(write_offer(read_offer(offer_body()))), what="vent")

        assert Version.objects.get().status == "proposed"

    def test_hsds_is_read_too(self, page, house):
        service = {"id": "1", "name": "Kveldsgruppe", "status": "active", "organization": {"name": "Senteret"}}
        assert body_of_service(service)["title"] == {"nb": "Kveldsgruppe"}

        report = self.send(page, house, json.dumps([service]).encode())

        assert [(line["line"], line["title"]) for line in report.context["lines"]] == [(1, "Kveldsgruppe")]
        assert report.context["lines"][0]["problems"]

    @pytest.mark.parametrize(
        ("wrong", "column", "words"),
        [
            ("7", "service", "Dette kan ikke leses."),
            ('{"id": "2", "name": "Tur"}', "service.status", "Dette må fylles ut."),
            (
                '{"id": "2", "name": "Tur", "status": "active", "maximum_age": 1e999}',
                "service.maximum_age",
                "Tallet er",
            ),
            ('{"id": "2", "name": "Tur", "status": "active", "maximum_age": NaN}', "service.maximum_age", "Tallet er"),
            (
                '{"id": "2", "name": "Tur", "status": "active", "maximum_age": %s}' % ("9" * 5000),
                "service.maximum_age",
                "Tall",
            ),
            (
                '{"id": "2", "name": "Tur\\ud800", "status": "active"}',
                "service.name",
                "Noe av dette er ikke bokstaver.",
            ),
        ],
    )
    def test_one_service_that_cannot_be_read_leaves_the_others(self, page, house, wrong, column, words):
        offer = read_offer(offer_body())
        publisher = Publisher(name_id("provider", offer.provider), read_provider(provider_body()))
        good = json.dumps(hsds.service(Listed(name_id("offer", offer.slug), offer, publisher), SITE, on=DAY))

        report = self.send(page, house, f"[{wrong}, {good}]".encode())

        assert became(report) == [(1, "danger"), (2, "success")]
        problems = {name: str(said) for name, said in report.context["lines"][0]["problems"]}
        assert problems[column].startswith(words)

    @pytest.mark.parametrize("content", [b"{}", b"[1", b"[" * 100_000, b"PK\x03\x04not", b"\xff\xfe\x00"])
    def test_what_cannot_be_read_is_said_on_its_page_and_kept_in_the_list_of_imports(self, page, house, content):
        answer = self.send(page, house, content)

        assert answer.context["refused"]
        assert not answer.context["lines"]
        (listed,) = page.get(IMPORT).context["imports"]
        assert listed.refused

    def test_an_empty_file_is_refused_at_once(self, page, house):
        assert self.send(page, house, b"").status_code == 422
        assert not EntryImport.objects.exists()

    def test_a_job_that_dies_goes_on_where_it_was_and_takes_no_row_twice(self, page, house, monkeypatch):
        monkeypatch.setattr(lists, "BATCH", 1)
        one = write_offer(read_offer(offer_body()))
        bodies = [one, {**one, "slug": "nummer-to"}, one]
        file = SimpleUploadedFile("liste", self.table(*bodies))
        sent = page.post(IMPORT, {"unit": str(house.carers), "file": file, "what": "vis"})
        tenancy.enter_tenant(tenant_id=HERE, actor_id=SYSTEM_ID)
        row, system = EntryImport.objects.get(), system_actor(HERE)
        services.accept_list(
            actor=system,
            import_id=row.id,
            content=services.content_to_read(actor=system, import_id=row.id),
            cells_of=tasks.cells_of,
        )
        assert services.import_batch(actor=system, import_id=row.id)
        half = page.get(sent.url)
        assert "1 av 3 rader" in half.content.decode()

        run(sent.url)
        run(sent.url)

        report = page.get(sent.url)
        assert became(report) == [(4, "danger"), (2, "success"), (3, "success")]
        assert Entry.objects.count() == Version.objects.count() == 2
        row.refresh_from_db()
        assert row.content is None

    def test_is_stopped_and_keeps_what_was_stored(self, page, house):
        file = SimpleUploadedFile("liste", self.table(write_offer(read_offer(offer_body()))))
        sent = page.post(IMPORT, {"unit": str(house.carers), "file": file, "what": "vis"})

        page.post(f"{sent.url}stopp/")
        run(sent.url)

        assert page.get(sent.url).context["seen"].is_stopped
        assert not Entry.objects.exists()

    def test_whoever_may_no_more_stops_it(self, page, house):
        file = SimpleUploadedFile("liste", self.table(write_offer(read_offer(offer_body()))))
        sent = page.post(IMPORT, {"unit": str(house.carers), "file": file, "what": "vis"})
        tenancy.enter_tenant(tenant_id=HERE, actor_id=SYSTEM_ID)
        RoleGrant.objects.update(ended_at=clock.now() - timedelta(seconds=1))
        run(sent.url)

        row = EntryImport.objects.get()
        assert (row.refused, row.content, Entry.objects.exists()) == ("not_allowed", None, False)

    def test_the_report_is_kept_and_given_out(self, page, house):
        good = write_offer(read_offer(offer_body()))
        self.send(page, house, self.table(good, {**good, "slug": "gull", "needs": ["gull"]}), what="prov")

        (listed,) = page.get(IMPORT).context["imports"]
        given = tasks.cells_of(page.get(f"{IMPORT}{listed.id}/rapport.csv").content)

        assert [(line, what) for line, _title, what, _wrong in given[1:]] == [("3", "Utelatt"), ("2", "Nytt")]
        assert given[1][3].startswith("behov: ")

    def test_another_unit_does_not_see_it(self, page, house, here):
        self.send(page, house, self.table(write_offer(read_offer(offer_body()))))
        listed = EntryImport.objects.get()
        sign_in(page, User.objects.get(id=factories.contact(here, house.home_care).id))

        assert page.get(f"{IMPORT}{listed.id}/").status_code == 404
        assert page.get(IMPORT).context["imports"] == []

    def test_all_is_given_out_for_excel_by_a_job_and_reads_back_as_the_same(self, page, house):
        body = write_offer(read_offer(offer_body()))
        self.send(page, house, self.table(body))

        asked = page.post("/arbeid/tilbud/tilbud.xlsx")
        assert page.post("/arbeid/tilbud/tilbud.xlsx").url == asked.url, "pressed again, it is the same file"
        assert page.get(f"{asked.url}tilbud.xlsx").url == asked.url
        tenancy.enter_tenant(tenant_id=HERE, actor_id=SYSTEM_ID)
        for _again in range(2):
            tasks.export_offers(tenant_id=str(HERE), export_id=asked.url.rstrip("/").rpartition("/")[2])
        assert page.get(asked.url).context["is_ready"]
        content = page.get(f"{asked.url}tilbud.xlsx").content

        (row,) = rows_of(worker.cells_of_workbook(content, **LIMITS))
        assert write_offer(read_offer(body_of(row, today=DAY, review_on=DAY)[0])) == body
        services.forget_workbooks(actor=system_actor(HERE), now=clock.now() + timedelta(days=2))
        assert page.get(asked.url).status_code == 404

    def test_the_page_gives_an_empty_list_with_every_header_and_asks_for_no_unit_where_there_is_one(self, page, house):
        given = tasks.cells_of(page.get(f"{IMPORT}mal.csv").content)

        assert page.get(IMPORT).context["form"]["unit"].value() == str(house.carers)
        assert given == [[column.headers[0] for column in COLUMNS]]
