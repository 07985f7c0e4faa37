"""
What CPSV-AP-NO needs to know beyond an offer: identifiers of European and Norwegian lists, and what is said in words.

The graph itself is made in `worker`, since its library is heavy.
"""

from collections.abc import Mapping

from babel import Locale
from babel.dates import format_time

from medspiller.catalogue.domain.offers import OpeningTime, Texts
from medspiller.catalogue.domain.outside.values import LANGUAGES
from medspiller.catalogue.domain.vocabulary import ProviderKind

EU = "http://publications.europa.eu/resource/authority"
NORWAY = f"{EU}/country/NOR"
KRONE = f"{EU}/currency/NOK"
COMPLETED = f"{EU}/distribution-status/COMPLETED"
LICENCE = f"{EU}/licence/NLOD_2_0"
# The register of organisations of data.norge.no, which names each by its number.
ORGANISATIONS = "https://organization-catalog.fellesdatakatalog.digdir.no/organizations"
CHANNEL_TYPE = "https://data.norge.no/vocabulary/service-channel-type#"
PUBLISHER_TYPE = "http://purl.org/adms/publishertype/"

# What stands behind an offer, in the European list of sorts of publishers.
PUBLISHER_TYPES = {
    ProviderKind.MUNICIPALITY: f"{PUBLISHER_TYPE}LocalAuthority",
    ProviderKind.HEALTH_TRUST: f"{PUBLISHER_TYPE}RegionalAuthority",
    ProviderKind.STATE: f"{PUBLISHER_TYPE}NationalAuthority",
    ProviderKind.ORGANISATION: f"{PUBLISHER_TYPE}NonProfitOrganisation",
}

# ISO 639-1 → the code of the European list of languages (ISO 639-3).
_LANGUAGES = {
    "no": "NOR", "nb": "NOB", "nn": "NNO", "en": "ENG", "se": "SME", "da": "DAN", "sv": "SWE", "fi": "FIN",
    "de": "DEU", "fr": "FRA", "es": "SPA", "pt": "POR", "it": "ITA", "nl": "NLD", "pl": "POL", "lt": "LIT",
    "lv": "LAV", "et": "EST", "ru": "RUS", "uk": "UKR", "ro": "RON", "bg": "BUL", "hu": "HUN", "el": "ELL",
    "ar": "ARA", "fa": "FAS", "ur": "URD", "tr": "TUR", "ku": "KUR", "ps": "PUS", "so": "SOM", "ti": "TIR",
    "am": "AMH", "sw": "SWA", "vi": "VIE", "th": "THA", "zh": "ZHO", "hi": "HIN", "pa": "PAN", "ta": "TAM",
    "sq": "SQI", "bs": "BOS", "sr": "SRP", "hr": "HRV",
}  # fmt: skip

_CATALOGUE: Mapping[str, tuple[str, str]] = {
    "nb": (
        "Tilbud til pårørende i {owner}",
        "Hjelp og støtte som finnes for pårørende: samtaler, kurs, grupper og mer.",
    ),
    "nn": (
        "Tilbod til pårørande i {owner}",
        "Hjelp og støtte som finst for pårørande: samtalar, kurs, grupper og meir.",
    ),
    "en": ("Support for carers in {owner}", "Help and support for carers: conversations, courses, groups and more."),
}
FREE = {"nb": "Gratis", "nn": "Gratis", "en": "Free of charge"}
_ALL_DAY = {"nb": "hele døgnet", "nn": "heile døgnet", "en": "day and night"}
_EVERY = {"nb": "hver {weeks}. uke", "nn": "kvar {weeks}. veke", "en": "every {weeks} weeks"}


def language_uri(code: str) -> str | None:
    """Return a language in the European list; None for one that we cannot name there."""
    found = _LANGUAGES.get(code)
    return found and f"{EU}/language/{found}"


def catalogue_title(owner: str) -> Texts:
    """Return what a catalogue is called."""
    return {language: title.format(owner=owner) for language, (title, _about) in _CATALOGUE.items()}


def catalogue_about() -> Texts:
    """Return what a catalogue holds."""
    return {language: about for language, (_title, about) in _CATALOGUE.items()}


def times_in_words(times: OpeningTime) -> Texts:
    """Return when it is there, as a sentence in each language."""
    told = {}
    for language in LANGUAGES:
        names = Locale.parse(language).days["format"]["wide"]
        days = ", ".join(names[day - 1] for day in sorted(times.weekdays))
        parts = [days, _clock(times, language)]
        if times.every_weeks > 1:
            parts.append(_EVERY[language].format(weeks=times.every_weeks))
        parts.append((times.note or {}).get(language, ""))
        told[language] = ", ".join(part for part in parts if part)
    return told


def _clock(times: OpeningTime, language: str) -> str:
    if times.opens is None or times.closes is None:
        return _ALL_DAY[language] if times.weekdays else ""
    return "–".join(format_time(each, format="HH:mm", locale=language) for each in (times.opens, times.closes))
