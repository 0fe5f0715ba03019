"""Clusters and databases that end with the test, or with the process that runs it."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql

from etape.core.postgres import PostgresServer

# Its standard input ends when we let it or when we die, by whatever signal.
REAPER = """
read -r _
for pid_file in "$1"/*/data/postmaster.pid; do
    test -s "$pid_file" && kill -QUIT "$(head -n 1 "$pid_file")"
done 2>/dev/null
rm -rf "$1"
"""

MEMORY = Path("/dev/shm")
ROOM_IN_MEMORY = 4 * 2**30

SETTINGS_WITHOUT_DURABILITY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",  # DROP DATABASE … FORCE may not end its processes, which are nobody's
}


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a folder whose subfolders may be clusters; their servers end with this process."""
    folder = Path(tempfile.mkdtemp(prefix="etape-", dir=_memory()))
    folder.chmod(0o711)  # the account that root runs the server as walks through
    reaper = ["/bin/sh", "-c", REAPER, "reaper", str(folder)]
    with subprocess.Popen(reaper, stdin=subprocess.PIPE, start_new_session=True):
        yield folder


def _memory() -> Path | None:
    """Return where files live in memory, if there is room: a database is cloned four times faster.

    A process that is killed loses nothing there either; only a machine would.
    """
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_IN_MEMORY
    return MEMORY if has_room else None


@contextmanager
def fresh_database(server: PostgresServer, *, template: str | None = None) -> Iterator[str]:
    """Give the URL of a database that is dropped afterwards, whoever is still connected."""
    name = f"test_{uuid4().hex}"
    server.create_database(name, template=template)
    try:
        yield server.url(name)
    finally:
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )
