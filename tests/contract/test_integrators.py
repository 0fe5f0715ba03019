"""The integrators' page keeps its word: every block of it is run against the service (T29)."""

import asyncio
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from etape.core import openapi
from support.app import Client, listening

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "integrators.md").read_text(encoding="utf-8")
TOLD = "http://localhost:8000"
NODE_MODULES = ROOT / "node_modules"
COMPILED = (
    *("--target", "es2022", "--module", "nodenext", "--strict", "--skipLibCheck"),
    *("--lib", "es2022,dom,dom.iterable", "--rewriteRelativeImportExtensions", "--outDir", "out"),
)


def blocks(language: str, within: str) -> str:
    """What a part of the page has in one language, in order, as one program."""
    part = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    [text] = [it for it in part if it.startswith(within)]
    return "\n".join(re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE))


class Desk:
    """Somebody's working folder, where programs are run against a service."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url

    async def run(self, *command: str | Path) -> str:
        """Run a command to its end, which must be good, and return what it said."""
        bins = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=self.folder,
            env={**os.environ, "PATH": bins},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said = (await process.communicate())[0].decode()
        assert process.returncode == 0, said
        return said

    async def sh(self, program: str) -> str:
        return await self.run("bash", "-euc", program.replace(TOLD, self.url))

    def write(self, name: str, program: str) -> None:
        (self.folder / name).write_text(program.replace(TOLD, self.url), encoding="utf-8")


needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")


@needs_curl
async def test_curl_finds_pages_asks_again_is_refused_and_retries(
    client: Client, tmp_path: Path
) -> None:
    opening = re.findall(r"^```sh\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)[0]
    async with listening(client.app) as url:
        desk = Desk(tmp_path, url)
        assert '"total":' in await desk.sh(opening)
        said = await desk.sh(blocks("sh", "Five things to know"))
    assert '"items":[{' in said  # the second page
    assert "304\n" in said
    assert '"type":"/problems/invalid"' in said
    assert said.count("201 Created") == 2
    assert said.count("idempotency-replayed: true") == 1


async def test_a_python_client_made_from_the_contract_does_the_whole_journey(
    client: Client, tmp_path: Path
) -> None:
    openapi.document(client.app)  # written once; a busy machine takes longer than clients wait
    async with listening(client.app) as url:
        desk = Desk(tmp_path, url)
        written = await desk.sh(blocks("sh", "In Python"))
        assert "Unable to parse schema" not in written
        desk.write("journey.py", blocks("python", "In Python"))
        said = await desk.run(sys.executable, "journey.py")
    assert_is_the_journey(said)


async def test_a_typescript_client_made_from_the_contract_does_the_whole_journey(
    client: Client, tmp_path: Path
) -> None:
    (tmp_path / "node_modules").symlink_to(NODE_MODULES)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    async with listening(client.app) as url:
        desk = Desk(tmp_path, url)
        await desk.sh(blocks("sh", "In TypeScript"))
        desk.write("journey.ts", blocks("ts", "In TypeScript"))
        await desk.run("npx", "tsc", *COMPILED, "journey.ts")
        said = await desk.run("node", "out/journey.js")
    assert_is_the_journey(said)


def assert_is_the_journey(said: str) -> None:
    found, read, replayed, refused = said.splitlines()
    assert re.match(r"[1-9]\d* calls", found)
    assert read.endswith("· closed")
    assert replayed.endswith("replayed: true")
    assert refused == "refused: /problems/not-found"
