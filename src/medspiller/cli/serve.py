"""`medspiller serve`, `stop` and `reset`: keep database, web and worker running, and end them."""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

from medspiller.cli import cluster
from medspiller.cli.errors import CommandError
from medspiller.cli.processes import is_alive
from medspiller.config import secrets

PID_FILE = secrets.DATA / "serve.pid"
LOOK_EVERY_SECONDS = 0.5
STOP_SECONDS = 10
LONGEST_WAIT_SECONDS = 30
STEADY_SECONDS = 60
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
class Part:
    """One process that is kept running. After each fall in a row it waits twice as long before it stands up."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    falls: int = 0
    stand_up_at: float = 0.0
    stood_up_at: float = 0.0

    def start(self) -> None:
        self.stood_up_at = time.monotonic()
        self.process = subprocess.Popen(self.command, env=os.environ.copy(), cwd=secrets.ROOT)

    def look(self) -> None:
        """Start the process again if it has fallen and its wait is over."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self.falls = self.falls + 1 if now - self.stood_up_at < STEADY_SECONDS else 1
            wait = min(LONGEST_WAIT_SECONDS, 0.25 * 2**self.falls)
            print(f"medspiller: {self.name} stopped; starting it again in {wait:.1f} s", file=sys.stderr)
            self.process, self.stand_up_at = None, now + wait
        if self.process is None and now >= self.stand_up_at:
            self.start()

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()


def run(arguments: argparse.Namespace) -> None:
    """
    Run until interrupted. A part that falls is started again, the embedded database too.

    :raises CommandError: if nothing is set up yet, the port is taken or another `serve` of this checkout runs.
    """
    _refuse_unprepared()
    _refuse_second()
    _refuse_taken(arguments.port)
    if arguments.demo:
        os.environ["MEDSPILLER_DEMO"] = "1"
    try:
        PID_FILE.write_text(str(os.getpid()))
    except OSError as fault:
        raise CommandError(f"Cannot write to {secrets.DATA}: {fault.strerror}. Free the disk and try again.") from None
    parts = _parts(arguments.port)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        for part in parts:
            part.start()
        _wait_until_answering(arguments.port, parts)
        _say_where(arguments.port, demo=arguments.demo)
        while True:
            _keep_database()
            for part in parts:
                part.look()
            time.sleep(LOOK_EVERY_SECONDS)
    except KeyboardInterrupt:
        print("medspiller: stopping", file=sys.stderr)
    finally:
        for part in parts:
            part.stop()
        PID_FILE.unlink(missing_ok=True)


def stop(_: argparse.Namespace) -> None:
    """Stop a running `serve` of this checkout and the embedded database."""
    running = _running_pid()
    if running:
        os.kill(running, signal.SIGTERM)
        deadline = time.monotonic() + 2 * STOP_SECONDS
        while is_alive(running) and time.monotonic() < deadline:
            time.sleep(0.1)
    if not os.environ.get("DATABASE_URL"):
        cluster.stop()


def start_over(arguments: argparse.Namespace) -> None:
    """
    Throw away the embedded database and its keys, after asking.

    :raises CommandError: without `--yes` where nobody can be asked, or with DATABASE_URL.
    """
    if os.environ.get("DATABASE_URL"):
        raise CommandError("DATABASE_URL is set: a database outside .data/ is never thrown away by this command.")
    if not arguments.yes:
        if os.environ.get("CI") or not sys.stdin.isatty():
            raise CommandError("Nobody can be asked here: use --yes to throw the data away.")
        if input(f"Throw away all data under {secrets.DATA}? Write yes: ").strip().lower() != "yes":
            raise CommandError("Nothing was thrown away.")
    stop(arguments)
    cluster.remove()
    shutil.rmtree(secrets.DATA, ignore_errors=True)


def _parts(port: int) -> list[Part]:
    python = sys.executable
    web = [
        python, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws",
        "--workers", str(WEB_WORKERS), "--blocking-threads", "3", "--backpressure", "64", "--respawn-failed-workers",
        "--log-level", "warning", "medspiller.config.wsgi:application",
    ]  # fmt: skip
    jobs = [python, "-m", "medspiller.cli.main", "manage", "procrastinate", "worker", "--concurrency", "2"]
    return [Part("web", web), Part("worker", jobs)]


def _keep_database() -> None:
    if os.environ.get("DATABASE_URL"):
        return
    if not cluster.is_running():
        print("medspiller: the database has stopped; starting it again", file=sys.stderr)
        try:
            cluster.start_again()
        except CommandError as fault:
            print(f"medspiller: {fault}", file=sys.stderr)


def _wait_until_answering(port: int, parts: list[Part]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        for part in parts:
            part.look()
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
    running = _running_pid()
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


def _running_pid() -> int | None:
    try:
        pid = int(PID_FILE.read_text())
    except (FileNotFoundError, ValueError):
        return None
    return pid if is_alive(pid) and pid != os.getpid() else None


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
