"""What is shown when something broke that nobody foresaw."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from psycopg_pool import PoolTimeout

from medspiller.ui import errors

logger = logging.getLogger(__name__)


def server_error(request: HttpRequest) -> HttpResponse:
    """
    Answer a fault: 503 with "try again soon" where the database is out of reach, else 500.

    Nothing was stored in either case: the request's transaction is rolled back.
    """
    fault = sys.exc_info()[1]
    if isinstance(fault, OperationalError | InterfaceError | PoolTimeout):
        logger.error("config.database_gone", extra={"fault": type(fault).__name__})
        return errors.unavailable(request)
    return errors.server_error(request)
