"""`python -m tests.bench`: every figure beside its reference, in one run, on one machine."""

import logging
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import uvloop
from pydantic import SecretStr
from rich.console import Console
from tests.bench.browsing import measure_browsing
from tests.bench.calls import publish_calls
from tests.bench.importing import measure_importing
from tests.bench.registering import (
    measure_promotions,
    measure_registering,
    measure_rush,
    publish_stops,
)
from tests.bench.report import Report
from tests.bench.searching import measure_lag, measure_many, measure_searching
from tests.bench.served import PRODUCT, SECRET, serving
from tests.relevance.measuring import measure_relevance
from tests.support.postgres import temporary_folder

from etape.core import logs, schema
from etape.core.database import Database
from etape.core.postgres import PostgresServer
from etape.demo.service import load_demo

CALLS, MANY_CALLS = 10_000, 100_000
DATABASES = ("etape", "demo", "many", "imports")
PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
console = Console(stderr=True)


async def measure(server: PostgresServer, folder: Path) -> Report:
    """Fill a database, serve it, press it, and return what came of it."""
    now = datetime.now(UTC)
    url, demo_url, many_url, imports_url = (server.url(name) for name in DATABASES)
    await _fill(demo_url, 0, now=now)
    await _fill(url, CALLS, now=now)
    await _fill(many_url, MANY_CALLS, now=now)
    database = Database(url)
    try:
        await publish_stops(database, now=now)
        with serving(PRODUCT, url, folder) as product:
            console.print("Searching…")
            searching = await measure_searching(product, demo_url, folder)
            await measure_lag(product, database, searching)
            console.print(f"Indexing {MANY_CALLS:,} calls…")
            with serving(PRODUCT, many_url, folder) as many:
                await measure_many(product, many, searching)
            console.print("Registering…")
            registering = await measure_registering(product, url, SECRET)
            rush = await measure_rush(product, database)
            promotions = await measure_promotions(product, database, now=now)
    finally:
        await database.close()
    console.print("Browsing…")
    with serving(PRODUCT, demo_url, folder) as product:
        browsing = measure_browsing(product, folder)
    console.print("Importing…")
    importing = measure_importing(imports_url, folder)
    console.print("Judging…")
    relevance = await measure_relevance(demo_url, now=now)
    return Report(
        on=now.date(),
        calls=CALLS,
        many_calls=MANY_CALLS,
        load=os.getloadavg()[2],
        searching=searching,
        cases=registering,
        rush=rush,
        promotions=promotions,
        browsing=browsing,
        importing=importing,
        relevance=relevance,
    )


async def _fill(url: str, calls: int, *, now: datetime) -> None:
    console.print(f"Writing the demo and {calls:,} calls…")
    database = Database(url)
    try:
        async with database.unit_of_work() as session:
            await load_demo(session, secret=SecretStr(SECRET), now=now)
        await publish_calls(database, calls, now=now)
    finally:
        await database.close()


def main() -> None:
    """Measure everything, print the figures and write the page."""
    logs.log_as_json(level=logging.WARNING)
    with temporary_folder() as folder, PostgresServer(folder / "postgres") as server:
        for name in DATABASES:
            server.create_database(name)
            schema.upgrade(server.url(name))
        report = uvloop.run(measure(server, folder))
    sys.stdout.write(report.figures())
    PAGE.write_text(report.page(), encoding="utf-8")


main()
