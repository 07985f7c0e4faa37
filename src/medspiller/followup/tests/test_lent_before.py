"""What was lent to units before the register knew that it rests on a consent: the migration tells it."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection

from medspiller.core import clock
from medspiller.followup.models import Handover
from medspiller.followup.tests.factories import start_plan
from medspiller.followup.tests.test_let_no_more import elsewhere_of, give, lend, opens
from medspiller.people import services as register
from medspiller.people.models import Involvement

MIGRATION = import_module("medspiller.followup.migrations.0010_let_go_with_the_consent")


@pytest.fixture
def lent(team):
    """A plan that was lent, and the involvement as it was stored by those who did not know on what it rests."""
    plan, elsewhere = start_plan(team), elsewhere_of(team)
    consent = give(team)
    lend(team, plan, elsewhere)
    through = Handover.objects.get(plan=plan).through
    known = Involvement.objects.get(id=through.id)
    known.only_while_let = []
    # As it was then: no version of it says anything else.
    Handover.objects.filter(plan=plan).update(through=None)
    known.delete()
    before = Involvement.objects.create(**{
        each.attname: getattr(known, each.attname) for each in Involvement._meta.concrete_fields if each.name != "id"
    })  # fmt: skip
    Handover.objects.filter(plan=plan).update(through=before)
    return plan, elsewhere, consent, before


def migrate():
    with connection.cursor() as cursor:
        cursor.execute(MIGRATION.REST_ON_CONSENTS)


class TestWhatWasLentBefore:
    def test_ends_with_the_consent_from_then_on(self, team, lent):
        plan, elsewhere, consent, before = lent

        migrate()

        before.refresh_from_db()
        assert (before.only_while_let, before.ends_at) == (["plan"], None)
        assert opens(elsewhere, plan)
        register.withdraw_consent(actor=team.nurse, consent_id=consent.id)
        assert not opens(elsewhere, plan)

    def test_lasts_no_longer_than_the_consent_does(self, team, lent):
        _plan, _elsewhere, consent, before = lent
        ends_at = clock.now() + timedelta(days=3)
        consent.ends_at = ends_at
        consent.save()

        migrate()

        before.refresh_from_db()
        assert before.ends_at == ends_at

    def test_ends_at_once_where_the_consent_is_over(self, team, lent):
        plan, elsewhere, consent, _before = lent
        consent.withdrawn_at, consent.withdrawn_by = clock.now(), team.nurse.id
        consent.save()

        migrate()

        assert not opens(elsewhere, plan)

    def test_stays_as_it_is_where_it_got_a_reason_of_its_own_since(self, team):
        plan, elsewhere = start_plan(team), elsewhere_of(team)
        give(team)
        lend(team, plan, elsewhere)
        through = Handover.objects.get(plan=plan).through
        through.only_while_let = []
        through.save()

        migrate()

        through.refresh_from_db()
        assert (through.only_while_let, through.ends_at) == ([], None)

    def test_leaves_the_transaction_in_its_own_tenant(self, team, lent):
        migrate()

        assert Involvement.objects.exists()
