"""A real SMTP server on loopback that can refuse, close and open again on the same port."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread
from typing import Self

from aiosmtpd.smtp import SMTP, Envelope, Session


class MailServer:
    """Keeps every message it takes. `answers` maps a recipient to the refusal that it gets."""

    def __init__(self) -> None:
        self.sources: list[bytes] = []
        self.recipients: list[str] = []
        self.answers: dict[str, str] = {}
        self.port = 0
        self._server: asyncio.Server | None = None

    def messages(self) -> list[EmailMessage]:
        """Every message it took, read as a mail program does."""
        return [message_from_bytes(source, policy=policy.default) for source in self.sources]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        self.recipients.extend(envelope.rcpt_tos)
        self.sources.append(envelope.content)
        return "250 OK"

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: SMTP(self, enable_SMTPUTF8=True, hostname="localhost", loop=loop),
            "127.0.0.1",
            self.port,
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._server = None

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


@contextmanager
def mail_server_aside() -> Iterator[MailServer]:
    """Run a mail server in a thread of its own, for tests whose thread a browser holds."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    server = MailServer()
    try:
        asyncio.run_coroutine_threadsafe(server.open(), loop).result(timeout=10)
        yield server
        asyncio.run_coroutine_threadsafe(server.close(), loop).result(timeout=10)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class Inbox:
    """The mailbox of one person, who reads each letter once, as it comes."""

    def __init__(self, post: MailServer, address: str) -> None:
        self.post = post
        self.address = address
        self.read = 0

    def next(self) -> EmailMessage:
        """Return the next letter, which must come."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            letters = [
                letter
                for to, letter in zip(self.post.recipients, self.post.messages(), strict=False)
                if to == self.address
            ]
            if len(letters) > self.read:
                self.read += 1
                return letters[self.read - 1]
            time.sleep(0.1)
        raise AssertionError(f"letter {self.read + 1} did not come to {self.address}")
