"""The site as spoken: what a deployer's file says of it, and what the pages are told.

What must be said of a publisher and a host is what the French act on confidence in the digital
economy asks of whoever publishes (LCEN, article 1-1).
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from etape.core.texts import BLANK_IS_NONE, Email, Line, Spoken, Stated

Name = Annotated[Line, StringConstraints(max_length=40)]


class Conformity(StrEnum):
    """How far an audit found the site to follow the rules (RGAA: *conformité*)."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class SiteContact(Spoken):
    """How to reach whoever runs the site."""

    email: Annotated[Email | None, BLANK_IS_NONE] = None
    telephone: Annotated[Line | None, BLANK_IS_NONE] = Field(
        default=None, examples=["+33 1 99 00 00 00"]
    )


class Accessibility(Spoken):
    """What whoever runs the site declares of its accessibility, beside what is tested."""

    conformity: Annotated[Conformity | None, BLANK_IS_NONE] = Field(
        default=None, description="What an audit found; null: nobody audited this site."
    )
    audit: Stated = Field(default=None, description="Who audited what, when, and by which rules.")
    gaps: Stated = Field(default=None, description="What is known not to be accessible, and why.")
    complaint: Stated = Field(default=None, description="Whom to turn to when no answer comes.")


class Site(Spoken):
    """Whose site this is. What is null was not stated."""

    name: Name = Field(default="Étape", description="What the site is called.")
    publisher: Stated = Field(default=None, description="Who publishes it: a body, its address.")
    director: Stated = Field(default=None, description="Who answers for what is published.")
    host: Stated = Field(default=None, description="Who hosts it: name, address, telephone.")
    contact: SiteContact = SiteContact()
    accessibility: Accessibility = Accessibility()
    fictitious: bool = Field(default=False, description="True: the site of a demonstration.")


class SiteFile(Site):
    """What a deployer writes: the site, and the files of its brand, beside this one."""

    logo: Annotated[Line | None, BLANK_IS_NONE] = None
    stylesheet: Annotated[Line | None, BLANK_IS_NONE] = None


class SiteRead(Site):
    """The site, where its brand is, and what whoever runs it still has to say."""

    logo: str | None = Field(
        description="The address of its logo.", examples=["/brand/logo?v=5f0c1a9be27d"]
    )
    stylesheet: str | None = Field(
        description="The address of its stylesheet, over that of the pages.",
        examples=["/brand/style.css?v=5f0c1a9be27d"],
    )
    missing: Annotated[list[str], Field(max_length=4)] = Field(
        description="What the legal notice lacks: `publisher`, `director`, `host`, `contact`."
    )
