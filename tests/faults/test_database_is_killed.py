"""kill -9 of the database while people write: nothing acknowledged is lost, and the site comes back."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from medspiller.config.secrets import ROOT
from tests.faults.installation import Installation, free_port

pytestmark = pytest.mark.slow

WRITES_PER_SECOND = 200


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    # Short and open to the database's own user, unlike pytest's folder when we are root.
    folder = Path("/tmp") / f"medspiller-fault-{free_port()}"  # noqa: S108
    folder.mkdir(mode=0o755)
    made = Installation(data=folder, port=free_port())
    made.prepare()
    made.start()
    yield made
    made.stop()
    made.run("reset", "--yes")


def stored_organisations(installation: Installation) -> set[str]:
    kept = json.loads((installation.data / "secrets.json").read_text())
    with psycopg.connect(
        host=kept["socket_dir"], port=kept["port"], user="postgres", password=kept["superuser_password"],
        dbname="medspiller",
    ) as database:  # fmt: skip
        return {str(stored_id) for (stored_id,) in database.execute("SELECT id FROM organisations_organisation")}


def written(installation: Installation, *, seconds: float, kill_after: list[float]) -> list[str]:
    """Let two processes write, kill the database at the given moments, return what was acknowledged."""
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.writer", str(seconds)],
            env=installation.environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    began = time.monotonic()
    for moment in kill_after:
        time.sleep(max(0.0, began + moment - time.monotonic()))
        installation.kill_database()
    return [line for writer in writers for line in writer.communicate()[0].split()]


def test_nothing_acknowledged_is_lost_and_the_site_recovers_by_itself(installation):
    acknowledged = written(installation, seconds=10, kill_after=[5])

    assert installation.answers_within(30), "the site did not recover"
    assert len(acknowledged) > 5 * WRITES_PER_SECOND, "too few writes were under way to prove anything"
    assert set(acknowledged) <= stored_organisations(installation)


def test_while_the_database_is_away_people_get_a_page_that_says_so(installation):
    installation.kill_database()

    seen = {installation.status() for _ in range(20)}
    assert seen <= {200, 503}
    assert installation.answers_within(30)


@pytest.mark.soak
def test_ten_kills_in_a_row_lose_nothing(installation):
    acknowledged = written(installation, seconds=70, kill_after=[5 + 6 * n for n in range(10)])

    assert installation.answers_within(30)
    assert len(acknowledged) > 2000
    assert set(acknowledged) <= stored_organisations(installation)
