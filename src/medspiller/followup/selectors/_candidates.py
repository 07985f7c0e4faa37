"""What could be suggested to a carer, and why: rights from what is known of them, offers from what they lack."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.catalogue import selectors as catalogue
from medspiller.catalogue.domain.finding.choosing import Known
from medspiller.catalogue.domain.vocabulary import Need, Relation, Situation
from medspiller.core import clock
from medspiller.followup import policies
from medspiller.followup.domain.files import FileKind
from medspiller.followup.domain.suggesting import SuggestionKind, reasons_for_right
from medspiller.followup.domain.whom_it_fits import ADULTS_AT_LEAST, relations_of, told_by_plans
from medspiller.followup.models import Plan
from medspiller.followup.policies import OpenedFile
from medspiller.pathways import selectors as pathways
from medspiller.pathways.domain.definition import Tells
from medspiller.people import selectors as people
from medspiller.rights import selectors as rights
from medspiller.rights.domain.dialogue import Dialogue
from medspiller.rights.domain.findings import Answer, Finding, find
from medspiller.rights.domain.rulebook import Rulebook

# A list that somebody goes through with a carer: more would hide what fits best.
MOST_RIGHTS = 8
_OURS = frozenset({"", "nb", "nn", "no"})


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
    Return what could be suggested, what fits best first: rights they may have and offers in turn, then rights of which
    it is not known.

    Nothing of whom they care for is looked at but what they are to each other, and what the carer's own plans are
    for. Reading what is known is in the carer's log.
    """
    found = list(_rights(opened, needs)) if opened.file.kind == FileKind.ADULT else []
    sure = [each for each in found if "right:yes" in each.reasons]
    # One and one, so that the first few hold both.
    in_turn = [each for pair in zip_longest(sure, _offers(opened, needs)) for each in pair if each is not None]
    return [*in_turn, *(each for each in found if each not in sure)][: MOST_RIGHTS * 3]


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
    ranked = catalogue.suited(actor=actor, known=_known(opened, needs), on=today) if needs else ()
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


def _known(opened: OpenedFile, needs: Collection[Need]) -> Known:
    years = opened.subject.age(clock.today())
    if years is None and opened.file.kind == FileKind.ADULT:
        years = ADULTS_AT_LEAST
    conditions, situations = told_by_plans(_plans_tell(opened))
    relations = _relations(opened, years)
    # That somebody is one of several things, or only somebody who helps, speaks for no offer by itself.
    telling = relations - {Relation.FRIEND}
    return Known(
        exactly=years,
        relation=next(iter(telling)) if len(relations) == len(telling) == 1 else None,
        relations=relations,
        conditions=conditions,
        situations=situations if opened.subject.language in _OURS else situations | {Situation.ANOTHER_LANGUAGE},
        needs=frozenset(needs),
    )


def _plans_tell(opened: OpenedFile) -> list[Tells]:
    """What the pathways of the carer's open plans say; where a plan's own version did not, a later one may."""
    running = Plan.objects.filter(file=opened.file, closed_at=None).values_list("run_id", flat=True)
    system = actors.system(opened.actor.tenant_id)
    found = pathways.pathways_of(actor=system, run_ids=list(running)).values()
    newest = {each.pin.url: each.tells for each in pathways.pathways(actor=system)} if found else {}
    told = (each.tells or newest.get(each.pin.url) for each in found)
    return [each for each in told if each is not None]


def _relations(opened: OpenedFile, years: int | None) -> frozenset[Relation]:
    """
    What the carer is to whom they care for: the register's words, and nothing else of theirs.

    Who that is may be kept from the reader; then a plan of the carer's tells it, and else it may be anybody around.
    """
    near = people.surroundings(actor=opened.actor, person_id=opened.file.carer_id, action=policies.READ_FILE).near
    about = set(Plan.objects.filter(file=opened.file, closed_at=None).values_list("about_id", flat=True))
    cared_for = [each for each in near if each.cared_for or each.person_id in about]
    return relations_of((each.kinds for each in cared_for or near), years=years)
