"""The application as its users meet it: over HTTP, on a real database, at a given time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from asgi_lifespan import LifespanManager
from fastapi import FastAPI
from pydantic import SecretStr

from etape.app import create_app
from etape.core.clock import Clock
from etape.core.database import Database
from etape.core.settings import Environment, Settings
from etape.demo.service import load_demo

SECRET = "a secret that only the tests know, long enough"


class SetClock(Clock):
    """A clock that stands where it was set."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at

    def now(self) -> datetime:
        return self.at


class Client(httpx.AsyncClient):
    """A client of one running application, which it can reach behind HTTP."""

    def __init__(self, app: FastAPI, clock: SetClock) -> None:
        super().__init__(transport=httpx.ASGITransport(app=app), base_url="http://localhost:8000")
        self.app = app
        self.clock = clock
        self._loop = asyncio.get_running_loop()

    async def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
        """Send it, in the loop that the application runs in: its connections belong to that one."""
        here = asyncio.get_running_loop() is self._loop
        assert here, "a test of the shared client is marked asyncio(loop_scope='session')"
        return await super().send(request, **options)

    @property
    def database(self) -> Database:
        database: Database = self.app.state.database
        return database

    async def read(self, path: str, **parameters: Any) -> Any:
        """Return the JSON at `/api/v1{path}`, which must be there."""
        answer = await self.get(f"/api/v1{path}", params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()


def settings_for(url: str, **others: Any) -> Settings:
    """Return the settings of a test's process.

    Its limits count, and are out of reach; as many write at once as it has connections, for what
    happens between two of them is what tests are about.
    """
    others.setdefault("limits_scale", 1000)
    others.setdefault("writes_at_once", 10)
    told = {"environment": Environment.TEST, "database_url": url, "secret": SECRET, **others}
    return Settings(**told)


@asynccontextmanager
async def running(
    url: str,
    *,
    at: datetime,
    with_worker: bool = False,
    pages: Path | None = None,
    **settings: Any,
) -> AsyncIterator[Client]:
    """Run the application on a database, at an instant, and give a client of it."""
    clock = SetClock(at)
    app = create_app(
        settings_for(url, **settings), clock=clock, with_worker=with_worker, pages=pages
    )
    async with LifespanManager(app, startup_timeout=60), Client(app, clock) as client:
        yield client


@asynccontextmanager
async def listening(app: FastAPI) -> AsyncIterator[str]:
    """Serve an application that is already started on a free port of the loopback."""
    config = uvicorn.Config(app, port=0, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event to wait for
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving


async def fill_with_demo(url: str, *, at: datetime) -> None:
    """Load the demo, dated from an instant."""
    database = Database(url)
    try:
        async with database.unit_of_work() as session:
            await load_demo(session, secret=SecretStr(SECRET), now=at)
    finally:
        await database.close()
