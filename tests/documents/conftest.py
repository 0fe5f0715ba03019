"""Where documents are kept: in the database, and in a bucket."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from etape.identity.members.schemas import Role
from support.app import Client, running
from support.bucket import BucketServer
from support.team import Browser, sign_in


@pytest.fixture
async def bucket() -> AsyncIterator[BucketServer]:
    async with BucketServer() as server:
        yield server


@pytest.fixture
async def client(database_url: str, now: datetime) -> AsyncIterator[Client]:
    """Run the application on a database that holds nothing yet."""
    async with running(database_url, at=now) as client:
        yield client


@pytest.fixture
async def editor(client: Client) -> AsyncIterator[Browser]:
    async with await sign_in(client, Role.FUNDING_EDITOR) as browser:
        yield browser
