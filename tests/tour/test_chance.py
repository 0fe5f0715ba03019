"""What a rank is worth: told from three past stops at least, else the rank alone."""

from datetime import timedelta
from typing import Any

import pytest

from support.app import Client
from support.desk import Desk, a_session

PAST = {"one": 0, "two": 1, "three": 3}
"""At each past stop one chair, three who waited, and how many of them it went to."""


async def past_stop(client: Client, slug: str, moved_up: int) -> None:
    desk = Desk.of(client, stop=slug)
    await desk.publish(a_session("plenary", on_site={"capacity": 1}))
    names = ["Ada", "Bea", "Cleo", "Dora"]
    for name in names:
        await desk.register(name, "plenary")
    for name in names[:moved_up]:
        assert (await desk.cancel(name)).status_code == 204


async def waiting(client: Client) -> Any:
    """Somebody second in line at a stop of a month later."""
    desk = Desk.of(client, stop="next")
    later = {"starts_at": "2027-02-12T09:00", "ends_at": "2027-02-12T10:00"}
    days = [{"on": "2027-02-12"}]
    session = {**a_session("plenary", on_site={"capacity": 1}), **later}
    await desk.publish(session, days=days, rank=9)
    for name in ("Eve", "Fay", "Gus"):
        await desk.register(name, "plenary", online_meanwhile=False)
    [seat] = (await desk.read("Gus"))["seats"]
    assert seat["rank"] == 2
    return seat["chance"]


@pytest.mark.parametrize("known", [2, 3])
async def test_the_chance_of_a_rank_is_told_from_three_past_stops(
    client: Client, known: int
) -> None:
    for slug, moved_up in [*PAST.items()][:known]:
        await past_stop(client, slug, moved_up)
    client.clock.at += timedelta(days=70)

    told = await waiting(client)

    assert told == (None if known == 2 else {"stops": 3, "share": 0.33})
