import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FigureEvidence } from "../../../../../src/components/views/figure/types.ts";
import { igJson, igScene, igTable } from "../../../../../src/components/widgets/ig-path/exports.ts";
import { offerOf } from "../../../../../src/components/widgets/ig-path/offer.ts";
import { igState } from "../../../../../src/components/widgets/ig-path/state.ts";
import { sceneToSvg } from "../../../../../src/lib/scene.ts";
import { withState } from "../../../../../src/lib/urlState.ts";
import { decodeTrace } from "../../../../../src/stored/format.ts";
import maryJohn from "../../../../../src/stored/mary-john.json";
import { aboutModel } from "../../../../../src/stored/models.ts";
import { fakeStudyClient } from "../../../../helpers/fakeStudyClient.ts";
import { attributionOver, storedOver } from "./walks.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(400);
const run = decodeTrace(maryJohn);

function setUp(search = "", absent = false) {
  const evidence = signal<FigureEvidence | null>(null);
  const fakes = ["decoder-small", "smollm2-135m"].map((model) => fakeStudyClient(aboutModel(model).info));
  const offers = fakes.map(({ client }, at) =>
    offerOf({ client, channel: "walk", stored: storedOver(["decoder-small", "smollm2-135m"][at] ?? ""), absent }),
  );
  const state = igState({ id: "walk", offers, run, evidence });
  state.restore(search);
  const stop = state.connect();
  const [{ asked, status }] = fakes as [(typeof fakes)[number]];
  const here = () => {
    status.value = { ...status.value, phase: "live", device: "wasm" };
  };
  const answer = async (steps: number) => {
    await settle();
    asked.at(-1)?.answer({ ok: true, value: run });
    await settle();
    asked.at(-1)?.answer({ ok: true, value: attributionOver("riemann", steps) });
    await settle();
  };
  return { state, evidence, asked, here, answer, stop };
}

describe("the figure of the path", () => {
  it("starts from a stored walk and shows other stored ones without a run", async () => {
    const { state, asked } = setUp();
    expect(state.found.value.walk.steps).toHaveLength(32);
    expect(state.reading.value).toContain("From the padding token to the text, the logit of “Mary”");
    expect(state.lines.value).toHaveLength(3);
    state.ask({ baseline: { kind: "zero" }, steps: 8 });
    await settle();
    expect([state.found.value.walk.steps.length, state.notice.value, asked.length]).toEqual([8, null, 0]);
    expect(state.reading.value).toContain("From the zeros to the text");
  });

  it("waits for the button while the model is away, and says so", async () => {
    const { state, asked } = setUp();
    state.ask({ steps: 16 });
    await settle();
    expect(asked).toHaveLength(0);
    expect(state.notice.value).toContain("press Walk it live");
  });

  it("walks by itself once the model is at work, and marks the walk among the gaps", async () => {
    const { state, here, answer, asked } = setUp();
    here();
    state.ask({ steps: 16 });
    await answer(16);
    expect(asked.map(({ request }) => (request as { steps?: number }).steps)).toEqual([undefined, 16]);
    expect(state.own.value.map(({ steps, shown }) => [steps, shown])).toEqual([[16, true]]);
    state.ask({ steps: 64 });
    await answer(64);
    expect(state.own.value.map(({ steps, shown }) => [steps, shown])).toEqual([
      [16, false],
      [64, true],
    ]);
    state.ask({ baseline: { kind: "mean" } });
    await answer(64);
    expect(state.own.value).toHaveLength(1);
  });

  it("has no stored gaps for another text, and draws its finest walk as the curve", async () => {
    const { state, here, answer } = setUp();
    here();
    state.ask({ source: "Anna" });
    await answer(64);
    expect(state.lines.value).toEqual([]);
    state.ask({ steps: 4 });
    await answer(4);
    expect(state.curve.value?.places).toHaveLength(64);
  });

  it("looks at the steepest step until a place is chosen", () => {
    const { state } = setUp();
    expect(state.found.value.walk.steps[state.step.value]?.place).toBeCloseTo(0.5, 1);
    expect(state.reading.value).not.toContain("At α");
    state.place.value = 0;
    expect(state.step.value).toBe(0);
    expect(state.reading.value).toContain("At α = 0.02");
  });

  it("publishes what it shows as numbers", () => {
    const { state, evidence } = setUp();
    expect(evidence.value).toMatchObject({
      figure: "walk",
      live: false,
      numbers: { steps: 32, change: expect.closeTo(8, 2) },
    });
    state.chooseModel("smollm2-135m");
    expect(evidence.value).toBeNull();
  });

  it("keeps steps and baseline when it goes over to another model, and comes back from a reset as it began", () => {
    const { state } = setUp();
    const began = state.fields();
    state.ask({ baseline: { kind: "mean" }, steps: 8 });
    state.chooseModel("smollm2-135m");
    expect(state.question.value).toMatchObject({ baseline: { kind: "mean" }, steps: 8 });
    expect(state.departure.value).toBe("SmolLM2 135M Instruct, logit of “Mary”");
    state.reset();
    expect(state.departure.value).toBeNull();
    expect([state.fields(), began, state.offer.value.info.id]).toEqual([null, null, "decoder-small"]);
  });

  it("comes back from its link, with what is unsound left out", () => {
    const fields = { model: "smollm2-135m", steps: 1e6, baseline: { kind: "zero" }, words: true, at: 7, rule: "x" };
    const search = new URL(withState("https://a.b/", "walk", fields)).search;
    const { state } = setUp(search);
    expect(state.offer.value.info.id).toBe("smollm2-135m");
    expect(state.question.value).toMatchObject({ steps: 256, baseline: { kind: "zero" }, rule: "riemann" });
    expect([state.words.value, state.place.value]).toEqual([true, 1]);
    expect(setUp("?walk=1.***").state.notice.value).toContain("damaged");
  });

  it("says that a copy without the model cannot walk", async () => {
    const { state } = setUp("", true);
    state.ask({ steps: 16 });
    await settle();
    expect(state.notice.value).toContain("cannot run the model");
  });
});

describe("what the figure gives away", () => {
  const { state } = setUp();
  const { walk, followed } = state.found.value;
  const path = { walk, curve: state.curve.value, step: state.step.value, followed, chosen: true };
  const gaps = { lines: state.lines.value, choice: { from: "pad", rule: "riemann" } as const, own: [], bound: 0.01 };

  it("is a picture of plots and texts", () => {
    const svg = sceneToSvg(igScene("Title", "Reading", path, gaps, { place: 0, words: false }), (colour) => colour);
    for (const text of ["logit of “Mary”", "mean embedding", "John", "Reading"]) expect(svg).toContain(text);
    expect(svg).not.toContain("NaN");
  });

  it("is a table with a row a step and the sums at its end", () => {
    const table = igTable(walk, followed);
    expect([table.rows, table.columns.length, table.row(0).length]).toEqual([33, 7, 7]);
    expect(table.row(32)[0]).toBe("attribution");
    expect(Number(table.row(32)[4])).toBeCloseTo(6, 1);
  });

  it("is the walk as data", () => {
    expect(JSON.parse(JSON.stringify(igJson(walk, gaps, state.question.value)))).toMatchObject({
      walk: { from: walk.from },
    });
  });
});
