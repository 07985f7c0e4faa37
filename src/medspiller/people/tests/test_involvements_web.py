"""The page on which units begin to follow somebody up, are asked to, and stop."""

from datetime import date, timedelta

import pytest

from medspiller.access.domain.roles import Role
from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.people import policies, selectors, services
from medspiller.people.domain.informing import How
from medspiller.people.domain.involvements import HandOnRefused, InvolvementBasis
from medspiller.people.domain.persons import PersonDetails
from medspiller.people.domain.relations import RelationDetails, RelationKind
from medspiller.people.models import Involvement
from medspiller.people.tests import factories
from medspiller.people.tests.test_web import text_of
from medspiller.people.web.acting import end_of

NUMBER_ONLY = InvolvementBasis.EMERGENCY_CONTACT
WHY = "Trenger noen å snakke med om det å være pårørende."


@pytest.fixture
def nurse(staff, house):
    """A nurse in the home care, signed in."""
    return staff(Role.CARE_WORKER, house.home_care)


@pytest.fixture
def colleague(house):
    return factories.worker(house.tenant_id, house.home_care, name="Nora Demonatt")


@pytest.fixture
def patient(house):
    made = factories.make_person()
    factories.involve(made, house.home_care)
    return made


@pytest.fixture
def elsewhere(house):
    """Somebody whose number the nurse's unit has, and whom another unit follows up."""
    made = factories.make_person("Kari", birth_date=date(1975, 3, 2))
    factories.involve(made, house.home_care, basis=NUMBER_ONLY)
    factories.involve(made, house.carers, basis=InvolvementBasis.SUPPORT)
    return made


def at(person, more=""):
    return f"/arbeid/personer/{person.id}/oppfolging/{more}"


def ending(person, unit_id):
    row = Involvement.objects.get(person=person, unit_id=unit_id)
    return f"/arbeid/oppfolging/{row.id}/avslutt/"


def ends_at(person, unit_id):
    return Involvement.objects.get(person=person, unit_id=unit_id).ends_at


class TestThePage:
    def test_shows_who_follows_up_now_and_who_did_and_why(self, nurse, patient, house):
        factories.involve(patient, house.carers, basis=InvolvementBasis.SUPPORT, ended=True)

        page = text_of(nurse.get(at(patient)))

        now, earlier = page.split("Tidligere</h2>")
        assert all(words in now for words in ("Hjemmetjenesten vest", "Helsehjelp og oppfølging", "Ingen sluttdato"))
        assert "Pårørendesenteret" not in now.split("<main")[1]
        assert "Pårørendesenteret" in earlier

    def test_is_reached_from_the_persons_page(self, nurse, patient):
        assert f'href="{at(patient)}"' in text_of(nurse.get(f"/arbeid/personer/{patient.id}/"))

    def test_shows_a_unit_that_only_has_the_number_its_own_and_says_where_to_turn(self, nurse, elsewhere):
        page = text_of(nurse.get(at(elsewhere)))

        assert "Pårørendesenteret" not in page.split("<main")[1]
        assert "Enheten din har bare nummeret til personen" in page
        assert 'href="/arbeid/blalys/"' in page
        assert f'href="{at(elsewhere, "ny/")}"' not in page

    def test_leaves_out_what_was_never_live(self, colleague, patient, house):
        row = factories.involve(patient, house.carers, ahead=True)
        Involvement.objects.filter(id=row.id).update(ends_at=row.starts_at)

        found = selectors.involvements_of(actor=colleague, person_id=patient.id)

        assert [each.unit_name for each in (*found.now, *found.earlier)] == ["Hjemmetjenesten vest"]

    def test_is_in_the_log(self, nurse, patient):
        nurse.get(at(patient))

        entry = AccessEntry.objects.filter(person_id=patient.id, kind="read").latest("at")
        assert set(entry.information) == {"name_and_birth", "involvement"}


class TestToOpen:
    def test_lets_ones_own_unit_follow_up(self, nurse, patient, house):
        answer = nurse.post(at(patient, "ny/"), {"unit": house.home_care, "basis": "coordination"})

        assert answer.status_code == 302
        assert Involvement.objects.filter(person=patient, unit_id=house.home_care, basis="coordination").exists()

    def test_is_refused_where_the_unit_does_so_already(self, nurse, patient, house):
        answer = nurse.post(at(patient, "ny/"), {"unit": house.home_care, "basis": "treatment"})

        assert answer.status_code == 422
        assert "Denne enheten følger allerede opp personen med det." in text_of(answer)

    def test_asks_another_unit_by_its_name_with_why(self, nurse, patient, house):
        assert "Pårørendesenteret" in text_of(nurse.get(at(patient, "ny/")))

        answer = nurse.post(at(patient, "ny/"), {"unit": house.carers, "basis": "support", "reason": WHY})

        assert answer.status_code == 302
        row = Involvement.objects.get(person=patient, unit_id=house.carers)
        assert (row.basis, row.handed_on_why, row.opened_by_name) == ("support", WHY, "Solveig Demomyr")
        assert WHY in text_of(nurse.get(at(patient)))

    @pytest.mark.parametrize("reason", ["", "Trengs"])
    def test_asks_no_other_unit_without_saying_why_and_keeps_what_was_typed(self, nurse, patient, house, reason):
        answer = nurse.post(at(patient, "ny/"), {"unit": house.carers, "basis": "support", "reason": reason})

        assert answer.status_code == 422
        assert "Skriv en hel setning" in text_of(answer)
        assert f'value="{house.carers}" selected' in text_of(answer)
        assert ends_at(patient, house.home_care) is None
        assert not Involvement.objects.filter(unit_id=house.carers).exists()

    def test_a_unit_that_is_not_there_is_no_choice(self, nurse, patient):
        typed = {"unit": patient.id, "basis": "support", "reason": WHY}

        assert nurse.post(at(patient, "ny/"), typed).status_code == 422

    def test_says_in_plain_words_that_a_number_is_not_enough(self, nurse, elsewhere, house):
        answer = nurse.post(at(elsewhere, "ny/"), {"unit": house.home_care, "basis": "support"})

        assert answer.status_code == 403
        assert "De kan be dere om å følge opp personen." in text_of(answer)
        assert Involvement.objects.filter(person=elsewhere, unit_id=house.home_care).get().basis == NUMBER_ONLY

    def test_offers_no_other_unit_to_whoever_only_has_the_number(self, nurse, house):
        known = factories.make_person("Kari", birth_date=date(1975, 3, 2))
        factories.involve(known, house.home_care, basis=NUMBER_ONLY)

        page = text_of(nurse.get(at(known, "ny/")))

        assert "Pårørendesenteret" not in page.split("<main")[1]


class TestToHandOn:
    def hand_on(self, actor, person, unit_id, reason=WHY):
        return services.hand_on(
            actor=actor, person_id=person.id, unit_id=unit_id, basis=InvolvementBasis.SUPPORT, reason=reason
        )

    def test_opens_the_person_to_the_other_unit(self, colleague, patient, house):
        there = factories.worker(house.tenant_id, house.carers)

        self.hand_on(colleague, patient, house.carers)

        assert selectors.visible_persons(actor=there).get() == patient
        entry = AccessEntry.objects.get(action="people.hand_on")
        assert (entry.person_id, entry.care_unit_id) == (patient.id, house.home_care)

    @pytest.mark.parametrize("reason", ["Kort.", "x" * 501])
    def test_says_why_in_words_that_can_be_read(self, colleague, patient, house, reason):
        with pytest.raises(HandOnRefused):
            self.hand_on(colleague, patient, house.carers, reason)

    def test_is_not_for_whoever_only_has_the_number(self, colleague, elsewhere, house):
        with pytest.raises(NotAllowed) as refusal:
            self.hand_on(colleague, elsewhere, house.night)

        assert refusal.value.reason == policies.NOT_FOLLOWED_UP

    def test_is_not_for_whoever_looks_in_an_emergency(self, house, patient):
        stranger = factories.worker(house.tenant_id, house.carers)
        factories.make_emergency(patient, stranger, house.carers)

        with pytest.raises(NotAllowed):
            self.hand_on(stranger, patient, house.carers)

    def test_finds_no_unit_of_another_tenant_or_none_at_all(self, colleague, patient):
        with pytest.raises(NotFound):
            self.hand_on(colleague, patient, patient.id)


class TestToEnd:
    def test_takes_the_last_day_with_it(self, nurse, patient, house):
        last = clock.today() + timedelta(days=5)

        answer = nurse.post(ending(patient, house.home_care), {"last_day": last.isoformat()})

        assert (answer.status_code, answer["Location"]) == (302, at(patient))
        assert ends_at(patient, house.home_care) == end_of(last)

    def test_at_once_leads_to_the_list_as_the_person_is_closed_by_then(self, nurse, patient, house):
        answer = nurse.post(ending(patient, house.home_care), {"last_day": ""})

        assert (answer.status_code, answer["Location"]) == (302, "/arbeid/personer/")
        assert nurse.get(at(patient)).status_code == 404

    @pytest.mark.parametrize(
        ("days", "words"),
        [(-1, "Siste dag kan ikke være før i dag."), (366 * 40, "Velg en tidligere dag.")],
    )
    def test_refuses_days_that_cannot_be(self, nurse, patient, house, days, words):
        day = clock.today() + timedelta(days=days)

        answer = nurse.post(ending(patient, house.home_care), {"last_day": day.isoformat()})

        assert answer.status_code == 422
        assert words in text_of(answer)
        assert ends_at(patient, house.home_care) is None

    def test_refuses_an_end_later_than_the_one_there_is(self, nurse, patient, house):
        Involvement.objects.filter(person=patient).update(ends_at=end_of(clock.today() + timedelta(days=2)))

        later = (clock.today() + timedelta(days=3)).isoformat()
        answer = nurse.post(ending(patient, house.home_care), {"last_day": later})

        assert answer.status_code == 422
        assert "Oppfølgingen slutter allerede da, eller før." in text_of(answer)

    def test_sends_the_last_unit_to_tell_the_person_first(self, nurse, colleague, patient, house):
        carer = services.register_carer(
            actor=colleague,
            unit_id=house.home_care,
            patient_id=patient.id,
            details=PersonDetails("Kari", "Demoli", date(1975, 3, 2)),
            relation=RelationDetails(RelationKind.CHILD, date(2020, 1, 1)),
        ).carer

        refused = nurse.post(ending(carer, house.home_care), {})

        assert refused.status_code == 422
        assert "Fortell det til personen først" in text_of(refused)
        assert f'href="/arbeid/personer/{carer.id}/informert/"' in text_of(refused)

        services.record_informed(actor=colleague, person_id=carer.id, how=How.LETTER)
        assert nurse.post(ending(carer, house.home_care), {}).status_code == 302

    def test_is_for_ones_own_units_alone(self, nurse, patient, house):
        factories.involve(patient, house.carers)

        assert nurse.get(ending(patient, house.carers)).status_code == 404
        assert nurse.post(ending(patient, house.carers), {}).status_code == 404
        assert ends_at(patient, house.carers) is None
