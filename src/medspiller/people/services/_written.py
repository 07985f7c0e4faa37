"""What a transaction has written in the register, read out of the histories that triggers keep of it."""

from collections.abc import Mapping

from django.db import connection
from django.db.models import Model

from medspiller.people.domain.taking_back import Written
from medspiller.people.models import (
    CarerRole,
    ChildrenAnswer,
    ChildTold,
    Consent,
    ContactPoint,
    Involvement,
    Person,
    Relation,
    Statement,
)

# What a first talk may write. In the order in which it is unmade: what points at another goes before it.
TABLES: Mapping[str, type[Model]] = {
    model._meta.label: model
    for model in (
        CarerRole, ChildTold, Relation, Consent, ContactPoint, ChildrenAnswer, Statement, Involvement, Person,
    )
}  # fmt: skip


def history_of(label: str) -> str:
    """Return the name of the table of earlier versions of one of these."""
    return str(TABLES[label].pgh_event_model._meta.db_table)  # type: ignore[attr-defined]  # made by `history.keep`


# From the counters, and not from the rows: those of all tenants lie in one order, and row-level security would have
# the database go through the others' until it meets one's own.
_UPTO = " UNION ALL ".join(
    f"SELECT '{label}', coalesce(pg_sequence_last_value(pg_get_serial_sequence('{history_of(label)}', 'pgh_id')), 0)"
    for label in TABLES
)
# The moment and the actor of the open transaction tell its versions from those that others commit meanwhile.
_SINCE = " UNION ALL ".join(
    f"""
    SELECT '{label}', id, min(pgh_id), max(pgh_id), bool_or(pgh_label = 'insert') FROM {history_of(label)}
    WHERE pgh_id > %s AND pgh_created_at = now()
        AND pgh_actor_id IS NOT DISTINCT FROM nullif(current_setting('medspiller.actor', true), '')::uuid
    GROUP BY id
    """  # noqa: S608 - names of ours
    for label in TABLES
)


def so_far() -> dict[str, int]:
    """Return, by table, the number that the last version was given: what is written from now on comes after it."""
    with connection.cursor() as cursor:
        cursor.execute(_UPTO)
        return dict(cursor.fetchall())


def since(before: Mapping[str, int]) -> list[Written]:
    """Return each row that the open transaction has written since `before`, as `so_far` gave it, once."""
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, [before[label] for label in TABLES])
        return [Written(*row) for row in cursor.fetchall()]
