"""Walking the main line: becoming who one is at a stage, and finding the page."""

from uuid import UUID

from medspiller.access import selectors as accounts
from medspiller.access.domain import actors
from medspiller.core import clock
from medspiller.core.actors import Actor
from medspiller.core.errors import NotFound
from medspiller.demo.domain import main_line
from medspiller.demo.domain.forms.telling import SHIPPED
from medspiller.demo.domain.main_line import Of, Stage, UnknownStage
from medspiller.demo.services import _house as house
from medspiller.demo.services._acting import acting, who_is_who
from medspiller.demo.services.signing_in import account_of
from medspiller.followup import selectors as followup
from medspiller.questionnaires import selectors as questionnaires
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
    known = [persons[each] for each in stage.about if each in persons]
    found = [one for person_id in known if (one := _id_for(system, stage, person_id)) is not None]
    return account, stage.path.format(*found) if len(found) == len(stage.about) else ""


def _id_for(system: actors.Actor, stage: Stage, person_id: UUID) -> UUID | None:
    """What stands in the address of somebody's page: as `stage.of` says, None where there is nothing of it."""
    match stage.of:
        case Of.PERSON:
            return person_id
        case Of.PLAN:
            return _plan_of(_persona(system, stage), person_id)
        case Of.FIRST_ANSWERS:
            # The newest stand first.
            own = questionnaires.own_responses(actor=_persona(system, stage), person_id=person_id, language="nb")
            return next((each.id for each in reversed(own) if each.url == f"{SHIPPED}{main_line.ASKED}"), None)


def _persona(system: actors.Actor, stage: Stage) -> actors.Actor:
    return acting(system, stage.persona, organisation=house.MUNICIPALITY_NAME)


def _plan_of(somebody: actors.Actor, person_id: UUID) -> UUID | None:
    file_id = followup.open_file_of(actor=somebody, carer_id=person_id)
    if file_id is None:
        return None
    open_plans = followup.file(actor=somebody, file_id=file_id).open_plans
    return open_plans[0].id if open_plans else None


def _measure(system: actors.Actor) -> str:
    """The address of the measure in the newest plan that has it."""
    steers = _persona(system, main_line.stage("tallene"))
    for line in strategy.strategies(actor=steers):
        if line.level != "municipal":
            continue
        for measure in strategy.strategy(actor=steers, strategy_id=line.id).measures:
            if (measure.area_number, measure.number) == main_line.MEASURE:
                return f"/arbeid/strategi/tiltak/{measure.id}/"
    return ""
