"""What is heavy is made with no transaction open: files and drawings that somebody waits for."""

from collections.abc import Callable
from typing import TypeVar

from medspiller.access.domain.actors import Actor
from medspiller.access.services.rounds import tenant_of
from medspiller.ui.documents import NotMade, Problem

Source = TypeVar("Source")
Made = TypeVar("Made")


def make_apart(
    *,
    actor: Actor,
    load: Callable[[], Source | None],
    make: Callable[[Source], Made],
    keep: Callable[[Made], object],
    refuse: Callable[[Problem], object],
) -> None:
    """
    Load what is wanted, make it, and keep it; or refuse it with the reason where `make` raises `NotMade`.

    `load`, `keep` and `refuse` run in transactions of the actor's tenant, `make` in none. `load` returns None where
    there is nothing to make any more, so that a job which is begun again does nothing twice.

    :raises LookupError: if the actor acts for no tenant.
    """
    with tenant_of(actor=actor):
        source = load()
    if source is None:
        return
    try:
        made = make(source)
    except NotMade as refusal:
        with tenant_of(actor=actor):
            refuse(refusal.problem)
        return
    with tenant_of(actor=actor):
        keep(made)
