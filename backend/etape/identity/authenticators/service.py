"""Authenticator apps and recovery codes: enrolled, confirmed by a first code, shown, removed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import segno
from pydantic import SecretStr
from sqlalchemy import delete, or_, update
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import sealing, tokens
from etape.core.database import new_id
from etape.core.problems import NotFound
from etape.identity.authenticators import rules
from etape.identity.authenticators.schemas import AuthenticatorEnrolment, RecoveryCodes
from etape.identity.authenticators.tables import Authenticator, RecoveryCode
from etape.identity.members.tables import Member


def _place(authenticator_id: UUID) -> str:
    return f"authenticator {authenticator_id}"


async def begin(
    session: AsyncSession, member: Member, *, keys: Sequence[SecretStr], now: datetime
) -> AuthenticatorEnrolment:
    """Make a secret for a member's app, instead of one that was never confirmed."""
    pending = delete(Authenticator).where(
        col(Authenticator.member_id) == member.id, col(Authenticator.confirmed_at).is_(None)
    )
    await session.exec(pending)
    app_secret, authenticator_id = rules.new_secret(), new_id()
    session.add(
        Authenticator(
            id=authenticator_id,
            member_id=member.id,
            sealed_secret=sealing.seal(
                app_secret.encode(), place=_place(authenticator_id), keys=keys
            ),
            created_at=now,
        )
    )
    url = rules.url_of(app_secret, email=member.email)
    picture = segno.make(url).svg_inline(scale=4, border=4, dark="#000", light="#fff")
    return AuthenticatorEnrolment(secret=app_secret, url=url, qr_svg=picture)


async def confirm(
    session: AsyncSession,
    member_id: UUID,
    code: str,
    *,
    keys: Sequence[SecretStr],
    now: datetime,
) -> None:
    """Take a first code of the app being enrolled: it stands instead of the one before, if any.

    Raises NothingToConfirm, OneTimeCodeRefused.
    """
    pending = await _one(session, member_id, is_confirmed=False)
    if pending is None or now - pending.created_at >= rules.ENROLMENT_LIVES:
        raise rules.NothingToConfirm
    app_secret = _opened(pending, keys=keys)
    step = rules.step_of(code, app_secret, now=now)
    if step is None:
        raise rules.OneTimeCodeRefused
    replaced = await _one(session, member_id, is_confirmed=True)
    if replaced is not None:
        await session.delete(replaced)
        await session.flush()
    pending.confirmed_at = now
    pending.last_step = step
    session.add(pending)


async def take_code(
    session: AsyncSession,
    member_id: UUID,
    code: str,
    *,
    keys: Sequence[SecretStr],
    now: datetime,
) -> None:
    """Take a code of a member's app, which never serves again. Raises OneTimeCodeRefused."""
    app = await _one(session, member_id, is_confirmed=True)
    if app is None:
        raise rules.OneTimeCodeRefused
    app_secret = _opened(app, keys=keys)
    step = rules.step_of(code, app_secret, now=now)
    if step is None:
        raise rules.OneTimeCodeRefused
    taken = update(Authenticator).where(
        col(Authenticator.id) == app.id,
        or_(col(Authenticator.last_step).is_(None), col(Authenticator.last_step) < step),
    )
    sealed = app.sealed_secret
    if sealing.is_stale(sealed, keys=keys):
        sealed = sealing.seal(app_secret.encode(), place=_place(app.id), keys=keys)
    taken = taken.values(last_step=step, sealed_secret=sealed)
    if (await session.exec(taken.returning(col(Authenticator.id)))).first() is None:
        raise rules.OneTimeCodeRefused


async def new_recovery_codes(session: AsyncSession, member_id: UUID) -> RecoveryCodes:
    """Return ten recovery codes, instead of those that the member had."""
    await session.exec(delete(RecoveryCode).where(col(RecoveryCode.member_id) == member_id))
    codes = [tokens.new_code(rules.RECOVERY_LENGTH) for _ in range(rules.RECOVERY_CODES)]
    for code in codes:
        session.add(RecoveryCode(digest=tokens.digest_of(code), member_id=member_id))
    return RecoveryCodes(codes=[tokens.in_groups(code) for code in codes])


async def take_recovery_code(
    session: AsyncSession, member_id: UUID, code: str, *, now: datetime
) -> None:
    """Take a recovery code of a member, once. Raises OneTimeCodeRefused."""
    spent = (
        update(RecoveryCode)
        .where(
            col(RecoveryCode.digest) == tokens.digest_of(tokens.as_typed(code)),
            col(RecoveryCode.member_id) == member_id,
            col(RecoveryCode.spent_at).is_(None),
        )
        .values(spent_at=now)
    )
    if (await session.exec(spent.returning(col(RecoveryCode.member_id)))).first() is None:
        raise rules.OneTimeCodeRefused


async def confirmed_of(session: AsyncSession, ids: Sequence[UUID]) -> set[UUID]:
    """Return which of these members have an authenticator app."""
    found = select(Authenticator.member_id).where(
        col(Authenticator.member_id).in_(ids), col(Authenticator.confirmed_at).is_not(None)
    )
    return set(await session.exec(found))


async def recovery_codes_left(session: AsyncSession, member_id: UUID) -> int:
    """Return how many recovery codes a member has left."""
    left = select(func.count()).where(
        RecoveryCode.member_id == member_id, col(RecoveryCode.spent_at).is_(None)
    )
    return (await session.exec(left)).one()


async def remove(session: AsyncSession, member_id: UUID) -> None:
    """Forget a member's authenticator app. Raises NotFound."""
    app = await _one(session, member_id, is_confirmed=True)
    if app is None:
        raise NotFound
    await session.delete(app)


async def remove_all(session: AsyncSession, member_id: UUID) -> None:
    """Forget a member's authenticator app and recovery codes."""
    for table in (Authenticator, RecoveryCode):
        await session.exec(delete(table).where(col(table.member_id) == member_id))


async def _one(
    session: AsyncSession, member_id: UUID, *, is_confirmed: bool
) -> Authenticator | None:
    confirmed_at = col(Authenticator.confirmed_at)
    found = select(Authenticator).where(
        Authenticator.member_id == member_id,
        confirmed_at.is_not(None) if is_confirmed else confirmed_at.is_(None),
    )
    return (await session.exec(found)).one_or_none()


def _opened(app: Authenticator, *, keys: Sequence[SecretStr]) -> str:
    place = _place(app.id)
    return sealing.unseal(app.sealed_secret, place=place, keys=keys).decode()
