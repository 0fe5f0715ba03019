"""API keys: proved by mail or by a member, shown once, and dead everywhere once revoked."""

import asyncio
import contextlib
import io
import logging
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from uuid import UUID, uuid4

import pytest
import structlog
from sqlalchemy import event

from etape.core import logs
from etape.core.access import Level
from etape.core.limits import KEY
from etape.identity.keys import service
from etape.identity.keys.rules import KEYS_AT_MOST, WARNED_BEFORE
from etape.identity.members.schemas import Role
from support.app import SECRET, Client, running
from support.keys import (
    ADDRESS,
    API,
    KEYS,
    MINE,
    SOON,
    ask,
    assert_unknown,
    bearing,
    letters,
    links,
    obtain,
    of_member,
    rows,
    spend,
    status,
)
from support.team import sign_in

FORM = re.compile(r"etape_[0-9a-f]{32}_[0-9a-f]{64}")


async def test_a_key_is_asked_for_by_mail_and_shown_once(client: Client, now: datetime) -> None:
    asked = await ask(client, expires_in_days=30)
    other = await ask(client, "bea@hopital.example")
    assert (asked.status_code, asked.content) == (202, other.content)
    letter, _ = await letters(client)
    assert letter["To"] == ADDRESS
    assert letter["Subject"] == "Votre clé d’API est à un clic"
    body = letter.get_body(("plain",))
    assert body is not None
    assert "lire ce qui est publié" in body.get_content()
    assert "30\N{NO-BREAK SPACE}jours" in body.get_content()

    answer = await spend(client, links(letter)["lien"])
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert FORM.fullmatch(made["key"])
    assert UUID(made["id"]).hex == made["key"].split("_")[1]
    assert made["scopes"] == ["read"]
    assert datetime.fromisoformat(made["expires_at"]) == now + timedelta(days=30)
    assert answer.headers["cache-control"] == "no-store"

    again = await spend(client, links(letter)["lien"])
    assert (again.status_code, again.json()["type"]) == (404, "/problems/key-link-unknown")
    told = await client.get(f"{KEYS}/self", **bearing(made["key"]))
    assert told.status_code == 200
    assert "key" not in told.json()


async def test_the_letter_speaks_the_language_asked_for(client: Client) -> None:
    await ask(client, language="en")
    [letter] = await letters(client)
    assert letter["Subject"] == "Your API key is one click away"
    body = letter.get_body(("html",))
    assert body is not None
    assert "/en/developpeurs/cle?lien=" in body.get_content()


async def test_no_other_link_gives_a_key(client: Client) -> None:
    await ask(client)
    [letter] = await letters(client)
    token, revocation = links(letter)["lien"], links(letter)["revocation"]
    guesses = [revocation, token[:-1], token.swapcase(), f"{token}A", "A" * 64, "é", str(uuid4())]
    for guess in guesses:
        assert (await spend(client, guess)).status_code in {404, 422}, guess
    client.clock.at += timedelta(hours=24)
    late = await spend(client, token)
    assert late.json()["type"] == "/problems/key-link-unknown"
    assert "24 heures" in late.json()["detail"].replace("\N{NO-BREAK SPACE}", " ")


async def test_integrators_ask_for_reading_only(client: Client) -> None:
    for body in ({"scopes": ["manage:funding"]}, {"scopes": []}, {"expires_in_days": 731}):
        answer = await ask(client, **body)
        assert answer.status_code == 422, answer.text
        [error] = answer.json()["errors"]
        assert error["pointer"].startswith(f"/{next(iter(body))}")


async def test_two_who_spend_one_link_at_once_get_one_key(client: Client) -> None:
    await ask(client)
    [letter] = await letters(client)
    spent = [spend(client, links(letter)["lien"]) for _ in range(5)]
    answers = await asyncio.gather(*spent)
    assert sorted(answer.status_code for answer in answers) == [201, 404, 404, 404, 404]


async def test_a_retry_is_told_that_it_worked_and_not_the_key(client: Client) -> None:
    await ask(client)
    [letter] = await letters(client)
    token = links(letter)["lien"]
    first = await spend(client, token, **{"Idempotency-Key": "once"})
    again = await spend(client, token, **{"Idempotency-Key": "once"})
    assert again.status_code == 201
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json() == {**first.json(), "key": None}
    [kept] = await rows(client, "SELECT body FROM idempotency_key")
    assert first.json()["key"].encode() not in kept.body


async def test_a_revoked_key_is_dead_within_a_second_in_every_process(
    client: Client, database_url: str, now: datetime
) -> None:
    key, _ = await obtain(client)
    async with running(database_url, at=now) as other:
        for each in (client, other):
            assert (await each.get(f"{KEYS}/self", **bearing(key))).status_code == 200
        revoked = await client.delete(f"{KEYS}/self", **bearing(key))
        assert revoked.status_code == 204
        await asyncio.sleep(0.9)
        for each in (client, other):
            assert_unknown(await each.get(f"{KEYS}/self", **bearing(key)))
            assert_unknown(await each.get(f"{API}/calls", **bearing(key)))


async def test_a_key_seen_just_now_costs_no_sql(client: Client) -> None:
    key, _ = await obtain(client)
    await client.get(f"{API}/calls", **bearing(key))
    asked: list[str] = []
    engine = client.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    for _ in range(5):
        assert (await client.get(f"{API}/calls", **bearing(key))).status_code == 200
    assert not [statement for statement in asked if "api_key" in statement]
    await asyncio.sleep(SOON)
    assert (await client.get(f"{API}/calls", **bearing(key))).status_code == 200
    assert [statement for statement in asked if "api_key" in statement]


async def test_when_a_key_was_used_is_known_to_the_minute(client: Client, now: datetime) -> None:
    key, _ = await obtain(client)
    used = []
    for _ in range(3):
        await status(client, key)
        used += await rows(client, "SELECT last_used_at FROM api_key")
        client.clock.at += timedelta(seconds=40)
    assert [row.last_used_at - now for row in used] == [
        timedelta(),
        timedelta(),
        timedelta(seconds=80),
    ]


async def test_what_is_not_a_living_key_opens_nothing(client: Client) -> None:
    key, _ = await obtain(client, expires_in_days=1)
    made_up = f"{key[:-1]}{'0' if key[-1] != '0' else '1'}"
    unknown = f"etape_{uuid4().hex}_{'0' * 64}"
    for shown in (made_up, unknown, key.upper(), "etape", "x" * 5000, key[:-1], f"{key} {key}"):
        assert_unknown(await client.get(f"{KEYS}/self", **bearing(shown)))
        assert_unknown(await client.get(f"{API}/calls", **bearing(shown)))
    assert_unknown(await client.get(f"{KEYS}/self"))
    assert await status(client, key) == 200
    client.clock.at += timedelta(days=1)
    assert await status(client, key) == 401


async def test_a_rotated_key_works_until_the_overlap_ends(client: Client) -> None:
    key, _ = await obtain(client)
    before = (await client.get(f"{KEYS}/self", **bearing(key))).json()
    body = {"overlap_hours": 2}
    rotated = await client.post(f"{KEYS}/self/rotate", json=body, **bearing(key))
    assert rotated.status_code == 201, rotated.text
    following = rotated.json()["key"]
    assert FORM.fullmatch(following)
    assert following != key
    assert rotated.json()["expires_at"] == before["expires_at"], "a rotation prolongs nothing"

    assert [await status(client, each) for each in (key, following)] == [200, 200]
    again = await client.post(f"{KEYS}/self/rotate", json=body, **bearing(key))
    assert again.json()["type"] == "/problems/key-already-rotated"
    client.clock.at += timedelta(hours=2)
    assert [await status(client, each) for each in (key, following)] == [401, 200]

    at_once = await client.post(
        f"{KEYS}/self/rotate", json={"overlap_hours": 0}, **bearing(following)
    )
    assert await status(client, following) == 401
    assert await status(client, at_once.json()["key"]) == 200
    assert (await letters(client))[-1]["Subject"] == "Votre clé d’API a été remplacée"


async def test_two_rotations_at_once_make_one_key(client: Client) -> None:
    key, _ = await obtain(client)
    asked = [client.post(f"{KEYS}/self/rotate", json={}, **bearing(key)) for _ in range(4)]
    answers = await asyncio.gather(*asked)
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]


async def test_the_mailed_link_revokes_all_that_a_thief_made_of_a_key(client: Client) -> None:
    key, revocation = await obtain(client)
    stolen = (await client.post(f"{KEYS}/self/rotate", json={}, **bearing(key))).json()["key"]
    last = (await client.post(f"{KEYS}/self/rotate", json={}, **bearing(stolen))).json()["key"]
    assert {links(letter)["revocation"] for letter in await letters(client)} == {revocation}

    wrong = await client.post(f"{KEYS}/revoke", json={"token": "A" * 64})
    assert wrong.json()["type"] == "/problems/key-link-unknown"
    for _ in range(2):
        answer = await client.post(f"{KEYS}/revoke", json={"token": revocation})
        assert answer.status_code == 204
    assert [await status(client, each) for each in (key, stolen, last)] == [401] * 3


async def test_what_was_only_asked_for_can_be_withdrawn(client: Client) -> None:
    await ask(client)
    [letter] = await letters(client)
    await client.post(f"{KEYS}/revoke", json={"token": links(letter)["revocation"]})
    assert (await spend(client, links(letter)["lien"])).status_code == 404


async def test_an_address_has_so_many_keys(client: Client) -> None:
    for number in range(KEYS_AT_MOST + 1):
        await ask(client, ADDRESS.upper() if number % 2 else ADDRESS)
    tokens = [links(letter)["lien"] for letter in await letters(client)]
    *kept, last = [await spend(client, token) for token in tokens]
    assert {answer.status_code for answer in kept} == {201}
    assert last.json()["type"] == "/problems/too-many-keys"
    await client.delete(f"{KEYS}/self", **bearing(kept[0].json()["key"]))
    assert (await spend(client, tokens[-1])).status_code == 201


async def test_a_key_has_a_quota_of_its_own(client: Client) -> None:
    key, _ = await obtain(client)
    first = await client.get(f"{API}/calls", **bearing(key))
    assert '"network"' in first.headers["ratelimit"], "until it is recognised"
    second = await client.get(f"{API}/calls", **bearing(key))
    assert f'"{KEY.name}";r=' in second.headers["ratelimit"]
    made_up = await client.get(f"{API}/calls", **bearing(f"etape_{'0' * 32}_{'0' * 64}"))
    assert '"network"' in made_up.headers["ratelimit"]


async def test_a_member_makes_keys_with_a_fresh_proof_and_looks_after_them(
    client: Client,
) -> None:
    body = {"name": "Import", "scopes": ["manage:tour"]}
    stale = await sign_in(client, name="Paul Roux", level=Level.SIGNED_IN)
    answer = await stale.post("/me/api-keys", json=body)
    assert answer.json()["type"] == "/problems/fresh-proof-needed"
    assert_unknown(await client.post(MINE, json=body))

    browser = await sign_in(client)
    key = await of_member(browser, "manage:tour")
    assert_unknown(await client.post(MINE, json=body, **bearing(key)))
    assert_unknown(await client.get(MINE, **bearing(key)))
    [listed] = (await browser.read("/me/api-keys"))["items"]
    assert (listed["name"], listed["scopes"]) == ("Import", ["manage:tour", "read"])
    assert "key" not in listed
    assert (await stale.read("/me/api-keys"))["total"] == 0
    assert (await stale.delete(f"/me/api-keys/{listed['id']}")).status_code == 404
    assert await status(client, key) == 200
    assert (await browser.delete(f"/me/api-keys/{listed['id']}")).status_code == 204
    assert await status(client, key) == 401
    assert (await browser.delete(f"/me/api-keys/{uuid4()}")).status_code == 404


async def test_keys_are_listed_by_pages_the_newest_first(client: Client) -> None:
    browser = await sign_in(client)
    for number in range(3):
        client.clock.at += timedelta(seconds=number)
        await of_member(browser, "read", name=f"clé {number}")
    first = await browser.read("/me/api-keys", limit=2)
    assert [key["name"] for key in first["items"]] == ["clé 2", "clé 1"]
    rest = await browser.read("/me/api-keys", limit=2, cursor=first["next"])
    assert [key["name"] for key in rest["items"]] == ["clé 0"]
    assert (first["total"], rest["next"]) == (3, None)


async def test_a_coordinator_sees_and_revokes_every_key_and_that_is_recorded(
    client: Client,
) -> None:
    editor = await sign_in(client, Role.FUNDING_EDITOR, name="Paul Roux")
    coordinator = await sign_in(client, Role.COORDINATOR)
    keys = [(await obtain(client))[0], await of_member(editor, "manage:funding")]
    await ask(client, "bea@hopital.example")

    assert (await editor.get("/manage/api-keys")).status_code == 403
    page = await coordinator.read("/manage/api-keys")
    assert page["total"] == 2, "what was only asked for is no key"
    held = {item["name"]: (item["member"], item["email"]) for item in page["items"]}
    assert held == {"Tableau de bord": (None, ADDRESS), "Import": ("Paul Roux", None)}
    for item in page["items"]:
        assert (await editor.delete(f"/manage/api-keys/{item['id']}")).status_code == 403
        assert (await coordinator.delete(f"/manage/api-keys/{item['id']}")).status_code == 204
    assert [await status(client, key) for key in keys] == [401, 401]
    assert (await coordinator.delete(f"/manage/api-keys/{uuid4()}")).status_code == 404

    by = f"member:{coordinator.member_id}"
    found = await rows(client, "SELECT act, actor, personal FROM journal WHERE noun = 'api_key'")
    acts = [row.act for row in found if row.actor == by]
    assert acts == ["listed", "revoked", "revoked"]
    assert all(row.personal for row in found)


async def test_every_act_is_in_the_journal_without_an_address(client: Client) -> None:
    key, revocation = await obtain(client)
    await client.post(f"{KEYS}/self/rotate", json={}, **bearing(key))
    await client.post(f"{KEYS}/revoke", json={"token": revocation})
    found = await rows(
        client, "SELECT act, actor, changes::text FROM journal WHERE noun = 'api_key' ORDER BY id"
    )
    holder = f"key:{UUID(key.split('_')[1])}"
    assert [(row.act, row.actor) for row in found] == [
        ("asked", "anonymous"),
        ("created", holder),
        ("rotated", holder),
        ("created", holder),
        ("revoked", "anonymous"),
        ("revoked", "anonymous"),
    ]
    assert not [row for row in found if ADDRESS in str(row.changes)]


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


async def test_no_key_link_or_address_is_in_a_log_or_a_table(
    client: Client, logged: io.StringIO
) -> None:
    key, revocation = await obtain(client, "canarina@hopital.example")
    for shown in (key, key[:-1]):
        await client.get(f"{KEYS}/self", **bearing(shown))
        await client.get(f"{API}/calls?colour=blue", **bearing(shown))
    [letter] = await letters(client)
    secrets = [key, key.rpartition("_")[2], revocation, links(letter)["lien"], SECRET]
    await spend(client, secrets[3])
    assert "served" in logged.getvalue()
    for secret in (*secrets, "canarina"):
        assert secret not in logged.getvalue()
    tables = await rows(client, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    for (table,) in tables:
        if table != "outgoing_mail":
            stored = repr(await rows(client, f'SELECT t::text FROM "{table}" AS t'))
            assert not [secret for secret in secrets if secret in stored], table
            assert table == "api_key" or "canarina" not in stored, table


async def test_who_holds_a_key_that_ends_is_warned_once(client: Client, now: datetime) -> None:
    await obtain(client, expires_in_days=30)
    await obtain(client, "bea@hopital.example", expires_in_days=10)
    rotated, _ = await obtain(client, "cleo@hopital.example", expires_in_days=30)
    body = {"overlap_hours": 168}
    following = await client.post(f"{KEYS}/self/rotate", json=body, **bearing(rotated))
    await client.delete(f"{KEYS}/self", **bearing(following.json()["key"]))

    async def warn() -> list[EmailMessage]:
        async with client.database.unit_of_work() as session:
            await service.warn_of_the_end(session, now=client.clock.now())
        return [letter for letter in await letters(client) if "bientôt" in letter["Subject"]]

    client.clock.at = now + timedelta(days=30) - WARNED_BEFORE - timedelta(minutes=1)
    assert await warn() == []
    client.clock.at += timedelta(minutes=2)
    for _ in range(2):
        [letter] = await warn()
        assert (letter["To"], letter["Subject"]) == (ADDRESS, "Votre clé d’API s’arrête bientôt")
    body_text = letter.get_body(("plain",))
    assert body_text is not None
    assert "mercredi 23\N{NO-BREAK SPACE}décembre 2026" in body_text.get_content()
    assert links(letter).keys() == {"revocation"}


async def test_what_is_of_no_use_any_more_is_forgotten(client: Client) -> None:
    key, _ = await obtain(client, expires_in_days=200)
    rotated = await client.post(f"{KEYS}/self/rotate", json={}, **bearing(key))
    await ask(client, "bea@hopital.example")

    async def left() -> int:
        async with client.database.unit_of_work() as session:
            await service.forget_the_dead(session, now=client.clock.now())
        return len(await rows(client, "SELECT id FROM api_key"))

    assert await left() == 3
    client.clock.at += timedelta(days=1)
    assert await left() == 2, "what was asked for in vain"
    client.clock.at += timedelta(days=150)
    assert await left() == 2, "the old key's link still revokes the new one"
    assert await status(client, rotated.json()["key"]) == 200
    client.clock.at += timedelta(days=150)
    assert await left() == 0
