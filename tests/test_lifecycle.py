"""Étape starts on nothing and ends without a trace, however it is told to; real processes."""

import asyncio
import json
import os
import pwd
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import httpx
import psycopg
import pytest

from etape.core.postgres import PostgresServer
from etape.core.settings import DEMO_NOTICE
from support.app import SECRET, Client
from support.app import running as running_app
from support.command import ETAPE, Place, Process, Serving, happens, running, serving
from support.desk import READ, Desk, a_session
from support.postgres import temporary_folder
from support.smtp import MailServer

MAKE_RUN = ("make", "run", "-o", ".venv/run.stamp", "-o", "frontend/dist/index.html")
ON_THE_WAY_IN = {"a cluster is made": "unfinished-*", "the server starts": "data/postmaster.pid"}
REGISTRATIONS = "/api/v1/stops/azimut-lille/registrations"
ADA = {
    "name": "Ada",
    "email": "ada@hopital.example",
    "consent": READ,
    "seats": [{"session": "ouverture", "mode": "on_site"}],
}


class FirstStart(NamedTuple):
    place: Place
    said: str
    calls: int
    code: int
    left: list[str]


@pytest.fixture
def place() -> Iterator[Place]:
    """A folder where nothing was started yet."""
    with temporary_folder() as folder:
        yield Place(folder, {})


@pytest.fixture(scope="module")
def first_start() -> Iterator[FirstStart]:
    """What came of the first start on nothing; its data is copied by who needs some."""
    with temporary_folder() as folder:
        place = Place(folder, {})
        with serving(place) as server:
            calls = server.get("/api/v1/calls").json()["total"]
            code = server.stop()
        place.is_quiet()
        yield FirstStart(place, server.said, calls, code, place.processes())


@pytest.fixture
def lived_in(first_start: FirstStart, place: Place) -> Place:
    """A folder where Étape was started before."""
    subprocess.run(["cp", "-a", first_start.place.data, place.data], check=True)
    return place


def test_the_first_start_on_nothing_serves_the_demo_and_says_where(
    first_start: FirstStart,
) -> None:
    assert first_start.calls > 0
    assert "http://localhost:" in first_start.said
    assert "/demo/courrier" in first_start.said
    assert (first_start.code, first_start.left) == (0, [])


def test_the_next_start_is_quick(lived_in: Place) -> None:
    # DESIGN promises three seconds: 2.6 of one quiet processor here, in a build of 2026.
    with serving(lived_in) as server:
        assert server.cpu_seconds() < 8


def test_each_signal_ends_every_process_and_the_next_start_may_follow_at_once(
    lived_in: Place,
) -> None:
    for wanted in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        with serving(lived_in) as server:
            assert server.stop(wanted) == 0, wanted
    assert lived_in.is_quiet(), lived_in.processes()


def test_what_make_runs_ends_with_it(lived_in: Place) -> None:
    make = (*MAKE_RUN, f"BIN={Path(sys.executable).parent}")
    for wanted in (signal.SIGINT, signal.SIGTERM):
        with serving(lived_in, command=make) as server:
            server.stop(wanted)
    assert lived_in.is_quiet(), lived_in.processes()


@pytest.mark.parametrize("wanted", [signal.SIGTERM, signal.SIGINT], ids=lambda wanted: wanted.name)
@pytest.mark.parametrize("sign", ON_THE_WAY_IN.values(), ids=ON_THE_WAY_IN.keys())
def test_a_signal_on_the_way_in_leaves_no_process(
    place: Place, sign: str, wanted: signal.Signals
) -> None:
    server = Serving(place)
    with running(server):
        assert happens(lambda: list((place.data / "postgres").glob(sign))), server.said
        server.stop(wanted)
    assert place.is_quiet(), place.processes()


def test_what_a_killed_process_left_is_taken_over_and_stopped(lived_in: Place) -> None:
    with serving(lived_in) as server:
        server.popen.kill()
        server.popen.wait()
    assert lived_in.processes(), "its database cannot know that it is alone"
    with serving(lived_in) as server:
        assert server.stop() == 0
    assert lived_in.is_quiet(), lived_in.processes()


def test_a_port_that_is_taken_is_said_before_anything_starts(place: Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = place.run("serve", "--port", str(port))
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert f"port {port}: something else listens there" in refused.stderr
    assert not place.data.exists()


async def test_no_request_that_was_let_in_fails_while_we_leave(lived_in: Place) -> None:
    fates: Counter[str] = Counter()

    async def ask(http: httpx.AsyncClient, url: str) -> None:
        try:
            answer = await http.get(url)
        except httpx.ConnectError:
            fates["not let in"] += 1
        except httpx.TransportError as error:
            fates[type(error).__name__] += 1
        else:
            fates[str(answer.status_code)] += 1

    with serving(lived_in) as server:
        url = f"http://127.0.0.1:{server.port}/api/v1/calls"
        async with httpx.AsyncClient(timeout=30) as http, asyncio.TaskGroup() as requests:
            for number in range(300):
                requests.create_task(ask(http, url))
                if number == 150:
                    server.send(signal.SIGTERM)
                await asyncio.sleep(0.01)
        assert server.stop() == 0
    assert fates.keys() == {"200", "not let in"}, fates
    assert fates["200"] >= 150


def test_a_process_that_leaves_says_so_and_serves_until_balancers_know(lived_in: Place) -> None:
    lived_in.settings["ETAPE_DRAIN_SECONDS"] = "3"
    with serving(lived_in) as server:
        server.send(signal.SIGTERM)
        assert happens(lambda: server.get("/health/ready").status_code == 503)
        assert server.get("/health/ready").json() == {"status": "draining"}
        assert server.get("/health/live").status_code == 200
        answer = server.get("/api/v1/calls")
        assert (answer.status_code, answer.headers["Connection"]) == (200, "close")
        assert server.popen.wait(20) == 0


def test_a_worker_beside_takes_the_letters_and_leaves_the_database_to_the_others(
    lived_in: Place,
) -> None:
    with serving(lived_in, "--no-worker") as server:
        assert server.post(REGISTRATIONS, ADA).status_code == 201
        assert letters(server) == 0
        worker = Process(lived_in, *ETAPE, "worker")
        with running(worker):
            assert happens(lambda: letters(server) == 1), worker.said
            assert worker.stop() == 0
        assert server.is_ready()
        assert server.stop() == 0
    assert lived_in.is_quiet(), lived_in.processes()


def letters(server: Serving) -> int:
    total: int = server.get("/api/v1/demo/letters").json()["total"]
    return total


def as_user(user: pwd.struct_passwd) -> tuple[str, ...]:
    """Return a command that gives root's rights up, then serves.

    Only root may read the interpreter: what it would load later is loaded before.
    """
    program = (
        "import encodings.idna, importlib, os, sys\n"
        "for name in sys.argv.pop(1).split(): importlib.import_module(name)\n"
        f"os.setgroups([]); os.setgid({user.pw_gid}); os.setuid({user.pw_uid})\n"
        "from etape.__main__ import main; main()"
    )
    late = (
        "etape.cli alembic.command uvicorn.protocols.http.httptools_impl uvicorn.loops.auto "
        "logging.config"
    )
    return (sys.executable, "-c", program, late, "serve")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become somebody else")
def test_an_ordinary_user_serves_from_a_home_of_their_own(place: Place) -> None:
    nobody = pwd.getpwnam("nobody").pw_uid
    user = next(user for user in pwd.getpwall() if user.pw_uid not in {0, nobody})
    home = Place(place.folder / "home", {})
    home.folder.mkdir(mode=0o700)
    os.chown(home.folder, user.pw_uid, user.pw_gid)
    with serving(home, command=as_user(user)) as server:
        assert home.data.stat().st_uid == user.pw_uid
        assert server.stop() == 0
    assert home.is_quiet(), home.processes()


def test_production_refuses_to_start_on_what_is_only_good_for_a_demonstration(
    place: Place,
) -> None:
    place.settings["ETAPE_ENVIRONMENT"] = "production"
    refused = place.run("serve", "--port=0")
    assert refused.returncode == 2
    assert refused.stderr == (
        "production needs its own "
        "ETAPE_SECRET, ETAPE_DATABASE_URL, ETAPE_SMTP_HOST, ETAPE_PUBLIC_URL\n"
    )


def test_a_setting_that_is_wrong_is_named(place: Place) -> None:
    place.settings.update(ETAPE_SECRET="short", ETAPE_SMTP_PORT="twenty-five")
    refused = place.run("migrate")
    assert refused.returncode == 2
    first, second = refused.stderr.splitlines()
    assert first.startswith("ETAPE_SECRET: ")
    assert second.startswith("ETAPE_SMTP_PORT: ")


def in_production(place: Place, database_url: str, *, smtp_port: int = 25) -> Place:
    settings = {
        "ETAPE_ENVIRONMENT": "production",
        "ETAPE_DATABASE_URL": database_url,
        "ETAPE_SECRET": SECRET,
        "ETAPE_PUBLIC_URL": "https://etape.example",
        "ETAPE_SMTP_HOST": "127.0.0.1",
        "ETAPE_SMTP_PORT": str(smtp_port),
        "ETAPE_PRIVACY_NOTICE": str(DEMO_NOTICE),
    }
    return Place(place.folder, settings)


def test_a_database_that_is_away_or_stale_is_said_in_a_sentence(
    place: Place, empty_database_url: str
) -> None:
    away = in_production(place, "postgresql://etape@127.0.0.1:1/etape").run("serve", "--port=0")
    assert away.returncode == 1
    assert away.stderr.startswith("The database that ETAPE_DATABASE_URL names does not answer: ")
    assert "Traceback" not in away.stderr
    for command in (["serve", "--port=0"], ["worker"]):
        stale = in_production(place, empty_database_url).run(*command)
        assert stale.returncode == 1
        assert "run `etape migrate`" in stale.stderr
        assert "Traceback" not in stale.stderr


async def test_production_serves_sends_mail_and_shows_no_demo(
    place: Place, database_url: str
) -> None:
    async with MailServer() as mail, running_app(database_url, at=datetime.now(UTC)) as app:
        await Desk.of(app).publish(a_session("ouverture", on_site={"capacity": 3}))
        production = in_production(place, database_url, smtp_port=mail.port)
        with serving(production) as server:
            desk = "/api/v1/stops/essai/registrations"
            assert server.post(desk, ADA).status_code == 201
            assert server.get("/api/v1/demo/letters").status_code == 404
            assert "Strict-Transport-Security" in server.get("/health/live").headers
            assert await asyncio.to_thread(happens, lambda: mail.recipients == [ADA["email"]])
            assert server.stop() == 0
    assert not production.data.exists(), "no database of its own"
    assert production.is_quiet(), production.processes()


LEGAL_NOTICE_LACKS = (
    "The legal notice lacks director, host: ETAPE_SITE names who answers for the site."
)


def test_a_filled_database_is_left_as_it_is_and_found_sound(place: Place, demo_url: str) -> None:
    place.settings["ETAPE_DATABASE_URL"] = demo_url
    told = [place.run(command) for command in ("migrate", "demo", "doctor")]
    assert [done.returncode for done in told] == [0, 0, 0], told
    assert [done.stderr for done in told] == [
        "",
        "Démonstration déjà installée.\n",
        f"{LEGAL_NOTICE_LACKS}\nDatabase, schema and journal are sound.\n",
    ]


def test_the_demo_is_refused_beside_real_data_and_in_production(
    place: Place, demo_url: str
) -> None:
    production = in_production(place, demo_url)
    told = [production.run("demo"), production.run("serve", "--port=0")]
    with psycopg.connect(demo_url) as connection:
        connection.execute("UPDATE revision SET published_by = 'somebody'")
    place.settings["ETAPE_DATABASE_URL"] = demo_url
    told.append(place.run("serve", "--port=0"))
    assert [refused.returncode for refused in told] == [1, 1, 1]
    assert [refused.stderr.count("\n") for refused in told] == [1, 1, 1]
    assert "partly invented" in told[1].stderr
    assert "que la démonstration" in told[2].stderr


def test_the_doctor_names_what_is_wrong_with_a_schema(place: Place, database_url: str) -> None:
    place.settings["ETAPE_DATABASE_URL"] = database_url
    with psycopg.connect(database_url) as connection:
        connection.execute("ALTER TABLE stop ADD COLUMN surprise text")
    found = place.run("doctor")
    assert found.returncode == 1
    assert "surprise" in found.stderr
    assert "Traceback" not in found.stderr


def test_the_contract_is_written_without_a_database(place: Place) -> None:
    place.settings["ETAPE_DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/nothing"
    path = place.folder / "openapi.json"
    assert place.run("openapi", str(path)).returncode == 0
    assert json.loads(path.read_text(encoding="utf-8"))["info"]["title"] == "Étape"


async def test_readiness_follows_the_database_and_its_schema(
    lived_in: Place, now: datetime
) -> None:
    with PostgresServer(lived_in.data / "postgres") as server:
        async with running_app(server.url(), at=now) as client:
            assert await told(client) == (200, "ready")
            server.stop()
            assert await told(client) == (503, "no_database")
            server.start()
            assert await told(client) == (200, "ready")
            with psycopg.connect(server.url()) as connection:
                connection.execute("UPDATE alembic_version SET version_num = 'older'")
            assert await told(client) == (503, "stale_schema")


async def told(client: Client) -> tuple[int, str]:
    """Return what the probes are told; that of life is always well."""
    assert (await client.get("/health/live")).status_code == 200
    answer = await client.get("/health/ready")
    return answer.status_code, answer.json()["status"]
