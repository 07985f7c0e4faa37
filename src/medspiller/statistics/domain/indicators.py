"""
Indicators: what the municipality counts of its own work, with what is not known always beside it.

An indicator counts people, or files, once each in one category. Its share is that of the categories which count, of
all, those of whom nothing is known included: *not asked* is not *no*.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from medspiller.content.domain.definitions import Pin
from medspiller.statistics.domain.protection import LEAST, protect
from medspiller.statistics.domain.tables import Table

Texts = Mapping[str, str]


class Computed(StrEnum):
    """What is counted, by the app that counts it. A code stands in published content."""

    NEAREST_RECORDED = "nearest_recorded"
    CHILDREN_ASKED = "children_asked"
    FIRST_TALKS = "first_talks"
    FIRST_CONTACTS = "first_contacts"
    AGREEMENTS = "agreements"
    SUGGESTIONS = "suggestions"
    ATTENDANCE = "attendance"


# The categories of each, in the order in which they are shown. The last is what is not known.
CATEGORIES: Mapping[Computed, tuple[str, ...]] = {
    Computed.NEAREST_RECORDED: ("recorded", "not_recorded"),
    Computed.CHILDREN_ASKED: ("yes", "no", "not_asked"),
    Computed.FIRST_TALKS: ("recorded", "not_recorded"),
    Computed.FIRST_CONTACTS: ("in_time", "late", "waiting"),
    Computed.AGREEMENTS: ("ahead", "past", "without"),
    Computed.SUGGESTIONS: ("accepted", "nothing_fitted", "other"),
    Computed.ATTENDANCE: ("came", "stayed_away", "not_written"),
}


# What is done within so many days is known of everybody only when so many have passed since the year: before that the
# share is too low, and rises by itself.
RIPENS: Mapping[Computed, timedelta] = {Computed.FIRST_CONTACTS: timedelta(days=30)}


@dataclass(frozen=True, slots=True)
class Category:
    """One of the answers that are counted; `counts` is whether the share is of it, `is_unknown` what is not known."""

    code: str
    text: Texts
    counts: bool
    is_unknown: bool


@dataclass(frozen=True, slots=True)
class Indicator:
    """
    One indicator as it is published.

    `of` says who are counted, `query` how it is counted, `lines` which lines of the guideline it shows something of.
    """

    slug: str
    pin: Pin
    title: Texts
    definition: Texts
    of: Texts
    query: Texts
    source: Texts
    computed: Computed
    categories: tuple[Category, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearValue:
    """
    An indicator in one calendar year, protected: None is a number that is too small, or would tell one that is.

    `share` is in per cent of `of`, with one decimal; None where it cannot be shown, or where there is nobody.
    `until` is the first day that is not counted. A year can be over and not complete: of some it is not known yet, and
    it is compared with no other year.
    """

    year: int
    until: date
    is_over: bool
    is_complete: bool
    counts: Mapping[str, int | None]
    of: int | None
    unknown: int | None
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class IndicatorValues:
    """An indicator with its values, the oldest year first."""

    indicator: Indicator
    values: tuple[YearValue, ...]

    @property
    def newest(self) -> YearValue:
        return self.values[-1]

    @property
    def newest_shown(self) -> YearValue:
        """The newest year that has a share to show, so that a January says something; the newest where none has."""
        return next((each for each in reversed(self.values) if each.share is not None), self.newest)


def year_value(
    indicator: Indicator, counted: Mapping[str, int], *, year: int, until: date, today: date, n_min: int = LEAST
) -> YearValue:
    """
    Return what may be shown of what was counted in a year, as it is known on a day.

    A share is of people too: it is not shown where those whom it is of, or the rest, are from 1 up to `n_min` − 1, nor
    may they be found by taking what is shown from all.
    """
    codes = [category.code for category in indicator.categories]
    protected = protect(Table({"category": codes}, [counted[code] for code in codes], totals=True), n_min)
    *shown, of = protected.counts
    counts = dict(zip(codes, shown, strict=True))
    if of is not None:
        _hide_few_together(counts, counted, n_min)
    part = sum(counted[category.code] for category in indicator.categories if category.counts)
    is_few = any(0 < number < n_min for number in (part, sum(counted[code] for code in codes) - part))
    unknown = [category.code for category in indicator.categories if category.is_unknown]
    return YearValue(
        year=year,
        until=until,
        is_over=date(year + 1, 1, 1) <= today,
        is_complete=date(year + 1, 1, 1) + RIPENS.get(indicator.computed, timedelta()) <= today,
        counts=counts,
        of=of,
        unknown=_sum(counts, unknown) if unknown else 0,
        share=None if is_few else _share(indicator, counts, of),
    )


def _hide_few_together(counts: dict[str, int | None], counted: Mapping[str, int], n_min: int) -> None:
    """
    Hide the next smallest count while those hidden are together fewer than `n_min`: with all shown, their sum is known.

    What is hidden more lies in a move with each that was: one rises by one, it goes down by one.
    """
    while 0 < sum(counted[code] for code, count in counts.items() if count is None) < n_min:
        shown = [code for code, count in counts.items() if count]
        counts[min(shown, key=lambda code: counted[code])] = None


def _share(indicator: Indicator, counts: Mapping[str, int | None], of: int | None) -> Decimal | None:
    if not of:
        return None
    part = _sum(counts, [category.code for category in indicator.categories if category.counts])
    if part is None:
        rest = _sum(counts, [category.code for category in indicator.categories if not category.counts])
        part = None if rest is None else of - rest
    if part is None:
        return None
    return (Decimal(100) * part / of).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _sum(counts: Mapping[str, int | None], codes: list[str]) -> int | None:
    """The sum of these, None where one of them is hidden."""
    found = [counts[code] for code in codes]
    return None if None in found else sum(count for count in found if count is not None)
