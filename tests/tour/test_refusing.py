"""Each rule refuses with a problem that says what to do next, in two languages, and keeps nothing.

The clock stands at nine in the morning, UTC, on Monday 23 November 2026.
"""

from typing import Any

import pytest

from support.desk import Desk, a_session, at_hour, person, wishes

SESSIONS = (
    a_session("plenary", on_site={"capacity": 1}),
    a_session("parallel", on_site={"capacity": 9}),
    a_session("next", **at_hour(10), on_site={"capacity": 9}),
    a_session("lunch", **at_hour(12), access="invited", on_site={"capacity": 9}),
    a_session("breakfast", **at_hour(7), access="delegation", on_site={"capacity": 9}),
    a_session("convoy", **at_hour(6), access="delegation"),
    a_session(
        "visit", **at_hour(14), on_site={"capacity": 9}, list_closes_at="2026-11-23T10:00"
    ),  # nine o'clock, UTC: this very instant
    a_session("untimed", starts_at=None, ends_at=None),
)
STOPS: dict[str, dict[str, Any]] = {
    "open": {},
    "closed": {"registration_closes_at": "2026-11-23T10:00"},
    "early": {"registration_opens_at": "2026-11-23T10:01"},
    "unoffered": {"registration_opens_at": None},
    "cancelled": {"status": "cancelled"},
    "postponed": {"status": "postponed"},
}
OPEN, UNKNOWN = "registration-not-open", "session-unknown"
INVITED, OVER = "session-by-invitation", "session-list-closed"

RULES: list[tuple[str, dict[str, Any], int, str, str, str]] = [
    ("closed", {}, 409, OPEN, "choisissez une autre étape", "choose another stop"),
    ("cancelled", {}, 409, OPEN, "choisissez une autre étape", "choose another stop"),
    ("postponed", {}, 409, OPEN, "choisissez une autre étape", "choose another stop"),
    ("early", {}, 409, OPEN, "Revenez à la date indiquée", "Come back on the date"),
    ("unoffered", {}, 409, OPEN, "Son programme reste consultable", "can still be read"),
    ("nowhere", {}, 404, "not-found", "repartez de la recherche", "start again from search"),
    (
        "open",
        {"seats": wishes("unheard-of")},
        422,
        UNKNOWN,
        "choisissez de nouveau",
        "choose again",
    ),
    ("open", {"seats": wishes("plenary:online")}, 422, UNKNOWN, "choisissez de nouveau", "choose"),
    ("open", {"seats": wishes("untimed")}, 422, UNKNOWN, "choisissez de nouveau", "choose again"),
    ("open", {"seats": wishes("lunch")}, 409, INVITED, "Retirez-la", "Remove it"),
    ("open", {"seats": wishes("breakfast")}, 409, INVITED, "Retirez-la", "Remove it"),
    ("open", {"seats": wishes("convoy")}, 409, INVITED, "Retirez-la", "Remove it"),
    ("open", {"seats": wishes("visit")}, 409, OVER, "Choisissez-en une autre", "another one"),
    (
        "open",
        {"seats": wishes("plenary", "parallel")},
        409,
        "sessions-overlap",
        "Retirez-en une",
        "Remove one",
    ),
    ("open", {"if_full": "refuse"}, 409, "session-full", "la liste d’attente", "waiting list"),
]


@pytest.fixture
async def open_stop(desk: Desk) -> Desk:
    """Every stop of `STOPS`, at the one that is open; its plenary is full."""
    for number, (slug, changes) in enumerate(STOPS.items(), start=1):
        desk.stop = slug
        await desk.publish(*SESSIONS, rank=number, **changes)
    desk.stop = "open"
    await desk.register("Zoe", "plenary")
    return desk


async def test_each_rule_says_what_to_do_next_and_keeps_nothing(open_stop: Desk) -> None:
    before = await open_stop.contents()
    for stop, changes, status, code, french, english in RULES:
        open_stop.stop = stop
        said = {"case": (stop, changes)}
        for language, words in (("fr", french), ("en-GB, fr;q=0.5", english)):
            body = {**person("Ada", "plenary"), **changes}

            answer = await open_stop.post(body, headers={"Accept-Language": language})

            problem = answer.json()
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.headers["content-language"] == language[:2]
            assert answer.headers["cache-control"] == "no-store"
            assert (answer.status_code, problem["status"]) == (status, status), said
            assert problem["type"] == f"/problems/{code}", said
            assert words in problem["detail"], said
            assert problem["request_id"] == answer.headers["x-request-id"]
    assert await open_stop.contents() == before


@pytest.mark.parametrize(
    ("seats", "pointer"),
    [
        (("next", "unheard-of"), "/seats/1/session"),
        (("lunch",), "/seats/0/session"),
        (("next", "visit"), "/seats/1/session"),
    ],
)
async def test_a_refused_session_is_pointed_at(
    open_stop: Desk, seats: tuple[str, ...], pointer: str
) -> None:
    problem = (await open_stop.post(person("Ada", *seats))).json()

    assert [error["pointer"] for error in problem["errors"]] == [pointer]
    assert problem["session"] == seats[-1]


async def test_an_overlap_names_the_sessions_and_is_accepted_knowingly(open_stop: Desk) -> None:
    wanted = person("Ada", "plenary", "parallel", "next")
    refused = await open_stop.post(wanted)

    accepted = await open_stop.post({**wanted, "overlaps_accepted": True})

    assert refused.json()["overlaps"] == [["parallel", "plenary"]]
    assert accepted.status_code == 201
    assert accepted.json()["overlaps"] == [{"sessions": ["parallel", "plenary"]}]


async def test_a_full_session_is_named_and_waited_for_when_one_accepts(open_stop: Desk) -> None:
    refused = await open_stop.post(person("Ada", "plenary", "next", if_full="refuse"))

    [first, _] = await open_stop.register("Ada", "plenary", "next")

    assert refused.json()["sessions"] == ["plenary"]
    assert (first["status"], first["rank"]) == ("waiting", 1)


FIELDS: list[tuple[dict[str, Any], str]] = [
    ({"name": ""}, "/name"),
    ({"name": "   "}, "/name"),
    ({"name": "Ada\x00Lenoir"}, "/name"),
    ({"name": "Ada\nLenoir"}, "/name"),
    ({"name": "a" * 301}, "/name"),
    ({"name": 7}, "/name"),
    ({"organisation": "o" * 301}, "/organisation"),
    ({"organisation": "Chu\x00"}, "/organisation"),
    ({"email": "ada"}, "/email"),
    ({"email": "ada@"}, "/email"),
    ({"email": "ada@hopital"}, "/email"),
    ({"email": "ada@hopital.example\x00"}, "/email"),
    ({"email": f"{'a' * 250}@hopital.example"}, "/email"),
    ({"email": None}, "/email"),
    ({"language": "de"}, "/language"),
    ({"seats": []}, "/seats"),
    ({"seats": wishes(*(f"s{number}" for number in range(31)))}, "/seats"),
    ({"seats": wishes("plenary", "plenary:online")}, "/seats"),
    ({"seats": [{"session": "plenary"}]}, "/seats/0/mode"),
    ({"seats": [{"session": "plenary", "mode": "by-phone"}]}, "/seats/0/mode"),
    ({"seats": [{"session": "Plenary!", "mode": "on_site"}]}, "/seats/0/session"),
    ({"seats": [{"session": "next", "mode": "on_site", "rank": 1}]}, "/seats/0/rank"),
    ({"promote_until_hours": -1}, "/promote_until_hours"),
    ({"promote_until_hours": 2**63}, "/promote_until_hours"),
    ({"promote_until_hours": 1.5}, "/promote_until_hours"),
    ({"if_full": "fight"}, "/if_full"),
    ({"online_meanwhile": "perhaps"}, "/online_meanwhile"),
    ({"rank": 1}, "/rank"),
    ({"status": "confirmed"}, "/status"),
    ({"a/b~c": 1}, "/a~1b~0c"),
]


async def test_each_ill_formed_field_is_pointed_at_in_both_languages(open_stop: Desk) -> None:
    before = await open_stop.contents()
    for changes, pointer in FIELDS:
        body = {**person("Ada", "next"), **changes}
        sentences = []
        for language in ("fr", "en"):
            answer = await open_stop.post(body, headers={"Accept-Language": language})

            assert answer.status_code == 422, changes
            problem = answer.json()
            assert [error["pointer"] for error in problem["errors"]] == [pointer], changes
            sentences.append((problem["detail"], problem["errors"][0]["detail"]))
            assert "pydantic" not in answer.text.lower()
        assert sentences[0][0] != sentences[1][0]
        assert sentences[0][1] != sentences[1][1], changes
    assert await open_stop.contents() == before


async def test_one_session_asked_for_twice_says_so(open_stop: Desk) -> None:
    twice = person("Ada", "next", "next")

    french = (await open_stop.post(twice)).json()["errors"][0]["detail"]
    english = (await open_stop.post(twice, headers={"Accept-Language": "en"})).json()

    assert "deux fois" in french
    assert "twice" in english["errors"][0]["detail"]


async def test_a_missing_field_is_pointed_at(open_stop: Desk) -> None:
    answer = await open_stop.post({"name": "Ada"})

    pointers = {error["pointer"] for error in answer.json()["errors"]}
    assert (answer.status_code, pointers) == (422, {"/email", "/seats"})


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"", "application/json", 422),
        (b"[]", "application/json", 422),
        (b'{"name": "\\ud800"}', "application/json", 422),
        (b"name=Ada", "application/x-www-form-urlencoded", 415),
        (b" " * 65_537, "application/json", 413),
    ],
)
async def test_a_body_that_is_no_registration_is_a_problem(
    open_stop: Desk, content: bytes, media_type: str, status: int
) -> None:
    answer = await open_stop.http.post(
        "/api/v1/stops/open/registrations", content=content, headers={"Content-Type": media_type}
    )

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


async def test_a_method_that_the_desk_does_not_know_tells_which_it_does(open_stop: Desk) -> None:
    answer = await open_stop.http.put("/api/v1/stops/open/registrations", json={})

    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"


async def test_what_was_had_before_a_list_closed_is_kept_but_not_taken_again(
    open_stop: Desk,
) -> None:
    await open_stop.register("Ada", "next")
    await open_stop.ask("UPDATE session SET list_closes_at = '2026-11-01' WHERE slug = 'next'")

    kept = await open_stop.change("Ada", "next", "parallel")
    dropped = await open_stop.change("Ada", "parallel")
    again = await open_stop.change("Ada", "parallel", "next")

    assert (kept.status_code, dropped.status_code, again.status_code) == (200, 200, 409)
    assert again.json()["type"] == f"/problems/{OVER}"


async def test_once_a_stop_is_closed_one_can_leave_but_not_add(open_stop: Desk) -> None:
    await open_stop.register("Ada", "next", "parallel")
    await open_stop.ask("UPDATE stop SET registration_closes_at = '2026-11-01'")

    added = await open_stop.change("Ada", "next", "parallel", "plenary", overlaps_accepted=True)
    left = await open_stop.change("Ada", "next")
    ended = await open_stop.cancel("Ada")

    assert (added.status_code, left.status_code, ended.status_code) == (409, 200, 204)
    assert added.json()["type"] == f"/problems/{OPEN}"
