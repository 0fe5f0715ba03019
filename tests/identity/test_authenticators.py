"""Authenticator apps and recovery codes (T18), where passkeys are blocked."""

import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pyotp
import pytest
from pydantic import SecretStr

from etape.core.sealing import SealBroken, is_stale, seal, unseal
from etape.identity.authenticators.rules import ENROLMENT_LIVES
from etape.identity.sessions.rules import FAILURES_AT_MOST, FRESH_FOR
from support.app import SECRET, Client, running
from support.visitor import Visitor, a_member, acts, ask

EMAIL = "odile.martin@etape.example"
STEP = timedelta(seconds=30)


async def with_app(client: Client) -> tuple[Visitor, pyotp.TOTP, list[str]]:
    """A member in their browser, their authenticator app, and their recovery codes."""
    await a_member(client)
    visitor = Visitor(client)
    await visitor.sign_in_by_mail(EMAIL)
    app, codes = await enrol(visitor)
    client.clock.at += STEP
    return visitor, app, codes


async def enrol(visitor: Visitor) -> tuple[pyotp.TOTP, list[str]]:
    told = await visitor.do("/me/authenticator")
    app = pyotp.parse_uri(told["url"])
    assert isinstance(app, pyotp.TOTP)
    assert app.secret == told["secret"]
    body = {"code": app.at(visitor.client.clock.now())}
    return app, (await visitor.do("/me/authenticator/confirm", body))["codes"]


async def mailed(client: Client) -> Visitor:
    visitor = Visitor(client)
    await visitor.sign_in_by_mail(EMAIL)
    return visitor


async def test_an_app_is_enrolled_by_its_first_code_and_signs_in(client: Client) -> None:
    visitor, app, codes = await with_app(client)
    assert await visitor.level() == "fresh"
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}", c) for c in codes)
    assert (await visitor.read("/me"))["second_factors"] == {
        "passkeys": 0,
        "authenticator": True,
        "recovery_codes": 10,
    }

    again = await mailed(client)
    answer = await again.prove("authenticator", app.at(client.clock.now()))

    assert answer.status_code == 204, answer.text
    assert await again.level() == "fresh"
    assert [act for _, act in await acts(client)][-3:] == [
        "authenticator_added",
        "address_proved",
        "signed_in",
    ]


async def test_what_is_scanned_is_what_is_told(client: Client) -> None:
    await a_member(client)
    visitor = await mailed(client)

    told = await visitor.do("/me/authenticator")

    assert told["url"].startswith("otpauth://totp/")
    assert "odile.martin%40etape.example" in told["url"]
    assert ET.fromstring(told["qr_svg"]).tag.endswith("svg")
    assert "script" not in told["qr_svg"]
    assert not (await visitor.read("/me"))["second_factors"]["authenticator"], "not confirmed"


async def test_a_code_serves_once_and_none_before_it(client: Client) -> None:
    visitor, app, _ = await with_app(client)
    now = client.clock.now()
    assert (await visitor.prove("authenticator", app.at(now))).status_code == 204

    for code in (app.at(now), app.at(now - STEP)):
        answer = await visitor.prove("authenticator", code)
        assert answer.json()["type"] == "/problems/one-time-code-refused"
    client.clock.at += STEP
    assert (await visitor.prove("authenticator", app.at(client.clock.now()))).status_code == 204


async def test_the_first_code_does_not_serve_again_either(client: Client) -> None:
    visitor, app, _ = await with_app(client)
    first = app.at(client.clock.now() - STEP)

    assert (await visitor.prove("authenticator", first)).status_code == 403


async def test_a_clock_half_a_minute_wrong_is_let_in_and_no_more(client: Client) -> None:
    visitor, app, _ = await with_app(client)
    now = client.clock.now()

    assert (await visitor.prove("authenticator", app.at(now + 2 * STEP))).status_code == 403
    assert (await visitor.prove("authenticator", app.at(now + STEP))).status_code == 204


async def test_five_wrong_codes_sign_the_browser_out(client: Client) -> None:
    _, app, _ = await with_app(client)
    thief = await mailed(client)
    right = app.at(client.clock.now())
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for _ in range(FAILURES_AT_MOST):
        assert (await thief.prove("authenticator", wrong)).status_code == 403

    assert (await thief.prove("authenticator", right)).status_code == 401
    assert (await acts(client, "request")).count(("member", "refused")) == FAILURES_AT_MOST


async def test_a_right_code_forgives_the_wrong_ones(client: Client) -> None:
    visitor, app, _ = await with_app(client)
    for _ in range(3):
        for _ in range(FAILURES_AT_MOST - 1):
            await visitor.prove("recovery_code", "0000")
        client.clock.at += STEP
        assert (await visitor.prove("authenticator", app.at(client.clock.now()))).is_success


async def test_a_recovery_code_stands_for_a_lost_app_once(client: Client) -> None:
    _, _, codes = await with_app(client)
    visitor = await mailed(client)

    typed = codes[3].lower().replace("-", " ")
    assert (await visitor.prove("recovery_code", typed)).status_code == 204
    assert await visitor.level() == "fresh"
    assert (await visitor.read("/me"))["second_factors"]["recovery_codes"] == 9

    again = await mailed(client)
    assert (await again.prove("recovery_code", codes[3])).status_code == 403
    assert (await again.prove("recovery_code", codes[4])).status_code == 204


async def test_recovery_codes_are_renewed_with_a_fresh_proof(client: Client) -> None:
    visitor, app, old = await with_app(client)
    client.clock.at += FRESH_FOR
    answer = await visitor.post("/me/recovery-codes")
    assert answer.json()["type"] == "/problems/fresh-proof-needed"
    await visitor.prove("authenticator", app.at(client.clock.now()))

    new = (await visitor.do("/me/recovery-codes"))["codes"]

    assert not set(new) & set(old)
    other = await mailed(client)
    assert (await other.prove("recovery_code", old[0])).status_code == 403
    assert (await other.prove("recovery_code", new[0])).status_code == 204


async def test_the_app_is_removed_but_not_when_it_is_the_last_factor(client: Client) -> None:
    visitor, _, _ = await with_app(client)
    answer = await visitor.delete("/me/authenticator")
    assert answer.json()["type"] == "/problems/last-second-factor"

    await visitor.enrol_passkey()
    await visitor.do("/me/authenticator", method="DELETE")

    assert not (await visitor.read("/me"))["second_factors"]["authenticator"]
    assert (await visitor.delete("/me/authenticator")).status_code == 404


async def test_a_new_app_stands_instead_of_the_old_one_once_confirmed(client: Client) -> None:
    visitor, old, _ = await with_app(client)
    await visitor.do("/me/authenticator")
    assert (await visitor.prove("authenticator", old.at(client.clock.now()))).is_success
    client.clock.at += STEP

    new, _ = await enrol(visitor)
    client.clock.at += STEP

    assert not (await visitor.prove("authenticator", old.at(client.clock.now()))).is_success
    assert (await visitor.prove("authenticator", new.at(client.clock.now()))).is_success


async def test_an_enrolment_waits_a_quarter_of_an_hour(client: Client) -> None:
    await a_member(client)
    visitor = await mailed(client)
    body = {"code": "123456"}
    assert (await visitor.post("/me/authenticator/confirm", json=body)).status_code == 409
    app = pyotp.parse_uri((await visitor.do("/me/authenticator"))["url"])
    assert isinstance(app, pyotp.TOTP)
    client.clock.at += ENROLMENT_LIVES
    body = {"code": app.at(client.clock.now())}

    late = await visitor.post("/me/authenticator/confirm", json=body)

    assert late.json()["type"] == "/problems/nothing-to-confirm"


async def test_a_retry_with_a_key_shows_the_same_codes_and_a_dump_shows_none(
    client: Client,
) -> None:
    visitor, app, _ = await with_app(client)
    key = {"Idempotency-Key": "again"}
    first, second = [await visitor.post("/me/recovery-codes", headers=key) for _ in range(2)]
    assert first.json() == second.json()

    tables = await ask(client, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    for (table,) in tables:
        rows = repr([tuple(row) for row in await ask(client, f"SELECT * FROM {table}")])
        for secret in (app.secret, *first.json()["codes"]):
            assert secret not in rows, table
            assert secret.replace("-", "") not in rows, table


async def test_a_new_secret_still_opens_apps_enrolled_under_the_former_one(client: Client) -> None:
    _, app, _ = await with_app(client)
    url, new = client.database.url, "another secret that only the tests know, long enough"
    [before] = await ask(client, "SELECT sealed_secret FROM authenticator")

    async with running(url, at=client.clock.now(), former_secret=SECRET, secret=new) as rotated:
        visitor = Visitor(rotated)
        await visitor.sign_in_by_mail(EMAIL)
        assert (await visitor.prove("authenticator", app.at(rotated.clock.now()))).is_success

    [after] = await ask(client, "SELECT sealed_secret FROM authenticator")
    assert before.sealed_secret[:4] != after.sealed_secret[:4], "sealed anew, by the new one"


def test_what_is_sealed_opens_in_its_place_by_its_key_only() -> None:
    old, new = SecretStr("old" * 20), SecretStr("new" * 20)
    sealed = seal(b"what nobody reads", place="here", keys=[old])

    assert unseal(sealed, place="here", keys=[new, old]) == b"what nobody reads"
    assert is_stale(sealed, keys=[new, old])
    assert not is_stale(sealed, keys=[old])
    assert seal(b"same", place="here", keys=[old]) != seal(b"same", place="here", keys=[old])
    altered = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for broken, place, keys in (
        (sealed, "there", [old]),
        (sealed, "here", [new]),
        (altered, "here", [old]),
        (b"", "here", [old]),
    ):
        with pytest.raises(SealBroken):
            unseal(broken, place=place, keys=keys)
