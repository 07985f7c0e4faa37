"""
Which counts may be shown.

That no hidden count can be found is proved here without the code under test: by looking for a second table that would
be published alike, and by solving the equations that a reader has.
"""

import math
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from medspiller.statistics.domain.protection import LEAST, ThresholdTooLow, protect
from medspiller.statistics.domain.tables import Table, TableUnreadable, table_from, with_totals


def table(counts, *sizes, totals=True):
    """A table of these sizes; of one dimension if none is said."""
    dimensions = {f"d{axis}": [str(at) for at in range(size)] for axis, size in enumerate(sizes or (len(counts),))}
    return Table(dimensions=dimensions, counts=counts, totals=totals)


def shown(counts, *sizes, totals=True, n_min=LEAST):
    return list(protect(table(counts, *sizes, totals=totals), n_min).as_dict()["counts"])


class TestOneDimension:
    def test_the_smallest_next_to_a_small_count_is_hidden_with_it(self):
        answer = protect(table([12, 6, 2])).as_dict()

        assert answer["counts"] == [12, ":", ":", 20]
        assert answer["dimensions"] == {"d0": ["0", "1", "2", "*"]}
        assert answer["hidden"] == {"primary": 1, "secondary": 1}

    def test_of_two_answers_both_are_hidden_and_how_many_were_asked_stays(self):
        assert shown([18, 2]) == [":", ":", 20]

    def test_two_small_counts_hide_each_other(self):
        assert shown([12, 3, 1]) == [12, ":", ":", 16]

    def test_nobody_is_shown_and_never_hidden_in_place_of_somebody(self):
        assert shown([2, 0, 9]) == [":", 0, ":", 11]

    def test_a_small_total_is_hidden_like_any_count(self):
        assert shown([0, 3]) == [0, ":", ":"]

    def test_counts_that_can_only_be_one_each_are_known_so_more_is_hidden(self):
        assert shown([1, 1, 20]) == [":", ":", ":", 22]
        assert shown([1, 1, 1, 1, 1]) == [":"] * 6

    def test_nothing_small_leaves_the_table_as_it_is(self):
        assert shown([0, 5, 7]) == [0, 5, 7, 12]

    def test_without_totals_nothing_can_be_subtracted(self):
        assert shown([12, 6, 2], totals=False) == [12, 6, ":"]

    @given(counts=st.lists(st.integers(0, 40), min_size=1, max_size=8))
    def test_at_most_one_more_is_hidden_and_no_smaller_one_would_do(self, counts):
        protected = protect(table(counts))

        assert protected.secondary <= 1
        if protected.secondary:
            hidden = [count for count, seen in zip(counts, protected.counts, strict=False) if seen is None]
            left = [count for count in counts if count and count not in hidden]
            more = [count for count in hidden if count >= LEAST]
            assert not more or all(count >= more[0] for count in left)


class TestSeveralDimensions:
    def test_a_lone_small_count_takes_a_rectangle_with_it(self):
        assert shown([2, 30, 40, 50], 2, 2) == [":", ":", 32, ":", ":", 90, 42, 80, 122]

    def test_counts_and_totals_stand_in_row_major_order(self):
        answer = protect(table([10, 20, 30, 40, 50, 60], 2, 3))

        assert list(answer.counts) == [10, 20, 30, 60, 40, 50, 60, 150, 50, 70, 90, 210]

    def test_three_dimensions_have_totals_of_every_kind(self):
        _, counts = with_totals(table([1, 2, 3, 4, 5, 6, 7, 8], 2, 2, 2))

        assert counts[-1] == 36
        assert counts[26 - 9 + 0] == counts[17] == 26
        assert len(counts) == 27

    def test_a_higher_threshold_hides_more(self):
        assert shown([12, 30, 50], n_min=20) == [":", ":", 50, 92]

    def test_a_lower_one_is_refused(self):
        with pytest.raises(ThresholdTooLow):
            protect(table([12]), 4)


@st.composite
def tables(draw):
    sizes = draw(
        st.sampled_from([(1,), (2,), (3,), (5,), (1, 1), (1, 3), (2, 2), (2, 3), (3, 3), (2, 2, 2), (1, 2, 3)])
    )
    some = draw(st.sampled_from([st.integers(0, 3), st.integers(0, 8), st.integers(0, 30), st.sampled_from([0, 1, 9])]))
    cells = math.prod(sizes)
    return table(draw(st.lists(some, min_size=cells, max_size=cells)), *sizes)


class TestNoHiddenCountIsFound:
    @settings(max_examples=120, deadline=None)
    @given(table=tables(), n_min=st.sampled_from([5, 5, 5, 10]))
    def test_for_each_there_is_another_table_that_looks_the_same(self, table, n_min):
        published = list(protect(table, n_min).counts)
        hidden = {cell for cell, count in enumerate(published) if count is None}

        assert hidden == found_to_vary(table, published)

    @settings(max_examples=50, deadline=None)
    @given(table=tables())
    def test_no_sum_and_difference_of_what_is_shown_gives_one(self, table):
        published = list(protect(table).counts)
        hidden = [cell for cell, count in enumerate(published) if count is None]
        assume(hidden)

        assert not any(follows(cell, hidden, lines_of(table)) for cell in hidden)

    @settings(max_examples=50, deadline=None)
    @given(table=tables(), n_min=st.integers(5, 12))
    def test_what_is_shown_is_true_and_never_small(self, table, n_min):
        _, true = with_totals(table)
        protected = protect(table, n_min)

        for count, seen in zip(true, protected.counts, strict=True):
            assert seen in (count, None)
            assert count != 0 or seen == 0
            assert not 0 < count < n_min or seen is None
        assert protected.primary == sum(0 < count < n_min for count in true)
        assert protected.primary + protected.secondary == list(protected.counts).count(None)

    @settings(max_examples=15, deadline=None)
    @given(counts=st.lists(st.integers(0, 60), min_size=24, max_size=24))
    def test_a_larger_table_of_three_dimensions_neither(self, counts):
        big = table(counts, 2, 3, 4)
        published = list(protect(big).counts)
        hidden = [cell for cell, count in enumerate(published) if count is None]

        assert not any(follows(cell, hidden, lines_of(big)) for cell in hidden)


def found_to_vary(table, published):
    """The hidden cells for which another table, a step away in each cell at most, is published alike."""
    sizes = table.sizes
    own = {place: cell for cell, place in enumerate(product(*(range(size + 1) for size in sizes)))}
    inner = list(product(*(range(size) for size in sizes)))
    choices = [
        (count,) if published[own[place]] is not None else tuple(range(max(1, count - 1), count + 2))
        for place, count in zip(inner, table.counts, strict=True)
    ]
    _, true = with_totals(table)
    varied = set()
    wanted = {cell for cell, count in enumerate(published) if count is None}
    for counts in product(*choices):
        _, other = with_totals(Table(dimensions=table.dimensions, counts=counts, totals=True))
        if all(seen == count if seen is not None else count >= 1 for seen, count in zip(published, other, strict=True)):
            varied |= {cell for cell in wanted if other[cell] != true[cell]}
            if varied == wanted:
                break
    return varied


def lines_of(table):
    """Each equation a reader has: the cells of a line, its total last, by their place in the published table."""
    sizes = [size + 1 for size in table.sizes]
    number = {place: cell for cell, place in enumerate(product(*(range(size) for size in sizes)))}
    for axis, size in enumerate(sizes):
        for place in product(*(range(1 if at == axis else other) for at, other in enumerate(sizes))):
            yield [number[(*place[:axis], step, *place[axis + 1 :])] for step in range(size)]


def follows(cell, hidden, lines):
    """Whether the equations, with what is shown put in, leave one value for a cell: Gauss, in fractions."""
    at = {one: place for place, one in enumerate(hidden)}
    rows = []
    for line in lines:
        row = [Fraction(0)] * len(hidden)
        for one in line:
            if one in at:
                row[at[one]] = Fraction(-1 if one == line[-1] else 1)
        rows.append(row)
    wanted = [Fraction(0)] * len(hidden)
    wanted[at[cell]] = Fraction(1)
    for column in range(len(hidden)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows = [_without(row, pivot, column) for row in rows]
        wanted = _without(wanted, pivot, column)
    return not any(wanted)


def _without(row, pivot, column):
    share = row[column] / pivot[column]
    return [one - share * other for one, other in zip(row, pivot, strict=True)] if share else row


class TestReading:
    @pytest.mark.parametrize(
        ("written", "path"),
        [
            ([], "table"),
            ({}, "dimensions"),
            ({"dimensions": {"a": ["x"]}}, "counts"),
            ({"dimensions": {}, "counts": []}, "dimensions"),
            ({"dimensions": {"a": []}, "counts": []}, "dimensions.a"),
            ({"dimensions": {"a": "xy"}, "counts": [1, 2]}, "dimensions.a"),
            ({"dimensions": {"a": ["x", "x"]}, "counts": [1, 2]}, "dimensions.a"),
            ({"dimensions": {"a": ["x", "*"]}, "counts": [1, 2], "totals": True}, "dimensions.a[1]"),
            ({"dimensions": {"a": ["x", 3]}, "counts": [1, 2]}, "dimensions.a[1]"),
            ({"dimensions": {"a": ["x", "y"]}, "counts": [1]}, "counts"),
            ({"dimensions": {"a": ["x", "y"]}, "counts": [1, -1]}, "counts[1]"),
            ({"dimensions": {"a": ["x", "y"]}, "counts": [1, 2.5]}, "counts[1]"),
            ({"dimensions": {"a": ["x", "y"]}, "counts": [1, True]}, "counts[1]"),
            ({"dimensions": {"a": ["x", "y"]}, "counts": [1, ":"]}, "counts[1]"),
            ({"dimensions": {"a": ["x"]}, "counts": [1], "totals": "yes"}, "totals"),
            ({"dimensions": {"a": ["x"]}, "counts": [1], "total": True}, '"total"'),
            ({"dimensions": {str(one): ["x"] for one in range(9)}, "counts": [1]}, "dimensions"),
            ({"dimensions": {"a": [str(one) for one in range(20_000)]}, "counts": [1], "totals": True}, "dimensions"),
        ],
    )
    def test_says_where_a_table_is_not_one(self, written, path):
        with pytest.raises(TableUnreadable) as fault:
            table_from(written)

        assert fault.value.path == path
        assert "\n" not in str(fault.value)
