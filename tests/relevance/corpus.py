"""What the judged queries are asked over: the demo, and the aid schemes of `schemes.csv`."""

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from etape.core.database import Database
from etape.core.publishing import publish
from etape.core.texts import Localized, fold
from etape.directory.schemas import OrganisationEntry, OrganisationKind
from etape.directory.service import ORGANISATION
from etape.exchange.formats.aides_territoires import AIDS, APPLICANTS
from etape.funding.calls.schemas import Applicant, CallContent, CallKind
from etape.funding.calls.service import CALL
from etape.sources.schemas import Statement

SCHEMES = Path(__file__).parent / "schemes.csv"
# The set was judged with universities among "Recherche", of which an import says less.
_APPLICANTS = APPLICANTS | {"Recherche": [Applicant.RESEARCH_BODY, Applicant.UNIVERSITY]}


async def publish_schemes(database: Database, *, now: datetime) -> None:
    """Publish the schemes and their funders, as an editor would."""
    calls = list(_calls())
    funders = {call.operator: row["funders"] for call, row in calls}
    async with database.unit_of_work() as session:
        for slug, names in funders.items():
            body = OrganisationEntry(
                slug=slug, name=names.replace(";", ", "), kind=OrganisationKind.OTHER
            )
            await publish(session, ORGANISATION, body, by="tests", now=now)
        for call, _ in calls:
            await publish(session, CALL, call, by="tests", now=now)


def _calls() -> Iterator[tuple[CallContent, dict[str, str]]]:
    with SCHEMES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kinds = row["applicants"].split(";")
            said = f"Bénéficiaires : {', '.join(kinds)}."
            applicants = [each for kind in kinds for each in _APPLICANTS.get(kind, [])]
            aids = [AIDS[aid] for aid in row["aids"].split(";") if aid in AIDS]
            call = CallContent(
                slug=row["slug"],
                kind=CallKind.AAP if row["call"] else CallKind.WINDOW,
                name=Localized(fr=row["name"]),
                description=Localized(fr=row["description"]) if row["description"] else None,
                operator="-".join(re.findall(r"[a-z0-9]+", fold(row["funders"])))[:80].strip("-"),
                applicants=list(dict.fromkeys(applicants)),
                aids=list(dict.fromkeys(aids)),
                conditions=[Statement(text=Localized(fr=said))],
            )
            yield call, row
