"""Whether the process, the database and the jobs answer, for whoever keeps the service running."""

import logging

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from psycopg_pool import PoolTimeout

from medspiller.core import holding

logger = logging.getLogger(__name__)

# A worker says so every ten seconds; three missed means that none is working.
WORKER_SILENT_SECONDS = 30

_WORKERS_AND_WAITING = """
SELECT (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)),
       (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now())
"""


def process(request: HttpRequest) -> JsonResponse:
    """Answer 200 as long as this process can answer at all."""
    return JsonResponse({"process": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 if the database answers and a worker is alive, else 503 and which of them is not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(_WORKERS_AND_WAITING, [WORKER_SILENT_SECONDS])
            workers, waiting = cursor.fetchone()
            cursor.execute(holding.ASKED)
            (comment,) = cursor.fetchone()
    except (Error, PoolTimeout):
        logger.exception("config.not_ready")
        return JsonResponse({"database": "gone"}, status=503)
    answer = {"database": "ok", "jobs": "ok" if workers else "no worker", "waiting": waiting}
    if holding.since(comment):
        answer["notices"] = "held"
    return JsonResponse(answer, status=200 if workers else 503)
