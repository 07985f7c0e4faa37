"""Taking the answers along without saying who one is: a private link, and a PDF."""

import re

import pytest

from medspiller.access.domain import actors
from medspiller.access.models import SavedLink
from medspiller.core import clock
from medspiller.rights import services
from medspiller.rights.domain.documents import KEPT
from medspiller.rights.models import Document
from medspiller.rights.tests.publishing import publish_rules
from medspiller.rights.tests.walking import ASK, Walker, heading, hidden, text_of
from medspiller.ui import worker
from tests.support.database import HERE

SYSTEM = actors.system(HERE)


@pytest.fixture
def rules(here):
    publish_rules(here)


@pytest.fixture
def walker(client, rules):
    walker = Walker(client, client.get(ASK))
    walker.change("carer.birth_year")
    walker.say("1984")
    return walker


@pytest.fixture
def link(walker):
    page = walker.send("/rettigheter/svar/lagre/")
    assert heading(page) == "Din private lenke"
    return re.search(r'href="(/rettigheter/lagret/[^"]+/)"', page.content.decode())[1]


class TestAPrivateLink:
    def test_shows_nothing_before_the_button_is_pressed(self, client, link):
        page = client.get(link)

        assert heading(page) == "En privat lenke"
        assert "1984" not in page.content.decode()

    def test_brings_the_answers_back(self, client, link):
        page = client.post(link, {"gjor": "vis"})

        assert heading(page) == "Hva du kan ha rett til"
        assert "1984" in text_of(page)
        assert page["Cache-Control"] == "no-store"
        assert page["X-Robots-Tag"] == "noindex"
        assert page["Referrer-Policy"] == "strict-origin"

    def test_is_gone_when_it_is_deleted(self, client, link):
        assert heading(client.post(link, {"gjor": "slett"})) == "Det er slettet"

        assert client.post(link, {"gjor": "vis"}).status_code == 404
        # The page that opens cannot know, so it does not say that there is something.
        assert "Det kan ligge lagrede svar" in text_of(client.get(link))
        assert not SavedLink.objects.exists()

    def test_that_is_none_looks_the_same_until_the_button_is_pressed(self, client, rules):
        for secret in ("x", "a" * 22):
            assert client.get(f"/rettigheter/lagret/{secret}/").status_code == 200
            assert client.post(f"/rettigheter/lagret/{secret}/", {"gjor": "vis"}).status_code == 404

    def test_does_not_stand_in_the_database(self, link):
        row = SavedLink.objects.get()

        assert b"1984" not in bytes(row.sealed)
        assert link.split("/")[3].encode() not in bytes(row.secret_hash)


class TestAPdf:
    def ordered(self, walker):
        page = walker.send("/rettigheter/svar/pdf/")
        assert "blir laget" in text_of(page)
        return hidden(page, "hemmelig")

    def test_is_waited_for_and_fetched(self, client, walker):
        secret = self.ordered(walker)
        row = Document.objects.get()
        assert "1984" in services.page_to_set(actor=SYSTEM, document_id=row.id)
        services.keep_document(actor=SYSTEM, document_id=row.id, pdf=b"%PDF-1.7")

        assert "PDF-en er klar" in text_of(walker.send("/rettigheter/svar/pdf/", hemmelig=secret))
        file = client.post("/rettigheter/svar/pdf/fil/", {"hemmelig": secret})
        assert file.content == b"%PDF-1.7"
        assert file["Content-Disposition"] == 'attachment; filename="hva-jeg-kan-ha-rett-til.pdf"'
        assert file["Cache-Control"] == "no-store"

    def test_is_nobody_elses(self, client, walker):
        self.ordered(walker)

        assert client.post("/rettigheter/svar/pdf/fil/", {"hemmelig": "a" * 22}).status_code == 404

    def test_is_gone_after_a_quarter_of_an_hour(self, client, walker):
        self.ordered(walker)

        assert services.forget_old_documents(actor=SYSTEM, now=clock.now()) == 0
        assert services.forget_old_documents(actor=SYSTEM, now=clock.now() + KEPT) == 1
        assert not Document.objects.exists()

    def test_is_given_up_when_it_breaks_the_worker(self, walker):
        secret = self.ordered(walker)
        row = Document.objects.get()
        for _ in range(3):
            assert services.page_to_set(actor=SYSTEM, document_id=row.id)

        assert services.page_to_set(actor=SYSTEM, document_id=row.id) is None
        assert "Noe gikk galt" in text_of(walker.send("/rettigheter/svar/pdf/", hemmelig=secret))

    def test_is_really_set(self, walker):
        page = walker.send("/rettigheter/svar/utskrift/").content.decode()

        assert worker.pdf_of(page, sheets=("rights/pdf.css",)).startswith(b"%PDF-1.7")
