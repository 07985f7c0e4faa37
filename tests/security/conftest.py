"""The world that the walks are about, built once for each module of them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from medspiller.access.providers import signing
from medspiller.core import clock
from tests.security import world as worlds
from tests.security.world import World


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Two tenants and everybody in them, thrown away at the end."""
    # The clock stands: however long a walk takes, everybody has just shown who they are.
    with django_db_blocker.unblock(), clock.frozen(clock.now()), pytest.MonkeyPatch.context() as patch:
        # Making keys of full length takes longer than all the rest.
        patch.setattr(signing, "_BITS", 2048)
        with worlds.thrown_away():
            yield worlds.build()
        connection.close()
