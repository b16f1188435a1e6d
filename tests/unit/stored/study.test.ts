import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { openLocal } from "../../../scripts/local-model.ts";
import { studyHeads } from "../../../src/engine/attention/studyHeads.ts";
import type { Model } from "../../../src/engine/model.ts";
import type { HeadStudy } from "../../../src/engine/study.ts";
import { decodeTrace } from "../../../src/stored/format.ts";
import { corporaOf, storedSequence, storedStudy } from "../../../src/stored/studies.ts";
import { decodeStudy, encodeStudy } from "../../../src/stored/study.ts";
import { LEAST_SENTENCES, REPEATS, STUDIES, TREEBANK } from "../../../src/stored/studyExamples.ts";

const AGAIN = "stored studies are older than the model: run npm run store:studies";
/** Half a thousandth of rounding, and the last bits of sums. */
const TOLERANCE = 6e-4;
const treebank = readFileSync(`public/${TREEBANK.address}`, "utf8");
const tools = { treebank, onProgress: async () => true };

function expectSame(old: HeadStudy, now: HeadStudy): void {
  expect({ ...old, scores: [] }).toEqual({ ...now, scores: [] });
  expect(
    old.scores.map(({ measure, kind }) => [measure, kind]),
    AGAIN,
  ).toEqual(now.scores.map(({ measure, kind }) => [measure, kind]));
  for (const [place, scores] of now.scores.entries()) {
    const before = old.scores[place];
    expect([before?.sentences, before?.rows, before?.offset?.by]).toEqual([
      scores.sentences,
      scores.rows,
      scores.offset?.by,
    ]);
    if (scores.even !== null) expect(Math.abs((before?.even ?? Number.NaN) - scores.even)).toBeLessThan(TOLERANCE);
    for (const part of ["mean", "low", "high"] as const) {
      for (const [head, value] of scores[part].data.entries()) {
        const stored = before?.[part].data[head] ?? Number.NaN;
        expect(Math.abs(stored - value), `${scores.measure}, ${part} of head ${head}: ${AGAIN}`).toBeLessThan(
          TOLERANCE,
        );
      }
    }
  }
}

/** Without the measures that are not stored. */
function kept(study: HeadStudy): HeadStudy {
  return { ...study, scores: study.scores.filter(({ sentences }) => sentences >= LEAST_SENTENCES) };
}

describe("stored studies", () => {
  let model: Model;
  beforeAll(async () => {
    model = await openLocal("decoder-small");
  }, 120_000);

  it.each([
    ["treebank", TREEBANK],
    ["repeats", REPEATS],
  ] as const)(
    "over the %s are what the engine gives",
    async (name, corpus) => {
      const now = await studyHeads(model, { corpus }, tools);
      expectSame(decodeStudy(await storedStudy("decoder-small", name)), kept(now));
    },
    120_000,
  );

  it("come back from the format as they went in", async () => {
    const texts = ["The dog ran.", "A cat sat on the mat."].map((source) => ({ source, target: null }));
    const study = await studyHeads(model, { corpus: { kind: "texts", texts } }, tools);
    expectSame(decodeStudy(JSON.parse(JSON.stringify(encodeStudy(study)))), study);
    expect(encodeStudy(study, 3).scores).toEqual([]);
  });

  it("refuse another version", async () => {
    const stored = await storedStudy("decoder-small", "repeats");
    expect(() => decodeStudy({ ...stored, version: 0 })).toThrow("format 0");
  });

  it("are there, each under its name, and small", async () => {
    for (const { id, model, name } of STUDIES) {
      const study = decodeStudy(await storedStudy(model, name));
      expect(study.model).toBe(model);
      expect(study.scores.length).toBeGreaterThan(3);
      expect(existsSync(`src/stored/studies/${id}.json`)).toBe(true);
      expect(readFileSync(`src/stored/studies/${id}.json`, "utf8").length, id).toBeLessThan(200_000);
    }
    expect(corporaOf("translator-en-fr")).not.toContain("repeats");
  });

  it("have a sequence beside them, which comes twice", async () => {
    for (const { model } of STUDIES.filter(({ name }) => name === "repeats")) {
      const tokens = decodeTrace(await storedSequence(model)).source.tokens.filter(({ special }) => !special);
      const half = tokens.length / 2;
      expect(tokens.slice(0, half).map(({ id }) => id)).toEqual(tokens.slice(half).map(({ id }) => id));
    }
  });
});
