"""The guideline at work: what is said of its lines, gaps that become measures, and the pages of it."""

from importlib import import_module

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.core import clock
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.statistics import selectors as statistics
from medspiller.statistics.domain.indicators import Computed
from medspiller.strategy import selectors as strategies
from medspiller.strategy.domain.files import FileForm, FileOf
from medspiller.strategy.domain.guideline import (
    AssessmentDetails,
    AssessmentRefused,
    Barrier,
    EvidenceKind,
    LineState,
    Refusal,
    is_demand,
)
from medspiller.strategy.domain.inputs import MeasureDetails
from medspiller.strategy.domain.refusals import StrategyChanged
from medspiller.strategy.domain.seen_guideline import GuidelineFilters
from medspiller.strategy.domain.self_assessment import URL, SheetAnswer
from medspiller.strategy.domain.vocabulary import LinkKind, Service
from medspiller.strategy.models import LineAssessment, MadeFile, MeasureLink
from medspiller.strategy.selectors import guideline as selectors
from medspiller.strategy.services import guideline as services
from medspiller.strategy.tests import factories
from medspiller.strategy.tests.guideline_content import form_version, publish_guideline
from medspiller.strategy.worker.files import made

HOME = Service.HOME_CARE
PAGES = "/arbeid/strategi/veileder/"


@pytest.fixture
def system(house):
    publish_guideline(house.tenant_id)
    return actors.system(house.tenant_id)


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care, Role.CARE_WORKER)


def said(line="PV-2.1.1", state=LineState.NOT_MET, **more):
    usual = {"service": HOME, "on": clock.today(), "evidence_kind": EvidenceKind.STATEMENT}
    return AssessmentDetails(line=line, state=state, **usual | more)


def text_of(page):
    return " ".join(page.content.decode().split())


class TestSayingHowFar:
    def test_stands_and_keeps_what_was_said_before(self, system):
        services.assess_line(actor=system, details=said(barrier=Barrier.TIME, next_step="Lage rutine"))
        services.assess_line(actor=system, details=said(state=LineState.MET, evidence="Rutine 4"), version=1)

        _, place = selectors.place(actor=system, line_id="PV-2.1.1", service=HOME)
        history = selectors.assessment_history(actor=system, line_id="PV-2.1.1")
        assert (place.state, place.said.version) == (LineState.MET, 2)
        assert [each.state for each in history] == [LineState.MET, LineState.NOT_MET]

    def test_whoever_was_slower_is_told_what_stands_now(self, system):
        services.assess_line(actor=system, details=said())

        with pytest.raises(StrategyChanged):
            services.assess_line(actor=system, details=said(state=LineState.MET), version=0)

    def test_rests_on_an_indicator_that_is_computed(self, system):
        services.assess_line(
            actor=system,
            details=said("PV-3.2.1", LineState.MET, evidence_kind=EvidenceKind.OWN_DATA, indicator="children-asked"),
        )

        with pytest.raises(AssessmentRefused):
            services.assess_line(
                actor=system,
                details=said("PV-3.2.1", LineState.MET, evidence_kind=EvidenceKind.OWN_DATA, indicator="weather"),
            )

    def test_is_not_for_everybody(self, system, nurse):
        with pytest.raises(NotAllowed):
            services.assess_line(actor=nurse, details=said())

        assert selectors.guideline(actor=nurse)


class TestTheSelfAssessment:
    def test_makes_an_assessment_of_each_answer_and_pins_the_form(self, system):
        answers = [
            SheetAnswer("PV-2.1.1", LineState.NOT_MET, "Vet ikke hvem"),
            SheetAnswer("PV-2.1.7", LineState.UNDER_WAY, ""),
        ]
        version = selectors.form_version(actor=system)

        services.assess_sheet(actor=system, service=HOME, answers=answers, version=version)

        rows = {row.line: row for row in LineAssessment.objects.all()}
        assert {line: row.state for line, row in rows.items()} == {"PV-2.1.1": "not_met", "PV-2.1.7": "under_way"}
        assert {row.form for row in rows.values()} == {f"{URL}|{version}"}
        assert rows["PV-2.1.1"].evidence == "Vet ikke hvem"

    def test_keeps_next_step_and_who_that_were_said_before(self, system):
        services.assess_line(actor=system, details=said(next_step="Lage rutine", who="Leder"))

        services.assess_sheet(
            actor=system, service=HOME, answers=[SheetAnswer("PV-2.1.1", LineState.MET, "")], version=form_version()
        )

        row = LineAssessment.objects.get()
        assert (row.state, row.next_step, row.who) == ("met", "Lage rutine", "Leder")

    @pytest.mark.parametrize(
        ("answer", "version"),
        [
            (SheetAnswer("PV-2.1.1", LineState.UNDER_WAY, ""), ""),
            (SheetAnswer("PV-2.3.2", LineState.MET, ""), ""),
            (SheetAnswer("PV-2.1.1", LineState.MET, ""), "0.9.0"),
        ],
    )
    def test_a_sheet_that_does_not_fit_stores_nothing(self, system, answer, version):
        with pytest.raises(AssessmentRefused):
            services.assess_sheet(actor=system, service=HOME, answers=[answer], version=version or form_version())

        assert not LineAssessment.objects.exists()


class TestGaps:
    def test_two_gaps_become_measures_of_a_plan_with_links_to_their_lines(self, system, house):
        strategy = factories.draft(system)
        area = factories.area(system, strategy)
        for line, state in (("PV-2.1.1", LineState.NOT_MET), ("PV-2.1.7", LineState.NOT_STARTED)):
            services.assess_line(actor=system, details=said(line, state))
            services.measure_from_gap(
                actor=system, area_id=area.id, line_id=line, service=HOME, details=MeasureDetails(text=f"Tette {line}")
            )

        plan = strategies.strategy(actor=system, strategy_id=strategy.id)
        assert [each.services for each in plan.measures] == [(HOME,), (HOME,)]
        links = MeasureLink.objects.filter(kind=LinkKind.GUIDELINE.value).order_by("ref").values_list("ref", flat=True)
        assert list(links) == ["PV-2.1.1", "PV-2.1.7"]
        assert all(len(gap.measures) == 1 for gap in selectors.follow_up(actor=system))

    def test_what_has_no_measure_comes_first_and_the_law_before_advice(self, system):
        for line, state in (("PV-2.1.7", LineState.NOT_STARTED), ("PV-3.2.1", LineState.NOT_MET)):
            services.assess_line(actor=system, details=said(line, state))

        assert [gap.line.id for gap in selectors.follow_up(actor=system)] == ["PV-3.2.1", "PV-2.1.7"]

    def test_where_there_is_none_no_measure_is_made_of_it(self, system):
        area = factories.area(system, factories.draft(system))

        with pytest.raises(AssessmentRefused) as refusal:
            services.measure_from_gap(
                actor=system, area_id=area.id, line_id="PV-2.1.1", service=HOME, details=MeasureDetails(text="Tette")
            )

        assert refusal.value.why is Refusal.NO_GAP


class TestReading:
    def test_counts_demands_and_advice_apart_and_never_a_share(self, system):
        for line, state in (
            ("PV-2.1.1", LineState.NOT_MET),
            ("PV-2.1.2", LineState.MET),
            ("PV-2.1.7", LineState.IN_PLACE),
        ):
            services.assess_line(actor=system, details=said(line, state))

        spots = dict(selectors.weak_spots(actor=system))[HOME]

        found = next(each for each in spots if each.chapter == "2")
        assert (found.demands_met, found.demands_not_met, found.advice_done, found.gaps) == (1, 1, 1, 1)
        assert found.demands_open > 0

    def test_narrows_by_service_chapter_state_and_gap(self, system):
        services.assess_line(actor=system, details=said())

        (section,) = selectors.guideline(actor=system, filters=GuidelineFilters(service=HOME, only_gaps=True))
        assert [row.line.id for row in section.rows] == ["PV-2.1.1"]
        assert not selectors.guideline(
            actor=system, filters=GuidelineFilters(service=Service.NURSING_HOME, only_gaps=True)
        )
        assert selectors.guideline(actor=system, filters=GuidelineFilters(chapter="2", state=LineState.NOT_MET))

    def test_a_line_that_is_none_is_not_found(self, system):
        for line in ("PV-1.1.1", "PV-99.1.1", "tull"):
            with pytest.raises(NotFound):
                selectors.guideline_line(actor=system, line_id=line)

    def test_all_of_it_in_few_statements(self, system, django_assert_max_num_queries):
        services.assess_line(actor=system, details=said())

        with django_assert_max_num_queries(6):
            selectors.weak_spots(actor=system)


class TestThePages:
    def test_a_service_answers_a_chapter_and_its_gap_becomes_a_measure(self, system, house, staff):
        area = factories.area(system, factories.draft(system, title="Plan for pårørende"))
        as_owner = staff(Role.STRATEGY_OWNER, house.top)

        # The service says where it stands in chapter 2
        chapter = f"{PAGES}egenvurdering/home_care/2/"
        form = text_of(as_owner.get(chapter))
        assert "PV-2.1.1" in form
        assert "PV-2.3.2" not in form
        answered = {
            "form_version": form_version(),
            "pv-2-1-1": "not_met",
            "pv-2-1-1-comment": "Vet ikke hvem",
            "pv-2-1-7": "in_place",
        }
        assert as_owner.post(chapter, answered)["Location"] == f"{PAGES}egenvurdering/home_care/3/"

        # The gap is on the map, in the list and in the follow-up plan
        for page in ("", "linjer/?bare=hull", "linjer/PV-2.1.1/", "oppfolging/", "oppfolging/?vis=uten", "grunnlag/"):
            assert as_owner.get(PAGES + page).status_code == 200
        assert "PV-2.1.1" in text_of(as_owner.get(f"{PAGES}oppfolging/"))

        # It becomes a measure
        gap = f"{PAGES}linjer/PV-2.1.1/home_care/tiltak/"
        assert "Plan for pårørende" in text_of(as_owner.get(gap))
        sent = {
            "area": str(area.id),
            "text": "Peke ut hvem som tar imot",
            "owner": "Leder",
            "from_year": "",
            "to_year": "",
        }
        assert as_owner.post(gap, sent).status_code == 302
        assert "Peke ut hvem som tar imot" in text_of(as_owner.get(f"{PAGES}oppfolging/"))

    def test_what_was_typed_stays_where_it_is_refused(self, system, house, staff):
        page = staff(Role.LEADER, house.top).post(
            f"{PAGES}linjer/PV-2.1.1/home_care/",
            {
                "state": "met",
                "evidence_kind": "document",
                "evidence": "",
                "next_step": "Skrive ned",
                "on": "22.11.2026",
            },
        )

        assert page.status_code == 422
        assert "Skrive ned" in text_of(page)

    def test_whoever_was_slower_sees_what_stands_now(self, system, house, staff):
        services.assess_line(actor=system, details=said(next_step="Ringe Ahus"))

        page = staff(Role.LEADER, house.top).post(
            f"{PAGES}linjer/PV-2.1.1/home_care/",
            {"state": "not_met", "next_step": "Noe annet", "on": "22.11.2026", "version": "0"},
        )

        assert page.status_code == 409
        assert "Ringe Ahus" in text_of(page)

    def test_an_older_form_is_not_taken(self, system, house, staff):
        page = staff(Role.LEADER, house.top).post(
            f"{PAGES}egenvurdering/home_care/2/", {"form_version": "0.1.0", "pv-2-1-1": "met"}
        )

        assert page.status_code == 422

    @pytest.mark.parametrize(
        "page", ["linjer/PV-9.9.9/", "linjer/PV-2.1.1/moon/", "egenvurdering/home_care/9/", "egenvurdering/moon/2/"]
    )
    def test_what_is_not_there_is_not_found(self, system, house, staff, page):
        assert staff(Role.STRATEGY_OWNER, house.top).get(PAGES + page).status_code == 404

    def test_a_nurse_reads_and_does_not_assess(self, system, house, staff):
        as_nurse = staff(Role.CARE_WORKER, house.home_care)

        assert as_nurse.get(PAGES).status_code == 200
        assert as_nurse.get(f"{PAGES}linjer/PV-2.1.1/home_care/").status_code == 403
        assert as_nurse.get("/arbeid/strategi/indikatorer/").status_code == 403
        assert as_nurse.get("/arbeid/strategi/nasjonale-anslag/").status_code == 200


@pytest.fixture
def figures(monkeypatch, system):
    """Figures in which something is known, small and not known."""
    # By its name in full: the package has a function of the same name.
    counting = import_module("medspiller.statistics.selectors.indicators")
    counted = {"yes": 30, "no": 20, "not_asked": 50}
    monkeypatch.setitem(counting._COUNTS, Computed.CHILDREN_ASKED, lambda actor, begins, ends: counted)
    few = {"recorded": 18, "not_recorded": 2}
    monkeypatch.setitem(counting._COUNTS, Computed.NEAREST_RECORDED, lambda actor, begins, ends: few)


class TestTheBasisForAnEvaluation:
    def test_has_the_figures_with_their_years_and_definitions_and_hides_small_ones(self, system, figures, house, staff):
        by_data = {"evidence_kind": EvidenceKind.OWN_DATA, "indicator": "children-asked"}
        services.assess_line(actor=system, details=said("PV-3.2.1", LineState.MET, **by_data))
        as_leader, year = staff(Role.LEADER, house.top), clock.today().year

        page = text_of(as_leader.get(f"{PAGES}grunnlag/"))
        table = page.split("Våre egne tall, år for år")[1].split("</table>")[0]
        (asked,) = [row for row in table.split("<tr") if "Spurt om mindreårige barn" in row]
        (nearest,) = [row for row in table.split("<tr") if "Nærmeste" in row]
        resting = page.split("Det som er sagt om en linje, med tallet det bygger på")[1].split("</table>")[0]

        assert f">{year - 1}<" in table
        assert "50 (av 100; ukjent: 50)" in asked
        ref = asked.split('href="#')[1].split('"')[0]
        assert f'id="{ref}"' in page
        assert ">:<" in nearest
        assert "18" not in nearest
        assert "PV-3.2.1, Hjemmetjeneste" in resting
        assert f"{year - 1}: 50 (av 100; ukjent: 50)" in resting
        assert "Egne tall, beregnet" in page

    def test_shows_no_values_to_whom_figures_are_closed(self, system, figures, house, staff):
        page = text_of(staff(Role.CARE_WORKER, house.home_care).get(f"{PAGES}grunnlag/"))

        assert "Spurt om mindreårige barn" in page
        assert "Våre egne tall, år for år" not in page
        assert "ukjent: 50" not in page

    def test_counts_what_is_not_relevant_so_that_the_sums_agree(self, system, house, staff):
        services.assess_line(actor=system, details=said("PV-2.1.7", LineState.NOT_RELEVANT))
        (spots,) = [found for service, found in selectors.weak_spots(actor=system) if service is HOME]
        (spot,) = [each for each in spots if each.chapter == "2"]
        lines = [
            row.line
            for section in selectors.guideline(actor=system, filters=GuidelineFilters(service=HOME, chapter="2"))
            for row in section.rows
        ]
        advice = spot.advice_done + spot.advice_under_way + spot.advice_not_started + spot.advice_open

        assert not spot.is_empty
        assert advice + spot.advice_not_relevant == sum(not is_demand(line) for line in lines)
        assert "ikke relevant 1" in text_of(staff(Role.LEADER, house.top).get(f"{PAGES}grunnlag/"))

    def test_tells_method_limits_sources_findings_and_recommendations(self, system, house, staff):
        services.assess_line(actor=system, details=said(barrier=Barrier.TIME, next_step="Lage rutine for søknader"))
        as_leader = staff(Role.LEADER, house.top)

        for page in ("", "?utskrift"):
            told = text_of(as_leader.get(f"{PAGES}grunnlag/{page}"))
            for words in (
                "Metode",
                "Hva metoden ikke kan si",
                "Datakilder",
                "Funn",
                "Anbefalinger",
                "Lage rutine for søknader",
            ):
                assert words in told
            assert "%" not in told.split("Funn")[1].split("Anbefalinger")[0]

    def test_is_asked_for_as_a_word_file_that_a_job_makes(self, system, house, staff):
        strategy = factories.draft(system)
        as_leader = staff(Role.LEADER, house.top)
        here = f"{PAGES}grunnlag/{strategy.id}/word/"

        assert as_leader.get(here).status_code == 200
        assert as_leader.post(here)["Location"] == here
        assert as_leader.get(here).status_code == 200
        row = MadeFile.objects.get()
        assert (row.of, row.form) == ("evaluation", "docx")
        assert made(FileOf.EVALUATION, FileForm.DOCX, row.content)[:2] == b"PK"
        assert as_leader.get(f"{here}fil/").status_code == 404


class TestFiguresAndIndicators:
    def test_figures_of_others_say_that_they_are_and_from_when(self, system, house, staff):
        page = text_of(staff(Role.LEADER, house.top).get("/arbeid/strategi/nasjonale-anslag/"))

        assert "800 000" in page
        assert page.count("Nasjonalt anslag") >= len(
            [one for found in statistics.figures(actor=system) for one in found.figures]
        )

    def test_every_indicator_is_counted_and_has_a_page(self, system, house, staff):
        as_leader = staff(Role.LEADER, house.top)

        assert as_leader.get("/arbeid/strategi/indikatorer/").status_code == 200
        for each in statistics.indicator_values(actor=system):
            assert len(each.values) == statistics.YEARS_SHOWN
            assert as_leader.get(f"/arbeid/strategi/indikatorer/{each.indicator.slug}/").status_code == 200

    def test_are_kept_from_whoever_may_not_see_figures(self, system, nurse):
        with pytest.raises(NotAllowed):
            statistics.indicator_values(actor=nurse)
