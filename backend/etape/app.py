"""The composition root: the only file that knows every room."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from itertools import takewhile
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.routing import Match

from etape import __version__
from etape.accountability import routes as accountability
from etape.core import counters, health, openapi, refusals, schema
from etape.core.access import PUBLIC, allow
from etape.core.apart import Apart
from etape.core.bell import bell_of
from etape.core.clock import Clock
from etape.core.database import Database
from etape.core.edge import Edge
from etape.core.examples import Examples
from etape.core.holdings import JOURNAL, Holding
from etape.core.http import Route
from etape.core.jobs import JobContext, Jobs
from etape.core.journal import settle_forever
from etape.core.limits import KEY, NETWORK, Limits
from etape.core.live import LiveIndex
from etape.core.mail import Mailer
from etape.core.openid import Provider
from etape.core.pages import Document, Pages
from etape.core.problems import InternalError, MethodNotAllowed, NotFound, Problem
from etape.core.search import Synonyms
from etape.core.settings import Settings
from etape.core.storage import storage_of
from etape.core.turns import Turns
from etape.core.worker import Worker
from etape.demo import routes as demo
from etape.demo.files import EXAMPLES
from etape.demo.service import refuse_in_production
from etape.directory import routes as directory
from etape.directory import service as glossary
from etape.documents import jobs as document_jobs
from etape.documents import routes as documents
from etape.exchange.imports import routes as imports
from etape.find import routes as find
from etape.funding.awards import routes as awards
from etape.funding.budgets import routes as budgets
from etape.funding.calls import routes as calls
from etape.funding.deadlines import routes as deadlines
from etape.funding.finding import routes as finding
from etape.funding.finding.followers import call_index
from etape.funding.history import routes as history
from etape.funding.ledger import routes as ledger
from etape.funding.programmes import routes as programmes
from etape.funding.questions import routes as questions
from etape.funding.questions.followers import question_index
from etape.funding.sheets import routes as call_sheets
from etape.identity.admission import routes as me
from etape.identity.admission.service import Doorkeeper
from etape.identity.codes import jobs as code_jobs
from etape.identity.codes import routes as codes
from etape.identity.doors import jobs as door_jobs
from etape.identity.doors import routes as doors
from etape.identity.federation import routes as federation
from etape.identity.keys import jobs as key_jobs
from etape.identity.keys import routes as keys
from etape.identity.proofs import jobs as proof_jobs
from etape.identity.proofs import routes as proofs
from etape.identity.sessions import routes as sessions
from etape.identity.team import jobs as team_jobs
from etape.identity.team import routes as team
from etape.pages import routes as seen
from etape.pages.service import teller
from etape.site import routes as site
from etape.site.service import site_in
from etape.sources import routes as sources
from etape.tour.afterwards import jobs as afterwards_jobs
from etape.tour.afterwards import routes as afterwards
from etape.tour.afterwards.service import HOLDING as OPINIONS
from etape.tour.attendance import routes as attendance
from etape.tour.calendars import routes as tour_calendars
from etape.tour.changes import routes as changes
from etape.tour.checkin import routes as checkin
from etape.tour.checkin.service import HOLDING as SCANS
from etape.tour.desk import routes as desk
from etape.tour.groups import jobs as group_jobs
from etape.tour.groups import routes as groups
from etape.tour.groups.service import HOLDING as GROUPS
from etape.tour.joining import routes as joining
from etape.tour.links import jobs as link_jobs
from etape.tour.links import routes as links
from etape.tour.mailbox import jobs as mailbox_jobs
from etape.tour.mailbox import routes as mailbox
from etape.tour.needs import jobs as need_jobs
from etape.tour.needs import routes as needs
from etape.tour.needs.service import HOLDING as NEEDS
from etape.tour.notices import routes as notices
from etape.tour.notices.service import notice_in
from etape.tour.privacy import jobs as privacy_jobs
from etape.tour.privacy import routes as privacy
from etape.tour.privacy.service import LETTERS as LETTERS_SENT
from etape.tour.privacy.service import REGISTRATIONS
from etape.tour.registrations import jobs as registration_jobs
from etape.tour.registrations import routes as registrations
from etape.tour.reminders import jobs as reminder_jobs
from etape.tour.reminders.service import HOLDING as REMINDERS
from etape.tour.sheets import routes as posters
from etape.tour.stops import routes as stops
from etape.tour.stops.followers import stop_index
from etape.tour.transfers import jobs as transfer_jobs
from etape.tour.transfers import routes as transfers
from etape.tour.transfers.service import HOLDING as TRANSFERS

MIN_ZIPPED_BYTES = 1_000
ROOMS: Sequence[APIRouter] = (
    # what is asked most: a router looks through one room after the other, twice
    finding.router,
    find.router,
    stops.router,
    registrations.router,
    accountability.router,
    calls.router,
    calls.asking,
    calls.editing,
    deadlines.router,
    history.router,
    questions.router,
    awards.router,
    awards.editing,
    programmes.router,
    programmes.editing,
    budgets.router,
    ledger.router,
    sources.router,
    sources.editing,
    notices.router,
    site.router,
    changes.router,
    links.router,
    needs.router,
    privacy.router,
    groups.router,
    transfers.router,
    mailbox.router,
    afterwards.router,
    desk.router,
    desk.editing,
    checkin.router,
    attendance.router,
    joining.router,
    directory.router,
    directory.editing,
    documents.router,
    imports.router,
    federation.router,
    federation.journey,
    codes.router,
    proofs.router,
    me.router,
    sessions.router,
    team.router,
    doors.router,
    keys.router,
)
HOLDINGS: Sequence[Holding] = (
    NEEDS, OPINIONS, SCANS, GROUPS, TRANSFERS, REMINDERS, LETTERS_SENT, REGISTRATIONS, JOURNAL,
)  # fmt: skip
"""All that is held about those who register; what is not here is neither told nor erased."""
JOBS: Sequence[Jobs] = (
    counters.sweeping,
    registration_jobs.jobs,
    group_jobs.jobs,
    link_jobs.jobs,
    need_jobs.jobs,
    privacy_jobs.purging(HOLDINGS),
    transfer_jobs.jobs,
    reminder_jobs.jobs,
    mailbox_jobs.jobs,
    afterwards_jobs.jobs,
    document_jobs.jobs,
    code_jobs.jobs,
    proof_jobs.jobs,
    team_jobs.jobs,
    door_jobs.jobs,
    key_jobs.jobs,
)
CAMERA = {"Permissions-Policy": "camera=(self), geolocation=(), microphone=()"}
DOOR, JOIN = Document("pointage.html", headers=CAMERA), Document("pointage.html")
APART: Mapping[str, Document] = {
    "pointage": DOOR,
    "en/pointage": DOOR,
    "rejoindre": JOIN,
    "en/rejoindre": JOIN,
}
LETTERS = ("etape.identity", "etape.tour")
METHODS = ["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"]
REST = "/api/{path:path}"
TAGS: list[dict[str, Any]] = [
    {"name": "calls", "description": "Funding calls (*appels*) and their waves."},
    {"name": "money", "description": "Programmes, their budgets, and the sources of every figure."},
    {"name": "tour", "description": "Tours, stops (*étapes*) and sessions (*séances*)."},
    {"name": "registration", "description": "Coming to a stop (*s’inscrire*)."},
    {
        "name": "check-in",
        "description": "The day of a stop: tickets, scans, who came (*pointage*).",
    },
    {"name": "directory", "description": "Regions, themes and the glossary."},
    {"name": "keys", "description": "API keys (*clés d’API*): asking for one, and its life."},
    {"name": "documents", "description": "Uploaded files (*pièces*) that calls and stops link to."},
    {"name": "pages", "description": "What robots and previews read of the pages."},
    {"name": "search", "description": "One box over everything."},
    {"name": "sign-in", "description": "Signing in (*connexion*), second factors, your browsers."},
    {
        "name": "team",
        "description": "The team (*équipe*), its doors, and the journal of what it does.",
    },
    {"name": "contract", "description": "This document."},
    {"name": "demo", "description": "The inbox of the demonstration; not there in production."},
]
SERVER: dict[str, Any] = {
    "url": "/",
    "description": "The server that this document comes from: in production, or a local one.",
    "x-internal": False,
}
DESCRIPTION = f"""
Everything that Étape publishes, and registration for the stops of a tour. Public reads need no key.

Amounts are integer euro cents. Instants are RFC 3339 with an offset, beside the IANA zone of the
place. A null says that nothing is stated. What was invented to show the service is marked
`fictitious`. Every refusal is a problem (RFC 9457), in French unless `Accept-Language` prefers
English. Examples are what the demonstration answers, each list cut to its first item.

Every answer tells what is left of its caller’s quota (`RateLimit-Policy`, `RateLimit`). A network
(IPv4 /24, IPv6 /64) may ask {NETWORK.amount:,} times a minute, an API key {KEY.amount:,} times,
wherever it is used; acts that write to somebody have limits of their own, told with each. Past a
quota the answer is 429, with `Retry-After`.
"""


def create_app(
    settings: Settings,
    *,
    clock: Clock | None = None,
    pages: Path | None = None,
    with_worker: bool = False,
) -> FastAPI:
    """Return the application.

    Args:
        settings: What the process is told.
        clock: The time it goes by; the system's by default.
        pages: The folder of the built pages, served beside the API.
        with_worker: Run a worker and the journal's settler inside.

    Raises:
        NoticeUnreadable: The privacy notice that the settings name cannot be read.
        SiteUnreadable: What the settings say of the site cannot be read.
    """
    notice_in(settings)
    site_in(settings)
    app = FastAPI(
        title="Étape",
        summary="Public funding calls, and the tour that takes them round the country",
        description=DESCRIPTION,
        version=__version__,
        contact={"name": "Étape", "url": f"{settings.public_url}developpeurs"},
        servers=[SERVER],
        license_info={"name": "MIT", "identifier": "MIT"},
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        openapi_tags=TAGS,
        generate_unique_id_function=lambda route: route.name,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.examples = Examples.read(EXAMPLES)
    app.state.clock = clock or Clock()
    app.state.database = Database.from_settings(settings)
    app.state.turns = Turns(at_once=settings.writes_at_once, waiting=settings.writes_waiting)
    app.state.apart = Apart()
    app.state.storage = storage_of(settings, app.state.database)
    app.state.doorkeeper = Doorkeeper(app.state.clock)
    app.state.provider = provider_in(settings)
    app.state.limits = Limits(settings, app.state.database)
    app.state.holdings = HOLDINGS
    app.state.calls = call_index()
    app.state.questions = question_index()
    app.state.stops = stop_index()
    app.state.with_worker = with_worker
    app.state.leaving = asyncio.Event()
    for room in ROOMS:
        app.include_router(room, prefix="/api/v1")
    if not settings.is_production:
        app.include_router(demo.router, prefix="/api/v1")
    app.include_router(documents.files)
    app.include_router(deadlines.calendars)
    app.include_router(tour_calendars.router)
    app.include_router(call_sheets.router)
    app.include_router(posters.router)
    app.include_router(history.feeds)
    app.include_router(awards.tables)
    app.include_router(site.brand)
    app.include_router(seen.router)
    app.include_router(seen.cards)
    app.include_router(contract)
    app.include_router(health.router)
    app.add_api_route(REST, read_nothing, methods=METHODS, include_in_schema=False)
    if pages is not None:
        app.mount("/", Pages(pages, apart=APART, tell=teller(settings)), name="pages")
    for kind in (HTTPException, Problem, Exception):
        app.add_exception_handler(kind, _refuse)
    app.add_middleware(
        GZipMiddleware,
        minimum_size=MIN_ZIPPED_BYTES,
        compresslevel=6,
        exclude_content_types=(*DEFAULT_EXCLUDED_CONTENT_TYPES, "application/pdf"),
    )
    app.add_middleware(Edge, is_secure=settings.public_url.scheme == "https")
    return app


contract = APIRouter(route_class=Route, tags=["contract"])


@contract.get("/api/v1/openapi.json")
@allow(PUBLIC)
async def read_contract(request: Request, response: Response) -> dict[str, Any]:
    """Read the OpenAPI document: clients are made from it, and `/developpeurs` draws it."""
    response.headers["Cache-Control"] = "public, max-age=300"
    return await asyncio.to_thread(openapi.document, request.app)


async def read_nothing(request: Request) -> None:
    """Refuse what the API does not know, where the pages would answer."""
    raise MethodNotAllowed if _methods_at(request) else NotFound


async def _refuse(request: Request, error: Exception) -> Response:
    problem = refusals.as_problem(error) or InternalError()
    if isinstance(problem, MethodNotAllowed):
        problem.headers["Allow"] = ", ".join(_methods_at(request) or ["GET", "HEAD"])
    return refusals.answer(request, problem)


def _methods_at(request: Request) -> list[str]:
    """Return what the API's routes of this path answer to, together: the router asks only one."""
    rooms = list(takewhile(lambda route: getattr(route, "path", "") != REST, request.app.routes))

    def is_answered(method: str) -> bool:
        scope = {**request.scope, "method": method}
        return any(route.matches(scope)[0] is Match.FULL for route in rooms)

    methods = [method for method in METHODS if is_answered(method)]
    return [*methods, "HEAD"] if "GET" in methods else methods


def provider_in(settings: Settings) -> Provider | None:
    """Return the identity provider that the settings name, if any."""
    if settings.oidc_issuer is None:
        return None
    ours = str(settings.public_url).rstrip("/")
    return Provider(settings, callback=ours + federation.CALLBACK)


def worker_of(
    settings: Settings, database: Database, clock: Clock, *, leaving: asyncio.Event
) -> Worker:
    """Return a worker for the jobs of every room, that stops when we leave."""
    mailer = Mailer(settings, database, clock, packages=LETTERS)
    context = JobContext(
        settings=settings,
        database=database,
        clock=clock,
        mailer=mailer,
        storage=storage_of(settings, database),
    )
    return Worker(context=context, jobs=JOBS, stopping=leaving)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open what requests need, keep it true while they come, and close it after the last."""
    state, database = app.state, app.state.database
    tasks: list[asyncio.Future[None]] = []
    try:
        chores = await _prepare(app)
        tasks += [asyncio.ensure_future(chore) for chore in chores]
        yield
    finally:
        state.leaving.set()
        for task in reversed(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await state.limits.close()
        await database.close()


async def _prepare(app: FastAPI) -> list[Coroutine[None, None, None]]:
    """Build the indexes, and return what runs beside requests.

    Raises StaleSchema, and DemoInProduction.
    """
    state = app.state
    database, clock = state.database, state.clock
    async with database.engine.connect() as connection:
        await schema.refuse_stale(connection)
    async with database.unit_of_work() as session:
        if state.settings.is_production:
            await refuse_in_production(session)
        synonyms = Synonyms(await glossary.synonym_groups(session))
    indexes: Sequence[LiveIndex] = (state.calls, state.questions, state.stops)
    for index in indexes:
        await index.build(database, synonyms, now=clock.now())
        index.witness(database, clock)
    chores: list[Coroutine[None, None, None]] = [bell_of(database.engine.sync_engine).run()]
    chores += [index.run(database, clock) for index in indexes]
    if state.with_worker:
        chores.append(settle_forever(database))
        worker = worker_of(state.settings, database, clock, leaving=state.leaving)
        chores.append(worker.run())
    return chores
