"""Everything public by keyboard alone, zoomed four times, in the colours of the system."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e.conftest import Screen
from e2e.test_pages import PAGES

# What is pressed and is smaller than 24 pixels (WCAG 2.2, 2.5.8), links within a sentence apart; a
# field is pressed by its label too.
SMALL = """
[...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter((it) => it.checkVisibility({visibilityProperty: true}))
  .filter((it) => getComputedStyle(it).display !== 'inline' || it.labels)
  .map((it) => [it, [it, ...(it.labels ?? [])].map((one) => one.getBoundingClientRect())])
  .filter(([, boxes]) => boxes[0].width > 1
    && !boxes.some(({width, height}) => Math.round(width) >= 24 && Math.round(height) >= 24))
  .map(([it]) => it.outerHTML.slice(0, 120))
"""
FOCUSED = "document.activeElement.matches(':focus-visible')"
LANGUAGES = [
    ("fr", "", "Calendrier", "sombre", "Azimut Données"),
    ("en", "/en", "Calendar", "dark", "Azimut Data"),
]


def walk(wanted: Locator, *, most: int = 90) -> None:
    """Tab until one of them has the focus, and shows it, as who has only a keyboard does."""
    page = wanted.page
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate_all("all => all.includes(document.activeElement)"):
            assert page.evaluate(FOCUSED), f"the focus on {wanted} is not seen"
            return
    pytest.fail(f"{wanted} is not reached in {most} presses")


@contextmanager
def moving(opened: Screen, heading: str | re.Pattern[str]) -> Iterator[None]:
    """What happens leads to another page, whose heading has the focus and is announced."""
    yield
    page = opened.page
    title = page.get_by_role("heading", level=1, name=heading)
    expect(title).to_be_focused()
    expect(page.locator("p[role=status].hidden").last).to_have_text(page.title())


def palette(page: Page, typed: str) -> None:
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
    page.keyboard.type(typed)


@pytest.mark.parametrize(("language", "prefix", "deadlines", "dark", "call"), LANGUAGES)
def test_the_palette_finds_goes_and_sets_by_keyboard_alone(
    screen: Callable[..., Screen], language: str, prefix: str, deadlines: str, dark: str, call: str
) -> None:
    opened = screen(language=language)
    page = opened.page
    opened.open(f"{prefix}/appels")
    expect(page.get_by_role("button", name=re.compile("Aller à|Go to"))).to_be_visible()

    palette(page, deadlines[:5])
    expect(page.get_by_role("dialog").get_by_role("option", selected=True)).to_contain_text(
        deadlines
    )
    assert opened.barriers() == []
    with moving(opened, re.compile("^(Calendrier|Calendar)")):
        page.keyboard.press("Enter")
    assert page.url.endswith(f"{prefix}/calendrier")

    palette(page, dark)
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_focused()  # as before: nobody is lost

    palette(page, call[:10])
    wanted = page.get_by_role("option", name=re.compile(f"^{call}"))
    wanted.wait_for()
    while wanted.get_attribute("aria-selected") == "false":
        page.keyboard.press("ArrowDown")
    with moving(opened, re.compile(call)):
        page.keyboard.press("Enter")

    palette(page, "langue" if language == "fr" else "language")
    page.keyboard.press("Enter")
    other = "en" if language == "fr" else "fr"
    expect(page.locator("html")).to_have_attribute("lang", other)
    assert page.url.removesuffix("/appels/azimut-donnees").endswith("/en") is (other == "en")


def test_keys_are_heard_outside_of_inputs_and_not_by_who_does_not_want_them(
    screen: Callable[..., Screen],
) -> None:
    opened = screen()
    page = opened.page
    opened.open("/laureats")
    box = page.locator("main input[type=search]").first
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("a/b?")
    expect(box).to_have_value("a/b?")
    page.keyboard.press("Control+k")  # takes nothing from who writes: nothing is cut, nothing typed
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(box).to_have_value("a/b?")
    page.keyboard.press("Escape")
    expect(box).to_be_focused()

    opened.open("/budgets")
    page.keyboard.press("/")  # no box here: the palette
    expect(page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("?")
    single = page.get_by_role("checkbox", name="Écouter les touches seules")
    expect(single).to_be_checked()
    assert opened.barriers() == []
    single.press("Space")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("?")
    page.keyboard.press("/")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown',"
        "{key: 'k', ctrlKey: true, isComposing: true, bubbles: true}))"
    )
    page.keyboard.press("Control+Shift+k")
    page.keyboard.press("Control+Alt+k")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_page_begins_at_its_heading_except_where_it_or_the_address_says_otherwise(
    screen: Callable[..., Screen],
) -> None:
    opened = screen()
    page = opened.page
    opened.open("/budgets")
    expect(page.locator("body")).to_be_focused()  # not on the first load
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

    with moving(opened, re.compile("Le tour|Azimut")):
        page.get_by_role("navigation").get_by_role("link", name="Le tour").click()
    page.get_by_role("navigation").get_by_role("link", name="Appels").click()
    expect(page.get_by_role("combobox").first).to_be_focused()  # the page chose its box
    palette(page, "lien perdu")
    page.keyboard.press("Enter")
    expect(page.locator("#lien-perdu")).to_be_focused()


def test_a_call_is_found_and_its_application_link_reached_by_keyboard(
    screen: Callable[..., Screen],
) -> None:
    opened = screen()
    page = opened.page
    opened.open("/")
    page.keyboard.press("/")
    page.keyboard.type("azimut terrains")
    page.keyboard.press("Enter")
    page.wait_for_url("**/appels?*")
    opened.settle()
    expect(page.locator("[aria-busy=false]")).to_be_visible()  # no list of before is on its way out
    with moving(opened, re.compile("Azimut Terrains")):
        walk(page.get_by_role("link", name=re.compile("^Azimut Terrains")))
        page.keyboard.press("Enter")
    walk(page.get_by_role("link", name=re.compile("^Candidater")))


def test_somebody_registers_for_a_stop_by_keyboard(screen: Callable[..., Screen]) -> None:
    opened = screen()
    page = opened.page
    opened.open("/")
    with moving(opened, re.compile("Lille")):
        walk(page.get_by_role("link", name=re.compile("Lille")))
        page.keyboard.press("Enter")
    walk(page.get_by_role("checkbox", name=re.compile("Ouverture")), most=200)
    page.keyboard.press("Space")
    walk(page.get_by_role("textbox", name="Prénom et nom"))
    page.keyboard.type("Ada Lenoir")
    walk(page.get_by_role("textbox", name="Courriel"))
    page.keyboard.type("ada-clavier@example.org")
    walk(page.get_by_role("checkbox", name=re.compile("J’ai lu")))
    page.keyboard.press("Space")
    walk(page.get_by_role("button", name=re.compile("M’inscrire à 1 séance")))
    page.keyboard.press("Enter")
    expect(page.get_by_text("C’est noté")).to_be_visible()


def test_a_figure_of_a_budget_and_its_source_are_read_by_keyboard(
    screen: Callable[..., Screen],
) -> None:
    opened = screen()
    page = opened.page
    opened.open("/budgets")
    with moving(opened, re.compile("670")):
        walk(page.get_by_role("link", name=re.compile("^Stratégie d’accélération")))
        page.keyboard.press("Enter")
    line = page.locator("main details").first
    walk(line.locator("> summary"))
    page.keyboard.press("Enter")
    expect(line).to_contain_text("670 M€ d’enveloppe")
    walk(line.locator("details > summary").first)
    page.keyboard.press("Enter")
    expect(line.get_by_text("Les sources ne disent pas la même chose").first).to_be_visible()
    walk(line.locator("a[href^=http]"))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_zoom_of_four_hundred_per_cent_hides_nothing_and_leaves_what_is_pressed_large(
    screen: Callable[..., Screen], language: str
) -> None:
    opened = screen(width=320, language=language)
    found = {}
    for path in PAGES:
        opened.open(f"/en{path}".rstrip("/") if language == "en" else path)
        width = opened.page.evaluate("document.documentElement.scrollWidth")
        wrong = opened.page.evaluate(SMALL)
        if width > 320:
            wrong.append(f"{width} px wide")
        if wrong:
            found[path] = wrong
    assert found == {}
    menu = opened.page.get_by_role("button", name="Menu")
    menu.press("Enter")
    expect(opened.page.get_by_role("link", name=re.compile("^(Budgets)$"))).to_be_visible()
    opened.page.keyboard.press("Escape")
    expect(menu).to_be_focused()


def test_what_is_chosen_and_focused_is_seen_in_the_colours_of_the_system(
    screen: Callable[..., Screen],
) -> None:
    opened = screen()
    page = opened.page
    page.emulate_media(forced_colors="active")
    opened.open("/appels")

    def outlined(css: str) -> bool:
        told = page.locator(css).first.evaluate(
            "it => { const {outlineStyle, outlineWidth} = getComputedStyle(it);"
            " return [outlineStyle, parseFloat(outlineWidth)] }"
        )
        return told[0] == "solid" and told[1] >= 2

    assert outlined("search form:focus-within")
    assert outlined("[data-current=true]")
    edge = page.locator("nav a[aria-current]").first.evaluate(
        "it => getComputedStyle(it).borderBlockEndWidth"
    )
    assert edge == "3px"
    palette(page, "")
    assert outlined("dialog [aria-selected=true]")
