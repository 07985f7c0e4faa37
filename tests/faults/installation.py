"""A whole installation in a folder of its own, to be hurt: cluster, web, worker, supervisor."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from medspiller.config.secrets import ROOT

MEDSPILLER = [sys.executable, "-m", "medspiller.cli.main"]


@dataclass
class Installation:
    """One `medspiller serve --demo` on data of its own."""

    data: Path
    port: int
    process: subprocess.Popen[str] | None = None
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        outside = {"DATABASE_URL", "DATABASE_WEB_URL", "MEDSPILLER_AS_OWNER"}
        kept = {name: value for name, value in os.environ.items() if name not in outside}
        self.environment = kept | {
            "MEDSPILLER_DATA": str(self.data),
            "MEDSPILLER_DEMO": "1",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*MEDSPILLER, *arguments], env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )

    def prepare(self) -> None:
        for arguments in (("database", "up", "--demo"), ("demo", "load", "--scale", "20")):
            done = self.run(*arguments)
            assert done.returncode == 0, done.stderr

    def start(self) -> None:
        with (self.data / "serve.log").open("w") as log:
            self.process = subprocess.Popen(
                [*MEDSPILLER, "serve", "--demo", "--port", str(self.port)],
                env=self.environment, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, text=True,
            )  # fmt: skip
        assert self.answers_within(60), "the site did not come up"

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

    def kill_database(self) -> None:
        """Kill the server and all its children at once, as a power cut would."""
        postmaster = int((self.data / "cluster/postmaster.pid").read_text().splitlines()[0])
        listed = subprocess.run(["pgrep", "-P", str(postmaster)], capture_output=True, text=True, check=False)
        for pid in [postmaster, *map(int, listed.stdout.split())]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue

    def stop(self) -> None:
        self.run("stop")
        if self.process is not None:
            self.process.wait(30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
