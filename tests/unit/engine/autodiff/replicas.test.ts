import * as ort from "onnxruntime-web";
import { describe, expect, it } from "vitest";
import { backward } from "../../../../src/engine/autodiff/backward.ts";
import { gateHeads } from "../../../../src/engine/onnx/edit/gate.ts";
import { promoteBranch } from "../../../../src/engine/onnx/edit/promote.ts";
import { findParts, type Parts } from "../../../../src/engine/onnx/find/parts.ts";
import { ElementType, makeNode, makeValue, type OnnxModel } from "../../../../src/engine/onnx/graph.ts";
import { readOnnx } from "../../../../src/engine/onnx/read.ts";
import { writeOnnx } from "../../../../src/engine/onnx/write.ts";
import { normal, seeded } from "../../../../src/lib/random.ts";
import { REPLICAS, type ReplicaFile, replicaBytes, replicaCases, replicaGates } from "../../../helpers/onnxReplicas.ts";
import { completed, type Feeds, floats, numbersIn } from "../../../helpers/onnxRun.ts";

/** Of derivatives along a direction, against differences of two fp32 runs. */
const TOLERANCE = 1e-2;
/** One of them has to agree: on a long way a ReLU may switch, on a short one rounding counts. */
const DISTANCES = [4e-3, 1e-3, 2.5e-4];
const OPTIONS = { executionProviders: ["wasm"], logSeverityLevel: 4 } as const;
const OFF = { seed: floats([0], []), on: new ort.Tensor("bool", [false], []) };

/** The model with an input `move.<tensor>` added to each of some inner tensors; all that read them read the sum. */
function movable(model: OnnxModel, tensors: readonly string[], rank: (name: string) => number): OnnxModel {
  const { graph } = model;
  const sum = (name: string): string => (tensors.includes(name) ? `${name}/moved` : name);
  const sizes = (name: string): string[] => Array.from({ length: rank(name) }, (_, axis) => `1 or axis ${axis}`);
  return {
    ...model,
    graph: {
      ...graph,
      inputs: [...graph.inputs, ...tensors.map((name) => makeValue(`move.${name}`, ElementType.float, sizes(name)))],
      nodes: [
        ...graph.nodes.map((node) => ({ ...node, inputs: node.inputs.map(sum) })),
        ...tensors.map((name) => makeNode("Add", [name, `move.${name}`], [sum(name)])),
      ],
    },
  };
}

/** The first hidden state, and of each kind of attention the first weights and the first gated output of heads. */
function placesOf({ hidden, attentions }: Parts): string[] {
  const first = attentions.filter(({ layer }) => layer === 0);
  return [hidden[0] ?? "", ...first.flatMap(({ probabilities, mixed }) => [probabilities, `${mixed}/gated`])];
}

function gatesOf(parts: Parts, heads: number, widths: ReadonlyMap<string, number>): Feeds {
  const kinds = [...new Set(parts.attentions.map(({ kind }) => kind))];
  const size = parts.layers * heads;
  return Object.fromEntries(
    kinds.flatMap((kind) => {
      const width = widths.get(kind) ?? 1;
      return [
        [`gate.${kind}`, floats(new Float32Array(size).fill(1), [1, parts.layers, heads])],
        [`fill.${kind}`, floats(new Float32Array(size * width), [parts.layers, heads, width])],
      ];
    }),
  );
}

/** A replica with gates, places at which it can be moved, and its gradient there. */
function opened(replica: ReplicaFile & { readonly stack: "encoder" | "decoder"; readonly heads: number }) {
  const plain = promoteBranch(readOnnx(replicaBytes(replica)), "else_branch");
  const parts = findParts(plain.graph, { stack: replica.stack });
  const places = placesOf(parts);
  const model = movable(gateHeads(plain, parts), places, (name) => (name === places[0] ? 3 : 4));
  const wrt = places.map((name) => [`${name}/moved`, `grad.${name}`] as const);
  const made = backward(model, { of: parts.sink, seed: "seed", when: "on", wrt });
  const widths = new Map(replicaGates(replica).map(({ kind, fill }) => [kind as string, fill.length]));
  return { parts, places, ...made, gates: gatesOf(parts, replica.heads, widths) };
}

function still(places: readonly string[], first: string): Feeds {
  return Object.fromEntries(
    places.map((name) => [`move.${name}`, floats([0], name === first ? [1, 1, 1] : [1, 1, 1, 1])]),
  );
}

describe("gradients of whole models agree with finite differences", () => {
  it.each(REPLICAS)("$name $file, at several sizes on one session", { timeout: 30_000 }, async (replica) => {
    const { parts, places, model, size, gates } = opened(replica);
    expect(size.fallbacks).toBe(0);
    const session = await ort.InferenceSession.create(writeOnnx(model), OPTIONS);
    for (const { feeds } of replicaCases(replica)) {
      const run = (more: Feeds): Promise<Feeds> =>
        session.run(completed(session, { ...feeds, ...gates, ...still(places, places[0] ?? ""), ...OFF, ...more }));
      const plain = (await run({}))[parts.sink];
      const random = seeded(3);
      const weights = Array.from(numbersIn(plain), () => normal(random));
      const on = { seed: floats(weights, plain?.dims ?? []), on: new ort.Tensor("bool", [true], []) };
      const gradient = await run(on);
      expect(numbersIn(gradient[parts.sink])).toEqual(numbersIn(plain));

      const followed = async (more: Feeds): Promise<number> =>
        numbersIn((await run(more))[parts.sink]).reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
      for (const place of places) {
        const found = gradient[`grad.${place}`];
        const slopes = numbersIn(found);
        const length = Math.hypot(...slopes);
        // Half along the gradient, half anywhere, so that the slope is large and no part of the gradient goes unseen.
        const direction = Array.from(slopes, (slope) => slope / length + normal(random) / Math.sqrt(slopes.length));
        const slope = slopes.reduce((sum, value, i) => sum + value * (direction[i] ?? 0), 0);
        const moved = (by: number): Feeds => ({
          [`move.${place}`]: floats(
            direction.map((value) => value * by),
            found?.dims ?? [],
          ),
        });
        const difference = async (by: number): Promise<number> =>
          ((await followed(moved(by))) - (await followed(moved(-by)))) / (2 * by);
        const errors = [];
        for (const by of DISTANCES) errors.push(Math.abs(slope / (await difference(by)) - 1));
        expect(Math.min(...errors), `${place}: ${slope}, off by ${errors}`).toBeLessThan(TOLERANCE);
      }
    }
    await session.release();
  });
});
