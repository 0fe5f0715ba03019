"""Reading the privacy notice: a file of whoever runs the service, read once by each process."""

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.settings import Settings
from etape.tour.notices import rules
from etape.tour.notices.schemas import Notice, NoticeRead


class NoticeUnreadable(ValueError):  # noqa: N818 - a state of the settings, not a mistake of ours
    """The file that the settings name is no notice."""


def notice_in(settings: Settings) -> NoticeRead:
    """Return the notice that the settings name; an empty one without. Raises NoticeUnreadable."""
    return _read(settings.notice_file)


def notice_of(session: AsyncSession) -> NoticeRead:
    """Return the notice of the process that this session is of; it costs no statement."""
    return notice_in(session.info["settings"])


def is_complete(session: AsyncSession) -> bool:
    """Whether anybody can register at all."""
    return not notice_of(session).missing


def refuse_unread(session: AsyncSession, consent: str | None) -> None:
    """Raise unless the notice is whole and this is its version: NoticeIncomplete, ConsentNeeded."""
    notice = notice_of(session)
    if notice.missing:
        raise rules.NoticeIncomplete(notice.missing)
    if consent != notice.version:
        errors = [("/consent", rules.ConsentNeeded.detail)]
        raise rules.ConsentNeeded(errors=errors, version=notice.version)


@lru_cache(maxsize=8)
def _read(path: Path | None) -> NoticeRead:
    notice = Notice()
    if path is not None:
        try:
            notice = Notice.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
        except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
            raise NoticeUnreadable(f"ETAPE_PRIVACY_NOTICE, {path}: {error}") from None
    return NoticeRead(
        **dict(notice), version=rules.version_of(notice), missing=rules.missing_items(notice)
    )
