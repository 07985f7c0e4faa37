"""What the database's refusals mean to those who asked."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction


@contextmanager
def refused_as(refusals: Mapping[str, Exception]) -> Iterator[None]:
    """
    Raise what the named constraint stands for, where the database refuses: two may have pressed at once.

    :raises IntegrityError: if the constraint has no name here.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as fault:
        refusal = refusals.get(constraint_of(fault))
        if refusal is None:
            raise
        raise refusal.with_traceback(None) from None


def constraint_of(fault: IntegrityError) -> str:
    """Return the name of the constraint that a statement broke; empty if nothing with a name did."""
    diagnosis = getattr(fault.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""
