"""Atom feeds (RFC 4287): what is new, the newest first, for readers that ask again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree import ElementTree as ET

from etape.core.texts import Language

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that is new; `id` names it for ever, `url` is where it is read."""

    id: UUID
    title: str
    text: str
    url: str
    at: datetime


def write(
    items: Sequence[Item], *, title: str, author: str, url: str, feed_url: str, language: Language
) -> bytes:
    """Return a feed of items, the newest first: the same bytes as long as nothing is new."""
    feed = ET.Element("feed", {"xmlns": NAMESPACE, "xml:lang": language})
    _text(feed, "id", uuid5(NAMESPACE_URL, feed_url).urn)
    _text(feed, "title", title)
    _text(feed, "updated", _instant(max((item.at for item in items), default=_EPOCH)))
    _text(ET.SubElement(feed, "author"), "name", author)
    ET.SubElement(feed, "link", {"rel": "self", "type": MEDIA_TYPE, "href": feed_url})
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": url})
    for item in items:
        entry = ET.SubElement(feed, "entry")
        _text(entry, "id", item.id.urn)
        _text(entry, "title", item.title)
        _text(entry, "updated", _instant(item.at))
        ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": item.url})
        _text(entry, "content", item.text, type="text")
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _text(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = text


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
