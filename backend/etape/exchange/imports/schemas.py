"""Imports as spoken: which format a file is in, and what came of it."""

from enum import StrEnum

from pydantic import Field

from etape.core.texts import Spoken
from etape.exchange.formats.lines import Remark

MOST_REMARKS = 50_000


class FormatName(StrEnum):
    """The formats that can be imported."""

    ETAPE = "etape"
    ETALAB = "etalab"
    AIDES_TERRITOIRES = "aides-territoires"
    FONDS_VERT = "fonds-vert"
    I_LAB = "i-lab"


class ImportReport(Spoken):
    """What an import did, or would do."""

    format: FormatName
    kept: bool = Field(description="False: nothing was written.")
    new: int = Field(description="Lines whose thing was not published before.")
    changed: int
    unchanged: int
    refused: int = Field(description="Lines left out, each with its reasons.")
    remarks: list[Remark] = Field(description="By line.", max_length=MOST_REMARKS)
