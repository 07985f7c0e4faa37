"""What tests of the catalogue share."""

import pytest

from medspiller.access.domain import actors
from medspiller.access.models import User
from medspiller.catalogue.tests import factories
from medspiller.catalogue.tests.every_offer import every_offer
from medspiller.core import tenancy
from tests.support.database import HERE
from tests.support.staff import sign_in


@pytest.fixture(scope="module")
def published(django_db_setup, django_db_blocker):
    """All offers of the demo, published for as long as a module is tried."""
    with django_db_blocker.unblock(), every_offer():
        yield


@pytest.fixture
def reader(published, django_db_blocker):
    """Somebody who has not signed in, where all offers are."""
    with django_db_blocker.unblock(), tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.ANONYMOUS_ID):
        yield actors.anonymous(HERE)


@pytest.fixture
def keeper(here, house):
    """A carer contact of the carers' centre, as actor."""
    made = factories.contact(here, house.carers)
    factories.provider(made)
    return made


@pytest.fixture
def entry(keeper, house):
    return factories.approved(keeper, house.carers)


@pytest.fixture
def page(client, keeper):
    """The keeper's browser, signed in."""
    sign_in(client, User.objects.get(id=keeper.id))
    return client
