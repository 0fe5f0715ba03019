"""No request that anybody can make up breaks the service or the contract (schemathesis)."""

import asyncio
import json
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest
import uvicorn
from fastapi import FastAPI

from support.app import Client
from support.desk import Desk

# A cursor that we did not write is refused, a registration once cancelled is gone, a key used for
# two requests and a session that the stop has not are refused too: no schema can say these rules.
CONFIGURATION = """
[parameters]
"path.token" = {token}
"header.Idempotency-Key" = {{ dictionary = "keys" }}

[dictionaries]
keys = {{ values = {keys} }}
stops = {{ values = ["azimut-lille", "azimut-rennes", "azimut-nancy"] }}
sessions = {{ values = ["ouverture", "pleniere"] }}

[checks]
positive_data_acceptance.expected-statuses = ["2xx", 400, 404]

[[operations]]
include-tag = "registration"
checks.positive_data_acceptance.expected-statuses = ["2xx", 404, 409, 410, 422]

[[operations]]
include-operation-id = "register"
[operations.parameters]
"path.slug" = {{ dictionary = "stops", probability = 0.9 }}
"body.seats[*].session" = {{ dictionary = "sessions", probability = 0.9 }}

[[operations]]
include-operation-id = "change_registration"
[operations.parameters]
"body.seats[*].session" = {{ dictionary = "sessions", probability = 0.9 }}
"""


@asynccontextmanager
async def listening(app: FastAPI) -> AsyncIterator[str]:
    """Serve an application that is already started on a free port of the loopback."""
    config = uvicorn.Config(app, port=0, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event to wait for
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving


@pytest.mark.parametrize(
    ("examples", "at_least"),
    [
        pytest.param(6, 800, id="short"),
        pytest.param(180, 5_000, id="long", marks=pytest.mark.slow),
    ],
)
async def test_no_request_breaks_the_service_or_the_contract(
    client: Client, tmp_path: Path, examples: int, at_least: int
) -> None:
    desk = Desk.of(client, stop="azimut-lille")
    await desk.register("Ada", "ouverture")
    configuration = tmp_path / "schemathesis.toml"
    keys = [str(uuid4()) for _ in range(1000)]
    token = await desk.token("Ada")
    configuration.write_text(
        CONFIGURATION.format(token=json.dumps(token), keys=json.dumps(keys)), encoding="utf-8"
    )
    async with listening(client.app) as url:
        process = await asyncio.create_subprocess_exec(
            Path(sys.executable).with_name("schemathesis"),
            *("--config-file", configuration, "--no-color"),
            *("run", f"{url}/api/v1/openapi.json", "--checks", "all", "--continue-on-failure"),
            *("--max-examples", str(examples), "--warnings", "off"),
            cwd=tmp_path,
            env={**os.environ, "COLUMNS": "160"},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        told = (await process.communicate())[0].decode()
    assert process.returncode == 0, told
    cases = re.search(r"(\d+) generated, (\d+) passed", told)
    assert cases, told
    assert int(cases[2]) >= at_least, told
