import { expect, test } from "vitest";
import { clockText, replayAt } from "./replay-at.ts";

test("a replay is opened at its minute where its address can say so, and nowhere else", () => {
  expect(replayAt("https://www.youtube.com/watch?v=abc", 754)).toBe(
    "https://www.youtube.com/watch?v=abc&t=754",
  );
  expect(replayAt("https://youtu.be/abc", 0)).toBe("https://youtu.be/abc?t=0");
  expect(replayAt("https://vimeo.com/123", 60)).toBe("https://vimeo.com/123#t=60s");
  expect(replayAt("https://www.dailymotion.com/video/x", 5)).toBe(
    "https://www.dailymotion.com/video/x?start=5",
  );
  expect(replayAt("https://files.example/a.mp4", 5)).toBe("https://files.example/a.mp4#t=5");
  expect(replayAt("https://video.example/plenary", 5)).toBeNull();
  expect(replayAt("https://notyoutube.com/watch?v=abc", 5)).toBeNull();
});

test("a second is written as players show it", () => {
  expect([5, 245, 3720].map(clockText)).toEqual(["0:05", "4:05", "1:02:00"]);
});
