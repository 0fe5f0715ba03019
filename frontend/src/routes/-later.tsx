/** What serves from the second move on: the first load does without. */
import { FindButton } from "#find/find-button.tsx";
import { ThemeToggle } from "#ui/theme-toggle.tsx";

export { Announcer } from "#ui/announcer.tsx";
export { PageFoot } from "./-page-foot.tsx";

/** What stands in the header of every page beside the other language. */
export function Tools({ pathname }: { pathname: string }) {
  return (
    <>
      <FindButton pathname={pathname} />
      <ThemeToggle />
    </>
  );
}
