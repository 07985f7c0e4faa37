"""What the tests of accounts, posts and roles share."""

from dataclasses import dataclass
from datetime import timedelta

from medspiller.access import selectors, services
from medspiller.access.domain import actors
from medspiller.access.models import PostHolding, RoleGrant, User
from medspiller.core import clock, ids
from medspiller.core.actors import ActorKind
from medspiller.core.periods import Period
from medspiller.organisations import services as organisations

ACCOUNTS = "/arbeid/styring/ansatte/"


def text(page):
    return page.content.decode()


def in_days(number):
    return clock.today() + timedelta(days=number)


def account_page(account):
    return f"{ACCOUNTS}{account.id}/"


def holding_of(account):
    return PostHolding.objects.filter(user=account).first()


def newcomer(house, name="Aslaug Demonybø", issuer="https://login.kommune.example"):
    return services.register_account(
        actor=actors.system(house.tenant_id), issuer=issuer, subject=str(ids.new_id()), kind=ActorKind.STAFF, name=name
    )


def acting(account):
    """Return the actor that an account is now."""
    return selectors.actor_for(
        actor=actors.anonymous(account.tenant_id),
        user=account,
        organisation="Bærum kommune",
        today=clock.today(),
        now=clock.now(),
    )


def days(first=0, last=100):
    return Period(clock.today() + timedelta(days=first), clock.today() + timedelta(days=last))


def open_post(house, unit_id, title="Vernepleier"):
    return organisations.open_post(
        actor=actors.system(house.tenant_id), unit_id=unit_id, title=title, opened_on=clock.today() - timedelta(days=50)
    )


@dataclass
class Job:
    """Somebody's post with one role."""

    account: User
    holding: PostHolding
    grant: RoleGrant

    @classmethod
    def of(cls, account):
        holding = PostHolding.objects.get(user=account)
        return cls(account=account, holding=holding, grant=holding.grants.get())


def roles_of(account):
    return {held.role for held in acting(account).roles}
