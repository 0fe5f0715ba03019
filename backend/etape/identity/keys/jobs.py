"""The letters about a key: they alone hold the links that give it and that revoke it."""

from uuid import UUID

from etape.core.calendar import Mailbox
from etape.core.dates import day_text
from etape.core.jobs import JobContext, Jobs
from etape.core.mail import Letter
from etape.core.moments import day_in_paris
from etape.core.settings import page_url
from etape.core.texts import Language
from etape.identity.keys import rules, service
from etape.identity.keys.rules import Purpose
from etape.identity.keys.tables import ApiKey
from etape.identity.members.schemas import MEANINGS, Scope

PAGE = "developpeurs/cle"

jobs = Jobs()


@jobs.job(service.SEND_LETTER)
async def send_letter(context: JobContext, *, key_id: str, occasion: str) -> None:
    """Write to who holds a key, or asked for one, unless it ended meanwhile."""
    now, secret = context.clock.now(), context.settings.secret
    async with context.database.unit_of_work() as session:
        key = await session.get(ApiKey, UUID(key_id))
        holder = await service.holder_of(session, key) if key else None
        if key is None or holder is None or key.revoked_at or key.expires_at <= now:
            return
        if occasion == service.ASKED and key.digest:
            return
        first = await session.get_one(ApiKey, key.family_id)
    language = Language(key.language)

    def link(purpose: Purpose, parameter: str) -> str:
        token = rules.link_token(first.id, first.salt, purpose, secret=secret)
        page = page_url(PAGE, settings=context.settings, language=language)
        return f"{page}?{parameter}={token}"

    name, address = holder
    await context.mailer.send(
        Letter(
            template="identity/api_key",
            key=f"api-key-{key.id}-{occasion}",
            to=Mailbox(address=address, name=name),
            language=language,
            values={
                "occasion": occasion,
                "name": key.name,
                "days": key.expires_in_days,
                "ends_on": day_text(day_in_paris(key.expires_at), language),
                "meanings": [MEANINGS[Scope(scope)].in_language(language) for scope in key.scopes],
                "link": link(Purpose.CONFIRM, "lien"),
                "revocation": link(Purpose.REVOKE, "revocation"),
                "page": page_url(PAGE, settings=context.settings, language=language),
            },
        )
    )


@jobs.job("api_key.warn", cron="20 6 * * *")
async def warn(context: JobContext) -> None:
    """Tell those whose key ends in two weeks."""
    async with context.database.unit_of_work() as session:
        await service.warn_of_the_end(session, now=context.clock.now())


@jobs.job("api_key.forget", cron="40 * * * *")
async def forget(context: JobContext) -> None:
    """Delete what is of no use any more."""
    async with context.database.unit_of_work() as session:
        await service.forget_the_dead(session, now=context.clock.now())
