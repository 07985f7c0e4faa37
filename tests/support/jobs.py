"""Running the jobs that wait, as a worker would, then coming back."""

import asyncio

from procrastinate.contrib.django import app


def run_jobs() -> None:
    """Run every job that is due, in this process, until none is left."""

    async def work() -> None:
        worker_app = app.with_connector(app.connector.get_worker_connector())
        async with worker_app.open_async():
            await worker_app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)

    asyncio.run(work())
