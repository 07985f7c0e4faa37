"""Indicators and reference figures as they are shipped, and what may be shown of an indicator."""

from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from medspiller.config import secrets
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.content.domain import loading
from medspiller.followup.selectors.counts import TALK_WITHIN
from medspiller.statistics.domain.content_figures import FIGURES, figures_in
from medspiller.statistics.domain.content_indicators import INDICATORS, indicator_in
from medspiller.statistics.domain.indicators import RIPENS, Computed, IndicatorValues, year_value
from medspiller.statistics.domain.protection import LEAST

SHIPPED = Path(secrets.ROOT) / "content"


def shipped(package, kind):
    return [one for one in loading.load(SHIPPED / package, CONTENT_KINDS).definitions if one.kind == kind]


FOUND = {one.slug: one for one in map(indicator_in, shipped("no.medspiller.indicators", INDICATORS))}
EVERY = [each for one in shipped("no.medspiller.reference-figures", FIGURES) for each in figures_in(one).figures]


def value(slug, *counts, **more):
    known = FOUND[slug]
    counted = dict(zip([each.code for each in known.categories], counts, strict=True))
    return year_value(known, counted, year=2026, until=date(2027, 1, 1), **{"today": date(2027, 6, 1)} | more)


class TestAYear:
    @pytest.mark.parametrize(
        ("slug", "today", "is_over", "is_complete"),
        [
            ("children-asked", date(2026, 12, 31), False, False),
            ("children-asked", date(2027, 1, 1), True, True),
            ("talk-within-30-days", date(2026, 12, 31), False, False),
            ("talk-within-30-days", date(2027, 1, 30), True, False),
            ("talk-within-30-days", date(2027, 1, 31), True, True),
        ],
    )
    def test_is_complete_when_what_is_counted_is_known_of_everybody(self, slug, today, is_over, is_complete):
        counts = [10] * len(FOUND[slug].categories)

        found = value(slug, *counts, today=today)

        assert (found.is_over, found.is_complete) == (is_over, is_complete)

    def test_can_ripen_only_where_something_is_not_known_yet(self):
        # A published text promises the reader so many days, and the counting goes by them.
        assert all("30 dager" in each.definition["nb"] for each in FOUND.values() if each.computed in RIPENS)
        assert RIPENS[Computed.FIRST_CONTACTS] == TALK_WITHIN


class TestAnIndicatorsValue:
    def test_is_a_share_of_all_those_included_of_whom_nothing_is_known(self):
        found = value("children-asked", 30, 20, 50)

        assert (found.share, found.of, found.unknown) == (Decimal("50.0"), 100, 50)

    def test_not_asked_is_shown_beside_it_also_when_nobody_was(self):
        found = value("children-asked", 0, 0, 40)

        assert (found.share, found.unknown) == (Decimal("0.0"), 40)

    def test_small_numbers_take_what_would_tell_them_along(self):
        found = value("nearest-recorded", 18, 2)

        assert found.counts == {"recorded": None, "not_recorded": None}
        assert (found.of, found.unknown, found.share) == (20, None, None)

    def test_a_share_follows_from_what_is_shown_only(self):
        # Of yes and no, one is too small; how many were not asked, and all, still give the share.
        found = value("children-asked", 30, 2, 40)

        assert found.counts == {"yes": None, "no": None, "not_asked": 40}
        assert found.share == Decimal("44.4")

    def test_few_who_are_hidden_one_by_one_are_not_told_together(self):
        # All but those who were not asked are 3: the 20 would tell it, and so would the share.
        found = value("children-asked", 2, 1, 20)

        assert (set(found.counts.values()), found.of, found.share) == ({None}, 23, None)

    def test_few_who_are_left_over_have_no_share(self):
        found = value("children-asked", 30, 0, 3)

        assert (found.counts["yes"], found.of, found.share) == (None, 33, None)

    @pytest.mark.parametrize("slug", sorted(FOUND))
    def test_no_small_group_is_found_from_what_is_shown(self, slug):
        categories = FOUND[slug].categories
        for counted in product((0, 1, 2, 3, 4, 5, 8), repeat=len(categories)):
            found = value(slug, *counted)
            part = sum(count for count, each in zip(counted, categories, strict=True) if each.counts)
            hidden = [count for count, each in zip(counted, categories, strict=True) if found.counts[each.code] is None]
            if any(0 < number < LEAST for number in (part, sum(counted) - part)):
                assert found.share is None, counted
            if found.of is not None:
                assert not 0 < sum(hidden) < LEAST, counted
                assert len(hidden) != 1, counted

    def test_nobody_at_all_has_no_share(self):
        assert value("places-used", 0, 0, 0).share is None

    def test_a_municipality_may_ask_for_more(self):
        assert value("nearest-recorded", 18, 12, n_min=15).of == 30
        assert value("nearest-recorded", 18, 12, n_min=15).share is None


class TestTheNewestToShow:
    def test_is_the_last_year_that_has_a_share(self):
        told, few = value("talk-within-30-days", 6, 0, 0), value("talk-within-30-days", 1, 0, 0)
        followed = FOUND["talk-within-30-days"]

        assert IndicatorValues(followed, (few, told, few)).newest_shown is told

    def test_is_the_last_of_all_where_none_has(self):
        first, last = value("talk-within-30-days", 1, 0, 0), value("talk-within-30-days", 2, 0, 0)

        assert IndicatorValues(FOUND["talk-within-30-days"], (first, last)).newest_shown is last


class TestWhatIsShipped:
    def test_everything_that_is_computed_has_its_definition(self):
        assert {each.computed for each in FOUND.values()} == set(Computed)

    def test_each_says_what_is_not_known(self):
        for each in FOUND.values():
            assert [category.is_unknown for category in each.categories].count(True) == 1, each.slug

    def test_the_two_numbers_of_carers_count_different_things_and_say_so(self):
        found = {each.id: each for each in EVERY}

        assert "1,5 millionene" in found["carers-at-any-time"].caution["nb"]
        assert "800 000" in found["carers-who-gave-effort"].caution["nb"]

    @pytest.mark.parametrize("each", EVERY, ids=lambda each: each.id)
    def test_a_figure_has_its_year_definition_and_source_and_is_laid_on_no_line_of_ours(self, each):
        assert each.year[:4].isdigit()
        assert each.source
        assert each.definition["nb"]
        assert each.read_in
        assert each.comparable_with == ()
