"""The smallest count that is shown: five, or more where a municipality asks for more; never less."""

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from medspiller.access.domain import actors
from medspiller.statistics.domain.protection import ThresholdTooLow
from medspiller.statistics.domain.thresholds import smallest_counts, smallest_for
from medspiller.statistics.selectors import smallest_count
from tests.support.database import HERE


class TestWhatIsAskedFor:
    @pytest.mark.parametrize(
        ("written", "here", "elsewhere"),
        [("", 5, 5), ("10", 10, 10), ("3201:10", 10, 5), ("8, 3201:10 ,0301:6", 10, 8), ("5", 5, 5)],
    )
    def test_holds_for_all_or_for_the_municipality_that_is_named(self, written, here, elsewhere):
        asked = smallest_counts(written)

        assert (smallest_for("3201", asked), smallest_for("1103", asked)) == (here, elsewhere)

    @pytest.mark.parametrize("written", ["4", "3201:0", "-5", "10,3201:4"])
    def test_is_never_less_than_five(self, written):
        with pytest.raises(ThresholdTooLow):
            smallest_counts(written)

    @pytest.mark.parametrize("written", ["ti", "Demo:10", "320:10", ":10", "3201:"])
    def test_is_a_number_of_a_municipality(self, written):
        with pytest.raises(ValueError, match=r"municipality|invalid literal"):
            smallest_counts(written)

    @pytest.mark.parametrize("written", ["10,8", "3201:10, 7, 3201:10"])
    def test_is_said_once_of_each(self, written):
        with pytest.raises(ValueError, match="said besides another"):
            smallest_counts(written)

    @pytest.mark.parametrize("written", ["3", "many", "10,8"])
    def test_nothing_starts_with_what_cannot_be(self, settings, written):
        settings.SMALLEST_COUNT = written

        with pytest.raises(ImproperlyConfigured, match="MEDSPILLER_SMALLEST_COUNT"):
            apps.get_app_config("statistics").ready()


class TestHere:
    @pytest.mark.parametrize(("written", "least"), [("", 5), ("7", 7), ("3201:9", 9), ("1103:9", 5)])
    def test_is_that_of_the_municipality(self, here, settings, written, least):
        settings.SMALLEST_COUNT = written

        assert smallest_count(actor=actors.system(HERE)) == least
