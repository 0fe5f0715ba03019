"""A retry is safe: whatever happened to the first answer, the key gives it again."""

import asyncio
from collections import Counter

import httpx
import pytest
from sqlalchemy import text

from support.desk import Desk, a_session, person

KEY = {"Idempotency-Key": "0f9c1e7a-first"}
REPLAYED = "Idempotency-Replayed"


@pytest.fixture
async def plenary(desk: Desk) -> Desk:
    await desk.publish(a_session("plenary", on_site={"capacity": 1}))
    return desk


async def registered(desk: Desk) -> int:
    [row] = await desk.ask("SELECT count(*) AS n FROM registration")
    count: int = row.n
    return count


def personal(answer: httpx.Response) -> tuple[object, ...]:
    """What a replay gives again."""
    names = ("content-type", "cache-control", "content-language", "vary")
    return answer.status_code, answer.content, [answer.headers.get(name) for name in names]


async def test_the_same_request_gets_the_same_answer_and_is_carried_out_once(
    plenary: Desk,
) -> None:
    first = await plenary.post(person("Ada", "plenary"), headers=KEY)
    await plenary.register("Bea", "plenary")

    again = await plenary.post(person("Ada", "plenary"), headers=KEY)

    assert first.status_code == 201
    assert REPLAYED not in first.headers
    assert again.headers[REPLAYED] == "true"
    assert personal(again) == personal(first)
    assert await registered(plenary) == 2
    assert await plenary.mails() == [("confirmation", "Ada"), ("confirmation", "Bea")]


@pytest.mark.parametrize("other", ['"0f9c1e7a-first"', "  0f9c1e7a-first "])
async def test_a_key_is_the_same_quoted_or_bare(plenary: Desk, other: str) -> None:
    await plenary.post(person("Ada", "plenary"), headers=KEY)

    again = await plenary.post(person("Ada", "plenary"), headers={"Idempotency-Key": other})

    assert (again.status_code, again.headers.get(REPLAYED)) == (201, "true")


@pytest.mark.parametrize("key", ["", '""', "é", "k" * 201, "a\tb"])
async def test_what_cannot_be_a_key_is_refused(plenary: Desk, key: str) -> None:
    headers = [(b"Idempotency-Key", key.encode())]

    answer = await plenary.post(person("Ada", "plenary"), headers=headers)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["Idempotency-Key"]
    assert await registered(plenary) == 0


async def test_without_a_key_nothing_is_replayed(plenary: Desk) -> None:
    await plenary.post(person("Ada", "plenary"))

    again = await plenary.post(person("Ada", "plenary"))

    assert REPLAYED not in again.headers
    [row] = await plenary.ask("SELECT count(*) AS n FROM idempotency_key")
    assert row.n == 0


async def test_a_key_never_serves_another_request(plenary: Desk) -> None:
    await plenary.post(person("Ada", "plenary"), headers=KEY)

    others = [
        await plenary.post(person("Bea", "plenary"), headers=KEY),
        await plenary.post(person("Ada", "plenary"), headers=KEY, simulate=True),
        await plenary.http.delete(await plenary.path("Ada"), headers=KEY),
    ]

    for other in others:
        assert other.status_code == 422
        assert other.json()["type"] == "/problems/key-reused"
        assert "Ada" not in other.text
    assert await registered(plenary) == 1
    assert await plenary.seats("Ada") == {"plenary:on_site": "confirmed"}


async def test_a_retry_while_the_first_request_is_served_is_told_to_wait(plenary: Desk) -> None:
    async with plenary.database.engine.begin() as connection:
        await connection.execute(text("SELECT FROM stop FOR NO KEY UPDATE"))
        first = asyncio.create_task(plenary.post(person("Ada", "plenary"), headers=KEY))
        await plenary.until("SELECT 1 FROM pg_locks WHERE NOT granted")

        early = await plenary.post(person("Ada", "plenary"), headers=KEY)

    answer = await first
    late = await plenary.post(person("Ada", "plenary"), headers=KEY)
    assert early.status_code == 409
    assert early.json()["type"] == "/problems/key-in-flight"
    assert int(early.headers["Retry-After"]) >= 1
    assert answer.status_code == 201
    assert late.headers[REPLAYED] == "true"
    assert await registered(plenary) == 1


async def test_a_hundred_requests_with_one_key_register_once(plenary: Desk) -> None:
    answers = await asyncio.gather(
        *(plenary.post(person("Ada", "plenary"), headers=KEY) for _ in range(100))
    )

    outcomes = Counter((a.status_code, a.headers.get(REPLAYED)) for a in answers)
    assert outcomes[201, None] == 1
    assert set(outcomes) <= {(201, None), (201, "true"), (409, None)}
    assert await registered(plenary) == 1
    assert await plenary.mails() == [("confirmation", "Ada")]
    assert await plenary.flaws() == {}


async def test_a_refusal_is_replayed_too_though_it_would_now_be_accepted(plenary: Desk) -> None:
    await plenary.register("Ada", "plenary")
    wanted = person("Bea", "plenary", if_full="refuse")
    refused = await plenary.post(wanted, headers={**KEY, "Accept-Language": "en"})
    await plenary.cancel("Ada")

    again = await plenary.post(wanted, headers=KEY)

    assert refused.status_code == 409
    assert again.headers[REPLAYED] == "true"
    assert personal(again) == personal(refused)
    assert again.headers["content-type"] == "application/problem+json"
    assert await registered(plenary) == 1
    assert (await plenary.post(wanted)).status_code == 201, "a new request is judged anew"


async def test_a_failure_of_ours_is_not_kept_so_that_the_retry_succeeds(plenary: Desk) -> None:
    async with plenary.database.engine.begin() as connection:
        await connection.execute(text("SELECT FROM stop FOR NO KEY UPDATE"))

        failed = await plenary.post(person("Ada", "plenary"), headers=KEY)

        assert await registered(plenary) == 0
    again = await plenary.post(person("Ada", "plenary"), headers=KEY)
    assert failed.status_code == 503
    assert int(failed.headers["Retry-After"]) >= 1
    assert failed.headers["content-type"] == "application/problem+json"
    assert again.status_code == 201
    assert REPLAYED not in again.headers


async def test_changes_and_cancellations_are_replayed_too(plenary: Desk) -> None:
    await plenary.register("Ada", "plenary")
    path = await plenary.path("Ada")

    answers = [await plenary.http.delete(path, headers=KEY) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [204, 204]
    assert [answer.headers.get(REPLAYED) for answer in answers] == [None, "true"]
    assert answers[1].content == b""
    mails = await plenary.mails()
    assert mails == [("confirmation", "Ada"), ("cancellation", "Ada")]


async def test_the_kept_answer_holds_no_secret_and_nothing_of_the_person(plenary: Desk) -> None:
    """Nor can the key or the request be read back from what is kept."""
    key = {"Idempotency-Key": "canary-of-the-key"}
    others = {"name": "Canarina", "organisation": "Canary Hospital"}
    bodies = [
        {**person("Canarina", "plenary"), **others},
        {**person("Canarina", "plenary"), **others, "email": "canarina@@hopital.example"},
        {**person("Canarina", "nowhere"), **others},
    ]
    for number, body in enumerate(bodies):
        headers = {"Idempotency-Key": f"canary-of-the-key-{number}"}
        await plenary.post(body, headers=headers)
    path = await plenary.path("Canarina")
    change = {"seats": person("Canarina", "plenary")["seats"], "name": "Canarina"}
    changed = await plenary.http.patch(path, json=change, headers=key)
    assert changed.status_code == 200, changed.text

    rows = await plenary.ask("SELECT * FROM idempotency_key")

    kept = "".join(repr(tuple(row)) for row in rows).lower()
    assert len(rows) == 4
    assert path.rpartition("/")[2] not in kept
    for canary in ("canar", "canary hospital", "hopital.example"):
        assert canary not in kept
