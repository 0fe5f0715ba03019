"""The French schema of aid schemes (etalab/schema-dispositif-aide 0.2.0): core and professionals.

A scheme becomes a call. What calls have no field for is kept in words, each under a label of its
own, so that what is written back is what was read.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, BinaryIO
from uuid import UUID

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from etape.core.siren import is_siren
from etape.core.texts import Localized, Spoken
from etape.exchange.formats import places
from etape.exchange.formats.lines import Line
from etape.exchange.formats.tables import Record, table_lines
from etape.exchange.formats.values import Unclear, day_of, moment_of, number_of
from etape.funding.calls.schemas import Aid, Applicant, CallContent, CallKind

REQUIRED = (
    "id",
    "titre",
    "description",
    "eligibilite",
    "types_aides",
    "porteurs",
    "cibles",
    "eligibilite_geographique",
    "date_mise_a_jour",
)
CORE = (
    *REQUIRED,
    "promesse",
    "programmes_parents",
    "url_source",
    "eligibilite_geographique_exclusions",
    "date_ouverture",
    "date_cloture",
)
PROFESSIONALS = (
    "base_juridique",
    "eligibilite_effectif_minimal",
    "eligibilite_effectif_maximal",
    "eligibilite_categorie_taille_entreprise",
    "eligibilite_annees_existence_minimal",
    "eligibilite_forme_juridique",
    "eligibilite_forme_juridique_exclusions",
    "ciblage_secteur_activite",
    "ciblage_naf",
    "ciblage_naf_exclusions",
    "chainage_paiement",
)
CONDITIONS = {
    "types_aides": "Types d’aides",
    "cibles": "Bénéficiaires",
    "eligibilite_geographique": "Couverture géographique",
    "eligibilite_effectif_minimal": "Effectif minimal",
    "eligibilite_effectif_maximal": "Effectif maximal",
    "eligibilite_categorie_taille_entreprise": "Catégories d’entreprises",
    "eligibilite_annees_existence_minimal": "Années d’existence au moins",
    "eligibilite_forme_juridique": "Formes juridiques",
    "ciblage_secteur_activite": "Secteurs d’activité",
    "ciblage_naf": "Codes NAF",
    "programmes_parents": "Programmes parents et régimes d’aides",
    "chainage_paiement": "Demande de paiement de l’aide",
    "date_mise_a_jour": "Mis à jour par la source",
}
EXCLUSIONS = {
    "eligibilite_geographique_exclusions": "Couverture géographique",
    "eligibilite_forme_juridique_exclusions": "Formes juridiques",
    "ciblage_naf_exclusions": "Codes NAF",
}
"""The columns kept in words, among the conditions and what is excluded, and their labels."""

READ_FROM = {
    "slug": "id",
    "name": "titre",
    "promise": "promesse",
    "description": "description",
    "conditions": "eligibilite",
    "documents": "url_source",
    "waves": "date_cloture",
}
LONGEST = {"promesse": 180, "description": 5000}
_NAF = r"([A-U]|\d{2}(\.\d{1,2}[A-Z]?)?)"
_TERRITORY = r"(PAYS|REG|DEP|COM)-(\d[\dAB]\d*)"
_PATTERNS = {
    "url_source": r"https?://.+",
    "cibles": r"(professionnels|particuliers|associations|secteur public)",
    "eligibilite_geographique": _TERRITORY,
    "eligibilite_geographique_exclusions": _TERRITORY,
    "eligibilite_categorie_taille_entreprise": r"(MIC|PME|ETI|GE)",
    "eligibilite_forme_juridique": r"[^|]+",
    "eligibilite_forme_juridique_exclusions": r"[^|]+",
    "ciblage_secteur_activite": r"[^|]+",
    "ciblage_naf": _NAF,
    "ciblage_naf_exclusions": _NAF,
}
"""What each value of a column, between pipes, is to be like."""

_NUMBERS = (
    "eligibilite_effectif_minimal",
    "eligibilite_effectif_maximal",
    "eligibilite_annees_existence_minimal",
)
_FRANCE = "PAYS-99100"
_TARGETS = {
    "professionnels": [Applicant.SMALL_COMPANY, Applicant.LARGE_COMPANY],
    "associations": [Applicant.ASSOCIATION],
    "secteur public": [
        Applicant.LOCAL_AUTHORITY,
        Applicant.HEALTH_FACILITY,
        Applicant.UNIVERSITY,
        Applicant.RESEARCH_BODY,
    ],
}
_AIDS = {
    "subvention": Aid.GRANT,
    "prêt": Aid.LOAN,
    "avance récupérable": Aid.REPAYABLE_ADVANCE,
    "avance remboursable": Aid.REPAYABLE_ADVANCE,
    "prise de participation": Aid.EQUITY,
    "prix": Aid.PRIZE,
    "accompagnement": Aid.SUPPORT,
}
_KINDS = (
    (r"appel à manifestation|\bami\b", CallKind.AMI),
    (r"appel à projets|\baap\b", CallKind.AAP),
    (r"concours", CallKind.CONTEST),
)


class Bearer(Spoken):
    """A body that takes part in a scheme (*porteur*)."""

    nom: Annotated[str, Field(min_length=1)]
    siren: str | None = None
    roles: list[str] = []


class LegalBasis(Spoken):
    """A text that a scheme rests on."""

    libelle: Annotated[str, Field(min_length=1)]
    lien: str


_BEARERS = TypeAdapter(Annotated[list[Bearer], Field(max_length=100)])
_BASES = TypeAdapter(Annotated[list[LegalBasis], Field(max_length=100)])


def read(stream: BinaryIO) -> Iterator[Line]:
    """Yield the calls of a file, of the core schema or of the professionals'.

    Raises FileRefused.
    """
    return table_lines(
        stream, _line, columns=REQUIRED, optional=CORE + PROFESSIONALS, delimiter=","
    )


def _line(record: Record) -> Line:
    record.id = record["id"] or None
    record.require(*REQUIRED)
    if not record.columns.isdisjoint(PROFESSIONALS):
        record.require("ciblage_secteur_activite")
    _hold_to_the_schema(record)
    told: dict[str, Any] = {
        "slug": f"dispositif-{record.read('id', _uuid)}",
        "kind": _kind(record["titre"]),
        "name": {"fr": record["titre"]},
        "promise": {"fr": record["promesse"]} if record["promesse"] else None,
        "description": {"fr": record["description"]},
        "regions": _regions(record),
        "applicants": _applicants(record),
        "aids": _aids(record),
        "conditions": [
            {"text": {"fr": record["eligibilite"]}},
            *_in_words(record, CONDITIONS),
            *({"text": {"fr": f"Porteur : {each}"}} for each in _bearers(record)),
        ],
        "excludes": _in_words(record, EXCLUSIONS),
        "documents": _documents(record),
        "waves": _waves(record),
    }
    return record.line(CallContent, told, columns=READ_FROM)


def _hold_to_the_schema(record: Record) -> None:
    for column, most in LONGEST.items():
        if len(record[column]) > most:
            record.refuse(
                column,
                Localized(
                    fr=f"Ce texte a plus de {most} caractères.",
                    en=f"This text has more than {most} characters.",
                ),
            )
    for column, pattern in _PATTERNS.items():
        several = [record[column]] if column == "url_source" else _several(record, column)
        if record[column] and not all(re.fullmatch(pattern, value) for value in several):
            record.refuse(
                column,
                Localized(
                    fr="Une de ces valeurs n’est pas de celles que le schéma accepte.",
                    en="One of these values is not among those that the schema accepts.",
                ),
            )
    for column in _NUMBERS:
        record.read(column, number_of)


def _uuid(written: str) -> str:
    try:
        return str(UUID(written))
    except ValueError:
        raise Unclear(
            fr="Un identifiant est un UUID, par exemple 65d5b6c7-102c-4440-ac3b-768f708edc0a.",
            en="An identifier is a UUID, such as 65d5b6c7-102c-4440-ac3b-768f708edc0a.",
        ) from None


def _stamp(written: str) -> None:
    """Hold a date that is kept as it is written to being one."""
    try:
        datetime.fromisoformat(written)
    except ValueError:
        day_of(written)


def _several(record: Record, column: str) -> list[str]:
    return record[column].split("|") if record[column] else []


def _in_words(record: Record, columns: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"text": {"fr": f"{label} : {record[column]}"}}
        for column, label in columns.items()
        if record[column]
    ]


def _kind(title: str) -> CallKind:
    """Return the kind that the title states; a scheme that states none takes who comes."""
    words = title.casefold()
    return next((kind for pattern, kind in _KINDS if re.search(pattern, words)), CallKind.WINDOW)


def _regions(record: Record) -> list[str]:
    """Return the regions that hold the territories; none for the whole country."""
    codes = _several(record, "eligibilite_geographique")
    if _FRANCE in codes:
        return []
    found = []
    for code in codes:
        kind, _, number = code.partition("-")
        is_region = kind == "REG" and places.is_region(number)
        region = number if is_region else places.region_of(number) if kind != "REG" else None
        if region is None:
            record.warn(
                "eligibilite_geographique",
                Localized(
                    fr=f"{code} n’est dans aucune des dix-huit régions : gardé en toutes lettres.",
                    en=f"{code} is in none of the eighteen regions: kept in words.",
                ),
            )
        else:
            found.append(region)
    return list(dict.fromkeys(found))


def _applicants(record: Record) -> list[Applicant]:
    named = [_TARGETS.get(target, []) for target in _several(record, "cibles")]
    return list(dict.fromkeys(applicant for each in named for applicant in each))


def _aids(record: Record) -> list[Aid]:
    named = [_AIDS.get(name.strip().casefold()) for name in _several(record, "types_aides")]
    return list(dict.fromkeys(aid for aid in named if aid))


def _documents(record: Record) -> list[dict[str, Any]]:
    url = record["url_source"]
    bases = record.read("base_juridique", lambda written: _objects(written, _BASES)) or []
    return [
        *([{"title": {"fr": "Page du dispositif"}, "url": url}] if url else []),
        *({"title": {"fr": each.libelle}, "url": each.lien} for each in bases),
    ]


def _bearers(record: Record) -> list[str]:
    told = []
    for bearer in record.read("porteurs", lambda written: _objects(written, _BEARERS)) or []:
        if bearer.siren and not is_siren(bearer.siren):
            record.warn(
                "porteurs",
                Localized(
                    fr=f"{bearer.siren} n’est pas un SIREN : gardé tel quel.",
                    en=f"{bearer.siren} is no SIREN: kept as it is.",
                ),
            )
        number = f" (SIREN {bearer.siren})" if bearer.siren else ""
        roles = f" – {', '.join(bearer.roles)}" if bearer.roles else ""
        told.append(f"{bearer.nom}{number}{roles}")
    return told


def _objects(written: str, shape: TypeAdapter[Any]) -> Any:
    """Return a list of objects in JSON, or as the schema's own example writes it: {nom: 'x'}."""
    try:
        return shape.validate_json(written)
    except ValidationError:
        pass
    try:
        return shape.validate_python(yaml.safe_load(written))
    except (yaml.YAMLError, ValueError, RecursionError):
        raise Unclear(
            fr="Ce n’est pas la liste JSON d’objets que le schéma décrit.",
            en="This is not the JSON list of objects that the schema describes.",
        ) from None


def _waves(record: Record) -> list[dict[str, Any]]:
    record.read("date_mise_a_jour", _stamp)
    opens = record.read("date_ouverture", moment_of)
    closes = record.read("date_cloture", moment_of)
    return [{"rank": 1, "opens": opens, "closes": closes}] if opens or closes else []
