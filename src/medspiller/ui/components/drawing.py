"""How a component becomes HTML: its template, found once, filled in with what it is given and nothing of the page."""

from collections.abc import Mapping
from functools import cache

from django.template import Context, Template
from django.template.loader import get_template
from django.utils.safestring import SafeString


def drawn(name: str, inputs: Mapping[str, object] | None = None) -> SafeString:
    """
    Return a component's template filled in.

    A page has a hundred components: to look each up and to prepare for it what a whole page needs would take three
    times as long.
    """
    return _found(name).render(Context(dict(inputs or {})))


@cache
def _found(name: str) -> Template:
    found: Template = get_template(name).template  # type: ignore[attr-defined]
    return found
