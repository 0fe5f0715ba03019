"""The HTTP server: it takes its port before anything else starts, and leaves in order.

Who was let in is answered. The way out takes less than 20 seconds: the worker uses the same ones.
"""

import asyncio
import gc
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import ChangeReload

BACKLOG = 2048
GRACE_SECONDS = 15
BEATS, BEAT_SECONDS = 10, 0.03
"""How often we look, however busy, at what those who just came in have to say."""


QUIET: dict[str, Any] = {
    "log_config": None,
    "access_log": False,
    "server_header": False,
    "proxy_headers": False,  # uvicorn believes whoever runs on this machine: core/limits.py asks
}


def listen(host: str, port: int) -> socket.socket:
    """Take the port; who comes before the application is ready waits. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


class Server(uvicorn.Server):
    """Serves one application until SIGINT or SIGTERM, both of which end it with success."""

    def __init__(self, app: FastAPI, *, when_ready: Callable[[], Awaitable[None]]) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="off",  # `run` opens it: what prevents the start is an exception, no log
                backlog=BACKLOG,
                timeout_graceful_shutdown=GRACE_SECONDS,
                **QUIET,
            )
        )
        self.app = app
        self.when_ready = when_ready

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Open what the application needs, serve, and close it. Raises what prevents the start.

        What a start makes stays. Looking for garbage among it takes as long as making it (8.6 s of
        processor for 10,000 calls, 5.1 without), and goes on while we serve.
        """

        async def serve() -> None:
            gc.disable()
            async with self.app.router.lifespan_context(self.app):
                gc.collect(0)  # all that was made since
                gc.freeze()
                gc.enable()
                await self.serve(sockets)

        with asyncio.Runner(loop_factory=self.config.get_loop_factory()) as runner:
            runner.run(serve())

    def handle_exit(self, sig: int, _frame: FrameType | None) -> None:
        """Leave; at the second Ctrl-C without waiting for anybody.

        uvicorn would raise the signal again at the end, and kill us before our database is stopped.
        """
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve."""
        await super().startup(sockets)
        await self.when_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve on while balancers look elsewhere, close the door, and finish with who is in."""
        self.app.state.leaving.set()
        await asyncio.sleep(self.app.state.settings.drain_seconds)
        # The system let them in, but a busy loop did not see them yet: closing would cut them off.
        late = [connection for door in sockets or [] for connection in _queue_at(door)]
        for server in self.servers:
            server.close()
        loop = asyncio.get_running_loop()
        for connection in late:
            await loop.connect_accepted_socket(self._protocol, connection)
        for _ in range(BEATS):
            await asyncio.sleep(BEAT_SECONDS)
        await super().shutdown(sockets)

    def _protocol(self) -> asyncio.Protocol:
        make: Callable[..., asyncio.Protocol] = self.config.http_protocol_class
        return make(
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )


def _queue_at(door: socket.socket) -> Iterator[socket.socket]:
    door.setblocking(False)
    with suppress(BlockingIOError):
        while True:
            yield door.accept()[0]


def serve_reloading(factory: str, door: socket.socket, *, watched: Path) -> None:
    """Serve what `factory` names ("module:function"), in a process made anew at each change."""
    config = uvicorn.Config(factory, factory=True, reload=True, reload_dirs=str(watched), **QUIET)
    ChangeReload(config, target=uvicorn.Server(config).run, sockets=[door]).run()
