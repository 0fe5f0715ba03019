/** What a browser says that it is, told as people say it. The order decides: Edge says that it is Chrome too. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Headless)?Chrome\/|\bCriOS\//, "Chrome"],
  [/\bVersion\/.*\bSafari\//, "Safari"],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "Mac"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

function firstOf(names: typeof BROWSERS, said: string): string[] {
  return names.flatMap(([pattern, name]) => (pattern.test(said) ? [name] : [])).slice(0, 1);
}

/** "Firefox, Windows"; null where it says nothing that is known. */
export function browserName(said: string): string | null {
  return [...firstOf(BROWSERS, said), ...firstOf(SYSTEMS, said)].join(", ") || null;
}
