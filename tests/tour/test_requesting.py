"""A seat on request is the organisers' to give: under the same lock, and never one too many."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import httpx
import pytest

from etape.identity.members.schemas import Role
from etape.tour.desk import service
from etape.tour.desk.schemas import RequestAnswer
from support.app import Client
from support.desk import Desk, a_session, at_hour
from support.post_office import PostOffice, said
from support.team import Browser, sign_in

VISIT = a_session("visit", access="on_request", on_site={"capacity": 2})
PLENARY = a_session("plenary", **at_hour(11), on_site={})


@pytest.fixture
async def team(desk: Desk) -> AsyncIterator[Browser]:
    """The organiser of the stop."""
    await desk.publish(VISIT, PLENARY)
    assert isinstance(desk.http, Client)
    async with await sign_in(desk.http, Role.STOP_ORGANISER, stops=["essai"]) as browser:
        yield browser


async def answered(
    desk: Desk, team: Browser, name: str, *, accepted: bool = True, **others: object
) -> httpx.Response:
    [row] = await desk.ask("SELECT id FROM registration WHERE name = :name", name=name)
    path = f"/manage/stops/essai/registrations/{row.id}/seats/visit/answer"
    return await team.post(path, json={"accepted": accepted, **others})


async def test_an_organiser_sees_requests_and_answers_them(desk: Desk, team: Browser) -> None:
    await desk.register("Ada", "visit")
    await desk.register("Bea", "plenary", "visit")
    await desk.register("Cleo", "plenary")

    listed = await team.read("/manage/stops/essai/registrations", status="requested")
    assert [each["name"] for each in listed["items"]] == ["Ada", "Bea"]
    accepted = await answered(desk, team, "Ada")
    refused = await answered(desk, team, "Bea", accepted=False)

    assert accepted.json()["seats"][0]["status"] == "confirmed"
    assert [seat["session"] for seat in refused.json()["seats"]] == ["plenary"]
    assert await desk.counters("visit") == (1, 0)
    assert await desk.seats("Ada") == {"visit:on_site": "confirmed"}
    assert [each for each in await desk.mails() if each[0] != "confirmation"] == [
        ("change", "Ada"),
        ("change", "Bea"),
    ]
    again = await answered(desk, team, "Ada", accepted=False)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/request-settled")
    rows = await desk.ask("SELECT act, actor FROM journal WHERE act IN ('accepted', 'turned_down')")
    assert {(row.act, row.actor) for row in rows} == {
        ("accepted", f"member:{team.member_id}"),
        ("turned_down", f"member:{team.member_id}"),
    }
    assert await desk.flaws() == {}


async def test_one_who_is_refused_all_they_asked_for_is_told_and_no_longer_registered(
    desk: Desk, team: Browser
) -> None:
    await desk.register("Ada", "visit")

    assert (await answered(desk, team, "Ada", accepted=False)).status_code == 200

    assert (await desk.read("Ada"))["cancelled_at"] is not None
    assert await desk.mails() == [("confirmation", "Ada"), ("cancellation", "Ada")]
    assert await desk.flaws() == {}


async def test_one_who_is_refused_one_session_of_several_is_told_which(office: PostOffice) -> None:
    await office.publish()
    await office.register("Ada Lenoir", ("plenary", "on_site"), ("visit", "on_site"))
    [row] = await office.ask("SELECT id FROM registration")
    refusal = RequestAnswer(accepted=False)
    async with office.database.unit_of_work() as session:
        await service.answer_request(
            session, "essai", row.id, "visit", refusal, by="test", now=office.now
        )

    *_, letter = await office.letters_to("Ada Lenoir")

    assert letter["Subject"] == "Réponse à votre demande pour l’étape de Saint-Denis"
    words = said(letter)
    assert "n’a pas pu retenir votre demande : Visite. Voici ce qui reste" in words
    assert "Place confirmée sur place" in words


async def test_a_full_session_refuses_one_more_with_the_figure_or_has_them_wait(
    desk: Desk, team: Browser
) -> None:
    for name in ("Ada", "Bea", "Cleo"):
        await desk.register(name, "visit")
    for name in ("Ada", "Bea"):
        await answered(desk, team, name)

    refused = await answered(desk, team, "Cleo")
    waits = await answered(desk, team, "Cleo", if_full="wait")

    problem = refused.json()
    assert (refused.status_code, problem["type"]) == (409, "/problems/pool-full")
    assert (problem["taken"], problem["capacity"]) == (2, 2)
    assert "2 places sur 2" in problem["detail"]
    assert waits.json()["seats"][0]["status"] == "waiting"
    await desk.cancel("Ada")
    assert await desk.seats("Cleo") == {"visit:on_site": "confirmed"}
    assert await desk.flaws() == {}


async def test_twenty_accepted_at_once_take_the_two_seats_and_no_more(
    desk: Desk, team: Browser
) -> None:
    names = [f"Person{number}" for number in range(20)]
    for name in names:
        await desk.register(name, "visit")

    answers = await asyncio.gather(*(answered(desk, team, name) for name in names))

    assert Counter(answer.status_code for answer in answers) == {200: 2, 409: 18}
    assert await desk.counters("visit") == (2, 0)
    assert await desk.flaws() == {}


async def test_a_request_of_another_stop_is_not_found(desk: Desk, team: Browser) -> None:
    await desk.register("Ada", "visit")
    [row] = await desk.ask("SELECT id FROM registration")
    there = Desk(desk.http, desk.database, stop="ailleurs", secret=desk.secret.get_secret_value())
    await there.publish(VISIT, rank=2)
    await there.register("Bea", "visit")
    [other] = await desk.ask("SELECT id FROM registration WHERE id <> :id", id=row.id)

    path = f"/manage/stops/essai/registrations/{other.id}/seats/visit/answer"
    answer = await team.post(path, json={"accepted": True})

    assert answer.status_code == 404
    assert await there.counters("visit") == (0, 0)
