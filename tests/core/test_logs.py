"""What the log says, and what it never says: addresses, secrets, paths, lines of somebody else."""

import json
import logging
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import StringIO
from typing import Any
from urllib.parse import quote

import pytest
import structlog
from sqlalchemy import text

from etape.core import logs
from support.app import Client
from support.desk import Desk, address_of, person

FORGED = 'x"}\r\n{"event": "forged", "level": "critical"}\n\u2028forged'


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What a process writes on its standard error."""
    settings, level = structlog.get_config(), logging.root.level
    handlers, written = logging.root.handlers[:], StringIO()
    with redirect_stderr(written):
        logs.log_as_json()
    logging.getLogger("httpx").setLevel(logging.WARNING)  # the client of the test
    yield written
    structlog.configure(**settings)
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


def lines(log: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


async def test_a_line_names_the_route_and_never_the_path(client: Client, log: StringIO) -> None:
    desk = Desk.of(client, stop="azimut-lille")
    await desk.register("Ada", "ouverture")
    token = await desk.token("Ada")
    assert (await client.get(f"/api/v1/registrations/{token}")).status_code == 200
    assert (await client.get("/api/v1/calls", params={"q": "asthme"})).status_code == 200
    assert (await client.get(f"/inscription/{token}")).status_code == 404

    said = log.getvalue()
    for secret in (token, address_of("Ada"), "Ada", "asthme"):
        assert secret not in said
    served = [json.loads(line) for line in said.splitlines() if '"served"' in line]
    assert [line["status"] for line in served] == [201, 200, 200, 404]
    assert str(served[1]["route"]).endswith("/registrations/{token}")
    assert all(line["timestamp"].endswith("Z") and line["request_id"] for line in served)


async def test_an_error_on_our_side_is_told_with_its_place_and_without_what_was_typed(
    client: Client, log: StringIO
) -> None:
    desk = Desk.of(client, stop="azimut-lille")
    await desk.register("Ada", "ouverture")
    token = await desk.token("Ada")
    async with client.database.unit_of_work() as session:
        statement = "ALTER TABLE registration RENAME organisation TO mislaid"
        await (await session.connection()).execute(text(statement))
    failed = await client.get(f"/api/v1/registrations/{token}")
    refused = await desk.post(person("Grace", "ouverture"))
    assert (failed.status_code, refused.status_code) == (500, 500)

    said = log.getvalue()
    for secret in (token, address_of("Ada"), address_of("Grace")):
        assert secret not in said
    told = [json.loads(line) for line in said.splitlines() if '"failed"' in line]
    assert [line["request_id"] for line in told] == [
        failed.headers["x-request-id"],
        refused.headers["x-request-id"],
    ]
    assert "mislaid" in str(told[0]["exception"]) or "organisation" in str(told[0]["exception"])
    assert "service.py" in str(told[0]["exception"])


async def test_no_request_writes_a_line_of_its_own(client: Client, log: StringIO) -> None:
    await client.get("/api/v1/calls", params={"q": FORGED})
    await client.get("/api/v1/calls", headers={"X-Request-ID": FORGED.encode()})
    await client.get(f"/api/v1/calls/{quote(FORGED)}")
    await Desk.of(client, stop="azimut-lille").post(person(FORGED, "ouverture"))
    told = lines(log)
    assert [line["event"] for line in told] == ["served"] * 4
    assert "forged" not in json.dumps(told)


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("no mailbox ada.lenoir+étape@hôpital.example here", "ada.lenoir"),
        ("(ada@example.org) (name=<grace@example.org>)", "@"),
        ("postgresql://etape:a-password@localhost/etape", "a-password"),
        ("GET /inscription/" + "a_-9" * 10 + "xyz HTTP/1.1", "a_-9"),
    ],
)
def test_what_an_error_quotes_is_hidden(log: StringIO, said: str, hidden: str) -> None:
    structlog.get_logger().warning("refused", why=said)
    logging.getLogger("a.library").warning("%s\r\nforged", said)
    structlog.get_logger().error("failed", exc_info=ValueError(said))
    told = lines(log)
    assert len(told) == 3
    assert hidden not in json.dumps(told, ensure_ascii=False)
    assert "ValueError" in str(told[2]["exception"])
