"""API keys: asked for by mail or made by a member, recognised, rotated, revoked.

The key is shown once and stored hashed. A rotation never outlives what was proved: the new key ends
when the old one would have.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import ColumnElement, and_, delete, func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import jobs, journal
from etape.core.access import ANONYMOUS, Actor, Level, Unauthenticated
from etape.core.columns import told
from etape.core.database import new_id
from etape.core.journal import Changes
from etape.core.paging import Slice, slice_of
from etape.core.problems import NotFound
from etape.identity.keys import rules
from etape.identity.keys.rules import Purpose
from etape.identity.keys.schemas import (
    ApiKeyRead,
    ApiKeyRequest,
    ApiKeyShown,
    HeldKeyRead,
    MemberKeyRequest,
)
from etape.identity.keys.tables import ApiKey
from etape.identity.members import service as members
from etape.identity.members.schemas import Scope
from etape.identity.members.tables import Member

API_KEY = "api_key"
SEND_LETTER = "api_key.send_letter"
ASKED, ROTATED, EXPIRING = "asked", "rotated", "expiring"
"""What a letter is about."""
_SALT_BYTES = 16

_is_proved = col(ApiKey.digest).is_not(None)


def _is_alive(now: datetime) -> ColumnElement[bool]:
    return and_(_is_proved, col(ApiKey.revoked_at).is_(None), col(ApiKey.expires_at) > now)


async def ask(session: AsyncSession, request: ApiKeyRequest, *, now: datetime) -> None:
    """Write to somebody the link that gives them a key."""
    key_id = new_id()
    asked = ApiKey(
        id=key_id,
        family_id=key_id,
        salt=secrets.token_bytes(_SALT_BYTES),
        email=request.email,
        email_key=request.email.casefold(),
        language=request.language,
        name=request.name,
        scopes=sorted(request.scopes),
        expires_in_days=request.expires_in_days,
        created_at=now,
        expires_at=now + rules.LINK_WORKS_FOR,
    )
    session.add(asked)
    await session.flush()
    await _write_about(session, asked.id, ASKED)
    await _record(session, asked, "asked", by=ANONYMOUS.name, now=now)


async def confirm(
    session: AsyncSession, token: str, *, secret: SecretStr, now: datetime
) -> ApiKeyShown:
    """Give the key that was asked for, once. Raises KeyLinkUnknown, TooManyKeys."""
    asked = await _linked(session, token, Purpose.CONFIRM, secret=secret)
    if asked.digest or asked.revoked_at or asked.expires_at <= now:
        raise rules.KeyLinkUnknown
    await _refuse_too_many(session, col(ApiKey.email_key) == asked.email_key, now=now)
    key = rules.new_key(asked.id)
    asked.digest = rules.digest_of(key)
    asked.created_at = now
    asked.expires_at = now + timedelta(days=asked.expires_in_days)
    session.add(asked)
    await session.flush()
    made = {"scopes": (None, asked.scopes), "expires_at": (None, asked.expires_at)}
    await _record(session, asked, "created", by=f"key:{asked.id}", changes=made, now=now)
    return told(asked, ApiKeyShown, key=key)


async def make(
    session: AsyncSession, request: MemberKeyRequest, *, by: Actor, now: datetime
) -> ApiKeyShown:
    """Make a key for a member who just proved who they are. Raises TooManyKeys."""
    member = await session.get_one(Member, by.member_id)
    await _refuse_too_many(session, col(ApiKey.member_id) == member.id, now=now)
    key_id = new_id()
    key = rules.new_key(key_id)
    made = ApiKey(
        id=key_id,
        family_id=key_id,
        salt=secrets.token_bytes(_SALT_BYTES),
        digest=rules.digest_of(key),
        member_id=member.id,
        language=member.language,
        name=request.name,
        scopes=sorted({Scope.READ, *request.scopes}),
        expires_in_days=request.expires_in_days,
        created_at=now,
        expires_at=now + timedelta(days=request.expires_in_days),
    )
    session.add(made)
    await session.flush()
    changes = {"scopes": (None, made.scopes), "expires_at": (None, made.expires_at)}
    await _record(session, made, "created", by=by.name, changes=changes, now=now)
    return told(made, ApiKeyShown, key=key)


async def recognise(session: AsyncSession, key: str, *, now: datetime) -> Actor:
    """Return who holds this key: with what it may do, and a member's roles. Raises Unauthenticated.

    A member who left the team takes their keys along.
    """
    found = (
        select(ApiKey)
        .outerjoin(Member)
        .where(ApiKey.id == rules.id_of(key), col(Member.disabled_at).is_(None))
    )
    held = (await session.exec(found)).one_or_none()
    if held is None or held.digest is None or not rules.is_alive(held, now=now):
        raise Unauthenticated
    if not compare_digest(held.digest, rules.digest_of(key)):
        raise Unauthenticated
    if held.last_used_at is None or now - held.last_used_at >= rules.SEEN_EVERY:
        await _see(session, held, now=now)
    grants = await members.grants_of(session, held.member_id) if held.member_id else frozenset()
    return Actor(
        name=f"member:{held.member_id}" if held.member_id else f"key:{held.id}",
        level=Level.SIGNED_IN,
        grants=grants,
        scopes=frozenset(held.scopes),
        member_id=held.member_id,
        key_id=held.id,
    )


async def _see(session: AsyncSession, held: ApiKey, *, now: datetime) -> None:
    """Note when a key was used, unless another request is noting it: nobody waits for that."""
    free = select(ApiKey.id).where(ApiKey.id == held.id)
    free = free.with_for_update(key_share=True, skip_locked=True)
    await session.exec(
        update(ApiKey).where(col(ApiKey.id).in_(free)).values(last_used_at=now),
        execution_options={"synchronize_session": False},
    )


async def read(session: AsyncSession, *, by: Actor) -> ApiKeyRead:
    """Return the key that asks."""
    return told(await session.get_one(ApiKey, by.key_id), ApiKeyRead)


async def rotate(
    session: AsyncSession, *, overlap: timedelta, by: Actor, now: datetime
) -> ApiKeyShown:
    """Make the key that replaces the one that asks, which works on until the overlap ends.

    Its holder is told by mail: who stole a key may rotate it too. Raises KeyAlreadyRotated.
    """
    [old] = await _locked(session, col(ApiKey.id) == by.key_id)
    if old.rotated_at is not None:
        raise rules.KeyAlreadyRotated
    next_id = new_id()
    key = rules.new_key(next_id)
    made = ApiKey(
        **old.model_dump(exclude={"id", "digest", "created_at", "last_used_at", "warned_at"}),
        id=next_id,
        digest=rules.digest_of(key),
        created_at=now,
    )
    old.rotated_at = now
    old.expires_at = min(old.expires_at, now + overlap)
    session.add_all([made, old])
    await session.flush()
    await _write_about(session, made.id, ROTATED)
    changes = {"replaced_by": (None, made.id), "expires_at": (made.expires_at, old.expires_at)}
    await _record(session, old, "rotated", by=by.name, changes=changes, now=now)
    made_of = {"replaces": (None, old.id), "expires_at": (None, made.expires_at)}
    await _record(session, made, "created", by=by.name, changes=made_of, now=now)
    return told(made, ApiKeyShown, key=key)


async def revoke(session: AsyncSession, key_id: UUID | None, *, by: Actor, now: datetime) -> None:
    """End a key: one's own, or any for who may. Raises NotFound. Ended already, it stays so."""
    await _revoke(session, col(ApiKey.id) == key_id, by=by, now=now)


async def revoke_own(session: AsyncSession, key_id: UUID, *, by: Actor, now: datetime) -> None:
    """End a key of the member who asks. Raises NotFound."""
    mine = and_(col(ApiKey.id) == key_id, col(ApiKey.member_id) == by.member_id)
    await _revoke(session, mine, by=by, now=now)


async def revoke_by_link(
    session: AsyncSession, token: str, *, secret: SecretStr, now: datetime
) -> None:
    """End a key, all that it was rotated from and into, and what was only asked for.

    Raises KeyLinkUnknown.
    """
    linked = await _linked(session, token, Purpose.REVOKE, secret=secret)
    await _revoke(session, col(ApiKey.family_id) == linked.family_id, by=ANONYMOUS, now=now)


async def _revoke(
    session: AsyncSession, which: ColumnElement[bool], *, by: Actor, now: datetime
) -> None:
    keys = await _locked(session, which)
    if not keys:
        raise NotFound
    for key in keys:
        if key.revoked_at is None:
            key.revoked_at = now
            session.add(key)
            await session.flush()
            await _record(session, key, "revoked", by=by.name, now=now)


async def list_own(
    session: AsyncSession, *, by: Actor, limit: int, after: Sequence[Any] | None
) -> Slice[ApiKeyRead]:
    """Return the keys of a member, the newest first, those that ended included."""
    mine = select(ApiKey).where(ApiKey.member_id == by.member_id)
    found = await _slice(session, mine, limit=limit, after=after)
    return found.map(lambda key: told(key, ApiKeyRead))


async def list_all(
    session: AsyncSession, *, by: Actor, now: datetime, limit: int, after: Sequence[Any] | None
) -> Slice[HeldKeyRead]:
    """Return every key, the newest first. It shows addresses: that it was read is recorded."""
    found = await _slice(session, select(ApiKey).where(_is_proved), limit=limit, after=after)
    names = await members.names_of(session, {key.member_id for key in found.rows if key.member_id})
    if by.member_id and any(key.email for key in found.rows):
        await journal.record(
            session,
            by=by.name,
            noun=API_KEY,
            subject_id=by.member_id,
            act="listed",
            changes={"keys": (None, [key.id for key in found.rows])},
            now=now,
            personal=True,
        )
    return found.map(
        lambda key: told(key, HeldKeyRead, member=names[key.member_id] if key.member_id else None)
    )


async def _slice(
    session: AsyncSession, which: Any, *, limit: int, after: Sequence[Any] | None
) -> Slice[ApiKey]:
    order = [col(ApiKey.created_at), col(ApiKey.id)]
    return await slice_of(session, which, order=order, limit=limit, after=after, descending=True)


async def _linked(
    session: AsyncSession, token: str, purpose: Purpose, *, secret: SecretStr
) -> ApiKey:
    """Return the key that a mailed link is for, locked. Raises KeyLinkUnknown."""
    key_id = rules.linked_id(token)
    found = await _locked(session, col(ApiKey.id) == key_id) if key_id else []
    if not found:
        raise rules.KeyLinkUnknown
    [linked] = found
    expected = rules.link_token(linked.id, linked.salt, purpose, secret=secret)
    if not compare_digest(token.encode(), expected.encode()):
        raise rules.KeyLinkUnknown
    return linked


async def _locked(session: AsyncSession, which: ColumnElement[bool]) -> list[ApiKey]:
    """Return keys, locked, as they are now: what recognised one may have read it before."""
    found = select(ApiKey).where(which).order_by(col(ApiKey.id)).with_for_update()
    return list(await session.exec(found, execution_options={"populate_existing": True}))


async def _refuse_too_many(
    session: AsyncSession, whose: ColumnElement[bool], *, now: datetime
) -> None:
    held = select(func.count()).select_from(ApiKey).where(whose, _is_alive(now))
    if (await session.exec(held)).one() >= rules.KEYS_AT_MOST:
        raise rules.TooManyKeys


async def _write_about(session: AsyncSession, key_id: UUID, occasion: str) -> None:
    await jobs.defer(session, SEND_LETTER, key_id=str(key_id), occasion=occasion)


async def _record(
    session: AsyncSession,
    key: ApiKey,
    act: str,
    *,
    by: str,
    changes: Changes | None = None,
    now: datetime,
) -> None:
    await journal.record(
        session,
        by=by,
        noun=API_KEY,
        subject_id=key.id,
        act=act,
        changes=changes or {},
        now=now,
        personal=True,
    )


async def warn_of_the_end(session: AsyncSession, *, now: datetime) -> None:
    """Write to the holders of the keys that end soon, once; a key made for so short is no news."""
    soon = now + rules.WARNED_BEFORE
    ending = (
        update(ApiKey)
        .where(
            _is_alive(now),
            col(ApiKey.expires_at) <= soon,
            col(ApiKey.expires_at) - col(ApiKey.created_at) > rules.WARNED_BEFORE,
            col(ApiKey.rotated_at).is_(None),
            col(ApiKey.warned_at).is_(None),
        )
        .values(warned_at=now)
        .returning(col(ApiKey.id))
    )
    for (key_id,) in (await session.exec(ending)).all():
        await _write_about(session, key_id, EXPIRING)


async def forget_the_dead(session: AsyncSession, *, now: datetime) -> None:
    """Delete what was asked for in vain, and the families of keys that ended long ago.

    A family goes whole: its mailed link, which revokes all of it, is the first key's.
    """
    died = func.least(col(ApiKey.revoked_at), col(ApiKey.expires_at))
    recent = select(ApiKey.family_id).where(died > now - rules.KEPT_AFTER_DEATH)
    in_vain = and_(~_is_proved, col(ApiKey.expires_at) <= now)
    await session.exec(delete(ApiKey).where(or_(in_vain, col(ApiKey.family_id).not_in(recent))))


async def holder_of(session: AsyncSession, key: ApiKey) -> tuple[str, str] | None:
    """Return the name and the address to write to about a key; None when they left the team."""
    if key.email is not None:
        return "", key.email
    member = await session.get(Member, key.member_id)
    return None if member is None or member.disabled_at else (member.name, member.email)
