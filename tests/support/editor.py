"""An editor at work: writes drafts and publishes them over HTTP, as the pages do."""

from typing import Any

from httpx import Response

from support.team import Browser

NEW = {"If-None-Match": "*"}


class Editor:
    """Somebody who edits, in their browser."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    async def etag(self, path: str) -> str:
        """The version that is read now."""
        answer = await self.browser.get(f"/manage/{path}")
        assert answer.status_code == 200, answer.text
        return str(answer.headers["etag"])

    async def condition(self, path: str) -> dict[str, str]:
        """What to send so that nobody is overwritten."""
        answer = await self.browser.get(f"/manage/{path}")
        return NEW if answer.status_code == 404 else {"If-Match": answer.headers["etag"]}

    async def draft(self, path: str, content: dict[str, Any]) -> Response:
        headers = await self.condition(path)
        return await self.browser.put(f"/manage/{path}/draft", json=content, headers=headers)

    async def act(
        self, path: str, act: str = "publication", *, method: str = "POST", **query: Any
    ) -> Response:
        return await self.browser.request(
            method, f"/manage/{path}/{act}", headers=await self.condition(path), params=query
        )

    async def publish(self, path: str, content: dict[str, Any]) -> Any:
        """Write a draft and publish it, which must be possible; return what came of it."""
        drafted = await self.draft(path, content)
        assert drafted.status_code == 200, drafted.text
        published = await self.act(path)
        assert published.status_code == 200, published.text
        return published.json()
