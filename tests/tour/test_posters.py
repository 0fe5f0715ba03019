"""The programme of a stop, or of one of its rooms, on a poster."""

from typing import Any

from etape.identity.members.schemas import Role
from support.app import Client
from support.editor import Editor
from support.pdf import pages_of
from support.team import sign_in

DAYS = [{"on": "2027-02-02"}, {"on": "2027-02-03"}]


def a_session(slug: str, day: str, hour: int, **others: Any) -> dict[str, Any]:
    hours = {"starts_at": f"{day}T{hour:02}:00", "ends_at": f"{day}T{hour:02}:45"}
    return {"slug": slug, "kind": "workshop", "title": {"fr": f"Séance {slug}"}, **hours, **others}


FIRST, SECOND = "2027-02-02", "2027-02-03"
SESSIONS = [
    a_session("b", FIRST, 11, room="Nef"),
    a_session("a", FIRST, 9, room="Nef", title={"fr": "L’ouverture", "en": "The opening"}),
    a_session("c", FIRST, 9, room="Atelier"),
    a_session("d", SECOND, 9, room="Nef", status="cancelled"),
]
PAPER = {"title": {"fr": "Les diapositives"}, "url": "https://example.org/slides"}


async def publish(client: Client, **content: Any) -> None:
    stop = {"tour": "azimut", "rank": 90, "name": {"fr": "Dijon", "en": "Dijon"}, "days": DAYS}
    async with await sign_in(client, Role.COORDINATOR) as browser:
        await Editor(browser).publish("stops/dijon", {**stop, "sessions": SESSIONS, **content})


async def poster(client: Client, **query: str) -> str:
    """The words of the poster, which is one page."""
    answer = await client.get("/sheets/stops/dijon/poster.pdf", params=query)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    [page] = pages_of(answer.content)
    return page


async def test_a_poster_tells_the_days_of_a_stop_in_order(client: Client) -> None:
    await publish(client)
    french, english = await poster(client), await poster(client, lang="en")

    order = ["Dijon", "mardi 2 février 2027", "L’ouverture", "Séance b", "mercredi 3 février 2027"]
    places = [french.find(each) for each in order]
    assert places == sorted(places)
    assert -1 not in places
    assert "9 h – 9 h 45" in french
    assert "Annulée : Séance d" in french
    assert "http://localhost:8000/etapes/dijon" in french
    assert "The opening" in english
    assert "Tuesday 2 February 2027 09:00 – 09:45" in english
    assert "Cancelled: Séance d" in english


async def test_a_room_has_a_poster_of_what_happens_there_that_day(client: Client) -> None:
    sessions = [SESSIONS[0] | {"documents": [PAPER]}, *SESSIONS[1:]]
    await publish(client, sessions=sessions)
    page = await poster(client, session="a")

    assert page.index("Nef") < page.index("L’ouverture") < page.index("Séance b")
    assert "Séance c" not in page, "it is elsewhere"
    assert "Séance d" not in page, "it is another day"
    assert "Les diapositives" in page, "its code leads to them"
    nothing = await client.get("/sheets/stops/dijon/poster.pdf?session=nothing")
    assert nothing.status_code == 404


async def test_a_poster_says_what_will_not_be_and_what_nobody_knows(client: Client) -> None:
    await publish(client, status="postponed", status_reason={"fr": "Neige annoncée."}, sessions=[])
    page = await poster(client)
    assert "Reportée : Neige annoncée." in page
    assert "Le programme n’est pas encore connu." in page


async def test_a_long_programme_still_makes_one_page(client: Client) -> None:
    title = {"fr": "Une séance dont le titre est long " * 8}
    many = [a_session(f"s{each}", FIRST, 9, title=title, room="Nef") for each in range(90)]
    await publish(client, sessions=many)
    assert "La suite est sur la page : " in await poster(client)
    assert (await client.get("/sheets/stops/nothing/poster.pdf")).status_code == 404
