"""The commands of Étape. `serve` alone is a whole demonstration: its database runs inside."""

import asyncio
import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, nullcontext
from errno import EADDRINUSE
from functools import partial
from pathlib import Path
from typing import Annotated, Any, NoReturn

import asyncpg  # type: ignore[import-untyped] # it ships no types
import typer
from fastapi import FastAPI
from pydantic import AnyHttpUrl, ValidationError
from rich import progress
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from etape.app import HOLDINGS, create_app, worker_of
from etape.core import journal, logs, openapi, schema
from etape.core.bell import bell_of
from etape.core.clock import Clock
from etape.core.database import Database
from etape.core.postgres import PostgresServer, PostgresUnavailable
from etape.core.sealing import SealBroken
from etape.core.server import Server, listen, serve_reloading
from etape.core.settings import Settings
from etape.core.texts import Language
from etape.demo.service import DemoInProduction, DemoRefused, load_demo
from etape.exchange.exports.service import CircularReference, export_lines
from etape.exchange.formats.lines import FileRefused
from etape.exchange.imports import rules as import_rules
from etape.exchange.imports.schemas import FormatName, ImportReport
from etape.exchange.imports.service import ImportUnderway, import_file
from etape.identity.members.rules import AlreadyMember
from etape.identity.members.schemas import Role
from etape.identity.team import rules as team_rules
from etape.identity.team import service as team
from etape.identity.team.schemas import InvitationRequest
from etape.site.service import SiteUnreadable, site_in
from etape.tour.needs import service as needs
from etape.tour.notices.service import NoticeUnreadable, notice_in
from etape.tour.privacy import service as privacy
from etape.tour.privacy.schemas import Due

PAGES = Path(__file__).parents[2] / "frontend" / "dist"

UNREADY = (
    PostgresUnavailable,
    schema.StaleSchema,
    DemoInProduction,
    NoticeUnreadable,
    SiteUnreadable,
)
"""What prevents a start, and is told without a trace."""

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
console = Console(stderr=True)


@app.callback()
def prepare() -> None:
    """Étape, the open platform for public funding programmes on the road."""
    logs.log_as_json()


def _refuse(sentence: str, *, code: int = 1) -> NoReturn:
    """End the command, telling why without a stack trace."""
    console.print(f"[red]{escape(sentence)}[/red]", soft_wrap=True)
    raise typer.Exit(code)


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        lines = [
            ": ".join([*(f"ETAPE_{field}".upper() for field in detail["loc"]), detail["msg"]])
            for detail in error.errors()
        ]
        _refuse("\n".join(lines).replace("Value error, ", ""), code=2)


@contextmanager
def _opened() -> Iterator[Settings]:
    """Give the settings with a database that answers: the one they name, or one of our own."""
    settings = _settings()
    with _in_order():
        if settings.database_url is None:
            folder = settings.data_directory / "postgres"
            with PostgresServer(folder, binaries=settings.postgres_bin) as server:
                server.create_database("etape")
                yield settings.model_copy(update={"database_url": server.url("etape")})
        else:
            _run(settings, _reach)
            yield settings


@contextmanager
def _in_order() -> Iterator[None]:
    """Let a signal unwind the command, so that its database stops; tell what prevents it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:  # a closed terminal; not under nohup
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    try:
        yield
    except UNREADY as error:
        _refuse(str(error))


async def _reach(database: Database) -> None:
    try:
        await database.ping()
    except (OSError, asyncpg.PostgresError, SQLAlchemyError) as error:
        _refuse(f"The database that ETAPE_DATABASE_URL names does not answer: {error}")


def _run(settings: Settings, work: Callable[[Database], Coroutine[Any, Any, Any]]) -> Any:
    async def with_database() -> Any:
        database = Database.from_settings(settings)
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(with_database())


async def _fill(database: Database) -> bool:
    secret = Settings().secret
    try:
        async with database.unit_of_work() as session:
            return await load_demo(session, secret=secret, now=Clock().now())
    except DemoRefused as refusal:
        _refuse(refusal.detail.fr)


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", envvar="ETAPE_PORT")] = 8000,
    *,
    worker: Annotated[bool, typer.Option(help="Run a worker inside.")] = True,
    reload: Annotated[bool, typer.Option(help="Start again when the code changes.")] = False,
) -> None:
    """Serve the API and the pages; outside production, migrate and fill the demo first."""
    try:
        door = listen(host, port)
    except OSError as error:
        why = "something else listens there" if error.errno == EADDRINUSE else error.strerror
        _refuse(f"Cannot listen on {host}, port {port}: {why}. Set ETAPE_PORT to choose another.")
    with door, _opened() as settings:
        if not settings.is_production:
            schema.upgrade(str(settings.database_url))
            _run(settings, _fill)
        told = _told_the_port(settings, port)
        if reload:
            os.environ["ETAPE_DATABASE_URL"] = str(told.database_url)
            os.environ["ETAPE_PUBLIC_URL"] = str(told.public_url)
            _run(told, partial(_tell_first_link, told))
            serve_reloading("etape.cli:reloaded", door, watched=Path(__file__).parent)
        else:
            app = create_app(told, pages=_pages(), with_worker=worker)

            async def tell() -> None:
                _tell_where_to_look(told)
                await _tell_first_link(told, app.state.database)

            Server(app, when_ready=tell).run([door])


def _told_the_port(settings: Settings, port: int) -> Settings:
    """Have mailed links lead to the port that we took, unless another address is set."""
    if "public_url" in settings.model_fields_set:
        return settings
    return settings.model_copy(update={"public_url": AnyHttpUrl(f"http://localhost:{port}")})


def reloaded() -> FastAPI:
    """Return the application of a process that starts again when the code changes."""
    logs.log_as_json()
    return create_app(Settings(), pages=_pages(), with_worker=True)


def _pages() -> Path | None:
    return PAGES if PAGES.is_dir() else None


def _tell_where_to_look(settings: Settings) -> None:
    url = str(settings.public_url).rstrip("/")
    if settings.is_production:
        return
    console.print(
        Panel.fit(
            f"Les appels, le tour, les inscriptions\n  [bold]{url}[/bold]\n"
            f"Les courriels que la démonstration envoie\n  {url}/demo/courrier\n"
            f"Le contrat de l’API\n  {url}/api/v1/openapi.json\n\n"
            "Ctrl-C pour arrêter.",
            title="Étape",
        )
    )


async def _tell_first_link(settings: Settings, database: Database) -> None:
    """Tell how the first of the team gets in, once: there is no default account."""
    async with database.unit_of_work() as session:
        token = await team.first_link(session, secret=settings.secret, now=Clock().now())
    if token is not None:
        _tell_link(
            token,
            settings,
            "Personne n’est encore dans l’équipe. Ce lien, montré cette seule fois, y fait entrer "
            "la première personne coordinatrice pendant 24 heures :",
        )


def _tell_link(token: str, settings: Settings, sentence: str) -> None:
    link = team_rules.link_to(token, public_url=settings.public_url)
    console.print(f"{sentence}\n  [bold]{link}[/bold]", soft_wrap=True)


@app.command()
def invite(
    role: Annotated[Role, typer.Argument(help="What they will do.")],
    address: Annotated[str, typer.Argument(help="Their e-mail address.")],
    name: Annotated[str, typer.Argument(help="Their name, in quotes.")],
    *,
    stop: Annotated[str | None, typer.Option(help="The stop, for who is for one.")] = None,
    language: Annotated[Language, typer.Option(help="The language of their mails.")] = Language.FR,
) -> None:
    """Let somebody into the team: tell here the one-time link that they open within seven days."""
    with _opened() as settings:
        try:
            roles = [{"role": role, "stop": stop}]
            told = {"name": name, "email": address, "roles": roles, "language": language}
            wanted = InvitationRequest.model_validate(told)
        except ValidationError as error:
            names = {"email": "the address", "name": "the name", "roles": "the role, or its --stop"}
            wrong = {names[str(detail["loc"][0])] for detail in error.errors()}
            _refuse(f"Nobody is invited: check {', '.join(sorted(wrong))}.")

        async def make(database: Database) -> str:
            async with database.engine.connect() as connection:
                await schema.refuse_stale(connection)
            try:
                async with database.unit_of_work() as session:
                    _, token = await team.invite(
                        session,
                        wanted,
                        by=team.CONSOLE,
                        secret=settings.secret,
                        now=Clock().now(),
                        is_mailed=False,
                    )
            except AlreadyMember as refusal:
                _refuse(refusal.detail.in_language(Language.EN))
            return token

        _tell_link(_run(settings, make), settings, f"Le lien de {escape(name)}, pour sept jours :")


@app.command()
def worker() -> None:
    """Run the jobs of every room, and settle the journal, until stopped."""
    with _opened() as settings:

        async def work(database: Database) -> None:
            leaving = asyncio.Event()
            loop = asyncio.get_running_loop()
            for wanted in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(wanted, leaving.set)
            async with database.engine.connect() as connection:
                await schema.refuse_stale(connection)
            chores = [
                asyncio.ensure_future(journal.settle_forever(database)),
                asyncio.ensure_future(bell_of(database.engine.sync_engine).run()),
            ]
            await worker_of(settings, database, Clock(), leaving=leaving).run()
            for chore in chores:
                chore.cancel()
            await asyncio.gather(*chores, return_exceptions=True)

        _run(settings, work)


journal_app = typer.Typer(no_args_is_help=True, help="The journal of what was done.")
app.add_typer(journal_app, name="journal")


@journal_app.command("verify")
def verify_journal() -> None:
    """Check that no entry was altered, deleted, inserted or moved since it was written."""
    with _opened() as settings:
        broken = _run(settings, journal.verify)
        if broken is not None:
            _refuse(f"The journal was altered at position {broken}.")
        console.print("The journal is whole.")


@app.command()
def migrate() -> None:
    """Bring the database's schema to this release."""
    with _opened() as settings:
        schema.upgrade(str(settings.database_url))


@app.command()
def demo() -> None:
    """Fill an empty database with the demonstration."""
    with _opened() as settings:
        if settings.is_production:
            _refuse("The demonstration is fictitious: it has no place in production.")
        schema.upgrade(str(settings.database_url))
        is_new = _run(settings, _fill)
        console.print("Démonstration installée." if is_new else "Démonstration déjà installée.")


@app.command("import")
def import_(
    name: Annotated[FormatName, typer.Argument(metavar="FORMAT", help="What the file is.")],
    path: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False)],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would change; write nothing.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Import nothing when any line is refused.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option(help="Where to write every remark, as CSV.")
    ] = None,
) -> None:
    """Import a file in one transaction: each line that is refused says why, the others go in.

    Ends with 0 when every line is in, 3 when some were refused, 1 when nothing was imported.
    """

    async def work(database: Database) -> ImportReport:
        async with database.engine.connect() as connection:
            await schema.refuse_stale(connection)
        with progress.open(
            path, "rb", description="Import", console=console, disable=not console.is_terminal
        ) as file:
            async with database.unit_of_work() as session:
                return await import_file(
                    session,
                    name,
                    file,
                    by=team.CONSOLE,
                    now=Clock().now(),
                    dry_run=dry_run,
                    strict=strict,
                )

    with _opened() as settings:
        try:
            done: ImportReport = _run(settings, work)
        except (FileRefused, ImportUnderway) as refusal:
            _refuse(f"{refusal.detail.fr}\nRien n’a été importé.")
        except DBAPIError as error:
            _refuse(f"La base de données n’a pas suivi : {error.orig}\nRien n’a été importé.")
    if report is not None:
        report.write_text(import_rules.as_csv(done.remarks), encoding="utf-8-sig")
    console.print(escape(import_rules.in_words(done)), soft_wrap=True)
    if done.refused:
        raise typer.Exit(1 if strict else 3)


@app.command()
def export(
    path: Annotated[Path | None, typer.Argument(help="The file; standard output if none.")] = None,
) -> None:
    """Write all that is published, in the format `etape`: another installation imports it."""

    async def work(database: Database) -> None:
        async with database.engine.connect() as connection:
            await schema.refuse_stale(connection)
        with path.open("w", encoding="utf-8") if path else nullcontext(sys.stdout) as file:
            async with database.snapshot() as session:
                async for line in export_lines(session):
                    file.write(line)

    with _opened() as settings:
        try:
            _run(settings, work)
        except CircularReference as error:
            _refuse(f"Nothing can be exported: {error}.")


@app.command()
def purge(
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would be erased; erase nothing.")
    ] = False,
) -> None:
    """Erase what is held about people longer than it may be, as a job does every night."""

    async def work(database: Database) -> list[Due]:
        async with database.engine.connect() as connection:
            await schema.refuse_stale(connection)
        if not dry_run:
            return await privacy.purge(database, HOLDINGS, now=Clock().now())
        async with database.snapshot() as session:
            return await privacy.list_due(session, HOLDINGS, now=Clock().now())

    with _opened() as settings:
        for due in (found := _run(settings, work)):
            console.print(
                f"{due.stop}, ended on {due.ended_on}, {due.holding} kept {due.kept_days} days: "
                f"{due.count} {'to erase' if dry_run else 'erased'}.",
                soft_wrap=True,
            )
        if not found:
            console.print("Nothing is held longer than it may be.")


@app.command()
def reseal() -> None:
    """Encrypt anew, with ETAPE_SECRET, the needs that ETAPE_FORMER_SECRET still opens."""
    with _opened() as settings:

        async def work(database: Database) -> int:
            async with database.engine.connect() as connection:
                await schema.refuse_stale(connection)
            return await needs.reseal(database, keys=settings.sealing_keys)

        try:
            console.print(f"{_run(settings, work)} sealed anew; no need is under another secret.")
        except SealBroken:
            _refuse("Some needs are under a secret that is neither of the two: name it.")


@app.command("openapi")
def write_openapi(
    path: Annotated[Path | None, typer.Argument(help="The file; standard output if none.")] = None,
) -> None:
    """Write the OpenAPI document, which clients are generated from."""
    settings = Settings(database_url="postgresql://nobody@localhost/nothing")
    text = json.dumps(openapi.document(create_app(settings)), ensure_ascii=False, indent=1) + "\n"
    if path is None:
        sys.stdout.write(text)
    else:
        path.write_text(text, encoding="utf-8")


@app.command()
def doctor(
    *,
    scratch: Annotated[
        bool, typer.Option(help="Look at a new database, made by the migrations alone.")
    ] = False,
) -> None:
    """Check that the database answers, its schema is ours, its journal and the notices whole."""
    with _scratch() if scratch else _opened() as settings:
        url = str(settings.database_url)
        schema.check(url)
        broken = _run(settings, journal.verify)
        if broken is not None:
            _refuse(f"The journal was altered at position {broken}.")
        if missing := notice_in(settings).missing:
            console.print(
                "Nobody can register: the privacy notice that ETAPE_PRIVACY_NOTICE names lacks "
                f"{', '.join(missing)}.",
                soft_wrap=True,
            )
        if missing := site_in(settings).missing:
            console.print(
                f"The legal notice lacks {', '.join(missing)}: ETAPE_SITE names who answers for "
                "the site.",
                soft_wrap=True,
            )
        console.print("Database, schema and journal are sound.")


@contextmanager
def _scratch() -> Iterator[Settings]:
    with tempfile.TemporaryDirectory(prefix="etape-") as folder:
        Path(folder).chmod(0o711)  # the account that root runs the server as walks through
        with _in_order(), PostgresServer(Path(folder) / "postgres") as server:
            server.create_database("etape")
            schema.upgrade(server.url("etape"))
            yield Settings(database_url=server.url("etape"))
