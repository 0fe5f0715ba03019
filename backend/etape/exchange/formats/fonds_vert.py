"""The projects that the Fonds vert paid for in 2023: one line, one commitment of money.

A démarche becomes a call. What a spreadsheet took away (leading zeros) comes back where it is
proved; a number of dossier that several lines share is told apart by their order.
"""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from etape.core.texts import Localized
from etape.exchange.formats import places
from etape.exchange.formats.lines import Line
from etape.exchange.formats.tables import Record, table_lines
from etape.exchange.formats.values import cents_of, key_of, number_of, siren_of
from etape.funding.awards.schemas import AwardContent
from etape.funding.calls.schemas import CallContent, CallKind
from etape.funding.programmes.schemas import ProgrammeContent
from etape.sources.schemas import SourceContent, SourceKind

COLUMNS = (
    "nom_region",
    "code_departement",
    "nom_departement",
    "code_commune",
    "nom_commune",
    "axe",
    "numero_demarche_ds",
    "nom_demarche_ds",
    "numero_dossier_ds",
    "nom_du_projet",
    "nom_beneficiaire_principal",
    "siren",
    "montant_engage",
)
READ_FROM = {
    "slug": "numero_dossier_ds",
    "project": "nom_du_projet",
    "call": "numero_demarche_ds",
    "recipient": "nom_beneficiaire_principal",
    "commune": "code_commune",
    "place": "nom_commune",
    "amount_cents": "montant_engage",
}
SOURCE = SourceContent(
    slug="fonds-vert-laureats-2023",
    title="Fonds vert : projets lauréats de 2023",
    publisher="Ministère de la Transition écologique",
    kind=SourceKind.DATA,
)
PROGRAMME = ProgrammeContent(slug="fonds-vert", name=Localized(fr="Fonds vert", en="Green fund"))

_NO_REGION = Localized(
    fr="Ce n’est pas l’une des dix-huit régions : l’attribution est gardée sans région.",
    en="This is not one of the eighteen regions: the award is kept without a region.",
)
_NO_NUMBER = Localized(
    fr="Sans numéro de dossier, la ligne est reconnue à sa démarche, son projet et son "
    "bénéficiaire : si la source en corrige un, ce sera une autre attribution.",
    en="Without a number, the line is known by its démarche, project and recipient: if the source "
    "corrects one of them, it will be another award.",
)
_REPEATED = Localized(
    fr="Ce dossier a plusieurs lignes : chacune est une attribution, reconnue à son ordre.",
    en="This dossier has several lines: each is an award, known by its order.",
)


def read(stream: BinaryIO) -> Iterator[Line]:
    """Yield the awards of a file. Raises FileRefused."""
    return table_lines(stream, partial(_line, met=Counter()), columns=COLUMNS, delimiter=";")


def _line(record: Record, *, met: Counter[str]) -> Line:
    dossier = record.id = record["numero_dossier_ds"]
    if not dossier.isdecimal():
        record.warn("numero_dossier_ds", _NO_NUMBER)
        identifying = ("numero_demarche_ds", "nom_du_projet", "nom_beneficiaire_principal", "siren")
        dossier = f"sans-numero-{key_of(*(record[column] for column in identifying))}"
    met[dossier] += 1
    if met[dossier] > 1:
        record.warn("numero_dossier_ds", _REPEATED)
        dossier = f"{dossier}-{met[dossier]}"
    call, needs = _call(record)
    told: dict[str, Any] = {
        "slug": f"fonds-vert-2023-{dossier}",
        "project": {"fr": record["nom_du_projet"]},
        "call": call,
        "recipient": record["nom_beneficiaire_principal"],
        "siren": _siren(record),
        "region": _region(record),
        "commune": _commune(record),
        "place": _stated(record, "nom_commune") or record["nom_departement"],
        "amount_cents": record.read("montant_engage", cents_of),
        "source": SOURCE.slug,
    }
    return record.line(AwardContent, told, columns=READ_FROM, needs=needs)


def _call(record: Record) -> tuple[str | None, list[Any]]:
    record.require("numero_demarche_ds", "nom_demarche_ds")
    number, name = record.read("numero_demarche_ds", number_of), record["nom_demarche_ds"]
    if not number or not name:
        return None, []
    call = CallContent.model_validate(
        {
            "slug": f"fonds-vert-{number}",
            "kind": CallKind.WINDOW,
            "name": {"fr": name},
            "description": {"fr": f"Démarche n° {number} du Fonds vert, axe {record['axe']}."},
            "programme": PROGRAMME.slug,
            "stated": {"sources": [SOURCE.slug]},
        }
    )
    return call.slug, [SOURCE, PROGRAMME, call]


def _stated(record: Record, column: str) -> str:
    """Return what a column says: NULL is how this file leaves it empty."""
    return "" if record[column] == "NULL" else record[column]


def _siren(record: Record) -> str | None:
    siren, remark = siren_of(record["siren"]) if record["siren"] else (None, None)
    if remark is not None:
        record.warn("siren", remark)
    return siren


def _region(record: Record) -> str | None:
    region = places.region_named(record["nom_region"])
    if region is None:
        record.warn("nom_region", _NO_REGION)
    return region


def _commune(record: Record) -> str | None:
    if not _stated(record, "code_commune"):
        return None
    department = record["code_departement"]
    return record.read(
        "code_commune",
        lambda written: places.commune_of(written, department=department),
        is_essential=False,
    )
