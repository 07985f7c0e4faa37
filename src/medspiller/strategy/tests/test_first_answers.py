"""Two who say the first word of a line at the same moment, each on a connection of the web role."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection

from medspiller.access.domain import actors
from medspiller.core import clock, tenancy
from medspiller.core.errors import MedspillerError
from medspiller.strategy.domain.guideline import AssessmentDetails, EvidenceKind, LineState
from medspiller.strategy.domain.refusals import StrategyChanged
from medspiller.strategy.domain.self_assessment import SheetAnswer, said_as
from medspiller.strategy.domain.vocabulary import Service
from medspiller.strategy.models import LineAssessment
from medspiller.strategy.selectors import guideline as selectors
from medspiller.strategy.services import guideline as services
from medspiller.strategy.tests.guideline_content import publish_guideline
from tests.support.database import HERE, commits

ADVICE, FURTHER = "PV-2.1.7", "PV-3.1.3"
LINES = {"advice": ADVICE, "further": FURTHER}
PATIENCE_SECONDS = 20


@contextmanager
def transaction() -> Iterator[None]:
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        yield


@pytest.fixture(scope="module")
def there(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The guideline is published once: emptying the database takes longer than the tests."""
    with django_db_blocker.unblock(), commits():
        with transaction():
            publish_guideline(HERE)
            version = selectors.form_version(actor=actors.system(HERE))
        yield version


def while_another_waits(first: Callable[[], object], second: Callable[[], object]) -> object:
    """Do `first`, and before it is committed let another begin `second` and wait for it; return what came of that."""
    came: list[object] = []

    def other() -> None:
        try:
            with transaction():
                came.append(second())
        except (MedspillerError, IntegrityError) as refusal:
            came.append(refusal)
        finally:
            connection.close()

    thread = threading.Thread(target=other)
    with transaction():
        first()
        thread.start()
        began = time.monotonic()
        while not _somebody_waits():
            assert time.monotonic() - began < PATIENCE_SECONDS, "nobody waits"
            time.sleep(0.02)
    thread.join(PATIENCE_SECONDS)
    return came[0]


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")
        return bool(cursor.fetchone()[0])


def test_the_second_of_two_sheets_is_told_line_by_line_and_stores_nothing(there):
    def sheet(**said: LineState) -> tuple[LineAssessment, ...]:
        answers = [SheetAnswer(line, said[name], "", "none") for name, line in LINES.items() if name in said]
        return services.assess_sheet(
            actor=actors.system(HERE), service=Service.HOME_CARE, answers=answers, version=there
        )

    refusal = while_another_waits(
        lambda: sheet(advice=LineState.UNDER_WAY, further=LineState.IN_PLACE),
        lambda: sheet(advice=LineState.NOT_STARTED, further=LineState.NOT_STARTED),
    )

    assert isinstance(refusal, StrategyChanged)
    assert refusal.changed == {ADVICE: "under_way", FURTHER: "in_place"}
    with transaction():
        rows = LineAssessment.objects.filter(service=Service.HOME_CARE.value)
        assert set(rows.values_list("state", "version")) == {("under_way", 1), ("in_place", 1)}
        # Over what they have now been shown, they may say it again.
        seen = said_as("under_way", "")
        again = [SheetAnswer(ADVICE, LineState.NOT_STARTED, "", seen)]
        assert services.assess_sheet(actor=actors.system(HERE), service=Service.HOME_CARE, answers=again, version=there)


def test_the_second_to_say_something_of_one_line_is_told_what_the_first_said(there):
    def say(state: LineState) -> LineAssessment:
        details = AssessmentDetails(
            line=ADVICE, service=Service.NURSING_HOME, state=state, on=clock.today(),
            evidence_kind=EvidenceKind.STATEMENT, evidence=f"Vi sier {state}",
        )  # fmt: skip
        return services.assess_line(actor=actors.system(HERE), details=details, version=0)

    refusal = while_another_waits(lambda: say(LineState.IN_PLACE), lambda: say(LineState.NOT_STARTED))

    assert isinstance(refusal, StrategyChanged)
    assert (refusal.now, refusal.changed["state"]) == (1, "in_place")
