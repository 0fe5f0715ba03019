"""The laureates of the i-Lab contest since 1999: one line, one laureate, no amount.

Each year is a call. A project "en émergence" is that of a person whom the file does not name: its
recipient is not stated. What awards have no field for is kept in words, below the summary.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

from etape.core.moments import Day, Precision
from etape.core.texts import Localized
from etape.exchange.formats import places
from etape.exchange.formats.lines import Line
from etape.exchange.formats.tables import Record, table_lines
from etape.exchange.formats.values import Unclear, key_of, name_of, siren_of
from etape.funding.awards.schemas import AwardContent
from etape.funding.calls.schemas import (
    CallContent,
    CallKind,
    CallState,
    ObservationContent,
    Recurrence,
)
from etape.sources.schemas import SourceContent, SourceKind, Stated

IN_WORDS = {
    "Domaine technologique": "Domaine",
    "Type de candidature": "Candidature",
    "Grand-Prix": "Distinction",
    "Jury": "Jury",
    "Déjà lauréat en": "Déjà lauréat",
    "Unité de recherche liée au projet": "Unité de recherche",
    "Sigle de l'unité de recherche liée au projet": "Sigle de l’unité",
    "Id de l'unité de recherche liée au projet": "Identifiant de l’unité",
    "Structure liée au projet": "Structure",
    "Id de la structure liée au projet": "Identifiant de la structure",
    "N° SIRET": "SIRET",
    "Site web entreprise": "Site",
    "Dossier Aide": "Dossier d’aide",
}
"""The columns that are kept in words, and what the words call them."""

READ_FROM = {
    "slug": "Identifiant",
    "project": "Moto",
    "summary": "Résumé",
    "recipient": "Libellé entreprise",
    "url": "Lienc vers scanR",
}
COLUMNS = (
    "Moto",
    "Résumé",
    "Identifiant",
    "Année de concours",
    "Id région",
    "Région",
    "Projet",
    "N° SIREN",
    "Libellé entreprise",
    "Lienc vers scanR",
    *IN_WORDS,
)
SOURCE = SourceContent(
    slug="i-lab-laureats",
    title="Lauréats du concours national d’aide à la création d’entreprises de technologies "
    "innovantes (i-Lab)",
    publisher="Ministère de l’Enseignement supérieur et de la Recherche",
    kind=SourceKind.DATA,
)

_NO_NUMBER = Localized(
    fr="Sans identifiant, la ligne est reconnue à son année, son projet et son entreprise : si la "
    "source en corrige un, ce sera une autre attribution.",
    en="Without an identifier, the line is known by its year, project and company: if the source "
    "corrects one of them, it will be another award.",
)
_NO_TITLE = Localized(
    fr="Le projet n’a ni nom ni intitulé : il est nommé par son domaine.",
    en="The project has neither a name nor a title: it is named by its field.",
)
_NO_REGION = Localized(
    fr="Ce n’est pas l’une des dix-huit régions : elle est gardée comme lieu.",
    en="This is not one of the eighteen regions: it is kept as a place.",
)


def read(stream: BinaryIO) -> Iterator[Line]:
    """Yield the awards of a file. Raises FileRefused."""
    return table_lines(stream, _line, columns=COLUMNS, delimiter=";")


def _line(record: Record) -> Line:
    record.id = record["Identifiant"] or record["Dossier Aide"] or None
    year = record.read("Année de concours", _in_year)
    call = _call(year) if year else None
    record.require("Année de concours")
    known_by = name_of(record.id) if record.id else _key(record)
    told: dict[str, Any] = {
        "slug": f"{call.slug if call else 'i-lab'}-{known_by}",
        "project": {"fr": _project(record)},
        "summary": {"fr": _summary(record)},
        "call": call.slug if call else None,
        "recipient": record["Libellé entreprise"] or None,
        "siren": _siren(record),
        **_where(record),
        "decided": year,
        "url": record["Lienc vers scanR"] or None,
        "source": SOURCE.slug,
    }
    needs = [SOURCE, call] if call else []
    return record.line(AwardContent, told, columns=READ_FROM, needs=needs)


def _in_year(written: str) -> Day:
    try:
        return Day(on=f"{written}-01-01", precision=Precision.YEAR)
    except ValueError:
        raise Unclear(fr="Ce n’est pas une année.", en="This is no year.") from None


def _call(year: Day) -> CallContent:
    """Return the contest of a year; that it has laureates says that it is over, not since when."""
    return CallContent(
        slug=f"i-lab-{year.on.year}",
        kind=CallKind.CONTEST,
        recurrence=Recurrence.RECURRENT,
        name=Localized(fr=f"Concours i-Lab {year.on.year}", en=f"i-Lab contest {year.on.year}"),
        observations=[
            ObservationContent(state=CallState.CLOSED, observed=year, source=SOURCE.slug)
        ],
        stated=Stated(sources=[SOURCE.slug]),
    )


def _key(record: Record) -> str:
    record.warn("Identifiant", _NO_NUMBER)
    identifying = ("Type de candidature", "N° SIREN", "Libellé entreprise", "Projet", "Moto")
    return f"sans-numero-{key_of(*(record[column] for column in identifying))}"


def _project(record: Record) -> str:
    named = [record[column] for column in ("Projet", "Moto") if record[column]]
    if not named:
        record.warn("Moto", _NO_TITLE)
        named = ["Projet sans intitulé", record["Domaine technologique"]]
    return " : ".join(named)


def _summary(record: Record) -> str:
    words = [f"{label} : {record[column]}" for column, label in IN_WORDS.items() if record[column]]
    return "\n\n".join(part for part in (record["Résumé"], "\n".join(words)) if part)


def _siren(record: Record) -> str | None:
    column = "N° SIREN" if record["N° SIREN"] else "N° SIRET"
    siren, remark = siren_of(record[column]) if record[column] else (None, None)
    if remark is not None:
        record.warn(column, remark)
    return siren


def _where(record: Record) -> dict[str, str | None]:
    code = record["Id région"].removeprefix("R")
    if places.is_region(code):
        return {"region": code}
    if record["Id région"]:
        record.warn("Id région", _NO_REGION)
    return {"region": None, "place": record["Région"] or None}
