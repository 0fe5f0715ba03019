"""The commands of Étape. `serve` alone is a whole demonstration: its database runs inside."""

import asyncio
import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
import uvicorn
from alembic.util import CommandError
from fastapi import FastAPI
from pydantic import ValidationError
from rich.console import Console
from rich.panel import Panel

from etape.app import create_app, worker_of
from etape.core import journal, logs, openapi, schema
from etape.core.bell import bell_of
from etape.core.clock import Clock
from etape.core.database import Database
from etape.core.postgres import PostgresServer, PostgresUnavailable
from etape.core.settings import Settings
from etape.demo.service import DemoRefused, load_demo

PAGES = Path(__file__).parents[2] / "frontend" / "dist"
GRACE_SECONDS = 20

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
console = Console(stderr=True)


@app.callback()
def prepare() -> None:
    """Étape, the open platform for public funding programmes on the road."""
    logs.log_as_json()


@contextmanager
def _opened() -> Iterator[Settings]:
    """Give the settings with a database that answers: the one they name, or one of our own."""
    try:
        settings = Settings()
    except ValidationError as error:
        for detail in error.errors():
            console.print(f"[red]{detail['msg']}[/red]")
        raise typer.Exit(2) from None
    if settings.database_url is not None:
        yield settings
        return
    folder = settings.data_directory / "postgres"
    try:
        with PostgresServer(folder, binaries=settings.postgres_bin) as server:
            server.create_database("etape")
            yield settings.model_copy(update={"database_url": server.url("etape")})
    except PostgresUnavailable as error:
        console.print(f"[red]{error}[/red]")
        raise typer.Exit(1) from None


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
        console.print(f"[red]{refusal.detail.fr}[/red]")
        raise typer.Exit(1) from None


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8000,
    *,
    worker: Annotated[bool, typer.Option(help="Run a worker inside.")] = True,
    reload: Annotated[bool, typer.Option(help="Start again when the code changes.")] = False,
) -> None:
    """Serve the API and the pages; outside production, migrate and fill the demo first."""
    # uvicorn stops in order at SIGTERM, then raises it again: it must not kill us before our
    # database is stopped too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with _opened() as settings:
        if not settings.is_production:
            schema.upgrade(str(settings.database_url))
            _run(settings, _fill)
            _tell_where_to_look(port)
        options: dict[str, Any] = {
            "host": host,
            "port": port,
            "log_config": None,
            "access_log": False,
            "server_header": False,
            "timeout_graceful_shutdown": GRACE_SECONDS,
        }
        if reload:
            os.environ["ETAPE_DATABASE_URL"] = str(settings.database_url)
            code = str(Path(__file__).parent)
            uvicorn.run(
                "etape.cli:reloaded", factory=True, reload=True, reload_dirs=code, **options
            )
        else:
            uvicorn.run(create_app(settings, pages=_pages(), with_worker=worker), **options)


def reloaded() -> FastAPI:
    """Return the application of a process that starts again when the code changes."""
    logs.log_as_json()
    return create_app(Settings(), pages=_pages(), with_worker=True)


def _pages() -> Path | None:
    return PAGES if PAGES.is_dir() else None


def _tell_where_to_look(port: int) -> None:
    url = f"http://localhost:{port}"
    console.print(
        Panel.fit(
            f"Les appels, le tour, les inscriptions\n  [bold]{url}[/bold]\n"
            f"Les courriels que la démonstration envoie\n  {url}/demo/courrier\n"
            f"Le contrat de l’API\n  {url}/api/v1/openapi.json\n\n"
            "Ctrl-C pour arrêter.",
            title="Étape",
        )
    )


@app.command()
def worker() -> None:
    """Run the jobs of every room, and settle the journal, until stopped."""
    with _opened() as settings:

        async def work(database: Database) -> None:
            runner = worker_of(settings, database, Clock())
            loop = asyncio.get_running_loop()
            for wanted in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(wanted, runner.stop)
            chores = [
                asyncio.ensure_future(journal.settle_forever(database)),
                asyncio.ensure_future(bell_of(database.engine.sync_engine).run()),
            ]
            await runner.run()
            for chore in chores:
                chore.cancel()
            await asyncio.gather(*chores, return_exceptions=True)

        _run(settings, work)


@app.command()
def migrate() -> None:
    """Bring the database's schema to this release."""
    with _opened() as settings:
        schema.upgrade(str(settings.database_url))


@app.command()
def demo() -> None:
    """Fill an empty database with the demonstration."""
    with _opened() as settings:
        schema.upgrade(str(settings.database_url))
        is_new = _run(settings, _fill)
        console.print("Démonstration installée." if is_new else "Démonstration déjà installée.")


@app.command("openapi")
def write_openapi(
    path: Annotated[Path | None, typer.Argument(help="The file; standard output if none.")] = None,
) -> None:
    """Write the OpenAPI document, which clients are generated from."""
    settings = Settings(database_url="postgresql://nobody@localhost/nothing")
    text = json.dumps(openapi.document(create_app(settings)), ensure_ascii=False, indent=2) + "\n"
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
    """Check that the database answers, that its schema is ours and that its journal is whole."""
    with _scratch() if scratch else _opened() as settings:
        url = str(settings.database_url)
        try:
            schema.check(url)
        except CommandError as error:
            console.print(f"[red]{error}[/red]")
            raise typer.Exit(1) from None
        broken = _run(settings, journal.verify)
        if broken is not None:
            console.print(f"[red]The journal was altered at position {broken}.[/red]")
            raise typer.Exit(1)
        console.print("Database, schema and journal are sound.")


@contextmanager
def _scratch() -> Iterator[Settings]:
    with tempfile.TemporaryDirectory(prefix="etape-") as folder:
        Path(folder).chmod(0o711)  # the account that root runs the server as walks through
        with PostgresServer(Path(folder) / "postgres") as server:
            server.create_database("etape")
            schema.upgrade(server.url("etape"))
            yield Settings(database_url=server.url("etape"))
