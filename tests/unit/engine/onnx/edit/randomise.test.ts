import { describe, expect, it } from "vitest";
import { promoteBranch } from "../../../../../src/engine/onnx/edit/promote.ts";
import { randomise } from "../../../../../src/engine/onnx/edit/randomise.ts";
import { tap } from "../../../../../src/engine/onnx/edit/tap.ts";
import { findParts } from "../../../../../src/engine/onnx/find/parts.ts";
import { readOnnx } from "../../../../../src/engine/onnx/read.ts";
import { writeOnnx } from "../../../../../src/engine/onnx/write.ts";
import { seeded } from "../../../../../src/lib/random.ts";
import { REPLICAS, replicaBytes, replicaCases } from "../../../../helpers/onnxReplicas.ts";
import { numbersIn, run } from "../../../../helpers/onnxRun.ts";

describe.each(REPLICAS)("random weights in $name, $file", (replica) => {
  const model = promoteBranch(readOnnx(replicaBytes(replica)), "else_branch");
  const parts = findParts(model.graph, { stack: replica.stack });
  const feeds = replicaCases(replica)[0]?.feeds ?? {};
  const runWith = (layers: number, seed: number) =>
    run(writeOnnx(tap(randomise(model, parts, layers, seeded(seed)), parts, { hidden: true })), feeds);

  it("leave all states below the random layers as they are, and none above", async () => {
    const before = await runWith(0, 1);
    for (let layers = 1; layers <= parts.layers; layers += 1) {
      const after = await runWith(layers, 1);
      parts.hidden.forEach((_, index) => {
        const name = `hidden.${replica.stack}.${index}`;
        const same = numbersIn(after[name]).every((value, i) => value === numbersIn(before[name])[i]);
        expect(same, `${layers} random, state ${index}`).toBe(index <= parts.layers - layers);
      });
      expect(numbersIn(after[parts.sink])).not.toEqual(numbersIn(before[parts.sink]));
    }
  });

  it("come again with their seed, and differ between seeds", async () => {
    const [first, again, other] = [await runWith(1, 1), await runWith(1, 1), await runWith(1, 2)];
    expect(numbersIn(again[parts.sink])).toEqual(numbersIn(first[parts.sink]));
    expect(numbersIn(other[parts.sink])).not.toEqual(numbersIn(first[parts.sink]));
  });

  it("are as spread as those they replace, matrices alone", () => {
    const drawn = randomise(model, parts, parts.layers, seeded(3)).graph.initializers;
    let matrices = 0;
    for (const [name, tensor] of model.graph.initializers) {
      const other = drawn.get(name);
      if (tensor.elementType !== 1 || !tensor.raw || !other?.raw || tensor.raw === other.raw) continue;
      const [old, fresh] = [tensor.raw, other.raw].map(floatsOf);
      if (!old || !fresh || old.length < 60) continue;
      expect(tensor.shape.filter((length) => length > 1).length).toBeGreaterThan(1);
      // Five standard errors of a deviation of so many numbers: 1 / √(2n).
      expect(Math.abs(deviation(fresh) / deviation(old) - 1)).toBeLessThan(5 / Math.sqrt(2 * old.length));
      matrices += 1;
    }
    expect(matrices).toBeGreaterThan(3);
  });
});

function floatsOf(raw: Uint8Array): Float32Array {
  return new Float32Array(raw.slice().buffer);
}

function deviation(numbers: Float32Array): number {
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  return Math.sqrt(numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length);
}
