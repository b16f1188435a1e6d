/** The inside of every head of a built-in model, from a run in Node. */
import { readFileSync } from "node:fs";
import { type HeadTensors, headInside } from "../../src/engine/attention/inside.ts";
import type { HeadRef, Stack, Tensor } from "../../src/engine/model.ts";
import { promoteBranch } from "../../src/engine/onnx/edit/promote.ts";
import { tap } from "../../src/engine/onnx/edit/tap.ts";
import { findParts } from "../../src/engine/onnx/find/parts.ts";
import { readOnnx } from "../../src/engine/onnx/read.ts";
import { writeOnnx } from "../../src/engine/onnx/write.ts";
import { type Feeds, numbersIn, run } from "./onnxRun.ts";

/** One head of a run. */
export interface HeadOfRun {
  readonly ref: HeadRef;
  readonly tensors: HeadTensors;
  readonly inside: ReturnType<typeof headInside>;
}

/** All heads of one stack, and what else the run gave. */
export interface StackRun {
  readonly heads: readonly HeadOfRun[];
  readonly outputs: Feeds;
}

/** Runs a stack of a model of `public/models` once, on one text. */
export async function runStack(path: string, stack: Stack, feeds: Feeds): Promise<StackRun> {
  const bytes = new Uint8Array(readFileSync(new URL(`../../public/models/${path}`, import.meta.url)));
  const model = promoteBranch(readOnnx(bytes), "else_branch");
  const parts = findParts(model.graph, { stack });
  const wanted = { attention: true, hidden: true, qkv: true, scores: true, mixed: true };
  const outputs = await run(writeOnnx(tap(model, parts, wanted)), feeds);
  const heads = parts.attentions.flatMap(({ kind, layer }) => {
    const count = outputs[`q.${kind}.${layer}`]?.dims[1] ?? 0;
    return Array.from({ length: count }, (_, head) => headOf(outputs, { kind, layer, head }));
  });
  return { heads, outputs };
}

function headOf(outputs: Feeds, ref: HeadRef): HeadOfRun {
  const tensor = (name: string): Tensor => {
    const output = outputs[`${name}.${ref.kind}.${ref.layer}`];
    const [, , rows = 0, columns = 0] = output?.dims ?? [];
    const size = rows * columns;
    return { data: numbersIn(output).slice(ref.head * size, (ref.head + 1) * size), shape: [rows, columns] };
  };
  const tensors = {
    query: tensor("q"),
    key: tensor("k"),
    value: tensor("v"),
    scale: numbersIn(outputs[`scale.${ref.kind}.${ref.layer}`])[0] ?? Number.NaN,
    scores: tensor("scores"),
    attention: tensor("attention"),
    output: tensor("mixed"),
  };
  return { ref, tensors, inside: headInside(tensors) };
}
