"""The door of every route: what a request shows becomes the actor that its policy judges."""

from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.access import ANONYMOUS, Actor, Credentials
from etape.core.clock import Clock
from etape.identity.sessions import service as sessions


class Doorkeeper:
    """Recognises whoever shows a browser's token."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def recognise(self, session: AsyncSession, shown: Credentials) -> Actor:
        """Return who shows this; ANONYMOUS for nothing. Raises Unauthenticated."""
        if shown.session is None:
            return ANONYMOUS
        return await sessions.recognise(session, shown.session, now=self._clock.now())
