"""
What the demo municipality does with its strategy: who answers for what, what carries it out, how it goes.

Measures are named by area and number in the plan of 2021–2025. All that is said of them is made up.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from medspiller.strategy.domain.guideline import Barrier, EvidenceKind, LineState
from medspiller.strategy.domain.vocabulary import Body, Event, Light, MeasureStatus, Service

MUNICIPAL_FILE, NATIONAL_FILE = "kommunal-parorendestrategi.txt", "nasjonal-parorendestrategi.txt"
NATIONAL_OWNER, NATIONAL_ADOPTED_BY, NATIONAL_ADOPTED = "Departementene", "Regjeringen", date(2020, 12, 18)
ADOPTED_BY, ADOPTED, ADOPTED_AGAIN = "Kommunestyret", date(2021, 6, 16), date(2025, 12, 10)
RESPONSIBLE, ROLLS_EVERY, NEXT, TOLD_OF = "Velferdsdirektøren", 2, (2026, 2029), 2025

Place = tuple[int, int]
_DONE, _GOES, _WAITS = MeasureStatus.DONE, MeasureStatus.UNDER_WAY, MeasureStatus.NOT_STARTED
_GREEN, _YELLOW, _RED = Light.GREEN, Light.YELLOW, Light.RED

# The plan's names of services, and which unit of the demo answers.
OWNERS = {
    "Velferdstjenestene": "top",
    "Helse og sosial": "carers",
    "Pleie og omsorg": "nursing",
    "Helsetjenester for barn og unge": "school",
    "Helsetjenester barn og unge": "school",
}

HEARING = (
    (date(2021, 3, 2), Body.CARERS, Event.HEARD, "Bruker- og pårørendeorganisasjoner", "Innspillsmøte: mer system, tydeligere ansvar, mer kunnskap."),
    (date(2021, 4, 20), Body.YOUTH_COUNCIL, Event.HEARD, "Ungdomsrådet", "Vil at barn og unge skal kunne spørre uten å si hvem de er."),
    (date(2021, 4, 21), Body.ELDERLY_COUNCIL, Event.HEARD, "Eldrerådet", "Ber om at det også går an å ringe."),
    (date(2021, 4, 22), Body.DISABILITY_COUNCIL, Event.COMMENTED, "Råd for personer med funksjonsnedsettelse", "Fleksibel avlastning må prøves tidlig."),
    (date(2021, 5, 19), Body.COMMITTEE, Event.TREATED, "Hovedutvalget for bistand og omsorg", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A status report; `on` is a day, or how many days before the demo was loaded."""

    on: date | int
    status: MeasureStatus
    light: Light
    text: str
    evidence: str = ""
    deviation: str = ""
    decision_needed: str = ""


# What was said of the first plan, the last word of each measure that had come to an end.
FIRST_PLAN: dict[Place, Said] = {
    (1, 2): Said(date(2022, 12, 5), _DONE, _GREEN, "Modellen er laget sammen med organisasjonene og tatt i bruk.", "Sak til hovedutvalget"),
    (1, 3): Said(date(2025, 11, 12), _DONE, _GREEN, "Innbyggertorget har fast pårørendevakt hver torsdag.", "Vaktplan og besøkstall"),
    (2, 1): Said(date(2023, 11, 20), _DONE, _GREEN, "Prøvd i to distrikter. Sjekklisten brukes nå i alle oppstartsmøter.", "Rapport fra utprøvingen"),
    (2, 2): Said(date(2023, 11, 20), _DONE, _GREEN, "Samkjørt med sjekklisten for ny bruker."),
    (2, 5): Said(date(2022, 11, 25), _DONE, _YELLOW, "Gjennomført. For få svar fra unge.", "Resultatrapport", "Svarprosenten var 34."),
    (2, 6): Said(date(2025, 11, 12), _DONE, _GREEN, "Rom og kveldsåpent er på plass.", "Avtale om bruk"),
    (2, 8): Said(date(2022, 12, 1), _DONE, _GREEN, "Oversikten ligger på nettsidene.", "Nettsiden"),
    (3, 2): Said(date(2023, 12, 4), _DONE, _GREEN, "Prosedyren er revidert og gjelder i alle tjenester.", "Prosedyre i kvalitetssystemet"),
    (3, 4): Said(date(2022, 10, 3), _DONE, _GREEN, "Vedtatt og lagt inn i stillingsbeskrivelsene.", "Funksjonsbeskrivelse"),
    (3, 6): Said(date(2022, 12, 8), _DONE, _GREEN, "Samarbeid er inngått. Gruppene holdes to ganger i året.", "Avtale"),
    (3, 7): Said(date(2022, 12, 8), _DONE, _GREEN, "Ligger i alle kompetanseplaner.", "Kompetanseplaner"),
    (3, 8): Said(date(2023, 12, 4), _DONE, _GREEN, "Tema på kursdag fire i introduksjonen.", "Kursplan"),
    (4, 2): Said(date(2023, 12, 11), _DONE, _YELLOW, "Avtalen er undertegnet, fagdagene er ikke i gang.", "Avtale"),
    (4, 5): Said(date(2021, 11, 30), _DONE, _GREEN, "Holdt i november, 140 deltakere.", "Program og deltakerliste uten navn"),
    (4, 6): Said(date(2022, 12, 11), _DONE, _GREEN, "Tre tema er valgt.", "Referat"),
    (1, 4): Said(date(2025, 11, 12), _WAITS, _YELLOW, "Søknaden ble ikke innvilget. Tas med videre."),
    (2, 4): Said(date(2025, 11, 12), _GOES, _YELLOW, "Prøvd på ett av tre sykehjem.", "Notat fra sykehjemmet", "Opplæringen tok lengre tid enn ventet."),
    (3, 1): Said(date(2025, 11, 12), _GOES, _GREEN, "Innført i barnehage og skole, ikke i voksentjenestene.", "Status for BTI"),
}  # fmt: skip

# What is said of what was carried on, in the plan that holds now.
SECOND_PLAN: dict[Place, tuple[Said, ...]] = {
    (1, 1): (
        Said(170, _GOES, _GREEN, "Kartleggingen brukes i hjemmetjenesten og hos Pårørendesenteret.", "Tall fra egne skjema"),
        Said(24, _GOES, _GREEN, "Også Psykisk helse og rus er med. Fristen på 30 dager blir holdt.", "Tall fra egne skjema"),
    ),
    (1, 4): (
        Said(30, _GOES, _RED, "To familier har prøvd avlastning på timen. Flere sier nei fordi tidene ikke passer.",
             "Oversikten over hva som ikke passet", "Tidene låses til dagtid av turnusen.",
             "Skal kvelds- og helgetimer prøves fra februar? Det koster om lag 1,2 millioner i året."),
    ),
    (2, 3): (Said(45, _GOES, _GREEN, "Samtaleguiden ligger i verktøykassen og brukes ved oppstart.", "Verktøykassen"),),
    (2, 4): (
        Said(60, _GOES, _YELLOW, "To av tre sykehjem er i gang.", "", "Det siste sykehjemmet mangler noen til å lede samtalene."),
    ),
    (2, 9): (Said(18, _GOES, _GREEN, "Alle enheter har en pårørendekontakt. Nettverket møtes hver måned.", "Liste over kontakter"),),
    (2, 10): (Said(40, _GOES, _GREEN, "Seks av ti ansatte har gjennomført minst ett program.", "Kursoversikt"),),
    (3, 1): (
        Said(35, _GOES, _YELLOW, "Voksentjenestene er med fra i høst.", "Opplæringsplan", "Mangler felles rutine for samtykke på tvers."),
    ),
    (3, 3): (Said(20, _GOES, _GREEN, "Nettverket møtes fire ganger i året.", "Møteplan"),),
    (4, 1): (Said(70, _DONE, _GREEN, "Samarbeidet med pårørende står nå i alle fire avtaler.", "Avtalene med helseforetaket"),),
    (4, 3): (Said(50, _GOES, _GREEN, "To dialogmøter er holdt. Organisasjonene vil ha kveldsmøter.", "Referater"),),
    (4, 4): (Said(15, _GOES, _YELLOW, "Én gruppe er i gang, den andre venter på lokale."),),
}  # fmt: skip

LEARNT = {
    (1, 4): "Familiene trenger kveld og helg. Tider på dagen hjelper få.",
    (2, 9): "En fast kontakt med navn gjør mer enn en ny brosjyre.",
}

# What each measure answers nationally (area, number), which lines of the guideline it meets, and what carries it out.
NATIONAL: dict[Place, tuple[Place, ...]] = {
    (1, 1): ((1, 3),), (1, 2): ((4, 1),), (1, 4): ((4, 3), (4, 4)), (2, 4): ((6, 4),), (2, 5): ((1, 1),), (2, 8): ((2, 2),),
    (2, 10): ((2, 4), (6, 5)), (3, 1): ((3, 3),), (3, 2): ((1, 4),), (3, 3): ((1, 5),), (3, 6): ((1, 4),), (4, 3): ((4, 5), (6, 1)),
    (4, 4): ((4, 5),),
}  # fmt: skip
LINES: dict[Place, tuple[str, ...]] = {
    (1, 1): ("PV-6.1.2",), (1, 2): ("PV-2.1.8",), (1, 4): ("PV-6.1.4",), (2, 3): ("PV-4.1.1", "PV-4.1.2"), (2, 4): ("PV-6.3.1",),
    (2, 5): ("PV-2.1.4",), (2, 7): ("PV-6.4.1",), (2, 8): ("PV-2.1.8",), (2, 9): ("PV-4.1.1",), (2, 10): ("PV-2.2.3",),
    (3, 1): ("PV-5.4.2",), (3, 2): ("PV-3.2.1",), (3, 3): ("PV-2.3.3",), (3, 5): ("PV-2.2.2",), (3, 6): ("PV-5.3.2",),
    (4, 1): ("PV-2.3.1",), (4, 3): ("PV-2.1.5",), (4, 4): ("PV-6.1.6",),
}  # fmt: skip
PATHWAYS: dict[Place, str] = {
    (1, 1): "adult-carer", (1, 4): "respite-trial", (2, 4): "advance-conversation", (3, 1): "bti", (3, 2): "child-of-parent",
    (3, 6): "sibling",
}  # fmt: skip

# Figures: those that we count ourselves, by the name of the definition, and those that somebody enters with a source.
COUNTED: dict[Place, tuple[str, ...]] = {
    (1, 1): ("talk-within-30-days",), (1, 4): ("suggestions-that-fitted",), (3, 3): ("children-asked",), (4, 4): ("places-used",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entered:
    """A figure that is entered by hand, with its values by year."""

    name: str
    unit_of_value: str
    definition: str
    target: Decimal
    values: dict[int, Decimal]
    source: str


ENTERED: dict[Place, Entered] = {
    (2, 10): Entered(
        "Ansatte som har gjennomført minst ett e-læringsprogram", "prosent",
        "Ansatte i helse og mestring med minst ett fullført program, av alle fast ansatte ved årets slutt.", Decimal(80),
        {2023: Decimal(31), 2024: Decimal(47), 2025: Decimal(58)}, "Kommunens kursregister, 31. desember hvert år",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Assessed:
    """What a service says of a line of the guideline."""

    service: Service
    line: str
    state: LineState
    evidence_kind: EvidenceKind | None = None
    evidence: str = ""
    barrier: Barrier | None = None
    barrier_text: str = ""
    next_step: str = ""
    who: str = ""


_LINES = (
    ("PV-2.1.1", LineState.MET), ("PV-2.1.2", LineState.MET), ("PV-3.1.1", LineState.MET), ("PV-3.2.1", LineState.MET),
    ("PV-3.4.1", LineState.MET), ("PV-4.1.1", LineState.IN_PLACE), ("PV-4.1.6", LineState.UNDER_WAY), ("PV-4.2.2", LineState.UNDER_WAY),
    ("PV-6.1.2", LineState.EVALUATED), ("PV-6.1.4", LineState.UNDER_WAY),
)  # fmt: skip
ASSESSED = (
    *(Assessed(Service.HOME_CARE, line, state, EvidenceKind.STATEMENT, "Gjennomgang i ledermøtet") for line, state in _LINES),
    Assessed(Service.MENTAL_HEALTH, "PV-3.2.1", LineState.NOT_MET, EvidenceKind.OWN_DATA, "", Barrier.ROUTINES,
             "Spørsmålet blir glemt når noen kommer inn om natten.", "Legge spørsmålet inn i mottakssamtalen", "Enhetsleder"),
    Assessed(Service.MENTAL_HEALTH, "PV-5.1.1", LineState.MET, EvidenceKind.DOCUMENT, "Prosedyre Barn som pårørende"),
    Assessed(Service.MENTAL_HEALTH, "PV-5.3.2", LineState.UNDER_WAY, EvidenceKind.STATEMENT, "Barneansvarlig"),
    Assessed(Service.NURSING_HOME, "PV-6.3.1", LineState.NOT_STARTED, None, "", Barrier.COMPETENCE,
             "Ingen er lært opp til å lede forhåndssamtaler.", "Opplæring av to på hver avdeling", "Fagsykepleier"),
    Assessed(Service.NURSING_HOME, "PV-6.4.1", LineState.IN_PLACE, EvidenceKind.DOCUMENT, "Plan for etisk refleksjon"),
    Assessed(Service.SCHOOL_HEALTH, "PV-5.4.2", LineState.IN_PLACE, EvidenceKind.STATEMENT, "Helsesykepleierne"),
    Assessed(Service.ADMINISTRATION, "PV-2.1.5", LineState.MET, EvidenceKind.DOCUMENT, "Referater fra dialogmøtene"),
    Assessed(Service.ADMINISTRATION, "PV-2.1.4", LineState.NOT_MET, None, "", Barrier.RESPONSIBILITY,
             "Ingen har ansvar for å samle erfaringene.", "Gi ansvaret til Utvikling og plan", "Strategiansvarlig"),
)  # fmt: skip
# Gaps that became measures: the service, the line, the area that the measure stands in, and its text.
GAPS = (
    (
        Service.MENTAL_HEALTH,
        "PV-3.2.1",
        3,
        "Spørsmålet om barn og søsken stilles i mottakssamtalen, også om natten.",
        "top",
    ),
    (
        Service.ADMINISTRATION,
        "PV-2.1.4",
        2,
        "Pårørendes erfaringer samles og legges fram for ledelsen én gang i året.",
        "strategy",
    ),
)
