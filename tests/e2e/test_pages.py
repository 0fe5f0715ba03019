"""Every page that exists, as people meet it: nothing blocked, nothing that shuts anybody out."""

from collections.abc import Callable

import pytest

from e2e.conftest import Screen

PAGES = [
    "/",
    "/appels",
    "/appels?q=entrepot%20de%20donnees",
    "/appels?q=eds&view=cards",
    "/appels?view=timeline",
    "/appels?q=xyzzyqwertz",
    "/appels?structure=university&structure_region=76",
    "/appels/azimut-terrains?structure=university&with=association.32&with=.",
    "/appels/azimut-cheque-reglementaire",
    "/appels/tiers-lieux-experimentation",
    "/appels/competences-metiers-avenir",
    "/budgets",
    "/budgets/azimut",
    "/budgets/strategie-sante-numerique?as_of=2022-06-30",
    "/calendrier",
    "/calendrier?past=1&kind=aap",
    "/calendrier?theme=xyzzyqwertz",
    "/laureats",
    "/laureats?q=diabete&region=84&by=amount",
    "/laureats?q=xyzzyqwertz",
    "/tour/2022",
    "/tour/azimut",
    "/etapes/azimut-lille",
    "/etapes/la-reunion-2022",
    "/inscription/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "/confidentialite",
    "/accessibilite",
    "/mentions-legales",
    "/contact",
    "/demo/courrier",
    "/developpeurs",
    "/developpeurs/register",
    "/developpeurs/cle",
    "/cette-page-n-existe-pas",
]


@pytest.mark.parametrize(
    ("width", "theme", "language"), [(360, "dark", "fr"), (1280, "light", "en")]
)
def test_no_page_shuts_anybody_out(
    screen: Callable[..., Screen], width: int, theme: str, language: str
) -> None:
    opened = screen(width=width, theme=theme, language=language)
    barriers = {}
    for path in PAGES:
        opened.open(f"/en{path}".rstrip("/") if language == "en" else path)
        barriers[path] = opened.shut_out(language=language, width=width)

    assert {path: found for path, found in barriers.items() if found} == {}


def test_what_a_page_asks_first_has_come_with_it(screen: Callable[..., Screen]) -> None:
    opened = screen(width=1280, theme="light", language="fr")
    asked: list[str] = []
    opened.page.on(
        "request",
        lambda request: asked.append(request.url) if "/api/v1/" in request.url else None,
    )
    for path in (
        "/",
        "/en",
        "/appels?kind=aap&view=cards",
        "/laureats",
        "/tour/azimut",
        "/budgets",
    ):
        opened.open(path)
        first = {each for each in asked if "/calls/" not in each}  # the preview is asked after
        assert not first, path
    asked.clear()
    for path, subject in (
        ("/appels/azimut-terrains", "/calls/azimut-terrains"),
        ("/etapes/azimut-lille", "/stops/azimut-lille"),
        ("/budgets/azimut", "/programmes/azimut/budget"),
    ):
        opened.open(path)
        assert asked, path
        assert not [each for each in asked if each.endswith(f"/api/v1{subject}")]
