"""The team's pages in a real browser: the first run, a passkey, and who one is."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.conftest import House, Screen, serving_house, virtual_authenticator
from support.postgres import temporary_folder

KEY = re.compile("etape_[0-9a-f]{32}_[0-9a-f]{64}")
DOOR = [
    "/gestion/connexion",
    f"/gestion/connexion?lien={'A' * 43}",
    "/gestion/connexion?refus=not-of-the-team&state=abc",
    f"/gestion/bienvenue?lien={'A' * 43}",
]
TEAM = [
    "/gestion",
    "/gestion/acces",
    "/gestion/cles",
    "/gestion/equipe",
    "/gestion/etapes/azimut-lille",
    "/gestion/journal",
    "/gestion/journal?objet=member",
]


@pytest.fixture(scope="module")
def new_house() -> Iterator[House]:
    """Run an Étape that nobody of a team has entered yet."""
    with temporary_folder() as folder, serving_house(Path(folder)) as house:
        yield house


def test_the_first_of_the_team_enrols_a_passkey_and_comes_back_by_it(
    screen: Callable[..., Screen], new_house: House
) -> None:
    opened = screen(house=new_house.url)
    page = opened.page
    virtual_authenticator(page)

    opened.open(f"/gestion/bienvenue?lien={new_house.first_link()}")
    expect(page.get_by_role("heading", name="Bienvenue")).to_be_visible()
    page.get_by_label("Prénom et nom").fill("Ada Lenoir")
    page.get_by_label("Courriel professionnel").fill("ada@etape.example")
    page.get_by_role("button", name="Commencer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Protégez votre accès")
    assert "lien" not in page.url
    page.get_by_role("button", name="Créer une clé d’accès").click()

    page.wait_for_url(re.compile("/gestion$"))
    expect(page.get_by_text("ada@etape.example")).to_be_visible()
    expect(page.get_by_text("Coordination")).to_be_visible()
    expect(page.get_by_role("list", name="Appels").get_by_role("link").first).to_be_visible()
    assert opened.barriers() == []

    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("**/gestion/connexion")
    opened.open("/gestion")
    page.wait_for_url("**/gestion/connexion")
    page.get_by_role("button", name="Se connecter avec une clé d’accès").click()
    page.wait_for_url(re.compile("/gestion$"))
    expect(page.get_by_text("ada@etape.example")).to_be_visible()

    page.get_by_role("link", name="Clés d’API").click()
    page.get_by_role("button", name="Créer une clé").click()
    page.get_by_label("À quoi sert cette clé").fill("Import des appels")
    page.get_by_role("checkbox", name=re.compile("Écrire les appels")).check()
    page.get_by_role("dialog").get_by_role("button", name="Créer une clé").click()
    expect(page.get_by_label("Votre clé").get_by_text(KEY)).to_be_visible()
    page.get_by_role("button", name="Elle est à l’abri").click()
    expect(page.get_by_text("Import des appels")).to_be_visible()
    expect(page.get_by_text(KEY)).to_have_count(0)


@pytest.mark.parametrize(
    ("width", "theme", "language"),
    [(360, "dark", "fr"), (1280, "light", "en")],
)
def test_no_page_of_the_team_shuts_anybody_out(
    screen: Callable[..., Screen], served: House, width: int, theme: str, language: str
) -> None:
    opened = screen(width=width, theme=theme, language=language)
    page = opened.page
    virtual_authenticator(page)
    prefix = "/en" if language == "en" else ""
    barriers = {}

    def look(name: str) -> None:
        opened.settle()
        barriers[name] = opened.shut_out(language=language, width=width)

    for path in DOOR:
        opened.open(prefix + path)
        look(path)
    address = f"bob-{width}-{theme}@etape.example"
    opened.open(f"{prefix}/gestion/bienvenue?lien={served.invite(address, 'Bob Faure')}")
    look("an invitation")
    page.locator("form button[type=submit]").click()
    page.wait_for_url("**/gestion/bienvenue")
    page.locator("section", has=page.get_by_role("heading", level=2)).last.get_by_role(
        "button"
    ).click()
    page.locator("main img").wait_for()
    look("enrolling")
    page.locator("form button[type=submit]").first.click()
    page.wait_for_url(re.compile("/gestion$"))
    for path in TEAM:
        opened.open(prefix + path)
        look(path)

    assert {path: found for path, found in barriers.items() if found} == {}
