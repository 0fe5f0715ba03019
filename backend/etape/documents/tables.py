"""Documents as stored. Their bytes are in the storage (etape.core.storage), by their digest."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from etape.core.columns import Instant
from etape.core.database import new_id


class DocumentFile(SQLModel, table=True):
    """A content that the storage has, is about to have, or is about to lose (`is_leaving`).

    The row is there before the content and after it, so that none is ever forgotten there.
    """

    __tablename__ = "document_file"

    digest: str = Field(primary_key=True)
    kept_at: datetime = Field(sa_type=Instant)
    is_leaving: bool = False


class Document(SQLModel, table=True):
    """A name for a content; several may share one. `digest` is its SHA-256, in hexadecimal."""

    __table_args__ = (Index("ix_document_uploaded_at_id", "uploaded_at", "id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    name: str
    media_type: str
    size: int
    digest: str = Field(foreign_key="document_file.digest", index=True)
    pages: int | None = None
    width: int | None = None
    height: int | None = None
    uploaded_at: datetime = Field(sa_type=Instant)
    uploaded_by: str
