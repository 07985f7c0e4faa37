"""Figures of the house: the front page, the staff home, the memory of the web workers, starting up."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from urllib.parse import quote

import psutil
from django.db import connection
from django.test import Client

from bench.measure import Bench, sized
from medspiller.config import secrets


def bench_front_page(bench: Bench) -> None:
    client = Client()
    bench.measure("front page, server time", lambda: _ok(client.get("/")), aim="≤ 15 ms, ≤ 3 SQL", count_sql=True)


def bench_memory_of_two_web_workers(bench: Bench) -> None:
    """Proportional set size of granian with two workers, after 400 requests."""
    port = _free_port()
    web = subprocess.Popen(
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
            "--no-ws", "--workers", "2", "--blocking-threads", "3", "--log-level", "warning",
            "medspiller.config.wsgi:application",
        ],
        env=os.environ | {"MEDSPILLER_DEMO": "1", "DATABASE_WEB_URL": _address()}, cwd=secrets.ROOT,
    )  # fmt: skip
    try:
        _wait_for(port)
        took = []
        for _ in range(sized(400)):
            began = time.perf_counter()
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
                answer.read()
            took.append((time.perf_counter() - began) * 1000)
        family = [psutil.Process(web.pid), *psutil.Process(web.pid).children(recursive=True)]
        memory = sum(process.memory_full_info().pss for process in family) / 2**20
        bench.add(
            "web, two workers: memory (PSS)", [memory], unit="MB", size=f"{len(family)} processes", aim="≤ 200 MB"
        )
        bench.add("front page over HTTP", took, unit="ms", size="loopback, one client")
    finally:
        web.send_signal(signal.SIGTERM)
        web.wait(10)


def bench_commands_start(bench: Bench) -> None:
    """A command that needs no database, from nothing to answer."""
    took = []
    for _ in range(7):
        began = time.perf_counter()
        subprocess.run([secrets.ROOT / ".venv/bin/medspiller", "demo", "personas"], check=True, capture_output=True)
        took.append((time.perf_counter() - began) * 1000)
    bench.add("medspiller demo personas, whole process", took, unit="ms", aim="well under a second")


def _ok(response: object) -> None:
    assert response.status_code == 200, response  # type: ignore[attr-defined]


def _address() -> str:
    """The benchmark's own database, as the web role."""
    given = connection.settings_dict
    return f"postgresql://{given['USER']}:{quote(given['PASSWORD'])}@/{given['NAME']}?host={given['HOST']}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(port)
