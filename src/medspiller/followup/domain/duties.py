"""
The duty to report concern for a child, and what else the law demands: who, when, how, by which law.

It helps somebody to remember; the words of the law are what holds, and each duty leads to them. Nothing here decides.
"""

from dataclasses import dataclass
from enum import StrEnum

from medspiller.people.domain.sentences import Sentence


class ReporterRole(StrEnum):
    """As what somebody is worried: the codes of the questionnaire on a concern for a child."""

    HEALTH = "health"
    SOCIAL = "social"
    SCHOOL = "school"
    KINDERGARTEN = "kindergarten"
    OTHER_PUBLIC = "other-public"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Law:
    """Where it stands, with the address of the law's own words."""

    ref: str
    url: str


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty. It goes before confidentiality where `overrides`."""

    id: str
    who: Sentence
    when: Sentence
    laws: tuple[Law, ...]
    overrides: bool = True


HPL, BVL, HOL = (f"https://lovdata.no/lov/{number}/§" for number in ("1999-07-02-64", "2021-06-18-97", "2011-06-24-30"))
LAWS_OF: dict[ReporterRole, tuple[Law, ...]] = {
    ReporterRole.HEALTH: (Law("helsepersonelloven § 33", f"{HPL}33"), Law("barnevernsloven § 13-2", f"{BVL}13-2")),
    ReporterRole.SOCIAL: (Law("sosialtjenesteloven § 45", "https://lovdata.no/lov/2009-12-18-131/§45"),),
    ReporterRole.SCHOOL: (Law("opplæringslova § 24-3", "https://lovdata.no/lov/2023-06-09-30/§24-3"),),
    ReporterRole.KINDERGARTEN: (Law("barnehageloven § 46", "https://lovdata.no/lov/2005-06-17-64/§46"),),
    ReporterRole.OTHER_PUBLIC: (Law("barnevernsloven § 13-2", f"{BVL}13-2"),),
    # Everybody may report; who is bound by confidentiality must first know what they may say.
    ReporterRole.OTHER: (),
}

_STAFF = Sentence(
    "Du som arbeider i helse og omsorg, Nav, skole, barnehage eller en annen offentlig tjeneste.",
    "Du som arbeider i helse og omsorg, Nav, skule, barnehage eller ei anna offentleg teneste.",
    "You who work in health and care, Nav, a school, a kindergarten or another public service.",
)
DUTIES = (
    Duty(
        "report",
        _STAFF,
        Sentence(
            "Når det er grunn til å tro at et barn blir mishandlet, utsatt for alvorlig omsorgssvikt eller utnyttet, "
            "ikke får nødvendig behandling, og i flere tilfeller: les dem i loven. Plikten er din egen.",
            "Når det er grunn til å tru at eit barn blir mishandla, utsett for alvorleg omsorgssvikt eller utnytta, "
            "ikkje får nødvendig behandling, og i fleire tilfelle: les dei i lova. Plikta er di eiga.",
            "When there is reason to believe that a child is abused, seriously neglected or exploited, does not get "
            "the treatment they need, and in more cases: read them in the law. The duty is your own.",
        ),
        (Law("helsepersonelloven § 33", f"{HPL}33"), Law("barnevernsloven § 13-2", f"{BVL}13-2")),
    ),
    Duty(
        "orders",
        _STAFF,
        Sentence(
            "Når barnevernstjenesten pålegger deg å gi opplysninger.",
            "Når barnevernstenesta pålegg deg å gi opplysningar.",
            "When the child welfare service orders you to give information.",
        ),
        (Law("barnevernsloven § 13-4", f"{BVL}13-4"),),
    ),
    Duty(
        "unborn",
        Sentence("Du som er helsepersonell.", "Du som er helsepersonell.", "You who are health personnel."),
        Sentence(
            "Når en gravid bruker rusmidler slik at barnet trolig blir født med skade.",
            "Når ei gravid bruker rusmiddel slik at barnet truleg blir fødd med skade.",
            "When a pregnant woman uses drugs or alcohol so that the child is likely to be born with an injury.",
        ),
        (Law("helsepersonelloven § 32", f"{HPL}32"), Law("helse- og omsorgstjenesteloven § 10-3", f"{HOL}10-3")),
    ),
    Duty(
        "emergency",
        Sentence("Du som er helsepersonell.", "Du som er helsepersonell.", "You who are health personnel."),
        Sentence(
            "Når politi, brannvesen eller ambulanse må varsles for å hindre alvorlig skade.",
            "Når politi, brannvesen eller ambulanse må varslast for å hindre alvorleg skade.",
            "When the police, the fire service or an ambulance must be alerted to prevent serious harm.",
        ),
        (Law("helsepersonelloven § 31", f"{HPL}31"),),
    ),
    Duty(
        "avert",
        Sentence("Alle.", "Alle.", "Everybody."),
        Sentence(
            "Når det er sikkert eller mest sannsynlig at en alvorlig handling vil skje, som vold i nære relasjoner, "
            "voldtekt eller drap, og det ennå kan hindres.",
            "Når det er sikkert eller mest sannsynleg at ei alvorleg handling vil skje, som vald i nære relasjonar, "
            "valdtekt eller drap, og det enno kan hindrast.",
            "When it is certain or most likely that a serious act will happen, such as violence in close relations, "
            "rape or killing, and it can still be prevented.",
        ),
        (Law("straffeloven § 196", "https://lovdata.no/lov/2005-05-20-28/§196"),),
    ),
)

HOW = (
    Sentence(
        "Er barnet i fare nå: Ring 112, og bli hos barnet hvis du kan.",
        "Er barnet i fare no: Ring 112, og bli hos barnet om du kan.",
        "Is the child in danger now: call 112, and stay with the child if you can.",
    ),
    Sentence(
        "Drøft det med lederen din. Du kan også ringe barnevernstjenesten og drøfte det uten å si hvem barnet er.",
        "Drøft det med leiaren din. Du kan også ringje barnevernstenesta og drøfte det utan å seie kven barnet er.",
        "Discuss it with your leader. You can also call the child welfare service without saying who the child is.",
    ),
    Sentence(
        "Meld fra selv til barnevernstjenesten, uten ugrunnet opphold. Utenom arbeidstid: barnevernvakta, eller "
        "116 111.",
        "Meld frå sjølv til barnevernstenesta, utan ugrunna opphald. Utanom arbeidstid: barnevernvakta, eller 116 111.",
        "Report it yourself to the child welfare service, without undue delay. Outside working hours: the emergency "
        "service or 116 111.",
    ),
    Sentence(
        "Si det til foreldrene først, om det ikke kan sette barnet i fare.",
        "Sei det til foreldra først, om det ikkje kan setje barnet i fare.",
        "Tell the parents first, unless that may put the child in danger.",
    ),
    Sentence(
        "Virksomheten skal ha en person som har ansvar for å gi opplysningene videre. Plikten er din likevel.",
        "Verksemda skal ha ein person som har ansvar for å gi opplysningane vidare. Plikta er di likevel.",
        "The organisation must have somebody who is responsible for passing the information on. The duty is yours "
        "all the same.",
    ),
    Sentence(
        "Skriv ned hva dere så, hvem du drøftet det med, og hva du kom til. Programmet bestemmer ikke, og sender "
        "ingenting.",
        "Skriv ned kva de såg, kven du drøfta det med, og kva du kom til. Programmet bestemmer ikkje, og sender "
        "ingenting.",
        "Write down what you saw, who you discussed it with and what you concluded. The program does not decide, and "
        "sends nothing.",
    ),
)
