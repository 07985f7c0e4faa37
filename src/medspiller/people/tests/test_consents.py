"""Consents: what may be stored, who may give them, narrowing, withdrawing, papers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import override_settings

from medspiller.access.domain.roles import Role as Post
from medspiller.audit.models import AccessEntry
from medspiller.core import clock, ids
from medspiller.core.errors import NotAllowed, NotFound
from medspiller.people import selectors, services
from medspiller.people.domain import consents as rules
from medspiller.people.domain.consents import (
    AlreadyWithdrawn,
    ConsentDecision,
    ConsentDetails,
    ConsentInvalid,
    ConsentState,
    ConsentTopic,
    HeldConsent,
    NotNarrower,
    Obtained,
    OwnerFacts,
)
from medspiller.people.domain.first_talk import Carer, FirstTalk, Patient
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.need_to_know import Closed
from medspiller.people.domain.persons import PersonDetails
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.scans import FileRefused, media_type
from medspiller.people.models import Consent, ConsentScan
from medspiller.people.selectors._marks import mark_of
from medspiller.people.services.taking_back import take_back_first_talk
from medspiller.people.tests import factories

HEALTH, PLAN, OWN = ConsentTopic.HEALTH, ConsentTopic.PLAN, ConsentTopic.OWN_SITUATION
PDF = b"%PDF-1.7\n1 0 obj\nSamtykke fra Oddny\n%%EOF\n"
NOW = clock.now()
HOUR = timedelta(hours=1)


def held(*, starts=0, ends=None, withdrawn=None, decision=ConsentDecision.GIVEN, number=1):
    """A consent about health with its moments in hours from now."""
    return HeldConsent(
        id=number, topics=frozenset({HEALTH.value}), decision=decision, starts_at=NOW + starts * HOUR,
        ends_at=None if ends is None else NOW + ends * HOUR,
        withdrawn_at=None if withdrawn is None else NOW + withdrawn * HOUR, recorded_at=NOW,
    )  # fmt: skip


class TestTheLastWord:
    @pytest.mark.parametrize(
        ("consents", "state"),
        [
            ([], ConsentState.UNKNOWN),
            ([held()], ConsentState.GIVEN),
            ([held(starts=1)], ConsentState.UNKNOWN),
            ([held(starts=-2, ends=0)], ConsentState.UNKNOWN),
            ([held(starts=-2, ends=1)], ConsentState.GIVEN),
            ([held(starts=-2, withdrawn=0)], ConsentState.REFUSED),
            ([held(starts=-2, withdrawn=1)], ConsentState.GIVEN),
            ([held(starts=-2), held(decision=ConsentDecision.REFUSED, number=2)], ConsentState.REFUSED),
            ([held(decision=ConsentDecision.REFUSED), held(number=2)], ConsentState.REFUSED),
            ([held(starts=-2, decision=ConsentDecision.REFUSED), held(number=2)], ConsentState.GIVEN),
            # Narrowed: one ends and another begins in the same moment.
            ([held(starts=-2, withdrawn=0), held(number=2)], ConsentState.GIVEN),
            # An older one that was never withdrawn does not outlive the no that came later.
            ([held(starts=-3), held(starts=-2, withdrawn=-1, number=2)], ConsentState.REFUSED),
            ([held(starts=-2, withdrawn=-1, decision=ConsentDecision.REFUSED)], ConsentState.UNKNOWN),
        ],
    )
    def test_counts(self, consents, state):
        assert rules.standing(consents, topic=HEALTH, at=NOW).state is state

    def test_is_about_its_topic_only(self):
        assert rules.standing([held()], topic=PLAN, at=NOW).state is ConsentState.UNKNOWN


class TestWhoMayConsent:
    @pytest.mark.parametrize(
        ("obtained", "owner", "problem"),
        [
            (Obtained.ORAL, OwnerFacts(age=16), ""),
            (Obtained.ORAL, OwnerFacts(age=15), "too_young"),
            (Obtained.ORAL, OwnerFacts(age=12, parents_not_told=True), ""),
            (Obtained.ORAL, OwnerFacts(age=11, parents_not_told=True), "too_young"),
            (Obtained.BY_PARENTS, OwnerFacts(age=15), ""),
            (Obtained.BY_PARENTS, OwnerFacts(age=16), "old_enough"),
            (Obtained.BY_PARENTS, OwnerFacts(age=None), "age_unknown"),
            (Obtained.WRITTEN, OwnerFacts(age=None), ""),
            (Obtained.BY_REPRESENTATIVE, OwnerFacts(age=82, has_nearest=True), "is_competent"),
            (Obtained.BY_REPRESENTATIVE, OwnerFacts(age=82, lacks_competence=True), "no_nearest"),
            (Obtained.BY_REPRESENTATIVE, OwnerFacts(age=82, lacks_competence=True, has_nearest=True), ""),
            (Obtained.ORAL, OwnerFacts(age=82, dead=True), "dead"),
        ],
    )
    def test_is_the_laws_to_say(self, obtained, owner, problem):
        details = ConsentDetails(topics=frozenset({HEALTH}), obtained=obtained)
        if not problem:
            rules.ensure_may_consent(details, owner)
            return
        with pytest.raises(ConsentInvalid) as refused:
            rules.ensure_may_consent(details, owner)
        assert refused.value.problems == {"obtained": problem}

    def test_anybody_may_refuse(self):
        rules.ensure_may_consent(
            ConsentDetails(topics=frozenset({HEALTH}), decision=ConsentDecision.REFUSED), OwnerFacts(age=8)
        )


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care)


@pytest.fixture
def patient(here, house):
    made = factories.make_person("Oddny", number=factories.ANOTHER_NUMBER)
    factories.involve(made, house.home_care)
    return made


@pytest.fixture
def daughter(patient):
    made = factories.make_person("Kari")
    factories.relate(made, patient, RelationKind.OTHER_FAMILY)
    return made


def give(nurse, patient, **details):
    details = {"topics": frozenset({HEALTH, PLAN}), **details}
    return services.give_consent(actor=nurse, owner_id=patient.id, details=ConsentDetails(**details))


class TestGiving:
    def test_is_stored_with_who_wrote_it_down_and_logged(self, nurse, patient, daughter, house):
        made = give(nurse, patient, to_person_id=daughter.id)

        assert (made.recorded_by, made.unit_id, made.topics) == (nurse.id, house.home_care, ["health", "plan"])
        assert made.review_on == clock.today() + rules.REVIEWED_AFTER
        entry = AccessEntry.objects.get(action="people.give_consent")
        assert (entry.person_id, entry.information) == (patient.id, ["consents"])
        assert selectors.consent_is_live(actor=nurse, consent_id=made.id)

    @pytest.mark.parametrize(
        ("wrong", "problems"),
        [
            ({"topics": frozenset()}, {"topics": "missing"}),
            ({"to_person_id": None}, {"receiver": "missing"}),
            ({"to_other": "Skolen"}, {"receiver": "more_than_one"}),
            ({"starts_at": NOW - HOUR}, {"starts_at": "past"}),
            ({"ends_at": NOW - HOUR}, {"ends_at": "before_start"}),
            ({"obtained": Obtained.BY_PARENTS}, {"obtained_note": "says_not_who"}),
        ],
    )
    def test_refuses_what_cannot_be_stored(self, nurse, patient, daughter, wrong, problems):
        with pytest.raises(ConsentInvalid) as refused:
            give(nurse, patient, **{"to_person_id": daughter.id, **wrong})

        assert refused.value.problems == problems
        assert not Consent.objects.exists()

    def test_refuses_oneself_strangers_and_units_that_are_not(self, nurse, patient, here):
        stranger = factories.make_person("Fremmed")
        for receiver in ({"to_person_id": patient.id}, {"to_person_id": stranger.id}, {"to_unit_id": stranger.id}):
            with pytest.raises(ConsentInvalid):
                give(nurse, patient, **receiver)

    def test_is_for_those_who_follow_the_person_up(self, nurse, patient, daughter, house):
        stranger = factories.worker(house.tenant_id, house.carers, name="Fremmed Demo")
        with pytest.raises(Closed):
            give(stranger, patient, to_person_id=daughter.id)
        factories.involve(daughter, house.home_care, basis=InvolvementBasis.EMERGENCY_CONTACT)
        with pytest.raises(NotAllowed, match="not_followed_up"):
            give(nurse, daughter, to_person_id=patient.id)

    def test_is_the_citizens_own_to_do_and_nobody_elses(self, house, patient, daughter):
        account = factories.citizen_account(house.tenant_id)
        patient.user = account
        patient.save(update_fields=["user"])
        oddny = factories.as_actor(account)

        made = give(oddny, patient, to_person_id=daughter.id)

        assert (made.obtained, made.unit_id) == ("electronic", None)
        assert [each.id for each in selectors.consents(actor=oddny, owner_id=patient.id)] == [made.id]
        with pytest.raises(NotFound):
            give(oddny, daughter, to_person_id=patient.id)
        with pytest.raises(NotFound):
            selectors.consents(actor=oddny, owner_id=daughter.id)


class TestChanging:
    def test_withdrawn_holds_no_more_the_same_moment(self, nurse, patient, daughter):
        made = give(nurse, patient, to_person_id=daughter.id)
        services.withdraw_consent(actor=nurse, consent_id=made.id)

        assert not selectors.consent_is_live(actor=nurse, consent_id=made.id)
        assert [each.live for each in selectors.consents(actor=nurse, owner_id=patient.id)] == [False]
        with pytest.raises(AlreadyWithdrawn):
            services.withdraw_consent(actor=nurse, consent_id=made.id)

    def test_narrowed_ends_the_old_one_when_the_new_one_begins(self, nurse, patient, daughter):
        made = give(nurse, patient, to_person_id=daughter.id)

        less = services.narrow_consent(actor=nurse, consent_id=made.id, topics=frozenset({PLAN}))

        made.refresh_from_db()
        assert (made.withdrawn_at, less.topics) == (less.starts_at, ["plan"])
        one = selectors.tellings(actor=nurse, patient_id=patient.id).of(daughter.id)
        assert (one.general.case.consent.value, one.general.wish.consent.value) == ("refused", "given")

    def test_is_not_narrowed_to_the_same_or_to_more(self, nurse, patient, daughter):
        made = give(nurse, patient, to_person_id=daughter.id)

        for topics in (frozenset({HEALTH, PLAN}), frozenset({HEALTH, OWN}), frozenset()):
            with pytest.raises(NotNarrower):
                services.narrow_consent(actor=nurse, consent_id=made.id, topics=topics)

    def test_a_no_said_later_ends_the_yes_and_leaves_what_it_does_not_speak_of(self, nurse, patient, daughter, house):
        given = give(nurse, patient, to_person_id=daughter.id)
        elsewhere = give(nurse, patient, to_unit_id=house.carers)

        refusal = give(
            nurse, patient, topics=frozenset({PLAN}), to_person_id=daughter.id, decision=ConsentDecision.REFUSED
        )

        given.refresh_from_db()
        assert given.withdrawn_at == refusal.starts_at
        live = {(tuple(each.topics), each.decision) for each in selectors.consents(actor=nurse, owner_id=patient.id)
                if each.live and each.to_unit_id is None}  # fmt: skip
        assert live == {(("health",), "given"), (("plan",), "refused")}
        assert selectors.consent_is_live(actor=nurse, consent_id=elsewhere.id)
        assert AccessEntry.objects.filter(action="people.withdraw_consent", subject_id=given.id).count() == 1

        services.withdraw_consent(actor=nurse, consent_id=refusal.id)
        one = selectors.tellings(actor=nurse, patient_id=patient.id).of(daughter.id)
        assert (one.general.case.consent.value, one.general.wish.consent.value) == ("given", "refused")

    def test_a_yes_that_a_first_talk_ended_holds_again_when_the_talk_is_taken_back(self, nurse, patient, house):
        kari = factories.make_person("Kari", "Demolund", birth_date=None)
        factories.relate(kari, patient, RelationKind.NEIGHBOUR)
        factories.involve(kari, house.home_care)
        given = give(nurse, patient, to_person_id=kari.id)
        carer = Carer(
            details=PersonDetails("Kari", "Demolund"), kind=RelationKind.CHILD, person_id=kari.id, may_know=False
        )
        known = Patient(PersonDetails("Oddny", patient.family_name), person_id=patient.id, seen=mark_of(patient.id))

        row = services.record_first_talk(
            actor=nurse, unit_id=house.home_care, talk=FirstTalk(key=ids.new_id(), patient=known, carers=(carer,))
        )
        given.refresh_from_db()
        assert given.withdrawn_at is not None
        take_back_first_talk(actor=nurse, talk_id=row.id)

        given.refresh_from_db()
        assert given.withdrawn_at is None
        live = [each for each in selectors.consents(actor=nurse, owner_id=patient.id) if each.live]
        assert [(each.decision, sorted(each.topics)) for each in live] == [("given", ["health", "plan"])]

    def test_a_no_from_a_later_day_lets_the_yes_hold_until_then(self, nurse, patient, daughter):
        given, later = give(nurse, patient, to_person_id=daughter.id), clock.now() + 48 * HOUR

        give(nurse, patient, to_person_id=daughter.id, decision=ConsentDecision.REFUSED, starts_at=later)

        given.refresh_from_db()
        assert (given.withdrawn_at, given.ends_at) == (None, later)
        assert selectors.consent_is_live(actor=nurse, consent_id=given.id)
        services.withdraw_consent(actor=nurse, consent_id=given.id)
        assert not selectors.consent_is_live(actor=nurse, consent_id=given.id)

    def test_a_yes_that_was_to_begin_later_does_not_begin_after_a_no(self, nurse, patient, daughter):
        ahead = give(nurse, patient, to_person_id=daughter.id, starts_at=clock.now() + 24 * HOUR)

        give(nurse, patient, to_person_id=daughter.id, decision=ConsentDecision.REFUSED)

        ahead.refresh_from_db()
        assert ahead.withdrawn_at == ahead.starts_at

    def test_what_is_told_of_ones_own_situation_is_not_open_to_an_emergency_access(self, nurse, patient, house):
        made = give(nurse, patient, topics=frozenset({OWN}), to_unit_id=house.carers)
        at_night = factories.worker(house.tenant_id, house.carers, name="Nora Demonatt")
        factories.make_emergency(patient, at_night, house.carers)

        assert selectors.consents(actor=at_night, owner_id=patient.id) == []
        assert not selectors.consent_is_live(actor=at_night, consent_id=made.id)


class Harmful:
    """A scanner that finds harm in everything."""

    def is_harmless(self, content: bytes) -> bool:
        return False


class TestPapers:
    @pytest.mark.parametrize("content", [b"", b"MZ\x90", b"<svg>", b"x%PDF-1.7 %%EOF", b"\xff\xd8\xff", PDF[:20]])
    def test_are_known_by_what_they_hold(self, content):
        with pytest.raises(FileRefused):
            media_type(content)

    def test_are_sealed_and_read_by_those_who_may_and_logged(self, nurse, patient, daughter, house):
        made = give(nurse, patient, to_person_id=daughter.id)
        paper = services.add_scan(actor=nurse, consent_id=made.id, content=PDF)

        with connection.cursor() as cursor:
            cursor.execute("SELECT content FROM people_consentscan WHERE id = %s", [paper.id])
            assert b"JVBER" not in bytes(cursor.fetchone()[0])
        seen, content = selectors.scan(actor=nurse, scan_id=paper.id)
        assert (seen.media_type, content) == ("application/pdf", PDF)
        assert AccessEntry.objects.filter(kind="read", information__contains=["documents"]).count() == 1
        with pytest.raises(Closed):
            selectors.scan(actor=factories.worker(house.tenant_id, house.carers, Post.LEADER), scan_id=paper.id)

    def test_are_refused_when_too_large_or_harmful(self, nurse, patient, daughter):
        made = give(nurse, patient, to_person_id=daughter.id)
        with pytest.raises(FileRefused, match="too_large"):
            services.add_scan(actor=nurse, consent_id=made.id, content=PDF + b" " * 5 * 1024 * 1024)
        with (
            override_settings(UPLOAD_SCANNER=f"{__name__}.Harmful"),
            pytest.raises(FileRefused, match="harmful"),
        ):
            services.add_scan(actor=nurse, consent_id=made.id, content=PDF)
        assert not ConsentScan.objects.exists()
