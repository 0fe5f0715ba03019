"""Sessions (T19): opaque, hashed, listed, revocable, not for ever; and no forged request (T20)."""

import base64
from datetime import timedelta
from typing import Any

import pytest

from etape.core.access import ASK_COOKIE, SESSION_COOKIE
from etape.identity.sessions.rules import ABSOLUTE, FRESH_FOR, IDLE
from support.app import Client
from support.visitor import Visitor, acts, ask, enrolled

SECOND = timedelta(seconds=1)


def thief_of(visitor: Visitor, token: str | None = None) -> Visitor:
    """A browser that holds a token taken from another one."""
    thief = Visitor(visitor.client, agent="Thief")
    thief.cookies.set(SESSION_COOKIE, token or visitor.token or "")
    return thief


async def test_a_token_is_256_random_bits_and_stored_hashed(client: Client) -> None:
    visitor, _ = await enrolled(client)
    other, _ = await enrolled(client, "Ada Lenoir")
    assert visitor.token
    assert len(base64.urlsafe_b64decode(f"{visitor.token}=")) == 32
    assert visitor.token != other.token

    rows = await ask(client, "SELECT * FROM browser_session")

    assert visitor.token not in repr([tuple(row) for row in rows])
    for guess in (str(rows[0].id), rows[0].digest.hex(), "x" * 43, "", visitor.token.swapcase()):
        assert (await thief_of(visitor, guess or "-").get("/me")).status_code == 401


async def test_a_session_left_alone_for_an_hour_is_over(client: Client) -> None:
    visitor, _ = await enrolled(client)
    for _ in range(3):
        client.clock.at += IDLE - SECOND
        assert await visitor.level() == "signed_in"

    client.clock.at += IDLE

    assert (await visitor.get("/me")).status_code == 401


async def test_a_session_is_over_after_twelve_hours_however_busy(client: Client) -> None:
    visitor, passkey = await enrolled(client)
    until = client.clock.at + ABSOLUTE
    while client.clock.at + IDLE / 2 < until:
        client.clock.at += IDLE / 2
        assert (await visitor.prove_by(passkey)).is_success

    client.clock.at = until

    assert (await visitor.get("/me")).status_code == 401


async def test_each_rise_kills_the_token_before(client: Client) -> None:
    visitor, passkey = await enrolled(client)
    again = Visitor(client)
    await again.sign_in_by_mail("odile.martin@etape.example")
    mailed = thief_of(again)
    await again.prove_by(passkey)
    proved = thief_of(again)
    client.clock.at += FRESH_FOR
    await again.prove_by(passkey)

    assert [(await old.get("/me")).status_code for old in (mailed, proved)] == [401, 401]
    assert await again.level() == "fresh"
    assert await visitor.level() == "signed_in", "the other browser is another session"


async def test_browsers_are_listed_and_one_is_signed_out_at_once(client: Client) -> None:
    visitor, passkey = await enrolled(client)
    client.clock.at += timedelta(minutes=5)
    phone = Visitor(client, agent="Safari")
    await phone.sign_in_by(passkey)

    sessions = (await visitor.read("/me/sessions"))["items"]

    assert [(s["browser"], s["is_current"]) for s in sessions] == [
        ("Safari", False),
        ("Firefox", True),
    ]
    first = await visitor.read("/me/sessions", limit=1)
    await visitor.do(f"/me/sessions/{sessions[0]['id']}", method="DELETE")
    assert (len(first["items"]), first["total"]) == (1, 2)
    assert (await phone.get("/me")).status_code == 401
    assert await visitor.level() == "fresh"
    assert (await acts(client))[-1] == ("member", "session_ended")
    rest = await visitor.read("/me/sessions", limit=1, cursor=first["next"])
    assert [s["id"] for s in rest["items"]] == [sessions[1]["id"]]


async def test_nobody_signs_out_the_browser_of_somebody_else(client: Client) -> None:
    visitor, _ = await enrolled(client)
    other, _ = await enrolled(client, "Ada Lenoir")
    [theirs] = (await other.read("/me/sessions"))["items"]

    assert (await visitor.delete(f"/me/sessions/{theirs['id']}")).status_code == 404

    assert await other.level() == "fresh"


async def test_signing_out_ends_the_session_and_empties_the_browser(client: Client) -> None:
    visitor, _ = await enrolled(client)
    thief = thief_of(visitor)

    await visitor.do("/me/session", method="DELETE")

    assert visitor.token is None
    assert (await thief.get("/me")).status_code == 401
    assert (await visitor.get("/me")).json()["type"] == "/problems/unauthenticated"


async def test_the_session_of_a_member_who_was_disabled_opens_nothing(client: Client) -> None:
    visitor, _ = await enrolled(client)
    await ask(client, "UPDATE member SET disabled_at = now()")

    assert (await visitor.get("/me")).status_code == 401


ELSEWHERE: list[dict[str, str]] = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost:8000"},
    {"Origin": "https://etape.example.evil"},
    {"Origin": "http://localhost:8000.evil"},
    {"Origin": "null"},
    {},
]
UNSAFE: list[tuple[str, str, Any]] = [
    ("DELETE", "/me/session", None),
    ("POST", "/me/recovery-codes", None),
    ("POST", "/me/proofs", {"kind": "recovery_code", "code": "0000"}),
    ("POST", "/manage/invitations", {"name": "Eve"}),
    ("POST", "/sign-in", {"email": "eve@etape.example"}),
]


async def test_a_request_that_another_site_forges_is_refused(client: Client) -> None:
    visitor, _ = await enrolled(client)
    del visitor.headers["Sec-Fetch-Site"]
    before = await acts(client)

    for headers in ELSEWHERE:
        for method, path, body in UNSAFE:
            answer = await visitor.request(method, path, json=body, headers=headers)
            assert answer.json()["type"] == "/problems/cross-site", (headers, path)

    assert await acts(client) == before
    ours = {"Origin": "http://localhost:8000"}
    assert (await visitor.delete("/me/session", headers=ours)).status_code == 204


async def test_nor_may_another_site_type_the_code_that_a_browser_asked_for(
    client: Client,
) -> None:
    visitor = Visitor(client)
    mailed = await visitor.ask("odile.martin@etape.example")
    assert ASK_COOKIE in visitor.cookies

    answer = await visitor.post(
        "/sign-in/proof", json={"code": mailed.code}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert answer.json()["type"] == "/problems/cross-site"


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
async def test_what_a_form_can_send_is_refused(client: Client, kind: str) -> None:
    """What another site's form may send without asking the browser first."""
    visitor, _ = await enrolled(client)
    for path in ("/me/proofs", "/sign-in", "/sign-in/proof", "/invitations/accept"):
        answer = await visitor.post(
            path, content=b'{"email": "eve@etape.example"}', headers={"Content-Type": kind}
        )
        assert answer.status_code == 415
