"""The team: who is a member, and in which roles."""

from collections.abc import Collection
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.access import Grant
from etape.identity.members.tables import Member, MemberGrant


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


async def names_of(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the name of each member, those who left included."""
    found = await session.exec(select(Member.id, Member.name).where(col(Member.id).in_(ids)))
    return dict(found.all())
