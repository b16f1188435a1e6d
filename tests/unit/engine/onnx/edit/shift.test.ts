import { describe, expect, it } from "vitest";
import { promoteBranch } from "../../../../../src/engine/onnx/edit/promote.ts";
import { shiftNames, shiftStates } from "../../../../../src/engine/onnx/edit/shift.ts";
import { tap } from "../../../../../src/engine/onnx/edit/tap.ts";
import { findParts } from "../../../../../src/engine/onnx/find/parts.ts";
import { readOnnx } from "../../../../../src/engine/onnx/read.ts";
import { writeOnnx } from "../../../../../src/engine/onnx/write.ts";
import { REPLICAS, replicaBytes, replicaCases } from "../../../../helpers/onnxReplicas.ts";
import { type Feeds, floats, numbersIn, run } from "../../../../helpers/onnxRun.ts";

const WANTED = { embeddings: true, hidden: true };

describe.each(REPLICAS)("shifts of $name, $file", (replica) => {
  const model = promoteBranch(readOnnx(replicaBytes(replica)), "else_branch");
  const parts = findParts(model.graph, { stack: replica.stack });
  const shifted = shiftStates(model, parts);
  const bytes = writeOnnx(tap(shifted.model, shifted.parts, WANTED));
  const zeros = Object.fromEntries(shiftNames(parts).map((name) => [name, floats([0], [1, 1, 1])]));
  const feeds = replicaCases(replica)[0]?.feeds ?? {};

  it("change no number where they are zero", async () => {
    const plain = await run(writeOnnx(tap(model, parts, WANTED)), feeds);
    const still = await run(bytes, { ...feeds, ...zeros });
    expect(Object.keys(still)).toEqual(Object.keys(plain));
    for (const [name, tensor] of Object.entries(plain)) expect(numbersIn(still[name]), name).toEqual(numbersIn(tensor));
  });

  it("move one place, and what comes after it alone", async () => {
    const order = [
      `embeddings.${replica.stack}`,
      ...parts.hidden.map((_, index) => `hidden.${replica.stack}.${index}`),
    ];
    const still = await run(bytes, { ...feeds, ...zeros });
    for (const [place, input] of shiftNames(parts).entries()) {
      const width = still[order[place] ?? ""]?.dims[2] ?? 0;
      const by = Array.from({ length: width }, (_, i) => Math.sin(i));
      const moved = await run(bytes, { ...feeds, ...zeros, [input]: floats(by, [1, 1, width]) });
      const changes = order.map((name) => largestChange(moved, still, name));
      expect(changes.slice(0, place).every((change) => change === 0)).toBe(true);
      expect(numbersIn(moved[order[place] ?? ""])[1]).toBeCloseTo(
        (numbersIn(still[order[place] ?? ""])[1] ?? 0) + Math.sin(1),
        5,
      );
      expect(changes.slice(place).every((change) => change > 0)).toBe(true);
      if (place === order.length - 1) continue;
      expect(largestChange(moved, still, parts.sink)).toBeGreaterThan(0);
    }
  });
});

function largestChange(a: Feeds, b: Feeds, name: string): number {
  const other = numbersIn(b[name]);
  return numbersIn(a[name]).reduce((most, value, i) => Math.max(most, Math.abs(value - (other[i] ?? Number.NaN))), 0);
}
