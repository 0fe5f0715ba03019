"""Run a worker until stdin ends. Arguments: the database's URL, the SMTP port, the concurrency."""

import asyncio
import sys

from etape.core.worker import Worker
from support.jobs import QUICK, job_context, jobs


async def work(url: str, smtp_port: int, concurrency: int) -> None:
    context = job_context(url, smtp_port=smtp_port)
    worker = Worker(context=context, jobs=[jobs], concurrency=concurrency, pace=QUICK)
    running = asyncio.create_task(worker.run())
    await asyncio.to_thread(sys.stdin.read)
    worker.stop()
    await running
    await context.database.close()


asyncio.run(work(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
