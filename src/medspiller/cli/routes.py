"""`medspiller routes`: every address, and who may use it."""

import argparse
from collections.abc import Iterator
from typing import Any

import django
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from medspiller.access.domain.actions import ACTIONS
from medspiller.cli import lines


def add_to(commands: Any) -> None:
    parser = commands.add_parser("routes", help="list every address and who may use it")
    parser.add_argument("--lines", action="store_true", help='read {"path": "/…"} a line, answer with its route')
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> object:
    """List the routes, or answer one line each with the route that a path leads to."""
    django.setup()
    known = list(routes())
    if arguments.lines:
        lines.answer_lines(lambda case: _route_of(case, known))
        return None
    return known


def routes() -> Iterator[dict[str, Any]]:
    """Yield every route in the order they are matched: path, name, methods, access, action, why."""
    for path, name, view in walk(get_resolver().url_patterns):
        yield {
            "path": "/" + path,
            "name": name,
            "methods": list(getattr(view, "allowed_methods", ())),
            "access": _access(view),
            "action": getattr(view, "required_action", ""),
            "why": getattr(view, "public_reason", ""),
        }


def walk(patterns: Any, *, prefix: str = "", namespace: str = "") -> Iterator[tuple[str, str, Any]]:
    """Yield (path, full name, view) of every route below `patterns`."""
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern.url_patterns, prefix=path, namespace=inner)
        elif isinstance(pattern, URLPattern):
            yield path, namespace + (pattern.name or ""), pattern.callback


def _access(view: Any) -> str:
    if getattr(view, "public_reason", None):
        return "public"
    action = ACTIONS.get(getattr(view, "required_action", ""))
    if action is None:
        return "closed"
    if action.citizens:
        return "signed-in" if action.roles else "carer"
    return "staff"


def _route_of(case: Any, known: list[dict[str, Any]]) -> object:
    try:
        view_name = resolve(case["path"]).view_name
    except (Resolver404, KeyError, TypeError):
        return {"error": "no route has this path"}
    return next(route for route in known if route["name"] == view_name)
