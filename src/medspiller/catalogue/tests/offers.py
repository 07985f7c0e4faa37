"""Offers and providers as files and forms give them: one that is whole, and what it may be changed to."""

from copy import deepcopy
from typing import Any

from medspiller.core import clock

_OFFER: dict[str, Any] = {
    "slug": "kveldsgruppe",
    "provider": "parorendesenteret",
    "kind": "group",
    "title": {"nb": "Kveldsgruppe", "nn": "Kveldsgruppe", "en": "Evening group"},
    "summary": {"nb": "Vi møtes og prater.", "nn": "Vi møtest og pratar.", "en": "We meet and talk."},
    "text": {"nb": "Det er kaffe.", "nn": "Det er kaffi.", "en": "There is coffee."},
    "how": {"nb": "Bare kom.", "nn": "Berre kom.", "en": "Just come."},
    "needs": ["peers", "someone-to-talk-to"],
    "audience": {"relations": ["partner"], "conditions": ["dementia"], "age_from": 18},
    "areas": [{"kind": "municipality", "code": "3201"}],
    "way": "open",
    "cost": {"is_free": True},
    "languages": ["nb", "nn"],
    "period": {"from": "2026-01-01", "to": None},
    "review_on": "2027-08-01",
    "places": [
        {
            "name": "Pårørendesenteret",
            "street": "Eksempelveien 1",
            "postal_code": "9990",
            "city": "Demostrand",
            "municipality": "3201",
            "district": "Fjordvik",
            "access": ["step-free"],
        }
    ],
    "times": [{"weekdays": [2], "opens": "18:00", "closes": "20:00", "every_weeks": 2}],
    "contact": {"website": "https://example.org/gruppe", "phones": []},
}
_PROVIDER: dict[str, Any] = {
    "slug": "parorendesenteret",
    "name": {"nb": "Pårørendesenteret", "nn": "Pårørandesenteret", "en": "The carers' centre"},
    "kind": "municipality",
    "about": {"nb": "For pårørende.", "nn": "For pårørande.", "en": "For carers."},
}


def texts(nb: str) -> dict[str, str]:
    """The same words in each language, where only that there are some matters."""
    return {"nb": nb, "nn": nb, "en": nb}


def offer_body(**changes: Any) -> dict[str, Any]:
    """An offer that is whole; a part that is None is left out."""
    body = deepcopy(_OFFER) | changes
    return {key: part for key, part in body.items() if part is not None}


def provider_body(**changes: Any) -> dict[str, Any]:
    body = deepcopy(_PROVIDER) | changes
    return {key: part for key, part in body.items() if part is not None}


def in_days(days: int) -> str:
    """A day as bodies write it, so many days from the test's today."""
    return clock.today().fromordinal(clock.today().toordinal() + days).isoformat()
