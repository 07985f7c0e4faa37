"""Names: short ones for addresses, units that a plan names in its own way, and titles with years in them."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from medspiller.strategy.domain.vocabulary import SLUG_MOST, TITLE_MOST

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ð": "d", "þ": "th", "ß": "ss"})
_YEARS = re.compile(r"\b(19|20)\d{2}\s*([-–—]|til|to)\s*(19|20)\d{2}\b")
# What plans write before or after the name of a unit and units do not.
_BESIDE = re.compile(r"\b(kommune|enhet|eining|seksjon|avdeling|tjenestested)\w*\b")


def slug_of(title: str, *, taken: Iterable[str] = ()) -> str:
    """
    Return a short name for addresses, with a number where it is taken.

    >>> slug_of("Pårørendestrategi 2021–2025"), slug_of("Plan", taken=["plan"]), slug_of("!?")
    ('parorendestrategi-2021-2025', 'plan-2', 'plan')
    """
    found = re.sub(r"[^a-z0-9]+", "-", _dashed(title)).strip("-")[: SLUG_MOST - 4].strip("-") or "plan"
    known = set(taken)
    number, name = 1, found
    while name in known:
        number += 1
        name = f"{found}-{number}"
    return name


def _dashed(title: str) -> str:
    # A dash between years is a dash also where it is a long one.
    plain = re.sub(r"[‐-―]", "-", title.casefold()).translate(_LETTERS)
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()


def normal(name: str) -> str:
    """
    Return a name without what makes no difference: case, punctuation, and words like *unit*.

    >>> normal("Hjemmebaserte  tjenester, Seksjon Øst") == normal("hjemmebaserte tjenester øst")
    True
    """
    words = re.sub(r"[^\w]+", " ", name.casefold()).strip()
    shorter = " ".join(_BESIDE.sub(" ", words).split())
    return shorter or " ".join(words.split())


def units_named(names: Iterable[str], units: Mapping[UUID, str]) -> dict[str, UUID]:
    """Return for each name the one unit that is called so; a name that fits two units, or none, is not there."""
    known: dict[str, list[UUID]] = {}
    for unit_id, name in units.items():
        known.setdefault(normal(name), []).append(unit_id)
    found = {}
    for name in names:
        fits = known.get(normal(name), [])
        if len(fits) == 1:
            found[name] = fits[0]
    return found


def label_of(text: str) -> str:
    """Return what a measure is called where another is linked to it: its beginning, on one line."""
    return " ".join(text.split())[:TITLE_MOST]


def digest_of(lines: Sequence[str]) -> str:
    """Return what tells a plan from another, whatever its file is called and however its lines are spaced."""
    tidy = (" ".join(line.split()) for line in lines)
    return hashlib.sha256("\n".join(line for line in tidy if line).encode()).hexdigest()


def title_for(title: str, *, from_year: int, to_year: int) -> str:
    """
    Return the title of the next plan: years that stand in it are those of the new one.

    >>> title_for("Strategi for pårørende 2021 – 2025", from_year=2025, to_year=2029)
    'Strategi for pårørende 2025–2029'
    """
    return _YEARS.sub(f"{from_year}–{to_year}", title)
