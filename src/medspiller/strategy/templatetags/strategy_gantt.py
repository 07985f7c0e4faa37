"""A plan over time as a picture: `{% load strategy_gantt %}`."""

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("strategy/_gantt.html")
def gantt(chart: Any, *, title: str = "", description: str = "") -> dict[str, Any]:
    """
    Show the bars of a plan, with years and today.

    `chart` has every number ready. `title` and `description` are what is read aloud; the page has the same as a table.
    """
    return {"chart": chart, "title": title, "description": description}
