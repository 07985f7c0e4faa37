"""Yearly reports over time: what is late, what is compared, and what follows a measure or a text from year to year."""

from datetime import date
from decimal import Decimal

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.strategy.domain.inputs import IndicatorDetails, OwnerChoice, ReportDetails
from medspiller.strategy.domain.reports import (
    Count,
    Indicator,
    MeasureState,
    Part,
    ReportKind,
    ReportRefused,
    Trend,
    Value,
    YearState,
    by_owner,
    counts,
    ensure_over,
    left_over,
    mark_of,
)
from medspiller.strategy.domain.vocabulary import ExportForm, Level, Light, MeasureStatus
from medspiller.strategy.models import Measure, PlanExport, Strategy, YearlyReport
from medspiller.strategy.selectors import reports as selectors
from medspiller.strategy.services import exporting, indicators, measures, reporting, rolling
from medspiller.strategy.services import reports as services
from medspiller.strategy.tasks import plans as plan_jobs
from medspiller.strategy.tests.plans import YEAR, build_plan
from tests.support.database import HERE
from tests.support.staff import build_house, employ, sign_in


@pytest.fixture
def house(here):
    return build_house(HERE)


@pytest.fixture
def system(here):
    return actors.system(HERE)


@pytest.fixture
def plan(house, system):
    return build_plan(system, unit_id=house.top)


@pytest.fixture
def draft(plan, system):
    services.draft_report(actor=system, strategy_id=plan.strategy_id, year=YEAR, language="nb")
    return plan


def state_of(actor, strategy_id, year=YEAR):
    return selectors.year_state(actor=actor, strategy_id=strategy_id, year=year)


def found_of(actor, plan):
    return selectors.yearly_report(actor=actor, strategy_id=plan.strategy_id, year=YEAR)


def measure(number, *owners, to_year=2026, status="under_way"):
    return MeasureState(number, "Spør", owners, 2024, to_year, status)


def state_in(*parts, is_over=True):
    return YearState(ReportKind.NATIONAL, "Plan", "", 2026, date(2026, 11, 1), parts, is_over=is_over)


class TestLate:
    @pytest.mark.parametrize(("is_over", "late"), [(False, 0), (True, 1)])
    def test_is_what_was_to_be_done_in_a_year_that_is_over(self, is_over, late):
        state = state_in(Part("area-1", 1, "Se", (), (measure("1.1"),)), is_over=is_over)

        assert counts(state.measures, state.ended)[Count.LATE] == late

    @pytest.mark.parametrize("today", [date(2026, 12, 1), date(2026, 12, 31)])
    def test_a_year_is_not_over_before_the_next_begins(self, today):
        with pytest.raises(ReportRefused, match="not_over"):
            ensure_over(2026, today=today)

    def test_a_year_is_over_on_new_years_day(self):
        ensure_over(2026, today=date(2027, 1, 1))


class TestATrend:
    @pytest.mark.parametrize(
        ("ends", "trend"), [(None, Trend.DOWN), (date(2026, 4, 1), Trend.UNKNOWN), (date(2026, 11, 2), Trend.UNKNOWN)]
    )
    def test_is_told_of_whole_years_only(self, ends, trend):
        begins = ends and date(2026, 1, 1)
        values = (Value(2025, Decimal(120)), Value(2026, Decimal(30), begins=begins, ends=ends))

        assert Indicator("Spurt", "", "", "", "", "", (), values).trend is trend

    @pytest.fixture
    def followed(self, plan, system):
        details = IndicatorDetails("Samtaler", "samtaler", "Talt.")
        return indicators.add_indicator(actor=system, measure_id=plan.measures[1], details=details)

    def enter(self, system, followed, begins, ends, value):
        indicators.enter_value(
            actor=system, indicator_id=followed.id, period_from=begins, period_to=ends, value=Decimal(value), source="F"
        )

    def test_a_quarter_is_shown_with_its_days_and_gives_way_to_the_year(self, plan, system, followed):
        self.enter(system, followed, date(2024, 1, 1), date(2025, 1, 1), "120")
        self.enter(system, followed, date(2025, 1, 1), date(2025, 4, 1), "30")
        quarter = state_of(system, plan.strategy_id).indicators[-1]
        self.enter(system, followed, date(2025, 1, 1), date(2026, 1, 1), "130")
        year = state_of(system, plan.strategy_id).indicators[-1]

        assert (quarter.values[-1].ends, quarter.trend) == (date(2025, 4, 1), Trend.UNKNOWN)
        assert (year.values[-1].value, year.values[-1].ends, year.trend) == (130, None, Trend.UP)

    def test_a_school_year_counts_when_it_is_over(self, plan, system, followed):
        self.enter(system, followed, date(2025, 8, 1), date(2026, 7, 1), "55")

        assert state_of(system, plan.strategy_id).indicators[-1].values[-1].value is None


class TestARolledOverPlan:
    @pytest.fixture
    def next_plan(self, plan, system):
        return rolling.roll_over(actor=system, strategy_id=plan.strategy_id, from_year=2026, to_year=2029)

    def test_begins_where_the_measures_stood(self, next_plan, system):
        state = state_of(system, next_plan.id, 2026)
        rows = Measure.objects.filter(strategy=next_plan).order_by("area__number", "number")

        assert [each.status for each in state.measures] == [row.status for row in rows] == ["under_way", "not_started"]
        assert (state.measures[0].light, state.measures[0].messages) == ("red", ())

    def test_goes_on_with_what_is_said_in_it(self, next_plan, system):
        row = Measure.objects.get(strategy=next_plan, area__number=1)
        said = ReportDetails(date(2026, 2, 1), MeasureStatus.DONE, Light.GREEN, "Ferdig.", evidence="Sak 3/26")
        Strategy.objects.filter(id=next_plan.id).update(status="adopted", adopted_by="Rådet", adopted_on="2026-01-05")
        reporting.report_status(actor=system, measure_id=row.id, details=said)

        found = state_of(system, next_plan.id, 2026).measures[0]

        assert (found.status, found.has_evidence, len(found.messages)) == ("done", True, 1)

    def test_hears_nothing_of_what_the_earlier_plan_was_told_after(self, plan, next_plan, system):
        said = ReportDetails(date(2026, 2, 1), MeasureStatus.DONE, Light.GREEN, "Ferdig.")
        reporting.report_status(actor=system, measure_id=plan.measures[1], details=said)

        assert state_of(system, next_plan.id, 2026).measures[0].status == "under_way"


class TestTextsOfOwners:
    def test_stay_with_the_owner_whoever_comes_or_goes(self):
        both = by_owner([Part("", 1, "", (), (measure("1.1", "Helse"), measure("1.2", "Skole")))], "Ingen")
        one = by_owner([Part("", 1, "", (), (measure("1.2", " skole "),))], "Ingen")

        assert both[1].key == one[0].key != both[0].key

    def test_of_an_owner_without_measures_are_left_over(self):
        (helse, skole) = by_owner([Part("", 1, "", (), (measure("1.1", "Helse"), measure("1.2", "Skole")))], "Ingen")

        assert left_over({helse.key: "Tekst", skole.key: "Annet", "learnt": "x"}, {}, state_in(helse)) == [skole.key]
        assert left_over({skole.key: ""}, {}, state_in(helse)) == []
        assert left_over({skole.key: "Utkast"}, {skole.key: {"mark": mark_of("Utkast")}}, state_in(helse)) == []

    def test_are_read_under_their_old_heading_and_can_be_emptied(self, client, house, system):
        plan = build_plan(system, unit_id=None, level=Level.NATIONAL)
        services.draft_report(actor=system, strategy_id=plan.strategy_id, year=YEAR, language="nb")
        which = {"actor": system, "strategy_id": plan.strategy_id, "year": YEAR}
        (key, *_rest) = [part.key for part in found_of(system, plan).figures.parts]
        services.write_section(
            **which, section=key, text="Om Helse.", seen=mark_of(found_of(system, plan).sections[key])
        )
        for row in Measure.objects.filter(strategy_id=plan.strategy_id):
            measures.set_owners(actor=system, measure_id=row.id, version=row.version, owners=[OwnerChoice("Skole")])
        services.count_anew(**which)
        sign_in(client, employ(tenant_id=HERE, unit_id=house.top, role=Role.STRATEGY_OWNER))

        page = client.get(f"/arbeid/strategi/{plan.strategy_id}/arsstatus/{YEAR}/").content.decode()
        writing = client.get(f"/arbeid/strategi/{plan.strategy_id}/arsstatus/{YEAR}/tekst/{key}/?utkast")

        assert f'id="{key}"' in page
        assert page.index("Helse</h2>") < page.index("Om Helse.")
        assert "Om Helse." in writing.content.decode()
        services.write_section(**which, section=key, text="", seen=mark_of("Om Helse."))
        assert found_of(system, plan).sections[key] == ""
        with pytest.raises(ReportRefused, match="section"):
            services.write_section(**which, section=key, text="Igjen.", seen=mark_of(""))


class TestBeforeItIsFinal:
    def test_texts_that_figures_have_overtaken_are_named(self, client, house, draft, system):
        assert services.sections_overtaken(actor=system, found=found_of(system, draft)) == []
        said = ReportDetails(date(2025, 12, 30), MeasureStatus.DONE, Light.GREEN, "Ferdig.")
        reporting.report_status(actor=system, measure_id=draft.measures[1], details=said)
        services.count_anew(actor=system, strategy_id=draft.strategy_id, year=YEAR)
        sign_in(client, employ(tenant_id=HERE, unit_id=house.top, role=Role.STRATEGY_OWNER))

        page = client.get(f"/arbeid/strategi/{draft.strategy_id}/arsstatus/{YEAR}/").content.decode()

        assert "summary" in services.sections_overtaken(actor=system, found=found_of(system, draft))
        assert 'href="#summary"' in page
        assert 'href="#learnt"' not in page

    def test_saving_a_text_again_answers_the_warning(self, draft, system):
        said = ReportDetails(date(2025, 12, 30), MeasureStatus.DONE, Light.GREEN, "Ferdig.")
        reporting.report_status(actor=system, measure_id=draft.measures[1], details=said)
        services.count_anew(actor=system, strategy_id=draft.strategy_id, year=YEAR)
        assert "summary" in services.sections_overtaken(actor=system, found=found_of(system, draft))
        text = found_of(system, draft).sections["summary"]

        services.write_section(
            actor=system, strategy_id=draft.strategy_id, year=YEAR, section="summary", text=text, seen=mark_of(text)
        )

        assert "summary" not in services.sections_overtaken(actor=system, found=found_of(system, draft))

    def test_figures_are_counted_when_somebody_asks_and_all_read_the_same_until_then(
        self, client, house, draft, system
    ):
        at = f"/arbeid/strategi/{draft.strategy_id}/arsstatus/{YEAR}/"
        sign_in(client, employ(tenant_id=HERE, unit_id=house.top, role=Role.STRATEGY_OWNER))
        before = found_of(system, draft)
        said = ReportDetails(date(2025, 12, 30), MeasureStatus.DONE, Light.GREEN, "Ferdig.")
        reporting.report_status(actor=system, measure_id=draft.measures[1], details=said)

        waiting = found_of(system, draft)
        page = client.get(at).content.decode()
        answer = client.post(f"{at}tall/", follow=True).content.decode()
        fetched = found_of(system, draft)

        assert not before.has_news
        assert (waiting.figures, waiting.has_news) == (before.figures, True)
        assert "Noe er meldt siden tallene ble hentet" in page
        assert "Noe er meldt siden tallene ble hentet" not in answer
        assert fetched.figures == state_of(system, draft.strategy_id) != before.figures
        assert fetched.figures_at > before.figures_at
        assert (fetched.sections, fetched.version) == (before.sections, before.version + 1)

    def test_saving_a_text_counts_nothing(self, draft, system, monkeypatch):
        text = found_of(system, draft).sections["learnt"]
        monkeypatch.setattr(services, "year_state", None)

        services.write_section(
            actor=system, strategy_id=draft.strategy_id, year=YEAR, section="learnt", text="Nytt.", seen=mark_of(text)
        )

        assert found_of(system, draft).sections["learnt"] == "Nytt."

    def test_figures_from_before_the_year_was_over_are_not_made_final(self, draft, system):
        row = YearlyReport.objects.get(strategy_id=draft.strategy_id)
        YearlyReport.objects.filter(id=row.id).update(figures={**row.figures, "is_over": False})
        which = {"actor": system, "strategy_id": draft.strategy_id, "year": YEAR}

        with pytest.raises(ReportRefused, match="counted_early"):
            services.finalise_report(**which, version=1)
        services.count_anew(**which)
        assert services.finalise_report(**which, version=2).figures["is_over"]
        with pytest.raises(ReportRefused, match="final"):
            services.count_anew(**which)

    def test_a_final_report_keeps_its_title(self, draft, system):
        services.finalise_report(actor=system, strategy_id=draft.strategy_id, year=YEAR, version=1)
        Strategy.objects.filter(id=draft.strategy_id).update(title="Et annet navn")

        assert found_of(system, draft).title == "Vi ser pårørende"


class TestJobs:
    def test_a_plan_that_cannot_be_written_says_so(self, plan, system, monkeypatch):
        asked = exporting.ask_for_export(actor=system, strategy_id=plan.strategy_id, form=ExportForm.BOARD)

        def broken(cards):
            raise RuntimeError

        monkeypatch.setattr(plan_jobs, "rows_of", broken)

        plan_jobs.write_plan(tenant_id=str(HERE), export_id=str(asked.id))

        assert PlanExport.objects.get(id=asked.id).failed
