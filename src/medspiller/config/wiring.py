"""
Which app reacts to which event, and which kinds of content there are. The only arrows back.
"""

from medspiller.config import menus
from medspiller.config.content_kinds import CONTENT_KINDS
from medspiller.content import registry as content_registry
from medspiller.content import subscribers as content_subscribers
from medspiller.core import events

SUBSCRIPTIONS: list[tuple[type, events.Subscriber]] = []

# Kind of content → what runs when a definition of it becomes active. The kinds themselves
# stand in `content_kinds.py`, which needs no Django.
ON_PUBLISH: list[tuple[str, content_registry.OnPublish]] = [
    ("counties", content_subscribers.fill_counties),
    ("municipalities", content_subscribers.fill_municipalities),
]


def connect() -> None:
    """Make the subscriptions, content kinds and menus the ones of this process."""
    events.connect(SUBSCRIPTIONS)
    menus.show()
    content_registry.connect(CONTENT_KINDS, ON_PUBLISH)
