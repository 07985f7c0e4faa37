"""A no: whose yes it ends, that it has no last day, and what goes on of what it does not speak of."""

from datetime import timedelta

import pytest

from medspiller.core import clock, ids
from medspiller.people import selectors, services
from medspiller.people.domain import consents as rules
from medspiller.people.domain.competence import CompetenceDetails
from medspiller.people.domain.consents import (
    ConsentDecision,
    ConsentDetails,
    ConsentInvalid,
    ConsentTopic,
    Obtained,
    OwnerFacts,
)
from medspiller.people.domain.first_talk import Carer, FirstTalk, Patient
from medspiller.people.domain.persons import PersonDetails
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role
from medspiller.people.models import Consent, Person
from medspiller.people.selectors._marks import mark_of
from medspiller.people.services.taking_back import take_back_first_talk
from medspiller.people.tests import factories
from medspiller.people.web.own_forms import OTHER, OwnConsentForm
from medspiller.people.web.wording import PROBLEMS

HEALTH, PLAN = ConsentTopic.HEALTH, ConsentTopic.PLAN
OWN = {Obtained.ORAL, Obtained.WRITTEN, Obtained.ELECTRONIC}
PARENTS, NEAREST = Obtained.BY_PARENTS, Obtained.BY_REPRESENTATIVE
STAY = CompetenceDetails(matter="Korttidsopphold", competent=False, reason="Husker ikke hva det gjelder.")


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care)


@pytest.fixture
def patient(house):
    made = factories.make_person("Oddny", number=factories.ANOTHER_NUMBER)
    factories.involve(made, house.home_care)
    return made


@pytest.fixture
def aunt(patient, house):
    made = factories.make_person("Kari", "Demolund", birth_date=None)
    relation = factories.relate(patient, made, RelationKind.OTHER_FAMILY)
    factories.give_role(relation, patient=patient, carer=made, role=Role.PAARORENDE)
    factories.involve(made, house.home_care)
    return made


def is_now(patient, years):
    born = clock.today() - timedelta(days=int(365.25 * years) + 40)
    Person.objects.filter(id=patient.id).update(birth_date=born)


def cannot_decide(nurse, patient):
    """Let it be decided that she cannot decide in one matter, and let her have a nearest who speaks for her."""
    daughter = factories.make_person("Anna", birth_date=None)
    relation = factories.relate(patient, daughter, RelationKind.OTHER_FAMILY)
    factories.give_role(relation, patient=patient, carer=daughter, role=Role.NAERMESTE)
    return services.decide_competence(actor=nurse, patient_id=patient.id, details=STAY)


def says(decision, nurse, patient, aunt, *topics, by=Obtained.ORAL, **more):
    details = ConsentDetails(
        topics=frozenset(topics or {HEALTH}), to_person_id=aunt.id, decision=decision, obtained=by,
        obtained_note="" if by in OWN else "Sagt på telefon.", **more,
    )  # fmt: skip
    return services.give_consent(actor=nurse, owner_id=patient.id, details=details)


def yes(*said, **more):
    return says(ConsentDecision.GIVEN, *said, **more)


def no(*said, **more):
    return says(ConsentDecision.REFUSED, *said, **more)


def is_live(nurse, consent):
    return selectors.consent_is_live(actor=nurse, consent_id=consent.id)


def telling(nurse, patient, aunt):
    return selectors.tellings(actor=nurse, patient_id=patient.id).of(aunt.id)


class TestWhoseYes:
    @pytest.mark.parametrize(
        ("said_by", "lacks_competence", "ended"),
        [
            *((own, False, {*OWN, PARENTS, NEAREST}) for own in sorted(OWN)),
            *((own, True, {*OWN, PARENTS}) for own in sorted(OWN)),
            (PARENTS, False, {PARENTS}),
            (PARENTS, True, {PARENTS}),
            (NEAREST, False, {NEAREST}),
            (NEAREST, True, {NEAREST}),
        ],
    )
    def test_it_ends(self, said_by, lacks_competence, ended):
        owner = OwnerFacts(age=17, lacks_competence=lacks_competence)

        assert rules.ended_by_a_no(said_by, owner) == ended

    def test_parents_end_not_what_a_seventeen_year_old_has_let(self, nurse, patient, aunt):
        is_now(patient, 17)
        hers = yes(nurse, patient, aunt)

        no(nurse, patient, aunt, by=PARENTS)

        assert is_live(nurse, hers)
        assert telling(nurse, patient, aunt).consent.state == "given"

    def test_a_child_ends_what_parents_have_let(self, nurse, patient, aunt):
        is_now(patient, 15)
        theirs = yes(nurse, patient, aunt, by=PARENTS)

        no(nurse, patient, aunt)

        assert not is_live(nurse, theirs)
        assert telling(nurse, patient, aunt).consent.state == "refused"

    def test_somebody_who_cannot_decide_ends_not_what_the_nearest_has_let(self, nurse, patient, aunt):
        cannot_decide(nurse, patient)
        by_nearest, own = yes(nurse, patient, aunt, by=NEAREST), yes(nurse, patient, aunt)

        no(nurse, patient, aunt)

        assert (is_live(nurse, by_nearest), is_live(nurse, own)) == (True, False)
        assert telling(nurse, patient, aunt).in_matters[0].health.rule == "I9b"

    def test_somebody_who_can_decide_again_ends_that_too(self, nurse, patient, aunt):
        decision = cannot_decide(nurse, patient)
        by_nearest = yes(nurse, patient, aunt, by=NEAREST)
        services.end_competence(actor=nurse, decision_id=decision.id, reason="Hun er frisk igjen.")

        no(nurse, patient, aunt)

        assert not is_live(nurse, by_nearest)

    def test_the_nearest_end_what_they_have_let_and_not_what_the_patient_has(self, nurse, patient, aunt):
        cannot_decide(nurse, patient)
        by_nearest, own = yes(nurse, patient, aunt, by=NEAREST), yes(nurse, patient, aunt)

        no(nurse, patient, aunt, by=NEAREST)

        assert (is_live(nurse, by_nearest), is_live(nurse, own)) == (False, True)


class TestItsEnd:
    def test_is_refused(self, nurse, patient, aunt):
        given = yes(nurse, patient, aunt)

        with pytest.raises(ConsentInvalid) as refused:
            no(nurse, patient, aunt, ends_at=clock.now() + timedelta(days=7))

        assert refused.value.problems == {"ends_at": "of_a_no"}
        assert is_live(nurse, given)

    def test_is_not_given_to_it_later_either(self, nurse, patient, aunt):
        said = no(nurse, patient, aunt, HEALTH, PLAN)

        with pytest.raises(ConsentInvalid):
            services.narrow_consent(
                actor=nurse, consent_id=said.id, topics=frozenset({PLAN}), ends_at=clock.now() + timedelta(days=7)
            )

        said.refresh_from_db()
        assert (said.withdrawn_at, said.ends_at) == (None, None)

    def test_has_words_on_ones_own_page(self):
        typed = {"receiver": f"{OTHER}", "other": "Skolen", "decision": "refused", "topics": ["health"]}
        form = OwnConsentForm({**typed, "last_day": clock.today()}, receivers=[])
        assert form.is_valid()

        form.refuse({"ends_at": "of_a_no"})

        assert form.errors == {"last_day": [str(PROBLEMS["ends_at", "of_a_no"])]}


class TestWhatIsLeft:
    def test_is_gone_through_again_on_the_day_that_was_set(self, nurse, patient, aunt):
        soon = clock.today() + timedelta(days=30)
        yes(nurse, patient, aunt, HEALTH, PLAN, review_on=soon)

        no(nurse, patient, aunt, HEALTH)

        assert Consent.objects.get(decision="given", withdrawn_at=None).review_on == soon

    def test_is_gone_through_on_that_day_when_the_owner_narrows_it(self, nurse, patient, aunt):
        soon = clock.today() + timedelta(days=30)
        given = yes(nurse, patient, aunt, HEALTH, PLAN, review_on=soon)

        less = services.narrow_consent(actor=nurse, consent_id=given.id, topics=frozenset({PLAN}))

        assert less.review_on == soon

    def test_is_gone_through_in_a_year_where_that_day_is_past(self, nurse, patient, aunt):
        given = yes(nurse, patient, aunt, HEALTH, PLAN)
        Consent.objects.filter(id=given.id).update(review_on=clock.today())

        no(nurse, patient, aunt, HEALTH)

        left = Consent.objects.get(decision="given", withdrawn_at=None)
        assert left.review_on == clock.today() + rules.REVIEWED_AFTER


class TestTakenBackWithATalk:
    def talk(self, nurse, house, patient, aunt, *, may_know):
        carer = Carer(
            details=PersonDetails("Kari", "Demolund"), kind=RelationKind.FRIEND, person_id=aunt.id,
            may_know=may_know,
        )  # fmt: skip
        known = Patient(PersonDetails("Oddny", patient.family_name), person_id=patient.id, seen=mark_of(patient.id))
        talk = FirstTalk(key=ids.new_id(), patient=known, carers=(carer,))
        return services.record_first_talk(actor=nurse, unit_id=house.home_care, talk=talk)

    @pytest.mark.parametrize("may_know", [True, False])
    def test_leaves_every_topic_as_it_was(self, nurse, house, patient, aunt, may_know):
        given = yes(nurse, patient, aunt, HEALTH, PLAN)
        row = self.talk(nurse, house, patient, aunt, may_know=may_know)

        take_back_first_talk(actor=nurse, talk_id=row.id)

        found = telling(nurse, patient, aunt).general
        assert (found.case.consent.value, found.wish.consent.value) == ("given", "given")
        assert [each.id for each in selectors.consents(actor=nurse, owner_id=patient.id) if each.live] == [given.id]

    @pytest.mark.parametrize("may_know", [True, False])
    def test_leaves_unknown_what_was_unknown(self, nurse, house, patient, aunt, may_know):
        row = self.talk(nurse, house, patient, aunt, may_know=may_know)
        assert telling(nurse, patient, aunt).consent.state == ("given" if may_know else "refused")

        take_back_first_talk(actor=nurse, talk_id=row.id)

        assert telling(nurse, patient, aunt).consent.state == "unknown"

    def test_nothing_begins_later_that_was_left_of_what_was_to_begin(self, nurse, house, patient, aunt):
        tomorrow = clock.now() + timedelta(days=1)
        ahead = yes(nurse, patient, aunt, HEALTH, PLAN, starts_at=tomorrow)
        row = self.talk(nurse, house, patient, aunt, may_know=False)
        assert Consent.objects.filter(starts_at=tomorrow, withdrawn_at=None).exclude(id=ahead.id).count() == 1

        take_back_first_talk(actor=nurse, talk_id=row.id)

        assert Consent.objects.get(starts_at=tomorrow).id == ahead.id
