"""A report in words for who ran the import, and as a table for who corrects the file."""

import csv
import io
from collections.abc import Sequence

from etape.core.cells import cell
from etape.exchange.formats.lines import Remark, RemarkKind
from etape.exchange.imports.schemas import ImportReport

_TOLD = 20  # refused lines told at once; the table has them all
_COLUMNS = ("line", "id", "kind", "field", "value", "sentence_fr", "sentence_en")


def in_words(report: ImportReport) -> str:
    """Return what an import did, in French, with the first lines that it refused."""
    told = {kind: [it for it in report.remarks if it.kind is kind] for kind in RemarkKind}
    refused, warned = told[RemarkKind.REFUSED], told[RemarkKind.WARNED]
    counted = (
        f"Nouvelles : {report.new} ; changées : {report.changed} ; inchangées : "
        f"{report.unchanged} ; refusées : {report.refused} ; avertissements : {len(warned)}."
    )
    lines = [counted, *map(_refusal, refused[:_TOLD])]
    if len(refused) > _TOLD:
        lines.append(f"… et {len(refused) - _TOLD} autres raisons : --report les donne toutes.")
    if not report.kept:
        lines.append("Rien n’a été écrit.")
    return "\n".join(lines)


def _refusal(remark: Remark) -> str:
    known = f" ({remark.id})" if remark.id else ""
    field = f", {remark.field}" if remark.field else ""
    value = f" « {remark.value} »" if remark.value else ""
    return f"Ligne {remark.line}{known}{field}{value} : {remark.sentence.fr}"


def as_csv(remarks: Sequence[Remark]) -> str:
    """Return remarks as a table, in which nothing from the file is a formula to a spreadsheet."""
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(_COLUMNS)
    for remark in remarks:
        table.writerow(
            (
                remark.line,
                cell(remark.id),
                remark.kind,
                cell(remark.field),
                cell(remark.value),
                remark.sentence.fr,
                remark.sentence.en,
            )
        )
    return written.getvalue()
