"""Units that read what is asked on the open pages, and one who asks to be called, for the walk through all routes."""

from typing import Any
from uuid import UUID

from medspiller.access.domain import actors
from medspiller.core import ids, tenancy
from medspiller.enquiries import selectors, services
from medspiller.enquiries.domain.enquiries import About, Purpose
from medspiller.enquiries.domain.wishes import CallWish


def build(tenant_id: UUID, unit_id: UUID) -> dict[str, Any]:
    """
    Let a unit read everything, and somebody ask to be called, and return what routes of enquiries name.

    Somebody must be leader or carer contact in the unit, else nothing can be asked.
    """
    system = actors.system(tenant_id)
    for purpose in Purpose:
        services.choose_recipient(actor=system, purpose=purpose, unit_id=unit_id, within_days=2)
    wish = CallWish(about=About.MYSELF, name="Eva Demoås", phone="+4700100200")
    services.ask_for_call(
        actor=actors.anonymous(tenant_id), wish=wish, press=str(ids.new_id()), address=str(ids.new_id())
    )
    tenancy.enter_tenant(tenant_id=tenant_id, actor_id=actors.SYSTEM_ID)
    (enquiry_id,) = selectors.open_ids(actor=system)
    return {"enquiry_id": enquiry_id}
