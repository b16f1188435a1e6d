import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkers } from "../../../../src/components/exercises/checkers.ts";
import type { Keys } from "../../../../src/components/exercises/types.ts";
import { alignmentScore } from "../../../../src/engine/attention/alignment.ts";
import type { Returned } from "../../../../src/sandbox/protocol.ts";
import { runCode, storedRun } from "../../../helpers/runCode.ts";

const lookedAt: Keys["code"] = {
  task: "looked-at",
  cases: [
    { run: "capital", word: "Paris" },
    { run: "brown-dog", word: "chien" },
  ],
};
const aligns: Keys["code"] = {
  task: "alignment",
  cases: [
    { run: "brown-dog", gold: [[0], [2], [1], [3], [3], [4]] },
    { run: "white-cat", gold: [[0], [2], [1], [3, 4], [5]] },
  ],
};

async function verdict(key: Keys["code"], text: string) {
  return checkers.code.check(text, key, await runCode(text, key));
}

const answer = (name: string): string => readFileSync(`src/content/cells/${name}.answer.ts`, "utf8");

describe("a function that is judged on several sentences", () => {
  const solution = answer("looked-at");

  it("is right when its numbers are the page's on each", async () => {
    expect(await verdict(lookedAt, solution)).toMatchObject({ state: "right", facts: { sentences: 2, passed: 2 } });
  });

  it.each([
    ["encoder", "attention.cross", "attention.encoder"],
    ["shifted", "tokens.written.findIndex", "tokens.read.findIndex"],
    ["lastLayer", "attention.cross;", "attention.cross.slice(-1);"],
    ["mean", "Math.max(...heads.map((head) => head[row][key]))", "mean(heads.map((head) => head[row][key]))"],
  ])("that made a known mistake is told which: %s", async (why, from, to) => {
    expect(solution).toContain(from);
    expect(await verdict(lookedAt, solution.replace(from, to))).toMatchObject({ state: "wrong", why });
  });

  it("that is left as it stands is told of the first of its mistakes", async () => {
    const start = readFileSync("src/content/cells/looked-at.ts", "utf8");
    expect(await verdict(lookedAt, start)).toMatchObject({ state: "wrong", why: "encoder" });
  });

  it("that looks at the decoder alone is told so", async () => {
    const text = `function lookedAt(word, attention, tokens) {
      const row = tokens.written.findIndex((token) => token.text === word);
      return tokens.read.map((_, key) => Math.max(...attention.decoder.flat().map((head) => head[row][key])));
    }`;
    expect(await verdict(lookedAt, text)).toMatchObject({ state: "wrong", why: "decoder" });
  });

  it.each([
    ["shape", "function lookedAt() { return 3; }"],
    ["shape", "function lookedAt() { return [1, 2]; }"],
    ["shape", "function lookedAt(w, a, tokens) { return tokens.source.map(() => 'x'); }"],
    ["differs", "function lookedAt(w, a, tokens) { return tokens.source.map(() => 0.5); }"],
    ["differs", "function lookedAt(w, a, tokens) { return tokens.source.map(() => NaN); }"],
    ["threw", "function lookedAt() { throw 'no'; }"],
    ["threw", "const other = 1;"],
    ["threw", "function lookedAt( {"],
  ])("that gives something else is told what: %s of %s", async (why, text) => {
    expect(await verdict(lookedAt, text)).toMatchObject({ state: "wrong", why });
  });

  it("that knows the shown sentence by heart is found out on the next", async () => {
    const shown = (await runCode(solution, lookedAt)).code?.runs[0]?.expected[0]?.value;
    const byHeart = `function lookedAt() { return ${JSON.stringify(shown)}; }`;
    expect(await verdict(lookedAt, byHeart)).toMatchObject({
      state: "close",
      why: "onlyHere",
      facts: { sentence: "Translate to French: The brown dog ran." },
    });
    const breaks = `function lookedAt(word, attention, tokens) {
      if (word !== "Paris") throw new Error("never seen");
      return ${JSON.stringify(shown)};
    }`;
    expect(await verdict(lookedAt, breaks)).toMatchObject({ state: "close", why: "threwElsewhere" });
  });

  it("is shown in the figure where it is right, if the figure shows that run", async () => {
    const run = await runCode(solution, lookedAt);
    const { mark } = checkers.code.check(solution, lookedAt, run);
    expect(mark).toMatchObject({ head: { kind: "cross" }, cells: [{ query: 3 }] });
    expect(mark?.label).toMatch(/^Paris → \S+: [01]\.\d\d$/);
    const elsewhere = run.code && { ...run, code: { ...run.code, inFigure: false } };
    expect(checkers.code.check(solution, lookedAt, elsewhere ?? null).mark).toBeUndefined();
    expect((await verdict(lookedAt, "function lookedAt() {}")).mark).toBeUndefined();
    expect((await verdict(aligns, answer("aligns-best"))).mark).toEqual({
      head: { kind: "cross", layer: 1, head: 0 },
      label: "aligns 100 %",
    });
  });

  it("is not judged on a run that the page itself cannot settle", async () => {
    const key: Keys["code"] = { ...lookedAt, cases: [{ run: "capital", word: "nowhere" }] };
    expect(await verdict(key, "function lookedAt() { return null; }")).toMatchObject({
      state: "unsettled",
      why: "other-text",
    });
  });

  it("is not judged without its own run", async () => {
    const run = await runCode(solution, lookedAt);
    expect(checkers.code.check("another text", lookedAt, run).why).toBe("not-run");
    expect(checkers.code.check(solution, lookedAt, null).why).toBe("not-run");
    expect(checkers.code.check(null, lookedAt, run).why).toBe("no-answer");
  });

  it("leaves no markup in what is kept of the verdict", async () => {
    const { facts } = await verdict(
      lookedAt,
      `function lookedAt() { throw new Error("<img src=x>\\n" + "y".repeat(500)); }`,
    );
    expect(facts.fault).toMatch(/^[^<\n]{1,140}$/);
  });
});

describe("the head that aligns best", () => {
  it("is found with the numbers of the engine", async () => {
    expect(await verdict(aligns, answer("aligns-best"))).toMatchObject({ state: "right" });
    const { attention, source, target } = storedRun("brown-dog");
    if (!attention.cross || !target) throw new Error("the stored run is not the translator's");
    const scores = alignmentScore(attention.cross, target.written, source.tokens, aligns.cases[0]?.gold ?? []);
    const [expected] = (await runCode("", aligns)).code?.runs[0]?.expected ?? [];
    const shares = expected?.value as number[][] | undefined;
    expect(shares?.flat()).toEqual(Array.from(scores.values.data));
  });

  it.each([
    ["count", "hits / judged", "hits"],
    ["weight", "if (gold[i].includes(argmax(rows[i]))) hits += 1;", "for (const j of gold[i]) hits += rows[i][j];"],
  ])("is told a known mistake: %s", async (why, from, to) => {
    const text = answer("aligns-best");
    expect(text).toContain(from);
    expect(await verdict(aligns, text.replace(from, to))).toMatchObject({ state: "wrong", why });
  });
});

describe("what comes back from the sandbox", () => {
  const given = async (returned: Returned) => {
    const evidence = await runCode("1", lookedAt);
    const runs = (evidence.code?.runs ?? []).map((run) => ({ ...run, returned }));
    return checkers.code.check("1", lookedAt, { ...evidence, code: { text: "1", runs, inFigure: true } });
  };

  it.each([
    { ok: true, value: { state: "right" } },
    { ok: true, value: "right" },
    { ok: true, value: true },
    { ok: true, value: null },
    { ok: true, value: [] },
    { ok: true, value: [[1]] },
  ] as Returned[])("is never taken for a verdict: %j", async (returned) => {
    expect((await given(returned)).state).toBe("wrong");
  });
});
