"""What a worker needs under test, and the job that processes to be killed run."""

from etape.core.calendar import Mailbox
from etape.core.clock import Clock
from etape.core.database import Database
from etape.core.jobs import JobContext, Jobs
from etape.core.mail import Letter, Mailer
from etape.core.settings import Settings
from etape.core.storage import storage_of
from etape.core.texts import Language
from etape.core.worker import Pace

QUICK = Pace(poll=0.1, heartbeat=0.5, silence=3, rescue=0.5, grace=0.5, reconnect=0.2)

jobs = Jobs()


@jobs.job("test.write_to")
async def write_to(context: JobContext, *, number: int) -> None:
    """Send one letter, recognisable by its number."""
    letter = Letter(
        template="support/welcome",
        key=f"letter-{number}",
        to=Mailbox(address=f"person-{number}@hopital.example", name=f"Person {number}"),
        language=Language.FR,
        values={"name": f"Person {number}", "link": "https://etape.example/"},
    )
    await context.mailer.send(letter)


def job_context(url: str, *, smtp_port: int) -> JobContext:
    """Return the context of a worker; its database is closed by the caller."""
    settings = Settings(smtp_host="127.0.0.1", smtp_port=smtp_port)
    database, clock = Database(url), Clock()
    mailer = Mailer(settings, database, clock, packages=["support"])
    return JobContext(
        settings=settings,
        database=database,
        clock=clock,
        mailer=mailer,
        storage=storage_of(settings, database),
    )
