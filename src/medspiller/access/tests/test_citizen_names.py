"""ID-porten tells no name: what a citizen is then called."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.access import registry, selectors
from medspiller.access.domain import actors
from medspiller.access.tests.world import citizen, text
from medspiller.audit.models import AccessEntry
from tests.support.database import HERE
from tests.support.staff import sign_in


@pytest.fixture
def in_the_register(monkeypatch):
    monkeypatch.setattr(registry, "_ask", [lambda *, actor: "Kari Demolund"])


@pytest.fixture
def not_in_the_register(monkeypatch):
    monkeypatch.setattr(registry, "_ask", [registry.nobody_knows])


def name_of(user):
    return selectors.name_of(actor=actors.anonymous(HERE), user=user)


class TestTheName:
    def test_is_the_providers_where_it_tells_one_and_nobody_else_is_asked(self, here, in_the_register):
        with CaptureQueriesContext(connection) as asked:
            account = citizen("Ola Demonut")
            before = len(asked)
            assert name_of(account) == "Ola Demonut"
            assert len(asked) == before

    def test_is_the_registers_where_the_provider_tells_none(self, here, in_the_register):
        assert name_of(citizen("")) == "Kari Demolund"

    def test_is_a_plain_word_where_neither_knows(self, here, not_in_the_register):
        assert name_of(citizen("")) == "Innlogget innbygger"


def test_stands_on_the_page_and_in_the_access_log(here, client, in_the_register):
    sign_in(client, citizen(""))

    assert "Kari Demolund" in text(client.get("/min-side/"))
    client.post("/min-side/logg-ut/")
    assert AccessEntry.objects.filter(action="access.end_session").get().actor_name == "Kari Demolund"


def test_one_signs_out_in_one_place(here, client):
    sign_in(client, citizen("Ola Demonut"))

    head, _, rest = text(client.get("/min-side/")).partition("<main")
    main, _, _ = rest.partition("</main>")
    assert head.count('action="/min-side/logg-ut/"') == 1
    assert "logg-ut" not in main
