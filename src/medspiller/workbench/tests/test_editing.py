"""Changing what a unit says: accepted, refused, and changed by two people at once."""

import re
from datetime import timedelta

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.audit.models import AccessEntry
from medspiller.core import clock, tenancy
from medspiller.organisations import selectors
from medspiller.organisations.domain.details import NOTICE_LENGTH
from tests.support.database import ELSEWHERE, HERE
from tests.support.staff import build_house, employ, sign_in

TYPED = {"notice": "Stengt på fredag.", "about": "Vi hjelper pårørende.", "opening_hours": "Hver dag 8–16"}


def address(unit_id):
    return f"/arbeid/enhet/{unit_id}/endre/"


def version_in(page):
    return re.search(r'name="version" value="(\d*)"', page.content.decode())[1]


def said(house, unit_id):
    return selectors.unit(actor=actors.system(house.tenant_id), unit_id=unit_id).details


@pytest.fixture
def leader(staff, house):
    """The leader of the whole house, signed in."""
    return staff(Role.LEADER, house.top)


def somebody_else_changes(house, unit_id, **details):
    system = actors.system(house.tenant_id)
    unit = selectors.unit(actor=system, unit_id=unit_id)
    for name, value in details.items():
        setattr(unit, name, value)
    unit.version += 1
    unit.save()


class TestAccepted:
    def test_shows_what_stands_now(self, leader, house):
        page = leader.get(address(house.carers)).content.decode()

        assert "Ny kveldsgruppe starter i januar." in page
        assert "Samtaler, kurs og grupper for pårørende." in page

    def test_stores_it_and_says_so_on_the_units_page(self, leader, house):
        version = version_in(leader.get(address(house.carers)))

        answer = leader.post(address(house.carers), {**TYPED, "version": version}, follow=True)

        assert answer.redirect_chain == [(f"/arbeid/enhet/{house.carers}/", 302)]
        assert "Endringene er lagret." in answer.content.decode()
        assert "Stengt på fredag." in answer.content.decode()
        assert said(house, house.carers).about == "Vi hjelper pårørende."

    def test_leads_home_from_ones_own_unit(self, leader, house):
        version = version_in(leader.get(address(house.top)))

        assert leader.post(address(house.top), {**TYPED, "version": version}).url == "/arbeid/"

    def test_leaves_name_and_kind_alone(self, leader, house):
        before = said(house, house.carers)
        version = version_in(leader.get(address(house.carers)))

        leader.post(address(house.carers), {**TYPED, "version": version, "name": "Noe annet", "kind": "ward"})

        after = said(house, house.carers)
        assert (after.name, after.kind) == (before.name, before.kind)

    def test_a_number_is_read_in_pairs_and_stays_what_it_was(self, leader, house):
        somebody_else_changes(house, house.carers, phone="00112233")
        page = leader.get(address(house.carers))
        shown = re.search(r'<input[^>]*name="phone"[^>]*value="([^"]*)"', page.content.decode())[1]

        leader.post(address(house.carers), {**TYPED, "phone": shown, "version": version_in(page)})

        assert shown == "00 11 22 33"
        assert said(house, house.carers).phone == "00112233"

    def test_keeps_lines_as_they_were_typed(self, leader, house):
        version = version_in(leader.get(address(house.carers)))

        leader.post(
            address(house.carers), {**TYPED, "opening_hours": "Mandag 8–16\r\nTirsdag 8–19", "version": version}
        )

        assert said(house, house.carers).opening_hours == "Mandag 8–16\nTirsdag 8–19"

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_is_there_in_every_language(self, leader, house, language):
        assert leader.get(address(house.carers), {"lang": language}).status_code == 200


class TestRefused:
    def test_too_long_a_text_comes_back_whole_with_what_is_wrong(self, leader, house):
        version = version_in(leader.get(address(house.carers)))
        too_long = "å" * (NOTICE_LENGTH + 1)

        answer = leader.post(address(house.carers), {**TYPED, "notice": too_long, "version": version})

        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'href="#id_notice"' in page
        assert too_long in page
        assert "Vi hjelper pårørende." in page
        assert "Hver dag 8–16" in page
        assert said(house, house.carers).notice == "Ny kveldsgruppe starter i januar."

    def test_what_was_typed_is_shown_as_text(self, leader, house):
        answer = leader.post(
            address(house.carers), {**TYPED, "notice": "</textarea><script>1" + "x" * 600, "version": "1"}
        )

        assert answer.status_code == 422
        assert "</textarea><script>1" not in answer.content.decode()

    def test_a_unit_closed_meanwhile_keeps_the_typed_text_on_the_page(self, leader, house):
        version = version_in(leader.get(address(house.carers)))
        unit = selectors.unit(actor=actors.system(house.tenant_id), unit_id=house.carers)
        unit.closed_from = clock.today() + timedelta(days=30)
        unit.save()

        answer = leader.post(address(house.carers), {**TYPED, "version": version})

        assert answer.status_code == 422
        assert "kan ikke endres lenger" in answer.content.decode()
        assert "Stengt på fredag." in answer.content.decode()

    def test_a_closed_unit_cannot_be_begun_with(self, leader, house):
        unit = selectors.unit(actor=actors.system(house.tenant_id), unit_id=house.night)
        unit.closed_from = clock.today() + timedelta(days=30)
        unit.save()

        answer = leader.get(address(house.night), follow=True)

        assert answer.redirect_chain == [(f"/arbeid/enhet/{house.night}/", 302)]
        assert "kan ikke endres lenger" in answer.content.decode()

    def test_other_methods_are_not_answered(self, leader, house):
        assert leader.put(address(house.carers)).status_code == 405


class TestChangedByTwo:
    def test_both_texts_are_shown_and_nothing_is_overwritten(self, leader, house):
        version = version_in(leader.get(address(house.carers)))
        somebody_else_changes(house, house.carers, notice="Kveldsgruppa er full.")

        answer = leader.post(address(house.carers), {**TYPED, "version": version})

        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Kveldsgruppa er full." in page
        assert page.count("Stengt på fredag.") == 2  # in the comparison, and kept in the form
        assert said(house, house.carers).notice == "Kveldsgruppa er full."

    def test_saving_again_is_a_choice_and_is_stored(self, leader, house):
        version = version_in(leader.get(address(house.carers)))
        somebody_else_changes(house, house.carers, notice="Kveldsgruppa er full.")
        conflict = leader.post(address(house.carers), {**TYPED, "version": version})

        answer = leader.post(address(house.carers), {**TYPED, "version": version_in(conflict)})

        assert answer.status_code == 302
        assert said(house, house.carers).notice == "Stengt på fredag."

    def test_a_field_left_alone_takes_what_the_other_wrote(self, leader, house):
        before = said(house, house.carers)
        version = version_in(leader.get(address(house.carers)))
        somebody_else_changes(house, house.carers, opening_hours="Bare torsdager")
        untouched = {"about": before.about, "opening_hours": before.opening_hours}

        conflict = leader.post(address(house.carers), {**untouched, "notice": "Ny beskjed", "version": version})

        assert conflict.status_code == 409
        assert re.search(r"<textarea[^>]*opening_hours[^>]*>\s*Bare torsdager", conflict.content.decode())
        assert re.search(r"<textarea[^>]*notice[^>]*>\s*Ny beskjed", conflict.content.decode())

    def test_a_number_left_alone_takes_what_the_other_wrote(self, leader, house):
        somebody_else_changes(house, house.carers, phone="00112233")
        version = version_in(leader.get(address(house.carers)))
        somebody_else_changes(house, house.carers, phone="00445566")

        conflict = leader.post(address(house.carers), {**TYPED, "phone": "00 11 22 33", "version": version})

        assert conflict.status_code == 409
        assert re.search(r'<input[^>]*name="phone"[^>]*value="00 44 55 66"', conflict.content.decode())
        assert "00 11 22 33" not in conflict.content.decode()

    @pytest.mark.parametrize("version", ["", "abc", "-1", "0", "99999999999999999999"])
    def test_a_version_that_was_never_shown_overwrites_nothing(self, leader, house, version):
        answer = leader.post(address(house.carers), {**TYPED, "version": version})

        assert answer.status_code == 409
        assert said(house, house.carers).notice == "Ny kveldsgruppe starter i januar."

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    def test_is_told_in_every_language(self, leader, house, language):
        answer = leader.post(f"{address(house.carers)}?lang={language}", {**TYPED, "version": "0"})

        assert answer.status_code == 409


class TestNotThere:
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_a_unit_that_is_none(self, leader, method):
        assert getattr(leader, method)(address("01940000-0000-7000-8000-00000000dead"), TYPED).status_code == 404


class TestReallyCommitted:
    """Refusals are written in a transaction of their own, so these really commit."""

    @pytest.fixture
    def built(self, committed):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            return build_house(HERE)

    def signed_in(self, client, house, role, unit_id):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            sign_in(client, employ(tenant_id=HERE, unit_id=unit_id, role=role))
        return client

    def refusals(self):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            return list(
                AccessEntry.objects.filter(action="organisations.edit_unit").values_list("refusal_reason", flat=True)
            )

    @pytest.mark.parametrize("method", ["get", "post"])
    @pytest.mark.parametrize("role", [Role.CARE_WORKER, Role.CARER_CONTACT, Role.STRATEGY_OWNER])
    def test_a_role_without_the_action_is_refused_and_it_is_written_down(self, client, built, role, method):
        signed_in = self.signed_in(client, built, role, built.carers)

        answer = getattr(signed_in, method)(address(built.carers), TYPED)

        assert answer.status_code == 403
        assert [bool(reason) for reason in self.refusals()] == [True]

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_a_leader_elsewhere_in_the_house_is_refused_too(self, client, built, method):
        signed_in = self.signed_in(client, built, Role.LEADER, built.home_care)

        assert getattr(signed_in, method)(address(built.carers), {**TYPED, "version": "1"}).status_code == 403
        assert [bool(reason) for reason in self.refusals()] == [True]

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_a_unit_of_another_tenant_is_not_there(self, client, built, method):
        with tenancy.tenant_transaction(tenant_id=ELSEWHERE, actor_id=actors.SYSTEM_ID):
            foreign = build_house(ELSEWHERE)
        signed_in = self.signed_in(client, built, Role.LEADER, built.top)

        assert getattr(signed_in, method)(address(foreign.carers), {**TYPED, "version": "1"}).status_code == 404

    def test_a_leader_above_may(self, client, built):
        signed_in = self.signed_in(client, built, Role.LEADER, built.home_care)

        assert signed_in.get(address(built.night)).status_code == 200
        assert self.refusals() == []
