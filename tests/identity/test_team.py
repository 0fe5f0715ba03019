"""The team: invited, changed, disabled, let in again; each act by a coordinator, and journalled."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from etape.core.access import Level
from etape.identity.members.schemas import GrantContent, Role
from etape.identity.sessions.rules import FRESH_FOR
from etape.identity.team import service as team
from etape.identity.team.tables import Invitation
from support.app import Client
from support.team import Browser, sign_in
from support.visitor import Visitor, a_member, acts, ask, enrolled

ADA = {
    "name": "Ada Lenoir",
    "email": "ada@etape.example",
    "roles": [{"role": "funding_editor"}, {"role": "stop_organiser", "stop": "lille"}],
    "language": "en",
}
COORDINATES = [{"role": "coordinator"}]
EDITS = [{"role": "funding_editor"}]


@pytest.fixture
async def coordinator(client: Client) -> Browser:
    return await sign_in(client, Role.COORDINATOR)


async def post(browser: Browser, path: str, body: Any = None) -> Any:
    answer = await browser.post(path, json=body)
    assert answer.is_success, answer.text
    return answer.json()


async def link_of(client: Client) -> str:
    """The secret of the latest invitation, derived as its letter does."""
    secret = client.app.state.settings.secret
    [row] = await ask(client, "SELECT id FROM invitation ORDER BY created_at DESC, id LIMIT 1")
    async with client.database.unit_of_work() as session:
        return team.token_of(await session.get_one(Invitation, row.id), secret=secret)


async def invited(coordinator: Browser, **changes: Any) -> str:
    await post(coordinator, "/manage/invitations", {**ADA, **changes})
    return await link_of(coordinator.client)


async def test_somebody_invited_joins_from_any_browser_and_enrols(
    client: Client, coordinator: Browser
) -> None:
    token = await invited(coordinator)
    ada = Visitor(client)
    opened = await ada.do("/invitations/open", {"token": token})
    assert (opened["kind"], opened["email"]) == ("invitation", ADA["email"])

    await ada.do("/invitations/accept", {"token": token})

    me = await ada.read("/me")
    assert (me["level"], me["member"]["name"]) == ("mailed", "Ada Lenoir")
    assert me["member"]["language"] == "en"
    assert me["roles"] == [
        {"role": "funding_editor", "stop": None},
        {"role": "stop_organiser", "stop": "lille"},
    ]
    await ada.enrol_passkey()
    assert await ada.level() == "fresh"
    assert await acts(client, "invitation") == [("member", "invited"), ("member", "accepted")]
    assert (await acts(client))[:1] == [("member", "joined")]


async def test_an_invitation_serves_once_and_refuses_alike(
    client: Client, coordinator: Browser
) -> None:
    spent = await invited(coordinator)
    await Visitor(client).do("/invitations/accept", {"token": spent})
    late = await invited(coordinator, email="bea@etape.example")
    client.clock.at += timedelta(days=7)

    answers = [
        await Visitor(client).post(path, json={"token": token})
        for token in (spent, late, "x" * 43)
        for path in ("/invitations/accept", "/invitations/open")
    ]

    assert {answer.json()["type"] for answer in answers} == {"/problems/invitation-unknown"}
    assert not any("set-cookie" in answer.headers for answer in answers)


async def test_of_two_who_take_one_invitation_at_once_one_gets_in(
    client: Client, coordinator: Browser
) -> None:
    token = await invited(coordinator)
    visitors = [Visitor(client) for _ in range(5)]

    answers = await asyncio.gather(
        *(visitor.post("/invitations/accept", json={"token": token}) for visitor in visitors)
    )

    assert sorted(answer.status_code for answer in answers) == [204, 404, 404, 404, 404]


async def test_an_invitation_is_for_the_address_and_roles_that_it_names(
    client: Client, coordinator: Browser
) -> None:
    token = await invited(coordinator)
    ada = Visitor(client)
    body = {"token": token, "email": "eve@etape.example", "name": "Ada L."}
    await ada.do("/invitations/accept", body)

    me = await ada.read("/me")
    assert (me["member"]["email"], me["member"]["name"]) == (ADA["email"], "Ada L.")
    mass = {"token": token, "roles": COORDINATES}
    assert (await ada.post("/invitations/accept", json=mass)).status_code == 422


async def test_an_invitation_is_taken_back_or_replaced(
    client: Client, coordinator: Browser
) -> None:
    first = await invited(coordinator)
    client.clock.at += timedelta(seconds=1)
    second = await invited(coordinator)
    [waiting] = (await coordinator.read("/manage/invitations"))["items"]
    assert (await Visitor(client).post("/invitations/open", json={"token": first})).is_error

    path = f"/manage/invitations/{waiting['id']}"
    assert (await coordinator.delete(path)).status_code == 204

    assert (await Visitor(client).post("/invitations/open", json={"token": second})).is_error
    assert (await coordinator.delete(path)).status_code == 404
    assert ("member", "withdrawn") in await acts(client, "invitation")


async def test_a_member_is_not_invited_again(client: Client, coordinator: Browser) -> None:
    await invited(coordinator)
    await Visitor(client).do("/invitations/accept", {"token": await link_of(client)})

    for email in ("ADA@etape.example", ADA["email"]):
        answer = await coordinator.post("/manage/invitations", json={**ADA, "email": email})
        assert answer.json()["type"] == "/problems/already-member"


@pytest.mark.parametrize(
    "roles",
    [
        [],
        [{"role": "coordinator", "stop": "lille"}],
        [{"role": "host"}],
        [{"role": "coordinator"}, {"role": "coordinator"}],
        [{"role": "emperor"}],
        [{"role": "coordinator", "since": "ever"}],
    ],
)
async def test_roles_that_make_no_sense_are_refused(coordinator: Browser, roles: Any) -> None:
    answer = await coordinator.post("/manage/invitations", json={**ADA, "roles": roles})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith("/roles")


async def test_roles_are_changed_at_once_and_the_journal_says_from_what_to_what(
    client: Client, coordinator: Browser
) -> None:
    ada_id, _ = await a_member(client, "Ada Lenoir")
    ada = Visitor(client)
    await ada.sign_in_by_mail("ada.lenoir@etape.example")

    told = await coordinator.put(f"/manage/members/{ada_id}/roles", json={"roles": EDITS})

    assert told.json()["roles"] == [{"role": "funding_editor", "stop": None}]
    assert (await ada.read("/me"))["roles"] == told.json()["roles"]
    [row] = await ask(client, "SELECT * FROM journal WHERE act = 'roles_changed'")
    assert (row.actor, row.subject_id) == (f"member:{coordinator.member_id}", ada_id)
    assert row.changes == {
        "roles": [
            [{"role": "coordinator", "stop": None}],
            [{"role": "funding_editor", "stop": None}],
        ]
    }


async def test_the_last_coordinator_stays(client: Client, coordinator: Browser) -> None:
    mine = f"/manage/members/{coordinator.member_id}"
    await enrolled(client, "Ada Lenoir")
    await ask(client, "UPDATE member SET disabled_at = now() WHERE name = 'Ada Lenoir'")

    answers = [
        await coordinator.put(f"{mine}/roles", json={"roles": EDITS}),
        await coordinator.post(f"{mine}/disable"),
    ]

    assert {answer.json()["type"] for answer in answers} == {"/problems/last-coordinator"}
    assert (await coordinator.read("/me"))["roles"] == [{"role": "coordinator", "stop": None}]
    kept = {"roles": [*COORDINATES, *EDITS]}
    assert (await coordinator.put(f"{mine}/roles", json=kept)).status_code == 200


async def test_two_coordinators_who_leave_at_once_do_not_leave_nobody(client: Client) -> None:
    for number in range(4):
        one = await sign_in(client, Role.COORDINATOR, name=f"One {number}")
        other = await sign_in(client, Role.COORDINATOR, name=f"Other {number}")
        await ask(
            client,
            "UPDATE member SET disabled_at = now() WHERE id NOT IN (:one, :other)",
            one=one.member_id,
            other=other.member_id,
        )
        answers = await asyncio.gather(
            one.put(f"/manage/members/{one.member_id}/roles", json={"roles": EDITS}),
            other.post(f"/manage/members/{other.member_id}/disable"),
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_somebody_disabled_is_signed_out_and_not_let_in_again(
    client: Client, coordinator: Browser
) -> None:
    ada, passkey = await enrolled(client, "Ada Lenoir")
    ada_id = (await ada.read("/me"))["member"]["id"]

    told = await post(coordinator, f"/manage/members/{ada_id}/disable")

    assert told["disabled_at"] is not None
    assert (await ada.get("/me")).status_code == 401
    assert (await Visitor(client).sign_in_by(passkey)).status_code == 403
    await post(coordinator, f"/manage/members/{ada_id}/enable")
    assert (await ada.get("/me")).status_code == 401, "a session that was ended stays so"
    assert (await Visitor(client).sign_in_by(passkey)).status_code == 204


async def test_who_lost_a_passkey_is_let_in_by_a_coordinator_and_the_journal_tells(
    client: Client, coordinator: Browser
) -> None:
    ada, passkey = await enrolled(client, "Ada Lenoir")
    ada_id = (await ada.read("/me"))["member"]["id"]
    await ada.do("/me/recovery-codes")

    told = await post(coordinator, f"/manage/members/{ada_id}/recover")

    assert told["second_factors"] == 0
    assert (await ada.get("/me")).status_code == 401
    assert (await Visitor(client).sign_in_by(passkey)).status_code == 403
    again, token = Visitor(client), await link_of(client)
    opened = await again.do("/invitations/open", {"token": token})
    assert (opened["kind"], opened["name"]) == ("recovery", "Ada Lenoir")
    await again.do("/invitations/accept", {"token": token})
    assert (await again.read("/me"))["second_factors"]["recovery_codes"] == 0
    await again.enrol_passkey()
    assert await again.level() == "fresh"
    [row] = await ask(client, "SELECT * FROM journal WHERE act = 'recovered'")
    assert (row.actor, str(row.subject_id)) == (f"member:{coordinator.member_id}", ada_id)
    [job] = await ask(client, "SELECT args FROM procrastinate_jobs WHERE task_name LIKE 'invi%'")
    assert token not in str(job.args)


async def test_every_look_at_the_team_is_in_the_journal_in_words(
    client: Client, coordinator: Browser
) -> None:
    ada_id, _ = await a_member(client, "Ada Lenoir")
    page = await coordinator.read("/manage/members", limit=1)
    await coordinator.read("/manage/members", limit=1, cursor=page["next"])
    await coordinator.read("/manage/invitations")
    await coordinator.put(f"/manage/members/{ada_id}/roles", json={"roles": EDITS})
    await post(coordinator, f"/manage/members/{ada_id}/recover")

    told = await coordinator.read("/manage/journal")

    assert [entry["sentence"] for entry in told["items"]] == [
        "Odile Martin a réinitialisé un membre de l’équipe « Ada Lenoir ».",
        "Odile Martin a changé les rôles d’un membre de l’équipe « Ada Lenoir ».",
        "Odile Martin a consulté les invitations.",
        "Odile Martin a consulté la liste de l’équipe.",
        "Odile Martin a consulté la liste de l’équipe.",
        "Ada Lenoir a rejoint l’équipe.",
    ]


async def test_every_act_of_signing_in_has_its_words(client: Client) -> None:
    visitor, passkey = await enrolled(client)
    await visitor.prove_by(passkey)
    await visitor.prove("recovery_code", "0000")
    [_, _, *told] = reversed((await visitor.read("/manage/journal"))["items"])
    assert [entry["sentence"] for entry in told] == [
        "Odile Martin a ajouté une clé d’accès.",
        "Odile Martin a confirmé son identité.",
        "Odile Martin s’est vu refuser une demande.",
    ]


GRAVE = [
    ("POST", "/manage/invitations", ADA),
    ("DELETE", f"/manage/invitations/{uuid4()}", None),
    ("PUT", f"/manage/members/{uuid4()}/roles", {"roles": EDITS}),
    ("POST", f"/manage/members/{uuid4()}/disable", None),
    ("POST", f"/manage/members/{uuid4()}/enable", None),
    ("POST", f"/manage/members/{uuid4()}/recover", None),
]


async def test_grave_acts_want_a_fresh_proof(client: Client) -> None:
    visitor, passkey = await enrolled(client)
    client.clock.at += FRESH_FOR
    for method, path, body in GRAVE:
        answer = await visitor.request(method, path, json=body)
        assert answer.json()["type"] == "/problems/fresh-proof-needed", path
    await visitor.prove_by(passkey)
    for method, path, body in GRAVE:
        answer = await visitor.request(method, path, json=body)
        assert answer.status_code in {201, 404}, path


async def test_an_editor_runs_no_team(client: Client) -> None:
    editor = await sign_in(client, Role.FUNDING_EDITOR, level=Level.FRESH)
    for method, path, body in [*GRAVE, ("GET", "/manage/members", None)]:
        answer = await editor.request(method, path, json=body)
        assert answer.json()["type"] == "/problems/not-allowed", path
    assert await ask(client, "SELECT 1 FROM invitation") == []


def test_a_role_for_a_stop_names_it() -> None:
    assert GrantContent(role=Role.HOST, stop="lille").stop == "lille"
