/** The random-weight models that `models/replicas` makes, and what PyTorch gives for them. */
import { existsSync, readFileSync } from "node:fs";
import type * as ort from "onnxruntime-web";
import { type Feeds, floats, integers } from "./onnxRun.ts";

const ROOT = new URL("../fixtures/replicas/", import.meta.url);

/** Each file of each replica, with what it holds. */
export const REPLICAS = [
  { name: "t5-tied", file: "encoder_model.onnx", stack: "encoder", layers: 2, heads: 2 },
  { name: "t5-tied", file: "decoder_model_merged.onnx", stack: "decoder", layers: 3, heads: 2 },
  { name: "t5-gated", file: "encoder_model.onnx", stack: "encoder", layers: 2, heads: 2 },
  { name: "t5-gated", file: "decoder_model_merged.onnx", stack: "decoder", layers: 2, heads: 2 },
  { name: "marian", file: "encoder_model.onnx", stack: "encoder", layers: 2, heads: 2 },
  { name: "marian", file: "decoder_model_merged.onnx", stack: "decoder", layers: 2, heads: 2 },
  { name: "bert", file: "model.onnx", stack: "encoder", layers: 2, heads: 2 },
  { name: "gpt2", file: "model.onnx", stack: "decoder", layers: 2, heads: 2 },
  { name: "llama", file: "model.onnx", stack: "decoder", layers: 2, heads: 4 },
] as const;

/** Which file of which replica. */
export interface ReplicaFile {
  readonly name: string;
  readonly file: string;
}

/** The bytes of a replica's file. */
export function replicaBytes({ name, file }: ReplicaFile): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`${name}/${file}`, ROOT)));
}

/** Inputs, and what PyTorch gives for them by the name that `tap` gives the output. */
export interface ReplicaCase {
  readonly feeds: Feeds;
  readonly expected: Feeds;
}

/** A tensor in `expected.json`: ids in place, other numbers in `expected.bin` from `offset` on. */
type Stored = { readonly shape: number[] } & ({ readonly ids: number[] } | { readonly offset: number });

interface StoredCase {
  readonly file: string;
  readonly inputs: Record<string, Stored>;
  readonly outputs: Record<string, Stored>;
}

/** The stored cases of a replica's file; they differ in batch size and lengths. */
export function replicaCases({ name, file }: ReplicaFile): ReplicaCase[] {
  const stored = JSON.parse(readFileSync(new URL(`${name}/expected.json`, ROOT), "utf8")) as { cases: StoredCase[] };
  const bytes = Uint8Array.from(readFileSync(new URL(`${name}/expected.bin`, ROOT)));
  const numbers = new Float32Array(bytes.buffer);
  const tensor = (item: Stored): ort.Tensor => {
    if ("ids" in item) return integers(item.ids, item.shape);
    const size = item.shape.reduce((product, length) => product * length, 1);
    return floats(numbers.subarray(item.offset, item.offset + size), item.shape);
  };
  const tensors = (items: Record<string, Stored>): Feeds =>
    Object.fromEntries(Object.entries(items).map(([key, item]) => [key, tensor(item)]));
  return stored.cases
    .filter((item) => item.file === file)
    .map((item) => ({ feeds: tensors(item.inputs), expected: tensors(item.outputs) }));
}

/** A head whose output was replaced in PyTorch, and what the model gave then. */
export interface ReplicaGate {
  readonly file: string;
  readonly kind: "encoder" | "decoder" | "cross";
  readonly layer: number;
  readonly head: number;
  /** How many heads the layer has. */
  readonly heads: number;
  /** What took the place of the head's output, `[head width]`. */
  readonly fill: readonly number[];
  readonly feeds: Feeds;
  /** Name of the model's output, and its numbers. */
  readonly output: string;
  readonly expected: Float32Array;
}

interface StoredGate extends Omit<ReplicaGate, "feeds" | "expected"> {
  readonly shape: readonly number[];
  readonly offset: number;
}

/** The replaced heads of a replica's file; none where `models/replicas/gates.py` made none. */
export function replicaGates({ name, file }: ReplicaFile): ReplicaGate[] {
  const at = (ending: string): URL => new URL(`${name}/gates.${ending}`, ROOT);
  if (!existsSync(at("json"))) return [];
  const stored = JSON.parse(readFileSync(at("json"), "utf8")) as { case: number; gates: StoredGate[] };
  const numbers = new Float32Array(Uint8Array.from(readFileSync(at("bin"))).buffer);
  const feeds = replicaCases({ name, file })[stored.case]?.feeds ?? {};
  return stored.gates
    .filter((gate) => gate.file === file)
    .map((gate) => {
      const size = gate.shape.reduce((product, length) => product * length, 1);
      return { ...gate, feeds, expected: numbers.slice(gate.offset, gate.offset + size) };
    });
}
