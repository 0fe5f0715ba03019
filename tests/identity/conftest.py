"""A house where nobody is yet: no member, no stop, no call."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from support.app import Client, running


@pytest.fixture
async def client(database_url: str, now: datetime) -> AsyncIterator[Client]:
    """Run the application on an empty database."""
    async with running(database_url, at=now) as client:
        yield client
