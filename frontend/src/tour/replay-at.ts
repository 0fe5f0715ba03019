/** Players that take the second to begin at from the address, and how each writes it. */
const PLAYERS: readonly { host: RegExp; write: (url: URL, at: number) => void }[] = [
  {
    host: /(^|\.)(youtube\.com|youtu\.be)$/,
    write: (url, at) => url.searchParams.set("t", `${at}`),
  },
  { host: /(^|\.)dailymotion\.com$/, write: (url, at) => url.searchParams.set("start", `${at}`) },
  { host: /(^|\.)vimeo\.com$/, write: (url, at) => (url.hash = `t=${at}s`) },
];
const FILE = /\.(mp4|webm|ogv|ogg|mp3|m4a)$/i;

/** The address of a replay from a second on; null where its address cannot say it. */
export function replayAt(replay: string, at: number): string | null {
  const url = new URL(replay);
  const player = PLAYERS.find(({ host }) => host.test(url.hostname));
  if (player !== undefined) {
    player.write(url, at);
  } else if (FILE.test(url.pathname)) {
    url.hash = `t=${at}`; // Media Fragments, W3C
  } else {
    return null;
  }
  return url.href;
}

/** A second of a replay as players show it: "4:05", "1:02:00". */
export function clockText(at: number): string {
  const parts = [Math.floor(at / 3600), Math.floor(at / 60) % 60, at % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown
    .map((part, index) => (index === 0 ? `${part}` : `${part}`.padStart(2, "0")))
    .join(":");
}
