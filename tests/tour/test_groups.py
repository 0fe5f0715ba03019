"""A delegation is kept together: n seats under one code, or the group waits whole."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import text

from etape.identity.members.schemas import Role
from etape.tour.queues import service as queues
from etape.tour.seats import service as seating
from support.app import Client, running
from support.desk import CLAIM_UNTIL, READ, Desk, a_session, address_of, at_hour, person, wishes
from support.post_office import said
from support.team import Browser, sign_in

LUNCH = a_session("lunch", **at_hour(12), access="invited", on_site={"capacity": 10})


async def group_of(desk: Desk, name: str, size: int, *seats: str, **others: Any) -> Any:
    answer = await desk.bring(name, size, *seats, **others)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def come(desk: Desk, code: str, name: str) -> Response:
    person = {"name": name, "email": address_of(name), "consent": READ}
    return await desk.http.post(f"/api/v1/groups/{code}/registrations", json=person)


def counts(group: Any) -> list[tuple[int, int]]:
    return [(seats["confirmed"], seats["waiting"]) for seats in group["seats"]]


async def opened(desk: Desk, capacity: int = 10) -> None:
    await desk.publish(
        a_session("plenary", on_site={"capacity": capacity}, online={}),
        a_session("workshop", **at_hour(11), on_site={"capacity": 4}),
        LUNCH,
    )
    await desk.register("Ada", "workshop")


async def test_colleagues_claim_seats_with_one_code_and_their_own_data(desk: Desk) -> None:
    await opened(desk)
    group = await group_of(desk, "Ada", 3, "plenary")
    assert (counts(group), group["unclaimed"]) == ([(3, 0)], 3)
    assert await desk.counters("plenary") == (3, 0), "kept from the first moment"

    answers = [await come(desk, group["code"].lower(), name) for name in ("Bea", "Cleo")]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert await desk.seats("Bea") == {"plenary:on_site": "confirmed"}
    assert await desk.counters("plenary") == (3, 0)
    [read] = (await desk.http.get(f"{await desk.path('Ada')}/delegations")).json()["items"]
    assert (read["claimed"], read["unclaimed"]) == (["Bea", "Cleo"], 1)
    public = (await desk.http.get(f"/api/v1/groups/{group['code']}")).json()
    assert (public["unclaimed"], "claimed" in public) == (1, False)
    mine = await desk.http.post(f"{await desk.path('Ada')}/claims", json={"code": group["code"]})
    assert mine.status_code == 204
    assert await desk.seats("Ada") == {
        "plenary:on_site": "confirmed",
        "workshop:on_site": "confirmed",
    }
    complete = await come(desk, group["code"], "Dora")
    assert (complete.status_code, complete.json()["type"]) == (409, "/problems/group-complete")
    assert await desk.flaws() == {}


async def test_a_group_waits_whole_and_is_promoted_whole(desk: Desk) -> None:
    await opened(desk, capacity=3)
    for name in ("Xena", "Yves"):
        await desk.register(name, "plenary")
    group = await group_of(desk, "Ada", 2, "plenary", "workshop")
    assert counts(group) == [(0, 2), (0, 2)]
    claimed = await come(desk, group["code"], "Bea")
    assert {seat["rank"] for seat in claimed.json()["seats"]} == {1}

    [zoe] = await desk.register("Zoe", "plenary")
    assert zoe["status"] == "confirmed", "the group is passed over, and keeps its rank"
    await desk.cancel("Xena")
    assert set((await desk.seats("Bea")).values()) == {"waiting 1"}
    await desk.cancel("Yves")

    assert set((await desk.seats("Bea")).values()) == {"confirmed"}
    assert await desk.counters("plenary") == (3, 0)
    assert [name for mail, name in await desk.mails() if mail == "promotion"] == ["Bea"]
    assert await desk.flaws() == {}


async def test_whoever_brings_a_group_is_written_to_when_it_moves_up(
    database_url: str, now: datetime
) -> None:
    async with running(database_url, at=now, with_worker=True) as client:
        desk = Desk.of(client)
        await opened(desk, capacity=3)
        for name in ("Xena", "Yves"):
            await desk.register(name, "plenary")
        group = await group_of(desk, "Ada", 3, "plenary")
        await come(desk, group["code"], "Bea")
        await desk.cancel("Xena")
        await desk.cancel("Yves")
        await desk.until("SELECT 1 FROM outgoing_mail WHERE subject ~ 'pour votre groupe'")
        await desk.until("SELECT 1 FROM procrastinate_jobs HAVING bool_and(status = 'succeeded')")

        letters = await desk.ask(
            "SELECT recipient, source FROM outgoing_mail WHERE subject ~ 'lib[ée]'"
        )
        told = await client.get(f"{await desk.path('Ada')}/data")

        link = await desk.token("Ada")
    sources = {row.recipient: row.source for row in letters}
    assert sources.keys() == {address_of("Ada"), address_of("Bea")}
    letter = message_from_bytes(sources[address_of("Ada")], policy=default)
    words = said(letter)
    assert "Séance plenary, mardi 12 janvier 2027 à 9 h\n  3 places\n" in words
    assert "2 personnes peuvent encore venir" in words
    assert "jusqu’au mardi 5 janvier 2027 à 18 h." in words
    assert f"/inscription/{link}\n" in words
    assert group["code"] not in words, "a letter may be passed on"
    assert "registration.send_group" in told.text


async def test_a_group_that_accepts_to_be_split_takes_what_is_free(desk: Desk) -> None:
    await opened(desk, capacity=3)
    await desk.register("Xena", "plenary")
    group = await group_of(desk, "Ada", 3, "plenary")
    assert counts(group) == [(0, 3)]

    path = f"{await desk.path('Ada')}/delegations/{group['id']}"
    split = await desk.http.patch(path, json={"together": False})

    assert (counts(split.json()), split.json()["together"]) == ([(2, 1)], False)
    await desk.cancel("Xena")
    assert await desk.counters("plenary") == (3, 0)
    assert await desk.flaws() == {}


async def test_unclaimed_seats_fall_back_at_the_date_to_those_who_wait(desk: Desk) -> None:
    await opened(desk, capacity=2)
    group = await group_of(desk, "Ada", 2, "plenary")
    await come(desk, group["code"], "Bea")
    await desk.register("Cleo", "plenary", online_meanwhile=False)
    link = await desk.path("Cleo")
    assert isinstance(desk.http, Client)
    desk.http.clock.at += timedelta(days=44)
    late = await come(desk, group["code"], "Dora")
    assert late.json()["type"] == "/problems/group-complete", "whether or not anybody swept"

    changed = await desk.http.patch(link, json={"seats": wishes("plenary"), "language": "en"})

    assert changed.status_code == 200
    assert await desk.seats("Cleo") == {"plenary:on_site": "confirmed"}
    assert await desk.seats("Bea") == {"plenary:on_site": "confirmed"}
    assert await desk.flaws() == {}


async def test_a_newcomer_finds_at_the_date_what_nobody_claimed(desk: Desk) -> None:
    """Whether or not anybody swept, and at a stop that asks for no proof too."""
    await opened(desk, capacity=2)
    group = await group_of(desk, "Ada", 2, "plenary")
    await come(desk, group["code"], "Bea")
    [before] = (await desk.post(person("Cleo", "plenary"), simulate=True)).json()["seats"]
    assert isinstance(desk.http, Client)
    desk.http.clock.at += timedelta(days=44)

    [foreseen] = (await desk.post(person("Cleo", "plenary"), simulate=True)).json()["seats"]
    [had] = await desk.register("Cleo", "plenary")

    assert (before["status"], foreseen["status"], had["status"]) == (
        "waiting",
        "confirmed",
        "confirmed",
    )
    assert await desk.counters("plenary") == (2, 0)
    assert await desk.flaws() == {}


async def test_a_group_closed_gives_back_what_nobody_claimed(desk: Desk) -> None:
    await opened(desk, capacity=3)
    group = await group_of(desk, "Ada", 3, "plenary")
    await come(desk, group["code"], "Bea")
    again = await desk.bring("Ada", 2, "workshop")
    assert again.json()["type"] == "/problems/group-exists"

    path = f"{await desk.path('Ada')}/delegations/{group['id']}"
    assert (await desk.http.delete(path)).status_code == 204

    assert await desk.counters("plenary") == (1, 0)
    assert (await desk.bring("Ada", 2, "workshop")).status_code == 201
    assert await desk.flaws() == {}


async def claimed_at_once(desk: Desk) -> Counter[int]:
    """Have forty people claim the ten seats of a group at the same instant."""
    await opened(desk)
    group = await group_of(desk, "Ada", 10, "plenary")
    answers = await asyncio.gather(
        *(come(desk, group["code"], f"Person{number}") for number in range(40))
    )
    return Counter(answer.status_code for answer in answers)


async def test_forty_who_claim_ten_seats_at_once_are_ten(desk: Desk) -> None:
    assert await claimed_at_once(desk) == {201: 10, 409: 30}
    rows = await desk.ask(
        "SELECT count(*) AS seats, count(DISTINCT registration_id) AS people FROM seat "
        "WHERE delegation_id IS NOT NULL AND registration_id IS NOT NULL"
    )
    assert (rows[0].seats, rows[0].people) == (10, 10)
    assert await desk.flaws() == {}


async def test_without_the_lock_the_same_claims_take_a_seat_from_each_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seating, "LOCK_STOP", seating.IS_OVERDUE)
    await claimed_at_once(desk)
    assert "a registration without a seat" in await desk.flaws()


async def test_groups_and_people_at_once_oversell_nothing(desk: Desk) -> None:
    await opened(desk, capacity=20)
    leaders = [f"Leader{number}" for number in range(8)]
    for name in leaders:
        await desk.register(name, "workshop")

    answers = await asyncio.gather(
        *(desk.bring(name, 4, "plenary") for name in leaders),
        *(desk.register(f"Person{number}", "plenary") for number in range(12)),
    )

    assert {answer.status_code for answer in answers[:8] if isinstance(answer, Response)} == {201}
    confirmed, waiting = await desk.counters("plenary")
    assert (confirmed <= 20, confirmed + waiting) == (True, 8 * 4 + 12)
    assert await desk.flaws() == {}


async def test_where_bundles_are_not_looked_at_a_group_is_torn_apart(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    careless = str(queues.PROMOTE).replace("AND bundle_id IS NULL", "")
    monkeypatch.setattr(queues, "PROMOTE", text(careless))
    await opened(desk, capacity=2)
    for name in ("Xena", "Yves"):
        await desk.register(name, "plenary")
    group = await group_of(desk, "Ada", 2, "plenary")
    await desk.cancel("Xena")
    public = (await desk.http.get(f"/api/v1/groups/{group['code']}")).json()
    assert counts(public) == [(1, 1)]


@pytest.fixture
async def team(desk: Desk) -> AsyncIterator[Browser]:
    """The organiser of the stop."""
    await opened(desk)
    assert isinstance(desk.http, Client)
    async with await sign_in(desk.http, Role.STOP_ORGANISER, stops=["essai"]) as browser:
        yield browser


async def test_organisers_invite_by_a_code_where_nobody_else_can_ask(
    desk: Desk, team: Browser
) -> None:
    refused = await desk.bring("Ada", 2, "lunch")
    assert refused.json()["type"] == "/problems/session-by-invitation"
    body = {"name": "Directions", "size": 6, "seats": wishes("lunch"), "claim_until": CLAIM_UNTIL}
    made = await team.post("/manage/stops/essai/delegations", json=body)
    assert made.status_code == 201, made.text

    answer = await come(desk, made.json()["code"], "Bea")

    assert answer.status_code == 201
    assert await desk.seats("Bea") == {"lunch:on_site": "confirmed"}
    [read] = (await team.read("/manage/stops/essai/delegations"))["items"]
    assert (read["name"], read["claimed"], read["unclaimed"]) == ("Directions", ["Bea"], 5)
    gone = await team.delete(f"/manage/stops/essai/delegations/{read['id']}")
    assert gone.status_code == 204
    assert await desk.counters("lunch") == (1, 0)
    assert await desk.flaws() == {}


async def test_a_code_tells_nothing_of_who_is_registered(desk: Desk) -> None:
    await opened(desk)
    group = await group_of(desk, "Ada", 3, "plenary")

    known = await come(desk, group["code"], "Ada")
    newcomer = await come(desk, group["code"], "Bea")
    unknown = await come(desk, "0000-0000-0000", "Cleo")

    assert (known.status_code, known.json()) == (201, newcomer.json())
    assert await desk.seats("Ada") == {"workshop:on_site": "confirmed"}
    assert (unknown.status_code, unknown.json()["type"]) == (404, "/problems/code-unknown")


@pytest.mark.parametrize("claim_until", ["2026-01-01T10:00:00Z", "2027-01-12T12:00:00Z"])
async def test_a_date_that_cannot_be_kept_is_refused(desk: Desk, claim_until: str) -> None:
    await opened(desk)
    refused = await desk.bring("Ada", 3, "plenary", claim_until=claim_until)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/claim_until"
    assert await desk.counters("plenary") == (0, 0)
