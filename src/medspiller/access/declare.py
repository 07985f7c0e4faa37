"""
What every route must say: which action it needs, or why anybody may see it, and by which methods.

`ClosedByDefault` refuses a route that says neither action nor reason. `medspiller routes`
prints what is declared here.
"""

from collections.abc import Callable
from typing import Any

from django.views.decorators.http import require_http_methods

from medspiller.access.domain.actions import action as action_named

View = Callable[..., Any]
GET = ("GET",)


def requires(action: str, *, methods: tuple[str, ...] = GET, recent_sign_in: bool = False) -> Callable[[View], View]:
    """
    Declare the action that a view needs and the methods it answers (GET includes HEAD).

    With `recent_sign_in`, whoever has not shown who they are during the last minutes is
    asked to do so first (ASVS 5.0 V7.5.3); `domain.sessions.RECENT_SIGN_IN` says how recent.

    :raises UnknownAction: at import, if the table of actions has no such name.
    """
    action_named(action)

    def mark(view: View) -> View:
        marked = _limited(view, methods)
        marked.required_action = action  # type: ignore[attr-defined]
        marked.recent_sign_in = recent_sign_in  # type: ignore[attr-defined]
        return marked

    return mark


def public(reason: str, *, methods: tuple[str, ...] = GET) -> Callable[[View], View]:
    """Declare that anybody may use a view, why, and the methods it answers (GET includes HEAD)."""

    def mark(view: View) -> View:
        marked = _limited(view, methods)
        marked.public_reason = reason  # type: ignore[attr-defined]
        return marked

    return mark


def answered(methods: tuple[str, ...]) -> list[str]:
    """Return the methods that are answered where some are declared: whoever may look may ask how long it is."""
    return [*methods, "HEAD"] if "GET" in methods else list(methods)


def _limited(view: View, methods: tuple[str, ...]) -> View:
    limited: View = require_http_methods(answered(methods))(view)
    limited.allowed_methods = methods  # type: ignore[attr-defined]
    return limited
