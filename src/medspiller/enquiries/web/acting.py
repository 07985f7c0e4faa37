"""Who acts."""

from django.http import HttpRequest

from medspiller.access.domain.actors import Actor


def acting(request: HttpRequest) -> Actor:
    """Return who acts."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
