"""What may be told, from what is stored: competence per matter, circumstances, ages, days that are past."""

from datetime import timedelta

import pytest

from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.core.errors import NotAllowed
from medspiller.people import selectors, services
from medspiller.people.domain.circumstances import AlreadyEnded, Circumstance, CircumstanceDetails, JudgementInvalid
from medspiller.people.domain.competence import CompetenceDetails
from medspiller.people.domain.consents import ConsentDetails, ConsentTopic, Obtained
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role
from medspiller.people.domain.telling import Answer
from medspiller.people.domain.told import ToldNoMore
from medspiller.people.tests import factories

STAY = CompetenceDetails(matter="Korttidsopphold", competent=False, reason="Husker ikke hva det gjelder.")
NOW = clock.now()


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care)


def family(house, *, age=82, role=Role.NAERMESTE):
    """A patient of that age whom the home care follows up, and one carer with a role."""
    born = clock.today().replace(day=1) - timedelta(days=int(365.25 * age) + 40)
    patient = factories.make_person("Oddny", birth_date=born)
    factories.involve(patient, house.home_care)
    carer = factories.make_person("Kari", birth_date=None)
    relation = factories.relate(patient, carer, RelationKind.OTHER_FAMILY)
    factories.give_role(relation, patient=patient, carer=carer, role=role)
    return patient, carer


def telling(nurse, patient, carer, **asked):
    return selectors.tellings(actor=nurse, patient_id=patient.id, **asked).of(carer.id)


class TestCompetence:
    def test_is_presumed_and_lost_in_one_matter_only(self, nurse, house):
        patient, carer = family(house)
        services.decide_competence(actor=nurse, patient_id=patient.id, details=STAY)

        found = telling(nurse, patient, carer)

        assert (found.general.presumed, found.health.missing) == (True, ("consent",))
        assert [(each.decision.matter, each.health.rule) for each in found.in_matters] == [("Korttidsopphold", "I8")]
        assert found.in_matters[0].participation.answer is Answer.MUST
        assert found.in_matters[0].record_access.answer is Answer.MUST

    def test_overdue_for_review_is_not_known_and_ended_is_presumed_again(self, nurse, house):
        patient, carer = family(house)
        decision = services.decide_competence(actor=nurse, patient_id=patient.id, details=STAY)

        with clock.frozen(clock.now() + timedelta(days=200)):
            assert "competent" in telling(nurse, patient, carer).in_matters[0].health.missing
        services.end_competence(actor=nurse, decision_id=decision.id, reason="Hun er frisk igjen.")
        assert telling(nurse, patient, carer).in_matters == ()
        with pytest.raises(AlreadyEnded):
            services.end_competence(actor=nurse, decision_id=decision.id, reason="Igjen.")

    def test_of_the_same_matter_is_one_at_a_time(self, nurse, house):
        patient, carer = family(house)
        for _time in range(2):
            services.decide_competence(actor=nurse, patient_id=patient.id, details=STAY)

        assert len(telling(nurse, patient, carer).in_matters) == 1

    def test_lets_the_nearest_consent_to_sharing_and_nobody_is_asked_who_can(self, nurse, house):
        patient, _carer = family(house)
        friend = factories.make_person("Venn")
        factories.relate(patient, friend, RelationKind.FRIEND)
        services.decide_competence(actor=nurse, patient_id=patient.id, details=STAY)
        details = ConsentDetails(
            topics=frozenset({ConsentTopic.HEALTH}),
            to_person_id=friend.id,
            obtained=Obtained.BY_REPRESENTATIVE,
            obtained_note="Datteren sa det.",
        )
        services.give_consent(actor=nurse, owner_id=patient.id, details=details)

        found = telling(nurse, patient, friend)

        assert found.in_matters[0].health.rule == "I9b"
        assert not found.health.reach


class TestCircumstances:
    def test_of_an_emergency_hold_for_whom_they_were_judged_and_through_the_next_day(self, nurse, house):
        patient, carer = family(house)
        other = factories.make_person("Venn")
        relation = factories.relate(patient, other, RelationKind.FRIEND)
        factories.give_role(relation, patient=patient, carer=other, role=Role.NAERMESTE)
        services.judge_circumstance(
            actor=nurse,
            patient_id=patient.id,
            recipient_id=carer.id,
            details=CircumstanceDetails(Circumstance.SITUATION_CALLS_FOR_IT, "Bevisstløs etter fallet."),
        )

        assert telling(nurse, patient, carer).health.rule == "I9"
        assert not telling(nurse, patient, other).health.reach
        with clock.frozen(clock.now() + timedelta(days=2)):
            assert not telling(nurse, patient, carer).health.reach

    def test_that_parents_are_not_told_of_are_withheld_in_the_log(self, nurse, house):
        patient, parent = family(house, age=14, role=Role.FORELDREANSVAR)
        assert telling(nurse, patient, parent).health.rule == "I6"
        refusal = CircumstanceDetails(Circumstance.CHILD_REFUSES_WITH_REASON, "Det gjelder prevensjon.")
        services.judge_circumstance(actor=nurse, patient_id=patient.id, details=refusal)

        assert telling(nurse, patient, parent).health.rule == "I4"
        entries = AccessEntry.objects.filter(information__contains=["kept_from_parents"])
        assert {each.withheld for each in entries} == {"person_and_representatives"}
        assert {each.kind for each in entries} == {"read", "write"}

    @pytest.mark.parametrize(
        ("details", "problem"),
        [
            (CircumstanceDetails(Circumstance.DANGER_TO_OTHERS, " "), "reason"),
            (CircumstanceDetails(Circumstance.CHILD_REFUSES_WITH_REASON, "Nei."), "code"),
            (CircumstanceDetails(Circumstance.DEATH_UNEXPECTED, "Brått."), "code"),
            (
                CircumstanceDetails(Circumstance.SITUATION_CALLS_FOR_IT, "Akutt.", clock.today() + timedelta(days=5)),
                "review_on",
            ),
        ],
    )
    def test_refuse_what_cannot_be(self, nurse, house, details, problem):
        patient, _carer = family(house)

        with pytest.raises(JudgementInvalid) as refused:
            services.judge_circumstance(actor=nurse, patient_id=patient.id, details=details)

        assert list(refused.value.problems) == [problem]


class TestTellings:
    def test_a_consent_by_parents_ends_at_sixteen(self, nurse, house):
        patient, _carer = family(house, age=15, role=Role.FORELDREANSVAR)
        aunt = factories.make_person("Tante")
        factories.relate(patient, aunt, RelationKind.OTHER_FAMILY)
        details = ConsentDetails(
            topics=frozenset({ConsentTopic.HEALTH}),
            to_person_id=aunt.id,
            obtained=Obtained.BY_PARENTS,
            obtained_note="Mor og far.",
        )
        services.give_consent(actor=nurse, owner_id=patient.id, details=details)

        assert telling(nurse, patient, aunt).health.reach
        with clock.frozen(clock.now() + timedelta(days=366)):
            assert not telling(nurse, patient, aunt).health.reach

    def test_on_a_day_that_is_past_answer_by_what_held_then(self, nurse, house):
        patient, carer = family(house)
        services.decide_competence(actor=nurse, patient_id=patient.id, details=STAY)
        yesterday = clock.now() - timedelta(days=1)

        assert telling(nurse, patient, carer, at=yesterday).in_matters == ()
        with pytest.raises(Exception, match="carer"):
            telling(nurse, patient, carer, at=clock.now() - timedelta(days=2000))

    def test_are_not_for_a_unit_that_only_has_the_telephone_number(self, house):
        patient, carer = family(house)
        factories.involve(patient, house.carers, basis=InvolvementBasis.EMERGENCY_CONTACT)
        caller = factories.worker(house.tenant_id, house.carers)

        assert selectors.tellings(actor=caller, patient_id=patient.id).carers == ()
        with pytest.raises(NotAllowed, match="not_followed_up"):
            selectors.carer_page(actor=caller, patient_id=patient.id, carer_id=carer.id)

    def test_cost_one_statement_for_a_person_who_is_opened(self, nurse, house, django_assert_num_queries):
        patient, _carer = family(house)
        seen = selectors.person(actor=nurse, person_id=patient.id)

        with django_assert_num_queries(1):
            selectors.tellings(actor=nurse, patient_id=patient.id, seen=getattr(seen, "person", seen))

    def test_what_was_told_is_refused_when_another_rule_decides(self, nurse, house):
        patient, carer = family(house)

        with pytest.raises(ToldNoMore):
            services.record_told(actor=nurse, patient_id=patient.id, carer_id=carer.id, rule="I9")


class TestStatements:
    def test_are_the_owners_page_alone_and_taken_back(self, nurse, house):
        patient, carer = family(house)
        made = services.record_statement(actor=nurse, owner_id=patient.id, text=" Å bo hjemme. ", about_id=carer.id)

        assert [each.text for each in selectors.statements(actor=nurse, owner_id=patient.id)] == ["Å bo hjemme."]
        services.end_statement(actor=nurse, statement_id=made.id)
        assert selectors.statements(actor=nurse, owner_id=patient.id) == []
