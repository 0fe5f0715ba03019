import { Button } from "./button.tsx";

/** Takes a table away as a file, made here from what the page shows. The mark at its head tells a spreadsheet UTF-8. */
export function CsvButton({
  file,
  table,
  children,
}: {
  file: string;
  table: () => string;
  children: string;
}) {
  function download() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`\uFEFF${table()}`], { type: "text/csv" }));
    link.download = file;
    link.click();
    URL.revokeObjectURL(link.href);
  }
  return (
    <Button look="secondary" onClick={download}>
      {children}
    </Button>
  );
}
