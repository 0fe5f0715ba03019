"""What is printed: a template of a room's, set by Typst, with what is said in it as data.

A text never becomes markup: whatever somebody is called, it is set as they wrote it.
"""

import asyncio
import json
from datetime import datetime
from importlib.resources import files
from typing import Any, Literal


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
