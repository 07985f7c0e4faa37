"""Who somebody may be that is about to be registered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.core.encryption import keyed_hash
from medspiller.people import policies
from medspiller.people.domain import duplicates as rules
from medspiller.people.domain.contacts import CONTACT_VALUE, ContactSystem, normal
from medspiller.people.domain.duplicates import Compared, Reason
from medspiller.people.domain.persons import PersonDetails, ProtectedAddress, full_name, looks_like_person_number, tidy
from medspiller.people.domain.searching import Wanted
from medspiller.people.models import ContactPoint
from medspiller.people.selectors._matching import candidates, record, seen_in_order
from medspiller.people.selectors._numbers import with_number
from medspiller.people.selectors.persons import SeenPerson

LIKELY_MOST = 5
# How many of the closest names are compared.
_COMPARED_MOST = 40

_NAMES = """
SELECT person_id, bool_or(name = medspiller_fold(%s)), bool_or(sounds = medspiller_name_sounds(%s)),
    max(similarity(name, medspiller_fold(%s)))
FROM people_searchname WHERE person_id = ANY(%s) GROUP BY person_id
"""


@dataclass(frozen=True, slots=True)
class LikelySame:
    """Somebody who is registered and may be the one that was typed, and what speaks for it."""

    person: SeenPerson
    reasons: tuple[Reason, ...]
    score: int


@dataclass(frozen=True, slots=True)
class Duplicates:
    """
    Who may be meant, the likeliest first.

    `number_is_taken` is whether the person number belongs to somebody whom the actor cannot
    open. Nothing more is told of them: the same is learnt from `AlreadyRegistered`, and
    without it two rows would come to have one number.
    """

    likely: tuple[LikelySame, ...] = ()
    number_is_taken: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.likely and not self.number_is_taken


def possible_duplicates(
    *, actor: Actor, details: PersonDetails, phone: str = "", other_than: Sequence[UUID] = ()
) -> Duplicates:
    """
    Return who may be the person that is about to be registered, `other_than` those who are ruled out already.

    By name, sound and birth date only persons are told of whom the actor may open: that
    somebody with such a name is registered elsewhere is nobody's to learn. The look is in
    the log as a search, and each one shown.

    :raises NotAllowed: if the actor may register nobody anywhere.
    """
    policies.ensure_units(actor, policies.REGISTER_PERSON)
    details = tidy(details)
    name = _looked_for(details)
    number = details.person_number if looks_like_person_number(details.person_number) else ""
    wanted = Wanted(name=name, person_number=number)
    if wanted.is_nobody:
        return Duplicates()
    at = clock.now()
    stands = policies.standing(actor, at=at)
    owner = with_number(number).first() if number else None
    ids = candidates(actor, Wanted(name=name), stands, at=at, limit=_COMPARED_MOST)[0] if name else []
    ids = [each for each in dict.fromkeys([*(owner or ()), *ids]) if each not in other_than]
    seen = seen_in_order(actor, ids, stands, at=at)
    likely = _likely(seen, details, name=name, owner=owner[0] if owner else None, phone=phone)
    record(actor, wanted, [each.person for each in likely], stands)
    is_open = owner is None or owner[0] in other_than or any(each.id == owner[0] for each in seen)
    return Duplicates(likely=tuple(likely), number_is_taken=not is_open)


def likely_same(*, actor: Actor, details: Sequence[PersonDetails], phones: Sequence[str]) -> list[list[LikelySame]]:
    """
    Return who each of several persons may be, who are typed together and without a number.

    As `possible_duplicates` of each, in fewer statements and with one entry of a search in the
    log. Nobody without a whole name is looked for.

    :raises NotAllowed: if the actor may register nobody anywhere.
    """
    policies.ensure_units(actor, policies.REGISTER_PERSON)
    typed = [tidy(each) for each in details]
    names = [_looked_for(each) if each.given_name and each.family_name else "" for each in typed]
    if not any(names):
        return [[] for _each in typed]
    at = clock.now()
    stands = policies.standing(actor, at=at)
    close = {
        name: candidates(actor, Wanted(name=name), stands, at=at, limit=_COMPARED_MOST)[0] for name in {*names} - {""}
    }
    ids = list(dict.fromkeys(each for found in close.values() for each in found))
    seen = {each.id: each for each in seen_in_order(actor, ids, stands, at=at)} if ids else {}
    likely = [
        _likely([seen[each] for each in close[name] if each in seen], details, name=name, owner=None, phone=phone)
        if name
        else []
        for details, name, phone in zip(typed, names, phones, strict=True)
    ]
    shown = {each.person.id: each.person for found in likely for each in found}
    record(actor, Wanted(name=next(filter(None, names))), list(shown.values()), stands)
    return likely


def _looked_for(details: PersonDetails) -> str:
    """The whole name, as the database can be asked for it: what was typed may not have been found right yet."""
    return full_name(details.given_name, details.family_name).replace("\x00", " ").strip()


def _likely(
    seen: Sequence[SeenPerson], details: PersonDetails, *, name: str, owner: UUID | None, phone: str
) -> list[LikelySame]:
    names = _compared_names([each.id for each in seen], name)
    # A protected telephone is not told by a hint either.
    reached = _reached([each.id for each in seen if each.protected_address is ProtectedAddress.NONE], phone)
    found = []
    for each in seen:
        same_name, same_sounds, likeness = names.get(each.id, (False, False, 0.0))
        verdict = rules.compare(
            Compared(
                same_number=each.id == owner,
                same_name=same_name,
                same_sounds=same_sounds,
                likeness=likeness,
                born=details.birth_date,
                other_born=each.birth_date,
                same_phone=each.id in reached,
            )
        )
        if verdict.worth_asking:
            found.append(LikelySame(person=each, reasons=verdict.reasons, score=verdict.score))
    # Stable: of equals, whose name is closest stays first.
    return sorted(found, key=lambda each: -each.score)[:LIKELY_MOST]


def _compared_names(ids: Sequence[UUID], name: str) -> Mapping[UUID, tuple[bool, bool, float]]:
    if not ids or not name:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, [name, name, name, list(ids)])
        return {person_id: (same, sounds, likeness) for person_id, same, sounds, likeness in cursor.fetchall()}


def _reached(ids: Sequence[UUID], phone: str) -> set[UUID]:
    if not ids or not phone:
        return set()
    value = normal(ContactSystem.PHONE, phone)
    hashed = keyed_hash(f"{ContactSystem.PHONE}:{value}", purpose=CONTACT_VALUE)
    rows = ContactPoint.objects.filter(person_id__in=ids, value_hash=hashed, valid_to=None)
    return set(rows.values_list("person_id", flat=True))
