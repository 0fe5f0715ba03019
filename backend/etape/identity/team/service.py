"""The team as its coordinators run it: invited, changed, disabled, let in again after a loss.

Whatever staff do to a member, and whoever looked at whom, is in the journal.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import jobs, journal
from etape.core.access import ANONYMOUS, Level
from etape.core.columns import told
from etape.core.database import new_id
from etape.core.paging import Slice, slice_of
from etape.core.problems import NotFound
from etape.core.texts import Language
from etape.core.tokens import derived_token, digest_of, new_salt
from etape.identity.members import rules as member_rules
from etape.identity.members import service as members
from etape.identity.members.schemas import GrantContent, MemberRead, Role
from etape.identity.members.tables import Member
from etape.identity.proofs import service as proofs
from etape.identity.sessions import service as sessions
from etape.identity.team import rules
from etape.identity.team.schemas import (
    InvitationAcceptance,
    InvitationKind,
    InvitationOpened,
    InvitationRead,
    InvitationRequest,
)
from etape.identity.team.tables import Invitation

INVITATION = "invitation"
SEND_INVITATION = "invitation.send"
CONSOLE = "console"
LISTED = "listed"
NOBODY_IN_PARTICULAR = UUID(int=0)
"""Whom a look at the whole list is about."""


async def list_team(
    session: AsyncSession,
    *,
    by: str,
    limit: int,
    after: Sequence[Any] | None,
    now: datetime,
) -> Slice[MemberRead]:
    """Return the members with their roles, and journal the look."""
    found = await members.list_members(session, limit=limit, after=after)
    seen: journal.Changes = {"members": (None, [member.id for member in found.rows])}
    await members.record(session, NOBODY_IN_PARTICULAR, LISTED, by=by, changes=seen, now=now)
    return Slice(await _read(session, found.rows), found.total, found.end)


async def read_member(session: AsyncSession, member_id: UUID) -> MemberRead:
    """Return a member that a coordinator just changed."""
    [read] = await _read(session, [await session.get_one(Member, member_id)])
    return read


async def _read(session: AsyncSession, rows: Sequence[Member]) -> list[MemberRead]:
    ids = [member.id for member in rows]
    roles = await members.roles_of(session, ids)
    factors = await proofs.counts_of(session, ids)
    return [
        told(member, MemberRead, roles=roles[member.id], second_factors=factors[member.id])
        for member in rows
    ]


async def disable(session: AsyncSession, member_id: UUID, *, by: str, now: datetime) -> None:
    """Let a member in no more, and sign them out. Raises NotFound, LastCoordinator."""
    await members.disable(session, member_id, by=by, now=now)
    await sessions.end_sessions_of(session, member_id, now=now)


async def recover(
    session: AsyncSession, member_id: UUID, *, by: str, secret: SecretStr, now: datetime
) -> None:
    """Let in again a member who lost their passkey: nothing they had opens, a mail enrols anew.

    Raises NotFound, for one who is disabled too.
    """
    member = await members.locked(session, member_id)
    if member.disabled_at is not None:
        raise NotFound
    await proofs.forget_factors(session, member_id)
    await sessions.end_sessions_of(session, member_id, now=now)
    earlier = update(Invitation).where(
        col(Invitation.member_id) == member_id, col(Invitation.spent_at).is_(None)
    )
    await session.exec(earlier.values(spent_at=now))
    invitation = _invitation(
        InvitationKind.RECOVERY,
        member_id=member_id,
        language=Language(member.language),
        by=by,
        secret=secret,
        now=now,
    )
    session.add(invitation)
    await jobs.defer(session, SEND_INVITATION, invitation_id=str(invitation.id))
    await members.record(session, member_id, "recovered", by=by, now=now)


async def invite(
    session: AsyncSession,
    request: InvitationRequest,
    *,
    by: str,
    secret: SecretStr,
    now: datetime,
    is_mailed: bool = True,
) -> tuple[InvitationRead, str]:
    """Invite somebody by mail; return the invitation and its secret. Raises AlreadyMember.

    An earlier invitation of the same address serves no more.
    """
    known = select(Member.id).where(Member.email_key == request.email.casefold())
    if (await session.exec(known)).first() is not None:
        raise member_rules.AlreadyMember
    await _withdraw(session, func.lower(col(Invitation.email)) == request.email.lower())
    invitation = _invitation(
        InvitationKind.INVITATION,
        name=request.name,
        email=request.email,
        roles=request.roles,
        language=request.language,
        by=by,
        secret=secret,
        now=now,
    )
    session.add(invitation)
    await session.flush()
    if is_mailed:
        await jobs.defer(session, SEND_INVITATION, invitation_id=str(invitation.id))
    changes: journal.Changes = {
        "name": (None, request.name),
        "email": (None, request.email),
        "roles": ([], [grant.model_dump(mode="json") for grant in request.roles]),
    }
    await _record(session, invitation.id, "invited", by=by, changes=changes, now=now)
    return told(invitation, InvitationRead), token_of(invitation, secret=secret)


async def first_link(session: AsyncSession, *, secret: SecretStr, now: datetime) -> str | None:
    """Return the secret of the link that makes the first coordinator, once; None ever after."""
    if not await members.is_empty(session):
        return None
    invitation = _invitation(
        InvitationKind.FIRST,
        roles=[GrantContent(role=Role.COORDINATOR)],
        language=Language.FR,
        by=CONSOLE,
        secret=secret,
        now=now,
    )
    made = insert(Invitation).values(dict(invitation)).on_conflict_do_nothing()
    if (await session.exec(made.returning(col(Invitation.id)))).first() is None:
        return None
    await _record(session, invitation.id, "invited", by=CONSOLE, now=now)
    return token_of(invitation, secret=secret)


def _invitation(
    kind: InvitationKind,
    *,
    member_id: UUID | None = None,
    name: str | None = None,
    email: str | None = None,
    roles: Sequence[GrantContent] = (),
    language: Language,
    by: str,
    secret: SecretStr,
    now: datetime,
) -> Invitation:
    invitation = Invitation(
        id=new_id(),
        kind=kind.value,
        member_id=member_id,
        name=name,
        email=email,
        roles=list(roles),
        language=language.value,
        link_salt=new_salt(),
        link_digest=b"",
        created_by=by,
        created_at=now,
        expires_at=now + rules.LIVES[kind],
    )
    invitation.link_digest = digest_of(token_of(invitation, secret=secret))
    return invitation


def token_of(invitation: Invitation, *, secret: SecretStr) -> str:
    """Return the secret of an invitation's link, the same each time it is mailed."""
    return derived_token("invitation link", invitation.id, invitation.link_salt, secret=secret)


async def list_invitations(
    session: AsyncSession,
    *,
    by: str,
    limit: int,
    after: Sequence[Any] | None,
    now: datetime,
) -> Slice[InvitationRead]:
    """Return the invitations that can still be taken, the oldest first; journal the look."""
    waiting = select(Invitation).where(
        Invitation.kind == InvitationKind.INVITATION.value,
        col(Invitation.spent_at).is_(None),
        col(Invitation.expires_at) > now,
    )
    order = [col(Invitation.created_at), col(Invitation.id)]
    found = await slice_of(session, waiting, order=order, limit=limit, after=after)
    seen: journal.Changes = {"invitations": (None, [each.id for each in found.rows])}
    await _record(session, NOBODY_IN_PARTICULAR, LISTED, by=by, changes=seen, now=now)
    return found.map(lambda invitation: told(invitation, InvitationRead))


async def withdraw(session: AsyncSession, invitation_id: UUID, *, by: str, now: datetime) -> None:
    """Take an invitation back: its link lets nobody in. Raises NotFound."""
    if not await _withdraw(session, col(Invitation.id) == invitation_id):
        raise NotFound
    await _record(session, invitation_id, "withdrawn", by=by, now=now)


async def _withdraw(session: AsyncSession, which: Any) -> bool:
    waiting = which & (col(Invitation.kind) == InvitationKind.INVITATION.value)
    gone = delete(Invitation).where(waiting, col(Invitation.spent_at).is_(None))
    return bool((await session.exec(gone.returning(col(Invitation.id)))).all())


async def read_invitation(session: AsyncSession, token: str, *, now: datetime) -> InvitationOpened:
    """Return what a link is for, and spend nothing. Raises InvitationUnknown."""
    invitation = await _by_token(session, token, now=now)
    member = await session.get(Member, invitation.member_id) if invitation.member_id else None
    roles = invitation.roles
    if member is not None:
        roles = list((await members.roles_of(session, [member.id]))[member.id])
    return InvitationOpened(
        kind=InvitationKind(invitation.kind),
        name=member.name if member else invitation.name,
        email=member.email if member else invitation.email,
        roles=roles,
        expires_at=invitation.expires_at,
    )


async def accept(
    session: AsyncSession,
    taken: InvitationAcceptance,
    *,
    browser: str,
    instead_of: str | None,
    now: datetime,
) -> str:
    """Let somebody in by their link, once, and return their browser's token.

    The address is proved by it, and by nothing else: they may enrol a second factor. Raises
    InvitationUnknown, AlreadyMember.
    """
    invitation = await _by_token(session, taken.token, now=now)
    match InvitationKind(invitation.kind):
        case InvitationKind.RECOVERY if invitation.member_id is not None:
            member_id = invitation.member_id
        case InvitationKind.FIRST:
            rules.refuse_nameless(taken)
            if not await members.is_empty(session):
                raise rules.InvitationUnknown
            member_id = await _join(session, invitation, taken.name, taken.email, taken, now=now)
        case _:
            name = taken.name or invitation.name
            member_id = await _join(session, invitation, name, invitation.email, taken, now=now)
    invitation.spent_at = now
    session.add(invitation)
    await _record(session, invitation.id, "accepted", by=f"{members.MEMBER}:{member_id}", now=now)
    return await sessions.open_session(
        session,
        member_id,
        level=Level.MAILED,
        browser=browser,
        now=now,
        instead_of=instead_of,
    )


async def _join(
    session: AsyncSession,
    invitation: Invitation,
    name: str | None,
    email: str | None,
    taken: InvitationAcceptance,
    *,
    now: datetime,
) -> UUID:
    return await members.join(
        session,
        name=name or "",
        email=email or "",
        language=taken.language or Language(invitation.language),
        roles=invitation.roles,
        now=now,
    )


async def _by_token(session: AsyncSession, token: str, *, now: datetime) -> Invitation:
    """Return the invitation of a link, alone with it. Raises InvitationUnknown."""
    found = select(Invitation).where(Invitation.link_digest == digest_of(token)).with_for_update()
    invitation = (await session.exec(found)).one_or_none()
    if invitation is None or not rules.is_alive(invitation, now=now):
        raise rules.InvitationUnknown
    if invitation.member_id is not None:
        member = await session.get_one(Member, invitation.member_id)
        if member.disabled_at is not None:
            raise rules.InvitationUnknown
    return invitation


async def letter_for(
    session: AsyncSession, invitation_id: UUID, *, now: datetime
) -> tuple[Invitation, str, str] | None:
    """Return an invitation that can still be taken, and the name and address to write to."""
    invitation = await session.get(Invitation, invitation_id)
    if invitation is None or not rules.is_alive(invitation, now=now):
        return None
    if invitation.member_id is None:
        return invitation, invitation.name or "", invitation.email or ""
    member = await session.get_one(Member, invitation.member_id)
    return invitation, member.name, member.email


async def _record(
    session: AsyncSession,
    invitation_id: UUID,
    act: str,
    *,
    by: str = ANONYMOUS.name,
    changes: journal.Changes | None = None,
    now: datetime,
) -> None:
    await journal.record(
        session,
        by=by,
        noun=INVITATION,
        subject_id=invitation_id,
        act=act,
        changes={} if changes is None else changes,
        now=now,
        personal=True,
    )
