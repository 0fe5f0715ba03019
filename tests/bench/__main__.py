"""`python -m tests.bench`: every figure beside its reference, in one run, on one machine."""

import logging
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import uvloop
from pydantic import SecretStr
from rich.console import Console
from tests.bench.calls import publish_calls
from tests.bench.importing import measure_importing
from tests.bench.registering import measure_registering, measure_rush, publish_stops
from tests.bench.report import Report
from tests.bench.searching import measure_searching
from tests.bench.served import PRODUCT, SECRET, serving
from tests.relevance.measuring import measure_relevance
from tests.support.postgres import temporary_folder

from etape.core import logs, schema
from etape.core.database import Database
from etape.core.postgres import PostgresServer
from etape.demo.service import load_demo

CALLS = 10_000
PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
console = Console(stderr=True)


async def measure(server: PostgresServer, folder: Path) -> Report:
    """Fill a database, serve it, press it, and return what came of it."""
    now = datetime.now(UTC)
    url, empty_url = server.url("etape"), server.url("empty")
    database = Database(url)
    try:
        console.print(f"Writing {CALLS:,} calls…")
        async with database.unit_of_work() as session:
            await load_demo(session, secret=SecretStr(SECRET), now=now)
        await publish_calls(database, CALLS, now=now)
        await publish_stops(database, now=now)
        with serving(PRODUCT, url, folder) as product:
            console.print("Searching…")
            searching = await measure_searching(product, empty_url, folder)
            console.print("Registering…")
            registering = await measure_registering(product, url, SECRET)
            rush = await measure_rush(product, database)
    finally:
        await database.close()
    console.print("Importing…")
    importing = measure_importing(server.url("imports"), folder)
    console.print("Judging…")
    judged = Database(server.url("judged"))
    try:
        async with judged.unit_of_work() as session:
            await load_demo(session, secret=SecretStr(SECRET), now=now)
    finally:
        await judged.close()
    return Report(
        on=now.date(),
        calls=CALLS,
        load=os.getloadavg()[2],
        searching=searching,
        cases=registering,
        rush=rush,
        importing=importing,
        relevance=await measure_relevance(server.url("judged"), now=now),
    )


def main() -> None:
    """Measure everything, print the figures and write the page."""
    logs.log_as_json(level=logging.WARNING)
    with temporary_folder() as folder, PostgresServer(folder / "postgres") as server:
        for name in ("etape", "empty", "imports", "judged"):
            server.create_database(name)
            schema.upgrade(server.url(name))
        report = uvloop.run(measure(server, folder))
    sys.stdout.write(report.figures())
    PAGE.write_text(report.page(), encoding="utf-8")


main()
