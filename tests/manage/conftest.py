"""Who edits, on the demo and on nothing."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from etape.identity.members.schemas import Role
from support.app import Client, running
from support.editor import Editor
from support.team import sign_in


@pytest.fixture
async def editor(client: Client) -> AsyncIterator[Editor]:
    """A coordinator before the demo."""
    async with await sign_in(client, Role.COORDINATOR) as browser:
        yield Editor(browser)


@pytest.fixture
async def empty(database_url: str, now: datetime) -> AsyncIterator[Client]:
    """The application before anything is published."""
    async with running(database_url, at=now) as client:
        yield client
