"""Opening, changing, moving and closing units."""

from dataclasses import replace
from datetime import date
from unittest import mock

import pytest

from medspiller.audit.models import AccessEntry
from medspiller.core import events
from medspiller.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from medspiller.organisations import policies, services
from medspiller.organisations.domain import closing, tree
from medspiller.organisations.domain.details import UnitDetails
from medspiller.organisations.domain.events import UnitChanged, UnitClosed, UnitMoved, UnitOpened
from medspiller.organisations.domain.kinds import UnitKind
from medspiller.organisations.models import Unit
from medspiller.organisations.tests import factories
from medspiller.organisations.tests.factories import OPENED, TODAY

SOUTH = UnitDetails(name="Sone sør", kind=UnitKind.HOME_CARE, opening_hours="Hele døgnet")


@pytest.fixture
def house(here):
    return factories.make_unit("Helse og omsorg", kind=UnitKind.SERVICE_AREA.value)


@pytest.fixture
def south(house):
    return factories.make_unit("Sone sør", under=house)


@pytest.fixture
def leader(here, house, south):
    return factories.staff(here, *policies.ACTIONS, units=[house, south])


@pytest.fixture
def told(monkeypatch):
    """What was announced."""
    announced = []
    monkeypatch.setattr(events, "publish", mock.Mock(side_effect=announced.append))
    return announced


def logged(subject_id):
    return list(AccessEntry.objects.filter(subject_id=subject_id).values_list("action", flat=True))


class TestOpening:
    def test_stores_logs_and_tells(self, leader, house, told):
        north = services.open_unit(
            actor=leader, parent_id=house.id, details=replace(SOUTH, name=" Sone  nord "), opened_on=TODAY
        )

        assert (north.name, north.parent_id, north.version, north.tenant_id) == (
            "Sone nord",
            house.id,
            1,
            house.tenant_id,
        )
        assert logged(north.id) == ["organisations.open_unit"]
        assert told == [UnitOpened(unit_id=north.id, parent_id=house.id, opened_on=TODAY)]

    def test_is_refused_to_somebody_from_next_door(self, here, house):
        neighbour = factories.staff(here, *policies.ACTIONS, units=[factories.make_unit("Kultur")])

        with pytest.raises(NotAllowed):
            services.open_unit(actor=neighbour, parent_id=house.id, details=SOUTH, opened_on=TODAY)

    def test_at_the_top_is_the_systems(self, here, leader):
        with pytest.raises(NotAllowed):
            services.open_unit(actor=leader, parent_id=None, details=SOUTH, opened_on=TODAY)

        top = services.open_unit(actor=factories.system(here), parent_id=None, details=SOUTH, opened_on=TODAY)

        assert top.parent_id is None

    def test_under_a_unit_one_may_not_see_looks_as_if_it_were_not_there(self, here, house):
        with pytest.raises(NotFound):
            services.open_unit(actor=factories.stranger(here), parent_id=house.id, details=SOUTH, opened_on=TODAY)

    @pytest.mark.parametrize("taken", ["Sone sør", "SONE SØR"])
    def test_with_a_siblings_name_is_refused(self, leader, house, south, taken):
        with pytest.raises(InvalidInput) as refusal:
            services.open_unit(actor=leader, parent_id=house.id, details=replace(SOUTH, name=taken), opened_on=TODAY)

        assert "name" in refusal.value.problems

    def test_with_the_name_of_a_closed_sibling_is_fine(self, leader, house):
        factories.make_unit("Sone øst", under=house, closed=True)

        east = services.open_unit(
            actor=leader, parent_id=house.id, details=replace(SOUTH, name="Sone øst"), opened_on=TODAY
        )

        assert east.closed_from is None

    def test_all_that_is_wrong_with_the_details_is_told_at_once(self, leader, house):
        wrong = replace(SOUTH, name=" ", notice="a" * 501)

        with pytest.raises(InvalidInput) as refusal:
            services.open_unit(actor=leader, parent_id=house.id, details=wrong, opened_on=TODAY)

        assert refusal.value.problems.keys() == {"name", "notice"}

    def test_deeper_than_the_last_level_is_refused(self, here):
        lowest = factories.make_chain(tree.MAX_LEVELS)[-1]

        with pytest.raises(tree.TooDeep):
            services.open_unit(actor=factories.system(here), parent_id=lowest.id, details=SOUTH, opened_on=TODAY)

    def test_in_a_closed_unit_is_refused(self, here):
        closed = factories.make_unit("Sone vest", closed=True)

        with pytest.raises(closing.NotOpenThen):
            services.open_unit(actor=factories.system(here), parent_id=closed.id, details=SOUTH, opened_on=TODAY)


class TestChanging:
    def test_stores_logs_and_tells_what_differs(self, leader, south, told):
        changed = services.change_unit(
            actor=leader, unit_id=south.id, seen_version=1, details=replace(south.details, notice="Møte kl. 14")
        )

        assert (changed.notice, changed.version) == ("Møte kl. 14", 2)
        assert logged(south.id) == ["organisations.change_unit"]
        assert told == [UnitChanged(unit_id=south.id, fields=("notice",))]

    def test_nothing_stores_nothing_and_tells_nobody(self, leader, south, told):
        services.change_unit(actor=leader, unit_id=south.id, seen_version=1, details=south.details)

        assert Unit.objects.get(id=south.id).version == 1
        assert (told, logged(south.id)) == ([], [])

    def test_what_somebody_else_changed_meanwhile_is_refused_and_told(self, leader, south):
        seen = south.details
        services.change_unit(
            actor=leader,
            unit_id=south.id,
            seen_version=1,
            details=replace(seen, notice="Møte kl. 14", kind=UnitKind.WARD),
        )

        with pytest.raises(Conflict) as refusal:
            services.change_unit(
                actor=leader, unit_id=south.id, seen_version=1, details=replace(seen, about="Vi holder til i Sandvika")
            )

        assert refusal.value.changed == {"kind": "Sengepost", "notice": "Møte kl. 14"}
        assert Unit.objects.get(id=south.id).about == ""

    def test_what_was_changed_and_changed_back_is_no_conflict(self, leader, south):
        seen = south.details
        for version, notice in ((1, "Møte kl. 14"), (2, "")):
            services.change_unit(
                actor=leader, unit_id=south.id, seen_version=version, details=replace(seen, notice=notice)
            )

        changed = services.change_unit(
            actor=leader, unit_id=south.id, seen_version=1, details=replace(seen, about="Vi holder til i Sandvika")
        )

        assert (changed.about, changed.version) == ("Vi holder til i Sandvika", 4)

    def test_a_version_that_never_was_is_a_conflict_in_everything(self, leader, south):
        with pytest.raises(Conflict) as refusal:
            services.change_unit(
                actor=leader, unit_id=south.id, seen_version=7, details=replace(south.details, notice="Møte")
            )

        assert refusal.value.changed["name"] == "Sone sør"

    def test_a_closed_unit_is_refused(self, here):
        closed = factories.make_unit("Sone vest", closed=True)

        with pytest.raises(closing.AlreadyClosed):
            services.change_unit(
                actor=factories.system(here),
                unit_id=closed.id,
                seen_version=1,
                details=replace(closed.details, notice="x"),
            )

    def test_to_a_siblings_name_is_refused(self, leader, house, south):
        factories.make_unit("Sone nord", under=house)

        with pytest.raises(InvalidInput):
            services.change_unit(
                actor=leader, unit_id=south.id, seen_version=1, details=replace(south.details, name="Sone nord")
            )

    def test_is_refused_to_somebody_who_only_may_look(self, here, south):
        with pytest.raises(NotAllowed):
            services.change_unit(
                actor=factories.staff(here), unit_id=south.id, seen_version=1, details=replace(SOUTH, notice="x")
            )

    def test_keeps_every_version_with_who_made_it(self, leader, south):
        services.change_unit(
            actor=leader, unit_id=south.id, seen_version=1, details=replace(south.details, notice="Møte kl. 14")
        )

        versions = Unit.pgh_event_model.objects.filter(id=south.id).order_by("pgh_id")

        assert [(row.pgh_label, row.version, row.notice) for row in versions] == [
            ("insert", 1, ""),
            ("update", 2, "Møte kl. 14"),
        ]
        assert all(row.pgh_actor_id is not None for row in versions)


class TestMoving:
    @pytest.fixture
    def culture(self, here):
        return factories.make_unit("Kultur")

    @pytest.fixture
    def everywhere(self, here, house, south, culture):
        return factories.staff(here, *policies.ACTIONS, units=[house, south, culture])

    def test_stores_logs_and_tells(self, everywhere, house, south, culture, told):
        moved = services.move_unit(actor=everywhere, unit_id=south.id, parent_id=culture.id)

        assert (moved.parent_id, moved.version) == (culture.id, 2)
        assert logged(south.id) == ["organisations.move_unit"]
        assert told == [UnitMoved(unit_id=south.id, from_parent_id=house.id, to_parent_id=culture.id)]

    def test_to_where_it_is_does_nothing(self, everywhere, house, south, told):
        services.move_unit(actor=everywhere, unit_id=south.id, parent_id=house.id)

        assert told == []

    def test_under_its_own_subunit_is_refused(self, everywhere, house, south):
        with pytest.raises(tree.WouldMakeCycle):
            services.move_unit(actor=everywhere, unit_id=house.id, parent_id=south.id)

    def test_into_a_place_one_may_not_open_units_in_is_refused(self, leader, south, culture):
        with pytest.raises(NotAllowed):
            services.move_unit(actor=leader, unit_id=south.id, parent_id=culture.id)

    def test_to_a_place_where_the_name_is_taken_is_refused(self, everywhere, south, culture):
        factories.make_unit("Sone sør", under=culture)

        with pytest.raises(InvalidInput):
            services.move_unit(actor=everywhere, unit_id=south.id, parent_id=culture.id)

    def test_does_not_make_an_open_form_a_conflict(self, everywhere, south, culture):
        services.move_unit(actor=everywhere, unit_id=south.id, parent_id=culture.id)

        changed = services.change_unit(
            actor=everywhere, unit_id=south.id, seen_version=1, details=replace(south.details, notice="Vi har flyttet")
        )

        assert changed.version == 3


class TestClosing:
    def test_stores_logs_and_tells(self, leader, south, told):
        closed = services.close_unit(actor=leader, unit_id=south.id, closed_from=TODAY)

        assert closed.closed_from == TODAY
        assert logged(south.id) == ["organisations.close_unit"]
        assert told == [UnitClosed(unit_id=south.id, closed_from=TODAY)]

    def test_a_unit_in_use_is_refused_and_what_is_open_is_named(self, leader, house, south):
        factories.make_post(house, "Leder")

        with pytest.raises(closing.StillInUse) as refusal:
            services.close_unit(actor=leader, unit_id=house.id, closed_from=TODAY)

        assert (refusal.value.subunits, refusal.value.posts) == (("Sone sør",), ("Leder",))

    def test_what_has_closed_before_does_not_count(self, leader, south):
        factories.make_post(south, closed=True)
        factories.make_unit("Gruppe 1", under=south, closed=True)

        assert services.close_unit(actor=leader, unit_id=south.id, closed_from=TODAY).closed_from == TODAY

    def test_a_post_that_outlives_the_unit_by_a_day_counts(self, leader, south):
        factories.make_post(south, closed_from=date(2026, 11, 22))

        with pytest.raises(closing.StillInUse):
            services.close_unit(actor=leader, unit_id=south.id, closed_from=TODAY)

    def test_twice_is_refused(self, leader, south):
        services.close_unit(actor=leader, unit_id=south.id, closed_from=TODAY)

        with pytest.raises(closing.AlreadyClosed):
            services.close_unit(actor=leader, unit_id=south.id, closed_from=TODAY)

    def test_before_it_opened_is_refused(self, leader, south):
        with pytest.raises(ValueError, match="cannot end"):
            services.close_unit(actor=leader, unit_id=south.id, closed_from=OPENED)
