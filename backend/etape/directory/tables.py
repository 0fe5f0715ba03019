"""The directory as stored. A person has no title here: a role belongs to each appearance."""

from uuid import UUID

from sqlalchemy import ARRAY, Text
from sqlmodel import Field, SQLModel

from etape.core.columns import Shaped
from etape.core.database import new_id
from etape.core.texts import Localized


class Region(SQLModel, table=True):
    """One of the eighteen regions (INSEE's Code officiel géographique)."""

    code: str = Field(primary_key=True)
    slug: str = Field(unique=True)
    name: str
    zone: str
    overseas: bool


class Theme(SQLModel, table=True):
    """A subject that calls and stops are about."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(unique=True)
    label: Localized = Field(sa_type=Shaped(Localized))


class Organisation(SQLModel, table=True):
    """A body that funds, hosts, operates or takes part."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(unique=True)
    name: str
    acronym: str | None = None
    kind: str
    region: str | None = Field(default=None, foreign_key="region.code")
    url: str | None = None
    mission: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    fictitious: bool


class Person(SQLModel, table=True):
    """Somebody who appears in public."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(unique=True)
    name: str
    fictitious: bool


class Term(SQLModel, table=True):
    """A word of the field: what it stands for, and the other words people type for it."""

    id: UUID = Field(default_factory=new_id, primary_key=True)
    slug: str = Field(unique=True)
    term: str
    expansion: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    meaning: Localized | None = Field(default=None, sa_type=Shaped(Localized))
    synonyms: list[str] = Field(sa_type=ARRAY(Text))
