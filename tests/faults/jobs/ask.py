"""Publishes one event for the slow subscriber: `python -m tests.faults.jobs.ask MARK MOMENT`."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.faults.jobs.settings")
django.setup()

from medspiller.access.domain.actors import anonymous, system  # noqa: E402 - after Django is set up
from medspiller.core import events, tenancy  # noqa: E402
from medspiller.demo.services._house import MUNICIPALITY_NUMBER  # noqa: E402
from medspiller.organisations import selectors  # noqa: E402
from tests.faults.jobs.work import WorkWanted  # noqa: E402


def main(mark: str, held_at: str) -> None:
    tenant_id = selectors.tenant_for(actor=anonymous(None), host="", default_number=MUNICIPALITY_NUMBER)
    with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=system(tenant_id).id):
        events.publish(WorkWanted(mark=mark, held_at=held_at))


if __name__ == "__main__":
    main(*sys.argv[1:])
