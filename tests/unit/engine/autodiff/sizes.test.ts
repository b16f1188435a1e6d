import { describe, expect, it } from "vitest";
import {
  atMost,
  broadcast,
  difference,
  isCount,
  outcome,
  plus,
  product,
  quotient,
  sizeNamed,
  times,
} from "../../../../src/engine/autodiff/sizes.ts";

describe("sizes", () => {
  it("are written alike wherever they come up", () => {
    expect(plus("b", plus("a", 2))).toBe(plus(plus(2, "b"), "a"));
    expect(plus(plus("past", 1), 2)).toBe(plus("past", 3));
    expect(times("b", times(3, "a"))).toBe(times(times("a", "b"), 3));
    expect(sizeNamed("past + new")).toBe(plus("new", "past"));
    expect(sizeNamed("batch")).toBe("batch");
    expect(plus(2, 3)).toBe(5);
    expect(times("a", 0)).toBe(0);
  });

  it("are divided only where it comes out even", () => {
    expect(quotient(product(["b", "t", 12]), product(["b", 4]))).toBe(product([3, "t"]));
    expect(quotient("b", "t")).toBeUndefined();
    expect(quotient(7, 2)).toBeUndefined();
    expect(quotient(7, 0)).toBeUndefined();
    expect(quotient("b", 2)).toBeUndefined();
  });

  it("are taken off only where they are in there", () => {
    expect(difference(plus("past", "new"), "past")).toBe("new");
    expect(difference(plus("past", 3), 1)).toBe(plus("past", 2));
    expect(difference("a", "a")).toBe(0);
    expect(difference("a", "b")).toBeUndefined();
    expect(difference("a", 1)).toBeUndefined();
  });

  it("meet where that is sure", () => {
    expect(broadcast("a", 1)).toBe("a");
    expect(broadcast(1, "a")).toBe("a");
    expect(broadcast("a", 4)).toBe(4);
    expect(broadcast("a", "a")).toBe("a");
    expect(broadcast("a", "b")).toBeUndefined();
    expect(broadcast("1 or points", "a")).toBe("a");
    expect(broadcast("a", atMost("a"))).toBe("a");
    expect(broadcast("b", atMost("a"))).toBeUndefined();
  });

  it("know which of them cannot be negative", () => {
    expect(isCount(plus("a", 2))).toBe(true);
    expect(isCount(-1)).toBe(false);
    expect(isCount(outcome("-", "a", "b"))).toBe(false);
  });
});
