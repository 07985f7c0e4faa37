"""What a page says back: alerts, notices, waiting, emptiness, dialogs."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from medspiller.ui.components.attributes import attributes, look, one_of
from medspiller.ui.components.drawing import drawn

register = template.Library()

SIGNALS = ("info", "success", "warning", "danger")
# Django's levels of messages, as the design system's signals.
_SIGNAL_OF_LEVEL = {"debug": "info", "info": "info", "success": "success", "warning": "warning", "error": "danger"}


@register.simple_block_tag
def alert(
    content: str,
    *,
    color: str = "info",
    heading: str = "",
    level: int = 2,
    role: str = "",
    id: str = "",  # noqa: A002 - the attribute's name
) -> SafeString:
    """
    Say something that must not be missed. `color`: info, success, warning, danger; the kind is also said in words.

    `role="alert"` only for what has just gone wrong: it interrupts whoever listens to the page.
    """
    one_of("alert", "color", color, SIGNALS)
    one_of("alert", "role", role, ("", "alert", "status"))
    outer = attributes({"id": id, "role": role, **look("alert", color=color)})
    inputs = {"content": content, "heading": heading, "level": level, "color": color, "outer": outer}
    return drawn("ui/components/alert.html", inputs)


@register.simple_tag
def toasts(
    messages: Iterable[Any] | None = None,
    *,
    id: str = "toasts",  # noqa: A002 - the attribute's name
) -> SafeString:
    """Show what was just done, from Django's messages. Stands in the page, so that nobody must be quick."""
    shown = [
        {"text": message, "color": _SIGNAL_OF_LEVEL.get(getattr(message, "level_tag", ""), "info")}
        for message in messages or ()
    ]
    return drawn("ui/components/toasts.html", {"toasts": shown, "id": id})


@register.simple_block_tag
def validation_message(
    content: str,
    *,
    id: str = "",  # noqa: A002 - the attribute's name
    color: str = "danger",
) -> SafeString:
    """Say what is wrong with one field, and how to put it right. `field` does this by itself."""
    one_of("validation_message", "color", color, SIGNALS)
    outer = attributes({"id": id, "data-color": color if color != "danger" else ""})
    return drawn("ui/components/validation_message.html", {"content": content, "outer": outer})


@register.simple_block_tag
def empty_state(content: str, *, heading: str = "", level: int = 2, icon: str = "") -> SafeString:
    """Say that there is nothing here, why, and what one can do."""
    inputs = {"content": content, "heading": heading, "level": level, "icon": icon}
    return drawn("ui/components/empty_state.html", inputs)


@register.simple_tag
def spinner(*, label: str = "", size: str = "sm", indicator_id: str = "") -> SafeString:
    """Show that something is under way. With `indicator_id` only while HTMX waits for an element pointing at it."""
    outer = attributes({"data-size": size})
    inputs = {"label": label, "outer": outer, "indicator_id": indicator_id}
    return drawn("ui/components/spinner.html", inputs)


@register.simple_tag
def skeleton(*, lines: int = 3, variant: str = "text") -> SafeString:
    """Hold the place of something that comes later. `variant`: text, rectangle, circle."""
    one_of("skeleton", "variant", variant, ("text", "rectangle", "circle"))
    return drawn("ui/components/skeleton.html", {"lines": range(lines), "variant": variant})


@register.simple_block_tag
def dialog(
    content: str,
    *,
    id: str = "",  # noqa: A002 - the attribute's name
    opener: str = "",
    heading: str = "",
    level: int = 2,
    variant: str = "secondary",
    color: str = "",
    icon: str = "",
    open: bool = False,  # noqa: A002 - the attribute's name
) -> SafeString:
    """
    Ask something before going on. Shows a button, `opener`; the rest opens over the page.

    Without script it folds out below the button instead. `open=True` shows it at once, as after a rejected form.
    """
    one_of("dialog", "variant", variant, ("primary", "secondary", "tertiary"))
    summary = attributes(look("dialog", color=color, variant=variant))
    inputs = {
        "content": content,
        "id": id,
        "opener": opener,
        "heading": heading,
        "level": level,
        "icon": icon,
        "open": open,
        "summary": summary,
    }
    return drawn("ui/components/dialog.html", inputs)


@register.simple_tag
def acute_help(*, heading: str = "", level: int = 2) -> SafeString:
    """Show whom to call when it cannot wait: 113, 112, 110, 116 117, 116 111, 116 123."""
    return drawn("ui/components/acute_help.html", {"heading": heading, "level": level})
