"""Lists of strategies, of the guideline and of figures as files: they say what the page says, to whom it says it."""

import csv
import io
from importlib import import_module

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.core import clock
from medspiller.people.tests.factories import worker
from medspiller.statistics import selectors as statistics
from medspiller.statistics.domain.indicators import Computed
from medspiller.strategy.domain.guideline import AssessmentDetails, Barrier, EvidenceKind, LineState
from medspiller.strategy.domain.vocabulary import Service
from medspiller.strategy.services import guideline as assessing
from medspiller.strategy.tests import factories
from medspiller.strategy.tests.guideline_content import publish_guideline
from tests.security import things_of_strategy

LIST = "/arbeid/strategi/"
INDICATORS, FIGURES, LINES = (f"{LIST}{part}/" for part in ("indikatorer", "nasjonale-anslag", "veileder/linjer"))
LINE = "PV-2.1.1"


@pytest.fixture
def keeper(house):
    return worker(house.tenant_id, house.top, Role.STRATEGY_OWNER, name="Torunn Demostrand")


@pytest.fixture
def things(house, keeper):
    return things_of_strategy.build_plans(house, keeper)


@pytest.fixture
def system(house):
    publish_guideline(house.tenant_id)
    return actors.system(house.tenant_id)


@pytest.fixture
def as_leader(staff, house):
    return staff(Role.LEADER, house.top)


@pytest.fixture
def as_nurse(staff, house):
    return staff(Role.CARE_WORKER, house.home_care)


def table(client, address, file="liste.csv", **asked):
    """Return the rows of a file, the headings first."""
    answer = client.get(f"{address}{file}", asked)
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def offers_file(client, address, **asked):
    return f'href="{address}liste.csv' in client.get(address, asked).content.decode()


class TestOurOwnIndicators:
    @pytest.fixture(autouse=True)
    def counted(self, monkeypatch, system):
        # By its name in full: the package has a function of the same name.
        counting = import_module("medspiller.statistics.selectors.indicators")
        known, few = {"yes": 30, "no": 20, "not_asked": 50}, {"recorded": 18, "not_recorded": 2}
        monkeypatch.setitem(counting._COUNTS, Computed.CHILDREN_ASKED, lambda actor, begins, ends: known)
        monkeypatch.setitem(counting._COUNTS, Computed.NEAREST_RECORDED, lambda actor, begins, ends: few)

    def test_stand_year_by_year_as_on_the_page_of_each(self, as_leader):
        headings, *rows = table(as_leader, INDICATORS)
        asked, year = [row for row in rows if row[0].startswith("Spurt om mindreårige")], clock.today().year

        assert headings == ["Indikator", "År", "Status", "Andel", "Av hvor mange", "Vet ikke"]
        assert [row[1] for row in asked] == [str(each) for each in range(year - 3, year + 1)]
        assert asked[-1][2:] == ["så langt", "50,0 %", "100", "50"]
        assert asked[0][2:] == ["", "50,0 %", "100", "50"]

    def test_leave_empty_what_the_page_hides(self, system, as_leader):
        _, *rows = table(as_leader, INDICATORS)
        (found,) = [
            each
            for each in statistics.indicator_values(actor=system)
            if each.indicator.computed is Computed.NEAREST_RECORDED
        ]
        few = [row for row in rows if row[0] == found.indicator.title["nb"]]

        assert len(few) == statistics.YEARS_SHOWN
        assert {row[3] for row in few} == {row[5] for row in few} == {""}
        assert not {"2", "18"} & {cell for row in few for cell in row}

    def test_are_offered_on_their_page(self, as_leader):
        assert offers_file(as_leader, INDICATORS)

    def test_are_only_for_whoever_may_see_figures(self, as_nurse):
        assert as_nurse.get(f"{INDICATORS}liste.csv").status_code == 403


class TestFiguresOfOthers:
    def test_have_their_year_definition_and_source(self, system, as_nurse):
        headings, *rows = table(as_nurse, FIGURES)
        every = [each for found in statistics.figures(actor=system) for each in found.figures]

        assert headings[1:] == ["Tall", "Verdi", "År", "Hva det teller", "Kilde"]
        assert len(rows) == len(every)
        for each in every:
            (row,) = [row for row in rows if row[1:4] == [each.title["nb"], each.value["nb"], each.year]]
            assert row[4].startswith(each.definition["nb"])
            assert each.source in row[5]
            assert each.read_in in row[5]
        assert offers_file(as_nurse, FIGURES)


class TestTheStrategies:
    def test_are_all_there_however_many_pages_they_fill(self, as_nurse, house, keeper, things):
        for number in range(26):
            factories.adopted(house.tenant_id, house.top, title=f"Plan nummer {number:02}")
        headings, *rows = table(as_nurse, LIST)
        year = clock.today().year
        by_title = {row[0]: row[1:] for row in rows}

        assert headings[:3] == ["Strategi", "Hvem sin", "Nivå"]
        assert len(rows) == 28
        years = [str(year - 1), str(year + 3)]
        assert by_title["Pårørendestrategi"] == ["Demo kommune", "Kommune", *years, "Vedtatt", "Ja", "0", "1"]
        assert by_title["Vi de pårørende"][-2:] == ["", ""]
        assert offers_file(as_nurse, LIST)

    def test_give_a_spreadsheet_nothing_to_run(self, as_nurse, keeper):
        factories.draft(keeper, title="=HYPERLINK(1)")

        assert table(as_nurse, LIST)[1][0] == "'=HYPERLINK(1)"

    def test_are_not_for_those_who_edit_for_an_organisation(self, staff, house):
        assert staff(Role.ORGANISATION_EDITOR, house.top).get(f"{LIST}liste.csv").status_code == 403


class TestTheLinesOfTheGuideline:
    @pytest.fixture(autouse=True)
    def said(self, system):
        details = AssessmentDetails(
            line=LINE,
            service=Service.HOME_CARE,
            state=LineState.NOT_MET,
            on=clock.today(),
            evidence_kind=EvidenceKind.STATEMENT,
            barrier=Barrier.TIME,
            barrier_text="For få folk",
            next_step="Lage rutine",
            who="Fagleder",
        )
        assessing.assess_line(actor=system, details=details)

    def test_have_a_row_for_each_service_with_what_it_says(self, as_nurse, things):
        headings, *rows = table(as_nurse, LINES)
        of_line = [row for row in rows if row[1] == LINE]
        (home,) = [row for row in of_line if row[4] == "Hjemmetjeneste"]
        others = [row for row in of_line if row is not home]

        assert headings[1:7] == ["Linje", "Hva linjen sier", "Type", "Tjeneste", "Status", "Dato"]
        assert home[3] == "Krav i lov"
        assert home[5:] == [
            *("Ikke oppfylt", clock.today().isoformat(), "Tid For få folk", "Lage rutine", "Fagleder"),
            "Etablere pårørendeskole i hver bydel",
        ]
        assert others
        assert {(row[5], row[6], row[8]) for row in others} == {("Ikke vurdert", "", "")}

    def test_are_narrowed_as_the_page_is(self, as_nurse):
        _, *gaps = table(as_nurse, LINES, bare="hull", tjeneste="home_care")

        assert [(row[1], row[4]) for row in gaps] == [(LINE, "Hjemmetjeneste")]
        assert f"{LINES}liste.csv?bare=hull" in as_nurse.get(LINES, {"bare": "hull"}).content.decode()
        assert not offers_file(as_nurse, LINES, kapittel="2", tilstand="evaluated")

    def test_that_are_gaps_are_a_list_of_their_own(self, as_nurse, things):
        address = f"{LIST}veileder/oppfolging/"
        headings, *gaps = table(as_nurse, address)

        assert headings == table(as_nurse, LINES)[0]
        assert [(row[1], row[4], row[-1]) for row in gaps] == [
            (LINE, "Hjemmetjeneste", "Etablere pårørendeskole i hver bydel")
        ]
        assert table(as_nurse, address, vis="uten") == [headings]
        assert offers_file(as_nurse, address)

    def test_are_counted_for_each_service_in_each_chapter(self, as_nurse):
        address = f"{LIST}veileder/"
        headings, *rows = table(as_nurse, address)
        spots = [spot for _service, every in as_nurse.get(address).context["spots"] for spot in every]
        (home,) = [row for row in rows if row[0] == "Hjemmetjeneste" and row[1].startswith("2 ")]

        assert headings[:5] == [
            *("Tjeneste", "Kapittel", "Krav som ikke er oppfylt", "Krav som er oppfylt", "Krav som ikke er vurdert")
        ]
        assert len(rows) == len(spots) == len({tuple(row[:2]) for row in rows})
        assert home[2:4] == ["1", "0"]
        assert [(row[4], row[9]) for row in rows] == [(str(each.demands_open), str(each.advice_open)) for each in spots]
        assert sum(int(row[2]) for row in rows) == 1
        assert offers_file(as_nurse, address)

    def test_are_counted_for_nobody_who_edits_for_an_organisation(self, staff, house):
        assert staff(Role.ORGANISATION_EDITOR, house.top).get(f"{LIST}veileder/liste.csv").status_code == 403


class TestCoverage:
    def test_shows_each_national_measure_with_ours(self, as_nurse, things):
        address = f"{LIST}{things['strategy_id']}/dekning/"
        headings, row = table(as_nurse, address)

        assert headings == ["Nummer", "Innsatsområde", "Nasjonalt tiltak", "Ansvarlig", "Våre"]
        assert row[1:4] == [
            "Anerkjenne pårørende",
            "Gjennomføre en nasjonal undersøkelse",
            "Helse- og omsorgsdepartementet",
        ]
        assert row[4].startswith("1.1 Etablere pårørendeskole i hver bydel (")
        assert offers_file(as_nurse, address)

    def test_is_narrowed_as_the_page_is(self, as_nurse, keeper, things):
        of_ours, of_another = things["strategy_id"], factories.draft(keeper, title="Et utkast").id

        assert len(table(as_nurse, f"{LIST}{of_ours}/dekning/", vis="uten")) == 1
        (_, row) = table(as_nurse, f"{LIST}{of_another}/dekning/", vis="uten")
        assert row[4] == "Ikke berørt"

    def test_has_the_lines_of_the_guideline_in_a_file_of_their_own(self, as_nurse, system, things):
        address = f"{LIST}{things['strategy_id']}/dekning/"
        headings, *rows = table(as_nurse, address, file="linjer.csv")
        shown = as_nurse.get(address)

        assert headings == ["Linje", "Hva linjen sier", "Våre"]
        assert [row[:2] for row in rows] == [[each.ref, words] for each, words in shown.context["guideline"]]
        assert [row[0] for row in rows] == [LINE]
        assert rows[0][1] not in ("", LINE)
        assert rows[0][2] == "1.1 Etablere pårørendeskole i hver bydel"
        assert f'href="{address}linjer.csv"' in shown.content.decode()

    def test_has_no_lines_of_the_guideline_where_none_is_touched(self, as_nurse, keeper, things, staff, house):
        address = f"{LIST}{factories.draft(keeper, title='Et utkast').id}/dekning/"

        assert "linjer.csv" not in as_nurse.get(address).content.decode()
        assert len(table(as_nurse, address, file="linjer.csv")) == 1
        assert staff(Role.ORGANISATION_EDITOR, house.top).get(f"{address}linjer.csv").status_code == 403

    def test_has_no_file_where_there_is_nothing_to_compare_with(self, as_nurse, keeper):
        address = f"{LIST}{factories.draft(keeper).id}/dekning/"

        assert not offers_file(as_nurse, address)
        assert len(table(as_nurse, address)) == 1


def test_new_patients_are_counted_once_a_year_for_all_indicators(system, monkeypatch):
    counting, asked = import_module("medspiller.statistics.selectors.indicators"), []
    count = counting.people.new_patients
    monkeypatch.setattr(counting.people, "new_patients", lambda **of: asked.append(of["begins"]) or count(**of))

    statistics.indicator_values(actor=system)

    assert len(asked) == len(set(asked)) == statistics.YEARS_SHOWN
