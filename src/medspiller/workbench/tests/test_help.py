"""Being shown around at the first sign-in, finding it again, and single keys that can be turned off."""

import re

import pytest

from medspiller.access import selectors as access
from medspiller.access import services
from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.core.errors import NotAllowed
from medspiller.people.tests.factories import worker
from medspiller.ui.shortcuts import COOKIE
from tests.support.staff import employ, sign_in

TOUR, HELP, AWAY, KEYS = 'id="omvisning"', "/arbeid/hjelp/", "/arbeid/hjelp/omvisning/", "/arbeid/hjelp/hurtigtaster/"


def text(page):
    return page.content.decode()


def shown(page):
    """The addresses of the places that a page shows around."""
    around = text(page).split(TOUR, 1)[1].split("</section>", 1)[0]
    return re.findall(r'<h3[^>]*>.*?href="([^"]+)"', around)


class TestTour:
    def test_stands_on_the_first_page_until_it_is_put_away(self, staff, house):
        nurse = staff(Role.CARE_WORKER, house.home_care)
        assert shown(nurse.get("/arbeid/")) == [
            "/arbeid/oppgaver/",
            "/arbeid/forste-samtale/",
            "/arbeid/personer/",
            "/arbeid/oppfolging/",
            "/tilbud/",
            HELP,
        ]

        page = nurse.post(AWAY, follow=True)

        assert "Du finner det igjen under Hjelp." in text(page)
        assert TOUR not in text(page)
        assert TOUR not in text(nurse.get("/arbeid/"))

    def test_leads_an_administrator_to_the_administration(self, staff, house):
        assert "/arbeid/styring/" in shown(staff(Role.ADMINISTRATOR, house.top).get("/arbeid/"))

    def test_is_found_again_under_help(self, staff, house):
        nurse = staff(Role.CARE_WORKER, house.home_care)
        nurse.post(AWAY)

        assert f'href="{HELP}"' in text(nurse.get("/arbeid/"))
        assert shown(nurse.get(HELP))[:2] == ["/arbeid/oppgaver/", "/arbeid/forste-samtale/"]

    def test_is_each_persons_own(self, client, house):
        new = employ(tenant_id=house.tenant_id, unit_id=house.home_care, role=Role.CARE_WORKER, subject="ny")
        known = employ(tenant_id=house.tenant_id, unit_id=house.home_care, role=Role.CARE_WORKER, subject="kjent")
        sign_in(client, known)
        client.post(AWAY)

        sign_in(client, new)

        assert TOUR in text(client.get("/arbeid/"))

    def test_leads_nobody_to_what_they_may_not_open(self, staff, house):
        steers = staff(Role.STRATEGY_OWNER, house.top)

        assert shown(steers.get("/arbeid/")) == ["/arbeid/oppgaver/", "/arbeid/strategi/", "/tilbud/", HELP]

    def test_putting_it_away_twice_keeps_the_first_time(self, house):
        nurse = worker(house.tenant_id, house.home_care)
        services.put_tour_away(actor=nurse)
        first = User.objects.get(id=nurse.id).tour_put_away_at

        services.put_tour_away(actor=nurse)

        assert first is not None
        assert User.objects.get(id=nurse.id).tour_put_away_at == first
        assert not access.tour_waits(actor=nurse)

    def test_is_nobodys_who_does_not_work_here(self, house):
        anybody = actors.anonymous(house.tenant_id)

        assert not access.tour_waits(actor=anybody)
        with pytest.raises(NotAllowed):
            services.put_tour_away(actor=anybody)


class TestKeys:
    def test_stand_on_a_page_that_needs_no_script(self, staff, house):
        page = text(staff(Role.CARE_WORKER, house.home_care).get(HELP)).split('id="hurtigtaster"', 1)[1]

        for keys, does in (
            ("<kbd>g</kbd> så <kbd>a</kbd>", "Oppgaver"),
            ("<kbd>/</kbd>", "Søk"),
            ("<kbd>?</kbd>", "Vis"),
        ):
            assert re.search(rf"<dt>{re.escape(keys)}\s*</dt><dd>{does}", page), keys

    def test_are_in_the_menu_with_a_sheet_that_lists_them(self, staff, house):
        page = text(staff(Role.CARE_WORKER, house.home_care).get("/arbeid/"))

        assert 'href="/arbeid/oppgaver/" data-keys="g a"' in page
        assert 'id="shortcuts"' in page

    def test_are_gone_from_a_device_that_has_turned_them_off(self, staff, house):
        nurse = staff(Role.CARE_WORKER, house.home_care)

        turned_off = nurse.post(KEYS, {"gjor": "av"}, follow=True)

        assert nurse.cookies[COOKIE].value == "off"
        assert "Slå på hurtigtastene" in text(turned_off)
        for page in (turned_off, nurse.get("/arbeid/")):
            assert "data-keys" not in text(page)
            assert 'id="shortcuts"' not in text(page)

    def test_come_back_when_they_are_turned_on(self, staff, house):
        nurse = staff(Role.CARE_WORKER, house.home_care)
        nurse.post(KEYS, {"gjor": "av"})

        assert 'id="shortcuts"' in text(nurse.post(KEYS, {"gjor": "pa"}, follow=True))

    def test_no_two_lead_to_different_pages(self, staff, house):
        page = text(staff(Role.LEADER, house.top).get("/arbeid/"))
        keys = [each for entry in re.findall(r'data-keys="([^"]+)"', page) for each in entry.split("|")]

        assert len(keys) == len(set(keys)) > 5
