"""Entries of the ledger as spoken. Amounts are integer cents, above zero: a reversal takes away."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StrictInt, model_validator

from etape.core.moments import BoundedDate, Day
from etape.core.paging import Cursor, Limit
from etape.core.texts import Localized, Slug, Spoken, unfit
from etape.funding.awards.schemas import AwardSlug
from etape.funding.calls.schemas import CallSlug
from etape.funding.programmes.schemas import EnvelopeSlug
from etape.sources.schemas import SourceRead, SourceSlug

Amount = Annotated[
    StrictInt,
    Field(ge=1, le=10**14, description="Integer euro cents, above zero.", examples=[150_000_00]),
]
WaveRank = Annotated[StrictInt, Field(ge=1, le=99)]


class EntryKind(StrEnum):
    """What happened to the money: set aside, promised, given to somebody, paid out."""

    ALLOCATED = "allocated"
    COMMITTED = "committed"
    AWARDED = "awarded"
    PAID = "paid"


class SubjectKind(StrEnum):
    """What an entry may be about."""

    ENVELOPE = "envelope"
    CALL = "call"
    AWARD = "award"


_OF_AN_AWARD = {EntryKind.COMMITTED, EntryKind.PAID}


class LedgerEntryContent(Spoken):
    """An entry as an editor writes it, at the level where its source places the money: once."""

    envelope: EnvelopeSlug | None = None
    call: CallSlug | None = None
    wave: WaveRank | None = Field(default=None, description="The rank of the call's wave.")
    award: AwardSlug | None = None
    kind: EntryKind
    amount_cents: Amount
    effective: Day = Field(
        description="When it happened. A month counts from its last day: it must be over."
    )
    source: SourceSlug
    note: Localized | None = None

    @model_validator(mode="after")
    def be_about_one_thing(self) -> Self:
        """Refuse an entry about nothing or two things, and an award's money said twice."""
        named = [each for each in (self.envelope, self.call, self.award) if each is not None]
        if len(named) != 1 or (self.wave is not None and self.call is None):
            raise unfit(
                fr="Une écriture porte sur une enveloppe, un appel (ou une vague d’appel) ou une "
                "attribution : nommez-en une, et une seule.",
                en="An entry is about an envelope, a call (or a wave of a call) or an award: name "
                "one, and one only.",
            )
        if self.award is not None and self.kind not in _OF_AN_AWARD:
            raise unfit(
                fr="Le montant d’une attribution est écrit sur sa fiche : l’écriture dit ce qui en "
                "est engagé ou payé.",
                en="The amount of an award is written on it: an entry says what of it is committed "
                "or paid.",
            )
        return self


class ReversalContent(Spoken):
    """Why, and from which day, an entry no longer holds."""

    effective: Day
    source: SourceSlug
    note: Localized


class EntrySubject(Spoken):
    """What an entry is about."""

    kind: SubjectKind
    slug: Slug
    name: Localized
    wave: int | None = Field(description="The rank of the call's wave.")


class LedgerEntryRead(Spoken):
    """An entry of the ledger. One that is reversed stays; the reversal follows it."""

    id: int = Field(description="Its number, in the order in which entries were written.")
    subject: EntrySubject
    kind: EntryKind
    amount_cents: Amount
    effective: Day
    counts_from: date = Field(
        description="The day at whose end it counts: of a month, the last one."
    )
    source: SourceRead
    note: Localized | None
    reverses: int | None = Field(description="The entry that it takes away.")
    reversed_by: int | None = Field(description="The entry that takes it away.")
    recorded_at: datetime
    fictitious: bool


class LedgerQuery(Spoken):
    """Which entries are listed: those of one thing, or of all that a programme has."""

    programme: Slug | None = Field(
        default=None,
        description="Of its envelopes, its calls and their awards.",
        examples=["strategie-sante-numerique"],
    )
    envelope: Slug | None = Field(default=None, description="Of that envelope alone.")
    call: Slug | None = Field(default=None, description="Of that call, its waves and its awards.")
    kind: EntryKind | None = Field(default=None, description="What happened to the money.")
    as_of: BoundedDate | None = Field(
        default=None, description="What counted at the end of that day."
    )
    limit: Limit = 50
    cursor: Cursor = None
