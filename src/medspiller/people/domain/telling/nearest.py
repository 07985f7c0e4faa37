"""Who is nearest when the patient can name nobody (pbrl § 1-3 b). A suggestion; a person decides, and writes why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import ADULT
from medspiller.people.domain.sentences import Sentence

# The order the law starts from. Who is not in it can still have the most contact.
_STARTING_ORDER: Mapping[RelationKind, int] = MappingProxyType(
    {
        RelationKind.SPOUSE: 1,
        RelationKind.COHABITANT: 3,
        RelationKind.CHILD: 4,
        RelationKind.PARENT: 5,
        RelationKind.SIBLING: 6,
        RelationKind.GRANDPARENT: 7,
        RelationKind.GRANDCHILD: 8,
        RelationKind.STEP_PARENT: 8,
        RelationKind.STEP_CHILD: 8,
        RelationKind.FOSTER_PARENT: 8,
        RelationKind.FOSTER_CHILD: 8,
        RelationKind.OTHER_FAMILY: 8,
    }
)
_REPRESENTATIVE = 9
_NO_PLACE = 10
# Of these the law takes adults only.
_ADULTS_ONLY = frozenset({RelationKind.CHILD, RelationKind.SIBLING})


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the list that the law starts from: what those in it are to the patient, and if adults only."""

    kinds: tuple[RelationKind, ...]
    adults_only: bool


def starting_order() -> tuple[Place, ...]:
    """
    Return the family's places of the list of pbrl § 1-3 b, the first first. It is a start and no ranking.

    >>> [str(kind) for kind in starting_order()[0].kinds]
    ['spouse', 'registered_partner']
    """
    by_place: dict[int, list[RelationKind]] = {}
    for kind, place in _STARTING_ORDER.items():
        by_place.setdefault(place, []).append(kind)
        if kind is RelationKind.SPOUSE:
            by_place[place].append(RelationKind.REGISTERED_PARTNER)
    return tuple(Place(tuple(kinds), kinds[0] in _ADULTS_ONLY) for _number, kinds in sorted(by_place.items()))


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    Somebody who could be nearest.

    `kind` is what they are to the patient; a registered partner is a spouse. `contact_days` is on
    how many days of the last year there was contact, `lasting` whether it has gone on over time;
    None is *not known*. `represents`: verge or fremtidsfullmektig with the personal area in the mandate.
    """

    key: str
    kind: RelationKind
    age: int | None = None
    contact_days: int | None = None
    lasting: bool | None = None
    represents: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """
    Where the law starts, and who has the most lasting and continuous contact.

    `starting_point` and `most_contact` are keys; `most_contact` is None while it cannot be said.
    `too_young` are children and siblings under 18, whom the law leaves out. `missing` are the keys
    of those whose contact or age must be known first. Whoever decides always writes why.
    """

    starting_point: str | None
    most_contact: str | None
    too_young: tuple[str, ...]
    missing: tuple[str, ...]
    why: Sentence

    @property
    def list_and_contact_agree(self) -> bool:
        return self.most_contact is not None and self.most_contact == self.starting_point


_NOBODY = Sentence(
    "Ingen av dem som er registrert, kan være nærmeste pårørende etter loven. Bruk annet kvalifisert helsepersonell "
    "der loven krever en nærmeste.",
    "Ingen av dei som er registrerte, kan vere næraste pårørande etter lova. Bruk anna kvalifisert helsepersonell "
    "der lova krev ein næraste.",
    "None of those registered can be the nearest by law. Use other qualified health personnel where the law asks for "
    "a nearest.",
)
_NOT_KNOWN = Sentence(
    "Finn ut hvem som har mest varig og løpende kontakt. Listen i loven er bare et sted å begynne.",
    "Finn ut kven som har mest varig og løpande kontakt. Lista i lova er berre ein stad å byrje.",
    "Find out who has the most lasting and continuous contact. The list in the law is only a place to start.",
)
_AGREE = Sentence(
    "Den som står først på listen, har også mest varig og løpende kontakt. Vurder om det stemmer, og skriv hvorfor.",
    "Den som står først på lista, har òg mest varig og løpande kontakt. Vurder om det stemmer, og skriv kvifor.",
    "The one first on the list also has the most lasting and continuous contact. Assess whether it is right, and write "
    "why.",
)
_DIFFER = Sentence(
    "En annen enn den som står først på listen, har mest varig og løpende kontakt. Kontakten veier tyngst. Vurder det, "
    "og skriv hvorfor.",
    "Ein annan enn den som står først på lista, har mest varig og løpande kontakt. Kontakten veg tyngst. Vurder det, "
    "og skriv kvifor.",
    "Somebody other than the first on the list has the most lasting and continuous contact. Contact weighs most. "
    "Assess it, and write why.",
)


def suggest_nearest(candidates: Sequence[Candidate]) -> Suggestion:
    """
    Suggest who is nearest to a patient who can name nobody.

    Contact that lasts goes before contact that does not, then the number of days, then the order
    of the law. A contact that is not known may be the greatest, so it keeps the answer open.
    """
    too_young = tuple(one.key for one in candidates if _is_too_young(one))
    eligible = [one for one in candidates if not _is_too_young(one)]
    missing = tuple(one.key for one in eligible if _is_open(one))
    listed = sorted((one for one in eligible if _place(one) < _NO_PLACE), key=_place)
    start = listed[0].key if listed else None
    if not eligible:
        return Suggestion(None, None, too_young, (), _NOBODY)
    in_contact = [one for one in eligible if one.contact_days]
    if missing or not in_contact:
        return Suggestion(start, None, too_young, missing, _NOT_KNOWN)
    most = min(in_contact, key=lambda one: (not one.lasting, -(one.contact_days or 0), _place(one)))
    return Suggestion(start, most.key, too_young, (), _AGREE if most.key == start else _DIFFER)


def _place(candidate: Candidate) -> int:
    return _STARTING_ORDER.get(candidate.kind, _REPRESENTATIVE if candidate.represents else _NO_PLACE)


def _is_too_young(candidate: Candidate) -> bool:
    return candidate.kind in _ADULTS_ONLY and candidate.age is not None and candidate.age < ADULT


def _is_open(candidate: Candidate) -> bool:
    """Say whether something about a candidate is not known that could make them nearest."""
    if candidate.contact_days == 0:
        return False
    unsure_age = candidate.kind in _ADULTS_ONLY and candidate.age is None
    return candidate.contact_days is None or candidate.lasting is None or unsure_age
