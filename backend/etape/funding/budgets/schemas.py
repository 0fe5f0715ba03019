"""A budget as spoken: what is stated beside what is computed, never one for the other.

Absent means not stated. All amounts are integer cents.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StrictInt

from etape.core.texts import Localized, Slug, Spoken
from etape.funding.calls.schemas import CallKind
from etape.funding.programmes.schemas import FunderRead, ProgrammeRef
from etape.sources.schemas import FigureSet, SourceRead

Sum = Annotated[StrictInt, Field(ge=0, description="Integer euro cents.")]


class Basis(StrEnum):
    """Where an amount comes from: a figure that sources state, or the ledger."""

    STATED = "stated"
    ALLOCATED = "allocated"


class LeftUnsaid(StrEnum):
    """Why it is not said how much is left."""

    COMPETITIVE = "competitive"
    ALLOCATED_NOT_STATED = "allocated_not_stated"
    COMMITTED_NOT_STATED = "committed_not_stated"
    OVER_COMMITTED = "over_committed"


class Total(Spoken):
    """Entries of the ledger that stand on that day, added up."""

    cents: Sum
    latest: date = Field(description="The day of the latest of them.")
    sources: list[SourceRead]


class Awarded(Spoken):
    """What was awarded: awards published one by one, and lumps that no source breaks down."""

    cents: Sum | None = Field(description="Null: awards are known, and no amount.")
    lump_cents: Sum = Field(description="What of it is in lumps: it is not broken down.")
    awards: int = Field(description="How many awards are published one by one.")
    without_amount: int = Field(description="How many of these state no amount.")
    latest: date | None
    sources: list[SourceRead]


class Breakdown(Spoken):
    """How far the parts explain the whole. Parts are the envelopes within, else the calls."""

    parts_cents: Sum | None = Field(
        description="What the parts amount to; null when none has an amount."
    )
    not_broken_down_cents: Sum | None = Field(
        description="What of the whole no part has; null unless both are known."
    )
    excess_cents: Sum | None = Field(
        description="What the parts have beyond the whole: sources contradict each other."
    )
    inferred_cents: Sum | None = Field(
        description="What is stated for parts that no source places here: it is not counted."
    )
    silent: int = Field(description="How many parts have no amount.")


class Left(Spoken):
    """Money left: only of a window that can run dry, whose commitments are known."""

    cents: Sum | None = Field(description="Allocated less committed; null: it cannot be said.")
    latest: date | None = Field(description="The day of the latest commitment: it is true of then.")
    unsaid: LeftUnsaid | None = Field(description="Why it cannot be said.")


class Money(Spoken):
    """What the ledger and the awards say of one thing on that day; null: nothing is stated."""

    allocated: Total | None = Field(description="Of the thing itself: its parts share it.")
    committed: Total | None = Field(
        description="Of the thing and all that a source places within it."
    )
    awarded: Awarded | None
    paid: Total | None


class Node(Money):
    """A thing that has money."""

    slug: Slug
    name: Localized
    funders: list[FunderRead]
    stated: list[FigureSet] = Field(description="The amounts that sources state, by key.")
    undated: int = Field(
        description="How many figures a past day leaves out because nothing dates them."
    )
    amount_cents: Sum | None = Field(
        description="What it is counted for: the headline of `budget`, else what is allocated."
    )
    basis: Basis | None
    breakdown: Breakdown | None = Field(description="Null where there are no parts.")
    fictitious: bool


class WaveMoney(Money):
    """A wave of a call."""

    rank: int
    name: Localized | None


class CallMoney(Node):
    """A call."""

    kind: CallKind
    envelope: Slug | None
    left: Left
    waves: list[WaveMoney]


class EnvelopeMoney(Node):
    """An envelope."""

    parent: Slug | None
    parent_inferred: bool = Field(
        description="No source says what it is a part of: it is not added up."
    )


class Budget(Node):
    """A programme's money at the end of a day: its envelopes, their calls and waves."""

    acronym: str | None
    as_of: date
    parents: list[ProgrammeRef]
    dates: list[date] = Field(
        description="The days on which something of it was stated or happened, in order."
    )
    envelopes: list[EnvelopeMoney] = Field(description="Each after the one that it is within.")
    calls: list[CallMoney]
