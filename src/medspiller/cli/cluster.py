"""
The private PostgreSQL cluster under `.data/`, used where no `DATABASE_URL` is given.

It listens on a Unix socket only. Started by root it runs as another user, because
PostgreSQL refuses root.
"""

import hashlib
import os
import pwd
import secrets as random
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from medspiller.cli import locks, postgres_binaries, roles
from medspiller.cli.errors import CommandError
from medspiller.cli.processes import is_alive, working_in
from medspiller.config import secrets

PORT = "5432"  # only names the socket's file
START_SECONDS = 60

_CONFIGURATION = """
listen_addresses = ''
max_connections = 100
shared_buffers = 128MB
timezone = 'UTC'
log_timezone = 'UTC'
log_min_messages = warning
log_statement = none
"""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where the cluster's parts are, and as whom it runs (None: as ourselves)."""

    binaries: Path
    major: int
    home: Path
    user: str | None

    @property
    def data(self) -> Path:
        return self.home / "cluster"

    @property
    def sockets(self) -> Path:
        inside = self.home / "run"
        # A socket's path may hold 107 bytes.
        if len(str(inside)) <= 80:
            return inside
        return Path("/tmp") / f"medspiller-{_fingerprint(self.home)}"  # noqa: S108 - private folder, made 0700

    @property
    def unfinished(self) -> Path:
        """Stands as long as the data folder is being made: what an interrupted making left is thrown away."""
        return self.home / "cluster-unfinished"

    @property
    def deciding(self) -> Path:
        """Held by whoever looks whether the server runs and starts or stops it."""
        return self.home / "cluster-start.lock"

    @property
    def only_for_a_while(self) -> Path:
        """Stands where the server was started by somebody who means to stop it again: see `standing`."""
        return self.home / "cluster-only-for-a-while"

    @property
    def log(self) -> Path:
        return self.home / "postgresql.log"


def ensure_running() -> None:
    """
    Make and start the cluster if need be, with roles and an empty database.

    :raises CommandError: if PostgreSQL is missing, of another version than the data, or will not start.
    """
    if not secrets.is_embedded():
        roles.ensure_outside()
        return
    cluster = find()
    _make_folders(cluster)
    with locks.after_others(cluster.deciding):
        _stand(cluster)
    _ensure_database(cluster)


@contextmanager
def standing() -> Iterator[None]:
    """
    Let the cluster of this checkout run for a while, if it has data, and leave it as it was.

    It is left running if somebody has asked meanwhile that it shall stand, and to the last of several that use it.

    :raises CommandError: if there is none, or it will not start.
    """
    cluster = find()
    if _major_of_data(cluster.data) is None:
        raise CommandError(f"Nothing is set up under {secrets.DATA}: run `medspiller database up` first.")
    with locks.shared(cluster.home / "cluster-users.lock") as users:
        with locks.after_others(cluster.deciding):
            if not is_running(cluster):
                cluster.only_for_a_while.touch()
                _start(cluster)
        try:
            yield
        finally:
            with locks.after_others(cluster.deciding):
                if cluster.only_for_a_while.exists() and locks.is_last(users):
                    cluster.only_for_a_while.unlink()
                    stop()


def keep_standing() -> None:
    """Let nobody who needed the cluster for a while only stop it: it is used from now on."""
    cluster = find()
    if cluster.home.exists():
        with locks.after_others(cluster.deciding):
            cluster.only_for_a_while.unlink(missing_ok=True)


def start_again(cluster: Cluster) -> None:
    """
    Start a cluster that stands, after its server has died.

    :raises CommandError: if it will not start.
    """
    _start(cluster)


def find() -> Cluster:
    """
    Return the cluster of this checkout, with the newest PostgreSQL that can run its data.

    :raises CommandError: if there is no usable PostgreSQL.
    """
    user = _server_user()
    home = _home(user)
    made_by = _major_of_data(home / "cluster")
    usable = list(postgres_binaries.usable())
    if not usable:
        raise CommandError(
            "No PostgreSQL 15 to 18 with its contrib modules was found. Run `make setup`, or give DATABASE_URL."
        )
    fitting = [found for found in usable if found[1] == made_by] or usable
    binaries, major = fitting[0]
    if user and not _reachable(binaries, user):
        binaries = _copy_binaries(binaries, home)
    return Cluster(binaries=binaries, major=major, home=home, user=user)


def is_running(cluster: Cluster) -> bool:
    """Say whether a server runs on the cluster's data."""
    pid = postmaster_pid(cluster)
    return pid is not None and is_alive(pid)


def stop() -> None:
    """Stop the cluster of this checkout, if it runs, letting open transactions roll back."""
    cluster = find()
    if cluster.data.exists() and is_running(cluster):
        _run(cluster, "pg_ctl", "stop", "-D", str(cluster.data), "-m", "fast", "-w")


def remove() -> None:
    """Stop the cluster and throw its data away."""
    cluster = find()
    stop()
    for folder in (cluster.data, cluster.sockets):
        shutil.rmtree(folder, ignore_errors=True)
    if cluster.home != secrets.DATA:
        shutil.rmtree(cluster.home, ignore_errors=True)


def postmaster_pid(cluster: Cluster) -> int | None:
    """Return the process id of the running server, None if it does not run."""
    try:
        return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])
    except (FileNotFoundError, NotADirectoryError, IndexError, ValueError):
        return None


# --- Finding ------------------------------------------------------------------------------


def _major_of_data(data: Path) -> int | None:
    try:
        return int((data / "PG_VERSION").read_text().strip())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None


def _server_user() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in known:
            return name
    raise CommandError("PostgreSQL cannot run as root, and there is no user postgres or nobody to run it as.")


def _home(user: str | None) -> Path:
    """`.data/`, or, where the server's user may not walk there (a clone under /root), a folder it may."""
    if user is None or _reachable(secrets.DATA.parent, user):
        return secrets.DATA
    return Path("/var/lib/medspiller") / _fingerprint(secrets.DATA)


def _reachable(path: Path, user: str) -> bool:
    return (
        subprocess.run(["test", "-x", path], user=user, group=_group(user), extra_groups=[], check=False).returncode
        == 0
    )


def _copy_binaries(binaries: Path, home: Path) -> Path:
    target = home / "postgresql"
    if not target.exists():
        home.mkdir(parents=True, exist_ok=True, mode=0o755)
        shutil.copytree(binaries.parent, target, symlinks=True)
    return target / "bin"


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]


def _group(user: str) -> int:
    return pwd.getpwnam(user).pw_gid


# --- Making -------------------------------------------------------------------------------


def _stand(cluster: Cluster) -> None:
    """Make the server's data if there is none, and start it, for good."""
    cluster.only_for_a_while.unlink(missing_ok=True)
    if cluster.unfinished.exists() or not (cluster.data / "PG_VERSION").exists():
        _initialise(cluster)
    made_by = _major_of_data(cluster.data)
    if made_by is None:
        raise CommandError(
            f"The data under {cluster.home} is damaged: put its backup there, or throw a demo away with `make reset`."
        )
    if made_by != cluster.major:
        raise CommandError(
            f"The data under {cluster.home} was made by PostgreSQL {made_by} and this machine has "
            f"{cluster.major}: install PostgreSQL {made_by}, or throw the data away with `make reset`."
        )
    if not is_running(cluster):
        _start(cluster)


def _make_folders(cluster: Cluster) -> None:
    try:
        cluster.home.mkdir(parents=True, exist_ok=True)
        for folder in (cluster.data, cluster.sockets):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if cluster.user:
                shutil.chown(folder, cluster.user, _group(cluster.user))
        cluster.log.touch(mode=0o600)
        if cluster.user:
            shutil.chown(cluster.log, cluster.user, _group(cluster.user))
    except OSError as fault:
        raise CommandError(
            f"Cannot write under {cluster.home}: {fault.strerror}. "
            "Free the disk or set MEDSPILLER_DATA to another folder."
        ) from None


def _initialise(cluster: Cluster) -> None:
    cluster.unfinished.touch()
    password = random.token_urlsafe(24)
    password_file = cluster.sockets / "initdb-password"
    password_file.write_text(password)
    password_file.chmod(0o600)
    if cluster.user:
        shutil.chown(password_file, cluster.user, _group(cluster.user))
    # What an interrupted initdb left would make the next one refuse.
    for leftover in cluster.data.iterdir():
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    made = _run(
        cluster, "initdb", "-D", str(cluster.data), "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8",
        "--auth=scram-sha-256", f"--pwfile={password_file}",
    )  # fmt: skip
    password_file.unlink()
    if made.returncode != 0:
        raise CommandError(f"PostgreSQL could not make its data folder: {_last_line(made.stderr)}")
    configuration = cluster.data / "postgresql.auto.conf"
    configuration.write_text(_CONFIGURATION + f"unix_socket_directories = '{cluster.sockets}'\nport = {PORT}\n")
    secrets.store(superuser_password=password, socket_dir=str(cluster.sockets), port=PORT)
    cluster.unfinished.unlink()


def _start(cluster: Cluster) -> None:
    """Start the server, waiting for what a killed one left behind to go away."""
    deadline = time.monotonic() + START_SECONDS
    _clear_mark_of_the_dead(cluster)
    while True:
        began = cluster.log.stat().st_size
        options = f"-k '{cluster.sockets}'"
        started = _run(
            cluster, "pg_ctl", "start", "-D", str(cluster.data), "-l", str(cluster.log), "-o", options, "-w",
            "-t", str(START_SECONDS),
        )  # fmt: skip
        if started.returncode == 0:
            return
        with cluster.log.open(errors="replace") as log:
            log.seek(began)
            said = log.read()
        if time.monotonic() > deadline or "still in use" not in said:
            raise CommandError(
                f"PostgreSQL would not start: {_last_line(said) or started.stderr.strip()} (see {cluster.log})"
            )
        time.sleep(0.2)


def _clear_mark_of_the_dead(cluster: Cluster) -> None:
    """
    Remove the lock file of a server that has died, once none of its processes is left.

    PostgreSQL does so itself, unless the process id is still taken: in a container whose
    first process never collects its dead, it is, for ever.
    """
    pid = postmaster_pid(cluster)
    if pid is None or is_alive(pid):
        return
    deadline = time.monotonic() + START_SECONDS
    while working_in(cluster.data.resolve()) and time.monotonic() < deadline:
        time.sleep(0.1)
    if not working_in(cluster.data.resolve()):
        (cluster.data / "postmaster.pid").unlink(missing_ok=True)


def _ensure_database(cluster: Cluster) -> None:
    kept = secrets.stored()
    missing = secrets.missing_keys()
    if "owner_password" not in kept:
        missing |= {"owner_password": random.token_urlsafe(24), "web_password": random.token_urlsafe(24)}
    if missing:
        kept = secrets.store(**missing)
    password = kept["superuser_password"]
    address = make_conninfo(host=str(cluster.sockets), port=PORT, user="postgres", password=password, dbname="postgres")
    with psycopg.connect(address, autocommit=True) as server:
        roles.make(server, owner_password=kept["owner_password"], web_password=kept["web_password"])
        exists = server.execute("SELECT 1 FROM pg_database WHERE datname = 'medspiller'").fetchone()
        if not exists:
            server.execute(f"CREATE DATABASE medspiller OWNER {secrets.OWNER_USER}")


def _run(cluster: Cluster, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    # Output to files, not pipes: the server inherits them and would hold a pipe open for ever.
    out, err = cluster.home / "pg_ctl.out", cluster.home / "pg_ctl.err"
    environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    with out.open("w+", errors="replace") as stdout, err.open("w+", errors="replace") as stderr:
        done = subprocess.run(
            [cluster.binaries / program, *arguments],
            stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, env=environment, cwd="/", check=False,
            user=cluster.user, group=_group(cluster.user) if cluster.user else None,
            extra_groups=[] if cluster.user else None,
        )  # fmt: skip
        stdout.seek(0)
        stderr.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, stdout.read(), stderr.read())


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""
