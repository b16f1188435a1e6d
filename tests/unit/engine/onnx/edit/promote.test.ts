import { describe, expect, it } from "vitest";
import { promoteBranch } from "../../../../../src/engine/onnx/edit/promote.ts";
import { tap } from "../../../../../src/engine/onnx/edit/tap.ts";
import { findParts } from "../../../../../src/engine/onnx/find/parts.ts";
import { type Attribute, ElementType, makeNode, makeValue } from "../../../../../src/engine/onnx/graph.ts";
import { readOnnx } from "../../../../../src/engine/onnx/read.ts";
import { writeOnnx } from "../../../../../src/engine/onnx/write.ts";
import { floatWeight, graphOf, modelOf, weights } from "../../../../helpers/onnxBuild.ts";
import { REPLICAS, replicaBytes, replicaCases } from "../../../../helpers/onnxReplicas.ts";
import { type Feeds, floats, integers, numbersIn, run } from "../../../../helpers/onnxRun.ts";

const MERGED = REPLICAS.filter((replica) => replica.file === "decoder_model_merged.onnx");

describe.each(MERGED)("promoteBranch of $name", (replica) => {
  const bytes = replicaBytes(replica);
  const model = readOnnx(bytes);
  const feeds = replicaCases(replica)[1]?.feeds ?? {};

  it("gives the logits of the merged file without a cache", async () => {
    const promoted = promoteBranch(model, "else_branch");
    expect(promoted.graph.nodes.some((node) => node.op === "If")).toBe(false);
    expect(promoted.graph.inputs.map((input) => input.name).sort()).toEqual([
      "encoder_attention_mask",
      "encoder_hidden_states",
      "input_ids",
    ]);
    const [before, after] = [await run(bytes, feeds), await run(writeOnnx(promoted), feeds)];
    expect(after.logits?.data).toEqual(before.logits?.data);
  });

  it("gives a decoder that goes on from the cache, with attention over all tokens so far", async () => {
    const first = await run(writeOnnx(promoteBranch(model, "else_branch")), feeds);
    const step = promoteBranch(model, "then_branch");
    const tapped = tap(step, findParts(step.graph, { stack: "decoder" }), { attention: true });
    const second = await run(writeOnnx(tapped), {
      ...feeds,
      ...cacheOf(first),
      input_ids: integers([5, 6, 7], [3, 1]),
    });
    const both = await run(writeOnnx(promoteBranch(model, "else_branch")), { ...feeds, input_ids: longer(feeds) });
    const last = rows(numbersIn(both.logits), both.logits?.dims ?? []);
    expect(numbersIn(second.logits).length).toBe(last.length);
    for (const [index, value] of numbersIn(second.logits).entries()) expect(value).toBeCloseTo(last[index] ?? NaN, 4);
    expect(second["attention.decoder.1"]?.dims).toEqual([3, 2, 1, 7]);
    expect(second["attention.cross.1"]?.dims).toEqual([3, 2, 1, 8]);
  });
});

/** What a step leaves for the next: `present.*` becomes `past_key_values.*`. */
function cacheOf(outputs: Feeds): Feeds {
  const present = Object.entries(outputs).filter(([name]) => name.startsWith("present."));
  return Object.fromEntries(present.map(([name, tensor]) => [name.replace("present", "past_key_values"), tensor]));
}

/** The ids of the case with 5, 6, 7 behind them. */
function longer(feeds: Feeds) {
  const ids = [...((feeds.input_ids?.data ?? []) as BigInt64Array)].map(Number);
  const length = feeds.input_ids?.dims[1] ?? 0;
  const rowsOfIds = [0, 1, 2].map((row) => [...ids.slice(row * length, (row + 1) * length), 5 + row]);
  return integers(rowsOfIds.flat(), [3, length + 1]);
}

/** The last query row of each batch entry. */
function rows(logits: Float32Array, [batch = 0, length = 0, width = 0]: readonly number[]): number[] {
  return Array.from({ length: batch }, (_, item) => {
    const start = ((item + 1) * length - 1) * width;
    return [...logits.subarray(start, start + width)];
  }).flat();
}

describe("promoteBranch", () => {
  it("leaves a model without such an If as it is", () => {
    const model = readOnnx(replicaBytes({ name: "bert", file: "model.onnx" }));
    expect(promoteBranch(model, "else_branch")).toBe(model);
  });

  it("renames what has the same name inside and outside, and hands outputs on", async () => {
    const branch = (weight: string): Attribute => ({
      graph: graphOf({
        // "y" is the name of an outer output, "half" that of another output of the If.
        nodes: [makeNode("Mul", ["x", weight], ["y"]), makeNode("Add", ["y", "one"], ["half"])],
        initializers: weights(floatWeight("one", [1], [1])),
        outputs: [makeValue("half", ElementType.float), makeValue("y", ElementType.float)],
      }),
    });
    const attributes = new Map([
      ["then_branch", branch("two")],
      ["else_branch", branch("ten")],
    ]);
    const model = modelOf({
      inputs: [makeValue("x", ElementType.float, ["n"]), makeValue("use_cache_branch", ElementType.bool, [1])],
      outputs: [makeValue("y", ElementType.float, ["n"]), makeValue("z", ElementType.float, ["n"])],
      initializers: weights(floatWeight("two", [1], [2]), floatWeight("ten", [1], [10])),
      nodes: [
        makeNode("If", ["use_cache_branch"], ["made", "half"], { attributes }),
        makeNode("Neg", ["made"], ["y"]),
        makeNode("Neg", ["half"], ["z"]),
      ],
    });
    const small = { ...model, graph: { ...model.graph, nodes: model.graph.nodes.slice(0, 2) } };
    expect(promoteBranch(model, "else_branch")).toBe(model); // three nodes outside, two inside: not a merged decoder
    const graph = {
      ...small.graph,
      outputs: [makeValue("y", ElementType.float), makeValue("half", ElementType.float)],
    };
    const promoted = promoteBranch({ ...small, graph }, "else_branch");
    expect([...promoted.graph.initializers.keys()].sort()).toEqual(["one", "ten"]);
    const outputs = await run(writeOnnx(promoted), { x: floats([1, 2], [2]) });
    expect([...numbersIn(outputs.y)]).toEqual([-11, -21]);
    expect([...numbersIn(outputs.half)]).toEqual([10, 20]);
  });
});
