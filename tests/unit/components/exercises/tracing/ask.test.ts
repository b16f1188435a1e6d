import { describe, expect, it } from "vitest";
import type { MethodRequest } from "../../../../../src/components/exercises/evidence.ts";
import { askGaps, askRemovals, askScores } from "../../../../../src/components/exercises/tracing/ask.ts";
import { followedIn } from "../../../../../src/components/exercises/tracing/followed.ts";
import { attributionOn } from "../../../../helpers/attributions.ts";
import { storedRun } from "../../../../helpers/runCode.ts";
import { scriptedTracing } from "../../../../helpers/scriptedTracing.ts";

const dog = storedRun("brown-dog");
const chien = followedIn(dog, { target: "chien" });
if (!chien) throw new Error("the stored run is another one");

/** A gap of 1 / steps, as a share of a difference of 4. */
const gapBySteps = ({ steps }: MethodRequest) =>
  attributionOn(dog, { source: [1] }, { value: 5, baseline: 1, gap: -4 / Number(steps) });
const KEY = { bound: 0.25, most: 16, rule: "riemann" } as const;

describe("the gaps of few steps", () => {
  it("are asked for from one step on, until the bound is met", async () => {
    const { tracing, asked } = scriptedTracing(chien, { attribute: gapBySteps });
    const answer = await askGaps(tracing, 8, KEY);
    expect(answer).toMatchObject({ ok: true, live: true });
    const gaps = answer.ok ? answer.value.gaps : [];
    expect(gaps?.slice(0, 5)).toEqual([1, 0.5, 1 / 3, 0.25, 0.2].map(Math.fround));
    expect(gaps?.[7]).toBe(0.125);
    expect(asked.map(({ request }) => request.steps)).toEqual([8, 1, 2, 3, 4, 5]);
    expect(asked[0]?.request).toMatchObject({ method: "integrated-gradients", rule: "riemann" });
  });

  it("are not looked for where the chosen number is too small itself", async () => {
    const { tracing, asked } = scriptedTracing(chien, { attribute: gapBySteps });
    expect(await askGaps(tracing, 2, KEY)).toMatchObject({ value: { gaps: [Number.POSITIVE_INFINITY, 0.5] } });
    expect(asked).toHaveLength(1);
  });

  it("end where the model gives no answer", async () => {
    const { tracing } = scriptedTracing(chien, { attribute: () => "stopped" });
    expect(await askGaps(tracing, 2, KEY)).toEqual({ ok: false, message: "stopped" });
  });
});

describe("scores by place", () => {
  it("are those of the side that is asked for", async () => {
    const { tracing } = scriptedTracing(chien, {
      attribute: () => attributionOn(dog, { source: [1, -2], target: [3] }),
      live: false,
    });
    const request = { method: "saliency" } as const;
    expect(await askScores(tracing, "source", request)).toEqual({
      ok: true,
      live: false,
      value: { scores: { 0: 1, 1: -2 }, value: 5 },
    });
    expect(await askScores(tracing, "read", request)).toMatchObject({ value: { scores: { 0: 3 } } });
  });

  it("come with the order in which input × gradient would have words tried", async () => {
    const { tracing } = scriptedTracing(chien, {
      attribute: ({ method }) => attributionOn(dog, { source: method === "occlusion" ? [7, 8, 9] : [1, 3, 2] }),
    });
    expect(await askRemovals(tracing, "source")).toMatchObject({
      value: { scores: { 0: 7, 1: 8, 2: 9 }, order: [1, 2, 0] },
    });
  });
});
