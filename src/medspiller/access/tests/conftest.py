"""What tests of signing in through a provider stand on."""

import pytest

from medspiller.access.tests.provider_world import register
from tests.support.fake_issuer import FakeIssuer


@pytest.fixture
def id_porten(db: None, fake_issuer: FakeIssuer) -> FakeIssuer:
    """An issuer that citizens of this tenant sign in with."""
    register(fake_issuer)
    return fake_issuer
