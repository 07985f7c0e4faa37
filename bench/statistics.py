"""Figures of disclosure control: tables of one, two and three dimensions, from a report's size up to a register's."""

import random
from collections.abc import Mapping

from bench.measure import Bench
from medspiller.statistics.domain.protection import protect
from medspiller.statistics.domain.tables import Table

# Dimensions' sizes → how often each is measured.
_SIZES: Mapping[tuple[int, ...], int] = {
    (3,): 200,
    (8, 5): 200,
    (30, 12): 50,
    (6, 6, 6): 20,
    (15, 10, 8): 5,
}


def bench_protect(bench: Bench) -> None:
    """Hide what is small, and what would tell it; a fifth of the counts is small or nobody."""
    dice = random.Random(20_261_122)  # noqa: S311 - made-up counts
    for sizes, times in _SIZES.items():
        table = _table(dice, sizes)
        protected = protect(table)
        size = f"{' × '.join(map(str, sizes))} with totals, {protected.primary} + {protected.secondary} hidden"
        bench.measure(
            "disclosure control of a table",
            lambda table=table: protect(table),
            n=times,
            warm_up=1,
            size=size,
            aim="≤ 50 ms" if len(sizes) < 3 else "≤ 2 s",
        )


def _table(dice: random.Random, sizes: tuple[int, ...]) -> Table:
    cells = 1
    for size in sizes:
        cells *= size
    counts = [int(dice.expovariate(1 / 25)) for _ in range(cells)]
    return Table({f"d{axis}": [str(at) for at in range(size)] for axis, size in enumerate(sizes)}, counts, totals=True)
