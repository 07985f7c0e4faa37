"""The person's own page: what it shows of others, what one changes about oneself, what one takes with one."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.people import selectors, services
from medspiller.people.domain.consents import ConsentDetails, ConsentTopic
from medspiller.people.domain.contacts import ContactDetails, ContactSystem
from medspiller.people.domain.corrections import About, AlreadyAnswered, Outcome
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role
from medspiller.people.models import (
    CarerRole,
    Consent,
    ContactPoint,
    CorrectionRequest,
    InformationGiven,
    Person,
    Statement,
)
from medspiller.people.tests import factories
from medspiller.people.tests.test_web import text_of
from tests.support.staff import sign_in

HOME = "/min-side/"


@pytest.fixture
def actor(account, kari):
    return factories.as_actor(account)


@pytest.fixture
def mother(kari, house):
    made = factories.make_person("Oddny", number=factories.ANOTHER_NUMBER)
    factories.involve(made, house.home_care)
    return made


def cares_for(mother, kari, role=Role.PAARORENDE, **more):
    relation = factories.relate(mother, kari, RelationKind.OTHER_FAMILY)
    made = factories.give_role(relation, patient=mother, carer=kari, role=role)
    CarerRole.objects.filter(id=made.id).update(**more)
    return made


def live_consent(owner, **to):
    now = clock.now()
    return Consent.objects.create(
        owner=owner, topics=["health"], decision="given", obtained="oral", starts_at=now - timedelta(hours=1),
        recorded_by=owner.id, recorded_at=now, **to,
    )  # fmt: skip


class TestWhoIsShown:
    def test_whoever_named_the_carer_is_named(self, page, mother, kari):
        cares_for(mother, kari)

        shown = text_of(page.get("/min-side/rundt-meg/"))

        assert "Oddny Demoli" in shown
        assert AccessEntry.objects.filter(person_id=mother.id, action="people.view_own_page").count() == 1

    def test_whoever_did_not_is_only_what_they_are(self, page, mother, kari):
        cares_for(mother, kari, named_by_patient=None)

        shown = text_of(page.get("/min-side/rundt-meg/"))

        assert "Oddny" not in shown
        assert "Navnet vises ikke" in shown
        assert "Annen familie" in shown
        assert not AccessEntry.objects.filter(person_id=mother.id).exists()

    def test_whoever_has_no_role_is_only_what_they_are_and_that_is_said(self, page, kari, house):
        factories.relate(kari, factories.make_person("Tor"), RelationKind.SIBLING)
        factories.involve(kari, house.home_care, basis=InvolvementBasis.EMERGENCY_CONTACT)

        shown = text_of(page.get("/min-side/rundt-meg/"))

        assert "Her ser du bare hva de er for deg, ikke hvem de er." in shown
        assert ("<li>Søsken</li>" in shown, "Tor" in shown) == (True, False)
        assert "Hjemmetjenesten vest: Pårørende vi kan ringe." in shown

    def test_a_live_consent_names_them_and_its_withdrawal_hides_them_at_once(self, page, mother, kari):
        cares_for(mother, kari, named_by_patient=False)
        consent = live_consent(mother, to_person=kari)
        assert "Oddny" in text_of(page.get("/min-side/rundt-meg/"))

        Consent.objects.filter(id=consent.id).update(withdrawn_at=clock.now(), withdrawn_by=mother.id)

        assert "Oddny" not in text_of(page.get("/min-side/rundt-meg/"))

    def test_an_own_child_is_named(self, page, mother, kari):
        Person.objects.filter(id=mother.id).update(birth_date=clock.today() - timedelta(days=3000))
        cares_for(mother, kari, Role.FORELDREANSVAR, named_by_patient=None)

        assert "Oddny" in text_of(page.get("/min-side/rundt-meg/"))

    def test_a_child_that_has_grown_up_is_not_there_any_more(self, page, mother, kari):
        cares_for(mother, kari, Role.FORELDREANSVAR, named_by_patient=None)

        shown = text_of(page.get("/min-side/rundt-meg/"))

        assert "Oddny" not in shown
        assert "Foreldreansvar" not in shown

    def test_a_role_that_is_over_shows_nobody(self, actor, mother, kari):
        cares_for(mother, kari, valid_to=clock.today())

        assert selectors.own_page(actor=actor).cared_for == ()

    @pytest.mark.parametrize("grade", [ProtectedAddress.STRICT, ProtectedAddress.CONFIDENTIAL])
    def test_the_patient_sees_who_cares_but_nothing_that_is_theirs(self, page, mother, kari, grade):
        relation = factories.relate(kari, mother, RelationKind.OTHER_FAMILY)
        factories.give_role(relation, patient=kari, carer=mother, role=Role.NAERMESTE)
        Person.objects.filter(id=mother.id).update(protected_address=grade.value, language="so")
        ContactPoint.objects.create(
            person=mother, system="phone", value="+4700123456", value_hash=b"1" * 32, valid_from=clock.today()
        )
        Statement.objects.create(
            owner=mother, text="Jeg er sliten.", said_at=clock.now(), recorded_by=mother.id, recorded_by_name="Nora"
        )

        shown = text_of(page.get("/min-side/rundt-meg/"))

        assert ("Oddny" in shown) is (grade is not ProtectedAddress.STRICT)
        assert "Nærmeste pårørende" in shown
        for theirs in ("00 12 34 56", "somali", "sliten"):
            assert theirs not in shown

    def test_whoever_is_not_to_be_told_is_not_told_by_the_page(self, page, actor, mother, kari, house):
        cares_for(mother, kari)
        row = to_be_told(kari, house)
        InformationGiven.objects.filter(id=row.id).update(reason_not_to="Det kan sette noen i fare.")

        assert "Oddny" not in text_of(page.get("/min-side/rundt-meg/"))
        page.get("/min-side/registrert/")
        row.refresh_from_db()
        assert row.informed_at is None


def test_the_page_of_consents_is_called_the_same_wherever_it_stands(page, kari):
    name = "Hva andre får vite om meg"

    assert f"<title>{name}" in " ".join(page.get("/min-side/samtykker/").content.decode().split())
    assert name in text_of(page.get("/min-side/samtykker/"))
    assert "Mine samtykker" not in text_of(page.get("/min-side/")) + text_of(page.get("/min-side/om-meg/"))


class TestNobody:
    @pytest.mark.parametrize("path", ["", "rundt-meg/", "om-meg/", "kontakt/", "samtykker/", "viktig/", "rettelser/"])
    def test_is_said_to_be_nowhere(self, client, account, path):
        sign_in(client, account)

        assert "Vi har ikke skrevet ned noe om deg" in text_of(client.get(f"{HOME}{path}"))


def to_be_told(person, house):
    today = clock.today()
    return InformationGiven.objects.create(
        person=person, unit_id=house.carers, registered_on=today, due_on=today + timedelta(days=30)
    )


class TestTheNotice:
    def test_reading_it_the_first_time_is_written_down(self, page, kari, house):
        row = to_be_told(kari, house)
        assert "Vi har registrert deg" in text_of(page.get(HOME))

        first, second = (text_of(page.get("/min-side/registrert/")) for _ in range(2))

        row.refresh_from_db()
        assert (row.how, row.informed_at is not None) == ("my_page", True)
        assert "Vi har notert at du har lest dette." in first
        assert "Vi har notert at du har lest dette." not in second
        assert "Vi har registrert deg" not in text_of(page.get(HOME))


class TestOwnDetails:
    def test_are_changed_by_oneself(self, page, kari):
        typed = {"given_name": "Kari Anne", "family_name": "Demoli", "language": "so", "needs_interpreter": "yes"}

        page.post("/min-side/om-meg/endre/", {**typed, "gender": "", "version": 1})

        kari.refresh_from_db()
        assert (kari.given_name, kari.language, kari.needs_interpreter, kari.gender) == ("Kari Anne", "so", True, "")

    def test_a_second_look_is_kept_with_what_was_typed(self, page, kari):
        Person.objects.filter(id=kari.id).update(version=2, language="ar")

        answer = page.post("/min-side/om-meg/endre/", {"given_name": "Karianne", "family_name": "Demoli", "version": 1})

        assert answer.status_code == 409
        assert 'value="Karianne"' in text_of(answer)

    def test_what_the_register_says_is_not_ones_own_to_change(self, actor, kari):
        changes = kari.changes
        with pytest.raises(NotAllowed):
            services.change_person(
                actor=actor, person_id=kari.id, version=1,
                changes=type(changes)(given_name="Kari", family_name="Demoli", birth_date=None),
            )  # fmt: skip
        with pytest.raises(services.NotOnesOwn):
            services.change_own_details(actor=actor, said={"birth_date": None}, version=1)

    @pytest.mark.parametrize("what", ["change", "contact", "death", "inform"])
    def test_nobody_elses_are(self, actor, mother, what):
        acts = {
            "change": lambda: services.change_person(
                actor=actor, person_id=mother.id, changes=mother.changes, version=1
            ),
            "contact": lambda: services.add_contact_point(
                actor=actor, person_id=mother.id, details=ContactDetails(ContactSystem.PHONE, "00 12 34 56")
            ),
            "death": lambda: services.record_death(actor=actor, person_id=actor.id, died_on=clock.today()),
            "inform": lambda: services.record_informed(actor=actor, person_id=mother.id, how="my_page"),
        }
        with pytest.raises(NotFound):
            acts[what]()


class TestConsents:
    @pytest.fixture
    def carer(self, kari, mother):
        relation = factories.relate(kari, mother, RelationKind.OTHER_FAMILY)
        factories.give_role(relation, patient=kari, carer=mother, role=Role.PAARORENDE)
        return mother

    def typed(self, carer, **more):
        return {"receiver": f"person:{carer.id}", "decision": "given", "topics": ["health"], **more}

    def test_are_given_taken_back_and_given_again(self, page, kari, carer):
        page.post("/min-side/samtykker/nytt/", self.typed(carer))
        given = Consent.objects.get(owner=kari)
        assert (given.to_person_id, given.obtained) == (carer.id, "electronic")
        told = text_of(page.get(f"/min-side/samtykker/{given.id}/"))
        assert [each for each in ("Trekk det tilbake", "Du bestemte det her") if each not in told] == []

        asked = text_of(page.get(f"/min-side/samtykker/{given.id}/trekk/"))
        assert "Ja, trekk det tilbake nå" in asked
        page.post(f"/min-side/samtykker/{given.id}/trekk/")
        given.refresh_from_db()
        assert given.withdrawn_at is not None

        again = text_of(page.get(f"/min-side/samtykker/nytt/?igjen={given.id}"))
        assert f'value="person:{carer.id}" checked' in again or "checked" in again

    def test_are_narrowed(self, page, kari, carer):
        page.post("/min-side/samtykker/nytt/", self.typed(carer, topics=["health", "plan"]))
        given = Consent.objects.get(owner=kari)

        page.post(f"/min-side/samtykker/{given.id}/mindre/", {"topics": ["plan"]})

        assert Consent.objects.get(owner=kari, withdrawn_at=None).topics == ["plan"]

    def test_below_sixteen_one_may_say_no_but_not_yes(self, page, kari, carer):
        Person.objects.filter(id=kari.id).update(birth_date=clock.today() - timedelta(days=365 * 13))

        refused = page.post("/min-side/samtykker/nytt/", self.typed(carer))
        accepted = page.post("/min-side/samtykker/nytt/", self.typed(carer, decision="refused"))

        assert (refused.status_code, accepted.status_code) == (422, 302)
        assert "Til du er 16 år" in text_of(refused)

    def test_another_persons_consent_is_nowhere(self, page, carer):
        theirs = live_consent(carer, to_other="Skolen")
        for path in ("", "trekk/", "mindre/"):
            assert page.get(f"/min-side/samtykker/{theirs.id}/{path}").status_code == 404


class TestCorrections:
    def test_go_to_the_unit_and_the_answer_comes_back(self, page, actor, kari, house):
        factories.involve(kari, house.carers, basis=InvolvementBasis.SUPPORT)
        page.post("/min-side/rettelser/", {"about": "birth_date", "text": "Jeg er født i 1949."})
        row = CorrectionRequest.objects.get(person=kari)
        assert (row.unit_id, row.answer_by > clock.today()) == (house.carers, True)

        leader = factories.worker(house.tenant_id, house.carers, factories_role("LEADER"))
        assert [each.text for each in selectors.corrections(actor=leader)] == ["Jeg er født i 1949."]
        services.answer_correction(
            actor=leader, request_id=row.id, outcome=Outcome.CORRECTED, answer="Takk, det er rettet."
        )

        assert "Takk, det er rettet." in text_of(page.get("/min-side/rettelser/"))
        with pytest.raises(AlreadyAnswered):
            services.answer_correction(actor=leader, request_id=row.id, outcome=Outcome.CORRECTED, answer="En gang til")

    def test_another_unit_does_not_see_them(self, actor, kari, house):
        factories.involve(kari, house.carers, basis=InvolvementBasis.SUPPORT)
        made = services.ask_for_correction(actor=actor, about=About.OTHER, text="Feil.")
        elsewhere = factories.worker(house.tenant_id, house.home_care, factories_role("LEADER"))

        assert selectors.corrections(actor=elsewhere) == []
        with pytest.raises(NotFound):
            selectors.correction(actor=elsewhere, request_id=made.id)


def factories_role(name):
    from medspiller.access.domain.roles import Role as Post  # noqa: PLC0415

    return Post[name]


class TestTheFile:
    def test_holds_what_is_ones_own_and_nobody_elses(self, page, actor, mother, kari):
        cares_for(mother, kari, named_by_patient=None)
        services.record_statement(actor=actor, owner_id=kari.id, text="Å få sove.")
        Statement.objects.create(owner=mother, text="Hemmelig.", said_at=clock.now(), recorded_by=mother.id)
        live_consent(mother, to_other="Skolen")

        answer = page.get("/min-side/last-ned/min-side.zip")

        with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
            told = {name: file.read(name).decode() for name in file.namelist()}
        everything = "".join(told.values())
        parts = json.loads(told["mine-opplysninger.json"])
        assert [each["text"] for each in parts["what_matters"]] == ["Å få sove."]
        assert parts["about_me"][0]["given_name"] == "Kari"
        for theirs in ("Oddny", "Hemmelig", "Skolen", factories.ANOTHER_NUMBER):
            assert theirs not in everything
        assert AccessEntry.objects.filter(person_id=kari.id, action="people.take_out_own_data").exists()

    def test_is_for_nobody_without_an_own_page(self, client, account):
        sign_in(client, account)

        assert client.get("/min-side/last-ned/min-side.zip").status_code == 404


def test_my_own_consents_count_and_those_to_me_do_not(actor, kari, mother):
    cares_for(mother, kari)
    live_consent(mother, to_person=kari)
    services.give_consent(
        actor=actor, owner_id=kari.id, details=ConsentDetails(topics=frozenset({ConsentTopic.PLAN}), to_other="Skolen")
    )

    assert selectors.own_page(actor=actor).live_consents == 1


def test_the_page_is_for_citizens_only(house):
    with pytest.raises(NotAllowed):
        selectors.own_page(actor=factories.worker(house.tenant_id, house.home_care))


class TestTheYoung:
    @pytest.mark.parametrize(("years", "is_young"), [(15, True), (17, True), (18, False), (44, False)])
    def test_have_a_way_out_and_somebody_to_call(self, page, kari, years, is_young):
        today = clock.today()
        Person.objects.filter(id=kari.id).update(birth_date=today.replace(year=today.year - years))

        words = text_of(page.get(HOME))

        assert ('id="quick-exit"' in words) is is_young
        assert all((f'href="tel:{number}"' in words) is is_young for number in ("116111", "113"))
        assert "0 gjelder nå" not in words
        assert ("Dette kan du be om" in words) is is_young
        # «Mine rettigheter» is what one may be entitled to as a carer, and no heading of something else.
        assert ("Det som er lagret om deg" in words, "Rettighetene dine" in words) == (not is_young, False)


def test_ones_own_words_are_not_taken_away_at_one_press(page, actor, kari):
    services.record_statement(actor=actor, owner_id=kari.id, text="Jeg vil sove.")
    said = Statement.objects.get()

    words = text_of(page.get(f"{HOME}viktig/"))

    asked = words.partition("Vil du ta bort dette?")[2]
    assert "Det kan ikke hentes tilbake" in asked
    assert f"/min-side/viktig/{said.id}/fjern/" in asked
    assert f"/min-side/viktig/{said.id}/fjern/" not in words.partition("Vil du ta bort dette?")[0]
