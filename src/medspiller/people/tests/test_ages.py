"""Ages by themselves: what a role is on a day, what is told a month before and on the day, and to whom."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role as Post
from medspiller.config import wiring
from medspiller.core import clock, events
from medspiller.core.errors import NotAllowed
from medspiller.core.periods import Period
from medspiller.messages import registry
from medspiller.messages.domain.notices import Channel
from medspiller.messages.gateways.demo import DemoGateway
from medspiller.messages.models import Notice
from medspiller.people import selectors, services
from medspiller.people.domain.involvements import InvolvementBasis
from medspiller.people.domain.persons import age_on
from medspiller.people.domain.relations import RelationKind
from medspiller.people.domain.role_rules import role_on
from medspiller.people.domain.roles import ADULT, FACTS, Role
from medspiller.people.domain.telling import ages
from medspiller.people.models import AgeTold, CarerRole, ChildTold, ContactPoint, Person, Relation
from medspiller.people.tests import factories
from medspiller.worklist.models import WorkItem

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 12, 31))
BORN = date(2010, 12, 1)
SIXTEEN = date(2026, 12, 1)


def noon(day):
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


class TestARoleOnADay:
    @pytest.mark.parametrize(
        ("role", "patient", "holder", "day", "expected"),
        [
            (Role.FORELDREANSVAR, date(2008, 5, 4), None, date(2026, 5, 3), Role.FORELDREANSVAR),
            (Role.FORELDREANSVAR, date(2008, 5, 4), None, date(2026, 5, 4), None),
            # Who is born on 29 February is eighteen on 1 March.
            (Role.FORELDREANSVAR, date(2008, 2, 29), None, date(2026, 2, 28), Role.FORELDREANSVAR),
            (Role.FORELDREANSVAR, date(2008, 2, 29), None, date(2026, 3, 1), None),
            (Role.BARN_PAARORENDE, None, date(2008, 5, 4), date(2026, 5, 3), Role.BARN_PAARORENDE),
            (Role.BARN_PAARORENDE, None, date(2008, 5, 4), date(2026, 5, 4), Role.UNG_VOKSEN),
            (Role.BARN_PAARORENDE, None, date(2000, 5, 4), date(2026, 5, 4), None),
            (Role.BARN_ETTERLATT, None, date(2008, 5, 4), date(2026, 5, 4), None),
            (Role.UNG_VOKSEN, None, date(2000, 5, 4), date(2026, 5, 3), Role.UNG_VOKSEN),
            (Role.NAERMESTE, date(1940, 1, 1), date(2008, 5, 4), date(2026, 5, 4), Role.NAERMESTE),
            # Where no birth date is known, age ends nothing.
            (Role.FORELDREANSVAR, None, None, date(2026, 5, 4), Role.FORELDREANSVAR),
        ],
    )
    def test_is_what_the_ages_say(self, role, patient, holder, day, expected):
        assert role_on(role, day=day, patient_born=patient, holder_born=holder) is expected

    def test_the_dead_grow_no_older(self):
        born, died = date(2008, 5, 4), date(2020, 1, 1)

        assert role_on(
            Role.FORELDREANSVAR, day=date(2030, 1, 1), patient_born=born, holder_born=None, patient_died_on=died
        )

    @given(role=st.sampled_from(Role), born=DAYS, day=DAYS, later=st.integers(0, 9000))
    def test_what_age_has_ended_never_comes_back(self, role, born, day, later):
        first = role_on(role, day=day, patient_born=born, holder_born=born)
        then = role_on(role, day=day + timedelta(days=later), patient_born=born, holder_born=born)

        assert first is not None or then is None

    @given(born=DAYS, day=DAYS)
    def test_parental_responsibility_ends_on_the_day_the_rules_tell_of(self, born, day):
        eighteen = ages.reaches(born, months=ADULT * 12)

        assert (role_on(Role.FORELDREANSVAR, day=day, patient_born=born, holder_born=None) is None) is (day >= eighteen)
        assert FACTS[Role.FORELDREANSVAR].patient_under == ADULT


class TestWhatIsTold:
    @given(born=DAYS, day=DAYS)
    def test_every_change_is_told_before_it_happens_and_then_has_happened(self, born, day):
        for change in ages.changes(born, between=Period(day, day + timedelta(days=400))):
            before, eve = ages.told_from(change.on), change.on - timedelta(days=1)
            assert 28 <= (change.on - before).days <= 31
            assert change in ages.ahead(born, today=before)
            assert change in ages.ahead(born, today=eve)
            assert change not in ages.ahead(born, today=before - timedelta(days=1))
            assert change not in ages.ahead(born, today=change.on)
            assert change in ages.happened(born, today=change.on)

    @given(born=DAYS, day=DAYS)
    def test_the_two_never_overlap(self, born, day):
        ahead, happened = ages.ahead(born, today=day), ages.happened(born, today=day)

        assert all(each.on > day for each in ahead)
        assert all(each.on <= day for each in happened)

    @given(born=DAYS, years=st.integers(0, 30))
    def test_age_and_birthday_agree(self, born, years):
        reached = ages.reaches(born, months=years * 12)

        assert age_on(born, reached) == years
        assert years == 0 or age_on(born, reached - timedelta(days=1)) == years - 1

    def test_the_calendar_year_has_its_own_day(self):
        found = {each.rule.id: each.on for each in ages.ahead(date(2014, 6, 1), today=date(2026, 12, 5))}

        assert found["care-days-12"] == date(2027, 1, 1)


@pytest.fixture
def young(house):
    """Noah, followed up, whose sixteenth birthday is on 1 December, with his own telephone and his mother's."""
    with clock.frozen(noon(date(2026, 10, 1))):
        made = factories.make_person("Noah", birth_date=BORN)
        factories.involve(made, house.carers, basis=InvolvementBasis.CHILD_NEXT_OF_KIN)
    Person.objects.filter(id=made.id).update(wants_notices=True)
    for value, own in (("+4700111111", True), ("+4700222222", False)):
        ContactPoint.objects.create(
            person=made, system="phone", value=value, value_hash=value[-1].encode() * 32, own=own,
            safe_for_notices=own or None, rank=2 if own else 1, valid_from=date(2026, 1, 1),
        )  # fmt: skip
    return made


@pytest.fixture
def system(here):
    return actors.system(here)


@pytest.fixture(autouse=True)
def heard(monkeypatch):
    """Let whoever listens hear at once what jobs would tell them after the transaction."""

    def tell(event):
        for event_type, subscriber in wiring.SUBSCRIPTIONS:
            if event_type is type(event):
                subscriber(event)

    monkeypatch.setattr(events, "publish", tell)


@pytest.fixture
def text_messages(settings):
    """Text messages that go to made-up numbers, and are kept here."""
    settings.TEST_PERSON_NUMBERS = True
    registry.connect(gateways=[DemoGateway(Channel.SMS)], register=selectors)
    yield
    wiring.connect()


def announce(system, day):
    with clock.frozen(noon(day)):
        return services.announce_ages(actor=system)


class TestTheNightlyJob:
    def test_puts_the_birthday_on_the_list_a_month_before_and_once(self, young, system, house):
        assert announce(system, date(2026, 10, 31)) == 0
        assert announce(system, date(2026, 11, 1)) == 1
        assert announce(system, date(2026, 11, 1)) == 0
        assert announce(system, date(2026, 11, 2)) == 0

        item = WorkItem.objects.get(kind="age_ahead")
        assert (item.person_id, item.unit_id, item.due_on) == (young.id, house.carers, SIXTEEN)
        assert not Notice.objects.exists()

    def test_lets_who_follows_them_up_look_after_the_notice_and_not_who_only_has_the_number(
        self, young, system, house, text_messages
    ):
        with clock.frozen(noon(date(2026, 9, 1))):
            factories.involve(young, house.home_care, basis=InvolvementBasis.EMERGENCY_CONTACT)

        announce(system, SIXTEEN)

        assert Notice.objects.get().unit_id == house.carers

    def test_does_not_put_back_what_was_done(self, young, system):
        announce(system, date(2026, 11, 1))
        WorkItem.objects.all().delete()

        announce(system, date(2026, 11, 20))

        assert not WorkItem.objects.filter(kind="age_ahead").exists()

    def test_tells_the_young_person_on_the_day_on_their_own_telephone_and_once(self, young, system, text_messages):
        announce(system, SIXTEEN)
        announce(system, SIXTEEN)
        announce(system, SIXTEEN + timedelta(days=1))

        notice = Notice.objects.get(kind="age_reached")
        assert (notice.person_id, notice.address, notice.about_day) == (young.id, "+4700111111", SIXTEEN)

    @pytest.mark.parametrize("wants", [False, None])
    def test_tells_nobody_who_has_not_asked_for_it(self, young, system, wants):
        Person.objects.filter(id=young.id).update(wants_notices=wants)

        announce(system, SIXTEEN)

        assert not Notice.objects.exists()

    def test_never_tells_a_parents_telephone(self, young, system):
        ContactPoint.objects.filter(person=young, own=True).delete()

        announce(system, SIXTEEN)

        assert Notice.objects.get(kind="age_reached").address is None

    def test_catches_up_with_a_night_that_was_missed_and_not_with_a_month(self, young, system):
        assert announce(system, SIXTEEN + timedelta(days=6)) == 1

        AgeTold.objects.all().delete()
        assert announce(system, SIXTEEN + timedelta(days=7)) == 0

    @pytest.mark.parametrize("year", [2005, 2007])
    def test_tells_once_and_however_late_of_whom_only_the_year_is_known(self, system, house, monkeypatch, year):
        with clock.frozen(noon(date(2026, 10, 1))):
            child, patient = factories.make_person("Per", birth_date=None), factories.make_person("Arne")
            factories.involve(child, house.carers, basis=InvolvementBasis.CHILD_NEXT_OF_KIN)
            ChildTold.objects.create(
                patient=patient, child=child, unit_id=house.carers, birth_year=year, recorded_by=actors.SYSTEM_ID,
                recorded_at=clock.now(),
            )  # fmt: skip
        told = []
        monkeypatch.setattr(events, "publish", told.append)

        assert [announce(system, date(2026, 11, day)) for day in (1, 2)] == [1, 0]
        assert [(each.person_id, each.age, each.on) for each in told] == [(child.id, 18, date(year + 18, 12, 31))]

    def test_tells_nothing_by_the_year_before_the_year_is_over(self, system, house):
        with clock.frozen(noon(date(2026, 10, 1))):
            child, patient = factories.make_person("Per", birth_date=None), factories.make_person("Arne")
            factories.involve(child, house.carers, basis=InvolvementBasis.CHILD_NEXT_OF_KIN)
            for each, year in ((child, 2008), (factories.make_person("Ola", birth_date=None), 2020)):
                ChildTold.objects.create(
                    patient=patient, child=each, unit_id=house.carers, birth_year=year, recorded_by=actors.SYSTEM_ID,
                    recorded_at=clock.now(),
                )  # fmt: skip

        assert [announce(system, day) for day in (date(2026, 12, 30), date(2026, 12, 31))] == [0, 1]

    @pytest.mark.parametrize("what", ["died_on", "merged_into", "involvement"])
    def test_leaves_out_whom_nobody_follows_up(self, young, system, what):
        other = factories.make_person("Oddny")
        changed = {"died_on": {"died_on": date(2026, 10, 2)}, "merged_into": {"merged_into": other}}
        if what == "involvement":
            young.involvements.all().delete()
        else:
            Person.objects.filter(id=young.id).update(**changed[what])

        assert announce(system, date(2026, 11, 1)) == 0

    def test_is_the_systems_alone(self, house):
        with pytest.raises(NotAllowed):
            services.announce_ages(actor=factories.worker(house.tenant_id, house.top, Post.LEADER))


def parent_of(child, *, born):
    mother = factories.make_person("Kari", birth_date=born)
    relation = Relation.objects.create(person=child, related=mother, kind=RelationKind.PARENT.value, valid_from=BORN)
    CarerRole.objects.create(
        relation=relation, patient=child, carer=mother, role=Role.FORELDREANSVAR.value, valid_from=BORN,
        recorded_by=actors.SYSTEM_ID, recorded_at=clock.now(),
    )  # fmt: skip
    return mother


class TestOnThePages:
    @pytest.fixture
    def followed(self, young, house):
        parent_of(young, born=date(1975, 3, 2))
        young.involvements.all().delete()
        with clock.frozen(noon(date(2026, 10, 1))):
            factories.involve(young, house.carers)
        return factories.worker(house.tenant_id, house.carers)

    @pytest.mark.parametrize(
        ("day", "rule", "roles"),
        [
            (SIXTEEN - timedelta(days=1), "I6", {Role.FORELDREANSVAR}),
            (SIXTEEN, "I7", {Role.FORELDREANSVAR}),
            (date(2028, 11, 30), "I7", {Role.FORELDREANSVAR}),
            (date(2028, 12, 1), "I14", set()),
        ],
    )
    def test_the_answer_and_the_role_change_on_the_day(self, young, followed, day, rule, roles):
        with clock.frozen(noon(day)):
            telling = selectors.tellings(actor=followed, patient_id=young.id).carers[0]
            family = selectors.family(actor=followed, person_id=young.id)

        assert telling.health.rule == rule
        assert set(telling.roles) == roles
        assert {each.role for near in family.near for each in near.roles if each.live} == roles

    def test_the_change_stands_on_the_persons_page_for_a_month_before_and_after(self, young, followed):
        for day, ahead, happened in (
            (date(2026, 10, 31), False, False),
            (date(2026, 11, 1), True, False),
            (SIXTEEN, False, True),
            (date(2027, 1, 2), False, False),
        ):
            with clock.frozen(noon(day)):
                found = selectors.age_changes(actor=followed, person_id=young.id)
            assert ("decides-16" in {each.rule.id for each in found.ahead}) is ahead
            assert ("decides-16" in {each.rule.id for each in found.happened}) is happened

    def test_the_parent_is_told_on_their_own_page_what_concerns_parents(self, young, house):
        account = factories.citizen_account(house.tenant_id)
        mother = parent_of(young, born=date(1975, 3, 2))
        Person.objects.filter(id=mother.id).update(user=account)
        with clock.frozen(noon(SIXTEEN - timedelta(days=1))):
            page = selectors.own_page(actor=factories.as_actor(account))

        assert {each.rule.id for each in page.changes.ahead_as_parent} == {"told-less-16"}
        assert page.changes.ahead == ()
