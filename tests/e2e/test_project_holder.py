"""A project holder looks for money: what call, until when, what is left, for whom, what moved."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Locator, Page, expect

from e2e.conftest import Screen

LONG = timedelta(days=210)
"""From a day half a year ago to the next closing."""

WORDS: dict[str, dict[str, Any]] = {
    "fr": {
        "typed": "entrepôt de données hôpital",
        "call": "Azimut Données : l’entrepôt partagé",
        "open": "Ouvert",
        "hour": "heure non précisée",
        "prudence": "comptez sur la veille",
        "left": "Reste",
        "unsaid": "non précisé",
        "why": "pourquoi ?",
        "competitive": "Appel compétitif : on dit ce qui est attribué, pas ce qui reste.",
        "tell": "Dites ce qu’elle est",
        "structure": "Ma structure",
        "together": "Je réponds",
        "refused": "Pas en l’état",
        "leader": "Prenez pour chef de file un établissement de santé.",
        "members": "Ajoutez 3 membres au consortium, chacun étant un établissement de santé.",
        "compare": "Comparer deux dates",
        "since": "Entre le",
        "published": "L’appel est publié ici.",
        "told": "La clôture est repoussée de deux semaines, à la demande des établissements.",
        "calendar": {360: "Agenda", 1280: "Ajouter à mon agenda"},
        "apply": "Candidater",
    },
    "en": {
        "typed": "hospital data warehouse",
        "call": "Azimut Data: the shared warehouse",
        "open": "Open",
        "hour": "hour not stated",
        "prudence": "count on the day before",
        "left": "Left",
        "unsaid": "not stated",
        "why": "why?",
        "competitive": "A competitive call: what is awarded is told, not what is left.",
        "tell": "Say what it is",
        "structure": "My organisation",
        "together": "I apply",
        "refused": "Not as it stands",
        "leader": "Take as your leader a health facility.",
        "members": "Add 3 members to the consortium, each of them a health facility.",
        "compare": "Compare two dates",
        "since": "Between",
        "published": "The call is published here.",
        "told": "The closing is put off by two weeks, as facilities asked.",
        "calendar": {360: "Calendar", 1280: "Add to my calendar"},
        "apply": "Apply",
    },
}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_university_finds_a_call_and_learns_all_that_it_decides_on(
    screen: Callable[..., Screen], language: str, width: int, tmp_path: Path
) -> None:
    theme = "dark" if (language, width) == ("en", 360) else "light"
    opened = screen(width=width, language=language, theme=theme)
    page = opened.page
    words = WORDS[language]

    _speak(opened, language)
    _find(page, words["typed"], words["call"], state=words["open"])
    closing = date.fromisoformat(_told(opened, "/api/v1/calls/azimut-donnees")["deadline"]["on"])

    expect(page.locator(f'.loud time[datetime="{closing}"]')).to_contain_text(words["hour"])
    expect(page.get_by_text(words["prudence"])).to_be_visible()

    expect(page.get_by_role("link", name=words["apply"])).to_be_in_viewport(ratio=1)

    expect(_fact(page, words["left"]).first).to_contain_text(words["unsaid"])
    page.get_by_role("link", name=words["why"]).click()
    expect(page.locator("#argent")).to_contain_text(words["competitive"])
    expect(page.locator("#argent")).to_be_in_viewport()

    page.get_by_role("link", name=words["tell"]).click()
    eligibility = page.locator("#et-ma-structure")
    eligibility.get_by_label(words["structure"]).select_option("university")
    eligibility.get_by_label(words["together"]).select_option("alone")
    answer = eligibility.get_by_role("status")
    expect(answer).to_contain_text(words["refused"])
    expect(answer).to_contain_text(words["leader"])
    expect(eligibility.get_by_role("listitem").filter(has_text=words["members"])).to_be_visible()

    changes = page.locator("#changements")
    changes.get_by_text(words["compare"]).click()
    changes.get_by_label(words["since"]).fill(f"{closing - LONG}")
    difference = changes.get_by_role("status")
    expect(difference).to_contain_text(words["published"])
    expect(difference).to_contain_text(words["told"])

    with page.expect_download() as download:
        page.get_by_role("link", name=words["calendar"][width], exact=True).click()
    file = tmp_path / "entry.ics"
    download.value.save_as(file)
    [event] = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert event.start == closing
    assert words["call"] in event["SUMMARY"]
    assert words["prudence"] in event["DESCRIPTION"]
    assert event["URL"] == page.url.partition("?")[0]

    assert opened.shut_out(language=language, width=width) == []


def test_what_a_window_has_left_is_said_at_its_top_with_its_day(
    screen: Callable[..., Screen],
) -> None:
    opened = screen(width=360)
    page = opened.page

    opened.open("/")
    _find(page, "chèque", "Chèque Azimut", state="Ouvert")
    left = _told(opened, "/api/v1/calls/azimut-cheque-reglementaire/budget")["left"]
    money = re.compile(f"{left['cents'] // 100:,}".replace(",", r"[\s,]"))
    day = date.fromisoformat(left["latest"]).day

    shown = _fact(page, "Reste").first
    expect(shown).to_contain_text(money)
    expect(shown).to_contain_text(re.compile(rf"\b{day}(er)?\b"))


def test_a_structure_told_on_the_first_page_narrows_the_calls_and_is_known_on_each(
    screen: Callable[..., Screen],
) -> None:
    opened = screen(width=360)
    page = opened.page
    words = WORDS["fr"]

    opened.open("/")
    page.get_by_role("button", name="Ma structure ?").click()
    page.get_by_role("combobox", name=words["structure"]).select_option("university")
    page.get_by_role("button", name="Voir les appels pour elle").click()
    page.wait_for_url("**/appels?structure=university")
    expect(page.get_by_role("heading", level=1)).to_have_text("Appels")
    page.get_by_role("link", name=words["call"]).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(words["call"])
    expect(page.get_by_text(words["leader"]).first).to_be_visible()


def test_whoever_finds_a_closed_call_is_led_to_those_that_are_not(
    screen: Callable[..., Screen],
) -> None:
    opened = screen(width=360)
    page = opened.page

    opened.open("/")
    _find(page, WORDS["fr"]["typed"], "Entrepôts de données de santé hospitaliers", state="Clos")
    page.get_by_role("link", name="Les appels ouverts ou à venir sur ces thèmes").click()
    expect(page.get_by_role("link", name=WORDS["fr"]["call"]).first).to_be_visible()


def _speak(opened: Screen, language: str) -> None:
    page = opened.page
    opened.open("/")
    if language == "en":
        menu = page.get_by_text("Menu", exact=True)
        if menu.is_visible():
            menu.click()
        page.get_by_role("link", name="English").click()
        page.wait_for_url("**/en")
        opened.settle()


def _find(page: Page, typed: str, name: str, *, state: str) -> None:
    """Search on the first page, and open the call found, which says its state."""
    box = page.get_by_role("combobox").first
    box.fill(typed)
    box.press("Enter")
    page.wait_for_url("**/appels?*")
    found = page.get_by_role("article").filter(has=page.get_by_role("link", name=name))
    expect(found.first).to_contain_text(state)
    found.first.get_by_role("link", name=name).click()
    page.wait_for_url("**/appels/*")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def _told(opened: Screen, path: str) -> Any:
    """Return what the API tells, of days that move with the demo."""
    return opened.page.request.get(opened.house + path).json()


def _fact(page: Page, term: str) -> Locator:
    return page.locator("dl > div").filter(has=page.get_by_text(term, exact=True)).locator("dd")
