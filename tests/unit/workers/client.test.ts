import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

/** The client, imported anew. */
async function freshClient() {
  vi.resetModules();
  return import("../../../src/workers/client.ts");
}

/** A `localStorage` that holds one value or throws. */
function storage(value: string | null | Error) {
  const written: string[] = [];
  vi.stubGlobal("localStorage", {
    getItem: () => {
      if (value instanceof Error) throw value;
      return value;
    },
    setItem: (_: string, next: string) => {
      if (value instanceof Error) throw value;
      written.push(next);
    },
  });
  return written;
}

describe("the client", () => {
  beforeEach(() => {
    vi.stubGlobal("Worker", undefined);
    vi.stubGlobal("location", { origin: "https://here.example" });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it("knows the model's size and shape before anything is downloaded", async () => {
    const { modelBytes, modelInfo, modelStatus } = (await freshClient()).clientOf("translator-en-fr");
    expect(modelBytes).toBeGreaterThan(1_000_000);
    expect(modelInfo.layers).toEqual({ encoder: 3, decoder: 3 });
    expect(modelStatus.value.phase).toBe("stored");
  });

  it("answers with a failure where there are no workers", async () => {
    const { trace, load, tokenize, modelStatus } = (await freshClient()).clientOf("translator-en-fr");
    const request = { source: "a", target: null };
    expect(await load()).toMatchObject({ ok: false, failure: { code: "worker-missing" } });
    expect(await trace(request, "figure")).toMatchObject({ ok: false, failure: { code: "worker-missing" } });
    expect(await tokenize("a", "source")).toMatchObject({ ok: false, failure: { code: "worker-missing" } });
    expect(modelStatus.value.phase).toBe("failed");
  });

  it.each<[string | null | Error, string]>([
    ["webgpu", "webgpu"],
    ["wasm", "wasm"],
    ["toaster", "auto"],
    [null, "auto"],
    [new Error("forbidden"), "auto"],
  ])("reads the preference %s as %s", async (saved, preference) => {
    storage(saved);
    const { devicePreference } = await freshClient();
    expect(devicePreference.value).toBe(preference);
    devicePreference.value = "wasm";
    expect(devicePreference.value).toBe("wasm");
  });

  it("keeps the preference, and writes nothing before it changes", async () => {
    const written = storage(null);
    const { devicePreference } = await freshClient();
    expect(written).toEqual([]);
    devicePreference.value = "webgpu";
    expect(written).toEqual(["webgpu"]);
  });
});
