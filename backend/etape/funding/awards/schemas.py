"""Awards as spoken."""

from typing import Annotated, Self

from pydantic import Field, StrictBool, StrictInt, StringConstraints, model_validator

from etape.core.moments import Day
from etape.core.references import RefersTo
from etape.core.siren import Siren
from etape.core.texts import Line, Localized, Slug, Spoken, unfit
from etape.directory.schemas import OrganisationSlug, RegionCode
from etape.funding.calls.schemas import CallSlug
from etape.funding.programmes.schemas import Cents, ProgrammeSlug
from etape.sources.schemas import SourceSlug, Url

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
