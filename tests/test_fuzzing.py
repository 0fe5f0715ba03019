"""No request that anybody can make up breaks the service or the contract (schemathesis)."""

import asyncio
import json
import os
import re
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from etape.core.access import SESSION_SCHEME
from etape.identity.members.schemas import Role
from support.app import Client, listening
from support.desk import Desk
from support.team import sign_in

# A cursor that we did not write is refused, a registration once cancelled is gone, a key used for
# two requests and a session that the stop has not are refused too, and so is a secret that we did
# not mail: no schema can say these rules. A body may be too long before it is anything else, and
# who disables themselves is out: what is done to a member is done to another one. A raw message is
# nothing that schemathesis can write.
CONFIGURATION = """
[parameters]
"path.token" = {token}
"path.member_id" = "{member}"
"header.Idempotency-Key" = {{ dictionary = "keys" }}

[dictionaries]
keys = {{ values = {keys} }}
stops = {{ values = ["azimut-lille", "azimut-rennes", "azimut-nancy"] }}
sessions = {{ values = ["ouverture", "pleniere"] }}

[checks]
positive_data_acceptance.expected-statuses = ["2xx", 400, 404]
negative_data_rejection.expected-statuses = [400, 401, 403, 404, 406, 409, 413, 415, 422, 428, 429]

[[operations]]
include-path-regex = "^/api/v1/(manage|me)"
checks.positive_data_acceptance.expected-statuses = ["2xx", 400, 403, 404, 409, 412, 422, 428]

[[operations]]
include-path-regex = "^/api/v1/(sign-in|invitations|door-passes|api-keys)"
checks.positive_data_acceptance.expected-statuses = ["2xx", 400, 401, 403, 404, 409, 422]

[[operations]]
include-tag = "registration"
checks.positive_data_acceptance.expected-statuses = ["2xx", 400, 404, 409, 410, 422]

[[operations]]
include-path-regex = "^/api/v1/mail/inbound"
enabled = false

[[operations]]
include-path-regex = "^/api/v1/join"
checks.positive_data_acceptance.expected-statuses = ["2xx", 404, 409, 422]

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


OF_THE_TEAM = "^/api/v1/(manage|me)"
SIGNS_OUT = "/me/(session|proofs)"
"""What ends the session that asks, or could: its own tests say the rest."""
SLOW_SECONDS = 1_200
CASES_OF_A_ROLE = 3_000  # T25 wants 5,000 signed in: they are some 12,000
ROLES = {
    Role.COORDINATOR: (),
    Role.FUNDING_EDITOR: (),
    Role.STOP_ORGANISER: ("azimut-lille", "azimut-rennes"),
    Role.HOST: ("azimut-lille",),
}


async def break_in(url: str, folder: Path, *options: str) -> int:
    """Have schemathesis make requests up; return how many were answered as the contract says."""
    process = await asyncio.create_subprocess_exec(
        Path(sys.executable).with_name("schemathesis"),
        *("--config-file", folder / "schemathesis.toml", "--no-color"),
        *("run", f"{url}/api/v1/openapi.json", "--checks", "all", "--continue-on-failure"),
        *("--warnings", "off", *options),
        cwd=folder,
        env={**os.environ, "COLUMNS": "160"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    told = (await process.communicate())[0].decode()
    assert process.returncode == 0, told
    cases = re.search(r"(\d+) generated, (\d+) passed", told)
    assert cases, told
    return int(cases[2])


async def configure(client: Client, folder: Path, *, session: str | None = None) -> None:
    """Tell schemathesis what is there to be found, and who it is."""
    desk = Desk.of(client, stop="azimut-lille")
    await desk.register("Ada", "ouverture")
    keys = [str(uuid4()) for _ in range(1000)]
    async with await sign_in(client, Role.COORDINATOR, name="Bob Faure") as other:
        member = other.member_id
    token = json.dumps(await desk.token("Ada"))
    told = CONFIGURATION.format(token=token, member=member, keys=json.dumps(keys))
    if session:
        told += f"[auth.openapi.{SESSION_SCHEME}]\napi_key = {json.dumps(session)}\n"
    (folder / "schemathesis.toml").write_text(told, encoding="utf-8")


@pytest.mark.parametrize(
    ("examples", "at_least"),
    [
        pytest.param(6, 800, id="short"),
        pytest.param(
            180, 5_000, id="long", marks=[pytest.mark.slow, pytest.mark.timeout(SLOW_SECONDS)]
        ),
    ],
)
async def test_no_request_breaks_the_service_or_the_contract(
    client: Client, tmp_path: Path, examples: int, at_least: int
) -> None:
    await configure(client, tmp_path)
    async with listening(client.app) as url:
        passed = await break_in(
            url,
            tmp_path,
            *("--exclude-path-regex", OF_THE_TEAM, "--max-examples", str(examples)),
        )
    assert passed >= at_least


@pytest.mark.slow
@pytest.mark.timeout(SLOW_SECONDS)
@pytest.mark.parametrize("role", ROLES, ids=str)
async def test_no_request_of_the_team_breaks_them_either(
    client: Client, tmp_path: Path, role: Role
) -> None:
    browser = await sign_in(client, role, stops=ROLES[role])
    await configure(client, tmp_path, session=browser.token)
    async with browser, listening(client.app) as url:
        passed = await break_in(
            url,
            tmp_path,
            *("--include-path-regex", OF_THE_TEAM, "--exclude-path-regex", SIGNS_OUT),
            *("--header", "Sec-Fetch-Site: same-origin"),
            *("--phases", "examples,fuzzing", "--max-examples", "20"),
        )
    assert passed >= CASES_OF_A_ROLE
