"""Answers as a PDF: made by the worker, for whoever asked, for an hour, and the same however often the job runs."""

import re
import zlib
from datetime import timedelta

import pytest

from medspiller.access.domain import actors
from medspiller.access.models import User
from medspiller.audit.models import AccessEntry
from medspiller.core import clock, tenancy
from medspiller.core.errors import NotAllowed
from medspiller.people.tests import factories as people
from medspiller.questionnaires import services, tasks, worker
from medspiller.questionnaires.domain.definition.documents import LARGEST_PAGE
from medspiller.questionnaires.domain.reading_back.drawing import Dot, Panel, Picture, Stripe
from medspiller.questionnaires.models import Document
from medspiller.questionnaires.services import charts, documents
from medspiller.questionnaires.tests import factories
from medspiller.questionnaires.tests.factories import complete
from medspiller.ui import worker as pages
from medspiller.ui.documents import MOST_TRIES, NotMade, Problem
from tests.support import jobs
from tests.support.database import HERE as TENANT
from tests.support.staff import build_house, sign_in

PAGE = (
    '<!doctype html><html lang="nn"><head><title>Svara</title></head><body><main><h1>Svara</h1>{}</main></body></html>'
)


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def opened(pdf):
    """The bytes of a PDF with its streams unpacked."""
    return pdf + b"".join(zlib.decompress(packed) for packed in re.findall(rb"stream\n(x.*?)\nendstream", pdf, re.S))


class TestADocument:
    def test_is_tagged_with_the_language_and_the_title_of_the_page(self):
        made = opened(
            pages.pdf_of(PAGE.format("<table><tr><th scope=col>Når</th></tr><tr><td>I dag</td></tr></table>"))
        )

        assert made.startswith(b"%PDF-1.")
        assert b"/MarkInfo" in made
        assert b"/StructTreeRoot" in made
        assert re.search(rb"/Lang\s*\(nn\)", made)
        assert b"pdfuaid" in made
        assert b"/DisplayDocTitle true" in made
        assert b"Svara" in made

    def test_holds_our_own_typeface(self):
        sheet = '<link rel="stylesheet" href="/static/ui/medspiller.css">'

        assert b"Inter" in opened(pages.pdf_of(PAGE.replace("<title>", f"{sheet}<title>").format("Æ")))

    @pytest.mark.parametrize(
        "address",
        [
            "http://127.0.0.1:9/x.png", "https://example.no/x.png", "file:///etc/passwd", "data:image/png;base64,AA==",
            f"{pages.HERE}/healthz", f"{pages.HERE}/static/", f"{pages.HERE}/static/../settings.py",
            f"{pages.HERE}/static/%2e%2e/%2e%2e/x",
            f"{pages.HERE}/static//etc/passwd", f"{pages.HERE}.evil.example/static/ui/medspiller.css",
        ],
    )  # fmt: skip
    def test_asks_nobody_for_anything(self, address):
        with pytest.raises(pages.Refused):
            pages.static_file(address)

    def test_is_made_without_what_is_not_ours(self):
        asks = '<img alt="" src="file:///etc/hostname"><img alt="" src="http://127.0.0.1:9/x.png"><p>Tekst</p>'

        assert pages.pdf_of(PAGE.format(asks)).startswith(b"%PDF")

    def test_is_refused_where_the_machine_lacks_what_sets_pages(self, monkeypatch):
        monkeypatch.setattr(pages, "weasyprint", None)

        with pytest.raises(NotMade) as refusal:
            pages.pdf_of(PAGE)

        assert refusal.value.problem is Problem.MISSING


class TestADrawing:
    def test_has_title_description_and_figures_and_no_script(self):
        dots = (Dot("2026-03-03", 12.0, "12", 0), Dot("2026-06-01", 20.0, "20", 0))
        stripe = Stripe(24.0, 60.0, "Tung & vond")
        picture = Picture("nb", "Søvn <over> tid", "Søvn: 12.", (Panel("Søvn", dots, 0.0, 60.0, (stripe,)),))

        svg = worker.svg_of(picture)

        assert '<title id="t">Søvn &lt;over&gt; tid</title><desc id="d">Søvn: 12.</desc>' in svg
        assert 'role="img" aria-labelledby="t d" xml:lang="nb"' in svg
        assert "Tung &amp; vond" in svg
        assert "03.03.26" in svg or "26" in svg
        assert "<script" not in svg
        assert "aria-label=" not in svg.replace("aria-labelledby", "")


@pytest.fixture
def contact(client, family):
    sign_in(client, family.contact_account)
    return client


@pytest.fixture
def given(family):
    return complete(family.citizen, family.kari, helps="true", hours="12", words="Søvn")


def pdf_of(response):
    return f"/arbeid/skjema/svar/{response.id}/pdf/"


def as_job():
    return tenancy.tenant_transaction(tenant_id=TENANT, actor_id=actors.SYSTEM_ID)


def make(here):
    """Run the job of every document, as the worker does."""
    with as_job():
        wanted = list(Document.objects.values_list("id", flat=True))
    for document_id in wanted:
        tasks.make_document(tenant_id=str(here), document_id=str(document_id))


class TestThePages:
    def test_offer_to_make_one_and_say_where_one_can_print(self, contact, given):
        page = contact.get(pdf_of(given)).content.decode()

        assert "Lag en PDF" in page
        assert f"/arbeid/skjema/svar/{given.id}/utskrift/" in page
        assert f'href="{pdf_of(given)}"' in contact.get(f"/arbeid/skjema/svar/{given.id}/lest/").content.decode()

    def test_let_it_be_made_and_fetched(self, contact, given, here, caplog):
        asked = contact.post(pdf_of(given))
        assert asked["Location"] == pdf_of(given)
        assert "Filen lages" in text_of(contact.get(pdf_of(given)))
        assert contact.get(f"{pdf_of(given)}fil/").status_code == 404

        make(here)

        assert "Filen er klar" in text_of(contact.get(pdf_of(given)))
        answer = contact.get(f"{pdf_of(given)}fil/")
        assert answer["Content-Type"] == "application/pdf"
        assert re.fullmatch(r'attachment; filename="svar-\d{4}-\d\d-\d\d\.pdf"', answer["Content-Disposition"])
        assert answer.content.startswith(b"%PDF")
        assert b"Hvordan har du det?" in opened(answer.content)
        assert "no required alt" not in caplog.text

    def test_log_what_is_read_and_not_how_far_it_has_come(self, contact, family, given, here):
        contact.post(pdf_of(given))
        make(here)
        before = AccessEntry.objects.count()
        contact.get(pdf_of(given), headers={"HX-Request": "true", "HX-Target": "q-document"})
        assert AccessEntry.objects.count() == before

        contact.get(f"{pdf_of(given)}fil/")

        entry = AccessEntry.objects.filter(person_id=family.kari.id).latest("at", "id")
        assert AccessEntry.objects.count() == before + 1
        assert (entry.action, entry.subject_id) == ("questionnaires.read", given.id)

    def test_are_as_if_there_were_nothing_for_who_may_not_read(self, client, family, given):
        sign_in(client, User.objects.get(id=family.nurse.id))

        for answer in (client.get(pdf_of(given)), client.post(pdf_of(given)), client.get(f"{pdf_of(given)}fil/")):
            assert answer.status_code == 404

    def test_of_one_are_not_anothers(self, client, contact, family, house, given, here):
        contact.post(pdf_of(given))
        make(here)
        colleague = people.worker(here, house.carers, name="Per Demodal")
        sign_in(client, User.objects.get(id=colleague.id))

        assert "Lag en PDF" in text_of(client.get(pdf_of(given)))
        assert client.get(f"{pdf_of(given)}fil/").status_code == 404

    def test_are_the_citizens_too(self, client, family, given, here):
        sign_in(client, family.account)
        own = f"/min-side/skjema/svar/{given.id}/pdf/"
        client.post(own)
        make(here)

        assert client.get(f"{own}fil/").content.startswith(b"%PDF")

    def test_give_nothing_once_the_answers_are_wrong(self, contact, family, given, here):
        contact.post(pdf_of(given))
        make(here)
        services.mark_entered_in_error(actor=family.citizen, response_id=given.id, reason="Feil skjema")

        assert contact.get(f"{pdf_of(given)}fil/").status_code == 404

    def test_say_in_plain_words_that_the_machine_cannot(self, contact, given, here, monkeypatch):
        monkeypatch.setattr(pages, "weasyprint", None)
        contact.post(pdf_of(given))
        make(here)

        page = text_of(contact.get(pdf_of(given)))

        assert "mangler det som lager PDF-er (Pango)" in page
        assert "Skriv ut i stedet" in page

    def test_say_that_it_is_too_long(self, contact, given, family):
        page = "x" * (LARGEST_PAGE + 1)
        documents.order_document(actor=family.contact, response_id=given.id, page=page, language="nb")

        assert "for lange til en PDF" in text_of(contact.get(pdf_of(given)))


class TestTheJob:
    def test_keeps_the_page_no_longer_than_it_needs_it(self, contact, given, here):
        contact.post(pdf_of(given))
        make(here)

        with as_job():
            row = Document.objects.get()
        assert row.page is None
        assert row.pdf is not None

    def test_gives_up_what_breaks_it(self, contact, given, here):
        contact.post(pdf_of(given))
        with as_job():
            row = Document.objects.get()
            for _ in range(MOST_TRIES):
                assert documents.page_to_set(actor=actors.system(here), document_id=row.id) is not None

        make(here)

        assert "Noe gikk galt" in text_of(contact.get(pdf_of(given)))

    def test_forgets_after_an_hour(self, contact, given, here):
        contact.post(pdf_of(given))
        make(here)
        with clock.frozen(clock.now() + timedelta(minutes=61)), as_job():
            forgotten = documents.forget_old_documents(actor=actors.system(here), now=clock.now())

        assert forgotten == 1
        assert contact.get(f"{pdf_of(given)}fil/").status_code == 404

    def test_nobody_but_the_system_makes_one(self, contact, given, here, house):
        contact.post(pdf_of(given))
        nurse = people.worker(here, house.home_care)
        with as_job():
            made = {"actor": nurse, "document_id": Document.objects.get().id}
            for act in (
                lambda: documents.page_to_set(**made),
                lambda: documents.keep_document(**made, pdf=b"%PDF"),
                lambda: documents.refuse_document(**made, problem=Problem.FAULT),
                lambda: documents.forget_old_documents(actor=nurse, now=clock.now()),
                lambda: charts.forget_old_charts(actor=nurse, now=clock.now()),
            ):
                with pytest.raises(NotAllowed):
                    act()


@pytest.fixture
def ordered(committed):
    """Answers whose PDF is asked for, with real commits."""
    with as_job():
        house = build_house(TENANT)
        factories.publish(TENANT, factories.written())
        kari = people.make_person("Kari", "Demoli")
        people.involve(kari, house.home_care)
        nurse = people.worker(TENANT, house.home_care)
    with tenancy.tenant_transaction(tenant_id=TENANT, actor_id=nurse.id):
        given = complete(nurse, kari)
        documents.order_document(actor=nurse, response_id=given.id, page=PAGE.format("<p>Hei</p>"), language="nb")


class TestAWorkerThatDies:
    def test_between_setting_and_keeping_makes_it_again(self, ordered, monkeypatch):
        def die(*args, **given):
            raise SystemExit

        with monkeypatch.context() as killed:
            killed.setattr(documents, "keep_document", die)
            with as_job():
                row = Document.objects.get()
            with pytest.raises(SystemExit):
                tasks.make_document(tenant_id=str(TENANT), document_id=str(row.id))

        jobs.run_jobs()
        jobs.run_jobs()

        with as_job():
            row = Document.objects.get()
        assert (row.tries, row.problem, row.page) == (2, "", None)
        assert row.pdf is not None
