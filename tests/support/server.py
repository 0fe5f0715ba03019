"""`etape serve`, as in production, in a process to be killed, on a port that stays the same."""

import asyncio
import os
import signal
import socket
import sys
import tempfile
from asyncio.subprocess import DEVNULL, Process
from contextlib import suppress
from pathlib import Path
from typing import Self

import httpx

from etape.core.settings import DEMO_NOTICE
from support.app import SECRET


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


class Server:
    """One process that serves a database, which it is told by its URL."""

    def __init__(self, database_url: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("ETAPE_")},
            "ETAPE_ENVIRONMENT": "production",
            "ETAPE_PRIVACY_NOTICE": str(DEMO_NOTICE),
            "ETAPE_DATABASE_URL": database_url,
            "ETAPE_SECRET": SECRET,
            "ETAPE_LIMITS_SCALE": "1000",
            "ETAPE_PUBLIC_URL": "https://etape.example",
            "ETAPE_SMTP_HOST": "127.0.0.1",
            "ETAPE_SMTP_PORT": str(free_port()),  # nobody answers: mail waits
        }
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the server
        self._process: Process | None = None

    def log(self) -> str:
        """What it wrote, through all its lives."""
        return os.pread(self._log.fileno(), 10_000_000, 0).decode()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.end(signal.SIGTERM)
        self._log.close()

    async def start(self) -> None:
        """Start, and return once it is ready."""
        self._process = await asyncio.create_subprocess_exec(
            Path(sys.executable).with_name("etape"),
            "serve",
            f"--port={self.port}",
            env=self._environment,
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=self._log,
        )
        await self.ready()

    async def ready(self, *, seconds: float = 60) -> None:
        """Wait until it serves."""
        async with asyncio.timeout(seconds), httpx.AsyncClient(base_url=self.url) as client:
            while True:
                with suppress(httpx.TransportError):
                    if (await client.get("/health/ready")).status_code == 200:
                        return
                assert self._process is not None
                assert self._process.returncode is None, self.log()
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """End it as a power cut does."""
        await self.end(signal.SIGKILL)

    async def end(self, how: signal.Signals) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(how)
            async with asyncio.timeout(40):
                await self._process.wait()
