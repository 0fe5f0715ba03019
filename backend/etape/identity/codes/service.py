"""Codes mailed to sign in: asked for in a browser, derived when mailed, spent once in that browser.

Whoever asks costs the same statements, a member or not (T16).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import delete, null, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import jobs
from etape.core.database import new_id
from etape.core.texts import Language
from etape.core.tokens import (
    are_equal,
    as_typed,
    derived_code,
    derived_token,
    digest_of,
    new_salt,
    new_token,
)
from etape.identity.codes import rules
from etape.identity.codes.schemas import SignInProof, SignInRequest
from etape.identity.codes.tables import SignInAsk
from etape.identity.members import service as members
from etape.identity.members.tables import Member

SEND_CODE = "sign_in.send_code"


@dataclass(frozen=True, kw_only=True)
class Mailed:
    """What is mailed to a member who asked."""

    code: str
    token: str


async def ask(session: AsyncSession, request: SignInRequest, *, now: datetime) -> str:
    """Have a code mailed if the address is a member's; return what tells the browser that asked."""
    browser, ask_id = new_token(), new_id()
    member = select(Member.id).where(
        Member.email_key == request.email.casefold(), col(Member.disabled_at).is_(None)
    )
    row = {
        "id": ask_id,
        "browser_digest": digest_of(browser),
        "member_id": member.scalar_subquery(),
        "language": request.language.value if request.language else null(),
        "salt": new_salt(),
        "created_at": now,
        "attempts": 0,
    }
    await session.exec(insert(SignInAsk).values(**row))
    await jobs.defer(session, SEND_CODE, ask_id=str(ask_id))
    return browser


def mailed(asked: SignInAsk, *, secret: SecretStr) -> Mailed:
    """Return the code and the link's token of an ask, the same each time it is mailed."""
    return Mailed(
        code=derived_code(
            "sign-in code", asked.id, asked.salt, length=rules.CODE_LENGTH, secret=secret
        ),
        token=derived_token("sign-in link", asked.id, asked.salt, secret=secret),
    )


def is_alive(asked: SignInAsk, *, now: datetime) -> bool:
    """Whether the code of an ask may still be typed."""
    return asked.spent_at is None and now - asked.created_at < rules.LIVES


async def spend(
    session: AsyncSession,
    proof: SignInProof,
    browser: str | None,
    *,
    secret: SecretStr,
    now: datetime,
) -> UUID:
    """Return the member whose code this is, in the browser that asked for it; it is then spent.

    Raises AskedElsewhere, and CodeRefused, which counts.
    """
    if browser is None:
        raise rules.AskedElsewhere
    tried = (
        update(SignInAsk)
        .where(
            col(SignInAsk.browser_digest) == digest_of(browser),
            col(SignInAsk.spent_at).is_(None),
            col(SignInAsk.attempts) < rules.ATTEMPTS_AT_MOST,
            col(SignInAsk.created_at) > now - rules.LIVES,
        )
        .values(attempts=SignInAsk.attempts + 1)
        .returning(SignInAsk)
    )
    asked: SignInAsk | None = (await session.exec(tried)).scalar_one_or_none()
    if asked is None:
        raise rules.CodeRefused
    told = mailed(asked, secret=secret)
    is_right = (
        are_equal(as_typed(proof.code), told.code)
        if proof.code is not None
        else are_equal(proof.token or "", told.token)
    )
    if asked.member_id is None or not is_right:
        raise rules.CodeRefused
    member = await members.locked(session, asked.member_id)
    if member.disabled_at is not None:
        raise rules.CodeRefused
    asked.spent_at = now
    session.add(asked)
    return member.id


async def letter_for(session: AsyncSession, ask_id: UUID) -> tuple[SignInAsk, Member] | None:
    """Return an ask and the member to write to; None when it is nobody's, or gone."""
    found = (
        select(SignInAsk, Member)
        .join(Member, col(Member.id) == col(SignInAsk.member_id))
        .where(SignInAsk.id == ask_id, col(Member.disabled_at).is_(None))
    )
    return (await session.exec(found)).one_or_none()


def language_of(asked: SignInAsk, member: Member) -> Language:
    """Return the language of the mail: the one asked for, else the member's."""
    return Language(asked.language or member.language)


async def forget_old(session: AsyncSession, *, now: datetime) -> None:
    """Delete the asks whose codes are dead."""
    dead = col(SignInAsk.created_at) < now - 2 * rules.LIVES
    await session.exec(delete(SignInAsk).where(dead))
