import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { intsAttribute } from "../../../../../src/engine/onnx/attributes.ts";
import { gateHeads } from "../../../../../src/engine/onnx/edit/gate.ts";
import { promoteBranch } from "../../../../../src/engine/onnx/edit/promote.ts";
import { tap } from "../../../../../src/engine/onnx/edit/tap.ts";
import { findParts, type Parts } from "../../../../../src/engine/onnx/find/parts.ts";
import { makeNode, type OnnxModel } from "../../../../../src/engine/onnx/graph.ts";
import { readOnnx } from "../../../../../src/engine/onnx/read.ts";
import { writeOnnx } from "../../../../../src/engine/onnx/write.ts";
import { FailureError } from "../../../../../src/lib/failure.ts";
import { floatWeight, halfWeight, TINY, tinyEncoder, wholeWeight } from "../../../../helpers/onnxBuild.ts";
import {
  REPLICAS,
  type ReplicaGate,
  replicaBytes,
  replicaCases,
  replicaGates,
} from "../../../../helpers/onnxReplicas.ts";
import { type Feeds, floats, integers, numbersIn, run } from "../../../../helpers/onnxRun.ts";

const MODELS = "public/models";
const SENTENCE = { ids: integers([5, 9, 40, 12, 7, 1], [1, 6]), mask: integers([1, 1, 1, 1, 1, 1], [1, 6]) };
const STATES = floats(
  Array.from({ length: 6 * 192 }, (_, i) => Math.sin(i * i)),
  [1, 6, 192],
);
const BUILT_IN = [
  { file: `${MODELS}/decoder-small/onnx/model.onnx`, stack: "decoder", feeds: { input_ids: SENTENCE.ids } },
  { file: `${MODELS}/encoder-minilm/onnx/model.onnx`, stack: "encoder", feeds: { input_ids: SENTENCE.ids } },
  { file: `${MODELS}/translator-en-fr/onnx/encoder_model.onnx`, stack: "encoder", feeds: { input_ids: SENTENCE.ids } },
  {
    file: `${MODELS}/translator-en-fr/onnx/decoder_model_merged.onnx`,
    stack: "decoder",
    feeds: { input_ids: SENTENCE.ids, encoder_hidden_states: STATES, encoder_attention_mask: SENTENCE.mask },
  },
] as const;

function opened(bytes: Uint8Array, stack: "encoder" | "decoder"): { model: OnnxModel; parts: Parts } {
  const model = promoteBranch(readOnnx(bytes), "else_branch");
  return { model, parts: findParts(model.graph, { stack }) };
}

/** Gates of every kind, all open but those that `shut` names, with `fill` for all heads of the layer that it names. */
function gates(parts: Parts, heads: number, width: number, shut?: ReplicaGate): Feeds {
  const kinds = [...new Set(parts.attentions.map(({ kind }) => kind))];
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const gate = new Float32Array(parts.layers * heads).fill(1);
      // An open gate lets none of its fill through, so any number may stand there.
      const fill = new Float32Array(parts.layers * heads * width).fill(7);
      if (shut?.kind === kind) {
        const at = shut.layer * heads + shut.head;
        gate[at] = 0;
        fill.set(shut.fill, at * width);
      }
      return [
        [`gate.${kind}`, floats(gate, [1, parts.layers, heads])],
        [`fill.${kind}`, floats(fill, [parts.layers, heads, width])],
      ];
    }),
  );
}

/** Heads and head width, read from a run. */
async function sizesOf(model: OnnxModel, parts: Parts, feeds: Feeds): Promise<[heads: number, width: number]> {
  const outputs = await run(writeOnnx(tap(model, parts, { mixed: true })), feeds);
  const dims = outputs[`mixed.${parts.stack}.0`]?.dims ?? [];
  return [dims[1] ?? 0, dims[3] ?? 0];
}

async function expectUnchanged(bytes: Uint8Array, stack: "encoder" | "decoder", feeds: Feeds): Promise<void> {
  const { model, parts } = opened(bytes, stack);
  const [heads, width] = await sizesOf(model, parts, feeds);
  const plain = await run(writeOnnx(model), feeds);
  const gated = await run(writeOnnx(gateHeads(model, parts)), { ...feeds, ...gates(parts, heads, width) });
  expect(Object.keys(gated)).toEqual(Object.keys(plain));
  expect(numbersIn(plain[parts.sink]).length).toBeGreaterThan(0);
  for (const [name, tensor] of Object.entries(plain)) expect(numbersIn(gated[name]), name).toEqual(numbersIn(tensor));
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, index) => Math.max(largest, Math.abs(value - (b[index] ?? Number.NaN))), 0);
}

describe.each(REPLICAS)("gates of $name, $file", (replica) => {
  const { model, parts } = opened(replicaBytes(replica), replica.stack);
  const gated = writeOnnx(gateHeads(model, parts));
  const cases = replicaGates(replica).map((gate) => ({
    ...gate,
    gate,
    with: gate.fill.some(Boolean) ? "a fill" : "zeros",
  }));

  it.each(cases)("put $with for $kind $layer, head $head, as PyTorch does", async ({ gate }) => {
    const feeds = { ...gate.feeds, ...gates(parts, gate.heads, gate.fill.length, gate) };
    const outputs = await run(gated, feeds);
    const numbers = numbersIn(outputs[gate.output]);
    expect(numbers.length).toBe(gate.expected.length);
    expect(largestDifference(numbers, gate.expected)).toBeLessThan(1e-4);
    const unchanged = replicaCases(replica)[1]?.expected[gate.output];
    expect(largestDifference(numbersIn(unchanged), gate.expected)).toBeGreaterThan(1e-2);
  });

  it("that are open change no bit", async () => {
    for (const { feeds } of replicaCases(replica)) await expectUnchanged(replicaBytes(replica), replica.stack, feeds);
  });
});

describe.each(BUILT_IN)("gates of $file", ({ file, stack, feeds }) => {
  it("that are open change no bit", async () => {
    await expectUnchanged(new Uint8Array(readFileSync(file)), stack, feeds);
  });
});

describe("gateHeads", () => {
  const feeds = { input_ids: integers([3, 1, 4, 2], [1, 4]) };
  const gate = (value: number, fill: readonly number[]): Feeds => ({
    "gate.encoder": floats([value], [1, 1, 1]),
    "fill.encoder": floats(fill, [1, 1, TINY.width]),
  });

  it("mixes by a gate between 0 and 1", async () => {
    const { model, parts } = opened(writeOnnx(tinyEncoder(floatWeight)), "encoder");
    const bytes = writeOnnx(tap(gateHeads(model, parts), parts, { hidden: true, mixed: true }));
    const outputs = await run(bytes, { ...feeds, ...gate(0.25, [4, 8, 12, 16]) });
    const [rows, z] = [numbersIn(outputs["hidden.encoder.0"]), numbersIn(outputs["mixed.encoder.0"])];
    const expected = rows.map((row, i) => row + 0.25 * (z[i] ?? 0) + 0.75 * 4 * ((i % TINY.width) + 1));
    expect(largestDifference(numbersIn(outputs.last_hidden_state), expected)).toBeLessThan(1e-5);
  });

  it("leaves to the taps what the heads gave before the gate", async () => {
    const { model, parts } = opened(writeOnnx(tinyEncoder(floatWeight)), "encoder");
    const wanted = { attention: true, qkv: true, scores: true, mixed: true };
    const alone = await run(writeOnnx(tap(model, parts, wanted)), feeds);
    const both = await run(writeOnnx(tap(gateHeads(model, parts), parts, wanted)), {
      ...feeds,
      ...gate(0, [1, 1, 1, 1]),
    });
    const names = Object.keys(alone).filter((name) => name.endsWith(".encoder.0"));
    expect(names.length).toBe(7);
    for (const name of names) {
      expect(numbersIn(both[name]), name).toEqual(numbersIn(alone[name]));
    }
    expect(numbersIn(both.last_hidden_state)).not.toEqual(numbersIn(alone.last_hidden_state));
  });

  it("works in the element type of the graph", async () => {
    const { model, parts } = opened(writeOnnx(tinyEncoder(halfWeight)), "encoder");
    const bytes = writeOnnx(tap(gateHeads(model, parts), parts, { hidden: true }));
    const outputs = await run(bytes, { ...feeds, ...gate(0, [1, 2, 3, 4]) });
    const rows = numbersIn(outputs["hidden.encoder.0"]);
    const expected = rows.map((row, i) => row + (i % TINY.width) + 1);
    expect(largestDifference(numbersIn(outputs["hidden.encoder.1"]), expected)).toBeLessThan(5e-3);
  });

  it("refuses a graph that folds the heads into the batch, and says where", () => {
    const { graph, ...rest } = tinyEncoder(floatWeight);
    const folded = (name: string): string => `${name}/folded`;
    const fold = (name: string) => makeNode("Reshape", [name, "fold"], [folded(name)]);
    const model = {
      ...rest,
      graph: {
        ...graph,
        initializers: new Map([...graph.initializers, ["fold", wholeWeight("fold", [-1, 4, 4])]]),
        nodes: graph.nodes.flatMap((node) => {
          if (node.outputs[0] === "scores") {
            return [fold("q"), fold("k"), { ...node, inputs: [folded("q"), folded("k")] }];
          }
          if (node.outputs[0] === "mixed") {
            return [
              fold("v"),
              { ...node, inputs: ["probabilities", folded("v")], outputs: ["mixed3d"] },
              makeNode("Unsqueeze", ["mixed3d", "axis"], ["mixed"], {
                attributes: new Map([intsAttribute("axes", [1])]),
              }),
            ];
          }
          return [node];
        }),
      },
    };
    const parts = findParts(model.graph, { stack: "encoder" });
    expect(() => gateHeads(model, parts)).toThrow(FailureError);
    expect(() => gateHeads(model, parts)).toThrow(/layer 0 .* "mixed3d" has 3 axes/);
  });
});
