"""How offers are laid out for finding, what has changed between two wordings, and meetings over the year."""

from datetime import UTC, date, datetime, timedelta

import pytest

from medspiller.catalogue.domain.changes import differences
from medspiller.catalogue.domain.laying_out import Closed, closed_on, lay_out
from medspiller.catalogue.domain.reading import read_offer, read_provider, write_offer
from medspiller.catalogue.domain.sessions import OSLO, SessionPlan, meetings
from medspiller.catalogue.tests.offers import offer_body, provider_body, texts

PROVIDER = read_provider(provider_body())


def laid_out(*closures, **changes):
    return lay_out(read_offer(offer_body(**changes)), provider=PROVIDER, closures=closures)


def test_an_offer_is_found_by_all_its_codes():
    columns = laid_out()

    assert columns["concepts"] == [
        "access:step-free",
        "condition:dementia",
        "kind:group",
        "need:peers",
        "need:someone-to-talk-to",
        "relation:partner",
        "way:open",
    ]
    assert columns["body"] == write_offer(read_offer(offer_body()))
    assert columns["card"]["places"] == [{"name": "Pårørendesenteret", "city": "Demostrand", "district": "Fjordvik"}]
    assert "machine_translated" not in columns["card"]


@pytest.mark.parametrize(
    ("areas", "area", "districts"),
    [
        ([{"kind": "national"}], ["no"], []),
        ([{"kind": "county", "code": "32"}, {"kind": "municipality", "code": "3301"}], ["32", "3301"], []),
        ([{"kind": "district", "code": "3201", "district": "Fjordvik"}], ["3201"], ["Fjordvik"]),
    ],
)
def test_it_reaches_as_far_as_it_says(areas, area, districts):
    columns = laid_out(areas=areas)

    assert (columns["area"], columns["districts"]) == (area, districts)


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"times": [{"weekdays": [1], "opens": "09:00", "closes": "15:30"}]}, False),
        ({"times": [{"weekdays": [1], "opens": "16:00", "closes": "17:00"}]}, True),
        ({"times": [{"weekdays": [1], "opens": "10:00", "closes": "20:00"}]}, True),
        ({"times": [{"weekdays": [1], "opens": "10:00", "closes": "02:00"}]}, True),
        ({"times": [{"weekdays": [1, 2, 3, 4, 5, 6, 7]}]}, True),
        ({"times": [{"note": texts("Etter avtale.")}]}, False),
        ({"times": None}, False),
    ],
)
def test_it_is_there_in_the_evening(changes, answer):
    assert laid_out(**changes)["is_evening"] is answer


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"kind": "children"}, True),
        ({"audience": {"age_from": 13, "age_to": 19}}, True),
        ({"audience": {"age_from": 13, "age_to": 26}}, False),
        ({"audience": {"relations": ["young-child"]}}, True),
        ({"audience": {"relations": ["young-child", "parent"]}}, False),
        ({}, False),
    ],
)
def test_it_is_for_children(changes, answer):
    assert laid_out(**changes)["is_for_children"] is answer


def test_it_is_closed_from_a_day_up_to_another():
    summer = Closed(date(2026, 7, 1), date(2026, 8, 1), texts("Ferie"))
    closures = laid_out(Closed(date(2026, 12, 1), None, {}), summer)["closures"]

    days = [date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 31), date(2026, 8, 1), date(2027, 1, 1)]
    assert [closed_on(closures, day) is not None for day in days] == [False, True, True, False, True]


class TestWhatHasChanged:
    def test_is_nothing_between_the_same(self):
        assert differences(offer_body(needs=["peers", "network"]), offer_body(needs=["network", "peers"])) == ()

    def test_is_told_place_by_place(self):
        before = offer_body()
        after = offer_body(title=texts("Ny"), how=None, times=[{"weekdays": [3]}, {"weekdays": [4]}])

        assert [change.path for change in differences(before, after)] == [
            "title.nb",
            "title.nn",
            "title.en",
            "times[0].weekdays",
            "times[0].opens",
            "times[0].closes",
            "times[0].every_weeks",
            "times[1]",
            "how",
        ]

    def test_is_all_of_the_first_one(self):
        assert {change.before for change in differences(None, {"slug": "a", "title": {"nb": "b"}})} == {None}


def test_meetings_keep_the_hour_on_the_wall_when_summer_time_begins():
    starts_at = datetime(2027, 3, 23, 18, tzinfo=OSLO).astimezone(UTC)
    first = SessionPlan(starts_at, starts_at + timedelta(hours=2), deadline=starts_at - timedelta(days=1))

    planned = meetings(first, every=timedelta(weeks=1), count=3)

    assert [plan.starts_at.astimezone(OSLO).hour for plan in planned] == [18, 18, 18]
    assert [plan.starts_at.hour for plan in planned] == [17, 16, 16]
    assert [plan.ends_at - plan.starts_at for plan in planned] == [timedelta(hours=2)] * 3
