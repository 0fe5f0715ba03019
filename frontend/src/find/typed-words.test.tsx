// @vitest-environment jsdom
import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { useTypedWords } from "./typed-words.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function open(address: string) {
  const tell = vi.fn<(words: string) => void>();
  const { result, rerender } = renderHook(({ told }) => useTypedWords(told, tell), {
    initialProps: { told: address },
  });
  return {
    tell,
    typed: () => result.current.typed,
    type: (words: string) => act(() => result.current.type(words)),
    pause: () =>
      act(() => {
        vi.advanceTimersByTime(1000);
      }),
    submit: () => act(() => result.current.submit()),
    addressBecomes: (told: string) => rerender({ told }),
  };
}

test("the address is told at a pause, not at each letter", () => {
  const box = open("");
  box.type("t");
  box.type("ti");
  box.type("tie");
  expect(box.tell).not.toHaveBeenCalled();
  box.pause();
  expect(box.tell.mock.calls).toEqual([["tie"]]);
});

test("an echo that comes late does not eat the letters typed since", () => {
  const box = open("");
  box.type("tier");
  box.pause();
  box.type("tiers");
  box.addressBecomes("tier");
  expect(box.typed()).toBe("tiers");
});

test("going back writes the words of then into the box", () => {
  const box = open("eds");
  box.type("tiers");
  box.pause();
  box.addressBecomes("tiers");
  box.addressBecomes("eds");
  expect(box.typed()).toBe("eds");
});

test("Enter does not wait for the pause, and does not tell twice", () => {
  const box = open("");
  box.type("tiers");
  box.submit();
  box.addressBecomes("tiers");
  box.pause();
  expect(box.tell.mock.calls).toEqual([["tiers"]]);
});
