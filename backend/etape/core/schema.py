"""The database's schema is the head of `migrations/`: brought there, or refused when it is not.

Alembic takes a sixth of a start: it is loaded only where there is something to migrate or compare.
"""

from logging import getLogger
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parents[3] / "migrations"
_HAS_REVISION = "SELECT to_regclass('alembic_version') IS NOT NULL"
_REVISION = "SELECT version_num FROM alembic_version"

getLogger("alembic").setLevel("WARNING")  # before it is loaded: it tells of each part it finds


class StaleSchema(RuntimeError):  # noqa: N818 - a state of the world, not a mistake
    """The schema is not the one that this release works with."""


def head() -> str:
    """Return the newest revision: files are named by their number."""
    return max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def config_of(url: str) -> "Config":
    """Return Alembic's configuration for one database."""
    from alembic.config import Config  # noqa: PLC0415 - the module's first lines say why

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["url"] = url
    return config


def upgrade(url: str) -> None:
    """Bring the schema to the head, one transaction a revision; safe to run from two places."""
    with psycopg.connect(url) as connection:
        [is_there] = connection.execute(_HAS_REVISION).fetchone() or [False]
        if is_there and connection.execute(_REVISION).fetchall() == [(head(),)]:
            return
    from alembic import command  # noqa: PLC0415 - same

    command.upgrade(config_of(url), "head")


def check(url: str) -> None:
    """Raise StaleSchema when the tables differ from what the code declares, saying how."""
    from alembic import command  # noqa: PLC0415 - same
    from alembic.util import CommandError  # noqa: PLC0415 - same

    try:
        command.check(config_of(url))
    except CommandError as difference:
        raise StaleSchema(str(difference)) from None


async def refuse_stale(connection: AsyncConnection) -> None:
    """Raise StaleSchema unless the database is at the head."""
    found = []
    if await connection.scalar(text(_HAS_REVISION)):
        found = list(await connection.scalars(text(_REVISION)))
    if found != [head()]:
        raise StaleSchema(
            f"the schema is at {', '.join(found) or 'nothing'}, this release needs "
            f"{head()}: run `etape migrate`"
        )
