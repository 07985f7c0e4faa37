"""Old parents, spouses and neighbours, and those who look after them."""

from collections.abc import Iterator
from datetime import date

from medspiller.demo.domain.families.reaching import mail, phone, post
from medspiller.demo.domain.families.telling import (
    CHILDREN,
    NO_CHILDREN,
    AddsCarer,
    Asks,
    Consents,
    Decides,
    Dies,
    Given,
    GivesRole,
    Hears,
    Judges,
    Member,
    Registers,
    Relates,
    Story,
    Withdraws,
    aged,
)
from medspiller.people.domain.circumstances import Circumstance
from medspiller.people.domain.consents import ConsentDecision, ConsentTopic, Obtained
from medspiller.people.domain.informing import How
from medspiller.people.domain.involvements import InvolvementBasis as Basis
from medspiller.people.domain.relations import RelationKind as Kind
from medspiller.people.domain.roles import Role

WORKER, CONTACT, OFFICE, CHILDREN_LEAD = "omsorgsarbeider", "pårørendekontakt", "saksbehandler", "barneansvarlig"
HEALTH, SERVICES, OWN = ConsentTopic.HEALTH, ConsentTopic.SERVICES, ConsentTopic.OWN_SITUATION
NEAREST = Given(Role.NAERMESTE, named=True, basis="Samtale hjemme")
CARER = Given(Role.PAARORENDE, named=True)

SOLVEIG = Member(
    "Solveig", "Demoås", date(1944, 3, 2), "02834421081",
    (("home-0", Basis.TREATMENT), ("office", Basis.APPLICATION)),
    (("omsorgsarbeider", 30), ("saksbehandler", 12), ("omsorgsarbeider", 3)),
    language="nb", contacts=(phone(100101), post("Lyngåsbakken 4")),
)  # fmt: skip
KARI = Member(
    "Kari", "Demoås", date(1974, 5, 14), "14857412320",
    (("carers", Basis.SUPPORT), ("home-0", Basis.EMERGENCY_CONTACT)),
    (("pårørendekontakt", 20), ("omsorgsarbeider", 9), ("pårørendekontakt", 2)),
    language="nb", contacts=(phone(100102), mail("Kari", "Demoås")), citizen="datter",
)  # fmt: skip


def stories(today: date) -> Iterator[Story]:
    """Yield the families, as old as they are on a day."""
    yield dementia()
    yield two_daughters(today)
    yield sole_carer(today)
    yield bereaved(today)
    yield somali_speaker(today)


def dementia() -> Story:
    """A daughter of a mother with dementia, named nearest while the mother could."""
    return Story(
        "dementia",
        "Datter til en mor med demens",
        {
            "mother": SOLVEIG,
            "daughter": KARI,
            "neighbour": Member("Torleif", "Demohaug", date(1950, 9, 9), contacts=(phone(100103),)),
        },
        (
            Registers(180, WORKER, "mother"),
            AddsCarer(180, WORKER, "mother", "daughter", Kind.CHILD, (NEAREST,), cohabiting=False, informed=How.TALK),
            AddsCarer(170, WORKER, "mother", "neighbour", Kind.NEIGHBOUR, (CARER,), informed=How.TALK),
            Asks(180, WORKER, "mother", NO_CHILDREN),
            Consents(180, WORKER, "mother", (HEALTH, SERVICES), to_person="daughter", obtained=Obtained.WRITTEN,
                     note="Underskrevet hjemme, før utredningen"),
            Consents(170, WORKER, "mother", (ConsentTopic.DAILY_LIFE,), to_person="neighbour", id="to-neighbour"),
            Withdraws(21, WORKER, "to-neighbour"),
            Decides(40, WORKER, "mother", "Plass på dagsenter", competent=False, review_in=170,
                    reason="Husker ikke hva hun har takket ja til, og kan ikke si hva det fører til. Vurdert sammen med lege i to møter."),
            GivesRole(100, WORKER, "mother", "daughter", Given(Role.LEGAL_REP_ECON)),
            Hears(60, WORKER, "mother", "Jeg vil bo hjemme så lenge jeg kan, og ha kaffe klar når noen kommer."),
            Hears(20, CONTACT, "daughter", "Jeg trenger å vite hvem jeg skal ringe om natten. Og én kveld i uken for meg selv.",
                  about="mother"),
            Consents(20, CONTACT, "daughter", (OWN,), to_unit="home-0"),
        ),
    )  # fmt: skip


def two_daughters(today: date) -> Story:
    """Two daughters are both nearest, and want different things for their father."""
    return Story(
        "two-daughters",
        "To døtre som begge er nærmest, og som er uenige",
        {
            "father": Member("Oddvar", "Haugland", aged(today, 84), numbered=True, language="nb", contacts=(phone(100111),)),
            "elder": Member("Elin", "Haugland", aged(today, 57), numbered=True, contacts=(phone(100112),),
                            involved=(("carers", Basis.SUPPORT),)),
            "younger": Member("Camilla", "Birkeland", aged(today, 52), numbered=True, contacts=(phone(100113, safe=False),),
                              involved=(("carers", Basis.SUPPORT),), seen_by=(("pårørendekontakt", 5),)),
        },
        (
            Registers(150, WORKER, "father"),
            AddsCarer(150, WORKER, "father", "elder", Kind.CHILD, (NEAREST,), cohabiting=False, informed=How.TALK),
            AddsCarer(149, WORKER, "father", "younger", Kind.CHILD, (NEAREST,), cohabiting=False, informed=How.LETTER),
            Relates(140, "", "elder", "younger", Kind.SIBLING),
            Asks(150, WORKER, "father", NO_CHILDREN),
            Consents(150, WORKER, "father", (HEALTH, SERVICES), to_person="elder"),
            Consents(149, WORKER, "father", (HEALTH,), to_person="younger"),
            Hears(14, CONTACT, "elder", "Far er ikke trygg alene om natten. Jeg mener han må få plass på sykehjem nå.", about="father"),
            Hears(13, CONTACT, "younger", "Far har alltid sagt at han vil dø hjemme. Jeg stiller opp hver dag hvis han får mer hjelp.",
                  about="father"),
            Hears(30, WORKER, "father", "Jentene må ikke bli uvenner på grunn av meg."),
        ),
    )  # fmt: skip


def sole_carer(today: date) -> Story:
    """A wife is alone with heavy care."""
    return Story(
        "sole-carer",
        "Alene om tung omsorg for ektefellen",
        {
            "husband": Member("Leif", "Rønning", aged(today, 63), numbered=True, involved=(("office", Basis.APPLICATION),),
                              seen_by=(("saksbehandler", 8),), contacts=(phone(100121),)),
            "wife": Member("Hilde", "Rønning", aged(today, 59), numbered=True, contacts=(phone(100122), mail("Hilde", "Rønning")),
                           involved=(("carers", Basis.SUPPORT), ("office", Basis.APPLICATION))),
        },
        (
            Registers(120, WORKER, "husband"),
            AddsCarer(120, WORKER, "husband", "wife", Kind.SPOUSE, (NEAREST, Given(Role.OMSORGSYTER_TYNGENDE)), cohabiting=True,
                      basis=Basis.SUPPORT, informed=How.TALK),
            Asks(120, WORKER, "husband", NO_CHILDREN),
            Consents(120, WORKER, "husband", (HEALTH, SERVICES, ConsentTopic.PLAN), to_person="wife"),
            Consents(45, CONTACT, "wife", (OWN,), to_unit="home-0", review_in=30),
            Hears(45, CONTACT, "wife", "Jeg har ikke sovet en hel natt siden i vår. Det er ingen andre enn meg.", about="husband"),
        ),
    )  # fmt: skip


def bereaved(today: date) -> Story:
    """A husband and a grandchild after a death in the autumn."""
    return Story(
        "bereaved",
        "Etterlatt ektefelle, og en datter på tolv",
        {
            "dead": Member("Cecilie", "Sandvik", aged(today, 47), numbered=True),
            "husband": Member("Eivind", "Sandvik", aged(today, 49), numbered=True, contacts=(phone(100131),), citizen="etterlatt",
                              involved=(("carers", Basis.SUPPORT),)),
            "daughter": Member("Tuva", "Sandvik", aged(today, 12), contacts=(phone(100131, own=False),),
                               involved=(("school", Basis.CHILD_NEXT_OF_KIN),)),
        },
        (
            Registers(130, WORKER, "dead"),
            AddsCarer(130, WORKER, "dead", "husband", Kind.SPOUSE, (NEAREST,), cohabiting=True, informed=How.TALK),
            AddsCarer(125, WORKER, "dead", "daughter", Kind.CHILD, (Given(Role.BARN_PAARORENDE),), cohabiting=True,
                      basis=Basis.CHILD_NEXT_OF_KIN, informed=How.TALK),
            Relates(125, "", "husband", "daughter", Kind.CHILD, cohabiting=True),
            Asks(130, WORKER, "dead", CHILDREN),
            Consents(130, WORKER, "dead", (HEALTH,), to_person="husband"),
            Dies(41, WORKER, "dead"),
            GivesRole(40, WORKER, "dead", "husband", Given(Role.ETTERLATT)),
            GivesRole(40, WORKER, "dead", "daughter", Given(Role.BARN_ETTERLATT)),
            Judges(39, WORKER, "dead", Circumstance.DEATH_UNEXPECTED,
                   "Døde hjemme, tre uker etter at behandlingen så ut til å virke. Ingen ventet det."),
            Hears(15, CONTACT, "husband", "Det er papirene og det å lage middag for to. Og Tuva sier ingenting.", about="dead"),
        ),
    )  # fmt: skip


def somali_speaker(today: date) -> Story:
    """A daughter-in-law speaks Somali, and needs an interpreter when it matters."""
    return Story(
        "somali-speaker",
        "Snakker somali, og trenger tolk",
        {
            "mother": Member("Halimo", "Warsame", aged(today, 78), numbered=True, language="so", needs_interpreter=True),
            "carer": Member("Hodan", "Jama", aged(today, 44), numbered=True, language="so", needs_interpreter=True,
                            contacts=(phone(100141, note="Send gjerne melding først"),), involved=(("carers", Basis.SUPPORT),)),
            "son": Member("Ayub", "Warsame", aged(today, 17), contacts=(phone(100142),)),
        },
        (
            Registers(75, WORKER, "mother"),
            AddsCarer(75, WORKER, "mother", "carer", Kind.CHILD_IN_LAW, (NEAREST,), cohabiting=True, basis=Basis.SUPPORT,
                      informed=How.TALK),
            AddsCarer(74, WORKER, "mother", "son", Kind.GRANDCHILD, (CARER,), cohabiting=True, basis=Basis.CHILD_NEXT_OF_KIN,
                      informed=How.TALK),
            Relates(74, "", "carer", "son", Kind.CHILD, cohabiting=True),
            Asks(75, WORKER, "mother", NO_CHILDREN),
            Consents(75, WORKER, "mother", (HEALTH, SERVICES), to_person="carer", note="Med tolk på telefon"),
            Consents(74, WORKER, "mother", (HEALTH,), to_person="son", decision=ConsentDecision.REFUSED,
                     note="Han skal være barn, og ikke tolk"),
            Hears(33, CONTACT, "carer", "Jeg vil gjerne lære om diabetes på somali, så jeg slipper å gjette.", about="mother"),
        ),
    )  # fmt: skip
