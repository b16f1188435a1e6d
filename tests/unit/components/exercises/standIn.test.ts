import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { Evidence, Mark, StandIn } from "../../../../src/components/exercises/evidence.ts";
import { isWord, outlineOf } from "../../../../src/components/exercises/outline.ts";
import { createProgress } from "../../../../src/components/exercises/progress/store.ts";
import * as allRules from "../../../../src/components/exercises/rules.ts";
import { createSession } from "../../../../src/components/exercises/session.ts";
import { standIn } from "../../../../src/components/exercises/standIn.ts";
import type { Keys, Kind } from "../../../../src/components/exercises/types.ts";
import { headNumbers } from "../../../../src/components/widgets/head-view/state.ts";
import { fallsOf } from "../../../../src/components/widgets/removal/state.ts";
import brownDog from "../../../../src/stored/brown-dog.json";
import dogDecoder from "../../../../src/stored/brown-dog-decoder.json";
import { decodeTrace } from "../../../../src/stored/format.ts";
import translator from "../../../../src/stored/removal/translator-en-fr.json";
import { decodeRemoval } from "../../../../src/stored/removal.ts";

const run = decodeTrace(brownDog);
const mark = signal<Mark | null>(null);

function begun<K extends Kind>(kind: K, key: Keys[K], named: StandIn, shown: Evidence | null, elsewhere?: string) {
  const store = createProgress("test", () => null);
  store.open();
  return createSession<K>({
    id: "ex",
    kind,
    question: "Which?",
    key,
    hints: 2,
    evidence: signal(shown),
    mark,
    open: signal(true),
    store,
    rules: async () => allRules,
    stored: () => standIn(named),
    alone: named.alone,
    elsewhere,
  });
}

const showing = (trace: Evidence["trace"]): Evidence => ({ figure: "f", trace, live: false, focus: null });

describe("a question about random repeats", () => {
  const key: Keys["head"] = { kind: "decoder", measure: { role: "induction" }, share: 0.8, floor: 0.5 };
  const session = () => begun("head", key, { run: "repeat-decoder" }, showing(decodeTrace(dogDecoder)), "Set it.");

  it("says what to set while the figure shows a sentence", async () => {
    const one = session();
    one.draft.value = { kind: "decoder", layer: 0, head: 0 };
    expect(await one.check()).toBe(false);
    expect(one.notice.value).toBe("Set it.");
    expect(one.entry.value.tries).toBe(0);
  });

  it("tells its solution from the stored repeat, and marks nothing in another run", async () => {
    const one = session();
    mark.value = null;
    await one.showSolution();
    expect(one.solution.value.facts).toMatchObject({ bestLayer: expect.any(Number), bestHead: expect.any(Number) });
    expect(one.solution.value.facts.best).toBeGreaterThan(0.5);
    expect(mark.value).toBeNull();
  });
});

describe("a question about its own sentence", () => {
  const key: Keys["tokens"] = { side: "source", rule: { most: "fall.chien" } };
  const numbers = fallsOf(decodeRemoval(translator).shown, run);
  const { tokens } = run.source;
  const dog = tokens.findIndex(({ text }) => text.trim() === "dog");

  it.each([null, showing(decodeTrace(dogDecoder))])("is settled whatever the figure shows", async (shown) => {
    const one = begun("tokens", key, { run: "brown-dog", numbers, alone: true }, shown);
    one.draft.value = { places: [dog], tokens: tokens.length };
    expect(await one.check()).toBe(true);
    expect(one.entry.value).toMatchObject({ done: true, verdict: { state: "right", source: "stored" } });
    expect(one.solution.value.answer).toEqual({ places: [dog], tokens: tokens.length });
  });

  it("offers the ordinary words alone", () => {
    const words = outlineOf(run).source.filter(isWord);
    expect(words.map(({ text }) => text)).toEqual(["The", "brown", "dog", "ran"]);
  });
});

describe("a number of the head shown", () => {
  const key: Keys["numeric"] = { value: "shown.aside.chien", tolerance: 0.03, traps: [] };
  const head = { kind: "cross", layer: 0, head: 2 } as const;
  const numbers = headNumbers(run, head, head);

  it("is told before the figure is drawn, but no try is counted", async () => {
    const one = begun("numeric", key, { run: "brown-dog", numbers }, null);
    await one.showSolution();
    expect(one.solution.value.facts.value).toBe(numbers["aside.chien"]);
    one.draft.value = 0.5;
    expect(await one.check()).toBe(false);
  });

  it("is the figure’s own once that is drawn", async () => {
    const own = { ...showing(run), numbers: { "aside.chien": 0.25 } };
    const one = begun("numeric", key, { run: "brown-dog", numbers }, own);
    await one.showSolution();
    expect(one.solution.value.facts.value).toBe(0.25);
  });
});
