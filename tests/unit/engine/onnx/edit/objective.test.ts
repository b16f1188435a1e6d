import { describe, expect, it } from "vitest";
import { addObjective } from "../../../../../src/engine/onnx/edit/objective.ts";
import { promoteBranch } from "../../../../../src/engine/onnx/edit/promote.ts";
import { tap } from "../../../../../src/engine/onnx/edit/tap.ts";
import { findParts } from "../../../../../src/engine/onnx/find/parts.ts";
import { makeNode, type OnnxModel } from "../../../../../src/engine/onnx/graph.ts";
import { readOnnx } from "../../../../../src/engine/onnx/read.ts";
import { writeOnnx } from "../../../../../src/engine/onnx/write.ts";
import { REPLICAS, replicaBytes, replicaCases } from "../../../../helpers/onnxReplicas.ts";
import { floats, numbersIn, run } from "../../../../helpers/onnxRun.ts";

const opened = (replica: (typeof REPLICAS)[number]) => {
  const model = promoteBranch(readOnnx(replicaBytes(replica)), "else_branch");
  return {
    model,
    parts: findParts(model.graph, { stack: replica.stack }),
    feeds: replicaCases(replica)[0]?.feeds ?? {},
  };
};

/** The weights of three points on one row: a logit, a difference of log-probabilities, a probability. */
async function threeNumbers(model: OnnxModel, { parts, feeds }: Pick<ReturnType<typeof opened>, "parts" | "feeds">) {
  const [batch = 1, tokens = 1] = feeds.input_ids?.dims ?? [];
  const vocabulary = (await run(writeOnnx(model), feeds))[parts.sink]?.dims[2] ?? 0;
  const row = tokens - 1;
  const rows = Array.from({ length: tokens }, (_, at) => (at === row ? 1 : 0));
  const weights = (entries: Record<number, number>) =>
    floats(
      Array.from({ length: vocabulary }, (_, id) => entries[id] ?? 0),
      [1, vocabulary, 1],
    );
  const none = weights({});
  const aimed = writeOnnx(addObjective(model, parts, "token"));
  const numbers = [];
  for (const entry of [
    { "weigh.logit": weights({ 3: 1 }) },
    { "weigh.log-probability": weights({ 3: 1, 5: -1 }) },
    { "weigh.log-probability": weights({ 3: 1 }) },
    { "weigh.probability": weights({ 3: 1, 5: 0.5 }) },
  ]) {
    const weighed = { "weigh.logit": none, "weigh.log-probability": none, "weigh.probability": none, ...entry };
    const found = await run(aimed, { ...feeds, rows: floats(rows, [1, 1, tokens]), ...weighed });
    expect(found.objective?.dims).toEqual([batch]);
    numbers.push(numbersIn(found.objective)[0] ?? Number.NaN);
  }
  const logits = numbersIn((await run(writeOnnx(model), feeds))[parts.sink]).slice(
    row * vocabulary,
    (row + 1) * vocabulary,
  );
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
  const [third = 0, fifth = 0] = [logits[3], logits[5]];
  const expected = [third, third - fifth, third - Math.log(total), (Math.exp(third) + 0.5 * Math.exp(fifth)) / total];
  return { numbers, expected };
}

const WRITERS = REPLICAS.filter(({ stack }) => stack === "decoder");

describe.each(WRITERS)("the followed number of $name, $file", (replica) => {
  it("is a weighted sum of one row's logits, log-probabilities and probabilities", async () => {
    const { model, ...rest } = opened(replica);
    const { numbers, expected } = await threeNumbers(model, rest);
    for (const [i, number] of numbers.entries()) expect(number).toBeCloseTo(expected[i] ?? Number.NaN, 4);
  });
});

describe("addObjective", () => {
  it("goes through the output layer with one row", () => {
    const { model, parts } = opened(WRITERS[0] as (typeof REPLICAS)[number]);
    const { nodes } = addObjective(model, parts, "token").graph;
    expect(nodes.some(({ outputs }) => outputs[0] === `objective/again/${parts.sink}`)).toBe(true);
  });

  it("takes the row of the logits where the output layer is not row by row", async () => {
    const { model, parts, feeds } = opened(WRITERS.at(-1) as (typeof REPLICAS)[number]);
    const { graph } = model;
    const turned = `${parts.sink}/turned`;
    const nodes = graph.nodes.map((node) => {
      const outputs = node.outputs.map((name) => (name === parts.sink ? turned : name));
      return { ...node, outputs };
    });
    // An operator that is not known to keep rows apart.
    const odd = { ...model, graph: { ...graph, nodes: [...nodes, makeNode("Max", [turned, turned], [parts.sink])] } };
    const { nodes: made } = addObjective(odd, parts, "token").graph;
    expect(made.some(({ outputs }) => outputs[0]?.startsWith("objective/again"))).toBe(false);
    const { numbers, expected } = await threeNumbers(odd, { parts, feeds });
    for (const [i, number] of numbers.entries()) expect(number).toBeCloseTo(expected[i] ?? Number.NaN, 4);
  });

  it("points where the mean state points, for an encoder", async () => {
    const replica = REPLICAS.find(({ name }) => name === "bert") as (typeof REPLICAS)[number];
    const { model, parts, feeds } = opened(replica);
    const states = (await run(writeOnnx(tap(model, parts, { hidden: true })), feeds))[`hidden.encoder.${parts.layers}`];
    const [, tokens = 0, width = 0] = states?.dims ?? [];
    const data = numbersIn(states).slice(0, tokens * width);
    const mean = Array.from({ length: width }, (_, i) => {
      let sum = 0;
      for (let token = 0; token < tokens; token += 1) sum += data[token * width + i] ?? 0;
      return sum / tokens;
    });
    const direction = Array.from({ length: width }, (_, i) => Math.cos(i));
    const length = Math.hypot(...direction);
    const found = await run(writeOnnx(addObjective(model, parts, "similarity")), {
      ...feeds,
      rows: floats(
        Array.from({ length: tokens }, () => 1 / tokens),
        [1, 1, tokens],
      ),
      direction: floats(
        direction.map((value) => value / length),
        [1, width, 1],
      ),
    });
    const dot = mean.reduce((sum, value, i) => sum + (value * (direction[i] ?? 0)) / length, 0);
    expect(numbersIn(found.objective)[0]).toBeCloseTo(dot / Math.hypot(...mean), 5);
  });
});
