"""What may be said of persons, how they are reached, what they are to each other, and who can have which role."""

from datetime import date, timedelta

import pytest

from medspiller.core import ids
from medspiller.core.periods import Period
from medspiller.people.domain import contacts, informing, persons, relations, role_rules
from medspiller.people.domain.contacts import ContactDetails, ContactRefused, ContactSystem
from medspiller.people.domain.persons import DeathRefused, DetailsInvalid, PersonChanges
from medspiller.people.domain.relations import INVERSE, RelationDetails, RelationKind, RelationRefused
from medspiller.people.domain.role_rules import RoleDetails, RoleRefused, Standing
from medspiller.people.domain.roles import Role

TODAY = date(2026, 11, 21)
ELDER, YOUNGER = date(1948, 5, 17), date(1975, 4, 2)


class TestContacts:
    @pytest.mark.parametrize("typed", ["00 12 34 56", "+47 00123456", "+4700123456", "(00)12 34 56"])
    def test_a_made_up_number_is_one_however_it_is_typed(self, typed):
        assert contacts.normal(ContactSystem.PHONE, typed) == "+4700123456"
        assert contacts.is_made_up("+4700123456")
        assert contacts.as_said(ContactSystem.PHONE, "+4700123456") == "00 12 34 56"

    @pytest.mark.parametrize(
        "number",
        ["+4700123456", "+47" + "2" * 8, "+47" + "8" * 8, "+46812345678", "+12015550123", "+442079460958"],
    )
    def test_a_number_as_it_is_said_is_read_back_as_the_same(self, number):
        said = contacts.as_said(ContactSystem.PHONE, number)

        assert said != number
        assert contacts.normal(ContactSystem.PHONE, said) == number

    def test_an_address_keeps_its_lines(self):
        assert contacts.normal(ContactSystem.ADDRESS, " Demoveien  1 \n\n 0001 Oslo") == "Demoveien 1\n0001 Oslo"

    @pytest.mark.parametrize(
        ("details", "problems"),
        [
            (ContactDetails(ContactSystem.PHONE, ""), {"value": "missing"}),
            (ContactDetails(ContactSystem.PHONE, "12"), {"value": "not_phone"}),
            (ContactDetails(ContactSystem.PHONE, "1" * 41), {"value": "too_long"}),
            (ContactDetails(ContactSystem.EMAIL, "kari@"), {"value": "not_email"}),
            (ContactDetails(ContactSystem.ADDRESS, "Demoveien\x00"), {"value": "not_address"}),
            (
                ContactDetails(ContactSystem.PHONE, "+4700123456", own=False, safe_for_notices=True),
                {"safe_for_notices": "not_own"},
            ),
            (
                ContactDetails(ContactSystem.ADDRESS, "Demoveien 1", safe_for_notices=True),
                {"safe_for_notices": "not_by_post"},
            ),
            (ContactDetails(ContactSystem.EMAIL, "a@example.org", rank=0), {"rank": "not_a_rank"}),
            (ContactDetails(ContactSystem.EMAIL, "a@example.org", note="x" * 201), {"note": "too_long"}),
        ],
    )
    def test_what_cannot_be_is_refused(self, details, problems):
        with pytest.raises(ContactRefused) as refusal:
            contacts.ensure_contact_valid(details)
        assert refusal.value.problems == problems

    @pytest.mark.parametrize(("tag", "known"), [("so", True), ("zh-Hant", True), ("xq", False), ("norsk", False)])
    def test_a_language_is_one_that_has_a_name(self, tag, known):
        assert contacts.is_language(tag) is known

    def test_a_language_is_named_in_the_language_of_the_page(self):
        assert contacts.language_name("so", in_language="nn") == "somali"


class TestPersons:
    @pytest.mark.parametrize(
        ("changes", "problems"),
        [
            (PersonChanges("", ""), {"given_name": "missing"}),
            (PersonChanges("Kari\x07", ""), {"given_name": "name"}),
            (PersonChanges("Kari", "", birth_date=date(1889, 1, 1)), {"birth_date": "not_a_birth_date"}),
            (PersonChanges("Kari", "", birth_date=TODAY + timedelta(days=1)), {"birth_date": "not_a_birth_date"}),
            (PersonChanges("Kari", "", birth_date=TODAY), {"birth_date": "after_death"}),
            (PersonChanges("Kari", "", person_number="123"), {"person_number": "not_a_person_number"}),
            (PersonChanges("Kari", "", language="klingonsk"), {"language": "not_a_language"}),
            (PersonChanges("Kari", "", best_time="x" * 201), {"best_time": "too_long"}),
        ],
    )
    def test_what_cannot_be_is_refused(self, changes, problems):
        with pytest.raises(DetailsInvalid) as refusal:
            persons.ensure_changes_valid(changes, died_on=date(2026, 1, 1), today=TODAY)
        assert refusal.value.problems == problems

    @pytest.mark.parametrize(
        ("died_on", "known", "problem"),
        [
            (TODAY + timedelta(days=1), None, "not_a_day"),
            (ELDER - timedelta(days=1), None, "before_birth"),
            (TODAY, TODAY - timedelta(days=1), "already_dead"),
        ],
    )
    def test_a_death_that_cannot_be_is_refused(self, died_on, known, problem):
        with pytest.raises(DeathRefused) as refusal:
            persons.ensure_death(died_on=died_on, birth_date=ELDER, known=known, today=TODAY)
        assert refusal.value.problem == problem

    def test_whoever_was_born_on_a_leap_day_turns_a_year_older_in_march(self):
        assert persons.age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
        assert persons.age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18


class TestRelations:
    @pytest.mark.parametrize("kind", list(RelationKind))
    def test_each_is_stored_one_way_whoever_tells_it(self, kind):
        one, other = ids.new_id(), ids.new_id()

        assert relations.as_stored(one, other, kind) == relations.as_stored(other, one, INVERSE[kind])

    @pytest.mark.parametrize(
        ("details", "problems"),
        [
            (RelationDetails(RelationKind.PARENT, TODAY), {"kind": "child_older_than_parent"}),
            (RelationDetails(RelationKind.CHILD, ELDER), {"valid_from": "before_birth"}),
            (RelationDetails(RelationKind.CHILD, TODAY + timedelta(days=1)), {"valid_from": "not_a_day"}),
            (RelationDetails(RelationKind.FRIEND, TODAY, TODAY), {"valid_to": "not_after_start"}),
        ],
    )
    def test_what_cannot_be_is_refused(self, details, problems):
        with pytest.raises(RelationRefused) as refusal:
            relations.ensure_relation_valid(details, person_born=ELDER, related_born=YOUNGER, today=TODAY)
        assert refusal.value.problems == problems

    def test_a_stepfather_may_be_the_younger(self):
        details = RelationDetails(RelationKind.STEP_PARENT, TODAY)

        relations.ensure_relation_valid(details, person_born=ELDER, related_born=YOUNGER, today=TODAY)

    def test_family_is_from_birth_and_friends_from_when_we_heard_of_it(self):
        births = {"person_born": ELDER, "related_born": YOUNGER, "today": TODAY}

        assert relations.begins(RelationKind.CHILD, **births) == YOUNGER
        assert relations.begins(RelationKind.FRIEND, **births) == TODAY


def standing(**given):
    kinds = frozenset({given.pop("kind", RelationKind.CHILD)})
    return Standing(kinds=kinds, **{"relation": Period(YOUNGER), "patient_born": ELDER, **given})


class TestRoles:
    @pytest.mark.parametrize(
        ("details", "given", "problems"),
        [
            (RoleDetails(Role.NAERMESTE, TODAY), {}, {"named_by_patient": "not_named"}),
            (RoleDetails(Role.NAERMESTE_STATUTORY, TODAY), {}, {"reasoning": "missing"}),
            (
                RoleDetails(Role.NAERMESTE_STATUTORY, TODAY, reasoning="Daglig kontakt"),
                {"nearest_named": True},
                {"role": "patient_has_named"},
            ),
            (RoleDetails(Role.VERGE, TODAY), {}, {"basis": "mandate_missing"}),
            (RoleDetails(Role.FORELDREANSVAR, TODAY), {}, {"role": "patient_too_old"}),
            (RoleDetails(Role.BARN_PAARORENDE, TODAY), {"carer_born": YOUNGER}, {"role": "holder_too_old"}),
            (RoleDetails(Role.BARN_PAARORENDE, TODAY), {"kind": RelationKind.FRIEND}, {"role": "not_that_kin"}),
            (RoleDetails(Role.LEGAL_REP_ECON, TODAY), {"kind": RelationKind.SIBLING}, {"role": "not_that_kin"}),
            (RoleDetails(Role.UNG_VOKSEN, TODAY), {"carer_born": date(2010, 1, 1)}, {"role": "holder_too_young"}),
            (RoleDetails(Role.ETTERLATT, TODAY), {}, {"role": "patient_alive"}),
            (
                RoleDetails(Role.ETTERLATT, TODAY),
                {"patient_died_on": TODAY + timedelta(days=1)},
                {"valid_from": "before_death"},
            ),
            (
                RoleDetails(Role.PAARORENDE, TODAY, named_by_patient=True),
                {"patient_died_on": date(2026, 1, 1)},
                {"role": "patient_dead"},
            ),
            (RoleDetails(Role.OMSORGSYTER_TYNGENDE, ELDER), {}, {"valid_from": "outside_relation"}),
            (
                RoleDetails(Role.OMSORGSYTER_TYNGENDE, TODAY),
                {"relation": Period(YOUNGER, TODAY + timedelta(days=1))},
                {"valid_to": "outside_relation"},
            ),
            (RoleDetails(Role.OMSORGSYTER_TYNGENDE, TODAY, TODAY), {}, {"valid_to": "not_after_start"}),
            (
                RoleDetails(Role.SAMVAERSFORELDER, TODAY),
                {"kind": RelationKind.PARENT, "patient_born": date(2015, 1, 1), "held": {Role.FORELDREANSVAR}},
                {"role": "has_the_other"},
            ),
        ],
    )
    def test_what_does_not_fit_is_refused(self, details, given, problems):
        with pytest.raises(RoleRefused) as refusal:
            role_rules.ensure_role_fits(details, standing=standing(**given))
        assert refusal.value.problems == problems

    @pytest.mark.parametrize(
        ("details", "given"),
        [
            (RoleDetails(Role.NAERMESTE, TODAY, named_by_patient=True), {"nearest_named": True}),
            (RoleDetails(Role.NAERMESTE_STATUTORY, TODAY, reasoning="Daglig kontakt"), {}),
            (RoleDetails(Role.VERGE, TODAY, basis="Statsforvalteren 3. mars"), {"carer_born": YOUNGER}),
            (RoleDetails(Role.FORELDREANSVAR, TODAY), {"patient_born": date(2015, 1, 1)}),
            (RoleDetails(Role.ETTERLATT, TODAY), {"patient_died_on": TODAY}),
            (RoleDetails(Role.BARN_PAARORENDE, TODAY), {"carer_born": date(2015, 1, 1)}),
        ],
    )
    def test_what_fits_is_accepted(self, details, given):
        role_rules.ensure_role_fits(details, standing=standing(**given))


class TestInforming:
    @pytest.mark.parametrize(
        ("registered", "due"), [(date(2026, 1, 31), date(2026, 2, 28)), (date(2026, 12, 5), date(2027, 1, 5))]
    )
    def test_is_due_a_month_later(self, registered, due):
        assert informing.due_after(registered) == due
