"""A backup that started the embedded database stops it again, and never under somebody else. The server is made up."""

import pytest

from medspiller.cli import cluster
from medspiller.cli.cluster import Cluster


class Server:
    def __init__(self):
        self.runs, self.stops = False, 0

    def start(self, _):
        self.runs = True

    def stop(self):
        self.runs = False
        self.stops += 1


@pytest.fixture
def server(tmp_path, monkeypatch):
    made, found = Server(), Cluster(binaries=tmp_path, major=15, home=tmp_path, user=None)
    found.data.mkdir()
    (found.data / "PG_VERSION").write_text("15")
    monkeypatch.setattr(cluster, "find", lambda: found)
    monkeypatch.setattr(cluster, "is_running", lambda _: made.runs)
    monkeypatch.setattr(cluster, "_start", made.start)
    monkeypatch.setattr(cluster, "stop", made.stop)
    monkeypatch.setattr(cluster, "_ensure_database", lambda _: None)
    return made


def test_what_did_not_run_is_stopped_again(server):
    with cluster.standing():
        assert server.runs

    assert (server.runs, server.stops) == (False, 1)


def test_what_ran_goes_on(server):
    cluster.ensure_running()

    with cluster.standing():
        pass

    assert server.runs


@pytest.mark.parametrize("begin", [cluster.ensure_running, cluster.keep_standing], ids=["database up", "serve"])
def test_a_service_that_is_started_meanwhile_keeps_it(server, begin):
    with cluster.standing():
        begin()

    assert server.runs


def test_the_last_of_several_stops_it(server):
    first, second = cluster.standing(), cluster.standing()
    first.__enter__()
    second.__enter__()

    first.__exit__(None, None, None)
    assert server.runs
    second.__exit__(None, None, None)

    assert (server.runs, server.stops) == (False, 1)


def test_one_that_failed_stops_it_too(server):
    with pytest.raises(RuntimeError), cluster.standing():
        raise RuntimeError

    assert not server.runs
