"""The two corpora of awards, in small: what is written there is published, and nothing else."""

from decimal import Decimal

from support.app import Client
from support.imports import FONDS_VERT, I_LAB, Importer, counts, remarks, sample


def cents(line: str) -> int:
    euros = line.rpartition(";")[2].rstrip("\n €").replace("\u00a0", "").replace(",", ".")
    return int(Decimal(euros) * 100)


async def test_every_award_of_the_fonds_vert_is_published_to_the_cent(importer: Importer) -> None:
    report = await importer.import_(FONDS_VERT, sample(FONDS_VERT))
    assert counts(report) == (29, 0, 0, 0)
    assert report["kept"]
    listed = await importer.browser.read("/manage/awards", limit=100)
    amounts = [
        (await importer.published(f"awards/{item['slug']}"))["amount_cents"]
        for item in listed["items"]
    ]
    assert sorted(amounts) == sorted(cents(it) for it in sample(FONDS_VERT).splitlines()[1:])


async def test_an_award_hangs_on_its_call_which_hangs_on_its_programme(
    importer: Importer, empty: Client
) -> None:
    await importer.import_(FONDS_VERT, sample(FONDS_VERT))
    award = await importer.published("awards/fonds-vert-2023-12487592")
    assert award["recipient"] == "SYND RIVIERE AIN AVAL ET SES AFFLUENTS"
    assert (award["region"], award["commune"], award["place"]) == (
        "84",
        "01004",
        "AMBERIEU EN BUGEY",
    )
    assert (award["siren"], award["amount_cents"]) == ("200078004", 2_166_700)
    assert award["decided"] is None  # the file does not say
    call = await empty.read(f"/calls/{award['call']}")
    assert call["name"]["fr"] == "Accompagnement de la stratégie nationale biodiversité 2030"
    assert (call["programme"]["slug"], call["state"]) == ("fonds-vert", "not_stated")
    assert [source["slug"] for source in call["sources"]] == [award["source"]]


async def test_lines_that_share_a_number_or_have_none_are_awards_of_their_own(
    importer: Importer,
) -> None:
    report = await importer.import_(FONDS_VERT, sample(FONDS_VERT))
    first = await importer.published("awards/fonds-vert-2023-11686418")
    second = await importer.published("awards/fonds-vert-2023-11686418-2")
    assert (first["amount_cents"], second["amount_cents"]) == (102_680_000, 17_680_000)
    warned = [field for _, field, _ in remarks(report, "warned")]
    assert warned.count("numero_dossier_ds") == 3 + 4


async def test_what_the_file_cannot_prove_is_left_out_and_said(importer: Importer) -> None:
    report = await importer.import_(FONDS_VERT, sample(FONDS_VERT))
    proved = await importer.published("awards/fonds-vert-2023-11353719")
    assert (proved["commune"], proved["place"]) == ("02173", "CHAUNY")
    not_proved = await importer.published("awards/fonds-vert-2023-11604542")
    assert (not_proved["commune"], not_proved["place"]) == (None, "CHAUNY")
    polynesian = await importer.published("awards/fonds-vert-2023-12186250")
    assert (polynesian["region"], polynesian["siren"]) == (None, None)
    assert polynesian["place"] == "Polynésie française"
    warned = {(field, value) for _, field, value in remarks(report, "warned")}
    assert {
        ("siren", "#"),
        ("nom_region", "Polynésie française"),
        ("code_commune", "2173"),
    } <= warned
    assert ("siren", "200078004") not in warned


async def test_every_laureate_of_i_lab_is_published_named_or_not(
    importer: Importer, empty: Client
) -> None:
    report = await importer.import_(I_LAB, sample(I_LAB))
    assert counts(report) == (18, 0, 0, 0)
    listed = await importer.browser.read("/manage/awards", limit=100)
    awards = [await importer.published(f"awards/{it['slug']}") for it in listed["items"]]
    assert any(award["recipient"] is None for award in awards)
    assert all(award["amount_cents"] is None for award in awards)
    assert {award["decided"]["precision"] for award in awards} == {"year"}
    call = await empty.read(f"/calls/{awards[0]['call']}")
    assert (call["kind"], call["state"]) == ("contest", "closed")


async def test_nothing_of_an_i_lab_line_is_lost(importer: Importer) -> None:
    columns = sample(I_LAB).partition("\r\n")[0].split(";")
    written = dict.fromkeys(columns, "") | {
        "Moto": "Un capteur",
        "Résumé": "Deux lignes.\nEt une.",
        "Identifiant": "J 99 05 076",
        "Année de concours": "2004",
        "Domaine technologique": "Chimie",
        "Id région": "D988",
        "Région": "Nouvelle-Calédonie",
        "Grand-Prix": "Grand prix",
        "Structure liée au projet": "IRD",
    }
    line = ";".join(f'"{value}"' for value in written.values())
    await importer.import_(I_LAB, f"{';'.join(columns)}\r\n{line}\r\n")
    award = await importer.published("awards/i-lab-2004-j-99-05-076")
    said = str(award)
    for value in ("Un capteur", "Chimie", "Nouvelle-Calédonie", "Grand prix", "IRD"):
        assert value in said
    assert award["summary"]["fr"].startswith("Deux lignes.\nEt une.")
    assert award["region"] is None
