"""The mail that lets somebody in: an invitation, or a way back after a loss."""

from uuid import UUID

from etape.core.calendar import Mailbox
from etape.core.jobs import JobContext, Jobs
from etape.core.mail import Letter
from etape.core.texts import Language
from etape.identity.team import rules, service

jobs = Jobs()


@jobs.job(service.SEND_INVITATION)
async def send_invitation(context: JobContext, *, invitation_id: str) -> None:
    """Mail an invitation's link, while it can be taken."""
    async with context.database.unit_of_work() as session:
        found = await service.letter_for(session, UUID(invitation_id), now=context.clock.now())
    if found is None:
        return
    invitation, name, email = found
    token = service.token_of(invitation, secret=context.settings.secret)
    letter = Letter(
        template=f"identity/{invitation.kind}",
        key=f"{invitation.kind}-{invitation.id}",
        to=Mailbox(address=email, name=name),
        language=Language(invitation.language),
        values={
            "name": name,
            "link": rules.link_to(token, public_url=context.settings.public_url),
            "days": (invitation.expires_at - invitation.created_at).days,
        },
    )
    await context.mailer.send(letter)
