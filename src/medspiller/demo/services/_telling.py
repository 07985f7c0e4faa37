"""Telling families' stories: each deed by the persona who did it, on the day they did, as the services let them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.accounts import DEMO_ISSUER
from medspiller.core import clock
from medspiller.core.actors import ActorKind
from medspiller.demo.domain.families import telling
from medspiller.demo.domain.families.telling import Deed, Given, Member, Story
from medspiller.demo.domain.made_up import PersonNumbers
from medspiller.demo.domain.personas import PERSONAS
from medspiller.demo.services._acting import acting
from medspiller.people import selectors as people
from medspiller.people import services as register
from medspiller.people.domain.circumstances import CircumstanceDetails
from medspiller.people.domain.competence import CompetenceDetails
from medspiller.people.domain.consents import ConsentDetails
from medspiller.people.domain.persons import PersonDetails
from medspiller.people.domain.relations import RelationDetails, begins
from medspiller.people.domain.role_rules import RoleDetails

# Those whose number is not written down get one of the last of their day; the crowd never comes so far.
FIRST_NUMBER = 400
_MORNING, _MINUTE = time(9), timedelta(minutes=1)
_UNITS = {somebody.id: somebody.unit for somebody in PERSONAS}


def tell(
    actor: actors.Actor, stories: Iterable[Story], units: Mapping[str, UUID], *, organisation: str, today: date
) -> None:
    """
    Do all that the stories tell, in the order of their days, and let staff have looked when they did.

    Must run in a transaction of the tenant: a story is there as a whole or not at all.
    """
    _Telling(actor, units, organisation, today).tell(list(stories))


class _Telling:
    """Who is registered so far, and by whom the next deed is done."""

    def __init__(self, actor: actors.Actor, units: Mapping[str, UUID], organisation: str, today: date):
        self.system, self.units, self.organisation, self.today = actor, units, organisation, today
        self.numbers = PersonNumbers(first=FIRST_NUMBER)
        self.persons: dict[tuple[str, str], UUID] = {}
        self.born: dict[UUID, date | None] = {}
        self.relations: dict[tuple[UUID, UUID], UUID] = {}
        self.consents: dict[str, UUID] = {}
        self.looks: list[tuple[int, str, UUID]] = []
        # Each takes the deed that it stands for.
        self.does: dict[type[Deed], Callable[[Story, Any, actors.Actor], None]] = {
            telling.Registers: self._registers,
            telling.AddsCarer: self._adds_carer,
            telling.GivesRole: self._gives_role,
            telling.Relates: self._relates,
            telling.Consents: self._consents,
            telling.Withdraws: self._withdraws,
            telling.Decides: self._decides,
            telling.Judges: self._judges,
            telling.Asks: self._asks,
            telling.Hears: self._hears,
            telling.Dies: self._dies,
        }

    def tell(self, stories: list[Story]) -> None:
        deeds = [(story, deed) for story in stories for deed in story.deeds]
        # Later the same day comes what stands later; what was on the same day is some minutes apart.
        for minute, (story, deed) in enumerate(sorted(deeds, key=lambda each: -each[1].days)):
            with clock.frozen(self._at(deed.days) + minute * _MINUTE):
                self.does[type(deed)](story, deed, self._staff(deed.by) if deed.by else self.system)
        for days, persona_id, person_id in sorted(self.looks, key=lambda look: -look[0]):
            with clock.frozen(self._at(days) + timedelta(hours=5)):
                people.person(actor=self._staff(persona_id), person_id=person_id)

    def _at(self, days: int) -> datetime:
        return datetime.combine(self.today - timedelta(days=days), _MORNING, tzinfo=clock.OSLO)

    def _staff(self, persona_id: str) -> actors.Actor:
        return acting(self.system, persona_id, organisation=self.organisation)

    def _id(self, story: Story, key: str) -> UUID:
        return self.persons[self._place(story, key)]

    def _place(self, story: Story, key: str) -> tuple[str, str]:
        """Whoever is a citizen of the demo is the same in every story."""
        member = story.members[key]
        return ("", member.citizen) if member.citizen else (story.id, key)

    def _details(self, member: Member) -> PersonDetails:
        number = member.person_number
        if member.numbered and not number and member.birth_date:
            number = self.numbers.number(member.birth_date)
        return PersonDetails(member.given_name, member.family_name, member.birth_date, number, member.protected)

    def _settle(self, story: Story, key: str, person_id: UUID, details: PersonDetails, unit: str) -> None:
        """Store what else is told of somebody who was just registered for a unit."""
        member = story.members[key]
        self.persons[self._place(story, key)] = person_id
        self.born[person_id] = member.birth_date
        self.looks += [(days, persona_id, person_id) for persona_id, days in member.seen_by]
        for other, basis in member.involved:
            if other != unit:
                unit_id = self.units[other]
                register.open_involvement(actor=self.system, person_id=person_id, unit_id=unit_id, basis=basis)
        if member.language or member.needs_interpreter is not None:
            person = people.person_for_update(actor=self.system, person_id=person_id)
            changes = replace(person.changes, language=member.language, needs_interpreter=member.needs_interpreter)
            register.change_person(actor=self.system, person_id=person_id, changes=changes, version=person.version)
        for contact in member.contacts:
            register.add_contact_point(actor=self.system, person_id=person_id, details=contact)
        if member.signs_in_as:
            access.register_account(
                actor=self.system,
                issuer=DEMO_ISSUER,
                subject=member.signs_in_as,
                kind=ActorKind.CITIZEN,
                name=f"{member.given_name} {member.family_name}",
                person_number=details.person_number,
            )

    def _registers(self, story: Story, deed: telling.Registers, actor: actors.Actor) -> None:
        details, unit = self._details(story.members[deed.who]), _UNITS[deed.by]
        made = register.register_person(actor=actor, details=details, unit_id=self.units[unit], basis=deed.basis)
        self._settle(story, deed.who, made.id, details, unit)

    def _adds_carer(self, story: Story, deed: telling.AddsCarer, actor: actors.Actor) -> None:
        member, unit = story.members[deed.carer], _UNITS[deed.by]
        patient_id, details = self._id(story, deed.patient), self._details(member)
        made = register.register_carer(
            actor=actor,
            unit_id=self.units[unit],
            patient_id=patient_id,
            relation=RelationDetails(
                deed.kind,
                begins(
                    deed.kind,
                    person_born=self.born[patient_id],
                    related_born=member.birth_date,
                    today=clock.today(),
                ),
                cohabiting=deed.cohabiting,
            ),
            details=details,
            roles=[_role(each) for each in deed.roles],
            basis=deed.basis,
        )
        self.relations[patient_id, made.carer.id] = made.relation.id
        self._settle(story, deed.carer, made.carer.id, details, unit)
        if deed.informed:
            register.record_informed(actor=self.system, person_id=made.carer.id, how=deed.informed)

    def _gives_role(self, story: Story, deed: telling.GivesRole, actor: actors.Actor) -> None:
        patient_id, carer_id = self._id(story, deed.patient), self._id(story, deed.carer)
        register.give_role(
            actor=actor,
            relation_id=self.relations[patient_id, carer_id],
            patient_id=patient_id,
            carer_id=carer_id,
            details=_role(deed.given),
        )

    def _relates(self, story: Story, deed: telling.Relates, actor: actors.Actor) -> None:
        one, other = self._id(story, deed.one), self._id(story, deed.other)
        since = begins(deed.kind, person_born=self.born[one], related_born=self.born[other], today=clock.today())
        details = RelationDetails(deed.kind, since, cohabiting=deed.cohabiting)
        register.record_relation(actor=actor, person_id=one, related_id=other, details=details)

    def _consents(self, story: Story, deed: telling.Consents, actor: actors.Actor) -> None:
        made = register.give_consent(
            actor=actor,
            owner_id=self._id(story, deed.owner),
            details=ConsentDetails(
                topics=frozenset(deed.topics),
                to_person_id=self._id(story, deed.to_person) if deed.to_person else None,
                to_unit_id=self.units[deed.to_unit] if deed.to_unit else None,
                to_other=deed.to_other,
                decision=deed.decision,
                obtained=deed.obtained,
                obtained_note=deed.note,
                review_on=self._in(deed.review_in),
            ),
        )
        self.consents[deed.id] = made.id

    def _withdraws(self, story: Story, deed: telling.Withdraws, actor: actors.Actor) -> None:
        register.withdraw_consent(actor=actor, consent_id=self.consents[deed.consent])

    def _decides(self, story: Story, deed: telling.Decides, actor: actors.Actor) -> None:
        details = CompetenceDetails(deed.matter, deed.competent, deed.reason, self._in(deed.review_in))
        made = register.decide_competence(actor=actor, patient_id=self._id(story, deed.patient), details=details)
        if deed.shown:
            register.shown_to(actor=actor, decision_id=made.id, patient=True, nearest=True)

    def _judges(self, story: Story, deed: telling.Judges, actor: actors.Actor) -> None:
        register.judge_circumstance(
            actor=actor,
            patient_id=self._id(story, deed.patient),
            details=CircumstanceDetails(deed.code, deed.reason, self._in(deed.review_in)),
            recipient_id=self._id(story, deed.recipient) if deed.recipient else None,
        )

    def _asks(self, story: Story, deed: telling.Asks, actor: actors.Actor) -> None:
        for topic, reply in deed.replies.items():
            register.answer_children(
                actor=actor,
                patient_id=self._id(story, deed.patient),
                unit_id=self.units[_UNITS[deed.by]],
                topic=topic,
                reply=reply,
            )

    def _hears(self, story: Story, deed: telling.Hears, actor: actors.Actor) -> None:
        about_id = self._id(story, deed.about) if deed.about else None
        register.record_statement(actor=actor, owner_id=self._id(story, deed.owner), text=deed.text, about_id=about_id)

    def _dies(self, story: Story, deed: telling.Dies, actor: actors.Actor) -> None:
        register.record_death(actor=actor, person_id=self._id(story, deed.who), died_on=clock.today())

    def _in(self, days: int | None) -> date | None:
        return None if days is None else clock.today() + timedelta(days=days)


def _role(given: Given) -> RoleDetails:
    return RoleDetails(
        given.role,
        clock.today(),
        named_by_patient=given.named,
        basis=given.basis,
        reasoning=given.reasoning,
        covers_personal=given.covers_personal,
    )
