"""A whole installation in a folder of its own, to be hurt: cluster, web, worker, supervisor."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import psycopg

from medspiller.config.secrets import ROOT

MEDSPILLER = [sys.executable, "-m", "medspiller.cli.main"]
# Until a site that is started stands, with two cores that others use too.
START_SECONDS = 120
LINES_OF_LOG = 25


@dataclass
class Installation:
    """One `medspiller serve --demo` on data of its own."""

    data: Path
    port: int
    process: subprocess.Popen[str] | None = None
    # How long the last start took, from nothing to an answer: what this machine needs just now.
    start_seconds: float = 0
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        outside = {"DATABASE_URL", "DATABASE_WEB_URL", "DATABASE_BACKUP_URL", "MEDSPILLER_AS_OWNER"}
        kept = {name: value for name, value in os.environ.items() if name not in outside}
        self.environment = kept | {
            "MEDSPILLER_DATA": str(self.data),
            "MEDSPILLER_DEMO": "1",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.data / "serve.log"

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*MEDSPILLER, *arguments], env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )

    def succeeds(self, *arguments: str) -> str:
        """Run a command that must succeed, and return what it says."""
        done = self.run(*arguments)
        assert done.returncode == 0, (arguments, done.stderr)
        return done.stdout

    def start(self, *, log: Path | None = None) -> None:
        began = time.monotonic()
        with (log or self.log).open("w") as output:
            self.process = subprocess.Popen(
                [*MEDSPILLER, "serve", "--demo", "--port", str(self.port)],
                env=self.environment, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, text=True,
            )  # fmt: skip
        assert self.answers_within(START_SECONDS), f"the site did not come up\n{self.told()}"
        self.start_seconds = time.monotonic() - began

    def told(self) -> str:
        """Return the end of what `serve` has written, for whoever reads why a test failed."""
        state = "not started" if self.process is None else f"exit status {self.process.poll()}"
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return "\n".join([f"serve ({state}) said:", *lines[-LINES_OF_LOG:]])

    def serves(self) -> bool:
        """Say whether the supervisor itself is still there."""
        return self.process is not None and self.process.poll() is None

    def status(self, path: str = "/") -> int:
        """Return the status of a page; 0 if nobody answered."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=30) as answer:  # noqa: S310 - our own http address
                return int(answer.status)
        except urllib.error.HTTPError as fault:
            return fault.code
        except OSError:
            return 0

    def answers_within(self, seconds: float, path: str = "/") -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.status(path) == 200:
                return True
            time.sleep(0.2)
        return False

    def asked(self, question: str) -> list[tuple[Any, ...]]:
        """Ask the database as its superuser, whom no row is hidden from."""
        kept = json.loads((self.data / "secrets.json").read_text())
        with psycopg.connect(
            host=kept["socket_dir"], port=kept["port"], user="postgres", password=kept["superuser_password"],
            dbname="medspiller",
        ) as database:  # fmt: skip
            return database.execute(question).fetchall()

    def part(self, word: str) -> psutil.Process | None:
        """Return the process that the supervisor keeps running and whose command has `word`; None while it lies."""
        assert self.process is not None
        with suppress(psutil.NoSuchProcess):
            for child in psutil.Process(self.process.pid).children():
                with suppress(psutil.NoSuchProcess):
                    if word in child.cmdline():
                        return child
        return None

    def web_workers(self) -> list[psutil.Process]:
        web = self.part("granian")
        with suppress(psutil.NoSuchProcess):
            return web.children() if web else []
        return []

    def kill_web_workers(self) -> int:
        """Kill the processes that answer requests, not the one that keeps them; return how many there were."""
        return kill(self.web_workers())

    def kill_web(self) -> int:
        """Kill the process that keeps the web workers; they are left behind with its port."""
        web = self.part("granian")
        return kill([web] if web else [])

    def kill_worker(self) -> int:
        """Kill the process that does the jobs."""
        worker = self.part("procrastinate")
        return kill([worker] if worker else [])

    def kill_database(self) -> None:
        """Kill the server and all its children at once, as a power cut would."""
        try:
            postmaster = int((self.data / "cluster/postmaster.pid").read_text().splitlines()[0])
            server = psutil.Process(postmaster)
            kill([server, *server.children()])
        except (FileNotFoundError, IndexError, psutil.NoSuchProcess):
            # It lies since the last time, and is not up again yet.
            return

    def stop(self) -> None:
        self.run("stop")
        if self.process is not None:
            self.process.wait(60)


def folder_for_data() -> Path:
    """Return a new folder, short and open to the database's own user, unlike pytest's when we are root."""
    folder = Path(tempfile.mkdtemp(prefix="medspiller-fault-", dir="/tmp"))
    folder.chmod(0o755)
    return folder


def copied(made: Path, to: Installation) -> None:
    """Copy the data of one that has been stopped into the folder of another; it gets a socket of its own."""
    subprocess.run(["cp", "--archive", f"{made}/.", to.data], check=True)
    file = to.data / "secrets.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"socket_dir": str(to.data / "run")}))
    # All tables stand in it: what `database up` does beyond this only takes its time.
    subprocess.run(
        [sys.executable, "-c", "from medspiller.cli import cluster; cluster.ensure_running()"],
        env=to.environment, cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip


@contextmanager
def running(made: Path, **environment: str) -> Iterator[Installation]:
    """Serve a copy of what was made, and leave nothing of it behind, whatever happens."""
    installation = Installation(data=folder_for_data(), port=free_port())
    installation.environment |= environment
    try:
        copied(made, installation)
        installation.start()
        yield installation
    finally:
        installation.stop()
        installation.run("reset", "--yes")
        shutil.rmtree(installation.data, ignore_errors=True)


def kill(processes: Iterable[psutil.Process]) -> int:
    """Kill them all with SIGKILL, and return how many were still there."""
    killed = 0
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)
            killed += 1
    return killed


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
