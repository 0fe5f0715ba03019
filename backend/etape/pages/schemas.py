"""What is told of a page before it runs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from etape.core.texts import Language


class Line(NamedTuple):
    """A line of a summary, with the page that it leads to, if any."""

    text: str
    path: str | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    """A titled list of a summary."""

    title: str
    lines: Sequence[Line]


@dataclass(frozen=True, kw_only=True)
class Face:
    """A page as those see it who do not run it.

    `description` is what previews cut, `text` what they leave out. `linked` is what JSON-LD says
    beyond where the page stands, `trail` the pages that lead to it.
    """

    title: str
    description: str
    text: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    parts: Sequence[Part] = ()
    linked: Sequence[Mapping[str, Any]] = ()
    trail: Sequence[Line] = ()
    is_listed: bool = True


Answers = Mapping[str, bytes]
"""What the API answered, by what it was asked, in that order."""
Facing = Callable[[Answers, Language], Face]


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a page is, in French: what it asks the API first, and how that is told.

    `asks` are the very addresses that the page fetches, its own subject first: their answers are
    handed over with the document. `{slug}` is what the path holds there, `{query}` its query.
    `code` is the file of its route, and `words` the rooms whose words it says.
    """

    path: str
    face: Facing
    asks: Sequence[str] = ()
    code: str | None = None
    words: Sequence[str] = ()
