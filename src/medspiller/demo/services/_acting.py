"""Acting as one of the demo's people, as signing in would let them."""

from medspiller.access import selectors as accounts
from medspiller.access.domain import actors
from medspiller.access.domain.accounts import DEMO_ISSUER
from medspiller.core import clock


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
