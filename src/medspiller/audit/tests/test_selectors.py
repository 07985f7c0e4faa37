"""Reading the log: who sees which entries, and that reading it leaves entries too."""

from datetime import UTC, datetime, timedelta
from itertools import chain, combinations
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections
from django.test.utils import CaptureQueriesContext

from medspiller.audit import policies, selectors, services
from medspiller.audit.domain import Audience, Basis, BasisCode, Information, Kind, Shown, Viewer, Withheld
from medspiller.audit.domain.visibility import may_see
from medspiller.audit.models import AccessEntry, Release
from medspiller.audit.tests.actors import (
    HOME_CARE,
    NURSING_HOME,
    citizen,
    job,
    leader,
    nurse,
    nurse_elsewhere,
    representative_of,
)
from medspiller.core import clock, tenancy
from medspiller.core.errors import NotAllowed, NotFound
from tests.support.database import ELSEWHERE, HERE

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
PERSON = uuid4()


def read(person_id=PERSON, *, at=NOON, **facts):
    usual = {"actor": nurse(), "action": "people.view", "kind": "read", "information": "carers"}
    with clock.frozen(at):
        return services.record(**(usual | {"person_id": person_id, "basis": "involvement"} | facts))


def ids_of(page):
    return [entry.id for entry in page.entries]


def log_reads():
    return list(AccessEntry.objects.filter(action="audit.view_log"))


def audiences():
    return chain.from_iterable(combinations(Audience, size) for size in range(3))


class TestEntriesAbout:
    def test_shows_the_person_their_own_newest_first(self, here):
        older, newer = read(), read(at=NOON + timedelta(hours=1))
        read(uuid4())

        assert ids_of(selectors.entries_about(actor=citizen(PERSON), person_id=PERSON)) == [newer, older]

    def test_says_who_from_where_on_which_basis_and_what(self, here):
        read(information=["carers", "plan"], basis=Basis(code=BasisCode.INVOLVEMENT, unit_id=HOME_CARE))

        (seen,) = selectors.entries_about(actor=citizen(PERSON), person_id=PERSON).entries

        assert (seen.at, seen.kind, seen.basis) == (NOON, Kind.READ, BasisCode.INVOLVEMENT)
        assert (seen.actor_name, seen.organisation) == ("Nora Nattevakt", "Bærum kommune")
        assert (seen.unit_name, seen.role) == ("Hjemmetjenesten øst", "Sykepleier")
        assert seen.information == (Information.CARERS, Information.PLAN)

    @pytest.mark.parametrize("released_to", list(audiences()), ids=str)
    @pytest.mark.parametrize("withheld", list(Withheld))
    def test_the_list_and_the_rule_agree(self, here, withheld, released_to):
        entry_id = read(withheld=withheld, withheld_reason="safety" if withheld is not Withheld.NONE else "")
        for audience in released_to:
            Release.objects.create(
                entry_id=entry_id, to_whom=audience, reason="x", released_by=uuid4(), released_by_name="x", at=NOON
            )
        readers = {
            Viewer.PERSON: (citizen(PERSON), False),
            Viewer.REPRESENTATIVE: (representative_of(PERSON), True),
            Viewer.STAFF: (leader(), False),
        }

        for viewer, (actor, as_representative) in readers.items():
            page = selectors.entries_about(actor=actor, person_id=PERSON, as_representative=as_representative)

            assert (entry_id in ids_of(page)) is may_see(viewer=viewer, withheld=withheld, released_to=released_to)

    def test_a_release_opens_one_entry_and_no_other(self, here):
        opened, still_closed = read(information="safety"), read(information="safety")

        services.release(actor=leader(), entry_id=opened, reason="Faren er over")

        shown = ids_of(selectors.entries_about(actor=citizen(PERSON), person_id=PERSON))
        assert opened in shown
        assert still_closed not in shown

    @pytest.mark.parametrize(
        ("actor", "as_representative"),
        [
            (citizen(), False),
            (citizen(), True),
            (citizen(PERSON), True),
            (representative_of(PERSON), False),
            (representative_of(uuid4()), True),
            (job(), False),
        ],
        ids=["stranger", "stranger who says so", "person as other", "representative as person", "other's", "job"],
    )
    def test_does_not_exist_for_others(self, here, actor, as_representative):
        read()

        with pytest.raises(NotFound):
            selectors.entries_about(actor=actor, person_id=PERSON, as_representative=as_representative)

    def test_is_refused_to_staff_without_the_role(self, here):
        with pytest.raises(NotAllowed):
            selectors.entries_about(actor=nurse(), person_id=PERSON)

    def test_is_refused_to_a_leader_whom_it_is_about(self, here):
        with pytest.raises(NotAllowed) as refusal:
            selectors.entries_about(actor=leader(person_id=PERSON), person_id=PERSON)

        assert refusal.value.reason == policies.OWN_FILE

    def test_a_leader_sees_what_concerns_their_units_only(self, here):
        by_my_staff = read()
        about_those_we_follow_up = read(actor=nurse(unit_id=NURSING_HOME), basis=Basis(unit_id=HOME_CARE))
        read(actor=nurse(unit_id=NURSING_HOME))

        page = selectors.entries_about(actor=leader(), person_id=PERSON)

        assert set(ids_of(page)) == {by_my_staff, about_those_we_follow_up}

    def test_a_leader_sees_what_is_withheld_and_why(self, here):
        read(information="safety")

        (seen,) = selectors.entries_about(actor=leader(), person_id=PERSON).entries

        assert (seen.withheld, seen.withheld_reason) == ("person_and_representatives", "safety")

    @pytest.mark.parametrize(
        ("actor", "as_representative", "basis"),
        [(leader(), False, BasisCode.REVIEW), (representative_of(PERSON), True, BasisCode.REPRESENTATIVE)],
        ids=["leader", "representative"],
    )
    def test_whoever_is_not_the_person_leaves_an_entry_about_them(self, here, actor, as_representative, basis):
        selectors.entries_about(actor=actor, person_id=PERSON, as_representative=as_representative)

        (left,) = log_reads()
        assert (left.actor_id, left.person_id, left.basis) == (actor.id, PERSON, basis)
        assert (left.kind, left.information) == ("read", ["access_log"])

    def test_the_person_leaves_none(self, here):
        selectors.entries_about(actor=citizen(PERSON), person_id=PERSON)

        assert log_reads() == []

    def test_takes_one_query_for_the_person(self, here):
        for _ in range(20):
            read()

        with CaptureQueriesContext(connection) as queries:
            selectors.entries_about(actor=citizen(PERSON), person_id=PERSON)

        assert len(queries) == 1

    def test_nothing_of_another_tenant_is_shown(self, committed):
        with tenancy.tenant_transaction(tenant_id=ELSEWHERE, actor_id=uuid4()):
            read(actor=nurse_elsewhere())

        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=uuid4()):
            assert selectors.entries_about(actor=citizen(PERSON), person_id=PERSON).entries == ()


class TestPages:
    def test_go_on_where_the_last_one_ended_even_within_one_moment(self, here):
        services.record_list(
            actor=nurse(), action="people.list", information="carers", shown=[Shown(person_id=PERSON)] * 7
        )
        seen, before = [], None

        while True:
            page = selectors.entries_about(actor=citizen(PERSON), person_id=PERSON, before=before, size=3)
            seen += ids_of(page)
            before = page.after
            if before is None:
                break

        assert len(seen) == len(set(seen)) == 7

    def test_a_full_last_page_has_no_next(self, here):
        read()

        assert selectors.entries_about(actor=citizen(PERSON), person_id=PERSON, size=1).after is None

    def test_a_withheld_entry_leaves_no_gap(self, here):
        first, last = read(), read(at=NOON + timedelta(hours=2))
        read(at=NOON + timedelta(hours=1), information="safety")

        page = selectors.entries_about(actor=citizen(PERSON), person_id=PERSON, size=2)

        assert ids_of(page) == [last, first]
        assert page.after is None


class TestAskingAboutAnEntry:
    def test_finds_the_entry_and_the_unit_that_answers(self, here):
        entry_id = read()
        asking = {"actor": citizen(PERSON), "person_id": PERSON, "entry_id": entry_id}

        assert selectors.entry_to_ask_about(**asking).id == entry_id
        assert selectors.unit_to_ask(**asking) == HOME_CARE

    def test_the_unit_that_follows_up_answers_for_an_actor_of_no_unit(self, here):
        entry_id = read(actor=job(), basis=Basis(code=BasisCode.SYSTEM, unit_id=NURSING_HOME))

        assert selectors.unit_to_ask(actor=citizen(PERSON), person_id=PERSON, entry_id=entry_id) == NURSING_HOME

    @pytest.mark.parametrize("ask", [selectors.entry_to_ask_about, selectors.unit_to_ask])
    def test_does_not_know_withheld_entries_or_other_peoples(self, here, ask):
        withheld, others = read(information="safety"), read(uuid4())

        for entry_id in (withheld, others, uuid4()):
            with pytest.raises(NotFound):
                ask(actor=citizen(PERSON), person_id=PERSON, entry_id=entry_id)


class TestEntriesBy:
    def test_shows_what_one_actor_did_since_a_moment(self, here):
        watched = nurse()
        read(actor=watched, at=NOON - timedelta(days=1))
        recent = read(actor=watched)
        read()

        page = selectors.entries_by(actor=leader(), actor_id=watched.id, since=NOON)

        assert ids_of(page) == [recent]
        assert page.entries[0].person_id == PERSON

    def test_logs_the_look_and_each_person_who_appeared_once(self, here):
        watched, reviewer, other = nurse(), leader(), uuid4()
        for person in (PERSON, other, PERSON):
            read(person, actor=watched)

        selectors.entries_by(actor=reviewer, actor_id=watched.id, since=LONG_AGO)

        left = log_reads()
        assert sorted(str(row.person_id) for row in left) == sorted(map(str, (None, PERSON, other)))
        assert {row.actor_id for row in left} == {reviewer.id}
        assert {row.subject_id for row in left} == {watched.id, None}

    def test_leaves_out_what_is_about_the_reader(self, here):
        watched = nurse()
        read(actor=watched)

        page = selectors.entries_by(actor=leader(person_id=PERSON), actor_id=watched.id, since=LONG_AGO)

        assert page.entries == ()

    @pytest.mark.parametrize("actor", [nurse(), citizen(PERSON), job()], ids=lambda actor: actor.kind)
    def test_is_refused_without_the_role(self, here, actor):
        with pytest.raises(NotAllowed):
            selectors.entries_by(actor=actor, actor_id=uuid4(), since=LONG_AGO)


class TestReadsWithoutBasis:
    def test_shows_staff_who_looked_at_somebody_without_saying_why(self, here):
        looked = read(basis="")
        found = services.record_search(
            actor=nurse(),
            action="people.search",
            terms_description="name",
            shown=[Shown(person_id=PERSON)],
            information="name_and_birth",
        )
        read(basis="blue_light")
        read(basis="", kind="write")
        read(basis="", actor=citizen())
        read(basis="", actor=nurse(unit_id=NURSING_HOME))

        page = selectors.reads_without_basis(actor=leader(), since=LONG_AGO)

        assert {entry.id for entry in page.entries if entry.kind is Kind.READ} == {looked}
        assert {entry.list_id for entry in page.entries if entry.kind is Kind.SEARCH} == {found}
        assert len(page.entries) == 2

    def test_is_refused_without_the_role(self, here):
        with pytest.raises(NotAllowed):
            selectors.reads_without_basis(actor=nurse(), since=LONG_AGO)


class TestUnusualVolume:
    def test_names_those_who_looked_at_more_persons_than_the_threshold_most_first(self, here):
        busy, busier, usual = nurse(), nurse(name="Nils Nysgjerrig"), nurse()
        for actor, persons in ((busy, 3), (busier, 4), (usual, 1)):
            for _ in range(persons):
                read(uuid4(), actor=actor)
        same = uuid4()
        for _ in range(9):
            read(same, actor=usual)

        found = selectors.unusual_volume(actor=leader(), since=NOON, threshold=2)

        assert [(volume.actor_id, volume.persons, volume.entries) for volume in found] == [
            (busier.id, 4, 4),
            (busy.id, 3, 3),
        ]
        assert found[0].actor_name == "Nils Nysgjerrig"

    def test_counts_neither_other_units_nor_earlier_days_nor_citizens(self, here):
        for facts in ({"actor": nurse(unit_id=NURSING_HOME)}, {"at": LONG_AGO}, {"actor": citizen()}):
            read(**facts)

        assert selectors.unusual_volume(actor=leader(), since=NOON, threshold=0) == []

    def test_is_itself_in_the_log(self, here):
        reviewer = leader()

        selectors.unusual_volume(actor=reviewer, since=NOON, threshold=10)

        (left,) = log_reads()
        assert (left.actor_id, left.person_id) == (reviewer.id, None)

    def test_is_refused_without_the_role(self, here):
        with pytest.raises(NotAllowed):
            selectors.unusual_volume(actor=nurse(), since=NOON, threshold=1)


class TestALogThatCannotBeWritten:
    @pytest.fixture
    def full(self, committed):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=uuid4()):
            read()
        with connections["owner"].cursor() as owner:
            owner.execute("REVOKE INSERT ON audit_accessentry FROM medspiller_web")
        yield
        with connections["owner"].cursor() as owner:
            owner.execute("GRANT INSERT ON audit_accessentry TO medspiller_web")

    @pytest.mark.parametrize(
        "look",
        [
            lambda: selectors.entries_about(actor=leader(), person_id=PERSON),
            lambda: selectors.entries_by(actor=leader(), actor_id=uuid4(), since=LONG_AGO),
            lambda: selectors.reads_without_basis(actor=leader(), since=LONG_AGO),
            lambda: selectors.unusual_volume(actor=leader(), since=LONG_AGO, threshold=1),
        ],
        ids=["about", "by", "without basis", "volume"],
    )
    def test_is_not_shown_to_those_whose_look_must_be_logged(self, full, look):
        with pytest.raises(DatabaseError), tenancy.tenant_transaction(tenant_id=HERE, actor_id=uuid4()):
            look()
