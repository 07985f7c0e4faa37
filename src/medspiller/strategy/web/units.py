"""Which units can be chosen to answer for something."""

from uuid import UUID

from django.utils.translation import gettext as _

from medspiller.access.domain.actors import Actor
from medspiller.core import clock
from medspiller.organisations import selectors as organisations
from medspiller.strategy import policies

EDIT = "strategy.edit"


def units_to_choose(actor: Actor) -> list[tuple[str, str]]:
    """Return the units of the house that are open today, by id and name."""
    return [(str(each.id), each.name) for each in organisations.units(actor=actor, on=clock.today())]


def units_to_answer(actor: Actor) -> list[tuple[str, str]]:
    """Return the units whose strategies the actor may write, by id and name; the empty one where none may answer."""
    units = units_to_choose(actor)
    if policies.owns_strategies(actor):
        return [("", str(_("No unit"))), *units]
    able = {str(each) for each in actor.units_with(EDIT)}
    return [each for each in units if each[0] in able]


def own_unit(actor: Actor) -> UUID | None:
    """Return the unit whose strategies the actor writes, the first of several; None for none."""
    able = actor.units_with(EDIT)
    return next((each.id for each in organisations.units(actor=actor, on=clock.today()) if each.id in able), None)
