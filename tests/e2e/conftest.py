"""A real browser on a real house: `etape serve` in its own folder, and Chromium before it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, CDPSession, ConsoleMessage, Page, sync_playwright

from support.postgres import temporary_folder

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY_SECONDS = 90
# What a browser refuses under the policy is said here as well as in its console.
TELL_VIOLATIONS = """
addEventListener('securitypolicyviolation', (event) =>
    console.error('CSP violation', event.violatedDirective, event.blockedURI))
"""


@dataclass
class Screen:
    """One page of the browser, and everything that went wrong on it."""

    page: Page
    house: str
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.house + path)
        self.settle()

    def settle(self) -> None:
        self.page.wait_for_load_state("networkidle")
        self.page.locator(".told").wait_for(state="detached")  # the page runs
        self.page.locator("h1").first.wait_for()

    def barriers(self) -> list[str]:
        """Return what axe finds against WCAG 2.2 AA and the RGAA."""
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate(
            """() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',
                'wcag22aa', 'RGAAv4']})"""
        )
        return [
            f"{violation['id']}: {node['html'][:160]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    def shut_out(self, *, language: str, width: int) -> list[str]:
        """Return what would keep somebody from the page: axe's findings, and ours."""
        found = self.barriers()
        if self.page.locator("html").get_attribute("lang") != language:
            found.append("the page does not say its language")
        if self.page.locator("h1").count() != 1:
            found.append("the page has not one heading")
        if self.page.evaluate("document.documentElement.scrollWidth") > width:
            found.append("the page scrolls sideways")
        return found


FIRST_LINK = re.compile(r"/gestion/bienvenue\?lien=([\w-]{43})")
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass(frozen=True)
class House:
    """Étape as `make run` runs it: its address, its console, the settings its commands share."""

    url: str
    environment: dict[str, str]
    console: Path

    def invite(self, address: str, name: str) -> str:
        """Let a coordinator in from the console; return the secret of their link."""
        command = [sys.executable, "-m", "etape", "invite", "coordinator", address, name]
        told = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        )
        assert told.returncode == 0, told.stderr
        return told.stderr.strip().rpartition("?lien=")[2]

    def first_link(self) -> str:
        """Return the secret of the link that the console told at the first start."""
        [token] = FIRST_LINK.findall(self.console.read_text())
        return str(token)


@contextmanager
def serving_house(folder: Path, **settings: str) -> Iterator[House]:
    """Run Étape as `make run` does, with all that it keeps in a folder, and settings of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://localhost:{port}"
    console = folder / "log"
    own = {"ETAPE_DATA_DIRECTORY": str(folder), "ETAPE_PUBLIC_URL": url, **settings}
    environment = {**os.environ, **own}
    command = [sys.executable, "-m", "etape", "serve", "--port", str(port)]
    with (
        console.open("w") as log,
        subprocess.Popen(command, env=environment, stdout=log, stderr=log) as process,
    ):
        try:
            _wait_until_ready(url, process, console)
            yield House(url, environment, console)
        finally:
            process.terminate()
            process.wait(timeout=30)


def virtual_authenticator(page: Page) -> tuple[CDPSession, str]:
    """Give a page a device that holds passkeys and knows its owner."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    added = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return devtools, str(added["authenticatorId"])


@pytest.fixture(scope="session")
def served() -> Iterator[House]:
    """Run Étape as `make run` does."""
    with temporary_folder() as folder, serving_house(Path(folder)) as house:
        yield house


@pytest.fixture(scope="session")
def house(served: House) -> str:
    """Return the address of the house."""
    return served.url


def _wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"{url}/health/ready", timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"Étape did not become ready:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the browser that is installed, else the one that Playwright downloaded.

    Playwright holds this thread's event loop meanwhile: no test of another module may run then.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def screen(browser: Browser, house: str) -> Iterator[Callable[..., Screen]]:
    """Open screens of a given width, theme and language; nothing may go wrong on any of them."""
    with ExitStack() as contexts:
        screens: list[Screen] = []

        def open_screen(
            *, width: int = 1280, theme: str = "light", language: str = "fr", house: str = house
        ) -> Screen:
            context = browser.new_context(
                viewport={"width": width, "height": 800},
                color_scheme=theme,  # type: ignore[arg-type] # a literal, given as a parameter
                locale={"fr": "fr-FR", "en": "en-GB"}[language],
                reduced_motion="reduce",
            )
            contexts.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(15_000)
            page.add_init_script(TELL_VIOLATIONS)
            opened = Screen(page, house)
            page.on("console", lambda message: _note(opened, message))
            page.on("pageerror", lambda error: opened.faults.append(f"error: {error}"))
            page.on(
                "request",
                lambda request: (
                    None
                    if request.url.startswith((house, "data:", "blob:"))
                    else opened.faults.append(f"third party: {request.url}")
                ),
            )
            screens.append(opened)
            return opened

        yield open_screen
        assert [fault for opened in screens for fault in opened.faults] == []


def _note(screen: Screen, message: ConsoleMessage) -> None:
    if message.type == "error" and "Failed to load resource" not in message.text:
        screen.faults.append(message.text)
