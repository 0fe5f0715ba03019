"""The registration desk of a stop that each test publishes itself."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from etape.core.database import Database
from support.app import SetClock, running
from support.desk import Desk
from support.post_office import PostOffice
from support.smtp import MailServer


@pytest.fixture
async def desk(database_url: str, now: datetime) -> AsyncIterator[Desk]:
    """Run the application on an empty database, and give its desk; nothing is published yet."""
    async with running(database_url, at=now) as client:
        yield Desk.of(client)


@pytest.fixture
async def office(database_url: str, now: datetime) -> AsyncIterator[PostOffice]:
    """Give a mail server and where people register; nothing is published yet."""
    database = Database(database_url)
    async with MailServer() as server:
        yield PostOffice(database, server, SetClock(now))
    await database.close()
