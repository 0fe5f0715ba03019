"""What the mailbox understood, as spoken."""

from enum import StrEnum

from etape.core.texts import Spoken


class Meaning(StrEnum):
    """What a message came to."""

    DECLINED = "declined"
    BOUNCED = "bounced"
    NOTHING = "nothing"


class Receipt(Spoken):
    """What was understood of a message; it tells nothing of whom it is about."""

    meaning: Meaning
