export type CsvValue = string | number | null;

/** A cell of a table; what a spreadsheet would take for a formula is quoted. */
function cell(value: CsvValue): string {
  const written = String(value ?? "").replace(/^[=+@-]/, "'$&");
  return `"${written.replaceAll('"', '""')}"`;
}

/** Rows as a table that a spreadsheet reads (RFC 4180); what is not stated is empty. */
export function csvText(rows: readonly (readonly CsvValue[])[]): string {
  return rows.map((row) => row.map(cell).join(",")).join("\r\n");
}
