"""Every address says who may use it."""

from collections.abc import Iterable, Iterator
from typing import Any

from tests.support.architecture.sources import Finding


def undeclared(routes: Iterable[tuple[str, str, Any]]) -> Iterator[Finding]:
    """
    Yield the routes (path, name, view) whose view declares neither an action nor why it is public, or both.

    A declaration must survive the view's other decorators, so it is looked for on what the route calls.
    """
    for path, name, view in routes:
        action = getattr(view, "required_action", "")
        reason = getattr(view, "public_reason", "")
        where = f"/{path} ({name or 'no name'})"
        if not action and not reason:
            yield Finding(where, 0, "declares no action; say @requires(…) or @public(…)")
        elif action and reason:
            yield Finding(where, 0, "is public and requires an action; which is it?")
        elif reason and len(reason.split()) < 2:
            yield Finding(where, 0, f"does not say why it is public: {reason!r}")
