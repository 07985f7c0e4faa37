"""Jobs of the work list."""

from procrastinate.contrib.django import app

from medspiller.access import services as access
from medspiller.access.domain import actors
from medspiller.worklist import services


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
    """Let what somebody had taken be nobody's again, once an hour, where their post has ended by its day."""
    access.at_each_tenant(
        actor=actors.system(None), do=lambda system: services.leave_all_items(actor=system), job="worklist.left"
    )


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
