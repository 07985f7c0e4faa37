"""Who may do what, and who may see whom: the table, and the filter held to the rule."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain import actors as who
from medspiller.access.domain.actors import Actor, HeldRole
from medspiller.access.domain.roles import Role
from medspiller.core import clock, ids
from medspiller.core.actors import ActorKind
from medspiller.people import policies
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.need_to_know import Refusal
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.domain.relations import YOUNGER, RelationKind
from medspiller.people.models import Involvement, Person
from medspiller.people.tests import factories

MATRIX = """
action                         care_worker carer_contact children_lead case_worker coordinator leader administrator strategy_owner volunteer_coordinator organisation_editor
people.view_person             yes         yes           yes           yes         yes         yes    no            no             no                    no
people.register_person         yes         yes           yes           yes         yes         yes    no            no             no                    no
people.open_involvement        yes         yes           yes           yes         yes         yes    no            no             no                    no
people.close_involvement       yes         yes           yes           yes         yes         yes    no            no             no                    no
people.edit_person             yes         yes           yes           yes         yes         yes    no            no             no                    no
people.edit_relation           yes         yes           yes           yes         yes         yes    no            no             no                    no
people.edit_role               yes         yes           yes           yes         yes         yes    no            no             no                    no
people.inform_person           yes         yes           yes           yes         yes         yes    no            no             no                    no
people.tell_after_follow_up   no          no            no            no          no          yes    no            no             no                    no
people.use_emergency_access    yes         yes           yes           yes         yes         yes    no            no             no                    no
people.review_emergency_access no          no            no            no          no          yes    no            no             no                    no
people.view_snooping_report    no          no            no            no          no          yes    no            no             no                    no
people.answer_access_question  no          yes           no            no          no          yes    no            no             no                    no
people.view_own_access_log     no          no            no            no          no          no     no            no             no                    no
"""  # noqa: E501 - a table
ACTIONS = {
    policies.VIEW_PERSON,
    policies.REGISTER_PERSON,
    policies.OPEN_INVOLVEMENT,
    policies.CLOSE_INVOLVEMENT,
    policies.EDIT_PERSON,
    policies.EDIT_RELATION,
    policies.EDIT_ROLE,
    policies.INFORM_PERSON,
    policies.TELL_AFTER_FOLLOW_UP,
    policies.USE_EMERGENCY,
    policies.REVIEW_EMERGENCY,
    policies.VIEW_REPORT,
    policies.ANSWER_QUESTION,
    policies.VIEW_OWN_LOG,
}


def expectations(matrix):
    heading, *rows = matrix.strip().splitlines()
    roles = heading.split()[1:]
    for row in rows:
        action, *answers = row.split()
        yield from ((action, role, answer == "yes") for role, answer in zip(roles, answers, strict=True))


def test_the_table_names_every_action_and_every_role():
    cells = list(expectations(MATRIX))

    assert {action for action, _, _ in cells} == ACTIONS
    assert {role for _, role, _ in cells} == set(Role)


@pytest.mark.parametrize(("action", "role", "expected"), list(expectations(MATRIX)))
def test_every_cell(action, role, expected):
    unit = ids.new_id()
    actor = Actor(id=ids.new_id(), kind=ActorKind.STAFF, tenant_id=None, roles=(HeldRole(Role(role), unit),))

    assert actor.may(action, unit_id=unit) is expected


def test_a_citizen_may_look_at_the_own_log_and_nothing_else_here():
    citizen = Actor(id=ids.new_id(), kind=ActorKind.CITIZEN, tenant_id=None)

    assert {action for action in ACTIONS if citizen.may(action)} == {policies.VIEW_OWN_LOG}


def sees(actor, person):
    """The answer of the rule, once it is sure that the filter gives the same."""
    at = clock.now()
    allowed = policies.may_open(actor, person, at=at).allowed
    assert Person.objects.filter(policies.visible(actor, at=at), id=person.id).exists() is allowed
    return allowed


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care)


@pytest.fixture
def patient(here):
    return factories.make_person()


class TestThroughAUnit:
    def test_one_sees_those_it_has_to_do_with(self, nurse, patient, house):
        factories.involve(patient, house.home_care)

        assert sees(nurse, patient)

    def test_one_sees_those_of_a_unit_below(self, nurse, patient, house):
        factories.involve(patient, house.night)

        assert sees(nurse, patient)

    def test_one_does_not_see_those_of_a_unit_above_or_beside(self, nurse, patient, house):
        factories.involve(patient, house.top)
        factories.involve(patient, house.carers)

        assert not sees(nurse, patient)

    @pytest.mark.parametrize("when", ["ended", "ahead"])
    def test_one_does_not_see_before_and_after(self, nurse, patient, house, when):
        factories.involve(patient, house.home_care, **{when: True})

        assert not sees(nurse, patient)

    @pytest.mark.parametrize(
        "role", [Role.ADMINISTRATOR, Role.STRATEGY_OWNER, Role.VOLUNTEER_COORDINATOR, Role.ORGANISATION_EDITOR]
    )
    def test_one_does_not_see_in_a_role_that_follows_up_nobody(self, patient, house, role):
        factories.involve(patient, house.home_care)

        assert not sees(factories.worker(house.tenant_id, house.top, role), patient)

    def test_nobody_else_sees_anybody(self, patient, house, here):
        factories.involve(patient, house.top)

        for other in (who.system(here), who.anonymous(here), Actor(ids.new_id(), ActorKind.CITIZEN, here)):
            assert not sees(other, patient)


class TestByEmergencyAccess:
    def test_one_sees_while_it_lasts(self, nurse, patient, house):
        factories.make_emergency(patient, nurse, house.home_care)

        assert sees(nurse, patient)

    @pytest.mark.parametrize("when", ["over", "ahead"])
    def test_one_does_not_see_before_and_after(self, nurse, patient, house, when):
        factories.make_emergency(patient, nurse, house.home_care, **{when: True})

        assert not sees(nurse, patient)

    def test_a_colleague_does_not_see(self, nurse, patient, house):
        factories.make_emergency(patient, nurse, house.home_care)

        assert not sees(factories.worker(house.tenant_id, house.home_care), patient)

    def test_it_ends_with_the_role(self, nurse, patient, house):
        factories.make_emergency(patient, nurse, house.carers)

        assert not sees(nurse, patient)

    def test_strictly_protected_stay_closed(self, nurse, house):
        hidden = factories.make_person(protected=ProtectedAddress.STRICT)
        factories.make_emergency(hidden, nurse, house.home_care)

        assert policies.may_open(nurse, hidden, at=clock.now()).refused is Refusal.PROTECTED
        assert not sees(nurse, hidden)

    @pytest.mark.parametrize("protected", [ProtectedAddress.NONE, ProtectedAddress.STRICT])
    def test_whoever_let_the_unit_know_no_more_is_hidden_but_from_whoever_it_opens(self, nurse, house, protected):
        person = factories.make_person(protected=protected)
        lent = factories.involve(person, house.home_care, basis=InvolvementBasis.SUPPORT, ended=True)
        Involvement.objects.filter(id=lent.id).update(only_while_let=["plan"])
        colleague = factories.worker(house.tenant_id, house.home_care)
        assert person.id in policies.standing(nurse, at=clock.now()).let_no_more

        factories.make_emergency(person, nurse, house.home_care)

        hidden = person.id in policies.standing(nurse, at=clock.now()).let_no_more
        assert hidden is (protected is ProtectedAddress.STRICT)
        assert person.id in policies.standing(colleague, at=clock.now()).let_no_more


class TestOneselfAndFamily:
    @pytest.fixture
    def nurse(self, house):
        return factories.worker(house.tenant_id, house.home_care, number=factories.NUMBER)

    @pytest.fixture
    def herself(self, here):
        return factories.make_person("Solveig", "Demomyr", number=factories.NUMBER)

    def test_ones_own_file_is_closed_known_by_the_person_number(self, nurse, herself, house):
        factories.involve(herself, house.home_care)
        factories.make_emergency(herself, nurse, house.home_care)

        assert not sees(nurse, herself)

    def test_ones_own_file_is_closed_known_by_the_account(self, house):
        actor = factories.worker(house.tenant_id, house.home_care)
        person = factories.make_person()
        Person.objects.filter(id=person.id).update(user_id=actor.id)
        factories.involve(person, house.home_care)

        assert policies.may_open(actor, person, at=clock.now()).refused is Refusal.OWN_FILE
        assert not sees(actor, person)

    @pytest.mark.parametrize("turned", [False, True])
    def test_a_relatives_file_is_closed_whichever_way_it_was_written(self, nurse, herself, patient, house, turned):
        factories.involve(patient, house.home_care)
        pair = (patient, herself) if turned else (herself, patient)
        factories.relate(*pair, RelationKind.SIBLING, ended=True)

        assert policies.may_open(nurse, patient, at=clock.now()).refused is Refusal.RELATIVE
        assert not sees(nurse, patient)

    def test_a_former_friend_and_a_neighbour_are_not(self, nurse, herself, patient, house):
        factories.involve(patient, house.home_care)
        factories.relate(herself, patient, RelationKind.FRIEND, ended=True)
        factories.relate(herself, patient, RelationKind.NEIGHBOUR)

        assert sees(nurse, patient)

    def test_a_colleague_opens_it(self, nurse, herself, house):
        factories.involve(herself, house.home_care)

        assert sees(factories.worker(house.tenant_id, house.home_care), herself)


@pytest.mark.parametrize("seed", range(8))
def test_over_random_graphs_the_filter_and_the_rule_agree(house, seed):
    chance = random.Random(seed)  # noqa: S311 - made to be foreseen
    units = [house.top, house.carers, house.home_care, house.night]
    nurses = [
        factories.worker(house.tenant_id, chance.choice(units), role, number=number)
        for role, number in (
            (chance.choice(list(Role)), factories.NUMBER),
            (chance.choice(list(Role)), factories.ANOTHER_NUMBER),
            # Somebody at least is in a role that follows people up.
            (Role.CARE_WORKER, ""),
        )
    ]
    numbers = [factories.NUMBER, factories.ANOTHER_NUMBER, *[""] * 18]
    persons = [
        # Each born after those before, so that no relation makes a child older than its parent.
        factories.make_person(
            number=number,
            protected=chance.choice(list(ProtectedAddress)),
            birth_date=factories.BORN + timedelta(days=place),
        )
        for place, number in enumerate(chance.sample(numbers, len(numbers)))
    ]
    for person in persons:
        for unit in chance.sample(units, chance.randrange(3)):
            factories.involve(person, unit, **chance.choice([{}, {}, {"ended": True}, {"ahead": True}]))
        if chance.random() < 0.4:
            state = chance.choice([{}, {"over": True}, {"ahead": True}])
            factories.make_emergency(person, chance.choice(nurses), chance.choice(units), **state)
    for _ in range(12):
        younger, elder = sorted(chance.sample(persons, 2), key=lambda each: each.birth_date, reverse=True)
        kind = chance.choice(list(RelationKind))
        pair = (elder, younger) if kind in YOUNGER else (younger, elder)
        factories.relate(*pair, kind, ended=chance.random() < 0.5)

    answers = {(nurse.id, person.id): sees(nurse, person) for nurse in nurses for person in persons}

    assert set(answers.values()) == {True, False}


class TestCost:
    def test_the_filter_adds_two_statements_at_most(self, nurse, patient, house):
        factories.involve(patient, house.home_care)
        factories.make_emergency(factories.make_person(), nurse, house.home_care)
        fresh = factories.as_actor(factories.employ(tenant_id=house.tenant_id, unit_id=house.top, role=Role.LEADER))

        with CaptureQueriesContext(connection) as queries:
            list(Person.objects.filter(policies.visible(fresh, at=clock.now())))

        assert len(queries) <= 3
