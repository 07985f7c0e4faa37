"""Figures of the open pages of plans and of the yearly report, with 50 strategies and 3,000 measures."""

import time

from django.test import Client

from bench._strategy import Plans, plans_with
from bench.measure import Bench, sized
from medspiller.access.domain import actors
from medspiller.core import tenancy
from medspiller.strategy.domain.files import FileForm, FileOf
from medspiller.strategy.models import MadeFile
from medspiller.strategy.worker import files
from tests.support.database import HERE

STRATEGIES, MEASURES = max(sized(50), 5), sized(3_000)
_PAGE, _FILE = "≤ 40 ms", "≤ 10,000 ms"


def bench_strategy_report(bench: Bench) -> None:
    """Whole requests as a browser sends them, and the files as the worker makes them of what a press asks for."""
    with plans_with(STRATEGIES, MEASURES) as plans:
        size = f"{STRATEGIES} strategies, {MEASURES:,} measures"
        stranger, owner = Client(), plans.signed_in()
        report = f"/arbeid/strategi/{plans.strategies[0]}/arsstatus/"
        for name, client, address in (
            ("strategy: the plans, /plan/", stranger, "/plan/"),
            ("strategy: a plan, /plan/…/", stranger, f"/plan/{plans.slugs[0]}/"),
        ):
            bench.measure(
                name, lambda client=client, address=address: _ok(client, address), size=size, aim=_PAGE, n=60,
                count_sql=True,
            )  # fmt: skip
        assert owner.post(f"{report}nytt/", {"aar": str(plans.year)}).status_code == 302
        bench.measure(
            "strategy: the yearly report on screen", lambda: _ok(owner, f"{report}{plans.year}/"), size=size, n=20,
            count_sql=True,
        )  # fmt: skip
        _files(bench, owner, report, plans, size)


def _files(bench: Bench, owner: Client, report: str, plans: Plans, size: str) -> None:
    for kind, form in (("pdf", FileForm.PDF), ("word", FileForm.DOCX)):
        assert owner.post(f"{report}{plans.year}/{kind}/").status_code == 302
        with tenancy.tenant_transaction(tenant_id=HERE, actor_id=actors.SYSTEM_ID):
            content = MadeFile.objects.get(form=form.value).content or ""
        took = []
        for _time in range(3):
            began = time.perf_counter()
            files.made(FileOf.REPORT, form, content)
            took.append((time.perf_counter() - began) * 1000)
        bench.add(f"strategy: the yearly report as {form.value}, in the worker", took, unit="ms", size=size, aim=_FILE)


def _ok(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    answer.close()
