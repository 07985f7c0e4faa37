"""Who may read, change and report, and what the database itself refuses however a row was written."""

from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.people.tests.factories import worker
from medspiller.strategy import policies, selectors, services
from medspiller.strategy.domain.inputs import OwnerChoice
from medspiller.strategy.domain.vocabulary import LinkKind
from medspiller.strategy.models import Goal, Measure, MeasureGoal, MeasureLink, MeasureOwner, Strategy
from medspiller.strategy.tests import factories


@pytest.fixture
def owner(house):
    return factories.owner_of(house.tenant_id, house.top)


class TestWhatTheDatabaseRefuses:
    """However a row was written."""

    @pytest.fixture
    def found(self, owner):
        return factories.measure(owner, factories.area(owner, factories.draft(owner)))

    def broken(self, constraint, change):
        with pytest.raises(IntegrityError) as fault, transaction.atomic():
            change()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert fault.value.__cause__.diag.constraint_name == constraint

    def test_years_in_the_wrong_order(self, found):
        self.broken(
            "strategy_measure_years", lambda: Measure.objects.filter(id=found.id).update(from_year=2026, to_year=2025)
        )
        self.broken("strategy_strategy_years", lambda: Strategy.objects.update(from_year=2099))

    def test_a_second_goal_of_the_same_number(self, found):
        Goal.objects.create(area_id=found.area_id, number=1, text="a")

        self.broken("strategy_goal_number", lambda: Goal.objects.create(area_id=found.area_id, number=1, text="b"))

    def test_a_link_to_itself(self, house):
        _row, target = factories.national(house.tenant_id)
        link = MeasureLink(measure=target, kind="national", target_measure=target)
        self.broken("strategy_link_not_itself", link.save)

    def test_a_link_to_what_is_not_national(self, owner, found):
        other = factories.measure(owner, found.area, "En annen")
        link = MeasureLink(measure=found, kind="national", target_measure=other)
        self.broken("strategy_link_target_national", link.save)

    def test_a_goal_of_another_strategy(self, owner, found):
        elsewhere = factories.area(owner, factories.draft(owner, title="En annen"))
        goal = Goal.objects.create(area=elsewhere, number=1, text="a")

        self.broken("strategy_measuregoal_same_strategy", MeasureGoal(measure=found, goal=goal).save)

    def test_an_area_of_another_strategy(self, owner, found):
        elsewhere = factories.area(owner, factories.draft(owner, title="En annen"))

        self.broken(
            "strategy_measure_area_same_strategy", lambda: Measure.objects.filter(id=found.id).update(area=elsewhere)
        )

    def test_a_national_strategy_of_a_unit(self, house, found):
        self.broken(
            "strategy_strategy_national_no_unit",
            lambda: Strategy.objects.filter(id=found.strategy_id).update(level="national", unit_id=house.top),
        )

    def test_a_public_draft(self, found):
        self.broken("strategy_strategy_public_no_draft", lambda: Strategy.objects.update(is_public=True))

    def test_words_of_a_status_that_is_none(self, found):
        self.broken("strategy_measure_status", lambda: Measure.objects.update(status="soon"))

    def test_an_owner_without_a_name(self, found):
        self.broken("strategy_owner_whole", MeasureOwner(measure=found, number=1, name="").save)


class TestWhoMay:
    @pytest.mark.parametrize("role", sorted(Role))
    def test_all_who_work_for_the_municipality_read(self, house, role):
        row = factories.draft(actors.system(house.tenant_id), unit_id=house.top)
        actor = worker(house.tenant_id, house.night, role)

        if role is Role.ORGANISATION_EDITOR:
            with pytest.raises(NotAllowed):
                selectors.strategy(actor=actor, strategy_id=row.id)
        else:
            assert selectors.strategy(actor=actor, strategy_id=row.id).line.id == row.id

    @pytest.mark.parametrize(
        ("role", "where", "allowed"),
        [
            (Role.STRATEGY_OWNER, "night", True),
            (Role.LEADER, "top", True),
            (Role.LEADER, "home_care", True),
            (Role.LEADER, "night", False),
            (Role.CARER_CONTACT, "home_care", False),
            (Role.CARE_WORKER, "home_care", False),
        ],
    )
    def test_plans_are_changed_by_who_owns_the_strategy_and_leaders_of_the_unit(self, house, role, where, allowed):
        row = factories.draft(actors.system(house.tenant_id), unit_id=house.home_care)
        actor = worker(house.tenant_id, getattr(house, where), role)

        assert selectors.strategy(actor=actor, strategy_id=row.id).may.edit is allowed
        if allowed:
            factories.area(actor, row)
        else:
            with pytest.raises(NotAllowed):
                factories.area(actor, row)

    @pytest.mark.parametrize(
        ("role", "where", "allowed"),
        [
            (Role.STRATEGY_OWNER, "carers", True),
            (Role.LEADER, "night", True),
            (Role.LEADER, "home_care", True),
            (Role.CARER_CONTACT, "night", True),
            (Role.CHILDREN_LEAD, "night", True),
            (Role.LEADER, "carers", False),
            (Role.CARE_WORKER, "night", False),
        ],
    )
    def test_how_it_goes_is_said_by_the_owners_units(self, house, role, where, allowed):
        _row, found = factories.adopted(house.tenant_id, house.top)
        MeasureOwner.objects.create(measure=found, number=1, name="Natt", unit_id=house.night)
        actor = worker(house.tenant_id, getattr(house, where), role)

        listed = Measure.objects.filter(policies.reported_by(actor)).exists()
        assert selectors.measure(actor=actor, measure_id=found.id).may.report is allowed
        assert listed is allowed
        if allowed:
            services.report_status(actor=actor, measure_id=found.id, details=factories.said())
        else:
            with pytest.raises(NotAllowed):
                services.report_status(actor=actor, measure_id=found.id, details=factories.said())

    @pytest.mark.parametrize(("where", "allowed"), [("top", True), ("home_care", False)])
    def test_what_no_unit_owns_is_the_strategys_units(self, house, where, allowed):
        _row, found = factories.adopted(house.tenant_id, house.top)
        actor = factories.leader_of(house.tenant_id, getattr(house, where))

        assert Measure.objects.filter(policies.reported_by(actor)).exists() is allowed
        assert selectors.measure(actor=actor, measure_id=found.id).may.report is allowed

    def test_a_leader_adopts_nothing(self, house):
        row, _measure = factories.adopted(house.tenant_id, house.top)
        leader = factories.leader_of(house.tenant_id, house.top)

        with pytest.raises(NotAllowed):
            services.publish(actor=leader, strategy_id=row.id)
        with pytest.raises(NotAllowed):
            services.end_strategy(actor=leader, strategy_id=row.id, version=row.version)

    def test_what_is_not_there_is_not_found(self, owner):
        for ask in (
            lambda some: selectors.strategy(actor=owner, strategy_id=some),
            lambda some: selectors.measure(actor=owner, measure_id=some),
            lambda some: services.unlink_measure(actor=owner, link_id=some),
            lambda some: services.remove_goal(actor=owner, goal_id=some),
            lambda some: services.set_goals(actor=owner, measure_id=some, goal_ids=[]),
            lambda some: services.remove_indicator(actor=owner, indicator_id=some),
        ):
            with pytest.raises(NotFound):
                ask(UUID(int=7))


def test_a_whole_strategy_is_read_in_as_many_statements_however_long_it_is(house, owner):
    row = factories.draft(owner)
    found = factories.area(owner, row)

    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            selectors.strategy(actor=owner, strategy_id=row.id)
        return len(queries)

    factories.measure(owner, found)
    few = statements()
    for _each in range(5):
        measure = factories.measure(owner, found, owners=[OwnerChoice("a", house.night), OwnerChoice("b")])
        services.link_measure(actor=owner, measure_id=measure.id, kind=LinkKind.OFFER, ref="x")

    assert statements() == few <= 10
