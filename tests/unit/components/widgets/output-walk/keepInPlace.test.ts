import { afterEach, expect, test, vi } from "vitest";
import { keepInPlace } from "../../../../../src/components/widgets/output-walk/keepInPlace.ts";

afterEach(() => vi.unstubAllGlobals());

test("an element that moved up as something above it closed is followed", () => {
  const frames: (() => void)[] = [];
  const page = { top: 900, scrolled: 500 };
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => frames.push(frame));
  vi.stubGlobal("window", {
    scrollBy: ({ top }: { top: number }) => {
      page.scrolled += top;
    },
  });
  const header = { getBoundingClientRect: () => ({ top: page.top - page.scrolled }) } as unknown as Element;

  keepInPlace(header);
  page.top = 600;
  while (frames.length > 0) frames.shift()?.();

  expect(page.top - page.scrolled).toBe(400);
});
