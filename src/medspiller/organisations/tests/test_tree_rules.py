"""What a tree of units is, edges first."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspiller.organisations.domain import tree

MUNICIPALITY, HEALTH, HOME_CARE, SOUTH = (UUID(int=number) for number in range(1, 5))
HOUSE = {MUNICIPALITY: None, HEALTH: MUNICIPALITY, HOME_CARE: HEALTH, SOUTH: HOME_CARE}


@st.composite
def forests(draw: st.DrawFn) -> dict[UUID, UUID | None]:
    """Trees of any shape: each unit is put under an earlier one, or at the top."""
    size = draw(st.integers(min_value=1, max_value=25))
    parents: dict[UUID, UUID | None] = {}
    for number in range(1, size + 1):
        above = draw(st.none() | st.integers(min_value=1, max_value=number - 1)) if number > 1 else None
        parents[UUID(int=number)] = UUID(int=above) if above else None
    return parents


def chain(levels: int) -> dict[UUID, UUID | None]:
    """A tree without branches; UUID(int=1) is at the top."""
    return {UUID(int=n): UUID(int=n - 1) if n > 1 else None for n in range(1, levels + 1)}


class TestAncestors:
    def test_the_nearest_comes_first(self):
        assert tree.ancestors(SOUTH, HOUSE) == (HOME_CARE, HEALTH, MUNICIPALITY)

    def test_there_are_none_at_the_top(self):
        assert tree.ancestors(MUNICIPALITY, HOUSE) == ()

    def test_a_circle_is_refused_instead_of_walked_for_ever(self):
        with pytest.raises(tree.WouldMakeCycle):
            tree.ancestors(HEALTH, {HEALTH: HOME_CARE, HOME_CARE: HEALTH})


class TestSubtree:
    def test_holds_the_root_itself_and_all_below(self):
        assert tree.subtree([HEALTH], HOUSE) == {HEALTH, HOME_CARE, SOUTH}

    def test_is_empty_without_roots(self):
        assert tree.subtree([], HOUSE) == frozenset()


class TestEnsureFits:
    def test_refuses_a_unit_under_itself(self):
        with pytest.raises(tree.WouldMakeCycle):
            tree.ensure_fits(unit_id=HEALTH, parent_id=HEALTH, parents=HOUSE)

    def test_refuses_a_unit_under_its_own_subunit(self):
        with pytest.raises(tree.WouldMakeCycle) as refusal:
            tree.ensure_fits(unit_id=HEALTH, parent_id=SOUTH, parents=HOUSE)

        assert refusal.value.parent_id == SOUTH

    def test_accepts_the_last_level(self):
        full = chain(tree.MAX_LEVELS - 1)

        tree.ensure_fits(unit_id=UUID(int=99), parent_id=UUID(int=tree.MAX_LEVELS - 1), parents=full)

    def test_refuses_one_level_too_many_and_says_how_many_there_would_be(self):
        full = chain(tree.MAX_LEVELS)

        with pytest.raises(tree.TooDeep) as refusal:
            tree.ensure_fits(unit_id=UUID(int=99), parent_id=UUID(int=tree.MAX_LEVELS), parents=full)

        assert refusal.value.levels == tree.MAX_LEVELS + 1

    def test_counts_what_hangs_below_the_moved_unit(self):
        tall, short = chain(tree.MAX_LEVELS - 1), {UUID(int=101): None, UUID(int=102): UUID(int=101)}

        with pytest.raises(tree.TooDeep):
            tree.ensure_fits(unit_id=UUID(int=101), parent_id=UUID(int=tree.MAX_LEVELS - 1), parents=tall | short)

    def test_accepts_any_unit_at_the_top(self):
        tree.ensure_fits(unit_id=SOUTH, parent_id=None, parents=HOUSE)


class TestEveryTree:
    @given(forests(), st.data())
    def test_what_fits_leaves_a_tree_no_deeper_than_allowed(self, parents, data):
        moved, target = data.draw(st.sampled_from(sorted(parents))), data.draw(st.sampled_from(sorted(parents)))
        try:
            tree.ensure_fits(unit_id=moved, parent_id=target, parents=parents)
        except (tree.WouldMakeCycle, tree.TooDeep):
            return

        after = parents | {moved: target}

        below = tree.subtree([moved], after)
        assert all(target in tree.ancestors(unit_id, after) for unit_id in below)
        assert all(len(tree.ancestors(unit_id, after)) < tree.MAX_LEVELS for unit_id in below)

    @given(forests(), st.data())
    def test_a_refused_circle_would_have_been_one(self, parents, data):
        moved, target = data.draw(st.sampled_from(sorted(parents))), data.draw(st.sampled_from(sorted(parents)))

        circle = tree.would_make_cycle(unit_id=moved, parent_id=target, parents=parents)

        assert circle is (target in tree.subtree([moved], parents))

    @given(forests())
    def test_a_unit_is_below_another_exactly_if_that_one_is_above_it(self, parents):
        for root in parents:
            below = tree.subtree([root], parents) - {root}

            assert below == {unit_id for unit_id in parents if root in tree.ancestors(unit_id, parents)}
