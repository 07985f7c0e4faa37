"""
Two tenants take turns on one and the same connection, and something goes wrong in between.

Requests pass through the whole stack as a server hands them in, signals included, and the
pool has one connection: whatever a request left behind on it, the next one would meet.
"""

import io
import itertools
import threading
from collections.abc import Iterator
from wsgiref.util import setup_testing_defaults

import pytest
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse
from django.urls import path

from medspiller.access.declare import public
from medspiller.access.domain.actors import SYSTEM_ID
from medspiller.config.wsgi import application
from medspiller.core import tenancy
from medspiller.organisations.models import Unit
from medspiller.organisations.tests import factories
from tests.support.database import ELSEWHERE, HERE

OURS, THEIRS, NOBODYS = "here.example.org", "elsewhere.example.org", "nobody.example.org"
UNITS = {OURS: "Vår hjemmetjeneste", THEIRS: "Deres hjemmetjeneste"}
WHY = "a page of a test"


@public(WHY)
def names(request: HttpRequest) -> HttpResponse:
    """All units that the database shows, asked without any filter, and who answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()::text UNION ALL (SELECT name FROM organisations_unit ORDER BY name)")
        return HttpResponse("\n".join(value for (value,) in cursor.fetchall()), content_type="text/plain")


@public(WHY)
def fails_after_writing(request: HttpRequest) -> HttpResponse:
    factories.make_unit("Blir aldri noe av")
    raise RuntimeError("something nobody foresaw")


@public(WHY)
def fails_in_the_database(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    return HttpResponse()


@public(WHY)
def answers_with_a_fault(request: HttpRequest) -> HttpResponse:
    factories.make_unit("Blir aldri noe av")
    return HttpResponse("faulty", status=500, content_type="text/plain")


@public(WHY)
def loses_its_connection(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    return HttpResponse()


@public(WHY)
def sets_it_for_the_session(request: HttpRequest) -> HttpResponse:
    """What no code of ours may do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('medspiller.tenant', current_setting('medspiller.tenant'), false)")
    return HttpResponse("done", content_type="text/plain")


ACCIDENTS = (fails_after_writing, fails_in_the_database, answers_with_a_fault, loses_its_connection)
urlpatterns = [path(f"{view.__name__}/", view) for view in (names, sets_it_for_the_session, *ACCIDENTS)]


def request(host: str, view: str) -> tuple[int, list[str]]:
    """Hand a request to the application as a server does, to the end, and return its status and lines."""
    environment: dict[str, object] = {"HTTP_HOST": host, "PATH_INFO": f"/{view}/", "wsgi.input": io.BytesIO()}
    setup_testing_defaults(environment)
    statuses: list[str] = []
    response = application(environment, lambda status, headers, *_: statuses.append(status))
    try:
        body = b"".join(response)
    finally:
        response.close()
    return int(statuses[0].split()[0]), body.decode().splitlines()


def seen_by(host: str) -> tuple[str, list[str]]:
    """Which connection served a tenant, and which units it saw."""
    status, (served_by, *units) = request(host, "names")
    assert status == 200
    return served_by, units


@pytest.fixture
def _pages(settings, caplog):
    settings.ROOT_URLCONF = __name__
    settings.ALLOWED_HOSTS = [OURS, THEIRS, NOBODYS]
    settings.DEFAULT_MUNICIPALITY = "0000"
    application.load_middleware()
    caplog.set_level("CRITICAL", logger="django.request")


@pytest.fixture
def _hosts(committed: None) -> Iterator[None]:
    """Each tenant under a host name of its own, and a unit in each."""
    tenants = ((HERE, OURS), (ELSEWHERE, THEIRS))
    for tenant_id, host in tenants:
        name_host(tenant_id, host)
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=SYSTEM_ID):
            factories.make_unit(UNITS[host])
    yield
    for tenant_id, _ in tenants:
        name_host(tenant_id, None)


def name_host(tenant_id, host) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT set_config('medspiller.tenant', %s, true)", [str(tenant_id)])
        cursor.execute("UPDATE organisations_tenant SET host = %s", [host])
        cursor.execute("COMMIT")


@pytest.fixture
def _pool_of_one(_hosts: None) -> Iterator[None]:
    web = connections["default"]
    usual = web.settings_dict["OPTIONS"]["pool"]
    web.close()
    web.close_pool()
    web.settings_dict["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 1, "timeout": 20}
    yield
    web.close()
    web.close_pool()
    web.settings_dict["OPTIONS"]["pool"] = usual


pytestmark = pytest.mark.usefixtures("_pages", "_hosts", "_pool_of_one")


def test_both_are_served_by_one_connection_and_see_their_own():
    answers = [seen_by(host) for host in (OURS, THEIRS, OURS)]

    assert len({served_by for served_by, _ in answers}) == 1
    assert [units for _, units in answers] == [[UNITS[OURS]], [UNITS[THEIRS]], [UNITS[OURS]]]


def test_a_request_of_no_tenant_sees_nothing_after_one_of_a_tenant():
    before, _ = seen_by(OURS)

    assert seen_by(NOBODYS) == (before, [])


@pytest.mark.parametrize("accident", ACCIDENTS, ids=lambda view: view.__name__)
@pytest.mark.parametrize("next_host", [THEIRS, NOBODYS, OURS])
def test_an_accident_leaves_nothing_behind(accident, next_host):
    seen_by(OURS)

    status, _ = request(OURS, accident.__name__)

    assert status == 500
    assert seen_by(next_host)[1] == ([UNITS[next_host]] if next_host in UNITS else [])


def test_an_accident_leaves_the_connection_in_use_unless_it_is_lost():
    before, _ = seen_by(OURS)
    request(OURS, "fails_after_writing")
    request(OURS, "fails_in_the_database")
    after, _ = seen_by(THEIRS)

    request(OURS, "loses_its_connection")

    assert after == before
    assert seen_by(THEIRS)[0] != before


def test_what_an_accident_wrote_is_not_there():
    request(OURS, "fails_after_writing")
    request(OURS, "answers_with_a_fault")

    assert seen_by(OURS)[1] == [UNITS[OURS]]


def test_work_outside_requests_takes_turns_the_same_way():
    def work(tenant_id):
        with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=SYSTEM_ID):
            found = list(Unit.objects.values_list("name", flat=True))
        connection.close()
        return found

    def fail():
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=SYSTEM_ID):
            raise RuntimeError("something nobody foresaw")

    first = work(HERE)
    with pytest.raises(RuntimeError):
        fail()
    connection.close()

    assert (first, work(ELSEWHERE), seen_by(NOBODYS)[1]) == ([UNITS[OURS]], [UNITS[THEIRS]], [])


@pytest.mark.slow
def test_two_who_ask_at_the_same_time_never_see_each_other():
    wrong: list[object] = []

    def visitor(host: str) -> None:
        views = itertools.cycle(["names", "fails_after_writing", "names", "fails_in_the_database"])
        try:
            for view in itertools.islice(views, 40):
                if view != "names":
                    request(host, view)
                elif (found := seen_by(host)[1]) != [UNITS[host]]:
                    wrong.append((host, found))
        except Exception as fault:
            wrong.append(fault)
        finally:
            connections.close_all()

    connections["default"].close()
    visitors = [threading.Thread(target=visitor, args=[host]) for host in (OURS, THEIRS)]
    for each in visitors:
        each.start()
    for each in visitors:
        each.join(timeout=180)

    assert not any(each.is_alive() for each in visitors)
    assert wrong == []


def test_a_setting_for_the_session_would_be_seen_here():
    """The tests above can fail: what they look for is what this finds."""
    request(THEIRS, "sets_it_for_the_session")

    assert seen_by(NOBODYS)[1] == [UNITS[THEIRS]]
