"""Lost links as spoken."""

from pydantic import Field

from etape.core.texts import Email, Language, Slug, Spoken


class LostLinkRequest(Spoken):
    """Somebody lost the link of their registration."""

    email: Email
    stop: Slug | None = Field(default=None, description="Only that stop; null: all to come.")
    language: Language | None = Field(
        default=None, description="The language of the mail; null: that of the registration."
    )
