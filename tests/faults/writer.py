"""
Writes through a real service, one transaction each, and prints the id of each once it is acknowledged.

Run as a process of its own: `python -m tests.faults.writer SECONDS`.
"""

import os
import sys
import threading
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "medspiller.config.settings")
django.setup()

from django.db import InterfaceError, OperationalError, connection  # noqa: E402 - after Django is set up
from psycopg_pool import PoolTimeout  # noqa: E402

from medspiller.access.domain.actors import anonymous, system  # noqa: E402
from medspiller.core import ids, tenancy  # noqa: E402
from medspiller.demo.services._house import MUNICIPALITY_NUMBER  # noqa: E402
from medspiller.organisations import selectors, services  # noqa: E402
from medspiller.organisations.domain.details import OrganisationDetails  # noqa: E402
from medspiller.organisations.domain.kinds import OrganisationKind  # noqa: E402

THREADS = 4


def write_until(deadline: float, printed: threading.Lock) -> None:
    tenant_id = selectors.tenant_for(actor=anonymous(None), host="", default_number=MUNICIPALITY_NUMBER)
    actor = system(tenant_id)
    while time.monotonic() < deadline:
        try:
            with tenancy.tenant_transaction(tenant_id=tenant_id, actor_id=actor.id):
                details = OrganisationDetails(name=f"Turlag {ids.new_id()}", kind=OrganisationKind.VOLUNTARY)
                stored = services.register_organisation(actor=actor, details=details)
        except (OperationalError, InterfaceError, PoolTimeout):
            # Not acknowledged: it may or may not be there.
            connection.close()
            time.sleep(0.05)
            continue
        with printed:
            sys.stdout.write(f"{stored.id}\n")
            sys.stdout.flush()


def main() -> None:
    deadline = time.monotonic() + float(sys.argv[1])
    printed = threading.Lock()
    threads = [threading.Thread(target=write_until, args=(deadline, printed)) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
