"""What the database itself refuses, whoever writes and however."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, connections

from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.core import ids, tenancy
from medspiller.organisations.domain import tree
from medspiller.organisations.domain.kinds import OrganisationKind, TenantKind, UnitKind
from medspiller.organisations.models import Organisation, Post, Unit
from medspiller.organisations.tests import factories
from tests.support.database import HERE


@pytest.fixture
def house(here):
    return factories.make_unit("Helse og omsorg")


class TestTree:
    def test_a_unit_is_not_under_itself(self, house):
        with pytest.raises(IntegrityError, match="under itself"):
            Unit.objects.filter(id=house.id).update(parent=house)

    def test_a_unit_is_not_born_under_itself(self, here):
        own_id = ids.new_id()

        with pytest.raises(IntegrityError, match="under itself"):
            Unit.objects.create(
                id=own_id, parent_id=own_id, name="Alene", kind=UnitKind.OTHER.value, opened_on=factories.OPENED
            )

    def test_a_unit_is_not_under_its_own_subunit(self, house):
        lowest = factories.make_unit("Gruppe 1", under=factories.make_unit("Sone sør", under=house))

        with pytest.raises(IntegrityError, match="under itself"):
            Unit.objects.filter(id=house.id).update(parent=lowest)

    def test_the_last_level_is_accepted_and_one_more_is_not(self, here):
        units = factories.make_chain(tree.MAX_LEVELS)

        with pytest.raises(IntegrityError, match="too deep"):
            factories.make_unit("Ett for mye", under=units[-1])

    def test_what_hangs_below_a_moved_unit_counts(self, here):
        lowest = factories.make_chain(tree.MAX_LEVELS - 1)[-1]
        moved = factories.make_unit("Kultur")
        factories.make_unit("Bibliotek", under=moved)

        with pytest.raises(IntegrityError, match="too deep"):
            Unit.objects.filter(id=moved.id).update(parent=lowest)

    def test_a_parent_must_be_there_first(self, here):
        with pytest.raises(IntegrityError, match="no such parent"):
            Unit.objects.create(
                parent_id=ids.new_id(), name="Foreldreløs", kind=UnitKind.OTHER.value, opened_on=factories.OPENED
            )

    @pytest.mark.parametrize("name", ["Sone sør", "sone SØR"])
    def test_siblings_do_not_share_a_name_at_the_same_time(self, house, name):
        factories.make_unit("Sone sør", under=house)

        with pytest.raises(IntegrityError, match="organisations_unit_name_among_siblings"):
            factories.make_unit(name, under=house)

    def test_nor_do_units_at_the_top(self, house):
        with pytest.raises(IntegrityError, match="organisations_unit_name_among_siblings"):
            factories.make_unit(house.name)

    def test_cousins_and_successors_may_share_a_name(self, house):
        factories.make_unit("Sone sør", under=house, closed=True)
        factories.make_unit("Sone sør", under=house, opened_on=factories.LAST_YEAR_ENDED)

        factories.make_unit("Sone sør", under=factories.make_unit("Kultur"))

        assert Unit.objects.filter(name="Sone sør").count() == 3


class TestPeriods:
    def test_no_unit_outlives_the_one_it_is_part_of(self, here):
        closed = factories.make_unit("Sone vest", closed=True)

        with pytest.raises(IntegrityError, match="outlive"):
            factories.make_unit("Gruppe 1", under=closed)

    def test_no_unit_is_closed_with_a_subunit_open(self, house):
        factories.make_unit("Sone sør", under=house)

        with pytest.raises(IntegrityError, match="still has something open"):
            Unit.objects.filter(id=house.id).update(closed_from=factories.TODAY)

    def test_no_unit_is_closed_with_a_post_open(self, house):
        factories.make_post(house)

        with pytest.raises(IntegrityError, match="still has something open"):
            Unit.objects.filter(id=house.id).update(closed_from=factories.TODAY)

    @pytest.mark.parametrize(
        ("opened_on", "closed_from"),
        [(date(2019, 12, 31), date(2025, 1, 1)), (date(2021, 1, 1), None), (date(2021, 1, 1), date(2026, 1, 2))],
    )
    def test_no_post_lies_outside_the_time_of_its_unit(self, here, opened_on, closed_from):
        closed = factories.make_unit("Sone vest", closed=True)

        with pytest.raises(IntegrityError, match="outside the time of its unit"):
            factories.make_post(closed, opened_on=opened_on, closed_from=closed_from)

    def test_a_post_may_fill_the_time_of_its_unit(self, here):
        closed = factories.make_unit("Sone vest", closed=True)

        assert factories.make_post(closed, closed=True).closed_from == closed.closed_from

    def test_no_unit_ends_on_the_day_it_begins(self, here):
        with pytest.raises(IntegrityError, match="organisations_unit_period"):
            factories.make_unit(closed_from=factories.OPENED)

    def test_no_post_ends_on_the_day_it_begins(self, house):
        with pytest.raises(IntegrityError, match="organisations_post_period"):
            factories.make_post(house, closed_from=factories.OPENED)


class TestWords:
    def test_nothing_is_nameless(self, house):
        for make in (
            lambda: factories.make_unit(""),
            lambda: factories.make_organisation(""),
            lambda: factories.make_post(house, ""),
        ):
            with (
                pytest.raises(IntegrityError, match="_has_"),
                tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID),
            ):
                make()

    def test_one_organisation_has_a_name_whatever_its_case(self, here):
        factories.make_organisation("Demensforeningen")

        with pytest.raises(IntegrityError, match="organisations_organisation_name"):
            factories.make_organisation("DEMENSFORENINGEN")

    @pytest.mark.parametrize(
        ("table", "kinds"),
        [
            ("organisations_unit", UnitKind),
            ("organisations_organisation", OrganisationKind),
            ("organisations_tenant", TenantKind),
        ],
    )
    def test_the_database_knows_the_same_kinds_as_the_code(self, here, table, kinds):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [f"{table}_kind"])
            (definition,) = cursor.fetchone()

        assert {kind for kind in kinds if f"'{kind}'" in definition} == set(kinds)
        assert definition.count("'") == 2 * len(kinds)


class TestHistory:
    def test_what_was_removed_is_kept(self, here):
        organisation = factories.make_organisation()
        organisation_id = organisation.id
        organisation.delete()

        versions = Organisation.pgh_event_model.objects.filter(id=organisation_id).order_by("pgh_id")

        assert [row.pgh_label for row in versions] == ["insert", "delete"]

    def test_names_who_the_transaction_acted_for(self, here):
        actor_id = ids.new_id()
        tenancy.enter_tenant(tenant_id=here, actor_id=actor_id)

        post = factories.make_post(factories.make_unit())

        assert Post.pgh_event_model.objects.get(id=post.id).pgh_actor_id == actor_id


@pytest.mark.slow
def test_two_moves_at_the_same_moment_make_no_circle(committed):
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
        health, culture = factories.make_unit("Helse"), factories.make_unit("Kultur")
    both_ready, refused = threading.Barrier(2, timeout=60), []

    def move(unit, under):
        try:
            with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
                Unit.objects.count()
                both_ready.wait()
                Unit.objects.filter(id=unit.id).update(parent=under)
        except IntegrityError as refusal:
            refused.append(refusal)
        finally:
            connections["default"].close()

    movers = [threading.Thread(target=move, args=pair) for pair in ((health, culture), (culture, health))]
    for mover in movers:
        mover.start()
    for mover in movers:
        mover.join(timeout=120)

    assert len(refused) == 1
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
        assert Unit.objects.filter(parent=None).count() == 1
