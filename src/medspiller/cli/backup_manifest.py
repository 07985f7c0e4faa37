"""
What stands beside a dump and says what it is: version, digests, migrations, rows, and which keys it needs.

A key itself never stands there. Each is known again by a short print that tells nothing of it.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from medspiller.cli.errors import CommandError
from medspiller.config import secrets

FORMAT = "medspiller-backup-1"
MANIFEST, DUMP = "manifest.json", "database.dump"
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Keys:
    """
    The keys that sealed what a backup holds, or that a process has: id → print.

    A print is None where whoever made the backup did not have the key. `lookup` is the print of the key by which
    sealed values are found.
    """

    encryption: dict[str, str | None]
    lookup: str | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """
    One backup. `postgresql` and `dumped_by` are major versions, of the server and of `pg_dump`.

    `bytes` is the size of the dump, `database_bytes` that of the database it is of; 0 where that is not known.
    """

    version: str
    made_at: str
    demo: bool
    postgresql: int
    dumped_by: int
    roles: list[str]
    migrations: list[list[str]]
    tables: dict[str, int]
    keys: Keys
    bytes: int
    sha256: str
    format: str = FORMAT
    database_bytes: int = 0

    @property
    def rows(self) -> int:
        return sum(self.tables.values())


def write(manifest: Manifest, folder: Path) -> None:
    """Write it into the folder, so that it is on the disk when this returns."""
    content = asdict(manifest)
    with (folder / MANIFEST).open("w", encoding="utf-8") as file:
        (folder / MANIFEST).chmod(0o600)
        json.dump(content | {"digest": _digest(content)}, file, ensure_ascii=False, indent=2)
        file.flush()
        os.fsync(file.fileno())


def read(folder: Path) -> Manifest:
    """
    Return what stands in a backup's folder, its own digest checked.

    :raises CommandError: if there is none, it is damaged, or of a format that only a newer version knows.
    """
    try:
        content = json.loads((folder / MANIFEST).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        raise CommandError(f"{folder} is no whole backup: it has no {MANIFEST}.") from None
    except OSError as fault:
        raise CommandError(f"{folder / MANIFEST} cannot be read: {fault.strerror}.") from None
    except ValueError:
        content = None
    if not isinstance(content, dict) or content.pop("digest", None) != _digest(content):
        raise CommandError(f"{folder / MANIFEST} is damaged: its digest is another. Take another backup.")
    if content.get("format") != FORMAT:
        raise CommandError(f"{folder} was made by a newer Medspiller: use that version.")
    return Manifest(**content | {"keys": Keys(**content["keys"])})


def check_dump(manifest: Manifest, folder: Path) -> None:
    """
    Read the whole dump and compare it with what the manifest says of it.

    :raises CommandError: if it is missing, cannot be read or is another.
    """
    file = folder / DUMP
    try:
        same = file.stat().st_size == manifest.bytes and digest_of(file) == manifest.sha256
    except OSError as fault:
        raise CommandError(f"{file} cannot be read: {fault.strerror}.") from None
    if not same:
        raise CommandError(f"{file} is damaged: its digest is another. Take another backup.")


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file, read piece by piece."""
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while piece := opened.read(_CHUNK_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def keys_of(kept: Mapping[str, str]) -> Keys:
    """
    Return the prints of keys as `.data/secrets.json` and the environment write them.

    :raises BadSettings: if one of them is no key.
    """
    pairs = [part.split(":", 1) for part in kept.get("encryption_keys", "").split(",") if ":" in part]
    lookup = kept.get("lookup_key")
    return Keys(
        encryption={key_id.strip(): _print_of(key.strip()) for key_id, key in pairs},
        lookup=_print_of(lookup) if lookup else None,
    )


def check_keys(needed: Keys, given: Keys) -> None:
    """
    Compare the keys a backup needs with those there are.

    :raises CommandError: with the id of the first that is missing, or that another key goes by.
    """
    for key_id, wanted in sorted(needed.encryption.items()):
        if key_id not in given.encryption:
            raise CommandError(
                f"The key {key_id} is missing: what it sealed could never be read. "
                "Put it into MEDSPILLER_ENCRYPTION_KEYS, or give the file of keys with --keys-from."
            )
        if wanted is not None and given.encryption[key_id] != wanted:
            raise CommandError(
                f"The key {key_id} is another than the one the backup was made with: "
                "put the right one into MEDSPILLER_ENCRYPTION_KEYS, or give the file of keys with --keys-from."
            )
    if needed.lookup is not None and given.lookup != needed.lookup:
        raise CommandError(
            "The key for looking up is missing or another: nobody could be found by number or telephone. "
            "Put it into MEDSPILLER_LOOKUP_KEY, or give the file of keys with --keys-from."
        )


def needed_of(used: set[str], given: Keys) -> Keys:
    """Return what a backup needs, of which `used` are the ids that stand in its rows."""
    return replace(given, encryption={key_id: given.encryption.get(key_id) for key_id in sorted(used)})


def _print_of(key: str) -> str:
    return hmac.new(secrets.key_from(key), b"medspiller backup: which key is this", hashlib.sha256).hexdigest()[:16]


def _digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
