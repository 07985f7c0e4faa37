"""One of each thing that has a page of its own, for the journeys that look at every page."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext

from medspiller.access import selectors as accounts
from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.actions import ACTIONS
from medspiller.access.domain.roles import Role
from medspiller.access.models import PostHolding, User
from medspiller.access.tests.provider_world import register as register_provider
from medspiller.core import clock, ids, tenancy
from medspiller.demo.domain.personas import CITIZENS
from medspiller.messages.domain.notices import State
from medspiller.messages.tests.factories import make_notice
from medspiller.organisations import services as organisations
from medspiller.people import selectors as people
from medspiller.people import services as people_services
from medspiller.people.domain.circumstances import Circumstance, CircumstanceDetails
from medspiller.people.domain.competence import CompetenceDetails
from medspiller.people.domain.consents import ConsentDetails, ConsentTopic
from medspiller.people.domain.contacts import ContactDetails, ContactSystem
from medspiller.people.domain.corrections import About
from medspiller.people.domain.first_talk import Carer, Child, FirstTalk, Patient, SaidToBe
from medspiller.people.domain.persons import PersonDetails
from medspiller.people.domain.relations import RelationDetails, RelationKind
from medspiller.people.domain.role_rules import RoleDetails
from medspiller.people.domain.roles import Role as CarersRole
from medspiller.people.models import ContactPoint, CorrectionRequest, Involvement, Person
from medspiller.questionnaires.tests.factories import BASE, begin, complete, publish, written
from medspiller.worklist import services as worklist
from medspiller.worklist.domain.kinds import KINDS
from tests.journeys.town import Town, acting_as, persona_with
from tests.security import (
    things_of_catalogue,
    things_of_editors,
    things_of_enquiries,
    things_of_followup,
    things_of_offers,
    things_of_rights,
    things_of_signups,
    things_of_strategy,
)
from tests.support import staff
from tests.support.authenticator import code_at
from tests.support.browser import Site
from tests.support.database import HERE
from tests.support.fake_issuer import FakeIssuer


@dataclass(frozen=True, slots=True)
class Things:
    """Ids of what stands in the town. `nurse` works at night, signs in here with a password and a code."""

    nurse: User
    holding_id: UUID
    grant_id: UUID
    factor_id: int
    invitation: str
    empty_post_id: UUID
    provider_id: UUID
    emergency_id: UUID
    entry_id: UUID
    question_id: UUID
    relation_id: UUID
    role_id: UUID
    contact_id: UUID
    own_contact_id: UUID
    correction_id: UUID
    item_id: UUID
    carer_id: UUID
    involvement_id: UUID
    consent_id: UUID
    decision_id: UUID
    circumstance_id: UUID
    talk_id: UUID
    twin_id: UUID
    merge_id: UUID
    import_id: UUID
    form_id: UUID
    total_id: UUID
    begun_id: UUID
    answered_id: UUID
    own_begun_id: UUID
    own_answered_id: UUID
    kept_id: UUID
    # Of the catalogue, of follow-up and of strategies: the names that routes use.
    kept: dict[str, UUID]


def make(town: Town, issuer: FakeIssuer) -> Things:
    """Let people in the town do what leaves something behind, for real."""
    system, house, now = actors.system(HERE), town.house, clock.now()
    provider = register_provider(issuer)
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=system.id):
        nurse = _nurse_at_night(town)
        holding = PostHolding.objects.get(user=nurse)
        at_night = acting_as(nurse)
        post = organisations.open_post(actor=system, unit_id=house.carers, title="Vernepleier", opened_on=clock.today())
        citizen = acting_as(CITIZENS[0].id)
        friend = _friend_of(town)
        return Things(
            nurse=nurse,
            holding_id=holding.id,
            grant_id=holding.grants.get().id,
            factor_id=_a_code_of(at_night),
            invitation=access.invite(actor=system, user_id=nurse.id, now=now),
            empty_post_id=post.id,
            provider_id=provider.id,
            emergency_id=_an_emergency(town, at_night),
            **_asked_about_access(citizen),
            relation_id=friend.relation.id,
            role_id=friend.roles[0].id,
            contact_id=friend.contacts[0].id,
            own_contact_id=_own_contact(citizen, town).id,
            correction_id=_correction(citizen).id,
            item_id=_what_waits(town),
            carer_id=friend.carer.id,
            involvement_id=Involvement.objects.filter(person=town.persons["Kari"], unit=town.house.home_care)[0].id,
            talk_id=_a_talk(town),
            **_twins(town),
            import_id=_an_import(town),
            **_of_editors(town),
            **_of_answers(town),
            kept_id=things_of_rights.build(HERE, _citizen_account(), town.persons["Kari"])["kept_id"],
            kept=_kept(town),
            **_judged(town, friend.carer.id),
        )


def _kept(town: Town) -> dict[str, UUID]:
    """What stands in the catalogue, who signed up for it, who asks to be called, who is followed up, and the plans."""
    things_of_offers.build(HERE)
    kept = things_of_catalogue.build(town.house)
    signed_up = things_of_signups.build(
        HERE, _citizen_account(), offer_name=things_of_catalogue.SLUG, meeting_id=kept["meeting_id"]
    )
    followed = things_of_followup.build(town.house, town.persons["Kari"], offer_name=things_of_catalogue.SLUG)
    planned = things_of_strategy.build(town.house)
    return {**kept, **signed_up, **things_of_enquiries.build(HERE, town.house.top), **followed, **planned}


def _asked_about_access(citizen: actors.Actor) -> dict[str, UUID]:
    """The newest line of a citizen's log, and what they ask about the oldest."""
    newest, *_, oldest = people.own_access_log(actor=citizen).entries
    question = people_services.ask_about_access(actor=citizen, entry_id=oldest.id, text="Hva brukte dere dette til?")
    return {"entry_id": newest.id, "question_id": question.id}


def _citizen_account() -> User:
    """The account of Kari, whose page is looked at."""
    return User.objects.get(id=acting_as(CITIZENS[0].id).id)


def _of_editors(town: Town) -> dict[str, UUID]:
    """A draft of a form, and a total of Kari's."""
    made_things = things_of_editors.build(town.house, town.persons["Kari"])
    return {"form_id": made_things["definition_id"], "total_id": made_things["total_id"]}


def _of_answers(town: Town) -> dict[str, UUID]:
    """What a member of staff and Kari herself have begun about her, and finished."""
    publish(HERE, written())
    publish(HERE, written(name="other", title="Hva trenger du?"))
    kari, found = Person.objects.get(id=town.persons["Kari"]), {}
    staff = acting_as(persona_with(ACTIONS["questionnaires.answer"].roles).id)
    for mark, actor in (("", staff), ("own_", acting_as(CITIZENS[0].id))):
        found[f"{mark}answered_id"] = complete(actor, kari).id
        found[f"{mark}begun_id"] = begin(actor, kari, url=f"{BASE}other").id
    return found


def _own_contact(citizen: actors.Actor, town: Town) -> ContactPoint:
    """Kari's own telephone, which she has added herself."""
    details = ContactDetails(ContactSystem.PHONE, "00 12 34 57", safe_to_call=True)
    return people_services.add_contact_point(actor=citizen, person_id=town.persons["Kari"], details=details)


def _correction(citizen: actors.Actor) -> CorrectionRequest:
    """What Kari asks to have corrected."""
    return people_services.ask_for_correction(actor=citizen, about=About.BIRTH_DATE, text="Jeg er født i mai.")


def _a_code_of(at_night: actors.Actor) -> int:
    """What makes codes for the nurse's second step."""
    now, secret = clock.now(), access.new_totp_secret(actor=at_night)
    access.add_totp(actor=at_night, secret=secret, code=code_at(secret, now), now=now)
    factor_id = accounts.second_factors(actor=at_night).totp_id
    assert factor_id is not None
    return factor_id


def _an_emergency(town: Town, at_night: actors.Actor) -> UUID:
    """Somebody whom the nurse opened without a relation."""
    opened = people_services.open_emergency_access(
        actor=at_night,
        person_id=town.persons["Kari"],
        unit_id=town.house.night,
        reason="Moren har falt hjemme, og jeg må vite hvem som kan komme til henne i natt.",
    )
    return opened.id


def _judged(town: Town, carer_id: UUID) -> dict[str, UUID]:
    """What the patient lets the carer know, and what was judged about the patient."""
    nurse, kari = acting_as("omsorgsarbeider"), town.persons["Kari"]
    details = ConsentDetails(topics=frozenset({ConsentTopic.HEALTH, ConsentTopic.PLAN}), to_person_id=carer_id)
    short_stay = CompetenceDetails(matter="Korttidsopphold", competent=False, reason="Husker ikke hva det gjelder.")
    emergency = CircumstanceDetails(Circumstance.SITUATION_CALLS_FOR_IT, "Er ikke ved bevissthet etter fallet.")
    return {
        "consent_id": people_services.give_consent(actor=nurse, owner_id=kari, details=details).id,
        "decision_id": people_services.decide_competence(actor=nurse, patient_id=kari, details=short_stay).id,
        "circumstance_id": people_services.judge_circumstance(actor=nurse, patient_id=kari, details=emergency).id,
    }


def _a_talk(town: Town) -> UUID:
    """A first talk, with a patient whom nobody knew before."""
    patient = Patient(PersonDetails("Borghild", "Demostrand"), matters="At ungene har det bra.")
    carer = Carer(PersonDetails("Trygve", "Demostrand"), kind=RelationKind.SPOUSE, said_to_be=SaidToBe.NEAREST)
    child = Child(PersonDetails("Sunniva", ""), birth_year=clock.today().year - 9)
    talk = FirstTalk(key=ids.new_id(), patient=patient, carers=(carer,), children=(child,))
    # Whoever looks at the page by which it is taken back.
    nurse = acting_as(persona_with(ACTIONS["people.register_person"].roles).id)
    return people_services.record_first_talk(actor=nurse, unit_id=town.house.home_care, talk=talk).id


def _twins(town: Town) -> dict[str, UUID]:
    """Somebody who may be Kari, and another who was taken for her."""
    system, unit = actors.system(HERE), town.house.home_care
    one, other = (
        people_services.register_person(actor=system, details=PersonDetails("Kåri", name), unit_id=unit)
        for name in ("Demolund", "Demolunn")
    )
    reason = "Samme navn og samme fødselsdato."
    made = people_services.merge_persons(
        actor=acting_as("leder"), kept_id=town.persons["Kari"], gone_id=other.id, reason=reason
    )
    return {"twin_id": one.id, "merge_id": made.id}


def _an_import(town: Town) -> UUID:
    """A list that waits to be gone through."""
    content = b"Fornavn;Etternavn;Fodt\n"
    unit = town.house.home_care
    made = people_services.start_import(
        actor=acting_as("leder"), unit_id=unit, file_name="pasienter.csv", content=content, dry_run=True
    )
    return made.id


def _what_waits(town: Town) -> UUID:
    """One of each that can wait, late and early, and notices that went well and not; returns one that waits."""
    kari = town.persons["Kari"]
    items = [
        worklist.put(
            actor=actors.system(HERE),
            kind=code,
            subject_type="people.Person",
            subject_id=kari,
            person_id=kari,
            unit_id=town.house.home_care,
            due_on=clock.today() + timedelta(days=3 * number - 4),
        )
        for number, code in enumerate(KINDS)
    ]
    for state in (State.HANDED_OVER, State.UNCERTAIN, State.FAILED, State.WAITING, State.STOPPED):
        make_notice(Person.objects.get(id=kari), town.house.home_care, state, event_key=f"new_on_my_page:{state}")
    return items[0].id


def _nurse_at_night(town: Town) -> User:
    return staff.employ(
        tenant_id=HERE,
        unit_id=town.house.night,
        role=Role.CARE_WORKER,
        name="Ragna Demotun",
        subject="ragna@demo.example",
    )


def _friend_of(town: Town) -> people_services.RegisteredCarer:
    """A friend whom Kari has said is one of her carers."""
    return people_services.register_carer(
        actor=acting_as(persona_with(ACTIONS["people.edit_person"].roles).id),
        unit_id=town.house.home_care,
        patient_id=town.persons["Kari"],
        details=PersonDetails(given_name="Aslaug", family_name="Demovik"),
        relation=RelationDetails(RelationKind.FRIEND, clock.today()),
        roles=[RoleDetails(CarersRole.PAARORENDE, clock.today(), named_by_patient=True)],
        contacts=[ContactDetails(ContactSystem.PHONE, "00 12 34 56", safe_to_call=True)],
    )


def sign_in_nurse(window: BrowserContext, site: Site, things: Things) -> None:
    """Let the nurse be signed in at a window, as if she had just shown password and code."""
    client = Client()
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=things.nurse.id):
        staff.sign_in(client, things.nurse)
    name = settings.SESSION_COOKIE_NAME
    window.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site.url}])
