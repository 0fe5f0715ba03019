"""How Alembic reaches the database: waits are bounded, and two migrators never run at once."""

from alembic import context
from sqlalchemy import create_engine, pool, text
from sqlmodel import SQLModel

import etape.app  # noqa: F401 - it knows every room, so that every table is declared
from etape.core.job_schema import TABLE_PREFIX

TIMEOUTS = ("SET lock_timeout = '4s'", "SET statement_timeout = '60s'")
MIGRATOR = 0x657461706D6967  # the advisory lock's key: "etapmig" in ASCII


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether Alembic looks after a table: the queue brings its own."""
    return kind != "table" or not (name or "").startswith(TABLE_PREFIX)


def run() -> None:
    """Migrate the database named by the caller."""
    url = context.config.attributes["url"]
    engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=pool.NullPool
    )
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATOR})
        for timeout in TIMEOUTS:
            connection.execute(text(timeout))
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            include_name=is_ours,
            transaction_per_migration=True,
            compare_server_default=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


def write_sql() -> None:
    """Write the statements instead of running them, for the linter of migrations."""
    context.configure(
        dialect_name="postgresql", target_metadata=SQLModel.metadata, literal_binds=True
    )
    with context.begin_transaction():
        for timeout in TIMEOUTS:
            context.execute(timeout)
        context.run_migrations()


if context.is_offline_mode():
    write_sql()
else:
    run()
