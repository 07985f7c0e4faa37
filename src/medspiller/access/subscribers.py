"""What access does when something has happened. Each may run twice."""

from medspiller.access import services
from medspiller.access.domain import actors
from medspiller.access.domain.events import HoldingEnded
from medspiller.core import tenancy


def forget_drafts_of_leaver(event: HoldingEnded) -> None:
    """Delete what somebody had typed and not sent in a post that they have left, their other drafts with it."""
    services.forget_drafts_of(actor=actors.system(tenancy.current_tenant()), user_id=event.user_id)
