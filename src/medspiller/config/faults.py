"""What is shown when something broke that nobody foresaw."""

import logging
import sys
from collections.abc import Iterator

import psycopg
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from psycopg_pool import PoolTimeout

from medspiller.ui import errors

logger = logging.getLogger(__name__)

# The driver's own too: the queue of jobs tells of those.
_OUT_OF_REACH = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout)


def server_error(request: HttpRequest) -> HttpResponse:
    """
    Answer a fault: 503 with "try again soon" where the database is out of reach, else 500.

    Nothing was stored in either case: the request's transaction is rolled back.
    """
    fault = sys.exc_info()[1]
    if any(_is_out_of_reach(each) for each in _with_what_led_to_it(fault)):
        logger.error("config.database_gone", extra={"fault": type(fault).__name__})
        return errors.unavailable(request)
    return errors.server_error(request)


def _is_out_of_reach(fault: BaseException) -> bool:
    """Say whether it tells that the database was lost. A fault that is no more than one has no code: nobody gave it."""
    is_lost = type(fault) is psycopg.DatabaseError and fault.sqlstate is None
    return is_lost or isinstance(fault, _OUT_OF_REACH)


def _with_what_led_to_it(fault: BaseException | None) -> Iterator[BaseException]:
    """Give it, and what it came of: undoing the rest without a connection may fail in its own way."""
    seen: set[int] = set()
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        yield fault
        fault = fault.__cause__ or fault.__context__
