"""How long a browser stays signed in."""

from datetime import datetime, timedelta
from typing import Protocol

from etape.core.access import Level

IDLE = timedelta(hours=1)
ABSOLUTE = timedelta(hours=12)
FRESH_FOR = timedelta(minutes=10)
FAILURES_AT_MOST = 5
"""Proofs refused in a browser before it is signed out: a code of six digits is soon guessed."""


class Signed(Protocol):
    """What the rules need to know of a session."""

    level: int
    created_at: datetime
    seen_at: datetime
    proved_at: datetime | None
    ended_at: datetime | None


def is_over(signed: Signed, *, now: datetime) -> bool:
    """Whether a session opens nothing any more: ended, left alone, or too old."""
    return (
        signed.ended_at is not None
        or now - signed.seen_at >= IDLE
        or now - signed.created_at >= ABSOLUTE
    )


def level_of(signed: Signed, *, now: datetime) -> Level:
    """Return what the session proves now; a fresh proof grows old."""
    level = Level(signed.level)
    is_fresh = signed.proved_at is not None and now - signed.proved_at < FRESH_FOR
    return Level.FRESH if level is Level.SIGNED_IN and is_fresh else level


def ends_at(signed: Signed) -> datetime:
    """Return when a session will be over if it is left alone."""
    return min(signed.seen_at + IDLE, signed.created_at + ABSOLUTE)


def fresh_until(signed: Signed, *, now: datetime) -> datetime | None:
    """Return until when the last proof is fresh; None when it is not."""
    if signed.proved_at is None or level_of(signed, now=now) is not Level.FRESH:
        return None
    return signed.proved_at + FRESH_FOR
