import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeNode } from "../../../../src/engine/onnx/graph.ts";
import { sortedNodes } from "../../../../src/engine/onnx/order.ts";
import { readOnnx } from "../../../../src/engine/onnx/read.ts";
import { replicaBytes } from "../../../helpers/onnxReplicas.ts";

describe("sortedNodes", () => {
  const { nodes } = readOnnx(replicaBytes({ name: "gpt2", file: "model.onnx" })).graph;

  it("keeps an order that is right", () => {
    expect(sortedNodes(nodes)).toEqual(nodes);
  });

  it("puts every node after those that it reads, whatever the order was", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...nodes], { minLength: nodes.length }), (shuffled) => {
        const seen = new Set<string>();
        const later = new Set(nodes.flatMap((node) => node.outputs));
        return sortedNodes(shuffled).every((node) => {
          const ready = node.inputs.every((name) => seen.has(name) || !later.has(name));
          for (const output of node.outputs) seen.add(output);
          return ready;
        });
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it("follows a chain of 50,000 nodes", () => {
    const chain = Array.from({ length: 50_000 }, (_, i) => makeNode("Neg", [`t${i}`], [`t${i + 1}`])).reverse();
    expect(sortedNodes(chain)[0]?.inputs[0]).toBe("t0");
  });

  it("names a node of a circle", () => {
    const circle = [makeNode("Neg", ["b"], ["a"]), makeNode("Neg", ["a"], ["b"])];
    expect(() => sortedNodes(circle)).toThrow(/circle at Neg/);
    expect(() => sortedNodes([makeNode("Neg", ["a"], ["a"])])).toThrow(/circle/);
  });
});
