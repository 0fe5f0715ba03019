"""Aids and schemes become calls; what calls have no field for stays in words."""

from support.app import Client
from support.imports import AIDES_TERRITOIRES, ETALAB, Importer, counts, remarks, sample

FIRST = "dispositif-3f0c1c52-5f0e-4a44-9f0a-0a8c1f5f7a01"
SECOND = "dispositif-3f0c1c52-5f0e-4a44-9f0a-0a8c1f5f7a02"


async def test_every_column_of_a_scheme_is_in_the_call_that_it_becomes(
    importer: Importer,
) -> None:
    await importer.import_(ETALAB, sample(ETALAB))
    call = await importer.published(f"calls/{FIRST}")
    assert (call["kind"], call["promise"]["fr"]) == (
        "aap",
        "Équipez votre atelier de capteurs sobres",
    )
    assert call["regions"] == ["84", "94", "93"]
    assert call["applicants"] == ["small_company", "large_company", "association"]
    assert call["aids"] == ["grant"]
    [wave] = call["waves"]
    assert (wave["opens"]["on"], wave["opens"]["precision"]) == ("2027-01-04", "day")
    assert (wave["closes"]["on"], wave["closes"]["precision"]) == ("2027-03-15", "day")
    assert [(it["title"]["fr"], it["url"]) for it in call["documents"]] == [
        ("Page du dispositif", "https://aides.example.org/capteurs"),
        ("Arrêté n° 12", "https://textes.example.org/12"),
    ]
    assert [it["text"]["fr"] for it in call["conditions"]] == [
        "• Être une PME\n• Avoir un atelier",
        "Types d’aides : financement|subvention",
        "Bénéficiaires : professionnels|associations",
        "Couverture géographique : REG-84|DEP-2A|COM-83141",
        "Effectif minimal : 10",
        "Effectif maximal : 249",
        "Catégories d’entreprises : PME",
        "Années d’existence au moins : 2",
        "Formes juridiques : SAS|SARL",
        "Secteurs d’activité : industrie|IAA",
        "Codes NAF : 10.11Z|A",
        "Programmes parents et régimes d’aides : Fonds Chaleur|Fonds vert 2024",
        "Demande de paiement de l’aide : DSP000123",
        "Mis à jour par la source : 2026-11-02T08:30:00Z",
        "Porteur : ADEME (SIREN 385290309) – instructeur, financeur",
    ]
    assert [it["text"]["fr"] for it in call["excludes"]] == [
        "Couverture géographique : DEP-01",
        "Formes juridiques : EI",
        "Codes NAF : 01.1",
    ]


async def test_an_hour_is_kept_where_it_is_stated(importer: Importer, empty: Client) -> None:
    await importer.import_(ETALAB, sample(ETALAB))
    call = await empty.read(f"/calls/{SECOND}")
    assert call["deadline"] == {
        "on": "2027-06-30",
        "precision": "instant",
        "at": "2027-06-30T12:00:00+02:00",
        "zone": "Europe/Paris",
    }
    assert call["regions"] == []  # the whole country


async def test_each_scheme_that_is_refused_says_why(importer: Importer) -> None:
    report = await importer.import_(ETALAB, sample(ETALAB))
    assert counts(report) == (3, 0, 0, 5)
    refused = remarks(report, "refused")
    assert refused == [
        (5, "date_cloture", "2027-05-31T00:00:00Z"),
        (6, "date_cloture", "03/04/27"),
        (7, "ciblage_secteur_activite", ""),
        (7, "cibles", "tout le monde"),
        (7, "id", "DSP-12"),
        (8, "ciblage_naf", "Z9"),
        (8, "eligibilite_effectif_minimal", "dix"),
        (8, "porteurs", "ADEME"),
        (10, None, None),
    ]
    assert [(field, value) for _, field, value in remarks(report, "warned")] == [
        ("eligibilite_geographique", "COM-98818"),
        ("eligibilite_geographique", "COM-98818"),
        ("porteurs", '[{"nom": "Province Sud", "siren": "123456789"}]'),
    ]


async def test_an_aid_is_known_by_its_address_and_keeps_its_words(importer: Importer) -> None:
    report = await importer.import_(AIDES_TERRITOIRES, sample(AIDES_TERRITOIRES))
    assert counts(report) == (18, 0, 0, 0)
    listed = await importer.browser.read("/manage/calls", limit=100)
    calls = [await importer.published(f"calls/{item['slug']}") for item in listed["items"]]
    assert {"aap", "window"} == {call["kind"] for call in calls}
    assert {"permanent", "once", "recurrent"} >= {call["recurrence"] for call in calls}
    assert all(call["slug"].startswith("aides-territoires-") for call in calls)
    assert {"grant", "loan", "repayable_advance", "support"} <= {
        aid for call in calls for aid in call["aids"]
    }
    said = " ".join(it["text"]["fr"] for call in calls for it in call["conditions"])
    for words in ("Financeurs : ", "Agriculteurs", "Particuliers", "Certificat d'économie"):
        assert words in said
    closings = {wave["closes"]["on"] for call in calls for wave in call["waves"]}
    assert "2022-12-31" in closings or len(closings) > 1
