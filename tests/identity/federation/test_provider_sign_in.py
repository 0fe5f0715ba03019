"""Signing in at an identity provider, as ProConnect lets one: what is asked, kept and opened."""

import json
from datetime import datetime, timedelta
from http.cookies import SimpleCookie

import pytest
from sqlalchemy import text
from sqlmodel import select

from etape.core.access import SESSION_COOKIE, Level
from etape.core.journal import JournalRow
from etape.identity.federation.routes import ATTEMPT_COOKIE, PROOF_COOKIE
from etape.identity.members.schemas import Role
from etape.identity.sessions.rules import FRESH_FOR
from support.app import Client, running
from support.provider import CALLBACK, CLIENT_ID, PROCONNECT_2FA, SIGNED_OUT, IdentityProvider
from support.team import sign_in
from support.traveller import START, Traveller, a_member, asked_in

METHODS = "/api/v1/sign-in/methods"
OUT = "/api/v1/sign-in/oidc/sign-out"


async def acts_of(client: Client) -> list[tuple[str, str]]:
    async with client.database.unit_of_work() as session:
        rows = await session.exec(
            select(JournalRow.actor, JournalRow.act).where(JournalRow.noun == "member")
        )
        return list(rows)


async def test_a_member_signs_in_and_is_known_by_the_account_ever_after(
    client: Client, visitor: Traveller, provider: IdentityProvider
) -> None:
    member = await a_member(client)
    answer = await visitor.sign_in()
    assert (answer.status_code, answer.headers["location"]) == (303, "/gestion")
    assert answer.headers["cache-control"] == "no-store"
    actor = await visitor.whoami()
    assert (actor.member_id, actor.level) == (member.id, Level.MAILED)

    await provider.behave(email="odile.durand@etape.example")
    async with Traveller(client, provider) as elsewhere:
        await elsewhere.sign_in()
        assert (await elsewhere.whoami()).member_id == member.id
    assert await acts_of(client) == [(f"member:{member.id}", "linked")]


async def test_what_is_asked_is_what_proconnect_lists(visitor: Traveller) -> None:
    asked = asked_in(await visitor.leave())
    assert asked.pop("state") != asked.pop("nonce")
    assert len(asked.pop("code_challenge")) == 43
    assert json.loads(asked.pop("claims")) == {
        "id_token": {"acr": None, "amr": None, "auth_time": None}
    }
    assert asked == {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": CALLBACK,
        "scope": "openid email given_name usual_name",
        "code_challenge_method": "S256",
    }


async def test_the_provider_of_the_tests_is_as_strict_as_proconnect(
    visitor: Traveller, provider: IdentityProvider
) -> None:
    address = await visitor.leave()
    for wrong in ("&colour=blue", "&state=short", "&nonce=short", "&redirect_uri=https://x.test"):
        assert (await provider.visit(address + wrong)).status_code == 400
    await provider.behave(has_pkce=False)
    refused = await provider.visit(address)
    assert (refused.status_code, "Y000400" in refused.text) == (400, True)


@pytest.mark.parametrize("has_pkce", [True, False])
@pytest.mark.parametrize("method", ["client_secret_post", "client_secret_basic"])
async def test_pkce_and_the_way_to_show_the_secret_are_the_providers_choice(
    database_url: str, now: datetime, provider: IdentityProvider, *, has_pkce: bool, method: str
) -> None:
    await provider.behave(has_pkce=has_pkce, methods=[method])
    settings = provider.settings(oidc_pkce=has_pkce)
    async with (
        running(database_url, at=now, **settings) as client,
        Traveller(client, provider) as visitor,
    ):
        await a_member(client)
        assert (await visitor.sign_in()).headers["location"] == "/gestion"
    (asked,) = await provider.behave()
    assert ("code_challenge" in asked) is has_pkce


@pytest.mark.parametrize(
    ("told", "level"),
    [
        ({}, Level.MAILED),
        ({"acr": "eidas1", "amr": ["pwd", "mail"]}, Level.MAILED),
        ({"acr": "eidas2 "}, Level.MAILED),
        ({"acr": ""}, Level.MAILED),
        ({"acr": "eidas2"}, Level.FRESH),
        ({"acr": PROCONNECT_2FA}, Level.FRESH),
        ({"amr": ["pwd", "otp", "mfa"]}, Level.FRESH),
        ({"acr": None, "amr": ["mfa"]}, Level.FRESH),
    ],
)
async def test_a_second_factor_there_is_one_here_and_else_ours_is_asked_for(
    client: Client,
    visitor: Traveller,
    provider: IdentityProvider,
    told: dict[str, object],
    level: Level,
) -> None:
    await a_member(client)
    await provider.behave(id_token=told)
    await visitor.sign_in()
    assert (await visitor.whoami()).level is level


async def test_a_proof_given_long_ago_is_no_fresh_one_and_a_new_one_can_be_asked_for(
    client: Client, visitor: Traveller, provider: IdentityProvider, now: datetime
) -> None:
    await a_member(client)
    this_morning = int((now - timedelta(hours=2)).timestamp())
    await provider.behave(acr="eidas2", id_token={"auth_time": this_morning})
    await visitor.sign_in()
    assert (await visitor.whoami()).level is Level.SIGNED_IN

    await provider.behave(id_token={"auth_time": int(now.timestamp())})
    await visitor.sign_in(fresh=True)
    assert (await visitor.whoami()).level is Level.FRESH
    client.clock.at += FRESH_FOR
    assert (await visitor.whoami()).level is Level.SIGNED_IN
    first, again = await provider.behave()
    assert ("prompt" in first, again["prompt"]) == (False, "login")


@pytest.mark.parametrize("knows_claims", [True, False])
async def test_levels_are_asked_for_in_the_way_that_the_provider_reads(
    database_url: str, now: datetime, provider: IdentityProvider, *, knows_claims: bool
) -> None:
    await provider.behave(knows_claims=knows_claims)
    settings = provider.settings(oidc_acr_values="eidas2 eidas3")
    async with (
        running(database_url, at=now, **settings) as client,
        Traveller(client, provider) as visitor,
    ):
        await visitor.sign_in_there()
    (asked,) = await provider.behave()
    if knows_claims:
        acr = json.loads(asked["claims"])["id_token"]["acr"]
        assert (acr, "acr_values" in asked) == (
            {"essential": True, "values": ["eidas2", "eidas3"]},
            False,
        )
    else:
        assert (asked["acr_values"], "claims" in asked) == ("eidas2 eidas3", False)


async def test_no_script_and_no_other_site_reads_what_the_browser_keeps(
    client: Client, visitor: Traveller
) -> None:
    await a_member(client)
    left = SimpleCookie((await visitor.get(START)).headers["set-cookie"])[ATTEMPT_COOKIE]
    assert (left["path"], left["samesite"], left["max-age"]) == ("/", "lax", "600")
    came = await visitor.sign_in()
    kept = SimpleCookie()
    for header in came.headers.get_list("set-cookie"):
        kept.load(header)
    assert (kept[SESSION_COOKIE]["path"], kept[SESSION_COOKIE]["samesite"]) == ("/", "lax")
    assert (kept[PROOF_COOKIE]["path"], kept[PROOF_COOKIE]["samesite"]) == (START, "strict")
    assert kept[ATTEMPT_COOKIE]["max-age"] == "0"
    assert all(cookie["secure"] and cookie["httponly"] for cookie in [left, *kept.values()])
    assert not any(cookie["domain"] for cookie in kept.values())


async def test_nothing_stored_opens_what_a_browser_began(
    client: Client, visitor: Traveller
) -> None:
    asked = asked_in(await visitor.leave())
    secret = visitor.cookies[ATTEMPT_COOKIE]
    async with client.database.unit_of_work() as session:
        rows = await (await session.connection()).execute(text("SELECT * FROM provider_attempt"))
        (row,) = rows.all()
    for kept in (secret, asked["state"], asked["nonce"]):
        assert kept not in str(row)
        assert kept.encode() not in row.digest
    assert secret not in str(asked)


async def test_sign_ins_that_nobody_finishes_are_forgotten(
    client: Client, visitor: Traveller
) -> None:
    for _ in range(3):
        await visitor.leave()
    client.clock.at += timedelta(minutes=10)
    await visitor.leave()
    async with client.database.unit_of_work() as session:
        count = text("SELECT count(*) FROM provider_attempt")
        assert (await (await session.connection()).execute(count)).scalar_one() == 1


async def test_keys_that_the_provider_turns_are_followed(
    client: Client, visitor: Traveller, provider: IdentityProvider
) -> None:
    await a_member(client)
    assert (await visitor.sign_in()).headers["location"] == "/gestion"
    await provider.behave(turns_keys=True)
    assert (await visitor.sign_in()).headers["location"] == "/gestion"


async def test_an_address_is_the_members_whatever_its_case(
    client: Client, visitor: Traveller, provider: IdentityProvider
) -> None:
    member = await a_member(client)
    await provider.behave(email="Odile.MARTIN@Etape.example")
    await visitor.sign_in()
    assert (await visitor.whoami()).member_id == member.id


async def test_who_leaves_leaves_the_provider_too(
    client: Client, visitor: Traveller, provider: IdentityProvider
) -> None:
    await a_member(client)
    await visitor.sign_in()
    answer = await visitor.get(OUT)
    assert answer.status_code == 303
    there = await provider.visit(answer.headers["location"])
    assert there.headers["location"].startswith(f"{SIGNED_OUT}?state=")
    again = await visitor.get(OUT)
    assert (again.status_code, again.headers["location"]) == (303, "/gestion/connexion")


async def test_who_leaves_stays_here_where_the_provider_cannot_be_left(
    client: Client, visitor: Traveller, provider: IdentityProvider
) -> None:
    await provider.behave(has_end_session=False)
    await a_member(client)
    await visitor.sign_in()
    answer = await visitor.get(OUT)
    assert (answer.status_code, answer.headers["location"]) == (303, "/gestion/connexion")


async def test_a_coordinator_unlinks_an_account_and_the_next_one_is_linked(
    client: Client, visitor: Traveller, provider: IdentityProvider
) -> None:
    member = await a_member(client)
    await visitor.sign_in()
    await provider.behave(sub="odile, at her new employer's")
    refused = await visitor.sign_in()
    assert refused.headers["location"] == "/gestion/connexion?refus=another-account"

    account = f"/manage/members/{member.id}/provider-account"
    async with await sign_in(client, Role.FUNDING_EDITOR, name="Ana Editor") as editor:
        assert (await editor.delete(account)).status_code == 403
    async with await sign_in(client, Role.COORDINATOR, name="Paul Petit") as coordinator:
        assert (await coordinator.delete(account)).status_code == 204
        assert (await coordinator.delete(account)).status_code == 404
        by = f"member:{coordinator.member_id}"
    assert (await visitor.sign_in()).headers["location"] == "/gestion"
    own = f"member:{member.id}"
    assert await acts_of(client) == [(own, "linked"), (by, "unlinked"), (own, "linked")]


async def test_the_page_is_told_which_ways_there_are(
    client: Client, database_url: str, now: datetime
) -> None:
    assert (await client.get(METHODS)).json() == {"mail": True, "provider": "ProConnect"}
    async with running(database_url, at=now, oidc_name="unused") as without:
        assert (await without.get(METHODS)).json() == {"mail": True, "provider": None}
        for path in (START, f"{START}/callback", OUT):
            assert (await without.get(path)).status_code == 404
