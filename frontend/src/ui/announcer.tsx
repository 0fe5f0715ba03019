import { useRouter } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { CONTENT } from "./page.tsx";

/**
 * A new page is read from its beginning, by eye and by screen reader: its title is announced, its heading takes the
 * focus, or what the address names in it. Not on the first load, which browsers announce; and a page that chose itself
 * where to begin keeps that.
 */
export function Announcer() {
  const router = useRouter();
  const [title, setTitle] = useState("");

  useEffect(() => {
    let left = document.activeElement;
    const forget = router.subscribe("onBeforeLoad", () => {
      left = document.activeElement;
    });
    const stop = router.subscribe("onRendered", (move) => {
      const { fromLocation, toLocation, pathChanged, hashChanged } = move;
      const named = document.getElementById(toLocation.hash);
      if (fromLocation === undefined || !(pathChanged || (hashChanged && named))) {
        return;
      }
      const content = document.getElementById(CONTENT);
      const held = document.activeElement;
      if (held === left || content?.contains(held) === false) {
        const start = named ?? content?.querySelector("h1") ?? content;
        start?.setAttribute("tabindex", "-1");
        start?.focus({ preventScroll: true });
      }
      if (pathChanged) {
        setTitle(document.title);
      }
    });
    return () => {
      forget();
      stop();
    };
  }, [router]);

  return (
    <p className="hidden" role="status">
      {title}
    </p>
  );
}
