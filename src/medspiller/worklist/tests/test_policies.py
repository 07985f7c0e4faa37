"""Whose list an item stands on: the table, the filter held to the rule, and need to know."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain import actors as who
from medspiller.access.domain.actors import Actor, HeldRole
from medspiller.access.domain.roles import Role
from medspiller.audit.models import AccessEntry
from medspiller.core import ids
from medspiller.core.actors import ActorKind
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.people import selectors as people
from medspiller.people.domain.relations import RelationKind
from medspiller.people.models import Person
from medspiller.people.tests.factories import ANOTHER_NUMBER, NUMBER, relate
from medspiller.worklist import policies, selectors, services
from medspiller.worklist.domain.narrowing import Narrowing
from medspiller.worklist.models import WorkItem
from medspiller.worklist.tests import factories

MATRIX = """
action                        care_worker carer_contact children_lead case_worker coordinator leader administrator strategy_owner volunteer_coordinator organisation_editor
worklist.view_items           yes         yes           yes           yes         yes         yes    no            yes            no                    no
worklist.take_item            yes         yes           yes           yes         yes         yes    no            no             no                    no
worklist.give_back_for_others no          no            no            no          no          yes    no            no             no                    no
worklist.put_item             no          no            no            no          no          no     no            no             no                    no
"""  # noqa: E501 - a table
ACTIONS = {policies.VIEW_ITEMS, policies.TAKE_ITEM, policies.GIVE_BACK_FOR_OTHERS, policies.PUT_ITEM}


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


def sees(actor, item):
    """The answer of the rule, once it is sure that the filter gives the same."""
    closed = people.reach(actor=actor).closed
    answer = policies.may_view(actor, item, closed=closed)
    assert WorkItem.objects.filter(policies.visible(actor, closed=closed), id=item.id).exists() is answer
    return answer


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care)


class TestTheList:
    def test_is_of_the_unit_and_those_below(self, house, nurse):
        own, below, beside = (factories.put(unit) for unit in (house.home_care, house.night, house.carers))

        assert sees(nurse, own)
        assert sees(nurse, below)
        assert not sees(nurse, beside)

    def test_is_for_the_roles_that_an_item_names(self, house, nurse):
        item = factories.put(house.home_care, roles=[Role.CHILDREN_LEAD])

        assert sees(factories.worker(house.tenant_id, house.home_care, Role.CHILDREN_LEAD), item)
        assert not sees(nurse, item)

    def test_leaves_nothing_for_nobody_a_leader_sees_every_role(self, house):
        item = factories.put(house.home_care, roles=[Role.CHILDREN_LEAD])

        assert sees(factories.worker(house.tenant_id, house.home_care, Role.LEADER), item)

    @pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.VOLUNTEER_COORDINATOR, Role.ORGANISATION_EDITOR])
    def test_is_for_nobody_who_meets_nobody(self, house, role):
        actor = factories.worker(house.tenant_id, house.home_care, role)

        assert not sees(actor, factories.put(house.home_care))
        assert selectors.waiting(actor=actor) is None
        with pytest.raises(NotAllowed):
            selectors.items(actor=actor, narrowing=Narrowing(), within=people.reach(actor=actor))

    def test_is_for_no_citizen_and_no_job(self, house, here):
        item = factories.put(house.home_care)

        for other in (who.system(here), who.anonymous(here), Actor(ids.new_id(), ActorKind.CITIZEN, here)):
            assert not sees(other, item)


class TestWhoeverOwnsTheStrategy:
    """They see what names their role and is about nobody, and nothing else of what a unit has to do."""

    NAMED = (Role.STRATEGY_OWNER, Role.LEADER)

    @pytest.fixture
    def owner(self, house):
        return factories.worker(house.tenant_id, house.top, Role.STRATEGY_OWNER)

    def test_sees_what_names_them_in_every_unit_below(self, house, owner):
        item = factories.put(house.night, kind="strategy.status_due", roles=self.NAMED)

        assert sees(owner, item)
        assert [row.id for row in selectors.items(actor=owner, narrowing=Narrowing(), within=people.reach(actor=owner))]

    def test_does_not_see_what_is_for_everybody_in_the_unit(self, house, owner):
        assert not sees(owner, factories.put(house.home_care, roles=[]))

    def test_does_not_see_what_is_for_other_roles(self, house, owner):
        assert not sees(owner, factories.put(house.home_care, roles=[Role.LEADER]))

    def test_does_not_see_anything_about_a_person_even_if_it_names_them(self, house, owner):
        item = factories.put(house.home_care, factories.followed(house.home_care), roles=self.NAMED)

        assert not sees(owner, item)
        with pytest.raises(NotFound):
            selectors.item(actor=owner, item_id=item.id)

    @pytest.mark.parametrize("about_somebody", [True, False])
    @pytest.mark.parametrize("roles", [[], [Role.STRATEGY_OWNER], [Role.CARE_WORKER], [Role.LEADER]])
    def test_who_nurses_besides_sees_as_a_nurse_what_is_about_people(self, house, about_somebody, roles):
        unit = house.home_care
        held = (HeldRole(Role.STRATEGY_OWNER, unit), HeldRole(Role.CARE_WORKER, unit))
        both = Actor(ids.new_id(), ActorKind.STAFF, house.tenant_id, roles=held)
        item = factories.put(unit, factories.followed(unit) if about_somebody else None, roles=roles)

        as_nurse = not roles or Role.CARE_WORKER in roles
        assert sees(both, item) is (as_nurse or (Role.STRATEGY_OWNER in roles and not about_somebody))

    def test_takes_nothing(self, house, owner):
        item = factories.put(house.home_care, kind="strategy.status_due", roles=self.NAMED)

        with pytest.raises(NotAllowed):
            services.take(actor=owner, item_id=item.id)


class TestOneselfAndFamily:
    @pytest.fixture
    def nurse(self, house):
        return factories.worker(house.tenant_id, house.home_care, number=NUMBER)

    def test_what_is_about_oneself_is_not_there(self, house, nurse):
        item = factories.put(house.home_care, factories.followed(house.home_care, number=NUMBER))

        assert not sees(nurse, item)
        with pytest.raises(NotFound):
            selectors.item(actor=nurse, item_id=item.id)
        assert selectors.counts(actor=nurse, within=people.reach(actor=nurse)).now == 0

    def test_what_is_about_ones_sister_is_not_there(self, house, nurse):
        sister = factories.followed(house.home_care)
        relate(factories.make_person("Solveig", number=NUMBER), sister, RelationKind.SIBLING)

        assert not sees(nurse, factories.put(house.home_care, sister))

    def test_a_colleague_sees_it(self, house, nurse):
        item = factories.put(house.home_care, factories.followed(house.home_care, number=NUMBER))

        assert sees(factories.worker(house.tenant_id, house.home_care), item)


class TestNeedToKnow:
    def test_somebody_the_unit_does_not_follow_up_stays_without_a_name(self, house, nurse):
        item = factories.put(house.home_care, factories.make_person("Hemmelig"))

        line = selectors.item(actor=nurse, item_id=item.id)

        assert (line.person, line.is_nameless, line.can_be_taken) == (None, True, False)
        assert not AccessEntry.objects.filter(action="worklist.view_items").exists()

    def test_everybody_named_is_in_the_log_in_one_insert(self, house, nurse):
        persons = [factories.followed(house.home_care, name) for name in ("Oddny", "Kari", "Noah")]
        rows = [factories.put(house.home_care, person) for person in persons]
        rows.append(factories.put(house.home_care, factories.make_person("Hemmelig")))

        with CaptureQueriesContext(connection) as queries:
            lines = selectors.shown(actor=nurse, rows=rows, within=people.reach(actor=nurse))

        entries = AccessEntry.objects.filter(action="worklist.view_items")
        assert {entry.person_id for entry in entries} == {person.id for person in persons}
        assert {entry.basis for entry in entries} == {"involvement"}
        assert {tuple(entry.information) for entry in entries} == {("name_and_birth", "children")}
        assert [line.is_nameless for line in lines] == [False, False, False, True]
        assert sum("INSERT" in query["sql"] for query in queries) == 1


@pytest.mark.parametrize("seed", range(6))
def test_over_random_lists_the_filter_and_the_rule_agree(house, seed):
    chance = random.Random(seed)  # noqa: S311 - made to be foreseen
    units = [house.top, house.carers, house.home_care, house.night]
    actors = [
        factories.worker(house.tenant_id, chance.choice(units), chance.choice(list(Role)), number=number)
        for number in (NUMBER, ANOTHER_NUMBER, "")
    ]
    actors.append(factories.worker(house.tenant_id, house.home_care, Role.LEADER))
    persons: list[Person | None] = [factories.make_person(number=number) for number in (NUMBER, ANOTHER_NUMBER, "", "")]
    relate(persons[0], persons[2], RelationKind.SIBLING)
    relate(persons[3], persons[1], RelationKind.SIBLING)
    items = [
        factories.put(
            chance.choice(units),
            chance.choice([None, *persons]),
            subject_id=ids.new_id(),
            roles=chance.sample(list(Role), chance.choice([0, 0, 1, 2])),
        )
        for _ in range(25)
    ]

    assert {sees(actor, item) for actor in actors for item in items} == {True, False}


def test_somebody_with_two_roles_has_each_where_it_is_held(house):
    nurse = factories.worker(house.tenant_id, house.home_care)
    both = Actor(
        id=nurse.id,
        kind=ActorKind.STAFF,
        tenant_id=house.tenant_id,
        roles=(*nurse.roles, HeldRole(Role.CHILDREN_LEAD, house.carers)),
        expand=nurse.expand,
    )

    assert sees(both, factories.put(house.carers, roles=[Role.CHILDREN_LEAD]))
    assert not sees(both, factories.put(house.home_care, roles=[Role.CHILDREN_LEAD]))
    assert sees(both, factories.put(house.night, roles=[Role.CARE_WORKER]))
    assert not sees(both, factories.put(house.carers, roles=[Role.CARE_WORKER]))
