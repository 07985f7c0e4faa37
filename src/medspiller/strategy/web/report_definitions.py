"""What each count of a yearly report means, and what was asked of the plan to find it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from medspiller.strategy.domain.reports import Count

# Name, meaning, and the question that was asked of the data.
_COUNTS: Mapping[Count, tuple[Promise, Promise, Promise]] = {
    Count.MEASURES: (
        pgettext_lazy("count", "Measures"),
        gettext_lazy("Measures of the plan that belong to the year."),
        gettext_lazy(
            "Measures whose years include %(year)s, and earlier ones neither done nor stopped when the year began."
        ),
    ),
    Count.DONE: (
        pgettext_lazy("count", "Done"),
        gettext_lazy("Measures whose owner has said that they are done."),
        gettext_lazy("Measures of the year whose latest valid report up to %(day)s says done."),
    ),
    Count.UNDER_WAY: (
        pgettext_lazy("count", "Under way"),
        gettext_lazy("Measures whose owner has said that work has begun."),
        gettext_lazy("Measures of the year whose latest valid report up to %(day)s says under way."),
    ),
    Count.NOT_STARTED: (
        pgettext_lazy("count", "Not started"),
        gettext_lazy("Measures whose owner has said that work has not begun, and those nobody has reported on."),
        gettext_lazy(
            "Measures of the year whose latest valid report up to %(day)s says not started, or that have no report."
        ),
    ),
    Count.STOPPED: (
        pgettext_lazy("count", "Stopped"),
        gettext_lazy("Measures that it has been decided not to carry on with."),
        gettext_lazy("Measures of the year whose latest valid report up to %(day)s says stopped."),
    ),
    Count.REPORTED: (
        gettext_lazy("Reported on in the year"),
        gettext_lazy("Measures whose owner has said in the year how it goes."),
        gettext_lazy("Measures of the year with at least one valid report dated in %(year)s."),
    ),
    Count.RED: (
        gettext_lazy("Something must be done"),
        gettext_lazy("Measures that go on, and whose owner says that something must be done."),
        gettext_lazy("Measures neither done nor stopped whose latest valid report up to %(day)s has that judgement."),
    ),
    Count.LATE: (
        gettext_lazy("Later than planned"),
        gettext_lazy("Measures that should have been done by the end of the year and were not."),
        gettext_lazy("Measures whose last year is %(year)s or earlier, neither done nor stopped on %(day)s."),
    ),
    Count.WITHOUT_OWNER: (
        gettext_lazy("Nobody responsible"),
        gettext_lazy("Measures for which the plan names nobody."),
        gettext_lazy("Measures of the year without any owner."),
    ),
    Count.WITHOUT_EVIDENCE: (
        gettext_lazy("Without evidence"),
        gettext_lazy("Measures that are under way or done, and for which nothing shows it yet."),
        gettext_lazy("Measures under way or done on %(day)s, without evidence in any valid report up to then."),
    ),
}


def figure_names() -> Mapping[Count, str]:
    """Return what each count is called."""
    return {count: str(name) for count, (name, _meaning, _query) in _COUNTS.items()}


def definition_of(count: Count, *, on: str, year: int) -> tuple[str, str, str, str]:
    """Return a count's name, meaning, query and source, for what stood on a day."""
    name, meaning, query = _COUNTS[count]
    return str(name), str(meaning), str(query) % {"day": on, "year": year}, _("The plan and its reports in Medspiller")
