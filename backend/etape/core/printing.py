"""What is printed: a template of a room's, set by Typst, with what is said in it as data.

A text never becomes markup: whatever somebody is called, it is set as they wrote it.
"""

import asyncio
import io
import json
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from typing import Any, Literal

import segno

from etape.core.dates import date_text
from etape.core.moments import day_in_paris
from etape.core.texts import Language, Localized

_PRINTED = Localized(fr="Imprimé le {}", en="Printed on {}")


def scannable(address: str) -> str:
    """Return an address as a picture to scan (SVG)."""
    picture = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(picture, kind="svg", scale=4, border=0, xmldecl=False)
    return picture.getvalue().decode()


def leading_back(address: str, language: Language, *, now: datetime) -> Mapping[str, str]:
    """Return what a sheet says of itself: the page that it tells of, and the day it was printed."""
    day = date_text(day_in_paris(now), language)
    return {
        "lang": language,
        "address": address,
        "qr": scannable(address),
        "printed": _PRINTED.in_language(language).format(day),
    }


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many characters, cut between two words, and said to be cut."""
    if len(text) <= most:
        return text
    kept = text[: most - 2]
    return f"{kept.rpartition(' ')[0] or kept} …"


async def pdf_of(package: str, template: str, data: Any, *, now: datetime) -> bytes:
    """Return a document as PDF, with its tags for screen readers.

    Args:
        package: The package whose `templates` folder has the template.
        template: Its name, without `.typ`; it reads `json(bytes(sys.inputs.data))`.
        data: What JSON can write.
        now: The day that the document says it was made on.
    """
    return await _set(package, template, data, "pdf", now=now)


async def png_of(package: str, template: str, data: Any, *, now: datetime) -> bytes:
    """Return a document of one page as a picture, two pixels a point; see `pdf_of`."""
    return await _set(package, template, data, "png", now=now)


async def _set(
    package: str, template: str, data: Any, form: Literal["pdf", "png"], *, now: datetime
) -> bytes:
    source = (files(package) / "templates" / f"{template}.typ").read_bytes()
    told = {"data": json.dumps(data, ensure_ascii=False)}

    def compiled() -> bytes:
        import typst  # noqa: PLC0415 - 7 MB that a process which never prints does without

        made = typst.compile(
            source,
            format=form,
            ppi=144.0 if form == "png" else None,
            sys_inputs=told,
            ignore_system_fonts=True,
            timestamp=int(now.timestamp()),
        )
        assert isinstance(made, bytes)  # noqa: S101 - one file, as nothing says where to write it
        return made

    return await asyncio.to_thread(compiled)
