"""The database's schema is the head of `migrations/`: brought there, or refused when it is not."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

MIGRATIONS = Path(__file__).parents[3] / "migrations"


class StaleSchema(RuntimeError):  # noqa: N818 - a state of the world, not a mistake
    """The schema is not the one that this release works with."""


def config_of(url: str) -> Config:
    """Return Alembic's configuration for one database."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["url"] = url
    return config


def upgrade(url: str) -> None:
    """Bring the schema to the head, one transaction a revision; safe to run from two places."""
    command.upgrade(config_of(url), "head")


def check(url: str) -> None:
    """Raise `alembic.util.CommandError` when the tables differ from what the code declares."""
    command.check(config_of(url))


async def refuse_stale(connection: AsyncConnection) -> None:
    """Raise StaleSchema unless the database is at the head."""

    def current(sync_connection: Connection) -> set[str]:
        return set(MigrationContext.configure(sync_connection).get_current_heads())

    heads = set(ScriptDirectory(str(MIGRATIONS)).get_heads())
    found = await connection.run_sync(current)
    if found != heads:
        raise StaleSchema(
            f"the schema is at {', '.join(sorted(found)) or 'nothing'}, this release needs "
            f"{', '.join(sorted(heads))}: run `etape migrate`"
        )
