/** The random-weight models that `models/replicas` makes, and what PyTorch gives for them. */
import { readFileSync } from "node:fs";
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
  const stored = readJson<{ cases: StoredCase[] }>(name, "expected");
  const numbers = readNumbers(name, "expected");
  return stored.cases
    .filter((item) => item.file === file)
    .map((item) => ({ feeds: tensorsOf(item.inputs, numbers), expected: tensorsOf(item.outputs, numbers) }));
}

function readJson<T>(name: string, stem: string): T {
  return JSON.parse(readFileSync(new URL(`${name}/${stem}.json`, ROOT), "utf8")) as T;
}

function readNumbers(name: string, stem: string): Float32Array {
  return new Float32Array(Uint8Array.from(readFileSync(new URL(`${name}/${stem}.bin`, ROOT))).buffer);
}

function tensorsOf(items: Readonly<Record<string, Stored>>, numbers: Float32Array): Feeds {
  const tensor = (item: Stored): ort.Tensor => {
    if ("ids" in item) return integers(item.ids, item.shape);
    return floats(numbers.subarray(item.offset, item.offset + sizeOf(item)), item.shape);
  };
  return Object.fromEntries(Object.entries(items).map(([key, item]) => [key, tensor(item)]));
}

function sizeOf({ shape }: { readonly shape: readonly number[] }): number {
  return shape.reduce((product, length) => product * length, 1);
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

/** The replaced heads of a replica's file. */
export function replicaGates({ name, file }: ReplicaFile): ReplicaGate[] {
  const stored = readJson<{ case: number; gates: StoredGate[] }>(name, "gates");
  const numbers = readNumbers(name, "gates");
  const feeds = replicaCases({ name, file })[stored.case]?.feeds ?? {};
  return stored.gates
    .filter((gate) => gate.file === file)
    .map((gate) => ({ ...gate, feeds, expected: numbers.slice(gate.offset, gate.offset + sizeOf(gate)) }));
}

/** Queries, keys, values and head outputs of every layer in PyTorch, by the names of the taps. */
export function replicaInside({ name, file }: ReplicaFile): ReplicaCase {
  const stored = readJson<{ case: number; insides: { file: string; outputs: Record<string, Stored> }[] }>(
    name,
    "inside",
  );
  const items = stored.insides.filter((item) => item.file === file).map(({ outputs }) => outputs);
  const expected = tensorsOf(Object.assign({}, ...items) as Record<string, Stored>, readNumbers(name, "inside"));
  return { feeds: replicaCases({ name, file })[stored.case]?.feeds ?? {}, expected };
}
