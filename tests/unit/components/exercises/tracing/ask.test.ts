import { describe, expect, it } from "vitest";
import { askRemovals, askScores, askWalk } from "../../../../../src/components/exercises/tracing/ask.ts";
import { followedIn } from "../../../../../src/components/exercises/tracing/followed.ts";
import { attributionOn } from "../../../../helpers/attributions.ts";
import { storedRun } from "../../../../helpers/runCode.ts";
import { scriptedTracing } from "../../../../helpers/scriptedTracing.ts";

const dog = storedRun("brown-dog");
const chien = followedIn(dog, { target: "chien" });
if (!chien) throw new Error("the stored run is another one");

describe("a walk", () => {
  it("leaves a gap, as a share of the difference to the baseline", async () => {
    const { tracing, asked } = scriptedTracing(chien, {
      attribute: () => attributionOn(dog, { source: [1] }, { value: 5, baseline: 1, gap: -2 }),
    });
    expect(await askWalk(tracing, 8, { rule: "riemann" })).toEqual({
      ok: true,
      live: true,
      value: { walk: { steps: 8, gap: 0.5 } },
    });
    expect(asked[0]?.request).toEqual({
      method: "integrated-gradients",
      baseline: { kind: "pad" },
      steps: 8,
      rule: "riemann",
    });
  });

  it("ends where the model gives no answer", async () => {
    const { tracing } = scriptedTracing(chien, { attribute: () => "stopped" });
    expect(await askWalk(tracing, 2, { rule: "riemann" })).toEqual({ ok: false, message: "stopped" });
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

  it("come with the order in which integrated gradients would have words tried", async () => {
    const { tracing } = scriptedTracing(chien, {
      attribute: ({ method }) => attributionOn(dog, { source: method === "occlusion" ? [7, 8, 9] : [1, 3, 2] }),
    });
    expect(await askRemovals(tracing, "source")).toMatchObject({
      value: { scores: { 0: 7, 1: 8, 2: 9 }, order: [1, 2, 0] },
    });
  });
});
