"""Aksel's icons, put into the page as SVG so that they take the colour and size of the text."""

import re
from functools import cache

from django.conf import settings
from django.template import TemplateSyntaxError
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_NAME = re.compile(r"[A-Z][A-Za-z0-9]*")
_SHAPE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@cache
def shape(name: str) -> SafeString:
    """
    Return what stands inside the `<svg>` of an icon, read once per process.

    :raises TemplateSyntaxError: if Aksel has no icon of that name.
    """
    if not _NAME.fullmatch(name):
        raise TemplateSyntaxError(f"icon: {name!r} is not a name such as 'HandHeart'")
    path = settings.ICONS_DIR / f"{name}.svg"
    try:
        found = _SHAPE.search(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TemplateSyntaxError(f"icon: there is no {path}; is the name right and `make setup` done?") from None
    if found is None:
        raise TemplateSyntaxError(f"icon: {path} holds no svg element")
    # Files of the locked npm package, never of a person.
    return mark_safe(found[1].strip())  # noqa: S308


def svg(name: str, *, label: str = "") -> SafeString:
    """Return an icon; without `label` it is decoration that a screen reader passes over."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="m-icon" viewBox="0 0 24 24" fill="none" focusable="false" {}>{}</svg>', spoken, shape(name)
    )
