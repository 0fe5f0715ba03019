"""What a stranger made is read in a process of its own: what hangs or bursts there ends alone.

That process has bounded time and memory, none of our settings, and writes no file. One runs at a
time. As a command, this module is that process.
"""

import asyncio
import importlib
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from resource import RLIMIT_AS, RLIMIT_CORE, RLIMIT_CPU, RLIMIT_FSIZE, setrlimit

import structlog

CPU_SECONDS = 20
WALL_SECONDS = 60
MEMORY_BYTES = 1024**3

Reader = Callable[[bytes, str], bytes]

log = structlog.get_logger(__name__)
_one_at_a_time = ThreadPoolExecutor(1, thread_name_prefix="apart")


class ReadingFailed(Exception):  # noqa: N818 - what became of the reader, not a mistake of ours
    """The process took too long or too much, or died."""


async def read_apart(
    read: Reader, content: bytes, about: str, *, seconds: int = CPU_SECONDS
) -> bytes:
    """Return what a function of a module makes of a content, given what is known about it.

    Raises ReadingFailed, for an error of the function too.
    """
    command = [sys.executable, "-I", "-m", __name__]
    command += [read.__module__, read.__qualname__, about, str(seconds)]

    def run() -> bytes:
        try:
            done = subprocess.run(  # noqa: S603 - our own module, told the names of our own
                command,
                input=content,
                capture_output=True,
                env={},
                timeout=WALL_SECONDS,
                check=True,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            log.warning("apart.failed", reader=read.__qualname__, error=type(error).__name__)
            raise ReadingFailed from error
        return done.stdout

    return await asyncio.get_running_loop().run_in_executor(_one_at_a_time, run)


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
