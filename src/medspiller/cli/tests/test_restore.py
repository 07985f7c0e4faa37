"""What `medspiller restore` refuses before it touches a database: one line that says why, exit status 2."""

import dataclasses
import json

import pytest

from medspiller.cli import backup_manifest, main
from medspiller.cli.backup_manifest import DUMP, MANIFEST, Keys, Manifest

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
