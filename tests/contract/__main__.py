"""`python -m tests.contract`: write the examples of the contract, from the demo's own answers."""

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # as pytest does for the tests' own modules

from conftest import NOW
from contract.recording import Recorder, as_text
from etape.core import schema
from etape.core.postgres import PostgresServer
from etape.demo.files import EXAMPLES
from support.app import fill_with_demo, running
from support.postgres import SETTINGS_WITHOUT_DURABILITY, temporary_folder


async def main(url: str) -> None:
    """Fill a database with the demo, ask for all that can be, and write it down."""
    await fill_with_demo(url, at=NOW)
    async with running(url, at=NOW) as client:
        EXAMPLES.write_text(as_text(await Recorder(client).record()), encoding="utf-8")


with (
    temporary_folder() as folder,
    PostgresServer(folder / "postgres", settings=SETTINGS_WITHOUT_DURABILITY) as server,
):
    server.create_database("examples")
    schema.upgrade(server.url("examples"))
    asyncio.run(main(server.url("examples")))
