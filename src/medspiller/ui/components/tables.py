"""Tables: a caption, headers that sort, rows that become cards on a small screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from medspiller.ui import paging
from medspiller.ui.components.attributes import attributes
from medspiller.ui.components.drawing import drawn

register = template.Library()

SORT_PARAMETER = "sorter"


@dataclass(frozen=True, slots=True)
class Column:
    """
    A column of a table. `sort` is the word that the address carries to sort by it, empty if one cannot; `numeric`
    sets figures flush right; `hidden_label` is for a column of buttons, whose header is only read aloud.
    """

    label: Any
    sort: str = ""
    numeric: bool = False
    hidden_label: bool = False


@register.simple_block_tag(takes_context=True)
def table(
    context: Context,
    content: str,
    *,
    caption: str = "",
    hide_caption: bool = False,
    columns: Iterable[Column | str] = (),
    sorted_by: str = "",
    empty: str = "",
    stack: bool = True,
    wide: bool = False,
    id: str = "",  # noqa: A002 - the attribute's name
    hx_target: str = "",
) -> SafeString:
    """
    Show a table; holds `row`s of `cell`s. `columns` are texts or `Column`s, made in the view.

    `sorted_by` is a column's word, with `-` before it for falling. Without rows, `empty` is said instead. With
    `stack`, a small screen shows each row as a card with its headers beside the values. With `wide`, for more columns
    than a screen holds, the table scrolls within its frame, by keyboard too, and the first column stays in sight.
    """
    request = context.get("request")
    query = request.GET if request else QueryDict()
    headers = [_header(each, sorted_by=sorted_by, query=query, hx_target=hx_target) for each in columns]
    inputs = {
        "content": content,
        "is_empty": not content.strip(),
        "caption": caption,
        "hide_caption": hide_caption,
        "headers": headers,
        "empty": empty,
        "wide": wide,
        "outer": attributes({"id": id, "data-stack": stack}),
    }
    return drawn("ui/components/table.html", inputs)


@register.simple_block_tag
def row(
    content: str,
    *,
    id: str = "",  # noqa: A002 - the attribute's name
    marked: bool = False,
) -> SafeString:
    """Show one row. `marked` gives it a tint; say why in a word in the row too."""
    # Rows and cells are written out: a table has hundreds, and a template takes four times as long for each.
    return SafeString(
        f'<tr role="row"{attributes({"id": id, "data-marked": marked})}>{conditional_escape(content)}</tr>'
    )


@register.simple_block_tag
def cell(content: str, label: str = "", *, header: bool = False, numeric: bool = False) -> SafeString:
    """Show one cell. `label` repeats the column's header for small screens; `header` for what names the row."""
    element = attributes({"data-label": label, "data-numeric": numeric})
    # An empty cell holds no space either: on small screens its label is then left out.
    shown = conditional_escape(content) if content.strip() else ""
    if header:
        return SafeString(f'<th scope="row" role="rowheader"{element}>{shown}</th>')
    return SafeString(f'<td role="cell"{element}>{shown}</td>')


def sorting(query: QueryDict, *, allowed: Iterable[str], default: str) -> str:
    """Return the column's word that the address asks to sort by, `-` before it for falling; `default` if unknown."""
    asked = query.get(SORT_PARAMETER, "")
    return asked if asked.removeprefix("-") in set(allowed) else default


def _header(column: Column | str, *, sorted_by: str, query: QueryDict, hx_target: str) -> dict[str, Any]:
    if not isinstance(column, Column):
        column = Column(label=column)
    direction = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(sorted_by, "") if column.sort else ""
    href = ""
    if column.sort:
        kept = query.copy()
        kept.pop(paging.PARAMETER, None)
        kept[SORT_PARAMETER] = f"-{column.sort}" if direction == "ascending" else column.sort
        href = f"?{kept.urlencode()}"
    live = {"hx-get": href, "hx-target": hx_target, "hx-push-url": "true"} if hx_target and href else {}
    return {
        "label": column.label,
        "href": href,
        "direction": direction,
        "numeric": column.numeric,
        "hidden": column.hidden_label,
        "live": attributes(live),
    }
