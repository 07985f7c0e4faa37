"""
The vocabularies as taxonomies with terms, named for readers elsewhere in bokmål, nynorsk and English.

Our own pages speak to carers in the words of `web.wording`; these are names for lists in other systems.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from uuid import UUID

from medspiller.catalogue.domain.offers import Texts
from medspiller.catalogue.domain.outside.values import name_id

VERSION = "1.0"


class Taxonomy(StrEnum):
    """Each is one enum of `domain.vocabulary`, but the last three: marks of an offer, how far it reaches, its texts."""

    KIND = "kind"
    NEED = "need"
    RELATION = "relation"
    CONDITION = "condition"
    SITUATION = "situation"
    WAY = "way"
    ACCESS = "access"
    PROVIDER = "provider-kind"
    MARK = "mark"
    AREA = "area"
    TEXT = "text"

    @property
    def id(self) -> UUID:
        return _named("taxonomy", self.value)

    @property
    def called(self) -> Texts:
        return _texts(_TAXONOMIES[self.value][0])

    @property
    def about(self) -> Texts:
        return _texts(_TAXONOMIES[self.value][1])


@dataclass(frozen=True, slots=True)
class Term:
    """One code of a taxonomy. `code` is unique in its taxonomy."""

    taxonomy: Taxonomy
    code: str

    @property
    def id(self) -> UUID:
        return _named("term", self.taxonomy.value, self.code)

    @property
    def called(self) -> Texts:
        return _texts(_TERMS[self.taxonomy.value][self.code])


# Asked for again and again while a page of services is written.
_named = cache(name_id)


@cache
def _texts(written: str) -> Texts:
    """Read `bokmål | nynorsk | English`; where the first two are alike, nynorsk is left out."""
    parts = [part.strip() for part in written.split("|")]
    nb, nn, en = parts if len(parts) == 3 else (parts[0], parts[0], parts[1])
    return {"nb": nb, "nn": nn, "en": en}


_TAXONOMIES = {
    "kind": (
        "Slags tilbud | Kind of offer",
        "Hva slags hjelp det er | Kva slags hjelp det er | What sort of help it is",
    ),
    "need": ("Behov | Need", "Hva en pårørende kan trenge | Kva ein pårørande kan trenge | What a carer may need"),
    "relation": (
        "Relasjon | Relation",
        "Hva den pårørende er for den som er syk | Kva den pårørande er for den som er sjuk"
        " | What the carer is to the one who is ill",
    ),
    "condition": (
        "Hva det gjelder | Kva det gjeld | Condition",
        "Hva den man er pårørende til, strever med | Kva den ein er pårørande til, strevar med"
        " | What the one they care for struggles with",
    ),
    "situation": (
        "Livssituasjon | Situation of life",
        "Hvordan den pårørende selv har det nå | Korleis den pårørande sjølv har det no"
        " | How the carer's own life is just now",
    ),
    "way": (
        "Måten å få det på | Way to get it",
        "Hvordan man får tilbudet | Korleis ein får tilbodet | How to get it",
    ),
    "access": (
        "Tilgjengelighet | Tilgjenge | Accessibility",
        "Hva som gjør stedet mulig å bruke | Kva som gjer staden mogleg å bruke | What makes a place usable",
    ),
    "provider-kind": (
        "Slags tilbyder | Slags tilbydar | Kind of provider",
        "Hvem som står bak | Kven som står bak | Who stands behind an offer",
    ),
    "mark": ("Kjennetegn | Kjenneteikn | Mark", "Trekk ved et tilbud | Trekk ved eit tilbod | Features of an offer"),
    "area": ("Område | Area", "Hvor langt tilbudet rekker | Kor langt tilbodet rekk | How far an offer reaches"),
    "text": (
        "Tekst | Text",
        "Tekster på andre språk og det formatet ikke har felt for | Tekstar på andre språk og det formatet ikkje har"
        " felt for | Texts in other languages, and what the format has no field for",
    ),
}

_TERMS: dict[str, dict[str, str]] = {
    "kind": {
        "conversation": "Samtale og veiledning | Samtale og rettleiing | Conversation and guidance",
        "course": "Kurs | Course",
        "group": "Samtalegruppe eller selvhjelpsgruppe | Samtalegruppe eller sjølvhjelpsgruppe"
        " | Talk or self-help group",
        "family-group": "Gruppe for søsken, foreldre eller familier | Gruppe for sysken, foreldre eller familiar"
        " | Group for siblings, parents or families",
        "respite": "Avlastning | Avlasting | Respite",
        "volunteer": "Hjelp fra frivillige | Hjelp frå frivillige | Help from volunteers",
        "peer": "Likeperson | Peer support",
        "line": "Telefon eller chat | Phone line or chat",
        "e-learning": "Nettkurs | E-learning",
        "technology": "Velferdsteknologi og hjelpemidler | Velferdsteknologi og hjelpemiddel"
        " | Welfare technology and aids",
        "economy": "Råd om penger og rettigheter | Råd om pengar og rettar | Advice about money and rights",
        "family-counselling": "Familierådgivning | Familierådgiving | Family counselling",
        "crisis": "Krise og sorg | Crisis and bereavement",
        "children": "Tilbud til barn og unge | Tilbod til barn og unge | For children and young people",
        "interpreter": "Tolk | Interpreter",
        "digital-help": "Hjelp med det digitale | Digital help",
    },
    "need": {
        "information": "Informasjon | Information",
        "someone-to-talk-to": "Noen å snakke med | Nokon å snakke med | Someone to talk to",
        "respite-hours": "Avlastning noen timer | Avlasting nokre timar | A few hours' respite",
        "respite-stay": "Avlastning over dager | Avlasting over dagar | Respite for days",
        "night-rest": "Nattesøvn | Nattesvevn | A night's rest",
        "practical-help": "Praktisk hjelp | Practical help",
        "economy": "Økonomi | Money",
        "work-and-leave": "Jobb og permisjon | Work and leave",
        "own-health": "Egen helse | Eiga helse | Own health",
        "children-at-home": "Barna hjemme | Borna heime | Children at home",
        "network": "Nettverk | Network",
        "training-skills": "Kunnskap og øvelse | Kunnskap og øving | Knowledge and practice",
        "coordination": "Noen som samordner | Nokon som samordnar | Somebody who coordinates",
        "interpreter": "Tolk | Interpreter",
        "technical-aids": "Hjelpemidler | Hjelpemiddel | Technical aids",
        "crisis-plan": "Kriseplan | Crisis plan",
        "peers": "Å møte andre i samme situasjon | Å møte andre i same situasjon | Meeting others like themselves",
        "bereavement": "Sorg | Bereavement",
    },
    "relation": {
        "partner": "Partner | Partner",
        "parent": "Forelder | Parent",
        "grown-child": "Voksent barn | Vakse barn | Grown child",
        "young-child": "Barn under 18 år | Child under 18",
        "sibling": "Søsken | Sysken | Sibling",
        "grandparent": "Besteforelder | Grandparent",
        "friend": "Venn eller nabo | Ven eller nabo | Friend or neighbour",
    },
    "condition": {
        "dementia": "Demens | Dementia",
        "mental-illness": "Psykisk sykdom | Psykisk sjukdom | Mental illness",
        "addiction": "Rus og avhengighet | Rus og avhengnad | Addiction",
        "physical-illness": "Somatisk sykdom | Somatisk sjukdom | Physical illness",
        "cancer": "Kreft | Cancer",
        "disability": "Funksjonsnedsettelse | Funksjonsnedsetjing | Disability",
        "frailty": "Skrøpelighet i høy alder | Skrøpelegdom i høg alder | Frailty in old age",
        "dying": "Livets slutt | Slutten av livet | The end of life",
        "death": "Dødsfall | Death",
        "violence": "Vold | Vald | Violence",
        "imprisonment": "Fengsling | Imprisonment",
    },
    "situation": {
        "working": "I jobb | Working",
        "studying": "Under utdanning | Studying",
        "living-together": "Bor sammen | Bur saman | Living together",
        "living-far-away": "Bor langt unna | Bur langt unna | Living far away",
        "new-to-it": "Ny som pårørende | Ny som pårørande | New to it",
        "in-crisis": "I krise | In crisis",
        "bereaved": "Etterlatt | Attlaten | Bereaved",
        "another-language": "Annet språk enn norsk | Anna språk enn norsk | A language other than Norwegian",
    },
    "way": {
        "open": "Åpent for alle | Ope for alle | Open to all",
        "sign-up": "Påmelding | Sign-up",
        "referral": "Henvisning | Tilvising | Referral",
        "application": "Søknad | Application",
    },
    "access": {
        "step-free": "Trinnfri adkomst | Trinnfri tilkomst | Step-free access",
        "accessible-toilet": "Toalett for rullestolbrukere | Toalett for rullestolbrukarar | Accessible toilet",
        "hearing-loop": "Teleslynge | Hearing loop",
        "sign-language": "Tegnspråk | Teiknspråk | Sign language",
        "near-public-transport": "Nær kollektivtransport | Near public transport",
        "parking": "Parkering | Parking",
        "quiet-room": "Stille rom | Quiet room",
    },
    "provider-kind": {
        "municipality": "Kommune | Municipality",
        "health-trust": "Helseforetak | Helseføretak | Health trust",
        "state": "Stat | State",
        "organisation": "Organisasjon | Organisation",
    },
    "mark": {
        "digital": "På nett eller telefon | Online or by phone",
        "anonymous": "Man kan være anonym | Ein kan vere anonym | One can be anonymous",
        "interpreter": "Tolk kan bestilles | Tolk kan tingast | An interpreter can be booked",
        "check": "Opplysningene må sjekkes | Opplysningane må sjekkast | What is said must be checked",
    },
    "area": {
        "national": "Hele landet | Heile landet | The whole country",
        "county": "Fylke | County",
        "municipality": "Kommune | Municipality",
        "district": "Bydel eller tettsted | Bydel eller tettstad | District",
    },
    "text": {
        "name": "Navn | Namn | Name",
        "summary": "Kort sagt | In short",
        "text": "Beskrivelse | Skildring | Description",
        "how": "Slik får man det | Slik får ein det | How to get it",
        "cost": "Hva det koster | Kva det kostar | What it costs",
        "to-check": "Hva som må sjekkes | Kva som må sjekkast | What must be checked",
        "note": "Merknad | Note",
        "directions": "Veien dit | Vegen dit | How to get there",
        "about": "Om tilbyderen | Om tilbydaren | About the provider",
        "website": "Nettsted | Nettstad | Website",
        "chat": "Chat | Chat",
        "search-words": "Søkeord | Søkjeord | Search words",
        "machine-translated": "Maskinoversatt språk | Maskinomsett språk | Machine-translated language",
        "period-from": "Gjelder fra | Gjeld frå | Valid from",
        "period-to": "Gjelder til (ikke med) | Gjeld til (ikkje med) | Valid until (not included)",
        "review-on": "Skal ses over | Skal sjåast over | To be reviewed on",
        "source": "Kilde | Kjelde | Source",
    },
}


def terms(taxonomies: Iterable[Taxonomy] = tuple(Taxonomy)) -> Iterator[Term]:
    """Yield all terms, taxonomy by taxonomy, in their own order."""
    for taxonomy in taxonomies:
        for code in _TERMS[taxonomy.value]:
            yield Term(taxonomy, code)


TAXONOMY_BY_ID = {taxonomy.id: taxonomy for taxonomy in Taxonomy}
TERM_BY_ID = {term.id: term for term in terms()}
TERM_BY_CODE = {(term.taxonomy.value, term.code): term for term in terms()}
