"""Pages neither skip nor repeat what stays while other things come and go (T27)."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr
from sqlalchemy import text

from etape.core import journal
from etape.core.paging import CursorRefused, read_cursor, write_cursor
from etape.core.publishing import publish
from etape.core.texts import Localized
from etape.funding.calls.schemas import CallContent, CallKind
from etape.funding.calls.service import CALL
from support.app import SECRET, Client, running

SOURCES, CALLS, COMERS = 10_000, 2_000, 1_000
ADD_SOURCES = text(
    """
    INSERT INTO source (id, slug, title, publisher, kind, language, fictitious)
    SELECT gen_random_uuid(), md5(:word || i) || :word, 'Title', 'Publisher', 'data', 'fr', FALSE
    FROM generate_series(1, :count) AS i
    """
)
REMOVE_SOURCES = text(
    """
    DELETE FROM source WHERE id IN
        (SELECT id FROM source WHERE slug LIKE '%leaver' ORDER BY random() LIMIT :count)
    """
)
COPY_CALLS = text(
    """
    INSERT INTO call SELECT (jsonb_populate_record(call, jsonb_build_object(
        'id', gen_random_uuid(), 'slug', md5(:word || i) || '-' || :word,
        'amount_max_cents', 100 * (i % 7)
    ))).* FROM call, generate_series(1, :count) AS i WHERE slug = 'model' RETURNING id
    """
)
REMOVE_CALLS = text("DELETE FROM call WHERE id = ANY(:ids)")


async def walk(
    client: Client, path: str, meanwhile: Callable[[], Awaitable[None]], **asked: object
) -> Counter[str]:
    """Read every page while things come and go, and count each slug."""
    seen: Counter[str] = Counter()
    cursor: dict[str, str] = {}
    while True:
        page, _ = await asyncio.gather(client.read(path, limit=100, **asked, **cursor), meanwhile())
        seen.update(item["slug"] for item in page["items"])
        if page["next"] is None:
            return seen
        cursor = {"cursor": page["next"]}


def assert_whole(seen: Counter[str], word: str, count: int) -> None:
    assert max(seen.values()) == 1, "something came twice"
    assert sum(slug.endswith(word) for slug in seen) == count, "something that stayed was skipped"


async def test_ten_thousand_rows_of_the_database_come_exactly_once(
    database_url: str, now: datetime
) -> None:
    async with running(database_url, at=now) as client:

        async def change(*statements: object, **values: object) -> None:
            async with client.database.unit_of_work() as session:
                connection = await session.connection()
                for statement in statements:
                    await connection.execute(statement, values)  # type: ignore[call-overload] # text

        await change(ADD_SOURCES, word="stayer", count=SOURCES)
        await change(ADD_SOURCES, word="leaver", count=COMERS)

        async def come_and_go() -> None:
            few = COMERS // (SOURCES // 100)
            await change(REMOVE_SOURCES, count=few)
            await change(ADD_SOURCES, word=f"{uuid4().hex}comer", count=few)

        assert_whole(await walk(client, "/sources", come_and_go), "stayer", SOURCES)
        async with client.database.unit_of_work() as session:
            left = await (await session.connection()).execute(
                text("SELECT count(*) FROM source WHERE slug LIKE '%leaver'")
            )
            assert left.scalar_one() < COMERS / 10, "nothing went meanwhile"


@pytest.mark.parametrize("sort", ["-amount", "closes"])
async def test_two_thousand_calls_of_the_index_come_exactly_once(
    database_url: str, now: datetime, sort: str
) -> None:
    async with running(database_url, at=now) as writer:
        model = CallContent(slug="model", kind=CallKind.AAP, name=Localized(fr="Un appel"))
        async with writer.database.unit_of_work() as session:
            await publish(session, CALL, model, by="test", now=now)
            connection = await session.connection()
            await connection.execute(COPY_CALLS, {"word": "stayer", "count": CALLS})
            found = await connection.execute(COPY_CALLS, {"word": "leaver", "count": CALLS // 10})
            leavers: list[UUID] = list(found.scalars())

    async with running(database_url, at=now) as client:

        async def come_and_go() -> None:
            gone = [leavers.pop() for _ in range(min(10, len(leavers)))]
            async with client.database.unit_of_work() as session:
                connection = await session.connection()
                await connection.execute(REMOVE_CALLS, {"ids": gone})
                values = {"word": f"{uuid4().hex}-comer", "count": 10}
                come = (await connection.execute(COPY_CALLS, values)).scalars()
                for subject in (*gone, *come):
                    await journal.record(
                        session,
                        by="test",
                        noun=CALL.name,
                        subject_id=subject,
                        act="changed",
                        changes={},
                        now=now,
                    )

        seen = await walk(client, "/calls", come_and_go, sort=sort)
        assert_whole(seen, "stayer", CALLS)
        assert any(slug.endswith("comer") for slug in seen), "nothing came meanwhile"
        assert (await client.read("/calls"))["total"] > CALLS


@pytest.mark.parametrize("path", ["/calls", "/sources", "/stops", "/terms", "/demo/letters"])
async def test_a_cursor_that_we_did_not_write_for_this_list_is_refused(
    client: Client, path: str
) -> None:
    secret = SecretStr(SECRET)
    foreign = (await client.read("/regions", limit=1))["next"]
    guessed = SecretStr("a secret that somebody guesses, long enough")
    for cursor in (
        "a",
        "abcd" * 200,
        foreign,
        foreign[:-2],
        write_cursor(["a"], scope=path.removeprefix("/"), secret=guessed),
        write_cursor(["a"], scope="another", secret=secret),
    ):
        refused = await client.get(f"/api/v1{path}", params={"cursor": cursor})
        assert refused.status_code == 400, (cursor, refused.text)
        assert refused.json()["type"] == "/problems/cursor-refused"


async def test_a_cursor_goes_on_with_the_question_it_was_given_for(client: Client) -> None:
    cursor = (await client.read("/calls", limit=1, q="santé"))["next"]
    again = {"q": "santé", "cursor": cursor}
    assert (await client.get("/api/v1/calls", params=again)).status_code == 200
    other = {"q": "données", "cursor": cursor}
    assert (await client.get("/api/v1/calls", params=other)).status_code == 400


async def test_the_next_page_is_in_the_link_header_too(client: Client) -> None:
    answer = await client.get("/api/v1/sources", params={"limit": 1})
    following = await client.get(answer.links["next"]["url"])
    assert following.status_code == 200
    assert following.json()["items"][0]["slug"] > answer.json()["items"][0]["slug"]
    last = await client.get("/api/v1/regions")
    assert last.json()["next"] is None
    assert "next" not in last.links


def test_a_cursor_cut_or_lengthened_anywhere_is_refused() -> None:
    secret = SecretStr(SECRET)
    cursor = write_cursor(["étape", 3, None], scope="list", secret=secret)
    assert read_cursor(cursor, scope="list", secret=secret) == ["étape", 3, None]
    for forged in (*(cursor[:end] for end in range(len(cursor))), f"{cursor}A", f"A{cursor}"):
        with pytest.raises(CursorRefused):
            read_cursor(forged, scope="list", secret=secret)
