"""The door of a stop for one day: a QR code makes hosts of the browsers that open it.

identity knows no stop: a pass names one by its slug, and the day is given with its zone.
"""

import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import segno
from pydantic import AnyHttpUrl
from sqlalchemy import delete, update
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core import journal
from etape.core.access import ANONYMOUS, Actor, Grant, Level
from etape.core.columns import told
from etape.core.database import new_id
from etape.core.moments import midnight
from etape.core.paging import Slice, slice_of
from etape.core.problems import NotFound
from etape.core.tokens import digest_of, new_token
from etape.identity.doors import rules
from etape.identity.doors.schemas import DoorOpened, DoorPassMade, DoorPassRead, DoorPassRequest
from etape.identity.doors.tables import DoorPass, DoorSession
from etape.identity.members.schemas import Role

DOOR_PASS = "door_pass"  # noqa: S105 - a noun of the journal
DOOR = "door"
KEPT_FOR = timedelta(days=30)


async def make_pass(
    session: AsyncSession,
    stop: str,
    wanted: DoorPassRequest,
    *,
    by: str,
    public_url: AnyHttpUrl,
    now: datetime,
) -> DoorPassMade:
    """Make a pass for a day at a stop; its secret is told this once. Raises DayIsOver."""
    ends_at = midnight(wanted.day + timedelta(days=1), wanted.zone)
    if ends_at <= now:
        raise rules.DayIsOver
    token = new_token()
    door = DoorPass(
        id=new_id(),
        stop=stop,
        day=wanted.day,
        zone=wanted.zone,
        opens_at=midnight(wanted.day, wanted.zone),
        ends_at=ends_at,
        digest=digest_of(token),
        created_by=by,
        created_at=now,
    )
    session.add(door)
    await session.flush()
    changes = {"stop": (None, stop), "day": (None, wanted.day)}
    await _record(session, door.id, "created", by=by, changes=changes, now=now)
    link = rules.link_to(stop, token, public_url=public_url)
    picture = io.BytesIO()
    segno.make(link).save(
        picture, kind="svg", xmldecl=False, scale=4, border=4, dark="#000", light="#fff"
    )
    svg = picture.getvalue().decode()
    return told(door, DoorPassMade, browsers=0, link=link, qr_svg=svg)


async def list_passes(
    session: AsyncSession, stop: str, *, limit: int, after: Sequence[Any] | None, now: datetime
) -> Slice[DoorPassRead]:
    """Return the passes of a stop that are not over, in the order of their days."""
    current = select(DoorPass).where(
        DoorPass.stop == stop, col(DoorPass.revoked_at).is_(None), col(DoorPass.ends_at) > now
    )
    order = [col(DoorPass.ends_at), col(DoorPass.id)]
    found = await slice_of(session, current, order=order, limit=limit, after=after)
    of = col(DoorSession.pass_id)
    counted = select(of, func.count()).where(of.in_([door.id for door in found.rows]))
    browsers = dict((await session.exec(counted.group_by(of))).all())
    return found.map(lambda door: told(door, DoorPassRead, browsers=browsers.get(door.id, 0)))


async def revoke_pass(
    session: AsyncSession, stop: str, pass_id: UUID, *, by: str, now: datetime
) -> None:
    """Close a door: its pass opens nothing any more, nor do the browsers that it opened.

    Raises NotFound, for the pass of another stop too.
    """
    revoked = update(DoorPass).where(
        col(DoorPass.id) == pass_id, col(DoorPass.stop) == stop, col(DoorPass.revoked_at).is_(None)
    )
    rows = await session.exec(revoked.values(revoked_at=now).returning(col(DoorPass.id)))
    if rows.first() is None:
        raise NotFound
    await _record(session, pass_id, "revoked", by=by, now=now)


async def open_door(
    session: AsyncSession, token: str, *, browser: str, now: datetime
) -> tuple[DoorOpened, str]:
    """Make a host of a browser; return where, and its token.

    Raises DoorPassUnknown, DoorNotYet.
    """
    found = select(DoorPass).where(
        DoorPass.digest == digest_of(token),
        col(DoorPass.revoked_at).is_(None),
        col(DoorPass.ends_at) > now,
    )
    door = (await session.exec(found)).one_or_none()
    if door is None:
        raise rules.DoorPassUnknown
    if now < door.opens_at:
        raise rules.DoorNotYet(opens_at=door.opens_at)
    kept = new_token()
    opened = DoorSession(
        id=new_id(), pass_id=door.id, digest=digest_of(kept), browser=browser, created_at=now
    )
    session.add(opened)
    await _record(session, door.id, "opened", by=f"{DOOR}:{opened.id}", now=now)
    return DoorOpened(stop=door.stop, ends_at=door.ends_at), kept


async def recognise(session: AsyncSession, token: str, *, now: datetime) -> Actor | None:
    """Return the host whose browser keeps this token; None when it opens nothing."""
    found = (
        select(DoorSession, DoorPass)
        .join(DoorPass)
        .where(
            DoorSession.digest == digest_of(token),
            col(DoorSession.ended_at).is_(None),
            col(DoorPass.revoked_at).is_(None),
            col(DoorPass.ends_at) > now,
        )
    )
    row = (await session.exec(found)).one_or_none()
    if row is None:
        return None
    opened, door = row
    return Actor(
        name=f"{DOOR}:{opened.id}",
        level=Level.SIGNED_IN,
        grants=frozenset({Grant(role=Role.HOST, subject=door.stop)}),
        session_id=opened.id,
    )


async def leave(session: AsyncSession, session_id: UUID, *, now: datetime) -> None:
    """Take a browser's hostship away, by its own hand."""
    left = update(DoorSession).where(col(DoorSession.id) == session_id)
    await session.exec(left.values(ended_at=now))


async def forget_old(session: AsyncSession, *, now: datetime) -> None:
    """Delete the passes that were over long ago."""
    await session.exec(delete(DoorPass).where(col(DoorPass.ends_at) < now - KEPT_FOR))


async def _record(
    session: AsyncSession,
    pass_id: UUID,
    act: str,
    *,
    by: str = ANONYMOUS.name,
    changes: journal.Changes | None = None,
    now: datetime,
) -> None:
    await journal.record(
        session,
        by=by,
        noun=DOOR_PASS,
        subject_id=pass_id,
        act=act,
        changes={} if changes is None else changes,
        now=now,
        personal=True,
    )
