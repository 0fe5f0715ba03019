"""A content and its document are there together or not at all, whatever is away or dies."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from etape.core.database import Database
from etape.core.problems import Unavailable
from etape.core.publishing import publish, withdraw
from etape.core.storage import (
    CHUNK_BYTES,
    PART_BYTES,
    BucketStorage,
    DatabaseStorage,
    Storage,
    storage_of,
)
from etape.documents import service
from etape.documents.schemas import MediaType
from etape.identity.members.schemas import Role
from etape.sources.schemas import SourceContent
from etape.sources.service import SOURCE
from support.app import Client, running, settings_for
from support.bucket import BucketServer
from support.documents import execute, holdings, upload, uploaded
from support.files import a_pdf
from support.team import Browser, sign_in

KEY = "ab" * 32


async def whole(storage: Storage, start: int, stop: int) -> bytes:
    return b"".join([chunk async for chunk in storage.read(KEY, start, stop)])


@pytest.fixture(params=["database", "bucket"])
async def storage(
    request: pytest.FixtureRequest, database_url: str, bucket: BucketServer
) -> AsyncIterator[Storage]:
    others = bucket.settings if request.param == "bucket" else {}
    database = Database(database_url)
    found = storage_of(settings_for(database_url, **others), database)
    assert isinstance(found, BucketStorage if others else DatabaseStorage)
    yield found
    await database.close()


async def test_both_storages_keep_read_and_lose_a_file_alike(storage: Storage) -> None:
    content = bytes(range(251)) * 9_000
    size = len(content)
    assert size > 2 * PART_BYTES > 2 * CHUNK_BYTES
    assert not await storage.exists(KEY)
    await storage.delete(KEY)
    with pytest.raises(Unavailable):
        await whole(storage, 0, size)

    await asyncio.gather(*(storage.put(KEY, content) for _ in range(4)))
    assert await storage.exists(KEY)
    # Not 0 to 1: this server takes a last byte of 0 as none given.
    edges = [0, 2, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, PART_BYTES + 5, size - 1, size]
    for start in edges:
        for stop in edges:
            if start < stop:
                assert await whole(storage, start, stop) == content[start:stop]

    await storage.delete(KEY)
    assert not await storage.exists(KEY)


async def test_no_file_is_kept_or_read_while_a_transaction_is_open(
    storage: Storage, database_url: str
) -> None:
    database = Database(database_url)
    async with database.unit_of_work():
        for doing in (
            storage.put(KEY, b"x"),
            storage.exists(KEY),
            storage.delete(KEY),
            whole(storage, 0, 1),
        ):
            with pytest.raises(RuntimeError, match="transaction"):
                await doing
    await database.close()


async def test_with_its_bucket_away_it_says_when_to_come_back_and_nothing_is_half_made(
    database_url: str, now: datetime, bucket: BucketServer
) -> None:
    async with running(database_url, at=now, **bucket.settings) as client:
        browser = await sign_in(client, Role.COORDINATOR)
        document = await uploaded(browser)
        await bucket.close()

        refused = await upload(browser, a_pdf(pages=5))
        assert refused.status_code == 503, refused.text
        assert int(refused.headers["retry-after"]) > 0
        away = await client.get(document["url"])
        assert away.status_code == 503
        assert away.headers["content-type"] == "application/problem+json"
        assert away.headers["cache-control"] == "no-store"
        assert "127.0.0.1" not in refused.text + away.text
        assert (await browser.read("/manage/documents"))["total"] == 1
        deleted = await browser.delete(f"/manage/documents/{document['id']}")
        assert deleted.status_code == 204, "the content goes later"
        with pytest.raises(Unavailable):
            await sweep(client, after=timedelta(hours=2))

        await bucket.open()
        assert bucket.objects() == {document["digest"]}
        await sweep(client, after=timedelta(hours=2))
        assert bucket.objects() == set()
        assert await holdings(client) == (0, 0, 0)
        assert (await upload(browser, a_pdf(pages=5))).status_code == 201


async def sweep(client: Client, *, after: timedelta = timedelta()) -> None:
    storage = client.app.state.storage
    await service.sweep(client.database, storage, now=client.clock.now() + after)


async def test_what_an_upload_cut_short_left_is_swept_once_nobody_can_want_it(
    client: Client, editor: Browser
) -> None:
    kept = await uploaded(editor)
    refused = await upload(editor, a_pdf(pages=7), name="no/name.pdf")
    assert refused.status_code == 422
    assert await holdings(client) == (1, 2, 2)

    await sweep(client, after=timedelta(minutes=59))
    assert await holdings(client) == (1, 2, 2), "it may still be on its way"
    await sweep(client, after=timedelta(minutes=61))
    assert await holdings(client) == (1, 1, 1)
    assert (await client.get(kept["url"])).status_code == 200


async def test_a_content_that_is_leaving_is_not_promised_to_anybody(
    client: Client, editor: Browser
) -> None:
    document = await uploaded(editor)
    await editor.delete(f"/manage/documents/{document['id']}")
    await execute(client, "UPDATE document_file SET is_leaving = true")
    refused = await upload(editor)
    assert refused.status_code == 503
    await sweep(client)
    assert (await upload(editor)).status_code == 201


async def test_sweeping_while_the_same_file_comes_and_goes_loses_none(
    client: Client, editor: Browser
) -> None:
    content = a_pdf()
    kept = await service.keep(
        client.database,
        client.app.state.storage,
        client.app.state.apart,
        content,
        MediaType.PDF,
        now=client.clock.now(),
    )

    async def come_and_go() -> None:
        for number in range(15):
            now = client.clock.now() - timedelta(hours=2 * (number % 2))
            try:
                async with client.database.unit_of_work() as session:
                    await service.name_document(session, kept, "a.pdf", by="test", now=now)
            except Unavailable:
                continue

    async def keep_sweeping() -> None:
        for _ in range(20):
            await sweep(client)

    await asyncio.gather(come_and_go(), keep_sweeping(), come_and_go(), keep_sweeping())
    page = await editor.read("/manage/documents", limit=100)
    for document in page["items"][:3]:
        assert (await client.get(document["url"])).content == content


async def test_a_deleted_document_is_gone_within_moments(database_url: str, now: datetime) -> None:
    async with running(database_url, at=now, with_worker=True) as client:
        browser = await sign_in(client, Role.COORDINATOR)
        first, second = await uploaded(browser), await uploaded(browser, name="b.pdf")
        client.clock.at = now + timedelta(days=1)
        browser = await sign_in(client, Role.COORDINATOR, name="Jeanne Petit")
        assert (await browser.delete(f"/manage/documents/{first['id']}")).status_code == 204
        assert (await client.get(first["url"])).status_code == 404
        assert (await client.get(second["url"])).status_code == 200, "it has the same content"
        assert (await browser.delete(f"/manage/documents/{second['id']}")).status_code == 204
        assert (await browser.delete(f"/manage/documents/{second['id']}")).status_code == 404
        async with asyncio.timeout(20):
            while await holdings(client) != (0, 0, 0):  # noqa: ASYNC110 - the worker tells nobody
                await asyncio.sleep(0.1)


async def test_a_document_that_is_linked_to_stays_until_the_links_are_gone(
    client: Client, editor: Browser
) -> None:
    document, other = await uploaded(editor), await uploaded(editor, name="b.pdf")
    path = f"/manage/documents/{document['id']}"
    content = SourceContent.model_validate(
        {
            "slug": "reglement",
            "title": "Règlement",
            "publisher": "Étape",
            "kind": "official",
            "url": document["url"],
        }
    )
    now = client.clock.now()
    async with client.database.unit_of_work() as session:
        await publish(session, SOURCE, content, by="test", now=now)

    refused = await editor.delete(path)
    assert refused.status_code == 409
    problem = refused.json()
    assert problem["type"] == "/problems/still-referred"
    [referrer] = problem["referrers"]
    assert (referrer["noun"], referrer["slug"]) == ("source", "reglement")

    changed = content.model_copy(update={"url": other["url"]})
    async with client.database.unit_of_work() as session:
        await publish(session, SOURCE, changed, by="test", now=now)
    await execute(
        client, f"UPDATE aggregate SET draft = jsonb_build_object('url', '{document['url']}')"
    )
    assert (await editor.delete(path)).status_code == 409, "a draft links to it"

    await execute(client, "UPDATE aggregate SET draft = NULL")
    assert (await editor.delete(path)).status_code == 204, "an older version does not hold it"
    assert (await editor.delete(f"/manage/documents/{other['id']}")).status_code == 409
    async with client.database.unit_of_work() as session:
        await withdraw(session, SOURCE, "reglement", by="test", now=now)
    assert (await editor.delete(f"/manage/documents/{other['id']}")).status_code == 204
