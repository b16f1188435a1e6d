import { describe, expect, it } from "vitest";
import { FIRST } from "../../../../../src/components/widgets/ig-path/igQuestion.ts";
import { fewestSteps, walkNumbers } from "../../../../../src/components/widgets/ig-path/numbers.ts";
import { walkOf } from "../../../../../src/components/widgets/ig-path/walk.ts";
import stored from "../../../../../src/stored/ig/decoder-small.json";
import { attributionOver } from "./walks.ts";

describe("fewestSteps", () => {
  const of = (shares: number[]) => fewestSteps([{ baseline: "pad", rule: "riemann", steps: [2, 4, 8, 16], shares }]);

  it("is where the gap stays small, not where it is small by chance", () => {
    expect(of([0.5, 0.001, 0.2, 0.005])).toEqual({ "fewest.pad.riemann": 16 });
    expect(of([0.001, 0, 0, 0])).toEqual({ "fewest.pad.riemann": 2 });
  });

  it("is what the explanations of exercise 2.3 b say of the stored walks", () => {
    expect(fewestSteps(stored.gaps)).toMatchObject({
      "fewest.mean.riemann": 32,
      "fewest.mean.gauss-legendre": 64,
      "fewest.pad.riemann": 64,
    });
  });

  it("is missing where no number of steps will do", () => expect(of([1, 1, 1, 0.02])).toEqual({}));
});

describe("walkNumbers", () => {
  it("gives what the figure shows", () => {
    const numbers = walkNumbers(walkOf(attributionOver("riemann", 4)), FIRST, true);
    expect(numbers).toMatchObject({ gap: 29.3, steps: 4, missed: 0, "steepest.pad": 0.375 });
    expect(numbers.sum).toBeCloseTo((numbers.change ?? 0) * (1 - 0.293), 1);
  });

  it("counts what many steps from padding have missed, of the reader’s own texts alone", () => {
    const walk = { ...walkOf(attributionOver("riemann", 32)), share: 0.256 };
    expect([true, false].map((own) => walkNumbers(walk, FIRST, own).missed)).toEqual([25.6, 0]);
    expect(walkNumbers(walk, { ...FIRST, baseline: { kind: "zero" } }, true).missed).toBe(0);
  });
});
