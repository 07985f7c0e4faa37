"""What stands beside a figure in words: what it is called, the day it is from, and that there is nothing to count."""

from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.utils import translation

from medspiller.access.domain import actors
from medspiller.access.domain.roles import Role
from medspiller.core import clock
from medspiller.statistics.domain.indicators import YearValue
from medspiller.strategy import services
from medspiller.strategy.domain.guideline import AssessmentDetails, EvidenceKind, LineState
from medspiller.strategy.domain.inputs import IndicatorDetails
from medspiller.strategy.domain.vocabulary import Service
from medspiller.strategy.services import guideline
from medspiller.strategy.tests import factories
from medspiller.strategy.tests.guideline_content import publish_guideline
from medspiller.strategy.web.figures import _bar
from medspiller.ui.components.formats import day
from tests.support.staff import employ, sign_in


@pytest.fixture
def as_owner(client, house):
    sign_in(client, employ(tenant_id=house.tenant_id, unit_id=house.top, role=Role.STRATEGY_OWNER))
    return client


def test_a_measure_names_a_computed_figure_by_its_title_to_whoever_hears_the_page(as_owner, house):
    publish_guideline(house.tenant_id)
    _strategy, measure = factories.adopted(house.tenant_id, house.top)
    owner = factories.owner_of(house.tenant_id, house.top)
    services.add_indicator(
        actor=owner, measure_id=measure.id, details=IndicatorDetails(name="children-asked", indicator="children-asked")
    )

    page = unescape(as_owner.get(f"/arbeid/strategi/tiltak/{measure.id}/").content.decode())

    assert 'Endre<span class="ds-sr-only">: Spurt om mindreårige barn</span>' in page
    assert ": children-asked" not in page


def test_what_was_assessed_on_one_day_is_not_said_to_lie_between_two(as_owner, house):
    publish_guideline(house.tenant_id)
    today = clock.today()

    def told_of(line, on):
        said = {"service": Service.HOME_CARE, "state": LineState.NOT_MET, "evidence_kind": EvidenceKind.STATEMENT}
        details = AssessmentDetails(line=line, on=on, **said)
        guideline.assess_line(actor=actors.system(house.tenant_id), details=details)
        return unescape(as_owner.get("/arbeid/strategi/veileder/grunnlag/").content.decode())

    assert f"Det som står her, ble vurdert {day(today)}." in told_of("PV-2.1.1", today)
    earlier = today - timedelta(days=9)
    assert f"ble vurdert mellom {day(earlier)} og {day(today)}." in told_of("PV-3.2.1", earlier)


@pytest.mark.parametrize(("of", "words"), [(0, "ingen ennå"), (None, "vises ikke"), (4, "vises ikke")])
def test_a_year_in_which_there_was_nobody_is_not_said_to_be_hidden(of, words):
    counts = {"yes": of, "no": of}
    value = YearValue(2024, clock.today(), is_over=True, is_complete=True, counts=counts, of=of, unknown=0, share=None)

    with translation.override("nb"):
        assert _bar(value, 0).share == words


def test_a_year_with_a_share_says_it():
    value = YearValue(2024, clock.today(), True, True, {"yes": 30, "no": 10}, 40, 0, Decimal("75.0"))

    with translation.override("nb"):
        assert _bar(value, 0).share == "75,0 %"
