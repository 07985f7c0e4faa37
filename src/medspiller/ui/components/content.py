"""Text and what holds it: headings, cards, lists, tags."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from medspiller.ui import icons
from medspiller.ui.components.attributes import SIZES, attributes, look, one_of
from medspiller.ui.components.drawing import drawn

register = template.Library()

HEADING_SIZES = {1: "lg", 2: "md", 3: "sm", 4: "xs", 5: "2xs", 6: "2xs"}
AVATAR_WORDS = 2


@register.simple_block_tag
def heading(
    content: str,
    *,
    level: int = 2,
    size: str = "",
    id: str = "",  # noqa: A002 - the attribute's name
) -> SafeString:
    """Show a heading. `level` is its place in the page's outline, 1 once per page; `size` only how big it looks."""
    one_of("heading", "size", size, SIZES)
    return _heading(content, level=level, size=size, id=id)


@register.simple_block_tag
def paragraph(content: str, *, size: str = "", lead: bool = False, subtle: bool = False) -> SafeString:
    """Show a paragraph. `lead` for the first one of a page, `subtle` for what may be passed over."""
    element = attributes({"data-size": size or ("lg" if lead else ""), "data-variant": "long" if lead else ""})
    # Text is written out: a page has dozens of these, and a template takes four times as long for each.
    classes = f"ds-paragraph{' m-lead' if lead else ''}{' m-subtle' if subtle else ''}"
    return SafeString(f'<p class="{classes}"{element}>{conditional_escape(content)}</p>')


@register.simple_block_tag
def card(
    content: str,
    *,
    heading: str = "",
    level: int = 2,
    color: str = "neutral",
    variant: str = "default",
    element: str = "div",
    id: str = "",  # noqa: A002 - the attribute's name
) -> SafeString:
    """Set something apart in a box. `element`: div, section, article or li."""
    one_of("card", "variant", variant, ("default", "tinted"))
    one_of("card", "element", element, ("div", "section", "article", "li"))
    outer = attributes({"id": id, **look("card", color=color, variant=variant)})
    above = f'<h{level} class="ds-heading" data-size="xs">{conditional_escape(heading)}</h{level}>' if heading else ""
    return SafeString(f'<{element} class="ds-card"{outer}>{above}{conditional_escape(content)}</{element}>')


@register.simple_block_tag
def door(
    content: str,
    *,
    href: str = "#",
    heading: str = "",
    level: int = 2,
    icon: str = "",
    color: str = "accent",
    variant: str = "default",
) -> SafeString:
    """Show a card that as a whole leads somewhere. Its link is named by the heading only; the text inside explains."""
    one_of("door", "variant", variant, ("default", "tinted"))
    outer = attributes(look("door", color=color, variant=variant))
    inputs = {"content": content, "href": href, "heading": heading, "level": level, "icon": icon, "outer": outer}
    return drawn("ui/components/door.html", inputs)


@register.simple_block_tag
def grid(content: str, *, columns: int = 2, gap: str = "md") -> SafeString:
    """Set cards or doors side by side, at most `columns` (1–4) of them, fewer on small screens."""
    one_of("grid", "columns", columns, (1, 2, 3, 4))
    one_of("grid", "gap", gap, ("sm", "md", "lg"))
    return drawn("ui/components/grid.html", {"content": content, "columns": columns, "gap": gap})


@register.simple_block_tag
def section(
    content: str,
    *,
    heading: str = "",
    level: int = 2,
    id: str = "",  # noqa: A002 - the attribute's name
) -> SafeString:
    """Set a part of the page apart by space and a heading."""
    above = _heading(heading, level=level) if heading else ""
    return SafeString(
        f'<section class="m-section"{attributes({"id": id})}>{above}{conditional_escape(content)}</section>'
    )


@register.simple_tag
def divider() -> SafeString:
    """Show a thin line between two things that are not the same."""
    return drawn("ui/components/divider.html")


@register.simple_block_tag
def item_list(content: str, *, ordered: bool = False, plain: bool = False) -> SafeString:
    """Show a list; holds `<li>`. `plain` without dots or numbers."""
    return drawn("ui/components/item_list.html", {"content": content, "ordered": ordered, "plain": plain})


@register.simple_block_tag
def facts(content: str, *, wide: bool = False) -> SafeString:
    """Show names with values, as of a file; holds `fact`s. `wide` always sets the value beside its name."""
    return drawn("ui/components/facts.html", {"content": content, "wide": wide})


@register.simple_block_tag
def fact(content: str, name: str = "") -> SafeString:
    """Show one name with its value. An empty value is said to be not given."""
    return drawn("ui/components/fact.html", {"content": content, "name": name, "given": content.strip()})


@register.simple_block_tag
def details(
    content: str,
    *,
    summary: str = "",
    open: bool = False,  # noqa: A002 - the attribute's name
    color: str = "neutral",
    variant: str = "default",
    id: str = "",  # noqa: A002 - the attribute's name
) -> SafeString:
    """Fold away what only some need to read."""
    one_of("details", "variant", variant, ("default", "tinted"))
    outer = attributes({"open": bool(open), "id": id, **look("details", color=color, variant=variant)})
    return drawn("ui/components/details.html", {"content": content, "summary": summary, "outer": outer})


@register.simple_block_tag
def tag(content: str, *, color: str = "neutral", variant: str = "default", icon: str = "") -> SafeString:
    """Mark something with a word: a state, a kind. Never by colour alone."""
    one_of("tag", "variant", variant, ("default", "outline"))
    outer = attributes(look("tag", color=color, variant=variant))
    before = icons.svg(icon) if icon else ""
    return SafeString(f'<span class="ds-tag"{outer}>{before}{conditional_escape(content)}</span>')


@register.simple_tag
def badge(*, count: int | str = "", label: str = "", color: str = "accent", variant: str = "base") -> SafeString:
    """Show a small number; `label` says in words what is counted, "3 new messages", to whoever cannot see it."""
    one_of("badge", "variant", variant, ("base", "tinted"))
    outer = attributes({"data-count": str(count), **look("badge", color=color, variant=variant)})
    return drawn("ui/components/badge.html", {"label": label, "outer": outer})


@register.simple_block_tag
def chip(
    content: str,
    *,
    href: str = "",
    removable: bool = False,
    current: bool = False,
    name: str = "",
    value: str = "",
    color: str = "",
) -> SafeString:
    """Show a choice that narrows a list: a link with `href`, else a button that sends the form around it."""
    outer = attributes(
        {
            "href": href,
            "type": "" if href else "submit",
            "name": name,
            "value": value,
            "data-removable": removable,
            "aria-current": "true" if current else "",
            **look("chip", color=color),
        }
    )
    return drawn("ui/components/chip.html", {"content": content, "href": href, "outer": outer})


@register.simple_tag
def avatar(name: str = "", *, color: str = "brand3", size: str = "sm", named: bool = False) -> SafeString:
    """Show a person's initials. `named` where the name does not stand beside it, so that it is read aloud."""
    words = name.replace("-", " ").split()
    shown = words[:1] + words[-1:] if len(words) >= AVATAR_WORDS else words
    initials = "".join(word[0] for word in shown).upper()
    spoken = {"role": "img", "aria-label": name} if named else {"aria-hidden": "true"}
    outer = attributes({**spoken, **look("avatar", color=color, size=size)})
    return drawn("ui/components/avatar.html", {"initials": initials, "outer": outer})


@register.simple_tag
def avatar_stack(names: list[str] | tuple[str, ...] = (), *, most: int = 4, size: str = "sm") -> SafeString:
    """Show several persons close together, at most `most` of them and how many more there are."""
    inputs = {"shown": names[:most], "more": max(0, len(names) - most), "size": size}
    return drawn("ui/components/avatar_stack.html", inputs)


@register.simple_tag
def tooltip(*, text: str = "", label: str = "", icon: str = "QuestionmarkCircle", placement: str = "top") -> SafeString:
    """Explain a word in a line. Without script the line stands in the page: nothing is only in a tooltip."""
    one_of("tooltip", "placement", placement, ("top", "right", "bottom", "left"))
    inputs = {"text": text, "label": label, "icon": icon, "placement": placement}
    return drawn("ui/components/tooltip.html", inputs)


@register.simple_block_tag
def popover(
    content: str,
    *,
    id: str = "",  # noqa: A002 - the attribute's name
    label: str = "",
    placement: str = "top",
    color: str = "neutral",
    inline: bool = False,
) -> SafeString:
    """Show more about something beside it, when asked. `inline` makes the button part of a sentence."""
    one_of("popover", "placement", placement, ("top", "right", "bottom", "left"))
    outer = attributes({"id": id, "data-placement": placement, **look("popover", color=color)})
    inputs = {"content": content, "id": id, "label": label, "inline": inline, "outer": outer}
    return drawn("ui/components/popover.html", inputs)


def _heading(content: str, *, level: int, size: str = "", id: str = "") -> SafeString:  # noqa: A002 - the attribute's name
    one_of("heading", "level", level, HEADING_SIZES)
    element = attributes({"id": id, "data-size": size or HEADING_SIZES[level]})
    return SafeString(f'<h{level} class="ds-heading"{element}>{conditional_escape(content)}</h{level}>')
