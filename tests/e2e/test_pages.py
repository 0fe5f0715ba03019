"""Every page that exists, as people meet it: nothing blocked, nothing that shuts anybody out."""

from collections.abc import Callable

import pytest

from e2e.conftest import Screen

PAGES = [
    "/",
    "/appels",
    "/appels?q=entrepot%20de%20donnees",
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
    "/calendrier?theme=nothing",
    "/laureats",
    "/laureats?q=diabete&region=84&by=amount",
    "/laureats?q=xyzzyqwertz",
    "/tour/2022",
    "/tour/azimut",
    "/etapes/azimut-lille",
    "/etapes/la-reunion-2022",
    "/inscription/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "/confidentialite",
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
