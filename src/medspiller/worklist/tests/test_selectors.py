"""Lists: what is in which part, in which order, how much of it, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medspiller.core import clock
from medspiller.people import selectors as people
from medspiller.people.tests.factories import as_actor
from medspiller.worklist import selectors, services
from medspiller.worklist.domain.narrowing import Narrowing, Which
from medspiller.worklist.selectors.home import LOOKED_THROUGH
from medspiller.worklist.tests import factories
from tests.support.staff import employ


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care, name="Nora Demonatt")


@pytest.fixture
def colleague(house):
    return factories.worker(house.tenant_id, house.home_care, name="Eva Demoås")


def listed(actor, which=Which.NOW, **asked):
    rows = selectors.items(actor=actor, narrowing=Narrowing(which=which, **asked), within=people.reach(actor=actor))
    return [row.id for row in rows]


class TestParts:
    def test_now_is_what_is_due_within_a_month_and_what_has_no_day(self, house, nurse):
        late, soon, undated = (factories.put(house.home_care, due_in=days) for days in (-2, 30, None))
        later = factories.put(house.home_care, due_in=31)

        assert listed(nurse) == [late.id, soon.id, undated.id]
        assert listed(nurse, Which.LATER) == [later.id]

    def test_mine_is_what_i_have_taken_whenever_it_is_due(self, house, nurse, colleague):
        mine, theirs = factories.put(house.home_care, due_in=99), factories.put(house.home_care)
        services.take(actor=nurse, item_id=mine.id)
        services.take(actor=colleague, item_id=theirs.id)

        assert listed(nurse, Which.MINE) == [mine.id]

    def test_for_me_leaves_out_what_colleagues_have(self, house, nurse, colleague):
        free, theirs = factories.put(house.home_care), factories.put(house.home_care)
        services.take(actor=colleague, item_id=theirs.id)

        assert listed(nurse, Which.FOR_ME) == [free.id]

    def test_finished_is_what_can_be_undone_the_newest_first(self, house, nurse):
        now = clock.now()
        items = [factories.put(house.home_care) for _ in range(3)]
        for item, hours in zip(items, (25, 3, 1), strict=True):
            with clock.frozen(now - timedelta(hours=hours)):
                services.finish(actor=nurse, item_id=item.id)

        assert listed(nurse, Which.FINISHED) == [items[2].id, items[1].id]
        assert listed(nurse) == []


class TestNarrowing:
    def test_by_kind_unit_and_what_is_overdue(self, house, nurse):
        late = factories.put(house.night, due_in=-1, kind="inform_carer")
        factories.put(house.home_care, due_in=-1)
        factories.put(house.night, due_in=0)

        assert listed(nurse, kinds=("inform_carer",)) == [late.id]
        assert listed(nurse, unit_id=house.night, overdue=True) == [late.id]
        assert listed(nurse, kinds=()) == []

    @pytest.mark.parametrize("order", ["due", "-due", "put", "-put", "kind", "-kind", "unit", "-unit"])
    def test_every_order_lists_all(self, house, nurse, order):
        items = {factories.put(unit, due_in=days).id for unit, days in ((house.night, 2), (house.home_care, None))}

        assert set(listed(nurse, order=order)) == items

    def test_what_has_no_day_comes_last_both_ways(self, house, nurse):
        undated, dated = factories.put(house.home_care, due_in=None), factories.put(house.home_care)

        assert listed(nurse, order="due") == listed(nurse, order="-due") == [dated.id, undated.id]


def test_counts_say_how_much_there_is_of_what_where(house, nurse, colleague):
    factories.put(house.home_care, due_in=-1)
    factories.put(house.night, due_in=40, kind="inform_carer")
    mine, theirs = factories.put(house.night), factories.put(house.night)
    services.take(actor=nurse, item_id=mine.id)
    services.take(actor=colleague, item_id=theirs.id)

    within = people.reach(actor=nurse)
    counts = selectors.counts(actor=nurse, within=within)
    at_home = selectors.home_counts(actor=nurse, within=within)

    assert (counts.now, counts.later, counts.mine) == (3, 1, 1)
    assert (at_home.overdue, at_home.mine, at_home.free) == (1, 1, 1)
    assert counts.units == at_home.units == ((house.home_care, "Hjemmetjenesten vest"), (house.night, "Nattpatruljen"))


def test_the_home_shows_ten_and_counts_all(house, nurse):
    for days in range(12):
        factories.put(house.home_care, due_in=days)

    waiting = selectors.waiting(actor=nurse)

    assert len(waiting.lines) == 10
    assert waiting.counts.free == 12


def test_the_home_shows_safety_first_and_upkeep_after_what_is_due_today(house, nurse):
    for _each in range(10):
        factories.put(house.home_care, kind="catalogue.review", due_in=-3)
    today = factories.put(house.home_care, kind="notice", due_in=0)
    by_law = factories.put(house.home_care, kind="inform_carer", due_in=0)
    later = factories.put(house.home_care, kind="notice", due_in=2)
    safety = factories.put(house.home_care, kind="questionnaires.safety", due_in=0)

    shown = [line.id for line in selectors.waiting(actor=nurse).lines]

    assert shown[:3] == [safety.id, by_law.id, today.id]
    assert len(shown) == 10
    assert later.id not in shown


def test_the_list_and_the_home_begin_with_safety_however_much_is_overdue(house, nurse):
    for days in range(LOOKED_THROUGH + 1):
        factories.put(house.home_care, due_in=-days - 1)
    safety = factories.put(house.home_care, kind="questionnaires.safety", due_in=0)

    assert listed(nurse)[0] == safety.id
    assert selectors.waiting(actor=nurse).lines[0].id == safety.id
    assert listed(nurse, order="due")[-1] == safety.id


def test_the_order_with_safety_first_is_read_from_its_index(house, nurse):
    rows = selectors.items(actor=nurse, narrowing=Narrowing(), within=people.reach(actor=nurse)).rows
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")

    assert "worklist_workitem_first" in rows[:25].explain()


def test_a_list_costs_twelve_statements_at_most_whatever_its_length(house):
    account = employ(tenant_id=house.tenant_id, unit_id=house.home_care, role="care_worker")
    for number in range(30):
        factories.put(house.home_care, factories.followed(house.home_care, f"Nr {number}"))
    fresh = as_actor(account)

    with CaptureQueriesContext(connection) as queries:
        within = people.reach(actor=fresh)
        selectors.counts(actor=fresh, within=within)
        rows = selectors.items(actor=fresh, narrowing=Narrowing(), within=within)
        len(rows)
        assert len(selectors.shown(actor=fresh, rows=rows[:25], within=within)) == 25

    assert len(queries) <= 12
