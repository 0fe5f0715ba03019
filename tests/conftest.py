"""The fixtures of every test: one PostgreSQL per pytest-xdist worker, a database per test.

A database is cloned from a template, already migrated or already filled with the demo: what a test
writes is really committed, and nobody else sees it.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
import structlog

from etape.core import schema
from etape.core.postgres import PostgresServer
from support.app import Client, fill_with_demo, running
from support.postgres import SETTINGS_WITHOUT_DURABILITY, fresh_database, temporary_folder

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""The instant that tests happen at, and that the demo is dated from: a Monday morning."""

# A traceback with every variable in it takes seconds to write.
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
    ]
)

MIGRATED, FILLED = "template_migrated", "template_filled"


def pytest_xdist_auto_num_workers() -> int:
    """Start half as many workers again as there are cores: many tests wait for processes."""
    return max(2, 3 * (os.cpu_count() or 1) // 2)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Start this worker's server; it is fast and forgets: no test of durability may use it."""
    with (
        temporary_folder() as folder,
        PostgresServer(folder / "postgres", settings=SETTINGS_WITHOUT_DURABILITY) as server,
    ):
        yield server


@pytest.fixture(scope="session")
def migrated(postgres: PostgresServer) -> str:
    """Make the template that has every table and nothing in them."""
    postgres.create_database(MIGRATED)
    schema.upgrade(postgres.url(MIGRATED))
    return MIGRATED


@pytest.fixture(scope="session")
def filled(postgres: PostgresServer, migrated: str) -> str:
    """Make the template that holds the demo."""
    postgres.create_database(FILLED, template=migrated)
    asyncio.run(fill_with_demo(postgres.url(FILLED), at=NOW))
    return FILLED


@pytest.fixture
def now() -> datetime:
    """Return the instant that the test happens at."""
    return NOW


@pytest.fixture
def empty_database_url(postgres: PostgresServer) -> Iterator[str]:
    """Give the test an empty database of its own, without a table."""
    with fresh_database(postgres) as url:
        yield url


@pytest.fixture
def database_url(postgres: PostgresServer, migrated: str) -> Iterator[str]:
    """Give the test a database of its own, migrated."""
    with fresh_database(postgres, template=migrated) as url:
        yield url


@pytest.fixture
def demo_url(postgres: PostgresServer, filled: str) -> Iterator[str]:
    """Give the test a database of its own that holds the demo."""
    with fresh_database(postgres, template=filled) as url:
        yield url


@pytest.fixture
async def client(demo_url: str, now: datetime) -> AsyncIterator[Client]:
    """Run the application on the demo, and give a client of it."""
    async with running(demo_url, at=now) as client:
        yield client


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared_client(postgres: PostgresServer, filled: str) -> AsyncIterator[Client]:
    """Run one application for all the tests that only read the demo, in the session's loop."""
    with fresh_database(postgres, template=filled) as url:
        async with running(url, at=NOW) as client:
            yield client
