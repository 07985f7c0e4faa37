"""Adding many rows at once, where a register moves in."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models

# More in one statement is no faster, and whoever sends it holds all of it as text.
ROWS_AT_ONCE = 1000


class NotInserted(TypeError):
    """A row says something that cannot be written as text for the database to read."""


def insert(rows: Sequence[models.Model]) -> None:
    """
    Add rows of one model, in their order, by the constraints and triggers that hold for one; nothing if there are none.

    Some five times cheaper than `bulk_create`, which writes each value of an encrypted or an array column as a
    parameter of its own. The rows must be new and are not told that they are stored. Columns that the first leaves to
    the database are left to it by all.

    :raises IntegrityError: if a constraint refuses one of them; then none is added.
    :raises NotInserted: if a row says something that this cannot write.
    """
    if not rows:
        return
    columns = [each for each in rows[0]._meta.concrete_fields if not _is_left(getattr(rows[0], each.attname))]
    names = [connection.ops.quote_name(str(each.column)) for each in columns]
    kinds = (each.db_type(connection) for each in columns)
    told = ", ".join(f"{name} {kind}" for name, kind in zip(names, kinds, strict=True))
    # One JSON text travels: an array per column takes longer to write out.
    statement = (
        f"INSERT INTO {connection.ops.quote_name(rows[0]._meta.db_table)} ({', '.join(names)}) "  # noqa: S608 - columns
        f"SELECT {', '.join(names)} FROM json_to_recordset(%s::json) AS each({told})"
    )
    sealed = [each for each in columns if isinstance(each, models.BinaryField)]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), ROWS_AT_ONCE):
            batch = [_told(row, columns, sealed) for row in rows[start : start + ROWS_AT_ONCE]]
            cursor.execute(statement, [json.dumps(batch, default=_as_text, ensure_ascii=False)])


def _told(
    row: models.Model, columns: Sequence["models.Field[Any, Any]"], sealed: Sequence["models.Field[Any, Any]"]
) -> dict[str, Any]:
    """What a row says, by column. A binary column can have a way of its own to write what it holds."""
    values = row.__dict__
    told = {str(each.column): values[each.attname] for each in columns}
    for each in sealed:
        told[str(each.column)] = each.get_prep_value(values[each.attname])
    return told


def _is_left(value: object) -> bool:
    """Say whether it is the database that says a value."""
    return hasattr(value, "as_sql") or hasattr(value, "resolve_expression")


def _as_text(value: object) -> str:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return f"\\x{value.hex()}"
    raise NotInserted(type(value).__name__)
