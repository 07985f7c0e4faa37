"""Yearly reports: who reads which figures when, what is news, and a final report that is opened again."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.people.tests.factories import worker
from medspiller.strategy.domain.documents import Prose, Table
from medspiller.strategy.domain.files import FileForm, FileOf
from medspiller.strategy.domain.inputs import ReportDetails
from medspiller.strategy.domain.kept_reports import as_json
from medspiller.strategy.domain.reports import Indicator, ReportRefused, Value, mark_of
from medspiller.strategy.domain.vocabulary import Body, Event, Light, MeasureStatus
from medspiller.strategy.models import IndicatorValue, MadeFile, MeasureIndicator, StatusReport, YearlyReport
from medspiller.strategy.selectors import reports as selectors
from medspiller.strategy.services import indicators, reporting, strategies
from medspiller.strategy.services import reports as services
from medspiller.strategy.services.report_files import order_file
from medspiller.strategy.tests.plans import YEAR, build_plan
from medspiller.strategy.web.report_parts import document_of
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


@pytest.fixture
def final(draft, system):
    services.finalise_report(actor=system, strategy_id=draft.strategy_id, year=YEAR, version=1)
    return draft


@pytest.fixture
def as_owner(client, house):
    sign_in(client, employ(tenant_id=HERE, unit_id=house.top, role=Role.STRATEGY_OWNER))
    return client


def report_of(plan, actor, **more):
    return selectors.yearly_report(actor=actor, strategy_id=plan.strategy_id, year=YEAR, **more)


def which(plan, actor):
    return {"actor": actor, "strategy_id": plan.strategy_id, "year": YEAR}


def address(plan, more=""):
    return f"/arbeid/strategi/{plan.strategy_id}/arsstatus/{YEAR}/{more}"


def page_of(client, at):
    return " ".join(client.get(at).content.decode().split())


class TestComputedFiguresOfADraft:
    NAME = "Nærmeste er skrevet ned"

    @pytest.fixture
    def counted(self, draft, system):
        """A draft in which a computed figure and one that was entered by hand have values."""
        row = YearlyReport.objects.get(strategy_id=draft.strategy_id)
        values = (Value(2024, Decimal(60), whole=50, unknown=3), Value(2025, Decimal(70), whole=52, unknown=9))
        told = Indicator(self.NAME, "%", "Telles.", "Spurt slik.", "Medspiller", "", ("1.1",), values, is_computed=True)
        state = selectors.kept_figures(actor=system, row=row)
        state = replace(state, indicators=(*state.indicators, told), carers=(told,))
        YearlyReport.objects.filter(id=row.id).update(figures=as_json(state))
        return draft

    @pytest.fixture
    def nurse(self, house):
        return worker(HERE, house.top, Role.CARE_WORKER, name="Nina Demoli")

    def test_are_for_those_who_may_see_figures(self, counted, house, nurse):
        leader = worker(HERE, house.top, Role.LEADER, name="Per Demoberg")

        theirs, ours = report_of(counted, nurse), report_of(counted, leader)

        assert [each.name for each in theirs.figures.indicators] == ["Spurt"]
        assert (theirs.figures.carers, theirs.is_withheld) == ((), True)
        assert [each.name for each in ours.figures.indicators] == ["Spurt", self.NAME]
        assert (len(ours.figures.carers), ours.is_withheld) == (1, False)

    def test_stand_in_no_document_made_of_it(self, counted, nurse):
        whole = document_of(report_of(counted, nurse), organisation="Demo kommune")
        cells = {cell.text for part in whole.parts if isinstance(part, Table) for row in part.rows for cell in row}

        assert not any(self.NAME in text for text in cells)
        assert any("utelatt" in part.text for part in whole.parts if isinstance(part, Prose))

    def test_are_read_by_all_when_the_report_is_final(self, counted, nurse, system):
        services.finalise_report(**which(counted, system), version=1)

        found = report_of(counted, nurse)

        assert [each.name for each in found.figures.indicators] == ["Spurt", self.NAME]
        assert (len(found.figures.carers), found.is_withheld) == (1, False)

    def test_are_for_those_again_when_a_later_edition_has_replaced_it(self, counted, house, nurse, system):
        leader = worker(HERE, house.top, Role.LEADER, name="Per Demoberg")
        services.finalise_report(**which(counted, system), version=1)
        services.reopen_report(**which(counted, system), reason="Feil.")
        standing = report_of(counted, nurse, edition=1)
        services.finalise_report(**which(counted, system), version=1)

        old, new = report_of(counted, nurse, edition=1), report_of(counted, nurse)
        assert [each.is_withheld for each in (standing, old, new)] == [False, True, False]
        assert (old.figures.carers, [each.name for each in old.figures.indicators]) == ((), ["Spurt"])
        assert not report_of(counted, leader, edition=1).is_withheld

    def test_are_named_in_no_text_that_is_drafted(self, counted, system):
        text = services.draft_section(**which(counted, system), section="indicators")

        assert "Høyere enn året før: Spurt." in text
        assert self.NAME not in text

    def test_are_left_out_when_small_numbers_are_hidden_that_were_not(self, counted, house, system, settings):
        settings.SMALLEST_COUNT = "10"
        leader = worker(HERE, house.top, Role.LEADER, name="Per Demoberg")

        found = report_of(counted, leader)
        whole = document_of(found, organisation="Demo kommune")

        assert (found.is_withheld, found.has_news, found.figures.carers) == (True, True, ())
        assert any("mindre tall" in part.text for part in whole.parts if isinstance(part, Prose))
        with pytest.raises(ReportRefused, match="news"):
            services.finalise_report(**which(counted, system), version=1)
        services.count_anew(**which(counted, system))
        assert not report_of(counted, leader).is_withheld
        assert services.finalise_report(**which(counted, system), version=2).figures["least"] == 10

    def test_that_are_left_out_overtake_no_text(self, counted, system, settings):
        row = YearlyReport.objects.get(strategy_id=counted.strategy_id)
        told = [each for each in row.figures["indicators"] if each["is_computed"]]
        YearlyReport.objects.filter(id=row.id).update(figures={**row.figures, "indicators": told})
        text = services.draft_section(**which(counted, system), section="indicators")
        seen = mark_of(row.sections["indicators"])
        services.write_section(**which(counted, system), section="indicators", text=text, seen=seen)
        settings.SMALLEST_COUNT = "10"

        found = report_of(counted, system)
        assert found.figures.indicators == ()
        assert "indicators" not in services.sections_overtaken(actor=system, found=found)

    def test_are_kept_when_somebody_who_does_not_see_them_has_read(self, counted, nurse):
        report_of(counted, nurse)

        kept = YearlyReport.objects.get(strategy_id=counted.strategy_id).figures
        assert [each["name"] for each in kept["indicators"]] == ["Spurt", self.NAME]


class TestNews:
    @pytest.fixture
    def followed(self, draft):
        return MeasureIndicator.objects.get(measure_id=draft.measures[0])

    def report(self, system, draft, on, **more):
        said = ReportDetails(on, MeasureStatus.DONE, Light.GREEN, "Ferdig.", **more)
        return reporting.report_status(actor=system, measure_id=draft.measures[1], details=said)

    @pytest.mark.parametrize(("on", "is_news"), [(date(2025, 12, 31), True), (date(2026, 1, 1), False)])
    def test_is_what_was_reported_of_the_year(self, draft, system, on, is_news):
        self.report(system, draft, on)

        assert report_of(draft, system).has_news is is_news

    def test_is_a_later_report_that_takes_one_of_the_year_away(self, draft, system):
        wrong = StatusReport.objects.get(measure_id=draft.measures[1])
        self.report(system, draft, date(2026, 2, 1), corrects=wrong.id)

        assert report_of(draft, system).has_news

    @pytest.mark.parametrize(("year", "is_news"), [(2025, True), (2023, True), (2022, False), (2026, False)])
    def test_is_a_value_that_the_report_shows(self, draft, system, followed, year, is_news):
        IndicatorValue.objects.filter(measure_indicator=followed).delete()
        # Of the year we are in up to a day that has been.
        ends = min(date(year + 1, 1, 1), clock.today())
        indicators.enter_value(
            actor=system, indicator_id=followed.id, period_from=date(year, 1, 1), period_to=ends,
            value=Decimal(7), source="Fagsystemet",
        )  # fmt: skip

        assert report_of(draft, system).has_news is is_news

    @pytest.mark.parametrize(("on", "is_news"), [(date(2025, 5, 5), True), (date(2026, 5, 5), False)])
    def test_is_who_was_heard_in_the_year(self, draft, system, on, is_news):
        strategies.log_event(
            actor=system, strategy_id=draft.strategy_id, on=on, body=Body.CARERS, what=Event.HEARD, body_name="Rådet"
        )

        assert report_of(draft, system).has_news is is_news

    def test_is_what_was_reported_while_figures_were_counted(self, draft, system, monkeypatch):
        def slowly(**asked):
            state = selectors.year_state(**asked)
            self.report(system, draft, date(2025, 12, 30))
            return state

        monkeypatch.setattr(services, "year_state", slowly)
        services.count_anew(**which(draft, system))

        assert report_of(draft, system).has_news

    def test_is_what_was_reported_while_it_was_drafted(self, plan, system, monkeypatch):
        def slowly(**asked):
            state = selectors.year_state(**asked)
            self.report(system, plan, date(2025, 12, 30))
            return state

        monkeypatch.setattr(services, "year_state", slowly)
        services.draft_report(actor=system, strategy_id=plan.strategy_id, year=YEAR, language="nb")

        assert report_of(plan, system).has_news

    def test_keeps_a_report_from_being_made_final_until_it_is_fetched(self, draft, system, as_owner):
        self.report(system, draft, date(2025, 12, 30))

        with pytest.raises(ReportRefused, match="news"):
            services.finalise_report(**which(draft, system), version=1)
        answer = as_owner.post(address(draft, "ferdig/"), {"version": "1"})
        assert answer.status_code == 422
        assert "Hent nye tall først" in answer.content.decode()
        assert "ferdig/" not in page_of(as_owner, address(draft))
        services.count_anew(**which(draft, system))
        assert services.finalise_report(**which(draft, system), version=2).state == "final"


class TestOpeningAFinalReportAgain:
    WHY = "Tallet for 2025 var feil."

    @pytest.fixture
    def reopened(self, final, system):
        services.reopen_report(**which(final, system), reason=self.WHY)
        return final

    def test_begins_a_new_edition_with_the_same_texts_and_figures(self, reopened, system):
        first, now = report_of(reopened, system, edition=1), report_of(reopened, system)

        assert (now.edition, now.is_final, now.reopened_why, now.version) == (2, False, self.WHY, 1)
        assert (now.sections, now.figures) == (first.sections, first.figures)
        assert (first.is_final, first.is_newest, now.is_newest) == (True, False, True)

    def test_leaves_the_final_one_as_it_was(self, reopened, system):
        before = report_of(reopened, system, edition=1)
        seen = mark_of(before.sections["learnt"])
        services.write_section(**which(reopened, system), section="learnt", text="Rettet.", seen=seen)
        services.finalise_report(**which(reopened, system), version=2)

        assert report_of(reopened, system, edition=1).sections == before.sections
        assert report_of(reopened, system).sections["learnt"] == "Rettet."
        with pytest.raises(IntegrityError, match="is final"), transaction.atomic():
            YearlyReport.objects.filter(strategy_id=reopened.strategy_id, edition=1).update(sections={})

    def test_is_for_whoever_adopts_strategies(self, final, house):
        leader = worker(HERE, house.top, Role.LEADER, name="Per Demoberg")

        with pytest.raises(NotAllowed):
            services.reopen_report(**which(final, leader), reason=self.WHY)
        assert not report_of(final, leader).may_reopen

    @pytest.mark.parametrize(("reason", "why"), [(" \n", "no_reason"), ("x" * 1001, "too_long")])
    def test_needs_a_reason(self, final, system, reason, why):
        with pytest.raises(ReportRefused, match=why):
            services.reopen_report(**which(final, system), reason=reason)

    def test_is_done_once(self, reopened, system):
        with pytest.raises(ReportRefused, match="not_final"):
            services.reopen_report(**which(reopened, system), reason=self.WHY)

    @pytest.mark.parametrize("table", ["strategy_yearlyreport", "strategy_yearlyreporthistoryrow"])
    def test_a_version_that_knows_no_editions_goes_on_writing(self, here, table):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT column_name, column_default FROM information_schema.columns"
                " WHERE table_name = %s AND column_name IN ('edition', 'reopened_why')",
                [table],
            )
            found = dict(cursor.fetchall())

        assert found == {"edition": "1", "reopened_why": "''::text"}

    def test_is_logged(self, final, system):
        made = services.reopen_report(**which(final, system), reason=self.WHY)

        assert AccessEntry.objects.filter(action="strategy.adopt", subject_id=made.id).count() == 1

    @pytest.mark.parametrize(
        "changed", [{"reopened_why": ""}, {"edition": 1}, {"edition": 1, "reopened_why": ""}], ids=str
    )
    def test_an_edition_says_why_and_is_no_other(self, reopened, changed):
        with pytest.raises(IntegrityError), transaction.atomic():
            YearlyReport.objects.filter(strategy_id=reopened.strategy_id, edition=2).update(**changed)

    def test_on_the_page(self, final, as_owner):
        assert "Åpne rapporten på nytt" in page_of(as_owner, address(final))
        silent = as_owner.post(address(final, "gjenapne/"), {"hvorfor": " "})
        assert silent.status_code == 422
        assert "id_hvorfor" in silent.content.decode()

        assert as_owner.post(address(final, "gjenapne/"), {"hvorfor": self.WHY})["Location"] == address(final)

        now, old = page_of(as_owner, address(final)), page_of(as_owner, address(final, "?utgave=1"))
        assert self.WHY in now
        assert "Skriv her" in now
        assert "?utgave=1" in now
        assert "Utgave 1 ble gjort endelig" in now
        assert "Les den nyeste utgaven" in old
        assert "Skriv her" not in old
        assert "Åpne rapporten på nytt" not in old
        assert "Endelig" in page_of(as_owner, address(final, "utskrift/?utgave=1"))
        assert "(1 tidligere utgave)" in page_of(as_owner, f"/arbeid/strategi/{final.strategy_id}/arsstatus/")

    @pytest.mark.parametrize("asked", ["2", "x", "²", "99999999999"])
    def test_knows_no_edition_that_is_not_there(self, final, as_owner, asked):
        assert as_owner.get(address(final, f"?utgave={asked}")).status_code == 404

    def test_of_a_year_without_a_report_there_is_nothing_to_open(self, plan, system):
        with pytest.raises(NotFound):
            services.reopen_report(**which(plan, system), reason=self.WHY)


class TestFiles:
    @pytest.fixture
    def asked(self, draft, system):
        def ask():
            which_file = {"strategy_id": draft.strategy_id, "of": FileOf.REPORT, "form": FileForm.DOCX}
            for year in (YEAR, YEAR - 1):
                order_file(actor=system, content="[]", year=year, **which_file)

        return ask

    def years(self):
        return sorted(MadeFile.objects.values_list("year", flat=True))

    def test_of_an_older_state_are_gone(self, draft, system, asked):
        for change in (
            lambda: services.count_anew(**which(draft, system)),
            lambda: services.finalise_report(**which(draft, system), version=2),
            lambda: services.reopen_report(**which(draft, system), reason="Feil."),
        ):
            asked()
            assert self.years() == [YEAR - 1, YEAR]
            change()
            assert self.years() == [YEAR - 1]
