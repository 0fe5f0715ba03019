"""What may be a brand, and what a legal notice must say."""

import hashlib
from collections.abc import Mapping

from etape.site.schemas import Site

LOGOS: Mapping[str, str] = {
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
STYLESHEETS: Mapping[str, str] = {".css": "text/css; charset=utf-8"}
LARGEST_BYTES = 256 * 1024
"""Every page carries them."""
_VERSION_LENGTH = 12


def missing_items(site: Site) -> list[str]:
    """Return what the legal notice lacks, in its order."""
    missing = [name for name in ("publisher", "director", "host") if getattr(site, name) is None]
    if site.contact.email is None and site.contact.telephone is None:
        missing.append("contact")
    return missing


def version_of(content: bytes) -> str:
    """Return what tells this content from any other: the beginning of its hash."""
    return hashlib.sha256(content).hexdigest()[:_VERSION_LENGTH]
