"""Every public page on paper: what it says in one column, the day, the address, no button."""

from collections.abc import Callable

from e2e.conftest import Screen
from support.pdf import pages_of

PRINTED = {
    "/appels": ["17 appels", "Azimut Terrains : essayer là où l’on soigne"],
    "/appels/azimut-terrains": [
        "vendredi 4 décembre",
        "(https://azimut.example/terrains/cahier-des-charges.pdf)",
        "Ce qui est financé",
    ],
    "/calendrier": ["Calendrier des clôtures", "ven. 4 déc., 12:00"],
    "/budgets/strategie-sante-numerique": ["Où sont passés", "(https://"],
    "/laureats": ["Lauréats"],
    "/etapes/azimut-lille": ["Ouverture : ce qui a changé depuis la dernière fois"],
    "/tour/azimut": ["Pourquoi ce tour", "Saint-Denis"],
}
NOT_PRINTED = ["Aller au contenu", "Espace équipe", "S’abonner", "Cette page en JSON", "Citer"]


def test_every_page_prints_what_it_says_and_nothing_to_press(
    screen: Callable[..., Screen],
) -> None:
    opened = screen(theme="dark")
    for path, words in PRINTED.items():
        opened.open(path)
        opened.page.get_by_text("Cette page en JSON").wait_for()
        pages = pages_of(opened.page.pdf(format="A4"))
        paper = " ".join(pages)
        loose = paper.replace(" ", "")  # lines are cut anywhere
        assert [each for each in words if each.replace(" ", "") not in loose] == [], path
        assert [each for each in NOT_PRINTED if each in paper] == [], path
        assert len(pages) <= 12, path
        end = pages[-1].replace(" ", "")
        assert "Étape·Impriméle" in end
        assert f"{opened.house}{path}" in end


def test_a_page_leads_to_the_same_for_programs(screen: Callable[..., Screen]) -> None:
    opened = screen(language="en")
    opened.open("/en/appels?kind=aap&q=sante")
    opened.page.get_by_text("This page as JSON").click()

    link = opened.page.get_by_role("link", name="/api/v1/calls?").first
    address = link.get_attribute("href") or ""
    assert "kind=aap" in address
    assert "q=sante" in address
    answer = opened.page.request.get(opened.house + address)
    assert answer.json()["items"]
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.page.get_by_role("button", name="Copy the curl command").first.click()
    opened.page.get_by_text("Copied.").wait_for()
    copied = opened.page.evaluate("navigator.clipboard.readText()")
    assert copied == f"curl '{opened.house}{address}'"
    assert opened.barriers() == []
