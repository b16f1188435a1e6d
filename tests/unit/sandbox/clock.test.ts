import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { clockOf } from "../../../src/sandbox/clock.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function started(milliseconds: number, whole = 10_000) {
  const heard: string[] = [];
  const clock = clockOf(
    whole,
    () => heard.push("late"),
    () => heard.push("long"),
  );
  clock.start(milliseconds);
  return { clock, heard };
}

describe("the clock of a run", () => {
  it("ends a run that uses up its time", () => {
    const { heard } = started(2000);
    vi.advanceTimersByTime(1999);
    expect(heard).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(heard).toEqual(["late"]);
  });

  it("stands still while answers are awaited, and goes on with what was left", () => {
    const { clock, heard } = started(2000);
    vi.advanceTimersByTime(1500);
    clock.hold();
    clock.hold();
    vi.advanceTimersByTime(3000);
    clock.letGo();
    vi.advanceTimersByTime(3000);
    expect(heard).toEqual([]);
    clock.letGo();
    vi.advanceTimersByTime(499);
    expect(heard).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(heard).toEqual(["late"]);
  });

  it("ends a run that waits for ever", () => {
    const { clock, heard } = started(2000);
    clock.hold();
    vi.advanceTimersByTime(10_000);
    expect(heard).toEqual(["long"]);
  });

  it("says nothing once it was stopped, even where an answer comes later", () => {
    const { clock, heard } = started(2000);
    clock.hold();
    clock.stop();
    clock.letGo();
    vi.advanceTimersByTime(20_000);
    expect(heard).toEqual([]);
  });
});
