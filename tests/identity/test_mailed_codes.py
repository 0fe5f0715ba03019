"""Signing in by mail (T17): ten minutes, once, by POST, in the browser that asked."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from httpx import Response

from etape.core.access import ASK_COOKIE, SESSION_COOKIE
from etape.identity.codes.rules import ATTEMPTS_AT_MOST, LIVES
from support.app import Client
from support.visitor import Visitor, a_member, acts, ask

PROOF = "/sign-in/proof"
NOBODY = "personne@etape.example"


def told(answer: Response) -> tuple[int, dict[str, Any]]:
    """What an answer tells, but for its own name."""
    return answer.status_code, {**answer.json(), "request_id": ""}


@pytest.fixture
async def email(client: Client) -> str:
    """The address of a member who enrolled nothing yet."""
    _, email = await a_member(client)
    return email


@pytest.fixture
def visitor(client: Client) -> Visitor:
    return Visitor(client)


async def test_the_code_signs_in_the_browser_that_asked(visitor: Visitor, email: str) -> None:
    mailed = await visitor.ask(email)

    answer = await visitor.post(PROOF, json={"code": mailed.code})

    assert (answer.status_code, answer.content) == (204, b"")
    me = await visitor.read("/me")
    assert (me["level"], me["member"]["email"]) == ("mailed", email)
    assert me["roles"] == [{"role": "coordinator", "stop": None}]
    assert me["second_factors"] == {"passkeys": 0, "authenticator": False, "recovery_codes": 0}
    assert await acts(visitor.client) == [("member", "joined"), ("member", "address_proved")]


async def test_the_link_does_the_same(visitor: Visitor, email: str) -> None:
    mailed = await visitor.ask(email)

    await visitor.do(PROOF, {"token": mailed.token})

    assert await visitor.level() == "mailed"


@pytest.mark.parametrize("typed", [str.lower, lambda code: f" {code[:4]} - {code[4:]} "])
async def test_a_code_is_read_however_it_is_typed(visitor: Visitor, email: str, typed: Any) -> None:
    mailed = await visitor.ask(email)

    await visitor.do(PROOF, {"code": typed(mailed.code).replace("0", "o").replace("1", "l")})

    assert await visitor.level() == "mailed"


async def test_both_cookies_are_for_us_alone_and_no_script_reads_them(
    visitor: Visitor, email: str
) -> None:
    asked = await visitor.post("/sign-in", json={"email": email})
    mailed = await visitor.ask(email)
    signed = await visitor.post(PROOF, json={"code": mailed.code})

    [ask_cookie] = asked.headers.get_list("set-cookie")
    forgotten, session_cookie = signed.headers.get_list("set-cookie")
    assert ask_cookie.startswith(f"{ASK_COOKIE}=")
    assert session_cookie.startswith(f"{SESSION_COOKIE}=")
    assert forgotten.startswith(f'{ASK_COOKIE}="";')
    assert "Max-Age=0" in forgotten
    for cookie in (ask_cookie, session_cookie, forgotten):
        flags = {flag.strip().lower() for flag in cookie.split(";")}
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= flags
        assert not any(flag.startswith("domain") for flag in flags)


async def test_no_get_spends_anything(visitor: Visitor, email: str) -> None:
    """A mail scanner follows links, and reads pages."""
    mailed = await visitor.ask(email)
    for _ in range(ATTEMPTS_AT_MOST + 1):
        for method in ("GET", "HEAD", "OPTIONS"):
            answer = await visitor.request(method, PROOF, params={"token": mailed.token})
            assert answer.status_code == 405

    await visitor.do(PROOF, {"token": mailed.token})

    assert await visitor.level() == "mailed"


async def test_wrong_expired_spent_and_unknown_get_the_same_answer(
    client: Client, email: str
) -> None:
    spent, expired, wrong, unknown = (Visitor(client) for _ in range(4))
    mailed = await spent.ask(email)
    await spent.do(PROOF, {"code": mailed.code})
    spent.cookies.set(ASK_COOKIE, "x" * 43)  # its browser forgot the ask; a thief would not
    late = await expired.ask(email)
    client.clock.at += LIVES
    await wrong.ask(email)
    await unknown.ask(NOBODY)

    answers = [
        await spent.post(PROOF, json={"code": mailed.code}),
        await expired.post(PROOF, json={"code": late.code}),
        await expired.post(PROOF, json={"token": late.token}),
        await wrong.post(PROOF, json={"code": "0000-0000"}),
        await wrong.post(PROOF, json={"token": "x" * 43}),
        await unknown.post(PROOF, json={"code": "0000-0000"}),
    ]

    assert told(answers[0])[1]["type"] == "/problems/code-refused"
    assert {str(told(answer)) for answer in answers} == {str(told(answers[0]))}
    assert not any(answer.headers.get("set-cookie") for answer in answers)


async def test_a_code_serves_once(client: Client, email: str) -> None:
    visitor, thief = Visitor(client), Visitor(client)
    mailed = await visitor.ask(email)
    thief.cookies.set(ASK_COOKIE, visitor.ask_token or "")
    await visitor.do(PROOF, {"code": mailed.code})

    for body in ({"code": mailed.code}, {"token": mailed.token}):
        answer = await thief.post(PROOF, json=body)
        assert answer.json()["type"] == "/problems/code-refused"


async def test_it_lives_ten_minutes(client: Client, visitor: Visitor, email: str) -> None:
    mailed = await visitor.ask(email)
    client.clock.at += timedelta(minutes=10) - timedelta(seconds=1)
    await visitor.do(PROOF, {"code": mailed.code})

    late = await visitor.ask(email)
    client.clock.at += timedelta(minutes=10)
    assert (await visitor.post(PROOF, json={"code": late.code})).status_code == 403


async def test_after_five_wrong_codes_the_right_one_opens_nothing(
    client: Client, visitor: Visitor, email: str
) -> None:
    mailed = await visitor.ask(email)
    guesses = [f"0000-000{number}" for number in range(20)]

    answers = await asyncio.gather(*(visitor.post(PROOF, json={"code": g}) for g in guesses))
    last = await visitor.post(PROOF, json={"code": mailed.code})

    assert {answer.status_code for answer in [*answers, last]} == {403}
    [row] = await ask(client, "SELECT attempts FROM sign_in_ask")
    assert row.attempts == ATTEMPTS_AT_MOST
    assert await acts(client, "request") == [("anonymous", "refused")] * 21


async def test_four_wrong_codes_and_the_right_one_open(visitor: Visitor, email: str) -> None:
    mailed = await visitor.ask(email)
    for _ in range(ATTEMPTS_AT_MOST - 1):
        await visitor.post(PROOF, json={"code": "0000-0000"})

    await visitor.do(PROOF, {"code": mailed.code})


async def test_another_browser_is_told_to_type_the_code_where_one_asked(
    client: Client, visitor: Visitor, email: str
) -> None:
    """Whether the code is right or not: whoever reads the mail elsewhere learns nothing."""
    mailed = await visitor.ask(email)
    elsewhere = Visitor(client)

    answers = [
        await elsewhere.post(PROOF, json=body)
        for body in ({"token": mailed.token}, {"code": mailed.code}, {"token": "x" * 43})
    ]

    assert [answer.status_code for answer in answers] == [409] * 3
    assert {str(told(answer)) for answer in answers} == {str(told(answers[0]))}
    assert answers[0].json()["type"] == "/problems/asked-elsewhere"
    assert "tapez-y le code" in answers[0].json()["detail"]
    await visitor.do(PROOF, {"token": mailed.token})


async def test_a_browser_that_asked_for_itself_does_not_open_somebody_elses_code(
    client: Client, visitor: Visitor, email: str
) -> None:
    mailed = await visitor.ask(email)
    thief = Visitor(client)
    await thief.ask(NOBODY)

    for body in ({"token": mailed.token}, {"code": mailed.code}):
        assert (await thief.post(PROOF, json=body)).json()["type"] == "/problems/code-refused"


async def test_a_member_who_was_disabled_is_not_let_in(
    client: Client, visitor: Visitor, email: str
) -> None:
    mailed = await visitor.ask(email)
    await ask(client, "UPDATE member SET disabled_at = now()")

    assert (await visitor.post(PROOF, json={"code": mailed.code})).status_code == 403


async def test_neither_the_code_nor_the_link_is_stored_anywhere(
    client: Client, visitor: Visitor, email: str
) -> None:
    mailed = await visitor.ask(email)
    key = {"Idempotency-Key": "one"}
    await visitor.post(PROOF, json={"code": "0000-0000"}, headers=key)
    browser, session = visitor.ask_token, (await visitor.do(PROOF, {"code": mailed.code}), "")[1]
    session = visitor.token

    for (table,) in await ask(
        client, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    ):
        rows = repr([tuple(row) for row in await ask(client, f"SELECT * FROM {table}")])
        for secret in (mailed.code, mailed.token, browser, session):
            assert secret
            assert secret not in rows, table


@pytest.mark.parametrize("body", [{}, {"code": "7K3M-9QZD", "token": "x" * 43}, {"code": None}])
async def test_a_proof_is_one_of_both(visitor: Visitor, body: Any) -> None:
    assert (await visitor.post(PROOF, json=body)).status_code == 422


async def test_signing_in_again_ends_the_session_that_the_browser_had(
    client: Client, visitor: Visitor, email: str
) -> None:
    await visitor.sign_in_by_mail(email)
    old = Visitor(client)
    old.cookies.set(SESSION_COOKIE, visitor.token or "")
    client.clock.at += timedelta(seconds=1)

    await visitor.sign_in_by_mail(email)

    assert (await old.get("/me")).status_code == 401
    assert await visitor.level() == "mailed"
