"""The door of a stop in a real browser: two phones without a network, one ticket, and a camera."""

import io
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import httpx
import pytest
import segno
from PIL import Image
from playwright.sync_api import Browser, expect, sync_playwright
from pydantic import SecretStr

from e2e.conftest import CHROMIUM, QUIET, House, Screen
from e2e.test_doors import Door
from etape.core.settings import DEVELOPMENT_SECRET
from etape.tour.checkin import rules

STOP = "azimut-lille"
PHONE = 390
FRAMES = 8
SAME_TICKET_MILLISECONDS = 4_500
"""A ticket held before a phone counts once in four seconds."""


@pytest.fixture(scope="module")
def tickets(served: House) -> dict[str, str]:
    """The tickets of Ada and Bea, as the QR codes of their registrations' pages hold them."""
    with httpx.Client(base_url=f"{served.url}/api/v1") as http:
        return {name: _ticket_of(http, name) for name in ("Ada Lenoir", "Bea Roy")}


def _ticket_of(http: httpx.Client, name: str) -> str:
    email = f"{name.split(maxsplit=1)[0].lower()}.porte@example.org"
    seats = [{"session": "ouverture", "mode": "on_site"}]
    read = http.get("/privacy-notice").json()["version"]
    person = {"name": name, "email": email, "organisation": "CHU de Lille", "consent": read}
    body = {**person, "seats": seats}
    assert http.post(f"/stops/{STOP}/registrations", json=body).status_code == 201
    path = f"/registrations/{_token(http, email)}"
    entry = http.get(f"{path}/calendar.ics").text.replace("\r\n ", "")
    [named] = set(re.findall(r"UID:registration-([\w-]{36})", entry))
    secret = SecretStr(DEVELOPMENT_SECRET)
    code = rules.code_of(rules.ticket_of(UUID(named), STOP, secret=secret))
    shown = io.BytesIO()
    segno.make(code, error="m", micro=False).save(
        shown, kind="svg", scale=4, border=4, dark="#000", light="#fff", xmldecl=False
    )
    assert http.get(f"{path}/ticket.svg").content == shown.getvalue()
    return code


def _token(http: httpx.Client, email: str) -> str:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for letter in http.get("/demo/letters").json()["items"]:
            if letter["recipient"] == email:
                return str(re.findall(r"/inscription/([\w-]{43})", letter["text"])[0])
        time.sleep(0.3)
    raise AssertionError("no letter came")


@pytest.fixture(scope="module")
def browser(tickets: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser whose camera is held before Bea’s ticket."""
    film = tmp_path_factory.mktemp("camera") / "ticket.mjpeg"
    _film(tickets["Bea Roy"], film)
    camera = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *camera])
        yield browser
        browser.close()


def _film(code: str, path: Path) -> None:
    """Write a film of a ticket on a table: JPEG after JPEG, which Chromium plays as its camera."""
    printed = io.BytesIO()
    segno.make(code, error="m", micro=False).save(printed, kind="png", scale=7, border=4)
    picture = Image.new("RGB", (640, 480), "#8a7f70")
    picture.paste(Image.open(printed).convert("RGB"), (130, 60))
    with path.open("wb") as film:
        for _ in range(FRAMES):
            picture.save(film, format="JPEG", quality=90)


@pytest.fixture(scope="module")
def door_link(served: House, browser: Browser) -> str:
    """What the door’s QR code of today holds, made by a coordinator."""
    page = browser.new_context().new_page()
    door = Door(page, served.url)
    token = served.invite("porte@etape.example", "Paule Roy")
    door.do("/invitations/accept", {"token": token})
    door.enrol("Portable de Paule")
    made = door.do(f"/manage/stops/{STOP}/door-passes", {"day": time.strftime("%Y-%m-%d")})
    page.context.close()
    return str(made["link"])


def at_door(opened: Screen, link: str, *, name: str, offline: bool) -> Screen:
    """Open the door’s link on a phone, name it, and take its network away."""
    page = opened.page
    opened.open(link.removeprefix(opened.house))
    expect(page.get_by_role("heading", level=1)).to_have_text("Lille")
    assert "lien=" not in page.url
    page.get_by_label("Nom de cet appareil").fill(name)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    if offline:
        page.context.set_offline(True)
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text("Lille")
        expect(page.get_by_text("Hors ligne")).to_be_visible()
    return opened


def check_in(opened: Screen, code: str) -> None:
    """Type a ticket as a hand scanner does."""
    box = opened.page.get_by_label("Code du billet")
    box.fill(code)
    box.press("Enter")


def test_two_phones_without_a_network_scan_one_ticket_and_the_double_entry_is_reported(
    screen: Callable[..., Screen], tickets: dict[str, str], door_link: str
) -> None:
    ticket = tickets["Ada Lenoir"]
    north = at_door(screen(width=PHONE), door_link, name="Nord", offline=True)
    south = at_door(screen(width=PHONE, theme="dark"), door_link, name="Sud", offline=True)

    for phone in (north, south):
        check_in(phone, ticket)
        result = phone.page.locator("[data-tone=good]")
        expect(result).to_contain_text("Bienvenue")
        expect(result).to_contain_text("Ada Lenoir")
        expect(phone.page.get_by_text("1 pointage gardé ici, à envoyer")).to_be_visible()
    south.page.wait_for_timeout(SAME_TICKET_MILLISECONDS)
    check_in(south, ticket)
    expect(south.page.locator("[data-tone=care]")).to_contain_text("Déjà entré")
    south.page.get_by_label("Code du billet").fill("Lenoir")
    south.page.get_by_role("button", name="Pointer").click()
    expect(south.page.get_by_text("a besoin du réseau")).to_be_visible()

    south.page.reload()
    expect(south.page.get_by_text("2 pointages gardés ici, à envoyer")).to_be_visible()
    south.page.context.set_offline(False)
    expect(south.page.get_by_text("Tout est envoyé")).to_be_visible()
    north.page.context.set_offline(False)
    expect(north.page.get_by_text("Tout est envoyé")).to_be_visible()

    expect(north.page.locator("[data-tone=care]")).to_contain_text("Déjà entré")
    doubles = north.page.get_by_role("list").filter(has_text="Ada Lenoir : ")
    expect(doubles).to_contain_text("(Nord), puis")
    expect(doubles).to_contain_text("(Sud)")
    for phone in (north, south):
        assert phone.shut_out(language="fr", width=PHONE) == []


def test_the_camera_reads_a_ticket_and_a_name_is_found(
    screen: Callable[..., Screen], tickets: dict[str, str], door_link: str
) -> None:
    opened = at_door(screen(width=PHONE), door_link, name="Est", offline=False)
    page = opened.page

    page.get_by_role("button", name="Lire avec la caméra").click()
    expect(page.locator("[data-tone=good]")).to_contain_text("Bea Roy")
    page.get_by_role("button", name="Arrêter la caméra").click()

    check_in(opened, "roy bea")
    page.get_by_role("button", name="Pointer Bea Roy").click()
    expect(page.locator("[data-tone=care]")).to_contain_text("Première entrée à")
    check_in(opened, tickets["Bea Roy"][:-9] + "AAAAAAAAA")
    expect(page.locator("[data-tone=bad]")).to_contain_text("Billet inconnu")


def test_whoever_is_not_at_the_door_is_told_how_to_be(screen: Callable[..., Screen]) -> None:
    opened = screen(width=PHONE, language="en")
    opened.open(f"/en/pointage/{STOP}")
    heading = opened.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("This device is not at the door yet")
    assert opened.shut_out(language="en", width=PHONE) == []
    opened.open("/en/rejoindre/ouverture/nothing")
    expect(heading).to_have_text("This link opens no session")
    assert opened.shut_out(language="en", width=PHONE) == []


def test_an_organiser_shows_the_code_of_the_door_and_takes_the_badges(
    screen: Callable[..., Screen], served: House
) -> None:
    opened = screen(width=PHONE)
    door = Door(opened.page, served.url)
    token = served.invite("bureau@etape.example", "Odile Petit")
    door.do("/invitations/accept", {"token": token})
    door.enrol("Portable d’Odile")

    opened.open(f"/gestion/etapes/{STOP}")
    with opened.page.expect_download() as taken:
        opened.page.get_by_role("button", name="Badges (PDF)").click()
    assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")
    opened.page.get_by_role("link", name="Le pointage").click()
    opened.page.get_by_role("button", name="Montrer le code QR").click()
    picture = opened.page.get_by_alt_text("Code QR de l’accueil")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert opened.shut_out(language="fr", width=PHONE) == []
