"""Jobs of the work list."""

import logging

from procrastinate.contrib.django import app

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.access.domain.actors import Actor
from medspiller.worklist import selectors, services

logger = logging.getLogger(__name__)


@app.periodic(cron="17 * * * *")
@app.task(name="worklist.withdraw_not_followed_up", queue="upkeep", queueing_lock="worklist.withdraw_not_followed_up")
def withdraw_not_followed_up(timestamp: int) -> None:
    """Take off the lists, once an hour, what is about persons whose follow-up has ended by itself."""
    access.at_each_tenant(
        actor=actors.system(None),
        do=lambda system: services.withdraw_not_followed_up(actor=system),
        job="worklist.withdrawn",
    )


@app.periodic(cron="18 * * * *")
@app.task(name="worklist.leave_items", queue="upkeep", queueing_lock="worklist.leave_items")
def leave_items(timestamp: int) -> None:
    """
    Let what somebody had taken be nobody's again, once an hour, where their post has ended by its day.

    One transaction for each who has taken anything: one who cannot be seen to keeps nobody else waiting.
    """
    access.visit_tenants(actor=actors.system(None), do=leave_items_of_tenant, job="worklist.left")


def leave_items_of_tenant(system: Actor) -> int:
    """Do so at one tenant; return how much it was."""
    with access.tenant_of(actor=system):
        holders = selectors.who_have_taken(actor=system)
    left = access.see_to_each(
        actor=system,
        things=holders,
        do=lambda by, each: services.leave_items(actor=by, user_id=each),
        job="worklist.left",
    )
    if sum(left):
        logger.info("worklist.left", extra={"tenant_id": str(system.tenant_id), "count": sum(left)})
    return sum(left)


# Jobs count in UTC: this is at night in Norway the whole year.
@app.periodic(cron="47 1 * * *")
@app.task(name="worklist.ask_about_children_again", queue="upkeep", queueing_lock="worklist.ask_about_children_again")
def ask_about_children_again(timestamp: int) -> None:
    """Put the question about minor children on the lists again, every night, where the answers are a year old."""
    access.at_each_tenant(
        actor=actors.system(None),
        do=lambda system: services.ask_about_children_again(actor=system),
        job="worklist.asked_again",
    )
