"""What a page says to those who do not run it: robots, previews, readers without script."""

import json
import re
from collections.abc import AsyncIterator
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from etape.core.pages import END, LANGUAGE, ROOT, TITLE, Manifest, pattern_of
from etape.pages.service import ADDRESSES
from support.app import Client, running
from support.desk import Desk, a_session

FRONT = Path(__file__).parents[2] / "frontend"
CALL, STOP = "/appels/azimut-donnees", "/etapes/azimut-lille"
REAL = "/appels/entrepots-donnees-sante"
XML = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9"}


class Seen(HTMLParser):
    """A page as it is read without running it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.metas: dict[str, str] = {}
        self.links: list[dict[str, str | None]] = []
        self.scripts: dict[str, list[str]] = {}
        self.words: list[str] = []
        self.language: str | None = None
        self._script: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "html":
            self.language = told["lang"]
        if tag == "meta" and (name := told.get("name") or told.get("property")):
            self.metas[name] = told["content"] or ""
        if tag == "link":
            self.links.append(told)
        if tag == "script":
            self._script = told.get("type") or ""

    def handle_endtag(self, tag: str) -> None:
        self._script = None if tag == "script" else self._script

    def handle_data(self, data: str) -> None:
        if self._script is None:
            self.words.append(data.strip())
        else:
            self.scripts.setdefault(self._script, []).append(data)

    @property
    def linked(self) -> dict[str, Any]:
        """What JSON-LD says, by its type."""
        told = map(json.loads, self.scripts.get("application/ld+json", []))
        return {each["@type"]: each for each in told}

    @property
    def answers(self) -> dict[str, Any]:
        """The answers that come with the page."""
        [told] = self.scripts["application/json"]
        found: dict[str, Any] = json.loads(told)
        return found


async def seen(client: Client, path: str, *, status: int = 200) -> Seen:
    answer = await client.get(path)
    assert answer.status_code == status, path
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Seen(answer.text)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder of built pages: the first document, which is built without a change to its words."""
    first = (FRONT / "index.html").read_text(encoding="utf-8")
    assert all(first.count(place) == 1 for place in (LANGUAGE, TITLE, ROOT, END))
    (tmp_path / "index.html").write_text(first, encoding="utf-8")
    return tmp_path


@pytest.fixture
async def site(demo_url: str, pages: Path, now: datetime) -> AsyncIterator[Client]:
    async with running(demo_url, at=now, pages=pages) as client:
        yield client


def test_every_page_of_the_browser_is_known_to_the_server() -> None:
    tree = (FRONT / "src" / "route-tree.gen.ts").read_text(encoding="utf-8")
    listed = tree.partition("fullPaths:")[2].partition(";")[0]
    paths = {path.rstrip("/") or "/" for path in re.findall(r'"([^"]+)"', listed)}
    patterns = [pattern_of(each.path) for each in ADDRESSES]
    unknown = {path for path in paths if not any(each.match(path) for each in patterns)}
    assert paths
    assert not unknown, "Say in pages.service.ADDRESSES what is told there: it answers 404."


async def test_a_page_names_itself_in_its_language_and_where_the_other_is(site: Client) -> None:
    french, english = await seen(site, REAL), await seen(site, f"/en{REAL}")

    assert (french.language, english.language) == ("fr", "en")
    call = await site.read("/calls/entrepots-donnees-sante")
    assert f"{call['name']['fr']} · Étape" in french.words
    assert f"{call['name']['en']} · Étape" in english.words
    assert french.metas["og:title"] != english.metas["og:title"]
    for page, here in ((french, REAL), (english, f"/en{REAL}")):
        links = {each.get("hreflang") or each["rel"]: each["href"] for each in page.links}
        assert links["canonical"] == page.metas["og:url"] == f"http://localhost:8000{here}"
        assert links["fr"] == links["x-default"] == f"http://localhost:8000{REAL}"
        assert links["en"] == f"http://localhost:8000/en{REAL}"
        assert "robots" not in page.metas


async def test_what_was_invented_is_shown_and_never_listed(site: Client) -> None:
    for path in (CALL, STOP, "/tour/azimut", "/budgets/azimut"):
        assert (await seen(site, path)).metas["robots"] == "noindex"

    told = ET.fromstring((await site.get("/sitemaps/0.xml")).text)
    listed = {each.text for each in told.iterfind("map:url/map:loc", XML)}
    assert {f"http://localhost:8000{path}" for path in ("", "/en", "/appels", REAL)} <= listed
    assert not [each for each in listed if each and "azimut" in each]
    index = ET.fromstring((await site.get("/sitemap.xml")).text)
    assert [each.text for each in index.iterfind("map:sitemap/map:loc", XML)] == [
        "http://localhost:8000/sitemaps/0.xml"
    ]
    assert (await site.get("/sitemaps/1.xml")).status_code == 404


async def test_the_answers_that_come_with_a_page_are_those_of_the_api(site: Client) -> None:
    asked = 0
    for path in ("/", "/appels", "/appels?q=telesante&status=open", CALL, STOP, "/tour/azimut"):
        for target, answer in (await seen(site, path)).answers.items():
            assert answer == (await site.get(target)).json(), target
            asked += 1
    assert asked > 12


async def test_a_page_without_script_says_what_it_is_about(site: Client) -> None:
    said = " ".join((await seen(site, CALL)).words)
    call = await site.read("/calls/azimut-donnees")
    assert "clôture : " in said
    assert call["funds"][0]["text"]["fr"] in said
    found = " ".join((await seen(site, "/en/appels?q=telehealth")).words)
    assert "closes" in found or "announced" in found.lower()


async def test_what_somebody_wrote_ends_no_script_and_opens_no_tag(
    database_url: str, pages: Path, now: datetime
) -> None:
    trap = '</script></noscript><img src=x onerror="alert(1)">'
    async with running(database_url, at=now, pages=pages) as client:
        desk = Desk.of(client)
        await desk.publish(a_session("plenary", on_site={"capacity": 9}), name={"fr": trap})
        text = (await client.get(f"/etapes/{desk.stop}")).text

    assert "<img" not in text
    assert trap in Seen(text).linked["Event"]["name"]
    assert Seen(text).answers[f"/api/v1/stops/{desk.stop}"]["name"]["fr"] == trap


async def test_an_event_says_how_to_come_and_how_many_seats_are_left(
    database_url: str, pages: Path, now: datetime
) -> None:
    async with running(database_url, at=now, pages=pages) as client:
        desk = Desk.of(client)
        await desk.publish(a_session("plenary", on_site={"capacity": 9}, online={}))
        await desk.register("Ada", "plenary")
        page = await seen(client, f"/etapes/{desk.stop}")

    event = page.linked["Event"]
    [session] = event["subEvent"]
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert session["maximumPhysicalAttendeeCapacity"] == 9
    assert session["remainingAttendeeCapacity"] == 8
    assert session["startDate"] < session["endDate"]
    trail = page.linked["BreadcrumbList"]["itemListElement"]
    assert [each["position"] for each in trail] == [1, 2, 3]
    assert trail[-1]["item"] == f"http://localhost:8000/etapes/{desk.stop}"


async def test_questions_that_still_hold_are_told_with_their_answers(site: Client) -> None:
    call = await site.read("/calls/azimut-donnees")
    told = (await seen(site, CALL)).linked["FAQPage"]["mainEntity"]
    assert [each["name"] for each in told] == [
        each["question"]["fr"] for each in call["questions"] if each["valid"]
    ]
    assert all(each["acceptedAnswer"]["text"] for each in told)


async def test_an_address_without_a_page_is_told_so(site: Client) -> None:
    for path in (
        "/nulle-part",
        "/appels/nulle-part",
        "/en/etapes/nulle-part",
        "/tour/1/2",
        "/appels/%C3%89T%23%3F",
    ):
        page = await seen(site, path, status=404)
        assert page.metas["robots"] == "noindex"
        assert page.answers == {}
    assert (await site.get("/nulle-part.svg")).status_code == 404


async def test_somebodys_own_pages_tell_nothing(site: Client) -> None:
    robots = (await site.get("/robots.txt")).text
    for path in ("/inscription/secret", "/groupe/code", "/gestion/equipe", "/gestion"):
        page = await seen(site, path)
        assert page.metas["robots"] == "noindex"
        assert page.answers == {}
        assert any(path.startswith(line[10:]) for line in robots.splitlines() if "Dis" in line)
    assert "Sitemap: http://localhost:8000/sitemap.xml" in robots


async def test_what_is_told_is_what_anybody_would_be(site: Client) -> None:
    mine = {"Cookie": "__Host-session=mine", "Authorization": "Bearer mine"}
    answer = await site.get(CALL, headers=mine)
    assert answer.text == (await site.get(CALL)).text


async def test_a_link_is_shown_with_a_picture(site: Client) -> None:
    page = await seen(site, f"/en{STOP}")
    assert page.metas["twitter:card"] == "summary_large_image"
    card = await site.get(page.metas["og:image"].removeprefix("http://localhost:8000"))
    assert card.headers["content-type"] == "image/png"
    assert card.headers["etag"]
    width, height = (int.from_bytes(card.content[at : at + 4], "big") for at in (16, 20))
    assert (width, height) == (1200, 630)
    assert (await site.get("/cards/appels/nulle-part.png")).status_code == 404


def test_a_page_names_the_code_and_the_words_that_it_needs() -> None:
    coded = [each for each in ADDRESSES if each.code]
    assert coded
    for address in coded:
        route = (FRONT / "src" / "routes" / f"{address.code}.tsx").read_text(encoding="utf-8")
        learnt = {
            word
            for said in re.findall(r"learn\(([^)]*)\)", route)
            for word in re.findall(r'"(\w+)"', said)
        }
        assert learnt <= set(address.words), f"Add the words of {address.path} to its address."
        assert all((FRONT / f"src/i18n/fr/{word}.ts").exists() for word in address.words)


def test_what_a_page_needs_is_fetched_before_it_is_met(tmp_path: Path) -> None:
    (tmp_path / ".vite").mkdir()
    parts: dict[str, dict[str, Any]] = {
        "src/routes/a.tsx?split": {"file": "a.js", "imports": ["_b"], "css": ["a.css"]},
        "_b": {"file": "b.js", "imports": ["src/main.tsx"]},
        "src/main.tsx": {"file": "main.js"},
        "src/routes/other.tsx": {"file": "other.js"},
        "node_modules/font.woff2": {"file": "font.woff2"},
    }
    (tmp_path / ".vite" / "manifest.json").write_text(json.dumps(parts), encoding="utf-8")
    links = "".join(Manifest.of(tmp_path).preloads(["src/routes/a.tsx?", "src/unbuilt.ts"]))
    assert re.findall('rel="(\\w+)".*?href="/([\\w.]+)"', links) == [
        ("preload", "font.woff2"),
        ("modulepreload", "a.js"),
        ("preload", "a.css"),
        ("modulepreload", "b.js"),
        ("modulepreload", "main.js"),
    ]
