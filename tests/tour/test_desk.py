"""What an organiser's change means to those who registered: told, moved, seated or let go."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest

from etape.core.access import Level
from etape.identity.members.schemas import Role
from etape.tour.queues import service as queues
from etape.tour.registrations import service as registrations
from support.app import Client
from support.desk import DAY, Desk, a_session, address_of, at_hour
from support.editor import Editor
from support.team import sign_in

STOP = "stops/essai"
SESSIONS = (
    a_session("plenary", on_site={"capacity": 2}, online={}),
    a_session("workshop", **at_hour(11), on_site={"capacity": 2}),
)


@pytest.fixture
async def stop(desk: Desk) -> Desk:
    await desk.publish(*SESSIONS)
    return desk


@pytest.fixture
async def editor(stop: Desk) -> AsyncIterator[Editor]:
    """The organiser of the stop."""
    assert isinstance(stop.http, Client)
    async with await sign_in(stop.http, Role.STOP_ORGANISER, stops=["essai"]) as browser:
        yield Editor(browser)


async def change(editor: Editor, *, simulate: bool = False, **changes: Any) -> Any:
    """Publish the stop with some fields changed, or see what that would do."""
    published = (await editor.browser.read(f"/manage/{STOP}"))["published"]
    drafted = await editor.draft(STOP, {**published, **changes})
    assert drafted.status_code == 200, drafted.text
    return await editor.act(STOP, simulate=simulate)


def figures(answer: Any) -> dict[str, int]:
    """What followed: how many people each consequence reaches."""
    assert answer.status_code == 200, answer.text
    return {each["kind"]: each["count"] for each in answer.json()["consequences"]}


async def sessions_with(editor: Editor, slug: str, **changes: Any) -> list[Any]:
    published = (await editor.browser.read(f"/manage/{STOP}"))["published"]
    return [{**each, **changes} if each["slug"] == slug else each for each in published["sessions"]]


async def test_cancelling_the_stop_cancels_everybody_and_tells_them(
    stop: Desk, editor: Editor
) -> None:
    for name in ("Ada", "Bea", "Cleo"):
        await stop.register(name, "plenary")
    before = await stop.contents()

    foreseen = await change(editor, status="cancelled", simulate=True)
    after = await stop.contents()
    for table in before.keys() - {"aggregate"}:
        assert after[table] == before[table], table
    assert figures(foreseen) == {"cancellations": 3}

    assert figures(await editor.act(STOP)) == {"cancellations": 3}
    assert await stop.counters("plenary") == (0, 0)
    told = sorted(name for kind, name in await stop.mails() if kind == "cancellation")
    assert told == ["Ada", "Bea", "Cleo"]
    assert await stop.flaws() == {}


async def test_a_session_called_off_frees_its_seats_and_keeps_the_others(
    stop: Desk, editor: Editor
) -> None:
    await stop.register("Ada", "plenary", "workshop")
    await stop.register("Bea", "workshop")
    sessions = await sessions_with(editor, "workshop", status="cancelled")

    answer = await change(editor, sessions=sessions)

    assert figures(answer) == {"cancellations": 1, "letters-of-change": 1}
    assert await stop.seats("Ada") == {"plenary:on_site": "confirmed"}
    assert (await stop.read("Bea"))["cancelled_at"] is not None
    assert await stop.flaws() == {}
    refused = await stop.change("Ada", "plenary", "workshop")
    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/session-not-held"


async def test_an_hour_that_moves_is_told_to_who_has_a_seat_and_to_nobody_else(
    stop: Desk, editor: Editor
) -> None:
    await stop.register("Ada", "plenary")
    await stop.register("Bea", "workshop")
    sessions = await sessions_with(
        editor, "workshop", starts_at=f"{DAY}T16:00", ends_at=f"{DAY}T17:00"
    )

    assert figures(await change(editor, sessions=sessions)) == {"letters-of-change": 1}

    assert [name for kind, name in await stop.mails() if kind == "change"] == ["Bea"]
    rows = await stop.ask("SELECT name, sequence FROM registration ORDER BY name")
    assert [tuple(row) for row in rows] == [("Ada", 0), ("Bea", 1)]


async def test_who_waits_is_promoted_until_as_long_before_the_new_hour(
    stop: Desk, editor: Editor
) -> None:
    for name in ("Ada", "Bea", "Cleo"):
        await stop.register(name, "workshop", promote_until_hours=48)
    sessions = await sessions_with(
        editor, "workshop", starts_at=f"{DAY}T18:00", ends_at=f"{DAY}T19:00"
    )
    await change(editor, sessions=sessions)
    [row] = await stop.ask(
        "SELECT s.starts_at - seat.promote_until AS lead FROM seat "
        "JOIN seat_pool p ON p.id = seat.pool_id JOIN session s ON s.id = p.session_id "
        "WHERE seat.status = 'waiting'"
    )
    assert row.lead.total_seconds() == 48 * 3600


async def test_a_capacity_below_what_is_taken_is_refused_with_the_figure(
    stop: Desk, editor: Editor
) -> None:
    for name in ("Ada", "Bea"):
        await stop.register(name, "plenary")
    sessions = await sessions_with(editor, "plenary", on_site={"capacity": 1})

    answer = await change(editor, sessions=sessions)

    assert answer.status_code == 409
    told = answer.json()
    assert (told["type"], told["taken"]) == ("/problems/capacity-taken", 2)
    assert told["errors"][0]["pointer"] == "/sessions/0/on_site/capacity"
    assert "2 places" in told["detail"]
    assert await stop.counters("plenary") == (2, 0)


async def test_a_capacity_raised_seats_who_waits_in_order(stop: Desk, editor: Editor) -> None:
    for name in ("Ada", "Bea", "Cleo", "Dora", "Eve"):
        await stop.register(name, "workshop")
    sessions = await sessions_with(editor, "workshop", on_site={"capacity": 4})

    assert figures(await change(editor, sessions=sessions)) == {"promotions": 2}

    assert await stop.queue("workshop") == ["Eve"]
    told = sorted(name for kind, name in await stop.mails() if kind == "promotion")
    assert told == ["Cleo", "Dora"]
    assert await stop.flaws() == {}


async def test_many_move_up_a_few_at_a_time_and_nobody_passes_them(
    stop: Desk, editor: Editor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A transaction holds the stop: what many wait for is done in several."""
    monkeypatch.setattr(queues, "AT_ONCE", 2)
    names = ("Ada", "Bea", "Cleo", "Dora", "Eve", "Fay", "Gus", "Hal")
    for name in names:
        await stop.register(name, "workshop")
    sessions = await sessions_with(editor, "workshop", on_site={"capacity": 7})

    assert figures(await change(editor, sessions=sessions)) == {"promotions": 5}

    assert await stop.queue("workshop") == ["Eve", "Fay", "Gus", "Hal"]
    [late] = await stop.register("Ida", "workshop")
    assert late["status"] == "waiting", "the seats that are free are somebody's"
    waited_for = "SELECT args ->> 'pool_id' AS pool FROM procrastinate_jobs WHERE task_name = :name"
    for left in (["Gus", "Hal", "Ida"], ["Hal", "Ida"]):
        row = (await stop.ask(waited_for, name=queues.PROMOTE_MORE))[-1]
        async with stop.database.unit_of_work() as session:
            now = stop.http.clock.now()
            await registrations.promote_more(session, UUID(row.pool), now=now)
        assert await stop.queue("workshop") == left
    told = [name for kind, name in await stop.mails() if kind == "promotion"]
    assert told == ["Cleo", "Dora", "Eve", "Fay", "Gus"]
    assert await stop.flaws() == {}


async def test_a_postponed_stop_keeps_seats_and_takes_nobody_meanwhile(
    stop: Desk, editor: Editor
) -> None:
    await stop.register("Ada", "plenary")
    assert figures(await change(editor, status="postponed")) == {"letters-of-change": 1}
    assert await stop.seats("Ada") == {"plenary:on_site": "confirmed"}
    refused = await stop.post({"name": "Bea", "email": address_of("Bea"), "seats": []})
    assert refused.status_code == 422
    assert figures(await change(editor, status="scheduled")) == {"letters-of-change": 1}


async def test_a_session_with_people_is_not_removed_nor_a_stop_withdrawn(
    stop: Desk, editor: Editor
) -> None:
    await stop.register("Ada", "workshop")
    published = (await editor.browser.read(f"/manage/{STOP}"))["published"]
    removed = await change(editor, sessions=published["sessions"][:1])
    assert removed.status_code == 409
    assert removed.json()["type"] == "/problems/session-has-registrations"
    withdrawn = await editor.act(STOP, method="DELETE")
    assert withdrawn.status_code == 409
    assert withdrawn.json()["type"] == "/problems/stop-has-registrations"
    assert await stop.seats("Ada") == {"workshop:on_site": "confirmed"}


async def test_whoever_lists_or_exports_the_registered_is_journalled(
    stop: Desk, editor: Editor
) -> None:
    await stop.register("Ada", "plenary", "workshop")
    await stop.register("=cmd", "plenary")
    listed = await editor.browser.read(f"/manage/{STOP}/registrations")
    assert [each["name"] for each in listed["items"]] == ["=cmd", "Ada"]
    assert [seat["session"] for seat in listed["items"][1]["seats"]] == ["plenary", "workshop"]
    exported = await editor.browser.get(f"/manage/{STOP}/registrations.csv")
    assert exported.status_code == 200
    assert exported.headers["cache-control"] == "no-store"
    lines = exported.text.splitlines()
    assert len(lines) == 4
    assert lines[1].startswith("'=cmd,")

    rows = await stop.ask("SELECT act, actor FROM journal WHERE act IN ('listed', 'exported')")
    by = f"member:{editor.browser.member_id}"
    assert [tuple(row) for row in rows] == [("listed", by), ("exported", by)]


async def test_an_export_wants_a_fresh_proof(stop: Desk) -> None:
    assert isinstance(stop.http, Client)
    async with await sign_in(
        stop.http, Role.STOP_ORGANISER, stops=["essai"], level=Level.SIGNED_IN
    ) as browser:
        answer = await browser.get(f"/manage/{STOP}/registrations.csv")
    assert answer.status_code == 403
    assert answer.json()["type"] == "/problems/fresh-proof-needed"
