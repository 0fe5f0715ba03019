"""Drafts: what is being written and not yet published, so that published tables hold nothing else.

A payload is a noun as spoken, complete or not; publishing validates it whole and applies it.
"""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from etape.core.columns import Instant
from etape.core.database import new_id


class Draft(SQLModel, table=True):
    """An edit of a noun, or a new one when `subject_id` is None.

    `base_version` is the version of the published noun on which an edit began; `version` is the
    draft's own.
    """

    __tablename__ = "draft"

    id: uuid.UUID = Field(default_factory=new_id, primary_key=True)
    noun: str
    subject_id: uuid.UUID | None = Field(default=None, index=True)
    payload: dict[str, Any] = Field(sa_type=JSONB)
    base_version: int | None = None
    created_by: str
    created_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)
    version: int = 1
