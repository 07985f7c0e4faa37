"""What the catalogue does when something has happened: one service call each, safe to run twice."""

from medspiller.access.domain import actors
from medspiller.catalogue import services
from medspiller.catalogue.domain.events import (
    EntryMoved,
    EntryReviewed,
    OfferPublished,
    OfferTakenDown,
    ReportDealtWith,
    ReportMade,
    VersionDecided,
    VersionProposed,
)
from medspiller.content.domain.definitions import Definition
from medspiller.core import tenancy
from medspiller.core.actors import Actor


def version_proposed(event: VersionProposed) -> None:
    """Put it on the list of whoever decides."""
    services.bring_up_to_date(actor=actors.system(tenancy.current_tenant()), entry_id=event.entry_id)


def version_decided(event: VersionDecided) -> None:
    """Take it off the list."""
    services.bring_up_to_date(actor=actors.system(tenancy.current_tenant()), entry_id=event.entry_id)


def entry_reviewed(event: EntryReviewed) -> None:
    """Take it off the list of what is overdue."""
    services.bring_up_to_date(actor=actors.system(tenancy.current_tenant()), entry_id=event.entry_id)


def entry_moved(event: EntryMoved) -> None:
    """Let what it needs stand on the list of the unit that keeps it now."""
    system = actors.system(tenancy.current_tenant())
    services.move_to_other_list(actor=system, entry_id=event.entry_id, from_unit_id=event.from_unit_id)


def offer_published(event: OfferPublished) -> None:
    """Let the list say what the wording that is new needs."""
    services.bring_up_to_date(actor=actors.system(tenancy.current_tenant()), entry_id=event.entry_id)


def offer_taken_down(event: OfferTakenDown) -> None:
    """Take off the list what only matters while the public sees it."""
    services.bring_up_to_date(actor=actors.system(tenancy.current_tenant()), entry_id=event.entry_id)


def report_made(event: ReportMade) -> None:
    """Put on a list that a reader says something is wrong."""
    services.see_to_report(actor=actors.system(tenancy.current_tenant()), report_id=event.report_id)


def report_dealt_with(event: ReportDealtWith) -> None:
    """Take it off the list if nothing else is said to be wrong."""
    services.see_to_report(actor=actors.system(tenancy.current_tenant()), report_id=event.report_id)


def publish_provider(*, actor: Actor, definition: Definition) -> None:
    """Let the public see a provider that has become active."""
    services.publish_provider(actor=actor, definition=definition)


def publish_offer(*, actor: Actor, definition: Definition) -> None:
    """Let the public see an offer that has become active."""
    services.publish_offer(actor=actor, definition=definition)


def retire_provider(*, actor: Actor, definition: Definition) -> None:
    """Take a provider away that was retired."""
    services.retire_provider(actor=actor, definition=definition)


def retire_offer(*, actor: Actor, definition: Definition) -> None:
    """Take an offer away that was retired."""
    services.retire_offer(actor=actor, definition=definition)


def publish_wording(*, actor: Actor, definition: Definition) -> None:
    """Let offers be found by what words have come to stand for."""
    services.lay_out_everywhere(actor=actor)
