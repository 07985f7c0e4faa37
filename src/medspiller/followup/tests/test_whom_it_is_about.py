"""Whom a plan is about can be said later, and is never changed under what stands in the plan about somebody."""

import pytest

from medspiller.access.models import User
from medspiller.core import clock
from medspiller.followup import services
from medspiller.followup.domain.holding import PlanChanged
from medspiller.followup.domain.plans import AboutRefused, AboutSettled, KeptBack, PlanRunsAlready
from medspiller.followup.models import CarerFile, Plan
from medspiller.followup.tests.factories import open_file
from medspiller.followup.tests.test_whose_it_is import SLUG, begun, for_both, may_open, told_of
from medspiller.pathways.tests.factories import publish
from medspiller.people.domain.relations import RelationKind
from medspiller.people.models import Involvement, Person
from medspiller.people.tests.factories import make_person, relate
from tests.support.staff import sign_in


@pytest.fixture
def mother(team):
    found = make_person("Oddny", "Demodal")
    relate(team.carer, found, RelationKind.PARENT)
    may_open(team, found)
    return found


@pytest.fixture
def father(team):
    found = make_person("Arne", "Demodal")
    relate(team.carer, found, RelationKind.PARENT)
    may_open(team, found)
    return found


@pytest.fixture
def plan(team, here) -> Plan:
    publish(here, for_both())
    return begun(team)


def change(team, plan, about, *, version=None):
    version = version or Plan.objects.get(id=plan.id).version
    return services.change_about(
        actor=team.nurse, plan_id=plan.id, version=version, about_id=about.id if about else None
    )


def test_is_said_later_and_then_what_is_theirs_can_be_told(team, plan, mother):
    change(team, plan, mother)
    services.tell_fact(actor=team.nurse, plan_id=plan.id, fact="competent", value=False)

    assert [action for action, *_ in told_of(mother)] == ["followup.change_about", "followup.tell_fact"]


def test_is_put_right_as_long_as_nothing_of_them_stands_there_and_both_read_of_it(team, plan, mother, father):
    change(team, plan, mother)
    change(team, plan, father)
    change(team, plan, None)

    assert [action for action, *_ in told_of(mother)] == ["followup.change_about"] * 2
    assert [action for action, *_ in told_of(father)] == ["followup.change_about"] * 2


@pytest.mark.parametrize("other", ["father", None])
def test_stays_once_something_of_them_stands_there(team, plan, mother, father, other):
    change(team, plan, mother)
    services.tell_fact(actor=team.nurse, plan_id=plan.id, fact="competent", value=False)

    with pytest.raises(AboutSettled):
        change(team, plan, father if other else None)


def test_is_nobody_whom_the_carer_has_nothing_to_do_with(team, plan):
    with pytest.raises(AboutRefused):
        change(team, plan, make_person("Nils", "Demofjell"))


def test_is_not_changed_by_whoever_may_not_open_them(team, plan, mother, father):
    change(team, plan, mother)
    Involvement.objects.filter(person=mother).update(ends_at=clock.now())
    with pytest.raises(KeptBack):
        change(team, plan, father)


def test_does_not_make_the_same_run_twice(team, plan, mother):
    services.start_plan(actor=team.nurse, file_id=plan.file_id, slug=SLUG, holder_id=team.nurse.id, about_id=mother.id)
    with pytest.raises(PlanRunsAlready):
        change(team, plan, mother)


def test_as_somebody_saw_it_before_is_refused(team, plan, mother):
    before = Plan.objects.get(id=plan.id).version
    change(team, plan, mother)
    with pytest.raises(PlanChanged):
        change(team, plan, None, version=before)


class TestOnThePage:
    @pytest.fixture
    def page(self, client, team):
        sign_in(client, User.objects.get(id=team.nurse.id))
        return client

    def test_it_is_chosen_and_what_cannot_be_says_why(self, page, team, plan, mother):
        address = f"/arbeid/oppfolging/plan/{plan.id}/gjelder/"
        assert "Oddny Demodal" in page.get(address).content.decode()
        sent = {"om": str(mother.id), "version": "1"}
        assert page.post(address, sent).status_code == 302
        assert Plan.objects.get(id=plan.id).about_id == mother.id

        services.tell_fact(actor=team.nurse, plan_id=plan.id, fact="competent", value=False)
        refused = page.post(address, {"om": "", "version": str(Plan.objects.get(id=plan.id).version)})
        assert refused.status_code == 422
        assert "Avslutt denne planen" in refused.content.decode()

    def test_taking_back_or_going_on_over_what_somebody_else_did_is_asked_again(self, page, team, plan):
        services.tell_fact(actor=team.nurse, plan_id=plan.id, fact="tired", value=True)
        for button in ("angre", "fortsett"):
            answer = page.post(f"/arbeid/oppfolging/plan/{plan.id}/{button}/", {"version": "1"})
            assert answer.status_code == 409
            assert "Noen andre har endret planen" in answer.content.decode()
        now = str(Plan.objects.get(id=plan.id).version)
        assert page.post(f"/arbeid/oppfolging/plan/{plan.id}/angre/", {"version": now}).status_code == 302

    def test_of_a_carer_without_a_birth_date_it_is_asked_whether_they_are_a_child(self, page, team):
        Person.objects.update(birth_date=None)
        address = f"/arbeid/oppfolging/person/{team.carer.id}/"
        sent = {"hvordan": "asked", "dag": clock.today().isoformat()}
        assert "Er den pårørende under 18 år?" in page.get(address).content.decode()
        assert page.post(address, sent).status_code == 422
        assert page.post(address, sent | {"alder": "child"}).status_code == 302
        assert CarerFile.objects.get(carer=team.carer).kind == "child"


def test_the_age_that_is_known_decides(team):
    team.carer.birth_date = clock.today().replace(year=1970, day=1)
    team.carer.save(update_fields=["birth_date"])

    assert open_file(team, kind="child").kind == "adult"
