"""What a search says of itself, as spoken, whatever it finds."""

from pydantic import Field

from etape.core.texts import Spoken


class Segment(Spoken):
    """A piece of a text, and whether it is why the text was found."""

    text: str
    hit: bool


class FacetCount(Spoken):
    """How many answers have a value, whatever is chosen in the same filter."""

    value: str
    count: int


class Relief(Spoken):
    """One thing less to ask for, and how many answers then have every word."""

    drop: str = Field(description="A filter (`closes`: both of its ends), or `q`: some words.")
    words: str | None = Field(description="The words of `q` to drop; null for a filter.")
    q: str = Field(description="The words that are left.")
    total: int
