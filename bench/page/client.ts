/**
 * Stands in for `workers/client` on the bench's page: answers at once with a made-up run of as many tokens as the text has
 * words, and starts the clock when it does.
 */
import { signal } from "@preact/signals";
import type { ModelInfo, Trace } from "../../src/engine/model.ts";
import { aboutModel } from "../../src/stored/models.ts";
import type { Answer, DevicePreference, TraceRequest } from "../../src/workers/api.ts";
import { syntheticTrace } from "../synthetic.ts";

export const modelInfo: ModelInfo = aboutModel("translator-en-fr").info;
export const modelBytes = 0;
export const runtimeBytes = 0;
export const devicePreference = signal<DevicePreference>("auto");
export const modelStatus = signal({
  phase: "live",
  progress: null,
  device: "wasm",
  notices: [],
  failure: null,
} as const);

const prepared = new Map<string, Trace>();

/** Makes the run of a text before the clock starts. */
export function prepare(source: string, seed: number): void {
  const trace = syntheticTrace(source.split(" ").length, seed);
  prepared.set(source, { ...trace, source: { ...trace.source, text: source } });
}

export async function trace(request: TraceRequest): Promise<Answer<Trace>> {
  const value = prepared.get(request.source) ?? syntheticTrace(request.source.split(" ").length);
  window.dataPresent();
  return { ok: true, value };
}

export async function tokenize(): Promise<Answer<readonly []>> {
  return { ok: true, value: [] };
}

export async function load(): Promise<Answer<null>> {
  return { ok: true, value: null };
}

export const retry = load;
export function cancelLoad(): void {}
