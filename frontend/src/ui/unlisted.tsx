/** A page that its address alone opens: no index keeps it, and no other site learns where one came from. */
export function Unlisted() {
  return (
    <>
      <meta name="robots" content="noindex, nofollow" />
      <meta name="referrer" content="no-referrer" />
    </>
  );
}
