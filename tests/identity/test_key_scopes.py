"""A key does what its scopes say and its holder's roles open, and nothing else."""

import asyncio

import pytest
from fastapi import APIRouter

from etape.core.access import allow
from etape.core.http import Route
from etape.identity.members.rules import FUNDING_EDITOR, STOP_ORGANISER
from etape.identity.members.schemas import MEANINGS, Role, Scope
from support.app import Client
from support.keys import API, KEYS, SOON, assert_unknown, bearing, obtain, of_member, rows
from support.team import sign_in
from test_access import operations, paths_of

trial = APIRouter(route_class=Route)


@trial.get("/trial/funding")
@allow(FUNDING_EDITOR)
async def manage_funding() -> dict[str, str]:
    """Stand for what editors of funding do."""
    return {}


@trial.get("/trial/tour/{slug}")
@allow(STOP_ORGANISER)
async def manage_stop(slug: str) -> dict[str, str]:
    """Stand for what the organisers of a stop do."""
    return {"slug": slug}


async def test_a_key_does_what_its_scopes_say_and_its_holders_roles_open(client: Client) -> None:
    client.app.include_router(trial)
    editor = await sign_in(client, Role.FUNDING_EDITOR, name="Paul Roux")
    organiser = await sign_in(client, Role.STOP_ORGANISER, stops=["lille"], name="Jeanne Roy")
    nobody = await sign_in(client, name="Luc Petit")
    read, funding, tour = "read", "manage:funding", "manage:tour"
    keys = {
        "an integrator": (await obtain(client))[0],
        "an editor who reads": await of_member(editor, read),
        "an editor": await of_member(editor, funding, tour),
        "an organiser": await of_member(organiser, funding, tour),
        "a member without a role": await of_member(nobody, funding, tour),
    }

    async def opened(path: str) -> set[str]:
        answers = {who: await client.get(path, **bearing(key)) for who, key in keys.items()}
        assert {answer.status_code for answer in answers.values()} <= {200, 403}
        return {who for who, answer in answers.items() if answer.status_code == 200}

    assert await opened("/trial/funding") == {"an editor"}
    assert await opened("/trial/tour/lille") == {"an organiser"}
    assert await opened("/trial/tour/nantes") == set()

    await rows(client, f"DELETE FROM member_grant WHERE member_id = '{editor.member_id}'")
    await rows(client, f"UPDATE member SET disabled_at = now() WHERE id = '{organiser.member_id}'")
    await asyncio.sleep(SOON)
    assert (await client.get("/trial/funding", **bearing(keys["an editor"]))).status_code == 403
    gone = keys["an organiser"]
    assert_unknown(await client.get("/trial/tour/lille", **bearing(gone)))
    assert_unknown(await client.get(f"{API}/calls", **bearing(gone)))


@pytest.mark.parametrize("kind", ["integrator", "member"])
async def test_a_key_opens_the_operations_of_its_scopes_and_no_other(
    client: Client, kind: str
) -> None:
    if kind == "member":
        scopes: set[str] = set(Scope)
        key = await of_member(await sign_in(client, Role.COORDINATOR), *scopes)
    else:
        scopes = {Scope.READ}
        key, _ = await obtain(client)
    wrong = []
    for method, path, policy in operations():
        may = policy["scope"] in scopes
        if may and method != "get" and policy["keys_only"]:
            continue  # it would end the key: its own tests say the rest
        for filled, _ in paths_of(path, policy):
            body = {} if method in {"post", "put", "patch"} else None
            answer = await client.request(method, f"{API}{filled}", json=body, **bearing(key))
            if (answer.status_code not in {401, 403}) is not may:
                wrong.append(f"{method} {filled}: {answer.status_code}, allowed: {may}")
    assert wrong == []


async def test_every_scope_that_an_operation_asks_for_is_in_the_list(client: Client) -> None:
    document = (await client.get(f"{API}/openapi.json")).json()
    asked = {
        operation["x-allowed"]["scope"]
        for operations in document["paths"].values()
        for operation in operations.values()
    }
    assert asked - {None} <= set(Scope)
    assert set(MEANINGS) == set(Scope)
    itself = document["paths"][f"{KEYS}/self"]["get"]
    assert itself["security"] == [{"key": ["read"]}]
