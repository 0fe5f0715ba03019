"""The inbox of the demonstration: what was mailed, to whoever looks. Never in production."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from etape.core import mail
from etape.core.access import OPEN, allow
from etape.core.http import Route, SessionDep
from etape.core.mail import OutgoingMail
from etape.core.openapi import refusals
from etape.core.paging import Cursor, Limit, Page, Pager
from etape.core.problems import NotFound
from etape.demo.schemas import LetterRead

router = APIRouter(route_class=Route, tags=["demo"], prefix="/demo")

LetterId = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("/letters")
@allow(OPEN)
async def list_letters(
    request: Request,
    response: Response,
    session: SessionDep,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[LetterRead]:
    """List the letters that a real service would have sent, the newest first."""
    pager = Pager(request, "letters", cursor)
    letters = await mail.list_kept_mail(session, limit=limit, after=pager.after)
    return pager.page(letters.map(_read), response)


@router.get(
    "/letters/{letter}/calendar.ics",
    response_class=Response,
    responses=refusals(NotFound)
    | {200: {"content": {"text/calendar": {}}, "description": "The calendar entry it carries."}},
)
@allow(OPEN)
async def read_letter_calendar(letter: LetterId, session: SessionDep) -> Response:
    """Download the calendar entry of a letter, as a mail program would."""
    kept = await mail.get_kept_mail(session, letter)
    part = _calendar(kept) if kept else None
    if part is None:
        raise NotFound
    return Response(part, media_type="text/calendar")


def _calendar(letter: OutgoingMail) -> bytes | None:
    for part in letter.message.walk():
        if part.get_content_type() == "text/calendar":
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else None
    return None


def _read(letter: OutgoingMail) -> LetterRead:
    text = letter.message.get_body(preferencelist=("plain",))
    return LetterRead(
        id=letter.id or 0,
        sent_at=letter.sent_at,
        recipient=letter.recipient,
        subject=letter.subject,
        text=str(text.get_content()) if text else "",
        has_calendar=_calendar(letter) is not None,
    )
