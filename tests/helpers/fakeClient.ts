import { signal } from "@preact/signals";
import { vi } from "vitest";
import type { LiveClient } from "../../src/components/views/figure/liveText.ts";
import type { AnyTrace } from "../../src/engine/model.ts";
import type { Failure } from "../../src/lib/failure.ts";

type Answer = { ok: true; value: AnyTrace } | { ok: false; failure: Failure };

/** A client whose answers are given by hand. */
export function fakeClient() {
  const asked: { source: string; target: string | null; answer: (answer: Answer) => void }[] = [];
  const status = signal<LiveClient["modelStatus"]["value"]>({
    phase: "stored",
    progress: null,
    device: null,
    notices: [],
    failure: null,
  });
  const client: LiveClient = {
    modelStatus: status,
    devicePreference: signal<"auto" | "wasm" | "webgpu">("auto"),
    modelInfo: { limits: { source: 512, target: 512 }, instruction: "Translate to French: " },
    cancelLoad: vi.fn(),
    retry: vi.fn(async () => ({ ok: true, value: null }) as const),
    trace: (request) => new Promise((answer) => asked.push({ ...request, answer })),
    tokenize: vi.fn(async () => ({ ok: true, value: [] }) as const),
  };
  return { client, asked, status };
}
