import { type ReactNode, useEffect, useEffectEvent } from "react";
import { $api } from "#api/client.ts";
import { Frame } from "./frame.tsx";
import { useWords } from "./words.ts";

/** Makes a host of this browser by the door's QR code, then shows the door; what it refuses, the door says. */
export function Entered({ token, children }: { token: string | null; children: ReactNode }) {
  const words = useWords();
  const { mutate, isIdle, isPending } = $api.useMutation("post", "/api/v1/door-passes/open", {
    networkMode: "always",
  });
  const enter = useEffectEvent(() => {
    if (token !== null && isIdle) {
      mutate({ body: { token } });
    }
  });
  useEffect(() => enter(), []);
  if (token === null || !(isIdle || isPending)) {
    return children;
  }
  return (
    <Frame title={words.name}>
      <h1>{words.name}</h1>
      <p className="soft">{words.loading}</p>
    </Frame>
  );
}
