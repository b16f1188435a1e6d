import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openLocal } from "../../../scripts/local-model.ts";
import { studyNudge } from "../../../src/engine/attribution/nudge.ts";
import { type StoredNudges, storedNudge } from "../../../src/stored/nudge.ts";
import { NUDGE_EXAMPLES } from "../../../src/stored/nudgeExamples.ts";

const UNSTOPPED = { onProgress: async () => true };
const read = (model: string): StoredNudges => JSON.parse(readFileSync(`src/stored/nudge/${model}.json`, "utf8"));

describe("stored nudges", () => {
  it.each(NUDGE_EXAMPLES)("hold every move of $model that the figure starts with", ({ model, text, moves, tokens }) => {
    const stored = read(model);
    expect(stored.text).toEqual(text);
    for (const move of moves) {
      const study = storedNudge(stored, move);
      expect(study?.values).toHaveLength(41);
      expect(study?.values[20]).toBeCloseTo(stored.value, 2);
    }
    expect(stored.curves).toHaveLength(moves.length + tokens.length);
  });

  // Within the step of two runs a curve bends a little: most in the model whose gradients are longest.
  const bends: Readonly<Record<string, number>> = { "smollm2-135m": 0.04 };

  it.each(NUDGE_EXAMPLES)("of $model have the same slopes by the gradient and by two runs", ({ model }) => {
    const { steepest, steepestMeasured, curves } = read(model);
    const share = bends[model] ?? 0.01;
    for (const side of ["source", "target"] as const) {
      const most = Math.max(...(steepest[side] ?? [0]));
      for (const [place, slope] of (steepest[side] ?? []).entries()) {
        expect(Math.abs(slope - (steepestMeasured[side]?.[place] ?? 0))).toBeLessThan(0.01 * most + share * slope);
      }
    }
    for (const { slope, measured, lengths } of curves) {
      const size = lengths.gradient * lengths.way;
      expect(Math.abs(slope - measured.slope)).toBeLessThan(share * size);
      expect(Math.abs(slope)).toBeLessThanOrEqual(size * 1.0001);
    }
  });

  it.each(["decoder-small", "translator-en-fr"])(
    "are what %s still does (else: npm run store:nudge)",
    async (name) => {
      const stored = read(name);
      const model = await openLocal(name);
      const { source, target, place, follow } = stored.text;
      const trace = await model.trace({ source, target, ...(follow !== "" && { watch: [follow] }) });
      const row = trace.target ? place : trace.source.tokens.length - 1;
      const id = trace.target ? trace.target.written[place]?.id : trace.watched[0]?.id;
      const [curve] = stored.curves;
      if (id === undefined || !curve) throw new Error("there is nothing to follow");
      const study = await studyNudge(
        model,
        {
          run: { source, target: trace.target?.text ?? null },
          target: { kind: "token", row, id, scale: "logit" },
          token: { side: "source", place: curve.move.token },
          direction: { kind: "word", word: curve.move.word },
        },
        UNSTOPPED,
      );
      expect(study.slope).toBeCloseTo(curve.slope, 3);
      expect(study.measured.slope).toBeCloseTo(study.slope, 1);
      for (const [at, value] of curve.values.entries()) expect(study.values[at]).toBeCloseTo(value, 3);
      for (const [at, slope] of stored.steepest.source.entries()) {
        expect(study.steepest.source.data[at]).toBeCloseTo(slope, 3);
      }
      // At the end of the way stands the other text itself.
      const other = curve.move.word;
      const token = study.source[curve.move.token];
      const changed = source.slice(0, token?.start) + other + source.slice(token?.end);
      const end = await model.evaluate({
        run: { source: changed, target: trace.target?.text ?? null },
        points: 1,
        targets: [{ kind: "token", row, id, scale: "logit" }],
      });
      expect(study.values.at(-1)).toBeCloseTo(end.values[0] ?? Number.NaN, 3);
    },
    120_000,
  );
});
