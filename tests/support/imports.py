"""Files as somebody imports them, over HTTP."""

from pathlib import Path
from typing import Any

from httpx import Response

from support.team import Browser

SAMPLES = Path(__file__).parents[1] / "exchange" / "samples"
FONDS_VERT, I_LAB = "fonds-vert", "i-lab"
AIDES_TERRITOIRES, ETALAB, ETAPE = "aides-territoires", "etalab", "etape"


def sample(name: str) -> str:
    """Return a small real file of that format."""
    return (SAMPLES / f"{name}.csv").read_bytes().decode()


class Importer:
    """Somebody who may import, and reads what became of it."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    async def send(self, name: str, content: str | bytes, **query: Any) -> Response:
        body = content.encode() if isinstance(content, str) else content
        media_type = "application/jsonl" if name == ETAPE else "text/csv"
        return await self.browser.post(
            "/manage/imports",
            params={"format": name, **query},
            content=body,
            headers={"Content-Type": media_type},
        )

    async def import_(self, name: str, content: str | bytes, **query: Any) -> Any:
        """Import, which must be possible; return the report."""
        answer = await self.send(name, content, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def published(self, path: str) -> Any:
        """Return the content that is published of something."""
        return (await self.browser.read(f"/manage/{path}"))["published"]


def counts(report: Any) -> tuple[int, int, int, int]:
    """Return how many lines were new, changed, unchanged and refused."""
    return report["new"], report["changed"], report["unchanged"], report["refused"]


def remarks(report: Any, kind: str) -> list[tuple[int, str | None, str | None]]:
    """Return the line, the field and the value of each remark of a kind."""
    return [
        (it["line"], it["field"], it["value"]) for it in report["remarks"] if it["kind"] == kind
    ]
