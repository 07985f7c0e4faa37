"""What enquiries do when something has happened: one service call each, safe to run twice."""

from medspiller.access.domain import actors
from medspiller.core import tenancy
from medspiller.enquiries import services
from medspiller.enquiries.domain.events import EnquiryDone, EnquiryMade, EnquiryMoved


def enquiry_made(event: EnquiryMade) -> None:
    """Put it on the list of the unit that answers."""
    services.bring_up_to_date(actor=actors.system(tenancy.current_tenant()), enquiry_id=event.enquiry_id)


def enquiry_done(event: EnquiryDone) -> None:
    """Take it off the list."""
    services.bring_up_to_date(actor=actors.system(tenancy.current_tenant()), enquiry_id=event.enquiry_id)


def enquiry_moved(event: EnquiryMoved) -> None:
    """Let it stand on the list of the unit that answers now."""
    system = actors.system(tenancy.current_tenant())
    services.leave_list(actor=system, enquiry_id=event.enquiry_id, unit_id=event.from_unit_id)
