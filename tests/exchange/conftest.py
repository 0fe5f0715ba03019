"""Who imports, into a database that holds nothing."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from etape.identity.members.schemas import Role
from support.app import Client, running
from support.imports import Importer
from support.team import sign_in


@pytest.fixture
async def empty(database_url: str, now: datetime) -> AsyncIterator[Client]:
    """The application before anything is published."""
    async with running(database_url, at=now) as client:
        yield client


@pytest.fixture
async def importer(empty: Client) -> AsyncIterator[Importer]:
    """A funding editor before it."""
    async with await sign_in(empty, Role.FUNDING_EDITOR) as browser:
        yield Importer(browser)
