"""Publishing, retiring and reading definitions, against the database."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, connections, transaction

from medspiller.access.domain import actors
from medspiller.audit.models import AccessEntry
from medspiller.content import registry, selectors, services
from medspiller.content.domain import formats
from medspiller.content.domain.definitions import Pin, Status
from medspiller.content.domain.problems import ContentProblem
from medspiller.content.models import Definition as Row
from medspiller.content.tests.conftest import owner, tenant
from medspiller.content.tests.factories import URL, note
from medspiller.content.tests.kinds import KINDS
from medspiller.core import clock, ids
from medspiller.core.errors import NotAllowed, NotFound
from tests.support.database import ELSEWHERE, HERE

pytestmark = pytest.mark.usefixtures("committed", "notes")


def ship(*definitions):
    with owner() as actor:
        return services.publish(actor=actor, definitions=definitions)


class TestPublish:
    def test_what_is_shipped_can_be_read_by_every_tenant(self):
        ship(note())

        for somewhere in (HERE, ELSEWHERE):
            with tenant(somewhere) as actor:
                assert selectors.latest(actor=actor, url=URL) == note()

    def test_doing_it_twice_does_nothing_the_second_time(self):
        first, again = ship(note()), ship(note())

        assert (len(first.new), len(again.unchanged)) == (1, 1)
        assert again.is_empty

    def test_changing_in_place_is_refused_and_nothing_else_is_written_either(self):
        ship(note())

        with pytest.raises(ContentProblem, match="raise its version"):
            ship(note(url="urn:new"), note("Changed."))

        with tenant(HERE) as actor, pytest.raises(NotFound):
            selectors.latest(actor=actor, url="urn:new")

    def test_other_white_space_in_the_file_is_no_change(self):
        ship(note())
        spaced = note().text.replace("\n", "\n\n")

        with owner() as actor:
            again = services.publish(actor=actor, definitions=[_written(spaced)])

        assert again.is_empty

    def test_a_draft_is_edited_and_then_frozen(self):
        ship(note("Rough.", status=Status.DRAFT))
        ship(note("Smooth.", status=Status.DRAFT))
        ship(note("Smooth."))

        with pytest.raises(ContentProblem):
            ship(note("Smoother."))

        with tenant(HERE) as actor:
            assert selectors.latest(actor=actor, url=URL).body["text"] == "Smooth."

    def test_a_draft_is_used_for_nothing(self):
        ship(note(status=Status.DRAFT))

        with tenant(HERE) as actor:
            assert selectors.active(actor=actor, kind="notes", on=clock.today()) == ()
            with pytest.raises(NotFound):
                selectors.latest(actor=actor, url=URL)

    def test_what_reacts_to_a_kind_runs_once_when_it_becomes_active(self):
        seen = []

        def remember(*, actor, definition):
            seen.append((definition.key.version, definition.status))

        with registry.connected(KINDS, [("notes", remember)]):
            ship(note(status=Status.DRAFT), note(version="2"), note(version="0", status=Status.RETIRED))
            ship(note(), note(version="2"))
            ship(note(), note(version="2", status=Status.RETIRED))

        assert seen == [("2", "active"), ("1", "active")]

    def test_what_a_reaction_refuses_is_not_published(self):
        def refuse(*, actor, definition):
            raise ValueError("the register is closed")

        with registry.connected(KINDS, [("notes", refuse)]), pytest.raises(ValueError, match="closed"):
            ship(note())

        with tenant(HERE) as actor:
            assert selectors.published(actor=actor) == {}

    def test_the_wrong_shape_is_refused_by_name(self):
        with pytest.raises(ContentProblem) as refusal:
            ship(note(""))

        assert [problem.element for problem in refusal.value.problems] == ["text"]

    def test_a_kind_that_nobody_knows_is_refused(self):
        with registry.connected(type(KINDS)(())), pytest.raises(registry.UnknownKind):
            ship(note())

    def test_nobody_publishes_who_may_not(self):
        with tenant(HERE), pytest.raises(NotAllowed):
            services.publish(actor=actors.anonymous(HERE), definitions=[note()])


class TestRetire:
    def test_a_retired_one_is_used_for_nothing_new_and_still_answers_to_its_pin(self):
        pin = ship(note()).new[0].pin

        with owner() as actor:
            services.retire(actor=actor, url=pin.url, version=pin.version)

        with tenant(HERE) as actor:
            with pytest.raises(NotFound):
                selectors.latest(actor=actor, url=URL)
            kept = selectors.pinned(actor=actor, url=pin.url, version=pin.version)
            assert kept.status is Status.RETIRED
            assert kept.pin == pin == Pin(url=URL, version="1", digest=note().digest)

    def test_it_never_becomes_active_again(self):
        ship(note())
        with owner() as actor:
            services.retire(actor=actor, url=URL, version="1")

        with pytest.raises(ContentProblem, match="is retired and never becomes active again"):
            ship(note())

    def test_a_file_can_say_it_too(self):
        ship(note())

        done = ship(note(status=Status.RETIRED))

        assert len(done.retired) == 1
        with tenant(HERE) as actor:
            assert selectors.pinned(actor=actor, url=URL, version="1").status is Status.RETIRED

    def test_twice_is_refused(self):
        ship(note())
        with owner() as actor:
            services.retire(actor=actor, url=URL, version="1")
            with pytest.raises(services.AlreadyRetired):
                services.retire(actor=actor, url=URL, version="1")

    def test_what_is_not_there_is_refused(self):
        with owner() as actor, pytest.raises(NotFound):
            services.retire(actor=actor, url=URL, version="1")

    def test_a_tenant_cannot_retire_what_is_shipped(self):
        ship(note())

        with tenant(HERE) as actor, pytest.raises(NotAllowed) as refusal:
            services.retire(actor=actor, url=URL, version="1")

        assert refusal.value.reason == "not_own"


class TestTenants:
    def test_a_tenants_own_is_invisible_to_another(self):
        with tenant(HERE) as actor:
            services.publish(actor=actor, definitions=[note()])
            assert selectors.latest(actor=actor, url=URL) == note()

        with tenant(ELSEWHERE) as actor:
            assert selectors.published(actor=actor) == {}
            assert Row.objects.count() == 0
            with pytest.raises(NotFound):
                selectors.pinned(actor=actor, url=URL, version="1")

    def test_two_tenants_may_use_the_same_name_for_different_things(self):
        with tenant(HERE) as actor:
            services.publish(actor=actor, definitions=[note("Here.")])
        with tenant(ELSEWHERE) as actor:
            services.publish(actor=actor, definitions=[note("Elsewhere.")])
            assert selectors.latest(actor=actor, url=URL).body["text"] == "Elsewhere."

    def test_a_tenant_cannot_give_other_content_to_what_is_shipped(self):
        ship(note())

        with tenant(HERE) as actor, pytest.raises(ContentProblem):
            services.publish(actor=actor, definitions=[note("Our own.")])

    def test_a_tenants_own_comes_before_a_later_shipped_one_of_the_same_name(self):
        with tenant(HERE) as actor:
            services.publish(actor=actor, definitions=[note("Here.")])
        ship(note("Everywhere."))

        with tenant(HERE) as actor:
            assert selectors.pinned(actor=actor, url=URL, version="1").body["text"] == "Here."
            assert selectors.latest(actor=actor, url=URL).body["text"] == "Here."
        with tenant(ELSEWHERE) as actor:
            assert selectors.latest(actor=actor, url=URL).body["text"] == "Everywhere."

    def test_the_access_log_tells_of_a_tenants_own(self):
        with tenant(HERE) as actor:
            services.publish(actor=actor, definitions=[note()])
            services.retire(actor=actor, url=URL, version="1")

            actions = list(AccessEntry.objects.order_by("at").values_list("action", flat=True))
            assert actions == ["content.publish", "content.retire"]

    def test_the_web_role_cannot_ship(self):
        with tenant(HERE), pytest.raises(DatabaseError, match="row-level security"):
            services.publish(actor=actors.system(None), definitions=[note()])

    def test_without_a_tenant_only_what_is_shipped_is_seen(self):
        ship(note())
        with tenant(HERE) as actor:
            services.publish(actor=actor, definitions=[note(version="2")])

        with transaction.atomic():
            assert [str(row) for row in Row.objects.all()] == [f"{URL}|1"]


class TestDatabase:
    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ("SET text = 'x'", "is published and frozen"),
            ("SET digest = repeat('0', 64)", "is published and frozen"),
            ("SET published_at = now()", "is published and frozen"),
            ("SET package_version = '9', status = 'retired', retired_at = now()", "is published and frozen"),
            ("SET version = '2'", "keeps its identity"),
            ("SET status = 'draft', published_at = NULL", "is published and frozen"),
        ],
    )
    @pytest.mark.parametrize("as_owner", [True, False])
    def test_a_published_definition_cannot_be_changed_by_anybody(self, change, said, as_owner):
        if as_owner:
            ship(note())
        else:
            with tenant(HERE) as actor:
                services.publish(actor=actor, definitions=[note()])

        with owner() if as_owner else tenant(HERE), pytest.raises(DatabaseError, match=said), transaction.atomic():
            connection.cursor().execute(f"UPDATE content_definition {change}")

    def test_a_retired_definition_never_becomes_active_again(self):
        ship(note())
        with owner() as actor:
            services.retire(actor=actor, url=URL, version="1")

        with owner(), pytest.raises(DatabaseError, match="never becomes active again"), transaction.atomic():
            connection.cursor().execute("UPDATE content_definition SET status = 'active', retired_at = NULL")

    def test_a_published_definition_cannot_be_removed_even_by_the_owner(self):
        ship(note())

        with owner(), pytest.raises(DatabaseError, match="is published and stays"), transaction.atomic():
            connection.cursor().execute("DELETE FROM content_definition")

    def test_the_web_role_cannot_change_what_is_shipped(self):
        ship(note(status=Status.DRAFT))

        with tenant(HERE):
            cursor = connection.cursor()
            cursor.execute("UPDATE content_definition SET text = 'x'")
            assert cursor.rowcount == 0

    def test_the_web_role_removes_nothing(self):
        with tenant(HERE), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute("DELETE FROM content_definition")

    def test_a_tenant_cannot_hand_its_own_to_another_or_to_all(self):
        with tenant(HERE) as actor:
            services.publish(actor=actor, definitions=[note(status=Status.DRAFT)])

        for target in (f"'{ELSEWHERE}'", "NULL"):
            with tenant(HERE), pytest.raises(DatabaseError), transaction.atomic():
                connection.cursor().execute(f"UPDATE content_definition SET tenant_id = {target}")

    def test_the_owner_does_not_see_what_belongs_to_tenants(self):
        with tenant(HERE) as actor:
            services.publish(actor=actor, definitions=[note()])

        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT set_config('medspiller.tenant', '', false)")
            cursor.execute("SELECT count(*) FROM content_definition")
            assert cursor.fetchone() == (0,)

    def test_one_name_and_version_is_shipped_once(self):
        ship(note())

        with owner():
            again = Row.objects.get()
            again.id = ids.new_id()
            with pytest.raises(DatabaseError, match="content_definition_once"), transaction.atomic():
                again.save(force_insert=True)


class TestReading:
    def test_of_several_versions_the_highest_active_one_is_the_latest(self):
        ship(note(version="1.9"), note(version="1.10"), note(version="2", status=Status.DRAFT))

        with tenant(HERE) as actor:
            assert selectors.latest(actor=actor, url=URL).version == "1.10"

    def test_what_was_active_on_a_day_stays_so_for_that_day(self):
        with clock.frozen(datetime(2026, 3, 1, 12, tzinfo=UTC)):
            ship(note())
        with clock.frozen(datetime(2026, 5, 31, 22, 30, tzinfo=UTC)):  # half past midnight on 1 June in Norway
            ship(note(version="2"))
            with owner() as actor:
                services.retire(actor=actor, url=URL, version="2")
                services.retire(actor=actor, url=URL, version="1")

        def versions_on(day):
            with tenant(HERE) as actor:
                return [found.version for found in selectors.active(actor=actor, kind="notes", on=day)]

        assert versions_on(date(2026, 2, 28)) == []
        assert versions_on(date(2026, 3, 1)) == ["1"]
        assert versions_on(date(2026, 5, 31)) == ["1"]
        assert versions_on(date(2026, 6, 1)) == []

    def test_other_kinds_are_not_mixed_in(self):
        ship(note())

        with tenant(HERE) as actor:
            assert selectors.active(actor=actor, kind="terms", on=clock.today()) == ()

    def test_a_body_is_parsed_once(self, django_assert_num_queries, monkeypatch):
        ship(note("Parsed once."))
        read = []
        monkeypatch.setattr(selectors.formats, "read", lambda *given: read.append(given) or formats_read(*given))

        with tenant(HERE) as actor:
            first = selectors.latest(actor=actor, url=URL)
            with django_assert_num_queries(1):
                again = selectors.pinned(actor=actor, url=URL, version="1")

        assert len(read) == 1
        assert again.body is first.body


formats_read = formats.read


def _written(text):
    definition = note()
    return replace(definition, text=text, body=formats.read(text.encode(), ".yaml"))


class TestFingerprint:
    def test_is_the_same_until_something_else_is_in_use(self):
        ship(note())
        before, again = self.taken(), self.taken()
        ship(note("Changed.", version="2"))

        assert before == again != self.taken()

    def test_differs_where_a_tenant_has_something_of_its_own(self):
        ship(note())
        with tenant(HERE) as actor:
            services.publish(actor=actor, definitions=[note(url="urn:own")])

        assert self.taken(HERE) != self.taken(ELSEWHERE)

    def test_a_draft_makes_no_difference(self):
        ship(note())
        before = self.taken()
        ship(note("Rough.", version="2", status=Status.DRAFT))

        assert self.taken() == before

    @staticmethod
    def taken(somewhere=HERE):
        with tenant(somewhere) as actor:
            return selectors.fingerprint(actor=actor, kinds=("notes",), on=clock.today())


def test_what_a_file_said_is_given_as_written_and_floods_no_log():
    text = "navn: Pårørende – “sitat” 😀\n" * 1000

    definition = replace(note(), text=text)

    assert definition.text == text
    assert "Pårørende" not in repr(definition)
    assert hash(definition) == hash(replace(definition, text="noe annet"))
