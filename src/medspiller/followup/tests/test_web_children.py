"""The pages of children as next of kin, of safety and concern, and what carers see of their own follow-up."""

from datetime import timedelta

import pytest

from medspiller.access.models import User
from medspiller.catalogue.tests import factories as catalogue
from medspiller.core import clock
from medspiller.followup import services
from medspiller.followup.domain.concerns import ConcernDetails, Judgement
from medspiller.followup.domain.files import FileKind
from medspiller.followup.models import CarerFile, ConcernAssessment, Plan, Suggestion
from medspiller.followup.tests import families
from medspiller.followup.tests.families import years_ago
from medspiller.followup.tests.test_children import publish
from medspiller.followup.web.concerns import CONCERN_FORM
from medspiller.people import services as register
from medspiller.people.domain.children import ReasonToAsk
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.models import ChildrenReason, Involvement, Person
from medspiller.people.tests import factories as people
from medspiller.questionnaires.domain.definition.audience import Subject
from medspiller.questionnaires.tests import factories as forms
from tests.support.staff import sign_in

OWN = "/min-side/oppfolging/"
WHY = "Ida sover hos naboen når far drikker."
JUDGED = {"fare": "no", "foreldre": "not-yet", "vurdering": "in-doubt", "hvorfor": WHY}


def text_of(page):
    return " ".join(page.content.decode().split())


@pytest.fixture
def family(here, house):
    return families.make_parent(here, house)


@pytest.fixture
def nurse(client, family):
    sign_in(client, User.objects.get(id=family.nurse.id))
    return client


@pytest.fixture
def shipped(here):
    publish(here, "child-of-parent")


@pytest.fixture
def file(family):
    return families.open_file(family.nurse, family.ida)


def children_of(family):
    return f"/arbeid/oppfolging/barn/{family.arne.id}/"


def reason(family):
    return register.record_children_reason(
        actor=family.nurse, patient_id=family.arne.id, code=ReasonToAsk.MENTAL_ILLNESS
    )


def safety(file, more=""):
    return f"/arbeid/oppfolging/{file.id}/trygghet/{more}"


def concern_at(row, more=""):
    return f"/arbeid/oppfolging/bekymring/{row.id}/{more}"


class TestWhyWeAsk:
    def address(self, family):
        return f"/arbeid/personer/{family.arne.id}/barn/"

    def test_a_reason_is_written_down_seen_and_ended(self, nurse, family):
        assert "Ingen grunn er skrevet ned" in text_of(nurse.get(self.address(family)))
        nurse.post(f"{self.address(family)}grunn/", {"grunn-code": "addiction"})
        page = text_of(nurse.get(self.address(family)))
        row = ChildrenReason.objects.get()

        assert f"{self.address(family)}grunn/{row.id}/avslutt/" in page
        assert children_of(family) in page
        for _twice in range(2):
            answer = nurse.post(f"{self.address(family)}grunn/{row.id}/avslutt/")
            assert answer.status_code == 302
        assert ChildrenReason.objects.get().ended_at is not None

    def test_the_same_twice_is_said_to_stand_already_and_none_is_asked_for(self, nurse, family):
        reason(family)
        twice = nurse.post(f"{self.address(family)}grunn/", {"grunn-code": "mental_illness"})

        assert twice.status_code == 409
        assert "skrevet ned fra før" in text_of(twice)
        assert nurse.post(f"{self.address(family)}grunn/", {}).status_code == 422


class TestUnitsThatHaveNotAsked:
    def test_are_counted_with_the_names_of_those_one_may_open(self, client, family):
        reason(family)
        sign_in(client, User.objects.get(id=family.leader.id))

        page = text_of(client.get("/arbeid/barn/"))

        assert "1 pasient er ikke spurt." in page
        assert "Arne Demoberg" in page

    def test_when_everybody_has_been_asked_the_page_says_so(self, client, family):
        sign_in(client, User.objects.get(id=family.lead.id))

        assert "Alle som det er skrevet ned en grunn for, er spurt" in text_of(client.get("/arbeid/barn/"))

    def test_the_page_says_what_it_counts_and_what_the_tasks_count_besides(self, client, family):
        sign_in(client, User.objects.get(id=family.leader.id))

        page = text_of(client.get("/arbeid/barn/"))

        assert "med eller uten nedskrevet grunn" in page
        assert "/arbeid/oppgaver/?type=children_question" in page
        assert client.get("/arbeid/oppgaver/?type=children_question").status_code == 200

    def test_concerns_that_somebody_is_to_look_at_stand_first(self, client, family):
        judged = ConcernDetails(judgement=Judgement.IN_DOUBT, reason=WHY)
        services.record_concern(actor=family.nurse, child_id=family.ida.id, details=judged)
        ConcernAssessment.objects.update(look_again_on=clock.today())
        sign_in(client, User.objects.get(id=family.leader.id))

        page = text_of(client.get("/arbeid/barn/"))

        assert "Bekymringer å se på i dag" in page
        assert "Ida Demoberg" in page

    def test_are_closed_to_whoever_has_not_that_task(self, nurse, family):
        assert nurse.get("/arbeid/barn/").status_code == 403


class TestAChildsOwnFile:
    def test_is_opened_from_the_patients_page_and_begins_with_the_talk(self, nurse, family, shipped):
        page = text_of(nurse.get(children_of(family)))
        assert "Ida Demoberg" in page
        assert "9 år" in page
        address = f"{children_of(family)}{family.ida.id}/"
        assert "Barn som pårørende" in text_of(nurse.get(address))

        opened = nurse.post(address, follow=True)

        assert Plan.objects.get().file.carer_id == family.ida.id
        assert "Planen begynner med samtalen" in text_of(opened)
        assert "Planen for barnet er i gang" in text_of(nurse.get(children_of(family)))

    def test_cannot_be_begun_without_its_pathway(self, nurse, family):
        address = f"{children_of(family)}{family.ida.id}/"

        assert "Ingen plan for dette er i bruk" in text_of(nurse.get(address))
        assert nurse.post(address).status_code == 409

    def test_somebody_who_is_no_child_of_the_patient_is_nobody_here(self, nurse, family):
        assert nurse.get(f"{children_of(family)}{family.arne.id}/").status_code == 404

    def test_that_another_unit_may_follow_already_is_said_in_words_and_refused(self, nurse, family, house, shipped):
        Involvement.objects.filter(person=family.ida).delete()
        people.involve(family.ida, house.home_care, basis=InvolvementBasis.EMERGENCY_CONTACT)
        people.involve(family.ida, house.carers, basis=InvolvementBasis.CHILD_NEXT_OF_KIN)

        refused = nurse.post(f"{children_of(family)}{family.ida.id}/")

        assert refused.status_code == 403
        assert "Enheten din kan ikke begynne med dette barnet" in text_of(refused)
        assert not Plan.objects.exists()

        for _twice in range(2):
            assert nurse.post(f"{children_of(family)}{family.ida.id}/", {"gjor": "spor"}).status_code == 302
        ((patient_id, unit_id, _day),) = families.waiting("followup.child_elsewhere")
        assert (patient_id, unit_id) == (family.arne.id, house.home_care)

    def test_a_stranger_learns_nothing(self, client, family):
        sign_in(client, User.objects.get(id=family.stranger.id))

        assert client.get(children_of(family)).status_code in (403, 404)

    def test_a_concern_is_not_gone_from_the_page_when_the_child_has_grown_up(self, nurse, family, file):
        judged = ConcernDetails(judgement=Judgement.IN_DOUBT, reason=WHY)
        row = services.record_concern(actor=family.nurse, child_id=family.ida.id, details=judged)
        CarerFile.objects.filter(id=file.id).update(kind="adult")

        assert f'href="{concern_at(row)}"' in text_of(nurse.get(safety(file)))

    def test_says_what_comes_with_eighteen_and_becomes_an_adults(self, nurse, family, file):
        Person.objects.filter(id=family.ida.id).update(birth_date=years_ago(18))
        assert "Fylte 18 år" in text_of(nurse.get(f"/arbeid/oppfolging/{file.id}/"))

        for _twice in range(2):
            assert nurse.post(f"/arbeid/oppfolging/{file.id}/voksen/").status_code == 302

        assert CarerFile.objects.get().kind == FileKind.ADULT


class TestSafety:
    def test_numbers_stand_first_then_what_the_law_asks_of_whom(self, nurse, file):
        page = text_of(nurse.get(safety(file)))

        assert page.index('href="tel:112"') < page.index("Skriv ned vurderingen din") < page.index("Slik melder du fra")
        assert all(f'href="tel:{number}"' in page for number in ("110", "113", "116117", "116111", "116123"))
        assert "https://lovdata.no/lov/1999-07-02-64/§33" in page

    def test_is_one_press_away_from_every_page_of_a_childs_file(self, nurse, file):
        for more in ("", "forslag/", "forslag/nytt/", "avtale/", "brev/"):
            assert f'href="{safety(file)}"' in text_of(nurse.get(f"/arbeid/oppfolging/{file.id}/{more}"))

    def test_an_adults_page_writes_down_nothing_of_a_child(self, client, here, house):
        carer = families.make_carer(here, house)
        sign_in(client, User.objects.get(id=carer.contact.id))

        assert "i barnets egen mappe" in text_of(client.get(safety(carer.file)))
        assert client.get(safety(carer.file, "vurdering/")).status_code == 404

    def test_who_does_not_follow_the_child_up_sees_nothing(self, client, family, file):
        sign_in(client, User.objects.get(id=family.stranger.id))

        assert client.get(safety(file)).status_code in (403, 404)


class TestAConcern:
    @pytest.fixture
    def row(self, nurse, file):
        nurse.post(safety(file, "vurdering/"), JUDGED)
        return ConcernAssessment.objects.get()

    def test_is_written_down_as_it_was_judged_and_what_was_left_undone_is_prompted_for(self, nurse, row):
        page = text_of(nurse.get(concern_at(row)))

        assert WHY in page
        assert "Ikke stå alene med det" in page

    def test_without_a_reason_or_with_a_day_that_cannot_be_nothing_is_lost(self, nurse, file):
        ahead = (clock.today() + timedelta(days=3)).isoformat()

        answer = nurse.post(safety(file, "vurdering/"), {**JUDGED, "meldt": ahead})

        assert answer.status_code == 422
        assert WHY in text_of(answer)
        assert "Det som ligger foran" in text_of(answer) or "har vært" in text_of(answer)
        assert nurse.post(safety(file, "vurdering/"), {}).status_code == 422

    def test_is_reported_answered_and_settled(self, nurse, row, file):
        today = clock.today().isoformat()
        told = {"meldt-meldt": today, "meldt-meldt_til": "child-welfare", "meldt-meldt_hvordan": "phone"}
        nurse.post(concern_at(row), {"gjor": "meldt", "meldt-version": "1", **told})
        assert "Dager etter at det ble meldt" in text_of(nurse.get(concern_at(row)))

        came = {"svar-hva": "confirmed", "svar-dag": today, "svar-undersokelse": "nei", "svar-version": "2"}
        nurse.post(concern_at(row), {"gjor": "svar", **came})
        nurse.post(concern_at(row), {"gjor": "avklart", "avklart-hvorfor": "Trygg nå.", "avklart-version": "3"})

        row.refresh_from_db()
        assert (row.investigates, row.settled_why) == (False, "Trygg nå.")
        assert "Bekymringer som er avklart" in text_of(nurse.get(safety(file)))
        late = nurse.post(concern_at(row), {"gjor": "avklart", "avklart-hvorfor": "Igjen.", "avklart-version": "4"})
        assert late.status_code == 409
        assert nurse.get(concern_at(row, "pa-nytt/")).status_code == 302

    def test_whoever_is_too_late_keeps_what_they_typed(self, nurse, row):
        answer = nurse.post(
            concern_at(row), {"gjor": "avklart", "avklart-hvorfor": "Trygg nå.", "avklart-version": "9"}
        )

        assert answer.status_code == 409
        assert "Trygg nå." in text_of(answer)
        again = nurse.post(concern_at(row, "pa-nytt/"), {**JUDGED, "version": "9"})
        assert again.status_code == 409
        assert WHY in text_of(again)

    def test_is_judged_anew_and_what_was_judged_before_stays(self, nurse, row):
        made = nurse.post(concern_at(row, "pa-nytt/"), {**JUDGED, "vurdering": "not-now", "version": "1"}, follow=True)

        assert "Les den forrige vurderingen" in text_of(made)
        assert "vurdert på nytt" in text_of(nurse.get(concern_at(row)))

    def test_rests_on_a_form_that_was_filled_in_where_there_is_one(self, nurse, here, family, file):
        assert "Bygger den på et skjema" not in text_of(nurse.get(safety(file, "vurdering/")))
        written = forms.written(owner="Patient", tags=("concern-for-child", "staff-only"))
        form = forms.publish(here, written | {"url": CONCERN_FORM})
        filled_in = families.answered(family.ida, form, owner=Subject.PERSON, tags=("concern-for-child",))

        assert "Bygger den på et skjema" in text_of(nurse.get(safety(file, "vurdering/")))
        made = nurse.post(safety(file, "vurdering/"), {**JUDGED, "skjema": str(filled_in.id)}, follow=True)

        assert f"/arbeid/skjema/svar/{filled_in.id}/lest/" in text_of(made)

    def test_a_child_without_an_open_file_still_has_its_concerns(self, nurse, row, family, file):
        services.close_file(actor=family.nurse, file_id=file.id, version=1, reason="goals_met", outcome=["better"])

        assert nurse.get(concern_at(row)).status_code == 200


class TestOnesOwnFollowUp:
    @pytest.fixture
    def carer(self, here, house):
        return families.make_carer(here, house)

    @pytest.fixture
    def kari(self, client, carer):
        sign_in(client, User.objects.get(id=carer.citizen.id))
        return client

    @pytest.fixture
    def suggested(self, carer, house):
        catalogue.provider(carer.contact)
        catalogue.approved(carer.contact, house.carers, slug="kveldsgruppe")
        return services.suggest_one(actor=carer.contact, file_id=carer.file.id, kind="offer", target="kveldsgruppe")

    def test_whoever_nobody_follows_up_is_told_what_they_can_do(self, client, here):
        account = people.citizen_account(here)
        people.make_person("Aslaug", "Demovik", user=account)
        sign_in(client, account)

        assert "Ingen følger deg opp akkurat nå" in text_of(client.get(OWN))

    def test_says_whom_to_call_and_what_matters_in_ones_own_words(self, kari, carer):
        services.appoint_contact(actor=carer.contact, file_id=carer.file.id, version=1, user_id=carer.contact.id)
        CarerFile.objects.update(what_matters="Å få sove.")

        page = text_of(kari.get(OWN))

        assert "Gro Demodal" in page
        assert "Å få sove." in page
        assert "Ingenting er planlagt akkurat nå" in page

    def test_what_is_suggested_is_answered_by_the_carer(self, kari, suggested):
        assert "Hva synes du om dette?" in text_of(kari.get(OWN))
        address = f"{OWN}forslag/{suggested.id}/"
        assert kari.get(address).status_code == 200
        assert kari.post(address, {"gjor": "nei"}).status_code == 422

        kari.post(address, {"gjor": "nei", "nei-grunn": "too_far", "nei-merknad": ""})

        row = Suggestion.objects.get()
        assert (row.by_carer, row.reason) == (True, "too_far")
        assert "Hva du har svart" in text_of(kari.get(OWN)) or "Det du har svart" in text_of(kari.get(OWN))

    def test_the_carer_is_told_by_when_their_words_are_read_and_the_young_are_not_asked_for_any(
        self, kari, carer, suggested
    ):
        address = f"{OWN}forslag/{suggested.id}/"
        assert "innen to arbeidsdager" in text_of(kari.get(address))
        answered = kari.post(address, {"gjor": "ja", "ja-merknad": "Gjerne."}, follow=True)
        assert "Svaret er lagret. De som følger deg opp, leser det innen to arbeidsdager." in text_of(answered)

        CarerFile.objects.filter(id=carer.file.id).update(kind="child")

        assert "merknad" not in text_of(kari.get(address))
        assert kari.post(address, {"gjor": "nei", "nei-grunn": "too_far"}).status_code == 302

    def test_another_persons_is_not_found(self, client, here, suggested):
        account = people.citizen_account(here)
        people.make_person("Aslaug", "Demovik", user=account)
        sign_in(client, account)

        assert client.get(f"{OWN}forslag/{suggested.id}/").status_code == 404

    def test_an_agreement_says_that_it_is_no_decision(self, kari, carer):
        services.draft_agreement(actor=carer.contact, file_id=carer.file.id)

        assert "ikke et vedtak om tjenester" in text_of(kari.get(OWN))

    def test_a_young_persons_page_speaks_to_them_and_tells_nothing_of_judging_safety(
        self, client, here, family, shipped
    ):
        account = people.citizen_account(here)
        Person.objects.filter(id=family.ida.id).update(user=account, birth_date=years_ago(15))
        services.open_child_file(actor=family.nurse, patient_id=family.arne.id, child_id=family.ida.id)
        judged = ConcernDetails(judgement=Judgement.IN_DOUBT, reason=WHY)
        services.record_concern(actor=family.nurse, child_id=family.ida.id, details=judged)
        sign_in(client, account)

        page = text_of(client.get(OWN))

        assert "Hjelp til deg" in page
        assert "Nora Demonatt har ansvaret" in page
        assert "Hvordan du har det" in page
        assert "Snakk med forelderen om barnet" not in page
        assert "Vurder om barnet er trygt" not in page
        assert WHY not in page
