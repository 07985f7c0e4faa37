"""A backup is whole or not there, and what is restored from it is what was there: rows, history, log, protection."""

import contextlib
import dataclasses
import fcntl
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from medspiller.cli import backup_manifest
from medspiller.config.secrets import ROOT
from medspiller.core import encryption, holding
from tests.faults.installation import MEDSPILLER, Installation, copied, folder_for_data

pytestmark = pytest.mark.slow

TABLES = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1
"""
HISTORY = "SELECT table_name FROM information_schema.columns WHERE column_name = 'pgh_id' AND table_schema = 'public'"
# What protects rows, besides their being there.
PROTECTION = {
    "policies": "SELECT * FROM pg_policies ORDER BY tablename, policyname",
    "owners, rights, row-level security": """
        SELECT relname, relkind, relowner::regrole, (SELECT array_agg(a::text ORDER BY a::text) FROM unnest(relacl) a),
        relrowsecurity, relforcerowsecurity
        FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY 1""",
    "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), tgenabled FROM pg_trigger "
    "WHERE NOT tgisinternal ORDER BY 1, 2",
    # Where types are said explicitly, a restore says them in another place.
    "constraints": """
        SELECT conrelid::regclass::text, conname,
        regexp_replace(pg_get_constraintdef(oid), '::(character varying|text)|[][()]', '', 'g')
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2, 3""",
    "functions": """
        SELECT oid::regprocedure::text, proowner::regrole, prosecdef, md5(prosrc), proconfig,
        (SELECT array_agg(a::text ORDER BY a::text) FROM unnest(proacl) a) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'medspiller%' ORDER BY 1""",
    "sequences": "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1",
}
NUMBERS = "SELECT id, pid FROM people_person WHERE pid IS NOT NULL ORDER BY id"
SMALL_DISK = "256k"


@contextmanager
def installation() -> Iterator[Installation]:
    made = Installation(data=folder_for_data(), port=0)
    try:
        yield made
    finally:
        made.run("reset", "--yes")
        shutil.rmtree(made.data, ignore_errors=True)


@pytest.fixture(scope="module")
def original(with_demo: Path) -> Iterator[Installation]:
    with installation() as made:
        copied(with_demo, made)
        yield made


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("backups")


@pytest.fixture(scope="module")
def backup(original: Installation, place: Path) -> Path:
    original.succeeds("backup", str(place / "whole"), "--keys-to", str(place / "keys.json"))
    return place / "whole"


@pytest.fixture(scope="module")
def restored(backup: Path, place: Path) -> Iterator[Installation]:
    """A machine that had nothing."""
    with installation() as made:
        made.succeeds("restore", str(backup), "--keys-from", str(place / "keys.json"))
        yield made


@pytest.fixture(scope="module")
def addresses(original: Installation) -> dict[str, str]:
    """A database of somebody's own and the role that backups are made as, as `deploy/` makes them."""
    kept = json.loads((original.data / "secrets.json").read_text())
    with superuser(original) as server:
        server.execute("CREATE ROLE medspiller_backup LOGIN BYPASSRLS PASSWORD 'secret'")
        server.execute("GRANT pg_read_all_data TO medspiller_backup")
        server.execute("CREATE DATABASE theirs OWNER medspiller_owner")
    at = f"?host={kept['socket_dir']}&port={kept['port']}"
    return {
        "backup": f"postgresql://medspiller_backup:secret@/medspiller{at}",
        "owner": f"postgresql://medspiller_owner:{kept['owner_password']}@/medspiller{at}",
        "target": f"postgresql://medspiller_owner:{kept['owner_password']}@/theirs{at}",
        "target_backup": f"postgresql://medspiller_backup:secret@/theirs{at}",
    }


def rows_of(installation: Installation) -> dict[str, tuple[object, ...]]:
    """Return how many rows each table has, and a digest of all that stands in them."""
    names = [str(name) for (name,) in installation.asked(TABLES)]
    told = [f"SELECT '{n}', count(*), md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM \"{n}\" t" for n in names]
    return {str(name): tuple(rest) for name, *rest in installation.asked(" UNION ALL ".join(told))}


def refused(installation: Installation, *arguments: str) -> str:
    """Run a command that must refuse, and return the one line it says."""
    done = installation.run(*arguments)
    lines = done.stderr.splitlines()
    assert (done.returncode, done.stdout, len(lines)) == (2, "", 1), done.stderr
    assert lines[0].startswith("medspiller: ")
    return lines[0]


class TestWhatComesBack:
    def test_every_row_of_every_table_with_history_and_access_log(self, original, restored):
        before = rows_of(original)

        assert rows_of(restored) == before
        assert before["audit_accessentry"][0] > 100
        assert sum(int(str(before[str(name)][0])) for (name,) in original.asked(HISTORY)) > 100

    @pytest.mark.parametrize("what", PROTECTION)
    def test_what_protects_them(self, original, restored, what):
        before = original.asked(PROTECTION[what])

        assert restored.asked(PROTECTION[what]) == before
        assert before

    def test_the_mark_of_a_demo(self, restored):
        assert restored.asked("SELECT demo FROM core_installation") == [(True,)]

    def test_its_notices_wait_for_somebody_to_let_them_go(self, original, restored):
        assert holding.since(original.asked(holding.ASKED)[0][0]) is None
        assert holding.since(restored.asked(holding.ASKED)[0][0]) is not None

    def test_it_is_ready_to_be_served(self, restored):
        assert json.loads(restored.succeeds("demo", "load", "--scale", "20"))["loaded"] is False

    def test_person_numbers_can_be_read_with_the_keys_and_not_without(self, original, restored, settings):
        kept = json.loads((restored.data / "secrets.json").read_text())
        sealed = restored.asked(NUMBERS)
        assert sealed == original.asked(NUMBERS)
        assert sealed

        settings.ENCRYPTION_KEYS = {"k1": encryption_key(kept)}
        read = {encryption.decrypt(value, place="people_person.pid") for _, value in sealed}
        settings.ENCRYPTION_KEYS = {"k2": encryption_key(kept)}

        assert len(read) == len(sealed)
        assert all(len(number) == 11 for number in read)
        with pytest.raises(encryption.NoSuchKey):
            encryption.decrypt(sealed[0][1], place="people_person.pid")

    def test_the_keys_lie_apart_for_their_owner_alone(self, backup, place):
        keys = json.loads((place / "keys.json").read_text())

        assert (place / "keys.json").stat().st_mode & 0o777 == 0o600
        assert backup.stat().st_mode & 0o777 == 0o700
        for file in backup.iterdir():
            assert file.stat().st_mode & 0o777 == 0o600
            for key in keys.values():
                assert key.split(":", 1)[-1].encode() not in file.read_bytes()


class TestWhereSomethingStands:
    def test_it_is_not_written_over_unless_somebody_says_so(self, restored, backup):
        before = rows_of(restored)

        assert "not empty" in refused(restored, "restore", str(backup))
        assert "Nobody can be asked here" in refused(restored, "restore", str(backup), "--replace")
        assert rows_of(restored) == before

    def test_whoever_is_asked_is_told_what_goes_and_what_comes(self, restored, backup):
        terminal, stdin = os.openpty()
        os.write(terminal, b"no\n")
        environment = {name: value for name, value in restored.environment.items() if name != "CI"}
        done = subprocess.run(
            [*MEDSPILLER, "restore", str(backup), "--replace"],
            env=environment, cwd=ROOT, stdin=stdin, capture_output=True, text=True, check=False,
        )  # fmt: skip
        os.close(terminal)
        os.close(stdin)

        goes, comes, refusal = done.stderr.splitlines()
        (tenants,) = restored.asked("SELECT string_agg(name, ', ' ORDER BY name) FROM organisations_tenant")[0]
        assert "stands a demo (" in goes
        assert f": {tenants}; last looked at or changed 20" in goes
        assert "comes a demo of 20" in comes
        assert "Nothing was thrown away" in refusal

    # With one table instead of all it is in the suite: `test_restore_broken_off`. So is the next one.
    @pytest.mark.soak
    def test_it_is_replaced_by_what_was_there_when_the_backup_was_made(self, original, restored, backup):
        with superuser(restored) as database:
            database.execute("TRUNCATE worklist_workitem CASCADE")
        assert rows_of(restored) != rows_of(original)

        told = json.loads(restored.succeeds("restore", str(backup), "--replace", "--yes"))

        assert (told["replaced"], told["counted"]) == (True, True)
        assert rows_of(restored) == rows_of(original)

    @pytest.mark.soak
    def test_what_does_not_come_back_whole_replaces_nothing(self, restored, backup, tmp_path):
        before = rows_of(restored)
        manifest = backup_manifest.read(backup)
        shutil.copy(backup / backup_manifest.DUMP, tmp_path)
        more = manifest.tables | {"people_person": manifest.tables["people_person"] + 1}
        backup_manifest.write(dataclasses.replace(manifest, tables=more), tmp_path)

        line = refused(restored, "restore", str(tmp_path), "--replace", "--yes")

        assert "The table people_person came back with" in line
        assert rows_of(restored) == before
        assert restored.asked("SELECT datname FROM pg_database WHERE datname LIKE 'medspiller%'") == [("medspiller",)]


class TestHalfABackup:
    def test_one_that_is_killed_looks_like_none_and_the_next_one_is_whole(self, original, tmp_path):
        to, half = tmp_path / "mine", tmp_path / "mine.unfinished"
        with superuser(original) as held, held.transaction():
            # It waits for this table, with its file begun.
            held.execute("LOCK TABLE people_person IN ACCESS EXCLUSIVE MODE")
            killed = subprocess.Popen(
                [*MEDSPILLER, "backup", str(to)], env=original.environment, cwd=ROOT, stderr=subprocess.DEVNULL
            )
            wait_for(half / backup_manifest.DUMP)
            killed.send_signal(signal.SIGKILL)
            killed.wait()

        assert not to.exists()
        assert "no whole backup" in refused(original, "restore", str(half), "--check")
        original.succeeds("backup", str(to))
        assert os.listdir(tmp_path) == ["mine"]
        original.succeeds("restore", str(to), "--check")

    def test_two_at_a_time_to_the_same_place(self, original, tmp_path):
        (tmp_path / "mine.unfinished").mkdir()
        other = os.open(tmp_path / "mine.unfinished", os.O_RDONLY)
        fcntl.flock(other, fcntl.LOCK_EX)

        line = refused(original, "backup", str(tmp_path / "mine"))
        os.close(other)

        assert "Another backup" in line
        assert os.listdir(tmp_path) == ["mine.unfinished"]

    def test_a_disk_that_is_full(self, original, tmp_path):
        with small_disk(tmp_path) as disk:
            line = refused(original, "backup", str(disk / "mine"))

            assert "No space left on device" in line
            assert os.listdir(disk) == []

    def test_something_of_that_name(self, original, backup):
        before = (backup / backup_manifest.MANIFEST).read_bytes()

        assert "is there already" in refused(original, "backup", str(backup))
        assert (backup / backup_manifest.MANIFEST).read_bytes() == before


class TestADatabaseOutside:
    """Somebody's own server, for which the demo's stands in."""

    @pytest.fixture
    def outside(self, original, tmp_path) -> Installation:
        """A machine with nothing under its own `.data/` but what the environment names."""
        made = Installation(data=tmp_path, port=0)
        kept = json.loads((original.data / "secrets.json").read_text())
        made.environment |= {f"MEDSPILLER_{name.upper()}": kept[name] for name in ("encryption_keys", "lookup_key")}
        return made

    def test_a_backup_is_restored_by_the_owner_into_an_empty_one(self, original, addresses, outside, tmp_path):
        outside.environment["DATABASE_BACKUP_URL"] = addresses["backup"]
        outside.succeeds("backup", str(tmp_path / "theirs"))
        outside.environment |= {
            "DATABASE_URL": addresses["target"],
            "DATABASE_BACKUP_URL": addresses["target_backup"],
        }

        told = json.loads(outside.succeeds("restore", str(tmp_path / "theirs")))

        assert told["counted"] is True
        (mark,) = original.asked(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = 'theirs'"
        )
        assert "notices are held" in mark[0]
        with superuser(original, "theirs") as theirs:
            for question in PROTECTION.values():
                assert theirs.execute(question).fetchall() == original.asked(question)
        assert "not empty" in refused(outside, "restore", str(tmp_path / "theirs"))
        assert "never thrown away" in refused(outside, "restore", str(tmp_path / "theirs"), "--replace", "--yes")

    def test_a_role_that_does_not_see_every_row(self, addresses, outside, tmp_path):
        outside.environment["DATABASE_BACKUP_URL"] = addresses["owner"]

        line = refused(outside, "backup", str(tmp_path / "blind"))

        assert "medspiller_owner does not see every row" in line
        assert "deploy/backup-role.sql" in line
        assert not (tmp_path / "blind").exists()

    def test_no_role_for_it(self, addresses, outside, tmp_path):
        outside.environment["DATABASE_URL"] = addresses["owner"]

        assert "DATABASE_BACKUP_URL is not set" in refused(outside, "backup", str(tmp_path / "blind"))


def superuser(installation: Installation, database: str = "medspiller") -> psycopg.Connection:
    kept = json.loads((installation.data / "secrets.json").read_text())
    return psycopg.connect(
        host=kept["socket_dir"], port=kept["port"], user="postgres", password=kept["superuser_password"],
        dbname=database, autocommit=True,
    )  # fmt: skip


def encryption_key(kept: dict[str, str]) -> bytes:
    return backup_manifest.secrets.key_from(kept["encryption_keys"].split(":", 1)[1])


def wait_for(file: Path) -> None:
    deadline = time.monotonic() + 60
    while not file.exists():
        assert time.monotonic() < deadline, f"{file} did not come to be"
        time.sleep(0.05)


@contextmanager
def small_disk(at: Path) -> Iterator[Path]:
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", at], capture_output=True, text=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield at
    finally:
        with contextlib.suppress(OSError):
            subprocess.run(["umount", "-l", at], check=True)
