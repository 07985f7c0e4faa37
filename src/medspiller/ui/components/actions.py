"""Buttons and links: what a person can do or follow."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from medspiller.ui import icons
from medspiller.ui.components.attributes import attributes, htmx, look, one_of
from medspiller.ui.components.drawing import drawn

register = template.Library()

VARIANTS = ("primary", "secondary", "tertiary")


@register.simple_tag
def icon(name: str, *, label: str = "") -> SafeString:
    """Show one of Aksel's icons by its name, `HandHeart`. Decoration unless it has a `label`."""
    return icons.svg(name, label=label)


@register.simple_block_tag
def button(
    content: str,
    *,
    variant: str = "primary",
    color: str = "",
    size: str = "",
    type: str = "submit",  # noqa: A002 - the attribute's name
    icon: str = "",
    icon_end: str = "",
    label: str = "",
    id: str = "",  # noqa: A002 - the attribute's name
    name: str = "",
    value: str = "",
    form: str = "",
    formaction: str = "",
    full_width: bool = False,
    disabled: bool = False,
    controls: str = "",
    opens: str = "",
    closes: str = "",
    hx_get: str = "",
    hx_post: str = "",
    hx_target: str = "",
    hx_swap: str = "",
    hx_include: str = "",
    hx_indicator: str = "",
    hx_push_url: bool = False,
) -> SafeString:
    """
    Show a button. `variant`: primary (one per page), secondary, tertiary. `label` names a button that shows only an
    icon. `opens` and `closes` take the id of a dialog that the page holds open for script; a page that must work
    without script uses the dialog component instead.
    """
    one_of("button", "variant", variant, VARIANTS)
    one_of("button", "type", type, ("submit", "button", "reset"))
    element = attributes(
        {
            "type": type,
            "id": id,
            "name": name,
            "value": value,
            "form": form,
            "formaction": formaction,
            "disabled": disabled,
            "aria-label": label,
            "aria-controls": controls,
            "data-icon": bool(label) and not content.strip(),
            "data-fullwidth": full_width,
            "command": "show-modal" if opens else "close" if closes else "",
            "commandfor": opens or closes,
            **look("button", color=color, size=size, variant=variant),
            **htmx(
                hx_get=hx_get,
                hx_post=hx_post,
                hx_target=hx_target,
                hx_swap=hx_swap,
                hx_include=hx_include,
                hx_indicator=hx_indicator,
                hx_push_url=hx_push_url,
            ),
        }
    )
    return SafeString(f'<button class="ds-button"{element}>{_between_icons(content, icon, icon_end)}</button>')


@register.simple_block_tag
def link_button(
    content: str,
    *,
    href: str = "#",
    variant: str = "primary",
    color: str = "",
    size: str = "",
    icon: str = "",
    icon_end: str = "",
    label: str = "",
    id: str = "",  # noqa: A002 - the attribute's name
    full_width: bool = False,
    download: bool = False,
    hx_get: str = "",
    hx_target: str = "",
    hx_swap: str = "",
    hx_push_url: bool = False,
) -> SafeString:
    """Show a link that looks like a button: it leads somewhere and changes nothing."""
    one_of("link_button", "variant", variant, VARIANTS)
    element = attributes(
        {
            "href": href,
            "id": id,
            "download": download,
            "aria-label": label,
            "data-icon": bool(label) and not content.strip(),
            "data-fullwidth": full_width,
            **look("link_button", color=color, size=size, variant=variant),
            **htmx(hx_get=hx_get, hx_target=hx_target, hx_swap=hx_swap, hx_push_url=hx_push_url),
        }
    )
    return SafeString(f'<a class="ds-button"{element}>{_between_icons(content, icon, icon_end)}</a>')


@register.simple_block_tag
def link(
    content: str,
    *,
    href: str = "#",
    color: str = "",
    icon: str = "",
    icon_end: str = "",
    lang: str = "",
    current: bool = False,
    id: str = "",  # noqa: A002 - the attribute's name
    download: bool = False,
) -> SafeString:
    """Show a link in text. `lang` is the language of its words and of where it leads, if another than the page's."""
    element = attributes(
        {
            "href": href,
            "id": id,
            "lang": lang,
            "hreflang": lang,
            "download": download,
            "aria-current": "page" if current else "",
            **look("link", color=color),
        }
    )
    before, after = icons.svg(icon) if icon else "", icons.svg(icon_end) if icon_end else ""
    return SafeString(f'<a class="ds-link"{element}>{before}<span>{conditional_escape(content)}</span>{after}</a>')


def _between_icons(content: str, first: str, last: str) -> str:
    # Links and buttons are written out: a list has dozens, and a template takes four times as long for each.
    before, after = icons.svg(first) if first else "", icons.svg(last) if last else ""
    return f"{before}{conditional_escape(content)}{after}"


@register.simple_tag
def skip_link(*, href: str = "#main", text: str = "") -> SafeString:
    """Show, to whoever uses the keyboard, a link past the header. Layouts have one already."""
    return drawn("ui/components/skip_link.html", {"href": href, "text": text})


@register.simple_block_tag
def dropdown(
    content: str,
    *,
    label: str = "",
    icon: str = "",
    variant: str = "secondary",
    size: str = "",
    align: str = "start",
    id: str = "",  # noqa: A002 - the attribute's name
) -> SafeString:
    """Show a menu that opens below a button. Holds `dropdown_item`s. `align`: start, or end to grow leftwards."""
    one_of("dropdown", "variant", variant, VARIANTS)
    one_of("dropdown", "align", align, ("start", "end"))
    element = attributes({"id": id, "data-align": align})
    summary = attributes(look("dropdown", variant=variant, size=size))
    inputs = {"content": content, "label": label, "icon": icon, "element": element, "summary": summary}
    return drawn("ui/components/dropdown.html", inputs)


@register.simple_block_tag
def dropdown_item(
    content: str,
    *,
    href: str = "",
    icon: str = "",
    current: bool = False,
    name: str = "",
    value: str = "",
    form: str = "",
    color: str = "",
) -> SafeString:
    """Show one line of a dropdown: a link with `href`, else a button that sends the form around it or named `form`."""
    element = attributes(
        {
            "href": href,
            "type": "" if href else "submit",
            "name": name,
            "value": value,
            "form": form,
            "aria-current": "page" if current else "",
            **look("dropdown_item", color=color, variant="tertiary"),
        }
    )
    inputs = {"content": content, "href": href, "icon": icon, "element": element}
    return drawn("ui/components/dropdown_item.html", inputs)


@register.simple_block_tag
def actions(content: str, *, align: str = "start") -> SafeString:
    """Set buttons side by side, below each other where there is no room. `align`: start, end, between."""
    one_of("actions", "align", align, ("start", "end", "between"))
    return drawn("ui/components/actions.html", {"content": content, "align": align})
