"""What a stranger made is read in a process of its own: what hangs or bursts there ends alone.

That process has bounded time and memory, none of our settings, and writes no file. One runs at a
time. As a command, this module is that process.
"""

import asyncio
import importlib
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Callable
from contextlib import suppress
from resource import RLIMIT_AS, RLIMIT_CORE, RLIMIT_CPU, RLIMIT_FSIZE, setrlimit

import structlog

CPU_SECONDS = 20
WALL_SECONDS = 60
MEMORY_BYTES = 1024**3

Reader = Callable[[bytes, str], bytes]

log = structlog.get_logger(__name__)


class ReadingFailed(Exception):  # noqa: N818 - what became of the reader, not a mistake of ours
    """The process took too long or too much, or died."""


class Apart:
    """Where contents are read: one at a time, and not at all once whoever waits is cancelled."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    async def read(
        self, read: Reader, content: bytes, about: str, *, seconds: int = CPU_SECONDS
    ) -> bytes:
        """Return what a function of a module makes of a content, given what is known about it.

        Raises ReadingFailed, for an error of the function too.
        """
        names = (read.__module__, read.__qualname__, about, str(seconds))
        async with self._turn:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", "-m", __name__, *names),
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                env={},
                start_new_session=True,
            )
            made = b""
            try:
                with suppress(TimeoutError):
                    async with asyncio.timeout(WALL_SECONDS):
                        made, _ = await process.communicate(content)
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        if process.returncode != 0:
            log.warning("apart.failed", reader=read.__qualname__, status=process.returncode)
            raise ReadingFailed
        return made


def main(module: str, name: str, about: str, seconds: str) -> None:
    """Read standard input with the function of that name, within the limits."""
    setrlimit(RLIMIT_CPU, (int(seconds), int(seconds)))
    setrlimit(RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    setrlimit(RLIMIT_FSIZE, (0, 0))
    setrlimit(RLIMIT_CORE, (0, 0))
    read: Reader = getattr(importlib.import_module(module), name)
    sys.stdout.buffer.write(read(sys.stdin.buffer.read(), about))


if __name__ == "__main__":
    main(*sys.argv[1:])
