"""Children who are ill, children of somebody who is, and a birthday that is near."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from medspiller.demo.domain.families.elders import CHILDREN_LEAD, CONTACT, HEALTH, KARI, NEAREST, OWN, WORKER
from medspiller.demo.domain.families.reaching import mail, phone
from medspiller.demo.domain.families.telling import (
    CHILDREN,
    SIBLINGS,
    AddsCarer,
    Asks,
    Consents,
    Given,
    Hears,
    Judges,
    Member,
    Registers,
    Relates,
    Story,
    aged,
)
from medspiller.people.domain.circumstances import Circumstance
from medspiller.people.domain.consents import ConsentTopic
from medspiller.people.domain.informing import How
from medspiller.people.domain.involvements import InvolvementBasis as Basis
from medspiller.people.domain.relations import RelationKind as Kind
from medspiller.people.domain.roles import Role

PARENT, CHILD = Given(Role.FORELDREANSVAR), Given(Role.BARN_PAARORENDE)
COORDINATOR = "koordinator"
# As of the day the demo was thought out; in a demo he is fifteen whenever it is loaded.
NOAH = Member(
    "Noah", "Demoås", date(2011, 7, 19), "19871151027",
    (("carers", Basis.CHILD_NEXT_OF_KIN), ("mental", Basis.CHILD_NEXT_OF_KIN)),
    (("barneansvarlig", 6),),
    language="nb", contacts=(phone(100152),), citizen="ungdom",
)  # fmt: skip


def stories(today: date) -> Iterator[Story]:
    """Yield the families, as old as they are on a day."""
    yield parent_in_care(today)
    yield admitted(today)
    yield complex_needs(today)
    yield turning_sixteen(today)


def parent_in_care(today: date) -> Story:
    """A boy of fifteen whose father is in psychiatric care; somebody is worried for his sister."""
    return Story(
        "parent-in-care",
        "Femtenåring med en far i psykisk helsevern",
        {
            "father": Member("Trond", "Demolund", aged(today, 46), numbered=True, contacts=(phone(100151),)),
            "son": replace(NOAH, birth_date=aged(today, 15), person_number="", numbered=True),
            "daughter": Member("Selma", "Demolund", aged(today, 10), contacts=(phone(100153, own=False),)),
            "mother": KARI,
            "aunt": Member("Bente", "Demolund", aged(today, 43), numbered=True, contacts=(phone(100154),)),
        },
        (
            Registers(110, CHILDREN_LEAD, "father"),
            AddsCarer(109, CHILDREN_LEAD, "father", "son", Kind.CHILD, (CHILD,), cohabiting=False,
                      basis=Basis.CHILD_NEXT_OF_KIN, informed=How.TALK),
            AddsCarer(109, CHILDREN_LEAD, "father", "daughter", Kind.CHILD, (CHILD,), cohabiting=True,
                      basis=Basis.CHILD_NEXT_OF_KIN, informed=How.TALK),
            AddsCarer(108, CHILDREN_LEAD, "father", "aunt", Kind.SIBLING, (NEAREST,), informed=How.LETTER),
            Relates(108, "", "mother", "son", Kind.CHILD, cohabiting=True),
            Asks(109, CHILDREN_LEAD, "father", CHILDREN),
            Consents(108, CHILDREN_LEAD, "father", (HEALTH, ConsentTopic.CHILD_FOLLOW_UP), to_person="aunt"),
            Judges(12, CHILDREN_LEAD, "father", Circumstance.CONCERN_FOR_CHILD_IN_CARE, recipient="aunt", review_in=45,
                   reason="Selma har vært alene hjemme flere netter. Meldt videre, og drøftet med leder."),
            Hears(30, CHILDREN_LEAD, "son", "Jeg vil vite når pappa blir skrevet ut, før jeg får høre det fra noen andre.",
                  about="father"),
            Hears(55, CHILDREN_LEAD, "father", "Barna skal slippe å passe på meg."),
        ),
    )  # fmt: skip


def admitted(today: date) -> Story:
    """The same kind of family as the hospital sees it, in a house of its own."""
    return Story(
        "admitted",
        "Mor innlagt på døgnpost, med to barn hjemme",
        {
            "mother": Member("Silje", "Evensen", aged(today, 38), numbered=True),
            "partner": Member("Stian", "Moe", aged(today, 40), contacts=(phone(100161),)),
            "child": Member("Hedda", "Evensen", aged(today, 9), contacts=(phone(100161, own=False),)),
        },
        (
            Registers(9, COORDINATOR, "mother"),
            AddsCarer(9, COORDINATOR, "mother", "partner", Kind.COHABITANT, (NEAREST,), cohabiting=True, informed=How.TALK),
            AddsCarer(8, COORDINATOR, "mother", "child", Kind.CHILD, (CHILD,), cohabiting=True,
                      basis=Basis.CHILD_NEXT_OF_KIN, informed=How.TALK),
            Asks(8, COORDINATOR, "mother", CHILDREN),
            Consents(8, COORDINATOR, "mother", (HEALTH,), to_person="partner"),
        ),
        health_trust=True,
    )  # fmt: skip


def complex_needs(today: date) -> Story:
    """A child with complex needs, parents who share the responsibility, and two siblings who wait."""
    return Story(
        "complex-needs",
        "Foreldre til et barn med sammensatte behov, og søsknene hans",
        {
            "child": Member("Emil", "Tangen", aged(today, 9), numbered=True, involved=(("office", Basis.COORDINATION),),
                            seen_by=(("saksbehandler", 4), ("omsorgsarbeider", 1))),
            "mother": Member("Nina", "Tangen", aged(today, 41), numbered=True, contacts=(phone(100171), mail("Nina", "Tangen")),
                             involved=(("carers", Basis.SUPPORT), ("office", Basis.APPLICATION)), citizen="forelder",
                             seen_by=(("saksbehandler", 4),)),
            "father": Member("Anders", "Bakken", aged(today, 43), numbered=True, contacts=(phone(100172),),
                             involved=(("office", Basis.APPLICATION),)),
            "brother": Member("Jakob", "Tangen", aged(today, 13), numbered=True, account="jakob", contacts=(phone(100173),),
                              involved=(("school", Basis.CHILD_NEXT_OF_KIN),)),
            "sister": Member("Live", "Tangen", aged(today, 6), contacts=(phone(100171, own=False),)),
        },
        (
            Registers(160, WORKER, "child"),
            AddsCarer(160, WORKER, "child", "mother", Kind.PARENT, (PARENT, Given(Role.OMSORGSYTER_TYNGENDE)), cohabiting=True,
                      basis=Basis.SUPPORT, informed=How.TALK),
            AddsCarer(160, WORKER, "child", "father", Kind.PARENT, (PARENT,), cohabiting=False, informed=How.LETTER),
            AddsCarer(150, WORKER, "child", "brother", Kind.SIBLING, (CHILD,), cohabiting=True, basis=Basis.CHILD_NEXT_OF_KIN,
                      informed=How.TALK),
            AddsCarer(150, WORKER, "child", "sister", Kind.SIBLING, (CHILD,), cohabiting=True, basis=Basis.CHILD_NEXT_OF_KIN,
                      informed=How.TALK),
            *(Relates(150, "", parent, each, Kind.CHILD) for parent in ("mother", "father") for each in ("brother", "sister")),
            Asks(150, WORKER, "child", SIBLINGS),
            Consents(70, CONTACT, "mother", (OWN,), to_unit="home-0"),
            Hears(70, CONTACT, "mother", "Det tar lengst tid å fortelle alt på nytt. Jeg vil ha én å ringe til.", about="child"),
            Hears(35, WORKER, "brother", "Ingen spør hvordan det går med meg. Jeg vil være med på fotballen uten at det blir avlyst.",
                  about="child"),
        ),
    )  # fmt: skip


def turning_sixteen(today: date) -> Story:
    """In three weeks she decides for herself who is told about her health."""
    return Story(
        "turning-sixteen",
        "Fyller seksten om tre uker",
        {
            "youth": Member("Frida", "Ellingsen", aged(today, 16, -20), numbered=True, contacts=(phone(100181),)),
            "mother": Member("Monica", "Ellingsen", aged(today, 45), numbered=True, contacts=(phone(100182),)),
            "father": Member("Geir", "Ellingsen", aged(today, 48), contacts=(phone(100183),)),
            "brother": Member("Oskar", "Ellingsen", aged(today, 18, -25), numbered=True),
        },
        (
            Registers(140, WORKER, "youth"),
            AddsCarer(140, WORKER, "youth", "mother", Kind.PARENT, (PARENT,), cohabiting=True, informed=How.TALK),
            AddsCarer(140, WORKER, "youth", "father", Kind.PARENT, (PARENT,), cohabiting=True, informed=How.TALK),
            AddsCarer(139, WORKER, "youth", "brother", Kind.SIBLING, (CHILD,), cohabiting=True, basis=Basis.CHILD_NEXT_OF_KIN,
                      informed=How.TALK),
            *(Relates(139, "", parent, "brother", Kind.CHILD, cohabiting=True) for parent in ("mother", "father")),
            Asks(140, WORKER, "youth", SIBLINGS),
            Judges(16, WORKER, "youth", Circumstance.CHILD_REFUSES_WITH_REASON, recipient="father", review_in=60,
                   reason="Har selv bedt om at dette ikke blir fortalt, og har gode grunner som er drøftet med lege."),
            Hears(16, WORKER, "youth", "Spør meg først, og så mamma."),
        ),
    )  # fmt: skip
