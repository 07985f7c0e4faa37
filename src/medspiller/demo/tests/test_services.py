"""Loading the demo: once, and only where it belongs."""

from datetime import date

import pytest

from medspiller.access.domain.actors import anonymous, system
from medspiller.core.errors import NotFound
from medspiller.demo import services

TODAY = date(2026, 11, 21)


def test_where_the_municipality_stands_nothing_is_changed(db):
    told = services.load(actor=system(None), carers=20, seed=1, today=TODAY)

    assert told["loaded"] is False


@pytest.mark.parametrize("persona", ["datter", "leder"])
def test_nobody_is_let_in_without_the_start_flag(db, settings, persona):
    settings.DEMO = False

    with pytest.raises(NotFound):
        services.account_of(actor=anonymous(None), persona_id=persona)
