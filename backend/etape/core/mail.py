"""Letters: composed from templates, then handed to an SMTP server or, in a demonstration, kept.

No mail leaves while a transaction is open, and no text that a person typed can add a header.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Any

import aiosmtplib
from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined, select_autoescape
from sqlalchemy import delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.calendar import Mailbox, Method, one_line
from etape.core.clock import Clock
from etape.core.columns import Instant
from etape.core.database import Database, in_transaction
from etape.core.paging import Slice, slice_of
from etape.core.settings import Settings
from etape.core.texts import Language

SMTP_TIMEOUT_SECONDS = 15.0
SMTPS_PORT = 465  # TLS from the first byte (RFC 8314, 3.3)
KEPT = timedelta(days=7)
"""How long a demonstration keeps a letter: visitors type real addresses into it."""


class MailRefused(Exception):  # noqa: N818 - an answer of the server, not a mistake of ours
    """The server will never take this letter (a 5xx about its recipient or its content)."""


class MailDelayed(Exception):  # noqa: N818 - same
    """The server cannot be reached or asks to try later: the letter is to be sent again."""


class OutgoingMail(SQLModel, table=True):
    """A letter that a demonstration kept instead of sending it."""

    __tablename__ = "outgoing_mail"

    id: int | None = Field(default=None, primary_key=True)
    message_id: str = Field(unique=True)
    sent_at: datetime = Field(sa_type=Instant, index=True)
    recipient: str
    subject: str
    source: bytes

    @property
    def message(self) -> EmailMessage:
        """The letter as its reader's program sees it."""
        return message_from_bytes(self.source, policy=policy.default)


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A calendar entry to send along: what `core.calendar` wrote, and its method."""

    method: Method
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One letter to one person.

    `template` names `<room>/<name>`: the room's `templates/<name>.<language>.txt`, whose block
    `subject` is the subject, and `.html` beside it. `key` is stable over retries, so that a letter
    sent twice is recognised: the Message-ID is made of it.
    """

    template: str
    key: str
    to: Mailbox
    language: Language
    values: Mapping[str, Any]
    invitation: Invitation | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Mailer:
    """Composes letters and sends them by SMTP, or keeps them when no SMTP server is set."""

    def __init__(
        self, settings: Settings, database: Database, clock: Clock, *, packages: Iterable[str] = ()
    ) -> None:
        """Say who writes letters; nothing is opened.

        Args:
            settings: Where the SMTP server is and whose name letters carry.
            database: Where a demonstration keeps its letters.
            clock: Dates the letters.
            packages: The packages (`etape.tour`…) whose `templates` folders hold letters, beside
                the layouts of `etape.core`; a template is named after its package's last word.
        """
        self._settings = settings
        self._database = database
        self._clock = clock
        self._templates = Environment(
            loader=PrefixLoader(
                {
                    package.rpartition(".")[2]: PackageLoader(package)
                    for package in ("etape.core", *packages)
                }
            ),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    async def send(self, letter: Letter) -> None:
        """Hand the letter to the SMTP server, or keep it.

        Raises:
            MailRefused: The server will never take it.
            MailDelayed: It may take it later.
            RuntimeError: A transaction is open: it would last as long as the network does.
        """
        if in_transaction():
            raise RuntimeError("a letter is never sent inside a transaction")
        message = self.compose(letter)
        if self._settings.smtp_host is None:
            await self._keep(message)
        else:
            await self._hand_over(message, self._settings.smtp_host)

    def compose(self, letter: Letter) -> EmailMessage:
        """Return the letter as a message: text, HTML and, if any, the calendar entry."""
        name, address = parseaddr(self._settings.mail_from)
        host = address.rpartition("@")[2]
        values = {**letter.values, "language": letter.language, "sender": name or host}
        subject = self._subject(letter, values)

        message = EmailMessage(policy.SMTP)
        message["From"] = Address(one_line(name), addr_spec=address)
        # `addr_spec=` refuses the accents that RFC 6531 allows before the @.
        user, _, domain = letter.to.address.rpartition("@")
        message["To"] = Address(one_line(letter.to.name), user, domain)
        message["Subject"] = subject
        message["Date"] = format_datetime(self._clock.now())
        message["Message-ID"] = f"<{letter.key}@{host}>"
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        for header, value in letter.headers.items():
            message[header] = value

        stem = f"{letter.template}.{letter.language}"
        text = self._templates.get_template(f"{stem}.txt").render(values)
        html = self._templates.get_template(f"{stem}.html").render(values, subject=subject)
        message.set_content(text, cte="quoted-printable")
        message.add_alternative(html, subtype="html", cte="quoted-printable")
        if letter.invitation is not None:
            _attach(message, letter.invitation)
        message["Content-Language"] = letter.language  # last: a new content drops Content-…
        return message

    def _subject(self, letter: Letter, values: Mapping[str, Any]) -> str:
        template = self._templates.get_template(f"{letter.template}.{letter.language}.txt")
        block = template.blocks["subject"]
        return one_line("".join(block(template.new_context(dict(values)))))

    async def _hand_over(self, message: EmailMessage, host: str) -> None:
        settings = self._settings
        password = settings.smtp_password
        try:
            await aiosmtplib.send(
                message,
                hostname=host,
                port=settings.smtp_port,
                username=settings.smtp_username,
                password=password.get_secret_value() if password else None,
                use_tls=settings.smtp_port == SMTPS_PORT,
                start_tls=settings.smtp_starttls,
                timeout=SMTP_TIMEOUT_SECONDS,
            )
        # The server's words often quote the address, which no log may hold: only codes are kept.
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise _verdict([refused.code for refused in error.recipients]) from None
        except aiosmtplib.SMTPDataError as error:
            raise _verdict([error.code]) from None
        except aiosmtplib.SMTPResponseException as error:
            raise MailDelayed(f"{type(error).__name__} {error.code}") from None
        except aiosmtplib.SMTPNotSupported as error:
            raise MailRefused(type(error).__name__) from None
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailDelayed(type(error).__name__) from None

    async def _keep(self, message: EmailMessage) -> None:
        now = self._clock.now()
        row = {
            "message_id": message["Message-ID"],
            "sent_at": now,
            "recipient": message["To"].addresses[0].addr_spec,
            "subject": str(message["Subject"]),
            "source": message.as_bytes(policy=policy.SMTPUTF8),
        }
        async with self._database.unit_of_work() as session:
            await session.exec(insert(OutgoingMail).values(row).on_conflict_do_nothing())
            await session.exec(delete(OutgoingMail).where(col(OutgoingMail.sent_at) < now - KEPT))


async def list_kept_mail(
    session: AsyncSession, *, limit: int = 50, after: Sequence[Any] | None = None
) -> Slice[OutgoingMail]:
    """Return letters that the demonstration kept, the newest first."""
    order = [col(OutgoingMail.id)]
    return await slice_of(
        session, select(OutgoingMail), order=order, limit=limit, after=after, descending=True
    )


async def get_kept_mail(session: AsyncSession, mail_id: int) -> OutgoingMail | None:
    """Return one kept letter; its parts are read from `.message`."""
    return await session.get(OutgoingMail, mail_id)


async def erase_kept_mail(session: AsyncSession, addresses: Collection[str]) -> None:
    """Delete what the demonstration kept of letters to these addresses, in whatever case."""
    recipient = func.lower(OutgoingMail.recipient)
    wanted = [address.lower() for address in addresses]
    await session.exec(delete(OutgoingMail).where(recipient.in_(wanted)))


def _attach(message: EmailMessage, invitation: Invitation) -> None:
    """Add the entry twice: as an alternative, which programs act on, and as a file to keep."""
    message.add_alternative(
        invitation.content.decode(),
        subtype="calendar",
        params={"method": invitation.method.value},
        cte="base64",
    )
    message.add_attachment(
        invitation.content, maintype="application", subtype="ics", filename="etape.ics"
    )


def _verdict(codes: list[int]) -> MailRefused | MailDelayed:
    """Judge a refusal by its codes: a letter has one recipient, 5xx is for ever (RFC 5321, 4.2)."""
    permanent = 500
    kind = MailRefused if all(code >= permanent for code in codes) else MailDelayed
    return kind(f"SMTP {' '.join(map(str, codes))}")
