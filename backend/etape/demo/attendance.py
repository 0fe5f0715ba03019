"""Who comes to the fictitious stops: invented names, and how many seats they take."""

from datetime import date, datetime, timedelta

from pydantic import SecretStr
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.publishing import by_slug
from etape.core.texts import Line, Slug, Spoken, fold
from etape.demo.files import read_files
from etape.tour.notices.service import notice_of
from etape.tour.registrations.schemas import RegistrationRequest
from etape.tour.registrations.service import register
from etape.tour.reminders import service as reminders
from etape.tour.seats.schemas import SeatChoice
from etape.tour.sessions.schemas import Mode
from etape.tour.stops.tables import Stop

Counts = dict[Slug, dict[Mode, int]]


class Attendance(Spoken):
    """Invented people, and for each stop and session how many of them ask for a seat, by mode.

    The count may pass the capacity: the last to ask then wait.
    """

    names: list[Line]
    stops: dict[Slug, Counts]


def read_attendance() -> Attendance:
    """Return who comes. Raises DemoInvalid."""
    (attendance,) = read_files("attendance.yaml", Attendance, today=date.min)
    return attendance


async def seat_people(session: AsyncSession, *, secret: SecretStr) -> None:
    """Register the invented people, an hour after each stop opened; nobody is written to."""
    attendance = read_attendance()
    for slug, counts in attendance.stops.items():
        stop = await by_slug(session, Stop, slug)
        if stop is None or stop.registration_opens_at is None:
            continue
        opened = stop.registration_opens_at + timedelta(hours=1)
        for turn, name in enumerate(attendance.names):
            if wanted := _wanted(turn, counts):
                await _seat(session, slug, name, wanted, secret=secret, now=opened)
        await reminders.spare(session, stop.id, now=opened)


def _wanted(turn: int, counts: Counts) -> list[SeatChoice]:
    """Return what the person of that turn asks for: the first come on site, the next online."""
    choices = []
    for slug, asked in counts.items():
        on_site = asked.get(Mode.ON_SITE, 0)
        if turn < on_site:
            choices.append(SeatChoice(session=slug, mode=Mode.ON_SITE))
        elif turn < on_site + asked.get(Mode.ONLINE, 0):
            choices.append(SeatChoice(session=slug, mode=Mode.ONLINE))
    return choices


async def _seat(
    session: AsyncSession,
    slug: str,
    name: str,
    wanted: list[SeatChoice],
    *,
    secret: SecretStr,
    now: datetime,
) -> None:
    address = "-".join(fold(name).replace("'", " ").split())
    request = RegistrationRequest(
        name=name,
        email=f"{address}@personnes.example",
        seats=wanted,
        overlaps_accepted=True,
        consent=notice_of(session).version,
    )
    await register(session, slug, request, secret=secret, now=now, vouched=True)
