"""
Load: staff, carers and strangers at once on one machine, the generator on the same cores as the site.

    python -m bench.load --rate 40 --seconds 600                      one rate, held
    python -m bench.load --find --seconds 30                          the highest rate that holds
    python -m bench.load --rate 20 --seconds 600 --kill-database      and it is killed in the middle
    python -m bench.load --rate 20 --seconds 600 --full-disk          and the disk fills up (root only)

Each makes a demo of its own and throws it away. Requests are due at fixed times, whether earlier ones are answered or
not, and the time of each is counted from when it was due: a site that falls behind shows it. A rate holds where p95 is
at most 300 ms, nothing fails, and the memory of the web workers does not grow. With a fault in the middle, what was
acknowledged must be there afterwards, once, and nothing may be answered but what was asked for or *try again soon*.

Exits with 1 where that is not so.
"""

import argparse
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

import psutil

from bench._visiting import MIX, NoAnswer, Visitor, wait_until
from tests.faults.installation import Installation, folder_for_data, free_port

VISITORS = 24
P95_MS = 300
WARM_UP_SECONDS = 5
FIRST_RATE, FASTER, WARMS_UP_SECONDS = 10.0, 1.25, 60
# Memory: sampled so often; flat where the last third is no more than this above the middle one.
SAMPLE_SECONDS = 2
GROWTH_MOST_MB = 8
# How long the fault lasts, and by when the site must answer again.
FULL_FOR_SECONDS, RECOVERS_WITHIN_SECONDS = 15, 60
SPARE_ON_DISK = 160 * 1024 * 1024
STORED = (HTTPStatus.FOUND, HTTPStatus.SEE_OTHER)

# What was acknowledged is looked for as the site would read it, sealed as it is.
_KEPT = """
from medspiller.core import tenancy
from medspiller.access.domain import actors
from medspiller.followup.models import FileNote
from medspiller.organisations import selectors
for tenant_id in selectors.tenant_ids(actor=actors.system(None)):
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID):
        for note in FileNote.objects.all():
            if (note.text or "").startswith("load-"):
                print("kept", note.text)
"""


@dataclass
class Told:
    """What came of a run. Times are in milliseconds from when a request was due; moments are since its start."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failed: list[tuple[float, str, str]] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    seconds: float = 0

    @property
    def times(self) -> list[float]:
        return sorted(itertools.chain.from_iterable(self.took.values()))

    @property
    def p95(self) -> float:
        return self.times[int(len(self.times) * 0.95)] if self.times else 0

    @property
    def growth(self) -> float:
        """By how many MB the web workers have grown from the middle third to the last; the first is warming up."""
        third = len(self.memory) // 3
        return statistics.mean(self.memory[-third:]) - statistics.mean(self.memory[third:-third]) if third else 0

    @property
    def holds(self) -> bool:
        return self.p95 <= P95_MS and not self.failed and self.growth <= GROWTH_MOST_MB


def main(given: list[str]) -> int:
    """Make a demo, and do to it what was asked."""
    asked = _asked(given)
    with _demo(scale=asked.scale, on_small_disk=asked.full_disk) as site:
        if asked.find:
            return _find(site, asked.seconds)
        if asked.kill_database:
            return _through(site, asked, site.kill_database)
        if asked.full_disk:
            return _through(site, asked, lambda: _fill(site.data))
        told = run(site, asked.rate, asked.seconds)
        print(_table(told))
        print(_line(asked.rate, told))
        return 0 if told.holds else 1


def run(site: Installation, rate: float, seconds: float, *, fault: Callable[[], object] | None = None) -> Told:
    """Let the visitors come, `rate` requests a second for so long; `fault` is done in the middle."""
    told = Told(seconds=seconds)
    visitors = [Visitor(site.url, MIX[number % len(MIX)], number) for number in range(VISITORS)]
    for visitor in visitors:
        visitor.begin()
    slots, marks = itertools.count(), (f"load-{time.time_ns():x}-{number}" for number in itertools.count())
    lock, over = threading.Lock(), threading.Event()
    began = time.perf_counter() + 1

    def next_mark() -> str:
        with lock:
            return next(marks)

    def come(visitor: Visitor) -> None:
        while not over.is_set():
            with lock:
                due = began + next(slots) / rate
            if due - began > seconds:
                return
            wait_until(due)
            _once(visitor, next_mark, due, began, told, lock)

    threads = [threading.Thread(target=come, args=(visitor,), daemon=True) for visitor in visitors]
    for thread in threads:
        thread.start()
    try:
        _watch(site, told, began, seconds, fault)
        for thread in threads:
            thread.join(seconds + 60)
    finally:
        over.set()
    return told


def _once(
    visitor: Visitor, next_mark: Callable[[], str], due: float, began: float, told: Told, lock: threading.Lock
) -> None:
    name, mark, problem = "", "", ""
    try:
        name, mark, press = visitor.visit(next_mark)
        if mark:
            # The form was opened when it was due; pressing its button is a request of its own.
            due = max(due, time.perf_counter())
        answer = press()
        wanted = STORED if name.startswith("POST") else (HTTPStatus.OK,)
        problem = "" if answer.status in wanted else f"{answer.status} {answer.location}".strip()
        if answer.status == HTTPStatus.SERVICE_UNAVAILABLE and "<h1" not in answer.page:
            problem = "503 without words"
    except NoAnswer as fault:
        problem = f"no answer: {fault}"
    now = time.perf_counter()
    with lock:
        if problem:
            told.failed.append((now - began, name, problem))
            return
        told.answered.append(now - began)
        if mark:
            told.acknowledged.append(mark)
        if now - began > WARM_UP_SECONDS:
            told.took[name].append((now - due) * 1000)


def _watch(site: Installation, told: Told, began: float, seconds: float, fault: Callable[[], object] | None) -> None:
    """Look at the memory of the web workers until the end, and do the fault in the middle."""
    while (now := time.perf_counter() - began) < seconds:
        if fault is not None and now >= seconds / 2:
            fault()
            fault = None
        with suppress(psutil.Error):
            workers = site.web_workers()
            told.memory.append(sum(worker.memory_full_info().pss for worker in workers) / 2**20)
        time.sleep(SAMPLE_SECONDS)


def _find(site: Installation, seconds: float) -> int:
    """Raise the rate until it does not hold, and say the highest that did."""
    rate, best = FIRST_RATE, 0.0
    # Workers that have just begun have not read everything in yet, and grow.
    run(site, FIRST_RATE, WARMS_UP_SECONDS)
    print("| rate | p95 | median | requests | failed | memory | holds |\n|---|---|---|---|---|---|---|")
    while True:
        told = run(site, rate, seconds)
        print(
            f"| {rate:.1f}/s | {told.p95:.0f} ms | {statistics.median(told.times or [0]):.0f} ms | {len(told.times)} "
            f"| {len(told.failed)} | {max(told.memory, default=0):.0f} MB | {'yes' if told.holds else 'no'} |",
            flush=True,
        )
        if not told.holds:
            break
        best, rate = rate, rate * FASTER
    print(f"The highest rate that held for {seconds:.0f} s: {best:.1f} requests a second.")
    return 0 if best else 1


def _through(site: Installation, asked: argparse.Namespace, fault: Callable[[], object]) -> int:
    """Run with a fault in the middle, and look at what is there afterwards."""
    told = run(site, asked.rate, asked.seconds, fault=fault)
    is_back = site.answers_within(RECOVERS_WITHIN_SECONDS)
    kept = Counter(_kept(site))
    lost = [mark for mark in told.acknowledged if not kept[mark]]
    twice = [mark for mark, times in kept.items() if times > 1]
    broke = [each for each in told.failed if not each[2].startswith(("503", "no answer")) or "without" in each[2]]
    hurt = [moment for moment, _name, _problem in told.failed]
    print(_line(asked.rate, told))
    print(f"failed between {min(hurt, default=0):.1f} and {max(hurt, default=0):.1f} s of {asked.seconds:.0f}")
    print(f"answered again: {is_back}; acknowledged {len(told.acknowledged)}, lost {len(lost)}, twice {len(twice)}")
    print(f"answered by something else than what was asked for or 503: {len(broke)} {broke[:5]}")
    return 0 if is_back and told.acknowledged and not lost and not twice and not broke else 1


def _kept(site: Installation) -> list[str]:
    told = site.succeeds("manage", "shell", "-c", _KEPT)
    return [line.removeprefix("kept ") for line in told.splitlines() if line.startswith("kept ")]


def _fill(data: Path) -> None:
    """Fill the disk for a while, and make room again."""
    filler = data / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(1 << 16))
    threading.Timer(FULL_FOR_SECONDS, filler.unlink).start()


def _table(told: Told) -> str:
    rows = ["| request | n | median ms | p95 ms |", "|---|---:|---:|---:|"]
    for name, times in sorted(told.took.items(), key=lambda each: -len(each[1])):
        ordered = sorted(times)
        rows.append(
            f"| {name} | {len(times)} | {statistics.median(ordered):.0f} | {ordered[int(len(ordered) * 0.95)]:.0f} |"
        )
    return "\n".join([*rows, *(f"- {count} × {name} {why}" for (name, why), count in _faults(told))])


def _faults(told: Told) -> list[tuple[tuple[str, str], int]]:
    return Counter((name, why) for _moment, name, why in told.failed).most_common(12)


def _line(rate: float, told: Told) -> str:
    return json.dumps(
        {
            "asked_per_second": rate,
            "answered_per_second": round(len(told.answered) / told.seconds, 1),
            "median_ms": round(statistics.median(told.times or [0]), 1),
            "p95_ms": round(told.p95, 1),
            "failed": len(told.failed),
            "written": len(told.acknowledged),
            "memory_mb": [round(each) for each in told.memory[:: max(1, len(told.memory) // 10)]],
            "growth_mb": round(told.growth, 1),
            "holds": told.holds,
        }
    )


@contextmanager
def _demo(*, scale: str, on_small_disk: bool) -> Iterator[Installation]:
    """Serve a demo of our own, and leave nothing of it behind."""
    load = ("demo", "load", "--quiet", *(("--scale", scale) if scale else ()))
    site = Installation(data=folder_for_data(), port=free_port())
    try:
        for command in (("database", "up", "--demo"), ("content", "publish", "--quiet"), load):
            print(f"medspiller {' '.join(command)} …", file=sys.stderr, flush=True)
            site.succeeds(*command)
        if on_small_disk:
            site.succeeds("database", "down")
            _move_to_small_disk(site.data)
        site.start()
        yield site
    finally:
        with suppress(OSError):
            (site.data / "filler").unlink(missing_ok=True)
        site.stop()
        site.run("reset", "--yes")
        if on_small_disk:
            subprocess.run(["umount", "-l", site.data], check=False)
        shutil.rmtree(site.data, ignore_errors=True)


def _move_to_small_disk(data: Path) -> None:
    """Put the data on a disk of their size and a little more, under the same name."""
    if os.geteuid() != 0:
        raise SystemExit("only root can mount a small disk")
    kept = data.with_name(f"{data.name}-kept")
    data.rename(kept)
    data.mkdir(mode=0o755)
    size = sum(file.stat().st_blocks * 512 for file in kept.rglob("*") if not file.is_symlink()) + SPARE_ON_DISK
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", data], check=True)
    subprocess.run(["cp", "--archive", f"{kept}/.", data], check=True)
    shutil.rmtree(kept)


def _asked(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=(__doc__ or "").split("\n", 2)[1])
    parser.add_argument("--rate", type=float, default=40, help="requests a second (40)")
    parser.add_argument("--seconds", type=float, default=60, help="for how long, each rate (60)")
    parser.add_argument("--scale", default="", help="how many carers the demo's crowd has (as the demo)")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--find", action="store_true", help="raise the rate until it does not hold")
    what.add_argument("--kill-database", action="store_true", help="kill the database in the middle")
    what.add_argument("--full-disk", action="store_true", help="let the disk be full for a while in the middle")
    return parser.parse_args(given)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
