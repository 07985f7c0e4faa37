"""Running the jobs that wait, as a worker would, then coming back."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from django.db import connections
from procrastinate.contrib.django import app


def run_jobs() -> None:
    """Run every job that is due, in this process, until none is left."""

    async def work() -> None:
        loop = asyncio.get_running_loop()
        # One thread, so that its connections can be closed: else they outlive it, and the test database with them.
        loop.set_default_executor(ThreadPoolExecutor(max_workers=1))
        worker_app = app.with_connector(app.connector.get_worker_connector())
        async with worker_app.open_async():
            await worker_app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)
        await loop.run_in_executor(None, connections.close_all)

    asyncio.run(work())
