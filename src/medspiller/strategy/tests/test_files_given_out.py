"""Files that a job makes: they hold what the page showed, and who waits is told when nobody makes them any more."""

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.core.jobs import JobState, state_of
from medspiller.strategy import selectors, services
from medspiller.strategy.domain.board import BoardFilters, Lack
from medspiller.strategy.domain.files import FileForm, FileOf
from medspiller.strategy.domain.inputs import OwnerChoice
from medspiller.strategy.domain.vocabulary import ExportForm, Light, MeasureStatus
from medspiller.strategy.models import PlanExport
from medspiller.strategy.selectors.report_files import made_file
from medspiller.strategy.services.report_files import order_file
from medspiller.strategy.tests import factories
from medspiller.ui.documents import MOST_TRIES, Problem


@pytest.fixture
def owner(house):
    return factories.owner_of(house.tenant_id, house.top)


@pytest.fixture
def as_owner(staff, house):
    return staff(Role.STRATEGY_OWNER, house.top)


@pytest.fixture
def plan(owner):
    row = factories.draft(owner)
    area = factories.area(owner, row)
    factories.measure(owner, area, "Kurs for pårørende", owners=[OwnerChoice("Helse")])
    factories.measure(owner, area, "Samtaler med barn", owners=[OwnerChoice("Skole")])
    return row


def put_job(job_id, status, *, heard="now()"):
    """Let a worker have taken a job, or have ended with it."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO procrastinate_workers (last_heartbeat) VALUES ({heard}) RETURNING id")
        (worker,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = %s, worker_id = %s WHERE id = %s", [status, worker, job_id]
        )


class TestTheBoardAsAFile:
    def test_what_was_asked_for_on_the_page_is_what_stands_in_it(self, house, as_owner, plan):
        page = as_owner.get(f"/arbeid/strategi/{plan.id}/tavle/", {"q": "barn", "ansvarlig": "Skole", "ar": "2026"})
        assert "Lag en Excel-fil av det som vises" in page.content.decode()

        as_owner.post(page.context["export_href"])

        asked = PlanExport.objects.get()
        _form, _plan, cards = services.plan_to_write(actor=actors.system(house.tenant_id), export_id=asked.id)
        assert [card.text for card in cards] == ["Samtaler med barn"]

    def test_without_filters_all_of_it(self, house, as_owner, plan):
        as_owner.post(as_owner.get(f"/arbeid/strategi/{plan.id}/tavle/").context["export_href"])

        asked = PlanExport.objects.get()
        assert len(services.plan_to_write(actor=actors.system(house.tenant_id), export_id=asked.id)[2]) == 2

    def test_filters_are_the_same_after_they_were_stored(self, plan):
        all_of_them = BoardFilters(
            area_id=plan.id, owner="Helse", unit_id=plan.id, year=2026, status=MeasureStatus.DONE,
            light=Light.RED, text="barn", lack=Lack.OWNER,
        )  # fmt: skip

        assert BoardFilters.from_record(all_of_them.as_record()) == all_of_them
        assert BoardFilters().as_record() == {}


class TestAJobThatSomebodyWaitsFor:
    @pytest.fixture
    def job(self, owner, plan):
        return services.ask_for_export(actor=owner, strategy_id=plan.id, form=ExportForm.DOCX).job

    def test_is_told_apart_by_its_worker(self, job):
        assert state_of(job) is JobState.WAITS
        put_job(job, "doing")
        assert state_of(job) is JobState.RUNS
        put_job(job, "doing", heard="now() - interval '5 minutes'")
        assert state_of(job) is JobState.BROKEN_OFF
        put_job(job, "failed")
        assert state_of(job) is JobState.OVER
        assert state_of(-1) is JobState.OVER

    @pytest.mark.parametrize(("status", "heard"), [("doing", "now() - interval '5 minutes'"), ("failed", "now()")])
    def test_a_file_whose_job_was_killed_can_be_asked_for_again(self, as_owner, plan, status, heard):
        as_owner.post(f"/arbeid/strategi/{plan.id}/eksport/board/?q=barn")
        asked = PlanExport.objects.get()
        assert "lages" in as_owner.get(f"/arbeid/strategi/eksport/{asked.id}/").content.decode()
        put_job(asked.job, status, heard=heard)

        page = as_owner.get(f"/arbeid/strategi/eksport/{asked.id}/")
        assert "Filen kunne ikke lages" in page.content.decode()
        as_owner.post(page.context["again_href"])

        again = PlanExport.objects.exclude(id=asked.id).get()
        assert (again.form, again.filters, again.failed) == ("board", {"text": "barn"}, False)

    def test_so_can_a_report(self, owner, plan):
        which = {"strategy_id": plan.id, "of": FileOf.REPORT, "form": FileForm.PDF, "year": 2025}
        order_file(actor=owner, content="<p>Rapport</p>", **which)
        first = ProcrastinateJob.objects.get(task_name="strategy.make_file")
        assert made_file(actor=owner, **which).is_waited_for
        put_job(first.id, "doing", heard="now() - interval '5 minutes'")

        assert made_file(actor=owner, **which).problem is Problem.FAULT
        order_file(actor=owner, content="<p>Rapport</p>", **which)

        assert made_file(actor=owner, **which).is_waited_for

    def test_what_kills_the_worker_each_time_is_given_up(self, house, owner, plan):
        asked = services.ask_for_export(actor=owner, strategy_id=plan.id, form=ExportForm.XLSX)
        system = actors.system(house.tenant_id)

        begun = [services.plan_to_write(actor=system, export_id=asked.id) for _ in range(MOST_TRIES + 1)]

        assert [found is not None for found in begun] == [True] * MOST_TRIES + [False]
        assert selectors.exported(actor=owner, export_id=asked.id).failed
