"""Whom lists of other apps may name, and what a job may ask."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain import actors
from medspiller.core import clock
from medspiller.people import selectors
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.domain.relations import RelationKind
from medspiller.people.models import ChildrenAnswer, InformationGiven
from medspiller.people.tests import factories
from tests.support.database import HERE

SYSTEM = actors.system(HERE)


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care)


@pytest.fixture
def oddny(house):
    person = factories.make_person()
    factories.involve(person, house.home_care)
    return person


def mentioned(actor, *persons):
    within = selectors.reach(actor=actor)
    return selectors.mentioned(actor=actor, person_ids={person.id for person in persons}, within=within)


class TestMentioned:
    def test_is_whom_the_actor_may_open_with_the_ground_for_the_log(self, nurse, oddny, house):
        stranger = factories.make_person("Ola")

        found = mentioned(nurse, oddny, stranger)

        assert set(found) == {oddny.id}
        seen = found[oddny.id]
        assert (seen.name, seen.birth_date, seen.is_protected) == ("Oddny Demoli", oddny.birth_date, False)
        assert (seen.basis.code, seen.basis.unit_id) == ("involvement", house.home_care)

    def test_says_whose_address_is_protected(self, nurse, house):
        hidden = factories.make_person("Kari", protected=ProtectedAddress.STRICT)
        factories.involve(hidden, house.home_care)

        assert mentioned(nurse, hidden)[hidden.id].is_protected

    def test_is_nobody_whose_follow_up_is_over_or_who_turned_out_to_be_somebody_else(self, nurse, oddny, house):
        past, twice = factories.make_person("Ola"), factories.make_person("Åse")
        factories.involve(past, house.home_care, ended=True)
        factories.involve(twice, house.home_care)
        twice.merged_into = oddny
        twice.save(update_fields=["merged_into"])

        assert set(mentioned(nurse, oddny, past, twice)) == {oddny.id}

    def test_is_whom_the_actor_has_opened_by_emergency_access(self, nurse, house):
        fallen = factories.make_person("Kari")
        factories.make_emergency(fallen, nurse, house.home_care)

        assert mentioned(nurse, fallen)[fallen.id].basis.chosen_by_actor

    def test_is_never_the_actor_nor_their_family(self, house):
        nurse = factories.worker(house.tenant_id, house.home_care, number=factories.NUMBER)
        herself, mother = factories.make_person(number=factories.NUMBER), factories.make_person("Kari")
        factories.relate(herself, mother, RelationKind.PARENT)
        for person in (herself, mother):
            factories.involve(person, house.home_care)

        assert selectors.reach(actor=nurse).closed == {herself.id, mother.id}
        assert mentioned(nurse, herself, mother) == {}

    @pytest.mark.parametrize("actor", [SYSTEM, actors.anonymous(HERE)])
    def test_is_nobody_for_whoever_is_not_staff(self, oddny, actor):
        assert mentioned(actor, oddny) == {}

    def test_costs_three_statements_however_many_they_are(self, nurse, house):
        persons = [factories.make_person(f"Nr {number}") for number in range(20)]
        for person in persons:
            factories.involve(person, house.home_care)

        with CaptureQueriesContext(connection) as queries:
            assert len(mentioned(nurse, *persons)) == 20

        # Where the actor stands, who they are, who follows them up; with the units of the actor once.
        assert len(queries) <= 4


class TestWhatAJobAsks:
    def test_involvements_are_over_or_to_come(self, house, oddny):
        past, soon = factories.make_person("Ola"), factories.make_person("Kari")
        factories.involve(past, house.home_care, ended=True)
        factories.involve(soon, house.home_care, ahead=True)

        to_come = set(selectors.involvements_to_come(actor=SYSTEM).values_list("person_id", flat=True))
        assert to_come == {oddny.id, soon.id}
        assert set(selectors.involvements_over(actor=SYSTEM).values_list("person_id", flat=True)) == {past.id}

    def test_children_are_asked_about_when_both_questions_of_the_law_are_answered(self, house, oddny):
        def answer(topic, reply):
            ChildrenAnswer.objects.update_or_create(
                patient=oddny,
                topic=topic,
                defaults={"unit_id": house.home_care, "reply": reply, "asked_by": SYSTEM.id, "asked_at": clock.now()},
            )
            return selectors.children_are_asked_about(actor=SYSTEM, person_id=oddny.id)

        assert not answer("minor_children", "no")
        assert not answer("imprisonment", "no")
        assert not answer("minor_siblings", "not_asked")
        assert answer("minor_siblings", "yes")

    @pytest.mark.parametrize(
        ("columns", "informed"),
        [({}, False), ({"informed_at": clock.now(), "how": "letter"}, True), ({"reason_not_to": "Fare."}, True)],
    )
    def test_somebody_is_informed_when_told_or_when_it_is_written_down_why_not(self, house, oddny, columns, informed):
        today = date(2026, 11, 1)
        InformationGiven.objects.create(
            person=oddny,
            unit_id=house.home_care,
            registered_on=today,
            due_on=today + timedelta(days=30),
            **columns,
        )

        assert selectors.is_informed(actor=SYSTEM, person_id=oddny.id) is informed
        due = selectors.to_be_informed_by(actor=SYSTEM, person_id=oddny.id)
        assert due == (None if informed else date(2026, 12, 1))

    def test_is_not_said_to_anybody_else(self, nurse, oddny, house):
        InformationGiven.objects.create(
            person=oddny, unit_id=house.home_care, registered_on=date(2026, 11, 1), due_on=date(2026, 12, 1)
        )

        assert not selectors.involvements_to_come(actor=nurse).exists()
        assert not selectors.involvements_over(actor=nurse).exists()
        assert selectors.to_be_informed_by(actor=nurse, person_id=oddny.id) is None
        assert not selectors.is_informed(actor=nurse, person_id=oddny.id)
        assert not selectors.children_are_asked_about(actor=nurse, person_id=oddny.id)
