"""Nobody registers before the privacy notice has its nine items, nor without reading it."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from etape.core.settings import DEMO_NOTICE
from etape.tour.notices.rules import NINE
from support.app import running
from support.command import Place
from support.desk import READ, Desk, a_session, person

NOTICE = "/api/v1/privacy-notice"
DEMO: dict[str, Any] = yaml.safe_load(DEMO_NOTICE.read_text(encoding="utf-8"))
NOTHING = [{"fr": "", "en": "Somebody"}, {"fr": "  \n"}, None]


def notice_file(folder: Path, **changes: Any) -> Path:
    path = folder / "notice.yaml"
    path.write_text(yaml.safe_dump({**DEMO, **changes}, allow_unicode=True), encoding="utf-8")
    return path


@pytest.fixture
async def stop(desk: Desk) -> Desk:
    await desk.publish(a_session("plenary", on_site={"capacity": 3}))
    return desk


async def test_the_notice_is_public_whole_and_versioned_by_its_words(
    stop: Desk, tmp_path: Path, database_url: str, now: datetime
) -> None:
    answer = await stop.http.get(NOTICE)

    told = answer.json()
    assert all(told[name]["fr"] and told[name]["en"] for name in NINE)
    assert (told["version"], told["missing"], told["fictitious"]) == (READ, [], True)
    assert "public" in answer.headers["cache-control"]
    reworded = notice_file(tmp_path, purposes={"fr": "Autre chose."})
    async with running(database_url, at=now, privacy_notice=reworded) as other:
        assert (await other.read("/privacy-notice"))["version"] != READ


@pytest.mark.parametrize(("place", "item"), list(enumerate(NINE)))
async def test_registration_does_not_open_while_one_of_the_nine_is_empty(
    place: int, item: str, tmp_path: Path, database_url: str, now: datetime
) -> None:
    lacking = notice_file(tmp_path, **{item: NOTHING[place % len(NOTHING)]})
    async with running(database_url, at=now, privacy_notice=lacking) as client:
        desk = Desk.of(client)
        await desk.publish(a_session("plenary", on_site={"capacity": 3}))
        notice = await client.read("/privacy-notice")

        answer = await desk.post(person("Ada", "plenary", consent=notice["version"]))

        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/notice-incomplete")
        assert answer.json()["missing"] == notice["missing"] == [item]
        assert (await client.read("/stops/essai"))["registration"] == "not_offered"
        assert await desk.ask("SELECT id FROM registration") == []


async def test_who_registers_has_read_the_notice_of_today(stop: Desk) -> None:
    for consent in (None, "0" * 12):
        refused = await stop.post(person("Ada", "plenary", consent=consent))
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/consent-needed")
        assert refused.json()["version"] == READ
        assert refused.json()["errors"][0]["pointer"] == "/consent"
    tried = await stop.post(person("Ada", "plenary", consent=None), simulate=True)
    assert tried.status_code == 200

    await stop.register("Ada", "plenary")

    [row] = await stop.ask("SELECT consent, consented_at FROM registration")
    assert (row.consent, row.consented_at) == (READ, stop.http.clock.now())


def test_the_doctor_and_the_start_say_what_is_wrong_with_the_notice(
    database_url: str, tmp_path: Path
) -> None:
    notice = notice_file(tmp_path, rights=None, complaint={})
    settings = {"ETAPE_DATABASE_URL": database_url, "ETAPE_PRIVACY_NOTICE": str(notice)}
    place = Place(tmp_path, settings)
    told = place.run("doctor")
    assert (told.returncode, "lacks rights, complaint." in told.stderr) == (0, True), told

    notice.write_text("controller: [", encoding="utf-8")
    refused = place.run("serve", "--port=0")
    assert refused.returncode == 1
    assert refused.stderr.startswith("ETAPE_PRIVACY_NOTICE")
    assert "Traceback" not in refused.stderr
