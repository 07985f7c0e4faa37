"""Finding one's way: tabs, steps, crumbs, pages of a list."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context
from django.utils.safestring import SafeString

from medspiller.ui import paging
from medspiller.ui.components.attributes import attributes, htmx, one_of
from medspiller.ui.components.drawing import drawn

register = template.Library()


@register.simple_block_tag
def tabs(content: str, *, label: str = "") -> SafeString:
    """Show the views of one thing side by side. Each `tab` is a link to a page of its own."""
    return drawn("ui/components/tabs.html", {"content": content, "label": label})


@register.simple_block_tag
def tab(content: str, *, href: str = "#", current: bool = False, count: int | None = None) -> SafeString:
    """Show one tab, with how many things are behind it if `count` is given."""
    inputs = {"content": content, "href": href, "current": current, "count": count}
    return drawn("ui/components/tab.html", inputs)


@register.simple_tag
def steps(items: Sequence[Any] = (), *, current: int = 1, label: str = "") -> SafeString:
    """
    Show how far one has come. `items` are texts, or pairs of text and the address of a step one may go back to;
    `current` counts from 1, and one more than the last means that all is done.
    """
    one_of("steps", "current", current, range(1, len(items) + 2))
    pairs = [(item, "") if isinstance(item, str) or not isinstance(item, tuple | list) else item for item in items]
    shown = [
        {"text": text, "href": href, "state": "done" if at < current else "current" if at == current else "later"}
        for at, (text, href) in enumerate(pairs, start=1)
    ]
    at = min(current, len(items))
    inputs = {"steps": shown, "current": at, "total": len(items), "name": shown[at - 1]["text"], "label": label}
    return drawn("ui/components/steps.html", inputs)


@register.simple_block_tag
def breadcrumbs(content: str, *, label: str = "") -> SafeString:
    """Show the way to this page from the top; holds `crumb`s. The page itself is not among them."""
    return drawn("ui/components/breadcrumbs.html", {"content": content, "label": label})


@register.simple_block_tag
def crumb(content: str, *, href: str = "#") -> SafeString:
    """Show one page on the way here."""
    return drawn("ui/components/crumb.html", {"content": content, "href": href})


@register.simple_tag(takes_context=True)
def pagination(
    context: Context,
    page: Page | None = None,
    *,
    label: str = "",
    parameter: str = paging.PARAMETER,
    hx_target: str = "",
) -> SafeString:
    """Show links to the pages of a long list, keeping the rest of the address. Nothing when one page holds all."""
    if page is None or page.paginator.num_pages <= 1:
        return SafeString()
    request = context.get("request")
    links = paging.links(page, query=request.GET if request else None, parameter=parameter)
    for each in links.all:
        live = htmx(hx_get=each.href, hx_target=hx_target, hx_push_url=True) if hx_target and each.href else {}
        each.live = attributes(live)
    return drawn("ui/components/pagination.html", {"links": links, "page": page, "label": label})


@register.simple_tag(takes_context=True)
def language_switch(context: Context, *, label: str = "") -> SafeString:
    """Show the languages this page can be read in. Layouts have one already."""
    inputs = {"languages": context.get("ui_languages", ()), "label": label}
    return drawn("ui/components/language_switch.html", inputs)


@register.simple_tag(takes_context=True)
def theme_switch(context: Context, *, label: str = "") -> SafeString:
    """Let light, dark or as the device be chosen. Layouts have one already."""
    inputs = {"theme": context.get("ui_theme", "auto"), "here": context.get("ui_here", "/"), "label": label}
    return drawn("ui/components/theme_switch.html", inputs)
