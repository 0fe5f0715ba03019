"""A reader of strangers' files is bounded: what it does wrong ends with its process."""

import codecs
import time
import zlib

import pytest

from etape.core.apart import ReadingFailed, read_apart


def zeros(mebibytes: int) -> bytes:
    """As many zeros, compressed."""
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(bytes(1024**2)) for _ in range(mebibytes)) + packer.flush()


async def test_a_reader_gives_what_it_made() -> None:
    assert await read_apart(codecs.decode, zeros(3), "zlib_codec") == bytes(3 * 1024**2)


async def test_a_reader_that_fails_is_told_from_one_that_answers() -> None:
    with pytest.raises(ReadingFailed):
        await read_apart(codecs.decode, b"not compressed", "zlib_codec")


async def test_a_reader_that_takes_too_much_memory_fails() -> None:
    with pytest.raises(ReadingFailed):
        await read_apart(codecs.decode, zeros(1100), "zlib_codec")


async def test_a_reader_that_takes_too_long_is_ended() -> None:
    slow, started = b"-" + b"9" * 3_000_000, time.perf_counter()  # punycode inserts one by one
    with pytest.raises(ReadingFailed):
        await read_apart(codecs.decode, slow, "punycode", seconds=2)
    assert time.perf_counter() - started < 30
