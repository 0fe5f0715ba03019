"""A rush sells every seat once, whoever serves it; without its guards the same rush oversells."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime
from http import HTTPStatus

import pytest
from httpx import Response

from etape.tour.seats import service as seating
from support.app import running
from support.desk import Desk, a_session, person

SEATS, PEOPLE = 150, 200
SMALLER_RUSHES = 19  # after the whole one: a race is as likely in them, and they cost a fifth
WHOLE_RUSHES = 20  # what T1 asks; 3 seconds of a processor each


@pytest.fixture
async def desks(database_url: str, now: datetime) -> AsyncIterator[tuple[Desk, Desk]]:
    """Two processes' worth of desks at one stop: each has its own connections."""
    async with running(database_url, at=now) as one, running(database_url, at=now) as other:
        yield Desk.of(one), Desk.of(other)


def at_stop(desks: tuple[Desk, Desk], stop: str) -> list[Desk]:
    return [Desk(d.http, d.database, stop=stop, secret=d.secret.get_secret_value()) for d in desks]


async def rush(desks: list[Desk], *, seats: int, people: int) -> list[Response]:
    """Have everybody register at the same instant, half of them at each desk."""
    await desks[0].publish(a_session("plenary", on_site={"capacity": seats}))

    async def register(number: int) -> Response:
        """A busy service may say 503: whoever retries with their key gets one answer."""
        desk, body = desks[number % 2], person(f"Person{number}", "plenary")
        while True:
            answer = await desk.post(body, headers={"Idempotency-Key": f"{desk.stop} {number}"})
            if answer.status_code != HTTPStatus.SERVICE_UNAVAILABLE:
                return answer

    return await asyncio.gather(*map(register, range(people)))


@pytest.mark.parametrize(
    ("seats", "people", "rushes"),
    [
        pytest.param(SEATS, PEOPLE, 1, id="whole"),
        pytest.param(SEATS // 5, PEOPLE // 5, SMALLER_RUSHES, id="smaller"),
        pytest.param(SEATS, PEOPLE, WHOLE_RUSHES, id="whole-again", marks=pytest.mark.slow),
    ],
)
async def test_two_hundred_people_at_once_share_one_hundred_and_fifty_seats(
    desks: tuple[Desk, Desk], seats: int, people: int, rushes: int
) -> None:
    for number in range(rushes):
        stop = at_stop(desks, f"essai-{number}")

        answers = await rush(stop, seats=seats, people=people)

        assert Counter(answer.status_code for answer in answers) == {201: people}
        told = [seat for answer in answers for seat in answer.json()["seats"]]
        assert Counter(seat["status"] for seat in told) == {
            "confirmed": seats,
            "waiting": people - seats,
        }
        ranks = sorted(seat["rank"] for seat in told if seat["status"] == "waiting")
        assert ranks == list(range(1, people - seats + 1))
        assert await stop[0].counters("plenary") == (seats, people - seats)
    assert await desks[0].flaws() == {}


async def test_the_rank_told_in_a_rush_is_the_rank_one_has(desks: tuple[Desk, Desk]) -> None:
    stop = at_stop(desks, "essai")

    answers = await rush(stop, seats=5, people=40)

    told = {
        f"Person{number}": seat["rank"]
        for number, answer in enumerate(answers)
        for seat in answer.json()["seats"]
        if seat["status"] == "waiting"
    }
    assert sorted(told, key=lambda name: told[name]) == await stop[0].queue("plenary")


@pytest.fixture
def without_the_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the lock of the stop out: the statement reads the row and holds nothing."""
    monkeypatch.setattr(seating, "LOCK_STOP", seating.IS_OVERDUE)


@pytest.mark.usefixtures("without_the_lock")
async def test_without_the_lock_the_constraint_still_sells_no_seat_twice(
    desks: tuple[Desk, Desk],
) -> None:
    stop = at_stop(desks, "essai")

    answers = await rush(stop, seats=SEATS, people=PEOPLE)

    outcomes = Counter(answer.status_code for answer in answers)
    assert set(outcomes) == {201, 409}, "the race did not happen: nobody met the constraint"
    told = [seat for a in answers if a.status_code == 201 for seat in a.json()["seats"]]
    confirmed = sum(seat["status"] == "confirmed" for seat in told)
    assert confirmed <= SEATS
    assert (await stop[0].counters("plenary"))[0] == confirmed
    assert "a pool oversold" not in await stop[0].flaws()


@pytest.mark.usefixtures("without_the_lock")
async def test_without_the_lock_and_the_constraint_the_same_rush_oversells(
    desks: tuple[Desk, Desk],
) -> None:
    await desks[0].ask("ALTER TABLE seat_pool DROP CONSTRAINT ck_seat_pool_not_oversold")
    stop = at_stop(desks, "essai")

    answers = await rush(stop, seats=SEATS, people=PEOPLE)

    told = [seat for answer in answers for seat in answer.json()["seats"]]
    assert sum(seat["status"] == "confirmed" for seat in told) > SEATS
    assert "a pool oversold" in await stop[0].flaws()
