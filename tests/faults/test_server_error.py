"""What is told where the database was lost, also while the session was stored: try again soon, not that you erred."""

import psycopg
import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import DatabaseError, IntegrityError, OperationalError
from django.db.transaction import TransactionManagementError
from django.test import RequestFactory
from procrastinate.exceptions import ConnectorException

from medspiller.access.session_store import SessionStore
from medspiller.config import faults


def raised_from(fault: Exception, cause: BaseException | None) -> None:
    raise fault from cause


def status_of(fault: Exception, cause: BaseException | None = None) -> int:
    try:
        raised_from(fault, cause)
    except type(fault):
        return faults.server_error(RequestFactory().get("/")).status_code
    raise AssertionError("nothing was raised")


@pytest.mark.parametrize(
    ("fault", "cause", "status"),
    [
        (OperationalError("server closed the connection"), psycopg.OperationalError(), 503),
        # What the library makes of an end that came without a code.
        (DatabaseError("server closed the connection unexpectedly"), psycopg.DatabaseError(), 503),
        (TransactionManagementError("cannot execute"), OperationalError("server closed the connection"), 503),
        # What whoever leaves a job in the queue makes of it.
        (ConnectorException("Database error."), psycopg.OperationalError("server closed the connection"), 503),
        (KeyError("x"), None, 500),
        (DatabaseError("Forced update did not affect any rows."), None, 500),
        (IntegrityError("null"), psycopg.errors.NotNullViolation(), 500),
        (DatabaseError("value out of range"), psycopg.errors.NumericValueOutOfRange(), 500),
    ],
)
def test_only_a_database_that_is_away_is_told_as_such(fault, cause, status):
    assert status_of(fault, cause) == status


class TestASession:
    @pytest.fixture
    def session(self, db):
        session = SessionStore()
        session["a"] = 1
        session.save()
        return session

    def test_that_the_database_could_not_store_is_not_called_deleted(self, session, monkeypatch):
        def lost(*_args, **_options):
            raise OperationalError("server closed the connection") from psycopg.OperationalError()

        monkeypatch.setattr(Session, "save", lost)
        with pytest.raises(OperationalError):
            session.save()

    def test_that_somebody_deleted_is(self, session):
        Session.objects.all().delete()
        with pytest.raises(UpdateError):
            session.save()
