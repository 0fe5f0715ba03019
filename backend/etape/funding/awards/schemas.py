"""Awards as spoken. Amounts are integer cents; absent means not stated."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StrictBool, StrictInt, StringConstraints, model_validator

from etape.core.moments import Day
from etape.core.paging import Cursor, Limit, Page
from etape.core.references import RefersTo
from etape.core.siren import Siren
from etape.core.texts import Line, Localized, SearchText, Slug, Spoken, unfit
from etape.directory.schemas import OrganisationSlug, RegionCode
from etape.funding.calls.schemas import CallSlug, Edition
from etape.funding.programmes.schemas import Cents, ProgrammeRef, ProgrammeSlug
from etape.sources.schemas import SourceRead, SourceSlug, Url

AwardSlug = Annotated[Slug, RefersTo("award")]
CommuneCode = Annotated[
    str,
    StringConstraints(pattern=r"^(\d{2}|2[AB])\d{3}$"),
    Field(description="INSEE code.", examples=["97411"]),
]


class AwardContent(Spoken):
    """An award as an editor, or an import, writes it."""

    slug: Slug = Field(description="The same at each import: a re-import finds it by this.")
    project: Localized
    summary: Localized | None = None
    programme: ProgrammeSlug | None = Field(
        default=None, description="Who pays, where no call is named; a call has its own funders."
    )
    call: CallSlug | None = None
    wave: Annotated[StrictInt, Field(ge=1, le=99)] | None = Field(
        default=None, description="The rank of the call's wave."
    )
    recipient: Line | None = Field(
        default=None,
        description="Who was given the money, as the source names them; null: not communicated.",
    )
    siren: Siren | None = None
    organisation: OrganisationSlug | None = Field(
        default=None, description="The recipient in the directory, where it is there."
    )
    region: RegionCode | None = None
    commune: CommuneCode | None = None
    place: Line | None = Field(default=None, description="The town, as the source writes it.")
    amount_cents: Cents | None = None
    decided: Day | None = Field(default=None, description="When it was decided or announced.")
    url: Url | None = None
    source: SourceSlug
    fictitious: StrictBool = False

    @model_validator(mode="after")
    def name_the_call_of_a_wave(self) -> Self:
        """Refuse a wave of no call."""
        if self.wave is not None and self.call is None:
            raise unfit(
                fr="Une vague est celle d’un appel : nommez-le.",
                en="A wave is one of a call: name it.",
            )
        return self


class AwardSort(StrEnum):
    """The order of a list of awards; those without the amount or the date come last."""

    RELEVANCE = "relevance"
    AMOUNT = "-amount"
    DECIDED = "-decided"
    RECIPIENT = "recipient"


Year = Annotated[int, Field(ge=1900, le=2199)]


class AwardFilter(Spoken):
    """What awards are narrowed by: any of the values of one filter, all of the filters."""

    q: SearchText = Field(
        default="",
        description="Words of the project, the recipient or the place; accents and one typo are "
        "fine.",
        examples=["télésurveillance"],
    )
    call: list[Slug] = Field(default=[], max_length=20, description="Slugs of calls.")
    wave: list[Annotated[int, Field(ge=1, le=99)]] = Field(
        default=[], max_length=20, description="Ranks of waves: best with one call."
    )
    programme: list[Slug] = Field(default=[], max_length=20, description="Slugs of programmes.")
    region: list[RegionCode] = Field(default=[], max_length=20, description="INSEE codes.")
    year: list[Year] = Field(default=[], max_length=20, description="Years of the decision.")
    edition: list[Edition] = Field(
        default=[], max_length=20, description="`real`: without what was invented for the demo."
    )
    siren: Annotated[str, StringConstraints(pattern=r"^[0-9]{9}$")] | None = Field(
        default=None, description="The recipient's, nine digits."
    )
    amount_from: Annotated[int, Field(ge=0, le=2**53)] | None = Field(
        default=None, description="In integer euro cents: this or more."
    )
    amount_to: Annotated[int, Field(ge=0, le=2**53)] | None = Field(
        default=None, description="In integer euro cents: this or less."
    )


class AwardQuery(AwardFilter):
    """What awards are searched by, and in what order they come."""

    sort: AwardSort | None = Field(
        default=None, description="By relevance when there are words, else the latest first."
    )
    limit: Limit = 20
    cursor: Cursor = None


class AwardCall(Spoken):
    """The call, and the wave of it, that an award came out of."""

    slug: Slug
    name: Localized
    wave: int | None = Field(description="The rank of the wave.")
    wave_name: Localized | None


class AwardRead(Spoken):
    """Money given to somebody for a project."""

    slug: Slug
    project: Localized
    summary: Localized | None
    programme: ProgrammeRef | None = Field(description="Who pays: the award’s, else its call’s.")
    call: AwardCall | None
    recipient: str | None = Field(description="As the source names them; null: not communicated.")
    siren: str | None
    organisation: Slug | None = Field(description="The recipient in the directory.")
    region: RegionCode | None
    commune: CommuneCode | None
    place: str | None
    amount_cents: Cents | None = Field(description="Null when it is not stated.")
    decided: Day | None = Field(description="When it was decided or announced.")
    url: Url | None
    source: SourceRead
    fictitious: bool


class AwardSums(Spoken):
    """How many awards there are, and what they amount to as far as it is stated."""

    count: int
    amount_cents: Cents = Field(description="The sum of the amounts that are stated.")
    not_stated: int = Field(description="How many of them have no stated amount.")


class AwardFacet(AwardSums):
    """The awards that have a value, whatever is chosen in the same filter."""

    value: str | None = Field(description="Null: those for which it is not stated.")
    label: Localized | None = Field(description="The name, of a call or a programme.")


class AwardPage(Page[AwardRead]):
    """One page of awards found, and what all of them amount to."""

    sums: AwardSums
    facets: dict[str, list[AwardFacet]] = Field(
        description="By filter, the largest first. `wave`: where one call is chosen."
    )
    corrections: dict[str, list[str]] = Field(
        description="What words that no award has were taken for."
    )
