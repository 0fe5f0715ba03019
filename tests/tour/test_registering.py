"""Registering for a stop, over HTTP."""

from support.app import Client
from support.desk import READ

STOP = "/api/v1/stops/azimut-lille"


def person(name: str = "Ada Lenoir", *sessions: tuple[str, str], **others: object) -> dict:
    wanted = sessions or (("ouverture", "on_site"),)
    return {
        "name": name,
        "email": f"{name.split(maxsplit=1)[0].lower()}@example.org",
        "consent": READ,
        "seats": [{"session": session, "mode": mode} for session, mode in wanted],
        **others,
    }


async def test_somebody_registers_and_is_confirmed_at_once(client: Client) -> None:
    answer = await client.post(f"{STOP}/registrations", json=person())

    assert answer.status_code == 201, answer.text
    [seat] = answer.json()["seats"]
    assert (seat["status"], seat["rank"]) == ("confirmed", None)
