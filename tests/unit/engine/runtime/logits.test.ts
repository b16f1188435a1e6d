import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { argmaxRows, logSums, tokenLosses, topPredictions } from "../../../../src/engine/runtime/logits.ts";

const VOCABULARY = 20;
const rows = fc.array(
  fc.array(fc.float({ min: -30, max: 30, noNaN: true }), { minLength: VOCABULARY, maxLength: VOCABULARY }),
  {
    minLength: 1,
    maxLength: 4,
  },
);
const tensorOf = (table: number[][]) => ({ data: Float32Array.from(table.flat()), shape: [table.length, VOCABULARY] });

/** Softmax as in the textbook. */
function softmax(row: readonly number[]): number[] {
  const total = row.reduce((sum, logit) => sum + Math.exp(logit), 0);
  return row.map((logit) => Math.exp(logit) / total);
}

describe("logits", () => {
  it("give the textbook's probabilities, best first", () => {
    fc.assert(
      fc.property(rows, (table) => {
        const logits = tensorOf(table);
        topPredictions(logits, logSums(logits), 5, String).forEach((row, i) => {
          const all = softmax(table[i] ?? []);
          const best = [...all].sort((a, b) => b - a).slice(0, 5);
          row.forEach(({ id, piece, probability }, k) => {
            expect(piece).toBe(String(id));
            expect(probability).toBeCloseTo(all[id] ?? Number.NaN, 6);
            expect(probability).toBeCloseTo(best[k] ?? Number.NaN, 6);
          });
          expect(row.length).toBe(5);
          expect(all[argmaxRows(logits)[i] ?? -1]).toBeCloseTo(best[0] ?? Number.NaN, 6);
        });
      }),
    );
  });

  it("give −log P of what was written", () => {
    fc.assert(
      fc.property(rows, fc.nat(VOCABULARY - 1), (table, id) => {
        const logits = tensorOf(table);
        const losses = tokenLosses(
          logits,
          logSums(logits),
          table.map(() => id),
        );
        table.forEach((row, i) => {
          expect(losses[i]).toBeCloseTo(-Math.log(softmax(row)[id] ?? Number.NaN), 4);
        });
      }),
    );
  });

  it("may be large", () => {
    const logits = { data: Float32Array.of(1000, 999, -1000), shape: [1, 3] };
    expect(tokenLosses(logits, logSums(logits), [1])[0]).toBeCloseTo(1.3133, 4);
  });
});
