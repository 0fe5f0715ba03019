"""What a mail server hands over to the hook of the mailbox, signed, and what a calendar answers."""

import base64
import hashlib
import hmac
from datetime import datetime
from email.message import EmailMessage

from icalendar import Calendar

from support.post_office import entry

KEY = b"a key that only the two know, of 32+ bytes"
SECRET = f"whsec_{base64.b64encode(KEY).decode()}"


def signed(source: bytes, *, at: datetime, key: bytes = KEY) -> dict[str, str]:
    """The headers of a message handed over at an instant, as Standard Webhooks say."""
    sent_at = str(int(at.timestamp()))
    digest = hmac.new(key, f"msg_1.{sent_at}.".encode() + source, hashlib.sha256).digest()
    return {
        "Content-Type": "message/rfc822",
        "webhook-id": "msg_1",
        "webhook-timestamp": sent_at,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def answer_of(letter: EmailMessage, partstat: str, *, sender: str, uid: str | None = None) -> bytes:
    """What a calendar sends back when its owner answers an entry that we sent."""
    [event, *_] = entry(letter).events
    event["UID"] = uid or event["UID"]
    event["ATTENDEE"].params["PARTSTAT"] = partstat
    calendar = Calendar({"PRODID": "-//Another//Calendar//EN", "VERSION": "2.0", "METHOD": "REPLY"})
    calendar.add_component(event)
    message = EmailMessage()
    message["From"] = f"Ada Lenoir <{sender}>"
    message["To"] = "ne-pas-repondre@etape.example"
    message["Subject"] = f"{partstat.title()}: Étape de Saint-Denis"
    message.set_content("Ada Lenoir has answered this invitation.")
    message.add_alternative(
        calendar.to_ical().decode(), subtype="calendar", params={"method": "REPLY"}, cte="base64"
    )
    return message.as_bytes()
