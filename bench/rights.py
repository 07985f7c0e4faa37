"""Figures of the rights navigator: judging, asking, and its pages, whole requests included."""

import re
from datetime import date
from html import unescape
from typing import Any

from django.test import Client

from bench.measure import Bench
from medspiller.access.domain import actors
from medspiller.cli.rights import shipped
from medspiller.core import tenancy
from medspiller.rights.domain.asking import next_question
from medspiller.rights.domain.findings import as_dict, find
from medspiller.rights.domain.reading import facts_from
from medspiller.rights.tests.publishing import publish_rules
from tests.support.database import HERE

ON = date(2026, 11, 21)
# A mother of three in work, one of them ill, with an old father: about half of all facts are known.
CARER = {"birth_year": 1984, "employed": True, "weeks_employed": 200, "income_year": 480_000, "sole_parent": False}
CHILDREN = [
    {"birth_year": 2018, "lives_with_carer": True, "chronic": True, "sole_care": False},
    {"birth_year": 2020, "lives_with_carer": True, "chronic": False, "sole_care": False},
    {"birth_year": 2025, "lives_with_carer": True},
]
RECIPIENT = {"relation": "parent", "birth_year": 1944, "last_phase_of_life": False, "lasting_illness": True}
FAMILIES: dict[str, dict[str, Any]] = {
    "nothing known": {},
    "begun": {"carer": {"employed": True}, "children": [{}, {}, {}]},
    "half known": {"carer": CARER, "children": CHILDREN, "recipient": RECIPIENT, "care": {"hours_per_week": 14}},
}


def bench_rights_engine(bench: Bench) -> None:
    """All rights for one carer, the reasons in three languages, and the next question."""
    rulebook = shipped()
    situation = rulebook.situation("child-ill")
    for name, written in FAMILIES.items():
        facts = facts_from(written, rulebook.facts, on=ON)
        size = f"{len(rulebook.rights)} rights, {len(rulebook.facts)} facts; {name}"
        bench.measure(
            "all rights for one carer", lambda facts=facts: find(rulebook, facts, on=ON), size=size, aim="≤ 5 ms"
        )
        bench.measure(
            "the next question",
            lambda facts=facts: next_question(rulebook, facts, on=ON, situation=situation),
            size=size,
            aim="≤ 25 ms",
        )
    half = facts_from(FAMILIES["half known"], rulebook.facts, on=ON)
    bench.measure(
        "all rights with every reason in three languages",
        lambda: [as_dict(rulebook, finding) for finding in find(rulebook, half, on=ON)],
        size="half known",
    )


def bench_rights_pages(bench: Bench) -> None:
    """The pages of the navigator, for whoever is not signed in."""
    with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
        publish_rules(HERE)
    client = Client()
    question = _fetched(client, "/rettigheter/situasjon/child-ill/")
    state = unescape(re.search(r'name="tilstand" value="([^"]*)"', question)[1])
    for name, call in {
        "where it begins": lambda: _fetched(client, "/rettigheter/"),
        "a question": lambda: _fetched(client, "/rettigheter/situasjon/child-ill/"),
        "the answers": lambda: _posted(client, "/rettigheter/svar/", tilstand=state),
        "a right": lambda: _fetched(client, "/rettigheter/omsorgspenger/"),
    }.items():
        bench.measure(f"rights navigator: {name}", call, aim="median ≤ 40 ms", count_sql=True, n=60)


def _fetched(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def _posted(client: Client, path: str, **fields: str) -> None:
    answer = client.post(path, fields)
    assert answer.status_code == 200, (path, answer.status_code)
