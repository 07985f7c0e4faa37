"""Two entries become one, and two again as they were."""

import contextlib
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role as StaffRole
from medspiller.audit import services as audit
from medspiller.audit.domain import Information, Kind
from medspiller.audit.models import AccessEntry
from medspiller.core import clock
from medspiller.core.errors import NotAllowed
from medspiller.core.history import HistoryRow
from medspiller.people import selectors, services
from medspiller.people.domain import merging as rules
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.merging import MergeRefused, Side, Spell, UndoRefused
from medspiller.people.domain.need_to_know import Closed
from medspiller.people.domain.persons import ProtectedAddress
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.roles import Role
from medspiller.people.models import (
    CarerRole,
    ChildrenAnswer,
    Consent,
    ContactPoint,
    Involvement,
    Person,
    PersonName,
    Relation,
    live_at,
)
from medspiller.people.services import _moving
from medspiller.people.tests import factories

REASON = "Samme navn og adresse; datteren bekreftet det."
START = date(2020, 1, 1)


@pytest.fixture
def leader(house):
    return factories.worker(house.tenant_id, house.home_care, StaffRole.LEADER, name="Leif Demoleder")


@pytest.fixture
def known(house):
    def make(*names, **details):
        person = factories.make_person(*names, **details)
        factories.involve(person, house.home_care)
        return person

    return make


@pytest.fixture
def pair(known):
    return known("Oddny", "Demoli"), known("Oddni", "Demoly")


@pytest.fixture
def daughter(known):
    return known("Kari", birth_date=date(1975, 4, 2))


def merge(leader, kept, gone, **more):
    return services.merge_persons(actor=leader, kept_id=kept.id, gone_id=gone.id, reason=REASON, **more)


def relation(person, related, kind=RelationKind.FRIEND, start=START, end=None):
    """What `related` is to `person`, stored the way round in which it is."""
    from_id, to_id, stored = _moving.relations.as_stored(person.id, related.id, kind)
    return Relation.objects.create(
        person_id=from_id, related_id=to_id, kind=stored.value, valid_from=start, valid_to=end
    )


def role(held_in, patient, carer, start=START, end=None, what=Role.PAARORENDE):
    return CarerRole.objects.create(
        relation=held_in, patient=patient, carer=carer, role=what.value, named_by_patient=True, valid_from=start,
        valid_to=end, recorded_by=actors.SYSTEM_ID, recorded_at=clock.now(),
    )  # fmt: skip


def answered(patient, reply, house, *, days_ago):
    return ChildrenAnswer.objects.create(
        patient=patient, unit_id=house.home_care, topic="minor_children", reply=reply, asked_by=actors.SYSTEM_ID,
        asked_at=clock.now() - timedelta(days=days_ago),
    )  # fmt: skip


class TestDetails:
    def test_fill_what_was_not_known_and_keep_the_rest(self, leader, known):
        kept, gone = known("Oddny", "Demoli", birth_date=None), known("Oddni", "Demoly", number=factories.NUMBER)

        merge(leader, kept, gone)

        kept.refresh_from_db()
        gone.refresh_from_db()
        assert (kept.name, kept.birth_date, kept.pid) == ("Oddny Demoli", factories.BORN, factories.NUMBER)
        assert (gone.pid, gone.merged_into_id) == (None, kept.id)
        assert [each.given_name for each in PersonName.objects.filter(person=kept)] == ["Oddni"]

    def test_are_taken_as_chosen_and_each_number_still_leads_to_the_person(self, leader, known):
        kept = known("Oddny", "Demoli", number=factories.NUMBER)
        gone = known("Oddni", "Demoly", number=factories.ANOTHER_NUMBER)

        merge(leader, kept, gone, choices={"given_name": Side.GONE, rules.NUMBER: Side.GONE})

        kept.refresh_from_db()
        assert (kept.given_name, kept.pid) == ("Oddni", factories.ANOTHER_NUMBER)
        for number in (factories.NUMBER, factories.ANOTHER_NUMBER):
            (found,) = selectors.search_persons(actor=leader, query=number).persons
            assert found.id == kept.id

    def test_the_stricter_protection_holds(self, leader, known):
        kept, gone = known("Oddny"), known("Oddni", protected=ProtectedAddress.STRICT)

        merge(leader, kept, gone)

        kept.refresh_from_db()
        assert kept.protected_address == ProtectedAddress.STRICT.value


class TestWhatMoves:
    def test_every_table_that_points_at_a_person_moves_or_says_why_not(self):
        moving = {model for model, _column in _moving.pointers()}
        hidden_too = Person._meta.get_fields(include_hidden=True)
        pointing = {each.related_model for each in hidden_too if each.auto_created and not each.concrete}

        left = {each for each in pointing - moving - set(_moving.STAYS) if each._meta.app_label == "people"}
        assert {each for each in left if not issubclass(each, HistoryRow)} == set()
        assert {Consent, ContactPoint, PersonName, Person} <= moving

    def test_relations_and_roles_are_the_persons_from_now_on(self, leader, pair, daughter):
        kept, gone = pair
        held = relation(gone, daughter, RelationKind.CHILD)
        given = role(held, gone, daughter)

        merge(leader, kept, gone)

        held.refresh_from_db()
        given.refresh_from_db()
        assert kept.id in (held.person_id, held.related_id)
        assert given.patient_id == kept.id

    def test_what_both_say_becomes_one_that_holds_as_long_as_both(self, leader, pair, daughter):
        kept, gone = pair
        first = relation(kept, daughter, start=date(2021, 1, 1), end=date(2022, 1, 1))
        second = relation(gone, daughter, start=date(2020, 1, 1))
        role(first, kept, daughter, start=date(2021, 1, 1), end=date(2022, 1, 1))
        role(second, gone, daughter, start=date(2021, 6, 1))
        only_there = role(second, gone, daughter, what=Role.NAERMESTE)

        merge(leader, kept, gone)

        (one,) = Relation.objects.all()
        assert (one.id, one.valid_from, one.valid_to) == (first.id, date(2020, 1, 1), None)
        (same,) = CarerRole.objects.filter(role=Role.PAARORENDE.value)
        assert (same.valid_from, same.valid_to) == (date(2021, 1, 1), None)
        only_there.refresh_from_db()
        assert (only_there.relation_id, only_there.patient_id) == (first.id, kept.id)

    def test_the_last_answer_about_children_holds(self, leader, pair, house):
        kept, gone = pair
        answered(kept, "no", house, days_ago=9)
        answered(gone, "yes", house, days_ago=1)

        merge(leader, kept, gone)

        assert ChildrenAnswer.objects.get(patient=kept).reply == "yes"

    def test_units_of_both_open_the_person_and_none_opens_what_is_gone(self, leader, pair, house):
        kept, gone = pair
        factories.involve(gone, house.carers, basis=InvolvementBasis.SUPPORT)
        advisor = factories.worker(house.tenant_id, house.carers)

        merge(leader, kept, gone)

        assert selectors.person(actor=advisor, person_id=kept.id).id == kept.id
        with pytest.raises(Closed):
            selectors.person(actor=advisor, person_id=gone.id)

    def test_the_log_is_not_changed_and_the_person_reads_all_of_it(self, leader, pair, house):
        kept, gone = pair
        account = factories.citizen_account(house.tenant_id)
        Person.objects.filter(id=gone.id).update(user=account)
        written = audit.record(
            actor=leader, action="people.view_person", kind=Kind.READ, information=Information.NAME_AND_BIRTH,
            person_id=gone.id, basis="involvement",
        )  # fmt: skip

        merge(leader, kept, gone)

        assert AccessEntry.objects.get(id=written).person_id == gone.id
        citizen = factories.as_actor(account)
        assert written in {each.id for each in selectors.own_access_log(actor=citizen).entries}
        assert selectors.own_entry(actor=citizen, entry_id=written).id == written


class TestRefused:
    def test_to_roles_without_it_and_to_family(self, leader, pair, house):
        nurse = factories.worker(house.tenant_id, house.home_care)
        with pytest.raises(NotAllowed):
            merge(nurse, *pair)
        Person.objects.filter(id=pair[1].id).update(user=leader.id)
        with pytest.raises(NotAllowed, match="own_file"):
            merge(leader, *pair)

    def test_to_whoever_cannot_open_both(self, leader, known):
        with pytest.raises(Closed):
            merge(leader, known(), factories.make_person())

    @pytest.mark.parametrize("kind", [RelationKind.SPOUSE, RelationKind.CHILD])
    def test_for_two_who_are_something_to_each_other(self, leader, known, kind):
        one, other = known("Oddny"), known("Oddny", birth_date=date(1980, 1, 1))
        relation(one, other, kind)

        with pytest.raises(MergeRefused, match="related"):
            merge(leader, one, other)

    def test_where_a_child_would_be_older_than_its_parent(self, leader, known, daughter):
        kept, gone = known("Oddny", birth_date=date(1990, 1, 1)), known("Oddny")
        relation(gone, daughter, RelationKind.CHILD)

        with transaction.atomic(), pytest.raises(MergeRefused, match="ages"):
            merge(leader, kept, gone)

    def test_without_a_reason_twice_and_with_oneself(self, leader, pair):
        kept, gone = pair
        with pytest.raises(MergeRefused, match="no_reason"):
            services.merge_persons(actor=leader, kept_id=kept.id, gone_id=gone.id, reason=" nei ")
        with pytest.raises(MergeRefused, match="same"):
            merge(leader, kept, kept)
        merge(leader, kept, gone)
        with pytest.raises(MergeRefused, match="merged"):
            merge(leader, kept, gone)


def state():
    """All that can be merged, as it stands: versions, which only grow, and closed involvements left out."""
    now = clock.now() + timedelta(seconds=1)
    rows = {}
    for model in (Person, Relation, CarerRole, *{model for model, _column in _moving.pointers()}):
        fields = [each.attname for each in model._meta.concrete_fields if each.attname not in ("version", "pid")]
        rows[model._meta.label] = sorted(map(str, model.objects.values_list(*fields)))
    rows["units"] = sorted(
        map(str, Involvement.objects.filter(live_at(now)).values_list("person_id", "unit_id", "basis"))
    )
    return rows


class TestUndo:
    def test_gives_back_numbers_accounts_and_details(self, leader, known, house):
        kept = known("Oddny", "Demoli", birth_date=None, number=factories.NUMBER)
        gone = known("Oddni", "Demoly", number=factories.ANOTHER_NUMBER, protected=ProtectedAddress.STRICT)
        Person.objects.filter(id=gone.id).update(user=factories.citizen_account(house.tenant_id), language="so")
        before = state()

        made = merge(leader, kept, gone, choices={rules.NUMBER: Side.GONE})
        services.undo_merge(actor=leader, merge_id=made.id)

        assert state() == before
        assert Person.objects.get(id=gone.id).pid == factories.ANOTHER_NUMBER

    def test_keeps_what_was_changed_in_between(self, leader, pair, daughter):
        kept, gone = pair
        held = relation(gone, daughter)
        Person.objects.filter(id=gone.id).update(language="so")
        made = merge(leader, kept, gone)
        Person.objects.filter(id=kept.id).update(language="ar")
        new = role(held, Person.objects.get(id=kept.id), daughter)

        services.undo_merge(actor=leader, merge_id=made.id)

        new.refresh_from_db()
        assert Person.objects.get(id=kept.id).language == "ar"
        assert new.patient_id == gone.id

    def test_is_refused_where_what_became_one_was_changed(self, leader, pair, daughter):
        kept, gone = pair
        one = relation(kept, daughter, end=date(2021, 1, 1))
        relation(gone, daughter)
        made = merge(leader, kept, gone)
        Relation.objects.filter(id=one.id).update(valid_to=date(2023, 1, 1))

        with pytest.raises(UndoRefused, match="changed"):
            services.undo_merge(actor=leader, merge_id=made.id)

    def test_is_done_once_and_from_the_last_on(self, leader, pair, known):
        kept, gone = pair
        third = known("Oddny")
        first = merge(leader, kept, gone)
        second = merge(leader, third, kept)
        with pytest.raises(UndoRefused, match="merged_further"):
            services.undo_merge(actor=leader, merge_id=first.id)
        assert Person.objects.get(id=gone.id).merged_into_id == third.id

        services.undo_merge(actor=leader, merge_id=second.id)
        assert Person.objects.get(id=gone.id).merged_into_id == kept.id
        services.undo_merge(actor=leader, merge_id=first.id)
        with pytest.raises(UndoRefused, match="undone"):
            services.undo_merge(actor=leader, merge_id=first.id)

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_of_any_merge_restores_what_was_before(self, data, leader, pair, daughter, house):
        kept, gone = pair
        with transaction.atomic():
            _anything(data, kept, gone, daughter, house)
            before = state()
            try:
                made = merge(leader, kept, gone)
            except MergeRefused:
                transaction.set_rollback(True)
                return
            assert Relation.objects.filter(person=gone).count() + Relation.objects.filter(related=gone).count() == 0
            services.undo_merge(actor=leader, merge_id=made.id)
            assert state() == before
            transaction.set_rollback(True)


DAYS = st.integers(0, 12).map(lambda months: START + timedelta(days=30 * months))
PERIODS = st.tuples(DAYS, st.one_of(st.none(), st.integers(1, 8)))


def _anything(data, kept, gone, daughter, house):
    """Relations, roles, answers and consents of either, in any periods that can stand beside each other."""
    for person in (kept, gone):
        for kind in data.draw(st.lists(st.sampled_from([RelationKind.FRIEND, RelationKind.CHILD]), max_size=3)):
            start, months = data.draw(PERIODS)
            end = start + timedelta(days=30 * months) if months else None
            _if_it_can_be(lambda p=person, k=kind, s=start, e=end: relation(p, daughter, k, s, e))
        for held in Relation.objects.all():
            if person.id in (held.person_id, held.related_id) and data.draw(st.booleans()):
                start, months = data.draw(PERIODS)
                end = start + timedelta(days=30 * months) if months else None
                _if_it_can_be(lambda h=held, p=person, s=start, e=end: role(h, p, daughter, s, e))
        if data.draw(st.booleans()):
            answered(person, data.draw(st.sampled_from(["yes", "no"])), house, days_ago=data.draw(st.integers(1, 9)))
        if data.draw(st.booleans()):
            factories.involve(person, house.carers, ended=data.draw(st.booleans()))


def _if_it_can_be(store):
    with contextlib.suppress(IntegrityError), transaction.atomic():
        store()


class TestSpread:
    @given(
        kept=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 8)), min_size=1, max_size=4),
        gone=st.tuples(st.integers(0, 40), st.integers(1, 30)),
    )
    def test_holds_through_all_and_never_twice(self, kept, gone):
        start = gone[0]
        spells, last = [], -1
        for begins, length in sorted(kept):
            if begins >= last and begins < gone[0] + gone[1] and begins + length > start:
                spells.append((begins, begins + length))
                last = begins + length
        if not spells:
            return

        def day(number):
            return START + timedelta(days=number)

        made = rules.spread(
            [Spell(number, day(a), day(b)) for number, (a, b) in enumerate(spells)],
            start=day(gone[0]),
            end=day(gone[0] + gone[1]),
        )

        covered = [n for each in made for n in range((each.start - START).days, (each.end - START).days)]
        asked = set(range(gone[0], gone[0] + gone[1])) | {n for a, b in spells for n in range(a, b)}
        assert len(covered) == len(set(covered))
        assert asked <= set(covered)
        assert all(each.start < each.end for each in made)
