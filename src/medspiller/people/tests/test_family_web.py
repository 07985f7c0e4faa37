"""The page of a person and what leads on from it: what it shows, what it keeps back, what stays typed."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain.roles import Role as StaffRole
from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.people import services
from medspiller.people.domain.contacts import ContactDetails, ContactSystem
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import PersonDetails, ProtectedAddress
from medspiller.people.domain.relations import RelationDetails, RelationKind
from medspiller.people.domain.role_rules import RoleDetails
from medspiller.people.domain.roles import Role
from medspiller.people.models import CarerRole, ContactPoint, Involvement, Person, Relation
from medspiller.people.tests import factories

TODAY = clock.today()
SINCE = TODAY - timedelta(days=100)
PHONE = "00 12 34 56"


def text_of(page):
    return " ".join(page.content.decode().split())


@pytest.fixture
def nurse(staff, house):
    return staff(StaffRole.CARE_WORKER, house.home_care)


@pytest.fixture
def mother(house):
    person = factories.make_person("Oddny")
    factories.involve(person, house.home_care)
    return person


@pytest.fixture
def registered(house, mother):
    worker = factories.worker(house.tenant_id, house.home_care)
    return services.register_carer(
        actor=worker,
        unit_id=house.home_care,
        patient_id=mother.id,
        details=PersonDetails("Kari", "Demoli", date(1975, 4, 2)),
        relation=RelationDetails(RelationKind.CHILD, SINCE),
        roles=[RoleDetails(Role.NAERMESTE, SINCE, named_by_patient=True)],
        contacts=[ContactDetails(ContactSystem.PHONE, PHONE, safe_to_call=True)],
    )


def page_of(person, more=""):
    return f"/arbeid/personer/{person.id}/{more}"


class TestThePage:
    def test_shows_who_is_around_with_role_and_number(self, nurse, mother, registered):
        page = text_of(nurse.get(page_of(mother)))

        assert "Kari Demoli" in page
        assert "Nærmeste pårørende" in page
        assert PHONE in page

    def test_shows_nothing_that_the_carer_owns(self, nurse, mother, registered):
        Person.objects.filter(id=registered.carer.id).update(language="so", needs_interpreter=True, best_time="Kveld")
        ContactPoint.objects.create(
            person=registered.carer, system="address", value="Demoveien 1", value_hash=b"x", valid_from=SINCE
        )
        page = text_of(nurse.get(page_of(mother)))

        for kept in ("omali", "Kveld", "Demoveien", "1975"):
            assert kept not in page

    def test_shows_no_number_where_no_unit_of_ones_own_has_to_do_with_the_carer(self, nurse, mother, registered):
        Involvement.objects.filter(person=registered.carer).update(ends_at=clock.now())
        page = text_of(nurse.get(page_of(mother)))

        assert "Kari Demoli" in page
        assert PHONE not in page

    @pytest.mark.parametrize("grade", [ProtectedAddress.CONFIDENTIAL, ProtectedAddress.STRICT])
    def test_shows_no_number_of_a_protected_carer(self, nurse, mother, registered, grade):
        Person.objects.filter(id=registered.carer.id).update(protected_address=grade.value)

        assert PHONE not in text_of(nurse.get(page_of(mother)))

    def test_keeps_the_name_of_a_strictly_protected_carer_back(self, nurse, mother, registered):
        Person.objects.filter(id=registered.carer.id).update(protected_address=ProtectedAddress.STRICT.value)
        Involvement.objects.filter(person=registered.carer).update(ends_at=clock.now())
        page = text_of(nurse.get(page_of(mother)))

        assert "Kari" not in page
        assert "Navnet vises ikke" in page

    def test_of_the_carer_names_no_patient_who_is_closed(self, client, staff, house, mother, registered):
        factories.involve(registered.carer, house.carers, basis=InvolvementBasis.SUPPORT)
        page = text_of(staff(StaffRole.CARER_CONTACT, house.carers).get(page_of(registered.carer)))

        assert "Oddny" not in page
        assert "Forelder" in page
        assert "Nærmeste" not in page

    def test_logs_everybody_who_is_named(self, nurse, mother, registered):
        before = AccessEntry.objects.count()
        nurse.get(page_of(mother))

        told = AccessEntry.objects.order_by("-at", "-id")[: AccessEntry.objects.count() - before]
        assert {each.person_id: set(each.information) for each in told} == {
            mother.id: {
                *("name_and_birth", "involvement", "carers", "needs"),
                *("consents", "may_be_told", "children"),
            },
            registered.carer.id: {"name_and_birth", "cared_for", "contact_details"},
        }

    def test_costs_few_statements(self, nurse, mother, registered):
        nurse.get(page_of(mother))
        with CaptureQueriesContext(connection) as queries:
            nurse.get(page_of(mother))

        asked = [each for each in queries if "SAVEPOINT" not in each["sql"]]
        assert len(asked) <= 12, [each["sql"][:80] for each in asked]


class TestTheList:
    def test_shows_those_of_ones_units_and_logs_them(self, nurse, mother):
        stranger = factories.make_person("Fremmed")
        page = text_of(nurse.get("/arbeid/personer/"))

        assert "Oddny Demoli" in page
        assert "Fremmed" not in page
        assert AccessEntry.objects.filter(person_id=mother.id, list_id__isnull=False).exists()
        assert not AccessEntry.objects.filter(person_id=stranger.id).exists()

    def test_goes_on_page_by_page(self, nurse, house):
        for number in range(60):
            factories.involve(factories.make_person(f"Nr{number:02}"), house.home_care)

        assert "Nr00" in text_of(nurse.get("/arbeid/personer/"))
        assert "Nr59" in text_of(nurse.get("/arbeid/personer/?side=2"))

    @pytest.mark.parametrize(("sort", "first"), [("navn", "Alma"), ("-navn", "Bo"), ("fodt", "Bo"), ("-fodt", "Alma")])
    def test_is_sorted_by_the_column_that_is_chosen_on_the_page_and_in_the_file(self, nurse, house, sort, first):
        for name, born in (("Alma", date(1960, 1, 1)), ("Bo", date(1940, 1, 1))):
            factories.involve(factories.make_person(name, birth_date=born), house.home_care)

        page = nurse.get("/arbeid/personer/", {"sorter": sort}).content.decode()

        assert re.search(r">(Alma|Bo) Demoli<", page)[1] == first
        assert f"/arbeid/personer/liste.csv?sorter={sort}" in page
        file = nurse.get("/arbeid/personer/liste.csv", {"sorter": sort}).content.decode("utf-8-sig")
        assert file.splitlines()[1].startswith(first)

    def test_an_order_that_there_is_not_is_by_name(self, nurse, mother):
        assert nurse.get("/arbeid/personer/", {"sorter": "alder"}).status_code == 200

    def test_as_a_file_tells_no_number(self, nurse, registered):
        table = nurse.get("/arbeid/personer/liste.csv").content.decode("utf-8-sig")

        assert "Kari Demoli" in table
        assert "123456" not in table.replace(" ", "")


class TestChanging:
    def typed(self, person, **changes):
        return {
            "given_name": person.given_name, "family_name": person.family_name, "birth_date": "1948-05-17",
            "protected_address": "none", "version": "1", **changes,
        }  # fmt: skip

    def test_a_person_is_changed(self, nurse, mother):
        page = nurse.post(page_of(mother, "endre/"), self.typed(mother, language="so", needs_interpreter="yes"))

        assert page.status_code == 302
        mother.refresh_from_db()
        assert (mother.language, mother.needs_interpreter, mother.version) == ("so", True, 2)

    def test_what_cannot_be_is_said_and_stays_typed(self, nurse, mother, registered):
        page = nurse.post(page_of(mother, "endre/"), self.typed(mother, birth_date="1990-01-01", best_time="Kveld"))

        assert page.status_code == 422
        assert "eldre enn" in text_of(page)
        assert "Kveld" in text_of(page)

    def test_whoever_saves_second_sees_what_changed_and_loses_nothing(self, nurse, mother):
        nurse.post(page_of(mother, "endre/"), self.typed(mother, best_time="Morgen", language="so"))
        page = nurse.post(page_of(mother, "endre/"), self.typed(mother, best_time="Kveld"))

        assert page.status_code == 409
        assert "Morgen" in text_of(page)
        assert "Kveld" in text_of(page)
        assert page.context["form"].initial["language"] == "so"
        again = {**page.context["form"].initial, "best_time": "Kveld"}
        assert nurse.post(page_of(mother, "endre/"), {k: v or "" for k, v in again.items()}).status_code == 302

    def test_a_death_is_recorded_and_taken_back(self, nurse, mother):
        assert nurse.post(page_of(mother, "dod/"), {"died_on": "1900-01-01"}).status_code == 422
        assert nurse.post(page_of(mother, "dod/"), {"died_on": TODAY.isoformat()}).status_code == 302
        assert "Registrert som død" in text_of(nurse.get(page_of(mother, "dod/")))
        assert nurse.post(page_of(mother, "dod/"), {"alive": "1"}).status_code == 302
        mother.refresh_from_db()
        assert mother.died_on is None

    def test_names_are_added_and_ended(self, nurse, mother):
        assert nurse.post(page_of(mother, "navn/"), {"use": "old"}).status_code == 422
        nurse.post(page_of(mother, "navn/"), {"use": "old", "family_name": "Demoås"})
        assert "Demoås" in text_of(nurse.get(page_of(mother)))
        name = mother.other_names.get()
        nurse.post(page_of(mother, f"navn/{name.id}/avslutt/"))
        name.refresh_from_db()
        assert name.valid_to == TODAY

    def test_what_has_changed_can_be_read(self, nurse, mother, registered):
        nurse.post(page_of(mother, "endre/"), self.typed(mother, language="so"))
        page = text_of(nurse.get(page_of(mother, "historikk/")))

        assert "somali" in page
        assert "Nærmeste pårørende" in page


class TestContacts:
    TYPED = {"system": "phone", "value": PHONE, "own": "on", "rank": "1"}

    def test_is_added_changed_ended_and_taken_back(self, nurse, mother):
        nurse.post(page_of(mother, "kontakt/"), {**self.TYPED, "safe_to_call": "yes"})
        point = ContactPoint.objects.get()
        ContactPoint.objects.update(valid_from=SINCE)
        nurse.post(f"/arbeid/kontakt/{point.id}/", {**self.TYPED, "note": "Kveld"})
        assert "kan du angre" in text_of(nurse.post(f"/arbeid/kontakt/{point.id}/avslutt/"))
        assert PHONE not in text_of(nurse.get(page_of(mother)))
        nurse.post(f"/arbeid/kontakt/{point.id}/angre/")
        assert "Kveld" in text_of(nurse.get(page_of(mother)))

    @pytest.mark.parametrize(("typed", "shown"), [(PHONE, PHONE), ("+46 8 123 456 78", "+46 8 123 456 78")])
    def test_a_number_stands_in_its_field_as_people_write_it_and_stays_what_it_was(self, nurse, mother, typed, shown):
        nurse.post(page_of(mother, "kontakt/"), {**self.TYPED, "value": typed})
        point = ContactPoint.objects.get()
        before = point.value
        assert f">\n{shown}</textarea>" in nurse.get(f"/arbeid/kontakt/{point.id}/").content.decode()

        nurse.post(f"/arbeid/kontakt/{point.id}/", {**self.TYPED, "value": shown, "note": "Kveld"})

        point.refresh_from_db()
        assert (point.value, point.note) == (before, "Kveld")

    def test_refuses_what_is_no_number_and_keeps_it(self, nurse, mother):
        page = nurse.post(page_of(mother, "kontakt/"), {**self.TYPED, "value": "hjemme hos Kari"})

        assert page.status_code == 422
        assert "hjemme hos Kari" in text_of(page)

    def test_sends_no_notices_to_somebody_elses(self, nurse, mother):
        page = nurse.post(page_of(mother, "kontakt/"), {**self.TYPED, "own": "", "safe_for_notices": "yes"})

        assert page.status_code == 422
        assert not ContactPoint.objects.exists()


class TestCarers:
    def typed(self, house, **more):
        return {
            "given_name": "Aslaug", "family_name": "Demovik", "kind": "friend", "protected_address": "none",
            "unit": str(house.home_care), "roles": "PAARORENDE", "phone": PHONE, **more,
        }  # fmt: skip

    def test_are_added_with_role_and_number(self, nurse, mother, house):
        page = nurse.post(page_of(mother, "ny-parorende/"), self.typed(house), follow=True)

        assert "Aslaug Demovik" in text_of(page)
        assert CarerRole.objects.get().role == "PAARORENDE"

    def test_a_child_older_than_its_parent_is_refused_and_all_stays_typed(self, nurse, mother, house):
        page = nurse.post(page_of(mother, "ny-parorende/"), self.typed(house, kind="child", birth_date="1940-01-01"))

        assert page.status_code == 422
        assert "eldre enn" in text_of(page)
        assert "Demovik" in text_of(page)
        assert not Relation.objects.exists()

    def test_a_relation_that_two_change_shows_what_the_other_stored(self, nurse, mother, registered):
        address = page_of(mother, f"relasjon/{registered.relation.id}/")
        typed = {"kind": "child", "valid_from": SINCE.isoformat(), "version": "1"}
        assert nurse.post(address, {**typed, "kind": "foster_child", "cohabiting": "yes"}).status_code == 302
        page = nurse.post(address, {**typed, "kind": "step_child"})

        assert page.status_code == 409
        assert "Fosterbarn" in text_of(page)
        assert page.context["form"].initial["kind"] == "step_child"
        assert page.context["form"].initial["cohabiting"] == "yes"

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"valid_from": (TODAY + timedelta(days=2)).isoformat()}, "ikke fram i tid"),
            ({"valid_from": SINCE.isoformat(), "valid_to": SINCE.isoformat()}, "Slutten må være etter"),
            ({"kind": "parent"}, "eldre enn"),
        ],
    )
    def test_what_cannot_be_is_said(self, nurse, mother, registered, typed, said):
        address = page_of(mother, f"relasjon/{registered.relation.id}/")
        page = nurse.post(address, {"kind": "child", "version": "1", **typed})

        assert page.status_code == 422
        assert said in text_of(page)

    def test_a_relation_is_ended_with_its_roles(self, nurse, mother, registered):
        address = page_of(mother, f"relasjon/{registered.relation.id}/avslutt/")
        nurse.post(address, {"from_day": TODAY.isoformat(), "version": "1"})

        assert "Tidligere" in text_of(nurse.get(page_of(mother)))
        assert CarerRole.objects.get().valid_to == TODAY

    def test_a_role_is_given_and_said_what_it_needs(self, nurse, mother, registered):
        address = page_of(mother, f"relasjon/{registered.relation.id}/rolle/")
        typed = {"role": "VERGE", "valid_from": TODAY.isoformat()}
        assert nurse.post(address, typed).status_code == 422
        assert nurse.post(address, {**typed, "basis": "Statsforvalteren 3. mars"}).status_code == 302
        assert "Verge" in text_of(nurse.get(page_of(mother)))

    def test_where_the_law_starts_stands_beside_the_fallback(self, nurse, mother, registered):
        page = nurse.get(page_of(mother, f"relasjon/{registered.relation.id}/rolle/"))

        said = text_of(page)
        assert "Når pasienten ikke kan peke ut noen: her starter loven" in said
        places = ["<li>Ektefelle, Registrert partner</li>", "<li>Samboer</li>", "<li>Barn, over 18 år</li>"]
        assert [said.index(each) for each in places] == sorted(said.index(each) for each in places)

    def test_a_role_is_ended_and_taken_back_the_same_day(self, nurse, mother, registered):
        role = registered.roles[0]
        assert "Avslutt rollen" in text_of(nurse.get(f"/arbeid/rolle/{role.id}/avslutt/"))
        ended = nurse.post(f"/arbeid/rolle/{role.id}/avslutt/", {"from_day": TODAY.isoformat()})
        assert "kan du angre" in text_of(ended)
        page = nurse.post(f"/arbeid/rolle/{role.id}/angre/", follow=True)
        assert "Rollen gjelder igjen" in text_of(page)

    def test_that_a_carer_is_told_is_written_down(self, nurse, registered):
        address = page_of(registered.carer, "informert/")
        assert nurse.post(address, {"told": "yes"}).status_code == 422
        assert nurse.post(address, {"told": "no", "reason": "kort"}).status_code == 422
        assert nurse.post(address, {"told": "yes", "how": "talk"}).status_code == 302
        assert "I en samtale" in text_of(nurse.get(page_of(registered.carer)))

    @pytest.mark.parametrize("more", ["", "endre/", "ny-parorende/", "kontakt/", "historikk/", "informert/"])
    def test_everything_is_as_nobody_to_another_unit(self, staff, house, mother, more):
        assert staff(StaffRole.CARE_WORKER, house.carers).get(page_of(mother, more)).status_code == 404
