"""Where one is reached, said by oneself; and the ways back from pages of one's own."""

import re

import pytest

from medspiller.core import clock
from medspiller.people.models import ContactPoint
from medspiller.people.tests.test_web import text_of

HOME = "/min-side/"


class TestContacts:
    def test_are_confirmed_without_typing_them_again(self, page, kari):
        typed = {"system": "phone", "value": "00 12 34 56", "safe_to_call": "yes", "note": ""}
        page.post("/min-side/kontakt/ny/", typed)
        row = ContactPoint.objects.get(person=kari)

        shown = text_of(page.get(f"/min-side/kontakt/{row.id}/"))
        assert 'value="00 12 34 56"' in shown
        assert "Ikke spurt" not in shown
        page.post(f"/min-side/kontakt/{row.id}/", {**typed, "safe_for_notices": "yes"})

        row.refresh_from_db()
        assert row.value == "+4700123456"
        assert (row.own, row.safe_to_call, row.safe_to_leave_message, row.safe_for_notices) == (True, True, None, True)

    def test_a_parents_number_is_masked_and_cannot_be_changed(self, page, kari):
        row = ContactPoint.objects.create(
            person=kari, system="phone", value="+4700123456", value_hash=b"1" * 32, own=False, valid_from=clock.today()
        )

        shown = text_of(page.get("/min-side/kontakt/"))

        assert "00 12 34 56" not in shown
        assert page.get(f"/min-side/kontakt/{row.id}/").status_code == 404


class TestTheWayBack:
    @pytest.mark.parametrize("path", ["rundt-meg/", "om-meg/", "kontakt/", "viktig/", "rettelser/", "last-ned/"])
    def test_leads_home_from_pages_that_are_not_in_the_menu(self, page, kari, path):
        shown = page.get(f"{HOME}{path}").content.decode()

        assert re.search(r'm-breadcrumbs.*?href="/min-side/".*?</nav>', shown, re.DOTALL)

    def test_leads_from_a_form_to_the_page_it_is_about(self, page, kari):
        shown = page.get(f"{HOME}kontakt/ny/").content.decode()

        assert re.search(r'm-breadcrumbs.*?href="/min-side/kontakt/".*?</nav>', shown, re.DOTALL)
