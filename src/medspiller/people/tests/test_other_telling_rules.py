"""The tables beside information: participation, records, complaints, sharing, and who decides on care."""

from datetime import date

import pytest

from medspiller.people.domain.roles import FACTS, Role
from medspiller.people.domain.telling import (
    Answer,
    Circumstance,
    Complaint,
    Consent,
    ConsentGiver,
    Decider,
    Matter,
    Scope,
    ShorterThanTheLaw,
    Voice,
    complaint,
    complaint_period,
    counts_as_care,
    formal_procedure,
    health_decision,
    participation,
    record_access,
    sharing_for_children,
    who_consents,
)
from medspiller.people.tests.tellings import asks, patient

MUST, MAY, NO, UNKNOWN = Answer.MUST, Answer.MAY, Answer.NO, Answer.UNKNOWN
NEAREST, PARENT, OTHER = Role.NAERMESTE, Role.FORELDREANSVAR, Role.PAARORENDE
BEFORE_JUNE, JUNE, BEFORE_JULY, JULY = date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 1)
CHILD, TEEN, YOUTH_WITHOUT = patient(10), patient(14), patient(17, competent=False)
WITHOUT, DEAD = patient(82, competent=False), patient(82, dead=True)
CHILD_REFUSES = Circumstance.CHILD_REFUSES_WITH_REASON
NECESSARY = Circumstance.NECESSARY_FOR_PARENTAL_RESPONSIBILITY


class TestParticipation:
    @pytest.mark.parametrize(
        ("case", "answer", "rule"),
        [
            (asks(PARENT, about=CHILD), MUST, "P1"),
            (asks(Role.BARNEVERN_OMSORG, about=CHILD), MUST, "P1"),
            (asks(PARENT, about=TEEN, judged=(CHILD_REFUSES,)), NO, "P1"),
            (asks(PARENT, about=TEEN, judged=(CHILD_REFUSES, NECESSARY)), MUST, "P1"),
            (asks(Role.SAMVAERSFORELDER, about=CHILD), MAY, "P1b"),
            (asks(PARENT, about=patient(17)), NO, "P9"),
            (asks(PARENT, about=YOUTH_WITHOUT), MUST, "P3"),
            (asks(NEAREST, about=WITHOUT), MUST, "P3"),
            (asks(OTHER, about=WITHOUT), NO, "P9"),
            (asks(Role.VERGE_FRATATT, about=WITHOUT), MUST, "P3"),
            (asks(NEAREST), NO, "P9"),
            (asks(OTHER, consent=Consent.GIVEN), MAY, "P2"),
            (asks(NEAREST, judged=(Circumstance.DANGER_TO_OTHERS,)), MUST, "P4a"),
            (asks(NEAREST, judged=(Circumstance.CONCERN_FOR_CHILD_IN_CARE,)), MUST, "P4b"),
            (asks(NEAREST, judged=(Circumstance.DANGER_TO_OTHERS,), on=BEFORE_JUNE), NO, "P9"),
            (asks(NEAREST, judged=(Circumstance.DANGER_TO_OTHERS,), on=JUNE), MUST, "P4a"),
            (asks(NEAREST, about=DEAD), NO, "P9"),
        ],
    )
    def test_in_care(self, case, answer, rule):
        told = participation(case)

        assert (told.answer, told.rule) == (answer, rule)

    def test_of_parents_is_no_more_than_what_they_must_know(self):
        told = participation(asks(PARENT, about=TEEN, judged=(CHILD_REFUSES, NECESSARY)))

        assert told.scope is Scope.NECESSARY_ONLY

    def test_waits_for_the_wish_of_the_patient(self):
        told = participation(asks(NEAREST, consent=Consent.UNKNOWN))

        assert (told.answer, told.missing) == (UNKNOWN, ("consent",))

    @pytest.mark.parametrize(
        ("matter", "role", "consent", "answer"),
        [
            (Matter.OWN_SUPPORT, Role.OMSORGSYTER_TYNGENDE, Consent.REFUSED, MUST),
            (Matter.OWN_SUPPORT, NEAREST, Consent.GIVEN, NO),
            (Matter.INDIVIDUAL_PLAN, OTHER, Consent.GIVEN, MAY),
            (Matter.INDIVIDUAL_PLAN, NEAREST, Consent.REFUSED, NO),
            (Matter.COERCION_IN_MENTAL_HEALTH_CARE, NEAREST, Consent.REFUSED, MUST),
            (Matter.COERCION_IN_MENTAL_HEALTH_CARE, OTHER, Consent.REFUSED, NO),
            (Matter.COERCION_FOR_DISABLED, OTHER, Consent.REFUSED, MUST),
            (Matter.COERCION_FOR_DISABLED, Role.VERGE, Consent.REFUSED, MUST),
            (Matter.COERCION_FOR_DISABLED, Role.ETTERLATT, Consent.REFUSED, NO),
        ],
    )
    def test_in_other_matters(self, matter, role, consent, answer):
        assert participation(asks(role, consent=consent), matter).answer is answer

    @pytest.mark.parametrize(("on", "law"), [(BEFORE_JUNE, "pbrl § 3-1 (4)"), (JUNE, "pbrl § 3-1 (5)")])
    def test_the_wish_stood_in_another_paragraph(self, on, law):
        assert participation(asks(OTHER, consent=Consent.GIVEN, on=on)).law == (law,)


class TestRecordAccess:
    @pytest.mark.parametrize(
        ("case", "answer", "rule"),
        [
            (asks(NEAREST, about=WITHOUT), MUST, "I8"),
            (asks(OTHER, about=WITHOUT), NO, "I14"),
            (asks(PARENT, about=CHILD), MUST, "I6"),
            (asks(PARENT, about=TEEN, judged=(CHILD_REFUSES,)), NO, "I4"),
            (asks(PARENT, about=patient(17)), NO, "I7"),
            (asks(Role.SAMVAERSFORELDER, about=CHILD), NO, "R3"),
            (asks(Role.BARN_PAARORENDE, consent=Consent.GIVEN), NO, "R3"),
            (asks(NEAREST, about=DEAD), MUST, "R1"),
            (asks(Role.ETTERLATT, about=DEAD), MUST, "R1"),
            (asks(PARENT, about=patient(3, dead=True)), MUST, "R1"),
            (asks(OTHER, about=DEAD), NO, "R3"),
            (asks(OTHER, about=DEAD, judged=(Circumstance.WEIGHTY_REASON_AFTER_DEATH,)), MAY, "R2"),
            (asks(Role.BARN_ETTERLATT, about=DEAD), NO, "R3"),
        ],
    )
    def test_follows_information_and_outlives_the_patient(self, case, answer, rule):
        told = record_access(case)

        assert (told.answer, told.rule) == (answer, rule)

    def test_t9_says_that_special_reasons_can_close_it(self):
        told = record_access(asks(NEAREST, about=DEAD))

        assert told.law == ("pbrl § 5-1 (5)", "hpl § 24")
        assert "særlige grunner" in told.why.nb

    def test_what_is_known_already_opens_no_record(self):
        assert record_access(asks(OTHER, already_knows=True)).answer is NO

    def test_names_both_paragraphs(self):
        assert record_access(asks(NEAREST, about=WITHOUT)).law == ("pbrl § 5-1 (4)", "pbrl § 3-3 (2)")


class TestComplaint:
    @pytest.mark.parametrize(
        ("about", "case", "answer"),
        [
            (Complaint.PATIENT_RIGHTS, asks(Role.FULLMEKTIG), MAY),
            (Complaint.PATIENT_RIGHTS, asks(PARENT, about=CHILD), MAY),
            (Complaint.PATIENT_RIGHTS, asks(PARENT, about=patient(17)), NO),
            (Complaint.PATIENT_RIGHTS, asks(PARENT, about=YOUTH_WITHOUT), MAY),
            (Complaint.PATIENT_RIGHTS, asks(Role.VERGE_FRATATT, about=WITHOUT), MAY),
            (Complaint.PATIENT_RIGHTS, asks(NEAREST, about=WITHOUT), NO),
            (Complaint.OWN_RIGHTS, asks(NEAREST), MAY),
            (Complaint.OWN_RIGHTS, asks(PARENT, about=CHILD), MAY),
            (Complaint.OWN_RIGHTS, asks(Role.SAMVAERSFORELDER, about=CHILD), MAY),
            (Complaint.OWN_RIGHTS, asks(Role.ETTERLATT, about=DEAD), MAY),
            (Complaint.OWN_RIGHTS, asks(OTHER), NO),
            (Complaint.OWN_SUPPORT, asks(Role.OMSORGSYTER_TYNGENDE), MAY),
            (Complaint.SUPERVISION, asks(NEAREST, about=DEAD), MAY),
            (Complaint.SUPERVISION, asks(NEAREST, about=WITHOUT), MAY),
            (Complaint.SUPERVISION, asks(NEAREST, about=YOUTH_WITHOUT), NO),
            (Complaint.SUPERVISION, asks(NEAREST), NO),
            (Complaint.SERIOUS_EVENT, asks(NEAREST), MAY),
            (Complaint.SERIOUS_EVENT, asks(OTHER), NO),
            (Complaint.OMBUD, asks(), MAY),
        ],
    )
    def test_who_may(self, about, case, answer):
        assert complaint(case, about).answer is answer

    def test_t12_four_weeks_after_the_letter(self):
        period = complaint_period(known_from=date(2026, 10, 1))

        assert period.last_day == date(2026, 10, 29)
        assert date(2026, 10, 29) in period
        assert date(2026, 10, 30) not in period

    @pytest.mark.parametrize(
        ("known_from", "last"),
        [
            (date(2028, 2, 1), date(2028, 2, 29)),
            (date(2026, 12, 4), date(2027, 1, 1)),
            (date(2026, 3, 1), date(2026, 3, 29)),
        ],
    )
    def test_counts_days_over_leap_days_years_and_summer_time(self, known_from, last):
        assert complaint_period(known_from=known_from).last_day == last

    def test_may_be_given_longer_never_less(self):
        assert complaint_period(known_from=date(2026, 10, 1), days=42).last_day == date(2026, 11, 12)
        with pytest.raises(ShorterThanTheLaw) as refused:
            complaint_period(known_from=date(2026, 10, 1), days=21)
        assert refused.value.days == 21

    @pytest.mark.parametrize(("days", "answer"), [(10, NO), (14, NO), (15, MUST), (None, UNKNOWN)])
    def test_t15_more_than_two_weeks_needs_a_formal_decision(self, days, answer):
        assert formal_procedure(expected_days=days).answer is answer


class TestSharingForChildren:
    @pytest.mark.parametrize(
        ("on", "objects", "answer"),
        [
            (date(2009, 12, 31), False, NO),
            (date(2010, 1, 1), False, MAY),
            (BEFORE_JULY, False, MAY),
            (BEFORE_JULY, True, NO),
            (BEFORE_JULY, None, UNKNOWN),
            (JULY, False, MAY),
            (JULY, True, UNKNOWN),
            (JULY, None, UNKNOWN),
        ],
    )
    def test_on_both_sides_of_july_2026(self, on, objects, answer):
        assert sharing_for_children(on=on, patient_objects=objects).answer is answer

    def test_moved_to_another_paragraph_in_july_2026(self):
        before = sharing_for_children(on=BEFORE_JULY, patient_objects=False)
        after = sharing_for_children(on=JULY, patient_objects=False)

        assert before.law == ("hpl § 25 (3)", "hpl § 10 a")
        assert after.law == ("hpl § 28 (1) f", "hpl § 29")
        assert before.scope is after.scope is Scope.NECESSARY_ONLY

    @pytest.mark.parametrize("objects", [True, False, None])
    def test_says_what_counsel_has_yet_to_confirm(self, objects):
        told = sharing_for_children(on=JULY, patient_objects=objects)

        assert told.reservation is not None
        assert "Ikke bekreftet av jurist" in told.reservation.nb
        assert sharing_for_children(on=BEFORE_JULY, patient_objects=objects).reservation is None

    @pytest.mark.parametrize(("on", "answer"), [(date(2017, 12, 31), NO), (date(2018, 1, 1), MAY)])
    def test_covers_siblings_from_2018(self, on, answer):
        assert sharing_for_children(on=on, patient_objects=False, for_sibling=True).answer is answer


@pytest.mark.parametrize(
    ("about", "giver"),
    [
        (patient(11), ConsentGiver.PARENTS),
        (patient(12), ConsentGiver.PARENTS_OR_CHILD),
        (patient(16), ConsentGiver.PATIENT),
        (patient(16, competent=False), ConsentGiver.NEAREST),
        (patient(40, competent=None), ConsentGiver.NOT_KNOWN),
        (patient(None), ConsentGiver.NOT_KNOWN),
    ],
)
def test_whose_consent_frees(about, giver):
    assert who_consents(about) is giver


class TestHealthDecision:
    @pytest.mark.parametrize(
        ("about", "parents_may_know", "decider", "voice"),
        [
            (patient(6), True, Decider.PARENTS, Voice.IF_ABLE_TO_FORM_VIEWS),
            (patient(7), True, Decider.PARENTS, Voice.HEARD),
            (patient(12), True, Decider.PARENTS, Voice.GREAT_WEIGHT),
            (patient(14), False, Decider.PATIENT, Voice.DECIDES),
            (patient(11), False, Decider.PROVIDER_STRICTLY_NECESSARY, Voice.HEARD),
            (patient(14), None, Decider.NOT_KNOWN, Voice.GREAT_WEIGHT),
            (patient(16), True, Decider.PATIENT, Voice.DECIDES),
            (patient(17, competent=False), True, Decider.PARENTS, Voice.GREAT_WEIGHT),
            (patient(18), True, Decider.PATIENT, None),
            (patient(18, competent=False), True, Decider.PROVIDER, None),
            (patient(18, competent=None), True, Decider.NOT_KNOWN, None),
            (patient(None), True, Decider.NOT_KNOWN, None),
        ],
    )
    def test_by_age(self, about, parents_may_know, decider, voice):
        decision = health_decision(about, parents_may_know=parents_may_know)

        assert (decision.decider, decision.voice) == (decider, voice)

    def test_of_one_deprived_of_capacity_is_the_guardians_only_if_need_be(self):
        assert health_decision(patient(40, competent=False), deprived_of_capacity=True).decider is Decider.GUARDIAN
        assert health_decision(patient(40), deprived_of_capacity=True).decider is Decider.PATIENT

    @pytest.mark.parametrize("age", [17, 40])
    def test_is_never_carried_out_over_resistance(self, age):
        assert health_decision(patient(age, competent=False)).over_resistance is False


@pytest.mark.parametrize(("age", "counts"), [(16, False), (17, False), (18, True), (None, None)])
def test_t14_a_child_never_counts_as_care(age, counts):
    assert counts_as_care(carer_age=age) is counts


def test_every_role_is_named_in_every_language_and_says_how_it_is_gained():
    assert set(FACTS) == set(Role)
    for facts in FACTS.values():
        assert all((facts.name.nb, facts.name.nn, facts.name.en, facts.gained.nb, facts.gained.nn, facts.gained.en))
