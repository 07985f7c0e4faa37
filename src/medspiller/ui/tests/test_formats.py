from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from medspiller.core.periods import Period
from medspiller.ui.components import formats

DAY = date(2026, 11, 21)
WINTER = datetime(2026, 11, 21, 13, 5, tzinfo=UTC)
SUMMER_NIGHT = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
SPACE = formats.NO_BREAK_SPACE


def period(start, end=None):
    return Period(date.fromisoformat(start), date.fromisoformat(end) if end else None)


@pytest.mark.parametrize(
    ("language", "filter_name", "value", "written"),
    [
        ("nb", "day", DAY, "21. november 2026"),
        ("nn", "day", DAY, "21. november 2026"),
        ("en", "day", DAY, "21 November 2026"),
        ("se", "day", DAY, "21. november 2026"),
        ("nb", "weekday", DAY, "lørdag 21. november 2026"),
        ("nn", "weekday", DAY, "laurdag 21. november 2026"),
        ("en", "weekday", DAY, "Saturday 21 November 2026"),
        ("nb", "short_day", DAY, "21.11.2026"),
        ("en", "short_day", DAY, "21 Nov 2026"),
        ("nb", "day", SUMMER_NIGHT, "1. juli 2026"),
        ("nb", "time_of_day", SUMMER_NIGHT, "00.30"),
        ("nb", "moment", WINTER, "21. november 2026 kl. 14.05"),
        ("nn", "moment", WINTER, "21. november 2026 kl. 14.05"),
        ("en", "moment", WINTER, "21 November 2026 at 14:05"),
        ("nb", "period", period("2026-03-01", "2026-03-15"), "1.–14. mars 2026"),
        ("en", "period", period("2026-03-01", "2026-03-15"), "1–14 March 2026"),
        ("nb", "period", period("2026-03-01", "2026-05-01"), "1. mars – 30. april 2026"),
        ("nb", "period", period("2026-12-31", "2027-01-02"), "31. desember 2026 – 1. januar 2027"),
        ("nb", "period", period("2028-02-29", "2028-03-01"), "29. februar 2028"),
        ("nb", "period", period("2026-03-01"), "fra 1. mars 2026"),
        ("nn", "period", period("2026-03-01"), "frå 1. mars 2026"),
        ("en", "period", period("2026-03-01"), "from 1 March 2026"),
        ("nb", "number", 25603, f"25{SPACE}603"),
        ("en", "number", 25603, "25,603"),
        ("nb", "number", Decimal("1234567.50"), f"1{SPACE}234{SPACE}567,5"),
        ("en", "number", 0.1, "0.1"),
        ("nb", "number", -3, "−3"),
        ("nb", "number", Decimal("-0.004"), "0"),
        ("nb", "number", 0, "0"),
        ("nb", "number", Decimal("1E+3"), f"1{SPACE}000"),
        ("nb", "kroner", Decimal("25603.4"), f"25{SPACE}603 kroner"),
        ("nb", "telephone", "116117", "116 117"),
        ("nb", "telephone", "00112233", "00 11 22 33"),
        ("nb", "telephone", "+4700112233", "00 11 22 33"),
        ("en", "telephone", "112", "112"),
        ("nb", "telephone", "+46123", "+46123"),
        ("nb", "law", "hpl § 10 a", "helsepersonelloven § 10 a"),
        ("en", "law", ("hpl § 22", "hpl § 23"), "helsepersonelloven § 22, § 23"),
        ("nb", "hours", Decimal("3.5"), "3,5 timer"),
        ("nn", "hours", 2, "2 timar"),
        ("nb", "hours", 1, "1 time"),
        ("en", "hours", 1, "1 hour"),
        ("nb", "percent", 0.25, f"25{SPACE}%"),
        ("en", "percent", Decimal("0.125"), "12.5%"),
    ],
)
def test_values_are_written_as_people_write_them(language, filter_name, value, written):
    with translation.override(language):
        assert getattr(formats, filter_name)(value) == written


@pytest.mark.parametrize("filter_name", sorted(formats.register.filters))
def test_nothing_is_written_for_nothing(filter_name):
    assert getattr(formats, filter_name)(None) == ""


def test_decimals_can_be_asked_for():
    assert formats.number(Decimal("2.5"), 2) == "2,50"


@pytest.mark.parametrize(
    ("ends", "written"),
    [
        (datetime(2026, 11, 21, 22, 30, tzinfo=UTC), "23.30"),
        # Midnight in Norway is the end of the evening
        (datetime(2026, 11, 21, 23, tzinfo=UTC), "00.00"),
        (datetime(2026, 11, 22, 1, tzinfo=UTC), "22. november 2026 kl. 02.00"),
    ],
)
def test_an_end_says_its_day_where_it_is_another(ends, written):
    with translation.override("nb"):
        assert formats.until(ends, datetime(2026, 11, 21, 17, tzinfo=UTC)) == written


@pytest.mark.parametrize("filter_name", ["day", "moment", "time_of_day", "until"])
def test_a_moment_without_a_time_zone_is_refused(filter_name):
    with pytest.raises(ValueError, match="time zone"):
        getattr(formats, filter_name)(datetime(2026, 11, 21, 13, 5))  # noqa: DTZ001 - the refusal is the point
