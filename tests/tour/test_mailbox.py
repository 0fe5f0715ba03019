"""What reaches the mailbox: a seat declined asks a question, a letter returned leaves a mark."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any
from uuid import uuid4

import pytest
from httpx import Response

from etape.core import attempts
from etape.identity.members.schemas import Role
from support.app import Client, running
from support.mailbox import KEY, SECRET, answer_of, signed
from support.post_office import PostOffice, said
from support.smtp import MailServer
from support.team import sign_in

PLENARY = ("plenary", "on_site")
ADA = "ada@hopital.example"


@pytest.fixture
async def client(database_url: str, now: datetime) -> AsyncIterator[Client]:
    async with running(database_url, at=now, mail_inbound_secret=SECRET) as client:
        yield client


@pytest.fixture
async def office(client: Client) -> AsyncIterator[PostOffice]:
    """A stop of one chair: Ada has it, Basile waits for it."""
    async with MailServer() as server:
        office = PostOffice(client.database, server, client.clock)
        await office.publish()
        await office.register("Ada Lenoir", PLENARY)
        await office.register("Basile", PLENARY)
        yield office


async def hand_over(
    client: Client, source: bytes, *, key: bytes = KEY, at: datetime | None = None, **headers: str
) -> Response:
    """Send a message as the mail server does."""
    sent = signed(source, at=at or client.clock.now(), key=key)
    return await client.post("/api/v1/mail/inbound", content=source, headers={**sent, **headers})


async def meaning(client: Client, source: bytes) -> str:
    answer = await hand_over(client, source)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["meaning"])


def report_of(letter: EmailMessage, action: str, status: str, *, whole: bool = True) -> bytes:
    """What a mail server writes when it could not deliver a letter (RFC 3464)."""
    quoted = "message/rfc822" if whole else "text/rfc822-headers"
    return f"""\
From: MAILER-DAEMON@hopital.example
To: ne-pas-repondre@etape.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain

I am sorry to have to inform you that your message could not be delivered.
--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.hopital.example

Final-Recipient: rfc822; {ADA}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <{ADA}>: no such mailbox

--part
Content-Type: {quoted}

Message-ID: {letter["Message-ID"]}
Subject: whatever it was

--part--
""".encode()


async def confirmed(office: PostOffice) -> list[str]:
    rows = await office.ask(
        "SELECT r.name FROM seat s JOIN registration r ON r.id = s.registration_id "
        "WHERE s.status = 'confirmed' AND NOT s.is_meanwhile ORDER BY r.name"
    )
    return [row.name for row in rows]


async def test_declining_the_entry_asks_and_frees_nothing_before_one_confirms(
    client: Client, office: PostOffice
) -> None:
    [letter] = await office.letters_to("Ada Lenoir")

    assert await meaning(client, answer_of(letter, "DECLINED", sender=ADA)) == "declined"

    _, question = await office.letters_to("Ada Lenoir")
    assert question["Subject"] == "Vous libérez votre place à l’étape de Saint-Denis ?"
    token = await office.token("Ada Lenoir")
    assert f"http://localhost:8000/inscription/{token}#liberer\n" in said(question)
    assert "Rien n’est changé : vos places sont gardées." in said(question)
    assert await confirmed(office) == ["Ada Lenoir"]
    answer = await client.delete(f"/api/v1/registrations/{token}")
    assert answer.status_code == 204
    assert await confirmed(office) == ["Basile"]
    assert await meaning(client, answer_of(letter, "DECLINED", sender=ADA)) == "nothing", (
        "it is cancelled"
    )


async def test_any_other_message_is_let_be(client: Client, office: PostOffice) -> None:
    [letter] = await office.letters_to("Ada Lenoir")
    nested = b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 2000
    for source in (
        answer_of(letter, "ACCEPTED", sender=ADA),
        answer_of(letter, "DECLINED", sender="mallory@hopital.example"),
        answer_of(letter, "DECLINED", sender=ADA, uid=f"registration-{uuid4()}@localhost"),
        answer_of(letter, "DECLINED", sender=ADA, uid="somebody-elses@calendar.example"),
        bytes(letter),
        report_of(letter, "delivered", "2.0.0"),
        report_of(letter, "failed", "5.1.1").replace(b"registration-", b"newsletter-"),
        b"From: x\nContent-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\nnonsense",
        b"Subject: =?utf-8?b?\xff?=\nContent-Type: text/calendar; charset=nothing\n\n\x00\xff",
        nested,
        b"",
    ):
        assert await meaning(client, source) == "nothing", source[:80]

    assert len(await office.letters_to("Ada Lenoir")) == 1
    assert await office.ask("SELECT id FROM registration WHERE bounce IS NOT NULL") == []


@pytest.mark.parametrize(
    ("headers", "key", "late"),
    [
        ({"webhook-signature": ""}, KEY, timedelta()),
        ({"webhook-timestamp": "soon"}, KEY, timedelta()),
        ({"webhook-id": "msg_2"}, KEY, timedelta()),
        ({}, b"another key, as long as the good one is", timedelta()),
        ({}, KEY, timedelta(minutes=6)),
    ],
)
async def test_what_the_mailbox_did_not_sign_is_refused_and_journalled(
    client: Client, office: PostOffice, headers: dict[str, Any], key: bytes, late: timedelta
) -> None:
    [letter] = await office.letters_to("Ada Lenoir")
    at = client.clock.now() - late

    answer = await hand_over(
        client, answer_of(letter, "DECLINED", sender=ADA), key=key, at=at, **headers
    )

    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/mail-not-signed")
    assert len(await office.letters_to("Ada Lenoir")) == 1
    [tried] = await office.ask("SELECT changes FROM journal WHERE noun = :n", n=attempts.NOUN)
    assert tried.changes["operation"][1] == "POST /mail/inbound"


async def test_the_hook_takes_a_message_of_a_mebibyte_and_nothing_else(
    client: Client,
) -> None:
    assert await meaning(client, b"Subject: long\n\n" + b"a" * (2**20 - 20)) == "nothing"
    assert (await hand_over(client, b"a" * (2**20 + 1))).status_code == 413
    answer = await hand_over(client, b"{}", **{"Content-Type": "application/json"})
    assert answer.status_code == 415


@pytest.mark.parametrize("whole", [True, False])
async def test_a_letter_returned_for_good_is_shown_and_ends_reminders_until_one_is_back(
    client: Client, office: PostOffice, *, whole: bool
) -> None:
    [letter] = await office.letters_to("Ada Lenoir")

    async def bounces() -> list[str | None]:
        name = f"Odile {client.clock.now():%B}"
        async with await sign_in(client, Role.COORDINATOR, name=name) as browser:
            page = await browser.read("/manage/stops/essai/registrations")
        return [each["bounce"] for each in page["items"]]

    assert await meaning(client, report_of(letter, "failed", "5.1.1", whole=whole)) == "bounced"
    assert await meaning(client, report_of(letter, "delayed", "4.2.2", whole=whole)) == "bounced"
    assert await bounces() == ["hard", None]
    journal = await office.ask("SELECT j::text AS told FROM journal j WHERE act = 'bounced'")
    assert len(journal) == 2
    assert ADA not in str(journal)
    await office.remind("2027-01-05T10:01+01:00")
    assert len(await office.letters_to("Ada Lenoir")) == 1

    await office.register("Ada Lenoir", PLENARY)
    await office.letters_to("Ada Lenoir")

    assert await bounces() == [None, None]
    await office.remind("2027-01-11T10:01+01:00")
    *_, reminder = await office.letters_to("Ada Lenoir")
    assert str(reminder["Subject"]).startswith("Rappel")


async def test_a_letter_that_is_only_late_ends_nothing(client: Client, office: PostOffice) -> None:
    [letter] = await office.letters_to("Ada Lenoir")
    assert await meaning(client, report_of(letter, "failed", "4.4.7")) == "bounced"
    rows = await office.ask("SELECT bounce FROM registration WHERE email = :e", e=ADA)
    assert [row.bounce for row in rows] == ["soft"]

    await office.change("Ada Lenoir", PLENARY, ("workshop", "on_site"))

    rows = await office.ask("SELECT bounce, bounced_at FROM registration WHERE email = :e", e=ADA)
    assert [tuple(row) for row in rows] == [(None, None)]


async def test_an_address_that_our_own_server_refuses_is_marked_too(office: PostOffice) -> None:
    office.server.answers[ADA] = "550 5.1.1 no such mailbox"
    worker = office.worker()
    running_worker = asyncio.create_task(worker.run())
    await office.until("NOT EXISTS", "status IN ('todo', 'doing')")
    worker.stop()
    await running_worker

    rows = await office.ask("SELECT name, bounce FROM registration ORDER BY name")
    assert [tuple(row) for row in rows] == [("Ada Lenoir", "hard"), ("Basile", None)]
