"""The mail that carries a code; only a member's address gets one, and only while it lives."""

from uuid import UUID

from etape.core.calendar import Mailbox
from etape.core.jobs import JobContext, Jobs
from etape.core.mail import Letter
from etape.core.tokens import in_groups
from etape.identity.codes import rules, service

jobs = Jobs()


@jobs.job(service.SEND_CODE)
async def send_code(context: JobContext, *, ask_id: str) -> None:
    """Mail a member the code that they asked for, and the link that does the same."""
    async with context.database.unit_of_work() as session:
        found = await service.letter_for(session, UUID(ask_id))
    if found is None:
        return
    asked, member = found
    if not service.is_alive(asked, now=context.clock.now()):
        return
    told = service.mailed(asked, secret=context.settings.secret)
    house = str(context.settings.public_url).rstrip("/")
    letter = Letter(
        template="identity/sign_in",
        key=f"sign-in-{asked.id}",
        to=Mailbox(address=member.email, name=member.name),
        language=service.language_of(asked, member),
        values={
            "name": member.name,
            "code": in_groups(told.code),
            "link": f"{house}/gestion/connexion?lien={told.token}",
            "minutes": int(rules.LIVES.total_seconds()) // 60,
        },
    )
    await context.mailer.send(letter)


@jobs.job("sign_in.purge", cron="11 * * * *")
async def purge(context: JobContext) -> None:
    """Delete the asks whose codes are dead."""
    async with context.database.unit_of_work() as session:
        await service.forget_old(session, now=context.clock.now())
