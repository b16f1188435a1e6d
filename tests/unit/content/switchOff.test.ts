import { beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../scripts/local-model.ts";
import { keyOf, type OffProps } from "../../../src/components/exercises/authoring.ts";
import type { HeadRef, Model } from "../../../src/engine/model.ts";
import { HEAD_TASKS } from "../../../src/stored/headTasks.ts";
import { coursePages, exercisesIn } from "../../helpers/exercisePages.ts";

const exercises = coursePages()
  .flatMap(({ id, body }) => exercisesIn(id, body))
  .filter(({ kind }) => kind === "off")
  .map(({ props }) => props as unknown as OffProps);

let model: Model;
beforeAll(async () => {
  model = await openLocal("decoder-small");
}, 60_000);

/** Whether the answer is still the first choice without some heads of the small decoder. */
async function stands(source: string, answer: string, off: readonly HeadRef[]): Promise<boolean> {
  const trace = await model.trace({ source, target: null, off, watch: [answer] });
  return trace.target === null && trace.watched[0]?.id === trace.predictions.at(-1)?.[0]?.id;
}

const heads: readonly HeadRef[] = Array.from({ length: 16 }, (_, place) => ({
  kind: "decoder",
  layer: Math.floor(place / 4),
  head: place % 4,
}));

describe("exercises on heads that are switched off", () => {
  it("are there, on texts that a figure starts with", () => {
    const texts = HEAD_TASKS.map(({ prompts }) => prompts[0]?.source);
    expect(exercises.length).toBeGreaterThan(1);
    for (const { source } of exercises) expect(texts).toContain(source);
  });

  it("ask for no fewer heads than it takes, and for no more", async () => {
    const flips = exercises.map((props) => keyOf.off(props)).filter(({ goal }) => goal === "flip");
    expect(flips.map(({ most }) => most)).toEqual([2]);
    for (const { source } of flips) {
      const answer = HEAD_TASKS.flatMap(({ prompts }) => prompts).find((prompt) => prompt.source === source)?.answer;
      expect(await stands(source, answer ?? "", [])).toBe(true);
      for (const head of heads) expect(await stands(source, answer ?? "", [head])).toBe(true);
      const pair = heads.filter(({ layer, head }) => (layer === 0 && head === 0) || (layer === 1 && head === 3));
      // The pair that the solution names.
      expect(await stands(source, answer ?? "", pair)).toBe(false);
    }
  });
});
