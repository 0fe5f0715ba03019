"""What the queue needs in the database, as statements that a migration executes in order.

Nothing of it notifies inside a caller's transaction: NOTIFY serialises commits.
"""

from collections.abc import Iterator

from procrastinate.schema import SchemaManager

TABLE_PREFIX = "procrastinate_"
"""The queue's tables, which `alembic check` ignores, begin so."""

_SILENCE_INSERTS = """
ALTER TABLE procrastinate_jobs DISABLE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1
"""

# A key stands for jobs that wait. A job that runs gives it up: the next one may wait meanwhile, and
# the first, if it must be tried again, does not collide with it.
_FREE_KEY_FUNCTION = """
CREATE FUNCTION job_gives_up_its_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.queueing_lock := NULL;
    RETURN NEW;
END;
$$
"""
_FREE_KEY_TRIGGER = """
CREATE TRIGGER job_gives_up_its_key BEFORE UPDATE OF status ON procrastinate_jobs
FOR EACH ROW WHEN (NEW.status = 'doing' AND NEW.queueing_lock IS NOT NULL)
EXECUTE FUNCTION job_gives_up_its_key()
"""


def _statements(script: str) -> Iterator[str]:
    """Split a script at the semicolons that end its lines outside of `$$` bodies."""
    lines: list[str] = []
    for line in script.splitlines():
        if line.strip() and not line.lstrip().startswith("--"):
            lines.append(line)
        if line.endswith(";") and "\n".join(lines).count("$$") % 2 == 0:
            yield "\n".join(lines).removesuffix(";")
            lines = []


SCHEMA_SQL: tuple[str, ...] = (
    *_statements(SchemaManager.get_schema()),
    _SILENCE_INSERTS.strip(),
    _FREE_KEY_FUNCTION.strip(),
    _FREE_KEY_TRIGGER.strip(),
)
"""Procrastinate's schema as of 3.10, then ours. An upgrade that changes it brings a migration."""
