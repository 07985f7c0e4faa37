"""A restore that is killed at any step, or fails, is finished or undone by the next command, rows and keys alike."""

import json
import shutil
import subprocess
import sys
from typing import Any

import pytest

from medspiller.config.secrets import ROOT
from tests.faults.broken_off import STEPS
from tests.faults.installation import Installation, folder_for_data

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def stands() -> Any:
    installation = Installation(data=folder_for_data(), port=0)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.broken_off"],
            env=installation.environment, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        yield json.loads(done.stdout)
    finally:
        installation.run("reset", "--yes")
        shutil.rmtree(installation.data, ignore_errors=True)


@pytest.mark.parametrize("step", STEPS)
def test_rows_and_keys_are_of_one_time(stands, step):
    found, wanted = stands[step], STEPS[step][1]

    assert (found["rows"], found["keys"]) == (wanted, [wanted])
    assert (found["databases"], found["left"]) == (["medspiller"], False)
    # The new one holds its notices from its first moment, the old one never does.
    assert found["held"] is (wanted == "new")


@pytest.mark.parametrize("step", STEPS)
def test_the_keys_before_it_are_kept_for_their_owner_alone(stands, step):
    kept = stands[step]["kept"]

    assert bool(kept) is (STEPS[step][1] == "new")
    assert {tuple(each) for each in kept} <= {("old", "600")}


@pytest.mark.parametrize("step", STEPS)
def test_nobody_reads_keys_meanwhile(stands, step):
    over = step in {"none", "counted otherwise", "the new keys in place"}

    assert ("let `medspiller database up` finish or undo it" in stands[step]["refused"]) is not over
