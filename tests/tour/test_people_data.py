"""What is held about people is theirs: told, taken away, erased, and not kept for ever."""

import io
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from test_secrecy import dump, logged

from etape.app import HOLDINGS
from etape.core import journal
from etape.core.access import Level
from etape.core.sealing import unseal
from etape.identity.members.schemas import Role
from etape.tour.privacy import service as privacy
from support.app import SECRET, Client, running
from support.command import Place
from support.desk import READ, Desk, a_session, at_hour, person, wishes
from support.team import sign_in

__all__ = ["logged"]

SESSIONS = (
    a_session("plenary", on_site={"capacity": 1}, online={}),
    a_session("workshop", **at_hour(11), on_site={"capacity": 2}),
)
KEY = {"Idempotency-Key": "a-key"}


@pytest.fixture
async def stop(desk: Desk) -> Desk:
    await desk.publish(*SESSIONS)
    return desk


async def test_the_link_takes_away_all_that_is_held(stop: Desk) -> None:
    await stop.register("Ada", "workshop", organisation="CHU de Lille")
    await stop.cancel("Ada")
    stop.http.clock.at += timedelta(minutes=1)
    await stop.register("Ada", "plenary")
    path = await stop.path("Ada")
    await stop.http.post(f"{path}/needs", json={"kind": "quiet_seat", "words": "Au fond"})

    answer = await stop.http.get(f"{path}/data")

    told = answer.json()
    assert (told["stop"], told["erased_after"]) == ("essai", "2027-04-12")
    held = told["held"]
    assert [each["organisation"] for each in held["registrations"]] == ["CHU de Lille", None]
    assert [each["consent"] for each in held["registrations"]] == [READ, READ]
    assert [seat["session"] for seat in held["registrations"][0]["seats"]] == ["workshop"]
    assert held["needs"][0]["words"] == "Au fond"
    assert [act["act"] for act in held["journal"]] == [
        "registered",
        "cancelled",
        "registered",
        "asked",
    ]
    assert [each["letter"] for each in held["letters"]] == [
        "registration.send_confirmation",
        "registration.send_cancellation",
        "registration.send_confirmation",
    ]
    assert answer.headers["cache-control"] == "no-store"
    assert "attachment" in answer.headers["content-disposition"]


async def test_who_is_erased_leaves_their_seat_to_the_next_and_no_trace_of_the_link(
    stop: Desk,
) -> None:
    await stop.register("Ada", "plenary", "workshop")
    await stop.register("Bea", "plenary")
    path = await stop.path("Ada")

    erased = await stop.http.delete(f"{path}/data", headers=KEY)

    assert (erased.status_code, erased.content) == (204, b"")
    assert (await stop.http.get(path)).json()["type"] == "/problems/link-unknown"
    assert (await stop.http.delete(f"{path}/data")).status_code == 404
    assert await stop.seats("Bea") == {"plenary:on_site": "confirmed"}
    assert (await stop.counters("plenary"), await stop.counters("workshop")) == ((1, 0), (0, 0))
    assert ("promotion", "Bea") in await stop.mails()
    assert await stop.flaws() == {}
    await stop.register("Ada", "workshop")


async def a_canary(desk: Desk, client: Client) -> None:
    """Let somebody leave a trace everywhere that people leave one."""
    await desk.publish(*SESSIONS)
    await desk.register("Somebody", "workshop")
    body = person("Canarina", "plenary", organisation="Canary Hospital")
    for _ in range(2):
        await desk.post(body, headers=KEY)
    await desk.cancel("Canarina")
    client.clock.at += timedelta(minutes=1)
    await desk.post({**body, "organisation": "Canary Clinic"})
    path = await desk.path("Canarina")
    need = {"kind": "other", "words": "A canary cage"}
    asked = await client.post(f"{path}/needs", json=need, headers={"Idempotency-Key": "need"})
    await client.patch(path, json={"seats": wishes("plenary:online"), "name": "Canarina B"})
    await client.post("/api/v1/registrations/lost-link", json={"email": body["email"]})
    await desk.bring("Canarina B", 2, "plenary:online")
    await desk.offer("Canarina B", "Canaria")
    odile = await sign_in(client, Role.STOP_ORGANISER, stops=["essai"])
    answer = {"state": "impossible", "alternative": "A canary perch"}
    await odile.patch(f"/manage/stops/essai/needs/{asked.json()['id']}", json=answer)
    await odile.read("/manage/stops/essai/registrations")
    await odile.get("/manage/stops/essai/registrations.csv")
    await desk.until(
        "SELECT 1 FROM procrastinate_jobs HAVING count(*) FILTER (WHERE status <> 'succeeded') = 0"
    )
    await desk.until("SELECT 1 FROM journal HAVING count(*) = count(position)")


async def by_link(desk: Desk, client: Client) -> None:
    answer = await client.delete(f"{await desk.path('Canarina B')}/data")
    assert answer.status_code == 204


async def by_the_team(_: Desk, client: Client) -> None:
    odile = await sign_in(client, Role.STOP_ORGANISER, stops=["essai"], name="Ondine Martin")
    people = (await odile.read("/manage/stops/essai/registrations"))["items"]
    [found] = [each["id"] for each in people if each["name"] == "Canarina B"]
    answer = await odile.delete(f"/manage/stops/essai/registrations/{found}/data")
    assert answer.status_code == 204


async def by_time(_: Desk, client: Client) -> None:
    now = client.clock.now() + timedelta(days=200)
    await privacy.purge(client.database, HOLDINGS, now=now)


@pytest.mark.parametrize("erase", [by_link, by_the_team, by_time])
async def test_who_is_erased_is_nowhere_and_the_journal_is_whole(
    logged: io.StringIO,
    database_url: str,
    now: datetime,
    erase: Any,
) -> None:
    """T32: in no table, job, kept answer, entry of the journal, log or export."""
    async with running(database_url, at=now, with_worker=True) as client:
        desk = Desk.of(client)
        await a_canary(desk, client)
        held = await dump(desk)
        assert {table for table in held if "canar" in held[table].lower()} == {
            "registration",
            "outgoing_mail",
            "delegation",
            "transfer",
        }

        await erase(desk, client)

        for table, rows in (await dump(desk)).items():
            assert "canar" not in rows.lower(), table
        for row in await desk.ask("SELECT digest, body FROM idempotency_key"):
            place = f"idempotency_key {row.digest.hex()}"
            kept = unseal(row.body, place=place, keys=[SecretStr(SECRET)])
            assert b"canar" not in kept.lower()
        coordinator = await sign_in(client, Role.COORDINATOR, name="Inès Ray")
        exported = await coordinator.get("/manage/stops/essai/registrations.csv")
        told = await coordinator.get("/manage/journal", params={"limit": 100})
        assert (exported.status_code, told.status_code) == (200, 200)
        assert "canar" not in (exported.text + told.text).lower()
        [act] = await desk.ask("SELECT DISTINCT act FROM journal WHERE act = 'erased'")
        await desk.until("SELECT 1 FROM journal HAVING count(*) = count(position)")
        assert act
        assert await journal.verify(client.database) is None
        assert await desk.flaws() == {}
    assert "served" in logged.getvalue()
    assert "canar" not in logged.getvalue().lower()


async def test_the_team_erases_those_of_its_stop_only_and_after_a_fresh_proof(stop: Desk) -> None:
    await stop.register("Ada", "workshop")
    [row] = await stop.ask("SELECT id FROM registration")
    path = f"/manage/stops/essai/registrations/{row.id}/data"
    client = stop.http
    stale = await sign_in(
        client, Role.STOP_ORGANISER, stops=["essai"], level=Level.SIGNED_IN, name="Ada Vieille"
    )
    other = await sign_in(client, Role.STOP_ORGANISER, stops=["ailleurs"], name="Paul Autre")

    assert [(await who.delete(path)).status_code for who in (stale, other)] == [403, 403]
    elsewhere = path.replace("essai", "ailleurs")
    assert (await other.delete(elsewhere)).status_code == 404
    assert len(await stop.ask("SELECT id FROM registration")) == 1


@pytest.mark.parametrize(("said", "kept"), [(None, 90), (10, 10)])
async def test_a_stop_keeps_people_as_long_as_it_says_and_needs_for_a_week(
    desk: Desk, database_url: str, tmp_path: Path, said: int | None, kept: int
) -> None:
    await desk.publish(*SESSIONS, retention_days=said)
    await desk.register("Ada", "workshop")
    await desk.register("Bea", "workshop")
    await desk.http.post(f"{await desk.path('Ada')}/needs", json={"kind": "captioning"})
    ended = datetime.fromisoformat("2027-01-12T12:00:00+01:00")

    async def purge(days: int) -> list[Any]:
        told = await privacy.purge(desk.database, HOLDINGS, now=ended + timedelta(days=days))
        return [(due.stop, due.holding, due.count) for due in told]

    assert await purge(7) == []
    assert await purge(8) == [("essai", "needs", 1)]
    assert await purge(8) == []
    assert await purge(kept) == []
    place = Place(tmp_path, {"ETAPE_DATABASE_URL": database_url})
    tried = place.run("purge", "--dry-run")
    assert (tried.returncode, tried.stderr) == (0, "Nothing is held longer than it may be.\n")
    postponed = await desk.ask("UPDATE stop SET status = 'postponed'")
    assert await purge(kept + 1) == postponed == [], "its days are to come"
    await desk.ask("UPDATE stop SET status = 'scheduled'")
    assert await purge(kept + 1) == [("essai", "registration", 2)]
    assert await desk.ask("SELECT id FROM registration") == []
    assert (await desk.counters("workshop")) == (0, 0)


async def test_the_dry_run_of_a_purge_says_who_would_go_and_the_purge_does_it(
    desk: Desk, database_url: str, tmp_path: Path
) -> None:
    days = [{"on": "2025-03-04"}]
    hours = {"starts_at": "2025-03-04T09:00", "ends_at": "2025-03-04T10:00"}
    await desk.publish(
        a_session("plenary", **hours, on_site={"capacity": 3}),
        days=days,
        registration_opens_at="2025-01-01T09:00",
    )
    desk.http.clock.at = datetime.fromisoformat("2025-02-01T12:00:00+01:00")
    await desk.register("Ada", "plenary")
    place = Place(tmp_path, {"ETAPE_DATABASE_URL": database_url})

    told = [place.run("purge", *options).stderr for options in (["--dry-run"], [], [])]

    assert told == [
        "essai, ended on 2025-03-04, registration kept 90 days: 1 to erase.\n",
        "essai, ended on 2025-03-04, registration kept 90 days: 1 erased.\n",
        "Nothing is held longer than it may be.\n",
    ]
    assert await desk.ask("SELECT id FROM registration") == []
