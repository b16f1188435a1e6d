import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PLAIN, type Question } from "../../../../../src/components/views/attribution/question.ts";
import type { FigureEvidence } from "../../../../../src/components/views/figure/types.ts";
import { questionOf } from "../../../../../src/components/widgets/attribution-text/asked.ts";
import {
  matrixOf,
  textJson,
  textScene,
  textTable,
} from "../../../../../src/components/widgets/attribution-text/exports.ts";
import { numbersOf } from "../../../../../src/components/widgets/attribution-text/numbers.ts";
import { askPair, pairCost } from "../../../../../src/components/widgets/attribution-text/pair.ts";
import { textState } from "../../../../../src/components/widgets/attribution-text/state.ts";
import { withState } from "../../../../../src/lib/urlState.ts";
import { aboutModel } from "../../../../../src/stored/models.ts";
import { fakeStudyClient } from "../../../../helpers/fakeStudyClient.ts";
import { smallAnswer } from "./answers.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const FIRST: Question = { ...PLAIN, source: "The dog", place: 1 };

function made(contrast = false) {
  const { client, asked } = fakeStudyClient(aboutModel("translator-en-fr").info);
  const evidence = signal<FigureEvidence | null>(null);
  const stored = ({ source, method, against }: Question) =>
    source === "The dog" && method === "input-x-gradient"
      ? { plain: smallAnswer([3, 4, 5, 6]), contrast: against === "" ? null : smallAnswer([9, 8, 7, 6]) }
      : null;
  const first = { ...FIRST, against: contrast ? "chat" : "" };
  const state = textState({ id: "at", contrast, offers: [{ client, absent: false, first, stored }], evidence });
  return { state, asked, evidence };
}

describe("a coloured text", () => {
  it("shows the row that is chosen without asking the model", () => {
    const { state, asked } = made();
    expect([state.row.value.output, state.row.value.value]).toEqual(["chi", 11]);
    state.ask({ place: 0 });
    expect([state.row.value.output, state.lines.value[0]?.items[4]?.score]).toEqual(["Le", 3]);
    expect(state.lines.value[1]?.items).toHaveLength(1);
    expect(asked).toHaveLength(0);
  });

  it("says the highest and the lowest score, and what lies on the target so far", () => {
    const { state } = made();
    expect(state.reading.value).toBe(
      "The logit of “chi” is 11.0. “dog” +4.00 is the highest score; “:” −2.00 the lowest. The target so far holds 7 % of all score, sizes added up.",
    );
    state.pointed.value = { of: "plain", place: { side: "source", at: 1 } };
    expect(state.reading.value).toBe("“:” −2.00: number 2 of 9 by size, 27 % of all score, sizes added up.");
  });

  it("gives exercises every score by output and place", () => {
    const numbers = numbersOf({ plain: smallAnswer([3, 4]), contrast: smallAnswer([9]) }, PLAIN);
    expect(numbers).toMatchObject({
      "input-x-gradient.Le.4": 3,
      "input-x-gradient.chi.4": 4,
      "input-x-gradient.target.chi.0": 0.5,
      "input-x-gradient.value.chi": 11,
      "contrast.input-x-gradient.Le.4": 9,
    });
    expect(numbers["input-x-gradient.share.chi"]).toBeCloseTo((100 * 0.5) / 7.5, 4);
  });

  it("publishes what it shows", () => {
    const { state, evidence } = made();
    const stop = state.connect();
    expect(evidence.value).toMatchObject({ figure: "at", live: false, numbers: { "input-x-gradient.chi.4": 4 } });
    stop();
  });

  it("keeps all choices in the link, and takes them back from it", () => {
    const { state } = made();
    expect(state.fields()).toBeNull();
    state.ask({ place: 2, method: "saliency", norm: 1 });
    state.view.value = { ...state.view.value, words: true, by: "row" };
    const other = made().state;
    other.restore(new URL(withState("https://a.b/", "at", state.fields())).search);
    expect(other.fields()).toEqual(state.fields());
    other.reset();
    expect(other.fields()).toBeNull();
  });

  it("says that a damaged link was not used", () => {
    const { state } = made();
    state.restore("?at=1.xx!");
    expect(state.notice.value).toMatch(/damaged/);
  });

  it("waits with a slow method until the reader asks", async () => {
    const { state, asked } = made();
    state.connect();
    state.ask({ method: "shapley" });
    await vi.advanceTimersByTimeAsync(500);
    expect([asked.length, state.notice.value]).toEqual([0, expect.stringMatching(/press Run it live/)]);
    state.ask({ method: "saliency" });
    await vi.advanceTimersByTimeAsync(500);
    expect(asked).toHaveLength(1);
  });

  it("gives the table, the picture and the data away", () => {
    const { state } = made();
    expect(matrixOf(state)?.grid.rows.map(({ name }) => name)).toEqual(["▁Le", "▁chi", "en", "</s>"]);
    expect(textTable(state).rows).toBe(4 * 11);
    expect(textScene("Title", state).shapes.length).toBeGreaterThan(100);
    expect(JSON.stringify(textJson(state))).toContain('"scores":{"source":{"shape":[4,7],"data":[1,-2,');
  });
});

describe("a contrast", () => {
  it("has both texts on one scale, and reads the contrast", () => {
    const { state } = made(true);
    expect(state.contrastRow.value?.value).toBe(11);
    expect(state.reading.value).toMatch(/^The lead of “chi” over “chat” \(logit\) is 11.0\. “dog” \+8.00/);
    state.pointed.value = { of: "plain", place: { side: "source", at: 4 } };
    expect(state.reading.value).toMatch(/^“dog” \+4.00/);
    expect(textTable(state).columns.at(-1)).toBe("against");
  });

  it("asks for both, and counts both", async () => {
    const { client, asked } = fakeStudyClient(aboutModel("encoder-minilm").info);
    const told: unknown[] = [];
    const pair = askPair(client, "c", { ...FIRST, against: "chat" }, (progress) => told.push(progress));
    for (let at = 0; at < 4; at++) {
      await vi.advanceTimersByTimeAsync(1);
      asked[at]?.tell({ done: 1, total: 2 });
      asked[at]?.answer({ ok: true, value: at % 2 === 0 ? smallAnswer([1]).trace : smallAnswer([1]).attribution });
    }
    const answer = await pair;
    expect(told).toEqual([
      { done: 1, total: 4 },
      { done: 3, total: 4 },
    ]);
    expect(answer.ok && pairCost(answer.value)).toEqual({ forward: 2, backward: 2, milliseconds: 24 });
  });
});

describe("a question", () => {
  const options = { family: "encoder-decoder", contrast: false, second: false } as const;

  it("leaves out what its method and model do not use", () => {
    const odd = { ...FIRST, follow: "x", to: "y", norm: 1, steps: 8, baseline: { kind: "zero" } } as const;
    expect(questionOf(odd, options)).toEqual({ ...PLAIN, source: "The dog" });
    expect(questionOf({ ...odd, method: "integrated-gradients" }, options)).toMatchObject({ place: 1, steps: 8 });
  });

  it("turns an encoder's sentences round where the second is coloured", () => {
    const turned = questionOf({ ...FIRST, to: "A cat" }, { family: "encoder", contrast: true, second: true });
    expect(turned).toMatchObject({ source: "A cat", to: "The dog", place: null, against: "" });
  });
});
