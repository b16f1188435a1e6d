import { expect, it } from "vitest";
import { intAttribute } from "../../../../../src/engine/onnx/attributes.ts";
import { tap } from "../../../../../src/engine/onnx/edit/tap.ts";
import { findParts } from "../../../../../src/engine/onnx/find/parts.ts";
import { ElementType, type Initializer, makeNode, type OnnxModel } from "../../../../../src/engine/onnx/graph.ts";
import { writeOnnx } from "../../../../../src/engine/onnx/write.ts";
import { floatWeight, TINY, tinyEncoder, weights, wholeWeight } from "../../../../helpers/onnxBuild.ts";
import { integers, numbersIn, run } from "../../../../helpers/onnxRun.ts";

const ZERO = 128;
const SCALE = 0.25;

/** The tiny encoder with its table stored as codes in blocks of two, each with a scale, and made numbers after the lookup. */
function inBlocks(): OnnxModel {
  const model = tinyEncoder(floatWeight);
  const { vocabulary, width } = TINY;
  const table = model.graph.initializers.get("table");
  const numbers = new Float32Array(Uint8Array.from(table?.raw ?? []).buffer);
  const codes: Initializer = {
    name: "codes",
    elementType: ElementType.uint8,
    shape: [vocabulary, width / 2, 2],
    raw: Uint8Array.from(numbers, (number) => number / SCALE + ZERO),
    other: [],
  };
  const blocks = Array.from({ length: vocabulary * (width / 2) }, () => SCALE);
  const lookup = [
    makeNode("Gather", ["codes", "input_ids"], ["picked"]),
    makeNode("Cast", ["picked"], ["cast"], { attributes: new Map([intAttribute("to", ElementType.float)]) }),
    makeNode("Sub", ["cast", "zero"], ["steps"]),
    makeNode("Gather", ["scales", "input_ids"], ["scale"]),
    makeNode("Unsqueeze", ["scale", "last"], ["column"]),
    makeNode("Mul", ["steps", "column"], ["products"]),
    makeNode("Reshape", ["products", "join"], ["rows"]),
  ];
  const rest = model.graph.nodes.filter(({ op }) => op !== "Gather");
  const stored = weights(
    codes,
    floatWeight("scales", [vocabulary, width / 2], blocks),
    floatWeight("zero", [], [ZERO]),
    wholeWeight("last", [3]),
  );
  const initializers = new Map([...model.graph.initializers, ...stored]);
  initializers.delete("table");
  return { ...model, graph: { ...model.graph, nodes: [...lookup, ...rest], initializers } };
}

it("gives the rows of a table in blocks as numbers, not as codes", async () => {
  const model = inBlocks();
  const parts = findParts(model.graph, { stack: "encoder" });
  expect(parts.embedding).toMatchObject({ table: "codes", ids: "input_ids", output: "rows" });
  expect(parts.embedding.nodes.map(({ op }) => op)).toEqual(["Gather", "Cast", "Sub", "Mul", "Reshape"]);

  const feeds = { input_ids: integers([4, 0, 2], [1, 3]) };
  const plain = tinyEncoder(floatWeight);
  const plainParts = findParts(plain.graph, { stack: "encoder" });
  const whole = await run(writeOnnx(tap(plain, plainParts, { hidden: true })), feeds);
  const found = await run(writeOnnx(tap(model, parts, { hidden: true })), feeds);
  for (const name of ["hidden.encoder.0", "hidden.encoder.1"]) {
    expect(numbersIn(found[name])).toEqual(numbersIn(whole[name]));
  }
});

it("stops at the lookup where the table holds numbers", () => {
  const model = tinyEncoder(floatWeight);
  const scaled = model.graph.nodes.map((node) => (node.op === "Gather" ? { ...node, outputs: ["plain"] } : node));
  const nodes = [...scaled, makeNode("Mul", ["plain", "two"], ["rows"])];
  const initializers = new Map([...model.graph.initializers, ...weights(floatWeight("two", [], [2]))]);
  const { embedding } = findParts({ ...model.graph, nodes, initializers }, { stack: "encoder" });
  expect(embedding.output).toBe("plain");
});
