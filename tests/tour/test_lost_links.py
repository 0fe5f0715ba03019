"""A lost link is mailed again, and nobody learns who has one (T16)."""

import re
import time
from contextvars import ContextVar
from datetime import datetime, timedelta

import httpx
import pytest
from sqlalchemy import event
from test_probing import tells

from support.app import SECRET, running
from support.desk import Desk, a_session, address_of

PATH = "/api/v1/registrations/lost-link"
LATER = {"starts_at": "2027-02-09T09:00", "ends_at": "2027-02-09T10:00"}


async def publish(stop: Desk, other: Desk) -> None:
    await stop.publish(a_session("plenary", on_site={"capacity": 30}))
    await other.publish(
        a_session("plenary", **LATER, on_site={"capacity": 30}), days=[{"on": "2027-02-09"}]
    )
    await stop.register("Ada", "plenary")
    await other.register("Ada", "plenary")
    await stop.register("Bea", "plenary")
    await stop.cancel("Bea")


@pytest.fixture
async def stop(desk: Desk) -> Desk:
    await publish(desk, Desk.of(desk.http, stop="ailleurs"))
    return desk


async def asked(desk: Desk, name: str, **others: str) -> httpx.Response:
    return await desk.http.post(PATH, json={"email": address_of(name), **others})


async def test_the_answer_its_work_and_its_job_are_the_same_whoever_asks(stop: Desk) -> None:
    def count(*arguments: object) -> None:
        if is_ours.get():
            said.append(str(arguments[2]))

    said: list[str] = []
    is_ours = ContextVar("is_ours", default=False)
    engine = stop.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", count)
    seen = {}
    for name in ("Ada", "Bea", "Nobody"):
        said.clear()
        is_ours.set(True)
        answer = await asked(stop, name)
        is_ours.set(False)
        headers = {
            key: value
            for key, value in answer.headers.items()
            if key not in {"x-request-id", "date", "ratelimit"}
        }
        jobs = await stop.ask("SELECT count(*) FROM procrastinate_jobs WHERE task_name ~ 'lost'")
        seen[name] = (answer.status_code, answer.content, headers, tuple(said), jobs[0][0])
    event.remove(engine, "before_cursor_execute", count)

    assert [one[-1] for one in seen.values()] == [1, 2, 3]
    assert len({repr(one[:-1]) for one in seen.values()}) == 1
    assert seen["Ada"][0] == 204
    assert len(seen["Ada"][3]) > 2
    [row] = await stop.ask("SELECT string_agg(args::text, '') AS told FROM procrastinate_jobs")
    assert "hopital" not in row.told


async def test_the_time_of_the_answer_does_not_tell_either(stop: Desk) -> None:
    async def seconds(name: str) -> float:
        started = time.perf_counter()
        await asked(stop, name)
        return time.perf_counter() - started

    pairs = [(await seconds("Ada"), await seconds(f"Nobody{number}")) for number in range(60)]

    assert not tells(pairs)


async def test_one_letter_holds_the_links_of_the_stops_to_come(
    database_url: str, now: datetime
) -> None:
    async with running(database_url, at=now, with_worker=True) as client:
        stop, other = Desk.of(client), Desk.of(client, stop="ailleurs")
        await publish(stop, other)
        links = [await stop.token("Ada"), await other.token("Ada")]
        letters = []
        for at, narrowed in ((now, {}), (now + timedelta(days=52), {}), (now, {"stop": "essai"})):
            client.clock.at = at
            await stop.ask("DELETE FROM outgoing_mail")
            for name in ("Nobody", "Bea", "Ada"):
                assert (await asked(stop, name.upper(), **narrowed)).status_code == 204
            await stop.until("SELECT id FROM outgoing_mail WHERE subject ~ 'lien'")
            found = await stop.ask(
                "SELECT recipient, source FROM outgoing_mail WHERE subject ~ 'lien'"
            )
            letters.append([(row.recipient, tokens(row.source)) for row in found])

    assert letters == [
        [(address_of("Ada"), links)],
        [(address_of("Ada"), links[1:])],
        [(address_of("Ada"), links[:1])],
    ]


def tokens(source: bytes) -> list[str]:
    """The secrets in a letter, once each, in order."""
    whole = source.decode().replace("=\r\n", "").replace("=3D", "=")
    return list(dict.fromkeys(re.findall(r"/inscription/([\w-]{43})", whole)))


async def test_after_the_secret_changed_a_letter_holds_the_link_that_opens(
    database_url: str, now: datetime
) -> None:
    async with running(database_url, at=now) as client:
        stop = Desk.of(client)
        await stop.publish(a_session("plenary", on_site={"capacity": 30}))
        await stop.register("Ada", "plenary")
        group = (await stop.bring("Ada", 2, "plenary")).json()
    new = "another secret that only the tests know"
    async with running(
        database_url, at=now, with_worker=True, secret=new, former_secret=SECRET
    ) as client:
        path = await Desk.of(client).path("Ada")
        stop = Desk(client, client.database, secret=new)
        await asked(stop, "Ada")
        await stop.register("Ada", "plenary")
        await stop.until("SELECT 1 FROM outgoing_mail WHERE subject ~ 'lien' HAVING count(*) = 2")

        letters = await stop.ask("SELECT source FROM outgoing_mail WHERE subject ~ 'lien'")
        again = (await client.get(f"{path}/delegations")).json()["items"]

        for letter in letters:
            [token] = tokens(letter.source)
            assert (await client.get(f"/api/v1/registrations/{token}")).status_code == 200
    assert [each["code"] for each in again] == [group["code"]]


async def test_an_address_is_asked_for_five_times_an_hour_known_or_not(
    database_url: str, now: datetime
) -> None:
    async with running(database_url, at=now, limits_scale=1) as client:
        stop = Desk.of(client)
        await publish(stop, Desk.of(client, stop="ailleurs"))
        for name in ("Ada", "Nobody"):
            codes = [(await asked(stop, name)).status_code for _ in range(6)]
            assert codes == [204] * 5 + [429], name
