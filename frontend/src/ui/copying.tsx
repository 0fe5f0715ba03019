import { useEffect, useState } from "react";
import { Button } from "./button.tsx";
import css from "./copying.module.css";

const SHOWN_FOR = 2_000;

/** What a press that copies says: before, after, and of the text that the browser did not let it copy. */
export type CopyWords = { copy: string; copied: string; byHand: string };

/** Copies a text in a press and says so; where the browser refuses, shows it, selected, to be copied by hand. */
export function Copying({
  text,
  words,
  look = "plain",
}: {
  text: string;
  words: CopyWords;
  look?: "plain" | "secondary";
}) {
  const [became, setBecame] = useState<"copied" | "refused" | null>(null);

  useEffect(() => {
    if (became !== "copied") {
      return undefined;
    }
    const timer = setTimeout(() => setBecame(null), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [became]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text); // there is no clipboard where the page is not secure
      setBecame("copied");
    } catch {
      setBecame("refused");
    }
  }

  return (
    <>
      <Button look={look} onClick={() => void copy()}>
        {words.copy}
      </Button>{" "}
      <span role="status">{became === "copied" && words.copied}</span>
      {became === "refused" && (
        <textarea
          className={css.text}
          readOnly
          rows={text.split("\n").length}
          aria-label={words.byHand}
          value={text}
          ref={(field) => field?.select()}
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
    </>
  );
}
