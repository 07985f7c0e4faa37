"""What the faults are done to: installations, each a copy of one that was made once in a run of the suite."""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.installation import Installation, copied, folder_for_data

Make = Callable[[Installation], object]


@pytest.fixture(scope="session")
def with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a demo that has its tables and nothing in them, stopped."""
    return _once(tmp_path_factory, "with-tables", lambda made: made.succeeds("database", "up", "--demo"))


@pytest.fixture(scope="session")
def with_forms(tmp_path_factory: pytest.TempPathFactory, with_tables: Path) -> Path:
    """The same with all forms, and nobody in it."""

    def make(installation: Installation) -> None:
        copied(with_tables, installation)
        installation.succeeds("content", "publish", "--quiet")

    return _once(tmp_path_factory, "with-forms", make)


@pytest.fixture(scope="session")
def with_demo(tmp_path_factory: pytest.TempPathFactory, with_forms: Path) -> Path:
    """The same with the people of the demo in it, and their answers."""

    def make(installation: Installation) -> None:
        copied(with_forms, installation)
        installation.succeeds("demo", "load", "--scale", "20")

    return _once(tmp_path_factory, "with-demo", make)


def _once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Make) -> Path:
    """Return the folder of that name, which is made by the first of the suite's processes that wants it."""
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with place.with_suffix(".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not place.exists():
            made = Installation(data=folder_for_data(), port=0)
            try:
                make(made)
                made.succeeds("database", "down")
                # The database's user cannot walk to pytest's folder, but need not: nothing runs there.
                subprocess.run(["mv", made.data, place], check=True)
            finally:
                made.run("reset", "--yes")
                shutil.rmtree(made.data, ignore_errors=True)
    return place
