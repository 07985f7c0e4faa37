"""Catches queries that a template makes while it is rendered."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from django.db import connections
from django.template import base
from django.template.backends import django as backend


@contextmanager
def watched() -> Iterator[list[str]]:
    """
    Yield a list that fills with the queries made by templates within the block.

    They are noted, not refused: `{% if %}` would swallow a refusal and the page be wrong instead.
    """
    being_rendered: list[str] = []
    found: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if being_rendered:
            found.append(
                f"{' > '.join(dict.fromkeys(being_rendered))} asked the database: {' '.join(sql.split())[:160]}"
            )
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        # Pages and parts go through the backend, included ones through the template itself.
        for template_class in (backend.Template, base.Template):
            stack.enter_context(
                mock.patch.object(template_class, "render", _naming(template_class.render, being_rendered))
            )
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(note))
        yield found


def _naming(render: Callable[..., str], being_rendered: list[str]) -> Callable[..., str]:
    def named_render(template: Any, *arguments: Any, **named: Any) -> str:
        origin = getattr(template, "origin", None)
        name = getattr(origin, "template_name", None) or getattr(template, "name", None)
        being_rendered.append(str(name or "a template without a name"))
        try:
            return render(template, *arguments, **named)
        finally:
            being_rendered.pop()

    return named_render
