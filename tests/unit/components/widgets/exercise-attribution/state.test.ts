import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { Evidence } from "../../../../../src/components/exercises/evidence.ts";
import { storedOf } from "../../../../../src/components/widgets/exercise-attribution/answers.ts";
import { pairJson, pairScene, pairTable } from "../../../../../src/components/widgets/exercise-attribution/exports.ts";
import { exerciseState } from "../../../../../src/components/widgets/exercise-attribution/state.ts";
import { encodeState } from "../../../../../src/lib/urlState.ts";
import dog from "../../../../../src/stored/attributions/exercise-dog.json" with { type: "json" };
import kate from "../../../../../src/stored/attributions/exercise-kate.json" with { type: "json" };
import { aboutModel } from "../../../../../src/stored/models.ts";
import { fakeStudyClient } from "../../../../helpers/fakeStudyClient.ts";

const removal = { first: "saliency", second: "occlusion" } as const;

function figure(
  stored: typeof dog | typeof kate = dog,
  methods: typeof removal | { first: "input-x-gradient"; second: "saliency" } = removal,
) {
  const evidence = signal<Evidence | null>(null);
  const { client, asked } = fakeStudyClient(aboutModel(stored.model).info);
  const options = { id: "f", client, absent: false, gradient: async () => null, methods, evidence };
  const state = exerciseState({ ...options, stored: storedOf(stored) });
  return { state, evidence, asked, stop: state.connect() };
}

describe("the figure", () => {
  it("shows both methods on the stored text, and compares them", () => {
    const { state, stop } = figure();
    expect(state.output.value).toBe("chien");
    expect(state.compared.value).toMatchObject({ first: "dog", second: "dog" });
    expect(state.reading.value).toMatch(/^The logit of “chien” is 12\.\d\d\. Both methods put “dog” first/);
    const [source, target] = state.coloured.value.second.lines;
    expect(source?.items.map(({ piece }) => piece)).toHaveLength(10);
    // What comes after the explained output is left out.
    expect(target?.items).toHaveLength(2);
    state.pointed.value = { which: "second", place: { side: "source", at: 6 } };
    expect(state.reading.value).toMatch(/^Occlusion: “▁?dog” \+13\.9/);
    stop();
  });

  it("goes over to another stored output without a run", () => {
    const { state, asked, stop } = figure();
    state.ask({ place: 0 });
    expect(state.output.value).toBe("Le");
    expect(state.study.stale.value).toBe(false);
    expect(asked).toEqual([]);
    state.reset();
    expect(state.output.value).toBe("chien");
    stop();
  });

  it("publishes scores, what is followed, and the comparison of two methods", () => {
    const { state, evidence, stop } = figure(kate, { first: "input-x-gradient", second: "saliency" });
    const { numbers, tracing, comparison, live } = evidence.value ?? {};
    expect(live).toBe(false);
    expect(numbers?.["input-x-gradient.4"]).toBeCloseTo(-1.91, 1);
    expect(numbers?.["saliency.2"]).toBeGreaterThan(0);
    expect(tracing?.followed).toMatchObject({
      run: { source: kate.question.source, target: null },
      target: { kind: "token", row: 14, scale: "logit" },
    });
    expect(comparison?.first).toBe("Paul");
    state.ask({ second: "input-x-gradient" });
    expect(evidence.value?.comparison).toBeUndefined();
    stop();
  });

  it("is restored from a link, and says when a link was damaged", () => {
    const { state, stop } = figure();
    expect(state.fields()).toBeNull();
    state.ask({ place: 2, second: "saliency" });
    const fields = state.fields();
    state.reset();
    state.restore(`?f=${encodeURIComponent(encodeState(fields ?? {}))}`);
    expect(state.asked.value).toMatchObject({ place: 2, second: "saliency" });
    stop();
  });

  it("gives away both texts", () => {
    const { state, stop } = figure();
    const table = pairTable(state);
    expect(table.columns[0]).toBe("method");
    expect(table.rows).toBe(24);
    expect(table.row(0)[0]).toBe("saliency");
    expect(table.row(23)[0]).toBe("occlusion");
    expect(pairScene("Title", state).shapes.length).toBeGreaterThan(60);
    expect(JSON.stringify(pairJson(state))).toContain('"method":"occlusion"');
    stop();
  });
});
