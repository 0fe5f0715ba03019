"""The whole journey: find money, go to a stop, get a calendar entry, and change one's mind."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Locator, Page, expect

from e2e.conftest import Screen


@pytest.mark.parametrize("width", [360, 1280])
def test_somebody_finds_a_call_registers_for_a_stop_and_cancels(
    screen: Callable[..., Screen], width: int, tmp_path: Path
) -> None:
    opened = screen(width=width)
    page = opened.page
    email = f"ada-{width}@example.org"

    _find_a_call(opened)
    _go_to_a_coming_stop(opened)
    _register(page, email=email)

    entry = _entry_of_the_latest_letter(opened, tmp_path, to=email, subject="inscription")
    assert entry["METHOD"] == "REQUEST"
    [event] = entry.walk("VEVENT")
    assert event["ATTENDEE"] == f"mailto:{email}"
    assert event.start.utcoffset() is not None
    assert entry.walk("VTIMEZONE")

    page.locator("main ol > li").first.get_by_role(
        "link", name=re.compile("inscription.[A-Za-z0-9_-]{43}")
    ).click()
    opened.settle()
    expect(page.get_by_text("Votre inscription")).to_be_visible()
    assert opened.barriers() == []

    page.get_by_role("button", name="Annuler mon inscription").click()
    page.get_by_role("button", name="Oui, annuler").click()
    expect(page.get_by_text("Inscription annulée").first).to_be_visible()

    withdrawn = _entry_of_the_latest_letter(opened, tmp_path, to=email, subject="annulée")
    assert withdrawn["METHOD"] == "CANCEL"
    [gone] = withdrawn.walk("VEVENT")
    assert gone["UID"] == event["UID"]
    assert gone["SEQUENCE"] > event["SEQUENCE"]


def _find_a_call(opened: Screen) -> None:
    opened.open("/")
    box = opened.page.get_by_role("combobox").first
    box.fill("entrepot de donnees")
    box.press("Enter")
    opened.page.wait_for_url("**/appels?*")
    opened.page.get_by_role("link", name=re.compile("Azimut Données")).first.click()
    opened.page.wait_for_url("**/appels/azimut-donnees")
    expect(opened.page.get_by_role("heading", level=1)).to_contain_text("Azimut Données")


def _go_to_a_coming_stop(opened: Screen) -> None:
    page = opened.page
    menu = page.get_by_text("Menu", exact=True)
    if menu.is_visible():
        menu.click()
    page.get_by_role("link", name="Le tour").first.click()
    opened.settle()
    page.get_by_role("link", name=re.compile("^Lille")).first.click()
    page.wait_for_url("**/etapes/azimut-lille")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lille")


def _register(page: Page, *, email: str) -> None:
    form = page.locator("form").filter(has=page.get_by_role("textbox", name="Courriel"))
    page.get_by_role("checkbox", name=re.compile("Ouverture")).first.check()
    form.get_by_label("Prénom et nom").fill("Ada Lenoir")
    form.get_by_role("textbox", name="Courriel").fill(email)
    form.get_by_role("checkbox", name=re.compile("J’ai lu")).check()
    form.get_by_role("button", name=re.compile("M’inscrire à 1 séance")).click()
    expect(page.get_by_text("C’est noté")).to_be_visible()
    expect(page.get_by_text(re.compile(email))).to_be_visible()


def _latest_letter(page: Page, *, to: str) -> Locator:
    return page.locator("main ol > li").filter(has_text=to).first


def _entry_of_the_latest_letter(opened: Screen, folder: Path, *, to: str, subject: str) -> Calendar:
    page = opened.page
    opened.open("/demo/courrier")
    letter = _latest_letter(page, to=to)
    expect(letter).to_contain_text(re.compile(subject, re.IGNORECASE), timeout=30_000)
    with page.expect_download() as download:
        letter.get_by_role("link", name="Télécharger l’entrée d’agenda").click()
    file = folder / "entry.ics"
    download.value.save_as(file)
    return Calendar.from_ical(file.read_bytes())
