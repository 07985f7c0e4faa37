"""What somebody takes with them, as tables: to read, and for another program."""

from dataclasses import dataclass

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its stable name, its heading in words, its columns (name and words) and its rows."""

    name: str
    heading: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
