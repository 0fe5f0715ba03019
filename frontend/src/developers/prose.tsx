/** The prose of the contract: English paragraphs, `code`, and *the French term* of what they speak of. */
export function Prose({ of }: { of: string }) {
  return of
    .trim()
    .split(/\n{2,}/u)
    .map((paragraph) => (
      <p key={paragraph} lang="en">
        <Line of={paragraph} />
      </p>
    ));
}

/** One line of that prose. */
export function Line({ of }: { of: string }) {
  return of.split(/(`[^`]+`|\*[^*]+\*)/u).map((piece, at) => {
    // Pieces have no other identity than their place, and never change it.
    const key = `${at} ${piece}`;
    if (piece.startsWith("`")) {
      return <code key={key}>{piece.slice(1, -1)}</code>;
    }
    return piece.startsWith("*") ? (
      <i key={key} lang="fr">
        {piece.slice(1, -1)}
      </i>
    ) : (
      piece
    );
  });
}
