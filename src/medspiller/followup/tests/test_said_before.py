"""What the carer has said already is not asked again, and two pages of one file say the same."""

from datetime import timedelta

import pytest

from medspiller.access.models import User
from medspiller.core import clock
from medspiller.core.errors import NotFound
from medspiller.followup import selectors, services
from medspiller.followup.domain.files import FileChanges
from medspiller.followup.models import CarerFile
from medspiller.followup.tests import families
from medspiller.followup.tests.factories import open_file, start_plan, team  # noqa: F401
from medspiller.followup.web.plan_forms import StartPlanForm
from medspiller.pathways import selectors as pathways
from medspiller.pathways.tests.factories import FORM, SLUG, publish
from medspiller.people import services as register
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role as CarersRole
from medspiller.people.tests import factories as people
from medspiller.questionnaires.models import Response
from medspiller.questionnaires.tests import factories as forms
from medspiller.ui.components import formats
from medspiller.worklist.models import OPEN, WorkItem
from tests.support.staff import sign_in

SAID = "Jeg vil vite når pappa blir skrevet ut."


@pytest.fixture
def carer(here, house):
    """Kari, who has said what matters to her, as Oddny has."""
    made = families.make_carer(here, house)
    register.record_statement(actor=made.contact, owner_id=made.kari.id, text=SAID)
    register.record_statement(actor=made.nurse, owner_id=made.oddny.id, text="Jeg vil hjem.")
    return made


class TestWhatMatters:
    def said(self, found):
        return [(each.text, each.recorded_by, each.said_at.date()) for each in found.statements]

    def test_is_read_from_the_register_where_the_file_says_nothing(self, carer):
        CarerFile.objects.filter(id=carer.file.id).update(what_matters=None)
        expected = [(SAID, carer.contact.name, clock.now().date())]

        assert self.said(selectors.file_page(actor=carer.contact, file_id=carer.file.id)) == expected
        assert self.said(selectors.own_file(actor=carer.citizen)) == expected
        with pytest.raises(NotFound):
            selectors.file_page(actor=carer.nurse, file_id=carer.file.id)

    def test_is_told_beside_what_the_file_says_and_the_same_words_once(self, carer, client):
        file = CarerFile.objects.get(id=carer.file.id)
        changes = FileChanges(what_matters=f"Å få sove.\n\n{SAID}")
        services.change_file(actor=carer.contact, file_id=file.id, version=file.version, changes=changes)
        assert selectors.file_page(actor=carer.contact, file_id=file.id).statements == ()

        # What somebody writes on their own page comes back where they were asked to write it, and to who follows up.
        own = "Én kveld i uka for meg selv."
        register.record_statement(actor=carer.citizen, owner_id=carer.kari.id, text=own)

        assert [text for text, _who, _day in self.said(selectors.own_file(actor=carer.citizen))] == [own]
        sign_in(client, User.objects.get(id=carer.contact.id))
        assert own in client.get(f"/arbeid/oppfolging/{file.id}/").content.decode()
        sign_in(client, User.objects.get(id=carer.citizen.id))
        page = client.get("/min-side/oppfolging/").content.decode()
        assert ("Å få sove." in page, own in page) == (True, True)

    def test_is_told_again_where_the_file_only_says_something_like_it(self, carer):
        CarerFile.objects.filter(id=carer.file.id).update(what_matters=f"Rolig.\r\n{SAID} Og mer.")
        register.record_statement(actor=carer.citizen, owner_id=carer.kari.id, text="Rolig.")
        register.record_statement(actor=carer.citizen, owner_id=carer.kari.id, text="Ro")

        assert [text for text, _who, _day in self.said(selectors.own_file(actor=carer.citizen))] == ["Ro", SAID]

    def test_said_long_ago_is_there_behind_a_click(self, carer, client):
        for number in range(4):
            register.record_statement(actor=carer.citizen, owner_id=carer.kari.id, text=f"Ønske {number}.")

        for who, address in (
            (carer.contact, f"/arbeid/oppfolging/{carer.file.id}/"),
            (carer.citizen, "/min-side/oppfolging/"),
        ):
            sign_in(client, User.objects.get(id=who.id))
            shown, earlier = client.get(address).content.decode().split("Sagt tidligere")
            assert [f"Ønske {number}." in shown for number in range(4)] == [False, True, True, True]
            assert ("Ønske 0." in earlier, SAID in earlier) == (True, True)

    def test_stands_in_the_form_when_a_file_is_opened(self, carer):
        file = CarerFile.objects.get(id=carer.file.id)
        services.close_file(
            actor=carer.contact, file_id=file.id, version=file.version, reason="goals_met", outcome=["better"]
        )

        found = selectors.carer_to_open(actor=carer.contact, carer_id=carer.kari.id)

        assert [each.text for each in found.statements] == [SAID]


class TestWhoAnswers:
    def test_is_the_holder_where_nobody_is_named_on_both_pages(self, carer, here):
        publish(here)
        assert selectors.file(actor=carer.contact, file_id=carer.file.id).who_answers == ""
        services.start_plan(actor=carer.contact, file_id=carer.file.id, slug=SLUG, holder_id=carer.contact.id)
        self.both(carer, carer.contact.name)

        services.appoint_contact(
            actor=carer.contact, file_id=carer.file.id, version=carer.file.version, user_id=carer.leader.id
        )
        self.both(carer, carer.leader.name)

    def both(self, carer, name):
        assert selectors.file(actor=carer.contact, file_id=carer.file.id).who_answers == name
        assert selectors.own_file(actor=carer.citizen).who_answers == name


class TestAPlanThatBegins:
    def test_asks_only_what_its_first_phase_asks(self, carer, here):
        publish(here)
        pathway = pathways.pathway(actor=carer.contact, slug=SLUG)
        form = StartPlanForm(pathway=pathway, colleagues=[], about=[])

        asked = {name.removeprefix("fakta-") for name in form.fields if name.startswith("fakta-")}
        first = {fact for step in pathway.phases[0].steps for fact in step.asks_about[0]}
        assert (asked, "winding-up" in pathway.facts, "winding-up" in asked) == (first, True, False)

    def test_is_about_the_only_one_cared_for(self, carer):
        def only():
            return selectors.only_one_cared_for(actor=carer.contact, file_id=carer.file.id)

        # Whom the reader may not open is not named to them either.
        assert only() is None
        people.involve(carer.oddny, carer.house.carers)
        people.relate(carer.kari, people.make_person("Olav", "Demoli"), RelationKind.PARENT)
        assert only() == carer.oddny.id

        tor = people.make_person("Tor", "Demoli")
        people.involve(tor, carer.house.carers)
        married = people.relate(carer.kari, tor, RelationKind.SPOUSE)
        people.give_role(married, patient=tor, carer=carer.kari, role=CarersRole.PAARORENDE)
        assert only() is None


class TestAnswersFromBeforeThePlan:
    @pytest.fixture
    def form(self, here):
        publish(here)
        return forms.publish(here, forms.written([forms.item("how", "text")]) | {"url": FORM})

    def step(self, carer, plan):
        return selectors.plan(actor=carer.contact, plan_id=plan.id).run.progress.step("form")

    def begin(self, carer, **more):
        return services.start_plan(
            actor=carer.contact, file_id=carer.file.id, slug=SLUG, holder_id=carer.contact.id, **more
        )

    def test_do_its_step_which_stands_on_no_list(self, carer, form, client):
        families.answered(carer.kari, form, days_ago=40)
        newest = families.answered(carer.kari, form, days_ago=20)
        families.answered(carer.oddny, form, days_ago=1)

        plan = self.begin(carer)

        done, given_on = self.step(carer, plan), clock.day_of(newest.completed_at)
        assert (done.state, done.settled_on) == ("done", given_on)
        on_lists = WorkItem.objects.filter(OPEN, kind="followup.step").values_list("title__en", flat=True)
        assert ("form" in on_lists, "call" in on_lists) == (False, True)
        sign_in(client, User.objects.get(id=carer.contact.id))
        page = client.get(f"/arbeid/oppfolging/plan/{plan.id}/steg/form/").content.decode()
        assert f"Besvart {formats.day(given_on)}" in page
        assert "Det var før planen begynte" in page

    def test_that_speak_of_one_person_do_no_step_of_a_plan_about_another(self, carer, form):
        other = people.make_person("Tor", "Demoli")
        of_her = families.answered(carer.kari, form, days_ago=20)
        of_him = families.answered(carer.kari, form, days_ago=2)
        Response.objects.filter(id=of_her.id).update(about=carer.oddny)
        Response.objects.filter(id=of_him.id).update(about=other)
        people.involve(carer.oddny, carer.house.carers)

        plan = self.begin(carer, about_id=carer.oddny.id)

        assert self.step(carer, plan).settled_on == clock.day_of(of_her.completed_at)

    @pytest.mark.parametrize("whom", ["nobody", "her", "him"])
    def test_count_as_they_are_given_where_they_speak_of_whom_the_plan_is_about_or_of_nobody(self, carer, form, whom):
        people.involve(carer.oddny, carer.house.carers)
        plan = self.begin(carer, about_id=carer.oddny.id)
        given = families.answered(carer.kari, form)
        about = {"nobody": None, "her": carer.oddny, "him": people.make_person("Tor", "Demoli")}
        Response.objects.filter(id=given.id).update(about=about[whom])

        told = services.note_response(
            actor=carer.system, response_id=given.id, person_id=carer.kari.id, questionnaire=FORM,
            completed_at=given.completed_at,
        )  # fmt: skip

        assert (told, self.step(carer, plan).state) == ((0, "open") if whom == "him" else (1, "done"))

    def test_are_not_of_it_when_they_are_old(self, carer, form):
        families.answered(carer.kari, form, days_ago=100)

        assert self.step(carer, self.begin(carer)).state == "open"

    def test_count_too_where_the_plan_is_said_to_have_begun_before_them(self, carer, form):
        given = families.answered(carer.kari, form, days_ago=3)

        plan = self.begin(carer, started_on=clock.today() - timedelta(days=5))

        assert self.step(carer, plan).settled_on == clock.day_of(given.completed_at)

    def test_count_no_more_when_they_turn_out_to_be_wrong(self, carer, form):
        given = families.answered(carer.kari, form, days_ago=3)
        plan = self.begin(carer)

        services.note_response_in_error(actor=carer.system, response_id=given.id)

        assert self.step(carer, plan).state == "open"
