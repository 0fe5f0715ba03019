"""A real browser signs in by a passkey of its own (Chromium's virtual authenticator)."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from e2e.conftest import House, Screen, virtual_authenticator

SEND = """
async ([method, path, body]) => {
    const answer = await fetch('/api/v1' + path, {
        method,
        headers: body === null ? {} : {'Content-Type': 'application/json'},
        body: body === null ? undefined : JSON.stringify(body),
    });
    return [answer.status, answer.status === 204 ? null : await answer.json()];
}
"""
CREATE = """
async (options) => (await navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
})).toJSON()
"""
GET = """
async (options) => (await navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
})).toJSON()
"""


class Door:
    """A page of ours that has an authenticator, and speaks to the API as our pages do."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.goto(f"{url}/health/live")
        self.devtools, self.authenticator = virtual_authenticator(page)

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def send(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        status, told = self.page.evaluate(SEND, [method, path, body])
        return status, told

    def do(self, path: str, body: Any = None) -> Any:
        status, told = self.send("POST", path, body)
        assert status < 300, told
        return told

    def level(self) -> str:
        status, me = self.send("GET", "/me")
        assert status == 200, me
        return str(me["level"])

    def enrol(self, name: str) -> None:
        made = self.page.evaluate(CREATE, self.do("/me/passkeys/options")["options"])
        self.do("/me/passkeys", {"name": name, "credential": made})

    def shown(self, path: str) -> Any:
        return self.page.evaluate(GET, self.do(path)["options"])

    def verified(self, *, is_verified: bool) -> None:
        """Have whoever holds the device prove that it is them, or not."""
        self.devtools.send(
            "WebAuthn.setUserVerified",
            {"authenticatorId": self.authenticator, "isUserVerified": is_verified},
        )


@pytest.fixture
def door(screen: Callable[..., Screen], served: House) -> Door:
    return Door(screen().page, served.url)


def test_somebody_invited_enrols_a_passkey_and_signs_in_with_it(door: Door, served: House) -> None:
    door.do("/invitations/accept", {"token": served.invite("ada@etape.example", "Ada Lenoir")})
    assert door.level() == "mailed"

    door.enrol("Portable d’Ada")

    assert door.level() == "fresh"
    [cookie] = [each for each in door.context.cookies() if each["name"] == "__Host-etape"]
    assert cookie["httpOnly"]
    assert cookie["secure"]
    assert cookie["sameSite"] == "Lax"
    assert "__Host-etape" not in door.page.evaluate("document.cookie")

    assert door.send("DELETE", "/me/session")[0] == 204
    assert door.send("GET", "/me")[0] == 401
    door.do("/sign-in/passkey", door.shown("/sign-in/passkey/options"))
    assert door.level() == "fresh"

    before = door.context.cookies()
    door.do("/me/proofs", {"kind": "passkey", "credential": door.shown("/me/proofs/options")})
    assert door.level() == "fresh"
    assert door.context.cookies() != before, "each proof gives a new token"


def test_a_passkey_that_is_there_already_or_does_not_know_its_owner_makes_none(
    door: Door, served: House
) -> None:
    door.do("/invitations/accept", {"token": served.invite("bea@etape.example", "Bea Roy")})
    door.enrol("Portable de Bea")

    again = """async (options) => {
        try { await navigator.credentials.create({
            publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options)}) }
        catch (error) { return error.name }
    }"""
    options = door.do("/me/passkeys/options")["options"]
    assert door.page.evaluate(again, options) == "InvalidStateError"

    door.verified(is_verified=False)
    options = {**door.do("/me/passkeys/options")["options"], "excludeCredentials": []}
    assert door.page.evaluate(again, options) == "NotAllowedError"


def test_a_mailed_code_opens_the_browser_that_asked_and_the_letter_reaches_it(
    door: Door, served: House
) -> None:
    door.do("/invitations/accept", {"token": served.invite("cleo@etape.example", "Cleo Abel")})
    door.send("DELETE", "/me/session")

    door.do("/sign-in", {"email": "cleo@etape.example"})
    letter = _letter_to(door, "cleo@etape.example")

    token = letter.partition("/gestion/connexion?lien=")[2][:43]
    door.do("/sign-in/proof", {"token": token})
    assert door.level() == "mailed"


def _letter_to(door: Door, address: str) -> str:
    for _ in range(60):
        _, told = door.send("GET", "/demo/letters")
        for letter in told["items"]:
            if letter["recipient"] == address:
                return str(letter["text"])
        door.page.wait_for_timeout(500)
    raise AssertionError("no letter came")
