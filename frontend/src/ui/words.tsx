/** An acronym with what it stands for. */
export function Abbr({ short, long }: { short: string; long: string }) {
  return <abbr title={long}>{short}</abbr>;
}

export type Segment = { text: string; hit: boolean };

/** A text in which what was searched for is marked. */
export function Highlight({ segments }: { segments: readonly Segment[] }) {
  return segments.map(({ text, hit }, at) =>
    // oxlint-disable-next-line react/no-array-index-key -- the segments of one text have no other identity
    hit ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
  );
}
