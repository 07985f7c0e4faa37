"""Letting people ask the demo municipality on its open pages, and its staff answer some of it."""

from uuid import UUID

from medspiller.access.domain import actors
from medspiller.core import clock, ids, tenancy
from medspiller.demo.domain import enquiries as told
from medspiller.demo.services import _house as house
from medspiller.demo.services._acting import acting
from medspiller.enquiries import selectors, services
from medspiller.enquiries.domain.enquiries import Purpose
from medspiller.enquiries.selectors import Narrowing

_ANSWERS = "pårørendekontakt"


def ask(tenant_id: UUID, *, seed: int) -> int:
    """Say who reads what, and let people ask, unless it is said already; return how many asked."""
    system, everybody = actors.system(tenant_id), actors.anonymous(tenant_id)
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=system.id), ids.repeatable(seed):
        if any(choice.unit_id for choice in selectors.choices(actor=system)):
            return 0
        units = house.standing_units(system, carers=1, today=clock.today())
        for purpose, (unit, within_days) in told.RECIPIENTS.items():
            services.choose_recipient(actor=system, purpose=purpose, unit_id=units[unit], within_days=within_days)
        for wish in told.CALLS:
            services.ask_for_call(actor=everybody, wish=wish, press=str(ids.new_id()), address=str(ids.new_id()))
        services.give_feedback(
            actor=everybody,
            purpose=Purpose.ACCESSIBILITY,
            feedback=told.FEEDBACK,
            press=str(ids.new_id()),
            address=str(ids.new_id()),
        )
        answers = acting(system, _ANSWERS, organisation=house.MUNICIPALITY_NAME)
        tried = next(row for row in selectors.enquiries(actor=answers, narrowing=Narrowing()) if row.needs_interpreter)
        services.note_attempt(actor=answers, enquiry_id=tried.id, reached=False)
        for enquiry_id in selectors.open_ids(actor=system):
            services.bring_up_to_date(actor=system, enquiry_id=enquiry_id)
        return len(told.CALLS) + 1
