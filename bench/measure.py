"""Measuring: many runs after a warm-up, the median and the 95th percentile to quote."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

# How many times smaller everything is, set before the benchmarks are read: 1 but in a smoke run.
scale = 1


def sized(number: int) -> int:
    """How many rows, in this run: all of them, or a tenth to see only that the benchmark still runs."""
    return number // scale


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; `aim` is what was hoped for, None where nothing was named."""

    name: str
    unit: str
    median: float
    p95: float
    n: int
    data: str
    sql: int | None = None
    aim: str | None = None


@dataclass
class Bench:
    """Collects figures while the benchmarks run."""

    figures: list[Figure] = field(default_factory=list)

    def measure(
        self, name: str, call: Callable[[], object], *, n: int = 200, warm_up: int = 10, size: str = "",
        unit: str = "ms", aim: str | None = None, count_sql: bool = False,
    ) -> Figure:  # fmt: skip
        """Time `call` n times after a warm-up, and count its SQL once if asked."""
        if scale > 1:
            n, warm_up = 3, 1
        for _ in range(warm_up):
            call()
        took = []
        for _ in range(n):
            began = time.perf_counter()
            call()
            took.append((time.perf_counter() - began) * 1000)
        sql = None
        if count_sql:
            with CaptureQueriesContext(connection) as queries:
                call()
            sql = sum(
                1 for query in queries if not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
            )
        return self.add(name, took, unit=unit, size=size, aim=aim, sql=sql)

    def add(
        self,
        name: str,
        values: list[float],
        *,
        unit: str,
        size: str = "",
        aim: str | None = None,
        sql: int | None = None,
    ) -> Figure:
        """Keep a figure measured elsewhere."""
        ordered = sorted(values)
        figure = Figure(
            name=name,
            unit=unit,
            median=round(statistics.median(ordered), 2),
            p95=round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 2),
            n=len(ordered),
            data=size,
            sql=sql,
            aim=aim,
        )
        self.figures.append(figure)
        return figure

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(figure) for figure in self.figures]

    def table(self) -> str:
        """Return the figures as a Markdown table."""
        rows = ["| what | median | p95 | unit | SQL | n | data | aim |", "|---|---:|---:|---|---:|---:|---|---|"]
        rows += [
            f"| {f.name} | {f.median} | {f.p95} | {f.unit} "
            f"| {'' if f.sql is None else f.sql} | {f.n} | {f.data} | {f.aim or ''} |"
            for f in self.figures
        ]
        return "\n".join(rows)
