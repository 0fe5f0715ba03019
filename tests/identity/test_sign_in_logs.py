"""No log line holds an address, a name, a token or a code of whoever signs in (T34)."""

import contextlib
import io
import logging
from collections.abc import Iterator
from datetime import datetime

import pyotp
import pytest
import structlog

from etape.core import logs
from support.app import SECRET, running
from support.passkey import SoftPasskey, written
from support.visitor import Visitor, a_member


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that the process logs, as `etape serve` logs it."""
    output, root = io.StringIO(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    with contextlib.redirect_stderr(output):
        logs.log_as_json(level=logging.DEBUG)
        yield output
    structlog.reset_defaults()
    root.handlers[:], root.level = handlers, level


async def test_no_log_line_holds_what_was_shown_or_given(
    logged: io.StringIO, database_url: str, now: datetime
) -> None:
    async with running(database_url, at=now) as client:
        _, email = await a_member(client, "Canarina Canari")
        visitor = Visitor(client, agent="Canary 1.0")
        mailed = await visitor.ask(email)
        tokens = [visitor.ask_token]
        for body in ({"code": "CANA-RYCD"}, {"token": "canary-token"}, {"code": mailed.code}):
            await visitor.post("/sign-in/proof", json=body)
        tokens.append(visitor.token)
        passkey: SoftPasskey = await visitor.enrol_passkey("Canary key")
        tokens.append(visitor.token)
        told = await visitor.do("/me/authenticator")
        app = pyotp.parse_uri(told["url"])
        assert isinstance(app, pyotp.TOTP)
        code = app.at(client.clock.now())
        recovery = (await visitor.do("/me/authenticator/confirm", {"code": code}))["codes"]
        await visitor.prove("authenticator", code)
        await visitor.prove("recovery_code", recovery[0])
        await visitor.prove("recovery_code", recovery[0])
        invitation = {"name": "Canaria", "email": "canaria@canary.example", "roles": []}
        await visitor.post("/manage/invitations", json=invitation)
        roles = [{"role": "host", "stop": "lille"}]
        await visitor.do("/manage/invitations", {**invitation, "roles": roles})
        door = await visitor.do("/manage/stops/lille/door-passes", {"day": "2026-11-23"})
        door_token = door["link"].partition("?lien=")[2]
        host = Visitor(client)
        await host.do("/door-passes/open", {"token": door_token})
        await host.post("/door-passes/open", json={"token": "canary-door"})
        await host.post("/invitations/accept", json={"token": "canary-invitation"})
        await Visitor(client).sign_in_by(passkey)
        await visitor.get("/manage/members")

    lines = logged.getvalue()
    assert lines.count("served") > 15
    secrets = [mailed.code, mailed.token, *tokens, app.secret, code, *recovery, door_token]
    secrets += [host.token, written(passkey.id), "canar", "odile", SECRET]
    for secret in secrets:
        assert secret
        assert secret.lower() not in lines.lower()
