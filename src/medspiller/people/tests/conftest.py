"""What tests of the register share."""

import pytest

from medspiller.people.tests import factories
from tests.support.staff import sign_in


@pytest.fixture
def account(here):
    """A citizen's account, of nobody who is registered."""
    return factories.citizen_account(here)


@pytest.fixture
def kari(account, house):
    """Kari, registered, with an account."""
    return factories.make_person("Kari", user=account)


@pytest.fixture
def page(client, account, kari):
    """Kari's browser, signed in."""
    sign_in(client, account)
    return client
