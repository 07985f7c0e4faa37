"""The pages of files, plans and those who hold them: what they show, to whom, and what a form does."""

from datetime import timedelta

import pytest

from medspiller.access.domain.roles import Role
from medspiller.access.models import User
from medspiller.core import clock
from medspiller.followup import services
from medspiller.followup.models import Absence, CarerFile, Handover, Holding, Plan
from medspiller.followup.tests.factories import open_file, start_plan
from medspiller.pathways.tests.factories import body, publish
from medspiller.people.models import Consent
from medspiller.people.tests.factories import worker
from tests.support.staff import sign_in

LIST = "/arbeid/oppfolging/"


def text_of(page):
    return " ".join(page.content.decode().split())


def at(thing, do=""):
    place = "plan/" if isinstance(thing, Plan) else ""
    return f"{LIST}{place}{thing.id}/{do}"


@pytest.fixture
def as_nurse(client, team):
    sign_in(client, User.objects.get(id=team.nurse.id))
    return client


@pytest.fixture
def as_leader(client, team):
    sign_in(client, User.objects.get(id=team.leader.id))
    return client


@pytest.fixture
def file(team):
    return open_file(team, what_matters="At han får være hjemme.")


@pytest.fixture
def plan(team, file):
    return start_plan(team, file=file)


class TestAFile:
    def test_is_opened_from_the_person_with_what_matters_first(self, as_nurse, team):
        begun = as_nurse.get(f"{LIST}person/{team.carer.id}/")
        assert "Randi Demoli" in text_of(begun)

        page = as_nurse.post(
            f"{LIST}person/{team.carer.id}/",
            {
                "hva_er_viktig": "Å sove om natten.",
                "hvordan": "said_so",
                "dag": clock.today().isoformat(),
                "kontakt": str(team.contact.id),
            },
            follow=True,
        )

        assert "Å sove om natten." in text_of(page)
        assert "Ingrid Demovik" in text_of(page)

    def test_a_day_ahead_is_refused_and_nothing_typed_is_lost(self, as_nurse, team):
        ahead = clock.today() + timedelta(days=3)
        page = as_nurse.post(
            f"{LIST}person/{team.carer.id}/",
            {"hva_er_viktig": "Å sove.", "hvordan": "said_so", "dag": ahead.isoformat(), "kontakt": ""},
        )

        assert page.status_code == 422
        assert "Å sove." in text_of(page)
        assert not CarerFile.objects.exists()

    def test_shows_what_matters_what_is_next_and_who_holds_what(self, as_nurse, file, plan):
        page = text_of(as_nurse.get(at(file)))

        assert "At han får være hjemme." in page
        assert "Solveig Demomyr" in page
        assert as_nurse.get(at(file, "utskrift/")).status_code == 200

    def test_stands_in_the_list_and_is_found_by_name(self, as_nurse, file, plan):
        assert "Randi Demoli" in text_of(as_nurse.get(LIST))
        assert "Randi Demoli" in text_of(as_nurse.get(LIST, {"vis": "enheten", "q": "randi"}))
        assert "Randi Demoli" not in text_of(as_nurse.get(LIST, {"vis": "enheten", "q": "kari"}))
        assert "Randi Demoli" not in text_of(as_nurse.get(LIST, {"vis": "avsluttede"}))

    def test_the_second_to_save_loses_nothing(self, as_nurse, team, file):
        services.appoint_contact(actor=team.contact, file_id=file.id, version=file.version, user_id=team.contact.id)
        typed = {"hva_er_viktig": "Fri en helg.", "situasjon": "", "hvorfor": "", "version": str(file.version)}
        page = as_nurse.post(at(file, "endre/"), typed)

        assert page.status_code == 409
        assert "Fri en helg." in text_of(page)
        again = typed | {"version": str(CarerFile.objects.get(id=file.id).version)}
        assert "Fri en helg." in text_of(as_nurse.post(at(file, "endre/"), again, follow=True))

    def test_a_note_stands_with_its_day_and_name(self, as_nurse, file):
        sent = {"hva": "call", "dag": clock.today().isoformat(), "tekst": "Ringte, hun var sliten."}
        page = text_of(as_nurse.post(at(file, "hendelse/"), sent, follow=True))

        assert "Ringte, hun var sliten." in page

    def test_nobody_as_contact_person_is_said_and_never_taken_from_what_was_not_sent(self, as_nurse, team, file):
        seen = CarerFile.objects.get(id=file.id)
        seen.contact_id, seen.contact_name = team.contact.id, team.contact.name
        seen.save(update_fields=["contact_id", "contact_name"])
        version = str(seen.version)

        assert as_nurse.post(at(file, "kontakt/"), {"version": version}).status_code == 422
        assert CarerFile.objects.get(id=file.id).contact_id == team.contact.id
        as_nurse.post(at(file, "kontakt/"), {"version": version, "til_hvem": ""})
        assert CarerFile.objects.get(id=file.id).contact_id is None

    def test_is_not_closed_while_a_plan_runs(self, as_nurse, file, plan):
        sent = {"arsak": "goals_met", "utfall": ["better"], "merknad": "", "version": str(file.version)}
        page = as_nurse.post(at(file, "ferdig/"), sent)

        assert page.status_code == 422
        assert CarerFile.objects.get(id=file.id).is_open

    def test_is_closed_with_why_and_opened_again(self, as_nurse, file):
        sent = {"arsak": "goals_met", "utfall": ["better"], "merknad": "Bra nå.", "version": str(file.version)}
        closed = text_of(as_nurse.post(at(file, "ferdig/"), sent, follow=True))
        assert "Bra nå." in closed

        as_nurse.post(at(file, "apne/"), {"hvorfor": "Det ble tungt igjen."})
        assert CarerFile.objects.get(id=file.id).is_open

    def test_is_as_nothing_to_somebody_whose_unit_does_not_follow_the_carer_up(self, client, team, file):
        stranger = worker(team.house.tenant_id, team.house.carers, name="Per Demodal")
        sign_in(client, User.objects.get(id=stranger.id))

        assert client.get(at(file)).status_code == 404
        assert "Randi Demoli" not in text_of(client.get(LIST, {"vis": "enheten"}))


class TestAPlan:
    def test_is_chosen_begun_and_seen(self, as_nurse, team, file):
        choose = text_of(as_nurse.get(at(file, "plan/")))
        slug = choose.split(f"{LIST}{file.id}/plan/")[1].split("/")[0]
        form = as_nurse.get(at(file, f"plan/{slug}/"))
        facts = {name: "vet-ikke" for name in form.context["form"].fields if name.startswith("fakta-")}
        sent = {
            "til_hvem": str(team.nurse.id),
            "om": "",
            "startet": clock.today().isoformat(),
            "mal": "Mer søvn",
            **facts,
        }
        page = as_nurse.post(at(file, f"plan/{slug}/"), sent, follow=True)

        assert "Mer søvn" in text_of(page)
        assert Plan.objects.get().file_id == file.id

    def test_shows_what_can_be_done_and_a_step_is_done(self, as_nurse, plan):
        page = as_nurse.get(at(plan))
        step = page.context["now"][0].step
        form = as_nurse.get(at(plan, f"steg/{step.id}/"))
        result = {"resultat": step.results[0].code} if step.results else {}
        sent = {"dag": clock.today().isoformat(), "merknad": "", "version": str(plan.version), **result}
        after = as_nurse.post(at(plan, f"steg/{step.id}/"), sent, follow=True)

        assert form.status_code == 200
        assert step.id not in [each.step.id for each in after.context["now"]]

    def test_a_step_is_left_out_only_with_a_reason(self, as_nurse, plan):
        step = as_nurse.get(at(plan)).context["now"][0].step
        without = as_nurse.post(at(plan, f"steg/{step.id}/hopp-over/"), {"grunn": "", "version": str(plan.version)})
        assert without.status_code == 422

        sent = {"grunn": "Hun ville ikke.", "version": str(plan.version)}
        after = text_of(as_nurse.post(at(plan, f"steg/{step.id}/hopp-over/"), sent, follow=True))
        assert "Hun ville ikke." in after

    def test_rests_and_goes_on(self, as_nurse, plan):
        until = (clock.today() + timedelta(days=10)).isoformat()
        sent = {"til": until, "grunn": "Ferie.", "version": str(plan.version)}
        assert as_nurse.post(at(plan, "pause/"), sent, follow=True).context["progress"].state == "paused"

        assert as_nurse.post(at(plan, "fortsett/"), follow=True).context["progress"].state == "open"

    def test_what_one_wrote_last_is_taken_back(self, as_nurse, plan):
        step = as_nurse.get(at(plan)).context["now"][0].step
        as_nurse.post(at(plan, f"steg/{step.id}/hopp-over/"), {"grunn": "Feil.", "version": str(plan.version)})
        page = as_nurse.post(at(plan, "angre/"), follow=True)

        assert step.id in [each.step.id for each in page.context["now"]]

    def test_is_not_ended_while_the_law_asks_for_a_step(self, as_nurse, plan):
        form = as_nurse.get(at(plan, "avslutt/")).context["form"]
        reason = form.fields["arsak"].choices[0][0]
        page = as_nurse.post(at(plan, "avslutt/"), {"arsak": reason, "merknad": "", "version": str(plan.version)})

        assert page.status_code == 422
        assert Plan.objects.get(id=plan.id).is_open

    def test_prints(self, as_nurse, plan):
        assert as_nurse.get(at(plan, "utskrift/")).status_code == 200


class TestWhoHoldsIt:
    def test_is_offered_and_taken(self, client, as_nurse, team, plan):
        sent = {"til_hvem": str(team.contact.id), "hvorfor": "Jeg slutter snart."}
        as_nurse.post(at(plan, "overlevering/"), sent)
        offer = Handover.objects.get()
        assert Holding.objects.get(ends_at=None).holder_id == team.nurse.id

        sign_in(client, User.objects.get(id=team.contact.id))
        assert "Jeg slutter snart." in text_of(client.get(f"{LIST}overlevering/{offer.id}/"))
        client.post(f"{LIST}overlevering/{offer.id}/", {"svar": "ja", "merknad": ""})
        assert Holding.objects.get(ends_at=None).holder_id == team.contact.id

    def test_is_called_off(self, as_nurse, team, plan):
        as_nurse.post(at(plan, "overlevering/"), {"til_hvem": str(team.contact.id), "hvorfor": ""})
        offer = Handover.objects.get()
        as_nurse.post(f"{LIST}overlevering/{offer.id}/", {"svar": "trekk", "merknad": ""})

        again = as_nurse.post(f"{LIST}overlevering/{offer.id}/", {"svar": "trekk", "merknad": ""})
        assert again.status_code == 409
        assert Holding.objects.get(ends_at=None).holder_id == team.nurse.id

    def test_an_absence_moves_it_to_the_stand_in_and_back(self, as_nurse, team, plan):
        sent = {
            "hvem": str(team.nurse.id),
            "fra": clock.today().isoformat(),
            "til": (clock.today() + timedelta(days=14)).isoformat(),
            "vikar": str(team.contact.id),
        }
        page = as_nurse.post("/arbeid/fravar/", sent, follow=True)
        assert "Ingrid Demovik" in text_of(page)
        assert Holding.objects.get(ends_at=None).holder_id == team.contact.id

        as_nurse.post(f"/arbeid/fravar/{Absence.objects.get().id}/slutt/")
        assert Holding.objects.get(ends_at=None).holder_id == team.nurse.id

    def test_an_absence_backwards_is_refused(self, as_nurse, team):
        today = clock.today()
        sent = {
            "hvem": str(team.nurse.id),
            "fra": today.isoformat(),
            "til": (today - timedelta(days=1)).isoformat(),
            "vikar": "",
        }

        assert as_nurse.post("/arbeid/fravar/", sent).status_code == 422

    def test_the_leader_sees_how_work_is_spread(self, as_leader, plan):
        page = text_of(as_leader.get("/arbeid/oversikt/"))

        assert "Solveig Demomyr" in page

    def test_the_leader_reads_what_the_figures_count(self, as_leader, plan):
        page = text_of(as_leader.get("/arbeid/oversikt/"))

        assert "også de som har frist om mer enn en måned, og de som er utsatt" in page
        assert "Det som har frist senere, er regnet med." in page


class TestPathways:
    def test_are_read_by_anybody_who_works_here(self, as_nurse, team):
        listed = as_nurse.get("/arbeid/forlop/")
        slug = text_of(listed).split("/arbeid/forlop/")[2].split("/")[0].split('"')[0]

        assert listed.status_code == 200
        assert as_nurse.get("/arbeid/forlop/", {"q": "finnes ikke her"}).status_code == 200
        assert as_nurse.get(f"/arbeid/forlop/{slug}/").status_code in (200, 404)


def test_a_newer_version_is_moved_to_only_as_it_was_shown(as_nurse, team, plan):
    publish(team.house.tenant_id, body(version="1.1.0"))
    page = text_of(as_nurse.get(at(plan, "versjon/")))
    assert 'name="til" value="1.1.0"' in page

    another = as_nurse.post(at(plan, "versjon/"), {"version": plan.version, "til": "1.0.9"})
    meanwhile = as_nurse.post(at(plan, "versjon/"), {"version": plan.version + 7, "til": "1.1.0"})
    assert (another.status_code, meanwhile.status_code) == (409, 409)

    assert as_nurse.post(at(plan, "versjon/"), {"version": plan.version, "til": "1.1.0"}).status_code == 302


def test_a_plan_is_offered_to_a_colleague_of_a_unit_that_the_carer_lets_know(as_nurse, team, plan):
    other = worker(team.house.tenant_id, team.house.carers, Role.CARER_CONTACT, name="Berit Demoro")
    Consent.objects.create(
        owner=team.carer, to_unit_id=team.house.carers, topics=["plan"], decision="given", obtained="oral",
        starts_at=clock.now() - timedelta(days=1), recorded_by=team.nurse.id, recorded_at=clock.now(),
    )  # fmt: skip
    address = at(plan, "overlevering/")
    assert "Berit Demoro (" in text_of(as_nurse.get(address))

    as_nurse.post(address, {"til_hvem": f"{other.id}|{team.house.carers}", "hvorfor": ""})

    row = Handover.objects.get()
    assert (row.to_unit_id, row.rests_on_consent) == (team.house.carers, True)
