"""What can be looked up, and who sees it."""

from datetime import timedelta

import pytest

from medspiller.core.errors import NotFound
from medspiller.organisations import policies, selectors
from medspiller.organisations.models import Unit
from medspiller.organisations.tests import factories
from medspiller.organisations.tests.factories import LAST_YEAR_ENDED, OPENED, TODAY


@pytest.fixture
def house(here):
    return factories.make_unit("Helse og omsorg")


@pytest.fixture
def south(house):
    return factories.make_unit("Sone sør", under=house)


@pytest.fixture
def nurse(here, south):
    return factories.staff(here, units=[south])


class TestUnits:
    def test_are_there_from_the_day_they_open_to_the_day_before_they_close(self, nurse):
        closed = factories.make_unit("Sone vest", closed=True)

        def listed(day):
            return closed in selectors.units(actor=nurse, on=day)

        assert not listed(OPENED - timedelta(days=1))
        assert listed(OPENED)
        assert listed(LAST_YEAR_ENDED - timedelta(days=1))
        assert not listed(LAST_YEAR_ENDED)

    def test_a_closed_one_can_still_be_looked_up(self, nurse):
        closed = factories.make_unit("Sone vest", closed=True)

        assert selectors.unit(actor=nurse, unit_id=closed.id) == closed

    def test_are_not_there_for_somebody_without_a_role(self, here, south):
        outsider = factories.stranger(here)

        assert list(selectors.units(actor=outsider, on=TODAY)) == []
        with pytest.raises(NotFound):
            selectors.unit(actor=outsider, unit_id=south.id)
        with pytest.raises(NotFound):
            selectors.unit_home(actor=outsider, unit_id=south.id, on=TODAY)

    def test_the_tree_lists_each_before_its_subunits_and_siblings_by_name(self, nurse, house, south):
        north = factories.make_unit("Sone nord", under=house)
        group = factories.make_unit("Gruppe 1", under=north)
        factories.make_unit("Sone vest", under=house, closed=True)
        culture = factories.make_unit("Kultur")

        nodes = selectors.unit_tree(actor=nurse, on=TODAY)

        assert [(node.unit, node.level, node.has_subunits) for node in nodes] == [
            (house, 1, True),
            (north, 2, True),
            (group, 3, False),
            (south, 2, False),
            (culture, 1, False),
        ]

    def test_the_tree_is_one_query(self, nurse, south, django_assert_num_queries):
        factories.make_chain(5)

        with django_assert_num_queries(1):
            selectors.unit_tree(actor=nurse, on=TODAY)


class TestHome:
    def test_shows_the_way_up_what_is_below_and_who_works_there(self, nurse, house, south):
        group = factories.make_unit("Gruppe 1", under=south)
        post = factories.make_post(south)
        factories.make_unit("Gruppe 2", under=south, closed=True)
        factories.make_post(south, "Leder", closed=True)

        home = selectors.unit_home(actor=nurse, unit_id=south.id, on=TODAY)

        assert (home.unit, home.ancestors, home.subunits, home.posts) == (south, (house,), (group,), (post,))

    def test_the_way_up_begins_at_the_top(self, nurse):
        *above, lowest = factories.make_chain(4)

        assert selectors.unit_home(actor=nurse, unit_id=lowest.id, on=TODAY).ancestors == tuple(above)

    def test_is_one_query_however_deep(self, nurse, django_assert_num_queries):
        lowest = factories.make_chain(6)[-1]

        with django_assert_num_queries(1):
            selectors.unit_home(actor=nurse, unit_id=lowest.id, on=TODAY)


class TestSubtree:
    def test_holds_the_roots_and_all_below(self, nurse, house, south):
        group = factories.make_unit("Gruppe 1", under=south, closed=True)
        factories.make_unit("Sone nord", under=house)

        assert selectors.subtree_ids(actor=nurse, roots=[south.id]) == {south.id, group.id}

    def test_leaves_out_roots_that_do_not_exist(self, nurse, south):
        assert selectors.subtree_ids(actor=nurse, roots=[nurse.id]) == frozenset()

    def test_is_empty_without_roots(self, nurse):
        assert selectors.subtree_ids(actor=nurse, roots=frozenset()) == frozenset()


class TestSearch:
    @pytest.mark.parametrize(
        "text", ["Hjemmesykepleien", "hjemmesykepleien SOR", "sykeple", "hjemmesykeplein", "Hjemmesykepleien   sør"]
    )
    def test_finds_parts_other_spellings_and_small_slips(self, nurse, text):
        home_nursing = factories.make_unit("Hjemmesykepleien sør")
        factories.make_unit("Kulturskolen")

        assert selectors.search_units(actor=nurse, text=text) == [home_nursing]

    def test_puts_the_closest_first(self, nurse, south):
        factories.make_unit("Sone sørøst, Rykkinn og omegn")

        assert selectors.search_units(actor=nurse, text="sone sør")[0] == south

    @pytest.mark.parametrize("text", ["", "  ", "\x00"])
    def test_blank_text_finds_nothing(self, nurse, south, text):
        assert selectors.search_units(actor=nurse, text=text) == []

    @pytest.mark.parametrize("text", ["%", "_", "\\", "s%r", "' OR true --", "<%"])
    def test_signs_mean_themselves(self, nurse, south, text):
        assert selectors.search_units(actor=nurse, text=text) == []

    def test_a_percent_sign_in_a_name_is_found(self, nurse):
        full_time = factories.make_unit("100 % stilling")

        assert selectors.search_units(actor=nurse, text="100 %") == [full_time]

    def test_finds_nothing_for_somebody_without_a_role(self, here, south):
        assert selectors.search_units(actor=factories.stranger(here), text="Sone sør") == []


class TestKinds:
    def test_every_kind_of_unit_and_organisation_has_a_name(self, nurse):
        units, organisations = selectors.unit_kinds(actor=nurse), selectors.organisation_kinds(actor=nurse)

        assert all(name for _, name in [*units, *organisations])
        assert len({name for _, name in units}) == len(units)
        assert Unit(kind=units[0][0].value).kind_name == units[0][1]


def test_what_a_unit_said_is_known_by_version_to_those_who_may_see_it(here, nurse, south):
    Unit.objects.filter(id=south.id).update(notice="Møte kl. 14", version=2)

    assert selectors.unit_seen(actor=nurse, unit_id=south.id, version=1).notice == ""
    assert selectors.unit_seen(actor=nurse, unit_id=south.id, version=2).notice == "Møte kl. 14"
    assert selectors.unit_seen(actor=nurse, unit_id=south.id, version=3) is None
    assert selectors.unit_seen(actor=factories.stranger(here), unit_id=south.id, version=1) is None


def test_a_policy_and_a_selector_agree_on_every_unit(here, nurse, house, south):
    for actor in (nurse, factories.stranger(here), factories.system(here)):
        listed = set(selectors.units(actor=actor, on=TODAY))

        assert listed == {row for row in (house, south) if policies.may(actor, policies.VIEW_UNIT, row)}
