"""Passkeys (T18): enrolled, shown, counted, removed; a challenge serves once, where it was given.

A real browser does the same in tests/e2e/test_doors.py.
"""

from datetime import timedelta
from typing import Any

from etape.core.access import SESSION_COOKIE
from etape.identity.passkeys import service as passkeys
from etape.identity.passkeys.rules import LIVES
from etape.identity.sessions import service as sessions
from etape.identity.sessions.rules import FAILURES_AT_MOST, FRESH_FOR
from support.app import Client
from support.passkey import PRESENT, SoftPasskey
from support.visitor import Visitor, a_member, acts, ask, enrolled


async def test_the_first_passkey_needs_the_mailed_code_only_and_signs_in(client: Client) -> None:
    _, email = await a_member(client)
    visitor = Visitor(client)
    await visitor.sign_in_by_mail(email)
    before = visitor.token

    await visitor.enrol_passkey("Clé du bureau")

    assert await visitor.level() == "fresh"
    assert visitor.token != before
    [passkey] = (await visitor.read("/me/passkeys"))["items"]
    assert (passkey["name"], passkey["used_at"]) == ("Clé du bureau", None)
    assert await acts(client) == [
        ("member", "joined"),
        ("member", "address_proved"),
        ("member", "passkey_added"),
    ]


async def test_a_passkey_signs_in_alone_in_one_gesture(client: Client) -> None:
    _, passkey = await enrolled(client)
    visitor = Visitor(client)

    answer = await visitor.sign_in_by(passkey)

    assert answer.status_code == 204, answer.text
    assert await visitor.level() == "fresh"
    client.clock.at += FRESH_FOR
    assert await visitor.level() == "signed_in"


async def test_a_passkey_is_a_second_factor_after_the_mailed_code(client: Client) -> None:
    _, passkey = await enrolled(client)
    visitor = Visitor(client)
    await visitor.sign_in_by_mail("odile.martin@etape.example")
    assert (await visitor.get("/me/passkeys")).json()["type"] == "/problems/second-factor-needed"

    assert (await visitor.prove_by(passkey)).status_code == 204

    assert await visitor.level() == "fresh"


async def test_a_fresh_proof_lasts_ten_minutes_and_gives_a_new_token(client: Client) -> None:
    visitor, passkey = await enrolled(client)
    client.clock.at += FRESH_FOR
    assert await visitor.level() == "signed_in"
    old = Visitor(client)
    old.cookies.set(SESSION_COOKIE, visitor.token or "")

    assert (await visitor.prove_by(passkey)).status_code == 204

    assert await visitor.level() == "fresh"
    assert (await old.get("/me")).status_code == 401
    assert (await acts(client))[-1] == ("member", "proved_again")


async def test_whoever_reads_the_mail_of_a_member_enrols_nothing_of_theirs(client: Client) -> None:
    await enrolled(client)
    thief = Visitor(client)
    await thief.sign_in_by_mail("odile.martin@etape.example")

    for path in ("/me/passkeys/options", "/me/authenticator"):
        answer = await thief.post(path)
        assert answer.json()["type"] == "/problems/second-factor-needed"


async def test_another_passkey_needs_a_fresh_proof(client: Client) -> None:
    visitor, passkey = await enrolled(client)
    client.clock.at += FRESH_FOR

    answer = await visitor.post("/me/passkeys/options")
    assert answer.json()["type"] == "/problems/fresh-proof-needed"
    await visitor.prove_by(passkey)

    await visitor.enrol_passkey("Une autre")
    names = [item["name"] for item in (await visitor.read("/me/passkeys"))["items"]]
    assert names == ["Téléphone", "Une autre"] or sorted(names) == ["Téléphone", "Une autre"]


async def test_of_two_browsers_that_enrol_the_first_passkey_one_does(client: Client) -> None:
    _, email = await a_member(client)
    one, other = Visitor(client), Visitor(client)
    mine = SoftPasskey()
    for visitor in (one, other):
        await visitor.sign_in_by_mail(email)
    options = (await one.do("/me/passkeys/options"))["options"]
    await other.enrol_passkey()

    late = await one.post("/me/passkeys", json={"name": "x", "credential": mine.create(options)})

    assert late.json()["type"] == "/problems/second-factor-needed"


async def test_the_last_second_factor_stays(client: Client) -> None:
    visitor, _ = await enrolled(client)
    [passkey] = (await visitor.read("/me/passkeys"))["items"]

    answer = await visitor.delete(f"/me/passkeys/{passkey['id']}")
    assert answer.json()["type"] == "/problems/last-second-factor"

    await visitor.enrol_passkey("Une autre")
    await visitor.do(f"/me/passkeys/{passkey['id']}", method="DELETE")
    assert [item["name"] for item in (await visitor.read("/me/passkeys"))["items"]] == ["Une autre"]
    assert (await acts(client))[-1] == ("member", "passkey_removed")


async def test_a_passkey_removed_opens_nothing(client: Client) -> None:
    visitor, passkey = await enrolled(client)
    [first] = (await visitor.read("/me/passkeys"))["items"]
    await visitor.enrol_passkey("Une autre")
    await visitor.do(f"/me/passkeys/{first['id']}", method="DELETE")

    answer = await Visitor(client).sign_in_by(passkey)

    assert answer.json()["type"] == "/problems/passkey-refused"


async def test_somebody_elses_passkey_is_not_there(client: Client) -> None:
    visitor, _ = await enrolled(client)
    other, _ = await enrolled(client, "Ada Lenoir")
    [theirs] = (await other.read("/me/passkeys"))["items"]
    await visitor.enrol_passkey("Une autre")

    assert (await visitor.delete(f"/me/passkeys/{theirs['id']}")).status_code == 404


async def test_one_authenticator_holds_one_passkey_of_ours(client: Client) -> None:
    visitor, passkey = await enrolled(client)
    options = (await visitor.do("/me/passkeys/options"))["options"]
    assert [each["type"] for each in options["excludeCredentials"]] == ["public-key"]

    assert (await visitor.add(passkey)).json()["type"] == "/problems/passkey-known"


async def refusals_of(visitor: Visitor, passkey: SoftPasskey) -> str:
    """What a passkey is refused with, at sign-in."""
    answer = await visitor.sign_in_by(passkey)
    assert answer.status_code == 403, answer.text
    assert SESSION_COOKIE not in answer.cookies
    return str(answer.json()["type"])


FALSIFIED: list[dict[str, Any]] = [
    {"origin": "https://etape.example.evil"},
    {"origin": "http://127.0.0.1:8000"},
    {"flags": PRESENT},
    {"flags": 0},
    {"count": 0},
    {"user": b"somebody else's"},
    {"id": b"x" * 32},
    {"_key": SoftPasskey()._key},  # noqa: SLF001 - what a forger would hold
]


async def test_a_passkey_that_is_falsified_is_refused(client: Client) -> None:
    """By a page elsewhere, without its owner, cloned, for somebody else, signed by another key."""
    _, passkey = await enrolled(client)
    assert (await Visitor(client).sign_in_by(passkey)).status_code == 204
    for falsified in FALSIFIED:
        true = {name: getattr(passkey, name) for name in falsified}
        for name, value in falsified.items():
            setattr(passkey, name, value)
        assert await refusals_of(Visitor(client), passkey) == "/problems/passkey-refused", falsified
        for name, value in true.items():
            setattr(passkey, name, value)
    passkey.count += 1
    assert (await Visitor(client).sign_in_by(passkey)).status_code == 204


async def test_a_challenge_serves_once_soon_for_one_thing_and_in_one_browser(
    client: Client,
) -> None:
    visitor, passkey = await enrolled(client)
    stranger = Visitor(client)
    options = (await stranger.do("/sign-in/passkey/options"))["options"]
    await stranger.do("/sign-in/passkey", passkey.get(options))

    again = await Visitor(client).post("/sign-in/passkey", json=passkey.get(options))
    assert again.json()["type"] == "/problems/passkey-refused", "it was spent"

    options = (await visitor.do("/me/proofs/options"))["options"]
    assert len(options["allowCredentials"]) == 1
    elsewhere = await Visitor(client).post("/sign-in/passkey", json=passkey.get(options))
    assert elsewhere.json()["type"] == "/problems/passkey-refused", "it was for a proof"

    options = (await visitor.do("/me/proofs/options"))["options"]
    body = {"kind": "passkey", "credential": passkey.get(options)}
    other_browser = await stranger.post("/me/proofs", json=body)
    assert other_browser.json()["type"] == "/problems/passkey-refused", "it was for another browser"

    options = (await stranger.do("/sign-in/passkey/options"))["options"]
    client.clock.at += LIVES
    late = await Visitor(client).post("/sign-in/passkey", json=passkey.get(options))
    assert late.json()["type"] == "/problems/passkey-refused", "it waited too long"


async def test_a_challenge_that_was_answered_wrongly_is_spent(client: Client) -> None:
    _, passkey = await enrolled(client)
    options = (await Visitor(client).do("/sign-in/passkey/options"))["options"]
    wrong = passkey.get(options)
    wrong["response"]["signature"] = "AAAA"

    answers = [
        await Visitor(client).post("/sign-in/passkey", json=answer)
        for answer in (wrong, passkey.get(options))
    ]

    assert [answer.status_code for answer in answers] == [403, 403]


async def test_challenges_are_stored_hashed(client: Client) -> None:
    options = (await Visitor(client).do("/sign-in/passkey/options"))["options"]
    [row] = await ask(client, "SELECT * FROM passkey_challenge")
    assert len(row.digest) == 32
    assert options["challenge"] not in repr(tuple(row))


async def test_somebody_elses_passkey_proves_nothing_and_is_counted(client: Client) -> None:
    visitor, _ = await enrolled(client)
    _, theirs = await enrolled(client, "Ada Lenoir")
    for _ in range(FAILURES_AT_MOST - 1):
        assert (await visitor.prove_by(theirs)).status_code == 403
        assert await visitor.level() == "fresh"

    assert (await visitor.prove_by(theirs)).status_code == 403

    assert (await visitor.get("/me")).status_code == 401
    assert (await acts(client, "request")).count(("member", "refused")) == FAILURES_AT_MOST


GARBAGE = ("", "A", "AAAA", "e30", "eyJ0eXBlIjoxfQ", "-" * 1000)


async def test_garbage_is_refused_as_anything_that_does_not_verify(client: Client) -> None:
    _, passkey = await enrolled(client)
    visitor = Visitor(client)
    for field in ("clientDataJSON", "authenticatorData", "signature", "userHandle"):
        for garbage in GARBAGE:
            options = (await visitor.do("/sign-in/passkey/options"))["options"]
            answer = passkey.get(options)
            answer["response"][field] = garbage
            refused = await visitor.post("/sign-in/passkey", json=answer)
            assert refused.status_code == 403, (field, garbage, refused.text)
            assert refused.json()["type"] == "/problems/passkey-refused"


async def test_garbage_makes_no_passkey(client: Client) -> None:
    _, email = await a_member(client)
    visitor = Visitor(client)
    await visitor.sign_in_by_mail(email)
    for garbage in ("", "A", "AAAA", "o2NmbXRkbm9uZQ"):
        options = (await visitor.do("/me/passkeys/options"))["options"]
        made = SoftPasskey().create(options)
        made["response"]["attestationObject"] = garbage
        refused = await visitor.post("/me/passkeys", json={"name": "x", "credential": made})
        assert refused.json()["type"] == "/problems/passkey-refused"


async def test_the_passkey_of_a_member_who_was_disabled_opens_nothing(client: Client) -> None:
    _, passkey = await enrolled(client)
    await ask(client, "UPDATE member SET disabled_at = now()")

    assert await refusals_of(Visitor(client), passkey) == "/problems/passkey-refused"


async def test_old_challenges_and_sessions_are_forgotten(client: Client) -> None:
    await enrolled(client)
    await Visitor(client).do("/sign-in/passkey/options")
    client.clock.at += timedelta(days=31)

    async with client.database.unit_of_work() as session:
        await passkeys.forget_old(session, now=client.clock.now())
        await sessions.forget_old(session, now=client.clock.now())

    assert await ask(client, "SELECT 1 FROM passkey_challenge") == []
    assert await ask(client, "SELECT 1 FROM browser_session") == []
