"""What is suggested to somebody who has not asked: nothing for a need that was not named, or for others than them."""

import pytest

from medspiller.catalogue import selectors
from medspiller.catalogue.domain.finding.choosing import Known, for_others, never_guessed
from medspiller.catalogue.domain.vocabulary import Condition, Need, Relation, Situation
from medspiller.catalogue.models import PublishedOffer
from medspiller.catalogue.tests.test_finding_queries import ON

DAUGHTER = Known(exactly=54, relation=Relation.GROWN_CHILD, relations=frozenset({Relation.GROWN_CHILD}))
NEEDS = frozenset(Need)
# Who they are, what they lack, and what is known besides; offers that are among those suggested, and that are not.
DEMO_CASES = {
    "a daughter who needs somebody to talk to": (
        {"relation": Relation.GROWN_CHILD, "exactly": 54, "needs": {Need.SOMEONE_TO_TALK_TO, Need.CHILDREN_AT_HOME}},
        {"samtale-med-parorenderadgiver"},
        {"krisesenter", "vo-linjen", "kriseteamet", "kirkens-sos-krisetelefon", "ektefeller-til-personer-med-demens"},
    ),
    "a daughter whose plan is about dementia": (
        {
            "relation": Relation.GROWN_CHILD, "exactly": 54, "needs": {Need.PEERS, Need.TRAINING_SKILLS},
            "conditions": {Condition.DEMENTIA},
        },
        {"parorendeskole-demens", "kveldsgruppe-voksne-barn"},
        {"ektefeller-til-personer-med-demens", "kurs-rus", "kurs-psykisk-helse", "tid-til-a-vaere-ung"},
    ),
    "a wife who does not sleep": (
        {"relation": Relation.PARTNER, "exactly": 79, "needs": {Need.NIGHT_REST, Need.RESPITE_HOURS, Need.NETWORK}},
        {"nattro", "avlastning-timer-hjemme"},
        {"helgeavlastning-barn", "foreldre-til-ungdom", "krisesenter"},
    ),
    "a mother of a child with many needs": (
        {
            "relation": Relation.PARENT, "exactly": 38, "needs": {Need.COORDINATION, Need.NIGHT_REST},
            "conditions": {Condition.DISABILITY},
        },
        {"barnekoordinator", "helgeavlastning-barn"},
        {"avlastningsopphold", "guide-som-snakker-ditt-sprak"},
    ),
    "a son of fifteen": (
        {"relation": Relation.YOUNG_CHILD, "exactly": 15, "needs": {Need.SOMEONE_TO_TALK_TO, Need.PEERS}},
        {"ungdomsgruppe-13-16"},
        {"barnegruppe-8-12", "samtalegruppe-rus", "sorggruppe-for-barn"},
    ),
    "somebody who has lost their father": (
        {
            "relation": Relation.GROWN_CHILD, "exactly": 41, "needs": {Need.BEREAVEMENT},
            "conditions": {Condition.DEATH}, "situations": {Situation.BEREAVED},
        },
        {"sorggruppe-for-voksne"},
        {"sorggruppe-for-barn", "lub-sorgstotte"},
    ),
    "a parent who wants a plan for when it gets bad": (
        {"relation": Relation.PARENT, "exactly": 50, "needs": {Need.CRISIS_PLAN}},
        {"kriseplan-for-parorende"},
        {"krisesenter", "vo-linjen"},
    ),
}  # fmt: skip


def known(*, relation=None, **given):
    sets = {name: frozenset(value) if isinstance(value, set) else value for name, value in given.items()}
    return Known(relation=relation, relations=frozenset({relation} if relation else ()), **sets)


def suited(reader, somebody):
    return selectors.suited(actor=reader, known=somebody, on=ON)


@pytest.mark.parametrize("case", DEMO_CASES)
def test_the_families_of_the_demo_are_suggested_what_is_for_such_as_them(reader, case):
    given, expected, never = DEMO_CASES[case]

    found = [one.hit.slug for one in suited(reader, known(**given))]

    assert expected <= set(found), found
    assert not never & set(found)


@pytest.mark.parametrize("years", [9, 15, 21, 54, 80])
@pytest.mark.parametrize("relation", Relation)
def test_whoever_it_is_nothing_is_for_others(reader, relation, years):
    for need in Need:
        found = suited(reader, known(relation=relation, exactly=years, needs={need}))
        rows = {row.slug: row for row in PublishedOffer.objects.filter(slug__in=[one.hit.slug for one in found])}
        for one in found:
            bears, row = one.hit.concepts, rows[one.hit.slug]
            of_relations = {each for each in bears if each.startswith("relation:")}
            assert f"need:{need}" in bears
            assert not of_relations or f"relation:{relation}" in of_relations, one.hit.slug
            assert (row.age_from or 0) <= years < (row.age_to or 200), one.hit.slug
            assert any(reason.startswith("need:") for reason in one.reasons)


def test_without_a_need_nothing_is_suggested(reader):
    assert suited(reader, DAUGHTER) == ()


def test_violence_and_loss_are_never_guessed_and_are_there_for_whoever_names_them(reader):
    asked = {Need.SOMEONE_TO_TALK_TO, Need.CRISIS_PLAN}
    of_nobody = {one.hit.slug for one in suited(reader, known(exactly=54, needs=asked))}
    named = known(exactly=54, needs=asked, conditions={Condition.VIOLENCE}, situations={Situation.IN_CRISIS})

    assert not of_nobody & {"krisesenter", "vo-linjen", "nar-noen-har-tatt-livet-sitt"}
    assert {one.hit.slug for one in suited(reader, named)} >= {"krisesenter", "vo-linjen"}


class TestWhatIsNeverGuessed:
    def test_follows_from_the_needs_that_were_named(self):
        assert "kind:crisis" in for_others(DAUGHTER)
        assert not for_others(known(needs={Need.BEREAVEMENT, Need.INTERPRETER}))
        assert "condition:violence" in never_guessed(known(needs=NEEDS))
        assert "condition:addiction" not in never_guessed(known(needs={Need.CRISIS_PLAN}))
        assert "condition:dementia" not in never_guessed(DAUGHTER)
