import * as ort from "onnxruntime-web";
import { describe, expect, it } from "vitest";
import { type BackwardRequest, backward } from "../../../../src/engine/autodiff/backward.ts";
import { ElementType, makeNode, makeValue, type Node, type OnnxModel } from "../../../../src/engine/onnx/graph.ts";
import { writeOnnx } from "../../../../src/engine/onnx/write.ts";
import { FailureError } from "../../../../src/lib/failure.ts";
import { floatWeight, halfWeight, modelOf, TINY, tinyEncoder, weights } from "../../../helpers/onnxBuild.ts";
import { type Feeds, floats, integers, numbersIn, run } from "../../../helpers/onnxRun.ts";

const REQUEST = { seed: "seed", when: "on", of: "y" } as const;
const ON = { seed: floats([1], []), on: new ort.Tensor("bool", [true], [1]) };
const OFF = { seed: floats([0], []), on: new ort.Tensor("bool", [false], []) };

function built(nodes: readonly Node[], inputs = ["x"], sizes: readonly (number | string)[] = ["n"]): OnnxModel {
  return modelOf({
    nodes,
    inputs: inputs.map((name) => makeValue(name, ElementType.float, sizes)),
    outputs: [makeValue("y", ElementType.float)],
    initializers: weights(floatWeight("two", [], [2])),
  });
}

function failureOf(model: OnnxModel, request: Partial<BackwardRequest>): string {
  try {
    backward(model, { ...REQUEST, wrt: [["x", "dx"]], ...request });
  } catch (thrown) {
    if (thrown instanceof FailureError && thrown.failure.code === "graph") return thrown.message;
    throw thrown;
  }
  return "";
}

/** y = tanh(2x)²: dy/dx = 4·tanh·(1 − tanh²). */
const CHAIN = [
  makeNode("Mul", ["x", "two"], ["double"]),
  makeNode("Tanh", ["double"], ["t"]),
  makeNode("Mul", ["t", "t"], ["y"]),
];

describe("backward", () => {
  it("sums what comes back along several ways, for inputs and inner tensors", async () => {
    const { model } = backward(built(CHAIN), {
      ...REQUEST,
      wrt: [
        ["x", "dx"],
        ["t", "dt"],
        ["y", "dy"],
      ],
    });
    const results = await run(writeOnnx(model), { x: floats([0.2, -0.4], [2]), ...ON });
    for (const [i, x] of [0.2, -0.4].entries()) {
      const t = Math.tanh(2 * x);
      expect(numbersIn(results.dx)[i]).toBeCloseTo(4 * t * (1 - t * t), 5);
      expect(numbersIn(results.dt)[i]).toBeCloseTo(2 * t, 5);
      expect(numbersIn(results.dy)[i]).toBe(1);
    }
  });

  it("leaves the rest as it was when it is off, and gives nothing", async () => {
    const plain = tinyEncoder(floatWeight);
    const feeds = { input_ids: integers([1, 4, 0], [1, 3]) };
    const { model } = backward(plain, { ...REQUEST, of: "last_hidden_state", wrt: [["rows", "grad.rows"]] });
    const before = await run(writeOnnx(plain), feeds, "disabled");
    const off = await run(writeOnnx(model), { ...feeds, ...OFF }, "disabled");
    const on = await run(writeOnnx(model), { ...feeds, ...ON }, "disabled");
    expect(off["grad.rows"]?.dims).toEqual([0]);
    expect(on["grad.rows"]?.dims).toEqual([1, 3, TINY.width]);
    expect(numbersIn(off.last_hidden_state)).toEqual(numbersIn(before.last_hidden_state));
    expect(numbersIn(on.last_hidden_state)).toEqual(numbersIn(before.last_hidden_state));
  });

  it("spreads a seed over what is followed", async () => {
    const { model } = backward(built(CHAIN, ["x"], [2, 3]), { ...REQUEST, wrt: [["x", "dx"]] });
    const bytes = writeOnnx(model);
    const x = floats(
      [1, 2, 3, 4, 5, 6].map((value) => value / 7),
      [2, 3],
    );
    const gradient = async (seed: ort.Tensor): Promise<Float32Array> =>
      numbersIn((await run(bytes, { x, ...ON, seed })).dx);
    expect(await gradient(floats([3], []))).toEqual(await gradient(floats(Array(6).fill(3), [2, 3])));
    expect(await gradient(floats([2, -1], [2, 1]))).toEqual(await gradient(floats([2, 2, 2, -1, -1, -1], [2, 3])));
  });

  it("gives zeros for what the followed tensor does not depend on", async () => {
    const nodes = [...CHAIN, makeNode("Neg", ["aside"], ["unread"])];
    const model = built(nodes, ["x", "aside"]);
    const wrt = [
      ["aside", "daside"],
      ["x", "dx"],
    ] as const;
    const results = await run(writeOnnx(backward(model, { ...REQUEST, wrt }).model), {
      ...{ x: floats([1], [1]), aside: floats([1, 2, 3], [3]) },
      ...ON,
    });
    expect(numbersIn(results.daside)).toEqual(new Float32Array(3));
  });

  it("asks for no rule beside the way", () => {
    const strange = makeNode("Strange", ["x"], ["s"], { name: "odd one" });
    const beside = [...CHAIN, makeNode("Greater", ["s", "two"], ["condition"]), strange];
    const chosen = makeNode("Where", ["condition", "t", "two"], ["y"]);
    const model = built([strange, ...beside.filter((node) => !node.outputs.includes("y") && node !== strange), chosen]);
    expect(failureOf(model, {})).toBe("");
  });

  it("names operator and node that have no rule", () => {
    const strange = built([makeNode("Strange", ["x"], ["s"], { name: "odd one" }), makeNode("Neg", ["s"], ["y"])]);
    expect(failureOf(strange, {})).toMatch(/Strange "odd one"/);
    const foreign = built([makeNode("Add", ["x", "two"], ["y"], { domain: "elsewhere", name: "not ours" })]);
    expect(failureOf(foreign, {})).toMatch(/Add "not ours"/);
  });

  it.each([
    ["Einsum", [makeNode("Einsum", ["x", "x"], ["y"])]],
    ["Dropout", [makeNode("Dropout", ["x", "", "flag"], ["y"])]],
    ["MatMulNBits", [makeNode("MatMulNBits", ["x", "w", "s", "", "order"], ["y"], { domain: "com.microsoft" })]],
  ])("refuses a form of %s that it cannot follow", (op, nodes) => {
    const model = built(nodes, ["x", "flag", "w", "s", "order"]);
    expect(failureOf(model, {})).toContain(op);
  });

  it("refuses names that are not there or taken", () => {
    expect(failureOf(built(CHAIN), { of: "z" })).toContain('"z"');
    expect(failureOf(built(CHAIN), { wrt: [["z", "dz"]] })).toContain('"z"');
    expect(failureOf(built(CHAIN), { seed: "two" })).toContain('"two"');
    expect(failureOf(built(CHAIN), { wrt: [["x", "t"]] })).toContain('"t"');
  });

  it("serves every batch and length on one session", async () => {
    const { model, size } = backward(tinyEncoder(floatWeight), {
      ...REQUEST,
      of: "last_hidden_state",
      wrt: [["rows", "grad.rows"]],
    });
    expect(size.fallbacks).toBe(0);
    const session = await ort.InferenceSession.create(writeOnnx(model), { executionProviders: ["wasm"] });
    const gradient = async (ids: readonly number[], shape: readonly number[]): Promise<number[]> => {
      const results: Feeds = await session.run({ input_ids: integers(ids, shape), ...ON });
      expect(results["grad.rows"]?.dims).toEqual([...shape, TINY.width]);
      return Array.from(numbersIn(results["grad.rows"]));
    };
    const [one, other] = [await gradient([1, 2, 3], [1, 3]), await gradient([4, 0, 1], [1, 3])];
    const both = await gradient([1, 2, 3, 4, 0, 1], [2, 3]);
    for (const [i, value] of [...one, ...other].entries()) expect(both[i]).toBeCloseTo(value, 5);
    await gradient([1], [1, 1]);
    await session.release();
  });

  it("takes sizes named `1 or …` at their word, and finds others out in the run", () => {
    const moved = [makeNode("Add", ["x", "shift"], ["sum"]), makeNode("Tanh", ["sum"], ["y"])];
    const fallbacks = (size: string): number => {
      const inputs = [makeValue("x", ElementType.float, ["batch"]), makeValue("shift", ElementType.float, [size])];
      const model = modelOf({ nodes: moved, inputs, outputs: [makeValue("y", ElementType.float)] });
      return backward(model, { ...REQUEST, wrt: [["x", "dx"]] }).size.fallbacks;
    };
    expect(fallbacks("1 or batch")).toBe(0);
    expect(fallbacks("points")).toBe(1);
  });

  it("follows fp16 and gives fp32", async () => {
    const request = { ...REQUEST, of: "last_hidden_state", wrt: [["rows", "grad.rows"]] } as const;
    const feeds = { input_ids: integers([1, 4, 0], [1, 3]), ...ON };
    const exact = await run(writeOnnx(backward(tinyEncoder(floatWeight), request).model), feeds);
    const half = await run(writeOnnx(backward(tinyEncoder(halfWeight), request).model), feeds);
    const expected = numbersIn(exact["grad.rows"]);
    for (const [i, value] of numbersIn(half["grad.rows"]).entries()) expect(value).toBeCloseTo(expected[i] ?? 0, 2);
  });
});
