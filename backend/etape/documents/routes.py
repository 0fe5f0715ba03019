"""Documents over HTTP: editors send and delete them, anybody reads them, whole or in part."""

import re
from contextlib import aclosing
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Request, Response
from starlette.types import Receive, Scope, Send
from typing_extensions import override

from etape.core.access import PUBLIC, allow
from etape.core.bodies import MIB, Body, accept, media_type_of
from etape.core.http import ActorDep, NowDep, Route, SessionDep, settings_of
from etape.core.openapi import refusals
from etape.core.paging import Cursor, Limit, Page, Pager
from etape.core.problems import NotFound, Problem
from etape.core.publishing import StillReferred
from etape.core.storage import Storage
from etape.core.texts import Localized
from etape.documents import rules, service
from etape.documents.schemas import DocumentRead, FileName, MediaType
from etape.documents.service import Kept
from etape.identity.members.rules import EDITOR

router = APIRouter(route_class=Route, tags=["documents"])
files = APIRouter(route_class=Route, tags=["documents"])

FOR_EVER = "public, max-age=31536000, immutable"
# A file of somebody else's, shown from our own address: it runs nothing and fetches nothing.
POLICY = "default-src 'none'; sandbox"
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
_CONTENT: dict[str, Any] = {media_type.value: {} for media_type in MediaType}

DocumentId = Annotated[UUID, Path(description="The identifier of the document.")]


class RangeNotSatisfiable(Problem):
    """The part asked for is not in the file."""

    status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    title = Localized(fr="Partie absente", en="No such part")
    detail = Localized(
        fr="Le fichier n’a pas la partie demandée ; l’en-tête Content-Range dit sa longueur.",
        en="The file does not have the part asked for; the Content-Range header says its length.",
    )


async def _keep(request: Request) -> Kept:
    state, media_type = request.app.state, MediaType(media_type_of(request))
    content = await request.body()
    return await service.keep(
        state.database, state.storage, state.apart, content, media_type, now=state.clock.now()
    )


async def _kept(request: Request) -> Kept:
    kept: Kept = request.state.first
    return kept


UPLOAD = Body(
    media_types=tuple(MediaType),
    at_most=lambda settings: settings.document_max_mib * MIB,
    first=_keep,
)


@router.post(
    "/manage/documents",
    status_code=HTTPStatus.CREATED,
    responses=refusals(
        rules.FileUnreadable, rules.FileProtected, rules.FileActive, rules.ImageTooLarge
    ),
)
@allow(EDITOR)
@accept(UPLOAD)
async def upload_document(
    name: FileName,
    request: Request,
    session: SessionDep,
    now: NowDep,
    actor: ActorDep,
    kept: Annotated[Kept, Depends(_kept)],
) -> DocumentRead:
    """Upload a document (*pièce*): the body is its bytes, `Content-Type` says which.

    A PDF is kept as it is, and refused when it is protected or holds scripts, actions or attached
    files. An image is written anew, upright and without metadata. Whoever has the `url` of the
    answer can read the document at once; a call, a stop or a session shows it once it links there.
    """
    document = await service.name_document(session, kept, name, by=actor.name, now=now)
    return service.spoken(document, settings_of(request).public_url)


@router.get("/manage/documents")
@allow(EDITOR)
async def list_documents(
    request: Request,
    response: Response,
    session: SessionDep,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[DocumentRead]:
    """List the uploaded documents, the newest first."""
    pager = Pager(request, "documents", cursor)
    found = await service.list_documents(session, limit=limit, after=pager.after)
    url = settings_of(request).public_url
    return pager.page(found.map(lambda document: service.spoken(document, url)), response)


@router.delete(
    "/manage/documents/{document_id}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=refusals(NotFound, StillReferred),
)
@allow(EDITOR)
async def delete_document(
    document_id: DocumentId, session: SessionDep, now: NowDep, actor: ActorDep
) -> None:
    """Delete a document to which nothing links any more, neither published nor in a draft."""
    await service.delete_document(session, document_id, by=actor.name, now=now)


@files.get(
    "/documents/{document_id}/{name}",
    response_class=Response,
    responses=refusals(NotFound, RangeNotSatisfiable)
    | {
        200: {"content": _CONTENT, "description": "The file."},
        206: {"content": _CONTENT, "description": "The part of it that `Range` asks for."},
    },
)
@allow(PUBLIC)
async def read_document(
    document_id: DocumentId, name: FileName, request: Request, session: SessionDep
) -> Response:
    """Read a document, whole or one `Range` of it. What is at an address never changes."""
    document = await service.find_document(session, document_id, name)
    etag = f'"{document.digest}"'
    part = _part_asked(request, etag, document.size)
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": FOR_EVER,
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(document.name, safe='')}",
        "Content-Length": str(len(part)),
        "Content-Security-Policy": POLICY,
        "ETag": etag,
    }
    status = HTTPStatus.OK
    if len(part) < document.size:
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{document.size}"
        status = HTTPStatus.PARTIAL_CONTENT
    return StoredFile(
        request.app.state.storage,
        document.digest,
        part,
        status_code=status,
        headers=headers,
        media_type=document.media_type,
    )


def _part_asked(request: Request, etag: str, size: int) -> range:
    """Return the bytes to send (RFC 9110, 14.2): all, unless one range of this very file is asked.

    Raises RangeNotSatisfiable.
    """
    asked = _RANGE.fullmatch(request.headers.get("range", ""))
    if asked is None or request.headers.get("if-range", etag) != etag:
        return range(size)
    first, last = asked.groups()
    if first:
        part = range(int(first), min(int(last) + 1, size) if last else size)
        if last and int(last) < int(first):
            return range(size)  # ill-formed: as if it were not there
    elif last:
        part = range(max(size - int(last), 0), size)
    else:
        return range(size)
    if not part:
        raise RangeNotSatisfiable(headers={"Content-Range": f"bytes */{size}"})
    return part


class StoredFile(Response):
    """An answer that the storage gives a chunk at a time, once the transaction is over."""

    def __init__(self, storage: Storage, key: str, part: range, **options: Any) -> None:
        super().__init__(**options)
        self.storage, self.key, self.part = storage, key, part

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it. As long as nothing is sent, a storage that is away is a refusal."""
        async with aclosing(self.storage.read(self.key, self.part.start, self.part.stop)) as chunks:
            chunk = await anext(chunks)
            start = {"status": self.status_code, "headers": self.raw_headers}
            await send({"type": "http.response.start", **start})
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
            async for chunk in chunks:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
