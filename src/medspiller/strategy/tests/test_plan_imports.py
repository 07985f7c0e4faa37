"""Plans from files: kept, read by a job, confirmed as a person corrects them; given out again."""

from collections import defaultdict
from datetime import timedelta

import pytest

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.core import clock
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.people.tests.factories import worker
from medspiller.strategy import selectors, services
from medspiller.strategy.domain.board import BoardFilters
from medspiller.strategy.domain.confirming import plan_of
from medspiller.strategy.domain.plans.values import Doubt, DoubtCode, NotReadable, Problem
from medspiller.strategy.domain.refusals import FileRefused, PlanKnown, Refusal
from medspiller.strategy.domain.vocabulary import ExportForm, FileKind, ImportState, Level, StrategyStatus, Unreadable
from medspiller.strategy.models import ImportedPlan, PlanExport, Strategy
from medspiller.strategy.services import looking_after
from medspiller.strategy.tasks import plans as jobs
from medspiller.strategy.tests import factories
from medspiller.strategy.tests.factories import LINES, READING
from medspiller.strategy.worker import plans as reader
from medspiller.worklist.models import OPEN, WorkItem


@pytest.fixture
def owner(house):
    return factories.owner_of(house.tenant_id, house.top)


def read_in(actor, **more):
    usual = {"file_name": "plan.txt", "reading": READING, "source_lines": LINES, "level": Level.MUNICIPAL}
    return services.import_plan(actor=actor, **usual | more)


def waiting() -> int:
    return WorkItem.objects.filter(OPEN, kind="strategy.import_waiting").count()


class TestReadingIn:
    def test_nothing_of_it_counts_before_somebody_has_looked(self, house, owner):
        row = read_in(owner)

        seen = selectors.imported(actor=owner, import_id=row.id)
        assert (seen.state, seen.source_lines, seen.reading["title"]) == (ImportState.WAITING, LINES, READING["title"])
        assert not Strategy.objects.exists()
        item = WorkItem.objects.get(kind="strategy.import_waiting")
        assert (item.unit_id, item.title["nb"]) == (house.top, "plan.txt")

    def test_the_same_plan_is_read_once_whatever_its_file_is_called(self, owner):
        first = read_in(owner)

        with pytest.raises(PlanKnown) as refusal:
            read_in(owner, file_name="en annen.txt", source_lines=[f" {line}  " for line in LINES])

        assert refusal.value.import_id == first.id

    def test_once_it_is_a_strategy_the_refusal_leads_there(self, owner):
        made = services.confirm_import(actor=owner, import_id=read_in(owner).id)

        with pytest.raises(PlanKnown) as refusal:
            read_in(owner)

        assert refusal.value.strategy_id == made.id

    def test_what_was_thrown_away_can_be_read_anew(self, owner):
        row = read_in(owner)
        services.discard_import(actor=owner, import_id=row.id)

        assert waiting() == 0
        assert read_in(owner).id != row.id

    def test_a_file_without_a_plan_is_refused(self, owner):
        with pytest.raises(FileRefused) as refusal:
            read_in(owner, reading={"title": "x", "focus_areas": []})

        assert refusal.value.why is Unreadable.NO_PLAN

    def test_a_command_puts_it_on_the_list_of_the_topmost_unit(self, house):
        read_in(actors.system(house.tenant_id))

        assert WorkItem.objects.get(kind="strategy.import_waiting").unit_id == house.top

    def test_doubts_are_told_in_words_with_their_place(self, owner):
        record = Doubt(next(iter(DoubtCode)), 4, "Linje 4", defaultdict(str)).as_record()
        row = read_in(owner, reading={**READING, "doubts": [record, "Sagt før"]})

        first, second = selectors.imported(actor=owner, import_id=row.id, language="nn").reading["doubts"]

        assert first.startswith("Linje 4: ")
        assert second == "Sagt før"

    @pytest.mark.parametrize("role", [Role.CARER_CONTACT, Role.CARE_WORKER, Role.ADMINISTRATOR])
    def test_others_read_in_nothing(self, house, role):
        actor = worker(house.tenant_id, house.top, role)
        with pytest.raises(NotAllowed):
            read_in(actor)
        with pytest.raises(NotAllowed):
            selectors.imports(actor=actor)


class TestConfirming:
    def test_as_it_was_read(self, house, owner):
        made = services.confirm_import(
            actor=owner, import_id=read_in(owner).id, owner_name="Bærum kommune", unit_id=house.top
        )

        seen = selectors.strategy(actor=owner, strategy_id=made.id)
        assert (seen.line.status, seen.line.from_year, seen.line.source_name) == (
            StrategyStatus.DRAFT,
            2025,
            "plan.txt",
        )
        assert [(area.number, area.title, len(area.measures)) for area in seen.areas] == [
            (1, "Tidlig hjelp", 2),
            (2, "Avlastning", 0),
        ]
        first = seen.measures[0]
        assert [(each.name, each.unit_id) for each in first.owners] == [
            ("hjemmetjenesten vest", house.home_care),
            ("Natt", None),
        ]
        assert (first.own_from_year, first.own_to_year, first.notes) == (2025, 2026, ("1) Se veilederen",))
        assert (seen.measures[1].own_from_year, seen.measures[1].from_year) == (None, 2025)
        assert waiting() == 0
        row = ImportedPlan.objects.get()
        assert (row.state, row.strategy_id, tuple(row.source_lines)) == (ImportState.CONFIRMED, made.id, LINES)

    def test_as_a_person_corrects_it(self, owner):
        plan = {
            "title": "Min plan",
            "period": [2024, 2027],
            "focus_areas": [
                {"title": "Ett", "goals": ["Et mål"], "measures": []},
                {"title": "To", "text": "Om dette", "measures": [{"text": "Flyttet hit", "owners": ["Natt"]}]},
            ],
        }

        made = services.confirm_import(actor=owner, import_id=read_in(owner).id, plan=plan, rolls_every_years=2)

        seen = selectors.strategy(actor=owner, strategy_id=made.id)
        assert (made.title, made.rolls_every_years, [len(area.measures) for area in seen.areas]) == (
            "Min plan",
            2,
            [0, 1],
        )
        assert (seen.areas[1].text, seen.measures[0].text) == ("Om dette", "Flyttet hit")

    def test_what_is_wrong_stores_nothing(self, owner):
        row = read_in(owner)
        wrong = {**READING, "focus_areas": [{"title": "a", "measures": [{"text": "b", "from": 2026, "to": 2025}]}]}

        with factories.refused(Refusal.ORDER, "focus_areas.0.measures.0.to"):
            services.confirm_import(actor=owner, import_id=row.id, plan=wrong)

        assert not Strategy.objects.exists()
        assert ImportedPlan.objects.get().state == ImportState.WAITING

    def test_long_notes_go_on_in_the_next_and_none_is_lost(self):
        notes = ["x" * 7000, *(str(number) for number in range(30))]
        plan = plan_of({**READING, "focus_areas": [{"title": "a", "measures": [{"text": "b", "notes": notes}]}]})

        kept = plan.areas[0].measures[0].details.notes
        assert (len(kept), [len(note) for note in kept[:2]], kept[-1][-2:]) == (20, [6000, 1000], "29")

    def test_once(self, owner):
        row = read_in(owner)
        services.confirm_import(actor=owner, import_id=row.id)

        with factories.refused(Refusal.DECIDED):
            services.confirm_import(actor=owner, import_id=row.id)
        with factories.refused(Refusal.DECIDED):
            services.discard_import(actor=owner, import_id=row.id)

    def test_one_that_was_written_by_hand_is_known_by_title_owner_and_years(self, owner):
        there = factories.draft(owner, title=READING["title"], owner_name="Bærum")

        with pytest.raises(PlanKnown) as refusal:
            services.confirm_import(actor=owner, import_id=read_in(owner).id, owner_name="bærum")

        assert refusal.value.strategy_id == there.id

    def test_a_draft_that_is_put_away_lets_its_file_be_read_anew(self, owner):
        made = services.confirm_import(actor=owner, import_id=read_in(owner).id)
        services.end_strategy(actor=owner, strategy_id=made.id, version=made.version)

        again = services.confirm_import(actor=owner, import_id=read_in(owner).id)

        assert again.slug == f"{made.slug}-2"

    def test_a_national_one_has_no_unit(self, house, owner):
        row = read_in(owner, level=Level.NATIONAL)
        with factories.refused(Refusal.NATIONAL_HAS_NO_UNIT, "unit_id"):
            services.confirm_import(actor=owner, import_id=row.id, unit_id=house.top)

        assert services.confirm_import(actor=owner, import_id=row.id).level == Level.NATIONAL


class TestTheJob:
    """What the job does with what was read. Which files can be read is told elsewhere."""

    @pytest.fixture
    def system(self, house):
        return actors.system(house.tenant_id)

    def start(self, owner, content=b"x", **more):
        usual = {"file_name": "plan.txt", "content": content, "level": Level.MUNICIPAL}
        return services.start_import(actor=owner, **usual | more)

    @pytest.mark.parametrize(
        ("content", "why"), [(b"", Unreadable.EMPTY), (b"x" * (10 * 1024 * 1024 + 1), Unreadable.TOO_BIG)]
    )
    def test_an_empty_file_and_one_that_is_too_large_are_not_kept(self, owner, content, why):
        with pytest.raises(FileRefused) as refusal:
            self.start(owner, content)

        assert refusal.value.why is why

    def test_the_file_is_forgotten_when_it_has_been_read(self, owner, system):
        row = self.start(owner)
        assert services.content_to_read(actor=system, import_id=row.id) == ("plan.txt", b"x")

        for _time in range(2):
            services.keep_reading(
                actor=system, import_id=row.id, reading=READING, source_lines=LINES, kind=FileKind.TEXT
            )

        row.refresh_from_db()
        assert (row.state, row.content, row.kind) == (ImportState.WAITING, None, "text")
        assert services.content_to_read(actor=system, import_id=row.id) is None
        assert waiting() == 1

    def test_the_same_again_is_refused_with_a_way_to_the_first(self, owner, system):
        first, row = read_in(owner), self.start(owner)

        services.keep_reading(actor=system, import_id=row.id, reading=READING, source_lines=LINES, kind="docx")

        seen = selectors.imported(actor=owner, import_id=row.id)
        assert (seen.state, seen.refused, seen.same_as_id) == (ImportState.REFUSED, Unreadable.TWICE, first.id)

    def test_every_problem_of_the_reader_has_its_refusal(self, owner, system):
        for problem in Problem:
            row = self.start(owner)
            services.refuse_file(actor=system, import_id=row.id, why=Unreadable(NotReadable(problem).problem.value))
            assert selectors.imported(actor=owner, import_id=row.id).refused == problem.value

    def test_a_file_without_a_plan(self, owner, system):
        row = self.start(owner)

        services.keep_reading(actor=system, import_id=row.id, reading={}, source_lines=["Hei"], kind="text")

        assert selectors.imported(actor=owner, import_id=row.id).refused is Unreadable.NO_PLAN

    def test_what_is_of_no_use_is_thrown_away(self, owner, system):
        row = read_in(owner)
        services.discard_import(actor=owner, import_id=row.id)
        kept = read_in(owner)
        old = clock.now() - timedelta(days=31)
        ImportedPlan.objects.update(at=old)

        services.look_after(actor=system)

        assert list(ImportedPlan.objects.values_list("id", flat=True)) == [kept.id]

    def test_a_file_that_was_the_same_as_another_keeps_neither_from_being_thrown_away(self, owner, system):
        first, row = read_in(owner), self.start(owner)
        services.keep_reading(actor=system, import_id=row.id, reading=READING, source_lines=LINES, kind="docx")
        services.discard_import(actor=owner, import_id=first.id)
        ImportedPlan.objects.filter(id=first.id).update(at=clock.now() - timedelta(days=31))

        assert services.look_after(actor=system).forgotten == 1
        row.refresh_from_db()
        assert row.same_as_id is None
        ImportedPlan.objects.update(at=clock.now() - timedelta(days=31))
        assert services.look_after(actor=system).forgotten == 1

    def test_what_goes_wrong_in_one_step_keeps_no_other_from_being_done(self, owner, system, monkeypatch, caplog):
        row = read_in(owner)
        services.discard_import(actor=owner, import_id=row.id)
        ImportedPlan.objects.update(at=clock.now() - timedelta(days=31))
        monkeypatch.setattr(looking_after.items, "ask", lambda *_args, **_more: 1 / 0)

        assert services.look_after(actor=system).forgotten == 1
        assert "strategy.step_not_looked_after" in caplog.text

    def test_what_no_job_could_read_is_refused(self, owner, system):
        row, new = self.start(owner), self.start(owner)
        ImportedPlan.objects.filter(id=row.id).update(at=clock.now() - timedelta(hours=7))

        services.look_after(actor=system)

        seen = [selectors.imported(actor=owner, import_id=each.id) for each in (row, new)]
        assert [(each.state, each.refused) for each in seen] == [
            (ImportState.REFUSED, Unreadable.BROKEN),
            (ImportState.READING, None),
        ]

    def test_a_fault_of_the_reader_refuses_the_file(self, house, owner, monkeypatch):
        row = self.start(owner)
        monkeypatch.setattr(reader, "read_file", lambda *_args: 1 / 0)

        jobs.read_plan(tenant_id=str(house.tenant_id), import_id=str(row.id))

        assert selectors.imported(actor=owner, import_id=row.id).refused is Unreadable.BROKEN

    def test_nobody_sends_in_more_than_ten_files_in_an_hour(self, house, owner):
        for _time in range(10):
            self.start(owner)

        with factories.refused(Refusal.TOO_MANY, "file"):
            self.start(owner)
        ImportedPlan.objects.update(at=clock.now() - timedelta(hours=2))
        assert self.start(owner).state == ImportState.READING


class TestGivingOut:
    def test_a_plan_is_given_out_in_the_form_in_which_it_is_read(self, owner):
        made = services.confirm_import(actor=owner, import_id=read_in(owner).id)

        plan = selectors.export_plan(actor=owner, strategy_id=made.id)

        wanted = {key: READING[key] for key in ("title", "period")}
        written = plan.as_json()
        assert {key: written[key] for key in wanted} == wanted
        assert [area["title"] for area in written["focus_areas"]] == ["Tidlig hjelp", "Avlastning"]
        assert written["focus_areas"][0]["measures"][1] == {
            "text": "Si ifra",
            "owners": [],
            "from": None,
            "to": None,
            "notes": [],
        }

    def test_a_file_is_for_whoever_asked(self, house, owner):
        system = actors.system(house.tenant_id)
        row = factories.adopted(house.tenant_id, house.top)[0]
        asked = services.ask_for_export(actor=owner, strategy_id=row.id, form=ExportForm.BOARD)
        form, _plan, cards = services.plan_to_write(actor=system, export_id=asked.id)
        services.keep_file(actor=system, export_id=asked.id, content=b"PK")

        seen = selectors.exported(actor=owner, export_id=asked.id)

        assert (form, len(cards), seen.content, seen.file_name) == (ExportForm.BOARD, 1, b"PK", f"{row.slug}.xlsx")
        assert jobs.rows_of(cards)[1][2] == "Spør alle"
        with pytest.raises(NotFound):
            selectors.exported(actor=factories.leader_of(house.tenant_id, house.top), export_id=asked.id)
        assert services.plan_to_write(actor=system, export_id=asked.id) is None

    def test_asked_for_again_while_it_is_made_it_is_the_same(self, house, owner):
        row = factories.adopted(house.tenant_id, house.top)[0]
        first = services.ask_for_export(actor=owner, strategy_id=row.id, form="docx")

        again = services.ask_for_export(actor=owner, strategy_id=row.id, form="docx")
        another = services.ask_for_export(actor=owner, strategy_id=row.id, form="xlsx")
        services.keep_file(actor=actors.system(house.tenant_id), export_id=first.id, content=b"PK")
        anew = services.ask_for_export(actor=owner, strategy_id=row.id, form="docx")

        assert again.id == first.id
        assert len({first.id, another.id, anew.id}) == 3

    def test_what_narrows_the_board_makes_no_other_file_of_a_whole_plan(self, house, owner):
        row = factories.adopted(house.tenant_id, house.top)[0]
        narrow = {"actor": owner, "strategy_id": row.id, "filters": BoardFilters(text="kurs")}

        first = services.ask_for_export(form="docx", **narrow)
        again = services.ask_for_export(actor=owner, strategy_id=row.id, form="docx")

        assert (again.id, first.filters) == (first.id, {})
        assert services.ask_for_export(form="board", **narrow).filters == {"text": "kurs"}

    def test_it_is_kept_for_a_day(self, house, owner):
        row = factories.adopted(house.tenant_id, house.top)[0]
        services.ask_for_export(actor=owner, strategy_id=row.id, form="docx")
        PlanExport.objects.update(asked_at=clock.now() - timedelta(days=2))

        services.look_after(actor=actors.system(house.tenant_id))

        assert not PlanExport.objects.exists()
