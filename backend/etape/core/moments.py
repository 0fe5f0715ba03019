"""When something is: no more precisely than it is known, and always with the zone of its place."""

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticKnownError

from etape.core.texts import Spoken, unfit

PARIS = "Europe/Paris"
_ZONES = frozenset(available_timezones())
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _known_zone(name: str) -> str:
    if name not in _ZONES:
        raise unfit(
            fr="Ce fuseau horaire n’existe pas (par exemple Europe/Paris).",
            en="There is no such time zone (for example Europe/Paris).",
        )
    return name


def _refuse_a_number(value: object) -> object:
    """Pydantic reads "0" as a number of seconds since 1970; nobody means a date by it."""
    if isinstance(value, date) or (isinstance(value, str) and _ISO_DATE.fullmatch(value)):
        return value
    raise PydanticKnownError("date_parsing", {"error": "not written YYYY-MM-DD"})


Zone = Annotated[
    str,
    StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9_+/-]+$"),
    AfterValidator(_known_zone),
    Field(examples=[PARIS, "Indian/Reunion"]),
]
"""A time zone of the IANA database."""

BoundedDate = Annotated[
    date,
    Field(
        ge=date(1900, 1, 1),
        le=date(2199, 12, 31),
        json_schema_extra={"pattern": "^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"},
    ),
    BeforeValidator(_refuse_a_number),
]
BoundedInstant = Annotated[datetime, Field(examples=["2027-03-15T12:00:00+01:00"])]


class Precision(StrEnum):
    """How much of a date is known. `after` means: later than that day, no more is stated."""

    INSTANT = "instant"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    AFTER = "after"


class Day(Spoken):
    """A date as far as it is known: 15 March 2027, March 2027, 2027, after 29 June 2022."""

    on: BoundedDate = Field(
        description="The day; the first of the month or year if no more is known."
    )
    precision: Precision = Precision.DAY

    @field_validator("precision")
    @classmethod
    def refuse_an_hour(cls, value: Precision) -> Precision:
        """Refuse the precision of an instant: a day has no hour."""
        if value is Precision.INSTANT and not issubclass(cls, Moment):
            raise unfit(fr="Un jour n’a pas d’heure.", en="A day has no hour.")
        return value

    def surely_by(self) -> date:
        """Return the day at whose end this has surely come: the last one of a month or a year.

        What is only known to come after a day counts from the next one, its only bound.
        """
        match self.precision:
            case Precision.MONTH:
                return _next_month(self.on) - timedelta(days=1)
            case Precision.YEAR:
                return date(self.on.year, 12, 31)
            case Precision.AFTER:
                return self.on + timedelta(days=1)
            case _:
                return self.on


class Moment(Day):
    """An instant in a zone, or a day whose hour is not stated and which then counts as a whole.

    `at` may be written without offset: it is then the local time of `zone`.
    """

    at: BoundedInstant | None = Field(default=None, description="The instant, when it is stated.")
    zone: Zone = PARIS

    @model_validator(mode="before")
    @classmethod
    def place_in_zone(cls, value: Any) -> Any:
        """Read a local time in its zone, and draw the day from the instant."""
        if not isinstance(value, dict) or value.get("at") is None:
            return value
        zone = ZoneInfo(_known_zone(str(value.get("zone", PARIS))))
        at = value["at"]
        at = at if isinstance(at, datetime) else datetime.fromisoformat(str(at))
        at = at.replace(tzinfo=zone) if at.tzinfo is None else at
        local_day = at.astimezone(zone).date()
        return {"on": local_day, "precision": Precision.INSTANT, **value, "at": at}

    @model_validator(mode="after")
    def agree_with_itself(self) -> Self:
        """Refuse an instant of another day, and a precise moment without instant."""
        if (self.at is not None) != (self.precision is Precision.INSTANT):
            raise unfit(
                fr="Un instant, et lui seul, a une heure.",
                en="An instant, and only an instant, has an hour.",
            )
        if self.at is not None and self.at.astimezone(ZoneInfo(self.zone)).date() != self.on:
            raise unfit(
                fr="L’instant n’est pas ce jour-là dans ce fuseau.",
                en="The instant is not on that day in that zone.",
            )
        return self

    @property
    def names_a_day(self) -> bool:
        """Whether the day is known: a month, a year or "after" a day is no day."""
        return self.precision in {Precision.INSTANT, Precision.DAY}

    def first_instant(self) -> datetime:
        """Return the earliest instant that this may mean, in UTC."""
        if self.at is not None:
            return self.at.astimezone(UTC)
        day = self.on + timedelta(days=self.precision is Precision.AFTER)
        return midnight(day, self.zone)

    def end_instant(self) -> datetime | None:
        """Return the instant before which it is surely not over; None when that is unknown."""
        if self.at is not None:
            return self.at.astimezone(UTC)
        match self.precision:
            case Precision.DAY:
                return midnight(self.on + timedelta(days=1), self.zone)
            case Precision.MONTH:
                return midnight(_next_month(self.on), self.zone)
            case Precision.YEAR:
                return midnight(date(self.on.year + 1, 1, 1), self.zone)
            case _:
                return None


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def midnight(day: date, zone: str) -> datetime:
    """Return the instant at which `day` begins in `zone`, in UTC."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def day_in_paris(at: datetime) -> date:
    """Return the day that it is in Paris at an instant."""
    return at.astimezone(ZoneInfo(PARIS)).date()
