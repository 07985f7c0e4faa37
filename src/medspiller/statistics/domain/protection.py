"""
Disclosure control: which counts of a table may be shown.

Whoever reads a published table knows the shown counts, that a total is the sum of its parts, that people are counted
in whole numbers, and that a count of nobody is always shown, so that a hidden one is at least 1. From all that
together no hidden count may be found.

1. A count from 1 up to `n_min` − 1 is hidden, a total like any other (*primary*).
2. For each hidden cell there must be another table that looks the same and differs in that cell (a *move* between
   the two). Where what is hidden already allows none, the move that hides least more is taken (*secondary*): along a
   line that is the next smallest count.

A move raises some cells by one and lowers others so that every line still adds up. In one dimension it is a pair, in
two a cycle through rows and columns, in more a cycle in two of them, taken in two layers with opposite signs. Each
hidden cell lies in one; that is the proof that it cannot be found. In one and two dimensions a cell that no move
reaches is in fact known; in more, a cell may be taken for known that is not, and then more is hidden than must be.

Nobody (0) is always shown, and so is what follows from it: that all of a group of at least `n_min` said yes. Whoever
makes a table of something that must not be known of a whole group merges categories first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import combinations, product

from medspiller.statistics.domain.tables import Protected, Table, places, with_totals

# A row or a column in a search: which of the two, and its place.
_Node = tuple[int, int]

# The local policy's smallest count that is shown. A municipality may ask for more, never for less.
LEAST = 5


class ThresholdTooLow(ValueError):
    """A smaller threshold was asked for than the least there may be."""

    def __init__(self, asked: int):
        self.asked, self.least = asked, LEAST
        super().__init__(f"the smallest count shown can be raised above {LEAST}, not lowered to {asked}")


def protect(table: Table, n_min: int = LEAST) -> Protected:
    """
    Return the table with every count hidden that is below `n_min`, or from which one could be found.

    :raises ThresholdTooLow: if `n_min` is below 5.
    """
    if n_min < LEAST:
        raise ThresholdTooLow(n_min)
    dimensions, counts = with_totals(table)
    hidden = [0 < count < n_min for count in counts]
    primary = sum(hidden)
    if table.totals and primary:
        _Suppression([len(categories) for categories in dimensions.values()], counts, hidden).complete()
    return Protected(
        dimensions=dimensions,
        counts=tuple(None if hid else count for count, hid in zip(counts, hidden, strict=True)),
        primary=primary,
        secondary=sum(hidden) - primary,
    )


@dataclass(frozen=True, slots=True)
class _Move:
    """What hides least more, so far: its cost, and the cells that change."""

    cost: int
    cells: tuple[int, ...]


class _Suppression:
    """
    Hides cells of a table with totals until each hidden one lies in a move.

    The total is the last category of each dimension. Cells are counted in row-major order.
    """

    def __init__(self, sizes: Sequence[int], counts: Sequence[int], hidden: list[bool]):
        self._sizes, self._counts, self._hidden = tuple(sizes), counts, hidden
        self._places = places(sizes)
        self._strides = [1] * len(sizes)
        for axis in range(len(sizes) - 2, -1, -1):
            self._strides[axis] = self._strides[axis + 1] * sizes[axis + 1]
        stars = [sum(at == size - 1 for at, size in zip(place, sizes, strict=True)) for place in self._places]
        self._signs = [-1 if number % 2 else 1 for number in stars]
        # Of two equal counts the one with fewer totals in it is hidden: a total tells readers more.
        self._price = [count * (len(sizes) + 1) + number for count, number in zip(counts, stars, strict=True)]

    def complete(self) -> None:
        """Hide what must be hidden besides what is small; `hidden` is changed in place."""
        safe: set[int] = set()
        first = sorted(
            (cell for cell, hid in enumerate(self._hidden) if hid), key=lambda cell: (self._price[cell], cell)
        )
        for cell in first:
            if cell not in safe:
                move = self._cheapest(cell)
                for changed in move.cells:
                    self._hidden[changed] = True
                safe.update(move.cells)

    def _cheapest(self, cell: int) -> _Move:
        best: _Move | None = None
        for search in self._searches(cell):
            for direction in (1, -1):
                found = search.through(cell, direction, below=None if best is None else best.cost)
                if found is not None:
                    best = found
                if best is not None and best.cost == 0:
                    return best
        if best is None:
            # The cell and its totals can always rise together.
            raise AssertionError(f"no move through cell {cell}")
        return best

    def _searches(self, cell: int) -> "Iterator[_Search]":
        """Yield where to look for moves through a cell, what costs least in the cell's other layers first."""
        place = self._places[cell]
        axes = range(len(self._sizes))
        if len(axes) == 1:
            yield _Search(self, None, 0, ((0, 1),))
            return
        asked = []
        for rows, columns in combinations(axes, 2):
            others = [axis for axis in axes if axis not in (rows, columns)]
            choices = [[at for at in range(self._sizes[axis]) if at != place[axis]] for axis in others]
            for chosen in product(*choices):
                steps = [(0, (at - place[axis]) * self._strides[axis]) for axis, at in zip(others, chosen, strict=True)]
                layers = tuple((sum(step), -1 if sum(map(bool, step)) % 2 else 1) for step in product(*steps))
                price = sum(0 if self._hidden[cell + step] else self._price[cell + step] for step, _ in layers)
                asked.append((price, rows, columns, layers))
        for _, rows, columns, layers in sorted(asked, key=lambda one: one[0]):
            yield _Search(self, rows, columns, layers)


class _Search:
    """
    Moves whose cells vary in two dimensions, the same in each of the given layers.

    Rows and columns are the nodes of a graph and cells its edges; a move is a cycle. Walking from a row to a column
    adds one to what the cell adds to its lines (a total counts as minus its count), walking back takes one away.
    """

    def __init__(self, table: _Suppression, rows: int | None, columns: int, layers: Sequence[tuple[int, int]]):
        self._table, self._rows, self._columns, self._layers = table, rows, columns, layers

    def through(self, cell: int, direction: int, *, below: int | None) -> _Move | None:
        """Return the cheapest move that walks through the cell in a direction, if it costs less than `below`."""
        own = self._cost(cell, direction)
        if own is None or (below is not None and own >= below):
            return None
        if self._rows is None:
            return self._pair(cell, direction, own, below)
        return self._cycle(cell, direction, own, below)

    def _cost(self, cell: int, direction: int) -> int | None:
        """What walking through a cell hides; None if one of its counts is nobody, or would become nobody."""
        table, cost = self._table, 0
        for step, parity in self._layers:
            at = cell + step
            count = table._counts[at]
            if count == 0 or (count == 1 and direction * parity * table._signs[at] < 0):
                return None
            if not table._hidden[at]:
                cost += table._price[at]
        return cost

    def _pair(self, cell: int, direction: int, own: int, below: int | None) -> _Move | None:
        best = None
        for other in range(self._table._sizes[0]):
            cost = self._cost(other, -direction) if other != cell else None
            if cost is not None and (below is None or own + cost < below):
                below = own + cost
                best = _Move(below, (cell, other))
                if cost == 0:
                    break
        return best

    def _cycle(self, cell: int, direction: int, own: int, below: int | None) -> _Move | None:
        """Dijkstra from where the cell leads to where it begins. Nodes are (0, row) and (1, column)."""
        table, rows, columns = self._table, self._rows or 0, self._columns
        row, column = table._places[cell][rows], table._places[cell][columns]
        base = cell - row * table._strides[rows] - column * table._strides[columns]
        begin, end = ((1, column), (0, row)) if direction == 1 else ((0, row), (1, column))
        costs: dict[_Node, int] = {begin: own}
        came: dict[_Node, tuple[_Node, int]] = {}
        # Of equally cheap nodes the last one found is gone on from: where much is hidden, a way back is near.
        waiting, found = [(own, 0, begin)], 0
        while waiting:
            cost, _, node = heappop(waiting)
            if node == end:
                return _Move(cost, self._cells(cell, begin, end, came))
            if cost > costs[node] or (below is not None and cost >= below):
                continue
            side, at = node
            walking = 1 if side == 0 else -1
            mine, theirs = (rows, columns) if side == 0 else (columns, rows)
            start, stride = base + at * table._strides[mine], table._strides[theirs]
            for other in range(table._sizes[theirs]):
                edge = start + other * stride
                step = self._cost(edge, walking) if edge != cell else None
                after = (1 - side, other)
                if step is not None and cost + step < costs.get(after, cost + step + 1):
                    costs[after] = cost + step
                    came[after] = (node, edge)
                    if after == end and step == 0:
                        # Nothing that waits is cheaper.
                        return _Move(cost, self._cells(cell, begin, end, came))
                    found -= 1
                    heappush(waiting, (cost + step, found, after))
        return None

    def _cells(self, cell: int, begin: _Node, end: _Node, came: dict[_Node, tuple[_Node, int]]) -> tuple[int, ...]:
        edges, node = [cell], end
        while node != begin:
            node, edge = came[node]
            edges.append(edge)
        return tuple(edge + step for edge in edges for step, _ in self._layers)
