"""What every component does with its inputs."""

from collections.abc import Collection, Mapping
from typing import Any

from django.template import TemplateSyntaxError
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

COLORS = ("", "accent", "neutral", "brand1", "brand2", "brand3", "info", "success", "warning", "danger")
SIZES = ("", "2xs", "xs", "sm", "md", "lg", "xl", "2xl")


def attributes(values: Mapping[str, Any]) -> SafeString:
    """Return HTML attributes. Empty, None and False are left out; True stands without a value; 0 is kept."""
    # Written out: a page has a hundred of these, and Django's own takes four times as long for each.
    named, alone = [], []
    for name, value in values.items():
        if value is True:
            alone.append(f" {name}")
        elif value is not None and value is not False and value != "":
            named.append(f' {name}="{conditional_escape(value)}"')
    return SafeString("".join(named + sorted(alone)))


def one_of(component: str, name: str, value: object, allowed: Collection[object]) -> None:
    """
    Accept an input only if the component knows it; a wrong word would otherwise look like a style that is missing.

    :raises TemplateSyntaxError: naming component, input and what may stand there.
    """
    if value not in allowed:
        known = ", ".join(repr(each) for each in allowed)
        raise TemplateSyntaxError(f"{component}: {name}={value!r} is not one of {known}")


def look(component: str, *, color: str = "", size: str = "", variant: str = "") -> dict[str, object]:
    """Return the attributes by which Designsystemet gives an element color, size and variant, checked."""
    one_of(component, "color", color, COLORS)
    one_of(component, "size", size, SIZES)
    return {"data-color": color, "data-size": size, "data-variant": variant}


def htmx(**values: str | bool) -> dict[str, object]:
    """Return the attributes for HTMX: `hx_get="…"` becomes `hx-get="…"`."""
    return {name.replace("_", "-"): value if value is not True else "true" for name, value in values.items()}
