"""An import is whole or nothing, changes nothing twice, and says of each line what became of it."""

import json
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import func, select

from etape.core.journal import JournalRow
from etape.core.publishing import Aggregate, ReferenceRow, Revision
from etape.funding.awards.tables import Award
from etape.funding.calls.tables import Call
from support.app import Client
from support.editor import Editor
from support.imports import (
    AIDES_TERRITOIRES,
    ETALAB,
    ETAPE,
    FONDS_VERT,
    I_LAB,
    Importer,
    counts,
    remarks,
    sample,
)

ROME = "https://aides.example.org/aides"
SOURCE = "aides-territoires"
AIDS = "Nom,Lien,Financeurs,Bénéficiaire,Types d'aides,AAP/AMI,Récurrence,Descriptif,Date Clôture"


async def rows_of(client: Client) -> list[int]:
    """How many rows each table that an import writes has."""
    async with client.database.unit_of_work() as session:
        return [
            (await session.exec(select(func.count()).select_from(table))).one()
            for table in (Aggregate, Revision, ReferenceRow, JournalRow, Award, Call)
        ]


def aid(slug: str, *, name: str = "Une aide", closes: str = "") -> str:
    return f"{name},{ROME}/{slug}/,Région,Communes,Subvention,,Permanente,Des mots.,{closes}"


def spoken(noun: str, **content: Any) -> str:
    return json.dumps({"noun": noun, "content": content}, ensure_ascii=False)


def a_call(slug: str, **others: Any) -> str:
    return spoken("call", **{"slug": slug, "kind": "aap", "name": {"fr": "Un appel"}, **others})


@pytest.mark.parametrize("name", [FONDS_VERT, I_LAB, AIDES_TERRITOIRES, ETALAB])
async def test_importing_a_file_twice_changes_nothing(
    importer: Importer, empty: Client, name: str
) -> None:
    first = await importer.import_(name, sample(name))
    before = await rows_of(empty)
    second = await importer.import_(name, sample(name))
    assert counts(second) == (0, 0, first["new"], first["refused"])
    assert await rows_of(empty) == before
    assert remarks(second, "warned") == remarks(first, "warned")


async def test_a_dry_run_says_what_the_import_then_does_and_writes_nothing(
    importer: Importer, empty: Client
) -> None:
    before = await rows_of(empty)
    tried = await importer.import_(ETALAB, sample(ETALAB), dry_run=True)
    assert await rows_of(empty) == before
    done = await importer.import_(ETALAB, sample(ETALAB))
    assert {**tried, "kept": True} == done
    assert tried["kept"] is False


async def test_a_line_that_changed_is_changed_and_the_others_are_left(importer: Importer) -> None:
    await importer.import_(FONDS_VERT, sample(FONDS_VERT))
    corrected = sample(FONDS_VERT).replace(";1\u00a0450,00 €", ";1\u00a0450,01 €")
    report = await importer.import_(FONDS_VERT, corrected)
    assert counts(report) == (0, 1, 28, 0)
    [changed] = [it for it in report["remarks"] if it["kind"] == "changed"]
    assert changed["id"] == "11951700"
    assert changed["sentence"]["fr"] == "Change : amount_cents."
    award = await importer.published("awards/fonds-vert-2023-11951700")
    assert award["amount_cents"] == 145_001


async def test_a_refused_line_leaves_the_others_unless_one_is_strict(
    importer: Importer, empty: Client
) -> None:
    file = f"{AIDS}\n{aid('a')}\n{aid('b', closes='31/5/27')}\n{aid('c')}\n"
    strict = await importer.import_(AIDES_TERRITOIRES, file, strict=True)
    assert (counts(strict), strict["kept"]) == ((2, 0, 0, 1), False)
    assert (await rows_of(empty))[-1] == 0
    report = await importer.import_(AIDES_TERRITOIRES, file)
    assert counts(report) == (2, 0, 0, 1)
    assert remarks(report, "refused") == [(3, "Date Clôture", "31/5/27")]
    assert (await rows_of(empty))[-1] == 2


async def test_the_second_line_of_one_identifier_is_refused(importer: Importer) -> None:
    report = await importer.import_(AIDES_TERRITOIRES, f"{AIDS}\n{aid('a')}\n{aid('a')}\n")
    [refused] = report["remarks"]
    assert (refused["line"], refused["id"]) == (3, "a")
    assert "ligne 2" in refused["sentence"]["fr"]


async def test_what_the_team_withdrew_stays_withdrawn(importer: Importer) -> None:
    file = f"{AIDS}\n{aid('a')}\n{aid('b')}\n"
    await importer.import_(AIDES_TERRITOIRES, file)
    editor = Editor(importer.browser)
    answer = await editor.act("calls/aides-territoires-a", method="DELETE")
    assert answer.status_code == 200, answer.text
    report = await importer.import_(AIDES_TERRITOIRES, file)
    assert counts(report) == (0, 0, 1, 1)
    assert "retiré" in report["remarks"][0]["sentence"]["fr"]


async def test_what_the_team_made_of_an_imported_call_is_kept(importer: Importer) -> None:
    await importer.import_(FONDS_VERT, sample(FONDS_VERT))
    path = "calls/fonds-vert-69278"
    call = await importer.published(path)
    promise = {"fr": "Covoiturez.", "en": None}
    await Editor(importer.browser).publish(path, {**call, "promise": promise})
    report = await importer.import_(FONDS_VERT, sample(FONDS_VERT))
    assert counts(report) == (0, 0, 29, 0)
    assert (await importer.published(path))["promise"] == promise


async def test_only_the_lines_at_fault_are_refused_whatever_refuses_them(
    importer: Importer,
) -> None:
    good = [a_call(f"appel-{number}") for number in range(6)]
    bad = [
        a_call("a-l-envers", amount_min_cents=2, amount_max_cents=1),  # the database
        a_call("sans-programme", programme="nulle-part"),  # a reference
        a_call("sans-genre", kind="loterie"),  # the shape
        spoken("award", slug="x", project={"fr": "X"}, call="appel-0", wave=7, source=SOURCE),
        "ceci n’est pas du JSON",
        spoken("licorne", slug="x"),
        spoken("theme", slug="numerique", label={"fr": "Numérique"}),  # not a funding editor's
    ]
    await importer.import_(AIDES_TERRITOIRES, f"{AIDS}\n{aid('a')}\n")  # its source is there
    award = spoken("award", slug="y", project={"fr": "Y"}, call="appel-0", source=SOURCE)
    lines = [*good[:3], *bad[:3], *good[3:], award, *bad[3:]]
    report = await importer.import_(ETAPE, "\n".join(lines))
    assert counts(report) == (7, 0, 0, 7)
    refused = remarks(report, "refused")
    assert [line for line, *_ in refused] == [4, 5, 6, 11, 12, 13, 14]
    assert [field for _, field, _ in refused[1:3]] == ["/programme", "/kind"]


async def test_a_line_may_name_what_a_line_before_it_published_not_after(
    importer: Importer,
) -> None:
    lines = [a_call("fin"), a_call("debut", successor="fin"), a_call("trop-tot", successor="tard")]
    report = await importer.import_(ETAPE, "\n".join([*lines, a_call("tard")]))
    assert counts(report) == (3, 0, 0, 1)
    assert remarks(report, "refused") == [(3, "/successor", None)]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "il manque"),
        (f"{AIDS}\n{aid('a')}".encode("cp1252"), "CSV UTF-8"),
        (f"{AIDS}\n{aid('a')}".encode("utf-16"), "CSV UTF-8"),
        (f"{AIDS}\n{aid('a')}".replace(",", ";").encode(), "séparateur"),
        (f"{AIDS},Couleur\n".encode(), "en trop : Couleur"),
        (f"{AIDS},Nom\n".encode(), "en double : Nom"),
        (f'{AIDS}\n"{aid("a")}\n{aid("b")}\n'.encode(), "ligne 2, les guillemets"),
        (f"{AIDS}\n".encode() + b"x\n" * 50_001, "50000 remarques"),
        (f"{AIDS}\n".encode() + b"x" * (1024 * 1024 + 1), "démesurée"),
    ],
)
async def test_a_file_that_is_not_of_the_format_is_refused_whole(
    importer: Importer, empty: Client, content: bytes, why: str
) -> None:
    before = await rows_of(empty)
    answer = await importer.send(AIDES_TERRITOIRES, content)
    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/file-refused"
    assert why in answer.json()["detail"]
    assert await rows_of(empty) == before


async def test_strange_characters_and_missing_columns_refuse_their_line_only(
    importer: Importer,
) -> None:
    file = f"\ufeff{AIDS}\r\n{aid('a', name='Nul' + chr(0))}\r\n\r\nune,deux\r\n{aid('b')}\r\n"
    report = await importer.import_(AIDES_TERRITOIRES, file)
    assert counts(report) == (1, 0, 0, 2)
    refused = remarks(report, "refused")
    assert {line for line, *_ in refused} == {2, 4}
    assert "2 colonnes au lieu de 9" in str(report)


async def test_two_imports_at_once_do_not_wait_for_each_other(
    importer: Importer, empty: Client
) -> None:
    async with empty.database.unit_of_work() as session:
        connection = await session.connection()
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({0x696D706F7274})"))
        answer = await importer.send(AIDES_TERRITOIRES, f"{AIDS}\n{aid('a')}\n")
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/import-underway"


async def test_a_header_that_cannot_be_printed_is_refused_with_its_codes(
    importer: Importer,
) -> None:
    answer = await importer.send(AIDES_TERRITOIRES, "\x11nom;\x8d\n")
    assert answer.status_code == 422
    assert "U+0011nom" in answer.text
