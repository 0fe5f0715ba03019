"""What one decides on is seen before one scrolls; what is drawn is read and taken away too."""

import csv
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from e2e.conftest import Screen

FOLD = 800
PHONE = 360


def test_three_calls_are_seen_on_a_phone_each_with_its_closing_and_its_amount(
    screen: Callable[..., Screen],
) -> None:
    opened = screen(width=PHONE)
    page = opened.page
    opened.open("/appels")

    expect(page.get_by_role("combobox").first).to_be_focused()
    expect(page.get_by_role("button", name="Ma structure ?")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Filtres")).to_be_in_viewport(ratio=1)
    for call in page.get_by_role("article").all()[:3]:
        for fact in ("Clôture", "Montant par projet"):
            expect(call.locator("div").filter(has_text=fact).first).to_be_in_viewport(ratio=1)


def test_a_call_and_a_stop_say_on_a_phone_what_one_decides_on_above_their_actions(
    screen: Callable[..., Screen],
) -> None:
    opened = screen(width=PHONE)
    page = opened.page

    opened.open("/appels/azimut-terrains")
    actions = [
        page.get_by_role("link", name=name, exact=True)
        for name in ("Candidater (site externe)", "Suivre", "Agenda")
    ]
    money = [page.locator("dt", has_text=term) for term in ("Montant", "Taux", "Qui paie")]
    mine = page.get_by_text("Et ma structure ?", exact=True)
    _are_above([page.get_by_role("heading", level=1), page.locator(".loud"), *money, mine], actions)
    actions[1].click()
    expect(page.get_by_role("link", name="S’abonner")).to_be_in_viewport()

    opened.open("/etapes/azimut-lille")
    seats = [page.locator("dt", has_text=mode).first for mode in ("Sur place", "En ligne")]
    coming = page.get_by_text("Prochaine séance")
    calls = page.get_by_role("link", name="appels présentés")
    place = page.get_by_role("link", name="Y aller, et l’accessibilité du lieu")
    register = page.get_by_role("link", name="S’inscrire", exact=True)
    _are_above([*seats, coming, calls, place], [register])
    place.click()
    expect(page.get_by_role("heading", name="Y aller")).to_be_in_viewport()


def test_the_calls_found_are_listed_told_or_drawn_at_addresses_of_their_own(
    screen: Callable[..., Screen], tmp_path: Path
) -> None:
    opened = screen(width=1280)
    page = opened.page
    opened.open("/appels")
    preview = page.get_by_role("complementary", name="Aperçu de l’appel")

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.get_by_role("article").nth(1).get_by_role("link").first
    expect(second).to_be_focused()
    expect(preview).to_contain_text(second.inner_text())

    page.get_by_role("link", name="Fiches").click()
    page.wait_for_url("**/appels?view=cards")
    expect(preview).to_be_hidden()

    page.get_by_role("link", name="Frise").click()
    page.wait_for_url("**/appels?view=timeline")
    drawn = page.get_by_role("list", name="La frise").get_by_role("listitem")
    expect(drawn.first).to_be_visible()
    table = _taken_away(page, tmp_path)
    assert {row["call"] for row in table} == set(drawn.get_by_role("link").all_inner_texts())

    link = drawn.first.get_by_role("link")
    name = link.inner_text()
    link.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_the_tour_is_taken_away_as_it_is_drawn(
    screen: Callable[..., Screen], tmp_path: Path
) -> None:
    opened = screen(width=768)
    opened.open("/tour/azimut")
    table = _taken_away(opened.page, tmp_path)
    assert table[-1]["stop"] == "Saint-Denis de La Réunion"
    assert table[-1]["region"] == "La Réunion"
    assert opened.shut_out(language="fr", width=768) == []


def _are_above(seen: list[Locator], actions: list[Locator]) -> None:
    tops = []
    for action in actions:
        expect(action).to_be_in_viewport(ratio=1)
        box = action.bounding_box()
        assert box is not None
        tops.append(box["y"])
    for each in seen:
        box = each.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= min(tops), each
    assert min(tops) < FOLD


def _taken_away(page: Page, folder: Path) -> list[dict[str, str]]:
    """Open the table of a picture, and return what its file says."""
    page.get_by_text("Les mêmes données, en tableau").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Emporter le tableau (CSV)").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))
