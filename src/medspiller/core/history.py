"""
Earlier versions of rows, written by triggers in the same transaction as the change.

`@history.keep()` over a model gives it a table of versions. Its migration protects that
table with `core.schema.ProtectHistory`.
"""

from collections.abc import Callable, Sequence

import pghistory
import pgtrigger
from django.db import models
from pghistory.core import Tracker
from pghistory.models import Event

from medspiller.core.tenancy import ACTOR_SETTING


class CurrentActor(models.Func):
    """Whoever the open transaction acts for, as a column default; null if nobody was told of."""

    template = f"(nullif(current_setting('{ACTOR_SETTING}', true), '')::uuid)"
    arity = 0
    output_field = models.UUIDField()


class HistoryRow(Event):
    """One version of a row: what it was, since when, and who made it so."""

    pgh_actor_id = models.UUIDField(null=True, db_default=CurrentActor(), editable=False)

    class Meta:
        abstract = True


def keep(
    *, leave_out: Sequence[str] = (), unless: tuple[str, str] | None = None
) -> Callable[[type[models.Model]], type[models.Model]]:
    """
    Keep every version of the decorated model's rows, removed ones included.

    `leave_out` are columns that no version keeps: what is encrypted opens in its own table
    only. With `unless`, a column and a value, rows that have the value are kept no version of:
    what somebody is still typing has no history.
    """
    # Trackers are made anew for each model: they remember the columns of the first one they met.
    return pghistory.track(  # type: ignore[no-any-return]
        *(_trackers_unless(*unless) if unless else _trackers()),
        obj_field=None,
        context_field=None,  # type: ignore[arg-type]  # it takes None, as its documentation says
        base_model=HistoryRow,
        exclude=list(leave_out) or None,
    )


def _trackers() -> tuple[Tracker, ...]:
    return pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()


def _trackers_unless(column: str, value: str) -> tuple[Tracker, ...]:
    # What stands here are names and codes of ours.
    is_kept, was_kept = f"NEW.{column} <> '{value}'", f"OLD.{column} <> '{value}'"
    return (
        pghistory.InsertEvent(condition=pgtrigger.Condition(is_kept)),
        pghistory.UpdateEvent(condition=pgtrigger.Condition(f"OLD.* IS DISTINCT FROM NEW.* AND {is_kept}")),
        pghistory.DeleteEvent(condition=pgtrigger.Condition(was_kept)),
    )
