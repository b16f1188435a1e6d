import { afterEach, describe, expect, it, vi } from "vitest";
import { findGpu, startRuntime } from "../../../../src/engine/runtime/ort.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("the search for a graphics card", () => {
  it.each<[string, object, string]>([
    ["no navigator.gpu", {}, "none"],
    ["an adapter of null", { gpu: { requestAdapter: async () => null } }, "none"],
    ["a request that is refused", { gpu: { requestAdapter: () => Promise.reject(new Error("no")) } }, "none"],
    [
      "a request that throws",
      {
        gpu: {
          requestAdapter: () => {
            throw new Error("no");
          },
        },
      },
      "none",
    ],
    [
      "one that the processor imitates",
      { gpu: { requestAdapter: async () => ({ info: { isFallbackAdapter: true } }) } },
      "software",
    ],
    ["a real one", { gpu: { requestAdapter: async () => ({ info: { isFallbackAdapter: false } }) } }, "hardware"],
    ["one without a description", { gpu: { requestAdapter: async () => ({}) } }, "hardware"],
  ])("understands %s", async (_, navigator, found) => {
    vi.stubGlobal("navigator", navigator);
    expect(await findGpu()).toBe(found);
  });
});

describe("the runtime", () => {
  const nowhere = { mjs: "file:///nowhere.mjs", wasm: "file:///nowhere.wasm" };
  const builds = { plain: nowhere, jspi: nowhere, asyncify: nowhere };

  it.each<[string, unknown]>([
    ["WebAssembly", undefined],
    ["SIMD", { validate: () => false }],
  ])("is not started without %s, and says why", async (_, webAssembly) => {
    vi.stubGlobal("WebAssembly", webAssembly);
    await expect(startRuntime(builds, "wasm")).rejects.toMatchObject({
      failure: { code: "no-webassembly", action: "none" },
    });
  });

  it("that cannot be fetched is a fault of the network", async () => {
    await expect(startRuntime(builds, "wasm")).rejects.toMatchObject({ failure: { code: "network" } });
  });
});
