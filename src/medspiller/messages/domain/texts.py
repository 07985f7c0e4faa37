"""
What notices say. They may be read on a locked screen, over somebody's shoulder, by whoever has the telephone.

So a text names the municipality, a day and the address of the person's own page, and
nothing else: nobody's name, nothing about health, no number to call. Placeholders that are
not in `ALLOWED` are refused when the table is made. Whoever has no page has a private link,
which nobody here knows: the text says that there is one, and speaks of an appointment.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter
from types import MappingProxyType

from medspiller.people.domain.sentences import Sentence

ALLOWED = frozenset({"municipality", "address", "day"})
LANGUAGES = ("nb", "nn", "en")
# One text message in the GSM alphabet.
SMS_LENGTH = 160


class NoticeKind(StrEnum):
    """What a notice is about. A code is stored for good."""

    REGISTERED_AS_CARER = "registered_as_carer"
    AGE_REACHED = "age_reached"
    NEW_ON_MY_PAGE = "new_on_my_page"
    APPOINTMENT_SOON = "appointment_soon"
    APPOINTMENT_CANCELLED = "appointment_cancelled"
    APPOINTMENT_CHANGED = "appointment_changed"
    PLACE_KEPT = "place_kept"


# To whoever gave a contact and has no page of their own: there is nowhere to lead them.
TO_CONTACTS = frozenset(
    {
        NoticeKind.APPOINTMENT_SOON,
        NoticeKind.APPOINTMENT_CANCELLED,
        NoticeKind.APPOINTMENT_CHANGED,
        NoticeKind.PLACE_KEPT,
    }
)


class TellsTooMuch(ValueError):
    """A text asks for something that a notice may not say: a slip in the code."""


class DayMissing(ValueError):
    """A notice of this kind is about a day, and none was given; or one was given to a kind that names none."""


@dataclass(frozen=True, slots=True)
class Template:
    """The text of one kind of notice."""

    kind: NoticeKind
    text: Sentence

    @property
    def names_day(self) -> bool:
        return "day" in placeholders(self.text.nb)


SUBJECT = Sentence(
    nb="Melding fra {municipality}",
    nn="Melding frå {municipality}",
    en="Message from {municipality}",
)

_TEXTS = (
    Template(
        NoticeKind.REGISTERED_AS_CARER,
        Sentence(
            nb="Hei. Du er registrert som kontakt hos {municipality}. Les hva som er registrert: {address}",
            nn="Hei. Du er registrert som kontakt hos {municipality}. Les kva som er registrert: {address}",
            en="Hello. You are registered with {municipality} as a contact. Read what is registered: {address}",
        ),
    ),
    Template(
        NoticeKind.AGE_REACHED,
        Sentence(
            nb="Hei fra {municipality}. Noe endrer seg på siden din {day}. Les mer: {address}",
            nn="Hei frå {municipality}. Noko endrar seg på sida di {day}. Les meir: {address}",
            en="Hello from {municipality}. Something changes on your page on {day}. Read more: {address}",
        ),
    ),
    Template(
        NoticeKind.NEW_ON_MY_PAGE,
        Sentence(
            nb="Hei fra {municipality}. Det er noe nytt å lese på siden din: {address}",
            nn="Hei frå {municipality}. Det er noko nytt å lese på sida di: {address}",
            en="Hello from {municipality}. There is something new to read on your page: {address}",
        ),
    ),
    Template(
        NoticeKind.APPOINTMENT_SOON,
        Sentence(
            nb="Hei fra {municipality}. Du har en avtale {day}. Kan du ikke komme? Bruk lenken du fikk, eller ring.",
            nn="Hei frå {municipality}. Du har ein avtale {day}. Kan du ikkje kome? Bruk lenkja du fekk, eller ring.",
            en="Hello from {municipality}. You have an appointment on {day}. Cannot come? Use your link, or call.",
        ),
    ),
    Template(
        NoticeKind.APPOINTMENT_CANCELLED,
        Sentence(
            nb="Hei fra {municipality}. Avtalen din {day} er avlyst. Les mer på lenken du fikk, eller ring.",
            nn="Hei frå {municipality}. Avtalen din {day} er avlyst. Les meir på lenkja du fekk, eller ring.",
            en="Hello from {municipality}. Your appointment on {day} is cancelled. See your link, or call.",
        ),
    ),
    Template(
        NoticeKind.APPOINTMENT_CHANGED,
        Sentence(
            nb="Hei fra {municipality}. Tid eller sted for en avtale er endret. Se lenken du fikk, eller ring.",
            nn="Hei frå {municipality}. Tid eller stad for ein avtale er endra. Sjå lenkja du fekk, eller ring.",
            en="Hello from {municipality}. The time or place of an appointment has changed. See your link, or call.",
        ),
    ),
    Template(
        NoticeKind.PLACE_KEPT,
        Sentence(
            nb="Hei fra {municipality}. Det er holdt av en plass til deg. Svar på lenken du fikk, eller ring.",
            nn="Hei frå {municipality}. Det er halde av ein plass til deg. Svar på lenkja du fekk, eller ring.",
            en="Hello from {municipality}. A place is kept for you. Answer on the link you got, or call.",
        ),
    ),
)


def placeholders(text: str) -> set[str]:
    """Return the names that a text leaves open."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def table_of(templates: Iterable[Template]) -> Mapping[NoticeKind, Template]:
    """
    Return templates by kind.

    :raises TellsTooMuch: if one asks for more than `ALLOWED`, or differently in two languages, or a kind has two.
    """
    table: dict[NoticeKind, Template] = {}
    for each in templates:
        asked = [placeholders(text) for text in each.text.as_dict().values()]
        if each.kind in table or any(names != asked[0] for names in asked) or not asked[0] <= ALLOWED:
            raise TellsTooMuch(each.kind)
        table[each.kind] = each
    return MappingProxyType(table)


TEMPLATES = table_of(_TEXTS)


def language_of(tag: str) -> str:
    """Return the language that a notice is written in for somebody with this tag; bokmål where we have no other."""
    wanted = tag.lower().replace("_", "-").split("-")[0]
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def ensure_day(kind: NoticeKind, *, has_day: bool) -> None:
    """
    Accept a day exactly where the text names one.

    :raises DayMissing: otherwise.
    """
    if TEMPLATES[kind].names_day is not has_day:
        raise DayMissing(kind)


def text_of(kind: NoticeKind, *, language: str, municipality: str, address: str, day: str = "") -> str:
    """Return the words of a notice, whole. `day` is written as that language writes days."""
    words = TEMPLATES[kind].text.in_language(language)
    return words.format(municipality=municipality, address=address, day=day)


def subject_of(*, language: str, municipality: str) -> str:
    """Return the subject of an e-mail, which says no more than who it is from."""
    return SUBJECT.in_language(language).format(municipality=municipality)
