import { useEffect, useEffectEvent, useRef, useState } from "react";
import { Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";
import css from "./checkin.module.css";
import { codeReader } from "./code-reader.ts";
import { useWords } from "./words.ts";

/** Between two looks at the picture: a ticket is read within a blink, and the battery lasts the day. */
const EVERY = 120;

/** Reads tickets by the camera while it is on. */
export function Camera({ onCode }: { onCode: (code: string) => void }) {
  const words = useWords().camera;
  const [isOn, setOn] = useState(false);
  const [isRefused, setRefused] = useState(false);
  return (
    <div className="stack">
      {isOn && (
        <Eye
          onCode={onCode}
          onRefused={() => {
            setOn(false);
            setRefused(true);
          }}
        />
      )}
      {isRefused && (
        <Notice tone="point" live>
          {words.refused}
        </Notice>
      )}
      <Button
        look={isOn ? "secondary" : "primary"}
        onClick={() => {
          setRefused(false);
          setOn(!isOn);
        }}
      >
        {isOn ? words.stop : words.start}
      </Button>
    </div>
  );
}

function Eye({ onCode, onRefused }: { onCode: (code: string) => void; onRefused: () => void }) {
  const words = useWords().camera;
  const video = useRef<HTMLVideoElement>(null);
  const found = useEffectEvent(onCode);
  const refused = useEffectEvent(onRefused);
  useEffect(() => {
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    async function look() {
      // Absent where the page is not served over HTTPS, whatever the types say.
      stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment", width: { ideal: 1280 } },
      });
      const screen = video.current;
      if (isOver || screen === null) {
        stream.getTracks().forEach((track) => track.stop());
        return;
      }
      screen.srcObject = stream;
      await screen.play();
      const read = await codeReader();
      const again = async () => {
        const code = screen.readyState >= screen.HAVE_CURRENT_DATA ? await read(screen) : null;
        if (code !== null) {
          found(code);
        }
        if (!isOver) {
          timer = setTimeout(() => void again(), EVERY);
        }
      };
      await again();
    }
    look().catch(() => {
      if (!isOver) {
        refused();
      }
    });
    return () => {
      isOver = true;
      clearTimeout(timer);
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, []);
  return (
    <figure className={css.eye}>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- what the camera sees has no sound */}
      <video ref={video} muted playsInline />
      <figcaption className="small soft">{words.aim}</figcaption>
    </figure>
  );
}
