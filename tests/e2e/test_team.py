"""The team's pages in a real browser: the first run, a passkey, and who one is."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.conftest import House, Screen, serving_house, virtual_authenticator
from support.postgres import temporary_folder


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
