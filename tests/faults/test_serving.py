"""Starting and serving where something is wrong: one line that says what to do, exit status 2, no traceback."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from io import RawIOBase
from pathlib import Path

import psycopg
import pytest

from medspiller.config.secrets import ROOT
from tests.faults.installation import MEDSPILLER, Installation, copied, folder_for_data, free_port

OUT_OF_REACH = "postgresql://medspiller:secret@127.0.0.1:1/medspiller"
TO_A_DATABASE = [("database", "up"), ("demo", "load"), ("content", "publish"), ("manage", "migrate")]
KEYS = {"secret_key": "x" * 50, "encryption_keys": f"k1:{'A' * 43}=", "lookup_key": f"{'A' * 43}="}


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for data, which is gone afterwards."""
    made = folder_for_data()
    yield made
    # Where no database was made, none runs.
    if (made / "cluster").exists():
        Installation(data=made, port=0).run("reset", "--yes")
    shutil.rmtree(made, ignore_errors=True)


def refused(folder: Path, *arguments: str, **environment: str) -> str:
    """Run a command that must refuse, and return the one line it says."""
    installation = Installation(data=folder, port=0)
    installation.environment |= environment
    done = installation.run(*arguments)
    lines = done.stderr.splitlines()
    assert (done.returncode, done.stdout, len(lines)) == (2, "", 1), done.stderr
    assert lines[0].startswith("medspiller: ")
    return lines[0]


class TestTheData:
    @pytest.mark.parametrize("place", ["/proc/medspiller", "/dev/null/medspiller"])
    @pytest.mark.parametrize("command", [("database", "up"), ("serve",)])
    def test_a_disk_that_cannot_be_written_to(self, place, command):
        assert place in refused(Path(place), *command)

    def test_a_file_where_the_folder_should_be(self, folder):
        (folder / "data").write_text("mine")

        assert f"{folder}/data" in refused(folder / "data", "database", "up")
        assert (folder / "data").read_text() == "mine"

    def test_data_of_an_older_postgresql(self, folder):
        (folder / "cluster").mkdir()
        (folder / "cluster/PG_VERSION").write_text("12\n")

        line = refused(folder, "database", "up")

        assert "made by PostgreSQL 12" in line
        assert "make reset" in line

    def test_data_that_are_damaged(self, folder):
        (folder / "cluster").mkdir()
        (folder / "cluster/PG_VERSION").write_text("??")

        assert "damaged" in refused(folder, "database", "up")

    @pytest.mark.parametrize("damaged", [b'{"secret_key": "', b"", b"[]", b"\xff\xfe"])
    def test_a_file_of_keys_that_is_damaged(self, folder, damaged):
        (folder / "secrets.json").write_bytes(damaged)

        line = refused(folder, "database", "up")

        assert str(folder / "secrets.json") in line
        assert (folder / "secrets.json").read_bytes() == damaged

    @pytest.mark.parametrize("command", [("serve",), ("manage", "check"), ("demo", "load")])
    def test_a_file_of_keys_that_is_damaged_whatever_is_wanted(self, folder, command):
        (folder / "secrets.json").write_text("{")

        assert "is damaged" in refused(folder, *command)

    @pytest.mark.parametrize("key", ["", "short", "AAAA", "ø" * 44])
    def test_a_key_that_is_none(self, folder, key):
        (folder / "secrets.json").write_text(json.dumps(KEYS | {"encryption_keys": f"k1:{key}"}))

        assert "not 32 bytes in base64" in refused(folder, "serve")

    # All tables are made anew, which takes half a minute.
    @pytest.mark.soak
    def test_a_making_that_was_interrupted_is_begun_again(self, folder):
        # Killed in the middle of initdb: the mark is there, and half of the files
        (folder / "cluster/base").mkdir(parents=True)
        (folder / "cluster/PG_VERSION").write_text("15\n")
        (folder / "cluster-unfinished").touch()
        installation = Installation(data=folder, port=0)

        done = installation.run("database", "up", "--demo")

        assert (done.returncode, done.stderr) == (0, "")
        assert not (folder / "cluster-unfinished").exists()

    def test_data_of_a_newer_medspiller(self, folder, with_tables):
        copied(with_tables, Installation(data=folder, port=0))
        with superuser(folder) as database:
            database.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('core', '9999_later', now())")

        line = refused(folder, "database", "up")

        assert "made by a newer Medspiller" in line
        assert "core.9999_later" in line


@pytest.fixture(scope="module")
def said(tmp_path_factory) -> Iterator[dict[tuple[str, ...], Future[str]]]:
    """What each command says when no database answers: asked at once, for each of them waits a while."""
    with ThreadPoolExecutor(len(TO_A_DATABASE)) as at_once:
        yield {
            command: at_once.submit(refused, tmp_path_factory.mktemp("data"), *command, DATABASE_URL=OUT_OF_REACH)
            for command in TO_A_DATABASE
        }


class TestTheDatabaseOutside:
    @pytest.mark.parametrize(
        "url",
        ["nonsense", "mysql://a:b@host/name", "postgresql://a:b@host:port/name", "postgresql://host", "//", "http:["],
    )
    def test_an_address_that_is_none(self, folder, url):
        assert "DATABASE_URL must look like postgresql://" in refused(folder, "database", "up", DATABASE_URL=url)

    @pytest.mark.parametrize("command", [("serve",), ("manage", "check"), ("demo", "load")])
    def test_an_address_that_is_none_whatever_is_wanted(self, folder, command):
        assert "DATABASE_URL must look like postgresql://" in refused(folder, *command, DATABASE_URL="nonsense")

    def test_an_option_that_is_none(self, folder):
        assert "nonsense" in refused(folder, "database", "up", DATABASE_URL=f"{OUT_OF_REACH}?nonsense=1")

    @pytest.mark.parametrize("command", TO_A_DATABASE)
    def test_a_database_out_of_reach(self, said, command):
        line = said[command].result()

        assert "The database" in line
        assert "secret" not in line

    def test_a_worker_that_would_seal_with_keys_of_its_own(self, folder):
        line = refused(folder, "manage", "procrastinate", "worker", DATABASE_URL=OUT_OF_REACH)

        assert "MEDSPILLER_ENCRYPTION_KEYS" in line

    def test_a_role_that_may_not_make_roles(self, folder, with_tables):
        installation = Installation(data=folder / "theirs", port=0)
        (folder / "theirs").mkdir()
        copied(with_tables, installation)
        with superuser(folder / "theirs") as database:
            database.execute("DROP OWNED BY medspiller_web; DROP ROLE medspiller_web")
            database.execute("CREATE ROLE weak LOGIN PASSWORD 'weak'")
        sockets = json.loads((folder / "theirs/secrets.json").read_text())["socket_dir"]

        line = refused(
            folder / "ours", "database", "up", DATABASE_URL=f"postgresql://weak:weak@/medspiller?host={sockets}"
        )
        installation.run("reset", "--yes")

        assert "deploy/roles.sql" in line
        assert "DATABASE_WEB_URL" in line


class TestThePort:
    @pytest.fixture
    def prepared(self, folder):
        (folder / "secrets.json").write_text(json.dumps(KEYS))
        return folder

    def test_in_use(self, prepared):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]

            line = refused(prepared, "serve", "--port", str(port))

        assert f"Port {port} is in use" in line
        assert "PORT=" in line

    @pytest.mark.parametrize("port", ["abc", "0", "-1", "65536", "1e3", ""])
    def test_that_is_none(self, prepared, port):
        assert "is no port" in refused(prepared, "serve", f"--port={port}")

    def test_that_is_none_in_the_environment(self, prepared):
        assert "is no port" in refused(prepared, "serve", PORT="http")

    def test_before_anything_is_set_up(self, folder):
        assert "medspiller database up" in refused(folder, "serve")

    def test_when_another_serves_here_already(self, prepared):
        sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        (prepared / "serve.pid").write_text(str(sleeper.pid))

        line = refused(prepared, "serve")
        sleeper.kill()
        sleeper.wait()

        assert f"process {sleeper.pid}" in line
        assert "make stop" in line

    def test_a_mark_left_by_one_that_was_killed_is_no_hindrance(self, prepared):
        ended = subprocess.Popen([sys.executable, "-c", ""])
        ended.wait()
        (prepared / "serve.pid").write_text(str(ended.pid))

        # It gets as far as the port.
        assert "is no port" in refused(prepared, "serve", "--port", "0")
        assert Installation(data=prepared, port=0).run("stop").returncode == 0


@pytest.mark.slow
class TestAFullDisk:
    """The database's disk fills up while the site runs, and is emptied again."""

    SIZE = "200m"

    @pytest.fixture
    def small_disk(self, folder):
        if os.geteuid() != 0:
            pytest.skip("only root can mount a small disk")
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={self.SIZE},mode=755", "tmpfs", folder],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if mounted.returncode != 0:
            pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
        yield folder
        subprocess.run(["umount", "-l", folder], check=True)

    @pytest.fixture
    def installation(self, small_disk, with_demo):
        made = Installation(data=small_disk, port=free_port())
        copied(with_demo, made)
        made.start()
        yield made
        (small_disk / "filler").unlink(missing_ok=True)
        made.stop()
        made.run("reset", "--yes")

    def test_is_told_in_words_loses_nothing_and_is_over_when_there_is_room_again(self, small_disk, installation):
        acknowledged = write_for(installation, seconds=2)
        with (small_disk / "filler").open("wb", buffering=0) as filler:
            fill(filler)

        # Long enough for the job worker to fall, more than once, and for each fall to be written to the full disk.
        acknowledged += write_for(installation, seconds=12)
        # A row or two may still find room on a page of its table.
        writing = [installation.status("/demo/logg-inn/leder/")]
        while writing[-1] == 200 and len(writing) < 200:
            writing.append(installation.status("/demo/logg-inn/leder/"))
        reading = [installation.status() for _ in range(5)]
        still_there = installation.serves()
        (small_disk / "filler").unlink()

        assert still_there, f"the supervisor gave up\n{installation.told()}"
        assert writing[-1] == 503, f"{writing}\n{installation.told()}"
        assert set(reading) <= {200, 503}, installation.told()
        assert installation.answers_within(30), f"the site did not recover\n{installation.told()}"
        assert ready_within(installation, 60), f"the jobs did not recover\n{installation.told()}"
        again = write_for(installation, seconds=2)
        assert again, "nothing can be written although there is room"
        with superuser(small_disk) as database:
            stored = {str(row[0]) for row in database.execute("SELECT id FROM organisations_organisation").fetchall()}
        assert set(acknowledged + again) <= stored


def ready_within(installation: Installation, seconds: float) -> bool:
    """Wait for database and jobs; a worker that died is taken for alive for half a minute."""
    return installation.answers_within(seconds, "/readyz")


def write_for(installation: Installation, *, seconds: float) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.writer", str(seconds)],
        env=installation.environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout.split()


def fill(file: RawIOBase) -> None:
    """Write until the disk says that it is full."""
    for size in (1 << 20, 1 << 12):
        try:
            while True:
                file.write(b"\0" * size)
        except OSError:
            continue


def superuser(folder: Path) -> psycopg.Connection:
    kept = json.loads((folder / "secrets.json").read_text())
    return psycopg.connect(
        host=kept["socket_dir"], port=kept["port"], user="postgres", password=kept["superuser_password"],
        dbname="medspiller", autocommit=True,
    )  # fmt: skip


def test_a_command_that_is_interrupted_says_nothing_more(folder):
    (folder / "secrets.json").write_text(json.dumps(KEYS))
    waiting = subprocess.Popen(
        [*MEDSPILLER, "database", "up"],
        env=Installation(data=folder, port=0).environment, cwd=ROOT, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    # In the middle of making the database, however long it takes to get there.
    deadline = time.monotonic() + 60
    while not (folder / "cluster-unfinished").exists() and waiting.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    waiting.send_signal(signal.SIGINT)

    said = waiting.communicate(timeout=60)[1]

    assert waiting.returncode == 130
    assert "Traceback" not in said
