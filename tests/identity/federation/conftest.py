"""One provider's process for the tests of a module, told to behave before each."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime

import pytest

from support.app import Client, running
from support.provider import IdentityProvider
from support.traveller import Traveller


@pytest.fixture(scope="module")
def process() -> Iterator[IdentityProvider]:
    with IdentityProvider() as process:
        yield process


@pytest.fixture
async def provider(process: IdentityProvider, now: datetime) -> IdentityProvider:
    await process.behave(from_scratch=True, now=now.timestamp())
    return process


@pytest.fixture
async def client(
    database_url: str, now: datetime, provider: IdentityProvider
) -> AsyncIterator[Client]:
    async with running(database_url, at=now, **provider.settings()) as client:
        yield client


@pytest.fixture
async def visitor(client: Client, provider: IdentityProvider) -> AsyncIterator[Traveller]:
    async with Traveller(client, provider) as visitor:
        yield visitor
