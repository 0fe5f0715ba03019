"""A new house has no default account (T41): its first coordinator comes by a link, told once."""

import asyncio
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from etape.identity.team import service as team
from support.app import SECRET, Client
from support.command import Place, serving
from support.postgres import temporary_folder
from support.visitor import Visitor, a_member, acts, ask

LINK = re.compile(r"/gestion/bienvenue\?lien=([\w-]{43})")
FIRST = {"name": "Odile Martin", "email": "odile@etape.example"}


@pytest.fixture
def place(database_url: str) -> Iterator[Place]:
    """A production that nobody has entered yet."""
    with temporary_folder() as folder:
        settings = {
            "ETAPE_ENVIRONMENT": "production",
            "ETAPE_DATABASE_URL": database_url,
            "ETAPE_SECRET": SECRET,
            "ETAPE_PUBLIC_URL": "https://etape.example",
            "ETAPE_SMTP_HOST": "127.0.0.1",
        }
        yield Place(Path(folder), settings)


def test_the_link_is_told_at_the_first_start_and_never_again(place: Place) -> None:
    with serving(place, "--no-worker") as server:
        url = f"http://127.0.0.1:{server.port}/api/v1"
        assert server.stop() == 0
        [token] = LINK.findall(server.said)
        assert f"https://etape.example/gestion/bienvenue?lien={token}" in server.said
    with serving(place, "--no-worker") as server:
        url = f"http://127.0.0.1:{server.port}/api/v1"
        accepted = httpx.post(f"{url}/invitations/accept", json={"token": token, **FIRST})
        assert accepted.status_code == 204, accepted.text
        cookie = {"Cookie": accepted.headers["set-cookie"].partition(";")[0]}
        me = httpx.get(f"{url}/me", headers=cookie).json()
        assert me["roles"] == [{"role": "coordinator", "stop": None}]
        again = httpx.post(f"{url}/invitations/accept", json={"token": token, **FIRST})
        assert again.status_code == 404
        assert server.stop() == 0
        assert not LINK.findall(server.said)


def test_the_console_lets_somebody_in_at_any_time(place: Place) -> None:
    invited = place.run("invite", "coordinator", "Odile@etape.example", "Odile Martin")
    assert invited.returncode == 0, invited.stderr
    [token] = LINK.findall(invited.stderr)
    wrong = place.run("invite", "host", "odile", "")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (1, 1)
    assert "check the address, the name, the role, or its --stop." in wrong.stderr
    with serving(place, "--no-worker") as server:
        url = f"http://127.0.0.1:{server.port}/api/v1"
        opened = httpx.post(f"{url}/invitations/open", json={"token": token}).json()
        assert (opened["name"], opened["kind"]) == ("Odile Martin", "invitation")
        accepted = httpx.post(f"{url}/invitations/accept", json={"token": token})
        assert accepted.status_code == 204, accepted.text
    known = place.run("invite", "coordinator", "odile@etape.example", "Odile Martin")
    assert (known.returncode, known.stderr.count("\n")) == (1, 1)
    assert "This address is that of a member" in known.stderr


async def first_token(client: Client) -> str | None:
    secret = client.app.state.settings.secret
    async with client.database.unit_of_work() as session:
        return await team.first_link(session, secret=secret, now=client.clock.now())


async def test_the_first_coordinator_says_who_they_are_and_enrols(client: Client) -> None:
    token = await first_token(client)
    assert await first_token(client) is None
    visitor = Visitor(client)
    opened = await visitor.do("/invitations/open", {"token": token})
    assert (opened["kind"], opened["name"], opened["email"]) == ("first", None, None)
    nameless = await visitor.post("/invitations/accept", json={"token": token})
    assert {error["pointer"] for error in nameless.json()["errors"]} == {"/name", "/email"}

    await visitor.do("/invitations/accept", {"token": token, **FIRST})

    assert await visitor.level() == "mailed"
    await visitor.enrol_passkey()
    assert (await visitor.get("/manage/members")).status_code == 200
    assert (await acts(client))[0] == ("member", "joined")


async def test_of_many_processes_that_start_at_once_one_tells_the_link(client: Client) -> None:
    told = await asyncio.gather(*(first_token(client) for _ in range(5)))
    assert sum(token is not None for token in told) == 1


async def test_the_link_lives_a_day_and_only_while_nobody_is_there(client: Client) -> None:
    token = await first_token(client)
    client.clock.at += timedelta(hours=24)
    body = {"token": token, **FIRST}
    assert (await Visitor(client).post("/invitations/accept", json=body)).status_code == 404
    client.clock.at -= timedelta(hours=1)
    await a_member(client)
    assert (await Visitor(client).post("/invitations/accept", json=body)).status_code == 404
    [row] = await ask(client, "SELECT count(*) AS n FROM member")
    assert row.n == 1


async def test_of_two_who_take_it_at_once_one_is_first(client: Client) -> None:
    token = await first_token(client)
    bodies = [{"token": token, **FIRST, "email": f"{n}@etape.example"} for n in range(4)]

    answers = await asyncio.gather(
        *(Visitor(client).post("/invitations/accept", json=body) for body in bodies)
    )

    assert sorted(answer.status_code for answer in answers) == [204, 404, 404, 404]
