"""Drafts: kept for the one who typed, in order, for a while, and for nobody else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from medspiller.access import selectors, services
from medspiller.access.domain import actors
from medspiller.access.domain.drafts import (
    LASTS,
    MOST_BYTES,
    MOST_DRAFTS,
    SENT_REMEMBERED,
    DraftIsOlder,
    DraftTooLarge,
    TooManyDrafts,
    number_at,
)
from medspiller.access.domain.roles import Role
from medspiller.access.domain.typed_text import TypedField
from medspiller.access.models import Draft, PostHolding, User
from medspiller.access.tasks import forget_old_drafts
from medspiller.access.tests.world import as_actor, citizen, worker
from medspiller.audit.models import AccessEntry
from medspiller.core import clock, tenancy
from medspiller.core.errors import NotAllowed
from medspiller.core.history import HistoryRow
from medspiller.core.schema import SEARCH_ROLE
from tests.support.database import ELSEWHERE, HERE
from tests.support.jobs import run_jobs
from tests.support.staff import build_house, employ

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
TALK = "people.first_talk"


def text(words):
    return (TypedField("text", words),)


def acting(user):
    """An account as the actor it is, with the role it was given."""
    found = selectors.actor_for(
        actor=actors.anonymous(user.tenant_id), user=user, organisation="", today=clock.today(), now=clock.now()
    )
    tenancy.enter_tenant(tenant_id=user.tenant_id, actor_id=user.id)
    return found


def save(actor, words="Mor bor alene", *, at=NINE, sent_at=None, form=TALK, key=""):
    with clock.frozen(at):
        number = number_at(sent_at) if sent_at else None
        services.save_draft(actor=actor, form=form, key=key, fields=text(words) if words else (), number=number)


def typed(actor, *, at=NINE, form=TALK, key=""):
    with clock.frozen(at):
        found = selectors.draft(actor=actor, form=form, key=key)
    return found.fields[0].value if found else None


@pytest.fixture
def nurse(house):
    with clock.frozen(NINE):
        return acting(worker(house.home_care, Role.CARE_WORKER))


class TestKeeping:
    def test_what_is_typed_comes_back_as_it_was(self, nurse):
        fields = (TypedField("phone", "a"), TypedField("phone", "b"), TypedField("text", "Æ\n\x00ø"))
        with clock.frozen(NINE):
            services.save_draft(actor=nurse, form=TALK, fields=fields)
            found = selectors.draft(actor=nurse, form=TALK)

        assert (found.fields, found.saved_at) == (fields, NINE)

    def test_there_is_one_of_a_form_and_what_it_is_about(self, nurse):
        save(nurse, "første")
        save(nurse, "andre")
        save(nurse, "om noe annet", key="42")
        save(nurse, "et annet skjema", form="people.emergency")

        assert typed(nurse) == "andre"
        assert typed(nurse, key="42") == "om noe annet"
        assert typed(nurse, form="people.emergency") == "et annet skjema"
        assert Draft.objects.count() == 3

    def test_it_is_sealed(self, nurse):
        save(nurse, "Mor bor alene")

        with connection.cursor() as cursor:
            cursor.execute("SELECT body FROM access_draft")
            ((body,),) = cursor.fetchall()
        assert b"alene" not in bytes(body)

    def test_no_log_tells_of_it(self, nurse, caplog):
        before = AccessEntry.objects.count()
        save(nurse, "Mor bor alene")

        assert AccessEntry.objects.count() == before
        assert "alene" not in caplog.text

    def test_a_form_that_was_emptied_has_no_draft(self, nurse):
        save(nurse, "Mor bor alene")
        save(nurse, "", at=NINE + SECOND)

        assert typed(nurse) is None

    def test_citizens_have_drafts_too(self, here):
        kari = acting(citizen())
        save(kari)

        assert typed(kari) == "Mor bor alene"

    def test_nobody_in_particular_has_none(self, here):
        with pytest.raises(NotAllowed):
            save(actors.anonymous(HERE))


class TestOrder:
    def test_an_older_one_that_comes_late_changes_nothing(self, nurse):
        save(nurse, "ny", at=NINE + 5 * SECOND, sent_at=NINE + 3 * SECOND)

        with pytest.raises(DraftIsOlder) as refusal:
            save(nurse, "gammel", at=NINE + 6 * SECOND, sent_at=NINE + 2 * SECOND)

        assert refusal.value.number == number_at(NINE + 3 * SECOND)
        assert typed(nurse) == "ny"

    def test_the_same_request_twice_counts_once(self, nurse):
        save(nurse, "ny", at=NINE + SECOND, sent_at=NINE)

        with pytest.raises(DraftIsOlder):
            save(nurse, "ny", at=NINE + 2 * SECOND, sent_at=NINE)

    def test_a_clock_that_is_ahead_does_not_shut_others_out(self, nurse):
        save(nurse, "fra i morgen", sent_at=NINE + timedelta(days=1))
        save(nurse, "fra nå", at=NINE + SECOND, sent_at=NINE + SECOND)

        assert typed(nurse) == "fra nå"

    def test_a_servers_clock_that_was_set_back_shuts_nobody_out(self, nurse):
        save(nurse, "før", at=NINE)
        save(nurse, "etter", at=NINE - timedelta(hours=1), sent_at=NINE + SECOND)

        assert typed(nurse) == "etter"

    def test_a_button_without_a_number_is_the_newest(self, nurse):
        save(nurse, "med skript", sent_at=NINE)
        save(nurse, "med knapp", at=NINE)

        assert typed(nurse) == "med knapp"


class TestLimits:
    def test_a_draft_has_a_size(self, nurse):
        room = MOST_BYTES - len('[["text", ""]]')
        save(nurse, "x" * room)

        with pytest.raises(DraftTooLarge):
            save(nurse, "x" * (room + 1), at=NINE + SECOND)
        assert len(typed(nurse)) == room

    def test_a_person_has_so_many_and_no_more(self, nurse):
        for number in range(MOST_DRAFTS):
            save(nurse, key=str(number))

        with pytest.raises(TooManyDrafts):
            save(nurse, key="one more")

    def test_one_that_is_there_can_still_be_changed_and_one_that_was_sent_gives_room(self, nurse):
        for number in range(MOST_DRAFTS):
            save(nurse, key=str(number))

        save(nurse, "endret", at=NINE + SECOND, key="0")
        with clock.frozen(NINE + SECOND):
            services.forget_draft(actor=nurse, form=TALK, key="1")
        save(nurse, "ny", at=NINE + SECOND, key="one more")

        assert (typed(nurse, key="0"), typed(nurse, key="one more")) == ("endret", "ny")

    def test_after_a_week_it_is_gone(self, nurse):
        save(nurse)

        assert typed(nurse, at=NINE + LASTS - SECOND) == "Mor bor alene"
        assert typed(nurse, at=NINE + LASTS) is None


class TestForgetting:
    def test_what_was_sent_is_forgotten_and_its_words_with_it(self, nurse):
        save(nurse)
        with clock.frozen(NINE + SECOND):
            services.forget_draft(actor=nurse, form=TALK)

        assert typed(nurse) is None
        assert Draft.objects.get().body is None

    def test_a_save_that_was_under_way_does_not_bring_it_back(self, nurse):
        with clock.frozen(NINE + 2 * SECOND):
            services.forget_draft(actor=nurse, form=TALK)

        with pytest.raises(DraftIsOlder):
            save(nurse, at=NINE + 3 * SECOND, sent_at=NINE + SECOND)

    def test_but_a_new_form_has_a_new_draft(self, nurse):
        with clock.frozen(NINE):
            services.forget_draft(actor=nurse, form=TALK)
        save(nurse, "neste samtale", at=NINE + 2 * SECOND, sent_at=NINE + SECOND)

        assert typed(nurse) == "neste samtale"

    def test_it_comes_back_if_what_was_sent_was_not_stored(self, nurse):
        save(nurse)

        with pytest.raises(RuntimeError), transaction.atomic():
            services.forget_draft(actor=nurse, form=TALK)
            raise RuntimeError("nothing was stored")

        assert typed(nurse) == "Mor bor alene"

    def test_old_ones_and_those_of_closed_accounts_are_deleted(self, nurse, house):
        closed = acting(worker(house.home_care, name="Nils Demoås"))
        save(closed)
        User.objects.filter(id=closed.id).update(is_active=False)
        tenancy.enter_tenant(tenant_id=HERE, actor_id=nurse.id)
        save(nurse, "gammel", at=NINE - LASTS, key="old")
        save(nurse, "ny", at=NINE - LASTS + SECOND, key="new")
        with clock.frozen(NINE - SENT_REMEMBERED):
            services.forget_draft(actor=nurse, form="people.emergency")
        tenancy.enter_tenant(tenant_id=HERE, actor_id=actors.SYSTEM_ID)

        assert services.forget_old_drafts(actor=actors.system(HERE), now=NINE) == 3
        assert [each.key for each in Draft.objects.all()] == ["new"]

    @pytest.mark.parametrize("forget", [services.forget_old_drafts, services.forget_drafts_of])
    def test_nobody_but_jobs_deletes_those_of_others(self, nurse, forget):
        more = {"now": NINE} if forget is services.forget_old_drafts else {"user_id": nurse.id}

        with pytest.raises(NotAllowed):
            forget(actor=nurse, **more)


class TestWhoseItIs:
    def test_a_colleague_has_their_own(self, nurse, house):
        save(nurse)

        colleague = acting(worker(house.home_care, Role.CARE_WORKER, name="Nils Demoås"))
        assert typed(colleague) is None

    def test_row_level_security_shows_it_to_no_colleague_and_no_administrator(self, nurse, house):
        save(nurse)
        for role in (Role.CARE_WORKER, Role.LEADER, Role.ADMINISTRATOR):
            acting(worker(house.top, role, name="Nils Demoås"))

            assert list(Draft.objects.all()) == []
            assert Draft.objects.update(number=0) == 0
            assert Draft.objects.all().delete()[0] == 0

        tenancy.enter_tenant(tenant_id=HERE, actor_id=nurse.id)
        assert typed(nurse) == "Mor bor alene"

    def test_nobody_writes_one_for_somebody_else(self, nurse, house):
        colleague = acting(worker(house.home_care, name="Nils Demoås"))

        with pytest.raises(ProgrammingError, match="row-level security"):
            Draft.objects.create(owner_id=nurse.id, form=TALK, number=1, saved_at=NINE, expires_at=NINE)
        assert colleague.id != nurse.id

    def test_another_tenant_sees_none(self, nurse):
        save(nurse)
        tenancy.enter_tenant(tenant_id=ELSEWHERE, actor_id=nurse.id)

        assert typed(nurse) is None

    def test_no_history_is_kept_and_no_search_reads_it(self, here):
        kept = {model._meta.db_table for model in apps.get_models() if issubclass(model, HistoryRow)}
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege(%s, 'access_draft', 'SELECT')", [SEARCH_ROLE])
            ((searched,),) = cursor.fetchall()

        assert kept
        assert not any("draft" in table for table in kept)
        assert searched is False


class TestJobs:
    @pytest.fixture
    def leaver(self, committed):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            account = employ(tenant_id=HERE, unit_id=build_house(HERE).night, role=Role.CARE_WORKER)
            save(as_actor_with_role(account), at=clock.now())
        return account

    def count(self):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            return Draft.objects.count()

    def test_leaving_a_post_takes_the_drafts_along(self, leaver):
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            holding = PostHolding.objects.get(user=leaver)
            services.end_holding(actor=actors.system(HERE), holding_id=holding.id, at=clock.now())

        run_jobs()

        assert self.count() == 0

    def test_every_hour_old_ones_go_in_every_tenant(self, leaver):
        forget_old_drafts(0)
        assert self.count() == 1

        with clock.frozen(clock.now() + LASTS):
            forget_old_drafts(0)
        assert self.count() == 0


def as_actor_with_role(account):
    held = selectors.actor_for(
        actor=actors.system(HERE), user=account, organisation="", today=clock.today(), now=clock.now()
    )
    assert held.id == as_actor(account).id
    return held
