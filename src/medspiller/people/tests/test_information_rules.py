"""What may be told: every row of the information table, and every case of the fact file that is about it."""

from datetime import date

import pytest

from medspiller.people.domain.roles import Role
from medspiller.people.domain.telling import Case, Circumstance, Consent, Patient, Recipient, Topic, information
from medspiller.people.tests.tellings import AUTUMN, EVERY, asks, forget, patient, put

MUST, NECESSARY = ("must", "full"), ("must", "necessary_only")
MAY, MAY_NECESSARY = ("may", "full"), ("may", "necessary_only")
GENERAL, NO = ("may", "general_only"), ("no", "none")
GIVEN, REFUSED, NOT_ASKED = Consent.GIVEN, Consent.REFUSED, Consent.UNKNOWN
NEAREST, PARENT, OTHER = Role.NAERMESTE, Role.FORELDREANSVAR, Role.PAARORENDE
AGAINST_PARENTS = Circumstance.WEIGHTY_INTEREST_AGAINST_PARENTS
CHILD_REFUSES = Circumstance.CHILD_REFUSES_WITH_REASON
MUST_KNOW = Circumstance.NECESSARY_FOR_PARENTAL_RESPONSIBILITY
DANGER, CONCERN = Circumstance.DANGER_TO_OTHERS, Circumstance.CONCERN_FOR_CHILD_IN_CARE
UNEXPECTED, WEIGHTY = Circumstance.DEATH_UNEXPECTED, Circumstance.WEIGHTY_REASON_AFTER_DEATH
BEFORE_JUNE, JUNE, BEFORE_JULY, JULY = date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 1)

CHILD, TEEN, YOUTH, ACUTE = patient(10), patient(14), patient(17), patient(emergency=True)
NOT_ASSESSED = patient(competent=None, emergency=True)
YOUTH_WITHOUT, WITHOUT, DEAD = patient(17, competent=False), patient(82, competent=False), patient(82, dead=True)


def result(case: Case) -> tuple[str, str, str | None]:
    telling = information(case)
    return telling.answer.value, telling.scope.value, telling.rule


IN_PLACE, OTHER_PARENT, FUTURE = Role.BARNEVERN_OMSORG, Role.SAMVAERSFORELDER, Role.FREMTIDSFULLMEKTIG
THEIR_CHILD, BEFORE_10A = Role.BARN_PAARORENDE, date(2009, 12, 31)

ROWS = [
    ("I1 general", asks(OTHER, topic=Topic.GENERAL), GENERAL, "I1"),
    ("I1 general, whoever asks", asks(topic=Topic.GENERAL), GENERAL, "I1"),
    ("I1 known already", asks(OTHER, already_knows=True), GENERAL, "I1"),
    ("I1 known, against I3", asks(PARENT, about=CHILD, judged=(AGAINST_PARENTS,), already_knows=True), GENERAL, "I1"),
    ("I2 listening", asks(OTHER, topic=Topic.LISTENING), GENERAL, "I2"),
    ("I3 of a small child", asks(PARENT, about=CHILD, judged=(AGAINST_PARENTS,)), NO, "I3"),
    ("I3 at 17, without competence", asks(PARENT, about=YOUTH_WITHOUT, judged=(AGAINST_PARENTS,)), NO, "I3"),
    ("I3 against a nearest parent", asks(PARENT, NEAREST, about=YOUTH_WITHOUT, judged=(AGAINST_PARENTS,)), NO, "I3"),
    ("I3 ends at 18", asks(NEAREST, about=patient(18, competent=False), judged=(AGAINST_PARENTS,)), MUST, "I8"),
    ("I4 from 12", asks(PARENT, about=patient(12), judged=(CHILD_REFUSES,)), NO, "I4"),
    ("I4 not at 11", asks(PARENT, about=patient(11), judged=(CHILD_REFUSES,)), MUST, "I6"),
    ("I4 until 16", asks(PARENT, about=patient(15), judged=(CHILD_REFUSES,)), NO, "I4"),
    ("I5 over I3", asks(PARENT, about=CHILD, judged=(AGAINST_PARENTS, MUST_KNOW)), NECESSARY, "I5"),
    ("I5 over I4", asks(PARENT, about=TEEN, judged=(CHILD_REFUSES, MUST_KNOW)), NECESSARY, "I5"),
    ("I5 over I7", asks(PARENT, about=YOUTH, judged=(MUST_KNOW,)), NECESSARY, "I5"),
    ("I5 takes nothing from I6", asks(PARENT, about=CHILD, judged=(MUST_KNOW,)), MUST, "I6"),
    ("I5 ends at 18", asks(PARENT, about=patient(18), judged=(MUST_KNOW,)), NO, "I14"),
    ("I5 in the parents' place", asks(IN_PLACE, about=TEEN, judged=(CHILD_REFUSES, MUST_KNOW)), NECESSARY, "I5"),
    ("I5 not for the other parent", asks(OTHER_PARENT, about=TEEN, judged=(CHILD_REFUSES, MUST_KNOW)), NO, "I4"),
    ("I6", asks(PARENT, about=patient(15)), MUST, "I6"),
    ("I6 in the parents' place", asks(IN_PLACE, about=CHILD), MUST, "I6"),
    ("I6b the other parent", asks(OTHER_PARENT, about=CHILD), MAY, "I6b"),
    ("I6b refused", asks(OTHER_PARENT, about=CHILD, judged=(AGAINST_PARENTS,)), NO, "I3"),
    ("I6b ends at 16", asks(OTHER_PARENT, about=patient(16)), NO, "I14"),
    ("I7", asks(PARENT, about=YOUTH), NO, "I7"),
    ("I7 from 16", asks(PARENT, about=patient(16)), NO, "I7"),
    ("I7 with a yes", asks(PARENT, about=YOUTH, consent=GIVEN), MAY, "I9b"),
    ("I7 and nearest with a yes", asks(PARENT, NEAREST, about=YOUTH, consent=GIVEN), MUST, "I9"),
    ("I8", asks(NEAREST, about=WITHOUT), MUST, "I8"),
    ("I8 by statute", asks(Role.NAERMESTE_STATUTORY, about=WITHOUT), MUST, "I8"),
    ("I8 at 16", asks(NEAREST, about=patient(16, competent=False)), MUST, "I8"),
    ("I8 not at 15", asks(NEAREST, about=patient(15, competent=False)), NO, "I14"),
    ("I8b the parents decide", asks(PARENT, about=YOUTH_WITHOUT), NECESSARY, "I8b"),
    ("I8b the guardian decides", asks(Role.VERGE_FRATATT, about=WITHOUT), NECESSARY, "I8b"),
    ("I8b the guardian does not decide", asks(Role.VERGE_FRATATT), NO, "I14"),
    ("I8c a mandate that is shown", asks(FUTURE, about=WITHOUT, mandate_covers_health=True), MAY_NECESSARY, "I8c"),
    ("I8c a mandate that is not", asks(FUTURE, about=WITHOUT), NO, "I14"),
    ("I8c the patient decides", asks(FUTURE, mandate_covers_health=True), NO, "I14"),
    ("I9", asks(NEAREST, consent=GIVEN), MUST, "I9"),
    ("I9 in an emergency", asks(NEAREST, about=ACUTE, consent=NOT_ASKED), MUST, "I9"),
    ("I9 in an emergency, not assessed", asks(NEAREST, about=NOT_ASSESSED, consent=NOT_ASKED), MUST, "I9"),
    ("I9 in an emergency, but a no was said", asks(NEAREST, about=ACUTE), NO, "I14"),
    ("I9 not for others in an emergency", asks(OTHER, about=ACUTE), NO, "I14"),
    ("I9b consent frees for anybody", asks(OTHER, consent=GIVEN), MAY, "I9b"),
    ("I9b a friend with no role", asks(consent=GIVEN), MAY, "I9b"),
    ("I9b of a child", asks(OTHER, about=CHILD, consent=GIVEN), MAY, "I9b"),
    ("I9b not by one who cannot", asks(OTHER, about=WITHOUT, consent=GIVEN), NO, "I14"),
    ("I9b by the nearest for one who cannot", asks(OTHER, about=WITHOUT, consent_by_nearest=True), MAY, "I9b"),
    ("I9b never by the nearest for one who can", asks(OTHER, consent_by_nearest=True), NO, "I14"),
    ("I9c the patient's child", asks(THEIR_CHILD, consent=GIVEN), NECESSARY, "I9c"),
    ("I9c the patient's child, before § 10 a", asks(THEIR_CHILD, consent=GIVEN, on=BEFORE_10A), MAY, "I9b"),
    ("I10", asks(NEAREST, judged=(DANGER,)), MUST, "I10"),
    ("I10 not for others", asks(OTHER, judged=(DANGER,)), NO, "I14"),
    ("I11", asks(NEAREST, judged=(CONCERN,)), MUST, "I11"),
    ("I11 not for others", asks(OTHER, judged=(CONCERN,)), NO, "I14"),
    ("I12", asks(NEAREST, about=DEAD, judged=(UNEXPECTED,)), MUST, "I12"),
    ("I12 the bereaved", asks(Role.ETTERLATT, about=DEAD, judged=(UNEXPECTED,)), MUST, "I12"),
    ("I12 the parents of a child", asks(PARENT, about=patient(3, dead=True), judged=(UNEXPECTED,)), MUST, "I12"),
    ("I12 not for others", asks(OTHER, about=DEAD, judged=(UNEXPECTED,)), NO, "I14"),
    ("I13", asks(OTHER, about=DEAD, judged=(WEIGHTY,)), MAY, "I13"),
    ("I13 only of the dead", asks(OTHER, judged=(WEIGHTY,)), NO, "I14"),
    ("I14", asks(OTHER), NO, "I14"),
    ("I14 nobody", asks(), NO, "I14"),
    ("I14 the nearest of one who died as expected", asks(NEAREST, about=DEAD), NO, "I14"),
    ("I14 the bereaved of one who lives", asks(Role.ETTERLATT, judged=(UNEXPECTED,)), NO, "I14"),
    ("I14 relative who pays the bills", asks(Role.LEGAL_REP_ECON, about=WITHOUT), NO, "I14"),
    ("I14 heavy care gives no right", asks(Role.OMSORGSYTER_TYNGENDE, about=WITHOUT), NO, "I14"),
    ("I14 being young and a carer gives no right", asks(Role.UNG_VOKSEN, about=WITHOUT), NO, "I14"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "expected", "rule"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_each_row(case, expected, rule):
    assert result(case) == (*expected, rule)


def test_each_row_of_the_table_is_reached():
    rules = {information(case).rule for _, case, _, _ in ROWS}

    assert rules == {f"I{number}" for number in range(1, 15)} | {"I6b", "I8b", "I8c", "I9b", "I9c"}


@pytest.mark.parametrize("case", [row[1] for row in ROWS], ids=[row[0] for row in ROWS])
def test_each_row_names_every_input_it_rests_on(case):
    told = information(case)

    for name in EVERY:
        if information(forget(case, name)).reach < told.reach:
            assert name in told.conditions
    for judged in case.circumstances:
        if information(put(case, "circumstances", case.circumstances - {judged})).reach < told.reach:
            assert judged.value in told.conditions
    for name in ("mandate_covers_health", "consent_by_nearest"):
        if information(put(case, name, value=False)).reach < told.reach:
            assert name in told.conditions


class TestFactFileCases:
    def test_t1_the_wife_of_one_who_has_not_agreed(self):
        assert result(asks(NEAREST))[:2] == NO

    def test_t2_the_wife_who_knows_already(self):
        assert result(asks(NEAREST, already_knows=True))[:2] == GENERAL
        assert result(asks(NEAREST, topic=Topic.GENERAL))[:2] == GENERAL

    @pytest.mark.parametrize("consent", Consent)
    def test_t3_the_daughter_of_one_who_cannot_decide(self, consent):
        assert result(asks(NEAREST, about=WITHOUT, consent=consent))[:2] == MUST

    @pytest.mark.parametrize("consent", Consent)
    def test_t4_the_son_who_is_not_nearest(self, consent):
        assert result(asks(OTHER, about=WITHOUT, consent=consent))[:2] == NO

    def test_t5_the_girl_of_14(self):
        assert result(asks(PARENT, about=TEEN, judged=(CHILD_REFUSES,)))[:2] == NO

    def test_t6_the_boy_of_15_in_danger(self):
        told = information(asks(PARENT, about=patient(15), judged=(CHILD_REFUSES, MUST_KNOW)))

        assert (told.answer, told.scope) == NECESSARY
        assert "Si til barnet at du gjør det." in told.why.nb

    def test_t7_the_youth_of_17_at_the_doctor(self):
        assert result(asks(PARENT, about=YOUTH))[:2] == NO

    def test_t8_the_girl_of_10(self):
        told = information(asks(PARENT, about=CHILD, consent=NOT_ASKED))

        assert (told.answer, told.scope) == MUST
        assert "Barnet skal også få vite det" in told.why.nb

    @pytest.mark.parametrize(
        ("on", "expected"), [(BEFORE_JUNE, NO), (JUNE, MUST), (BEFORE_JULY, MUST), (JULY, MUST), (AUTUMN, MUST)]
    )
    def test_t10_the_mother_of_one_with_sole_care_of_a_child(self, on, expected):
        told = information(asks(NEAREST, about=patient(35), judged=(CONCERN,), on=on))

        assert (told.answer, told.scope) == expected
        assert "barn" in told.why.nb

    def test_t11_the_ordinary_verge(self):
        assert result(asks(Role.VERGE))[:2] == NO
        assert result(asks(Role.VERGE, about=WITHOUT, consent=NOT_ASKED))[:2] == NO


class TestLawsOfTheDay:
    @pytest.mark.parametrize(("on", "expected"), [(BEFORE_JUNE, NO), (JUNE, MUST), (BEFORE_JULY, MUST), (JULY, MUST)])
    def test_danger_to_others_counts_from_june_2026(self, on, expected):
        assert result(asks(NEAREST, judged=(DANGER,), on=on))[:2] == expected

    @pytest.mark.parametrize(("on", "paragraph"), [(BEFORE_JUNE, "pbrl § 3-3 (3)"), (JUNE, "pbrl § 3-3 (4)")])
    def test_a_paragraph_is_called_what_it_was_called(self, on, paragraph):
        assert information(asks(NEAREST, about=DEAD, judged=(UNEXPECTED,), on=on)).law == (paragraph, "pbrl § 3-2")

    @pytest.mark.parametrize(
        ("on", "nb", "nn"),
        [
            (BEFORE_JUNE, "samtykkekompetanse", "samtykkekompetanse"),
            (JUNE, "beslutningskompetanse", "avgjerdskompetanse"),
        ],
    )
    def test_competence_has_the_word_of_its_day(self, on, nb, nn):
        why = information(asks(NEAREST, about=WITHOUT, on=on)).why

        assert nb in why.nb
        assert nn in why.nn

    @pytest.mark.parametrize(("on", "named"), [(date(2025, 12, 31), False), (date(2026, 1, 1), True)])
    def test_foster_parents_are_told_of_from_2026(self, on, named):
        why = information(asks(IN_PLACE, about=CHILD, on=on)).why

        assert ("fosterhjemmet eller institusjonen" in why.nb) is named

    def test_before_the_laws_nothing_is_known(self):
        told = information(asks(NEAREST, about=WITHOUT, on=date(2000, 12, 31)))

        assert (told.answer.value, told.rule, told.law, told.missing) == ("unknown", None, (), ())

    def test_from_the_first_day_of_the_laws_there_is_an_answer(self):
        assert result(asks(NEAREST, about=WITHOUT, on=date(2001, 1, 1)))[:2] == MUST

    def test_listening_was_never_forbidden(self):
        assert result(asks(OTHER, topic=Topic.LISTENING, on=date(1990, 1, 1)))[:2] == GENERAL


class TestNotKnown:
    def test_consent_of_one_who_decides_alone(self):
        told = information(asks(NEAREST, consent=NOT_ASKED, judged=(CHILD_REFUSES,)))

        assert (told.answer.value, told.scope.value, told.rule) == ("unknown", "none", "I9")
        assert told.law == ("pbrl § 3-3 (1)",)
        assert told.missing == ("consent",)

    @pytest.mark.parametrize("unknown", ["age", "dead", "competent", "emergency"])
    def test_of_a_patient_is_named_if_it_decides(self, unknown):
        known = {"age": 40, "dead": False, "competent": True, "emergency": False} | {unknown: None}
        consent = GIVEN if unknown in {"age", "dead"} else NOT_ASKED if unknown == "emergency" else REFUSED
        role = PARENT if unknown == "age" else NEAREST

        assert unknown in information(asks(role, about=Patient(**known), consent=consent)).missing

    def test_age_of_an_adult_matters_to_parents_only(self):
        assert information(asks(NEAREST, about=patient(age=None, competent=False))).missing == ("age",)
        assert information(asks(OTHER, about=patient(age=None))).missing == ()

    def test_circumstances_nobody_judged_are_not_the_same_as_none(self):
        case = asks(PARENT, about=CHILD)
        unjudged = Case(case.on, case.patient, case.recipient, case.topic, case.consent, None)

        assert information(case).answer.value == "must"
        assert information(unjudged).answer.value == "unknown"
        assert information(unjudged).missing == ("circumstances",)

    def test_knowing_already_does_not_matter_to_whom_is_told_anyway(self):
        told = information(asks(NEAREST, about=WITHOUT, already_knows=None))

        assert (told.answer, told.scope, told.missing) == (*MUST, ())

    def test_knowing_already_matters_to_whom_is_not_told(self):
        assert information(asks(NEAREST, already_knows=None)).missing == ("already_knows",)

    def test_the_day_matters_where_the_law_changed(self):
        assert information(asks(NEAREST, judged=(CONCERN,), on=None)).missing == ("on",)
        assert information(asks(NEAREST, on=None)).missing == ()

    def test_the_least_is_told_while_more_may_be(self):
        told = information(asks(PARENT, NEAREST, about=YOUTH, consent=NOT_ASKED, judged=(MUST_KNOW,)))

        assert (told.answer, told.scope) == NECESSARY
        assert told.missing == ("consent",)
        assert "om det er gitt samtykke" in told.why.nb

    def test_nothing_at_all(self):
        assert information(Case()).answer.value == "unknown"
        assert information(Case(topic=Topic.GENERAL)).answer.value == "may"

    def test_nothing_but_the_role(self):
        told = information(Case(recipient=Recipient(roles=frozenset({OTHER}))))

        assert told.missing == ("dead", "already_knows", "topic", "circumstances")

    @pytest.mark.parametrize(
        ("role", "about", "rule"),
        [(OTHER, patient(40), "I14"), (PARENT, YOUTH, "I7"), (Role.VERGE, patient(40), "I14")],
    )
    def test_a_yes_that_nobody_knows_of_is_no_yes_for_those_without_a_right(self, role, about, rule):
        told = information(asks(role, about=about, consent=NOT_ASKED))

        assert (told.answer.value, told.rule, told.missing) == ("no", rule, ())


def test_every_answer_says_what_is_always_allowed():
    assert information(asks(OTHER)).always_allowed == ("general", "listening")
