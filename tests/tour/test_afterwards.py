"""After a stop: what can be seen again, how many came, and what they say without their name."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from etape.app import HOLDINGS
from etape.identity.members.schemas import Role
from etape.tour.afterwards import service
from etape.tour.privacy import service as privacy
from etape.tour.sessions.schemas import SessionContent
from support.app import Client
from support.desk import DAY, Desk, a_session, at_hour
from support.team import sign_in

CHAPTERS = [
    {"at": 0, "title": {"fr": "Accueil", "en": "Welcome"}},
    {"at": 754, "title": {"fr": "Les appels", "en": "The calls"}},
]
REPLAY = {"has_replay": True, "replay_url": "https://video.example/plenary", "chapters": CHAPTERS}
SLIDES = {"title": {"fr": "Les diapositives"}, "url": "https://files.example/a.pdf"}
SAID = {"useful": 4, "missing": "Des exemples chiffrés", "next_step": "Une aide au dossier"}
OVER = datetime.fromisoformat(f"{DAY}T12:00+01:00")


@pytest.fixture
async def stop(desk: Desk) -> Desk:
    await desk.publish(
        a_session("plenary", on_site={"capacity": 2}, online={}, documents=[SLIDES], **REPLAY),
        a_session("workshop", on_site={"capacity": 1}, **at_hour(11)),
    )
    await desk.register("Ada", "plenary", "workshop")
    await desk.register("Bea", "plenary:online")
    await desk.register("Cleo", "workshop")
    return desk


def http(desk: Desk) -> Client:
    assert isinstance(desk.http, Client)
    return desk.http


async def state(desk: Desk, name: str) -> str:
    answer = await desk.http.get(f"{await desk.path(name)}/opinion")
    return str(answer.json()["state"])


async def say(desk: Desk, name: str, **changes: Any) -> int:
    path = f"{await desk.path(name)}/opinion"
    return (await desk.http.post(path, json={**SAID, **changes})).status_code


async def enter(desk: Desk, name: str) -> None:
    """Have somebody go in, twice."""
    await desk.ask(
        "INSERT INTO scan (stop_id, id, registration_id, means, device, outcome, scanned_at, "
        "received_at, by) SELECT stop_id, gen_random_uuid(), id, 'ticket', gen_random_uuid(), "
        "outcome, now(), now(), 'test' FROM registration, (VALUES ('admitted'), ('already_in')) "
        "AS entered (outcome) WHERE name = :name",
        name=name,
    )


async def by_link(desk: Desk, *names: str) -> None:
    for name in names:
        assert (await desk.http.delete(f"{await desk.path(name)}/data")).status_code == 204


async def by_time(desk: Desk, *_: str) -> None:
    await privacy.purge(desk.database, HOLDINGS, now=OVER + timedelta(days=91))


async def test_a_session_keeps_its_chapters_and_its_documents(stop: Desk) -> None:
    [plenary, workshop] = (await http(stop).read("/stops/essai"))["sessions"]

    assert [chapter["at"] for chapter in plenary["chapters"]] == [0, 754]
    assert plenary["documents"][0]["url"] == "https://files.example/a.pdf"
    assert (workshop["chapters"], workshop["documents"]) == ([], [])


@pytest.mark.parametrize("wrong", [{"replay_url": None}, {"chapters": CHAPTERS[::-1]}])
def test_chapters_follow_each_other_in_a_replay(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        SessionContent.model_validate(a_session("plenary", **{**REPLAY, **wrong}))


async def test_people_are_counted_here_beside_what_sources_state(stop: Desk) -> None:
    async def counted() -> list[int | None]:
        told = await http(stop).read("/stops/essai/attendance")
        return [told[name] for name in ("registered", "confirmed", "arrived")]

    assert await counted() == [3, 2, None]
    await stop.cancel("Ada")
    await enter(stop, "Bea")
    assert await counted() == [2, 2, 1], "each once"
    await stop.publish(
        a_session("plenary", on_site={"capacity": 2}, online={}),
        a_session("workshop", on_site={"capacity": 1}, **at_hour(11)),
        registration_opens_at=None,
    )
    assert await counted() == [None, None, None], "it takes no registrations here"
    assert (await stop.http.get("/api/v1/stops/nowhere/attendance")).status_code == 404


@pytest.mark.parametrize("erase", [by_link, by_time])
async def test_who_came_is_counted_once_they_are_erased(stop: Desk, erase: Any) -> None:
    async def counted() -> list[int]:
        told = await http(stop).read("/stops/essai/attendance")
        return [told[name] for name in ("registered", "confirmed", "arrived")]

    await enter(stop, "Bea")
    await by_link(stop, "Cleo")
    assert await counted() == [2, 2, 1], "who is erased before does not come"
    http(stop).clock.at = OVER
    await erase(stop, "Ada", "Bea")

    assert await stop.ask("SELECT id FROM registration") == []
    assert await counted() == [2, 2, 1]


async def test_that_one_gave_an_opinion_is_told_and_not_which(stop: Desk) -> None:
    http(stop).clock.at = OVER
    assert await say(stop, "Ada") == 204

    held = [
        (await stop.http.get(f"{await stop.path(name)}/data")).json()["held"]["opinions"]
        for name in ("Ada", "Bea")
    ]

    assert held == [[{"given": True}], []]


async def test_who_came_says_once_what_they_think_and_nothing_leads_back_to_them(
    stop: Desk,
) -> None:
    assert (await state(stop, "Ada"), await say(stop, "Ada")) == ("not_yet", 409)
    http(stop).clock.at = OVER
    states = [await state(stop, name) for name in ("Ada", "Bea", "Cleo")]
    assert states == ["open", "open", "not_attended"]

    assert await say(stop, "Ada") == 204
    assert await say(stop, "Bea", useful=5, missing=None, next_step=None) == 204

    assert (await say(stop, "Ada", useful=1), await say(stop, "Cleo")) == (409, 409)
    assert await state(stop, "Ada") == "given"
    async with await sign_in(http(stop), Role.STOP_ORGANISER, stops=["essai"]) as browser:
        page = await browser.read("/manage/stops/essai/opinions")
    assert (page["total"], page["useful"]) == (2, [0, 0, 0, 1, 1])
    assert {each["missing"] for each in page["items"]} == {"Des exemples chiffrés", None}
    [kept] = await stop.ask("SELECT to_jsonb(o) AS whole FROM opinion o WHERE useful = 4")
    assert kept.whole.keys() == {"id", "stop_id", "useful", "missing", "next_step"}
    traces = await stop.ask(
        "SELECT to_jsonb(j)::text AS told FROM journal j UNION ALL "
        "SELECT to_jsonb(p)::text FROM procrastinate_jobs p"
    )
    assert "chiffrés" not in str(traces)


async def test_opinions_close_and_their_words_go_with_time(stop: Desk) -> None:
    http(stop).clock.at = OVER
    assert await say(stop, "Ada", useful=6) == 422
    assert await say(stop, "Ada") == 204
    http(stop).clock.at = OVER.replace(month=3, day=20)
    assert await state(stop, "Bea") == "closed"
    for later in (OVER.replace(month=12), OVER.replace(year=2028, day=13)):
        async with stop.database.unit_of_work() as session:
            await service.forget_words(session, now=later)
        [row] = await stop.ask("SELECT useful, missing FROM opinion")
        assert row.useful == 4
        assert (row.missing is None) is (later.year == 2028)
