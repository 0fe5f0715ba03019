/** Reads the code in a picture of a video; null where there is none. */
export type CodeReader = (video: HTMLVideoElement) => Promise<string | null>;

/** What Chromium offers on phones (https://wicg.github.io/shape-detection-api/); no types know it yet. */
type Detector = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> };
type DetectorClass = {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats: () => Promise<string[]>;
};

/** The side of the square that is looked at, in pixels: a code fills it, and it is decoded in a few milliseconds. */
const SIDE = 640;

/** The browser's own reader where it has one, else ours, which is fetched with the page. */
export async function codeReader(): Promise<CodeReader> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as its specification says
  const { BarcodeDetector: Detecting } = globalThis as { BarcodeDetector?: DetectorClass };
  if (Detecting !== undefined && (await Detecting.getSupportedFormats()).includes("qr_code")) {
    const detector = new Detecting({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
  }
  const { decodeQR } = await import("qr/decode.js");
  const canvas = document.createElement("canvas");
  canvas.width = SIDE;
  canvas.height = SIDE;
  const drawing = canvas.getContext("2d", { willReadFrequently: true });
  return (video) => {
    if (drawing === null) {
      return Promise.resolve(null);
    }
    const { videoWidth: width, videoHeight: height } = video;
    const side = Math.min(width, height);
    const from = [(width - side) / 2, (height - side) / 2] as const;
    drawing.drawImage(video, ...from, side, side, 0, 0, SIDE, SIDE);
    try {
      return Promise.resolve(decodeQR(drawing.getImageData(0, 0, SIDE, SIDE)));
    } catch {
      return Promise.resolve(null); // it throws where there is no code
    }
  };
}
