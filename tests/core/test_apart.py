"""A reader of strangers' files is bounded: what it does wrong ends with its process."""

import asyncio
import codecs
import os
import time
import zlib
from pathlib import Path

import pytest

from etape.core.apart import Apart, ReadingFailed

SLOW = b"-" + b"9" * 3_000_000
"""What takes minutes to decode: punycode inserts its characters one by one."""


def zeros(mebibytes: int) -> bytes:
    """As many zeros, compressed."""
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(bytes(1024**2)) for _ in range(mebibytes)) + packer.flush()


async def test_a_reader_gives_what_it_made() -> None:
    assert await Apart().read(codecs.decode, zeros(3), "zlib_codec") == bytes(3 * 1024**2)


async def test_a_reader_that_fails_is_told_from_one_that_answers() -> None:
    with pytest.raises(ReadingFailed):
        await Apart().read(codecs.decode, b"not compressed", "zlib_codec")


async def test_a_reader_that_takes_too_much_memory_fails() -> None:
    with pytest.raises(ReadingFailed):
        await Apart().read(codecs.decode, zeros(1100), "zlib_codec")


async def test_a_reader_that_takes_too_long_is_ended() -> None:
    started = time.perf_counter()
    with pytest.raises(ReadingFailed):
        await Apart().read(codecs.decode, SLOW, "punycode", seconds=2)
    assert time.perf_counter() - started < 30


async def test_a_reader_ends_with_whoever_waits_for_it() -> None:
    def children() -> str:
        return Path("/proc/self/task").joinpath(str(os.getpid()), "children").read_text()

    before = children()
    waiting = asyncio.create_task(Apart().read(codecs.decode, SLOW, "punycode"))
    while children() == before:  # noqa: ASYNC110 - the system tells nobody
        await asyncio.sleep(0.05)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert children() == before


async def test_readers_wait_for_each_other() -> None:
    apart, order = Apart(), []

    async def read(number: int) -> None:
        await apart.read(codecs.decode, zeros(1), "zlib_codec")
        order.append(number)

    await asyncio.gather(*(read(number) for number in range(3)))
    assert order == [0, 1, 2]
