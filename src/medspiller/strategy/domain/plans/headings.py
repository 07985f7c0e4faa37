"""What a heading says: a focus area, goals, approaches or measures, or something that is none of them."""

import re
from dataclasses import dataclass
from enum import StrEnum

from medspiller.strategy.domain.plans.cleaning import fold


class Part(StrEnum):
    """What stands below a heading."""

    AREA = "area"
    GOALS = "goals"
    APPROACHES = "approaches"
    MEASURES = "measures"
    ACTION_PLAN = "action_plan"
    TEXT = "text"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Heading:
    """
    A heading as it was understood.

    `title` is an area's, `rest` what follows a label on its line (`Mål: alle blir sett`). `number` is as written
    (`4.1`), `level` how deep it is by that number or by style; 0 where neither says.
    """

    part: Part
    title: str = ""
    rest: str = ""
    number: str = ""
    level: int = 0
    label: str = ""


_AREA_WORDS = (
    r"(?:innsats|satsings|satsnings|fokus|hoved|mål|tema|del|tiltaks|ansvars|utviklings|prioriterings|handlings|"
    r"strategi)område|strategisk(?:e)? (?:område|satsing|grep|satsingsområde)|prioritert(?:e)? (?:område|satsing)|"
    r"hovedsatsing|hovudsatsing|hovudområde|hovedtema|hovudtema|område|tema|satsing|innsatsfelt|satsningsfelt"
)
_NUMBER = r"(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[A-H])"
_AREA = re.compile(
    rf"(?P<outer>\d{{1,2}}(?:\.\d{{1,2}})*\.?\s+)?(?P<word>{_AREA_WORDS})\s*(?:nr\.?\s*)?"
    rf"(?P<number>{_NUMBER}(?=\W|$))?\s*(?P<sign>[:.–—-])?\s*(?P<title>.*)",
    re.IGNORECASE,
)
_WEAK_AREA = frozenset({"område", "tema", "satsing"})
_LEADING_NUMBER = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*)(?:\.?\s+|\.\s*)(?=[^\W\d_]|«)")
_PERIOD_TAIL = re.compile(
    r"\s+(?:for|i|innen|innan|knyttet til|knytt til|under|på|til|fra|frå|[-–—])?\s*"
    r"(?:(?:hele |heile )?(?:plan|strategi|handlings)?perioden\b.*|(?:dette |det |hvert |kvart )?"
    r"(?:innsats|satsings|satsnings|fokus|tema)?området.*|(?:19|20)\d\d\s*(?:[-–—]\s*(?:19|20)?\d\d)?)"
)
_GOALS = (
    "mål|måla|målene|hovedmål|hovudmål|delmål|overordnet mål|overordna mål|overordnede mål|målsetting|målsettinger|"
    "målsetning|målsetninger|målsettingar|målsetjing|målsetjingar|resultatmål|effektmål|målbilde|målbilete|våre mål|"
    "måla våre|langsiktige mål|strategiske mål|mål og delmål|hovedmål og delmål|mål for området|ønsket situasjon|"
    "ønska situasjon|ønsket resultat|dette vil vi oppnå|hva vil vi oppnå|kva vil vi oppnå|hva ønsker vi å oppnå|"
    "hva skal vi oppnå|kva skal vi oppnå|kva ønskjer vi å oppnå|dette ønsker vi å oppnå|hit vil vi|dit vil vi|"
    "hvor vil vi|hvor skal vi|kor vil vi|kor skal vi|hvordan vil vi ha det|hvordan ønsker vi å ha det|"
    "hvordan skal det være|korleis vil vi ha det|korleis skal det vere|slik vil vi ha det|slik skal det være|"
    "slik skal det vere|slik ønsker vi det|slik ønskjer vi det|dette er målet|målet vårt|vårt mål|hva vil vi|kva vil vi"
)
_APPROACHES = (
    "strategi|strategier|strategiar|delstrategi|delstrategier|delstrategiar|grep|hovedgrep|hovudgrep|strategiske grep|"
    "framgangsmåte|fremgangsmåte|framgangsmåter|fremgangsmåter|framgangsmåtar|virkemidler|verkemiddel|veien dit|"
    "vegen dit|tilnærming|arbeidsform|hvordan vil vi gjøre det|hvordan skal vi gjøre det|hvordan gjør vi det|"
    "hvordan får vi det til|hvordan skal vi få det til|hvordan når vi målet|hvordan når vi målene|"
    "hvordan skal vi nå målet|hvordan skal vi nå målene|hvordan kommer vi dit|hvordan skal vi komme dit|"
    "korleis vil vi gjere det|korleis skal vi gjere det|korleis gjer vi det|korleis får vi det til|"
    "korleis når vi måla|korleis skal vi nå måla|korleis kjem vi dit|korleis skal vi kome dit|slik gjør vi det|"
    "slik vil vi gjøre det|slik skal vi gjøre det|slik når vi målet|slik når vi målene|slik får vi det til|"
    "slik skal vi få det til|slik gjer vi det|slik vil vi gjere det|slik skal vi gjere det|slik når vi måla|"
    "slik skal vi nå målene|slik skal vi nå måla|dette vil vi gjøre|dette vil vi gjere|hva vil vi gjøre|"
    "kva vil vi gjere|strategier for å nå målet|strategier for å nå målene|strategiar for å nå måla|"
    "hvordan skal vi jobbe|hvordan vil vi jobbe|slik vil vi jobbe|slik jobber vi|korleis vil vi jobbe|"
    "hvordan vil vi få det til|korleis vil vi få det til|hvordan vil vi nå målene|hvordan vil vi nå målet"
)
_MEASURES = (
    "tiltak|tiltaka|tiltakene|tiltaksliste|tiltakliste|tiltaksoversikt|oversikt over tiltak|tiltakstabell|våre tiltak|"
    "konkrete tiltak|prioriterte tiltak|planlagte tiltak|nye tiltak|forslag til tiltak|tiltak og ansvar|"
    "tiltak og ansvarlig|tiltak og ansvarleg|aktiviteter|aktivitetar|dette skal vi gjøre|dette skal vi gjere|"
    "hva skal vi gjøre|kva skal vi gjere|dette gjør vi|dette gjer vi|hva gjør vi|kva gjer vi|dette er tiltakene|"
    "tiltak for å nå målet|tiltak for å nå målene|tiltak for å nå måla|oppfølgingspunkter|oppfølgingspunkt|"
    "handlinger|handlingar|tiltak og aktiviteter"
)
_ACTION_PLAN = (
    "handlingsplan|handlingsdel|handlingsprogram|tiltaksplan|tiltaksdel|innsatsområder og tiltak|"
    "satsingsområder og tiltak|satsningsområder og tiltak|fokusområder og tiltak|innsatsområde og tiltak|"
    "satsingsområde og tiltak|mål og tiltak|mål strategier og tiltak|mål strategiar og tiltak|mål og strategier|"
    "mål og strategiar|tiltak og oppfølging|handlingsplan med tiltak|samlet oversikt over tiltak|"
    "oppsummering av tiltak|samla oversikt over tiltak|mål tiltak og ansvar"
)
_OTHER = (
    "innhold|innholdsfortegnelse|innhald|innhaldsliste|innholdsliste|innledning|innleiing|forord|føreord|sammendrag|"
    "samandrag|oppsummering|bakgrunn|status|status og utfordringer|status og utfordringar|dagens situasjon|nåsituasjon|"
    "nosituasjon|utfordringer|utfordringar|utfordringsbilde|utfordringsbilete|kunnskapsgrunnlag|kunnskapsgrunnlaget|"
    "planprosess|prosess|medvirkning|medverknad|organisering|forankring|definisjoner|definisjonar|begreper|omgrep|"
    "visjon|verdier|verdiar|lovgrunnlag|lovverk|rammer|rammevilkår|føringer|nasjonale føringer|lokale føringer|"
    "økonomi|økonomiske konsekvenser|økonomiske og administrative konsekvenser|konsekvenser|oppfølging|"
    "oppfølging og evaluering|evaluering|evaluering og rullering|rullering|gjennomføring|implementering|iverksetting|"
    "resultatoppfølging|ansvar og oppfølging|vedlegg|kilder|kjelder|litteratur|litteraturliste|referanser|referansar|"
    "kildehenvisninger|hvorfor|kvifor|hvorfor er dette viktig|kvifor er dette viktig|hvor er vi|kor er vi|"
    "slik er det i dag|slik er det|indikatorer|indikatorar|måling|"
    "målgruppe|målgrupper|målgruppa|risiko|ordliste|kapittel|metode|prioriteringer|innsatsområder|satsingsområder|"
    "satsningsområder|fokusområder|innsatsområda|satsingsområda|hovedområder|innspill|høring|formål|føremål|mandat"
)
_TEXT = (
    "beskrivelse|beskriving|skildring|omtale|om området|om innsatsområdet|om satsingsområdet|om satsningsområdet|"
    "om fokusområdet|description|about the area"
)
_WORDS: dict[str, Part] = {
    word: part
    for part, words in (
        (Part.TEXT, _TEXT),
        (Part.OTHER, _OTHER),
        (Part.ACTION_PLAN, _ACTION_PLAN),
        (Part.MEASURES, _MEASURES),
        (Part.APPROACHES, _APPROACHES),
        (Part.GOALS, _GOALS),
    )
    for word in words.split("|")
}
_LABELS: dict[str, Part] = {
    **dict.fromkeys(("hovedmål", "hovudmål", "mål", "delmål", "resultatmål", "effektmål", "målsetting"), Part.GOALS),
    **dict.fromkeys(("strategi", "delstrategi", "grep", "framgangsmåte", "fremgangsmåte"), Part.APPROACHES),
    **dict.fromkeys(("tiltak", "aktivitet"), Part.MEASURES),
}
_LABEL = re.compile(
    rf"(?P<label>{'|'.join(_LABELS)})\s*(?:nr\.?\s*)?(?P<number>{_NUMBER}\b)?\s*(?P<sign>[:.–—)-])?\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_CHAPTER = re.compile(r"(?:kapittel|kap\.|del|vedlegg)\s*(?:\d{1,2}|[IVX]{1,4}|[A-H])\b\W*(.*)", re.IGNORECASE)


def area_heading(text: str) -> Heading | None:
    """
    Return the focus area that a line announces by a word such as *innsatsområde*.

    >>> area_heading("Innsatsområde 1 Barn og unge").title
    'Barn og unge'
    """
    found = _AREA.fullmatch(text)
    if not found or len(text) > 160:
        return None
    word, number, title = found["word"].casefold(), found["number"] or "", found["title"].strip(" :–—-")
    # A word and a title only: a heading, if it is no sentence and no plural.
    is_sentence = found["sign"] == "." or not title[:1].isupper() or text.endswith((".", ":", ",", ";"))
    if not number and (word in _WEAK_AREA or (not found["sign"] and is_sentence)):
        return None
    if number and word in _WEAK_AREA and not title:
        return None
    if number.isalpha() and not found["sign"] and not number.isupper():
        return None
    if title.endswith(".") and len(title) > 80:
        return None
    outer = (found["outer"] or "").strip(" .")
    return Heading(Part.AREA, title=title, number=number, level=outer.count(".") + 1 if outer else 0, label=word)


def known_heading(text: str) -> Heading | None:
    """Return what a line announces by one of the words that plans use, numbered or not: *Mål*, *4.2 Tiltak*."""
    stripped, number = without_heading_number(text)
    if len(stripped) > 90:
        return None
    level = number.count(".") + 1 if number else 0
    chapter = _CHAPTER.fullmatch(stripped)
    if chapter:
        return Heading(_WORDS.get(fold(chapter[1]), Part.OTHER), title=chapter[1], level=1)
    folded = fold(stripped)
    part = _WORDS.get(folded)
    if part is None:
        head, _, tail = folded.partition(" ")
        if tail and _WORDS.get(head) in {Part.GOALS, Part.MEASURES, Part.ACTION_PLAN} and not stripped.endswith("."):
            match = _PERIOD_TAIL.fullmatch(f" {stripped.casefold().partition(' ')[2]}".rstrip(":"))
            part = _WORDS[head] if match else None
    return Heading(part, title=stripped, number=number, level=level) if part else None


def labelled(text: str) -> Heading | None:
    """Return a goal, an approach or a measure that says on its line what it is: `Delmål 1.2: Alle blir sett`."""
    found = _LABEL.fullmatch(text)
    if not found or not found["rest"] or not (found["sign"] in {":", "–", "—"} or found["number"]):
        return None
    if found["rest"][:1].islower() and found["sign"] != ":":
        return None
    label = found["label"].casefold()
    return Heading(_LABELS[label], rest=found["rest"].strip(), number=found["number"] or "", label=label)


def without_heading_number(text: str) -> tuple[str, str]:
    """Return a heading without its number, and the number: `4.1 Barn` is `Barn` and `4.1`."""
    found = _LEADING_NUMBER.match(text)
    return (text[found.end() :], found["number"]) if found else (text, "")


def looks_like_heading(text: str) -> bool:
    """Whether a line could be a heading by its shape: short, with a capital, and no sentence."""
    stripped, _ = without_heading_number(text)
    return (
        2 < len(stripped) <= 110
        and (stripped[:1].isupper() or stripped[:1] in "«\"'")
        and not stripped.endswith((".", ",", ";", ":", "-"))
        and "  " not in stripped
        and not stripped.startswith("http")
    )
