"""The index of calls follows what is published, and the clock."""

import asyncio
from datetime import timedelta

from etape.core.publishing import publish
from etape.core.texts import Localized
from etape.funding.calls.schemas import CallContent, CallKind
from etape.funding.calls.service import CALL
from support.app import Client, running


def _comet(name: str = "Comètes et marées") -> CallContent:
    return CallContent(slug="cometes", kind=CallKind.WINDOW, name=Localized(fr=name))


async def _publish(client: Client, content: CallContent) -> None:
    async with client.database.unit_of_work() as session:
        await publish(session, CALL, content, by="test", now=client.clock.now())


async def test_a_writer_finds_what_it_wrote_at_once(client: Client) -> None:
    await _publish(client, _comet())

    assert (await client.read("/calls", q="cometes"))["exact"] == 1


async def test_another_process_finds_it_within_a_second(client: Client, demo_url: str) -> None:
    async with running(demo_url, at=client.clock.now(), with_worker=True) as other:
        await asyncio.sleep(0.6)  # it has begun to listen
        await _publish(client, _comet())
        await _publish(client, _comet("Étoiles filantes"))
        await asyncio.sleep(1)

        found = await other.read("/calls", q="etoile filante")
        assert [call["slug"] for call in found["items"]][:1] == ["cometes"]


async def test_a_state_changes_in_the_index_when_its_hour_comes(client: Client) -> None:
    [closing] = (await client.read("/calls", status="closing"))["items"]

    client.clock.at += timedelta(days=30)
    await asyncio.sleep(1.5)

    found = await client.read("/calls", q=closing["name"]["fr"])
    assert found["items"][0]["state"] == "between_waves"
