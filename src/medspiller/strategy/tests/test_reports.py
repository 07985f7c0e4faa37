"""Yearly reports: drafted from the state at the year's end, written on, frozen when final, made into files."""

import io
import json
import re
import zlib
from datetime import date, timedelta

import docx
import pytest
from django.db import IntegrityError, transaction

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.core import clock, tenancy
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.strategy.domain.files import KEPT, LARGEST, FileForm, FileOf
from medspiller.strategy.domain.inputs import ReportDetails
from medspiller.strategy.domain.reports import Count, ReportChanged, ReportRefused, Trend, counts, mark_of
from medspiller.strategy.domain.vocabulary import Level, Light, MeasureStatus
from medspiller.strategy.models import MadeFile, YearlyReport
from medspiller.strategy.selectors import report_files as files_seen
from medspiller.strategy.selectors import reports as selectors
from medspiller.strategy.services import report_files, reporting
from medspiller.strategy.services import reports as services
from medspiller.strategy.tasks.reports import make_file
from medspiller.strategy.tests.plans import YEAR, build_plan
from medspiller.strategy.worker.reports import docx_of
from medspiller.ui import worker as pages
from medspiller.ui.documents import MOST_TRIES, Problem
from tests.support.database import HERE
from tests.support.staff import build_house, employ, sign_in


@pytest.fixture
def house(here):
    return build_house(HERE)


@pytest.fixture
def owner_account(house):
    return employ(tenant_id=HERE, unit_id=house.top, role=Role.STRATEGY_OWNER)


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
def strategy_owner(client, owner_account):
    sign_in(client, owner_account)
    return client


def report_of(plan, actor):
    return selectors.yearly_report(actor=actor, strategy_id=plan.strategy_id, year=YEAR)


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def opened(pdf):
    """The bytes of a PDF with its streams unpacked."""
    return pdf + b"".join(zlib.decompress(packed) for packed in re.findall(rb"stream\n(x.*?)\nendstream", pdf, re.S))


class TestTheState:
    def test_is_that_of_the_years_end(self, plan, system):
        state = selectors.year_state(actor=system, strategy_id=plan.strategy_id, year=YEAR)
        number = counts(state.measures, YEAR)

        assert [each.status for each in state.measures] == ["done", "under_way", "not_started"]
        assert [number[each] for each in (Count.MEASURES, Count.DONE, Count.LATE, Count.RED, Count.REPORTED)] == [
            3,
            1,
            2,
            1,
            2,
        ]
        assert (number[Count.WITHOUT_OWNER], number[Count.WITHOUT_EVIDENCE]) == (1, 1)

    def test_knows_nothing_of_what_came_after(self, plan, system):
        state = selectors.year_state(actor=system, strategy_id=plan.strategy_id, year=2024)

        assert state.measures[0].status == "under_way"
        assert state.measures[1].messages == ()
        assert state.on == date(2024, 12, 31)

    def test_leaves_out_what_was_corrected(self, plan, system):
        wrong = reporting.report_status(
            actor=system,
            measure_id=plan.measures[2],
            details=ReportDetails(date(2025, 11, 1), MeasureStatus.DONE, Light.GREEN, "Feil tiltak."),
        )
        right = ReportDetails(date(2025, 11, 2), MeasureStatus.UNDER_WAY, Light.GREEN, "I gang.", corrects=wrong.id)
        reporting.report_status(actor=system, measure_id=plan.measures[2], details=right)

        measure = selectors.year_state(actor=system, strategy_id=plan.strategy_id, year=YEAR).measures[2]

        assert (measure.status, [each.text for each in measure.messages]) == ("under_way", ["I gang."])

    def test_has_the_values_of_each_year_with_their_trend(self, plan, system):
        (followed,) = selectors.year_state(actor=system, strategy_id=plan.strategy_id, year=YEAR).indicators

        assert [(each.year, each.value) for each in followed.values] == [(2023, None), (2024, 118), (2025, 140)]
        assert (followed.trend, followed.source) == (Trend.UP, "Fagsystemet")

    def test_of_a_national_strategy_goes_by_who_is_responsible(self, system, house):
        plan = build_plan(system, unit_id=None, level=Level.NATIONAL)

        state = selectors.year_state(actor=system, strategy_id=plan.strategy_id, year=YEAR)

        assert [(part.title, len(part.measures)) for part in state.parts] == [("Helse", 2), ("Ingen er nevnt", 1)]


class TestADraft:
    def test_begins_with_what_was_reported(self, draft, system):
        said = report_of(draft, system).sections

        assert said["summary"].startswith("Planen har 3 tiltak i 2025. Ferdig: 1. I gang: 1. Ikke startet: 1.")
        assert "To stillinger er tomme." in said["deviations"]
        assert "Hvem betaler?" in said["decisions"]
        assert "Spør tidlig." in said["learnt"]
        assert "Pårørende og organisasjonene deres (Rådet)" in said["carers"]
        assert "1.2 Lag en felles rutine" in said["next_year"]

    def test_there_is_one_of_each_year(self, draft, system):
        with pytest.raises(ReportRefused, match="exists"):
            services.draft_report(actor=system, strategy_id=draft.strategy_id, year=YEAR, language="nb")

    @pytest.mark.parametrize("year", [1, 2020, 2027, 2125])
    def test_is_of_a_year_of_the_plan(self, plan, system, year):
        with pytest.raises(ReportRefused, match="year"):
            services.draft_report(actor=system, strategy_id=plan.strategy_id, year=year, language="nb")

    def test_is_written_by_those_who_keep_the_plan_only(self, plan, house):
        nurse = actors.Actor(
            id=employ(tenant_id=HERE, unit_id=house.top, role=Role.CARE_WORKER).id, kind="staff", tenant_id=HERE
        )

        with pytest.raises(NotAllowed):
            services.draft_report(actor=nurse, strategy_id=plan.strategy_id, year=YEAR, language="nb")

    def test_keeps_what_two_write_in_two_sections(self, draft, system):
        seen = report_of(draft, system).sections
        which = {"actor": system, "strategy_id": draft.strategy_id, "year": YEAR}

        services.write_section(**which, section="learnt", text="Vi lærte.", seen=mark_of(seen["learnt"]))
        services.write_section(**which, section="carers", text="De sa.", seen=mark_of(seen["carers"]))

        now = report_of(draft, system)
        assert (now.sections["learnt"], now.sections["carers"], now.version) == ("Vi lærte.", "De sa.", 3)

    def test_overwrites_nobody(self, draft, system):
        which = {"actor": system, "strategy_id": draft.strategy_id, "year": YEAR, "section": "learnt"}
        seen = mark_of(report_of(draft, system).sections["learnt"])
        services.write_section(**which, text="Den ene.", seen=seen)

        with pytest.raises(ReportChanged) as conflict:
            services.write_section(**which, text="Den andre.", seen=seen)

        assert conflict.value.text == "Den ene."
        assert report_of(draft, system).sections["learnt"] == "Den ene."


class TestAFinalReport:
    @pytest.fixture
    def final(self, draft, system):
        services.finalise_report(actor=system, strategy_id=draft.strategy_id, year=YEAR, version=1)
        return draft

    def test_stays_whatever_happens_to_the_plan(self, final, system):
        before = report_of(final, system).figures
        late = ReportDetails(date(2025, 12, 30), MeasureStatus.DONE, Light.GREEN, "Ferdig likevel.")
        reporting.report_status(actor=system, measure_id=final.measures[1], details=late)

        assert report_of(final, system).figures == before
        assert before.measures[1].status == "under_way"

    def test_is_changed_by_no_service_and_by_no_row(self, final, system):
        with pytest.raises(ReportRefused, match="final"):
            services.write_section(
                actor=system, strategy_id=final.strategy_id, year=YEAR, section="learnt", text="x", seen=""
            )
        with pytest.raises(IntegrityError, match="is final"), transaction.atomic():
            YearlyReport.objects.filter(strategy_id=final.strategy_id).update(sections={})
        with pytest.raises(IntegrityError, match="is final"), transaction.atomic():
            YearlyReport.objects.filter(strategy_id=final.strategy_id).delete()

    def test_waits_for_who_has_not_seen_the_newest(self, draft, system):
        with pytest.raises(ReportChanged):
            services.finalise_report(actor=system, strategy_id=draft.strategy_id, year=YEAR, version=7)

    def test_waits_for_the_end_of_the_year(self, plan, system):
        year = clock.today().year + (clock.today().month == 12)
        with pytest.raises(ReportRefused, match=r"year|not_over"):
            services.draft_report(actor=system, strategy_id=plan.strategy_id, year=year, language="nb")
            services.finalise_report(actor=system, strategy_id=plan.strategy_id, year=year, version=1)


def address(plan, more=""):
    return f"/arbeid/strategi/{plan.strategy_id}/arsstatus/{more}"


def make_all():
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        wanted = list(MadeFile.objects.values_list("id", flat=True))
    for file_id in wanted:
        make_file(tenant_id=str(HERE), file_id=str(file_id))


class TestThePages:
    def test_draft_in_one_press(self, strategy_owner, plan):
        assert "Lag utkast for 2026" in text_of(strategy_owner.get(address(plan)))

        answer = strategy_owner.post(address(plan, "nytt/"), {"aar": "2025"})

        assert answer["Location"] == address(plan, "2025/")
        assert "Årlig status 2025" in text_of(strategy_owner.get(address(plan)))

    def test_show_every_figure_with_its_definition(self, strategy_owner, draft):
        page = text_of(strategy_owner.get(address(draft, "2025/")))

        assert "Ferdig: 1" in page
        assert "den nyeste gjeldende statusmeldingen til og med 31. desember 2025 sier «Ferdig»" in page
        assert "140 [11]" in page
        assert "Spurt ved første samtale. Slik er det funnet: Ført inn for hånd" in page

    def test_let_a_section_be_written(self, strategy_owner, draft, system):
        learnt = address(draft, "2025/tekst/learnt/")
        seen = mark_of(report_of(draft, system).sections["learnt"])

        answer = strategy_owner.post(learnt, {"tekst": "Spør tidlig, og spør igjen.", "sett": seen})
        too_late = strategy_owner.post(learnt, {"tekst": "Noe annet.", "sett": seen})

        assert answer["Location"] == address(draft, "2025/#learnt")
        assert too_late.status_code == 409
        assert "Spør tidlig, og spør igjen." in text_of(too_late)
        assert "Noe annet." in too_late.content.decode()
        again = re.search(r'name="sett" value="(\w+)"', too_late.content.decode())[1]
        assert strategy_owner.post(learnt, {"tekst": "Noe annet.", "sett": again}).status_code == 302

    def test_know_no_section_that_is_not_there(self, strategy_owner, draft):
        assert strategy_owner.get(address(draft, "2025/tekst/noe-annet/")).status_code == 404
        assert strategy_owner.get(address(draft, "2019/")).status_code == 404

    def test_make_it_final(self, strategy_owner, draft):
        assert strategy_owner.post(address(draft, "2025/ferdig/"), {"version": "9"}).status_code == 409
        assert strategy_owner.post(address(draft, "2025/ferdig/"), {"version": "1"}).status_code == 302

        page = text_of(strategy_owner.get(address(draft, "2025/")))
        assert "Endelig Gjort endelig" in page
        assert "Skriv her" not in page

    def test_let_files_be_made_and_fetched(self, strategy_owner, draft, caplog):
        for kind in ("pdf", "word"):
            assert strategy_owner.post(address(draft, f"2025/{kind}/")).status_code == 302
            assert "Filen lages" in text_of(strategy_owner.get(address(draft, f"2025/{kind}/")))
            assert strategy_owner.get(address(draft, f"2025/{kind}/fil/")).status_code == 404

        make_all()

        assert "Filen er klar" in text_of(strategy_owner.get(address(draft, "2025/pdf/")))
        made = opened(strategy_owner.get(address(draft, "2025/pdf/fil/")).content)
        assert re.search(rb"/Lang\s*\(nb\)", made)
        assert b"pdfuaid" in made
        # The chart is drawn, and says what it is.
        assert re.search(rb"/S\s*/Figure", made)
        word = strategy_owner.get(address(draft, "2025/word/fil/"))
        assert word["Content-Disposition"] == 'attachment; filename="arlig-status-2025.docx"'
        found = docx.Document(io.BytesIO(word.content))
        assert [each.text for each in found.paragraphs if each.style.name == "Heading 2"][:2] == [
            "Kort sagt",
            "1. Se dem tidlig",
        ]
        assert "no required alt" not in caplog.text

    def test_say_in_plain_words_that_the_machine_cannot(self, strategy_owner, draft, monkeypatch):
        monkeypatch.setattr(pages, "weasyprint", None)
        strategy_owner.post(address(draft, "2025/pdf/"))
        make_all()

        assert "mangler det som lager denne filen" in text_of(strategy_owner.get(address(draft, "2025/pdf/")))


class TestFiles:
    WHICH = {"of": FileOf.REPORT, "form": FileForm.DOCX, "year": YEAR}

    def test_are_theirs_who_asked(self, draft, system):
        report_files.order_file(actor=system, strategy_id=draft.strategy_id, content="{}", **self.WHICH)
        other = actors.Actor(id=draft.strategy_id, kind=system.kind, tenant_id=HERE)

        assert files_seen.made_file(actor=system, strategy_id=draft.strategy_id, **self.WHICH).is_waited_for
        assert files_seen.made_file(actor=other, strategy_id=draft.strategy_id, **self.WHICH) is None

    def test_are_given_up_when_they_break_the_worker(self, draft, system):
        report_files.order_file(actor=system, strategy_id=draft.strategy_id, content="{}", **self.WHICH)
        file_id = MadeFile.objects.get().id

        for _try in range(MOST_TRIES):
            assert report_files.content_to_make(actor=system, file_id=file_id) is not None

        assert report_files.content_to_make(actor=system, file_id=file_id) is None
        assert files_seen.made_file(actor=system, strategy_id=draft.strategy_id, **self.WHICH).problem is Problem.FAULT

    def test_that_are_too_large_are_refused_at_once(self, draft, system):
        content = "x" * (LARGEST + 1)
        report_files.order_file(actor=system, strategy_id=draft.strategy_id, content=content, **self.WHICH)

        assert MadeFile.objects.get().content is None
        assert (
            files_seen.made_file(actor=system, strategy_id=draft.strategy_id, **self.WHICH).problem is Problem.TOO_LARGE
        )

    def test_are_gone_after_an_hour(self, draft, system):
        report_files.order_file(actor=system, strategy_id=draft.strategy_id, content="{}", **self.WHICH)
        report_files.keep_file(actor=system, file_id=MadeFile.objects.get().id, file=b"PK")
        assert files_seen.file_content(actor=system, strategy_id=draft.strategy_id, **self.WHICH) == b"PK"
        MadeFile.objects.update(made_at=clock.now() - KEPT - timedelta(seconds=1))

        with pytest.raises(NotFound):
            files_seen.file_content(actor=system, strategy_id=draft.strategy_id, **self.WHICH)
        assert report_files.forget_old_files(actor=system, now=clock.now()) == 1


class TestWord:
    def test_has_header_rows_and_a_language(self):
        cells = [[{"text": "1.1", "ref": 0}, {"text": "Spør <alle> & flere\x0b", "ref": 3}]]
        parts = [
            {"kind": "heading", "level": 2, "text": "Kort sagt"},
            {"kind": "table", "caption": "Tiltak", "columns": ["Nr.", "Tiltak"], "rows": cells, "widths": [10, 90]},
            {"kind": "box", "heading": "Nasjonale anslag", "lines": ["800 000"]},
            {"kind": "prose", "pieces": [["p", ["Tekst"]], ["ul", ["Punkt"]]]},
        ]
        head = {"title": "Årlig status", "subtitle": "", "language": "nn", "author": "Demokommunen", "labels": {}}

        found = docx.Document(io.BytesIO(docx_of(json.loads(json.dumps({**head, "parts": parts})))))

        table = found.tables[0]
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert table.rows[1].cells[1].text == "Spør <alle> & flere [3]"
        assert found.core_properties.language == "nn-NO"
        assert 'w:val="nn-NO"' in found.styles.element.xml
