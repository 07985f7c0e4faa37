"""Figures with their units, as people write them."""

from decimal import Decimal

import pytest
from django.utils import translation

from medspiller.rights.web.wording import amount_in

SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("unit", "value", "written"),
    [
        ("kroner", Decimal("68274.5"), f"68{SPACE}274,50 kroner"),
        ("nok", Decimal("68274.00"), f"68{SPACE}274 kroner"),
        ("kroner/km", Decimal("5.3"), "5,30 kroner per kilometer"),
        ("kroner/year", 284, "284 kroner per år"),
        ("g", Decimal("0.5"), "0,5 ganger grunnbeløpet (G)"),
    ],
)
def test_kroner_have_two_figures_for_ore_or_none(unit, value, written):
    with translation.override("nb"):
        assert amount_in(unit, value) == written
