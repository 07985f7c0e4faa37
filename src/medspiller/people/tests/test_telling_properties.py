"""What holds for every case, however much or little is known of it."""

from collections.abc import Iterator
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from medspiller.people.domain.roles import NEAREST, Role
from medspiller.people.domain.telling import (
    Answer,
    Case,
    Circumstance,
    Complaint,
    Consent,
    Matter,
    Reach,
    complaint,
    information,
    participation,
    record_access,
)
from medspiller.people.tests.tellings import EVERY, any_cases, forget, known_cases, put

DECIDES_ALONE = 16
names_of_inputs = st.sampled_from(sorted(EVERY))


def every_way_it_can_be(case: Case, names: list[str]) -> Iterator[Case]:
    for values in product(*(EVERY[name] for name in names)):
        full = case
        for name, value in zip(names, values, strict=True):
            full = put(full, name, value)
        yield full


def presumed(case: Case, names: list[str]) -> bool:
    """
    Whether the opposite of an imagined consent is presumed: a yes to the nearest from 16 in an emergency, else a no
    to everybody but them.
    """
    if "consent" not in names:
        return False
    nearest = bool((case.recipient.roles or frozenset()) & NEAREST) and (case.patient.age or 0) >= DECIDES_ALONE
    if nearest:
        return case.consent is Consent.REFUSED and bool(case.patient.emergency)
    return case.consent is Consent.GIVEN


@given(case=any_cases, matter=st.sampled_from(Matter), about=st.sampled_from(Complaint))
@settings(max_examples=100, deadline=None)
def test_every_case_has_an_answer_with_a_reason_in_every_language(case, matter, about):
    answers = [information(case), record_access(case), participation(case, matter), complaint(case, about)]

    for told in answers:
        assert told.why.nb
        assert told.why.nn
        assert told.why.en
        assert "{" not in told.why.nb + told.why.nn + told.why.en
        assert told.law or told.rule is None
        assert (told.reach > Reach.NONE) is (told.answer in {Answer.MUST, Answer.MAY})


@given(case=any_cases)
@settings(max_examples=100, deadline=None)
def test_only_what_is_unknown_is_missing(case):
    unknown = {name for name in EVERY if forget(case, name) == case}

    assert set(information(case).missing) <= unknown


@given(case=known_cases, names=st.lists(names_of_inputs, min_size=1, max_size=2, unique=True))
@settings(max_examples=100, deadline=None)
def test_unknown_is_exactly_when_it_could_turn_out_differently(case, names):
    told = information(forgotten(case, names))

    ways = [full for full in every_way_it_can_be(case, names) if not presumed(full, names)]
    answers = answers_but_idle_knowledge(ways, names)
    assert (told.answer is Answer.UNKNOWN) is (len({answer.answer for answer in answers}) > 1)
    if told.answer is not Answer.UNKNOWN:
        assert {answer.answer for answer in answers} == {told.answer}
        assert told.reach == min(answer.reach for answer in answers)


def forgotten(case: Case, names: list[str]) -> Case:
    for name in names:
        case = forget(case, name)
    return case


def answers_but_idle_knowledge(ways: list[Case], names: list[str]) -> list:
    answers = [(full, information(full)) for full in ways]
    others = [told for full, told in answers if not full.recipient.already_knows]
    if "already_knows" in names and all(told.reach >= Reach.NECESSARY_ONLY for told in others):
        return others
    return [told for _, told in answers]


@given(
    case=known_cases, name=st.sampled_from(sorted(EVERY)), others=st.sets(st.sampled_from(sorted(EVERY)), max_size=2)
)
@settings(max_examples=1000, deadline=None)
def test_a_fact_added_never_widens_what_may_be_told_unless_the_answer_names_it(case, name, others):
    more = forgotten(case, sorted(others - {name}))

    before, after = information(forget(more, name)), information(more)

    # What is told of none of the circumstances rests on their having been judged, and is named so.
    named = {name, *(each.value for each in more.circumstances or ())} if name == "circumstances" else {name}
    assert after.reach <= before.reach or named & after.conditions


@given(case=known_cases)
@settings(max_examples=400, deadline=None)
def test_a_circumstance_or_a_role_more_never_widens_what_may_be_told_unless_the_answer_names_it(case):
    before = information(case)

    for role in Role:
        in_role = information(put(case, "roles", case.recipient.roles | {role}))
        assert in_role.reach <= before.reach or "roles" in in_role.conditions
    for judged in Circumstance:
        so_judged = information(put(case, "circumstances", case.circumstances | {judged}))
        assert so_judged.reach <= before.reach or judged.value in so_judged.conditions


@given(case=known_cases)
def test_a_mandate_and_a_consent_by_the_nearest_widen_only_by_name(case):
    for name in ("mandate_covers_health", "consent_by_nearest"):
        without, having = information(put(case, name, value=False)), information(put(case, name, value=True))

        assert having.reach <= without.reach or name in having.conditions


@given(case=known_cases)
def test_only_a_yes_opens_and_only_a_no_closes(case):
    refused = information(put(case, "consent", Consent.REFUSED))
    agreed = information(put(case, "consent", Consent.GIVEN))

    assert refused.reach <= agreed.reach


@given(case=known_cases)
def test_who_has_no_role_is_told_only_what_is_general_known_consented_or_weighty(case):
    nobody = put(case, "roles", frozenset())

    assert information(nobody).rule in {"I1", "I2", "I9b", "I13", "I14"}
