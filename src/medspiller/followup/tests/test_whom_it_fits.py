"""What is known of a carer that says which offers are for such as them."""

import pytest

from medspiller.catalogue.domain.vocabulary import Condition, Relation, Situation
from medspiller.followup.domain.whom_it_fits import relations_of, told_by_plans
from medspiller.people.domain.relations import RelationKind


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
    assert told_by_plans(["dementia-carer", "adult-carer"]) == ({Condition.DEMENTIA}, set())
    assert told_by_plans(["bereaved-adult"]) == ({Condition.DEATH}, {Situation.BEREAVED})
    assert told_by_plans([]) == (set(), set())
