"""What a provider, or whoever plays it, cannot do: each ends in a refusal that one can read."""

import json
import logging
from collections.abc import Iterator
from contextlib import redirect_stderr
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import httpx
import pytest
import structlog
from sqlalchemy import text

from etape.core import logs
from etape.core.access import SESSION_COOKIE
from etape.core.attempts import NOUN
from etape.core.openid import ProviderUnreachable
from etape.identity.federation.routes import ATTEMPT_COOKIE
from etape.identity.federation.rules import question_of
from support.app import Client, running
from support.provider import CALLBACK, CLIENT_ID, IdentityProvider
from support.traveller import START, Traveller, a_member, asked_in
from support.visitor import ask

GARBAGE = "<html>Bad gateway</html>"
JSON, JWT = "application/json", "application/jwt"
NOT_BELIEVED, UNREACHABLE = "provider-not-believed", "provider-unreachable"
NOT_BEGUN = "sign-in-not-begun"
DISCOVERY = "/.well-known/openid-configuration"


async def assert_refused(client: Client, answer: httpx.Response, code: str) -> None:
    """The browser is sent to the page that tells why, and nobody is signed in."""
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == f"/gestion/connexion?refus={code}"
    assert SESSION_COOKIE not in answer.headers.get("set-cookie", "")
    assert await count(client, "browser_session") == 0


async def count(client: Client, table: str) -> int:
    async with client.database.unit_of_work() as session:
        query = text(f"SELECT count(*) FROM {table}")
        return int((await (await session.connection()).execute(query)).scalar_one())


WRONG_PROOFS: dict[str, dict[str, Any]] = {
    "another nonce": {"id_token": {"nonce": "n" * 43}},
    "no nonce": {"id_token": {"nonce": None}},
    "signed by another key of the same name": {"signs_id_token_as": "a stranger"},
    "signed with the client's secret": {"signs_id_token_as": "the client"},
    "signed by nobody": {"signs_id_token_as": "nobody"},
    "for another client": {"id_token": {"aud": "somebody else"}},
    "for others too, without saying who it was given to": {"id_token": {"aud": [CLIENT_ID, "x"]}},
    "given to another client": {"id_token": {"azp": "somebody else"}},
    "for nobody": {"id_token": {"aud": None}},
    "by another issuer": {"id_token": {"iss": "https://proconnect.test"}},
    "by no issuer": {"id_token": {"iss": None}},
    "expired": {"id_token": {"exp": 1_700_000_000}},
    "without an end": {"id_token": {"exp": None}},
    "from the future": {"id_token": {"iat": 2_000_000_000}},
    "of another access token": {"id_token": {"at_hash": "a" * 22}},
    "of nobody": {"id_token": {"sub": None}},
    "of an empty name": {"id_token": {"sub": ""}},
    "of a name with NUL": {"id_token": {"sub": "odile\0"}, "userinfo": {"sub": "odile\0"}},
    "with ill-formed methods": {"id_token": {"amr": "mfa"}},
    "given after the end of time": {"id_token": {"auth_time": 2**39}},
    "with an end that is no number": {"id_token": {"exp": "tomorrow"}},
    "userinfo signed by nobody, in JSON": {"signs_userinfo_as": "nobody, in JSON"},
    "userinfo signed by nobody, as a JWT": {"signs_userinfo_as": "nobody"},
    "userinfo signed by another key": {"signs_userinfo_as": "a stranger"},
    "userinfo signed with the client's secret": {"signs_userinfo_as": "the client"},
    "userinfo of another person": {"userinfo": {"sub": "the minister"}},
    "userinfo for another client": {"userinfo": {"aud": "somebody else"}},
    "userinfo by another issuer": {"userinfo": {"iss": "https://proconnect.test"}},
    "userinfo for nobody": {"userinfo": {"aud": None}},
    "userinfo expired": {"userinfo": {"exp": 1_700_000_000}},
    "userinfo with an address that is none": {"userinfo": {"email": "odile\0@etape.example"}},
    "userinfo proved in words": {"userinfo": {"email_verified": "true"}},
}
WRONG_ANSWERS: dict[str, tuple[dict[str, Any], str]] = {
    f"{what} for {path}": (
        {"instead": {path: (status, media_type, body)}},
        UNREACHABLE if status >= 500 else NOT_BELIEVED,
    )
    for path in ("/token", "/jwks", "/userinfo")
    for what, (status, media_type, body) in {
        "a page": (200, "text/html", GARBAGE),
        "an error page": (502, "text/html", GARBAGE),
        "a redirection": (302, "text/html", ""),
        "too many requests": (429, "text/html", GARBAGE),
        "a list": (200, JSON, "[]"),
        "null": (200, JSON, "null"),
        "an abyss": (200, JSON, "[" * 50_000),
        "bytes": (200, JSON, "\udcff".encode("utf-8", "surrogateescape").decode("latin-1")),
        "keys that are none": (200, JSON, '{"keys": [{"kty": "RSA", "n": 5, "e": []}, 3]}'),
        "a JWT that is none": (200, JWT, "eyJ.eyJ.x"),
        "tokens that are none": (200, JSON, '{"access_token": 5, "id_token": {"a": 1}}'),
        "an access token that is a header": (
            200,
            JSON,
            json.dumps({"access_token": "a\r\nX-Admin: 1", "id_token": "a.b.c"}),
        ),
    }.items()
} | {
    "a body without an end": ({"endless": ["/token"]}, NOT_BELIEVED),
    "no end to keys": ({"endless": ["/jwks"]}, NOT_BELIEVED),
}


async def test_what_a_provider_says_wrongly_is_not_believed(
    client: Client, provider: IdentityProvider, now: datetime
) -> None:
    await a_member(client)
    for wrong, told in WRONG_PROOFS.items():
        await provider.behave(from_scratch=True, now=now.timestamp(), acr="eidas2", **told)
        async with Traveller(client, provider) as visitor:
            answer = await visitor.sign_in()
            assert answer.headers["location"] != "/gestion", wrong
            await assert_refused(client, answer, NOT_BELIEVED)
    assert await count(client, "provider_account") == 0


async def test_what_a_provider_answers_instead_is_refused(
    client: Client, provider: IdentityProvider, now: datetime
) -> None:
    await a_member(client)
    for wrong, (told, code) in WRONG_ANSWERS.items():
        await provider.behave(from_scratch=True, now=now.timestamp(), acr="eidas2", **told)
        async with Traveller(client, provider) as visitor:
            answer = await visitor.sign_in()
            assert answer.headers["location"].endswith(code), wrong
            await assert_refused(client, answer, code)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"instead": {DISCOVERY: (200, JSON, "{}")}}, NOT_BELIEVED),
        ({"instead": {DISCOVERY: (200, "text/html", GARBAGE)}}, NOT_BELIEVED),
        ({"instead": {DISCOVERY: (503, "text/html", GARBAGE)}}, UNREACHABLE),
        ({"metadata": {"issuer": "https://proconnect.test"}}, NOT_BELIEVED),
        ({"metadata": {"token_endpoint": "file:///etc/passwd"}}, NOT_BELIEVED),
        ({"endless": [DISCOVERY]}, NOT_BELIEVED),
    ],
)
async def test_nobody_is_sent_to_a_provider_that_does_not_describe_itself(
    client: Client, visitor: Traveller, provider: IdentityProvider, told: dict[str, Any], code: str
) -> None:
    await provider.behave(**told)
    await assert_refused(client, await visitor.get(START), code)


async def test_a_provider_that_is_down_is_told_so_here_and_on_the_way_back(
    database_url: str, now: datetime
) -> None:
    with IdentityProvider() as provider:
        await provider.behave(now=now.timestamp())
        async with (
            running(database_url, at=now, **provider.settings()) as client,
            Traveller(client, provider) as visitor,
        ):
            back = await visitor.sign_in_there()
            provider.stop()
            await assert_refused(client, await visitor.get(back), UNREACHABLE)
            client.clock.at += timedelta(minutes=10)  # what it said of itself is not kept for ever
            await assert_refused(client, await visitor.get(START), UNREACHABLE)


@pytest.mark.parametrize("path", ["/token", "/jwks", "/userinfo"])
async def test_nobody_waits_long_for_a_slow_provider(
    client: Client, visitor: Traveller, provider: IdentityProvider, path: str
) -> None:
    await a_member(client)
    back = await visitor.sign_in_there()
    await provider.behave(slow=[path])
    client.app.state.provider.patience = 0.3
    await assert_refused(client, await visitor.get(back), UNREACHABLE)


async def test_a_state_that_was_made_up_is_refused_and_spends_nothing(
    client: Client, visitor: Traveller
) -> None:
    await a_member(client)
    back = await visitor.sign_in_there()
    for state, code in (("", NOT_BEGUN), ("s" * 43, NOT_BEGUN), ("é" * 43, "invalid")):
        forged = httpx.URL(back).copy_set_param("state", state)
        await assert_refused(client, await visitor.get(forged), code)
    await assert_refused(client, await visitor.get(CALLBACK), NOT_BEGUN)
    assert (await visitor.get(back)).headers["location"] == "/gestion"


async def test_a_state_of_another_browser_is_refused(
    client: Client, visitor: Traveller, provider: IdentityProvider
) -> None:
    await a_member(client)
    back = await visitor.sign_in_there()
    async with Traveller(client, provider) as victim:
        await assert_refused(client, await victim.get(back), NOT_BEGUN)
        await victim.leave()
        await assert_refused(client, await victim.get(back), NOT_BEGUN)
    assert (await visitor.get(back)).headers["location"] == "/gestion"


async def test_a_secret_that_a_browser_chose_itself_began_nothing(
    client: Client, visitor: Traveller
) -> None:
    await a_member(client)
    visitor.cookies[ATTEMPT_COOKIE] = "chosen"
    back = httpx.URL(CALLBACK, params={"state": question_of("chosen").state, "code": "x"})
    await assert_refused(client, await visitor.get(back), NOT_BEGUN)


async def test_a_callback_serves_once(client: Client, visitor: Traveller) -> None:
    await a_member(client)
    back = await visitor.sign_in_there()
    secret = visitor.cookies[ATTEMPT_COOKIE]
    assert (await visitor.get(back)).headers["location"] == "/gestion"
    visitor.cookies.clear()
    visitor.cookies.set(ATTEMPT_COOKIE, secret, domain="etape.test")
    again = await visitor.get(back)
    assert again.headers["location"] == f"/gestion/connexion?refus={NOT_BEGUN}"
    assert await count(client, "browser_session") == 1


async def test_a_callback_does_not_serve_late(client: Client, visitor: Traveller) -> None:
    await a_member(client)
    back = await visitor.sign_in_there()
    client.clock.at += timedelta(minutes=10)
    await assert_refused(client, await visitor.get(back), NOT_BEGUN)


async def test_a_code_of_somebody_else_is_refused_even_with_a_state_of_ones_own(
    client: Client, visitor: Traveller, provider: IdentityProvider
) -> None:
    await a_member(client)
    stolen = asked_in(await visitor.sign_in_there())["code"]
    async with Traveller(client, provider) as thief:
        own = await thief.sign_in_there()
        answer = await thief.get(httpx.URL(own).copy_set_param("code", stolen))
        await assert_refused(client, answer, NOT_BELIEVED)


async def test_without_pkce_the_nonce_alone_refuses_a_code_of_somebody_else(
    database_url: str, now: datetime, provider: IdentityProvider
) -> None:
    await provider.behave(has_pkce=False)
    async with (
        running(database_url, at=now, **provider.settings(oidc_pkce=False)) as client,
        Traveller(client, provider) as visitor,
        Traveller(client, provider) as thief,
    ):
        await a_member(client)
        stolen = asked_in(await visitor.sign_in_there())["code"]
        own = await thief.sign_in_there()
        answer = await thief.get(httpx.URL(own).copy_set_param("code", stolen))
        await assert_refused(client, answer, NOT_BELIEVED)


async def test_a_code_that_is_too_old_is_refused(
    client: Client, visitor: Traveller, provider: IdentityProvider, now: datetime
) -> None:
    await a_member(client)
    back = await visitor.sign_in_there()
    await provider.behave(now=now.timestamp() + 31)
    await assert_refused(client, await visitor.get(back), NOT_BELIEVED)


async def test_an_answer_of_another_issuer_is_refused(
    client: Client, visitor: Traveller, provider: IdentityProvider
) -> None:
    await a_member(client)
    await provider.behave(tells_issuer="https://another.test")
    await assert_refused(client, await visitor.sign_in(), NOT_BELIEVED)
    await provider.behave(tells_issuer=provider.issuer)
    assert (await visitor.sign_in()).headers["location"] == "/gestion"


@pytest.mark.parametrize("error", ["access_denied", "server_error", "<b>\r\nit's odile@x</b>"])
async def test_what_the_provider_declines_is_told_and_spent(
    client: Client, visitor: Traveller, provider: IdentityProvider, error: str
) -> None:
    await a_member(client)
    await provider.behave(declines_with=error)
    back = await visitor.sign_in_there()
    code = "provider-declined" if error.isidentifier() else "invalid"
    await assert_refused(client, await visitor.get(back), code)
    if error.isidentifier():
        await assert_refused(client, await visitor.get(back), NOT_BEGUN)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"email": "somebody@etape.example"}, "not-of-the-team"),
        ({"userinfo": {"email_verified": False}}, "address-not-proved"),
        ({"userinfo": {"email_verified": None}}, "address-not-proved"),
        ({"userinfo": {"email": None}}, "address-not-proved"),
    ],
)
async def test_who_is_not_known_here_is_told_so_and_leaves_nothing_of_theirs(
    client: Client, visitor: Traveller, provider: IdentityProvider, told: dict[str, Any], code: str
) -> None:
    await a_member(client)
    await provider.behave(**told)
    await assert_refused(client, await visitor.sign_in(), code)
    for table in ("provider_account", "provider_attempt"):
        assert await count(client, table) == 0
    rows = await ask(client, "SELECT noun, changes::text AS told FROM journal")
    assert {row.noun for row in rows} <= {NOUN}
    assert not [row for row in rows if "@" in row.told]
    assert await count(client, "member") == 1


@pytest.mark.parametrize(("said", "is_let_in"), [(None, True), (False, False)])
async def test_a_provider_can_be_trusted_to_prove_addresses_without_saying_so(
    database_url: str,
    now: datetime,
    provider: IdentityProvider,
    *,
    said: bool | None,
    is_let_in: bool,
) -> None:
    await provider.behave(userinfo={"email_verified": said})
    async with (
        running(database_url, at=now, **provider.settings(oidc_emails_verified=True)) as client,
        Traveller(client, provider) as visitor,
    ):
        await a_member(client)
        assert ((await visitor.sign_in()).headers["location"] == "/gestion") is is_let_in


async def test_userinfo_in_json_is_read_where_the_settings_say_that_it_is_not_signed(
    database_url: str, now: datetime, provider: IdentityProvider
) -> None:
    settings = provider.settings(oidc_userinfo_signed=False)
    async with (
        running(database_url, at=now, **settings) as client,
        Traveller(client, provider) as visitor,
    ):
        await a_member(client)
        for wrong in ("a stranger", "nobody", "the client"):
            await provider.behave(signs_userinfo_as=wrong)
            await assert_refused(client, await visitor.sign_in(), NOT_BELIEVED)
        await provider.behave(signs_userinfo_as="nobody, in JSON")
        assert (await visitor.sign_in()).headers["location"] == "/gestion"


async def test_who_left_the_team_is_refused_linked_or_not(
    client: Client, visitor: Traveller, provider: IdentityProvider
) -> None:
    await a_member(client)
    await visitor.sign_in()
    async with client.database.unit_of_work() as session:
        connection = await session.connection()
        await connection.execute(text("UPDATE member SET disabled_at = now()"))
        await connection.execute(text("DELETE FROM browser_session"))
    await assert_refused(client, await visitor.sign_in(), "not-of-the-team")
    await provider.behave(sub="another account")
    await assert_refused(client, await visitor.sign_in(), "not-of-the-team")


async def test_an_address_that_changed_hands_does_not_open_its_former_owners_account(
    client: Client, visitor: Traveller, provider: IdentityProvider
) -> None:
    await a_member(client)
    await visitor.sign_in()
    async with client.database.unit_of_work() as session:
        await (await session.connection()).execute(text("DELETE FROM browser_session"))
    await provider.behave(sub="the new owner of the mailbox")
    await assert_refused(client, await visitor.sign_in(), "another-account")


async def test_who_does_not_ask_for_a_page_receives_the_problem(client: Client) -> None:
    answer = await client.get(CALLBACK, params={"state": "s" * 43, "code": "x"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == f"/problems/{NOT_BEGUN}"


async def test_the_network_is_refused_while_a_transaction_is_open(client: Client) -> None:
    provider = client.app.state.provider
    async with client.database.unit_of_work():
        with pytest.raises(RuntimeError, match="T8"):
            await provider.identify("code", question_of("secret"), now=client.clock.now())
    provider.patience = 0
    with pytest.raises(ProviderUnreachable):
        await provider.identify("code", question_of("secret"), now=client.clock.now())


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What a process writes on its standard error, down to the least of it."""
    settings, level = structlog.get_config(), logging.root.level
    handlers, written = logging.root.handlers[:], StringIO()
    with redirect_stderr(written):
        logs.log_as_json()
    logging.root.setLevel(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # the client of the test
    logging.getLogger("httpcore").setLevel(logging.WARNING)
    yield written
    structlog.configure(**settings)
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


async def test_no_log_holds_a_code_a_token_or_an_address(
    client: Client, visitor: Traveller, provider: IdentityProvider, log: StringIO
) -> None:
    await a_member(client)
    back = asked_in(address := await visitor.sign_in_there())
    await visitor.get(address)
    kept = dict(visitor.cookies)
    await provider.behave(declines_with="server_error")
    declined = asked_in(address := await visitor.sign_in_there())
    await visitor.get(address)
    await provider.behave(declines_with=None, id_token={"sub": "somebody.else"})
    refused = asked_in(address := await visitor.sign_in_there())
    await visitor.get(address)

    said = log.getvalue()
    assert "server_error" in said
    assert "ClaimError" in said
    for secret in (*back.values(), *declined.values(), *refused.values(), *kept.values()):
        assert secret == "server_error" or secret not in said
    for private in ("odile", "somebody", "etape.example", "what-only-the-provider"):
        assert private not in said
