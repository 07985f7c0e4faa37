"""Acting as one of the demo's people, as signing in would let them."""

from datetime import date
from uuid import UUID

from medspiller.access import selectors as accounts
from medspiller.access.domain import actors
from medspiller.access.domain.accounts import DEMO_ISSUER
from medspiller.core import clock
from medspiller.demo.domain import families
from medspiller.people import selectors as people

_SEES_ALL = "leder"


def acting(system: actors.Actor, subject: str, *, organisation: str) -> actors.Actor:
    """
    Return whom the demo knows by `subject` as they are at this moment, with the roles they have then.

    :raises NotFound: if nobody of the tenant is known by that.
    """
    account = accounts.account(actor=system, issuer=DEMO_ISSUER, subject=subject)
    return accounts.actor_for(
        actor=actors.anonymous(system.tenant_id),
        user=account,
        organisation=organisation,
        today=clock.today(),
        now=clock.now(),
    )


def who_is_who(system: actors.Actor, *, organisation: str, today: date) -> dict[tuple[str, str], UUID]:
    """Return who is who in the stories, as far as they still have the names and ages they were told with."""
    told = {
        (story.id, key): (member.given_name, member.family_name, member.birth_date)
        for story in families.stories(today)
        for key, member in story.members.items()
    }
    seen = people.visible_persons(actor=acting(system, _SEES_ALL, organisation=organisation))
    rows = seen.filter(family_name__in={family for _given, family, _born in told.values()})
    known = {row[:3]: row[3] for row in rows.values_list("given_name", "family_name", "birth_date", "id")}
    return {place: known[person] for place, person in told.items() if person in known}
