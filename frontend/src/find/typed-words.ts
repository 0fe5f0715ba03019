import { useEffect, useRef, useState } from "react";

const PAUSE = 120;

/**
 * The words of a box that searches while one types. They are `told` by the address and `tell` writes them there at each
 * pause. An address that changes for another reason (back, a link) writes into the box; the echo of what was typed does
 * not, or it would eat the letters typed since.
 */
export function useTypedWords(
  told: string,
  tell: (words: string) => void,
): { typed: string; type: (words: string) => void; submit: () => void } {
  const [typed, setTyped] = useState(told);
  const awaited = useRef<string[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    const at = awaited.current.indexOf(told);
    if (at < 0) {
      clearTimeout(timer.current);
      setTyped(told);
    }
    awaited.current.splice(0, at + 1);
  }, [told]);

  useEffect(() => () => clearTimeout(timer.current), []);

  function send(words: string) {
    clearTimeout(timer.current);
    if (words !== told) {
      awaited.current.push(words);
      tell(words);
    }
  }

  return {
    typed,
    type(words) {
      setTyped(words);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => send(words), PAUSE);
    },
    submit: () => send(typed),
  };
}
