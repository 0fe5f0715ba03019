"""Drafts: seen by editors only, saved unfinished, never written over somebody else's."""

import asyncio
from datetime import datetime
from typing import Any

import pytest

from etape.core.access import Level
from etape.core.publishing import NOUNS
from etape.identity.members.schemas import Role
from support.app import Client
from support.editor import NEW, Editor
from support.team import sign_in

CALL = "calls/un-appel"
BARE = {"kind": "aap", "name": {"fr": "Un appel"}}


async def test_a_draft_may_lack_fields_and_says_which_before_it_is_published(
    editor: Editor,
) -> None:
    answer = await editor.draft(CALL, {"name": {"fr": "Un appel"}})
    assert answer.status_code == 200, answer.text
    assert answer.json()["draft"] == {
        "slug": "un-appel",
        "name": {"fr": "Un appel", "en": None},
    } | {field: None for field in answer.json()["draft"] if field not in {"slug", "name"}}

    checked = await editor.browser.read(f"/manage/{CALL}/draft/problems")
    assert checked["publishable"] is False
    assert checked["errors"] == [{"pointer": "/kind", "detail": "Ce champ est requis."}]
    refused = await editor.act(CALL)
    assert refused.status_code == 422
    assert refused.json()["errors"] == checked["errors"]
    assert (await editor.browser.client.get("/api/v1/calls/un-appel")).status_code == 404


async def test_any_field_of_any_noun_may_still_be_null(editor: Editor) -> None:
    for noun in NOUNS.values():
        path = f"{noun.name}s/nouveau"
        nothing = dict.fromkeys(noun.content.model_fields)
        answer = await editor.draft(path, nothing)
        assert answer.status_code == 200, (path, answer.text)
        assert answer.json()["draft"] == {**nothing, "slug": "nouveau"}


async def test_what_is_written_in_a_draft_is_well_formed(editor: Editor) -> None:
    for wrong, pointer in (
        ({"kind": "lottery"}, "/kind"),
        ({"colour": "blue"}, "/colour"),
        ({"fictitious": "yes"}, "/fictitious"),
        ({"amount_max_cents": True}, "/amount_max_cents"),
        ({"amount_max_cents": "100"}, "/amount_max_cents"),
        ({"waves": [{"rank": 0}]}, "/waves/0/rank"),
        ({"slug": "un-autre"}, "/slug"),
        ({"name": {"fr": "\0"}}, "/name/fr"),
    ):
        answer = await editor.draft(CALL, wrong)
        assert answer.status_code == 422, wrong
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


async def test_a_rule_between_fields_is_said_in_a_sentence(editor: Editor) -> None:
    wave = {"rank": 1, "opens": {"on": "2027-03-01"}, "closes": {"on": "2027-02-01"}}
    answer = await editor.draft(CALL, {**BARE, "waves": [wave]})
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert error == {"pointer": "/waves/0", "detail": "Une vague ouvre avant de fermer."}


async def test_an_act_must_say_which_version_it_was_decided_on(editor: Editor) -> None:
    put = editor.browser.put
    missing = await put(f"/manage/{CALL}/draft", json=BARE)
    assert missing.status_code == 428
    made = await put(f"/manage/{CALL}/draft", json=BARE, headers=NEW)
    assert made.status_code == 200
    for stale in (NEW, {"If-Match": '"0-0"'}, {"If-Match": "anything"}):
        refused = await put(f"/manage/{CALL}/draft", json=BARE, headers=stale)
        assert refused.status_code == 412
        assert refused.json()["type"] == "/problems/edited-meanwhile"
        assert refused.headers["etag"] == made.headers["etag"]
    for method, act in (
        ("POST", "publication"),
        ("DELETE", "publication"),
        ("POST", "undo"),
        ("DELETE", "draft"),
    ):
        answer = await editor.browser.request(method, f"/manage/{CALL}/{act}")
        assert answer.status_code == 428, act
    assert (await editor.browser.delete(f"/manage/{CALL}")).status_code == 428


async def test_of_twenty_editors_at_once_one_succeeds(editor: Editor) -> None:
    await editor.draft(CALL, BARE)
    condition = await editor.condition(CALL)

    async def write(number: int) -> int:
        answer = await editor.browser.put(
            f"/manage/{CALL}/draft",
            json={**BARE, "name": {"fr": f"Un appel {number}"}},
            headers=condition,
        )
        return answer.status_code

    codes = await asyncio.gather(*map(write, range(20)))
    assert sorted(codes) == [200] + [412] * 19


async def test_of_twenty_who_create_the_same_at_once_one_succeeds(editor: Editor) -> None:
    async def create(_: int) -> int:
        answer = await editor.browser.put(f"/manage/{CALL}/draft", json=BARE, headers=NEW)
        return answer.status_code

    codes = await asyncio.gather(*map(create, range(20)))
    assert sorted(codes) == [200] + [412] * 19


async def test_a_draft_that_is_discarded_leaves_what_is_published(editor: Editor) -> None:
    await editor.publish(CALL, BARE)
    await editor.draft(CALL, {**BARE, "kind": "ami"})
    assert (await editor.act(CALL, "draft", method="DELETE")).status_code == 204
    read = await editor.browser.read(f"/manage/{CALL}")
    assert (read["draft"], read["published"]["kind"]) == (None, "aap")
    assert (await editor.act(CALL, "draft", method="DELETE")).status_code == 409


async def test_a_copy_is_a_draft_with_its_dates_moved_and_their_hours_kept(
    editor: Editor,
) -> None:
    path = "/manage/stops/azimut-lille/copies"
    answer = await editor.browser.post(path, json={"slug": "azimut-douai", "days": 182})
    assert answer.status_code == 201, answer.text
    copied = answer.json()
    original = (await editor.browser.read("/manage/stops/azimut-lille"))["published"]
    assert copied["is_published"] is False
    assert copied["draft"]["slug"] == "azimut-douai"
    hours = [each["starts_at"][11:16] for each in original["sessions"] if each["starts_at"]]
    moved = [each["starts_at"][11:16] for each in copied["draft"]["sessions"] if each["starts_at"]]
    assert moved == hours
    opens = copied["draft"]["registration_opens_at"]
    assert datetime.fromisoformat(opens).tzinfo, "the contract has every instant with its offset"
    assert copied["draft"]["days"][0]["on"] > original["days"][0]["on"]
    assert (await editor.browser.post(path, json={"slug": "azimut-douai"})).status_code == 409


@pytest.mark.parametrize(
    ("role", "stops", "path", "code"),
    [
        (None, (), "calls/azimut-iles", 403),
        (Role.FUNDING_EDITOR, (), "calls/azimut-iles", 200),
        (Role.FUNDING_EDITOR, (), "stops/azimut-lille", 403),
        (Role.STOP_ORGANISER, ("azimut-lille",), "stops/azimut-lille", 200),
        (Role.STOP_ORGANISER, ("azimut-lille",), "stops/azimut-rennes", 403),
        (Role.STOP_ORGANISER, ("azimut-lille",), "calls/azimut-iles", 403),
        (Role.STOP_ORGANISER, ("azimut-lille",), "tours/azimut", 403),
        (Role.STOP_ORGANISER, ("azimut-lille",), "organisations/ans", 200),
        (Role.HOST, ("azimut-lille",), "stops/azimut-lille", 403),
    ],
)
async def test_a_role_opens_what_it_is_for(
    client: Client, role: Role | None, stops: tuple[str, ...], path: str, code: int
) -> None:
    async with await sign_in(client, role, stops=stops) as browser:
        assert (await browser.get(f"/manage/{path}")).status_code == code


async def test_an_organiser_sees_their_stops_in_the_list(client: Client) -> None:
    async with await sign_in(
        client, Role.STOP_ORGANISER, stops=("azimut-lille", "azimut-nancy")
    ) as browser:
        listed = await browser.read("/manage/stops")
        copied = await browser.post("/manage/stops/azimut-lille/copies", json={"slug": "ailleurs"})
    assert [each["slug"] for each in listed["items"]] == ["azimut-lille", "azimut-nancy"]
    assert copied.status_code == 403


async def test_a_draft_is_told_to_nobody_who_does_not_edit(client: Client, editor: Editor) -> None:
    await editor.draft(CALL, {**BARE, "promise": {"fr": "une phrase confidentielle"}})
    for path in ("/calls/un-appel", "/calls?q=confidentielle", "/search?q=confidentielle"):
        assert "confidentielle" not in (await client.get(f"/api/v1{path}")).text
    assert (await client.get(f"/api/v1/manage/{CALL}")).status_code == 401
    async with await sign_in(client, Role.COORDINATOR, name="Ali", level=Level.MAILED) as half:
        answer = await half.get(f"/manage/{CALL}")
    assert answer.status_code == 403
    assert answer.json()["type"] == "/problems/second-factor-needed"


async def test_the_list_says_what_is_published_and_what_is_drafted(editor: Editor) -> None:
    await editor.draft("themes/nouveau", {"label": {"fr": "Nouveau", "en": "New"}})
    items: list[Any] = (await editor.browser.read("/manage/themes", limit=100))["items"]
    [new] = [each for each in items if each["slug"] == "nouveau"]
    assert (new["title"], new["is_published"], new["has_draft"]) == ("Nouveau", False, True)
    others = [each for each in items if each["slug"] != "nouveau"]
    assert others
    assert all(each["is_published"] and not each["has_draft"] for each in others)
