"""What `medspiller restore` refuses before it touches a database: one line that says why, exit status 2."""

import argparse
import dataclasses
import json
import shutil

import pytest

from medspiller.cli import backup_manifest, dumping, main, restore, restoring
from medspiller.cli.backup_manifest import DUMP, MANIFEST, Keys, Manifest
from medspiller.cli.errors import CommandError
from medspiller.config import secrets

CONTENT = b"a dump" * 1000
KEY, ANOTHER = f"{'A' * 43}=", f"{'B' * 42}A="


@pytest.fixture(autouse=True)
def keys_of_here(monkeypatch):
    monkeypatch.setenv("MEDSPILLER_ENCRYPTION_KEYS", f"k2:{ANOTHER},k1:{KEY}")
    monkeypatch.setenv("MEDSPILLER_LOOKUP_KEY", KEY)
    monkeypatch.setenv("MEDSPILLER_SECRET_KEY", "x" * 50)


@pytest.fixture
def manifest(tmp_path) -> Manifest:
    given = backup_manifest.keys_of({"encryption_keys": f"k1:{KEY},k2:{ANOTHER}", "lookup_key": KEY})
    (tmp_path / DUMP).write_bytes(CONTENT)
    return Manifest(
        version="0.1.0",
        made_at="2026-11-21T02:00:00+00:00",
        demo=True,
        postgresql=15,
        dumped_by=15,
        roles=["medspiller_owner"],
        migrations=[["core", "0001_create_ground"]],
        tables={"people_person": 3, "audit_accessentry": 4},
        keys=backup_manifest.needed_of({"k1"}, given),
        bytes=len(CONTENT),
        sha256=backup_manifest.digest_of(tmp_path / DUMP),
    )


@pytest.fixture
def backup(tmp_path, manifest):
    backup_manifest.write(manifest, tmp_path)
    return tmp_path


def refused(folder, capsys, *further: str) -> str:
    """Look whether a backup could be restored, and return the one line that says that it cannot."""
    status = main.main(["restore", str(folder), "--check", *further])
    said = capsys.readouterr()
    assert (status, said.out, len(said.err.splitlines())) == (2, "", 1), said
    return said.err.strip()


def test_a_whole_one_with_its_keys_could_be_restored(backup, capsys):
    status = main.main(["restore", str(backup), "--check"])

    said = json.loads(capsys.readouterr().out)
    assert status == 0
    assert said["restored"] is None
    assert (said["rows"], said["demo"], said["keys_needed"]) == (7, True, ["k1"])


class TestDamage:
    def test_a_folder_that_is_none(self, tmp_path, capsys):
        assert "is no whole backup: it has no manifest.json" in refused(tmp_path / "nowhere", capsys)

    def test_one_byte_of_the_dump_is_another(self, backup, capsys):
        (backup / DUMP).write_bytes(b"b" + CONTENT[1:])

        assert f"{backup / DUMP} is damaged" in refused(backup, capsys)

    def test_a_dump_that_is_cut_off(self, backup, capsys):
        (backup / DUMP).write_bytes(CONTENT[:-1])

        assert f"{backup / DUMP} is damaged" in refused(backup, capsys)

    def test_a_dump_that_is_gone(self, backup, capsys):
        (backup / DUMP).unlink()

        assert f"{backup / DUMP} cannot be read" in refused(backup, capsys)

    @pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b"\xff\xfe"])
    def test_a_manifest_that_is_none(self, backup, capsys, content):
        (backup / MANIFEST).write_bytes(content)

        assert f"{backup / MANIFEST} is damaged" in refused(backup, capsys)

    def test_a_manifest_that_somebody_has_written_in(self, backup, capsys):
        text = (backup / MANIFEST).read_text().replace('"demo": true', '"demo": false')
        (backup / MANIFEST).write_text(text)

        assert f"{backup / MANIFEST} is damaged" in refused(backup, capsys)


class TestNewerVersions:
    def test_a_migration_that_this_version_does_not_have(self, tmp_path, manifest, capsys):
        newer = [*manifest.migrations, ["people", "9999_later"]]
        backup_manifest.write(dataclasses.replace(manifest, migrations=newer), tmp_path)

        assert "was made by a newer Medspiller (it has people.9999_later)" in refused(tmp_path, capsys)

    def test_a_format_that_this_version_does_not_know(self, tmp_path, manifest, capsys):
        backup_manifest.write(dataclasses.replace(manifest, format="medspiller-backup-2"), tmp_path)

        assert "was made by a newer Medspiller" in refused(tmp_path, capsys)


class TestKeys:
    def test_one_that_is_missing_is_named(self, backup, capsys, monkeypatch):
        monkeypatch.setenv("MEDSPILLER_ENCRYPTION_KEYS", f"k2:{ANOTHER}")

        assert "The key k1 is missing" in refused(backup, capsys)

    def test_another_key_of_the_same_name(self, backup, capsys, monkeypatch):
        monkeypatch.setenv("MEDSPILLER_ENCRYPTION_KEYS", f"k1:{ANOTHER}")

        assert "The key k1 is another than the one the backup was made with" in refused(backup, capsys)

    def test_one_that_nothing_is_sealed_with_is_not_asked_for(self, backup, monkeypatch):
        monkeypatch.setenv("MEDSPILLER_ENCRYPTION_KEYS", f"k1:{KEY}")

        assert main.main(["restore", str(backup), "--check"]) == 0

    def test_the_one_for_looking_up(self, backup, capsys, monkeypatch):
        monkeypatch.setenv("MEDSPILLER_LOOKUP_KEY", ANOTHER)

        assert "MEDSPILLER_LOOKUP_KEY" in refused(backup, capsys)

    def test_a_backup_made_where_the_key_was_not_asks_for_its_name(self, tmp_path, manifest, capsys):
        unknown = Keys(encryption={"k1": None, "k3": None}, lookup=None)
        backup_manifest.write(dataclasses.replace(manifest, keys=unknown), tmp_path)

        assert "The key k3 is missing" in refused(tmp_path, capsys)

    def test_no_key_stands_in_the_manifest(self, backup):
        told = (backup / MANIFEST).read_text()

        assert '"k1"' in told
        assert KEY not in told
        assert ANOTHER not in told

    def test_a_file_of_keys_where_the_environment_has_them(self, backup, capsys):
        assert "leave --keys-from out" in refused(backup, capsys, "--keys-from", str(backup / "keys.json"))

    @pytest.mark.parametrize("content", ["", "[]", '{"lookup_key": 1}', "{}"])
    def test_a_file_of_keys_that_is_none(self, backup, capsys, monkeypatch, content):
        for name in ("MEDSPILLER_ENCRYPTION_KEYS", "MEDSPILLER_LOOKUP_KEY"):
            monkeypatch.delenv(name)
        (backup / "keys.json").write_text(content)

        assert "is no file of keys" in refused(backup, capsys, "--keys-from", str(backup / "keys.json"))


class TestOneAtATime:
    @pytest.fixture(autouse=True)
    def nothing_is_begun(self, tmp_path, monkeypatch):
        monkeypatch.setattr(secrets, "DATA", tmp_path / "data")
        monkeypatch.setattr(secrets, "RESTORING", tmp_path / "data/secrets.json.restoring")
        monkeypatch.setattr(restore.serve, "PID_FILE", tmp_path / "data/serve.pid")
        databases = ("DATABASE_URL", "DATABASE_WEB_URL", "DATABASE_BACKUP_URL")
        for name in (*databases, "MEDSPILLER_ENCRYPTION_KEYS", "MEDSPILLER_LOOKUP_KEY"):
            monkeypatch.delenv(name, raising=False)

    def test_another_that_is_at_work_is_left_in_peace(self, manifest, tmp_path, monkeypatch):
        monkeypatch.setattr(restore.cluster, "ensure_running", lambda: pytest.fail("went on"))
        nobody = argparse.Namespace(keys_from=None, replace=True, yes=True)

        with restoring.alone(), pytest.raises(CommandError, match=r"Another restore under .* is at work"):
            restore._into_embedded(manifest, tmp_path / DUMP, {}, nobody)

    def test_what_another_has_begun_is_not_settled_while_it_is_at_work(self, monkeypatch):
        with restoring.alone():
            secrets.RESTORING.write_text("{}")
            with pytest.raises(CommandError, match="is at work"):
                restoring.settle()
            with pytest.raises(secrets.BadSettings, match="at work or was broken off"):
                secrets.stored()


class TestAskingBeforeThrowingAway:
    @pytest.fixture(autouse=True)
    def somebody_is_there(self, monkeypatch):
        monkeypatch.delenv("CI", raising=False)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)

    def ask(self, manifest, monkeypatch, answer):
        monkeypatch.setattr("builtins.input", lambda _: answer)
        asked = argparse.Namespace(yes=False)
        restore._ask(asked, standing="REAL DATA (1 tenant: Bærum kommune; last changed today)", manifest=manifest)

    def test_what_goes_and_what_comes_is_named(self, manifest, monkeypatch, capsys):
        self.ask(manifest, monkeypatch, "yes")

        said = capsys.readouterr().err
        assert "stands REAL DATA (1 tenant: Bærum kommune; last changed today)" in said
        assert "comes a demo of 2026-11-21 03:00, 7 rows" in said

    @pytest.mark.parametrize("answer", ["", "y", "no", "yes please"])
    def test_only_yes_is_yes(self, manifest, monkeypatch, answer):
        with pytest.raises(CommandError, match="Nothing was thrown away"):
            self.ask(manifest, monkeypatch, answer)


@pytest.mark.parametrize(
    "said",
    [
        'pg_restore: error: COPY failed: ERROR:  could not extend file "base/1/2": wrote only 4096 of 8192 bytes',
        "pg_restore: error: could not write: No space left on device",
    ],
)
def test_a_disk_that_is_full_is_called_so(tmp_path, said):
    restorer = tmp_path / "pg_restore"
    restorer.write_text(f"#!/bin/sh\necho '{said}' >&2\nexit 1\n")
    restorer.chmod(0o755)

    with pytest.raises(CommandError, match=r"^Nothing was restored: .* Free the disk, and try again\.$"):
        dumping.restore(restorer, secrets.parse("postgresql://a@b/c"), dump=tmp_path / DUMP)


def test_too_little_room_is_told_before_anything_is_begun(manifest, monkeypatch, tmp_path):
    found = restore.cluster.Cluster(binaries=tmp_path, major=15, home=tmp_path, user=None)
    monkeypatch.setattr(restore.cluster, "find", lambda: found)
    found.data.mkdir()
    there = shutil.disk_usage(tmp_path).free

    restore._refuse_no_room(dataclasses.replace(manifest, database_bytes=1000))
    with pytest.raises(CommandError, match=r"There is no room for it beside what stands: .* GB are needed"):
        restore._refuse_no_room(dataclasses.replace(manifest, database_bytes=there + 10**9))
