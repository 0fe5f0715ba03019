"""Whoever runs Étape says in one file whose site it is, and what it looks like."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from etape.core.edge import POLICY
from support.app import running
from support.command import Place

ROOT = Path(__file__).parents[2]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>'
OURS: dict[str, Any] = {
    "name": "Le Relais",
    "logo": "logo.svg",
    "stylesheet": "brand.css",
    "publisher": {"fr": "Région Exemple, 1 rue du Lac", "en": "Exemple Region"},
    "director": {"fr": "Ada Lenoir"},
    "contact": {"email": "relais@region.example", "telephone": ""},
    "accessibility": {"conformity": "partial", "gaps": {"fr": "Deux cartes."}},
}


def site_file(folder: Path, **changes: Any) -> Path:
    (folder / "logo.svg").write_text(SVG, encoding="utf-8")
    (folder / "brand.css").write_text(":root { --accent: #7a1f5c; }", encoding="utf-8")
    path = folder / "site.yaml"
    path.write_text(yaml.safe_dump({**OURS, **changes}, allow_unicode=True), encoding="utf-8")
    return path


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder of built pages."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "index.html").write_text((ROOT / "frontend" / "index.html").read_text("utf-8"))
    return folder


async def test_a_site_says_whose_it_is_and_looks_as_its_deployer_wants(
    demo_url: str, tmp_path: Path, pages: Path, now: datetime
) -> None:
    async with running(demo_url, at=now, pages=pages, site=site_file(tmp_path)) as client:
        site = await client.read("/site")
        page = (await client.get("/en/appels")).text
        logo, style = await client.get(site["logo"]), await client.get(site["stylesheet"])
        unversioned = await client.get("/brand/logo")

    assert (site["name"], site["missing"], site["fictitious"]) == ("Le Relais", ["host"], False)
    assert site["contact"] == {"email": "relais@region.example", "telephone": None}
    assert site["accessibility"]["gaps"] == {"fr": "Deux cartes.", "en": None}
    assert "<title>Calls and funding · Le Relais</title>" in page
    assert '<meta name="application-name" content="Le Relais" />' in page
    assert page.index("/mark.svg") < page.index(f'href="{site["logo"]}"')  # the last icon is shown
    assert page.index("</head>") < page.index(f'href="{site["stylesheet"]}"')  # over the others
    assert "Étape" not in page.partition("<body>")[0]
    assert (logo.text, logo.headers["content-type"]) == (SVG, "image/svg+xml")
    assert style.headers["content-type"] == "text/css; charset=utf-8"
    for answer in (logo, style):
        assert answer.headers["cache-control"].endswith("immutable")
        assert answer.headers["content-security-policy"] == POLICY
    assert "immutable" not in unversioned.headers["cache-control"]


async def test_without_a_file_the_site_is_etapes_and_says_what_is_missing(
    demo_url: str, pages: Path, now: datetime
) -> None:
    async with running(demo_url, at=now, pages=pages) as client:
        site = await client.read("/site")
        page = (await client.get("/")).text
        assert (await client.get("/brand/logo")).status_code == 404
        assert (await client.get("/brand/style.css")).status_code == 404

    assert (site["name"], site["fictitious"]) == ("Étape", True)
    assert site["missing"] == ["director", "host"]
    assert "/brand/" not in page


async def test_the_form_to_fill_is_a_site_that_says_nothing_yet(
    demo_url: str, now: datetime
) -> None:
    async with running(demo_url, at=now, site=ROOT / "docs" / "site.yaml") as client:
        site = await client.read("/site")
    assert site["missing"] == ["publisher", "director", "host", "contact"]
    assert set(site["accessibility"].values()) == {None}
    assert (site["logo"], site["stylesheet"]) == (None, None)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"logo": "logo.js"}, "logo.js is none of .png, .svg, .webp"),
        ({"stylesheet": "nowhere.css"}, "nowhere.css"),
        ({"name": ""}, "name"),
        ({"colour": "#000"}, "colour"),
    ],
)
def test_a_start_says_what_is_wrong_with_the_file(
    wrong: dict[str, Any], why: str, database_url: str, tmp_path: Path
) -> None:
    site = site_file(tmp_path, **wrong)
    place = Place(tmp_path, {"ETAPE_DATABASE_URL": database_url, "ETAPE_SITE": str(site)})
    refused = place.run("serve", "--port=0")
    assert refused.returncode == 1
    assert refused.stderr.startswith("ETAPE_SITE")
    assert why in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_doctor_says_what_the_legal_notice_lacks(database_url: str, tmp_path: Path) -> None:
    site = site_file(tmp_path)
    place = Place(tmp_path, {"ETAPE_DATABASE_URL": database_url, "ETAPE_SITE": str(site)})
    assert "The legal notice lacks host" in place.run("doctor").stderr
