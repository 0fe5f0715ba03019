"""A real S3-compatible server, in a process of its own, on a port that stays the same."""

import asyncio
import tempfile
from asyncio.subprocess import DEVNULL, Process
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from support.server import free_port

S3RVER = Path(__file__).parents[2] / "node_modules" / "s3rver" / "bin" / "s3rver.js"


class BucketServer:
    """Holds one bucket, in a folder that outlives its process."""

    def __init__(self) -> None:
        self.port = free_port()
        self._folder = tempfile.TemporaryDirectory(prefix="etape-bucket-")
        self._process: Process | None = None

    @property
    def settings(self) -> dict[str, Any]:
        """What a process is told of it."""
        return {
            "storage_url": "s3://essai/etape/documents",
            "storage_endpoint": f"http://127.0.0.1:{self.port}",
            "storage_region": "eu-west-3",
            "storage_access_key_id": "S3RVER",
            "storage_secret_access_key": "S3RVER",
        }

    def objects(self) -> set[str]:
        """The key of each object it holds."""
        kept = Path(self._folder.name) / "essai" / "etape" / "documents"
        return {path.name.partition("._S3rver")[0] for path in kept.glob("*")}

    async def open(self) -> None:
        options = ["--directory", self._folder.name, "--port", str(self.port), "--silent"]
        options += ["--address", "127.0.0.1", "--no-vhost-buckets", "--configure-bucket", "essai"]
        self._process = await asyncio.create_subprocess_exec(
            "node", S3RVER, *options, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL
        )
        async with asyncio.timeout(60):
            while True:
                assert self._process.returncode is None, "node or node_modules/s3rver is missing"
                with suppress(OSError):
                    _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                    writer.close()
                    return
                await asyncio.sleep(0.05)

    async def close(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
        self._folder.cleanup()
