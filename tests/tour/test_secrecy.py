"""Only the mailed link opens a registration, and nobody learns who comes."""

import asyncio
import base64
import contextlib
import io
import logging
import re
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from uuid import uuid4

import httpx
import pytest
import structlog

from etape.app import JOBS, LETTERS
from etape.core import logs
from etape.core.jobs import JobContext
from etape.core.mail import Mailer
from etape.core.worker import Worker
from support.app import SECRET, Client, running, settings_for
from support.desk import Desk, a_session, address_of, at_hour, person, wishes
from support.jobs import QUICK
from support.smtp import MailServer

SESSIONS = (
    a_session("plenary", on_site={"capacity": 3}, online={}),
    a_session("workshop", **at_hour(11), on_site={"capacity": 1}),
)


@pytest.fixture
async def stop(desk: Desk) -> Desk:
    await desk.publish(*SESSIONS)
    return desk


async def test_a_link_holds_256_bits_that_no_two_people_share(stop: Desk) -> None:
    await stop.register("Ada", "plenary")
    await stop.register("Bea", "plenary")

    ada, bea = await stop.token("Ada"), await stop.token("Bea")

    assert ada != bea
    assert len(base64.urlsafe_b64decode(f"{ada}=")) == 32


async def test_what_names_a_registration_never_opens_it(stop: Desk) -> None:
    await stop.register("Ada", "plenary")
    [row] = await stop.ask("SELECT id, link_digest, link_salt FROM registration")
    token = await stop.token("Ada")

    def encoded(value: bytes) -> str:
        return base64.urlsafe_b64encode(value).rstrip(b"=").decode()

    guesses = [
        str(row.id),
        row.id.hex,
        row.link_digest.hex(),
        encoded(row.link_digest),
        encoded(row.link_salt),
        encoded(row.id.bytes),
        token[:-1],
        token.swapcase(),
        f"{token}A",
        "A" * 43,
        address_of("Ada"),
        str(uuid4()),
    ]
    for guess in guesses:
        path = f"/api/v1/registrations/{guess}"
        answers = [
            await stop.http.get(path),
            await stop.http.get(f"{path}/calendar.ics"),
            await stop.http.delete(path),
            await stop.http.patch(path, json={"seats": wishes("plenary")}),
        ]
        for answer in answers:
            assert answer.status_code == 404, guess
            assert answer.json()["type"] == "/problems/link-unknown"
            assert "dernier courriel" in answer.json()["detail"]
    assert await stop.seats("Ada") == {"plenary:on_site": "confirmed"}


async def test_a_link_opens_one_registration_and_its_answers_are_stored_by_nobody(
    stop: Desk,
) -> None:
    await stop.register("Ada", "plenary")
    await stop.register("Bea", "plenary")
    path = await stop.path("Ada")

    answers = [
        await stop.http.get(path),
        await stop.http.get(f"{path}/calendar.ics"),
        await stop.change("Ada", "plenary"),
        await stop.post(person("Cleo", "plenary")),
        await stop.cancel("Ada"),
        await stop.http.get(f"{path}x"),
    ]

    for answer in answers:
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers
        assert "bea" not in answer.text.lower()
        assert "same-origin" in answer.headers["referrer-policy"]
    assert await stop.seats("Bea") == {"plenary:on_site": "confirmed"}


async def test_no_answer_but_the_letter_holds_the_link_or_an_identifier(stop: Desk) -> None:
    created = await stop.post(person("Ada", "plenary"))
    [row] = await stop.ask("SELECT id FROM registration")
    token = await stop.token("Ada")

    shown = await stop.http.get(await stop.path("Ada"))

    for answer in (created, shown):
        said = answer.text + repr(answer.headers)
        assert token not in said
        assert str(row.id) not in said


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that the process logs, as `etape serve` logs it."""
    written, root = io.StringIO(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    with contextlib.redirect_stderr(written):
        logs.log_as_json(level=logging.DEBUG)
        yield written
    structlog.reset_defaults()
    root.handlers[:], root.level = handlers, level


async def test_the_secret_and_the_person_are_in_no_log_journal_or_job(
    logged: io.StringIO, database_url: str, now: datetime
) -> None:
    async with running(database_url, at=now) as client:
        desk = Desk.of(client)
        await desk.publish(*SESSIONS)
        key = {"Idempotency-Key": "a-key"}
        body = person("Canarina", "plenary", organisation="Canary Hospital")
        for _ in range(2):
            await desk.post(body, headers=key)
            await desk.post(body)
        token, path = await desk.token("Canarina"), await desk.path("Canarina")
        await desk.post({**body, "email": "canarina@@hopital.example"})
        await desk.http.get(path)
        await desk.change("Canarina", "plenary:online")
        await desk.change("Canarina", "nowhere")
        await desk.cancel("Canarina")
        await desk.cancel("Canarina")

        for table, rows in (await dump(desk)).items():
            assert token not in rows, table
            if table not in {"registration", "outgoing_mail"}:
                assert "canar" not in rows.lower(), table
    assert "served" in logged.getvalue()
    for secret in (token, "canar", SECRET, "a-key"):
        assert secret.lower() not in logged.getvalue().lower()


async def dump(desk: Desk) -> dict[str, str]:
    """Every row of every table, as text; what is binary, as text too where it is one."""
    tables = await desk.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    found = {}
    for (table,) in tables:
        rows = await desk.ask(f"SELECT * FROM {table}")
        found[table] = repr([tuple(row) for row in rows])
    return found


KNOWN = ["ada@hopital.example", "ADA@Hopital.Example", "Ada@HOPITAL.EXAMPLE"]


@pytest.mark.parametrize("address", KNOWN)
async def test_an_address_that_is_known_gets_a_newcomers_answer_and_takes_nothing(
    stop: Desk, address: str
) -> None:
    await stop.register("Ada", "plenary")
    await stop.register("Bea", "workshop")
    wanted = {"seats": wishes("plenary", "workshop")}
    counters = [await stop.counters(session) for session in ("plenary", "workshop")]

    known = await stop.post({**person("Impostor", "plenary"), **wanted, "email": address})

    assert [await stop.counters(session) for session in ("plenary", "workshop")] == counters
    assert await stop.seats("Ada") == {"plenary:on_site": "confirmed"}
    newcomer = await stop.post({**person("Newcomer", "plenary"), **wanted})
    assert looks(known) == looks(newcomer)
    assert known.json() == newcomer.json()
    assert (await stop.mails())[2:] == [("link", "Ada"), ("confirmation", "Newcomer")]
    rows = await stop.ask("SELECT name FROM registration ORDER BY created_at, name")
    assert {row.name for row in rows} == {"Ada", "Bea", "Newcomer"}
    assert await stop.flaws() == {}


def looks(answer: httpx.Response) -> tuple[int, dict[str, str]]:
    """What shows without reading the body; only the request's own name may differ."""
    # What is left of one's quota falls at each request, whoever it is about.
    counted = {"x-request-id", "ratelimit"}
    headers = {name: value for name, value in answer.headers.items() if name not in counted}
    headers["ratelimit"] = re.sub(r"\d+", "n", answer.headers["ratelimit"])
    return answer.status_code, headers


@pytest.mark.parametrize(
    "changes",
    [
        {"if_full": "refuse", "seats": wishes("workshop")},
        {"seats": wishes("nowhere")},
        {"seats": wishes("workshop"), "online_meanwhile": False},
    ],
)
async def test_a_known_address_is_refused_what_a_newcomer_is(
    stop: Desk, changes: dict[str, object]
) -> None:
    """Even to its owner: somebody who has the last seat is told that none is left."""
    await stop.register("Ada", "workshop")

    known = await stop.post({**person("Ada"), **changes})
    newcomer = await stop.post({**person("Bea"), **changes})

    def told(answer: httpx.Response) -> dict[str, object]:
        return {**answer.json(), "request_id": ""}

    assert looks(known) == looks(newcomer)
    assert told(known) == told(newcomer)


async def test_a_refusal_sends_the_known_no_mail(stop: Desk) -> None:
    await stop.register("Ada", "workshop")

    await stop.post(person("Ada", "workshop", if_full="refuse"))

    assert await stop.mails() == [("confirmation", "Ada")]


async def test_an_address_is_its_own_at_each_stop(stop: Desk) -> None:
    await stop.register("Ada", "plenary")
    elsewhere = Desk(stop.http, stop.database, stop="ailleurs", secret=SECRET)
    await elsewhere.publish(*SESSIONS, rank=2)

    await elsewhere.register("Ada", "plenary")

    assert await elsewhere.counters("plenary") == (1, 0)


async def test_of_many_registrations_at_once_with_one_address_one_is_kept(stop: Desk) -> None:
    answers = await asyncio.gather(*(stop.post(person("Ada", "plenary")) for _ in range(30)))

    assert {answer.status_code for answer in answers} == {201}
    assert await stop.counters("plenary") == (1, 0)
    assert len(await stop.mails()) == 30
    assert await stop.flaws() == {}


@pytest.fixture
async def mail() -> AsyncIterator[MailServer]:
    async with MailServer() as server:
        yield server


async def test_whoever_registers_again_is_mailed_the_link_that_they_have(
    stop: Desk, mail: MailServer
) -> None:
    client = stop.http
    assert isinstance(client, Client)
    await stop.register("Ada", "plenary")
    await stop.post({**person("Impostor", "workshop"), "email": address_of("Ada").upper()})
    settings = settings_for(stop.database.url, smtp_host="127.0.0.1", smtp_port=mail.port)
    mailer = Mailer(settings, stop.database, client.clock, packages=LETTERS)
    context = JobContext(
        settings=settings,
        database=stop.database,
        clock=client.clock,
        mailer=mailer,
        storage=client.app.state.storage,
    )
    worker = Worker(context=context, jobs=JOBS, pace=QUICK)
    working = asyncio.create_task(worker.run())
    await stop.until(
        "SELECT 1 FROM procrastinate_jobs WHERE task_name LIKE 'registration.send_%' "
        "AND status = 'succeeded' HAVING count(*) = 2"
    )
    worker.stop()
    await working

    letters = [letter.get_body(("plain",)) for letter in mail.messages()]

    assert mail.recipients == [address_of("Ada")] * 2
    token = await stop.token("Ada")
    for letter in letters:
        assert letter is not None
        assert token in letter.get_content()
        assert "Impostor" not in letter.get_content()
