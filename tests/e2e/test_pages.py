"""Every page that exists, as people meet it: nothing blocked, nothing that shuts anybody out."""

from collections.abc import Callable

import pytest

from e2e.conftest import Screen

PAGES = [
    "/",
    "/appels",
    "/appels?q=entrepot%20de%20donnees",
    "/appels?q=xyzzyqwertz",
    "/appels/azimut-terrains",
    "/appels/tiers-lieux-experimentation",
    "/tour/2022",
    "/tour/azimut",
    "/etapes/azimut-lille",
    "/etapes/la-reunion-2022",
    "/inscription/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "/demo/courrier",
    "/cette-page-n-existe-pas",
]
SCREENS = [(360, "light", "fr"), (1280, "dark", "fr"), (360, "dark", "en"), (1280, "light", "en")]


@pytest.mark.parametrize(("width", "theme", "language"), SCREENS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_shuts_nobody_out(
    screen: Callable[..., Screen], path: str, width: int, theme: str, language: str
) -> None:
    opened = screen(width=width, theme=theme, language=language)

    opened.open(f"/en{path}".rstrip("/") if language == "en" else path)

    assert opened.barriers() == []
    assert opened.page.locator("html").get_attribute("lang") == language
    assert opened.page.locator("h1").count() == 1
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
