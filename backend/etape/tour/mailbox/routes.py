"""The mailbox hook: a mail server hands over, signed, what reached the address of our letters."""

from typing import Annotated

from fastapi import APIRouter, Header, Request

from etape.core.access import OPEN, allow
from etape.core.bodies import MIB, Body, accept
from etape.core.http import NowDep, Route, SessionDep, settings_of
from etape.core.openapi import refusals
from etape.core.signatures import Signature
from etape.tour.mailbox import rules, service
from etape.tour.mailbox.schemas import Receipt

router = APIRouter(route_class=Route, tags=["registration"])

MESSAGE = Body(media_types=("message/rfc822",), at_most=lambda _settings: MIB)
WORD = "^[ -~]*$"
SIGNATURES = "`v1,` and the base64 of HMAC-SHA256(secret, `id.timestamp.body`), parted by spaces."


@router.post("/mail/inbound", responses=refusals(rules.MailNotSigned))
@allow(OPEN)
@accept(MESSAGE)
async def receive_mail(
    request: Request,
    session: SessionDep,
    now: NowDep,
    webhook_id: Annotated[
        str, Header(max_length=200, pattern=WORD, description="Names the message.")
    ] = "",
    webhook_timestamp: Annotated[
        str,
        Header(max_length=20, pattern=WORD, description="When it is sent, in seconds since 1970."),
    ] = "",
    webhook_signature: Annotated[
        str, Header(max_length=1000, pattern=WORD, description=SIGNATURES)
    ] = "",
) -> Receipt:
    """Hand over a message that reached the mailbox of our letters (*boîte de réception*).

    The body is the raw message (RFC 5322), signed as Standard Webhooks say with the secret of
    `ETAPE_MAIL_INBOUND_SECRET`. Who declined a calendar entry is asked by mail whether they free
    their seat, and keeps it until they say so; a letter that came back is marked. Anything else is
    let be.
    """
    signature = Signature(id=webhook_id, timestamp=webhook_timestamp, signatures=webhook_signature)
    secret, source = settings_of(request).mail_inbound_secret, await request.body()
    if secret is None or not signature.is_good(source, secret=secret, now=now):
        raise rules.MailNotSigned
    return Receipt(meaning=await service.receive(session, source, now=now))
