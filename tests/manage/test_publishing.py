"""Publishing, withdrawing, undoing, deleting: what the public sees, and what is kept."""

from etape.core.publishing import referrers_of
from support.app import Client
from support.editor import Editor

CALL = "calls/un-appel"
WAVE = {
    "rank": 1,
    "opens": {"on": "2026-10-01"},
    "closes": {"at": "2027-03-24T12:00"},
}
BARE = {"kind": "aap", "name": {"fr": "Un appel"}, "waves": [WAVE]}
LATER = {**BARE, "waves": [{**WAVE, "closes": {"at": "2027-06-01T12:00"}}]}


async def test_what_is_published_is_found_at_once_and_what_is_withdrawn_is_gone(
    client: Client, editor: Editor
) -> None:
    await editor.publish(CALL, BARE)
    assert (await client.read("/calls/un-appel"))["state"] == "open"
    assert "un-appel" in (await client.get("/api/v1/calls?q=un appel")).text

    withdrawn = await editor.act(CALL, method="DELETE")
    assert withdrawn.status_code == 200
    assert (await client.get("/api/v1/calls/un-appel")).status_code == 404
    assert '"un-appel"' not in (await client.get("/api/v1/calls?q=un appel")).text
    read = await editor.browser.read(f"/manage/{CALL}")
    assert (read["version"], read["is_published"], read["draft"]["kind"]) == (2, False, "aap")

    again = await editor.act(CALL)
    assert again.json()["version"] == 3
    assert (await client.read("/calls/un-appel"))["state"] == "open"


async def test_a_simulation_says_what_would_happen_and_changes_nothing(
    client: Client, editor: Editor
) -> None:
    await editor.publish(CALL, BARE)
    await editor.draft(CALL, LATER)
    etag = await editor.etag(CALL)

    foreseen = await editor.act(CALL, simulate=True)

    told = foreseen.json()
    assert told["simulated"] is True
    assert [change["field"] for change in told["changes"]] == ["waves"]
    [move] = told["consequences"]
    assert move["kind"] == "deadline-moves"
    assert move["sentence"]["fr"].replace("\xa0", " ") == (
        "La clôture passe du 24 mars 2027 à 12 h au 1er juin 2027 à 12 h."
    )
    assert foreseen.headers["etag"] == etag == await editor.etag(CALL)
    deadline = (await client.read("/calls/un-appel"))["deadline"]
    assert deadline["at"].startswith("2027-03-24T12:00")

    done = (await editor.act(CALL)).json()
    assert {**done, "simulated": True} == told
    deadline = (await client.read("/calls/un-appel"))["deadline"]
    assert deadline["at"].startswith("2027-06-01T12:00")


async def test_a_preview_is_what_the_public_then_reads(client: Client, editor: Editor) -> None:
    await editor.draft(CALL, BARE)
    preview = await editor.browser.read(f"/manage/{CALL}/preview")
    assert (await client.get("/api/v1/calls/un-appel")).status_code == 404
    await editor.act(CALL)
    assert preview == await client.read("/calls/un-appel")


async def test_a_name_that_nobody_published_is_refused_where_it_is_written(
    editor: Editor,
) -> None:
    unknown = {**BARE, "operator": "nobody", "themes": ["nothing"], "funders": []}
    await editor.draft(CALL, unknown)
    checked = await editor.browser.read(f"/manage/{CALL}/draft/problems")
    assert [error["pointer"] for error in checked["errors"]] == ["/operator", "/themes/0"]
    refused = await editor.act(CALL)
    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/unknown-reference"
    assert refused.json()["errors"] == checked["errors"]


async def test_what_others_refer_to_stays_and_they_are_listed(
    client: Client, editor: Editor
) -> None:
    bank = "organisations/bpifrance"
    async with client.database.unit_of_work() as session:
        referrers = await referrers_of(session, "organisation", "bpifrance")
    assert referrers
    for act in (
        await editor.act(bank, method="DELETE"),
        await editor.browser.delete(f"/manage/{bank}", headers=await editor.condition(bank)),
    ):
        assert act.status_code == 409
        assert act.json()["type"] == "/problems/still-referred"
        assert act.json()["referrers"] == referrers
    assert (await editor.browser.read(f"/manage/{bank}"))["is_published"] is True


async def test_a_noun_that_is_deleted_keeps_its_history(editor: Editor) -> None:
    await editor.publish(CALL, BARE)
    gone = await editor.browser.delete(f"/manage/{CALL}", headers=await editor.condition(CALL))
    assert gone.status_code == 204
    assert (await editor.browser.get(f"/manage/{CALL}")).status_code == 404
    await editor.publish(CALL, LATER)
    history = await editor.browser.read(f"/manage/{CALL}/revisions")
    assert [each["version"] for each in history["items"]] == [3, 2, 1]
    assert [each["is_withdrawal"] for each in history["items"]] == [False, True, False]


async def test_each_version_says_what_it_changed_and_who_made_it(editor: Editor) -> None:
    await editor.publish(CALL, BARE)
    await editor.publish(CALL, LATER)
    history = await editor.browser.read(f"/manage/{CALL}/revisions", limit=1)
    [newest] = history["items"]
    assert newest["published_by"] == f"member:{editor.browser.member_id}"
    [change] = newest["changes"]
    assert change["field"] == "waves"
    assert change["before"][0]["closes"]["at"].startswith("2027-03-24")
    assert change["after"][0]["closes"]["at"].startswith("2027-06-01")
    older = await editor.browser.read(f"/manage/{CALL}/revisions", cursor=history["next"])
    assert [each["version"] for each in older["items"]] == [1]


async def test_the_last_change_is_undone_and_the_undoing_too(
    client: Client, editor: Editor
) -> None:
    await editor.publish(CALL, BARE)
    await editor.publish(CALL, LATER)
    for expected in ("2027-03-24", "2027-06-01"):
        undone = await editor.act(CALL, "undo")
        assert undone.status_code == 200
        assert (await client.read("/calls/un-appel"))["deadline"]["at"].startswith(expected)
    history = await editor.browser.read(f"/manage/{CALL}/revisions")
    assert history["total"] == 4


async def test_undoing_the_first_publication_withdraws_it(client: Client, editor: Editor) -> None:
    await editor.publish(CALL, BARE)
    assert (await editor.act(CALL, "undo")).status_code == 200
    assert (await client.get("/api/v1/calls/un-appel")).status_code == 404
    assert (await editor.browser.read(f"/manage/{CALL}"))["draft"]["kind"] == "aap"


async def test_a_retry_publishes_once(editor: Editor) -> None:
    await editor.draft(CALL, BARE)
    headers = {**await editor.condition(CALL), "Idempotency-Key": "the same"}
    first, second = [
        await editor.browser.post(f"/manage/{CALL}/publication", headers=headers) for _ in range(2)
    ]
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()
    assert second.headers["idempotency-replayed"] == "true"
