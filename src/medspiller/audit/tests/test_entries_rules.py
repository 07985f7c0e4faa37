"""What an entry holds, and what of it the person sees."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medspiller.access.domain.roles import Role
from medspiller.audit.domain import basis as bases
from medspiller.audit.domain import who
from medspiller.audit.domain.basis import Basis, BasisCode
from medspiller.audit.domain.entries import BadCursor, Cursor, Entry, Shown, as_seen
from medspiller.audit.domain.information import (
    Information,
    InformationMissing,
    SearchTerm,
    UnknownInformation,
    UnknownSearchTerm,
    categories,
    terms,
)
from medspiller.audit.domain.kinds import Kind, Outcome
from medspiller.audit.domain.visibility import Viewer, Withheld, WithheldReason
from medspiller.audit.domain.writing import own_columns
from medspiller.audit.tests.actors import HOME_CARE, NURSING_HOME, citizen, job, nurse
from medspiller.core.actors import ActorKind

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
SOMEBODY = uuid4()


def entry(*, actor=None, basis=None, **facts) -> Entry:
    return Entry(
        id=uuid4(),
        at=NOON,
        kind=Kind.READ,
        action="people.view_carers",
        who=who.of(actor or nurse()),
        basis=basis or Basis(code=BasisCode.INVOLVEMENT, unit_id=HOME_CARE, text="Ringte om faren"),
        **facts,
    )


class TestAsSeen:
    def test_a_leader_above_the_unit_is_shown_as_leader_and_not_with_their_unit(self):
        above = nurse(role=Role.LEADER.value, unit_id=NURSING_HOME, unit_name="Pleie og omsorg")

        seen = as_seen(entry(actor=above), viewer=Viewer.PERSON, viewer_id=SOMEBODY)

        assert (seen.role, seen.unit_name) == ("leader", "")

    def test_shows_the_unit_only_where_it_follows_up_this_very_person(self):
        followed_up_there = as_seen(entry(), viewer=Viewer.PERSON, viewer_id=SOMEBODY)
        followed_up_elsewhere = as_seen(
            entry(basis=Basis(code=BasisCode.INVOLVEMENT, unit_id=NURSING_HOME)),
            viewer=Viewer.PERSON,
            viewer_id=SOMEBODY,
        )

        assert (followed_up_there.unit_name, followed_up_there.role) == ("Hjemmetjenesten øst", "Sykepleier")
        assert (followed_up_elsewhere.unit_name, followed_up_elsewhere.role) == ("", "")

    @pytest.mark.parametrize("viewer", list(Viewer))
    def test_names_neither_the_subject_nor_the_list_nor_what_somebody_wrote(self, viewer):
        whole = entry(subject_id=uuid4(), list_id=uuid4(), refusal_reason="søsteren sa nei", person_id=SOMEBODY)

        seen = repr(as_seen(whole, viewer=viewer, viewer_id=SOMEBODY))

        for secret in (whole.subject_id, whole.list_id, whole.refusal_reason, whole.basis.text, whole.person_id):
            assert str(secret) not in seen

    @pytest.mark.parametrize("viewer", [Viewer.PERSON, Viewer.REPRESENTATIVE])
    def test_does_not_tell_the_person_that_an_entry_had_been_withheld(self, viewer):
        released = entry(withheld=Withheld.PERSON_AND_REPRESENTATIVES, withheld_reason=WithheldReason.SAFETY)

        seen = as_seen(released, viewer=viewer, viewer_id=SOMEBODY)

        assert (seen.withheld, seen.withheld_reason) == (Withheld.NONE, WithheldReason.NOT_WITHHELD)

    def test_tells_the_reader_which_entries_are_their_own(self):
        reader = citizen()

        assert as_seen(entry(actor=reader), viewer=Viewer.PERSON, viewer_id=reader.id).by_viewer
        assert not as_seen(entry(), viewer=Viewer.PERSON, viewer_id=reader.id).by_viewer


class TestKnownBasis:
    def test_a_job_acts_as_the_system(self):
        assert bases.known(Basis(), actor_kind=ActorKind.SYSTEM, about_actor=False).code is BasisCode.SYSTEM

    def test_a_citizen_needs_no_other_ground_for_what_is_their_own(self):
        assert bases.known(Basis(), actor_kind=ActorKind.CITIZEN, about_actor=True).code is BasisCode.OWN

    @pytest.mark.parametrize("about_actor", [True, False])
    def test_staff_are_never_given_a_ground(self, about_actor):
        found = bases.known(Basis(), actor_kind=ActorKind.STAFF, about_actor=about_actor)

        assert found.code is BasisCode.UNSTATED

    def test_what_was_stated_stays(self):
        stated = bases.stated("blue_light")

        assert bases.known(stated, actor_kind=ActorKind.SYSTEM, about_actor=False).code is BasisCode.BLUE_LIGHT

    def test_an_unknown_ground_is_refused(self):
        with pytest.raises(ValueError, match="curiosity"):
            bases.stated("curiosity")


class TestInformation:
    def test_one_code_or_several_in_the_order_of_the_table_each_once(self):
        assert categories("plan") == (Information.PLAN,)
        assert categories(["plan", Information.CARERS, "plan"]) == (Information.CARERS, Information.PLAN)
        assert categories("") == categories(()) == ()

    def test_a_category_that_has_no_words_is_refused(self):
        with pytest.raises(UnknownInformation, match="diary"):
            categories(["plan", "diary"])

    @pytest.mark.parametrize("kind", [Kind.READ, Kind.SEARCH])
    def test_whoever_sees_a_persons_data_must_say_which(self, kind):
        with pytest.raises(InformationMissing):
            own_columns(Shown(person_id=SOMEBODY), entry_id=uuid4(), actor=nurse(), kind=kind, information=(), basis="")

    def test_what_one_person_was_shown_goes_before_what_the_list_shows(self):
        columns = own_columns(
            Shown(person_id=SOMEBODY, information=("messages",), basis="blue_light"),
            entry_id=uuid4(),
            actor=nurse(),
            kind=Kind.READ,
            information="carers",
            basis="involvement",
        )

        assert (columns["information"], columns["basis"]) == ((Information.MESSAGES,), BasisCode.BLUE_LIGHT)


class TestSearchTerms:
    def test_are_codes(self):
        assert terms(["person_number", "name"]) == (SearchTerm.NAME, SearchTerm.PERSON_NUMBER)

    @given(st.text(min_size=1).filter(lambda text: text not in set(SearchTerm)))
    def test_nothing_that_was_typed_gets_in_or_into_the_error(self, typed):
        with pytest.raises(UnknownSearchTerm) as refusal:
            terms([typed])

        assert str(refusal.value) == "describe a search by codes of SearchTerm, never by what was typed"

    def test_a_search_without_a_description_is_refused(self):
        with pytest.raises(UnknownSearchTerm):
            terms(())


def test_only_a_refusal_did_not_succeed():
    assert {kind for kind in Kind if kind.outcome is Outcome.REFUSED} == {Kind.REFUSED}


def test_an_actor_with_nothing_but_what_every_actor_has_can_be_kept():
    class Bare:
        id, kind, tenant_id, name, organisation = SOMEBODY, ActorKind.SYSTEM, None, "Medspiller", ""

    kept = who.of(Bare())  # type: ignore[arg-type]

    assert kept == who.Who(id=SOMEBODY, kind=ActorKind.SYSTEM, name="Medspiller", organisation="")


def test_the_actor_is_kept_with_all_the_log_asks_for():
    kept = who.of(nurse())

    assert (kept.unit_id, kept.unit_name, kept.role) == (HOME_CARE, "Hjemmetjenesten øst", "Sykepleier")
    assert (kept.organisation_number, kept.place_number) == ("000000001", "000000002")
    assert (kept.authorisation, kept.hpr_number) == ("SP", "0000001")
    assert who.of(job()).unit_id is None


class TestCursor:
    @given(st.datetimes(timezones=st.just(UTC)), st.uuids())
    def test_reads_back_what_it_wrote(self, at, entry_id):
        assert Cursor.read(str(Cursor(at=at, id=entry_id))) == Cursor(at=at, id=entry_id)

    @pytest.mark.parametrize("text", ["", "~", "2026-09-01", f"2026-09-01T12:00:00~{UUID(int=1)}", "x~y", "a~b~c"])
    def test_refuses_anything_else(self, text):
        with pytest.raises(BadCursor):
            Cursor.read(text)
