/** A piece of a letter: plain words, or a page of this site to go to. */
export type Piece = { text: string; to: string | null };

const ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g;

/**
 * Cuts a text at its addresses. Only those of this site become links, without their origin: a letter of the demonstration
 * leads nowhere else.
 */
export function piecesOf(text: string, origin: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const url = URL.parse(found);
    if (url?.origin === origin) {
      pieces.push(
        { text: text.slice(done, index), to: null },
        { text: found, to: url.pathname + url.search + url.hash },
      );
      done = index + found.length;
    }
  }
  return [...pieces, { text: text.slice(done), to: null }].filter(
    ({ text: words }) => words !== "",
  );
}
