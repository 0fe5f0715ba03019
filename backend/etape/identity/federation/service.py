"""Signing members in at the identity provider that the settings name.

The provider is asked between units of work, never inside one (T8). A sign-in is spent before its
proof is looked at, whatever comes of it. An account is recognised by the name that the provider
gives it; by its address only once, when it is linked to the member whose address that is.
"""

import re
import secrets
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import journal
from etape.core.database import Database
from etape.core.openid import Identity, Provider, ProviderNotBelieved
from etape.core.problems import NotFound
from etape.identity.federation import rules
from etape.identity.federation.schemas import Return
from etape.identity.federation.tables import ProviderAccount, ProviderAttempt
from etape.identity.members import service as members
from etape.identity.members.tables import Member
from etape.identity.sessions import service as sessions

MEMBER, LINKED, UNLINKED = "member", "linked", "unlinked"
_SECRET_BYTES = 32
_ERROR = re.compile(r"[a-z_]{1,40}")  # RFC 6749, 4.1.2.1; anything else may quote a person
_log = structlog.get_logger("etape.identity")


async def begin(
    database: Database, provider: Provider, *, fresh: bool, now: datetime
) -> tuple[str, str]:
    """Begin a sign-in: return the secret that the browser keeps, and the address it goes to.

    Raises ProviderUnreachable and ProviderNotBelieved.
    """
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    question = rules.question_of(secret)
    address = await provider.address_to_sign_in(question, fresh=fresh, now=now)
    async with database.unit_of_work() as session:
        abandoned = col(ProviderAttempt.started_at) <= now - rules.ATTEMPT_FOR
        await session.exec(delete(ProviderAttempt).where(abandoned))
        session.add(ProviderAttempt(digest=rules.digest_of(secret), started_at=now))
    return secret, address


async def finish(
    database: Database,
    provider: Provider,
    sent: Return,
    *,
    secret: str | None,
    browser: str,
    now: datetime,
) -> tuple[str, str]:
    """Finish the sign-in of a browser: return its new token, and the provider's ID token.

    Raises the problems of `rules`, ProviderUnreachable and ProviderNotBelieved.
    """
    if secret is None or sent.state is None or not rules.is_answer_to(secret, sent.state):
        raise rules.SignInNotBegun
    async with database.unit_of_work() as session:
        await _spend(session, secret, now=now)
    if sent.issuer not in {None, provider.issuer}:  # RFC 9207, 2.4
        raise ProviderNotBelieved
    if sent.code is None:
        error = sent.error or ""
        _log.info("declined", why=error if _ERROR.fullmatch(error) else None)
        raise rules.ProviderDeclined
    identity = await provider.identify(sent.code, rules.question_of(secret), now=now)
    async with database.unit_of_work() as session:
        member_id = await _member_of(session, identity, now=now)
        level = rules.level_of(identity, now=now)
        token = await sessions.open_session(
            session, member_id, level=level, browser=browser, now=now
        )
    return token, identity.id_token


async def _spend(session: AsyncSession, secret: str, *, now: datetime) -> None:
    """Let a sign-in be finished once, and not late."""
    spent = await session.exec(
        delete(ProviderAttempt)
        .where(col(ProviderAttempt.digest) == rules.digest_of(secret))
        .where(col(ProviderAttempt.started_at) > now - rules.ATTEMPT_FOR)
        .returning(col(ProviderAttempt.digest))
    )
    if spent.first() is None:
        raise rules.SignInNotBegun


async def _member_of(session: AsyncSession, identity: Identity, *, now: datetime) -> UUID:
    """Return the member whose account this is, linking it the first time."""
    account = (
        select(ProviderAccount.member_id, Member.disabled_at)
        .join(Member)
        .where(ProviderAccount.issuer == identity.issuer)
        .where(ProviderAccount.subject == identity.subject)
    )
    linked = (await session.exec(account)).one_or_none()
    if linked is not None:
        member_id, disabled_at = linked
        if disabled_at is not None:
            raise rules.NotOfTheTeam
        return member_id
    if identity.email is None:
        raise rules.AddressNotProved
    member = await members.by_email(session, identity.email)
    if member is None:
        raise rules.NotOfTheTeam
    await _link(session, member.id, identity, now=now)
    return member.id


async def _link(
    session: AsyncSession, member_id: UUID, identity: Identity, *, now: datetime
) -> None:
    if await _account_of(session, member_id, issuer=identity.issuer) is not None:
        raise rules.AnotherAccount
    session.add(
        ProviderAccount(
            member_id=member_id, issuer=identity.issuer, subject=identity.subject, linked_at=now
        )
    )
    await journal.record(
        session,
        by=f"{MEMBER}:{member_id}",
        noun=MEMBER,
        subject_id=member_id,
        act=LINKED,
        changes={"provider": (None, identity.issuer)},
        now=now,
        personal=True,
    )


async def unlink(
    session: AsyncSession, member_id: UUID, *, issuer: str, by: str, now: datetime
) -> None:
    """Forget a member's account at the provider: the next one with their address is theirs.

    Raises NotFound.
    """
    account = await _account_of(session, member_id, issuer=issuer)
    if account is None:
        raise NotFound
    await session.delete(account)
    await journal.record(
        session,
        by=by,
        noun=MEMBER,
        subject_id=member_id,
        act=UNLINKED,
        changes={"provider": (issuer, None)},
        now=now,
        personal=True,
    )


async def _account_of(
    session: AsyncSession, member_id: UUID, *, issuer: str
) -> ProviderAccount | None:
    account = select(ProviderAccount).where(
        ProviderAccount.member_id == member_id, ProviderAccount.issuer == issuer
    )
    return (await session.exec(account)).one_or_none()
