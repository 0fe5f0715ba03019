"""Uploading, and looking behind HTTP at what became of it."""

from typing import Any

from httpx import Response
from sqlalchemy import text

from support.app import Client
from support.files import a_pdf
from support.team import Browser

PDF = "application/pdf"
HOLDINGS = """
    SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM document_file),
           (SELECT count(DISTINCT key) FROM stored_chunk)
"""


async def upload(
    browser: Browser,
    content: Any = None,
    media_type: str = PDF,
    *,
    name: str = "rulebook.pdf",
    **headers: str,
) -> Response:
    """Send a file as an editor's browser does; a PDF unless the test says otherwise."""
    return await browser.post(
        "/manage/documents",
        params={"name": name},
        content=a_pdf() if content is None else content,
        headers={"Content-Type": media_type, **headers},
    )


async def uploaded(browser: Browser, content: Any = None, *rest: str, name: str = "a.pdf") -> Any:
    """Upload a file, which must be taken; return the document."""
    answer = await upload(browser, content, *rest, name=name)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def holdings(client: Client) -> tuple[int, int, int]:
    """How many documents there are, contents announced, and contents kept in the database."""
    async with client.database.unit_of_work() as session:
        row = (await (await session.connection()).execute(text(HOLDINGS))).one()
        return tuple(row)


async def execute(client: Client, statement: str) -> list[Any]:
    async with client.database.unit_of_work() as session:
        result = await (await session.connection()).execute(text(statement))
        return list(result) if result.returns_rows else []
