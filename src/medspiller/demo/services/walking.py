"""Walking the main line: becoming who one is at a stage, and finding the page."""

from medspiller.access import selectors as accounts
from medspiller.access.domain import actors
from medspiller.core import clock
from medspiller.core.actors import Actor
from medspiller.core.errors import NotFound
from medspiller.demo.domain import main_line
from medspiller.demo.domain.main_line import UnknownStage
from medspiller.demo.services import _house as house
from medspiller.demo.services._acting import acting, who_is_who
from medspiller.demo.services.signing_in import account_of
from medspiller.strategy import selectors as strategy


def stage_of(*, actor: Actor, stage_id: str) -> tuple[accounts.Account, str]:
    """
    Return the account that one becomes at a stage, and the address of the page; the address is empty where it is gone.

    The transaction is the persona's tenant's afterwards.

    :raises NotFound: if there is no such stage, the persona is not loaded, or this is no demo.
    """
    try:
        stage = main_line.stage(stage_id)
    except UnknownStage:
        raise NotFound(stage_id) from None
    account = account_of(actor=actor, persona_id=stage.persona)
    system = actors.system(account.tenant_id)
    if not stage.path:
        return account, _measure(system)
    if not stage.about:
        return account, stage.path
    opened_on = house.opened_on(system, unit_id=house.standing_units(system, carers=1, today=clock.today())["top"])
    persons = who_is_who(system, organisation=house.MUNICIPALITY_NAME, today=opened_on + house.AGE)
    found = [persons[each] for each in stage.about if each in persons]
    return account, stage.path.format(*found) if len(found) == len(stage.about) else ""


def _measure(system: actors.Actor) -> str:
    """The address of the measure in the newest plan that has it."""
    steers = acting(system, main_line.stage("tallene").persona, organisation=house.MUNICIPALITY_NAME)
    for line in strategy.strategies(actor=steers):
        if line.level != "municipal":
            continue
        for measure in strategy.strategy(actor=steers, strategy_id=line.id).measures:
            if (measure.area_number, measure.number) == main_line.MEASURE:
                return f"/arbeid/strategi/tiltak/{measure.id}/"
    return ""
