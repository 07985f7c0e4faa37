"""Grown people with those they chose themselves, brothers and sisters, and what is not settled yet."""

from collections.abc import Iterator
from datetime import date

from medspiller.demo.domain.families.elders import CARER, CONTACT, HEALTH, NEAREST, OWN, SERVICES, WORKER
from medspiller.demo.domain.families.reaching import mail, phone, post
from medspiller.demo.domain.families.telling import (
    NO_CHILDREN,
    NOT_ASKED,
    AddsCarer,
    Asks,
    Consents,
    Given,
    Hears,
    Member,
    Registers,
    Relates,
    Story,
    Withdraws,
    aged,
)
from medspiller.people.domain.consents import ConsentDecision, ConsentTopic
from medspiller.people.domain.informing import How
from medspiller.people.domain.involvements import InvolvementBasis as Basis
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.domain.relations import RelationKind as Kind
from medspiller.people.domain.roles import Role


def stories(today: date) -> Iterator[Story]:
    """Yield the families, as old as they are on a day."""
    yield friend(today)
    yield siblings(today)
    yield protected(today)
    yield withdrawn(today)
    yield not_asked(today)


def friend(today: date) -> Story:
    """She has named her friend as nearest, and said no to her brother."""
    return Story(
        "friend",
        "En venninne er nærmest, og broren skal ikke få vite noe",
        {
            "patient": Member("Trine", "Lunde", aged(today, 54), numbered=True, citizen="pasient",
                              contacts=(phone(100201), mail("Trine", "Lunde")), seen_by=(("omsorgsarbeider", 7),)),
            "friend": Member("Heidi", "Aune", aged(today, 55), numbered=True, contacts=(phone(100202),),
                             involved=(("carers", Basis.SUPPORT),)),
            "brother": Member("Terje", "Lunde", aged(today, 51), numbered=True, contacts=(phone(100203),)),
        },
        (
            Registers(95, WORKER, "patient"),
            AddsCarer(95, WORKER, "patient", "friend", Kind.FRIEND, (NEAREST,), cohabiting=False, informed=How.TALK),
            AddsCarer(94, WORKER, "patient", "brother", Kind.SIBLING, informed=How.LETTER),
            Asks(95, WORKER, "patient", NO_CHILDREN),
            Consents(95, WORKER, "patient", (HEALTH, SERVICES, ConsentTopic.DAILY_LIFE), to_person="friend"),
            Consents(94, WORKER, "patient", (HEALTH,), to_person="brother", decision=ConsentDecision.REFUSED),
            Hears(95, WORKER, "patient", "Heidi kjenner meg best. Spør henne når jeg er for sliten."),
        ),
    )  # fmt: skip


def siblings(today: date) -> Story:
    """Two grown siblings of a man with Down's syndrome: one is his guardian, the other goes swimming with him."""
    return Story(
        "siblings",
        "To søsken til en voksen bror med Downs syndrom",
        {
            "brother": Member("Andreas", "Knutsen", aged(today, 39), numbered=True, involved=(("office", Basis.APPLICATION),)),
            "guardian": Member("Ida", "Knutsen", aged(today, 44), numbered=True, contacts=(phone(100211),)),
            "other": Member("Lars", "Knutsen", aged(today, 36), numbered=True, contacts=(phone(100212),),
                            involved=(("carers", Basis.SUPPORT),)),
        },
        (
            Registers(200, WORKER, "brother"),
            AddsCarer(200, WORKER, "brother", "guardian", Kind.SIBLING,
                      (NEAREST, Given(Role.VERGE, basis="Mandat fra statsforvalteren: økonomi og bolig", covers_personal=False)),
                      informed=How.TALK),
            AddsCarer(199, WORKER, "brother", "other", Kind.SIBLING, (CARER,), informed=How.TALK),
            Relates(199, "", "guardian", "other", Kind.SIBLING),
            Asks(200, WORKER, "brother", NO_CHILDREN),
            Consents(200, WORKER, "brother", (HEALTH, SERVICES), to_person="guardian"),
            Hears(199, WORKER, "brother", "Jeg vil svømme med Lars på onsdager."),
            Hears(50, CONTACT, "other", "Når foreldrene våre blir borte, er det vi to. Det vil jeg snakke om før det haster.",
                  about="brother"),
        ),
    )  # fmt: skip


def protected(today: date) -> Story:
    """A sister whose life may be in danger if she is found."""
    return Story(
        "protected",
        "Pårørende med strengt fortrolig adresse",
        {
            "patient": Member("Rune", "Simonsen", aged(today, 48), numbered=True),
            "sister": Member("Linda", "Simonsen", aged(today, 45), numbered=True, protected=ProtectedAddress.STRICT,
                             contacts=(phone(100221, safe=None, note="Ring aldri fra et annet nummer"), post("Demovegen 7")),
                             involved=(("carers", Basis.SUPPORT),)),
            "cousin": Member("Frode", "Dahl", aged(today, 50), numbered=True, protected=ProtectedAddress.CONFIDENTIAL,
                             contacts=(phone(100222),)),
        },
        (
            Registers(65, WORKER, "patient"),
            AddsCarer(64, WORKER, "patient", "sister", Kind.SIBLING, (NEAREST,), basis=Basis.SUPPORT, informed=How.TALK),
            AddsCarer(64, WORKER, "patient", "cousin", Kind.OTHER_FAMILY, (CARER,), informed=How.TALK),
            Asks(65, WORKER, "patient", NO_CHILDREN),
            Consents(64, WORKER, "patient", (HEALTH,), to_person="sister"),
            Hears(40, CONTACT, "sister", "Jeg vil hjelpe ham, men ingen må vite hvor jeg bor.", about="patient"),
        ),
    )  # fmt: skip


def withdrawn(today: date) -> Story:
    """He let his former wife know, and took it back the day before yesterday."""
    return Story(
        "withdrawn",
        "Et samtykke som nettopp er trukket tilbake",
        {
            "patient": Member("Kjetil", "Nygård", aged(today, 61), numbered=True, contacts=(phone(100231),)),
            "former": Member("Anne", "Holm", aged(today, 60), numbered=True, contacts=(phone(100232),)),
            "son": Member("Espen", "Nygård", aged(today, 31), contacts=(phone(100233),), involved=(("carers", Basis.SUPPORT),)),
        },
        (
            Registers(85, WORKER, "patient"),
            AddsCarer(85, WORKER, "patient", "former", Kind.FORMER_SPOUSE, (CARER,), cohabiting=False, informed=How.TALK),
            AddsCarer(84, WORKER, "patient", "son", Kind.CHILD, (NEAREST,), cohabiting=False, informed=How.TALK),
            Relates(84, "", "former", "son", Kind.CHILD),
            Asks(85, WORKER, "patient", NO_CHILDREN),
            Consents(85, WORKER, "patient", (HEALTH, SERVICES), to_person="former", id="to-former"),
            Consents(84, WORKER, "patient", (HEALTH,), to_person="son"),
            Consents(50, CONTACT, "son", (OWN,), to_unit="home-0"),
            Withdraws(2, WORKER, "to-former"),
        ),
    )  # fmt: skip


def not_asked(today: date) -> Story:
    """A new patient: nobody has asked about children yet, and the mother has not been told that she is registered."""
    return Story(
        "not-asked",
        "Ny bruker: ingen har spurt om barn ennå",
        {
            "patient": Member("Tom", "Berge", aged(today, 36), numbered=True),
            "mother": Member("Berit", "Berge", aged(today, 64), contacts=(phone(100241),)),
        },
        (
            Registers(6, WORKER, "patient"),
            AddsCarer(6, WORKER, "patient", "mother", Kind.PARENT, (NEAREST,), cohabiting=False),
            Asks(6, WORKER, "patient", NOT_ASKED),
        ),
    )  # fmt: skip
