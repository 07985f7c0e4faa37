"""Linking somebody registered to a patient by number and name: what it opens, and what it does not."""

from dataclasses import replace
from datetime import date

import pytest

from medspiller.access.domain.roles import Role as StaffRole
from medspiller.people import selectors, services
from medspiller.people.domain import involvements
from medspiller.people.domain.contacts import Channel
from medspiller.people.domain.first_talk import FirstTalkInvalid
from medspiller.people.domain.involvements import InvolvementBasis, TooLittleForProtected
from medspiller.people.domain.persons import PersonDetails, ProtectedAddress
from medspiller.people.domain.relations import RelationDetails, RelationKind
from medspiller.people.models import ContactPoint, Involvement, Relation, Statement
from medspiller.people.tests import factories
from medspiller.people.tests.test_first_talk import DAUGHTER, a_talk

BEFORE, DAUGHTER_BORN = date(2020, 1, 1), date(1975, 3, 2)
KNOWN = PersonDetails("Kari", "Demoli", DAUGHTER_BORN, factories.NUMBER)


@pytest.fixture
def nurse(house):
    return factories.worker(house.tenant_id, house.home_care, StaffRole.CARE_WORKER)


@pytest.fixture
def mother(house):
    person = factories.make_person()
    factories.involve(person, house.home_care)
    return person


@pytest.fixture
def make_known(house):
    def made(unit_id=house.carers, **given):
        known = factories.make_person("Kari", birth_date=DAUGHTER_BORN, number=factories.NUMBER, **given)
        factories.involve(known, unit_id)
        return known

    return made


class TestTheRule:
    @pytest.mark.parametrize("asked", InvolvementBasis)
    def test_what_is_asked_for_holds_where_the_person_is_open_anyway(self, asked):
        assert involvements.linked_on(asked, may_follow_up=True) is asked
        assert involvements.linked_on(asked, may_follow_up=False) is InvolvementBasis.EMERGENCY_CONTACT


class TestSomebodyRegisteredWhoIsLinkedByNumber:
    """Whoever says that somebody is a carer is told whom to call, and nothing that is the carer's own."""

    @pytest.fixture
    def link(self, nurse, mother, house):
        def linked(*, actor=nurse, unit_id=house.home_care, basis=InvolvementBasis.SUPPORT):
            relation = RelationDetails(RelationKind.CHILD, BEFORE)
            return services.register_carer(
                actor=actor, unit_id=unit_id, patient_id=mother.id, details=KNOWN, relation=relation, basis=basis
            )

        return linked

    @pytest.mark.parametrize("asked", [InvolvementBasis.SUPPORT, InvolvementBasis.CHILD_NEXT_OF_KIN])
    def test_is_only_whom_to_call_whatever_is_asked_for(self, link, make_known, nurse, house, asked):
        known = make_known()

        made = link(basis=asked)

        assert (made.carer.id, made.is_new, made.stays_closed) == (known.id, False, True)
        bases = Involvement.objects.filter(person=known, unit_id=house.home_care).values_list("basis", flat=True)
        assert list(bases) == ["emergency_contact"]
        assert selectors.family(actor=nurse, person_id=known.id).own is None

    def test_is_followed_up_by_a_unit_of_somebody_who_may_open_them(self, link, make_known, house):
        known = make_known(house.night)

        made = link()

        assert not made.stays_closed
        assert Involvement.objects.get(person=known, unit_id=house.home_care).basis == "support"

    def test_is_followed_up_after_an_emergency_which_is_written_on_it(self, link, nurse, house):
        known = factories.make_person("Kari", birth_date=DAUGHTER_BORN, number=factories.NUMBER)
        opened = factories.make_emergency(known, nurse, house.home_care)

        link()

        begun = Involvement.objects.get(person=known)
        assert (begun.basis, begun.emergency_access_id) == ("support", opened.id)

    def test_is_not_linked_at_all_with_a_strictly_protected_address(self, link, make_known):
        known = make_known(protected=ProtectedAddress.STRICT)

        with pytest.raises(TooLittleForProtected):
            link()
        assert not Relation.objects.exists()
        assert Involvement.objects.filter(person=known).count() == 1

    def test_is_followed_up_when_new(self, link):
        made = link()

        assert made.is_new
        assert Involvement.objects.get(person=made.carer).basis == "support"


class TestTheFirstTalk:
    @pytest.fixture
    def record(self, nurse, house):
        def recorded(**said):
            carer = replace(DAUGHTER, **({"details": KNOWN, "matters": ""} | said))
            return services.record_first_talk(actor=nurse, unit_id=house.home_care, talk=a_talk(carers=(carer,)))

        return recorded

    def test_keeps_whom_to_call_and_says_that_the_page_stays_closed(self, record, make_known, nurse, house):
        known = make_known()

        talk = record()

        assert Involvement.objects.get(person=known, unit_id=house.home_care).basis == "emergency_contact"
        assert ContactPoint.objects.get(person=known).value == "+4700000001"
        assert selectors.first_talk(actor=nurse, talk_id=talk.id).number_only == {known.id}
        assert not Statement.objects.filter(owner=known).exists()

    @pytest.mark.parametrize("own", [{"matters": "Å få sove."}, {"best_time": "etter fire"}, {"channel": Channel.SMS}])
    def test_says_so_of_what_would_have_stood_there(self, record, make_known, own):
        make_known()

        with pytest.raises(FirstTalkInvalid) as refusal:
            record(**own)
        ((name, _value),) = own.items()
        assert [(each.detail, each.code) for each in refusal.value.problems] == [(name, "stays_closed")]
        assert not Relation.objects.exists()

    def test_opens_it_to_a_unit_that_could_open_it_before(self, record, make_known, nurse, house):
        known = make_known(house.night)

        talk = record()

        assert Involvement.objects.get(person=known, unit_id=house.home_care).basis == "support"
        assert selectors.first_talk(actor=nurse, talk_id=talk.id).number_only == frozenset()

    @pytest.mark.parametrize("grade", [ProtectedAddress.STRICT, ProtectedAddress.CONFIDENTIAL])
    def test_of_somebody_protected_says_only_that_a_colleague_does_it(self, record, make_known, grade):
        make_known(protected=grade)

        with pytest.raises(FirstTalkInvalid) as refusal:
            record()
        assert [(each.detail, each.code) for each in refusal.value.problems] == [("given_name", "closed")]
        assert not Relation.objects.exists()
