"""What could be suggested to a carer, and why: rights from what is known of them, offers from what they lack."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from medspiller.catalogue import selectors as catalogue
from medspiller.catalogue.domain.finding.choosing import Age, Choice
from medspiller.catalogue.domain.vocabulary import Need, Relation
from medspiller.core import clock
from medspiller.followup import policies
from medspiller.followup.domain.files import FileKind
from medspiller.followup.domain.suggesting import SuggestionKind, reasons_for_right
from medspiller.followup.policies import OpenedFile
from medspiller.people import selectors as people
from medspiller.people.domain.relations import RelationKind
from medspiller.rights import selectors as rights
from medspiller.rights.domain.dialogue import Dialogue
from medspiller.rights.domain.findings import Answer, Finding, find
from medspiller.rights.domain.rulebook import Rulebook

# A list that somebody goes through with a carer: more would hide what fits best.
MOST_RIGHTS = 8
_OURS = frozenset({"", "nb", "nn", "no"})
_AS = {
    RelationKind.SPOUSE: Relation.PARTNER,
    RelationKind.REGISTERED_PARTNER: Relation.PARTNER,
    RelationKind.COHABITANT: Relation.PARTNER,
    RelationKind.CHILD: Relation.PARENT,
    RelationKind.STEP_CHILD: Relation.PARENT,
    RelationKind.FOSTER_CHILD: Relation.PARENT,
    RelationKind.SIBLING: Relation.SIBLING,
    RelationKind.GRANDCHILD: Relation.GRANDPARENT,
    RelationKind.FRIEND: Relation.FRIEND,
}
_PARENTS = frozenset({RelationKind.PARENT, RelationKind.STEP_PARENT, RelationKind.FOSTER_PARENT})
_BANDS = ((13, Age.CHILD), (18, Age.TEENAGER), (26, Age.YOUNG), (67, Age.GROWN_UP))


@dataclass(frozen=True, slots=True)
class Candidate:
    """What could be suggested: what it is called by language, why, and on which figures of the law it rests."""

    kind: SuggestionKind
    target: str
    title: Mapping[str, str]
    reasons: tuple[str, ...]
    rests_on: tuple[str, ...] = ()


def candidates(opened: OpenedFile, needs: Collection[Need]) -> list[Candidate]:
    """
    Return what could be suggested, what fits best first: rights they may have, offers, rights of which it is not known.

    Nothing of whom they care for is looked at but what they are to each other. Reading what is
    known is in the carer's log.
    """
    found = list(_rights(opened, needs)) if opened.file.kind == FileKind.ADULT else []
    sure = [each for each in found if "right:yes" in each.reasons]
    return [*sure, *_offers(opened, needs), *(each for each in found if each not in sure)][: MOST_RIGHTS * 3]


def _rights(opened: OpenedFile, needs: Collection[Need]) -> list[Candidate]:
    actor, carer_id, today = opened.actor, opened.file.carer_id, clock.today()
    rulebook, _pin = rights.rulebook(actor=actor)
    if not rulebook.rights:
        return []
    known = dict(rights.known_of_carer(actor=actor, person_id=carer_id).known)
    told = _told(opened)
    answers = {**known, **(told.answers if told else {})}
    findings = find(rulebook, Dialogue(today, answers=answers).facts(rulebook.facts), on=today)
    found = [
        Candidate(SuggestionKind.RIGHT, each.right, dict(rulebook.rights[each.right].title), reasons, _figures(each))
        for each in findings
        if (reasons := _reasons(rulebook, each, needs, told=told is not None))
    ]
    return sorted(found, key=lambda each: "right:yes" not in each.reasons)[:MOST_RIGHTS]


def _reasons(rulebook: Rulebook, finding: Finding, needs: Collection[Need], *, told: bool) -> tuple[str, ...]:
    if finding.answer not in (Answer.YES, Answer.UNKNOWN):
        return ()
    return reasons_for_right(rulebook.rights[finding.right].kind, finding.answer, needs, told=told)


def _told(opened: OpenedFile) -> Dialogue | None:
    """What the carer has answered themselves and handed over, the newest."""
    actor, carer_id = opened.actor, opened.file.carer_id
    given = rights.handed_over_by(actor=actor, person_id=carer_id)
    if not given:
        return None
    return rights.handed_over(actor=actor, person_id=carer_id, kept_id=given[0][0]).dialogue


def _figures(finding: Finding) -> tuple[str, ...]:
    used = chain.from_iterable((*line.parameters, *line.without_value) for line in finding.lines)
    calculated = chain.from_iterable(line.parameters for amount in finding.amounts for line in amount.calculation)
    return tuple(sorted({*used, *calculated}))


def _offers(opened: OpenedFile, needs: Collection[Need]) -> list[Candidate]:
    actor, today = opened.actor, clock.today()
    years = opened.subject.age(today)
    choice = Choice(
        age=None if years is None else next((band for below, band in _BANDS if years < below), Age.OLD),
        relation=_relation(opened, years),
        needs=frozenset(needs),
    )
    ranked = catalogue.choose(actor=actor, choice=choice, on=today) if needs else ()
    spoken = _spoken(opened, [each.hit.id for each in ranked])
    found = [
        Candidate(
            SuggestionKind.OFFER,
            each.hit.slug,
            dict(each.hit.title),
            (*each.reasons, *(["language"] if each.hit.id in spoken else [])),
        )
        for each in ranked
        if each.hit.closed is None
    ]
    # What is given in the carer's own language stands first; nothing is left out for the want of it.
    return sorted(found, key=lambda each: "language" not in each.reasons)


def _spoken(opened: OpenedFile, offer_ids: Sequence[UUID]) -> frozenset[UUID]:
    language = opened.subject.language
    if language in _OURS or not offer_ids:
        return frozenset()
    rows = catalogue.visible(actor=opened.actor, on=clock.today())
    found = rows.filter(id__in=offer_ids, languages__contains=[language])
    return frozenset(found.values_list("id", flat=True))


def _relation(opened: OpenedFile, years: int | None) -> Relation | None:
    """What the carer is to whom they care for, where that is one: the register's word, and nothing else of theirs."""
    around = people.surroundings(actor=opened.actor, person_id=opened.file.carer_id, action=policies.READ_FILE)
    cared_for = [each for each in around.near if each.cared_for]
    if len(cared_for) != 1:
        return None
    kinds = cared_for[0].kinds
    if _PARENTS.intersection(kinds):
        return Relation.YOUNG_CHILD if years is not None and years < 18 else Relation.GROWN_CHILD
    return next((_AS[kind] for kind in kinds if kind in _AS), None)
