"""`medspiller serve`, `stop` and `reset`: keep database, web and worker running, and end them."""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from medspiller.cli import cluster, processes
from medspiller.cli.errors import CommandError
from medspiller.config import secrets

PID_FILE = secrets.DATA / "serve.pid"
LOOK_EVERY_SECONDS = 0.5
START_SECONDS = 60
# Long enough for each part to be given its own time to stop.
STOP_SECONDS = 3 * processes.STOP_SECONDS
LONGEST_WAIT_SECONDS = 10
# Whoever stood this long and falls stands up at once.
STEADY_SECONDS = 10
WEB_WORKERS = 2


def add_to(commands: Any) -> None:
    serve = commands.add_parser("serve", help="run database, web and worker until stopped")
    serve.add_argument("--port", type=_port, default=os.environ.get("PORT") or "8000")
    serve.add_argument("--demo", action="store_true", help="run the demo municipality")
    serve.set_defaults(run=run)
    commands.add_parser("stop", help="stop what serve started").set_defaults(run=stop)
    reset = commands.add_parser("reset", help="throw the data of the embedded database away")
    reset.add_argument("--yes", action="store_true", help="do not ask")
    reset.set_defaults(run=start_over)


@dataclass
class Part(ABC):
    """Something that is kept running. After each further fall in a row it waits longer before it stands up."""

    name: str
    stands: bool = False
    falls: int = 0
    stood_up_at: float = 0.0
    stand_up_at: float = 0.0

    @abstractmethod
    def runs(self) -> bool:
        """Say whether it runs."""

    @abstractmethod
    def start(self) -> None:
        """Start it."""

    @abstractmethod
    def stop(self) -> None:
        """Stop it, if it is ours to stop."""

    def look(self) -> None:
        """Start it if it has fallen and its wait is over. Whatever goes wrong with that is a fall, never ours."""
        now = time.monotonic()
        try:
            if self.stands and not self.runs():
                self._falls(now, f"{self.name} stopped")
            if not self.stands and now >= self.stand_up_at:
                self.stood_up_at = now
                self.start()
                self.stands = True
        except (CommandError, OSError) as fault:
            self._falls(time.monotonic(), f"{self.name}: {fault}")

    def _falls(self, now: float, what: str) -> None:
        self.falls = self.falls + 1 if now - self.stood_up_at < STEADY_SECONDS else 1
        wait = min(LONGEST_WAIT_SECONDS, 2 ** (self.falls - 2)) if self.falls > 1 else 0.0
        self.stands, self.stand_up_at = False, now + wait
        processes.note(f"{what}; starting it again" + (f" in {wait:.0f} s" if wait else ""))


@dataclass
class Program(Part):
    """One process of ours, with those that it starts itself."""

    command: list[str] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None

    def runs(self) -> bool:
        """Say whether the process runs, clearing away what a dead one has left."""
        if self.process is None or self.process.poll() is None:
            return self.process is not None
        processes.end_remains(self.process)
        self.process = None
        return False

    def start(self) -> None:
        """Start the process."""
        self.process = processes.start(self.command, folder=secrets.ROOT)

    def stop(self) -> None:
        """End the process and its own."""
        if self.process is not None:
            processes.end(self.process)


@dataclass
class Database(Part):
    """The embedded database. It outlives `serve`; whoever serves sees to it that it runs."""

    found: cluster.Cluster = field(default_factory=cluster.find)
    stands: bool = True

    def runs(self) -> bool:
        """Say whether its server runs."""
        return cluster.is_running(self.found)

    def start(self) -> None:
        """Start its server, which then has not fallen: it answers."""
        cluster.start_again(self.found)
        self.falls = 0

    def stop(self) -> None:
        """Leave it running: `medspiller stop` stops it."""


def run(arguments: argparse.Namespace) -> None:
    """
    Run until interrupted. A part that falls is started again, the embedded database too.

    :raises CommandError: if nothing is set up yet, the port is taken or another `serve` of this checkout runs.
    """
    _refuse_unprepared()
    _refuse_second()
    _refuse_taken(arguments.port)
    if secrets.is_embedded():
        cluster.keep_standing()
    if arguments.demo:
        os.environ["MEDSPILLER_DEMO"] = "1"
    try:
        PID_FILE.write_text(str(os.getpid()))
    except OSError as fault:
        raise CommandError(f"Cannot write to {secrets.DATA}: {fault.strerror}. Free the disk and try again.") from None
    parts = _parts(arguments.port)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        _wait_until_answering(arguments.port, parts)
        with suppress(OSError):
            _say_where(arguments.port, demo=arguments.demo)
        while True:
            for part in parts:
                part.look()
            time.sleep(LOOK_EVERY_SECONDS)
    except KeyboardInterrupt:
        processes.note("stopping")
    finally:
        for part in parts:
            part.stop()
        PID_FILE.unlink(missing_ok=True)


def stop(_: argparse.Namespace) -> None:
    """Stop a running `serve` of this checkout and the embedded database."""
    running = running_pid()
    if running:
        os.kill(running, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while processes.is_alive(running) and time.monotonic() < deadline:
            time.sleep(0.1)
    if secrets.is_embedded():
        cluster.stop()


def start_over(arguments: argparse.Namespace) -> None:
    """
    Throw away the embedded database and its keys, after asking.

    :raises CommandError: without `--yes` where nobody can be asked, or with DATABASE_URL or another address.
    """
    if not secrets.is_embedded():
        raise CommandError(
            f"{secrets.outside()} is set: a database outside .data/ is never thrown away by this command."
        )
    if not arguments.yes:
        if os.environ.get("CI") or not sys.stdin.isatty():
            raise CommandError("Nobody can be asked here: use --yes to throw the data away.")
        if input(f"Throw away all data under {secrets.DATA}? Write yes: ").strip().lower() != "yes":
            raise CommandError("Nothing was thrown away.")
    stop(arguments)
    cluster.remove()
    shutil.rmtree(secrets.DATA, ignore_errors=True)


def _parts(port: int) -> list[Part]:
    """The database first: the others need it."""
    python = sys.executable
    web = [
        python, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws",
        "--workers", str(WEB_WORKERS), "--blocking-threads", "3", "--backpressure", "64", "--respawn-failed-workers",
        "--workers-kill-timeout", str(processes.STOP_SECONDS // 2), "--log-level", "warning",
        "medspiller.config.wsgi:application",
    ]  # fmt: skip
    jobs = [python, "-m", "medspiller.cli.main", "manage", "procrastinate", "worker", "--concurrency", "2"]
    embedded: list[Part] = [Database("the database")] if secrets.is_embedded() else []
    return [*embedded, Program("web", command=web), Program("worker", command=jobs)]


def _wait_until_answering(port: int, parts: list[Part]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        for part in parts:
            part.look()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise CommandError("The web server did not answer within a minute; what it printed above says why.")


def _say_where(port: int, *, demo: bool) -> None:
    print(f"Medspiller runs on http://127.0.0.1:{port}/", flush=True)
    if demo:
        from medspiller.cli import demo as demo_commands  # noqa: PLC0415 - the demo is not part of a real installation

        for persona in demo_commands.personas():
            print(f"  {persona['role']:<28} http://127.0.0.1:{port}{persona['login']}", flush=True)
    print("Stop it with Ctrl-C or `make stop`.", flush=True)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is no port: choose one between 1024 and 65535")
    return int(text)


def _refuse_unprepared() -> None:
    """Find out before any process is started what each of them would fail on, again and again."""
    secrets.web_database()
    for key in (*secrets.encryption_keys().values(), secrets.lookup_key()):
        secrets.key_from(key)
    if not secrets.keys_kept():
        raise CommandError(f"Nothing is set up under {secrets.DATA}: run `medspiller database up` first.")


def _refuse_second() -> None:
    running = running_pid()
    if running:
        raise CommandError(f"Medspiller already runs here (process {running}): stop it with `make stop`.")


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise CommandError(f"Port {port} may not be used by this user: choose another with PORT=8001.") from None
        except OSError:
            another = port + 1 if port < 65535 else 8000
            raise CommandError(f"Port {port} is in use: choose another with PORT={another}.") from None


def running_pid() -> int | None:
    """Return the process of a `serve` of this checkout that runs, None if none does."""
    try:
        pid = int(PID_FILE.read_text())
    except (FileNotFoundError, ValueError):
        return None
    return pid if processes.is_alive(pid) and pid != os.getpid() else None


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
