"""Reading whose site this is: a file of whoever runs it, read once by each process."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

from etape.core.settings import Settings
from etape.site import rules
from etape.site.schemas import SiteFile, SiteRead


class SiteUnreadable(ValueError):  # noqa: N818 - a state of the settings, not a mistake of ours
    """The file that the settings name says of no site, or names a brand that is none."""


class BrandFile(NamedTuple):
    """A file of the brand. `version` changes with its content."""

    content: bytes
    media_type: str
    version: str


class Branded(NamedTuple):
    """A site, and the files of its brand."""

    site: SiteRead
    logo: BrandFile | None = None
    stylesheet: BrandFile | None = None


def site_in(settings: Settings) -> SiteRead:
    """Return whose site the settings say this is. Raises SiteUnreadable."""
    return branded_in(settings).site


def branded_in(settings: Settings) -> Branded:
    """Return the site of the settings and the files of its brand. Raises SiteUnreadable."""
    return _read(settings.site_file)


@lru_cache(maxsize=8)
def _read(path: Path | None) -> Branded:
    if path is None:
        return _branded(SiteFile(), None, None)
    try:
        told = SiteFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
        logo = _file(path, told.logo, rules.LOGOS)
        stylesheet = _file(path, told.stylesheet, rules.STYLESHEETS)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise SiteUnreadable(f"ETAPE_SITE, {path}: {error}") from None
    return _branded(told, logo, stylesheet)


def _file(site: Path, name: str | None, kinds: Mapping[str, str]) -> BrandFile | None:
    if name is None:
        return None
    path = site.parent / name
    if path.suffix not in kinds:
        raise ValueError(f"{name} is none of {', '.join(kinds)}")
    content = path.read_bytes()
    if len(content) > rules.LARGEST_BYTES:
        raise ValueError(f"{name} is larger than {rules.LARGEST_BYTES // 1024} KiB")
    return BrandFile(content, kinds[path.suffix], rules.version_of(content))


def _branded(told: SiteFile, logo: BrandFile | None, stylesheet: BrandFile | None) -> Branded:
    addresses = {
        "logo": logo and f"/brand/logo?v={logo.version}",
        "stylesheet": stylesheet and f"/brand/style.css?v={stylesheet.version}",
    }
    site = SiteRead(**{**dict(told), **addresses}, missing=rules.missing_items(told))
    return Branded(site, logo, stylesheet)
