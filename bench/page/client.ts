/**
 * Stands in for `workers/client` on the bench's page: answers at once with a made-up run of as many tokens as the text has
 * words, and starts the clock when it does.
 */
import { signal } from "@preact/signals";
import type { Trace } from "../../src/engine/model.ts";
import { aboutModel } from "../../src/stored/models.ts";
import type { Answer, DevicePreference, TraceRequest } from "../../src/workers/api.ts";
import { syntheticTrace } from "../synthetic.ts";

const status = signal({
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

/** The one client of the page, whatever the model. */
export function clientOf(id: string) {
  return {
    id,
    modelInfo: aboutModel("translator-en-fr").info,
    modelBytes: 0,
    runtimeBytes: 0,
    modelStatus: status,
    devicePreference: signal<DevicePreference>("auto"),
    load: async (): Promise<Answer<null>> => ({ ok: true, value: null }),
    retry: async (): Promise<Answer<null>> => ({ ok: true, value: null }),
    cancelLoad: () => {},
    trace: async (request: TraceRequest): Promise<Answer<Trace>> => {
      const value = prepared.get(request.source) ?? syntheticTrace(request.source.split(" ").length);
      window.dataPresent();
      return { ok: true, value };
    },
    tokenize: async (): Promise<Answer<readonly []>> => ({ ok: true, value: [] }),
  };
}
