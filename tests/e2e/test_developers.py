"""The reference of the API, as a developer meets it: begin, find an operation, read it whole."""

from collections.abc import Callable

import pytest

from e2e.conftest import Screen


def test_a_first_command_is_copied_by_a_click_and_works(screen: Callable[..., Screen]) -> None:
    opened = screen()
    page = opened.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.open("/")
    page.get_by_role("link", name="Pour les développeurs").click()
    page.get_by_role("heading", name="Commencer").wait_for()
    page.get_by_role("button", name="Copier").click()
    page.get_by_text("Copié.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"curl '{opened.house}/api/v1/calls?")
    answer = page.request.get(copied.split("'")[1])
    assert answer.ok
    assert answer.json()["total"] > 0


@pytest.mark.parametrize(("width", "theme"), [(360, "dark"), (1280, "light")])
def test_an_operation_is_found_by_typing_and_read_whole_by_keyboard(
    screen: Callable[..., Screen], width: int, theme: str
) -> None:
    opened = screen(width=width, theme=theme)
    page = opened.page
    opened.open("/developpeurs")
    page.keyboard.press("/")
    page.keyboard.type("s’inscrire")
    page.get_by_text("1 opération", exact=True).wait_for()
    assert page.url.endswith("?q=s%E2%80%99inscrire") or "q=" in page.url
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Register").wait_for()
    assert page.url.endswith("/developpeurs/register")

    for part in ("Qui peut l’appeler", "Paramètres", "Corps de la demande", "Réponses", "Refus"):
        page.get_by_role("heading", name=part).wait_for()
    page.get_by_text("session-full", exact=True).wait_for()
    page.locator("summary", has_text="SeatChoice").focus()
    page.keyboard.press("Enter")
    page.locator("details[open] code", has_text="session").first.wait_for()
    page.locator("summary", has_text="Voir un exemple réel").first.focus()
    page.keyboard.press("Enter")
    page.locator("pre", has_text="ada.lenoir@example.org").nth(1).wait_for()
    assert opened.barriers() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.go_back()
    page.get_by_text("1 opération", exact=True).wait_for()


def test_english_prose_says_that_it_is_english(screen: Callable[..., Screen]) -> None:
    opened = screen()
    opened.open("/developpeurs/read_stop")
    assert opened.page.locator("h1").get_attribute("lang") == "en"
    assert opened.page.locator("main p", has_text="Read a stop").get_attribute("lang") == "en"
    opened.open("/developpeurs/nothing-of-that-name")
    opened.page.get_by_role("heading", level=1, name="Cette opération n’existe pas").wait_for()


def test_a_key_is_asked_for_shown_once_used_and_revoked(screen: Callable[..., Screen]) -> None:
    opened = screen(width=360, theme="dark")
    page = opened.page
    opened.open("/developpeurs")
    page.get_by_role("link", name="Demander une clé d’API").click()
    page.get_by_role("button", name="Recevoir le lien").click()
    page.get_by_role("alert").wait_for()
    assert opened.barriers() == []
    page.get_by_label("Courriel").fill("ada-cle@example.org")
    page.get_by_label("À quoi sert-elle ?").fill("Tableau de bord régional")
    page.get_by_role("button", name="Recevoir le lien").click()
    page.get_by_text("Regardez votre courriel").wait_for()

    opened.open("/demo/courrier")
    letter = page.locator("main ol > li", has_text="ada-cle@example.org").first
    letter.wait_for(timeout=30_000)
    links = letter.get_by_role("link").evaluate_all("(all) => all.map((link) => link.href)")
    [given] = [link for link in links if "?lien=" in link]
    [ending] = [link for link in links if "?revocation=" in link]

    page.goto(given)
    page.get_by_role("heading", level=1, name="Votre clé est prête").wait_for()
    assert opened.barriers() == []
    page.get_by_role("button", name="Afficher ma clé").click()
    page.get_by_role("heading", level=1, name="Votre clé").wait_for()
    key = page.locator("pre").first.inner_text().strip()
    assert key.startswith("etape_")
    assert opened.barriers() == []
    me = f"{opened.house}/api/v1/api-keys/self"
    bearer = {"Authorization": f"Bearer {key}"}
    assert page.request.get(me, headers=bearer).json()["name"] == "Tableau de bord régional"

    page.goto(given)
    page.get_by_role("button", name="Afficher ma clé").click()
    page.get_by_role("alert").wait_for()
    page.goto(ending)
    page.get_by_role("button", name="Révoquer maintenant").click()
    page.get_by_role("heading", level=1, name="Clé révoquée").wait_for()
    page.wait_for_timeout(1_000)  # every process forgets a key within a second
    assert page.request.get(me, headers=bearer).status == 401
