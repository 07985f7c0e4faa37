"""Taking a plan in: nothing is stored before somebody has seen it beside its source and confirmed it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.people.tests.factories import worker
from medspiller.strategy import services
from medspiller.strategy.domain.vocabulary import ImportState, Level, Unreadable
from medspiller.strategy.models import ImportedPlan, Strategy
from medspiller.strategy.tests import factories
from tests.security import things_of_strategy

LIST = "/arbeid/strategi/"


def text_of(page):
    return " ".join(page.content.decode().split())


@pytest.fixture
def things(house):
    keeper = worker(house.tenant_id, house.top, Role.STRATEGY_OWNER, name="Torunn Demostrand")
    return things_of_strategy.build_plans(house, keeper)


@pytest.fixture
def as_keeper(staff, house):
    return staff(Role.STRATEGY_OWNER, house.top)


class TestReadingIn:
    def upload(self, client, file):
        return client.post(f"{LIST}les-inn/", {"file": file, "level": "municipal"}, follow=True)

    def test_a_file_is_read_by_a_job_and_the_page_says_so(self, as_keeper, plan_file):
        page = text_of(self.upload(as_keeper, plan_file(b"Innsatsomr\xc3\xa5de 1")))

        assert "Planen leses" in page
        assert ImportedPlan.objects.get().state == ImportState.READING

    def test_an_empty_file_is_refused_at_once(self, as_keeper, plan_file):
        assert self.upload(as_keeper, plan_file(b"")).status_code == 422
        assert not ImportedPlan.objects.exists()

    def test_stands_beside_its_source_with_every_doubt(self, as_keeper, things):
        page = text_of(as_keeper.get(f"{LIST}les-inn/{things['plan_import_id']}/"))

        assert "Linje 5: Årene er skrevet med bindestrek." in page
        assert "1 innsatsområder og 1 tiltak" in page
        for line in things_of_strategy.LINES:
            assert line in page

    def test_is_stored_as_a_draft_with_what_was_changed_when_it_is_confirmed(self, as_keeper, things, house):
        before = Strategy.objects.count()
        page = as_keeper.post(f"{LIST}les-inn/{things['plan_import_id']}/", confirming(house), follow=True)

        assert page.status_code == 200
        assert "Planen er lagret som utkast." in text_of(page)
        assert "Etablere kurs for unge" in text_of(page)
        assert Strategy.objects.count() == before + 1
        again = as_keeper.get(f"{LIST}les-inn/{things['plan_import_id']}/")
        assert again.status_code == 302

    def test_is_not_stored_while_something_is_wrong_and_what_was_typed_stays(self, as_keeper, things, house):
        before = Strategy.objects.count()
        wrong = confirming(house) | {"a0m0-years": "2125–2021"}
        page = as_keeper.post(f"{LIST}les-inn/{things['plan_import_id']}/", wrong)

        assert page.status_code == 422
        assert "2125–2021" in text_of(page)
        assert "Etablere kurs for unge" in text_of(page)
        assert Strategy.objects.count() == before

    def test_what_is_too_long_is_told_where_it_stands(self, as_keeper, things, house):
        wrong = confirming(house) | {"a0m0-text": "x" * 6001, "a0m0-owners": "y" * 301}
        page = as_keeper.post(f"{LIST}les-inn/{things['plan_import_id']}/", wrong)

        assert page.status_code == 422
        assert 'href="#a0m0-text"' in page.content.decode()
        assert 'href="#a0m0-owners"' in page.content.decode()

    @pytest.mark.parametrize("decide", [services.confirm_import, services.discard_import])
    def test_what_was_typed_stays_when_somebody_else_decides_first(self, as_keeper, things, house, decide):
        decide(actor=factories.owner_of(house.tenant_id, house.top), import_id=things["plan_import_id"])
        page = as_keeper.post(
            f"{LIST}les-inn/{things['plan_import_id']}/", confirming(house) | {"a0m0-text": "Noe jeg skrev"}
        )

        assert page.status_code == 409
        assert "Noe jeg skrev" in text_of(page)
        assert "er ikke lagret" in text_of(page)

    def test_the_same_plan_twice_leads_to_the_first(self, as_keeper, things, house):
        plan = Strategy.objects.get(id=things["strategy_id"])
        same = confirming(house) | {
            "title": plan.title, "owner_name": plan.owner_name, "from_year": plan.from_year, "to_year": plan.to_year,
        }  # fmt: skip
        page = as_keeper.post(f"{LIST}les-inn/{things['plan_import_id']}/", same)

        assert page.status_code == 422
        assert f"{LIST}{plan.id}/" in page.content.decode()

    def test_is_thrown_away(self, as_keeper, things):
        page = as_keeper.post(f"{LIST}les-inn/{things['plan_import_id']}/", {"gjor": "forkast"}, follow=True)

        assert "Ingenting ble lagret." in text_of(page)
        assert ImportedPlan.objects.get(id=things["plan_import_id"]).state == ImportState.DISCARDED

    def test_a_file_that_could_not_be_read_says_why(self, as_keeper, house):
        row = services.start_import(
            actor=actors.system(house.tenant_id),
            file_name="skannet.pdf",
            content=b"%PDF-1.7",
            level=Level.MUNICIPAL,
            unit_id=house.top,
        )
        services.refuse_file(actor=actors.system(house.tenant_id), import_id=row.id, why=Unreadable.PDF)

        assert "PDF-filer leses ikke" in text_of(as_keeper.get(f"{LIST}les-inn/{row.id}/"))


@pytest.fixture
def plan_file():
    return lambda content: SimpleUploadedFile("handlingsplan.txt", content, content_type="text/plain")


def confirming(house):
    return {
        "title": "Handlingsplan", "level": "municipal", "owner_name": "Demo kommune", "from_year": "2025",
        "to_year": "2028", "unit": str(house.top), "a0-text": "Støtte", "a0m0-text": "Etablere kurs for unge",
        "a0m0-owners": "Velferd", "a0m0-years": "2026", "a0m0-area": "a0",
    }  # fmt: skip
