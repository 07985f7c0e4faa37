"""
Families without a story, as many as a scale asks for, spread as in a municipality.

Each is made by chance from its own seed, so that the first ones are the same people at every
scale. Where a number is given as a share it is a guess that looks right, not a statistic.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from medspiller.demo.domain import made_up
from medspiller.demo.domain.chances import Chance, happens, one_of
from medspiller.demo.domain.made_up import PersonNumbers
from medspiller.demo.domain.names import NORWEGIAN, ORIGINS, Origin
from medspiller.people.domain.bulk import KnownAnswer, KnownCarer, KnownConsent, KnownFamily, KnownPerson
from medspiller.people.domain.children import BY_LAW, ChildrenReply, ChildrenTopic
from medspiller.people.domain.consents import ConsentDecision, ConsentDetails, ConsentTopic, Obtained
from medspiller.people.domain.contacts import ContactDetails, ContactSystem
from medspiller.people.domain.informing import How
from medspiller.people.domain.involvements import InvolvementBasis as Basis
from medspiller.people.domain.persons import PersonDetails, ProtectedAddress
from medspiller.people.domain.relations import RelationDetails, RelationKind, begins
from medspiller.people.domain.role_rules import RoleDetails
from medspiller.people.domain.roles import Role

# Of three families the second has two carers: 150 families have 200.
PATTERN = (1, 2, 1)
ADULT, OF_OWN_PHONE = 18, 13
WITHOUT_NUMBER, INTERPRETED = 17, 100
_NEVER, _DAY = 0, timedelta(days=1)


class Situation(StrEnum):
    """Why somebody in the family needs help."""

    FRAIL = "frail"
    DEMENTIA = "dementia"
    ILL = "ill"
    MENTAL = "mental"
    CHILD = "child"


@dataclass(frozen=True, slots=True)
class Shape:
    """How a situation looks: age of the patient, who the first carer is, and who comes second. Weights, not percents."""

    ages: tuple[int, int]
    first: Mapping[RelationKind, int]
    second: Mapping[RelationKind, int]


K = RelationKind
_SECOND_OF_ADULT = {K.SIBLING: 30, K.PARENT: 20, K.FRIEND: 10, K.CHILD: 40}
SITUATIONS: Mapping[Situation, int] = MappingProxyType(
    {Situation.FRAIL: 30, Situation.DEMENTIA: 16, Situation.ILL: 27, Situation.MENTAL: 14, Situation.CHILD: 13}
)
_OF_ELDERS = Shape(
    (72, 95),
    {K.CHILD: 54, K.SPOUSE: 24, K.COHABITANT: 2, K.CHILD_IN_LAW: 4, K.SIBLING: 4, K.OTHER_FAMILY: 4, K.FRIEND: 4,
     K.NEIGHBOUR: 2, K.GRANDCHILD: 2},
    {K.CHILD: 78, K.CHILD_IN_LAW: 8, K.FRIEND: 7, K.NEIGHBOUR: 7},
)  # fmt: skip
SHAPES: Mapping[Situation, Shape] = MappingProxyType(
    {
        Situation.FRAIL: _OF_ELDERS,
        Situation.DEMENTIA: _OF_ELDERS,
        Situation.ILL: Shape(
            (30, 68),
            {K.SPOUSE: 42, K.COHABITANT: 17, K.PARENT: 14, K.SIBLING: 13, K.FRIEND: 9, K.FORMER_SPOUSE: 5},
            _SECOND_OF_ADULT,
        ),
        Situation.MENTAL: Shape(
            (30, 52),
            {K.PARENT: 44, K.COHABITANT: 18, K.SPOUSE: 10, K.SIBLING: 15, K.FRIEND: 10, K.OTHER: 3},
            _SECOND_OF_ADULT,
        ),
        Situation.CHILD: Shape((2, 14), {K.PARENT: 94, K.FOSTER_PARENT: 6}, {K.PARENT: 72, K.SIBLING: 28}),
    }
)
LANGUAGE_UNKNOWN = 22


@dataclass(frozen=True, slots=True)
class Surroundings:
    """
    What a family is made within: the units that meet it, the day of the demo, and where ids and numbers come from.

    Ages are counted from `year_begins`, so that people stay the same all the year.
    """

    home: UUID
    office: UUID
    carers: UUID
    now: datetime
    today: date
    year_begins: date
    new_id: Callable[[Chance], UUID]
    numbers: PersonNumbers


def families(around: Surroundings, chances: Iterator[Chance]) -> Iterator[KnownFamily]:
    """Yield a family for each chance. The one after another is not changed by whether that is used."""
    for place, chance in enumerate(chances):
        yield _Drawing(around, chance).family(PATTERN[place % len(PATTERN)])


def within(families: Iterator[KnownFamily], carers: int) -> Iterator[KnownFamily]:
    """Yield those of the families that have so many carers together, in their order; one that has too many is left."""
    left = carers
    for family in families:
        if len(family.carers) <= left:
            left -= len(family.carers)
            yield family


class _Drawing:
    """One family while it is drawn."""

    def __init__(self, around: Surroundings, chance: Chance):
        self.around, self.chance = around, chance
        self.origin = one_of(chance, {each: each.share for each in ORIGINS})
        self.surname = chance.choice(self.origin.surnames)
        self.situation = one_of(chance, SITUATIONS)
        self.told = not happens(chance, 2)
        self.since = around.now - _DAY * (chance.randrange(30, 320) if self.told else chance.randrange(2, 28))
        self.day = self.since.date()

    def family(self, carers: int) -> KnownFamily:
        shape = SHAPES[self.situation]
        age = self.chance.randrange(*shape.ages)
        patient = self._person(age, origin=self.origin, involved=self._of_patient())
        if self.situation in (Situation.FRAIL, Situation.DEMENTIA) and happens(self.chance, 3):
            ahead = (self.around.today - self.day).days
            patient = replace(patient, died_on=self.day + _DAY * self.chance.randrange(1, ahead))
        around = [self._carer(patient, age, shape.first, 0)]
        if carers > 1:
            around.append(self._carer(patient, age, shape.second, 1))
        return KnownFamily(
            since=self.since,
            persons=(patient, *(person for person, _tie in around)),
            carers=tuple(tie for _person, tie in around),
            consents=tuple(self._consents(patient, around)),
            answers=self._answers(patient, around),
        )

    def _person(
        self, age: int, *, origin: Origin, involved: tuple[tuple[UUID, Basis], ...], kin: bool = True
    ) -> KnownPerson:
        chance = self.chance
        born = self.around.year_begins.replace(year=self.around.year_begins.year - age) - _DAY * (
            1 + chance.randrange(0, 365)
        )
        given = chance.choice(origin.children if age < ADULT else origin.adults if age < 60 else origin.elders)
        family = self.surname if kin and not happens(chance, 25) else chance.choice(origin.surnames)
        # Drawn also for whoever does not give it, so that one answer changes nobody else's number.
        number = self.around.numbers.number(born)
        speaks = "" if happens(chance, LANGUAGE_UNKNOWN) else origin.language
        interpreter = origin.interpreter * (2 if age >= 60 else 1) // 2
        return KnownPerson(
            id=self.around.new_id(chance),
            details=PersonDetails(given, family, born, "" if happens(chance, WITHOUT_NUMBER) else number),
            involved=involved,
            language=speaks,
            needs_interpreter=happens(chance, interpreter) if speaks and origin is not NORWEGIAN else None,
            wants_notices=None if happens(chance, 70) else happens(chance, 50),
            contacts=self._contacts(given, family, age),
        )

    def _contacts(self, given: str, family: str, age: int) -> tuple[ContactDetails, ...]:
        chance, found = self.chance, []
        number = chance.randrange(0, 1_000_000)
        own = age >= OF_OWN_PHONE
        if happens(chance, 88 if age >= ADULT else 45):
            safe = True if happens(chance, 60) else None if happens(chance, 80) else False
            phone = made_up.telephone(number)
            found.append(ContactDetails(ContactSystem.PHONE, phone, own=own, safe_to_call=safe))
        if age >= ADULT and happens(chance, 45 if age < 75 else 15):
            found.append(ContactDetails(ContactSystem.EMAIL, made_up.mail(given, family, number), rank=2))
        return tuple(found)

    def _of_patient(self) -> tuple[tuple[UUID, Basis], ...]:
        home = (self.around.home, Basis.TREATMENT)
        return (home, (self.around.office, Basis.APPLICATION)) if happens(self.chance, 20) else (home,)

    def _carer(
        self, patient: KnownPerson, age: int, kinds: Mapping[RelationKind, int], place: int
    ) -> tuple[KnownPerson, KnownCarer]:
        kind = one_of(self.chance, kinds)
        years = self._age_of(kind, age)
        protected = self._protection()
        basis = self._why(years, protected)
        unit = self.around.carers if basis is Basis.SUPPORT and happens(self.chance, 30) else self.around.home
        kin = kind not in (K.FRIEND, K.NEIGHBOUR, K.CHILD_IN_LAW, K.OTHER)
        person = self._person(years, origin=self.origin if kin else NORWEGIAN, involved=((unit, basis),), kin=kin)
        person = replace(person, details=replace(person.details, protected_address=protected))
        related = self._relation(kind, patient, person)
        tie = KnownCarer(
            patient_id=patient.id,
            carer_id=person.id,
            unit_id=unit,
            relation=related,
            roles=tuple(self._roles(kind, years, patient, person, place, cohabiting=related.cohabiting)),
            informed=one_of(self.chance, {How.TALK: 60, How.LETTER: 25, How.MY_PAGE: 15}) if self.told else None,
        )
        return person, tie

    def _age_of(self, kind: RelationKind, age: int) -> int:
        draw = self.chance.randrange
        if kind in (K.CHILD, K.CHILD_IN_LAW):
            youngest, oldest = max(2, age - 40), age - 21
            # Minor children where the patient is young enough to have them; else grown ones.
            return draw(youngest, min(oldest, 15) + 1) if age < 56 else draw(max(youngest, 19), oldest + 1)
        if kind is K.GRANDCHILD:
            return draw(max(19, age - 68), age - 48)
        if kind in (K.PARENT, K.FOSTER_PARENT):
            return age + draw(20, 31)
        if kind is K.SIBLING and age < ADULT:
            return draw(4, 16)
        return max(24, age + draw(-8, 9))

    def _protection(self) -> ProtectedAddress:
        grades = {ProtectedAddress.NONE: 992, ProtectedAddress.CONFIDENTIAL: 5, ProtectedAddress.STRICT: 3}
        return one_of(self.chance, grades)

    def _why(self, age: int, protected: ProtectedAddress) -> Basis:
        if age < ADULT:
            return Basis.CHILD_NEXT_OF_KIN
        only_called = happens(self.chance, 58) and protected is not ProtectedAddress.STRICT
        return Basis.EMERGENCY_CONTACT if only_called else Basis.SUPPORT

    def _relation(self, kind: RelationKind, patient: KnownPerson, carer: KnownPerson) -> RelationDetails:
        born = {"person_born": patient.details.birth_date, "related_born": carer.details.birth_date}
        begun = begins(kind, **born, today=self.day)
        if begun == self.day and kind is not K.FOSTER_PARENT:
            begun -= _DAY * self.chance.randrange(100, 2000)
        together = {K.SPOUSE: 90, K.COHABITANT: 100, K.PARENT: 55, K.FOSTER_PARENT: 100, K.CHILD: 12, K.SIBLING: 10}
        lives = happens(self.chance, together.get(kind, _NEVER)) if kind in together else None
        return RelationDetails(kind, valid_from=begun, cohabiting=lives)

    def _roles(
        self,
        kind: RelationKind,
        age: int,
        patient: KnownPerson,
        carer: KnownPerson,
        place: int,
        *,
        cohabiting: bool | None,
    ) -> Iterator[RoleDetails]:
        if self.situation is Situation.CHILD and kind is K.PARENT:
            yield RoleDetails(Role.FORELDREANSVAR, self.day)
        elif self.situation is Situation.CHILD and kind is K.FOSTER_PARENT:
            yield RoleDetails(Role.BARNEVERN_OMSORG, self.day)
        elif age < ADULT:
            yield RoleDetails(Role.BARN_PAARORENDE, self.day)
            return
        elif self.situation is Situation.DEMENTIA and place == 0:
            reasoning = "Pasienten kan ikke peke ut noen. Besøker hver uke og har gjort det i flere år."
            yield RoleDetails(Role.NAERMESTE_STATUTORY, self.day, reasoning=reasoning)
        elif place == 0 and happens(self.chance, 80):
            yield RoleDetails(Role.NAERMESTE, self.day, named_by_patient=True, basis="Samtale hjemme")
        else:
            yield RoleDetails(Role.PAARORENDE, self.day, named_by_patient=True)
        if cohabiting and happens(self.chance, 22):
            yield RoleDetails(Role.OMSORGSYTER_TYNGENDE, self.day)
        if patient.died_on and kind is K.SPOUSE:
            yield RoleDetails(Role.ETTERLATT, patient.died_on)

    def _consents(self, patient: KnownPerson, around: list[tuple[KnownPerson, KnownCarer]]) -> Iterator[KnownConsent]:
        home = self.around.home
        for carer, tie in around:
            decides = self.situation not in (Situation.CHILD, Situation.DEMENTIA)
            if decides and happens(self.chance, 62):
                refused = happens(self.chance, 5)
                yield KnownConsent(patient.id, home, self._about_health(carer.id, refused=refused))
            own = any(basis is Basis.SUPPORT for _unit, basis in carer.involved)
            if own and happens(self.chance, 25):
                topics = frozenset({ConsentTopic.OWN_SITUATION})
                yield KnownConsent(carer.id, tie.unit_id, ConsentDetails(topics, to_unit_id=home))

    def _about_health(self, carer_id: UUID, *, refused: bool) -> ConsentDetails:
        topics = {ConsentTopic.HEALTH, ConsentTopic.SERVICES} if happens(self.chance, 60) else {ConsentTopic.HEALTH}
        return ConsentDetails(
            topics=frozenset(topics),
            to_person_id=carer_id,
            decision=ConsentDecision.REFUSED if refused else ConsentDecision.GIVEN,
            obtained=Obtained.WRITTEN if happens(self.chance, 20) else Obtained.ORAL,
        )

    def _answers(self, patient: KnownPerson, around: list[tuple[KnownPerson, KnownCarer]]) -> tuple[KnownAnswer, ...]:
        asked = not happens(self.chance, 2)
        minors = {tie.relation.kind for person, tie in around if person.involved[0][1] is Basis.CHILD_NEXT_OF_KIN}
        there = {ChildrenTopic.MINOR_CHILDREN: K.CHILD in minors, ChildrenTopic.MINOR_SIBLINGS: K.SIBLING in minors}
        replies = {
            topic: (ChildrenReply.YES if there[topic] else ChildrenReply.NO) if asked else ChildrenReply.NOT_ASKED
            for topic in sorted(BY_LAW)
        }
        return tuple(KnownAnswer(patient.id, self.around.home, topic, reply) for topic, reply in replies.items())
