import { type Locale, basepathOf } from "#i18n/locale.ts";

/** Makes this page installable, and able to open without a network, from the service worker that its build wrote. */
export function installed(locale: Locale): void {
  const base = basepathOf(locale);
  const folder = `${base === "/" ? "" : base}/pointage/`;
  const manifest = document.createElement("link");
  manifest.rel = "manifest";
  manifest.href = `${folder}manifest.webmanifest`;
  document.head.append(manifest);
  if (import.meta.env.PROD && "serviceWorker" in navigator) {
    void navigator.serviceWorker.register(`${folder}worker.js`);
  }
}

/** The secret of the door's QR code where it was just opened; it leaves the address. */
export function passInAddress(): string | null {
  const asked = new URL(location.href);
  const token = asked.searchParams.get("lien");
  if (token !== null) {
    asked.searchParams.delete("lien");
    history.replaceState(null, "", asked);
  }
  return token;
}
