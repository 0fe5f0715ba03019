"""Aides-territoires as its site exports them: one line, one aid, known by its address.

Financers are kept in words: a name is not an identity, and the directory is the team's.
"""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from etape.core.moments import Moment
from etape.exchange.formats.lines import Line
from etape.exchange.formats.tables import Record, table_lines
from etape.exchange.formats.values import Unclear, day_of, name_of
from etape.funding.calls.schemas import Aid, Applicant, CallContent, CallKind, Recurrence
from etape.sources.schemas import SourceContent, SourceKind

IN_WORDS = {
    "Financeurs": "Financeurs",
    "Bénéficiaire": "Bénéficiaires",
    "Types d'aides": "Types d’aides",
    "AAP/AMI": "AAP ou AMI",
}
COLUMNS = ("Nom", "Lien", "Récurrence", "Descriptif", "Date Clôture", *IN_WORDS)
READ_FROM = {
    "slug": "Lien",
    "name": "Nom",
    "description": "Descriptif",
    "conditions": "Bénéficiaire",
    "documents": "Lien",
}
APPLICANTS = {
    "Communes": [Applicant.LOCAL_AUTHORITY],
    "Intercommunalités / Pays": [Applicant.LOCAL_AUTHORITY],
    "Départements": [Applicant.LOCAL_AUTHORITY],
    "Régions": [Applicant.LOCAL_AUTHORITY],
    "Collectivités d'outre-mer à statuts particuliers": [Applicant.LOCAL_AUTHORITY],
    "Entreprises privées": [Applicant.SMALL_COMPANY, Applicant.LARGE_COMPANY],
    "Associations": [Applicant.ASSOCIATION],
    "Recherche": [Applicant.RESEARCH_BODY],
}
AIDS = {
    "Subvention": Aid.GRANT,
    "Prêt": Aid.LOAN,
    "Avance récupérable": Aid.REPAYABLE_ADVANCE,
    "Ingénierie technique": Aid.SUPPORT,
    "Ingénierie financière": Aid.SUPPORT,
    "Ingénierie Juridique / administrative": Aid.SUPPORT,
}
RECURRENCES = {
    "Permanente": Recurrence.PERMANENT,
    "Ponctuelle": Recurrence.ONCE,
    "Récurrente": Recurrence.RECURRENT,
}
SOURCE = SourceContent(
    slug="aides-territoires",
    title="Aides-territoires",
    publisher="Aides-territoires",
    kind=SourceKind.DATA,
    url="https://aides-territoires.beta.gouv.fr/",
)
_ADDRESS = re.compile(r"https?://[^/\s]+/aides/([^/\s]+)/?")


def read(stream: BinaryIO) -> Iterator[Line]:
    """Yield the calls of a file. Raises FileRefused."""
    return table_lines(stream, _line, columns=COLUMNS, delimiter=",")


def _line(record: Record) -> Line:
    record.require("Lien", "Nom")
    record.id = record.read("Lien", _known_by)
    who, how = _several(record, "Bénéficiaire"), _several(record, "Types d'aides")
    closes = record.read("Date Clôture", day_of)
    told: dict[str, Any] = {
        "slug": f"aides-territoires-{record.id or 0}",
        "kind": CallKind.AAP if record["AAP/AMI"] else CallKind.WINDOW,
        "recurrence": record.read("Récurrence", _recurrence),
        "name": {"fr": record["Nom"]},
        "description": {"fr": record["Descriptif"]} if record["Descriptif"] else None,
        "applicants": list(dict.fromkeys(it for name in who for it in APPLICANTS.get(name, []))),
        "aids": list(dict.fromkeys(AIDS[name] for name in how if name in AIDS)),
        "conditions": [
            {"text": {"fr": f"{label} : {record[column]}"}, "source": SOURCE.slug}
            for column, label in IN_WORDS.items()
            if record[column]
        ],
        "documents": [{"title": {"fr": "Page d’Aides-territoires"}, "url": record["Lien"]}],
        "waves": [{"rank": 1, "closes": Moment(on=closes.on)}] if closes else [],
        "stated": {"sources": [SOURCE.slug]},
    }
    return record.line(CallContent, told, columns=READ_FROM, needs=[SOURCE])


def _known_by(address: str) -> str:
    match = _ADDRESS.fullmatch(address)
    if match is None or not name_of(match[1]):
        raise Unclear(
            fr="Ce n’est pas l’adresse d’une aide (…/aides/son-nom/), à quoi on la reconnaît.",
            en="This is not the address of an aid (…/aides/its-name/), by which it is known.",
        )
    return name_of(match[1])


def _several(record: Record, column: str) -> list[str]:
    return [name.strip() for name in record[column].split(";")]


def _recurrence(written: str) -> Recurrence:
    if written not in RECURRENCES:
        raise Unclear(
            fr=f"Valeurs possibles : {', '.join(RECURRENCES)}.",
            en=f"Possible values: {', '.join(RECURRENCES)}.",
        )
    return RECURRENCES[written]
