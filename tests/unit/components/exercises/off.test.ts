import { describe, expect, it } from "vitest";
import { checkers } from "../../../../src/components/exercises/checkers.ts";
import type { Evidence, Removal } from "../../../../src/components/exercises/evidence.ts";
import type { HeadRef } from "../../../../src/engine/model.ts";
import { smallTextTrace } from "../../../helpers/traces.ts";

const HEADS: readonly HeadRef[] = [0, 1, 2, 3].map((head) => ({ kind: "decoder", layer: 1, head }));
const first = HEADS[0] as HeadRef;

function shown(removal: Partial<Removal>): Evidence {
  const whole = { source: "A", answer: "b", off: [], says: "b", stands: true, share: 1, whole: 1, ranking: null };
  return {
    figure: "f",
    trace: smallTextTrace("decoder"),
    live: true,
    focus: null,
    removal: { ...whole, ...removal },
  };
}

describe("switching off until the answer flips", () => {
  const key = { goal: "flip", source: "A", most: 2 } as const;
  const verdict = (removal: Partial<Removal>) => checkers.off.check(removal.off ?? [], key, shown(removal));

  it("counts the heads of the run, and looks at what it says", () => {
    const two = HEADS.slice(0, 2);
    expect(verdict({ off: two, stands: false, says: "c" })).toMatchObject({ state: "right", facts: { heads: 2 } });
    expect(verdict({ off: HEADS, stands: false, says: "c" })).toMatchObject({ state: "close", why: "many" });
    expect(verdict({ off: two, stands: true })).toMatchObject({ state: "wrong", why: "stands" });
  });

  it("settles nothing while all are on, or on another text", () => {
    expect(verdict({ off: [] }).why).toBe("none-off");
    expect(checkers.off.check(null, key, null).why).toBe("none-off");
    expect(verdict({ off: HEADS, source: "B", stands: false }).why).toBe("other-text");
  });
});

describe("switching off the strongest", () => {
  const key = { goal: "strongest", source: "A", most: 1 } as const;
  const verdict = (off: readonly HeadRef[], ranking: readonly HeadRef[] | null = HEADS) =>
    checkers.off.check(off, key, shown({ off, ranking }));

  it("gives the place in the ranking, and marks the first", () => {
    expect(verdict(HEADS.slice(0, 1))).toMatchObject({
      state: "right",
      facts: { place: 1, all: 4, layer: 2, head: 1 },
    });
    expect(verdict(HEADS.slice(2, 3))).toMatchObject({ state: "close", facts: { place: 3 }, mark: { head: first } });
    expect(verdict(HEADS.slice(3, 4))).toMatchObject({ state: "wrong", why: "low" });
    expect(verdict(HEADS.slice(0, 2))).toMatchObject({ state: "wrong", why: "several" });
    expect(checkers.off.solve(key, shown({ ranking: HEADS })).answer).toEqual([first]);
  });

  it("waits for the ranking", () => expect(verdict(HEADS.slice(0, 1), null).why).toBe("not-ranked"));
});
