"""The units and organisations of the demo: which there are, what they do, and how many a scale gives."""

from dataclasses import dataclass

from medspiller.organisations.domain.kinds import OrganisationKind, UnitKind

CARERS_PER_DISTRICT = 200
FAMILIES_PER_DISTRICT = 150
POSTS_PER_DISTRICT = 8


@dataclass(frozen=True, slots=True)
class Place:
    """One unit: `key` names it within the demo, `parent` is another's key, None for the top."""

    key: str
    name: str
    kind: UnitKind
    parent: str | None
    about: str = ""
    opening_hours: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation that the demo municipality works with."""

    name: str
    kind: OrganisationKind
    about: str


MUNICIPALITY = (
    Place("top", "Helse og mestring", UnitKind.SERVICE_AREA, None, "Tjenester til deg som trenger helsehjelp eller støtte i hverdagen."),
    Place("carers", "Pårørendesenteret", UnitKind.CARERS_CENTRE, "top",
          "Samtaler, kurs og grupper for pårørende. Du trenger ingen henvisning.", "Mandag til fredag 9–15, torsdag til 19",
          "Ny kveldsgruppe for voksne barn starter i januar. Si fra til dem du tror den passer for."),
    Place("office", "Tjenestekontoret", UnitKind.SERVICE_OFFICE, "top",
          "Tar imot og avgjør søknader om avlastning, omsorgsstønad og andre tjenester.", "Mandag til fredag 8–15.30"),
    Place("mental", "Psykisk helse og rus", UnitKind.MENTAL_HEALTH_AND_ADDICTION, "top",
          "Oppfølging hjemme og samtaler, også for dem som står nær.", "Mandag til fredag 8–20",
          "Husk spørsmålet om barn og søsken ved hver ny bruker."),
    Place("school", "Skolehelsetjenesten", UnitKind.SCHOOL_HEALTH, "top",
          "Helsesykepleiere på alle skoler. Åpen dør, ingen time.", "Skoledager 8.30–14.30"),
    Place("nursing", "Lyngåsen sykehjem", UnitKind.NURSING_HOME, "top",
          "Langtidsplasser og korttidsplasser, med egen avdeling for personer med demens.", "Besøk hele døgnet"),
    Place("volunteer", "Frivilligsentralen", UnitKind.OTHER, "top",
          "Frivillige som besøker, følger og avlaster noen timer.", "Tirsdag til torsdag 10–16"),
    Place("strategy", "Utvikling og plan", UnitKind.OTHER, "top", "Følger opp pårørendestrategien og rapporterer til utvalget."),
)  # fmt: skip

HEALTH_TRUST = (
    Place("hospital", "Klinikk for psykisk helse", UnitKind.CLINIC, None, "Utredning og behandling i sykehus og poliklinikk."),
    Place("ward", "Døgnpost A", UnitKind.WARD, "hospital", "Døgnbehandling for voksne.", "Besøk 15–19",
          "Barneansvarlig er på posten tirsdag og torsdag."),
)  # fmt: skip

PARTNERS = (
    Partner("Demensforeningen på Lyngåsen", OrganisationKind.VOLUNTARY, "Samtalegruppe og turgruppe for pårørende."),
    Partner("Mestringsverket", OrganisationKind.VOLUNTARY, "Likepersoner for foreldre til barn med sammensatte behov."),
    Partner("Demo helseforetak", OrganisationKind.HEALTH_TRUST, "Sykehuset som kommunen samarbeider med."),
)

_DISTRICTS = ("vest", "øst", "nord", "sør", "midt", "strand", "ås", "dal", "fjord", "li")


def districts(carers: int) -> tuple[Place, ...]:
    """Return the home care districts that so many carers need: two at least."""
    wanted = max(2, -(-carers // CARERS_PER_DISTRICT))
    return tuple(
        Place(f"home-{number}", f"Hjemmetjenesten {_district_name(number)}", UnitKind.HOME_CARE, "top",
              "Sykepleie og hjelp hjemme hele døgnet.", "Hele døgnet")
        for number in range(wanted)
    )  # fmt: skip


def _district_name(number: int) -> str:
    name = _DISTRICTS[number % len(_DISTRICTS)]
    return name if number < len(_DISTRICTS) else f"{name} {number // len(_DISTRICTS) + 1}"
