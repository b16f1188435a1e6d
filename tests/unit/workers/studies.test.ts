import { describe, expect, it } from "vitest";
import type { StudyProgress } from "../../../src/engine/study.ts";
import type { Answer } from "../../../src/workers/api.ts";
import { Studies, type StudyResult } from "../../../src/workers/studies.ts";

const RESULT = { ok: true, value: { model: "m" } } as unknown as Answer<StudyResult>;
const CANCELLED = { ok: false, failure: { code: "cancelled" } };

/** Work of a number of steps that stops when it is told to, and keeps a list of what was done. */
function work(name: string, steps: number, done: string[]) {
  return async (onStep: (progress: StudyProgress) => Promise<boolean>): Promise<Answer<StudyResult>> => {
    for (let step = 1; step <= steps; step += 1) {
      await new Promise((resolve) => setTimeout(resolve));
      done.push(`${name}${step}`);
      if (!(await onStep({ done: step, total: steps }))) return RESULT;
    }
    return RESULT;
  };
}

describe("studies", () => {
  it("run one after another and tell how far they are", async () => {
    const done: string[] = [];
    const heard: number[] = [];
    const studies = new Studies();
    const both = [
      studies.start("a", ({ done }) => heard.push(done), work("a", 2, done)),
      studies.start("b", () => {}, work("b", 2, done)),
    ];
    expect(await Promise.all(both)).toEqual([RESULT, RESULT]);
    expect(done).toEqual(["a1", "a2", "b1", "b2"]);
    expect(heard).toEqual([1, 2]);
  });

  it("end at their next step when they are cancelled", async () => {
    const done: string[] = [];
    const studies = new Studies();
    const answer = studies.start("a", () => studies.cancel("a"), work("a", 5, done));
    expect(await answer).toMatchObject(CANCELLED);
    expect(done).toEqual(["a1"]);
  });

  it("give way to a newer one of their channel, also before they began", async () => {
    const done: string[] = [];
    const studies = new Studies();
    const first = studies.start("a", () => {}, work("x", 2, done));
    const second = studies.start("a", () => {}, work("y", 2, done));
    const third = studies.start("a", () => {}, work("z", 2, done));
    expect(await first).toMatchObject(CANCELLED);
    expect(await second).toMatchObject(CANCELLED);
    expect(await third).toEqual(RESULT);
    expect(done).toEqual(["z1", "z2"]);
  });

  it("go on after one that was refused", async () => {
    const studies = new Studies();
    const refused = { ok: false, failure: { code: "runtime" } } as unknown as Answer<StudyResult>;
    expect(
      await studies.start(
        "a",
        () => {},
        async () => refused,
      ),
    ).toEqual(refused);
    expect(await studies.start("b", () => {}, work("b", 1, []))).toEqual(RESULT);
  });
});
