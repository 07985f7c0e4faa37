"""Lines of the work list as a page shows them: words and addresses, found once for each line."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from medspiller.ui.components.formats import iso, short_day
from medspiller.worklist.selectors import Line
from medspiller.worklist.templatetags.work_items import item_about, item_holder, item_origin, item_title


def rows_shown(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Return what a table of items shows of each, ready: a page has hundreds of cells, and filters add up."""
    return [_row(line) for line in lines]


def _row(line: Line) -> dict[str, Any]:
    about, origin = item_about(line), item_origin(line)
    return {
        "href": reverse("worklist:item", args=[line.id]),
        "title": item_title(line),
        "origin": origin,
        "about": about,
        # For whoever hears one button after the other, and not the row that each stands in.
        "apart": about or origin,
        "is_protected": line.person is not None and line.person.is_protected,
        "due": short_day(line.due_on),
        "due_on": iso(line.due_on),
        "is_overdue": line.is_overdue,
        "unit": line.unit_name,
        "holder": item_holder(line),
        "put_off": short_day(line.snoozed_until),
        "take": reverse("worklist:take", args=[line.id]) if line.can_be_taken else "",
    }
