"""The team: who is a member, in which roles, and what the journal says of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, or_
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from etape.core import journal
from etape.core.access import Grant
from etape.core.database import new_id
from etape.core.journal import Changes
from etape.core.paging import Slice, slice_of
from etape.core.problems import NotFound
from etape.core.texts import Language
from etape.identity.members import rules
from etape.identity.members.schemas import GrantContent, Role
from etape.identity.members.tables import Member, MemberGrant

MEMBER = "member"


async def by_email(session: AsyncSession, email: str) -> Member | None:
    """Return the member of this address, unless they left the team."""
    found = select(Member).where(
        Member.email_key == email.casefold(), col(Member.disabled_at).is_(None)
    )
    return (await session.exec(found)).one_or_none()


async def grants_of(session: AsyncSession, member_id: UUID) -> frozenset[Grant]:
    """Return the roles of a member."""
    columns = select(MemberGrant.role, MemberGrant.stop)
    rows = await session.exec(columns.where(MemberGrant.member_id == member_id))
    return frozenset(Grant(role=role, subject=stop) for role, stop in rows)


def holding(roles: Collection[str], stop: str) -> SelectOfScalar[Member]:
    """Return the query of those of the team who have one of these roles, there or everywhere."""
    granted = select(MemberGrant.member_id).where(
        col(MemberGrant.role).in_(roles),
        or_(col(MemberGrant.stop).is_(None), col(MemberGrant.stop) == stop),
    )
    return select(Member).where(col(Member.id).in_(granted), col(Member.disabled_at).is_(None))


async def names_of(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the name of each member, those who left included."""
    found = await session.exec(select(Member.id, Member.name).where(col(Member.id).in_(ids)))
    return dict(found.all())


async def locked(session: AsyncSession, member_id: UUID) -> Member:
    """Return a member, alone with them until the transaction ends. Raises NotFound."""
    found = select(Member).where(Member.id == member_id).with_for_update(key_share=True)
    member = (await session.exec(found.execution_options(populate_existing=True))).one_or_none()
    if member is None:
        raise NotFound
    return member


async def list_members(
    session: AsyncSession, *, limit: int, after: Sequence[Any] | None
) -> Slice[Member]:
    """Return the members by the order of their addresses, those who left included."""
    order = [col(Member.email_key)]
    return await slice_of(session, select(Member), order=order, limit=limit, after=after)


async def roles_of(
    session: AsyncSession, ids: Collection[UUID]
) -> Mapping[UUID, list[GrantContent]]:
    """Return the roles of each of these members, in a stable order."""
    found = select(MemberGrant).where(col(MemberGrant.member_id).in_(ids))
    rows = await session.exec(found.order_by(col(MemberGrant.role), col(MemberGrant.stop)))
    roles: dict[UUID, list[GrantContent]] = {each: [] for each in ids}
    for row in rows:
        roles[row.member_id].append(GrantContent(role=Role(row.role), stop=row.stop))
    return roles


async def is_empty(session: AsyncSession) -> bool:
    """Whether nobody ever was a member."""
    return (await session.exec(select(func.count()).select_from(Member))).one() == 0


async def join(
    session: AsyncSession,
    *,
    name: str,
    email: str,
    language: Language,
    roles: Sequence[GrantContent],
    by: str | None = None,
    now: datetime,
) -> UUID:
    """Make somebody a member, by their own hand unless `by` says whose. Raises AlreadyMember."""
    row = {
        "id": new_id(),
        "name": name,
        "email": email,
        "email_key": email.casefold(),
        "language": language.value,
        "created_at": now,
    }
    entered = insert(Member).values(**row).on_conflict_do_nothing(index_elements=["email_key"])
    returned = await session.exec(entered.returning(col(Member.id)))
    member_id: UUID | None = returned.scalar_one_or_none()
    if member_id is None:
        raise rules.AlreadyMember
    _grant(session, member_id, roles)
    await session.flush()
    changes: Changes = {"name": (None, name), "email": (None, email), "roles": ([], _told(roles))}
    await record(session, member_id, "joined", by=by, changes=changes, now=now)
    return member_id


async def change_roles(
    session: AsyncSession, member_id: UUID, roles: Sequence[GrantContent], *, by: str, now: datetime
) -> None:
    """Give a member these roles instead of theirs. Raises NotFound, LastCoordinator."""
    await locked(session, member_id)
    if not any(grant.role is Role.COORDINATOR for grant in roles):
        await _refuse_leaving_nobody(session, member_id)
    before = (await roles_of(session, [member_id]))[member_id]
    await session.exec(delete(MemberGrant).where(col(MemberGrant.member_id) == member_id))
    _grant(session, member_id, roles)
    await session.flush()
    if before != (after := (await roles_of(session, [member_id]))[member_id]):
        changes = {"roles": (_told(before), _told(after))}
        await record(session, member_id, "roles_changed", by=by, changes=changes, now=now)


async def disable(session: AsyncSession, member_id: UUID, *, by: str, now: datetime) -> None:
    """Let a member in no more. Raises NotFound, LastCoordinator."""
    member = await locked(session, member_id)
    if member.disabled_at is None:
        await _refuse_leaving_nobody(session, member_id)
        member.disabled_at = now
        session.add(member)
        await record(session, member_id, "disabled", by=by, now=now)


async def enable(session: AsyncSession, member_id: UUID, *, by: str, now: datetime) -> None:
    """Let a member in again. Raises NotFound."""
    member = await locked(session, member_id)
    if member.disabled_at is not None:
        member.disabled_at = None
        session.add(member)
        await record(session, member_id, "enabled", by=by, now=now)


async def _refuse_leaving_nobody(session: AsyncSession, member_id: UUID) -> None:
    """Raise LastCoordinator unless another one stays; two who leave at once wait for each other."""
    coordinating = col(MemberGrant.role) == Role.COORDINATOR.value
    in_order = select(MemberGrant.id).where(coordinating).order_by(col(MemberGrant.id))
    await session.exec(in_order.with_for_update())
    active = (
        select(Member.id)
        .join(MemberGrant)
        .where(coordinating, col(Member.disabled_at).is_(None))
        .distinct()
    )
    if set(await session.exec(active)) == {member_id}:
        raise rules.LastCoordinator


def _grant(session: AsyncSession, member_id: UUID, roles: Sequence[GrantContent]) -> None:
    for grant in roles:
        row = MemberGrant(member_id=member_id, role=grant.role.value, stop=grant.stop)
        session.add(row)


def _told(roles: Sequence[GrantContent]) -> list[Any]:
    return [grant.model_dump(mode="json") for grant in roles]


async def record(
    session: AsyncSession,
    member_id: UUID,
    act: str,
    *,
    by: str | None = None,
    changes: Changes | None = None,
    now: datetime,
) -> None:
    """Write in the journal what happened to a member, by their own hand unless `by` says whose."""
    await journal.record(
        session,
        by=by or f"{MEMBER}:{member_id}",
        noun=MEMBER,
        subject_id=member_id,
        act=act,
        changes={} if changes is None else changes,
        now=now,
        personal=True,
    )
