"""The fixtures of every test: one PostgreSQL per pytest-xdist worker."""

from collections.abc import Iterator

import pytest

from etape.core.postgres import PostgresServer
from support.postgres import SETTINGS_WITHOUT_DURABILITY, fresh_database, temporary_folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Start this worker's server; it is fast and forgets: no test of durability may use it."""
    with (
        temporary_folder() as folder,
        PostgresServer(folder / "postgres", settings=SETTINGS_WITHOUT_DURABILITY) as server,
    ):
        yield server


@pytest.fixture
def empty_database_url(postgres: PostgresServer) -> Iterator[str]:
    """Give the test an empty database of its own."""
    with fresh_database(postgres) as url:
        yield url
