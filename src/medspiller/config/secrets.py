"""
Where keys and the addresses of the databases come from: the environment first, else `.data/`.

The file under `.data/` is made at set-up, readable by its owner only. It belongs to the
embedded database and the demo; a real installation sets the environment (docs/operations.md).
"""

import base64
import functools
import json
import os
import secrets as random
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("MEDSPILLER_DATA") or ROOT / ".data")
FILE = DATA / "secrets.json"
# What the file will be once a restore that is at work has given its database the name (`medspiller.cli.restoring`).
RESTORING = DATA / "secrets.json.restoring"

WEB_USER = "medspiller_web"
OWNER_USER = "medspiller_owner"
# Whoever seals with keys of this process alone loses with it what they sealed.
SET_THE_KEYS = (
    "set MEDSPILLER_SECRET_KEY, MEDSPILLER_ENCRYPTION_KEYS, MEDSPILLER_LOOKUP_KEY to what all processes have "
    "(docs/settings.md)."
)
# Of the embedded cluster alone.
SUPERUSER = "postgres"
# What opens something and, left among the options, would stand where other users of the machine can read it.
_SECRET_OPTIONS = ("sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key")


class DatabaseAddress(NamedTuple):
    """What psycopg needs to reach one database as one role."""

    host: str
    port: str
    name: str
    user: str
    password: str
    options: dict[str, str]


class BadSettings(ValueError):
    """What the environment or `.data/` gives cannot be used: one line that says what to do."""


class BadDatabaseUrl(BadSettings):
    """`DATABASE_URL` is no address of a PostgreSQL database."""


def parse(url: str, *, setting: str = "DATABASE_URL") -> DatabaseAddress:
    """
    Read `postgresql://user:password@host:port/name?option=value`. A password among the options is the password.

    :raises BadDatabaseUrl: if it is anything else, or another secret is among the options; `setting` is what it says
        is wrong.
    """
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"postgres", "postgresql"} and parts.path.strip("/") and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise BadDatabaseUrl(f"{setting} must look like postgresql://user:password@host:5432/name")
    # As PostgreSQL reads it, where a plus is a plus.
    options = dict(parse_qsl(parts.query.replace("+", "%2B")))
    secret = next((name for name in _SECRET_OPTIONS if name in options), None)
    if secret:
        raise BadDatabaseUrl(f"{setting} must not hold {secret}: use a key that needs none, in a file of its own.")
    return DatabaseAddress(
        host=options.pop("host", "") or unquote(parts.hostname or ""),
        port=str(parts.port or options.pop("port", "")),
        name=unquote(parts.path.lstrip("/")),
        user=unquote(parts.username or ""),
        password=options.pop("password", "") or unquote(parts.password or ""),
        options=options,
    )


def stored() -> dict[str, str]:
    """
    Return what set-up has written under `.data/`; empty if nothing yet.

    :raises BadSettings: if the file cannot be read, or a restore is about to write another.
    """
    if os.path.exists(RESTORING):
        raise BadSettings(
            f"A restore under {DATA} is at work or was broken off: wait for it, or let `medspiller database up` "
            "finish or undo it."
        )
    try:
        kept = json.loads(FILE.read_text())
    except FileNotFoundError:
        return {}
    except OSError as fault:
        raise BadSettings(f"Cannot read {FILE}: {fault.strerror}. Set MEDSPILLER_DATA to another folder.") from None
    except ValueError:
        kept = None
    if not isinstance(kept, dict):
        raise BadSettings(f"{FILE} is damaged: put its backup there, or throw a demo away with `make reset`.")
    return kept


def store(**values: str) -> dict[str, str]:
    """Add values to the file under `.data/`, keeping what is there, and return all of it."""
    everything = stored() | values
    DATA.mkdir(parents=True, exist_ok=True)
    write(FILE, everything)
    return everything


def write(file: Path, values: Mapping[str, str]) -> None:
    """Write a file of secrets, readable by its owner only, whole or not at all, and on the disk when this returns."""
    draft = file.with_name(f"{file.name}.new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
        json.dump(values, opened, indent=2)
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(file)
    sync(file.parent)


def sync(folder: Path) -> None:
    """Let a folder keep the names its files have got, if the power goes now."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def secret_key() -> str:
    """Return Django's signing key: from the environment, from `.data/`, else one for this process only."""
    return os.environ.get("MEDSPILLER_SECRET_KEY") or stored().get("secret_key") or random.token_urlsafe(50)


def encryption_keys() -> dict[str, str]:
    """Return the keys that encrypt columns, the one to write with first: id → base64 of 32 bytes."""
    given = os.environ.get("MEDSPILLER_ENCRYPTION_KEYS") or stored().get("encryption_keys") or ""
    pairs = [part.split(":", 1) for part in given.split(",") if ":" in part]
    return {key_id.strip(): key.strip() for key_id, key in pairs} or {"process": _process_key()}


def lookup_key() -> str:
    """Return the key of the hashes by which encrypted values are found: base64 of 32 bytes."""
    return os.environ.get("MEDSPILLER_LOOKUP_KEY") or stored().get("lookup_key") or _process_key()


def key_from(text: str) -> bytes:
    """
    Return the 32 bytes that a key's text in the settings stands for.

    :raises BadSettings: if it is not base64 of 32 bytes.
    """
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise BadSettings(
            f"A key in MEDSPILLER_ENCRYPTION_KEYS, MEDSPILLER_LOOKUP_KEY or {FILE} is not 32 bytes in base64 "
            "(docs/settings.md)."
        )
    return key


def new_key() -> str:
    """Return a new key: base64 of 32 random bytes."""
    return base64.b64encode(random.token_bytes(32)).decode()


@functools.cache
def _process_key() -> str:
    # Only ever used where nothing is stored: `wsgi` refuses to serve without kept keys.
    return new_key()


def missing_keys() -> dict[str, str]:
    """Return new keys for those that neither the environment nor `.data/` has, for set-up to store."""
    kept = stored()
    made = {
        "secret_key": random.token_urlsafe(50),
        "encryption_keys": f"k1:{new_key()}",
        "lookup_key": new_key(),
    }
    return {name: key for name, key in made.items() if name not in kept}


def kept_keys() -> dict[str, str]:
    """Return the keys that outlive this process, by their names under `.data/`. What is not kept is left out."""
    given = {
        "secret_key": os.environ.get("MEDSPILLER_SECRET_KEY"),
        "encryption_keys": os.environ.get("MEDSPILLER_ENCRYPTION_KEYS"),
        "lookup_key": os.environ.get("MEDSPILLER_LOOKUP_KEY"),
    }
    kept = stored()
    found = {name: key or kept.get(name) for name, key in given.items()}
    return {name: key for name, key in found.items() if key}


def keys_kept() -> bool:
    """Say whether every key outlives this process."""
    return len(kept_keys()) == 3


def owner_database() -> DatabaseAddress:
    """
    Return the address of the database as its owner, who runs migrations.

    :raises BadSettings: if the database is not ours and nobody has named its owner.
    """
    url = os.environ.get("DATABASE_URL")
    if url:
        return parse(url)
    named = outside()
    if named:
        raise BadSettings(
            f"{named} is set and DATABASE_URL is not: set both for the same database, or none of them for the one "
            "under .data/ (docs/settings.md)."
        )
    return _embedded(OWNER_USER, "owner_password")


def has_owner() -> bool:
    """Say whether this process is told the owner's address; web and worker of a server are not."""
    return is_embedded() or bool(os.environ.get("DATABASE_URL"))


def web_database() -> DatabaseAddress:
    """Return the address of the database as the web role, which owns nothing."""
    url = os.environ.get("DATABASE_WEB_URL")
    if url:
        return parse(url)
    if os.environ.get("DATABASE_URL"):
        return owner_database()._replace(user=WEB_USER, password=stored().get("web_password_outside", ""))
    if not is_embedded():
        # A machine that makes backups: nothing there may sign in as the web role, here or anywhere.
        return backup_database()._replace(user=WEB_USER, password="")
    return _embedded(WEB_USER, "web_password")


def backup_database() -> DatabaseAddress:
    """
    Return the address of the database as a role that sees every row: the one role that can make a whole backup.

    :raises BadSettings: if the database is not ours and nobody has named such a role.
    """
    url = os.environ.get("DATABASE_BACKUP_URL")
    if url:
        return parse(url, setting="DATABASE_BACKUP_URL")
    if not is_embedded():
        raise BadSettings(
            "DATABASE_BACKUP_URL is not set: row-level security hides rows from the owner too, so a backup needs "
            "a role of its own (deploy/backup-role.sql)."
        )
    return _embedded(SUPERUSER, "superuser_password")


def is_embedded() -> bool:
    """Say whether the database is the one under `.data/`: nothing names another."""
    return outside() is None


def outside() -> str | None:
    """Return the first setting that names a database of somebody's own; None if none does."""
    given = {
        "DATABASE_URL": os.environ.get("DATABASE_URL"),
        "DATABASE_WEB_URL": os.environ.get("DATABASE_WEB_URL"),
        "DATABASE_BACKUP_URL": os.environ.get("DATABASE_BACKUP_URL"),
    }
    return next((name for name, url in given.items() if url), None)


def _embedded(user: str, key: str) -> DatabaseAddress:
    kept = stored()
    return DatabaseAddress(
        host=kept.get("socket_dir", str(DATA / "run")),
        port=kept.get("port", "5432"),
        name="medspiller",
        user=user,
        password=kept.get(key, ""),
        options={},
    )
