"""Passkeys: challenged once, enrolled, shown, listed, removed. A challenge is stored hashed."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.columns import told
from etape.core.database import new_id
from etape.core.paging import Slice, slice_of
from etape.core.problems import NotFound
from etape.identity.members.tables import Member
from etape.identity.passkeys import rules
from etape.identity.passkeys.rules import House, Known
from etape.identity.passkeys.schemas import (
    Assertion,
    NewCredential,
    PasskeyRead,
    PasskeyRequest,
)
from etape.identity.passkeys.tables import Passkey, PasskeyChallenge

_CHALLENGE_BYTES = 32


class Purpose(StrEnum):
    """What a challenge is for; an answer to one never serves another."""

    ENROL = "enrol"
    SIGN_IN = "sign_in"
    PROVE = "prove"


async def creation_options(
    session: AsyncSession, house: House, member: Member, *, session_id: UUID, now: datetime
) -> dict[str, Any]:
    """Return what a member's browser is told to make a passkey."""
    challenge = await _challenge(session, Purpose.ENROL, session_id=session_id, now=now)
    return rules.creation_options(
        house,
        challenge,
        member_id=member.id,
        email=member.email,
        name=member.name,
        held=await _known(session, member.id),
    )


async def request_options(
    session: AsyncSession,
    house: House,
    *,
    member_id: UUID | None = None,
    session_id: UUID | None = None,
    now: datetime,
) -> dict[str, Any]:
    """Return what a browser is told to show a passkey: a member's; of whoever it is, if none."""
    purpose = Purpose.SIGN_IN if session_id is None else Purpose.PROVE
    challenge = await _challenge(session, purpose, session_id=session_id, now=now)
    held = await _known(session, member_id) if member_id else []
    return rules.request_options(house, challenge, held=held)


async def enrol(
    session: AsyncSession,
    house: House,
    member_id: UUID,
    wanted: PasskeyRequest,
    *,
    session_id: UUID,
    now: datetime,
) -> PasskeyRead:
    """Keep a member's new passkey. Raises PasskeyRefused, PasskeyKnown."""
    challenge = await _answered(
        session, Purpose.ENROL, wanted.credential, session_id=session_id, now=now
    )
    made = rules.verified_creation(house, wanted.credential, challenge)
    row = {
        "id": new_id(),
        "member_id": member_id,
        "credential_id": made.credential_id,
        "public_key": made.public_key,
        "sign_count": made.sign_count,
        "transports": list(made.transports),
        "name": wanted.name,
        "created_at": now,
    }
    kept = insert(Passkey).values(**row).on_conflict_do_nothing(index_elements=["credential_id"])
    passkey = (await session.exec(kept.returning(Passkey))).scalar_one_or_none()
    if passkey is None:
        raise rules.PasskeyKnown
    return told(passkey, PasskeyRead)


async def recognise(
    session: AsyncSession,
    house: House,
    answer: Assertion,
    *,
    member_id: UUID | None = None,
    session_id: UUID | None = None,
    now: datetime,
) -> UUID:
    """Return whose passkey this is: that member's, or anybody's of ours. Raises PasskeyRefused."""
    purpose = Purpose.SIGN_IN if session_id is None else Purpose.PROVE
    challenge = await _answered(session, purpose, answer, session_id=session_id, now=now)
    found = (
        select(Passkey)
        .join(Member)
        .where(
            Passkey.credential_id == rules.credential_id_of(answer),
            col(Member.disabled_at).is_(None),
        )
        .with_for_update(of=Passkey)
    )
    passkey = (await session.exec(found)).one_or_none()
    if passkey is None or member_id not in {None, passkey.member_id}:
        raise rules.PasskeyRefused
    if rules.user_of(answer) not in {None, passkey.member_id.bytes}:
        raise rules.PasskeyRefused
    known = _as_known(passkey)
    passkey.sign_count = rules.verified_count(house, answer, challenge, known=known)
    passkey.used_at = now
    session.add(passkey)
    return passkey.member_id


async def _challenge(
    session: AsyncSession, purpose: Purpose, *, session_id: UUID | None, now: datetime
) -> bytes:
    challenge = secrets.token_bytes(_CHALLENGE_BYTES)
    digest = rules.digest_of(challenge)
    session.add(
        PasskeyChallenge(digest=digest, purpose=purpose, session_id=session_id, created_at=now)
    )
    return challenge


async def _answered(
    session: AsyncSession,
    purpose: Purpose,
    answer: NewCredential | Assertion,
    *,
    session_id: UUID | None,
    now: datetime,
) -> bytes:
    """Spend the challenge that a browser answers to, whatever the answer is worth."""
    challenge = rules.challenge_in(answer)
    spent = (
        delete(PasskeyChallenge)
        .where(
            col(PasskeyChallenge.digest) == rules.digest_of(challenge),
            col(PasskeyChallenge.purpose) == purpose.value,
            col(PasskeyChallenge.session_id).is_not_distinct_from(session_id),
        )
        .returning(col(PasskeyChallenge.created_at))
    )
    created_at = (await session.exec(spent)).scalar_one_or_none()
    if created_at is None or now - created_at >= rules.LIVES:
        raise rules.PasskeyRefused
    return challenge


async def _known(session: AsyncSession, member_id: UUID) -> list[Known]:
    found = select(Passkey).where(Passkey.member_id == member_id).order_by(col(Passkey.created_at))
    return [_as_known(passkey) for passkey in await session.exec(found)]


def _as_known(passkey: Passkey) -> Known:
    return Known(
        credential_id=passkey.credential_id,
        transports=passkey.transports,
        public_key=passkey.public_key,
        sign_count=passkey.sign_count,
    )


async def counts_of(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return how many passkeys each of these members has; those without are left out."""
    mine = col(Passkey.member_id)
    found = select(mine, func.count()).where(mine.in_(ids)).group_by(mine)
    return dict((await session.exec(found)).all())


async def list_passkeys(
    session: AsyncSession, member_id: UUID, *, limit: int, after: Sequence[Any] | None
) -> Slice[PasskeyRead]:
    """Return a member's passkeys, the oldest first."""
    found = await slice_of(
        session,
        select(Passkey).where(Passkey.member_id == member_id),
        order=[col(Passkey.created_at), col(Passkey.id)],
        limit=limit,
        after=after,
    )
    return found.map(lambda passkey: told(passkey, PasskeyRead))


async def remove(session: AsyncSession, member_id: UUID, passkey_id: UUID) -> str:
    """Forget one of a member's passkeys; return its name. Raises NotFound, for others' too."""
    gone = delete(Passkey).where(col(Passkey.id) == passkey_id, col(Passkey.member_id) == member_id)
    name = (await session.exec(gone.returning(col(Passkey.name)))).scalar_one_or_none()
    if name is None:
        raise NotFound
    return str(name)


async def remove_all(session: AsyncSession, member_id: UUID) -> None:
    """Forget all of a member's passkeys."""
    await session.exec(delete(Passkey).where(col(Passkey.member_id) == member_id))


async def forget_old(session: AsyncSession, *, now: datetime) -> None:
    """Delete the challenges that nobody answered."""
    old = col(PasskeyChallenge.created_at) < now - rules.LIVES
    await session.exec(delete(PasskeyChallenge).where(old))
