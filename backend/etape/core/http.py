"""The route class of every room: one request, one transaction, committed before the answer leaves.

With an `Idempotency-Key` the handler runs in a savepoint: a refusal undoes its work, and the
refusal itself is kept beside the key in the outer transaction (docs/decisions/0003). What waits for
more than the database is a `RemoteRoute`: nothing of ours is open meanwhile.
"""

import hashlib
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Any, ClassVar

from fastapi import Depends, Request
from fastapi.dependencies.utils import get_flat_params
from fastapi.responses import Response
from fastapi.routing import APIRoute
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import ClientDisconnect
from typing_extensions import override

from etape.core import attempts, idempotency, refusals
from etape.core.access import (
    ANONYMOUS,
    ASK_COOKIE,
    SESSION_COOKIE,
    Actor,
    Credentials,
    CrossSite,
    Doorkeeper,
    Policy,
    policy_of,
)
from etape.core.bodies import body_of
from etape.core.clock import Clock
from etape.core.database import Database
from etape.core.limits import Limits, Tally, limit_of
from etape.core.problems import MEDIA_TYPE, Invalid, Problem
from etape.core.settings import Settings
from etape.core.texts import Language, Localized, Spoken, preferred_language
from etape.core.turns import Turns

_UNKNOWN = Localized(fr="Ce paramètre n’existe pas.", en="This parameter does not exist.")
_SAFE = {"GET", "HEAD", "OPTIONS"}
_PUBLIC_FOR = timedelta(seconds=60)
_BROWSER_LENGTH = 200
_CLIENT_GONE = 499  # only for the log, where it is what proxies write: nobody receives it

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class Route(APIRoute):
    """A route whose handler works in the request's own transaction, for who its policy lets in."""

    ignores_unknown: ClassVar[bool] = False
    """Whether parameters that it does not read are let be, as where another server adds its own."""
    keeps_answers: ClassVar[bool] = True
    """Whether the answer of an unsafe method is kept beside its `Idempotency-Key`."""

    @override
    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        self.policy = policy_of(endpoint)
        self.limit = limit_of(endpoint)
        self.body = body_of(endpoint)
        super().__init__(path, endpoint, **options)

    @override
    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()
        parameters = {field.alias for field in get_flat_params(self.dependant)}
        parameters -= set(self.param_convertors)

        async def serve(request: Request) -> Response:
            tally = Tally()
            response = await answered(request, tally)
            response.headers.update(tally.headers)
            await self._keep_attempt(request)
            return response

        async def answered(request: Request, tally: Tally) -> Response:
            limits: Limits = request.app.state.limits
            try:
                network = _network_of(request, limits)
                await limits.count_request(tally, network, credentials_of(request))
                request = Request(request.scope, self.body.bounded(request, settings_of(request)))
                _refuse_cross_site(request)
                if not self.ignores_unknown:
                    _refuse_unknown(request, parameters)
                if self.limit is not None:
                    await limits.count_act(tally, self.limit, network, await request.body())
                response = await self.work(request, handle)
            except ClientDisconnect:
                return Response(status_code=_CLIENT_GONE)
            except Exception as error:
                problem = refusals.as_problem(error)
                if problem is None:
                    raise
                return self.refuse(request, problem)
            return _cacheable(request, response)

        return serve

    async def work(self, request: Request, handle: Handler) -> Response:
        """Admit who asks and run the handler, in one transaction, once for an `Idempotency-Key`.

        Where the body asks for something to be done first, that is outside of it (T8), and only
        for who is let in.
        """
        if self.body.first is not None:
            await _admit_alone(request, self.policy)
        if request.method not in _SAFE:
            self.body.refuse_other(request)
        if self.body.first is not None:
            request.state.first = await self.body.first(request)
        if request.method in _SAFE or not self.keeps_answers:
            return await _run(request, handle, self.policy)
        key = idempotency.key_of(request)
        turns: Turns = request.app.state.turns
        await request.body()  # at the pace of who sends it, and at nobody's cost
        async with turns.taken():
            if key is None:
                return await _run(request, handle, self.policy)
            return await _run_once(request, handle, self.policy, key)

    def refuse(self, request: Request, problem: Problem) -> Response:
        """Return the answer that tells why nothing was done."""
        return refusals.answer(request, problem)

    async def _keep_attempt(self, request: Request) -> None:
        problem: Problem | None = getattr(request.state, "refused", None)
        shown = credentials_of(request)
        if problem is not None and attempts.is_attempt(problem, self.policy, shown):
            operation = f"{request.method} {self.path_format}"
            own = request.path_params.get(self.policy.own or "")
            network = _network_of(request, request.app.state.limits)
            await attempts.keep(request, problem, operation=operation, own=own, network=network)


class QuestionRoute(Route):
    """A route whose body is a question: it changes nothing, and nothing of it is kept."""

    keeps_answers = False


class RemoteRoute(Route):
    """A route whose handler waits for more than the database: another server, what sets a page.

    It holds no transaction while it waits (T8): who asks is admitted in one that ends there, and
    the handler opens its own, short, on `DatabaseDep`. Safe methods only: no single transaction
    could keep its answer beside a key.
    """

    @override
    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().__init__(path, endpoint, **options)
        if not _SAFE.issuperset(self.methods or ()):
            raise TypeError(f"{self.name} asks another server: write a job, and defer it")

    @override
    async def work(self, request: Request, handle: Handler) -> Response:
        await _admit_alone(request, self.policy)
        return await handle(request)


async def _admit(request: Request, session: AsyncSession, policy: Policy) -> Actor:
    """Return who asks. Raises what the policy refuses them with."""
    shown = credentials_of(request)
    doorkeeper: Doorkeeper = request.app.state.doorkeeper
    actor = ANONYMOUS
    if policy.scope if shown.key else policy.level:
        actor = await doorkeeper.recognise(session, shown)
        limits: Limits = request.app.state.limits
        limits.recognised(shown, actor)
    request.state.actor = actor
    policy.refuse_other(actor, request.path_params.get(policy.own) if policy.own else None)
    return actor


async def _admit_alone(request: Request, policy: Policy) -> None:
    """Admit who asks, in a transaction that ends there."""

    async def admit(session: AsyncSession) -> None:
        await _admit(request, session, policy)

    await (await database_of(request)).run(admit)


def credentials_of(request: Request) -> Credentials:
    """Return what a request shows of who asks; a key goes before a browser's session."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and key.strip():
        return Credentials(key=key.strip())
    return Credentials(session=request.cookies.get(SESSION_COOKIE))


def _network_of(request: Request, limits: Limits) -> str:
    peer = request.client.host if request.client else ""
    return limits.network_of(peer, request.headers.getlist("x-forwarded-for"))


def _refuse_cross_site(request: Request) -> None:
    """Refuse what another site had a signed-in browser send (Fetch Metadata, else Origin)."""
    if request.method in _SAFE or not {SESSION_COOKIE, ASK_COOKIE} & set(request.cookies):
        return
    site = request.headers.get("sec-fetch-site")
    if site is None:
        ours = str(settings_of(request).public_url).rstrip("/")
        is_ours = request.headers.get("origin") == ours
    else:
        is_ours = site == "same-origin"
    if not is_ours:
        raise CrossSite


async def _take_turn(request: Request, session: AsyncSession) -> None:
    """Wait for a connection. A storm leaves requests that nobody waits for any more: they end here.

    Raises ClientDisconnect. The body is read already: asking for news would swallow it.
    """
    await session.run_sync(lambda waiting: waiting.connection())
    if await request.is_disconnected():
        raise ClientDisconnect


async def _run(request: Request, handle: Handler, policy: Policy) -> Response:
    await request.body()

    async def work(session: AsyncSession) -> Response:
        if request.method not in _SAFE:  # a search asks nothing of the database, even away
            await _take_turn(request, session)
        request.state.session = session
        await _admit(request, session, policy)
        return await _handled(request, handle)

    database: Database = request.app.state.database
    return await database.run(work)


async def _run_once(request: Request, handle: Handler, policy: Policy, key: str) -> Response:
    body = await request.body()

    async def work(session: AsyncSession) -> Response:
        await _take_turn(request, session)
        actor = await _admit(request, session, policy)
        secret = settings_of(request).secret
        attempt = idempotency.Attempt(key, request, body, secret=secret, by=actor.name)
        replayed = await attempt.recall(session)
        if replayed is not None:
            return replayed
        request.state.session = session
        try:
            async with session.begin_nested():
                response = await _handled(request, handle)
        except Exception as error:
            problem = refusals.as_problem(error)
            if problem is None or problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise
            response = refusals.answer(request, problem)
        instead = getattr(request.state, "kept", None)
        await attempt.keep(session, response, instead=instead, now=await now_of(request))
        return response

    database: Database = request.app.state.database
    return await database.run(work)


async def _handled(request: Request, handle: Handler) -> Response:
    """Return the handler's answer, a refusal too where what led to it is to be kept."""
    try:
        return await handle(request)
    except Problem as problem:
        if not problem.keeps_work:
            raise
        return refusals.answer(request, problem)


def _refuse_unknown(request: Request, parameters: set[str]) -> None:
    """Refuse a parameter that the route would not read: somebody means something by it."""
    unknown = [name for name in request.query_params if name not in parameters]
    if unknown:
        raise Invalid(errors=[(f"?{name}", _UNKNOWN) for name in unknown])


def _cacheable(request: Request, response: Response) -> Response:
    """Seal a public answer, by its body if it is not already; answer 304 to who holds it."""
    if response.media_type != MEDIA_TYPE and request.method in _SAFE:
        if not response.headers.get("cache-control", "").startswith("public"):
            response.headers["Cache-Control"] = "no-store"
            return response
        if "etag" not in response.headers:
            digest = hashlib.sha256(bytes(response.body)).hexdigest()[:32]
            response.headers["ETag"] = f'W/"{digest}"'
        wanted = request.headers.get("if-none-match", "").split(",")
        held = {tag.strip().removeprefix("W/") for tag in wanted}  # RFC 9110, 13.1.2: weakly
        if held & {response.headers["etag"].removeprefix("W/"), "*"}:
            kept = {
                name: response.headers[name]
                for name in ("cache-control", "etag", "vary", "link")
                if name in response.headers
            }
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=kept)
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def put_in_browser(response: Response, name: str, token: str, *, lifetime: timedelta) -> None:
    """Have the browser keep a token that only it sends back, only to us, and no script reads."""
    response.set_cookie(
        name,
        token,
        max_age=int(lifetime.total_seconds()),
        path="/",
        secure=True,
        httponly=True,
        samesite="lax",
    )


def take_from_browser(response: Response, name: str) -> None:
    """Have the browser forget a token."""
    response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="lax")


def browser_of(request: Request) -> str:
    """Return what a browser says that it is, for people to recognise theirs."""
    told = request.headers.get("user-agent", "")
    return "".join(character for character in told if character.isprintable())[:_BROWSER_LENGTH]


def keep_instead(request: Request, shape: Spoken) -> None:
    """Have a retry with the same Idempotency-Key told this: the answer shows a secret, once."""
    request.state.kept = shape.model_dump_json().encode()


def keep_for_all(response: Response, *, now: datetime, until: datetime | None = None) -> None:
    """Let caches keep a public answer for a minute, never past `until`, when it will change."""
    lifetime = _PUBLIC_FOR if until is None else min(_PUBLIC_FOR, max(until - now, timedelta()))
    response.headers["Cache-Control"] = f"public, max-age={int(lifetime.total_seconds())}"


# FastAPI sends a dependency that is no coroutine to a thread and back: 0.1 ms for nothing.


async def session_of(request: Request) -> AsyncSession:
    """Return the session of the request's transaction."""
    session: AsyncSession = request.state.session
    return session


async def database_of(request: Request) -> Database:
    """Return the database, for a handler that opens its own units of work."""
    database: Database = request.app.state.database
    return database


def settings_of(request: Request) -> Settings:
    """Return the settings of this process."""
    settings: Settings = request.app.state.settings
    return settings


async def now_of(request: Request) -> datetime:
    """Return the instant at which this request is served."""
    clock: Clock = request.app.state.clock
    return clock.now()


async def language_of(request: Request) -> Language:
    """Return the language that the reader prefers."""
    return preferred_language(request.headers.get("accept-language"))


async def actor_of(request: Request) -> Actor:
    """Return who asks, as the route's policy let them in."""
    actor: Actor = request.state.actor
    return actor


SessionDep = Annotated[AsyncSession, Depends(session_of)]
DatabaseDep = Annotated[Database, Depends(database_of)]
NowDep = Annotated[datetime, Depends(now_of)]
LanguageDep = Annotated[Language, Depends(language_of)]
ActorDep = Annotated[Actor, Depends(actor_of)]
