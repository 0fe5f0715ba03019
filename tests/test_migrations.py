"""The schema goes from nothing to the head and back, and is what the code declares."""

import io
import re
import subprocess
import sys
from contextlib import redirect_stdout
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.script import ScriptDirectory

from etape.core import schema
from etape.core.postgres import PostgresServer
from support.app import running
from support.postgres import fresh_database

ROOT = Path(__file__).parents[1]
REVISIONS = [
    script.revision
    for script in reversed(list(ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()))
]
# Everything that a migration may make, by kind and definition.
CONTENT = """
    SELECT 'column', format('%s.%s %s %s %s', table_name, column_name, udt_name, is_nullable,
                            column_default)
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'index', indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'constraint', format('%s %s', conrelid::regclass, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'function', pg_get_functiondef(oid)
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'trigger', pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'type', typname FROM pg_type
    WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'
    UNION ALL SELECT 'sequence', sequencename FROM pg_sequences WHERE schemaname = 'public'
"""


def content_of(url: str) -> set[tuple[str, str]]:
    with psycopg.connect(url) as connection:
        return {(kind, made) for kind, made in connection.execute(CONTENT) if "alembic" not in made}


def test_from_nothing_to_the_head_and_back_leaves_nothing(empty_database_url: str) -> None:
    config = schema.config_of(empty_database_url)
    schema.upgrade(empty_database_url)
    schema.check(empty_database_url)
    made = content_of(empty_database_url)
    assert len(made) > 100
    command.downgrade(config, "base")
    assert content_of(empty_database_url) == set()
    schema.upgrade(empty_database_url)
    assert content_of(empty_database_url) == made


@pytest.mark.parametrize(("before", "revision"), list(pairwise(["base", *REVISIONS])))
def test_each_revision_undoes_exactly_what_it_did(
    empty_database_url: str, before: str, revision: str
) -> None:
    config = schema.config_of(empty_database_url)
    if before != "base":
        command.upgrade(config, before)
    found = content_of(empty_database_url)
    command.upgrade(config, revision)
    made = content_of(empty_database_url)
    assert made != found
    command.downgrade(config, before)
    assert content_of(empty_database_url) == found
    command.upgrade(config, revision)
    assert content_of(empty_database_url) == made


def test_revisions_follow_one_another() -> None:
    assert [f"{number:04}" for number in range(1, len(REVISIONS) + 1)] == REVISIONS


def test_two_processes_that_migrate_at_once_wait_for_each_other(empty_database_url: str) -> None:
    order = f"from etape.core import schema; schema.upgrade({empty_database_url!r})"
    runs = [subprocess.Popen([sys.executable, "-c", order]) for _ in range(2)]
    assert [run.wait(timeout=60) for run in runs] == [0, 0]
    schema.check(empty_database_url)


def test_no_statement_of_a_migration_holds_others_up(tmp_path: Path) -> None:
    written = io.StringIO()
    with redirect_stdout(written):
        command.upgrade(schema.config_of("postgresql://nobody@localhost/none"), "head", sql=True)
    statements = tmp_path / "head.sql"
    statements.write_text(written.getvalue(), encoding="utf-8")
    assert re.search(r"SET lock_timeout = '\ds'", written.getvalue())
    squawk = [Path(sys.executable).with_name("squawk"), statements]
    told = subprocess.run(squawk, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize("revision", [None, *REVISIONS[:-1]])
async def test_the_application_refuses_to_start_on_an_older_schema(
    empty_database_url: str, now: datetime, revision: str | None
) -> None:
    if revision:
        command.upgrade(schema.config_of(empty_database_url), revision)
    with pytest.raises(schema.StaleSchema, match=r"etape migrate"):
        async with running(empty_database_url, at=now):
            pass


async def test_the_application_refuses_to_start_on_a_schema_of_the_future(
    database_url: str, now: datetime
) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(schema.StaleSchema, match="9999"):
        async with running(database_url, at=now):
            pass


def test_a_table_that_the_code_does_not_declare_is_found(
    postgres: PostgresServer, migrated: str
) -> None:
    with fresh_database(postgres, template=migrated) as url:
        with psycopg.connect(url) as connection:
            connection.execute("ALTER TABLE call ADD COLUMN forgotten text")
        with pytest.raises(schema.StaleSchema, match="forgotten"):
            schema.check(url)
