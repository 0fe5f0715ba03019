"""An editor uploads a file, and anybody reads it at its address."""

import hashlib
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from httpx import Response

from etape.core.access import SESSION_COOKIE, Level
from etape.core.bodies import MIB
from etape.core.journal import entries_after, settle
from etape.identity.members.schemas import Role
from support.app import Client, running
from support.bucket import BucketServer
from support.documents import execute, holdings, upload, uploaded
from support.files import a_pdf, an_image
from support.keys import of_member
from support.team import Browser, sign_in

FILES = [
    ("rulebook.pdf", "application/pdf", a_pdf(filler=600_000)),
    ("plan.png", "image/png", an_image("PNG")),
    ("photo.jpeg", "image/jpeg", an_image("JPEG")),
    ("logo.webp", "image/webp", an_image("WEBP")),
]
PDF = FILES[0][2]


def problem_in(answer: Response, status: int, code: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.json()["type"] == f"/problems/{code}"


async def assert_served(client: Client, document: dict[str, object]) -> None:
    """The document is at its address, whole, sealed, and in parts."""
    url = str(document["url"])
    whole = await client.get(url)
    assert whole.status_code == 200
    assert len(whole.content) == document["size"] == int(whole.headers["content-length"])
    assert hashlib.sha256(whole.content).hexdigest() == document["digest"]
    assert whole.headers["content-type"] == document["media_type"]
    assert whole.headers["etag"] == f'"{document["digest"]}"'

    middle = await client.get(url, headers={"Range": "bytes=10-19"})
    assert (middle.status_code, middle.content) == (206, whole.content[10:20])
    last = await client.get(url, headers={"Range": "bytes=-7"})
    assert last.content == whole.content[-7:]


@pytest.mark.parametrize(("name", "media_type", "content"), FILES)
async def test_each_kind_of_file_is_taken_and_read_again(
    client: Client, editor: Browser, name: str, media_type: str, content: bytes
) -> None:
    document = await uploaded(editor, content, media_type, name=name)
    assert document["name"] == name
    assert (document["pages"] is None) is (media_type != "application/pdf")
    assert (document["width"] is None) is (media_type == "application/pdf")
    assert document["url"] == f"http://localhost:8000/documents/{document['id']}/{name}"
    await assert_served(client, document)


async def test_each_kind_of_file_is_kept_in_a_bucket_where_one_is_set(
    database_url: str, now: datetime, bucket: BucketServer
) -> None:
    async with running(database_url, at=now, **bucket.settings) as client:
        browser = await sign_in(client, Role.COORDINATOR)
        for name, media_type, content in FILES:
            document = await uploaded(browser, content, media_type, name=name)
            await assert_served(client, document)
            assert document["digest"] in bucket.objects()
        assert await holdings(client) == (4, 4, 0), "nothing of them is in the database"


async def test_what_is_served_can_only_be_looked_at_and_is_kept_for_ever(
    client: Client, editor: Browser
) -> None:
    document = await uploaded(editor, PDF, name="Règlement de l’appel.pdf")
    answer = await client.get(document["url"])
    sealed = {
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
        "cache-control": "public, max-age=31536000, immutable",
        "accept-ranges": "bytes",
        "content-disposition": "inline; filename*=UTF-8''R%C3%A8glement%20de%20l%E2%80%99appel.pdf",
    }
    assert {name: answer.headers[name] for name in sealed} == sealed
    assert "content-encoding" not in answer.headers, "a part of it could not be asked for"

    head = await client.head(document["url"])
    assert (head.content, head.headers["content-length"]) == (b"", str(len(PDF)))
    for held in (answer.headers["etag"], "W/" + answer.headers["etag"], "*"):
        again = await client.get(document["url"], headers={"If-None-Match": held})
        assert (again.status_code, again.content) == (304, b"")


RANGES = [
    ("bytes=0-0", 0, 1),
    ("bytes=262100-262200", 262_100, 262_201),
    ("bytes=262144-", 262_144, None),
    ("bytes=100-99999999", 100, None),
    ("bytes=-99999999", 0, None),
    ("bytes=5-2", 0, None),
    ("bytes=0-1,5-6", 0, None),
    ("bytes=-", 0, None),
    ("lines=0-1", 0, None),
]


async def test_a_part_is_the_part_asked_for(client: Client, editor: Browser) -> None:
    document = await uploaded(editor, PDF)
    for asked, start, stop in RANGES:
        answer = await client.get(document["url"], headers={"Range": asked})
        wanted = PDF[start:stop]
        assert answer.content == wanted, asked
        assert answer.status_code == (206 if len(wanted) < len(PDF) else 200)
        if answer.status_code == 206:
            end = start + len(wanted) - 1
            assert answer.headers["content-range"] == f"bytes {start}-{end}/{len(PDF)}"

        other = {"Range": asked, "If-Range": '"another"'}
        assert (await client.get(document["url"], headers=other)).content == PDF


async def test_a_part_that_is_not_there_is_told_with_the_length(
    client: Client, editor: Browser
) -> None:
    document = await uploaded(editor, PDF)
    for asked in ("bytes=99999999-", "bytes=-0"):
        answer = await client.get(document["url"], headers={"Range": asked})
        problem_in(answer, 416, "range-not-satisfiable")
        assert answer.headers["content-range"] == f"bytes */{len(PDF)}"


async def test_an_address_that_is_nobodys_is_not_found(client: Client, editor: Browser) -> None:
    document = await uploaded(editor)
    elsewhere = document["url"].replace(document["id"], "0b6f3a52-6c0e-4f0e-9d5e-6d1f3c1a7b11")
    renamed = document["url"].replace("a.pdf", "b.pdf")
    for url in (elsewhere, renamed):
        problem_in(await client.get(url), 404, "not-found")
    assert (await client.put(document["url"])).status_code == 405


async def test_the_same_bytes_sent_twice_are_kept_once(client: Client, editor: Browser) -> None:
    first, second = await uploaded(editor, PDF), await uploaded(editor, PDF, name="b.pdf")
    assert first["id"] != second["id"]
    assert first["digest"] == second["digest"]
    assert await holdings(client) == (2, 1, 1)
    [[length]] = await execute(client, "SELECT sum(length(content)) FROM stored_chunk")
    assert length == len(PDF)


async def test_a_retry_with_its_key_names_the_file_once(client: Client, editor: Browser) -> None:
    key = {"Idempotency-Key": "one"}
    first = await upload(editor, PDF, **key)
    again = await upload(editor, PDF, **key)
    assert (first.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotency-replayed"] == "true"
    problem_in(await upload(editor, a_pdf(), **key), 422, "key-reused")
    assert (await holdings(client))[0] == 1


async def test_the_list_begins_with_the_newest_and_goes_on(client: Client, editor: Browser) -> None:
    for number in range(5):
        await uploaded(editor, name=f"{number}.pdf")
        client.clock.at += timedelta(seconds=number % 2)
    seen, cursor = [], None
    while True:
        page = await editor.read(
            "/manage/documents", limit=2, **({"cursor": cursor} if cursor else {})
        )
        seen += [document["name"] for document in page["items"]]
        assert page["total"] == 5
        cursor = page["next"]
        if cursor is None:
            break
    assert sorted(seen) == ["0.pdf", "1.pdf", "2.pdf", "3.pdf", "4.pdf"]
    assert seen[0] == "4.pdf"


async def test_the_journal_tells_who_uploaded_and_who_deleted(
    client: Client, editor: Browser
) -> None:
    document = await uploaded(editor)
    assert (await editor.delete(f"/manage/documents/{document['id']}")).status_code == 204
    await settle(client.database)
    async with client.database.unit_of_work() as session:
        entries = await entries_after(session, 0, 10, with_personal=False)
    told = [(entry.noun, entry.act, entry.actor) for entry in entries]
    who = f"member:{editor.member_id}"
    assert told == [("document", "uploaded", who), ("document", "deleted", who)]
    assert entries[0].changes is not None
    assert entries[0].changes["digest"] == (None, document["digest"])


@pytest.mark.parametrize(
    ("role", "stops", "level", "status", "code"),
    [
        (Role.COORDINATOR, [], Level.SIGNED_IN, 201, None),
        (Role.STOP_ORGANISER, ["essai"], Level.SIGNED_IN, 201, None),
        (Role.HOST, ["essai"], Level.FRESH, 403, "not-allowed"),
        (None, [], Level.FRESH, 403, "not-allowed"),
        (Role.FUNDING_EDITOR, [], Level.MAILED, 403, "second-factor-needed"),
    ],
)
async def test_who_may_not_write_is_refused_before_the_file_is_read(
    client: Client, role: Role | None, stops: list[str], level: Level, status: int, code: str | None
) -> None:
    browser = await sign_in(client, role, stops=stops, level=level)
    sent = 0

    async def content() -> AsyncIterator[bytes]:
        nonlocal sent
        for start in range(0, len(PDF), 1000):
            sent += 1
            yield PDF[start : start + 1000]

    answer = await upload(browser, content())
    assert answer.status_code == status
    if code is not None:
        problem_in(answer, status, code)
        assert sent == 0
        assert await holdings(client) == (0, 0, 0)
        problem_in(await browser.get("/manage/documents"), status, code)


async def test_nobody_uploads_lists_or_deletes_without_signing_in(client: Client) -> None:
    path = "/api/v1/manage/documents"
    sent = {
        "content": PDF,
        "headers": {"Content-Type": "application/pdf"},
        "params": {"name": "a.pdf"},
    }
    problem_in(await client.post(path, **sent), 401, "unauthenticated")
    problem_in(await client.get(path), 401, "unauthenticated")
    one = f"{path}/0b6f3a52-6c0e-4f0e-9d5e-6d1f3c1a7b11"
    problem_in(await client.delete(one), 401, "unauthenticated")
    assert await holdings(client) == (0, 0, 0)


async def test_a_key_uploads_where_its_scope_says_so(client: Client, editor: Browser) -> None:
    for scope, status in (("manage:directory", 201), ("manage:funding", 403)):
        key = await of_member(editor, scope)
        headers = {"Content-Type": "application/pdf", "Authorization": f"Bearer {key}"}
        answer = await client.post(
            "/api/v1/manage/documents", params={"name": "a.pdf"}, content=PDF, headers=headers
        )
        assert answer.status_code == status, answer.text
    assert (await holdings(client))[0] == 1


async def test_another_site_has_nobody_upload(client: Client, editor: Browser) -> None:
    assert SESSION_COOKIE in editor.headers["cookie"]
    for site in ("cross-site", "same-site", "none"):
        problem_in(await upload(editor, **{"Sec-Fetch-Site": site}), 403, "cross-site")
    editor.headers.pop("Sec-Fetch-Site")
    problem_in(await upload(editor, Origin="https://evil.example"), 403, "cross-site")
    problem_in(await upload(editor), 403, "cross-site")
    assert await holdings(client) == (0, 0, 0)


OTHER_KINDS = [
    "application/json",
    "text/html",
    "image/svg+xml",
    "image/gif",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
    "text/plain",
    "application/octet-stream",
    "",
]


async def test_what_is_neither_a_pdf_nor_an_image_is_refused(
    client: Client, editor: Browser
) -> None:
    for media_type in OTHER_KINDS:
        problem_in(await upload(editor, PDF, media_type), 415, "unsupported-media-type")
    assert await holdings(client) == (0, 0, 0)


async def test_nothing_at_all_is_refused(editor: Browser) -> None:
    problem_in(await upload(editor, b""), 422, "file-unreadable")
    problem_in(
        await editor.post("/manage/documents", params={"name": "a.pdf"}),
        415,
        "unsupported-media-type",
    )


async def test_a_file_too_large_is_refused_at_once_when_it_says_so(
    database_url: str, now: datetime
) -> None:
    async with running(database_url, at=now, document_max_mib=1) as client:
        browser = await sign_in(client, Role.COORDINATOR)
        sent = 0

        async def endless(size: int) -> AsyncIterator[bytes]:
            nonlocal sent
            while sent < size:
                sent += 65_536
                yield b"x" * 65_536

        announced = await upload(browser, endless(50 * MIB), **{"Content-Length": str(MIB + 1)})
        problem_in(announced, 413, "too-large")
        assert "1 Mio" in announced.json()["detail"]
        assert sent == 0

        problem_in(await upload(browser, endless(50 * MIB)), 413, "too-large")
        assert sent <= MIB + 2 * 65_536

        fits = a_pdf(filler=MIB - 10_000)
        assert MIB - 11_000 < len(fits) <= MIB
        assert (await upload(browser, fits)).status_code == 201
        too_many = {"name": "x" * 70_000, "email": "a@example.org", "seats": []}
        refused = await client.post("/api/v1/stops/essai/registrations", json=too_many)
        problem_in(refused, 413, "too-large")


DECEIVING = [
    "../../etc/passwd.pdf",
    "a/b.pdf",
    "a\\b.pdf",
    "..pdf",
    ".htaccess.pdf",
    "a\r\nSet-Cookie: x=1.pdf",
    "a\tb.pdf",
    "annexe\u202efdp.exe.pdf",
    "a\u2066b.pdf",
    "a\u200fb.pdf",
    'a".pdf',
    "a%2fb.pdf",
    "rulebook",
    "rulebook.exe",
    "rulebook.pdf.exe",
    "rulebook.png",
    "x" * 117 + ".pdf",
    "",
]


async def test_a_name_that_could_deceive_is_refused(client: Client, editor: Browser) -> None:
    for name in DECEIVING:
        answer = await upload(editor, name=name)
        problem_in(answer, 422, "invalid")
        assert [error["pointer"] for error in answer.json()["errors"]] == ["?name"], name
    assert (await holdings(client))[0] == 0


IN_ANY_SCRIPT = [
    "Règlement « AMI » n°2.PDF",
    "规则.pdf",
    "a;b=c,d'e.pdf",
    "e\u0301te\u0301.pdf",
    "a#b&c+d.pdf",
]


async def test_a_name_in_any_script_is_read_again(client: Client, editor: Browser) -> None:
    for name in IN_ANY_SCRIPT:
        document = await uploaded(editor, name=name)
        answer = await client.get(document["url"])
        assert answer.status_code == 200, name
        assert answer.headers["content-disposition"].isascii()
