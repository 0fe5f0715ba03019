/** What was typed with some of its words in quotes, which are searched as they stand. */
export function toTheLetter(q: string, typed: string): string {
  const at = q.toLocaleLowerCase().indexOf(typed.toLocaleLowerCase());
  const end = at + typed.length;
  return at < 0 ? `"${q}"` : `${q.slice(0, at)}"${q.slice(at, end)}"${q.slice(end)}`;
}
