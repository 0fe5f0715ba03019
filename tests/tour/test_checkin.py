"""The day at the door: every scan is kept, told what it came to, and nobody enters twice unseen."""

import asyncio
import base64
import hashlib
import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import SecretStr

from etape.identity.members.schemas import Role
from etape.tour.checkin import rules
from support.app import SECRET, Client
from support.desk import Desk, a_session
from support.door import NINE, NORTH, SOUTH, Door, day_of
from support.team import sign_in


@pytest.fixture
async def door(desk: Desk) -> AsyncIterator[Door]:
    """The stop on its day, before nine; its host is there, and nobody registered yet."""
    async with day_of(desk) as door:
        yield door


async def test_a_ticket_admits_its_holder_once_and_says_where_they_sit(door: Door) -> None:
    await door.desk.register("Ada", "plenary", "workshop", organisation="CHU de Lille")

    first = await door.admit("Ada")
    again = await door.admit("Ada", at=NINE + timedelta(minutes=3))

    assert (first["outcome"], first["name"]) == ("admitted", "Ada")
    assert first["organisation"] == "CHU de Lille"
    assert [seat["session"] for seat in first["seats"]] == ["plenary", "workshop"]
    assert again["outcome"] == "already_in"
    assert again["first"] == {"at": NINE.isoformat().replace("+00:00", "Z"), "device": "Nord"}
    next_day = await door.admit("Ada", at=NINE + timedelta(days=1))
    assert next_day["outcome"] == "admitted", "another day is another entry"


async def test_eight_devices_that_read_one_ticket_at_once_admit_it_once(door: Door) -> None:
    await door.desk.register("Ada", "plenary")
    code = await door.desk.ticket("Ada")

    answers = await asyncio.gather(
        *(door.send(door.scan(code), device=uuid4(), name=f"D{n}") for n in range(8))
    )

    outcomes = sorted(result["outcome"] for [result] in answers)
    assert outcomes == ["admitted", *["already_in"] * 7]
    arrivals = await door.arrivals()
    assert arrivals["people"] == 1
    assert len(arrivals["doubles"]) == 7


async def test_a_batch_that_is_sent_again_is_the_same_scans(door: Door) -> None:
    await door.desk.register("Ada", "plenary")
    scan = door.scan(await door.desk.ticket("Ada"))

    answers = [await door.send(scan), await door.send(scan), await door.send(scan, scan)]

    assert {each["outcome"] for results in answers for each in results} == {"admitted"}
    [row] = await door.desk.ask("SELECT count(*) AS scans FROM scan")
    assert row.scans == 1


async def test_what_was_scanned_offline_keeps_its_own_time_and_its_double_is_reported(
    door: Door,
) -> None:
    await door.desk.register("Ada", "plenary")
    code = await door.desk.ticket("Ada")
    earlier, later = NINE - timedelta(minutes=10), NINE - timedelta(minutes=4)
    assert isinstance(door.desk.http, Client)
    door.desk.http.clock.at = back = NINE + timedelta(minutes=20)

    [south] = await door.send(door.scan(code, at=later), device=SOUTH, name="Sud")
    [north] = await door.send(door.scan(code, at=earlier))

    assert (south["outcome"], north["outcome"]) == ("admitted", "already_in")
    [double] = (await door.arrivals())["doubles"]
    assert (double["name"], double["first"]["device"], double["again"]["device"]) == (
        "Ada",
        "Nord",
        "Sud",
    ), "who came first is read from the times, not from who uploaded first"
    rows = await door.desk.ask("SELECT scanned_at, received_at FROM scan ORDER BY scanned_at")
    assert [row.scanned_at for row in rows] == [earlier, later]
    assert {row.received_at for row in rows} == {back}


async def test_nothing_that_is_read_is_refused_and_each_says_what_it_is(door: Door) -> None:
    desk = door.desk
    other = Desk(desk.http, desk.database, stop="ailleurs", secret=SECRET)
    await other.publish(a_session("plenary", on_site={"capacity": 3}))
    for name in ("Ada", "Bea", "Cleo", "Dora"):
        await desk.register(name, "plenary", online_meanwhile=False)
    await desk.register("Eve", "plenary:online")
    await other.register("Zoe", "plenary")
    assert (await desk.cancel("Bea")).status_code == 204
    code = await door.desk.ticket("Ada")
    forged = code[:-8] + ("A" * 8 if code[-8:] != "A" * 8 else "B" * 8)
    shown = {
        "Ada, in lower case": (code.lower(), "admitted"),
        "Bea, cancelled": (await door.desk.ticket("Bea"), "cancelled"),
        "Dora, waiting": (await door.desk.ticket("Dora"), "waiting"),
        "Eve, online": (await door.desk.ticket("Eve"), "no_seat"),
        "Zoe, elsewhere": (await door.desk.ticket("Zoe"), "another_stop"),
        "forged": (forged, "unknown"),
        "another code": ("https://example.org/é", "unknown"),
        "a door of another session": (await door.desk.ticket("Cleo"), "no_seat"),
    }
    scans = [door.scan(read) for read, _ in shown.values()]
    scans[-1]["session"] = "workshop"

    results = await door.send(*scans)

    assert {who: result["outcome"] for who, result in zip(shown, results, strict=True)} == {
        who: outcome for who, (_, outcome) in shown.items()
    }
    named = {who: result["name"] for who, result in zip(shown, results, strict=True)}
    assert named["Zoe, elsewhere"] is None, "a host of one stop learns nobody of another"
    [row] = await desk.ask("SELECT count(*) AS scans FROM scan")
    assert row.scans == len(shown)
    assert await desk.ask("SELECT id FROM scan WHERE ticket_digest IS NULL") == []


async def test_somebody_without_their_ticket_is_found_by_name(door: Door) -> None:
    await door.desk.register("Éloïse Le-Goarvic", "plenary", email="eloise@hopital.example")

    found = await door.browser.read("/manage/stops/essai/people", name="goarvic eloise")
    [person] = found["people"]
    scan = {**door.scan("x"), "ticket": None, "registration": person["registration"]}
    [result] = await door.send(scan)

    assert (result["outcome"], result["name"]) == ("admitted", "Éloïse Le-Goarvic")
    assert (await door.browser.read("/manage/stops/essai/people", name="100%"))["people"] == []
    acts = await door.desk.ask("SELECT act, personal FROM journal WHERE noun = 'scan' ORDER BY id")
    assert [(row.act, row.personal) for row in acts] == [
        ("listed", True),
        ("scanned", True),
        ("listed", True),
    ]


async def test_the_offline_list_opens_only_with_the_ticket_in_front_of_it(door: Door) -> None:
    await door.desk.register("Ada", "plenary")
    await door.desk.register("Bea", "workshop")
    await door.admit("Ada")

    answer = await door.browser.get("/manage/stops/essai/offline-list")
    told = answer.json()

    assert "Ada" not in answer.text
    assert "Bea" not in answer.text
    ticket = rules.bytes_of(await door.desk.ticket("Ada"))
    assert ticket is not None
    name = hashlib.sha256(b"find" + ticket).digest()[:16].hex()
    sealed = base64.urlsafe_b64decode(told["entries"][name] + "==")
    key = hashlib.sha256(b"open" + ticket).digest()
    person = json.loads(AESGCM(key).decrypt(sealed[:12], sealed[12:], name.encode()))
    assert person["name"] == "Ada"
    assert person["entries"][0]["device"] == "Nord"
    others = [value for entry, value in told["entries"].items() if entry != name]
    assert len(others) == 1
    other = base64.urlsafe_b64decode(others[0] + "==")
    with pytest.raises(InvalidTag):
        AESGCM(key).decrypt(other[:12], other[12:], name.encode())
    [public] = told["keys"]
    verifier = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(public["public"] + "=="))
    verifier.verify(ticket[25:], ticket[:25])
    assert ticket[21:25].hex() == told["stop_tag"]


async def test_a_ticket_outlives_a_change_of_the_secret_and_nothing_else_signs_one() -> None:
    person, stop = uuid4(), "lille"
    old, new = SecretStr("the secret of last year, long enough"), SecretStr(SECRET)
    code = rules.code_of(rules.ticket_of(person, stop, secret=old))

    assert rules.registration_in(code, keys=[new, old]) == person
    assert rules.registration_in(code, keys=[new]) is None
    assert rules.code_of(rules.ticket_of(person, stop, secret=old)) == code
    assert re.fullmatch(r"[A-Z2-7]{143}", code), "what a QR code writes densely"


async def test_a_registration_shows_its_ticket_until_it_is_cancelled(door: Door) -> None:
    desk = door.desk
    await desk.register("Ada", "plenary")
    path = await desk.path("Ada")

    picture = await desk.http.get(f"{path}/ticket.svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert picture.headers["cache-control"] == "no-store"
    assert picture.text.startswith("<svg")
    assert "Ada" not in picture.text
    assert (await desk.change("Ada", "workshop")).status_code == 200
    assert (await desk.http.get(f"{path}/ticket.svg")).text == picture.text

    assert (await desk.cancel("Ada")).status_code == 204
    refused = await desk.http.get(f"{path}/ticket.svg")
    assert refused.json()["type"] == "/problems/registration-cancelled"
    assert (await desk.http.get("/api/v1/registrations/x/ticket.svg")).status_code == 404


async def test_a_host_of_another_stop_is_refused_and_it_is_journalled(door: Door) -> None:
    assert isinstance(door.desk.http, Client)
    async with await sign_in(door.desk.http, Role.HOST, stops=["ailleurs"], name="Noé") as stranger:
        body = {"device": str(NORTH), "scans": [door.scan("x")]}
        answer = await stranger.post("/manage/stops/essai/scans", json=body)
    assert answer.status_code == 403
    [row] = await door.desk.ask("SELECT changes FROM journal WHERE act = 'refused'")
    assert "scans" in json.dumps(row.changes)
    assert await door.desk.ask("SELECT id FROM scan") == []


async def test_a_clock_that_is_far_off_loses_no_scan(door: Door) -> None:
    await door.desk.register("Ada", "plenary")
    code = await door.desk.ticket("Ada")
    scans = [door.scan(code) for _ in range(2)]
    scans[0]["scanned_at"] = "0001-01-01T00:00:00+14:00"
    scans[1]["scanned_at"] = "9999-12-31T23:59:59-12:00"
    results = await door.send(*scans)
    assert [result["outcome"] for result in results] == ["admitted", "admitted"]
