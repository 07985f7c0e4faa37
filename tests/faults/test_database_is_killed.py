"""kill -9 of the database while people write: nothing acknowledged is lost, and the site comes back."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from medspiller.config.secrets import ROOT
from tests.faults.installation import Installation, running

pytestmark = pytest.mark.slow

# Counted in writes, not in seconds: a busy machine only takes longer.
UNDER_WAY = 1000
AFTER_A_KILL = 100
PATIENCE_SECONDS = 120


@pytest.fixture(scope="module")
def installation(with_demo: Path) -> Iterator[Installation]:
    with running(with_demo) as made:
        yield made


def stored_organisations(installation: Installation) -> set[str]:
    return {str(stored_id) for (stored_id,) in installation.asked("SELECT id FROM organisations_organisation")}


@dataclass
class Writers:
    """Processes that write as fast as they can, and the files in which they note what was acknowledged."""

    notes: list[Path]

    def acknowledged(self) -> list[str]:
        # The last line may be half written.
        return [line for note in self.notes for line in note.read_text().split("\n")[:-1]]

    def acknowledge(self, more: int) -> bool:
        """Wait until so many more are acknowledged than now."""
        wanted = len(self.acknowledged()) + more
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if len(self.acknowledged()) >= wanted:
                return True
            time.sleep(0.05)
        return False


@contextmanager
def writing(installation: Installation, folder: Path) -> Iterator[Writers]:
    notes = [folder / "first", folder / "second"]
    processes = []
    for note in notes:
        with note.open("w") as file:
            processes.append(
                subprocess.Popen(
                    [sys.executable, "-m", "tests.faults.writer", "3600"],
                    env=installation.environment, cwd=ROOT, stdout=file, stderr=subprocess.DEVNULL, text=True,
                )
            )  # fmt: skip
    try:
        yield Writers(notes)
    finally:
        for process in processes:
            process.kill()
            process.wait()


def kill_while_writing(installation: Installation, folder: Path, *, times: int) -> list[str]:
    """Kill the database again and again in the middle of the writing, and return what was acknowledged."""
    with writing(installation, folder) as writers:
        assert writers.acknowledge(UNDER_WAY), "too few writes were under way to prove anything"
        for _ in range(times):
            installation.kill_database()
            assert writers.acknowledge(AFTER_A_KILL), f"nothing can be written any more\n{installation.told()}"
    return writers.acknowledged()


def test_nothing_acknowledged_is_lost_and_the_site_recovers_by_itself(installation, tmp_path):
    acknowledged = kill_while_writing(installation, tmp_path, times=1)

    assert installation.answers_within(30), f"the site did not recover\n{installation.told()}"
    assert set(acknowledged) <= stored_organisations(installation)


def test_while_the_database_is_away_people_get_a_page_that_says_so(installation):
    installation.kill_database()

    seen = {installation.status() for _ in range(20)}
    assert seen <= {200, 503}, installation.told()
    assert installation.answers_within(30), installation.told()


@pytest.mark.soak
def test_ten_kills_in_a_row_lose_nothing(installation, tmp_path):
    acknowledged = kill_while_writing(installation, tmp_path, times=10)

    assert installation.answers_within(30), installation.told()
    assert set(acknowledged) <= stored_organisations(installation)
