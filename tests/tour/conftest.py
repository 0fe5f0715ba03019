"""The registration desk of a stop that each test publishes itself."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from support.app import running
from support.desk import Desk


@pytest.fixture
async def desk(database_url: str, now: datetime) -> AsyncIterator[Desk]:
    """Run the application on an empty database, and give its desk; nothing is published yet."""
    async with running(database_url, at=now) as client:
        yield Desk.of(client)
