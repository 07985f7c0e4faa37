"""What is known of a carer that says which offers are for such as them."""

from pathlib import Path

import pytest

from medspiller.catalogue.domain.vocabulary import Condition, Relation, Situation
from medspiller.config import secrets
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.content.domain import loading
from medspiller.followup.domain.whom_it_fits import relations_of, told_by_plans
from medspiller.pathways.domain.definition import Tells
from medspiller.pathways.domain.reading import pathway_in
from medspiller.pathways.domain.vocabulary import CarersSituation, PatientsCondition
from medspiller.people.domain.relations import RelationKind

SHIPPED = Path(secrets.ROOT) / "content" / "no.medspiller.pathways"


@pytest.mark.parametrize(
    ("cared_for", "years", "relations"),
    [
        ([[RelationKind.PARENT]], 54, {Relation.GROWN_CHILD}),
        ([[RelationKind.PARENT]], 15, {Relation.YOUNG_CHILD}),
        ([[RelationKind.PARENT], [RelationKind.STEP_PARENT]], None, {Relation.GROWN_CHILD}),
        ([[RelationKind.SPOUSE], [RelationKind.CHILD]], 40, {Relation.PARTNER, Relation.PARENT}),
        ([[RelationKind.NEIGHBOUR]], 40, {Relation.FRIEND}),
        ([[]], 40, set()),
        ([], 40, set()),
    ],
)
def test_what_a_carer_is_follows_from_what_those_they_care_for_are_to_them(cared_for, years, relations):
    assert relations_of(cared_for, years=years) == relations


def test_a_plan_tells_what_it_is_about_and_one_that_is_for_anybody_tells_nothing():
    dementia = Tells(conditions=frozenset({PatientsCondition.DEMENTIA}))
    death = Tells(frozenset({PatientsCondition.DEATH}), frozenset({CarersSituation.BEREAVED}))

    assert told_by_plans([dementia, Tells()]) == ({Condition.DEMENTIA}, set())
    assert told_by_plans([dementia, death]) == ({Condition.DEMENTIA, Condition.DEATH}, {Situation.BEREAVED})
    assert told_by_plans([]) == (set(), set())


def test_pathways_name_what_they_tell_as_the_catalogue_does():
    assert [each.value for each in PatientsCondition] == [each.value for each in Condition]
    assert [each.value for each in CarersSituation] == [each.value for each in Situation]


def test_every_pathway_that_is_shipped_says_what_it_tells():
    shipped = loading.load(SHIPPED, CONTENT_KINDS).of_kind("pathways")
    told = {each.slug: each.tells for each in map(pathway_in, shipped)}

    assert None not in told.values()
    assert told["dementia-carer"] == Tells(frozenset({PatientsCondition.DEMENTIA}))
    assert told["adult-carer"] == Tells()
